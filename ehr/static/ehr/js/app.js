// Everything is driven by attributes and delegated from the document, so parts swapped in by htmx just work.
import "./dialogs.js";
import "./drop.js";
import "./keys.js";
import "./live.js";
import "./rows.js";
import "./sending.js";
import "./toasts.js";
import "./toggles.js";
import "./keep.js"; // last: where a browser allows no storage the rest works all the same
