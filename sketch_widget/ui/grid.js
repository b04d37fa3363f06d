// The table of a sweep. It holds no truth: headings and squares are traits of the kernel's `Grid`, and pictures are asked
// for by number, so that a page that is loaded again shows everything again.

function render({ model, el: root }) {
  root.classList.add("sketch-grid");
  keepPlainKeys(root, runsCell);
  const shelf = shelfOf(model), head = makeHead(model, shelf), enlarged = enlarging(root);
  const notice = el("p", { class: "sketch-notice", role: "status" });
  const table = el("table"), scroller = el("div", { class: "sketch-scroller", role: "region", tabindex: "0" }, table);
  root.replaceChildren(head.element, notice, scroller, enlarged.element);
  const squares = [];

  function build() {
    const plan = model.get("table"), { columns, groups, alts } = plan;
    while (squares.length < alts.length) squares.push(makeSquare(model, shelf, squares.length, enlarged.show));
    root.lang = plan.lang;
    set(scroller, "aria-label", plan.title);
    enlarged.say(plan);
    const hasRows = groups.some(({ rows }) => rows.some(({ heading }) => heading));
    root.style.setProperty("--columns", columns.length);
    root.classList.toggle("has-rows", hasRows);
    root.classList.toggle("has-pairs", alts.some((texts) => texts.length > 1));
    const top = el("tr", {}, ...(hasRows ? [el("td")] : []), ...columns.map((text) => el("th", { scope: "col" }, text)));
    const bodies = groups.map((group) => el("tbody", {}, ...groupRow(group, columns.length + hasRows),
      ...group.rows.map((row) => el("tr", {}, ...(hasRows ? [el("th", { scope: "row" }, row.heading)] : []),
        ...row.places.map((place) => squares[place].element)))));
    table.replaceChildren(el("thead", {}, top), ...bodies);
    update();
  }

  function update() {
    const plan = model.get("table"), view = model.get("view");
    head.update(plan, view);
    view.squares.forEach((values, place) => squares[place].update(values, plan));
    const isUnfinished = view.squares.some(({ state }) => !["done", "failed", "cancelled", "expired"].includes(state));
    set(notice, "text", shelf.isGone && isUnfinished ? plan.gone : view.notice);
    notice.hidden = !notice.textContent;
  }

  shelf.views.add(update);
  model.on("change:table", build);
  model.on("change:view", update);
  const ticking = setInterval(() => squares.forEach((square) => square.tick()), 500);
  build();
  model.send({ kind: "hello", page: String(performance.timeOrigin) });
  return () => {
    clearInterval(ticking);
    shelf.views.delete(update);
    model.off("change:table", build);
    model.off("change:view", update);
  };
}

/** A heading over the whole width, where more than two parameters vary; its words stay in sight beside the rows. */
function groupRow({ heading }, span) {
  if (!heading) return [];
  return [el("tr", {}, el("th", { scope: "rowgroup", colspan: String(span) }, el("span", {}, heading)))];
}

/** What stands above: the drawing, what varies, what it costs, how far it is, and the way to stop it. */
function makeHead(model, shelf) {
  const title = el("h3", { tabindex: "-1" }), same = el("p", { class: "sketch-muted" });
  const made = el("p", { class: "sketch-muted" }), status = el("p", { class: "sketch-status", role: "status" });
  const cancel = el("button", { type: "button", class: "sketch-button", "data-action": "cancel" });
  const image = el("img", { hidden: true });
  const drawing = el("div", { class: "sketch-drawing" }, image);
  const element = el("header", {}, drawing,
    el("div", {}, title, same, made, el("div", { class: "sketch-buttons" }, status, cancel)));
  cancel.onclick = () => model.send({ kind: "cancel" });
  return { element, update(table, view) {
    const [{ id }] = view.squares, address = shelf.addresses.get(`${id}/0`);
    if (!address) wantWhenNear(model, shelf, drawing, id, 0);
    else if (image.hidden) image.src = address;
    image.hidden = !address;
    set(image, "alt", table.drawing);
    set(title, "text", table.title);
    set(same, "text", table.same);
    same.hidden = !table.same;
    set(made, "text", table.made);
    set(status, "text", view.status);
    const isOver = !view.cancel, hadFocus = cancel.matches(":focus");
    set(cancel, "text", view.cancel);
    cancel.hidden = isOver;
    cancel.disabled = shelf.isGone;
    if (isOver && hadFocus) title.focus({ preventScroll: true });
  } };
}

export default { render };
