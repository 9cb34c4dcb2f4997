// The head of the open place: what it is called, how it is, and its topics.

import { arrowKeys, byId, dressAvatar, element } from "./dom.js";
import { statusOf, titleOf } from "./names.js";
import { isComments } from "./place.js";
import { address } from "./route.js";
import { say } from "./words.js";

const TYPING_MS = 5000;

/** Draws the head of one place at a time. */
export class Header {
  #town;
  #unread;
  #view = null;
  #typing = 0;

  constructor(town, unread) {
    this.#town = town;
    this.#unread = unread;
    arrowKeys(byId("topics"), "a", false);
    town.addEventListener("happened", ({ detail }) => this.#happened(detail));
  }

  /** Draw the head of a place. */
  show(view) {
    if (view.chat !== this.#view?.chat) this.#typing = 0;
    this.#view = view;
    const { me, chat, thread } = view;
    const comments = isComments(chat, thread);
    const title = comments ? say("comments-of") : titleOf(chat, this.#town.bot);
    byId("chat-title").textContent = title;
    const id = chat.type === "private" ? this.#town.bot.id : chat.id;
    dressAvatar(byId("chat-avatar"), id, titleOf(chat, this.#town.bot), chat.type === "private");
    byId("back").href = comments ? address({ me, chat: chat.linked_chat_id }) : address({ me });
    byId("back").classList.toggle("always", comments);
    this.#drawStatus();
    this.#drawTopics();
  }

  #drawStatus() {
    const { chat } = this.#view;
    const typing = this.#typing > Date.now();
    byId("chat-status").classList.toggle("typing", typing);
    byId("chat-status").textContent = typing ? say("typing") : statusOf(chat, this.#town);
  }

  #drawTopics() {
    const { me, chat, thread } = this.#view;
    const nav = byId("topics");
    nav.hidden = !chat.is_forum;
    if (!chat.is_forum) return;
    const general = { message_thread_id: null, name: say("general") };
    const links = [general, ...chat.topics].map(({ message_thread_id: id, name }) => {
      const unread = this.#unread.count(me, chat, id);
      return element(
        "a",
        {
          href: address({ me, chat: chat.id, thread: id }),
          "aria-current": id === thread ? "page" : undefined,
        },
        name,
        unread > 0 && element("span", { className: "badge", "aria-label": say("unread", unread) }, String(unread)),
      );
    });
    nav.replaceChildren(...links);
  }

  #happened(event) {
    if (event.chat_id !== this.#view?.chat.id) return;
    if (event.type === "action") {
      this.#typing = Date.now() + TYPING_MS;
      setTimeout(() => this.#view && this.#drawStatus(), TYPING_MS + 100);
    } else if (event.type === "message" || event.type === "draft") {
      this.#typing = 0;
    }
    this.#drawStatus();
  }
}
