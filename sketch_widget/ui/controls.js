// The form beside the pad. It holds no truth: each value is a trait of the kernel's `Controls`, and every word that it
// shows comes from there.

const TYPING = 120; // milliseconds without a key before the prompt goes to the kernel

function render({ model, el: root }) {
  root.classList.add("sketch-controls");
  root.dataset.lmSuppressShortcuts = "true"; // or letters typed here would be commands of the notebook
  const send = (name, value) => {
    model.set(name, value);
    model.save_changes();
  };
  const parts = [prompt(model, send), choices(model, send), inks(model), generate(model), service(model, language(model, send))];
  root.replaceChildren(...parts.map((part) => part.element));
  const update = () => parts.forEach((part) => part.update(model.get("view")));
  update();
  const watched = "change:view change:prompt change:style_choice change:n change:sketch_weight change:sketch_extraction change:preview change:lang";
  model.on(watched, update);
  return () => model.off(watched, update);
}

function language(model, send) {
  const id = freshId("lang");
  const select = el("select", { id, onchange: () => send("lang", select.value) },
    el("option", { value: "en", lang: "en" }, "English"), el("option", { value: "zh", lang: "zh-Hans" }, "中文"));
  const label = el("label", { for: id });
  const element = el("div", { class: "sketch-language" }, label, select);
  return { element, update(view) {
    element.closest(".sketch-controls").lang = model.get("lang") === "zh" ? "zh-Hans" : "en";
    set(label, "text", view.language);
    select.value = model.get("lang");
  } };
}

/** The service's own name of a parameter, as it is written in Python. */
function parameter(name) {
  return el("span", { class: "sketch-parameter", translate: "no" }, name);
}

function prompt(model, send) {
  const id = freshId("prompt"), noteId = freshId("meter");
  let timer = 0;
  const commit = () => {
    clearTimeout(timer);
    timer = 0;
    if (area.value !== model.get("prompt")) send("prompt", area.value);
  };
  const area = el("textarea", {
    id, rows: 3, "aria-describedby": noteId, "data-name": "prompt", spellcheck: "true", onchange: commit,
    oninput() {
      clearTimeout(timer);
      timer = setTimeout(commit, TYPING);
    },
    onkeydown(event) {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      area.closest(".sketch-controls").querySelector("[data-action=generate]").click();
    },
  });
  const label = el("label", { for: id, class: "sketch-label" }), named = parameter("prompt");
  const fill = el("div", { class: "sketch-meter-fill" });
  const count = el("span", { class: "sketch-meter-text", id: noteId });
  const warning = el("span"), cut = el("mark", { class: "sketch-cut" });
  const over = el("p", { class: "sketch-notice", role: "status" }, warning, " ", cut);
  const element = el("div", { class: "sketch-field" }, el("div", { class: "sketch-line" }, label, named), area,
    el("div", { class: "sketch-meter" }, el("div", { class: "sketch-meter-bar", "aria-hidden": "true" }, fill), count), over);
  return { element, update(view) {
    set(label, "text", view.prompt);
    area.placeholder = view.hint;
    if (!timer && area.value !== model.get("prompt")) area.value = model.get("prompt");
    fill.style.width = `${view.meter.share * 100}%`;
    fill.classList.toggle("is-over", Boolean(view.meter.cut));
    set(count, "text", view.meter.text);
    set(warning, "text", view.meter.warning);
    set(cut, "text", view.meter.cut);
    over.hidden = !view.meter.cut;
  } };
}

