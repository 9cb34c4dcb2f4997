// What each person hasn't seen yet. What was there when the page was opened counts as seen.

import { threadOf } from "./place.js";

/** Counts unread messages by person and place. */
export class Unread {
  #counts = new Map();

  #key(me, chatId, thread) {
    return `${me}/${chatId}/${thread}`;
  }

  /** Count a new message for all who are in its chat, but for whoever wrote it. */
  add(chat, message) {
    const thread = threadOf(chat, message);
    for (const id of chat.members.keys()) {
      if (message.from?.id === id && !message.sender_chat) continue;
      const key = this.#key(id, chat.id, thread);
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }

  /** Somebody sees a place. */
  see(me, chat, thread) {
    this.#counts.delete(this.#key(me, chat.id, chat.is_forum ? thread : null));
  }

  /** How many messages somebody hasn't seen in a place; `thread` undefined is the whole chat. */
  count(me, chat, thread) {
    if (thread !== undefined) return this.#counts.get(this.#key(me, chat.id, thread)) ?? 0;
    const threads = [null, ...chat.topics.map((topic) => topic.message_thread_id)];
    return threads.reduce((sum, each) => sum + this.count(me, chat, each), 0);
  }

  /** How many messages somebody hasn't seen anywhere. */
  total(me, chats) {
    return chats.reduce((sum, chat) => sum + this.count(me, chat), 0);
  }
}
