// <label class="ui-drop__target"> around a file input: drop onto it, see the names, hear about files that are too big.
import { all } from "./dom.js";

const target = (event) => event.target.closest?.(".ui-drop label");

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const label = target(event);
    if (!label) return;
    event.preventDefault();
    label.toggleAttribute("data-over", kind === "dragover");
    if (kind !== "drop") return;
    const input = label.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.type !== "file" || !input.closest(".ui-drop")) return;
  const limit = Number(input.dataset.maxBytes || 0);
  const tooBig = limit && [...input.files].some((file) => file.size > limit);
  input.setCustomValidity(tooBig ? input.dataset.tooBig : "");
  if (tooBig) input.reportValidity();
  all("[data-names]", input.closest(".ui-drop")).forEach((names) => {
    names.textContent = [...input.files].map((file) => file.name).join("、");
  });
});
