// A list over the field to choose from; the focus stays in the field meanwhile.

import { element } from "./dom.js";

/** Choices, each `{content, choose, complete}`: what it shows, and what Enter and Tab do. */
export class Choices {
  list;
  #all = [];
  #at = 0;
  #first;

  /** With `preselected` the first is chosen by Enter; without, only what was gone to is. */
  constructor(id, preselected = true) {
    this.#first = preselected ? 0 : -1;
    this.list = element("ul", { id, className: "choices", role: "listbox", hidden: true });
  }

  /** Show these choices over a field; with none, nothing. */
  show(choices, field) {
    this.#all = choices;
    this.list.hidden = !choices.length;
    this.list.replaceChildren(...choices.map((each, index) => this.#option(each, index)));
    field.setAttribute("aria-autocomplete", "list");
    if (choices.length) {
      field.setAttribute("aria-controls", this.list.id);
      this.#mark(this.#first, field);
    } else if (field.getAttribute("aria-controls") === this.list.id) {
      field.removeAttribute("aria-activedescendant");
    }
  }

  /** Take a key if the list is open; whether it was one for the list. */
  key(event, field) {
    if (this.list.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const { choose, complete } = this.#all[this.#at] ?? {};
    if (step) this.#step(step, field);
    else if (event.key === "Escape") this.show([], field);
    else if (event.key === "Tab" && complete) complete();
    else if (event.key === "Enter" && choose) choose();
    else return false;
    event.preventDefault();
    return true;
  }

  #option({ content, choose }, index) {
    const made = element("li", { id: `${this.list.id}-${index}`, role: "option" }, content);
    made.onpointerdown = (event) => event.preventDefault(); // the field keeps the focus
    made.onclick = choose;
    return made;
  }

  /** Go up or down, round and round; where nothing is preselected, by way of the field. */
  #step(step, field) {
    const places = this.#all.length - this.#first;
    this.#mark(((this.#at - this.#first + step + places) % places) + this.#first, field);
  }

  #mark(index, field) {
    this.#at = index;
    [...this.list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === index));
    });
    if (index < 0) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    field.setAttribute("aria-activedescendant", `${this.list.id}-${index}`);
    this.list.children[index].scrollIntoView({ block: "nearest" });
  }
}
