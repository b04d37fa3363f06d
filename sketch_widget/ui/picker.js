/**
 * The free colour: an ipywidgets ColorPicker in the pad's toolbar.
 *
 * Picker and pen follow each other here in the page, so that a colour holds for the next stroke however busy the kernel
 * is; each tells the kernel by itself. Refuses white, which is the paper, and what does not cover it.
 */

/**
 * Return a colour such as "red" or "#F00" as "#rrggbb", or "" where the text means none.
 * @param {string} text
 */
function exactColor(text) {
  if (!CSS.supports("color", text)) return "";
  const ink = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  ink.fillStyle = text;
  return /^#[0-9a-f]{6}$/.test(ink.fillStyle) ? ink.fillStyle : "";
}

/**
 * Find the pen's picker.
 * @param {any} model  the pen's
 * @returns {Promise<any>}
 */
function pickerOf(model) {
  return model.widget_manager.get_model(String(model.get("picker")).replace("IPY_MODEL_", ""));
}

/**
 * Let picker and pen follow each other.
 * @param {Sheet} sheet
 * @returns {Promise<() => void>}  ends it
 */
async function joinPicker(sheet) {
  const { model } = sheet;
  const picker = await pickerOf(model);
  const follow = () => {
    picker.set("value", model.get("color"));
    picker.save_changes();
  };
  const lead = () => {
    const color = exactColor(picker.get("value"));
    if (color === model.get("color")) return;
    if (color === "#ffffff") sheet.views.forEach((view) => view.refuse("white"));
    else if (color) sheet.set({ color, tool: "pen" });
    follow();
  };
  model.on("change:color", follow);
  picker.on("change:value", lead);
  follow();
  return () => {
    model.off("change:color", follow);
    picker.off("change:value", lead);
  };
}

/**
 * Put a view of the picker into a toolbar, as a control like those beside it.
 * @param {Sheet} sheet
 * @param {HTMLElement} place
 * @param {AbortSignal} signal
 */
async function showPicker(sheet, place, signal) {
  const { model } = sheet;
  const picker = await pickerOf(model);
  const view = await model.widget_manager.create_view(picker);
  if (signal.aborted) return view.remove();
  signal.addEventListener("abort", () => view.remove());
  const input = view.el.querySelector("input[type=color]");
  const label = view.el.querySelector("label");
  input.dataset.action = "ink-other";
  input.id = `${label.htmlFor}-color`;
  label.htmlFor = input.id; // the library's own label belongs to the text field, which is not shown
  // The library takes a colour when the browser's dialog closes; ink shows while it is chosen.
  input.addEventListener("input", () => picker.set("value", input.value));
  input.addEventListener("click", () => sheet.set({ tool: "pen" }));
  place.replaceChildren(view.el);
  view.trigger("displayed");
}
