// The messages of the open place, kept up with what happens there.

import { arrowKeys, byId, element } from "./dom.js";
import { toNodes } from "./entities.js";
import { openQuotes, reopenQuotes } from "./expandable.js";
import { messageItem } from "./message.js";
import { isAt, messagesAt } from "./place.js";
import { dayOf, say } from "./words.js";

const NEAR_END = 80;
const DRAFT_MS = 30_000;
const LIT_MS = 1600;

/** Shows one place at a time; `actions` are those of `messageItem`. */
export class History {
  #town;
  #actions;
  #view = null;
  #list = element("ol");

  constructor(town, actions) {
    this.#town = town;
    this.#actions = actions;
    const scroller = byId("history");
    scroller.replaceChildren(this.#list);
    scroller.onscroll = () => {
      byId("to-end").hidden = this.#nearEnd();
    };
    byId("to-end").onclick = () => this.toEnd();
    arrowKeys(this.#list, "li[data-id]");
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    town.addEventListener("happened", ({ detail }) => this.#happened(detail));
    // What grows under the last message, such as its buttons, doesn't push it out of sight.
    let height = scroller.clientHeight;
    new ResizeObserver(() => {
      if (this.#stuck) this.toEnd();
      else scroller.scrollTop += height - scroller.clientHeight;
      height = scroller.clientHeight;
    }).observe(scroller);
  }

  #stuck = true;

  /** Show a place; `view.chat` is the chat itself here. */
  show(view) {
    this.#view = view;
    const messages = messagesAt(view.chat, view.thread);
    this.#list.replaceChildren(...messages.map((message) => this.#item(message)));
    this.#arrange();
    this.#showDraft();
    this.toEnd();
  }

  /** Show nothing. */
  clear() {
    this.#view = null;
    this.#list.replaceChildren();
  }

  /** Go to the last message. */
  toEnd() {
    const scroller = byId("history");
    scroller.scrollTop = scroller.scrollHeight;
    this.#stuck = true;
  }

  /** Go to a message and let it light up; false if it isn't here. */
  jumpTo(messageId) {
    const item = this.#find(messageId);
    if (!item) return false;
    item.scrollIntoView({ block: "center" });
    item.focus({ preventScroll: true });
    item.classList.add("lit");
    setTimeout(() => item.classList.remove("lit"), LIT_MS);
    return true;
  }

  #happened(event) {
    const view = this.#view;
    if (!view) return;
    if (view.chat.linked_chat_id === event.chat_id && view.chat.type === "channel") {
      this.#countComments(event);
    }
    // A chat that is only about to be opened gets all its messages at once, when it is.
    if (this.#town.chats.get(event.chat_id) !== view.chat) return;
    const atEnd = this.#nearEnd();
    if (event.type === "message" || event.type === "edit") {
      if (isAt(view.chat, view.thread, event.message)) this.#put(event.message);
    } else if (event.type === "delete") {
      this.#find(event.message_id)?.remove();
    } else if (event.type === "reaction") {
      const message = view.chat.messages.get(event.message_id);
      if (message) this.#put(message, { onlyIfShown: true });
    } else if (event.type !== "draft") {
      return;
    }
    this.#arrange();
    this.#showDraft();
    const mine = event.type === "message" && event.message.from?.id === view.me;
    if (atEnd || mine) this.toEnd();
  }

  #put(message, { onlyIfShown = false } = {}) {
    const old = this.#find(message.message_id);
    if (!old && onlyIfShown) return;
    const made = this.#item(message);
    if (!old) {
      this.#list.append(made);
      return;
    }
    const focused = old.contains(document.activeElement);
    const open = openQuotes(old);
    old.replaceWith(made);
    reopenQuotes(made, open);
    if (focused) made.focus({ preventScroll: true });
  }

  /** A comment changes the number under its post. */
  #countComments({ type, message }) {
    const root = message?.message_thread_id;
    const copy = type === "message" && this.#town.chats.get(message.chat.id).messages.get(root);
    const post = this.#view.chat.messages.get(copy?.forward_origin?.message_id);
    if (post) this.#put(post, { onlyIfShown: true });
    if (message?.is_automatic_forward) {
      const original = this.#view.chat.messages.get(message.forward_origin.message_id);
      if (original) this.#put(original, { onlyIfShown: true });
    }
  }

  #item(message) {
    const { chat, me } = this.#view;
    return messageItem(message, { town: this.#town, chat, me }, this.#actions);
  }

  #find(messageId) {
    return this.#list.querySelector(`li[data-id="${messageId}"]`);
  }

  /** Days between messages, messages in a row of one author, and which one Tab reaches. */
  #arrange() {
    for (const day of this.#list.querySelectorAll(".day")) day.remove();
    let before = null;
    for (const item of this.#list.querySelectorAll("li[data-id]")) {
      const message = this.#view.chat.messages.get(Number(item.dataset.id));
      const day = dayOf(message.date);
      if (day !== before?.day) item.before(element("li", { className: "day" }, day));
      const together = day === before?.day && item.dataset.author === before?.author;
      item.classList.toggle("follows", Boolean(item.dataset.author) && together);
      before = { day, author: item.dataset.author };
      item.tabIndex = -1;
    }
    const items = this.#list.querySelectorAll("li[data-id]");
    if (items.length) items[items.length - 1].tabIndex = 0;
  }

  #showDraft() {
    this.#list.querySelector(".draft")?.remove();
    const { draft } = this.#view.chat;
    if (!draft) return;
    const words = draft.text
      ? element(
          "div",
          { className: "text", dir: "auto" },
          toNodes(draft.text, draft.entities ?? []),
        )
      : element("span", { className: "dots", "aria-label": say("thinking") }, "•••");
    const bubble = element("div", { className: "bubble" }, words);
    this.#list.append(element("li", { className: "message draft", "aria-busy": "true" }, bubble));
    const view = this.#view;
    setTimeout(() => {
      if (view === this.#view && view.chat.draft === draft) {
        view.chat.draft = null;
        this.#showDraft();
      }
    }, DRAFT_MS);
  }

  #nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = byId("history");
    this.#stuck = scrollHeight - scrollTop - clientHeight < NEAR_END;
    return this.#stuck;
  }

  #key(event) {
    const item = document.activeElement.closest("li[data-id]");
    const opens = event.key === "Enter" || event.key === "ContextMenu";
    if (!opens || document.activeElement !== item) return;
    event.preventDefault();
    item.querySelector(".more")?.click();
  }
}
