// Pressing a bot's button, and what it answers: nothing, a toast, an alert, or a place to go.

import { api } from "./api.js";
import { alertOf, toast } from "./notices.js";
import { say } from "./words.js";

const PATIENCE_MS = 15_000;

/** Presses buttons, and waits for the answers among the events of the town. */
export class Presses {
  #waiting = new Map();
  #early = new Map();
  #follow;

  /** `follow` is called with the URL that an answer opens. */
  constructor(town, follow) {
    this.#follow = follow;
    town.addEventListener("happened", ({ detail: event }) => {
      if (event.type === "callback_answer") this.#answered(event);
    });
  }

  /** Press `button` of `message` as somebody; `made` is its element, busy until the answer. */
  async press(me, message, button, made) {
    if (button.copy_text) {
      await navigator.clipboard.writeText(button.copy_text.text);
      toast(say("copied"));
      return;
    }
    if (made.getAttribute("aria-busy") === "true") return;
    made.setAttribute("aria-busy", "true");
    try {
      const chat = message.chat.id;
      const { id } = await api.press(chat, message.message_id, me, button.callback_data);
      this.#show(await this.#answer(id));
    } catch (error) {
      toast(error.message);
    } finally {
      made.removeAttribute("aria-busy");
    }
  }

  #answer(id) {
    const early = this.#early.get(id);
    if (early) return early;
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve({ text: say("no-answer") }), PATIENCE_MS);
      this.#waiting.set(id, (event) => {
        clearTimeout(late);
        resolve(event);
      });
    });
  }

  #answered(event) {
    const id = event.callback_query_id;
    const resolve = this.#waiting.get(id);
    this.#waiting.delete(id);
    // The answer may come before we hear the number of our own press.
    if (resolve) resolve(event);
    else this.#early.set(id, event);
  }

  #show({ text, show_alert: asAlert, url }) {
    if (url) this.#follow(url);
    if (text) (asAlert ? alertOf : toast)(text);
  }
}
