/**
 * What a page has drawn on one pad and the kernel has not taken over yet.
 *
 * The page is shown the kernel's canvas ("paper") and above it, on a transparent layer ("wet"), the exact pixels of
 * what the kernel has not drawn yet. A step is sent as one message and kept until the kernel has said that it heard it;
 * the sequence numbers let the kernel apply each step once and in order. It refuses to decide what the drawing is: that
 * is the kernel's History; undo and redo are only echoed here until the kernel's answer comes.
 *
 * @typedef {{ pixels: ArrayLike<number>, before: ArrayLike<number>, after: number | ArrayLike<number> }} Change
 * @typedef {{ client: string, seq: number, detail: Record<string, any>, points: Float32Array | null,
 *             marks: Marks | null, heard: number }} Step  `heard` is when the kernel answered, in ms; 0 before
 * @typedef {{ revision: number, undo: number, redo: number, empty: boolean, heard: Record<string, number> }} Standing
 */

const LONGEST = 100_000; // points of a stroke; the kernel takes twice as many, and the pen goes on with a new stroke
const MEMORY = 8e6; // pixels that undo may remember for its echo, 64 MB
const GRACE = 1000; // ms after which the kernel's picture is believed, even where it differs from the local one
const WAITING = 1500; // ms after which the pad says that steps wait for the kernel
const GONE = ["restarting", "autorestarting", "terminating", "dead"]; // what JupyterLab calls a kernel that forgot us

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
    /** @type {Set<{ wetChanged(box: Box): void, paperChanged(): void, changed(): void, say(text: any): void,
     *            refuse(key: string): void }>} */
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
    // `comm_live` goes down when the kernel restarts and up again when a lost connection comes back; that the kernel
    // has died or was shut down, only the kernel's own status says, where the front end shows it.
    listen(canvas, "comm_live_update", () => this.setAlive(canvas.comm_live));
    const watch = (/** @type {any} */ signal, /** @type {(from: any, status: any) => void} */ act) => {
      signal?.connect(act);
      this.undone.push(() => signal?.disconnect(act));
    };
    watch(manager.kernel?.statusChanged, (_, status) => GONE.includes(status) && this.setAlive(false));
    watch(manager.kernel?.disposed, () => this.setAlive(false));
    this.views.forEach((view) => view.paperChanged());
    this.undone.push(await joinPicker(this));
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

  /**
   * Choose a tool, a colour or a width.
   * @param {Record<string, any>} state
   */
  set(state) {
    for (const [name, value] of Object.entries(state)) this.model.set(name, value);
    try {
      this.model.save_changes();
    } catch {
      this.alive = false; // the choice holds in the page; the kernel is gone
    }
    this.changed();
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
