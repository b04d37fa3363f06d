// A picture of the grid in full size, above the page: the arrow keys and two buttons go on to the others, Esc closes.

function enlarging(root) {
  const image = el("img"), caption = el("p", { id: freshId("caption") }), save = el("a", { class: "sketch-save" });
  const button = (by) => el("button", { type: "button", class: "sketch-button", onclick: () => step(by) });
  const previous = button(-1), next = button(1);
  set(next, "autofocus", true);
  const close = el("button", { type: "button", class: "sketch-button", "data-action": "close", onclick: () => dialog.close() });
  const dialog = el("dialog", { class: "sketch-enlarged", "aria-labelledby": caption.id }, image, caption,
    el("div", { class: "sketch-buttons" }, previous, next, save, close));
  let current = null;

  const thumbs = () => [...root.querySelectorAll(".sketch-thumb:not([hidden])")];

  function show(thumb) {
    const from = thumb.querySelector("img");
    current = thumb;
    image.src = from.src;
    set(image, "alt", from.alt);
    set(caption, "text", from.alt);
    set(save, "href", from.src);
    set(save, "download", thumb.dataset.name);
    previous.hidden = next.hidden = thumbs().length < 2;
    if (!dialog.open) dialog.showModal();
  }

  function step(by) {
    const all = thumbs();
    show(all[(all.indexOf(current) + by + all.length) % all.length]);
  }

  dialog.onkeydown = ({ key }) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (by) step(by);
  };
  dialog.onclick = ({ target }) => target === dialog && dialog.close(); // beside the picture
  dialog.onclose = () => current?.focus();
  return { element: dialog, show, say(table) {
    set(previous, "text", table.do.previous);
    set(next, "text", table.do.next);
    set(close, "text", table.do.close);
    set(save, "text", table.save);
  } };
}
