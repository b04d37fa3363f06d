// The results: one card a job, newest first. It holds no truth: the cards are a trait of the kernel's `Gallery`, and
// pictures are asked for by number, so that a page that is loaded again shows everything again.

function render({ model, el: root }) {
  root.classList.add("sketch-gallery");
  keepPlainKeys(root, runsCell);
  const shelf = shelfOf(model);
  const title = el("h3", { tabindex: "-1" }), status = el("p", { class: "sketch-status", role: "status" });
  const notices = el("div"), empty = el("div", { class: "sketch-empty" }, el("strong"), el("p"));
  const list = el("ol", { class: "sketch-cards" }), older = olderCards();
  root.replaceChildren(el("header", {}, title, status), notices, empty, list, older.element);
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
    const gone = [...cards].filter(([id]) => !kept.has(id));
    const hadFocus = gone.some(([, card]) => card.element.matches(":focus-within"));
    for (const [id, card] of gone) { card.element.remove(); cards.delete(id); }
    if (hadFocus) title.focus({ preventScroll: true });
    for (const values of view.cards) {
      if (!cards.has(values.id)) cards.set(values.id, makeCard(model, shelf, values.id));
      cards.get(values.id).update(values, view);
    }
    const elementsOf = (isOlder) => view.cards.filter((v) => v.is_older === isOlder).map((v) => cards.get(v.id).element);
    arrange(list, elementsOf(false));
    arrange(older.list, elementsOf(true));
    older.update(view);
  }

  function heard(message) {
    if (message.kind !== "reused" || message.job !== shelf.reused) return;
    shelf.reused = "";
    showPad(root);
  }

  shelf.views.add(update);
  model.on("change:view", update);
  model.on("msg:custom", heard);
  const ticking = setInterval(() => cards.forEach((card) => card.tick()), 500);
  update();
  model.send({ kind: "hello", page: String(performance.timeOrigin) });
  return () => {
    clearInterval(ticking);
    shelf.views.delete(update);
    model.off("change:view", update);
    model.off("msg:custom", heard);
  };
}

/** Give a list these elements in this order, and move none that stands right. */
function arrange(list, elements) {
  elements.forEach((element, place) => {
    if (list.children[place] !== element) list.insertBefore(element, list.children[place] ?? null);
  });
}

/** The older cards, folded until somebody asks for them. */
function olderCards() {
  const list = el("ol", { class: "sketch-cards", id: freshId("older"), hidden: true });
  const button = el("button", { type: "button", class: "sketch-button", "data-action": "older", "aria-controls": list.id });
  const element = el("div", { class: "sketch-older" }, button, list);
  let texts = ["", ""];
  function show() {
    set(button, "text", texts[list.hidden ? 0 : 1]);
    set(button, "aria-expanded", String(!list.hidden));
  }
  button.onclick = () => {
    list.hidden = !list.hidden;
    show();
  };
  return { element, list, update(view) {
    texts = [view.older, view.fewer];
    element.hidden = !view.older;
    show();
  } };
}

/** Bring the pad, which may be far above, before the eyes of whoever asked for a drawing to be put on it. */
function showPad(root) {
  const pad = root.closest(".sketch-widget")?.querySelector(".sketch-pad");
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  pad?.scrollIntoView({ block: "start", behavior: isStill ? "auto" : "smooth" });
  pad?.querySelector(".sketch-pad-stage")?.focus({ preventScroll: true });
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

export default { render };
