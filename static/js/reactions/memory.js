// What this browser remembers, in localStorage: nothing before a click on a reaction.

export const remembered = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // storage refused or spoilt: the page's own counts stand
  }
};

export const remember = (key, value) => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // see above: the vote is kept by the server
  }
};
