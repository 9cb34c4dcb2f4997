// The sandbox's control API, as the page uses it.

const WAIT_SECONDS = 25;

/** What the sandbox refuses; the message says why. */
export class Refused extends Error {}

async function request(verb, path, fields) {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  const options = { method: verb, cache: "no-store" };
  let url = `/control/${path}`;
  if (verb === "GET") {
    url += `?${new URLSearchParams(given)}`;
  } else {
    options.body = JSON.stringify(Object.fromEntries(given));
  }
  const response = await fetch(url, options);
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer.error ?? answer.description ?? "refused");
  return answer;
}

/** A promise of the sandbox's answer for each thing the page asks of it. */
export const api = {
  state: () => request("GET", "state", {}),
  messages: (chat) => request("GET", `chats/${chat}/messages`, {}),
  events: (after) => request("GET", "events", { after, timeout: WAIT_SECONDS }),
  menu: (chat_id, user_id) => request("GET", "menu", { chat_id, user_id }),
  say: (chat_id, from_id, fields) => request("POST", "messages", { chat_id, from_id, ...fields }),
  edit: (chat_id, message_id, text) => request("POST", "edits", { chat_id, message_id, text }),
  delete: (chat_id, message_id) => request("POST", "deletions", { chat_id, message_id }),
  press: (chat_id, message_id, from_id, data) =>
    request("POST", "callbacks", { chat_id, message_id, from_id, data }),
  askInline: (chat_id, from_id, query) =>
    request("POST", "inline_queries", { chat_id, from_id, query }),
  inlineAnswer: (id) => request("GET", `inline_queries/${id}`, {}),
  choose: (id, result_id, message_thread_id) =>
    request("POST", `inline_queries/${id}/chosen`, { result_id, message_thread_id }),
  react: (chat_id, message_id, from_id, emoji) =>
    request("POST", "reactions", { chat_id, message_id, from_id, emoji }),
  setMember: (chat, user_id, status) =>
    request("POST", `chats/${chat}/members`, { user_id, status }),
  fileUrl: (id) => `/control/files/${encodeURIComponent(id)}`,
};
