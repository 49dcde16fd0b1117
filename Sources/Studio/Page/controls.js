/** Labeled buttons, sliders and fields; each reports its value while it changes. */

import { clamp, el, everyFrame, icon, put, round } from './dom.js';
import { texts } from './texts.js';

let numbers = 0;

/** Returns an id that no other element has. */
export const freshID = (stem) => `${stem}-${(numbers += 1)}`;

/**
 * Creates a button.
 * @param {{label: string, icon?: string, title?: string, key?: string, press: Function,
 *   class?: string, isIconOnly?: boolean, pressed?: boolean}} given `key` is its shortcut
 */
export function button(given) {
  const { label, title, press, pressed, key } = given;
  const hint = title ?? (given.isIconOnly || key ? label : null);
  const element = el('button', {
    type: 'button', class: given.class ?? '', title: withKey(hint, key), data: key ? { key } : {},
    'aria-label': given.isIconOnly ? label : null, onclick: press,
    'aria-pressed': pressed === undefined ? null : String(pressed),
  }, given.icon && icon(given.icon), !given.isIconOnly && el('span', { text: label }));
  if (given.isIconOnly) element.classList.add('icon-button');
  return element;
}

/** Updates whether a toggle is on. */
export function setPressed(element, on) {
  element.setAttribute('aria-pressed', String(Boolean(on)));
}

/** Returns a hint with the key that does the same. */
const withKey = (hint, key) => (hint && key ? `${hint} (${key})` : hint);

/** Updates the name of a button. */
export function setName(element, name) {
  element.title = withKey(name, element.dataset.key);
  if (element.hasAttribute('aria-label')) element.setAttribute('aria-label', name);
}

/**
 * Creates buttons of which one is on.
 * @param {{label: string, choices: {value: string, label: string, title?: string}[],
 *   choose: Function}} given
 */
export function choiceBar({ label, choices, choose }) {
  const buttons = choices.map((choice) => button({
    label: choice.label, title: choice.title, icon: choice.icon, key: choice.key, pressed: false,
    press: () => choose(choice.value),
  }));
  const root = el('div.choice-bar', { role: 'group', 'aria-label': label }, buttons);
  return {
    root,
    set(value) {
      choices.forEach((choice, index) => setPressed(buttons[index], choice.value === value));
    },
  };
}

/**
 * Creates a list to choose from.
 * @param {{label: string, choose: Function, isHidden?: boolean}} given
 */
export function choice({ label, choose, isLabelHidden = false }) {
  const id = freshID('choice');
  const list = el('select', { id, onchange: () => choose(list.value) });
  if (isLabelHidden) list.setAttribute('aria-label', label);
  const root = isLabelHidden ? list
    : el('div.field', {}, el('label', { for: id, text: label }), list);
  let shown = '';
  return {
    root,
    list,
    /** Sets the options: `{value, label}`, or with `group` and `choices`. */
    set(choices, value) {
      const key = JSON.stringify(choices);
      if (key !== shown) put(list, choices.map(optionOf));
      shown = key;
      if (document.activeElement !== list || list.value !== value) list.value = value ?? '';
    },
  };
}

function optionOf(given) {
  if (given.group) return el('optgroup', { label: given.group }, given.choices.map(optionOf));
  const option = el('option', { text: given.label });
  option.value = given.value;
  return option;
}

/**
 * Creates a check box.
 * @param {{label: string, title?: string, choose: Function}} given
 */
export function tick({ label, title, choose }) {
  const box = el('input', { type: 'checkbox', onchange: () => choose(box.checked) });
  const root = el('label.tick', { title }, box, el('span', { text: label }));
  return {
    root,
    /** Shows whether it is on, or that this is neither set nor known. */
    set(on, isOpen = false) {
      box.checked = Boolean(on);
      box.indeterminate = isOpen;
    },
    get: () => box.checked,
  };
}

/**
 * Creates a line of text that reports its value once editing is done.
 * @param {{label: string, choose: Function, isLong?: boolean, hint?: string}} given
 */
export function line({ label, choose, isLong = false, hint, isLabelHidden = false }) {
  const id = freshID('line');
  const field = el(isLong ? 'textarea' : 'input', {
    id, rows: isLong ? 2 : null, placeholder: hint, spellcheck: isLong ? 'true' : 'false',
    autocomplete: 'off', 'aria-label': isLabelHidden ? label : null,
    onchange: () => choose(field.value),
  });
  if (!isLong) field.addEventListener('keydown', (event) => event.key === 'Enter' && field.blur());
  const root = isLabelHidden ? field
    : el(isLong ? 'div.field.tall' : 'div.field', {}, el('label', { for: id, text: label }), field);
  return {
    root,
    field,
    get: () => field.value,
    set(value) {
      if (document.activeElement !== field) field.value = value ?? '';
    },
  };
}

/**
 * Creates a slider with a number beside it.
 *
 * `begin` and `end` enclose a gesture, which is one undo step; `change` receives the latest value
 * once per frame, and always the final one.
 * @param {{label: string, shown?: string, low: number, high: number, step?: number,
 *   decimals?: number, unit?: string, ends?: string[], title?: string, change: Function, begin?: Function,
 *   end?: Function, reset?: Function, isNumberFree?: boolean, isTall?: boolean}} given
 */
