// The bot's menu of commands: what is offered while a command is typed, and on demand.

import { api } from "./api.js";
import { Choices } from "./choices.js";
import { element } from "./dom.js";

/** The commands somebody is shown in a chat. */
export class Commands {
  #choices = new Choices("commands");
  #send;

  /** `send` is called with a command that is chosen. */
  constructor(send) {
    this.#send = send;
  }

  get list() {
    return this.#choices.list;
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
    return this.#choices.key(event, field);
  }

  async #menu({ chat, me }) {
    try {
      return await api.menu(chat.id, me);
    } catch {
      return [];
    }
  }

  #show(commands, field) {
    const becomes = (text) => {
      field.value = text;
      this.#choices.show([], field);
    };
    const choices = commands.map(({ command, description }) => ({
      content: [element("strong", {}, `/${command}`), element("span", {}, description)],
      complete: () => becomes(`/${command} `),
      choose: () => {
        becomes("");
        this.#send(`/${command}`);
      },
    }));
    this.#choices.show(choices, field);
  }
}
