/** Dialogs over the page, based on the browser's own `dialog`, which keeps the focus and handles Escape. */

import { button } from './controls.js';
import { el, put } from './dom.js';
import { texts } from './texts.js';

/**
 * Opens a dialog.
 * @param {{title: string, body: Node|Node[], buttons?: HTMLElement[], class?: string,
 *   closed?: Function}} given
 * @returns {{root: HTMLDialogElement, close: Function}}
 */
export function openDialog({ title, body, buttons = [], class: name = '', closed }) {
  const heading = el('h2', { text: title });
  const root = el('dialog', { class: name, 'aria-label': title });
  const close = () => root.close();
  put(root,
    el('div.dialog-head', {}, heading,
      button({ label: texts.dialog.close, icon: 'close', isIconOnly: true, class: 'quiet', press: close })),
    el('div.dialog-body', {}, body),
    buttons.length > 0 && el('div.dialog-foot', {}, buttons));
  root.addEventListener('close', () => {
    root.remove();
    closed?.();
  });
  root.addEventListener('pointerdown', (event) => event.target === root && close());
  root.addEventListener('keydown', (event) => event.stopPropagation());
  document.body.append(root);
  root.showModal();
  return { root, close };
}

/**
 * Asks for a line of text.
 * @param {{title: string, label: string, value: string, pattern?: string, done: Function}} given
 */
export function askForLine({ title, label, value, pattern, done }) {
  const field = el('input', { value, pattern, required: true, autocomplete: 'off', spellcheck: 'false' });
  const form = el('form', { method: 'dialog' }, el('label.stacked', {}, el('span', { text: label }), field));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const typed = field.value.trim();
    dialog.close();
    if (typed && typed !== value) done(typed);
  });
  const dialog = openDialog({
    title, body: form, class: 'narrow',
    buttons: [
      button({ label: texts.dialog.cancel, press: () => dialog.close() }),
      button({ label: texts.dialog.ok, class: 'primary', press: () => form.requestSubmit() }),
    ],
  });
  field.select();
}
