/**
 * Ink in the browser: the pad's pen lies over the kernel's canvas and never waits for the kernel.
 *
 * Three parts: the raster (pure, the twin of `drawing/raster.py`), the sheet (one a pad and page: what was drawn here and
 * what the kernel has taken over), and the view (one a place where the pad is shown). The page is shown the kernel's
 * canvas ("paper") and above it, on a transparent layer ("wet"), the exact pixels of what the kernel has not drawn yet.
 * A step is sent as one message and kept until the kernel has said that it heard it; the sequence numbers let the kernel
 * apply each step once and in order. This file refuses to decide what the drawing is: that is the kernel's History.
 *
 * @typedef {{ x: number, y: number, w: number, h: number }} Box
 * @typedef {{ pixels: ArrayLike<number>, colors: number | ArrayLike<number> }} Marks  what a step paints, by pixel number
 * @typedef {{ pixels: ArrayLike<number>, before: ArrayLike<number>, after: number | ArrayLike<number> }} Change
 * @typedef {{ client: string, seq: number, detail: Record<string, any>, points: Float32Array | null,
 *             marks: Marks | null, heard: number }} Step  `heard` is when the kernel answered, in ms; 0 before
 * @typedef {{ revision: number, undo: number, redo: number, empty: boolean, heard: Record<string, number> }} Standing
 */

// --- the raster -----------------------------------------------------------------------------------------------------

const PAPER = 0xffffffff;

/**
 * Return a colour "#rrggbb" as the number that stands for it in canvas memory (little-endian RGBA).
 * @param {string} color
 */
export function packed(color) {
  const rgb = parseInt(color.slice(1), 16);
  return (0xff000000 | ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}

/** The pixels of one stroke while it grows. The rule and its order of operations stand in `drawing/raster.py`. */
export class Trace {
  /**
   * @param {number} side  the pad's side in pixels
   * @param {number} width  the pen's width in pixels
   */
  constructor(side, width) {
    this.side = side;
    this.radius = Math.max(width, 1) / 2;
    this.seen = new Uint8Array(side * side);
    /** @type {number[]} numbers of the inked pixels, y * side + x, each once, in the order they were inked */
    this.pixels = [];
    /** @type {number[]} float32 coordinates x, y, x, y, … */
    this.points = [];
  }

  /**
   * Lead the pen to a point. Returns the box that changed; `pixels` has grown by what is new in it, or is another array
   * where the first dot had to be taken back.
   * @param {number} x
   * @param {number} y
   * @returns {Box | null} null where nothing can have changed
   */
  lead(x, y) {
    const points = this.points;
    const [x1, y1] = [Math.fround(x), Math.fround(y)];
    const count = points.length / 2;
    const [x0, y0] = count ? points.slice(-2) : [x1, y1];
    if (count && x0 === x1 && y0 === y1) return null;
    if (count === 1) {
      // A dot is a segment of its own; a line is not, and at its end the two may differ in the last bit.
      for (const pixel of this.pixels) this.seen[pixel] = 0;
      this.pixels = [];
      this.#mark(Math.floor(x0), Math.floor(y0));
    }
    points.push(x1, y1);
    this.#mark(Math.floor(x1), Math.floor(y1));
    return this.#segment(x0, y0, x1, y1);
  }

  /** @param {number} i @param {number} j */
  #mark(i, j) {
    if (i < 0 || j < 0 || i >= this.side || j >= this.side) return;
    const pixel = j * this.side + i;
    if (this.seen[pixel]) return;
    this.seen[pixel] = 1;
    this.pixels.push(pixel);
  }

  /** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @returns {Box | null} */
  #segment(x0, y0, x1, y1) {
    const { side, radius } = this;
    const left = Math.max(Math.floor(Math.min(x0, x1) - radius - 1), 0);
    const right = Math.min(Math.ceil(Math.max(x0, x1) + radius + 1), side);
    const top = Math.max(Math.floor(Math.min(y0, y1) - radius - 1), 0);
    const bottom = Math.min(Math.ceil(Math.max(y0, y1) + radius + 1), side);
    if (left >= right || top >= bottom) return null;
    const [dx, dy] = [x1 - x0, y1 - y0];
    const length2 = dx * dx + dy * dy;
    for (let j = top; j < bottom; j++) {
      const py = j + 0.5 - y0;
      for (let i = left; i < right; i++) {
        const px = i + 0.5 - x0;
        const along = length2 === 0 ? 0 : (px * dx + py * dy) / length2;
        const t = Math.min(Math.max(along, 0), 1);
        const u = px - t * dx;
        const v = py - t * dy;
        if (u * u + v * v <= radius * radius) this.#mark(i, j);
      }
    }
    return { x: left, y: top, w: right - left, h: bottom - top };
  }
}

