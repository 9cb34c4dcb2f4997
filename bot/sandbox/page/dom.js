// Building elements. Text always goes in as text: no message can ever become markup.

/**
 * Make an element.
 *
 * `properties` are the element's own (`className`, `onclick`, `hidden`…); names with a dash, and
 * `role`, are attributes; undefined ones are left out. Children are elements or strings; those
 * that are null, undefined, false or empty are left out.
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (name.includes("-") || name === "role") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.flat().filter(Boolean));
  return made;
}

/** An element of the page, by its id. */
export function byId(id) {
  return document.getElementById(id);
}

/** The round picture of somebody or something: initials in a colour of their own; a bot's badge. */
export function avatar(id, name, isBot = false) {
  const made = element("span", { className: "avatar", "aria-hidden": "true" });
  return dressAvatar(made, id, name, isBot);
}

/** Which of the colours is somebody's. */
export function colourOf(id) {
  return String(Math.abs(id) % 7);
}

/** Make an avatar another's. */
export function dressAvatar(made, id, name, isBot = false) {
  const initials = name
    .split(/[\s·]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0]);
  made.textContent = initials.join("").toUpperCase();
  made.dataset.colour = colourOf(id);
  made.classList.toggle("bot", isBot);
  return made;
}

/** Move the focus among siblings with the arrow keys, and to the ends with Home and End. */
export function arrowKeys(container, selector, vertical = true) {
  const [back, on] = vertical ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
  container.addEventListener("keydown", (event) => {
    const items = [...container.querySelectorAll(selector)];
    const at = items.indexOf(document.activeElement);
    const to = { [back]: at - 1, [on]: at + 1, Home: 0, End: items.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    items[Math.max(0, Math.min(to, items.length - 1))].focus();
  });
}
