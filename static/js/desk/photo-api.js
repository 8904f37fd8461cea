/* What the desk's scripts ask the photo endpoints (articles/admin/photo_views.py). */
import { csrf } from "./dom.js";

const PHOTOS = "/admin/articles/photo/";
export const ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/gif";
export const MAX_FILES = 30;
const SIGNED_OUT = "You are signed out. Sign in again in another tab, then come back: nothing here is lost.";
const NO_ANSWER = "The server did not answer. Try again.";

/* The JSON of an answer. Throws an Error with words for a person; `errors` names fields. */
function read(status, type, text) {
  const isJson = type?.includes("json");
  if (!isJson && status < 400) throw new Error(SIGNED_OUT); // led to the login page
  if (!isJson) {
    const reasons = { 403: "You may not do that, or you were signed out.", 413: "That is too large for the server." };
    throw new Error(reasons[status] || NO_ANSWER);
  }
  const data = JSON.parse(text);
  if (status < 400) return data;
  throw Object.assign(new Error(data.reason || "Look at the marked fields."), { errors: data.errors || {} });
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { Accept: "application/json", ...options.headers } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(NO_ANSWER);
  }
  return read(response.status, response.headers.get("Content-Type"), await response.text());
}

const post = (path, values) =>
  ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf(document) },
    body: JSON.stringify(values),
  });

/* {photos, next} */
export const findPhotos = (words, page = 1, signal = undefined) =>
  ask(`${PHOTOS}picker/?${new URLSearchParams({ q: words, page })}`, { signal });

/* The photo, changed. values: some of caption, alt, decorative, photographer,
   agency, rights, until, persons. */
export const writeFacts = (id, values) => post(`${PHOTOS}${id}/facts/`, values);

/* {use, slot, photo}: the photo stands in the article's draft from now on. slot: body, lead, gallery. */
export const usePhoto = (articleId, photoId, slot = "body") =>
  post(`/admin/articles/article/${articleId}/use/`, { photo: photoId, slot });

/* Uploads files, MAX_FILES a request; {photos, refused: [{name, reason}]}. progress(0 … 1); shared:
   what is written where a file says nothing itself, by the names of the form. */
export async function uploadPhotos(files, progress = () => {}, shared = {}) {
  const all = [...files];
  const result = { photos: [], refused: [] };
  for (let at = 0; at < all.length; at += MAX_FILES) {
    const lot = all.slice(at, at + MAX_FILES);
    try {
      const answer = await send(lot, shared, (part) => progress((at + part * lot.length) / all.length));
      result.photos.push(...answer.photos);
      result.refused.push(...answer.refused);
    } catch (error) {
      result.refused.push(...lot.map((file) => ({ name: file.name, reason: error.message })));
    }
  }
  return result;
}

/* XMLHttpRequest, because fetch() doesn't say how far an upload is. */
function send(files, shared, progress) {
  const data = new FormData();
  for (const [name, value] of Object.entries(shared)) data.append(name, value);
  for (const file of files) data.append("files", file, file.name || "pasted");
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener("error", () => reject(new Error(NO_ANSWER)));
    request.addEventListener("load", () => {
      try {
        resolve(read(request.status, request.getResponseHeader("Content-Type"), request.responseText));
      } catch (error) {
        reject(error);
      }
    });
    request.open("POST", `${PHOTOS}upload/`);
    request.setRequestHeader("X-CSRFToken", csrf(document));
    request.setRequestHeader("Accept", "application/json");
    request.send(data);
  });
}
