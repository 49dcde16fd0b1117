/** Builds elements. Everything from the server enters the page as text, never as markup. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Creates an HTML element.
 * @param {string} name tag and classes, such as `button.primary`
 * @param {object} [given] attributes; `on…` are listeners, `text` is its text, `data` its data set
 * @param {...(Node|string|null|undefined|false|Array)} children
 * @returns {HTMLElement}
 */
export function el(name, given = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag || 'div');
  if (classes.length) element.classList.add(...classes);
  return fill(element, given, children);
}

/**
 * Creates an SVG element, like `el`.
 * @returns {SVGElement}
 */
export function svg(name, given = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElementNS(SVG, tag);
  if (classes.length) element.classList.add(...classes);
  return fill(element, given, children);
}

function fill(element, given, children) {
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2).toLowerCase(), value);
    else if (key === 'text') element.textContent = value;
    else if (key === 'data') Object.assign(element.dataset, value);
    else if (key === 'value') element.value = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

/**
 * Creates an icon from `icons.svg`, hidden from screen readers: its button has the name.
 * @param {string} name
 */
export function icon(name) {
  const use = svg('use');
  use.setAttribute('href', `#icon-${name}`);
  return svg('svg.icon', { viewBox: '0 0 20 20', 'aria-hidden': 'true' }, use);
}

/**
 * Loads the icons into the page once, so that they are available even without the server.
 * @param {string} path
 */
export async function loadIcons(path) {
  const text = await (await fetch(path)).text();
  const symbols = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  for (const symbol of symbols.querySelectorAll('symbol')) symbol.id = `icon-${symbol.id}`;
  const holder = document.importNode(symbols, true);
  holder.setAttribute('hidden', '');
  holder.setAttribute('aria-hidden', 'true');
  document.body.append(holder);
}

/** Sets the attributes that changed: each attribute that is set causes a repaint. */
export function set(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    const text = String(value);
    if (element.getAttribute(key) !== text) element.setAttribute(key, text);
  }
}

/** Replaces all children of an element. */
export function put(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** Limits a number to a range. */
export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** Rounds to a number of decimals. */
export function round(value, decimals = 0) {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}

/**
 * Returns a function that does work immediately, and then at most once per animation frame with the
 * latest arguments; its `flush` does pending work, so that nothing is lost at the end.
 */
export function everyFrame(work) {
  let waiting = null;
  let request = 0;
  const run = () => {
    const given = waiting;
    waiting = null;
    work(...given);
  };
  const frame = () => {
    request = 0;
    if (!waiting) return;
    request = requestAnimationFrame(frame);
    run();
  };
  const later = (...given) => {
    waiting = given;
    if (request) return;
    request = requestAnimationFrame(frame);
    run();
  };
  later.flush = () => {
    if (waiting) run();
  };
  later.drop = () => {
    waiting = null;
  };
  return later;
}

/** Returns a function that waits for a pause before it does its work. */
export function afterPause(work, milliseconds) {
  let timer = 0;
  const later = (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), milliseconds);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

/** Stores small preferences, such as a panel's width; private windows may forbid it. */
export const memory = {
  get(key, otherwise) {
    try {
      const text = localStorage.getItem(`posemap.${key}`);
      return text === null ? otherwise : JSON.parse(text);
    } catch {
      return otherwise;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(`posemap.${key}`, JSON.stringify(value));
    } catch {
      // Nothing depends on it.
    }
  },
};
