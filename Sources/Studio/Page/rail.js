/** The panels on the right, one at a time, with their tabs; and resizable sides. */

import { clamp, el, icon, memory, put } from './dom.js';
import { texts } from './texts.js';

/** The milliseconds between updates of a panel while a handle is dragged. */
const PATIENCE = 150;

/**
 * Fills the right side with panels.
 * @param {HTMLElement} root
 * @param {object} context the context that each panel receives
 * @param {{id: string, icon: string, title: string, width?: number, create: Function}[]} panels
 */
export function createRail(root, context, panels) {
  const { store } = context;
  root.setAttribute('aria-label', texts.rail.label);
  const tabs = el('div.rail', { role: 'tablist', 'aria-orientation': 'vertical', 'aria-label': texts.rail.label });
  const heading = el('h2.panel-title', { id: 'panel-title' });
  const holder = el('div.panel-body', { role: 'tabpanel', id: 'panel', tabindex: '-1', 'aria-labelledby': 'panel-title' });
  const made = new Map();
  const buttons = new Map(panels.map((panel) => [panel.id, tabOf(panel)]));
  tabs.append(...buttons.values());
  tabs.addEventListener('keydown', step);
  const splitter = createSplitter(root, 'right', { get: width, set: setWidth });
  root.append(splitter, el('div.panel', {}, heading, holder), tabs);

  function tabOf(panel) {
    return el('button.tab', {
      type: 'button', role: 'tab', id: `tab-${panel.id}`, 'aria-controls': 'panel', title: panel.title,
      data: { panel: panel.id }, onclick: () => store.set({ panel: panel.id }),
    }, icon(panel.icon), el('span', { text: panel.title }));
  }

  function step(event) {
    const ids = panels.map((one) => one.id);
    const at = ids.indexOf(store.get().panel);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: ids.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const id = ids[(to + ids.length) % ids.length];
    store.set({ panel: id });
    buttons.get(id).focus();
  }

  function current() {
    return panels.find((one) => one.id === store.get().panel) ?? panels[0];
  }
  function width() {
    return memory.get(`width.${current().width ? current().id : 'right'}`, current().width ?? (innerWidth > 2000 ? 330 : 284));
  }
  function setWidth(pixels) {
    memory.set(`width.${current().width ? current().id : 'right'}`, pixels);
    root.style.setProperty('--width', `${pixels}px`);
  }

  store.watch(['panel'], () => {
    const panel = current();
    for (const [id, button] of buttons) {
      button.setAttribute('aria-selected', String(id === panel.id));
      button.tabIndex = id === panel.id ? 0 : -1;
    }
    for (const one of made.values()) one.setSeen(false);
    if (!made.has(panel.id)) made.set(panel.id, makePanel(panel, context));
    const shown = made.get(panel.id);
    heading.textContent = panel.title;
    put(holder, shown.root);
    holder.scrollTop = 0;
    root.style.setProperty('--width', `${width()}px`);
    shown.setSeen(true);
  });
}

/** Creates a panel that is updated only while it is visible, and catches up afterward. */
function makePanel(panel, context) {
  let isSeen = true;
  const missed = new Set();
  let timer = 0;
  const catchUp = () => {
    timer = 0;
    const works = [...missed];
    missed.clear();
    for (const work of works) work(context.store.get());
  };
  const watch = (keys, work) => context.store.watch(keys, (state) => {
    if (isSeen && !state.drag) {
      work(state);
      return;
    }
    missed.add(work);
    // During a drag, the picture comes first; a few updates per second are enough here.
    if (isSeen) timer ||= setTimeout(catchUp, PATIENCE);
  });
  const root = panel.create({ ...context, watch });
  return {
    root,
    setSeen(seen) {
      isSeen = seen;
      if (seen) catchUp();
    },
  };
}

/**
 * Creates a bar that resizes a side, by pointer or arrow keys.
 * @param {HTMLElement} root
 * @param {'left'|'right'} side
 */
export function createSplitter(root, side, { get, set }) {
  const bar = el('div.splitter', {
    role: 'separator', 'aria-orientation': 'vertical', 'aria-label': texts.status.splitter, tabindex: '0',
  });
  const [narrowest, widest] = [190, () => Math.max(Math.round(innerWidth / 2), 200)];
  const limit = (pixels) => Math.round(clamp(pixels, narrowest, widest()));
  const say = () => {
    bar.setAttribute('aria-valuemin', String(narrowest));
    bar.setAttribute('aria-valuemax', String(widest()));
    bar.setAttribute('aria-valuenow', String(get()));
  };
  bar.addEventListener('pointerdown', (event) => {
    bar.setPointerCapture(event.pointerId);
    const [from, width] = [event.clientX, get()];
    const move = (to) => set(limit(width + (to.clientX - from) * (side === 'left' ? 1 : -1)));
    bar.addEventListener('pointermove', move);
    bar.addEventListener('lostpointercapture', () => {
      bar.removeEventListener('pointermove', move);
      say();
    }, { once: true });
    event.preventDefault();
  });
  bar.addEventListener('keydown', (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    set(limit(get() + way * 16 * (side === 'left' ? 1 : -1)));
    say();
  });
  say();
  return bar;
}
