// What can be looked up below the controls: the ink colours, and who makes the pictures. It holds no truth: each value and
// every word that it shows comes from the kernel's `Controls`.

function render({ model, el: root }) {
  root.classList.add("sketch-panel", "sketch-details");
  const parts = [inks(model), service(model, language(model))];
  root.replaceChildren(...parts.map((part) => part.element));
  const update = () => parts.forEach((part) => part.update(model.get("view")));
  update();
  const watched = "change:view change:preview change:lang";
  model.on(watched, update);
  return () => model.off(watched, update);
}

function language(model) {
  const id = freshId("lang");
  const select = el("select", { id, onchange: () => model.send({ kind: "lang", value: select.value }) },
    el("option", { value: "en", lang: "en" }, "English"), el("option", { value: "zh", lang: "zh-Hans" }, "中文"));
  const label = el("label", { for: id });
  const element = el("div", { class: "sketch-language" }, label, select);
  return { element, update(view) {
    set(label, "text", view.language);
    select.value = model.get("lang");
  } };
}

/** The service's own name of a parameter, as it is written in Python. */
function parameter(name) {
  return el("span", { class: "sketch-parameter", translate: "no" }, name);
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

function service(model, tongue) {
  const name = el("strong"), note = el("p");
  const summary = el("summary"), how = el("p"), line = el("code");
  const copy = copyButton(() => line.textContent);
  const element = el("section", { class: "sketch-service" },
    el("div", { class: "sketch-line" }, name, tongue.element), note,
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
