// A form that is on its way can't be sent again; the pressed button shows that something happens.
import { all } from "./dom.js";

const GIVE_UP_MS = 20000;

function hold(form, button) {
  form.dataset.sending = "";
  form.setAttribute("aria-busy", "true");
  button?.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), form.hasAttribute("data-stay") ? 3000 : GIVE_UP_MS);
}

function release(form) {
  delete form.dataset.sending;
  form.removeAttribute("aria-busy");
  all("[aria-busy]", form).forEach((button) => button.removeAttribute("aria-busy"));
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method === "get") return;
    if ("sending" in form.dataset) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    hold(form, event.submitter);
  },
  true,
);

// A button that explains why it can't be pressed stays focusable and does nothing.
document.addEventListener(
  "click",
  (event) => {
    if (!event.target.closest('[aria-disabled="true"]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});
addEventListener("pageshow", () => all("form[data-sending]").forEach(release));