/**
 * Return the pixels that a whole stroke inks.
 * @param {ArrayLike<number>} points  x, y, x, y, …
 * @param {number} width
 * @param {number} side
 */
export function trace(points, width, side) {
  const traced = new Trace(side, width);
  for (let i = 0; i < points.length; i += 2) traced.lead(points[i], points[i + 1]);
  return traced;
}

/**
 * Paint marks on pixels in place.
 * @param {Uint32Array} pixels
 * @param {Marks} marks
 */
export function paint(pixels, { pixels: at, colors }) {
  if (typeof colors === "number") for (let i = 0; i < at.length; i++) pixels[at[i]] = colors;
  else for (let i = 0; i < at.length; i++) pixels[at[i]] = colors[i];
}

// --- what was drawn here and not yet by the kernel ----------------------------------------------------------------------

const LONGEST = 100_000; // points of a stroke; the kernel takes twice as many, and the pen goes on with a new stroke
const MEMORY = 8e6; // pixels that undo may remember for its echo, 64 MB
const GRACE = 1000; // ms after which the kernel's picture is believed, even where it differs from the local one
const WAITING = 1500; // ms after which the pad says that steps wait for the kernel
const GONE = ["restarting", "autorestarting", "terminating", "dead"]; // what JupyterLab calls a kernel that forgot us
const STORED = "sketch_widget:steps:";

/** What a page has drawn on one pad: shared by all views of the pad in this page. */
export class Sheet {
  /** @param {any} model  the widget's model, whose life is the sheet's */
  constructor(model) {
    this.model = model;
    this.side = model.get("side");
    this.name = model.get("name");
    this.client = [...crypto.getRandomValues(new Uint32Array(3))].map((n) => n.toString(36)).join("");
    this.seq = 0;
    this.alive = true;
    /** @type {Step[]} what the paper does not show yet, oldest first */
    this.steps = [];
    /** @type {{ past: Change[], future: Change[] }} */
    this.echo = { past: [], future: [] };
    /** @type {{ trace: Trace, color: number, under: number[], detail: Record<string, any> } | null} */
    this.stroke = null;
    /** @type {HTMLCanvasElement | null} the canvas that the kernel draws on */
    this.paper = null;
    /** Its copy, for reading; asking the canvas itself would make the browser move it off the graphics card. */
    this.copy = make("canvas", { width: this.side, height: this.side }).getContext("2d", { willReadFrequently: true });
    this.wet = new Uint32Array(this.side * this.side);
    this.image = new ImageData(new Uint8ClampedArray(this.wet.buffer), this.side, this.side);
    /** @type {Set<{ wetChanged(box: Box): void, paperChanged(): void, changed(): void, say(text: any): void }>} */
    this.views = new Set();
    this.revision = this.standing.revision;
    this.whole = { x: 0, y: 0, w: this.side, h: this.side };
    /** @type {(() => void)[]} */
    this.undone = [];
  }

  /** @returns {Standing} what the kernel said last about the drawing */
  get standing() {
    return this.model.get("standing");
  }

  /** The steps that the kernel has not answered yet. */
  get waiting() {
    return this.steps.filter((step) => !step.heard);
  }

  /** The standing as it will be once the kernel has caught up, as well as the page can tell. */
  get expected() {
    let { undo, redo, empty } = this.standing;
    for (const { detail } of this.waiting) {
      if (detail.kind === "undo" && undo) [undo, redo, empty] = [undo - 1, redo + 1, undo === 1];
      else if (detail.kind === "redo" && redo) [undo, redo, empty] = [undo + 1, redo - 1, false];
      else if (detail.kind === "clear" && !empty) [undo, redo, empty] = [undo + 1, 0, true];
      else if (detail.kind === "stroke" || detail.kind === "starter") [undo, redo, empty] = [undo + 1, 0, false];
    }
    return { undo, redo, empty: empty && !this.stroke };
  }

