// Everybody, every chat and every message, as the sandbox has them; it follows what happens.

import { api } from "./api.js";

const RETRY_MS = 1000;
const AWAY = ["left", "kicked"];

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function chatOf(raw) {
  const chat = { topics: [], ...raw, messages: new Map(), reactions: new Map() };
  chat.members = new Map(Object.entries(raw.members ?? {}).map(([id, is]) => [Number(id), is]));
  for (const { message_id, user_id, reaction } of raw.reactions ?? []) {
    reactionsTo(chat, message_id).set(user_id, reaction[0].emoji);
  }
  return chat;
}

/** Who reacted to a message, and how: a map from user ids to emoji. */
export function reactionsTo(chat, messageId) {
  if (!chat.reactions.has(messageId)) chat.reactions.set(messageId, new Map());
  return chat.reactions.get(messageId);
}

/**
 * Tells of changes as events: "happened", whose `detail` is the sandbox's event, applied already;
 * "loaded", when everything may have changed; "online" and "offline".
 */
export class Town extends EventTarget {
  bot = null;
  people = new Map();
  chats = new Map();

  /** Follow the sandbox for ever; after an outage, begin again from what there is. */
  async follow() {
    for (;;) {
      try {
        let seq = await this.#load();
        for (;;) {
          let opened = false;
          for (const event of await api.events(seq)) {
            seq = event.seq;
            opened ||= event.type === "chat";
            this.#apply(event);
          }
          if (opened) seq = await this.#load();
        }
      } catch (error) {
        console.warn("the sandbox can't be followed:", error);
        this.dispatchEvent(new Event("offline"));
        await pause(RETRY_MS);
      }
    }
  }

  /** The people one can be. Bots, and Telegram itself, are not. */
  humans() {
    return [...this.people.values()].filter((user) => !user.is_bot && user.id !== 777000);
  }

  /** A person's chats: the private one with the bot, begun or not, and those they are in. */
  chatsOf(me) {
    const shared = [...this.chats.values()].filter(
      (chat) => chat.type !== "private" && this.holds(chat, me),
    );
    return [this.chat(me, me), ...shared];
  }

  /** A chat as somebody may see it; undefined if they may not. */
  chat(id, me) {
    const chat = this.chats.get(id);
    if (id === me) {
      return chat ?? { ...chatOf({}), id: me, type: "private", members: new Map([[me, "member"]]) };
    }
    return chat && chat.type !== "private" && this.holds(chat, me) ? chat : undefined;
  }

  holds(chat, me) {
    return chat.members.has(me) && !AWAY.includes(chat.members.get(me));
  }

  isAdmin(chat, me) {
    return ["creator", "administrator"].includes(chat.members.get(me));
  }

  /** The discussion group's copy of a channel's post, under which its comments are. */
  discussionOf(channel, postId) {
    const group = this.chats.get(channel.linked_chat_id);
    const copy = [...(group?.messages.values() ?? [])].find(
      (message) => message.is_automatic_forward && message.forward_origin.message_id === postId,
    );
    return copy && { group, root: copy.message_id };
  }

  async #load() {
    const state = await api.state();
    const chats = await Promise.all(
      state.chats.map(async (raw) => {
        const chat = chatOf(raw);
        for (const message of await api.messages(chat.id)) {
          chat.messages.set(message.message_id, message);
        }
        return [chat.id, chat];
      }),
    );
    this.bot = state.bot;
    this.descriptions = state.descriptions;
    this.people = new Map(state.users.map((user) => [user.id, user]));
    this.chats = new Map(chats);
    this.dispatchEvent(new Event("online"));
    this.dispatchEvent(new Event("loaded"));
    return state.seq;
  }

  #apply(event) {
    const chat = this.chats.get(event.chat_id);
    if (event.type === "user") this.people.set(event.user.id, event.user);
    if (chat) this.#change(chat, event);
    this.dispatchEvent(new CustomEvent("happened", { detail: event }));
  }

  #change(chat, event) {
    const { message, message_id: id } = event;
    switch (event.type) {
      case "message":
      case "edit":
        chat.messages.set(message.message_id, message);
        if (event.type === "message" && message.from?.id === this.bot.id) chat.draft = null;
        if (message.forum_topic_created) {
          const { name } = message.forum_topic_created;
          chat.topics.push({ message_thread_id: message.message_thread_id, name });
        }
        break;
      case "delete":
        chat.messages.delete(id);
        break;
      case "reaction":
        if (event.reaction.length)
          reactionsTo(chat, id).set(event.user_id, event.reaction[0].emoji);
        else reactionsTo(chat, id).delete(event.user_id);
        break;
      case "draft":
        chat.draft = { draft_id: event.draft_id, text: event.text, entities: event.entities };
        break;
      case "member":
        chat.members.set(event.user_id, event.status);
        break;
    }
  }
}
