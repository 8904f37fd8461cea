/* The banner's form shows the banner as it is typed. */
const preview = document.querySelector("[data-banner-preview]");
const text = document.querySelector("#id_text");
const level = document.querySelector("#id_level");

if (preview && text && level) {
  const bar = preview.querySelector(".banner-preview__bar");
  const show = () => {
    preview.querySelector("[data-text]").textContent = text.value || "Your words stand here";
    preview.querySelector("[data-level]").textContent = level.selectedOptions[0].textContent;
    bar.classList.toggle("banner-preview__bar--notice", level.value === "notice");
  };
  text.addEventListener("input", show);
  level.addEventListener("change", show);
  show();
}
