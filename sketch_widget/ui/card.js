// One job's card: what was asked, where it is, its pictures, and what can be done. All of it comes from the kernel; texts
// go in as text, and pictures are asked for only when they come near the part of the page that is seen.

function makeCard(model, shelf, id) {
  const act = (action, value = "") => {
    if (action === "again") shelf.reused = id;
    model.send({ kind: "do", job: id, action, value });
  };
  const sign = el("span", { class: "sketch-sign", "aria-hidden": "true" }), status = el("span");
  const chip = el("p", { class: "sketch-chip" }, sign, status), buttons = el("div", { class: "sketch-buttons" });
  const prompt = promptLine(), facts = el("p", { class: "sketch-muted" });
  const heard = el("p", { class: "sketch-muted" }), repeat = el("p", { class: "sketch-muted" });
  const note = el("p", { class: "sketch-note" }), task = el("input", { type: "text", "data-name": "task_id" });
  const ids = el("div", { class: "sketch-ids" }), pictures = el("div", { class: "sketch-pictures" });
  const saved = el("p", { class: "sketch-muted sketch-saved" }), removed = removedRow(() => act("put_back"));
  const element = el("li", { class: "sketch-card", "data-job": id },
    el("div", { class: "sketch-card-head" }, chip, el("div", { class: "sketch-buttons" }, task, buttons)),
    prompt.element, facts, heard, repeat, note, ids, pictures, saved, removed.element);
  const figures = [];
  let values = null, since = 0;

  function tick() {
    if (values === null || shelf.isGone) return;
    const seconds = values.seconds === null ? 0 : values.seconds + (performance.now() - since) / 1000;
    set(status, "text", values.status.replace("{seconds}", Math.floor(seconds)));
  }

  function update(next, view) {
    if (next !== values) since = performance.now();
    values = next;
    element.dataset.state = values.state;
    set(sign, "text", values.sign);
    tick();
    prompt.update(values, view);
    set(facts, "text", values.facts);
    set(heard, "text", values.heard);
    heard.hidden = !values.heard;
    set(repeat, "text", view.repeat);
    repeat.hidden = !values.is_repeat;
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
    showRemoved(view);
  }

  /** Fold the card into one line when it is taken away, and back; who stood on its buttons stays in its place. */
  function showRemoved(view) {
    const isRemoved = Boolean(values.removed), isTurned = removed.element.hidden === isRemoved;
    const hadFocus = isTurned && element.matches(":focus-within");
    element.classList.toggle("is-removed", isRemoved);
    removed.update(values, view, shelf.isGone);
    if (hadFocus) (isRemoved ? removed.button : buttons.querySelector("[data-action=remove]"))?.focus();
  }

  function showButtons() {
    const key = JSON.stringify([values.buttons, shelf.isGone]);
    if (buttons.dataset.key === key) return;
    buttons.dataset.key = key;
    buttons.replaceChildren(...values.buttons.map(({ action, text, title, is_quiet: isQuiet }) => el("button", {
      type: "button", class: `sketch-button${isQuiet ? " is-quiet" : ""}`, "data-action": action, title: title || null,
      disabled: shelf.isGone, onclick: () => act(action, task.value.trim()),
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

  /** Say why a place is empty: the picture is on its way, out of reach, lost, or was never made. */
  function blankText(view, key, isHere) {
    if (shelf.lost.has(key)) return view.blank.lost;
    if (!isHere && !values.is_waiting) return view.blank.not_made;
    if (shelf.isGone) return view.blank.gone;
    return isHere ? view.blank.loading : "";
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
      if (isHere && !address) wantWhenNear(model, shelf, figures[index].element, id, index);
      const isComing = !shelf.isGone && !isHere && values.is_waiting;
      const blank = blankText(view, key, isHere);
      figures[index].update({ alt, caption, address, save: view.save, id, blank, isComing });
    });
    pictures.style.setProperty("--columns", texts.length);
    pictures.classList.toggle("is-full", texts.length === 5); // a drawing and four pictures: the most there can be
  }

  return { element, update, tick };
}

/** What stands in the place of a card that was taken away, for as long as it can be put back. */
function removedRow(putBack) {
  const text = el("p", { class: "sketch-muted", id: freshId("removed") });
  const button = el("button", { type: "button", class: "sketch-button", "data-action": "put_back", "aria-describedby": text.id, onclick: putBack });
  const element = el("div", { class: "sketch-removed", hidden: true }, text, button);
  return { element, button, update(values, view, isGone) {
    set(text, "text", values.removed);
    set(button, "text", view.put_back);
    set(button, "disabled", isGone);
    element.hidden = !values.removed;
  } };
}

/** The prompt in at most two lines: what the service reads of it stands out, and a button shows the rest. */
function promptLine() {
  const read = el("span"), rest = el("span", { class: "sketch-unread" });
  const text = el("h4", { class: "is-folded" }, read, rest);
  const more = el("button", { type: "button", class: "sketch-button is-quiet", "data-action": "more" });
  const element = el("div", { class: "sketch-card-prompt" }, text, more);
  let words = ["", ""];
  const isFolded = () => text.classList.contains("is-folded");
  function show() {
    set(more, "text", words[isFolded() ? 0 : 1]);
    set(more, "aria-expanded", String(!isFolded()));
    more.hidden = isFolded() && text.scrollHeight <= text.clientHeight + 1;
  }
  more.onclick = () => {
    text.classList.toggle("is-folded");
    show();
  };
  new ResizeObserver(show).observe(text);
  return { element, update(values, view) {
    set(read, "text", values.prompt);
    set(rest, "text", values.prompt_unread);
    set(rest, "title", values.prompt_unread ? view.unread : null);
    words = [view.more, view.less];
    show();
  } };
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
    blank.classList.toggle("is-coming", values.isComing);
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
