// Links: Telegram's own lead to places in here, others out into the web, and nothing else anywhere.

import { element } from "./dom.js";

const OUTSIDE = ["http:", "https:", "mailto:"];
const TELEGRAM = ["t.me", "telegram.me"];

/** What a link to somewhere inside is asked of: an event, with the place as its `detail`. */
export const FOLLOW = "follow-link";

/**
 * Where a link leads inside Telegram; null if it leads out, or nowhere.
 *
 * `username` or `chat` is whom or what it names, `message` a message there, `start` a payload.
 */
export function placeOf(url) {
  let parsed;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  const start = parsed.searchParams.get("start");
  if (parsed.protocol === "tg:" && /resolve/.test(parsed.href)) {
    return { username: parsed.searchParams.get("domain") ?? "", start };
  }
  if (!OUTSIDE.includes(parsed.protocol) || !TELEGRAM.includes(parsed.hostname)) return null;
  const [first, ...rest] = parsed.pathname.split("/").filter(Boolean);
  const message = Number.parseInt(rest.at(-1), 10) || null;
  if (first === "c") return { chat: Number(`-100${rest[0]}`), message };
  return first ? { username: first, message, start } : null;
}

/** A link around nodes; what can't be followed safely is plain words. */
export function linkTo(url, children) {
  const place = placeOf(url);
  if (place) {
    const follow = (event) => {
      event.preventDefault();
      event.target.dispatchEvent(new CustomEvent(FOLLOW, { bubbles: true, detail: place }));
    };
    return element("a", { href: url, onclick: follow }, children);
  }
  if (!URL.canParse(url) || !OUTSIDE.includes(new URL(url).protocol)) {
    return element("span", {}, children);
  }
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, children);
}

/** The view that a place inside is, for one person; undefined where there is no such. */
export function viewOf(place, town, me) {
  const name = place.username?.toLowerCase();
  if (name && name === town.bot.username.toLowerCase()) {
    return { me, chat: me, start: place.start };
  }
  const isIt = (chat) => (name ? chat.username?.toLowerCase() === name : chat.id === place.chat);
  const chat = town.chatsOf(me).find(isIt);
  if (!chat) return undefined;
  const thread = chat.messages.get(place.message)?.message_thread_id;
  return { me, chat: chat.id, thread: chat.is_forum ? (thread ?? null) : null };
}
