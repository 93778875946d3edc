// Rows to choose from: [data-rows] holds checkboxes [data-row], one [data-row-all] and a bar [data-bulk].
import { all, onClick } from "./dom.js";

const area = (element) => element.closest("[data-rows]") ?? document;

function paint(place) {
  const rows = all("[data-row]", place);
  const chosen = rows.filter((row) => row.checked);
  rows.forEach((row) => row.closest("tr")?.removeAttribute("aria-selected"));
  chosen.forEach((row) => row.closest("tr")?.setAttribute("aria-selected", "true"));
  all("[data-bulk]", place).forEach((bar) => {
    bar.hidden = chosen.length === 0;
    all("[data-bulk-count]", bar).forEach((count) => (count.textContent = String(chosen.length)));
  });
}

function choose(place, on) {
  all("[data-row], [data-row-all]", place).forEach((row) => (row.checked = on));
  paint(place);
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-row-all]")) choose(area(event.target), event.target.checked);
  else if (event.target.matches("[data-row]")) paint(area(event.target));
});
onClick("[data-bulk-clear]", (link, event) => {
  event.preventDefault();
  choose(area(link), false);
});
