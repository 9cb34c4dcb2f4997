// The head of the open place: what it is called, how it is, and its topics.

import { api } from "./api.js";
import { arrowKeys, byId, dressAvatar, element } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { statusOf, titleOf } from "./names.js";
import { toast } from "./notices.js";
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
    byId("chat-menu").append(icon("more"));
    byId("chat-menu").onclick = () => openMenu(byId("chat-menu"), this.#choices());
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
    byId("chat-menu").hidden = !this.#choices().length;
    this.#drawStatus();
    this.#drawTopics();
  }

  #drawStatus() {
    const { chat } = this.#view;
    const typing = this.#typing > Date.now();
    byId("chat-status").classList.toggle("typing", typing);
    byId("chat-status").textContent = typing ? say("typing") : statusOf(chat, this.#town);
  }

  /** What whoever is in charge of a chat can make of the bot there. */
  #choices() {
    const { me, chat } = this.#view;
    const status = chat.members.get(this.#town.bot.id);
    const become = (key, to) => [key, () => this.#setBot(chat, to)];
    if (chat.type === "private") {
      if (!this.#town.chats.has(chat.id)) return [];
      return [
        status === "kicked" ? become("unblock-bot", "member") : become("block-bot", "kicked"),
      ];
    }
    if (!this.#town.isAdmin(chat, me)) return [];
    if (!this.#town.holds(chat, this.#town.bot.id)) return [become("add-bot", "member")];
    const admin = status === "administrator";
    const other = admin ? become("demote-bot", "member") : become("promote-bot", "administrator");
    return [other, become("remove-bot", "left")];
  }

  async #setBot(chat, status) {
    try {
      await api.setMember(chat.id, this.#town.bot.id, status);
    } catch (error) {
      toast(error.message);
    }
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
        unread > 0 &&
          element(
            "span",
            { className: "badge", "aria-label": say("unread", unread) },
            String(unread),
          ),
      );
    });
    nav.replaceChildren(...links);
  }

  #happened(event) {
    if (!this.#view || event.chat_id !== this.#view.chat.id) return;
    if (event.type === "member") this.show(this.#view);
    if (event.type === "action") {
      this.#typing = Date.now() + TYPING_MS;
      setTimeout(() => this.#view && this.#drawStatus(), TYPING_MS + 100);
    } else if (event.type === "message" || event.type === "draft") {
      this.#typing = 0;
    }
    this.#drawStatus();
  }
}
