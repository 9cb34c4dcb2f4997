// Where a message is written: text or a file, a reply, an edit, or a command from the menu.

import { api } from "./api.js";
import { Commands } from "./commands.js";
import { byId, element } from "./dom.js";
import { base64Of, MAX_BYTES } from "./files.js";
import { icon } from "./icons.js";
import { Inline } from "./inline.js";
import { authorOf, gist } from "./names.js";
import { toast } from "./notices.js";
import { addressed, isComments } from "./place.js";
import { say } from "./words.js";

function iconButton(name, label, onclick) {
  const properties = { type: "button", className: "icon", "aria-label": say(label), onclick };
  return element("button", properties, icon(name));
}

/** Writes to one place at a time, as one person. */
export class Composer {
  #town;
  #view = null;
  #onStarted;
  #texts = new Map();
  #about = null; // what is replied to, edited or attached: {reply, quote} | {edit} | {file}
  #commands = new Commands((text) => this.#submit(text));
  #inline;
  #field = element("textarea", { id: "message", rows: 1, maxLength: 4096, enterKeyHint: "send" });
  #chooser = element("input", { type: "file", hidden: true, tabIndex: -1 });

  /** `onStarted` is called when the button to begin has been pressed. */
  constructor(town, onStarted) {
    this.#town = town;
    this.#inline = new Inline(town);
    this.#onStarted = onStarted;
    this.#field.onkeydown = (event) => this.#key(event);
    this.#field.oninput = () => this.#typed();
    this.#field.onpaste = ({ clipboardData }) => this.#attach(clipboardData.files[0]);
    this.#chooser.onchange = () => this.#attach(this.#chooser.files[0]);
    const pane = byId("chat");
    pane.ondragover = (event) => event.preventDefault();
    pane.ondrop = (event) => {
      event.preventDefault();
      this.#attach(event.dataTransfer.files[0]);
    };
  }

  /** Write to a place from now on; what was begun there before is there again. */
  show(view) {
    if (this.#view) this.#texts.set(this.#keyOf(this.#view), this.#field.value);
    this.#view = view;
    this.#about = null;
    this.#field.value = this.#texts.get(this.#keyOf(view)) ?? "";
    this.#draw();
    this.#typed();
  }

  /** Send a text now, whatever is in the field. */
  async send(text) {
    const { me, chat, thread } = this.#view;
    await this.#tell(() => api.say(chat.id, me, { text, ...addressed(chat, thread) }));
  }

  /** Reply to a message, to its words in `quote` if given. */
  reply(message, quote) {
    this.#setAbout({ reply: message, quote });
  }

  /** Edit one's own message. */
  edit(message) {
    this.#setAbout({ edit: message });
    this.#field.value = message.text ?? "";
    this.#typed();
  }

  #keyOf({ me, chat, thread }) {
    return `${me}/${chat.id}/${thread}`;
  }

  #setAbout(about) {
    this.#about = about;
    this.#draw();
    this.#field.focus();
  }

  #cancel() {
    if (this.#about?.edit) this.#field.value = "";
    this.#setAbout(null);
    this.#typed();
  }

  #attach(file) {
    this.#chooser.value = "";
    if (!file) return;
    if (file.size > MAX_BYTES) toast(say("too-big"));
    else this.#setAbout({ file });
  }

  #draw() {
    const { chat, me, start } = this.#view;
    const footer = byId("composer");
    const focused = document.activeElement === this.#field;
    if (chat.type === "channel" && !this.#town.isAdmin(chat, me)) {
      footer.replaceChildren(element("p", { className: "read-only" }, say("read-only")));
    } else if (chat.type === "private" && (start !== null || !chat.messages.size)) {
      footer.replaceChildren(this.#startButton(start));
    } else {
      footer.replaceChildren(this.#form());
      if (focused) this.#field.focus();
    }
  }

  #startButton(payload) {
    const button = element("button", { type: "button", className: "primary" }, say("start"));
    button.onclick = async () => {
      await this.send(payload ? `/start ${payload}` : "/start");
      this.#onStarted();
    };
    return button;
  }

  #form() {
    const hint = { channel: "placeholder-post" }[this.#view.chat.type];
    const comments = isComments(this.#view.chat, this.#view.thread) && "placeholder-comment";
    const words = say(comments || hint || "placeholder");
    this.#field.placeholder = words;
    this.#field.setAttribute("aria-label", words);
    const send = element(
      "button",
      {
        className: "icon send",
        "aria-label": say(this.#about?.edit ? "save" : "send"),
      },
      icon(this.#about?.edit ? "save" : "send"),
    );
    const form = element(
      "form",
      {},
      this.#commands.list,
      this.#inline.list,
      this.#about && this.#aboutBar(),
      element(
        "div",
        { className: "line" },
        iconButton("attach", "attach", () => this.#chooser.click()),
        this.#chooser,
        this.#field,
        iconButton("slash", "commands", () => this.#commands.toggle(this.#view, this.#field)),
        send,
      ),
    );
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    return form;
  }

  #aboutBar() {
    const { reply, quote, edit, file } = this.#about;
    const title = reply
      ? say("reply-to", authorOf(reply).name)
      : edit
        ? say("editing")
        : say("file");
    const words = file?.name ?? quote ?? gist(reply ?? edit);
    return element(
      "div",
      { className: "about" },
      element("p", {}, element("strong", {}, title), element("span", {}, words)),
      iconButton("cancel", "cancel", () => this.#cancel()),
    );
  }

  async #submit(text = this.#field.value.trim()) {
    const { me, chat, thread } = this.#view;
    const { reply, quote, edit, file } = this.#about ?? {};
    if (!text && !file) return;
    const to = { ...addressed(chat, thread) };
    if (reply) Object.assign(to, { reply_to_message_id: reply.message_id, quote });
    const sent = await this.#tell(async () => {
      if (edit) return api.edit(chat.id, edit.message_id, text);
      if (!file) return api.say(chat.id, me, { ...to, text });
      const document = {
        file_name: file.name,
        content: await base64Of(file),
        mime_type: file.type || null,
      };
      return api.say(chat.id, me, { ...to, document, caption: text || null });
    });
    if (!sent) return;
    this.#field.value = "";
    this.#setAbout(null);
    this.#typed();
  }

  async #tell(action) {
    try {
      await action();
      return true;
    } catch (error) {
      toast(say("not-sent", error.message));
      return false;
    }
  }

  #typed() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight}px`;
    this.#commands.offer(this.#view, this.#field);
    this.#inline.offer(this.#view, this.#field);
  }

  #key(event) {
    if (event.isComposing || this.#commands.key(event, this.#field)) return;
    if (this.#inline.key(event, this.#field)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && this.#about) {
      this.#cancel();
    } else if (event.key === "ArrowUp" && !this.#field.value && !this.#about) {
      this.#editLast(event);
    }
  }

  #editLast(event) {
    const { chat, me } = this.#view;
    const mine = [...chat.messages.values()].filter((m) => m.from?.id === me && m.text);
    if (!mine.length) return;
    event.preventDefault();
    this.edit(mine.at(-1));
  }
}
