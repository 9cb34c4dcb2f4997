// Who one is, and one's chats.

import { arrowKeys, avatar, byId, element } from "./dom.js";
import { icon } from "./icons.js";
import { authorOf, gist, nameOf, serviceOf, statusOf, titleOf } from "./names.js";
import { address, go } from "./route.js";
import { say, timeOf } from "./words.js";

/** The people to be and their chats, drawn anew whenever something changes. */
export class Sidebar {
  #town;
  #unread;

  constructor(town, unread) {
    this.#town = town;
    this.#unread = unread;
    arrowKeys(byId("chats"), "a");
  }

  /** Draw both for a view; `view.chat` is a chat's id here, or null. */
  show(view) {
    this.#drawPeople(view);
    const chats = this.#town.chatsOf(view.me);
    const items = chats
      .map((chat) => ({ chat, last: [...chat.messages.values()].at(-1) }))
      .sort((a, b) => isPrivate(b) - isPrivate(a) || dateOf(b) - dateOf(a))
      .map(({ chat, last }) => this.#item(chat, last, view));
    redraw(byId("chats"), element("ul", {}, items));
  }

  #drawPeople(view) {
    const people = byId("people");
    const choices = this.#town.humans().map((user) => {
      const waiting = this.#unread.total(user.id, this.#town.chatsOf(user.id));
      const input = element("input", {
        type: "radio",
        name: "me",
        id: `person-${user.id}`,
        checked: user.id === view.me,
      });
      input.onchange = () => {
        const stays = view.chat !== view.me && this.#town.chat(view.chat, user.id);
        const thread = stays ? view.thread : null;
        const here = view.chat === null ? null : stays ? view.chat : user.id;
        go({ me: user.id, chat: here, thread }, { replace: true });
      };
      const name = element("span", { className: "name" }, nameOf(user));
      const note = user.id === view.me ? element("small", {}, `@${user.username}`) : "";
      const face = element("span", { className: "face" }, avatar(user.id, nameOf(user)));
      if (waiting && user.id !== view.me) face.append(badge(waiting));
      return element("label", { title: `@${user.username}` }, input, face, name, note);
    });
    redraw(people, people.querySelector("legend"), ...choices);
  }

  #item(chat, last, view) {
    const title = titleOf(chat, this.#town.bot);
    const unread = this.#unread.count(view.me, chat);
    const id = chat.type === "private" ? this.#town.bot.id : chat.id;
    return element(
      "li",
      {},
      element(
        "a",
        {
          id: `chat-${chat.id}`,
          href: address({ me: view.me, chat: chat.id }),
          "aria-current": chat.id === view.chat ? "page" : undefined,
        },
        avatar(id, title, chat.type === "private"),
        element(
          "span",
          { className: "about-chat" },
          element(
            "span",
            { className: "title" },
            KINDS[chat.type] && icon(KINDS[chat.type]),
            title,
          ),
          last && element("time", {}, timeOf(last.date)),
          element(
            "span",
            { className: "last" },
            last ? this.#lastWords(chat, last, view.me) : statusOf(chat, this.#town),
          ),
          unread > 0 && badge(unread),
        ),
      ),
    );
  }

  #lastWords(chat, message, me) {
    if (chat.type === "private" && message.from.id !== me) return gist(message);
    if (chat.type === "channel" || serviceOf(message)) return gist(message);
    const author = message.from?.id === me ? say("you") : authorOf(message).name;
    return say("says", author, gist(message));
  }
}

const KINDS = { group: "group", supergroup: "group", channel: "channel" };

function badge(count) {
  return element(
    "span",
    { className: "badge" },
    element("span", { "aria-hidden": "true" }, String(count)),
    element("span", { className: "spoken" }, ` ${say("unread", count)}`),
  );
}

// The bot's chat is pinned: it is what one is here for.
const isPrivate = ({ chat }) => chat.type === "private";
const dateOf = ({ last }) => last?.date ?? 0;

/** Replace what is in an element; the focus stays on what has the same id. */
function redraw(container, ...children) {
  const focused = container.contains(document.activeElement) && document.activeElement.id;
  container.replaceChildren(...children);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}
