// Short notices over the page: toasts that go by themselves, and alerts that wait.

import { byId, element } from "./dom.js";
import { say } from "./words.js";

const SHOWN_MS = 4000;

/** Show words for a moment, in the place of those that are shown. */
export function toast(text) {
  const shown = element("p", {}, text);
  byId("toasts").replaceChildren(shown);
  setTimeout(() => shown.remove(), SHOWN_MS);
}

/** Show words until they are dismissed; the focus goes back to where it was. */
export function alertOf(text) {
  const close = element("button", { type: "button", className: "primary" }, say("close"));
  const dialog = element(
    "dialog",
    { role: "alertdialog", "aria-label": text },
    element("p", {}, text),
    close,
  );
  close.onclick = () => dialog.close();
  dialog.onclose = () => dialog.remove();
  document.body.append(dialog);
  dialog.showModal();
}

/** Have words spoken, to those who listen to the page. */
export function announce(text) {
  const line = element("p", {}, text);
  byId("announcer").append(line);
  setTimeout(() => line.remove(), SHOWN_MS);
}
