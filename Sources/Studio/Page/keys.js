/** The shortcuts in one table, which drives both the page and the list that `?` opens. */

import { openDialog } from './dialog.js';
import { el } from './dom.js';
import { PRESETS } from './presets.js';
import { say, texts } from './texts.js';

/**
 * Returns the table: `keys` such as `Ctrl+Shift+Z`, a group, words, and the action.
 * @param {{act: object, store: object, send: Function, page: object}} context
 */
export function shortcuts({ act, store, send, page }) {
  const row = (keys, group, words, work) => ({ keys: [keys].flat(), group, words, work });
  const k = texts.keys;
  const orbit = (right, up) => () => send({ type: 'orbit', right, up });
  return [
    row('Ctrl+Z', 'document', k.undo, act.undo),
    row(['Ctrl+Shift+Z', 'Ctrl+Y'], 'document', k.redo, act.redo),
    row('Ctrl+S', 'document', k.save, act.save),
    row('Ctrl+E', 'document', k.export, page.export),

    row('N', 'figure', k.next, act.nextFigure),
    row('D', 'figure', k.duplicate, act.duplicate),
    row('M', 'figure', k.mirror, act.mirror),
    row(['Delete', 'Backspace'], 'figure', k.remove, act.remove),
    row('H', 'figure', k.hide, act.hideSelected),
    row('R', 'figure', k.release, act.releaseJoint),
    row('U', 'figure', k.letGo, act.letGo),
    row('P', 'figure', k.plant, act.plantFeet),
    row('Ctrl+C', 'figure', k.copy, act.copyLimb),
    row('Ctrl+V', 'figure', k.paste, act.pasteLimb),
    row('G', 'figure', k.as, act.toggleAs),
    row('S', 'figure', k.snap, () => act.toggle('snap')),

    ...PRESETS.map((name, index) => row(String(index + 1), 'view',
      say(k.preset, { name: texts.presets[name] }),
      () => act.preset(name, store.get().selection.character))),
    row('0', 'view', k.sceneCamera, act.sceneCamera),
    row('F', 'view', k.frame, act.frameSelected),
    row('A', 'view', k.frameAll, () => act.frame('all')),
    row('+', 'view', k.nearer, () => send({ type: 'dolly', factor: 1.15 })),
    row('-', 'view', k.farther, () => send({ type: 'dolly', factor: 1 / 1.15 })),
    row('ArrowLeft', 'view', k.orbitLeft, orbit(-10, 0)),
    row('ArrowRight', 'view', k.orbitRight, orbit(10, 0)),
    row('ArrowUp', 'view', k.orbitUp, orbit(0, 10)),
    row('ArrowDown', 'view', k.orbitDown, orbit(0, -10)),
    row('T', 'view', k.thirds, () => act.toggle('thirds')),
    row('B', 'view', k.balance, () => act.toggle('balance')),
    row('.', 'view', k.handles, () => act.toggle('handles')),

    row('V', 'page', k.view, page.focusView),
    row('[', 'page', k.previousPanel, () => page.panel(-1)),
    row(']', 'page', k.nextPanel, () => page.panel(1)),
    row('/', 'page', k.search, page.search),
    row('L', 'page', k.strip, () => act.toggle('stripOpen')),
    row('Space', 'page', k.play, page.play),
    row('Escape', 'page', k.escape, page.escape),
    row('?', 'page', k.help, page.help),
  ];
}

/** Returns the letter of a key; for other alphabets, the Latin letter instead. */
function letterOf({ key, code }) {
  return /\p{L}/u.test(key) && !/[a-z]/i.test(key) ? code.replace(/^Key/, '') : key;
}

/** Returns the name of an event's key, as the table writes it. */
export function nameOf(event) {
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? letterOf(event).toUpperCase() : event.key;
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  // A sign such as ? requires Shift on most keyboards, but not on all.
  if (event.shiftKey && (key.length > 1 || /[A-Z]/.test(key))) parts.push('Shift');
  if (event.altKey) parts.push('Alt');
  return [...parts, key].join('+');
}

const TYPES_TEXT = 'textarea, input:not([type=range]):not([type=checkbox]), select, [contenteditable]';
/** The keys that have a meaning for a focused control. */
const OF_CONTROLS = /^(Arrow\w+|Space|Enter|Home|End|Page\w+|Tab|Backspace|Delete)$/;

/**
 * Listens to the keys of a table, except while the user types text.
 * @param {object[]} table
 */
export function listenToKeys(table) {
  const works = new Map(table.flatMap((row) => row.keys.map((key) => [key, row])));
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
    const name = nameOf(event);
    const row = works.get(name) ?? (name === '=' ? works.get('+') : undefined);
    if (!row) return;
    const isTyping = event.target.matches?.(TYPES_TEXT);
    if (isTyping && !/^Ctrl\+(S|E)$/.test(name)) return;
    if (OF_CONTROLS.test(name) && event.target.closest?.('button, input, summary, [role=tab], [role=option]')) return;
    if (name === 'Ctrl+C' && String(getSelection())) return;
    event.preventDefault();
    row.work();
  });
}

/** Returns a key as printed on keyboards, such as `Ctrl Z` or `←`. */
function keyWords(key) {
  const parts = key.length > 1 ? key.split('+') : [key];
  return parts.map((part) => texts.keyNames[part] ?? part).join(' ');
}

/** Opens the list of all shortcuts. */
export function showHelp(table) {
  const t = texts.help;
  const keys = (row) => row.keys.map((key) => el('kbd', { text: keyWords(key) }));
  const groups = Object.entries(t.groups).map(([group, title]) => el('section', {},
    el('h3', { text: title }),
    el('dl', {}, table.filter((row) => row.group === group).map((row) =>
      el('div', {}, el('dt', {}, keys(row)), el('dd', { text: row.words }))))));
  const mouse = el('section.mouse', {}, el('h3', { text: t.mouse }),
    el('dl', {}, t.mouseRows.map(([what, does]) =>
      el('div', {}, el('dt', { text: what }), el('dd', { text: does })))));
  return openDialog({ title: t.title, body: el('div.help', {}, groups, mouse), class: 'wide' });
}