  /** Find the kernel's canvas and begin to listen. */
  async attach() {
    const listen = (/** @type {any} */ from, /** @type {string} */ event, /** @type {(...a: any[]) => void} */ act) => {
      from.on(event, act);
      this.undone.push(() => from.off(event, act));
    };
    listen(this.model, "change:standing", () => this.answered());
    listen(this.model, "msg:custom", (message) => this.told(message));
    const manager = this.model.widget_manager;
    if (!manager) throw new Error("this front end does not let a widget find its canvas");
    const canvas = await manager.get_model(String(this.model.get("canvas")).replace("IPY_MODEL_", ""));
    this.paper = canvas.canvas;
    listen(canvas, "new-frame", () => {
      this.views.forEach((view) => view.paperChanged());
      this.settle();
    });
    // `comm_live` goes down when the kernel restarts and up again when a lost connection comes back; that the kernel has
    // died or was shut down, only the kernel's own status says, where the front end shows it.
    listen(canvas, "comm_live_update", () => this.setAlive(canvas.comm_live));
    const watch = (/** @type {any} */ signal, /** @type {(from: any, status: any) => void} */ act) => {
      signal?.connect(act);
      this.undone.push(() => signal?.disconnect(act));
    };
    watch(manager.kernel?.statusChanged, (_, status) => GONE.includes(status) && this.setAlive(false));
    watch(manager.kernel?.disposed, () => this.setAlive(false));
    this.views.forEach((view) => view.paperChanged());
    this.steps.unshift(...inherited(this));
    this.repaint();
    this.setAlive(canvas.comm_live !== false);
  }

  /** Stop listening. What was not delivered waits in the registry for the pad's next sheet. */
  close() {
    this.undone.splice(0).forEach((undo) => undo());
    this.alive = false;
    if (!this.waiting.length) sheets.delete(this.model.get("pad_id"));
    this.changed();
  }

  /** @param {boolean} alive */
  setAlive(alive) {
    this.alive = alive;
    if (alive) this.waiting.forEach((step) => this.send(step));
    this.changed();
  }

  changed() {
    this.views.forEach((view) => view.changed());
  }

  // -- drawing

  /**
   * Put the pen down.
   * @param {{ color: string, width: number, eraser: boolean }} pen
   */
  begin({ color, width, eraser }) {
    const detail = { kind: "stroke", color, width, eraser };
    const ink = eraser ? PAPER : packed(color);
    this.stroke = { trace: new Trace(this.side, width), color: ink, under: [], detail };
    this.changed();
  }

  /** @param {number} x @param {number} y */
  lead(x, y) {
    if (!this.stroke) return;
    const { trace: line, color, under, detail } = this.stroke;
    const known = line.pixels;
    const box = line.lead(x, y);
    if (line.pixels !== known) {
      under.length = 0;
      this.#layDown();
    }
    for (let i = under.length; i < line.pixels.length; i++) {
      under.push(this.wet[line.pixels[i]]);
      this.wet[line.pixels[i]] = color;
    }
    if (box) this.views.forEach((view) => view.wetChanged(box));
    if (line.points.length < 2 * LONGEST) return;
    this.end();
    this.begin(/** @type {any} */ (detail));
    this.lead(x, y);
  }

  /** Lift the pen: the stroke is drawn, and sent. */
  end() {
    if (!this.stroke) return;
    const { trace: line, color, under, detail } = this.stroke;
    const shown = this.#paperPixels();
    const before = Uint32Array.from(line.pixels, (pixel, i) => under[i] || shown[pixel] || PAPER);
    const change = { pixels: Uint32Array.from(line.pixels), before, after: color };
    this.stroke = null;
    this.echo.past.push(change);
    this.echo.future = [];
    this.#forget();
    this.#take(detail, Float32Array.from(line.points), { pixels: change.pixels, colors: color });
  }

  undo() {
    const change = this.echo.past.pop();
    if (change) this.echo.future.push(change);
    else this.echo.future = [];
    this.#take({ kind: "undo" }, null, change ? { pixels: change.pixels, colors: change.before } : null);
  }

  redo() {
    const change = this.echo.future.pop();
    if (change) this.echo.past.push(change);
    else this.echo.past = [];
    this.#take({ kind: "redo" }, null, change ? { pixels: change.pixels, colors: change.after } : null);
  }

  clear() {
    const shown = this.#paperPixels();
    for (let i = 0; i < shown.length; i++) shown[i] = this.wet[i] || shown[i] || PAPER;
    const pixels = Uint32Array.from(shown.keys()).filter((i) => shown[i] !== PAPER);
    this.echo.past.push({ pixels, before: pixels.map((i) => shown[i]), after: PAPER });
    this.echo.future = [];
    this.#forget();
    this.#take({ kind: "clear" }, null, { pixels, colors: PAPER });
  }