export function slider(given) {
  const { label, step = 1, decimals = 0, unit = '', ends, title, isTall = false } = given;
  let { low, high } = given;
  const id = freshID('slider');
  const range = el('input', { id, type: 'range', min: low, max: high, step: 'any', title });
  const number = el('input.number', {
    type: 'text', inputmode: 'decimal', 'aria-label': `${label}${unit ? ` (${unit})` : ''}`,
    autocomplete: 'off',
  });
  const reset = given.reset && button({
    label: `${label}: ${texts.body.reset}`, icon: 'reset', isIconOnly: true, class: 'quiet small',
    press: given.reset,
  });
  const name = el('label', { for: id, text: given.shown ?? label, title: title ?? label });
  if (given.shown) range.setAttribute('aria-label', label);
  const hasEnds = Boolean(ends && (ends[0] || ends[1]));
  const root = hasEnds || isTall
    ? el('div.slider', {}, el('div.slider-head', {}, name, hasEnds && el('span.ends', {
      'aria-hidden': 'true', text: `${ends[0]} ↔ ${ends[1]}`,
    })), el('div.slider-row', {}, range, number, reset))
    : el('div.slider.slider-row', {}, name, range, number, reset);
  const tell = everyFrame((value) => given.change(value));
  let isBusy = false;
  let waiting = 0;

  const begin = () => {
    clearTimeout(waiting);
    if (isBusy) return;
    isBusy = true;
    given.begin?.();
  };
  const end = () => {
    clearTimeout(waiting);
    if (!isBusy) return;
    tell.flush();
    isBusy = false;
    given.end?.();
  };

  range.addEventListener('pointerdown', begin);
  range.addEventListener('input', () => {
    begin();
    const value = round(Math.round(range.value / step) * step, 6);
    paint(value);
    tell(value);
  });
  range.addEventListener('change', () => {
    // Each key press is a change; a run of presses is one undo step.
    clearTimeout(waiting);
    waiting = setTimeout(end, range.matches(':active') ? 0 : 500);
  });
  range.addEventListener('pointerup', () => setTimeout(end, 0));
  range.addEventListener('pointercancel', end);
  range.addEventListener('blur', end);
  range.addEventListener('keydown', (event) => stepByKey(event, range, low, high, step));
  number.addEventListener('change', commit);
  // Retyping a number that is only displayed as a default sets it: the browser reports no change.
  number.addEventListener('keydown', (event) => event.key === 'Enter' && root.classList.contains('inherited') && commit());
  number.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') number.blur();
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      const by = (event.key === 'ArrowUp' ? 1 : -1) * step * (event.shiftKey ? 10 : 1);
      number.value = round((Number.parseFloat(number.value) || 0) + by, 6);
      commit();
    }
  });

  function commit() {
    const typed = Number.parseFloat(number.value.replace(',', '.'));
    if (!Number.isFinite(typed)) {
      paint(Number(range.value));
      return;
    }
    const value = given.isNumberFree ? typed : clamp(typed, low, high);
    if (given.isNumberFree) reachTo(value);
    range.value = value;
    begin();
    given.change(value);
    end();
  }

  /** Extends the slider to a number that was typed, but no farther than necessary. */
  function reachTo(value) {
    [low, high] = [Math.min(given.low, value), Math.max(given.high, value)];
    [range.min, range.max] = [low, high];
  }

  function paint(value) {
    if (document.activeElement !== number) number.value = value.toFixed(decimals);
    const share = clamp((value - low) / (high - low), 0, 1);
    const zero = clamp((0 - low) / (high - low), 0, 1);
    range.style.setProperty('--from', `${Math.min(share, zero) * 100}%`);
    range.style.setProperty('--to', `${Math.max(share, zero) * 100}%`);
    range.setAttribute('aria-valuetext', `${value.toFixed(decimals)} ${unit}`.trim());
  }

  return {
    root,
    range,
    /** Shows a value, unless the slider is being dragged. */
    set(value, isOwn = true) {
      root.classList.toggle('inherited', !isOwn);
      if (reset) reset.style.visibility = isOwn ? '' : 'hidden';
      if (isBusy) return;
      const shown = Number.isFinite(value) ? value : 0;
      if (given.isNumberFree) reachTo(shown);
      range.value = shown;
      paint(shown);
    },
    isBusy: () => isBusy,
  };
}

/** Moves a slider by arrow keys in its own steps, since `any` would step by a hundredth. */
function stepByKey(event, range, low, high, step) {
  const ways = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 10, PageDown: -10 };
  const way = ways[event.key];
  if (!way) return;
  event.preventDefault();
  const by = way * step * (event.shiftKey ? 5 : 1);
  range.value = clamp(Number(range.value) + by, low, high);
  range.dispatchEvent(new Event('input', { bubbles: true }));
  range.dispatchEvent(new Event('change', { bubbles: true }));
}

/**
 * Creates a collapsible part of a panel.
 * @param {string} title
 */
export function section(title, ...children) {
  const body = el('div.section-body', {}, children);
  const root = el('details.section', { open: true }, el('summary', { text: title }), body);
  return { root, body };
}
