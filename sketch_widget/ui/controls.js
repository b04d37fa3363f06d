// The part of the form that no ready-made control does: ink colours, Generate, and the service's note. It holds no truth:
// each value and every word that it shows comes from the kernel's `Controls`.

function render({ model, el: root }) {
  root.classList.add("sketch-panel");
  const parts = [generate(model), inks(model), service(model, language(model))];
  root.replaceChildren(...parts.map((part) => part.element));
  const update = () => {
    parts.forEach((part) => part.update(model.get("view")));
    join(root, model.get("lang"));
  };
  update();
  requestAnimationFrame(() => join(root, model.get("lang"))); // by then it stands in its form
  const watched = "change:view change:preview change:lang";
  model.on(watched, update);
  return () => model.off(watched, update);
}

/** Make the form round the panel one: its language, Ctrl+Enter, and no notebook's command for its buttons. */
function join(root, lang) {
  const form = root.closest(".sketch-controls");
  (form ?? root).lang = lang === "zh" ? "zh-Hans" : "en";
  if (!form?.isConnected || form.dataset.joined) return;
  form.dataset.joined = "true";
  keepPlainKeys(form, runsCell);
  // From the pad as well, where there is one: there, too, these keys would run the cell and make everything anew.
  (form.closest(".sketch-main") ?? form).addEventListener("keydown", (event) => {
    if (!runsCell(event) || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    form.querySelector("[data-action=generate]").click();
  }, true);
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
    // The words go along: the kernel may handle the messages of two widgets on two threads, in either order.
    const words = form?.querySelector(".sketch-prompt textarea");
    model.send({ kind: "generate", values: words ? { prompt: words.value } : {} });
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
