/** Dragging a picture from the library onto a figure, by mouse, pen or finger. */

import { el } from '../dom.js';
import { say, texts } from '../texts.js';
import { toPicture, toScreen } from '../view.js';

/** The pixels of movement at which a press becomes a drag rather than a click. */
const STILL = 6;
/** Milliseconds after which a resting finger drags instead of scrolling. */
const HOLD = 250;
/** The distance from its handles at which a figure is still targeted, in CSS pixels. */
const MARGIN = 28;

/**
 * Makes an element draggable.
 * @param {HTMLElement} element
 * @param {{store: object, page: object}} context
 * @param {{isOntoFloor: boolean, needsFigure: boolean, addsFigure: boolean, ofHands: boolean,
 *   drop: Function}} given `drop` receives the figure, the pixel, and a hand's side
 */
export function dragOut(element, context, given) {
  let start = null;
  let ghost = null;
  let wasDragged = false;

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    wasDragged = false;
    start = { x: event.clientX, y: event.clientY, time: event.timeStamp, pointer: event.pointerId };
    // A finger stays with its element anyway, and can still scroll.
    if (event.pointerType !== 'touch') element.setPointerCapture(event.pointerId);
  });
  element.addEventListener('pointermove', (event) => {
    if (!start || event.pointerId !== start.pointer) return;
    const far = Math.hypot(event.clientX - start.x, event.clientY - start.y);
    if (!ghost) {
      const isSideways = Math.abs(event.clientX - start.x) > Math.abs(event.clientY - start.y);
      const isMeant = event.pointerType !== 'touch' || isSideways || event.timeStamp - start.time > HOLD;
      if (far < STILL || !isMeant) return;
      ghost = beginGhost(element);
      window.addEventListener('keydown', giveUp, true);
    }
    follow(event);
  });
  element.addEventListener('pointerup', (event) => {
    if (ghost) {
      const goal = goalUnder(event, context, given);
      wasDragged = true;
      if (goal) given.drop(goal.character, goal.pixel, goal.side);
    }
    end();
  });
  // Also when the list is rebuilt under the pointer.
  for (const lost of ['pointercancel', 'lostpointercapture']) element.addEventListener(lost, end);
  element.addEventListener('click', (event) => {
    if (!wasDragged) return;
    wasDragged = false;
    event.stopImmediatePropagation();
  }, true);

  function follow(event) {
    const goal = goalUnder(event, context, given);
    ghost.root.style.transform = `translate(${event.clientX + 10}px, ${event.clientY + 10}px)`;
    ghost.words.textContent = goal ? wordsOf(goal, given) : '';
    ghost.root.classList.toggle('can-drop', Boolean(goal));
    mark(goal?.character ?? null);
  }

  function giveUp(event) {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    wasDragged = true;
    end();
  }

  function end() {
    window.removeEventListener('keydown', giveUp, true);
    ghost?.root.remove();
    ghost = null;
    start = null;
    mark(null);
  }
}

function wordsOf(goal, { addsFigure }) {
  if (goal.side) return say(texts.handles.of, { part: texts.handles[`${goal.side}Hand`], id: goal.character });
  if (goal.character) return say(texts.view.dropHere, { id: goal.character });
  return addsFigure ? texts.view.dropNew : texts.view.dropFloor;
}

function beginGhost(element) {
  const image = element.querySelector('img').cloneNode();
  const words = el('span');
  const root = el('div.ghost', { 'aria-hidden': 'true' }, image, words);
  document.body.append(root);
  return { root, words };
}

function mark(character) {
  for (const row of document.querySelectorAll('.row[data-character]')) {
    row.classList.toggle('drop-goal', row.dataset.character === character);
  }
}

/** Returns the target under a pointer: a row of the list, a figure in the view, or the floor. */
function goalUnder(event, { store, page }, { isOntoFloor, needsFigure, addsFigure, ofHands }) {
  const under = document.elementFromPoint(event.clientX, event.clientY);
  const row = under?.closest('.row[data-character]');
  if (row && needsFigure) return { character: row.dataset.character };
  if (!under || !page.area.contains(under)) return null;
  const box = page.area.getBoundingClientRect();
  const pixel = toPicture(event, box, store.get().size);
  if (isOntoFloor) return { character: null, pixel };
  const at = [event.clientX - box.left, event.clientY - box.top];
  const { view } = store.get();
  const character = view && figureAt(view, box, ...at);
  if (character && ofHands) return { character, pixel, side: nearest(view, box, ...at, handOf(character))?.joint.slice(0, -4) };
  return character || addsFigure || !needsFigure ? { character, pixel } : null;
}

/** Returns the figure whose handles surround a point; among several, the one with the nearest handle. */
function figureAt(view, box, x, y) {
  const around = figuresAround(view, box, x, y);
  return nearest(view, box, x, y, (one) => one.kind === 'joint' && around.has(one.character))?.character ?? null;
}

function figuresAround(view, box, x, y) {
  const place = toScreen(view, box);
  const bounds = new Map();
  for (const { kind, character, x: left, y: top } of view.handles ?? []) {
    if (kind !== 'joint') continue;
    const [u, w] = place([left, top]);
    const one = bounds.get(character) ?? [u, w, u, w];
    bounds.set(character, [Math.min(one[0], u), Math.min(one[1], w), Math.max(one[2], u), Math.max(one[3], w)]);
  }
  return new Set([...bounds].filter(([, [a, b, c, d]]) =>
    x > a - MARGIN && x < c + MARGIN && y > b - MARGIN && y < d + MARGIN).map(([id]) => id));
}

const handOf = (character) => (handle) => handle.character === character && /Hand$/.test(handle.joint ?? '');

function nearest(view, box, x, y, test) {
  const place = toScreen(view, box);
  let best = null;
  let least = Infinity;
  for (const handle of view.handles ?? []) {
    if (!test(handle)) continue;
    const [left, top] = place([handle.x, handle.y]);
    const far = Math.hypot(left - x, top - y);
    if (far < least) [best, least] = [handle, far];
  }
  return best;
}
