// What the bot offers while one types behind its name: results that can be sent to any chat.

import { api } from "./api.js";
import { Choices } from "./choices.js";
import { element } from "./dom.js";
import { toast } from "./notices.js";
import { go } from "./route.js";
import { say } from "./words.js";

const PAUSE_MS = 300;

/** The results for what is typed now. */
export class Inline {
  #choices = new Choices("results", false); // what is typed may be meant as a message
  #town;
  #timer;
  #typed = null;
  #asked = null; // {id, view, field} of the query that is waited for

  constructor(town) {
    this.#town = town;
    town.addEventListener("happened", ({ detail }) => {
      if (detail.type === "inline_answer" && detail.inline_query_id === this.#asked?.id) {
        this.#show(detail);
      }
    });
  }

  get list() {
    return this.#choices.list;
  }

  /** Ask the bot for results once there is a pause, if its name is what the field begins with. */
  offer(view, field) {
    const [, name, query] = /^@(\w+)\s([\s\S]*)$/.exec(field.value) ?? [];
    const isOurs = name?.toLowerCase() === this.#town.bot?.username.toLowerCase();
    if (isOurs && query === this.#typed) return;
    clearTimeout(this.#timer);
    this.#asked = null;
    this.#typed = isOurs ? query : null;
    if (!isOurs) this.#choices.show([], field);
    else this.#timer = setTimeout(() => this.#ask(view, field, query), PAUSE_MS);
  }

  /** Take a key if the list is open; whether it was one for the list. */
  key(event, field) {
    return this.#choices.key(event, field);
  }

  async #ask(view, field, query) {
    try {
      const { id, answer } = await api.askInline(view.chat.id, view.me, query);
      if (this.#typed !== query) return;
      this.#asked = { id, view, field };
      const known = answer ?? (await api.inlineAnswer(id)); // it may have come meanwhile
      if (known && this.#asked?.id === id) this.#show(known);
    } catch {
      this.#choices.show([], field); // such as text that is too long: it is a message then
    }
  }

  #show({ results, button }) {
    const { id, view, field } = this.#asked;
    const choices = results.map(({ id: resultId, title, description }) => ({
      content: [element("strong", {}, title), element("span", {}, description)],
      choose: () => this.#send(id, resultId, view, field),
    }));
    if (button) {
      choices.push({
        content: [element("em", {}, button.text)],
        choose: () => {
          this.#clear(field);
          go({ me: view.me, chat: view.me, start: button.start_parameter });
        },
      });
    }
    this.#choices.show(choices, field);
  }

  async #send(id, resultId, view, field) {
    try {
      const topic = view.chat.is_forum ? view.thread : undefined;
      await api.choose(id, resultId, topic);
      this.#clear(field);
    } catch (error) {
      toast(say("not-sent", error.message));
    }
  }

  #clear(field) {
    field.value = "";
    field.dispatchEvent(new Event("input")); // as if typed: the list goes, the field is one line
  }
}