function choices(model, send) {
  const styleId = freshId("style"), weightId = freshId("weight"), extractionId = freshId("extraction"), name = freshId("n");
  const styleLabel = el("label", { for: styleId, class: "sketch-label" });
  const style = el("select", { id: styleId, "data-name": "style", onchange: () => send("style_choice", style.value) });
  const numberLabel = el("span"), numberLegend = el("legend", { class: "sketch-label sketch-line" }, numberLabel, parameter("n"));
  const numbers = [1, 2, 3, 4].map((value) => el("input", { type: "radio", name, value, onchange: () => send("n", value) }));
  const number = el("fieldset", { class: "sketch-segments", "data-name": "n" }, numberLegend,
    el("div", {}, ...numbers.map((input) => el("label", {}, input, el("span", {}, input.value)))));
  const weightLabel = el("label", { for: weightId, class: "sketch-label" });
  const weightValue = el("output", { for: weightId });
  const weight = el("input", { id: weightId, type: "range", min: 0, max: 10, step: 1, "data-name": "sketch_weight",
    oninput: () => set(weightValue, "text", weight.value), onchange: () => send("sketch_weight", Number(weight.value)) });
  const low = el("span"), high = el("span");
  const extraction = el("input", { id: extractionId, type: "checkbox", "data-name": "sketch_extraction",
    onchange: () => send("sketch_extraction", extraction.checked) });
  const extractionLabel = el("span"), extractionNote = el("small");
  const element = el("div", { class: "sketch-choices" },
    el("div", { class: "sketch-row" }, el("div", { class: "sketch-field sketch-grow" }, el("div", { class: "sketch-line" }, styleLabel, parameter("style")), style), number),
    el("div", { class: "sketch-field" }, el("div", { class: "sketch-line" }, el("span", {}, weightLabel, " ", weightValue), parameter("sketch_weight")), weight,
      el("div", { class: "sketch-ends", "aria-hidden": "true" }, low, high)),
    el("label", { class: "sketch-check", for: extractionId }, extraction, el("span", { class: "sketch-grow" }, extractionLabel, extractionNote), parameter("sketch_extraction")));
  return { element, update(view) {
    set(styleLabel, "text", view.style);
    if (style.dataset.titles !== JSON.stringify(view.styles)) {
      style.dataset.titles = JSON.stringify(view.styles);
      style.replaceChildren(...view.styles.map(([value, title]) => el("option", { value }, title)));
    }
    style.value = model.get("style_choice");
    set(numberLabel, "text", view.n);
    numbers.forEach((input) => { input.checked = Number(input.value) === model.get("n"); });
    set(weightLabel, "text", view.weight);
    weight.value = model.get("sketch_weight");
    set(weightValue, "text", weight.value);
    set(low, "text", view.weight_low);
    set(high, "text", view.weight_high);
    extraction.checked = model.get("sketch_extraction");
    set(extractionLabel, "text", view.extraction);
    set(extractionNote, "text", view.extraction_note);
  } };
}

