/**
 * The pad in the page: tools, pointer and keys, and the two layers that show the drawing.
 *
 * It never waits for the kernel: what the pointer does is on the wet layer in the same frame. It keeps nothing of its
 * own: what is drawn stands in the sheet, and the tools in the model, so that all views of a pad show the same.
 */

const WIDTHS = [1, 2, 4, 6, 10, 16, 24, 32, 40]; // where [ and ] stop, pixels
const PEN_ERASER = 32; // the bit of `buttons` that a pen's other end sets

/** One place in the page where the pad is shown. */
class View extends Parts {
  /**
   * @param {any} model
   * @param {Sheet} sheet
   * @param {HTMLElement} el
   * @param {AbortSignal} signal
   */
  constructor(model, sheet, el, signal) {
    super(model);
    this.sheet = sheet;
    this.signal = signal;
    this.pointer = 0;
    this.notice = "";
    this.lang = "";
    this.cursorWidth = 0;
    /** @type {{ step: Step, from: number } | undefined} the step that waits longest, and since when, in ms */
    this.late = undefined;
    this.#build(el);
    this.#listen();
    sheet.views.add(this);
    this.paperChanged();
    this.wetChanged(sheet.whole);
    this.changed();
  }

  // -- making the page

  /** @param {HTMLElement} el */
  #build(el) {
    const { side } = this.sheet;
    this.paper = make("canvas", { class: "sketch-pad-paper", width: side, height: side, "aria-hidden": "true" });
    this.wet = make("canvas", { class: "sketch-pad-wet", width: side, height: side, "aria-hidden": "true" });
    this.hint = make("div", { class: "sketch-pad-hint", "aria-hidden": "true" });
    this.label("hint", (text) => (this.hint.textContent = text));
    this.stage = make("div", { class: "sketch-pad-stage", tabIndex: 0, role: "application" }, [
      this.paper,
      this.wet,
      this.hint,
    ]);
    this.label("stage", (text) => this.stage.setAttribute("aria-label", text));
    this.note = make("div", { class: "sketch-pad-note", role: "status" });
    this.keys = make("div", { class: "sketch-pad-keys" });
    this.label("keys", (text) => (this.keys.textContent = text));
    this.root = make("div", { class: "sketch-pad" }, [
      this.#tools(),
      this.stage,
      this.note,
      this.#starters(),
      this.keys,
    ]);
    el.append(this.root);
  }

  #tools() {
    const { sheet } = this;
    this.pen = this.button("pen", () => this.set({ tool: "pen" }));
    this.eraser = this.button("eraser", () => this.set({ tool: "eraser" }));
    this.inks = this.model.get("inks").map((/** @type {string} */ color, /** @type {number} */ i) =>
      this.button(`ink-${i + 1}`, () => this.set({ color, tool: "pen" }), this.swatch(color), `${i + 1} `),
    );
    this.other = make("div", { class: "sketch-pad-other" });
    showPicker(sheet, this.other, this.signal).catch((error) => {
      this.other.hidden = true; // the palette is enough to go on with
      console.error("sketch_widget: no colour picker", error);
    });
    this.width = make("input", { type: "range", min: 1, max: 40, step: 1, "data-action": "width" });
    this.width.addEventListener("input", () => this.set({ [this.widthName]: Number(this.width.value) }));
    this.widthText = make("output");
    this.undo = this.button("undo", () => sheet.undo());
    this.redo = this.button("redo", () => sheet.redo());
    this.clear = this.button("clear", () => sheet.clear());
    for (const tool of [this.pen, this.eraser]) tool.classList.add("sketch-pad-tool");
    const bar = make("div", { class: "sketch-pad-tools", role: "toolbar" }, [
      this.group([this.pen, this.eraser]),
      this.group([this.undo, this.redo, this.clear]),
      make("label", { class: "sketch-pad-width" }, [this.span("width"), this.width, this.widthText]),
      this.group([...this.inks, this.other]),
    ]);
    this.label("tools", (text) => bar.setAttribute("aria-label", text));
    return bar;
  }

  #starters() {
    this.starters = this.model
      .get("starters")
      .map((/** @type {string} */ name) => this.button(`start-${name}`, () => this.sheet.start(name)));
    return make("div", { class: "sketch-pad-starters" }, [this.span("start"), ...this.starters]);
  }

  /** @param {() => void} act  what the button that was chosen does; not while a stroke is being drawn */
  chosen(act) {
    this.notice = "";
    if (!this.sheet.stroke) act();
  }

  // -- keeping it right

  get widthName() {
    return this.model.get("tool") === "eraser" ? "eraser_width" : "width";
  }

  /** @param {Record<string, any>} state */
  set(state) {
    this.sheet.set(state);
  }

  /** @param {Box} box */
  wetChanged({ x, y, w, h }) {
    this.wet.getContext("2d").putImageData(this.sheet.image, 0, 0, x, y, w, h);
  }

  paperChanged() {
    if (!this.sheet.paper) return;
    const ink = this.paper.getContext("2d");
    ink.clearRect(0, 0, this.sheet.side, this.sheet.side);
    ink.drawImage(this.sheet.paper, 0, 0);
    this.isShown = true;
  }

  /** Show the state of the tools, the drawing and the kernel. */
  changed() {
    const { sheet, model } = this;
    if (this.lang !== model.get("lang")) {
      this.lang = model.get("lang");
      this.root.lang = this.lang === "zh" ? "zh-Hans" : this.lang;
      this.relabel();
    }
    const eraser = model.get("tool") === "eraser";
    const color = model.get("color");
    const chosen = model.get("inks").indexOf(color);
    this.#press(this.pen, !eraser);
    this.#press(this.eraser, eraser);
    for (const [i, ink] of this.inks.entries()) this.#press(ink, !eraser && i === chosen);
    this.other.classList.toggle("is-chosen", !eraser && chosen < 0);
    this.width.value = model.get(this.widthName);
    this.widthText.textContent = `${model.get(this.widthName)} px`;
    const { undo, redo, empty } = sheet.expected;
    this.undo.disabled = !undo;
    this.redo.disabled = !redo;
    this.clear.disabled = empty;
    for (const starter of this.starters) starter.disabled = !sheet.alive; // only the kernel has them
    this.hint.hidden = !empty;
    this.root.dataset.pending = String(sheet.steps.length);
    this.root.dataset.state = sheet.alive ? (sheet.paper ? "live" : "loading") : "dead";
    this.#explain();
    this.#cursor();
  }

  /** @param {HTMLElement} button @param {boolean} pressed */
  #press(button, pressed) {
    button.setAttribute("aria-pressed", String(pressed));
  }

  /** Say in words what stands between the drawing and the kernel. */
  #explain() {
    const { sheet, model } = this;
    const waiting = sheet.waiting;
    const count = waiting.length;
    const text = !sheet.alive
      ? this.text(count ? "dead_waiting" : "dead", { count })
      : this.notice || (this.#isLate(waiting) ? this.text("busy", { count }) : model.get("notice")[this.lang] ?? "");
    if (this.note.textContent !== text) this.note.textContent = text;
  }

  /** @param {Step[]} waiting */
  #isLate(waiting) {
    const first = waiting[0];
    if (!first) this.late = undefined;
    else if (this.late?.step !== first) this.late = { step: first, from: performance.now() };
    return Boolean(this.late && performance.now() - this.late.from > WAITING - 50);
  }

  /** @param {string} key  of the text that says why a choice was not taken */
  refuse(key) {
    this.notice = this.text(key);
    this.changed();
  }

  /** @param {Record<string, string>} texts  by language */
  say(texts) {
    this.notice = texts[this.lang] ?? "";
    this.changed();
  }

  /** The cursor is the pen's outline where that is large enough to be seen. */
  #cursor() {
    const shown = this.wet.getBoundingClientRect().width || this.sheet.side;
    const d = Math.round((this.model.get(this.widthName) * shown) / this.sheet.side);
    if (d === this.cursorWidth) return;
    this.cursorWidth = d;
    const c = d / 2 + 2;
    const ring = (/** @type {string} */ stroke, /** @type {number} */ r) =>
      `<circle cx="${c}" cy="${c}" r="${r}" fill="none" stroke="${stroke}"/>`;
    const rings = ring("#fff", d / 2 + 1) + ring("#000", d / 2);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * c}" height="${2 * c}">${rings}</svg>`;
    const image = `url('data:image/svg+xml,${encodeURIComponent(svg)}') ${Math.round(c)} ${Math.round(c)}, `;
    this.wet.style.cursor = `${d >= 8 ? image : ""}crosshair`;
  }

  // -- pen and keys

  #listen() {
    const on = (/** @type {HTMLElement} */ on, /** @type {string} */ event, /** @type {(e: any) => void} */ act) =>
      on.addEventListener(event, act.bind(this), { signal: this.signal });
    on(this.wet, "pointerdown", this.down);
    on(this.wet, "pointermove", this.move);
    for (const event of ["pointerup", "pointercancel", "lostpointercapture"]) on(this.wet, event, this.up);
    on(this.root, "keydown", this.key);
    keepPlainKeys(this.root, runsCell, this.signal);
    const size = new ResizeObserver(() => this.#cursor());
    size.observe(this.stage);
    const refresh = () => this.changed();
    const names = ["color", "width", "eraser_width", "tool", "lang", "notice"];
    for (const name of names) this.model.on(`change:${name}`, refresh);
    this.signal.addEventListener("abort", () => {
      for (const name of names) this.model.off(`change:${name}`, refresh);
      size.disconnect();
      this.sheet.views.delete(this);
      if (this.pointer) this.sheet.end();
      this.root.remove();
    });
  }

  /** @param {PointerEvent} event */
  lead(event) {
    const { left, top, width, height } = this.wet.getBoundingClientRect();
    const { side } = this.sheet;
    this.sheet.lead(((event.clientX - left) * side) / width, ((event.clientY - top) * side) / height);
  }

  /** @param {PointerEvent} event */
  down(event) {
    const turned = Boolean(event.buttons & PEN_ERASER);
    if ((event.button !== 0 && !turned) || !event.isPrimary || this.sheet.stroke) return;
    event.preventDefault();
    this.wet.setPointerCapture(event.pointerId);
    this.stage.focus({ preventScroll: true });
    this.pointer = event.pointerId;
    this.notice = "";
    const eraser = turned || this.model.get("tool") === "eraser";
    const width = this.model.get(eraser ? "eraser_width" : "width");
    this.sheet.begin({ color: this.model.get("color"), width, eraser });
    this.lead(event);
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (event.pointerId !== this.pointer || !this.sheet.stroke) return;
    const between = event.getCoalescedEvents?.() ?? [];
    for (const each of between.length ? between : [event]) this.lead(each);
  }

  /** @param {PointerEvent} event */
  up(event) {
    if (event.pointerId !== this.pointer) return;
    this.pointer = 0;
    if (event.type === "pointerup") this.lead(event);
    this.sheet.end();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const act = this.#shortcut(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.sheet.stroke) act();
  }

  /** @param {KeyboardEvent} event @returns {(() => void) | null} */
  #shortcut({ key, ctrlKey, metaKey, shiftKey, altKey }) {
    if (altKey) return null;
    const name = key.toLowerCase();
    const press = (/** @type {HTMLButtonElement} */ button) => () => button.disabled || button.click();
    if (ctrlKey || metaKey) {
      if (name === "z") return press(shiftKey ? this.redo : this.undo);
      return name === "y" ? press(this.redo) : null;
    }
    if (name === "escape") return () => this.#leave();
    if (name === "p" || name === "b") return press(this.pen);
    if (name === "e") return press(this.eraser);
    if (name === "[" || name === "]") return () => this.#widen(name === "]");
    const ink = this.inks[Number(name) - 1];
    return ink ? press(ink) : null;
  }

  /** @param {boolean} up */
  #widen(up) {
    const now = this.model.get(this.widthName);
    const next = up ? WIDTHS.find((w) => w > now) : WIDTHS.findLast((w) => w < now);
    if (next) this.set({ [this.widthName]: next });
  }

  /** Give the keyboard back to the notebook. */
  #leave() {
    const outside = this.root.parentElement?.closest("[tabindex]");
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (outside instanceof HTMLElement) outside.focus({ preventScroll: true });
  }
}

// --- what the widget library calls -----------------------------------------------------------------------------------

addEventListener("pagehide", remember);

/** @param {{ model: any }} context */
function initialize({ model }) {
  const sheet = new Sheet(model);
  const id = model.get("pad_id");
  sheets.set(id, sheet);
  sheet.attach().catch((error) => {
    console.error("sketch_widget: the pad has no canvas", error);
    const lost = { en: `${error}`, zh: `${error}` };
    sheet.views.forEach((view) => view.say(lost));
  });
  return () => sheet.close();
}

/** @param {{ model: any, el: HTMLElement }} context */
function render({ model, el }) {
  const life = new AbortController();
  const sheet = sheets.get(model.get("pad_id"));
  if (sheet) new View(model, sheet, el, life.signal);
  return () => life.abort();
}

export default { initialize, render };