  /** @param {string} starter */
  start(starter) {
    this.echo = { past: [], future: [] };
    this.#take({ kind: "starter", starter }, null, null);
  }

  /** @param {Record<string, any>} detail @param {Float32Array | null} points @param {Marks | null} marks */
  #take(detail, points, marks) {
    const step = { client: this.client, seq: ++this.seq, detail, points, marks, heard: 0 };
    this.steps.push(step);
    if (marks && detail.kind !== "stroke") this.repaint();
    this.send(step);
    this.changed();
    setTimeout(() => this.changed(), WAITING);
  }

  #forget() {
    const { past } = this.echo;
    let size = past.reduce((sum, change) => sum + change.pixels.length, 0);
    while (size > MEMORY) size -= past.shift()?.pixels.length ?? size;
  }

  /** The kernel's picture as numbers, 0 where it has drawn nothing yet. */
  #paperPixels() {
    const { copy, paper, side } = this;
    copy.clearRect(0, 0, side, side);
    if (paper) copy.drawImage(paper, 0, 0);
    return new Uint32Array(copy.getImageData(0, 0, side, side).data.buffer);
  }

  /** Paint the wet layer anew from what is still to be shown. */
  repaint() {
    this.#layDown();
    if (this.stroke) {
      const { trace: line, color, under } = this.stroke;
      line.pixels.forEach((pixel, i) => (under[i] = this.wet[pixel]));
      paint(this.wet, { pixels: line.pixels, colors: color });
    }
    this.views.forEach((view) => view.wetChanged(this.whole));
  }

  #layDown() {
    this.wet.fill(0);
    for (const step of this.steps) if (step.marks) paint(this.wet, step.marks);
  }

  // -- talking to the kernel

  /** @param {Step} step */
  send(step) {
    if (!this.alive) return;
    const { client, seq, detail, points } = step;
    const since = this.waiting.find((other) => other.client === client)?.seq ?? seq;
    try {
      const buffers = points ? [points.buffer.slice(0)] : [];
      this.model.send({ ...detail, client, seq, since }, undefined, buffers);
    } catch {
      this.alive = false; // the comm is closed: the step stays here until the pad is made anew
    }
  }

  /** The kernel has told where it stands: note which steps it heard. */
  answered() {
    const { heard, revision } = this.standing;
    const now = performance.now();
    let own = 0;
    for (const step of this.steps) {
      if (step.heard || !(heard[step.client] >= step.seq)) continue;
      step.heard = now;
      own += 1;
    }
    if (revision - this.revision !== own) this.echo = { past: [], future: [] };
    this.revision = revision;
    this.settle();
    if (own) setTimeout(() => this.settle(), GRACE);
    this.changed();
  }

  /**
   * The kernel has said something to this pad.
   * @param {{ kind: string, client: string, seq: number, text?: any }} message
   */
  told({ kind, client, seq, text }) {
    if (kind === "missing" && this.alive) {
      this.waiting.filter((step) => step.client === client && step.seq >= seq).forEach((step) => this.send(step));
    }
    if (kind === "refused") {
      this.steps = this.steps.filter((step) => step.client !== client || step.seq !== seq);
      this.echo = { past: [], future: [] };
      this.repaint();
      this.views.forEach((view) => view.say(text));
    }
  }

  /** Let go of the wet ink that the paper shows by now, never sooner: no flicker. */
  settle() {
    const heard = this.steps.findIndex((step) => !step.heard);
    const done = heard < 0 ? this.steps : this.steps.slice(0, heard);
    if (!done.length) return;
    const late = performance.now() - done[done.length - 1].heard > GRACE - 50;
    if (!late && !this.#isShown(done)) return;
    this.steps = this.steps.slice(done.length);
    this.repaint();
    this.changed();
  }

  /** @param {Step[]} steps */
  #isShown(steps) {
    const goal = new Uint32Array(this.wet.length);
    for (const { marks } of steps) if (marks) paint(goal, marks);
    const shown = this.#paperPixels();
    return steps.every(({ marks }) => {
      if (!marks) return true;
      for (let i = 0; i < marks.pixels.length; i++) {
        if (shown[marks.pixels[i]] !== goal[marks.pixels[i]]) return false;
      }
      return true;
    });
  }
}

// --- the page's registry: a pad's undelivered steps outlive its model ------------------------------------------------

/** @type {Map<string, Sheet>} by the pad's own id */
const sheets = ((/** @type {any} */ (globalThis)).__sketchWidgetSheets ??= new Map());

