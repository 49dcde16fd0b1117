/** The changes: the steps of this session, and the difference from the files on disk. */

import { button, section } from '../controls.js';
import { el, put } from '../dom.js';
import { say, texts } from '../texts.js';

/** Creates the panel. */
export function createHistory({ watch, send }) {
  const t = texts.history;
  const steps = el('ol.steps', { 'aria-label': t.steps });
  const words = el('ul.difference-words');
  const diff = el('pre.diff', { tabindex: '0', 'aria-label': t.diffLabel });
  const refresh = button({ label: t.refresh, icon: 'reset', press: () => send({ type: 'difference' }) });

  /** Goes a number of steps back, or forward if the number is negative. */
  function go(count) {
    if (count) send({ type: count > 0 ? 'undo' : 'redo', count: Math.abs(count) });
  }

  watch(['document'], ({ document: doc }) => {
    const past = doc?.history?.past ?? [doc?.undo].filter(Boolean);
    const future = doc?.history?.future ?? [doc?.redo].filter(Boolean);
    put(steps,
      past.map((text, index) => stepOf(text, 'past', () => go(past.length - 1 - index), index === past.length - 1)),
      future.map((text, index) => stepOf(text, 'future', () => go(-(index + 1)), false)),
      !past.length && !future.length && el('li.empty', { text: t.none }));
    requestAnimationFrame(() => {
      const now = steps.querySelector('.now');
      if (now) steps.scrollTop = now.offsetTop - steps.clientHeight / 2;
    });
  });
  watch(['document', 'connection'], (state) => {
    if (state.document) send({ type: 'difference' });
  });
  watch(['difference'], ({ difference }) => {
    const list = difference?.words ?? [];
    put(words, list.map((text) => el('li', { text })),
      !list.length && el('li.empty', { text: t.same }));
    put(diff, (difference?.text ?? '').split('\n').map((text) =>
      el(`span.${lineKind(text)}`, { text: `${text}\n` })));
    diff.hidden = !difference?.text;
  });
  return el('div', {}, section(t.steps, steps).root, section(t.sinceSave, words, diff, el('div.button-grid', {}, refresh)).root);
}

function stepOf(text, when, press, isNow) {
  return el(`li.${when}${isNow ? '.now' : ''}`, {}, el('button', {
    type: 'button', onclick: press, 'aria-current': isNow ? 'step' : null,
    title: when === 'past' ? null : say(texts.top.redoOf, { what: text }), text,
  }));
}

function lineKind(text) {
  if (text.startsWith('+++') || text.startsWith('---')) return 'file';
  if (text.startsWith('@@')) return 'place';
  if (text.startsWith('+')) return 'added';
  if (text.startsWith('-')) return 'removed';
  return 'same';
}
