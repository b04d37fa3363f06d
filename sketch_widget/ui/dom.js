// Builds elements for the page. Texts always go in as text, so nothing that a person or a service wrote becomes markup.

/** Make an element: el("p", { class: "note", hidden: true, onclick: f }, "text", child). */
function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) set(element, name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Give an element a property, an attribute or a listener; null and false take an attribute away. */
function set(element, name, value) {
  if (name.startsWith("on")) element[name] = value;
  else if (name === "text") {
    if (element.textContent !== value) element.textContent = value;
  } else if (value === null || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : value);
}

/** Return an address for bytes that came from the kernel, to be shown as a picture. */
function addressOf(bytes, type = "image/png") {
  return URL.createObjectURL(new Blob([bytes], { type }));
}

let labels = 0;
/** Return an id that no other element of the page has. */
function freshId(name) {
  labels += 1;
  return `sketch-${name}-${labels}-${Math.random().toString(36).slice(2, 8)}`;
}

/** Make a button that copies a text and says so. */
function copyButton(textOf) {
  let words = ["", ""], timer = 0;
  const button = el("button", { type: "button", class: "sketch-button is-quiet", "data-action": "copy" });
  button.onclick = async () => {
    await copyText(textOf());
    set(button, "text", words[1]);
    clearTimeout(timer);
    timer = setTimeout(() => set(button, "text", words[0]), 2000);
  };
  button.say = (copy, copied) => {
    words = [copy, copied];
    set(button, "text", copy);
  };
  return button;
}

/** Copy a text, also where the page is served without https and has no clipboard of its own. */
async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = el("textarea", {}, text);
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
