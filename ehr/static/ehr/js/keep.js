// <form data-keep>: what was typed waits in this tab while its writer signs in again. Whoever else signs in never sees it.
import { all } from "./dom.js";

const KEY = "typed";
const TEXTS = "textarea[name], input[name]:not([type]), input[name][type=text]";
const { reader } = document.body.dataset;
const here = location.pathname + location.search;
const isSigningIn = (address) => new URL(address).pathname.startsWith("/accounts/");
const texts = () => all("form[data-keep]").flatMap((form) => all(TEXTS, form));

function keep() {
  const typed = texts().filter((field) => field.value !== field.defaultValue);
  if (!typed.length) return;
  sessionStorage.setItem(KEY, JSON.stringify({ reader, here, typed: typed.map(({ name, value }) => [name, value]) }));
}

function putBack() {
  const kept = JSON.parse(sessionStorage.getItem(KEY));
  sessionStorage.removeItem(KEY);
  const cameBack = document.referrer && isSigningIn(document.referrer);
  if (!cameBack || kept?.reader !== reader || kept.here !== here) return;
  for (const [name, value] of kept.typed) {
    const field = texts().find((one) => one.name === name);
    if (field) field.value = value;
  }
}

if (!isSigningIn(location.href)) {
  putBack();
  addEventListener("pagehide", keep);
}
