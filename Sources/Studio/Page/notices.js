/** Toasts for information and errors, and banners that ask a question. */

import { button } from './controls.js';
import { el, icon, put } from './dom.js';
import { say, texts } from './texts.js';

const SHOWN_FOR = { notice: 4000, refusal: 8000 };
const MOST = 4;
/** The number of unsaved changes that are named. */
const NAMED = 3;

/** Creates the area for toasts, which screen readers announce. */
export function createToasts(root) {
  root.setAttribute('role', 'log');
  root.setAttribute('aria-live', 'polite');
  root.setAttribute('aria-label', texts.status.notices);

  return function show(kind, message) {
    const same = [...root.children].find((one) => one.dataset.message === message);
    same?.remove();
    const toast = el(`div.toast.${kind}`, { data: { message } },
      icon(kind === 'refusal' ? 'warning' : 'info'), el('span', { text: message }),
      button({
        label: texts.status.dismiss, icon: 'close', isIconOnly: true, class: 'quiet small',
        press: () => toast.remove(),
      }));
    root.append(toast);
    while (root.children.length > MOST) root.firstChild.remove();
    setTimeout(() => toast.remove(), SHOWN_FOR[kind] ?? 5000);
  };
}

/**
 * Shows what needs an answer: a lost connection, unsaved changes, files changed by others.
 * @param {HTMLElement} root
 * @param {{store: object, send: Function}} context
 */
export function showBanners(root, { store, send }) {
  root.setAttribute('aria-live', 'polite');
  store.watch(['connection', 'document'], (state) => {
    const banners = [];
    if (['lost', 'refused'].includes(state.connection)) banners.push(banner('lost', texts.connection[state.connection]));
    const unsaved = state.document?.unsavedChanges;
    if (unsaved) banners.push(unsavedBanner(unsaved, send));
    for (const one of state.document?.outside ?? []) banners.push(outsideBanner(one, send));
    const key = JSON.stringify([unsaved?.id, banners.map((one) => one.textContent)]);
    if (root.dataset.shown === key) return;
    root.dataset.shown = key;
    put(root, banners);
  });
}

function banner(kind, words, ...buttons) {
  return el(`div.banner.${kind}`, {}, icon(kind === 'lost' ? 'unplugged' : 'info'),
    el('span', { text: words }), buttons);
}

function unsavedBanner({ id, words }, send) {
  const answer = (type) => () => send({ type, changes: id });
  return banner('leftover', say(texts.unsaved.words, { words: summaryOf(words) }),
    button({ label: texts.unsaved.restore, class: 'primary', press: answer('restore') }),
    button({ label: texts.unsaved.forget, press: answer('forget') }));
}

/** Returns a description of the unsaved changes: the first few, and how many more there are. */
function summaryOf(changes) {
  const first = changes.slice(0, NAMED).join(' · ');
  return changes.length > NAMED ? say(texts.unsaved.more, { first, count: changes.length - NAMED }) : first;
}

function outsideBanner({ file, words }, send) {
  const keep = (whose) => () => send({ type: 'outside', file, keep: whose });
  return banner('outside', words,
    button({ label: texts.outside.mine, press: keep('mine') }),
    button({ label: texts.outside.theirs, press: keep('theirs') }));
}
