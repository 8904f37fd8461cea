// After the server erased a reader's reactions: what this browser remembers of them goes, too.

try {
  const ours = Object.keys(localStorage).filter((key) => /^reactions?(:|$)/.test(key));
  ours.forEach((key) => localStorage.removeItem(key));
} catch {
  // storage refused: then nothing was remembered
}
