// Pressed buttons, one column at a time on the phone, panels of a page, filters that send themselves.
import { all, onClick } from "./dom.js";

onClick("button[aria-pressed]", (button) => {
  const group = button.closest("[role=group]");
  if (!group) button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
  else all("button[aria-pressed]", group).forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
});

onClick("[data-col]", (button) =>
  all(".ui-kanban__col").forEach((column) => column.toggleAttribute("data-on", column.id === button.dataset.col)),
);

onClick("[data-panel]", (link, event) => {
  event.preventDefault();
  all("[data-panel]", link.parentElement).forEach((one) => {
    if (one === link) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
    const panel = document.getElementById(one.dataset.panel);
    if (panel) panel.hidden = one !== link;
  });
});

// data-fill="id" puts a ready phrase into that field.
onClick("[data-fill]", (button) => {
  const field = document.getElementById(button.dataset.fill);
  field.value = button.dataset.text ?? button.textContent.trim();
  field.focus();
});

onClick("[data-print]", () => print());

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-autosubmit], [data-autosubmit] *")) event.target.form?.requestSubmit();
});
