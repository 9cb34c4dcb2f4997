// One message as it stands in the history.

import { avatar, colourOf, element } from "./dom.js";
import { toNodes } from "./entities.js";
import { api } from "./api.js";
import { icon } from "./icons.js";
import { keyboard } from "./keyboard.js";
import { authorOf, gist, nameOf, originOf, serviceOf, wordsOf } from "./names.js";
import { reactionsTo } from "./town.js";
import { say, timeOf } from "./words.js";

/**
 * The list item of a message.
 *
 * `actions` has what can be done from it: `command(text)`, `menu(message, anchor)`,
 * `jump(messageId)`, `press(message, button)`, `react(message, emoji)`, `comments(message)`.
 */
export function messageItem(message, { town, chat, me }, actions) {
  const { message_id: id } = message;
  const service = serviceOf(message);
  if (service) {
    return element("li", { className: "service", "data-id": id, tabIndex: -1 }, service);
  }
  const mine = message.from?.id === me && !message.sender_chat;
  const author = authorOf(message);
  const more = element(
    "button",
    {
      type: "button",
      className: "more",
      tabIndex: -1, // Enter on the message does the same
      "aria-label": say("actions"),
      "aria-haspopup": "menu",
    },
    icon("more"),
  );
  more.onclick = () => actions.menu(message, more);
  const bubble = element(
    "article",
    {
      className: "bubble",
      "aria-label": say("says", mine ? say("you") : author.name, gist(message)),
    },
    chat.type !== "private" && !mine && authorLine(author),
    message.forward_origin && !message.is_automatic_forward && forwarded(message),
    message.reply_to_message && replied(message, chat, actions),
    message.document && fileLink(message.document),
    textOf(message, actions),
    meta(message),
  );
  const reactions = reactionsLine(reactionsTo(chat, id), town, (emoji) =>
    actions.react(message, emoji),
  );
  const item = element(
    "li",
    { className: mine ? "message mine" : "message", "data-id": id, tabIndex: -1 },
    chat.type !== "private" && !mine && avatar(author.id, author.name, author.isBot),
    element(
      "div",
      { className: "column" },
      element("div", { className: "row" }, bubble, more),
      reactions,
      message.reply_markup && keyboard(message, actions.press),
      chat.type === "channel" && commentsLink(message, chat, town, actions),
    ),
  );
  item.dataset.author = String(author.id);
  item.oncontextmenu = (event) => {
    if (event.target.closest("a")) return;
    event.preventDefault();
    actions.menu(message, more);
  };
  return item;
}

function authorLine({ id, name }) {
  return element("p", { className: "author", "data-colour": colourOf(id) }, name);
}

function forwarded({ forward_origin: origin }) {
  return element("p", { className: "forwarded" }, say("forwarded-from", originOf(origin)));
}

function replied(message, chat, actions) {
  const { reply_to_message: target, quote } = message;
  if (target.forum_topic_created) return null;
  const author = authorOf(target);
  const known = chat.messages.get(target.message_id);
  const words = quote?.text ?? (known ? gist(known) : say("deleted-message"));
  return element(
    "button",
    {
      type: "button",
      className: "reply",
      "data-colour": colourOf(author.id),
      onclick: () => actions.jump(target.message_id),
    },
    element("strong", {}, author.name),
    element("span", {}, words),
  );
}

function fileLink({ file_id: id, file_name: name, file_size: size }) {
  const kilobytes = Math.max(1, Math.round(size / 1024));
  return element(
    "a",
    { className: "file", href: api.fileUrl(id), download: name },
    element(
      "span",
      { className: "sheet", "aria-hidden": "true" },
      name.split(".").at(-1).slice(0, 4),
    ),
    element("span", {}, element("strong", {}, name), element("small", {}, `${kilobytes} KB`)),
  );
}

function textOf(message, actions) {
  const text = wordsOf(message);
  if (!text) return null;
  const entities = message.entities ?? message.caption_entities ?? [];
  const nodes = toNodes(text, entities, { onCommand: actions.command });
  return element("div", { className: "text", dir: "auto" }, nodes);
}

function meta({ date, edit_date: edited, from, via_bot: via }) {
  const at = element("time", { dateTime: new Date(date * 1000).toISOString() }, timeOf(date));
  const notes = [via && from && `via @${via.username}`, edited && say("edited")];
  return element(
    "p",
    { className: "meta" },
    notes.filter(Boolean).map((note) => `${note} `),
    at,
  );
}

/** The reactions under a message, one chip an emoji; null where there are none. */
function reactionsLine(reactions, town, react) {
  const by = new Map();
  for (const [userId, emoji] of reactions) {
    by.set(emoji, [...(by.get(emoji) ?? []), town.people.get(userId)]);
  }
  if (!by.size) return null;
  const chips = [...by].map(([emoji, users]) =>
    element(
      "button",
      {
        type: "button",
        className: "chip",
        "aria-label": say("reacted", emoji, users.map(nameOf).join(", ")),
        onclick: () => react(emoji),
      },
      emoji,
      element("span", {}, users.length > 1 ? String(users.length) : ""),
    ),
  );
  return element("div", { className: "reactions" }, chips);
}

function commentsLink(message, chat, town, actions) {
  const place = town.discussionOf(chat, message.message_id);
  if (!place) return null;
  const { group, root } = place;
  const written = [...group.messages.values()].filter((m) => m.message_thread_id === root).length;
  const words = written ? say("comments", written) : say("comment");
  return element(
    "button",
    { type: "button", className: "comments", onclick: () => actions.comments(group, root) },
    icon("comment"),
    words,
  );
}
