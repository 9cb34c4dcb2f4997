// What can be done with one thing: a small menu beside it.

import { arrowKeys, element } from "./dom.js";
import { say } from "./words.js";

const EMOJI = ["👍", "👎", "❤", "🔥", "🤔", "🙏"];
const EDGE = 8;

/**
 * Open a menu at an element, until something is chosen, Esc is pressed, or the focus leaves.
 *
 * `choices` are pairs of a key of the words and what to do. With `react` there are emoji too, and
 * it is called with the one that is chosen.
 */
export function openMenu(anchor, choices, react = null) {
  const home = anchor.closest("li") ?? anchor;
  const close = () => {
    if (!menu.isConnected) return;
    menu.remove();
    home.focus({ preventScroll: true });
  };
  const chosen = (action) => () => {
    close();
    action();
  };
  const item = (label, action, properties = {}) =>
    element(
      "button",
      { type: "button", role: "menuitem", onclick: chosen(action), ...properties },
      label,
    );
  const face = (each) => item(each, () => react(each), { "aria-label": say("react", each) });
  const faces = react && element("div", { className: "emoji", role: "group" }, EMOJI.map(face));
  const menu = element(
    "div",
    { className: "menu", role: "menu", "aria-label": anchor.getAttribute("aria-label") },
    faces,
    choices.map(([key, action]) => item(say(key), action)),
  );
  menu.onkeydown = (event) => {
    if (event.key === "Escape") close();
  };
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) menu.remove();
  });
  addEventListener(
    "pointerdown",
    (event) => {
      if (!menu.contains(event.target)) menu.remove();
    },
    { capture: true, once: true },
  );
  arrowKeys(menu, "button");
  if (faces) arrowKeys(faces, "button", false);
  document.body.append(menu);
  place(menu, anchor.getBoundingClientRect());
  // Enter twice is to reply, not to react.
  menu.querySelector(":scope > button").focus();
}

function place(menu, anchor) {
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(anchor.left, innerWidth - width - EDGE);
  const below = anchor.bottom + height + EDGE < innerHeight;
  menu.style.left = `${Math.max(EDGE, left)}px`;
  menu.style.top = `${Math.max(EDGE, below ? anchor.bottom : anchor.top - height)}px`;
}
