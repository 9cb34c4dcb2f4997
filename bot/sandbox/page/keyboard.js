// The buttons under a message.

import { element } from "./dom.js";
import { linkTo } from "./links.js";

/** A message's inline keyboard. `press` is called with the message and a pressed button of it. */
export function keyboard(message, press) {
  const rows = message.reply_markup.inline_keyboard.map((row) =>
    element(
      "div",
      { className: "buttons" },
      row.map((button) => buttonOf(message, button, press)),
    ),
  );
  return element("div", { className: "keyboard" }, rows);
}

function buttonOf(message, button, press) {
  if (button.url) {
    const link = linkTo(button.url, [
      button.text,
      element("span", { "aria-hidden": "true" }, " ↗"),
    ]);
    link.classList.add("button");
    return link;
  }
  const made = element("button", { type: "button", className: "button" }, button.text);
  made.onclick = () => press(message, button, made);
  return made;
}
