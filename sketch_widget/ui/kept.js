/**
 * Steps that no kernel has taken over yet outlive their pad's model here: while the page stands, and while it is loaded
 * again. They are kept under the pad's name, and handed to the next sheet of that name; a pad without one keeps nothing.
 */

const STORED = "sketch_widget:steps:";

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
