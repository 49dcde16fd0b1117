/** The picture drawn by the server, on a canvas with the screen's resolution. */

import { afterPause, el } from './dom.js';
import { latencyOf } from './stamps.js';
import { hasErrors } from './state.js';
import { texts } from './texts.js';

/** The widest picture that is requested, in pixels: a server without a GPU draws it. */
const WIDEST = 2560;
/** The smallest side that the server draws. */
const SMALLEST = 64;

/**
 * Creates the picture, and requests one of its size whenever that changes.
 * @param {{store: object, send: Function}} context
 * @param {Node} plate the content behind a picture that is transparent where it is empty
 */
export function createPicture({ store, send }, plate) {
  const canvas = el('canvas.picture', { role: 'img', 'aria-label': texts.view.picture });
  const waiting = el('p.waiting', { text: texts.view.waiting });
  const root = el('div.picture-frame', {}, plate, canvas, waiting);
  const context = canvas.getContext('2d');
  const rate = countRate(store);
  store.watch(['document', 'view'], (state) => {
    waiting.hidden = Boolean(state.view) || hasErrors(state);
  });

  /** Requests pictures of the element's size, in the screen's pixels. */
  function ask() {
    const box = root.getBoundingClientRect();
    if (box.width < SMALLEST || box.height < SMALLEST) return;
    const scale = Math.min(window.devicePixelRatio || 1, WIDEST / box.width);
    const width = Math.round(box.width * scale);
    const height = Math.round(box.height * scale);
    const before = store.get().size;
    if (before.width === width && before.height === height) return;
    store.set({ size: { width, height, scale } });
    send({ type: 'view', width, height });
  }

  const later = afterPause(ask, 80);
  new ResizeObserver(() => (store.get().view ? later() : ask())).observe(root);
  watchDensity(later);

  async function draw(header, bytes) {
    const { width, height } = header;
    if (header.format === 'rgba') {
      const pixels = new Uint8ClampedArray(bytes.buffer, bytes.byteOffset, width * height * 4);
      fit(width, height);
      context.putImageData(new ImageData(pixels, width, height), 0, 0);
      return;
    }
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    fit(width, height);
    // A picture in front of a plate is transparent where it is empty.
    context.globalCompositeOperation = 'copy';
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
  }

  function fit(width, height) {
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
  }

  return {
    root,
    /** Sends the size again, for example to a newly connected server. */
    introduce() {
      const { width, height } = store.get().size;
      if (width > 1) send({ type: 'view', width, height });
      else ask();
    },
    /** Draws a picture, acknowledges it to the server, and then notifies the others. */
    async show(header, bytes) {
      try {
        await draw(header, bytes);
      } finally {
        send({ type: 'shown', number: header.number });
      }
      const latency = latencyOf(header.stamp);
      if (latency !== null) store.set({ latency });
      rate(header);
      store.set({ view: header });
      root.parentElement?.setAttribute('data-number', header.number);
      root.parentElement?.setAttribute('data-revision', header.revision);
      root.parentElement?.toggleAttribute('data-moving', Boolean(header.isMoving));
    },
  };
}

/** Calls a function whenever the window moves to a screen with another density. */
function watchDensity(work) {
  matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`).addEventListener('change', () => {
    work();
    watchDensity(work);
  }, { once: true });
}

/** Counts the pictures per second while something moves. */
function countRate(store) {
  let times = [];
  return (header) => {
    const now = performance.now();
    if (!header.isMoving) {
      times = [];
      return;
    }
    times.push(now);
    times = times.filter((time) => now - time < 1000);
    if (times.length > 2) {
      store.set({ rate: Math.round((times.length - 1) * 1000 / (now - times[0])) });
    }
  };
}

/**
 * Returns a function from the view's pixels to CSS pixels. Positions in a header are in the view's
 * full size, even if its picture is smaller.
 */
export function toScreen(header, box) {
  const [width, height] = header.view ?? [header.width, header.height];
  const x = box.width / width;
  const y = box.height / height;
  return (point) => [point[0] * x, point[1] * y];
}

/** Returns the position of a pointer in pixels of the requested picture. */
export function toPicture(event, box, size) {
  return {
    x: Math.round((event.clientX - box.left) * size.width / box.width * 10) / 10,
    y: Math.round((event.clientY - box.top) * size.height / box.height * 10) / 10,
  };
}
