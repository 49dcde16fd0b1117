/** The overlays between picture and handles: the canvas' frame, thirds, balance, the plate. */

import { address } from './connection.js';
import { el, put, set, svg } from './dom.js';
import { say, texts } from './texts.js';
import { toScreen } from './view.js';
import { sceneOf } from './state.js';

/**
 * Creates the guides.
 * @param {{store: object}} context
 */
export function createGuides({ store }) {
  const outside = svg('path.outside', { 'fill-rule': 'evenodd' });
  const frame = svg('g.canvas-frame', {}, svg('rect.below'), svg('rect'));
  const size = svg('text', { x: 5, y: 12 });
  const tag = svg('g.canvas-size', {}, svg('rect', { height: 16, rx: 2 }), size);
  const thirds = svg('path.thirds');
  const centers = svg('path.centers');
  const balance = svg('g.balance');
  const root = svg('svg.guides', { 'aria-hidden': 'true' },
    outside, thirds, centers, balance, frame, tag);
  const plate = createPlate(store);

  function update(state) {
    const { view } = state;
    root.classList.toggle('free', view?.camera?.isScene === false);
    const box = root.getBoundingClientRect();
    if (!view || !box.width) return;
    const place = toScreen(view, box);
    const hasFrame = Array.isArray(view.frame);
    for (const one of [outside, frame, tag]) one.style.display = hasFrame ? '' : 'none';
    if (hasFrame) showFrame(state, place, box);
    else plate.hide();
    showBalance(state, place);
  }

  function showFrame(state, place, box) {
    const [x, y] = place(state.view.frame);
    const [w, h] = place(state.view.frame.slice(2));
    set(outside, { d: `M0 0H${box.width}V${box.height}H0zM${x} ${y}h${w}v${h}h${-w}z` });
    for (const one of frame.children) set(one, { x, y, width: Math.max(w, 0), height: Math.max(h, 0) });
    const canvas = sceneOf(state).canvas;
    const words = Array.isArray(canvas) ? say(texts.view.canvas, { width: canvas[0], height: canvas[1] }) : '';
    if (size.textContent !== words) size.textContent = words;
    set(tag.firstChild, { width: words.length * 6.4 + 8 });
    set(tag, { transform: `translate(${x + 4} ${Math.min(y + h, box.height) - 20})` });
    thirds.style.display = centers.style.display = state.thirds ? '' : 'none';
    set(thirds, {
      d: [1, 2].map((n) => `M${x + w * n / 3} ${y}v${h}M${x} ${y + h * n / 3}h${w}`).join(''),
    });
    set(centers, { d: `M${x + w / 2} ${y}v${h}M${x} ${y + h / 2}h${w}` });
    plate.place(x, y, w, h);
  }

  function showBalance(state, place) {
    balance.replaceChildren();
    if (!state.balance) return;
    for (const one of state.view.balance ?? []) {
      if (state.hidden.has(one.character) || !one.center) continue;
      if (one.character !== state.selection.character) continue;
      const support = (one.support ?? []).map((point) => place(point).join(' '));
      const [x, y] = place(one.center);
      const words = one.isBalanced ? texts.view.balanced : texts.view.falling;
      const group = svg(one.isBalanced ? 'g.stands' : 'g.falls', {},
        svg('title', { text: say(words, { id: one.character }) }),
        support.length > 1 && svg('path.support', { d: `M${support.join('L')}z` }),
        svg('path.center', { d: `M${x - 7} ${y}h14M${x} ${y - 7}v14` }),
        svg('circle.center', { cx: x, cy: y, r: 4 }));
      balance.append(group);
    }
  }

  store.watch(['view', 'thirds', 'balance', 'selection', 'hidden', 'size'], update);
  return { root, plate: plate.root };
}

/** Shows the background picture behind the figures, with the chosen opacity; never in the maps. */
function createPlate(store) {
  const root = el('div.plate');
  let shown = null;
  let isPlaced = false;
  // The document and the picture that it belongs to can arrive in either order.
  const show = () => { root.hidden = shown === null || !isPlaced; };
  store.watch(['document', 'plate'], (state) => {
    const name = sceneOf(state).plate;
    const key = typeof name === 'string' ? name : null;
    root.style.opacity = state.plate;
    if (key === shown) return;
    shown = key;
    put(root, key && el('img', {
      src: address('/plate', { name: key }), alt: texts.view.plateAlt, draggable: 'false',
      // The issues report what is wrong with it.
      onerror: () => put(root),
    }));
    show();
  });
  return {
    root,
    place(x, y, width, height) {
      isPlaced = true;
      show();
      Object.assign(root.style, {
        left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px`,
      });
    },
    hide() {
      isPlaced = false;
      show();
    },
  };
}