function inks(model) {
  const ask = (what, index = -1, value = "") => model.send({ kind: "ink", what, index, value });
  const title = el("span"), legend = el("legend", { class: "sketch-label sketch-line" }, title, parameter("sketch_color"));
  const note = el("span", { class: "sketch-muted" });
  const list = el("ul", { class: "sketch-inks" });
  const add = el("button", { type: "button", class: "sketch-button", "data-action": "ink-add", onclick: () => ask("add") });
  const again = el("button", { type: "button", class: "sketch-button", "data-action": "ink-auto", onclick: () => ask("again") });
  const problem = el("p", { class: "sketch-notice", role: "status" });
  const image = el("img", { class: "sketch-preview" }), caption = el("figcaption", { class: "sketch-muted" });
  const figure = el("figure", {}, image, caption);
  const element = el("fieldset", { class: "sketch-field sketch-ink-field", "data-name": "sketch_color" }, legend,
    el("div", { class: "sketch-ink-columns" }, el("div", {}, note, list, el("div", { class: "sketch-buttons" }, add, again)), figure), problem);
  let shown = null, address = "";

  function row(swatch, index) {
    const pick = el("input", { type: "color", onchange: () => ask("change", index, pick.value) });
    const numbers = el("input", { type: "text", size: 12, onchange: () => ask("change", index, numbers.value) });
    const remove = el("button", { type: "button", class: "sketch-button is-quiet", "data-action": "ink-remove", onclick: () => ask("remove", index) });
    return el("li", {}, pick, numbers, remove);
  }

  return { element, update(view) {
    const { ink } = view;
    set(title, "text", view.inks);
    set(note, "text", ink.note);
    while (list.children.length > ink.swatches.length) list.lastChild.remove();
    ink.swatches.forEach((swatch, index) => {
      const item = list.children[index] ?? list.appendChild(row(swatch, index));
      const [pick, numbers, remove] = item.children;
      pick.value = swatch.hex;
      set(pick, "aria-label", swatch.pick);
      numbers.value = swatch.numbers;
      set(numbers, "aria-invalid", swatch.is_bad && "true");
      set(numbers, "aria-label", view.ink_numbers);
      set(remove, "text", view.ink_remove);
      set(remove, "aria-label", swatch.remove);
    });
    list.hidden = !ink.swatches.length;
    set(add, "text", view.ink_add);
    add.hidden = ink.is_off;
    set(again, "text", view.ink_again);
    again.hidden = !ink.is_edited;
    set(problem, "text", ink.problem);
    problem.hidden = !ink.problem;
    figure.hidden = !ink.has_preview;
    set(caption, "text", view.ink_preview);
    set(image, "alt", view.ink_preview);
    const bytes = model.get("preview");
    if (bytes !== shown && bytes?.byteLength) {
      shown = bytes;
      URL.revokeObjectURL(address);
      address = addressOf(bytes);
      image.src = address;
    }
  } };
}

function generate(model) {
  const reasonId = freshId("reason");
  const button = el("button", { type: "button", class: "sketch-button is-main", "data-action": "generate", "aria-describedby": reasonId });
  const reason = el("p", { class: "sketch-reason", id: reasonId, role: "status" });
  const element = el("div", { class: "sketch-generate" }, button, reason);
  let waiting = false;
  button.onclick = async () => {
    if (button.disabled || waiting) return;
    waiting = true;
    button.disabled = true;
    set(reason, "text", model.get("view").need_ink);
    await inkArrived(element.closest(".sketch-widget"));
    waiting = false;
    const form = element.closest(".sketch-controls");
    // The values go along: the kernel may handle the messages of two traits on two threads, in either order.
    model.send({ kind: "generate", values: {
      prompt: form.querySelector("[data-name=prompt]").value, style: model.get("style_choice"), n: model.get("n"),
      sketch_weight: model.get("sketch_weight"), sketch_extraction: model.get("sketch_extraction"),
    } });
    update(model.get("view"));
  };
  function update(view) {
    if (waiting) return;
    set(button, "text", view.generate);
    button.disabled = !view.is_ready;
    set(reason, "text", view.reason);
    reason.classList.toggle("sketch-notice", view.is_problem);
  }
  return { element, update };
}

/** Wait until the kernel has every stroke of the pad, so that a picture is never ordered for half a drawing. */
function inkArrived(page) {
  const pad = page?.querySelector(".sketch-pad");
  const isHere = () => !pad || (pad.dataset.pending ?? "0") === "0";
  if (isHere()) return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!isHere()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(pad, { attributes: true, attributeFilter: ["data-pending"] });
  });
}

function service(model, tongue) {
  const name = el("strong"), note = el("span");
  const summary = el("summary"), how = el("p"), line = el("code");
  const copy = copyButton(() => line.textContent);
  const element = el("section", { class: "sketch-service" },
    el("div", { class: "sketch-line" }, el("div", {}, el("p", {}, name), el("p", {}, note)), tongue.element),
    el("details", {}, summary, how, el("p", { class: "sketch-code" }, line, copy)));
  return { element, update(view) {
    set(name, "text", view.service.name);
    set(note, "text", view.service.note);
    set(summary, "text", view.service.change);
    set(how, "text", view.service.how);
    set(line, "text", view.service.line);
    copy.say(view.copy, view.copied);
    tongue.update(view);
  } };
}

export default { render };
