/**
 * What the pad is built from: elements, and texts that follow the pad's language. Texts always go in as text.
 */

/**
 * Make an element.
 * @param {string} tag
 * @param {Record<string, any>} properties  set as properties where there are such, as attributes otherwise
 * @param {(Node | string)[]} children
 * @returns {any}
 */
function make(tag, properties = {}, children = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) /** @type {any} */ (element)[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Makes the labelled parts of a pad, and writes their texts anew in another language. */
class Parts {
  /** @param {any} model */
  constructor(model) {
    this.model = model;
    /** @type {(() => void)[]} */
    this.labels = [];
  }

  /**
   * Return a text of the pad in its language.
   * @param {string} key
   * @param {Record<string, any>} fields
   */
  text(key, fields = {}) {
    const texts = this.model.get("texts")[this.model.get("lang")];
    const fill = (/** @type {string} */ _, /** @type {string} */ name) => fields[name];
    return (texts[key] ?? key).replace(/\{(\w+)\}/g, fill);
  }

  /** @param {string} key @param {(text: string) => void} write  called again whenever the language changes */
  label(key, write) {
    this.labels.push(() => write(this.text(key)));
  }

  relabel() {
    this.labels.forEach((label) => label());
  }

  /** @param {() => void} act  what the button that was chosen does */
  chosen(act) {
    act();
  }

  /**
   * Make a button that is called by its action.
   * @param {string} action
   * @param {() => void} act
   * @param {Node | null} mark  stands before the text
   * @param {string} number  the key that does the same, where the text shall say so
   */
  button(action, act, mark = null, number = "") {
    const label = make("span");
    this.label(action, (text) => (label.textContent = number + text));
    const button = make("button", { type: "button", "data-action": action }, mark ? [mark, label] : [label]);
    button.addEventListener("click", () => this.chosen(act));
    return button;
  }

  /** @param {Node[]} children */
  group(children) {
    return make("div", { class: "sketch-pad-group" }, children);
  }

  /** @param {string} color */
  swatch(color) {
    const swatch = make("span", { class: "sketch-pad-swatch", "aria-hidden": "true" });
    swatch.style.background = color;
    return swatch;
  }

  /** @param {string} key */
  span(key) {
    const span = make("span");
    this.label(key, (text) => (span.textContent = text));
    return span;
  }
}
