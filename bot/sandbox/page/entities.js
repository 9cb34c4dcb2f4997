// A text and its entities as elements. Offsets count UTF-16 units, as JavaScript's strings do.

import { element } from "./dom.js";
import { expandable } from "./expandable.js";
import { linkTo } from "./links.js";
import { say } from "./words.js";

const BLOCKS = ["blockquote", "expandable_blockquote", "pre"];
const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
};

/**
 * The nodes of a text.
 *
 * `onCommand` is called with a command that somebody taps. Entities may lie in each other; what
 * sticks out of another is cut at its edge.
 */
export function toNodes(text, entities = [], { onCommand } = {}) {
  const sorted = entities
    .map((entity) => ({ ...entity, start: entity.offset, end: entity.offset + entity.length }))
    .sort((a, b) => a.start - b.start || b.end - a.end || isBlock(b) - isBlock(a));
  return nodesBetween(0, text.length, sorted, { text, onCommand });
}

const isBlock = (entity) => BLOCKS.includes(entity.type);

function nodesBetween(start, end, entities, context) {
  const nodes = [];
  let position = start;
  let afterBlock = false;
  const addText = (until) => {
    // A block ends its line by itself.
    if (afterBlock && context.text[position] === "\n") position += 1;
    if (position < until) nodes.push(context.text.slice(position, until));
    position = Math.max(position, until);
  };
  const waiting = [...entities];
  while (waiting.length) {
    const entity = waiting.shift();
    addText(entity.start);
    const inside = [];
    while (waiting.length && waiting[0].start < entity.end) {
      const other = waiting.shift();
      inside.push({ ...other, end: Math.min(other.end, entity.end) });
      if (other.end > entity.end) insert(waiting, { ...other, start: entity.end });
    }
    const children = nodesBetween(entity.start, entity.end, inside, context);
    nodes.push(dress(entity, children, context));
    position = entity.end;
    afterBlock = isBlock(entity);
  }
  addText(end);
  return nodes;
}

function insert(waiting, entity) {
  const at = waiting.findIndex((other) => other.start > entity.start);
  waiting.splice(at < 0 ? waiting.length : at, 0, entity);
}

function dress(entity, children, { text, onCommand }) {
  const words = text.slice(entity.start, entity.end);
  switch (entity.type) {
    case "expandable_blockquote":
      return expandable(children);
    case "spoiler":
      return spoiler(children);
    case "text_link":
      return linkTo(entity.url, children);
    case "url":
      return linkTo(/^[a-z]+:\/\//i.test(words) ? words : `https://${words}`, children);
    case "email":
      return linkTo(`mailto:${words}`, children);
    case "mention":
      return linkTo(`https://t.me/${words.slice(1)}`, children);
    case "bot_command":
      return element(
        "button",
        { type: "button", className: "link", onclick: () => onCommand?.(words) },
        children,
      );
    default:
      return element(TAGS[entity.type] ?? "span", {}, children);
  }
}

function spoiler(children) {
  const hidden = element("span", { className: "spoiler-text", "aria-hidden": "true" }, children);
  const made = element("button", { type: "button", className: "spoiler" }, hidden);
  made.setAttribute("aria-label", say("show-hidden"));
  made.onclick = () => made.replaceWith(...children);
  return made;
}
