/** The settings of the maps, from the server's table: each with its control and what it does. */

import { choice, line, section, slider, tick } from '../controls.js';
import { el, put } from '../dom.js';
import { sceneOf } from '../state.js';
import { texts, wordsOf } from '../texts.js';

/** Makes the panel. */
export function createMapSettings(context) {
  const { watch } = context;
  const root = el('div');
  let controls = [];

  watch(['hello'], (state) => {
    const groups = new Map();
    controls = (state.hello?.settings ?? []).map((setting) => {
      const control = controlOf(setting, context);
      const map = setting.map ?? 'all';
      if (!groups.has(map)) groups.set(map, []);
      groups.get(map).push(control.root);
      return control;
    });
    put(root, [...groups].map(([map, list]) =>
      section(map === 'all' ? texts.maps.anyMap : wordsOf(map), list).root));
  });
  watch(['document', 'hello'], (state) => {
    const given = sceneOf(state).maps ?? {};
    for (const one of controls) one.show(given[one.key]);
  });
  return root;
}

/** Makes the control that fits a setting's kind. */
function controlOf(setting, context) {
  const { key, choices = [], minimum, maximum, summary } = setting;
  const set = (value) => context.edit('mapSetting', { key, value });
  const label = wordsOf(key);
  const range = lowHigh(setting);
  const isNumber = Number.isFinite(minimum) || range;
  const made = setting.kind === 'pair' ? pair(label, set)
    : /list/i.test(setting.kind ?? '') || key === 'props' ? list(label, choices, set, key === 'props')
      : choices.length && key === 'depthRange' ? choicesOrPair(label, choices, set)
        : choices.length ? choicesOf(label, choices, set)
          : isNumber ? numberOf(label, range ?? [minimum, maximum], setting, set, context)
            : flag(label, set);
  const root = el('div.setting', { title: summary }, made.root, summary && el('p.note', { text: summary }));
  return { key, root, show: made.show };
}

function lowHigh({ range, minimum, maximum }) {
  if (Array.isArray(range) && range.length === 2) return range;
  if (range && Number.isFinite(range.minimum)) return [range.minimum, range.maximum];
  return Number.isFinite(minimum) && Number.isFinite(maximum) ? [minimum, maximum] : null;
}

function choicesOf(label, choices, set) {
  const one = choice({
    label,
    choose(text) {
      const value = choices.find((item) => String(item) === text);
      set(text === '' ? null : value ?? text);
    },
  });
  const options = [{ value: '', label: texts.maps.default },
    ...choices.map((value) => ({ value: String(value), label: String(value) }))];
  return { root: one.root, show: (value) => one.set(options, value === undefined ? '' : String(value)) };
}

function flag(label, set) {
  const t = texts.maps;
  const one = choice({ label, choose: (text) => set(text === '' ? null : text === 'true') });
  const options = [{ value: '', label: t.default }, { value: 'true', label: t.on }, { value: 'false', label: t.off }];
  return { root: one.root, show: (value) => one.set(options, value === undefined ? '' : String(value)) };
}

function numberOf(label, [low, high], setting, set, { send }) {
  const isWhole = Number.isInteger(low) && Number.isInteger(high);
  const one = slider({
    label, low, high, step: isWhole ? 1 : (high - low) / 100, decimals: isWhole ? 0 : 3,
    begin: () => send({ type: 'gesture', begin: true }), end: () => send({ type: 'gesture', begin: false }),
    change: set, reset: () => set(null),
  });
  return { root: one.root, show: (value) => one.set(value ?? setting.default ?? 0, value !== undefined) };
}

/** Two numbers, such as the thresholds of Canny; both left empty is the default. */
function pair(label, set) {
  const t = texts.maps;
  const fields = [t.low, t.high].map((name) => line({ label: name, choose: commit, hint: t.default }));
  function commit() {
    const values = fields.map((one) => Number.parseFloat(one.get()));
    if (values.every(Number.isFinite)) set(values);
    else if (fields.every((one) => one.get().trim() === '')) set(null);
  }
  return {
    root: el('fieldset', {}, el('legend', { text: label }), el('div.two', {}, fields.map((one) => one.root))),
    show: (value) => fields.forEach((one, index) => one.set(Array.isArray(value) ? value[index] : '')),
  };
}

/** A choice by name or two numbers, as the range of depth. */
function choicesOrPair(label, choices, set) {
  const explicit = pair(texts.maps.explicit, set);
  const named = choicesOf(label, choices, set);
  return {
    root: el('div', {}, named.root, explicit.root),
    show(value) {
      named.show(Array.isArray(value) ? undefined : value);
      explicit.show(value);
    },
  };
}

function list(label, choices, set, canBeFlag) {
  const boxes = choices.map((name) => ({ name: String(name), ...tick({ label: String(name), choose: commit }) }));
  function commit() {
    const chosen = boxes.filter((one) => one.get()).map((one) => one.name);
    set(chosen.length === 0 ? null : canBeFlag && chosen.length === boxes.length ? true : chosen);
  }
  return {
    root: el('fieldset', {}, el('legend', { text: label }), el('div.ticks', {}, boxes.map((one) => one.root))),
    show(value) {
      for (const one of boxes) one.set(value === true || (Array.isArray(value) && value.includes(one.name)));
    },
  };
}