/**
 * Take over what older sheets of the same pad could not deliver, in this page or before it was loaded again.
 * @param {Sheet} sheet
 * @returns {Step[]}
 */
function inherited(sheet) {
  if (!sheet.name) return [];
  /** @type {Step[]} */
  const steps = recall(sheet);
  for (const other of sheets.values()) {
    if (other === sheet || other.name !== sheet.name || other.alive) continue;
    steps.push(...other.waiting);
    other.steps = [];
    other.changed();
  }
  const { heard } = sheet.standing;
  return steps.filter((step) => !(heard[step.client] >= step.seq));
}

/** Keep what was not delivered while the page is loaded again. */
function remember() {
  for (const { name, waiting } of sheets.values()) {
    if (!name || !waiting.length) continue;
    const plain = waiting.map((step) => ({ ...step, marks: null, points: step.points && Array.from(step.points) }));
    try {
      sessionStorage.setItem(STORED + name, JSON.stringify(plain));
    } catch {
      return; // the browser's store is full or forbidden; there is no other place to go
    }
  }
}

/** @param {Sheet} sheet @returns {Step[]} */
function recall({ name, side }) {
  try {
    const kept = sessionStorage.getItem(STORED + name);
    sessionStorage.removeItem(STORED + name);
    return JSON.parse(kept ?? "[]").map((/** @type {any} */ step) => {
      if (!step.points) return step;
      const { color, width, eraser } = step.detail;
      const { pixels } = trace(step.points, width, side);
      const marks = { pixels, colors: eraser ? PAPER : packed(color) };
      return { ...step, points: Float32Array.from(step.points), marks };
    });
  } catch {
    return [];
  }
}

// --- the view ---------------------------------------------------------------------------------------------------------

const WIDTHS = [1, 2, 4, 6, 10, 16, 24, 32, 40]; // where [ and ] stop, pixels
const PEN_ERASER = 32; // the bit of `buttons` that a pen's other end sets

/**
 * Make an element.
 * @param {string} tag
 * @param {Record<string, any>} properties  `class`, `data-…`, `aria-…` and the like as attributes, the others as they are
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

/** One place in the page where the pad is shown. */
class View {
  /**
   * @param {any} model
   * @param {Sheet} sheet
   * @param {HTMLElement} el
   * @param {AbortSignal} signal
   */
  constructor(model, sheet, el, signal) {
    this.model = model;
    this.sheet = sheet;
    this.signal = signal;
    this.pointer = 0;
    this.notice = "";
    /** @type {(() => void)[]} texts to write anew when the language changes */
    this.labels = [];
    this.#build(el);
    this.#listen();
    sheet.views.add(this);
    this.paperChanged();
    this.wetChanged(sheet.whole);
    this.changed();
  }

  /**
   * Return a text of the pad in its language.
   * @param {string} key
   * @param {Record<string, any>} fields
   */
  text(key, fields = {}) {
    const texts = this.model.get("texts")[this.model.get("lang")];
    return (texts[key] ?? key).replace(/\{(\w+)\}/g, (/** @type {string} */ _, /** @type {string} */ name) => fields[name]);
  }

  // -- making the page

