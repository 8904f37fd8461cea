/* The crop of one placement: the picture to click into, and beside it what its shape leaves of it. */

import { all, one } from "./dom.js";
import { startFocal } from "./focal.js";

/* Once somebody looks at it. ratio: "16:9", "4:3", "1:1" or "" for the photo's own shape. */
export function showCrop(row, thumb, ratio) {
  if (!thumb || !one("[data-crops]", row).open) return;
  for (const image of all("[data-focal] img", row)) image.src = thumb;
  startFocal(one("[data-focal]", row));
  const crop = one("[data-crop]", row);
  crop.dataset.crop = ratio;
  crop.closest(".focal__crops").hidden = !ratio;
}

/* The photo's own focal point, in grey where this placement has none. photo: {focal_x, focal_y}. */
export function focalOf(row, photo) {
  for (const name of ["focal_x", "focal_y"]) {
    one(`[name$="-${name}"]`, row).placeholder = photo[name].toFixed(2);
  }
}
