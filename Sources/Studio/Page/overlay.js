/** The handles over the picture, as SVG: visible, touchable, and named for screen readers. */

import { clamp, set, svg } from './dom.js';
import { capital, handleWords, isFixed, propOf, sideOf } from './joints.js';
import { texts } from './texts.js';
import { toScreen } from './view.js';

/** The distance from a handle's center at which a pointer grabs it, in CSS pixels. */
export const REACH = { mouse: 13, pen: 16, touch: 26 };

/**
 * Creates the layer of handles.
 * @param {{store: object}} context
 */
export function createHandles({ store }) {
  const rings = svg('g.rings', {}, svg('path.ring.below'), svg('path.ring'));
  const handles = svg('g.handles');
  const targets = svg('g.targets');
  const label = svg('g.label', { 'aria-hidden': 'true' }, svg('rect', { rx: 3, height: 20 }),
    svg('text', { y: 14, x: 7 }));
  const root = svg('svg.overlay', {}, rings, targets, handles, label);
  const made = new Map();
  let scale = '1';

  function update(state) {
    const { view } = state;
    const box = root.getBoundingClientRect();
    if (!view || !box.width) return;
    const place = toScreen(view, box);
    const isMine = (handle) => handle.character === state.selection.character;
    const all = state.handles ? view.handles ?? [] : [];
    // The selected figure's handles are above the others', which end where hands meet.
    const shown = [...all.filter((one) => !isMine(one)), ...all.filter(isMine)];
    const names = new Set();
    // A larger view has larger handles, since a larger screen is farther away.
    scale = clamp(box.height / 640, 1, 1.5).toFixed(2);
    root.classList.toggle('dragging', Boolean(state.drag));
    let ring = '';
    for (const handle of shown) {
      if (state.hidden.has(handle.character ?? propOf(handle))) continue;
      if (handle.kind === 'yaw' && handle.character !== state.selection.character) continue;
      names.add(handle.handle);
      const element = made.get(handle.handle) ?? make(handle);
      move(element, handle, place, state);
      if (handle.ring && handle.kind === 'yaw') ring = ringOf(handle.ring, place);
    }
    for (const [name, element] of made) {
      if (names.has(name)) continue;
      element.remove();
      made.delete(name);
    }
    for (const path of rings.children) set(path, { d: ring });
    order(shown, names);
    showTargets(view, place, state);
    showLabel(state, place, box);
  }

  function make(handle) {
    const element = svg(`g.handle.${handle.kind}`, {
      role: 'button', 'aria-roledescription': texts.handles.role,
      data: { handle: handle.handle, side: handle.joint ? sideOf(handle.joint) : 'middle' },
    }, svg('circle.hit', { r: REACH.mouse }), pinOf(), shapeOf(handle.kind));
    made.set(handle.handle, element);
    handles.append(element);
    return element;
  }

  function move(element, handle, place, state) {
    const [x, y] = place([handle.x, handle.y]);
    const { selection, drag } = state;
    const mine = (handle.character ?? null) === selection.character && Boolean(handle.character);
    const isProp = handle.kind === 'prop' && propOf(handle) === selection.prop;
    const active = drag ? drag.handle === handle.handle
      : (mine && handle.kind === 'joint' && handle.joint === selection.joint) || isProp;
    set(element, {
      transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale})`,
      'aria-label': handleWords(state, handle),
      tabindex: mine || handle.kind === 'prop' ? 0 : -1,
      'aria-pressed': active,
    });
    element.classList.toggle('other', !mine && handle.kind !== 'prop');
    element.classList.toggle('fixed', mine && isFixed(state, handle));
    element.classList.toggle('active', active);
    element.classList.toggle('hover', state.hover === handle.handle);
    element.classList.toggle('pinned', mine && isPinned(state, handle));
  }

  /** Keeps the elements in the scene's order, so that Tab goes from head to foot. */
  function order(shown, names) {
    let before = null;
    for (const handle of shown) {
      if (!names.has(handle.handle)) continue;
      const element = made.get(handle.handle);
      const next = before ? before.nextSibling : handles.firstChild;
      if (next !== element && document.activeElement !== element) handles.insertBefore(element, next);
      before = element;
    }
  }

  function showTargets(view, place, state) {
    targets.replaceChildren();
    if (!state.drag) return;
    for (const target of view.targets ?? []) {
      const [x, y] = place(target.at ?? [target.x, target.y]);
      const isSnapped = target.name === view.snapped;
      targets.append(svg(isSnapped ? 'g.target.snapped' : 'g.target',
        { transform: `translate(${x} ${y})` },
        svg('circle', { r: isSnapped ? 9 : 4 }), svg('circle.middle', { r: 1.5 })));
    }
  }

  function showLabel(state, place, box) {
    const name = state.drag?.handle ?? state.hover ?? focused();
    const handle = name && state.view.handles?.find((one) => one.handle === name);
    label.style.display = handle ? '' : 'none';
    if (!handle) return;
    const text = label.lastChild;
    const snapped = state.drag && state.view.snapped && snapWords(state.view);
    text.textContent = capital(handleWords(state, handle)) + (snapped ? ` → ${snapped}` : '');
    const width = text.getComputedTextLength() + 14;
    label.firstChild.setAttribute('width', width);
    const [x, y] = place([handle.x, handle.y]);
    const left = Math.min(x + 14, box.width - width - 4);
    label.setAttribute('transform', `translate(${Math.max(left, 4)} ${Math.max(y - 30, 4)})`);
  }

  function focused() {
    const active = document.activeElement;
    return root.contains(active) && active.matches(':focus-visible') ? active.dataset.handle : null;
  }

  root.addEventListener('focusin', () => update(store.get()));
  root.addEventListener('focusout', () => update(store.get()));
  store.watch(['view', 'selection', 'drag', 'hover', 'hidden', 'handles', 'size', 'figure'], update);

  return { root, nearest: (x, y, reach) => nearest(store.get(), root, made, x, y, reach) };
}

/** Returns whether a goal fixes a handle in place. */
function isPinned({ figure, selection }, { kind, joint }) {
  if (figure?.character !== selection.character) return false;
  const goals = figure.goals ?? {};
  if (kind === 'gaze') return Boolean(goals.look);
  if (kind === 'seat') return Boolean(goals.seat);
  return kind === 'joint' && goals.reach?.[joint] !== undefined;
}

function snapWords({ snapped, targets = [] }) {
  return targets.find((one) => one.name === snapped)?.words ?? snapped;
}

/** Returns the handle that a pointer grabs: among those in reach, the selected figure's first. */
function nearest(state, root, made, x, y, reach) {
  const box = root.getBoundingClientRect();
  if (!state.view || !state.handles) return null;
  const place = toScreen(state.view, box);
  let best = null;
  let least = Infinity;
  for (const handle of state.view.handles ?? []) {
    if (!made.has(handle.handle)) continue;
    const at = place([handle.x, handle.y]);
    const far = Math.hypot(at[0] + box.left - x, at[1] + box.top - y);
    if (far > reach) continue;
    const isMine = handle.character && handle.character === state.selection.character;
    const cost = far + (isMine ? 0 : reach * 0.6) + (handle.kind === 'joint' ? 0 : 3);
    if (cost < least) [best, least] = [handle, cost];
  }
  return best;
}

function shapeOf(kind) {
  switch (kind) {
    case 'figure':
      return svg('path.dot', { d: 'M0-7 9 0 0 7-9 0z' });
    case 'prop':
      return svg('rect.dot', { x: -5, y: -5, width: 10, height: 10, rx: 1 });
    case 'seat':
      return svg('path.dot', { d: 'M-6-5v10H6V0h-7v-5z' });
    case 'gaze':
      return svg('g', {}, svg('path.dot', { d: 'M-9 0Q0-9 9 0 0 9-9 0z' }), svg('circle.pupil', { r: 2.4 }));
    case 'yaw': {
      const d = 'M-6-2A6.5 6.5 0 1 1-4 5M-6-2l-2.5-3.5M-6-2l4-1.2';
      return svg('g', {}, svg('path.turn.below', { d }), svg('path.turn', { d }));
    }
    default:
      return svg('g', {}, svg('circle.halo', { r: 6.6 }), svg('circle.dot', { r: 5 }));
  }
}

/** The mark of a handle that a goal fixes. */
function pinOf() {
  const square = { x: -7.5, y: -7.5, width: 15, height: 15 };
  return svg('g.pin', {}, svg('rect.below', square), svg('rect', square));
}

function ringOf(points, place) {
  const path = points.map((point) => place(point).map((one) => one.toFixed(1)).join(' '));
  return `M${path.join('L')}z`;
}
