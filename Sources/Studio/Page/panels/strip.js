/** The live maps below the view, as the models will receive them, redrawn after every change. */

import { button, choice } from '../controls.js';
import { el, put } from '../dom.js';
import { openMenu } from '../menu.js';
import { charactersOf } from '../state.js';
import { say, texts } from '../texts.js';
import { openMap } from './full-map.js';

/** The height of the strip besides the pictures: its head, a map's name, edges. */
const AROUND = 58;

/** The value that represents the selected figure. */
const SELECTED = '*selected';

/** Creates the strip. */
export function createStrip(context) {
  const { store, send, act } = context;
  const t = texts.maps;
  const list = el('div.strip-maps', { role: 'group', 'aria-label': t.strip });
  const subject = choice({
    label: t.subject, isLabelHidden: true, choose: (value) => store.set({ mapSubject: value }),
  });
  const choose = button({ label: t.choose, icon: 'maps', class: 'quiet', press: () => openChoice(choose) });
  const fold = button({ label: t.hideStrip, icon: 'down', isIconOnly: true, class: 'quiet', press: () => act.toggle('stripOpen') });
  const root = el('section.strip', { 'aria-label': t.strip },
    el('div.strip-head', {}, fold, el('h2', { text: t.strip }), subject.root, choose), list);
  const pictures = new Map();

  function openChoice(anchor) {
    const { hello, mapNames } = store.get();
    openMenu(anchor, (hello?.maps ?? []).map(({ name }) => ({
      label: name, isChecked: mapNames.includes(name),
      press() {
        const names = new Set(store.get().mapNames);
        if (!names.delete(name)) names.add(name);
        const order = hello.maps.map((one) => one.name);
        store.set({ mapNames: order.filter((one) => names.has(one)) });
      },
    })));
  }

  /** Requests the visible maps; a collapsed strip requests none. */
  let asked = '';
  function ask(state) {
    if (state.connection !== 'open') asked = '';
    if (state.connection !== 'open' || !state.hello) return;
    const names = state.stripOpen ? state.mapNames : [];
    const height = Math.round(Math.max(root.clientHeight - AROUND, 80) * (devicePixelRatio || 1));
    const wish = { type: 'maps', names, subject: subjectOf(state), height };
    if (JSON.stringify(wish) === asked) return;
    asked = JSON.stringify(wish);
    send(wish);
  }

  store.watch(['stripOpen'], ({ stripOpen }) => {
    root.classList.toggle('folded', !stripOpen);
    fold.title = stripOpen ? t.hideStrip : t.showStrip;
    fold.setAttribute('aria-label', fold.title);
    fold.setAttribute('aria-expanded', String(stripOpen));
  });
  store.watch(['document', 'mapSubject', 'selection'], (state) => {
    subject.set([{ value: 'all', label: t.all }, { value: SELECTED, label: t.selected },
      ...charactersOf(state).map(({ id }) => ({ value: id, label: id }))],
    state.mapSubject === SELECTED ? SELECTED : subjectOf(state));
  });
  store.watch(['hello', 'connection', 'mapNames', 'mapSubject', 'stripOpen', 'selection', 'document'], ask);
  new ResizeObserver(() => ask(store.get())).observe(root);
  store.watch(['mapNames', 'maps', 'hello'], (state) => show(list, pictures, state, context));
  return root;
}

/** Returns the subject of the maps; all figures if the chosen one is gone. */
export function subjectOf(state) {
  const id = state.mapSubject === SELECTED ? state.selection.character : state.mapSubject;
  return charactersOf(state).some((one) => one.id === id) ? id : 'all';
}

function show(list, pictures, state, context) {
  for (const name of [...pictures.keys()]) {
    if (!state.mapNames.includes(name)) pictures.delete(name);
  }
  const all = state.mapNames.map((name) => {
    const one = pictures.get(name) ?? make(name, context);
    pictures.set(name, one);
    one.update(state);
    return one.root;
  });
  if (all.length !== list.children.length || all.some((one, index) => list.children[index] !== one)) {
    put(list, all, !all.length && el('p.empty', { text: texts.maps.none }));
  }
}

/** One map: its picture stays until the next is ready. */
function make(name, context) {
  const canvas = el('canvas', { 'aria-hidden': 'true' });
  const root = el('button.strip-map', {
    type: 'button', data: { map: name },
    title: say(texts.maps.open, { name }), 'aria-label': say(texts.maps.open, { name }),
    onclick: () => openMap(context, name),
  }, canvas, el('span', { text: name }));
  let shown = null;
  return {
    root,
    async update({ maps }) {
      const map = maps.get(name);
      if (!map || map === shown) return;
      shown = map;
      const bitmap = await createImageBitmap(map.blob).catch(() => null);
      if (!bitmap) return;
      if (shown === map) {
        canvas.width = bitmap.width;
        canvas.height = bitmap.height;
        canvas.getContext('2d').drawImage(bitmap, 0, 0);
        root.dataset.revision = map.revision;
        root.dataset.subject = map.subject;
      }
      bitmap.close();
    },
  };
}
