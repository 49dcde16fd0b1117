/** The list of completions at the caret of a text field. */

import { el, put } from '../dom.js';
import { charactersOf, propsOf } from '../state.js';
import { texts } from '../texts.js';
import { candidates, placeIn } from './completion.js';

/**
 * Creates the list.
 * @param {HTMLTextAreaElement} area
 * @param {{store: object, line: number, kind: Function}} given the height of a line, and the kind
 * of file
 */
export function createCompletion(area, { store, line, kind }) {
  const root = el('ul.completions', { role: 'listbox', 'aria-label': texts.text.matches, id: 'completions', hidden: true });
  let place = null;
  let names = [];
  let chosen = 0;
  area.setAttribute('aria-autocomplete', 'list');
  area.setAttribute('aria-controls', 'completions');

  function show() {
    const before = area.value.slice(0, area.selectionStart);
    const { hello } = store.get();
    place = hello && area.selectionStart === area.selectionEnd ? placeIn(before) : null;
    names = place ? candidates(place, kind(), hello, namesOf(store.get())) : [];
    chosen = 0;
    paint();
    if (!names.length) return;
    const row = before.split('\n').length;
    const column = before.length - before.lastIndexOf('\n') - 1 - place.typed.length;
    root.style.top = `${row * line + 8 - area.scrollTop}px`;
    root.style.left = `${Math.min(46 + column * characterWidth(area) - area.scrollLeft, area.clientWidth - 180)}px`;
  }

  function paint() {
    root.hidden = names.length === 0;
    if (root.hidden) area.removeAttribute('aria-activedescendant');
    else area.setAttribute('aria-activedescendant', `completion-${chosen}`);
    put(root, names.map((name, index) => el('li', {
      role: 'option', id: `completion-${index}`, 'aria-selected': String(index === chosen), text: name,
      onpointerdown(event) {
        event.preventDefault();
        accept(name);
      },
    })));
    root.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }

  function accept(name) {
    area.setSelectionRange(area.selectionStart - place.typed.length, area.selectionStart);
    const hasQuote = area.value[area.selectionEnd] === '"';
    const end = place.isKey ? '": ' : '"';
    document.execCommand('insertText', false, name + (hasQuote ? '' : end));
    hide();
  }

  function hide() {
    names = [];
    paint();
  }

  return {
    root,
    show,
    hide,
    /** Handles a key that is meant for the list; returns false for other keys. */
    press(event) {
      if (root.hidden) return false;
      if (event.key === 'ArrowDown') chosen = (chosen + 1) % names.length;
      else if (event.key === 'ArrowUp') chosen = (chosen + names.length - 1) % names.length;
      else if (event.key === 'Enter' || event.key === 'Tab') accept(names[chosen]);
      else if (event.key === 'Escape') hide();
      else return false;
      if (names.length) paint();
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}

function namesOf(state) {
  return { figures: charactersOf(state).map((one) => one.id), props: propsOf(state).map((one) => one.id) };
}

/** Returns the width of a character in the field; all are equal. */
function characterWidth(area) {
  const context = document.createElement('canvas').getContext('2d');
  context.font = getComputedStyle(area).font;
  return context.measureText('m').width;
}
