/** Handles by keyboard: arrow keys grab the focused handle, move it, and release it. */

import { round } from './dom.js';
import { MODIFIERS, pathOf } from './pointer.js';

/** The pixels of the picture that a key press moves a handle; a held key repeats. */
const STEP = 6;
/** The milliseconds without a key press after which the handle is released. */
const PAUSE = 600;

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Listens to keys over the handles.
 * @param {SVGElement} overlay
 * @param {{store: object, send: Function, act: object}} context
 */
export function listenToNudges(overlay, { store, send, act }) {
  let held = null;
  let timer = 0;

  function find(element) {
    const name = element?.closest?.('.handle')?.dataset.handle;
    return store.get().view?.handles?.find((one) => one.handle === name);
  }

  function press(event) {
    const handle = find(event.target);
    if (!handle) return;
    if (event.key === 'Enter' || event.key === ' ') {
      choose(handle);
    } else if (event.key === 'Escape' && held) {
      letGo('cancel');
    } else if (ARROWS[event.key]) {
      nudge(handle, ARROWS[event.key], event);
    } else {
      // Another key, such as undo, affects the whole run.
      if (!MODIFIERS.includes(event.key)) letGo('release');
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function choose(handle) {
    if (held) letGo('release');
    if (handle.kind === 'prop') act.selectProp(handle.prop ?? handle.handle.replace(/^props\./, ''));
    else if (handle.character) act.select(handle.character, handle.joint ?? null);
  }

  function nudge(handle, [x, y], event) {
    if (held && held.name !== handle.handle) letGo('release');
    const path = pathOf(event);
    if (!held) take(handle, path);
    held.x = round(held.x + x * STEP, 1);
    held.y = round(held.y + y * STEP, 1);
    send({ type: 'drag', x: held.x, y: held.y, path, snap: store.get().snap });
    clearTimeout(timer);
    timer = setTimeout(() => letGo('release'), PAUSE);
  }

  function take(handle, path) {
    const { as } = store.get();
    held = { name: handle.handle, x: handle.x, y: handle.y };
    if (handle.character && handle.joint) act.select(handle.character, handle.joint);
    send({ type: 'grab', handle: handle.handle, as });
    store.set({ drag: { handle: handle.handle, kind: handle.kind, path, as } });
  }

  function letGo(type) {
    clearTimeout(timer);
    if (!held) return;
    held = null;
    send({ type });
    store.set({ drag: null });
  }

  overlay.addEventListener('keydown', press);
  overlay.addEventListener('focusout', () => held && letGo('release'));
}
