// The bot's menu of commands: what is offered while a command is typed, and on demand.

import { api } from "./api.js";
import { element } from "./dom.js";

/** A list of commands over the field; the focus stays in the field meanwhile. */
export class Commands {
  list = element("ul", { id: "commands", role: "listbox", hidden: true });
  #send;
  #all = [];
  #at = 0;

  /** `send` is called with a command that is chosen. */
  constructor(send) {
    this.#send = send;
  }

  /** Offer the commands that begin as the field does; none unless it begins with a slash. */
  async offer(view, field) {
    const typed = field.value;
    if (!/^\/\w*$/.test(typed)) {
      this.#show([], field);
      return;
    }
    const menu = await this.#menu(view);
    if (field.value === typed) {
      this.#show(
        menu.filter(({ command }) => `/${command}`.startsWith(typed)),
        field,
      );
    }
  }

  /** Show all commands, or hide them. */
  async toggle(view, field) {
    this.#show(this.list.hidden ? await this.#menu(view) : [], field);
    field.focus();
  }

  /** Take a key if the list is open; whether it was one for the list. */
  key(event, field) {
    if (this.list.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#mark((this.#at + step + this.#all.length) % this.#all.length, field);
    else if (event.key === "Escape") this.#show([], field);
    else if (event.key === "Tab") this.#complete(field);
    else if (event.key === "Enter") this.#choose(this.#all[this.#at], field);
    else return false;
    event.preventDefault();
    return true;
  }

  async #menu({ chat, me }) {
    try {
      return await api.menu(chat.id, me);
    } catch {
      return [];
    }
  }

  #show(commands, field) {
    this.#all = commands;
    this.list.hidden = !commands.length;
    this.list.replaceChildren(...commands.map((each, index) => this.#option(each, index, field)));
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.removeAttribute("aria-activedescendant");
    if (commands.length) this.#mark(0, field);
  }

  #option(command, index, field) {
    const made = element(
      "li",
      { id: `command-${index}`, role: "option" },
      element("strong", {}, `/${command.command}`),
      element("span", {}, command.description),
    );
    made.onpointerdown = (event) => event.preventDefault(); // the field keeps the focus
    made.onclick = () => this.#choose(command, field);
    return made;
  }

  #mark(index, field) {
    this.#at = index;
    [...this.list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === index));
    });
    field.setAttribute("aria-activedescendant", `command-${index}`);
    this.list.children[index].scrollIntoView({ block: "nearest" });
  }

  #complete(field) {
    field.value = `/${this.#all[this.#at].command} `;
    this.#show([], field);
  }

  #choose({ command }, field) {
    field.value = "";
    this.#show([], field);
    this.#send(`/${command}`);
  }
}
