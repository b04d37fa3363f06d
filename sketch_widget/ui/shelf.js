// The pictures of some jobs in this page: asked of the kernel when they come near the part that is seen, and kept for all
// views of one model. Shared by the cards and the grid.

const GONE = ["restarting", "autorestarting", "terminating", "dead"]; // what JupyterLab calls a kernel that forgot us

/**
 * What the views of one model share in this page.
 * @typedef {object} Shelf
 * @property {Map<string, string>} addresses  of the pictures, by "job/index"; index 0 is the drawing
 * @property {Set<string>} asked  the pictures that the kernel was asked for
 * @property {Set<string>} lost  those whose file it no longer finds
 * @property {Set<() => void>} views
 * @property {boolean} isGone  whether the kernel has forgotten the model: what is not here will not come
 * @property {string} reused  the job that shall be put on the pad, until the kernel has done so
 */

/** @type {WeakMap<object, Shelf>} */
const shelves = new WeakMap();

/** @param {any} model @returns {Shelf} */
function shelfOf(model) {
  let shelf = shelves.get(model);
  if (shelf) return shelf;
  shelf = { addresses: new Map(), asked: new Set(), lost: new Set(), views: new Set(), isGone: false, reused: "" };
  shelves.set(model, shelf);
  const update = () => shelf.views.forEach((view) => view());
  model.on("msg:custom", (/** @type {any} */ message, /** @type {any[]} */ buffers) => {
    const key = `${message.job}/${message.index}`;
    if (message.kind === "picture" && !shelf.addresses.has(key)) shelf.addresses.set(key, addressOf(buffers[0]));
    if (message.kind === "lost") shelf.lost.add(key);
    if (message.kind === "picture" || message.kind === "lost") update();
  });
  const { kernel } = model.widget_manager ?? {};
  const gone = () => {
    shelf.isGone = true;
    update();
  };
  kernel?.statusChanged?.connect((/** @type {any} */ _, /** @type {string} */ status) => GONE.includes(status) && gone());
  kernel?.disposed?.connect(gone);
  return shelf;
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

/** Ask for a picture once its place comes near the part of the page that is seen; 0 is the drawing. */
function wantWhenNear(model, shelf, element, job, index) {
  const key = `${job}/${index}`;
  if (shelf.asked.has(key)) return;
  whenNear.set(element, () => {
    if (shelf.asked.has(key)) return;
    shelf.asked.add(key);
    model.send({ kind: "want", job, index });
  });
  near.observe(element);
}
