/* Words and their differences: counting, and what two versions of a text have not in common. */

const WORD = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu;
const MOST = 4_000_000; // cells of the table; beyond it only the ends are compared

export const countWords = (text) => (text.match(WORD) ?? []).length;

/* Words and the spaces behind them. */
const tokens = (text) => text.match(/\S+\s*|\s+/g) ?? [];

/* [[kind, text]…] with kind "same", "mine" or "theirs". */
export function difference(mine, theirs) {
  const a = tokens(mine);
  const b = tokens(theirs);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) {
    end += 1;
  }
  const middle = compare(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return merge([
    ["same", a.slice(0, start).join("")],
    ...middle,
    ["same", end ? a.slice(-end).join("") : ""],
  ]);
}

function compare(a, b) {
  if (a.length * b.length > MOST) return [["mine", a.join("")], ["theirs", b.join("")]];
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i][j] =
        a[i] === b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const parts = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      parts.push(["same", a[i]]);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && lengths[i + 1][j] >= lengths[i][j + 1])) {
      parts.push(["mine", a[i]]);
      i += 1;
    } else {
      parts.push(["theirs", b[j]]);
      j += 1;
    }
  }
  return parts;
}

function merge(parts) {
  const merged = [];
  for (const [kind, text] of parts) {
    if (!text) continue;
    const last = merged.at(-1);
    if (last?.[0] === kind) last[1] += text;
    else merged.push([kind, text]);
  }
  return merged;
}
