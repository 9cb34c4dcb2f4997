// Which of a chat's messages a view shows: all, those of a topic, or a post and its comments.

/** The messages of a place, oldest first. */
export function messagesAt(chat, thread) {
  return [...chat.messages.values()].filter((message) => isAt(chat, thread, message));
}

/** Whether a message of a chat is shown in a thread of it (null: outside all topics). */
export function isAt(chat, thread, message) {
  if (chat.is_forum) return (message.message_thread_id ?? null) === thread;
  if (thread === null) return true;
  return message.message_id === thread || message.message_thread_id === thread;
}

/** The threads of a chat that a message counts as new in. */
export function threadOf(chat, message) {
  return chat.is_forum ? (message.message_thread_id ?? null) : null;
}

/** Whether a view is a post with its comments. */
export function isComments(chat, thread) {
  return !chat.is_forum && thread !== null;
}

/** What is sent along to write there: the topic's id, or the post that is commented. */
export function addressed(chat, thread) {
  if (thread === null) return {};
  return chat.is_forum ? { message_thread_id: thread } : { reply_to_message_id: thread };
}