  /** @param {HTMLElement} el */
  #build(el) {
    const { side } = this.sheet;
    this.paper = make("canvas", { class: "sketch-pad-paper", width: side, height: side, "aria-hidden": "true" });
    this.wet = make("canvas", { class: "sketch-pad-wet", width: side, height: side, "aria-hidden": "true" });
    this.hint = make("div", { class: "sketch-pad-hint", "aria-hidden": "true" });
    this.#label("hint", (text) => (this.hint.textContent = text));
    this.stage = make("div", { class: "sketch-pad-stage", tabIndex: 0, role: "application" }, [
      this.paper,
      this.wet,
      this.hint,
    ]);
    this.#label("stage", (text) => this.stage.setAttribute("aria-label", text));
    this.note = make("div", { class: "sketch-pad-note", role: "status" });
    this.keys = make("div", { class: "sketch-pad-keys" });
    this.#label("keys", (text) => (this.keys.textContent = text));
    this.root = make("div", { class: "sketch-pad" }, [
      this.#tools(),
      this.stage,
      this.note,
      this.#starters(),
      this.keys,
    ]);
    // JupyterLab asks the focused element first: only there the attribute stops `d d` from deleting the cell.
    for (const focusable of this.root.querySelectorAll("button, input, [tabindex]")) {
      focusable.setAttribute("data-lm-suppress-shortcuts", "true");
    }
    el.append(this.root);
  }

  #tools() {
    const { sheet } = this;
    this.pen = this.#button("pen", () => this.set({ tool: "pen" }));
    this.eraser = this.#button("eraser", () => this.set({ tool: "eraser" }));
    this.inks = this.model.get("inks").map((/** @type {string} */ color, /** @type {number} */ i) =>
      this.#button(`ink-${i + 1}`, () => this.set({ color, tool: "pen" }), this.#swatch(color), `${i + 1} `),
    );
    this.other = make("input", { type: "color", "data-action": "ink-other" });
    this.other.addEventListener("input", () => this.set({ color: this.other.value, tool: "pen" }));
    this.width = make("input", { type: "range", min: 1, max: 40, step: 1, "data-action": "width" });
    this.width.addEventListener("input", () => this.set({ [this.widthName]: Number(this.width.value) }));
    this.widthText = make("output");
    this.undo = this.#button("undo", () => sheet.undo());
    this.redo = this.#button("redo", () => sheet.redo());
    this.clear = this.#button("clear", () => sheet.clear());
    for (const tool of [this.pen, this.eraser]) tool.classList.add("sketch-pad-tool");
    const bar = make("div", { class: "sketch-pad-tools", role: "toolbar" }, [
      this.#group([this.pen, this.eraser]),
      this.#group([this.undo, this.redo, this.clear]),
      make("label", { class: "sketch-pad-width" }, [this.#span("width"), this.width, this.widthText]),
      this.#group([...this.inks, make("label", { class: "sketch-pad-other" }, [this.other, this.#span("other")])]),
    ]);
    this.#label("tools", (text) => bar.setAttribute("aria-label", text));
    return bar;
  }

  #starters() {
    this.starters = this.model
      .get("starters")
      .map((/** @type {string} */ name) => this.#button(`start-${name}`, () => this.sheet.start(name)));
    return make("div", { class: "sketch-pad-starters" }, [this.#span("start"), ...this.starters]);
  }

  /**
   * Make a button that is called by its action.
   * @param {string} action
   * @param {() => void} act
   * @param {Node | null} mark  stands before the text
   * @param {string} number  the key that does the same, where the text shall say so
   */
  #button(action, act, mark = null, number = "") {
    const label = make("span");
    this.#label(action, (text) => (label.textContent = number + text));
    const button = make("button", { type: "button", "data-action": action }, mark ? [mark, label] : [label]);
    button.addEventListener("click", () => {
      this.notice = "";
      if (!this.sheet.stroke) act();
    });
    return button;
  }

  /** @param {Node[]} children */
  #group(children) {
    return make("div", { class: "sketch-pad-group" }, children);
  }

  /** @param {string} color */
  #swatch(color) {
    const swatch = make("span", { class: "sketch-pad-swatch", "aria-hidden": "true" });
    swatch.style.background = color;
    return swatch;
  }

  /** @param {string} key */
  #span(key) {
    const span = make("span");
    this.#label(key, (text) => (span.textContent = text));
    return span;
  }

  /** @param {string} key @param {(text: string) => void} write */
  #label(key, write) {
    this.labels.push(() => write(this.text(key)));
  }

  // -- keeping it right

  get widthName() {
    return this.model.get("tool") === "eraser" ? "eraser_width" : "width";
  }

  /** @param {Record<string, any>} state */
  set(state) {
    for (const [name, value] of Object.entries(state)) this.model.set(name, value);
    try {
      this.model.save_changes();
    } catch {
      this.sheet.alive = false; // the choice holds in the page; the kernel is gone
    }
    this.changed();
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
      this.root.lang = this.lang;
      this.labels.forEach((label) => label());
    }
    const eraser = model.get("tool") === "eraser";
    const color = model.get("color");
    const chosen = model.get("inks").indexOf(color);
    this.#press(this.pen, !eraser);
    this.#press(this.eraser, eraser);
    this.inks.forEach((/** @type {HTMLElement} */ ink, /** @type {number} */ i) => this.#press(ink, !eraser && i === chosen));
    this.other.value = color;
    this.other.parentElement.classList.toggle("is-chosen", !eraser && chosen < 0);
    this.width.value = model.get(this.widthName);
    this.widthText.textContent = `${model.get(this.widthName)} px`;
    const { undo, redo, empty } = sheet.expected;
    this.undo.disabled = !undo;
    this.redo.disabled = !redo;
    this.clear.disabled = empty;
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
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * c}" height="${2 * c}">${ring("#fff", d / 2 + 1)}${ring("#000", d / 2)}</svg>`;
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
