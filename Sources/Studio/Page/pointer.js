/** Mouse, pen and fingers over the view: handles, orbit, pan, dolly. */

import { clamp, everyFrame, round } from './dom.js';
import { capital, isFixed, propOf } from './joints.js';
import { REACH } from './overlay.js';
import { stamp } from './stamps.js';
import { texts } from './texts.js';
import { toPicture } from './view.js';

/** Degrees of orbit per CSS pixel. */
const ORBIT = 0.4;
/** The pixels that a press can move and still be a click. */
const STILL = 4;
/** The milliseconds within which the server names the target under a pointer. */
const PICKING = 150;

/** The modifier keys that change the meaning of a pointer or another key. */
export const MODIFIERS = ['Shift', 'Alt', 'Control', 'Meta'];

/** Returns the path of a drag from the held keys; for figures, the server adapts them. */
export function pathOf(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return 'depth';
  return event.shiftKey ? 'floor' : 'picture';
}

/**
 * Listens to pointers over the view.
 * @param {HTMLElement} area
 * @param {{store: object, send: Function, act: object}} context
 * @param {{nearest: Function}} handles
 * @param {Function} onContext opens a menu at a point, within a number of milliseconds
 */
export function listenToPointers(area, { store, send, act }, handles, onContext) {
  const pointers = new Map();
  let gesture = null;

  const picture = (event) => toPicture(event, area.getBoundingClientRect(), store.get().size);
  const scale = () => store.get().size.width / area.getBoundingClientRect().width;
  const moves = createMoves(send, scale);
  const sendDrag = everyFrame((at, path) => {
    send({ type: 'drag', ...at, path, snap: store.get().snap, stamp: stamp() });
  });

  function down(event) {
    if (event.target.closest('button, input, select, .floating')) return;
    area.focus({ preventScroll: true });
    const isSecond = event.pointerType === 'touch' && pointers.size === 1;
    if (gesture && !isSecond) return;
    capture(event.pointerId);
    pointers.set(event.pointerId, event);
    if (isSecond) {
      end(true);
      gesture = { kind: 'pinch', last: spread(pointers) };
      return;
    }
    const reach = REACH[event.pointerType] ?? REACH.mouse;
    const handle = event.button === 0 && handles.nearest(event.clientX, event.clientY, reach);
    if (handle) take(event, handle);
    else gesture = { kind: kindOf(event), pointer: event.pointerId, start: event, last: event };
    event.preventDefault();
  }

  /** Keeps receiving a pointer outside the view; a pointer that is already gone cannot be captured. */
  function capture(pointer) {
    try {
      area.setPointerCapture(pointer);
    } catch {
      // A synthetic pointer, as from a test or a screen reader.
    }
  }

  function kindOf(event) {
    if (event.button === 1 || (event.button === 0 && event.shiftKey)) return 'pan';
    return 'orbit';
  }

  function take(event, handle) {
    const { as } = store.get();
    const path = pathOf(event);
    if (handle.character && handle.kind !== 'prop') {
      const joint = handle.kind === 'joint' ? handle.joint : null;
      const { selection } = store.get();
      if (selection.character !== handle.character || (joint && selection.joint !== joint)) {
        act.select(handle.character, joint);
      }
    } else if (propOf(handle)) {
      act.selectProp(propOf(handle));
    }
    const { figure } = store.get();
    if (isFixed(store.get(), handle)) {
      store.set({ said: capital(figure.fault ?? texts.pose.foreign) });
      gesture = { kind: 'none', pointer: event.pointerId, start: event, last: event };
      return;
    }
    const at = picture(event);
    gesture = {
      kind: 'drag', pointer: event.pointerId, handle, start: event, last: event, moved: false,
      off: { x: handle.x - at.x, y: handle.y - at.y },
    };
    send({ type: 'grab', handle: handle.handle, as });
    store.set({ drag: { handle: handle.handle, kind: handle.kind, path, as } });
  }

  function move(event) {
    if (pointers.has(event.pointerId)) pointers.set(event.pointerId, event);
    if (!gesture) {
      hover(event);
      return;
    }
    if (gesture.kind === 'pinch') {
      if (pointers.has(event.pointerId)) pinch();
      return;
    }
    if (event.pointerId !== gesture.pointer) return;
    const [x, y] = [event.clientX - gesture.last.clientX, event.clientY - gesture.last.clientY];
    const far = Math.hypot(event.clientX - gesture.start.clientX, event.clientY - gesture.start.clientY);
    if (!gesture.moved && far < STILL) return;
    gesture.moved = true;
    gesture.last = event;
    if (gesture.kind === 'drag') drag(event);
    else if (gesture.kind === 'pan') moves.pan(x, y);
    else if (gesture.kind === 'orbit') moves.orbit(-x * ORBIT, y * ORBIT);
  }

  /** Returns the handle's target: it keeps its distance from the pointer that grabbed it. */
  function target(event) {
    const { x, y } = picture(event);
    return { x: round(x + gesture.off.x, 1), y: round(y + gesture.off.y, 1) };
  }

  function drag(event) {
    const path = pathOf(event);
    sendDrag(target(event), path);
    const { drag: before } = store.get();
    if (before && before.path !== path) store.set({ drag: { ...before, path } });
  }

  function pinch() {
    const next = spread(pointers);
    moves.dolly(clamp(next.far / gesture.last.far, 0.5, 2));
    moves.pan(next.x - gesture.last.x, next.y - gesture.last.y);
    gesture.last = next;
  }

  /** Forgets a released or lost pointer; returns true if that ends its action. */
  function drop(event) {
    if (!pointers.delete(event.pointerId) || !gesture) return false;
    if (gesture.kind !== 'pinch') return event.pointerId === gesture.pointer;
    moves.flush();
    gesture = null;
    return false;
  }

  function up(event) {
    if (!drop(event)) return;
    const { kind, moved } = gesture;
    end(false);
    if (kind === 'orbit' && !moved && event.button === 0) pick(event);
    if (kind === 'orbit' && !moved && event.button === 2) context(event);
  }

  function pick(event) {
    const { hello } = store.get();
    if (hello?.features?.includes('pick')) send({ type: 'pick', ...picture(event) });
  }

  /** Opens the actions for the target under the pointer. */
  function context(event) {
    const handle = handles.nearest(event.clientX, event.clientY, REACH.mouse);
    if (handle?.character) act.select(handle.character, handle.joint ?? null);
    else pick(event);
    onContext({ x: event.clientX, y: event.clientY }, handle?.character ? 0 : PICKING);
  }

  /** Ends a pointer's action; a drag is canceled or becomes an edit. */
  function end(isCanceled) {
    if (!gesture) return;
    moves.flush();
    if (gesture.kind === 'drag') {
      if (isCanceled || !gesture.moved) sendDrag.drop();
      else sendDrag.flush();
      send({ type: isCanceled || !gesture.moved ? 'cancel' : 'release' });
      store.set({ drag: null });
    }
    gesture = null;
  }

  function hover(event) {
    if (event.pointerType === 'touch') return;
    const handle = event.target.closest?.('.floating') ? null
      : handles.nearest(event.clientX, event.clientY, REACH.mouse);
    store.set({ hover: handle?.handle ?? null });
    area.classList.toggle('over-handle', Boolean(handle));
  }

  function wheel(event) {
    if (event.target.closest?.('.floating')) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 30 : 1;
    moves.dolly(Math.exp(-clamp(event.deltaY * lines, -200, 200) * (event.ctrlKey ? 0.01 : 0.0016)));
  }

  function doubleClick(event) {
    const handle = handles.nearest(event.clientX, event.clientY, REACH.mouse);
    if (!handle?.character) return;
    const part = handle.joint === 'head' ? 'face' : /Hand$/.test(handle.joint ?? '') ? 'hands' : 'figure';
    act.frame(handle.character, part);
  }

  /** A modifier pressed or released during a drag changes the path immediately. */
  function keyed(event) {
    if (gesture?.kind !== 'drag' || !gesture.moved) return;
    if (!MODIFIERS.includes(event.key)) return;
    const path = pathOf(event);
    sendDrag(target(gesture.last), path);
    store.set({ drag: { ...store.get().drag, path } });
    event.preventDefault();
  }

  area.addEventListener('pointerdown', down);
  area.addEventListener('pointermove', move);
  area.addEventListener('pointerup', up);
  for (const lost of ['pointercancel', 'lostpointercapture']) {
    area.addEventListener(lost, (event) => drop(event) && end(true));
  }
  area.addEventListener('pointerleave', () => {
    if (!gesture) store.set({ hover: null });
  });
  area.addEventListener('wheel', wheel, { passive: false });
  area.addEventListener('dblclick', doubleClick);
  area.addEventListener('contextmenu', (event) => event.preventDefault());
  area.addEventListener('auxclick', (event) => event.preventDefault());
  window.addEventListener('keydown', keyed);
  window.addEventListener('keyup', keyed);
  // A new connection does not know the drag.
  store.watch(['connection'], ({ connection }) => connection === 'lost' && end(true));

  return {
    /** Cancels the current drag; returns false if there is none. */
    cancel() {
      if (gesture?.kind !== 'drag') return false;
      end(true);
      return true;
    },
  };
}

/** Accumulates orbits, pans and dollies, and sends the sum once per frame. */
function createMoves(send, scale) {
  let sum = { right: 0, up: 0, x: 0, y: 0, factor: 1 };
  const later = everyFrame(() => {
    const all = sum;
    sum = { right: 0, up: 0, x: 0, y: 0, factor: 1 };
    if (all.right || all.up) send({ type: 'orbit', right: all.right, up: all.up });
    if (all.x || all.y) send({ type: 'pan', x: all.x, y: all.y });
    if (all.factor !== 1) send({ type: 'dolly', factor: all.factor });
  });
  return {
    orbit(right, up) {
      sum.right += right;
      sum.up += up;
      later();
    },
    pan(x, y) {
      sum.x += x * scale();
      sum.y += y * scale();
      later();
    },
    dolly(factor) {
      sum.factor *= factor;
      later();
    },
    flush: () => later.flush(),
  };
}

function spread(pointers) {
  const [a, b] = [...pointers.values()];
  return {
    x: (a.clientX + b.clientX) / 2,
    y: (a.clientY + b.clientY) / 2,
    far: Math.max(Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), 1),
  };
}
