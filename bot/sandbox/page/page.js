// The chat page: what there is, who one is, and the place that is open. Read this first.

import { api } from "./api.js";
import { Composer } from "./composer.js";
import { byId, element } from "./dom.js";
import { Header } from "./header.js";
import { History } from "./history.js";
import { icon } from "./icons.js";
import { FOLLOW, placeOf, viewOf } from "./links.js";
import { openMenu } from "./menu.js";
import { authorOf, gist } from "./names.js";
import { announce, toast } from "./notices.js";
import { isAt } from "./place.js";
import { Presses } from "./presses.js";
import { go, read } from "./route.js";
import { Sidebar } from "./sidebar.js";
import { reactionsTo, Town } from "./town.js";
import { Unread } from "./unread.js";
import { say, speak } from "./words.js";

const wide = matchMedia("(min-width: 720px)");

const town = new Town();
const unread = new Unread();
const sidebar = new Sidebar(town, unread);
const header = new Header(town, unread);
const composer = new Composer(town, () => go({ ...read(), start: null }, { replace: true }));
const presses = new Presses(town, (url) => followTo(placeOf(url), url));
const messages = new History(town, {
  command: (text) => composer.send(text),
  menu: openMessageMenu,
  jump: (messageId) => messages.jumpTo(messageId),
  press: (message, button, made) => presses.press(open.me, message, button, made),
  react: toggleReaction,
  comments: (group, root) => go({ me: open.me, chat: group.id, thread: root }),
});

/** The open view: `me` and `chat` are their objects' ids and objects; null before all is loaded. */
let open = null;

function show() {
  const people = town.humans();
  const asked = read();
  const me = people.some((user) => user.id === asked.me) ? asked.me : people[0]?.id;
  if (me === undefined) return;
  const chat = town.chat(asked.chat, me);
  const view = { ...asked, me, chat: chat?.id ?? null };
  if (!chat && wide.matches) {
    go({ me, chat: me }, { replace: true });
    return;
  }
  speak(town.people.get(me).language_code);
  document.body.classList.toggle("in-chat", Boolean(chat));
  if (chat) showPlace({ ...view, chat });
  else closePlace(view);
}

function showPlace(view) {
  const same =
    open && open.me === view.me && open.chat?.id === view.chat.id && open.thread === view.thread;
  open = view;
  unread.see(view.me, view.chat, view.thread);
  sidebar.show({ ...view, chat: view.chat.id });
  header.show(view);
  messages.show(view);
  composer.show(view);
  byId("history").classList.toggle("empty", !view.chat.messages.size);
  byId("history").dataset.empty = emptyWords(view.chat);
  retitle();
  // Somebody who walks through the people with the arrow keys walks on.
  if (same || byId("people").contains(document.activeElement)) return;
  // On a phone a focused field would bring the keyboard up over what there is to read.
  const first = wide.matches && byId("composer").querySelector("#message, .primary");
  (first || byId("history")).focus({ preventScroll: true });
}

function closePlace(view) {
  const left = open?.chat;
  open = { ...view, chat: undefined };
  messages.clear();
  sidebar.show(view);
  retitle();
  if (left) byId(`chat-${left.id}`)?.focus({ preventScroll: true });
}

function emptyWords(chat) {
  if (chat.type !== "private") return say("empty");
  const language = town.people.get(open.me).language_code?.slice(0, 2);
  const about = town.descriptions[language] ?? town.descriptions[""];
  return about ? `${say("what-it-does")}\n\n${about}` : say("empty");
}

function retitle() {
  const waiting = unread.total(open.me, town.chatsOf(open.me));
  const title = open.chat ? byId("chat-title").textContent : "Passo";
  document.title = waiting ? `(${waiting}) ${title}` : title;
}

function happened({ detail: event }) {
  if (!open || !["message", "edit", "delete", "member"].includes(event.type)) return;
  const chat = town.chats.get(event.chat_id);
  if (event.type === "message" && chat) arrived(chat, event.message);
  sidebar.show({ ...open, chat: open.chat?.id ?? null });
  if (open.chat?.is_forum) header.show(open);
  retitle();
}

function arrived(chat, message) {
  unread.add(chat, message);
  const here = open.chat === chat && isAt(chat, open.thread, message);
  if (here) byId("history").classList.remove("empty");
  if (here && document.visibilityState === "visible") {
    unread.see(open.me, chat, open.thread);
    if (message.from?.id !== open.me) announce(say("says", authorOf(message).name, gist(message)));
  }
}

/** What came while the page was hidden is seen once it is looked at again. */
function comeBack() {
  if (document.visibilityState !== "visible" || !open?.chat) return;
  unread.see(open.me, open.chat, open.thread);
  sidebar.show({ ...open, chat: open.chat.id });
  retitle();
}

function openMessageMenu(message, anchor) {
  const { chat, me } = open;
  const mine = message.from?.id === me;
  const mayWrite = chat.type !== "channel" || town.isAdmin(chat, me);
  const text = message.text ?? message.caption;
  const selected = getSelection().toString().trim();
  const quote = selected && text?.includes(selected) ? selected : null;
  const mayDelete = mine || chat.type === "private" || town.isAdmin(chat, me);
  const choices = [
    mayWrite && ["reply", () => composer.reply(message)],
    mayWrite && quote && ["quote", () => composer.reply(message, quote)],
    mine && message.text && ["edit", () => composer.edit(message)],
    text && ["copy", () => navigator.clipboard.writeText(text).then(() => toast(say("copied")))],
    mayDelete && ["delete", () => attempt(api.delete(chat.id, message.message_id))],
  ];
  openMenu(anchor, choices.filter(Boolean), (emoji) => toggleReaction(message, emoji));
}

function toggleReaction(message, emoji) {
  const { chat, me } = open;
  const now = reactionsTo(chat, message.message_id).get(me);
  attempt(api.react(chat.id, message.message_id, me, now === emoji ? null : emoji));
}

function attempt(promise) {
  promise.catch((error) => toast(error.message));
}

function followTo(place, url) {
  if (!place) {
    window.open(url, "_blank", "noopener,noreferrer");
    return;
  }
  const view = viewOf(place, town, open.me);
  if (!view) {
    toast(say("no-such-chat"));
    return;
  }
  go(view);
  if (place.message) messages.jumpTo(place.message);
}

byId("back").append(icon("back"));
byId("to-end").append(icon("down"));
const offline = element("p", { className: "offline", role: "alert" });
town.addEventListener("offline", () => {
  offline.textContent = say("offline");
  document.body.append(offline);
});
town.addEventListener("online", () => offline.remove());
town.addEventListener("loaded", show);
town.addEventListener("happened", happened);
byId("skip").onclick = (event) => {
  event.preventDefault(); // the address is for places
  (byId("message") ?? byId("history")).focus();
};
document.addEventListener(FOLLOW, ({ detail }) => followTo(detail));
document.addEventListener("visibilitychange", comeBack);
addEventListener("hashchange", show);
wide.addEventListener("change", show);
town.follow();
