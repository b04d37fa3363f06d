// One square of the grid: where its job is, then its pictures. It keeps its shape meanwhile, so that no row jumps.

function makeSquare(model, shelf, place, enlarge) {
  const sign = el("span", { class: "sketch-sign", "aria-hidden": "true" }), status = el("span");
  const chip = el("p", { class: "sketch-chip" }, sign, status), reason = el("p", { class: "sketch-reason" });
  const box = el("div", { class: "sketch-box" }, chip, reason);
  const pictures = el("div", { class: "sketch-slots" }), missing = el("p", { class: "sketch-missing" });
  const element = el("td", { class: "sketch-square" }, box, pictures, missing);
  const slots = [];
  let values = null, since = 0;

  function tick() {
    if (values === null || shelf.isGone) return;
    const seconds = values.seconds === null ? 0 : values.seconds + (performance.now() - since) / 1000;
    set(status, "text", values.status.replace("{seconds}", Math.floor(seconds)));
  }

  function update(next, table) {
    if (next !== values) since = performance.now();
    values = next;
    element.dataset.state = values.state;
    element.dataset.job = values.id;
    const isShown = values.arrived.length > 0;
    box.hidden = isShown;
    set(sign, "text", values.sign);
    tick();
    set(reason, "text", isShown ? "" : values.note);
    reason.hidden = isShown || !values.note;
    set(missing, "text", isShown ? values.note : "");
    missing.hidden = !isShown || !values.note;
    pictures.hidden = !isShown;
    if (isShown) showPictures(table);
    else box.style.setProperty("--shape", table.alts[place].length === 2 ? "2" : "1");
  }

  function showPictures(table) {
    table.alts[place].forEach((alt, number) => {
      const index = number + 1, key = `${values.id}/${index}`;
      if (!slots[number]) {
        slots[number] = makeSlot(enlarge);
        pictures.append(slots[number].element);
      }
      const isHere = values.arrived.includes(index), address = shelf.addresses.get(key);
      if (isHere && !address) wantWhenNear(model, shelf, slots[number].element, values.id, index);
      slots[number].update({ alt, address, name: `${values.id}-${index}.png`, blank: blankText(table, key, isHere), title: table.do.open });
    });
    pictures.classList.toggle("is-single", slots.length === 1);
  }

  /** Say why a place is empty: the picture is on its way, lost, or was never made. */
  function blankText({ blank }, key, isHere) {
    if (shelf.lost.has(key)) return blank.lost;
    if (isHere) return shelf.isGone ? "" : blank.loading;
    return values.state === "fetching" ? "" : blank.not_made;
  }

  return { element, update, tick };
}

/** One picture, a button that shows it in full size; and what stands in its place until it is here. */
function makeSlot(enlarge) {
  const image = el("img"), blank = el("div", { class: "sketch-blank" });
  const button = el("button", { type: "button", class: "sketch-thumb", hidden: true, onclick: () => enlarge(button) }, image);
  const element = el("div", {}, blank, button);
  return { element, update({ alt, address, name, blank: text, title }) {
    set(image, "alt", alt);
    set(button, "title", title);
    set(blank, "text", text);
    button.dataset.name = name;
    if (address && image.src !== address) image.src = address;
    button.hidden = !address;
    blank.hidden = Boolean(address);
  } };
}
