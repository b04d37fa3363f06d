// The Generate button and, beside it, how the jobs stand. It holds no truth: each value and every word that it shows comes
// from the kernel's `Controls`.

const PAUSE = 600; // ms in which a second click belongs to the first
const LATE = 1000; // ms after which the page says what it waits for

function render({ model, el: root }) {
  root.classList.add("sketch-panel");
  const order = generate(model);
  root.replaceChildren(order.element);
  const update = () => {
    order.update();
    join(root, model.get("lang"));
  };
  update();
  const kernel = new MutationObserver(order.kernelChanged);
  requestAnimationFrame(() => { // by then it stands in its form
    update();
    const page = root.closest(".sketch-widget");
    if (page) kernel.observe(page, { subtree: true, attributes: true, attributeFilter: ["data-state"] });
  });
  const ticking = setInterval(order.tick, 500);
  const watched = "change:view change:progress change:lang";
  model.on(watched, update);
  model.on("msg:custom", order.told);
  return () => {
    kernel.disconnect();
    clearInterval(ticking);
    model.off(watched, update);
    model.off("msg:custom", order.told);
  };
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

/**
 * The Generate button: one click is one job, also with a kernel that is busy, and whoever clicks is answered at once.
 * @param {any} model
 */
function generate(model) {
  const reasonId = freshId("reason");
  const button = el("button", { type: "button", class: "sketch-button is-main", "data-action": "generate", "aria-describedby": reasonId, onclick: choose });
  const reason = el("p", { class: "sketch-reason", id: reasonId, role: "status" });
  const jobs = progress(model);
  const element = el("div", { class: "sketch-generate" }, button, el("div", { class: "sketch-said" }, jobs.element, reason));
  /** @type {{ click: string, values: Record<string, any> | null, heard: () => void } | null} the click on its way */
  let order = null;
  let isLate = false, isCut = false, wasGone = false;

  async function choose() {
    if (order || button.disabled) return;
    order = { click: freshId("click"), values: null, heard: () => {} };
    const late = setTimeout(() => { isLate = true; update(); }, LATE);
    const pause = new Promise((over) => setTimeout(over, PAUSE));
    update();
    if (await inkArrived(padBeside(element))) {
      // The words go along: the kernel may handle the messages of two widgets on two threads, in either order.
      const words = element.closest(".sketch-controls")?.querySelector(".sketch-prompt textarea");
      order.values = words ? { prompt: words.value } : {};
      await Promise.all([new Promise((heard) => { order.heard = heard; send(); }), pause]);
    }
    clearTimeout(late);
    order = null;
    isLate = false;
    update();
  }

  function send() {
    try {
      model.send({ kind: "generate", click: order.click, values: order.values });
    } catch {
      isCut = true; // the way to the kernel is closed: this view will not send again
      order.heard();
    }
  }

  /** @param {{ kind: string, click: string }} message */
  function told({ kind, click }) {
    if (kind === "heard" && click === order?.click) order.heard();
  }

  /** The kernel has gone, or is there again: then it is told once more what it may have missed; it counts a click once. */
  function kernelChanged() {
    if (isGone() === wasGone) return;
    wasGone = !wasGone;
    if (order?.values && !isGone()) send();
    update();
  }

  function isGone() {
    return isCut || padBeside(element)?.dataset.state === "dead";
  }

  function update() {
    const view = model.get("view"), gone = isGone(), isSending = order !== null && !gone;
    set(button, "text", isSending ? view.sending : view.generate);
    button.disabled = gone || (!isSending && !view.is_ready);
    // While it is sending it keeps the focus: the next key must not become a command of the notebook.
    set(button, "aria-disabled", isSending && "true");
    const awaited = isLate ? (order?.values ? view.need_kernel : view.need_ink) : "";
    set(reason, "text", gone ? view.gone : isSending ? awaited : view.reason);
    reason.classList.toggle("sketch-notice", gone || (!isSending && view.is_problem));
    jobs.update(view, gone);
  }

  return { element, update, told, kernelChanged, tick: jobs.tick };
}

/**
 * How the jobs stand, in a few words beside the button, and the way to their pictures.
 * @param {any} model
 */
function progress(model) {
  const before = el("span"), count = el("span", { role: "timer" }), after = el("span"); // seconds are not read aloud
  const show = el("button", { type: "button", class: "sketch-button is-quiet", "data-action": "show", onclick: () => {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    gallery()?.scrollIntoView({ block: "start", behavior: isCalm ? "auto" : "smooth" });
  } });
  const element = el("p", { class: "sketch-progress" }, el("span", { role: "status" }, before, count, after), show);
  const gallery = () => element.closest(".sketch-widget")?.querySelector(".sketch-gallery");
  /** @type {{ text?: string, seconds?: number | null }} */
  let values = {};
  let since = 0;

  function tick() {
    if (values.seconds == null) return;
    set(count, "text", String(Math.floor(values.seconds + (performance.now() - since) / 1000)));
  }

  /** @param {any} view @param {boolean} isGone  whether nobody is left who knows */
  function update(view, isGone) {
    const next = model.get("progress");
    if (next !== values) since = performance.now();
    values = next;
    const [first, last = ""] = (values.text ?? "").split("{seconds}");
    set(before, "text", first);
    set(after, "text", last);
    count.hidden = values.seconds == null;
    tick();
    set(show, "text", view.show);
    set(show, "title", view.show_title);
    element.hidden = !values.text || isGone;
  }

  return { element, update, tick };
}

/**
 * The pad that this part of a form belongs to; it knows first whether the kernel is there.
 * @param {HTMLElement} part
 * @returns {HTMLElement | null}
 */
function padBeside(part) {
  return part.closest(".sketch-widget")?.querySelector(".sketch-pad") ?? null;
}

/**
 * Wait until the kernel has every stroke of the pad, so that a picture is never ordered for half a drawing.
 * @param {HTMLElement | null} pad
 * @returns {Promise<boolean>}  false where the kernel has gone first
 */
function inkArrived(pad) {
  const isHere = () => !pad || (pad.dataset.pending ?? "0") === "0";
  const isOver = () => isHere() || pad?.dataset.state === "dead";
  if (!pad || isOver()) return Promise.resolve(isHere());
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!isOver()) return;
      observer.disconnect();
      resolve(isHere());
    });
    observer.observe(pad, { attributes: true, attributeFilter: ["data-pending", "data-state"] });
  });
}

export default { render };
