// What the page shows, kept in the address: #person/chat/thread?start=payload
//
// So the browser's own back and reload work, and two windows can be two people.

/** What the address says: ids, `null` where it says nothing. */
export function read() {
  const [path, query] = location.hash.slice(1).split("?");
  const [me, chat, thread] = path.split("/").map((part) => Number.parseInt(part, 10) || null);
  return {
    me: me ?? null,
    chat: chat ?? null,
    thread: thread ?? null,
    start: new URLSearchParams(query).get("start"),
  };
}

/** The address of a view, for links. */
export function address({ me, chat = null, thread = null, start = null }) {
  const path = [me, chat, thread].filter((part) => part !== null).join("/");
  return `#${path}${start === null ? "" : `?${new URLSearchParams({ start })}`}`;
}

/** Go there, at once. With `replace`, the view left behind isn't one to come back to. */
export function go(view, { replace = false } = {}) {
  const to = address(view);
  if (to === location.hash) return;
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  dispatchEvent(new HashChangeEvent("hashchange"));
}
