/* What comes from a clipboard, as house HTML: structure and words, no looks. The server's cleaner has
   the last word (articles/body/clean.py); here the writer sees at once what will be kept.
   Pictures are handed out as files to upload, or as addresses that were not copied. Pure. */

const KEPT = new Set(
  ("p h2 h3 h4 blockquote ul ol li strong em a br hr pre code s sub sup " +
    "table caption thead tbody tfoot tr th td").split(" "),
);
const RENAMED = { h1: "h2", h5: "h4", h6: "h4", b: "strong", i: "em", strike: "s", del: "s" };
const DROPPED = new Set("script style template title meta link head noscript object svg select textarea button input".split(" "));
const BLOCKS = "p, h2, h3, h4, blockquote, ul, ol, table, pre, hr";
const BLOCK_NAMES = new Set(["div", "section", "article", "header", "footer", "main", "aside", "figure", "figcaption", "center"]);
const ATTRIBUTES = { a: ["href"], td: ["colspan", "rowspan"], th: ["colspan", "rowspan", "scope"], ol: ["start"] };
const SAFE_LINK = /^(?:https?:|mailto:|tel:|\/|#)/i;

/* → {html, files: [{token, file}], elsewhere: [address]} */
export function cleanPaste(html, nextToken) {
  const source = new DOMParser().parseFromString(html, "text/html");
  const target = document.implementation.createHTMLDocument("").body;
  const found = { files: [], elsewhere: [] };
  copyChildren(source.body, target, found, nextToken);
  liftPictures(target);
  dropEmpty(target);
  return { html: target.innerHTML.trim(), ...found };
}

function copyChildren(from, to, found, nextToken) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE) copyElement(node, to, found, nextToken);
  }
}

function copyElement(node, to, found, nextToken) {
  const name = RENAMED[node.localName] ?? node.localName;
  if (DROPPED.has(name)) return;
  if (name === "img") copyPicture(node, to, found, nextToken);
  else if (name === "iframe") copyFrame(node, to);
  else copyChildren(node, placeFor(node, name, to), found, nextToken);
}

/* The element of the copy that takes the children: a new one, or `to` where this one says nothing. */
function placeFor(node, name, to) {
  const style = node.getAttribute("style") ?? "";
  if (KEPT.has(name) && !isFalseBold(name, style) && !isDeadLink(node, name)) {
    const copy = to.ownerDocument.createElement(name);
    for (const attribute of ATTRIBUTES[name] ?? []) {
      if (node.hasAttribute(attribute)) copy.setAttribute(attribute, node.getAttribute(attribute));
    }
    to.append(copy);
    return copy;
  }
  if (BLOCK_NAMES.has(name)) return blockFor(node, to);
  return emphasised(node, name, style, to);
}

const isFalseBold = (name, style) =>
  name === "strong" && /font-weight\s*:\s*(?:normal|400)/.test(style); // Google Docs wraps all in it
const isDeadLink = (node, name) => name === "a" && !SAFE_LINK.test(node.getAttribute("href") ?? "");

/* A box around other blocks is nothing; a box around words is a paragraph. */
function blockFor(node, to) {
  const inner = "p, div, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, section, article, figure, img, pre";
  if (node.querySelector(inner) || to.closest("p, li, td, th, h2, h3, h4")) return to;
  const copy = to.ownerDocument.createElement("p");
  to.append(copy);
  return copy;
}

/* A span that is bold or italic by its style → strong, em. */
function emphasised(node, name, style, to) {
  if (name !== "span" && name !== "font") return to;
  let place = to;
  if (!to.closest("h2, h3, h4, th") && /font-weight\s*:\s*(?:bold|[6-9]00)/.test(style)) {
    place = place.appendChild(to.ownerDocument.createElement("strong"));
  }
  if (/font-style\s*:\s*italic/.test(style)) {
    place = place.appendChild(to.ownerDocument.createElement("em"));
  }
  return place;
}

function copyPicture(node, to, found, nextToken) {
  const source = node.getAttribute("src") ?? "";
  const file = fileOf(source);
  if (file) {
    const token = nextToken();
    found.files.push({ token, file });
    const figure = to.ownerDocument.createElement("figure");
    figure.setAttribute("data-photo", token);
    to.append(figure);
  } else if (/^(?:https?:)?\/\//i.test(source) || /^file:/i.test(source)) {
    found.elsewhere.push(source);
  }
}

/* "data:image/png;base64,…" → a File; null for anything else. */
export function fileOf(source) {
  const data = /^data:(image\/(?:png|jpe?g|gif|webp|avif));base64,([a-z0-9+/=\s]+)$/i.exec(source);
  if (!data) return null;
  try {
    const bytes = Uint8Array.from(atob(data[2]), (character) => character.charCodeAt(0));
    const type = data[1].toLowerCase();
    return new File([bytes], `pasted.${type.split("/")[1].replace("jpeg", "jpg")}`, { type });
  } catch {
    return null;
  }
}

/* A player's frame → its address on a line of its own, which the save turns into the card. */
function copyFrame(node, to) {
  const source = node.getAttribute("src") ?? "";
  if (!/^(?:https?:)?\/\//i.test(source)) return;
  const paragraph = to.ownerDocument.createElement("p");
  paragraph.append(source.replace(/^\/\//, "https://"));
  to.append(paragraph);
}

/* Pictures stand between blocks, never in them. */
function liftPictures(root) {
  for (const figure of [...root.querySelectorAll("figure")].reverse()) {
    let block = figure;
    while (block.parentNode !== root) block = block.parentNode;
    if (block !== figure) block.after(figure);
  }
}

function dropEmpty(root) {
  for (const element of [...root.querySelectorAll("p, h2, h3, h4, li, strong, em, a, blockquote")].reverse()) {
    const empty = !element.textContent.replace(/[\s\u00a0]/g, "") && !element.querySelector("figure, table");
    if (empty) element.replaceWith(...(element.matches(BLOCKS) || element.matches("li") ? [] : element.childNodes));
  }
  for (const node of [...root.childNodes]) {
    if (node.nodeType === Node.TEXT_NODE && !node.data.trim() && root.querySelector(BLOCKS)) node.remove();
  }
}
