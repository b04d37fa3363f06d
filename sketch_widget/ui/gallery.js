// The results: one card a job, newest first. It holds no truth: the cards are a trait of the kernel's `Gallery`, and
// pictures are asked for by number, so that a page that is loaded again shows everything again.

/** Pictures of all views of a gallery in this page: their addresses by "job/index". Index 0 is the drawing. */
const shelves = new WeakMap();

function shelfOf(model) {
  if (!shelves.has(model)) {
    const shelf = { addresses: new Map(), asked: new Set(), views: new Set() };
    shelves.set(model, shelf);
    model.on("msg:custom", (message, buffers) => {
      if (message.kind !== "picture") return;
      const key = `${message.job}/${message.index}`;
      if (!shelf.addresses.has(key)) shelf.addresses.set(key, addressOf(buffers[0]));
      shelf.views.forEach((update) => update());
    });
  }
  return shelves.get(model);
}

/** What to do once an element comes near the part of the page that is seen; pictures far away are not asked for. */
const whenNear = new WeakMap();
const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    whenNear.get(target)();
  }
}, { rootMargin: "100% 0px" });

function render({ model, el: root }) {
  root.classList.add("sketch-gallery");
  keepPlainKeys(root, runsCell);
  const shelf = shelfOf(model);
  const title = el("h3"), status = el("p", { class: "sketch-status", role: "status" });
  const notices = el("div"), empty = el("div", { class: "sketch-empty" }, el("strong"), el("p"));
  const list = el("ol", { class: "sketch-cards" });
  root.replaceChildren(el("header", {}, title, status), notices, empty, list);
  const recover = recovery(model), reloaded = reloading(model);
  notices.append(recover.element, reloaded.element);
  const cards = new Map();

  function update() {
    const view = model.get("view");
    root.lang = view.lang;
    set(title, "text", view.title);
    set(status, "text", view.status);
    set(empty.firstChild, "text", view.empty_title);
    set(empty.lastChild, "text", view.empty_text);
    empty.hidden = view.cards.length > 0;
    root.classList.toggle("is-single", view.is_single);
    recover.update(view);
    reloaded.update(view);
    const kept = new Set(view.cards.map((card) => card.id));
    for (const [id, card] of cards) if (!kept.has(id)) { card.element.remove(); cards.delete(id); }
    view.cards.forEach((values, place) => {
      if (!cards.has(values.id)) cards.set(values.id, makeCard(model, shelf, values.id));
      const card = cards.get(values.id);
      if (list.children[place] !== card.element) list.insertBefore(card.element, list.children[place] ?? null);
      card.update(values, view);
    });
  }

  shelf.views.add(update);
  model.on("change:view", update);
  const ticking = setInterval(() => cards.forEach((card) => card.tick()), 500);
  update();
  model.send({ kind: "hello", page: String(performance.timeOrigin) });
  return () => {
    clearInterval(ticking);
    shelf.views.delete(update);
    model.off("change:view", update);
  };
}

function recovery(model) {
  const text = el("span");
  const button = el("button", { type: "button", class: "sketch-button", "data-action": "resume", onclick: () => model.send({ kind: "resume" }) });
  const element = el("p", { class: "sketch-notice sketch-offer", role: "status" }, text, button);
  return { element, update(view) {
    element.hidden = !view.recover;
    set(text, "text", view.recover);
    set(button, "text", view.recover_do);
    button.hidden = !view.recover_do;
  } };
}

function reloading(model) {
  const text = el("span"), line = el("code"), copy = copyButton(() => line.textContent);
  const element = el("div", { class: "sketch-notice", "data-name": "reloaded" }, text, el("p", { class: "sketch-code" }, line, copy));
  return { element, update(view) {
    const here = String(performance.timeOrigin);
    element.hidden = !view.line || !view.home_page || view.home_page === here;
    set(text, "text", view.reloaded);
    set(line, "text", view.line);
    copy.say(view.copy, view.copied);
  } };
}

