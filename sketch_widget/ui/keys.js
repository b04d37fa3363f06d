/**
 * Who gets a key that is pressed on one of our buttons: shared by the pad, the form and the results.
 */

/**
 * Keep the notebook's one-letter commands (`b`, `d d`) away from what has the focus here; what is pressed with Ctrl or
 * Cmd goes on to the notebook, so that Ctrl+S saves. JupyterLab listens on the document, after us.
 * @param {HTMLElement} root
 * @param {(event: KeyboardEvent) => boolean} isOurs  whether a combination with Ctrl or Cmd stays here too
 * @param {AbortSignal} [signal]
 */
function keepPlainKeys(root, isOurs, signal) {
  const keep = (/** @type {KeyboardEvent} */ event) => {
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!isCommand || isOurs(event)) event.stopPropagation();
  };
  root.addEventListener("keydown", keep, { signal });
}

/**
 * Whether these keys run the notebook's cell, which would make the widget anew.
 * @param {KeyboardEvent} event
 */
function runsCell({ key }) {
  return key === "Enter";
}
