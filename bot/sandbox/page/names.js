// How people, chats and messages are called.

import { say } from "./words.js";

/** A user's whole name. */
export function nameOf(user) {
  return [user.first_name, user.last_name].filter(Boolean).join(" ");
}

/** What a chat is called; a private chat bears the bot's name. */
export function titleOf(chat, bot) {
  return chat.type === "private" ? nameOf(bot) : chat.title;
}

/** How a chat is, in a few words. */
export function statusOf(chat, town) {
  if (chat.type === "private") return `@${town.bot.username} · ${say("bot")}`;
  const here = [...chat.members.keys()].filter((id) => town.holds(chat, id)).length;
  return say(chat.type === "channel" ? "subscribers" : "members", here);
}

/** Who wrote a message: a person or a bot, or a chat in its own name. */
export function authorOf(message) {
  const author = message.sender_chat ?? message.from;
  return { id: author.id, name: author.title ?? nameOf(author), isBot: author.is_bot ?? false };
}

/** Where a forwarded message comes from. */
export function originOf({ sender_user: user, chat, sender_chat: sender, sender_user_name: name }) {
  return user ? nameOf(user) : ((chat ?? sender)?.title ?? name ?? "");
}

/** What a message says; of a link that begins a chat, without what is in it for the bot alone. */
export function wordsOf({ text, caption, chat }) {
  if (chat.type === "private" && /^\/start [\w-]+$/.test(text)) return "/start";
  return text ?? caption;
}

/** A message in one line of text. */
export function gist(message) {
  const { document: file } = message;
  const text = wordsOf(message) ?? file?.file_name ?? serviceOf(message);
  return text.replace(/\s+/g, " ").trim();
}

/** What happened, when a message is Telegram's own account of it; "" for people's messages. */
export function serviceOf(message) {
  const { new_chat_members: joined, left_chat_member: left, forum_topic_created: topic } = message;
  if (joined) return say("joined", joined.map(nameOf).join(", "));
  if (left) return say("left", nameOf(left));
  if (topic) return say("topic-opened", topic.name);
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return say("migrated");
  return "text" in message || "document" in message ? "" : say("service");
}