function makeCard(model, shelf, id) {
  const act = (action, value = "") => model.send({ kind: "do", job: id, action, value });
  const sign = el("span", { class: "sketch-sign", "aria-hidden": "true" }), status = el("span");
  const chip = el("p", { class: "sketch-chip" }, sign, status), buttons = el("div", { class: "sketch-buttons" });
  const prompt = el("h4"), facts = el("p", { class: "sketch-muted" });
  const note = el("p", { class: "sketch-note" }), task = el("input", { type: "text", "data-name": "task_id" });
  const ids = el("div", { class: "sketch-ids" }), pictures = el("div", { class: "sketch-pictures" });
  const saved = el("p", { class: "sketch-muted sketch-saved" });
  const element = el("li", { class: "sketch-card", "data-job": id },
    el("div", { class: "sketch-card-head" }, chip, el("div", { class: "sketch-buttons" }, task, buttons)),
    prompt, facts, note, ids, pictures, saved);
  const figures = [];
  let values = null, since = 0;

  function tick() {
    if (values === null) return;
    const seconds = values.seconds === null ? 0 : values.seconds + (performance.now() - since) / 1000;
    set(status, "text", values.status.replace("{seconds}", Math.floor(seconds)));
  }

  function update(next, view) {
    if (next !== values) since = performance.now();
    values = next;
    element.dataset.state = values.state;
    set(sign, "text", values.sign);
    tick();
    set(prompt, "text", values.prompt);
    set(facts, "text", values.facts);
    set(note, "text", values.note);
    note.hidden = !values.note;
    task.hidden = !values.asks_task;
    set(task, "aria-label", view.task_label);
    set(task, "placeholder", view.task_label);
    set(saved, "text", values.saved);
    saved.hidden = !values.saved;
    showButtons();
    showIds(view);
    showPictures(view);
  }

  function showButtons() {
    const key = JSON.stringify(values.buttons);
    if (buttons.dataset.key === key) return;
    buttons.dataset.key = key;
    buttons.replaceChildren(...values.buttons.map(({ action, text, title }) => el("button", {
      type: "button", class: "sketch-button", "data-action": action, title: title || null, onclick: () => act(action, task.value.trim()),
    }, text)));
  }

  function showIds(view) {
    const key = JSON.stringify([values.ids, view.copy]);
    if (ids.dataset.key === key) return;
    ids.dataset.key = key;
    ids.replaceChildren(...values.ids.flatMap(([name, text]) => {
      const copy = copyButton(() => text);
      copy.say(view.copy, view.copied);
      return [el("span", {}, name), el("span", {}, el("code", {}, text), " ", copy)];
    }));
    ids.hidden = !values.ids.length;
  }

  function ask(key, index) {
    if (shelf.asked.has(key)) return;
    shelf.asked.add(key);
    model.send({ kind: "want", job: id, index });
  }

  function showPictures(view) {
    const wanted = values.arrived.length || values.is_waiting ? values.slots.length : 0;
    const texts = [[values.drawing, view.drawing], ...values.slots.slice(0, wanted).map((alt, i) => [alt, values.captions[i]])];
    while (figures.length > texts.length) figures.pop().element.remove();
    texts.forEach(([alt, caption], index) => {
      if (!figures[index]) {
        figures[index] = makeFigure(index);
        pictures.append(figures[index].element);
      }
      const isHere = index === 0 || values.arrived.includes(index);
      const key = `${id}/${index}`, address = shelf.addresses.get(key);
      if (isHere && !address && !shelf.asked.has(key)) {
        whenNear.set(figures[index].element, () => ask(key, index));
        near.observe(figures[index].element);
      }
      figures[index].update({ alt, caption, address, save: view.save, id, blank: values.is_waiting ? "" : values.missing });
    });
    pictures.style.setProperty("--columns", texts.length);
  }

  return { element, update, tick };
}

function makeFigure(index) {
  const blank = el("div", { class: "sketch-blank" }), image = el("img", { hidden: true });
  const caption = el("span"), save = el("a", { class: "sketch-save", hidden: true });
  const element = el("figure", { class: index ? "sketch-picture" : "sketch-drawing" }, blank, image,
    el("figcaption", { class: "sketch-muted" }, caption, save));
  return { element, update(values) {
    set(caption, "text", values.caption);
    set(image, "alt", values.alt);
    set(blank, "text", values.blank);
    blank.classList.toggle("is-coming", !values.blank);
    if (!values.address) return;
    if (image.src !== values.address) image.src = values.address;
    image.hidden = false;
    blank.hidden = true;
    save.hidden = index === 0;
    set(save, "text", values.save);
    set(save, "aria-label", `${values.save}: ${values.caption}`);
    set(save, "href", values.address);
    set(save, "download", `${values.id}-${index}.png`);
  } };
}

export default { render };
