// Quotes that show three lines until they are opened.

import { element } from "./dom.js";
import { say } from "./words.js";

// A quote that fits has nothing to open; whether it fits depends on the width.
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const quote = target.parentElement;
    if (!quote.classList.contains("open")) {
      quote.classList.toggle("fits", target.scrollHeight <= target.clientHeight + 1);
    }
  }
});

/** An expandable quote around nodes. */
export function expandable(children) {
  const words = element("div", { className: "quoted" }, children);
  const toggle = element("button", { type: "button", className: "toggle" });
  const quote = element("blockquote", { className: "expandable" }, words, toggle);
  const show = (open) => {
    quote.classList.toggle("open", open);
    toggle.setAttribute("aria-expanded", String(open));
    toggle.setAttribute("aria-label", say(open ? "show-less" : "show-all"));
  };
  const turn = () => show(!quote.classList.contains("open"));
  toggle.onclick = turn;
  // The whole quote is a button to a finger, unless it has just selected something.
  words.onclick = (event) => {
    const busy = event.target.closest("a, button") || !getSelection().isCollapsed;
    if (!busy && !quote.classList.contains("fits")) turn();
  };
  show(false);
  sizes.observe(words);
  return quote;
}

/** Which of the quotes in an element are open, to open them again in its next version. */
export function openQuotes(container) {
  return [...container.querySelectorAll("blockquote.expandable")].map((quote) =>
    quote.classList.contains("open"),
  );
}

/** Open the quotes that `openQuotes` found open. */
export function reopenQuotes(container, open) {
  container.querySelectorAll("blockquote.expandable").forEach((quote, index) => {
    if (open[index]) quote.querySelector(".toggle").click();
  });
}
