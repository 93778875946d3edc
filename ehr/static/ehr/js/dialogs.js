// data-open="id" opens that <dialog>, data-close closes the one around it, data-autoopen opens on arrival.
import { all, eachArrival, onClick } from "./dom.js";

onClick("[data-open]", (button) => document.getElementById(button.dataset.open)?.showModal());
onClick("[data-close]", (button) => button.closest("dialog")?.close());

document.addEventListener("click", (event) => {
  if (event.target instanceof HTMLDialogElement && event.target.matches(".ui-dialog")) event.target.close();
});

eachArrival((part) => {
  const dialogs = part.matches?.("dialog[data-autoopen]") ? [part] : all("dialog[data-autoopen]", part);
  dialogs.filter((dialog) => !dialog.open).forEach((dialog) => dialog.showModal());
  all("[data-focus]", part)[0]?.focus();
});
