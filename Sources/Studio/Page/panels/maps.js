/** The settings of the maps, from the server's table: each with its control and what it does. */

import { button, choice, line, section, slider, tick } from '../controls.js';
import { el, put } from '../dom.js';
import { capital } from '../joints.js';
import { sceneOf } from '../state.js';
import { say, texts, wordsOf } from '../texts.js';
import { createProfile } from './camera.js';

/** Creates the panel. */
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
  return el('div', {}, createProfile(context), root);
}

/** Creates the control for a setting's kind. */
function controlOf(setting, context) {
  const { key, kind, choices = [], summary } = setting;
  const set = (value) => context.edit('mapSetting', { key, value });
  const label = labelOf(setting);
  const make = {
    choice: () => choicesOf(label, choices, setting, set),
    boolean: () => flag(label, setting, set),
    whole: () => numberOf(label, setting, set, context),
    number: () => numberOf(label, setting, set, context),
    pair: () => pair(label, setting, set),
    choiceOrPair: () => choicesOrPair(label, choices, setting, set),
    list: () => list(label, choices, setting, set),
    listOrAll: () => list(label, choices, setting, set),
  }[kind] ?? (() => choicesOf(label, choices, setting, set));
  const made = make();
  const root = el('div.setting', { title: summary }, made.root, summary && el('p.note', { text: summary }));
  return { key, root, show: made.show };
}

/** Returns a setting's name without the name of its map, under which it appears. */
function labelOf({ key, map }) {
  if (key === map) return texts.maps.style;
  return wordsOf(map && key.startsWith(map) ? key.slice(map.length) : key);
}

function choicesOf(label, choices, setting, set) {
  const one = choice({
    label,
    choose(text) {
      const value = choices.find((item) => String(item) === text);
      set(text === '' ? null : value ?? text);
    },
  });
  const options = [{ value: '', label: defaultWords(setting) },
    ...choices.map((value) => ({ value: String(value), label: String(value) }))];
  return { root: one.root, show: (value) => one.set(options, value === undefined ? '' : String(value)) };
}

/** Returns the label for no value: the default, and its value. */
function defaultWords(setting) {
  const t = texts.maps;
  const usual = setting.default;
  if (usual === null || usual === undefined || typeof usual === 'object') return t.default;
  const words = typeof usual === 'boolean' ? (usual ? t.on : t.off) : usual;
  return say(t.defaultOf, { value: words });
}

function flag(label, setting, set) {
  const t = texts.maps;
  const one = choice({ label, choose: (text) => set(text === '' ? null : text === 'true') });
  const options = [{ value: '', label: defaultWords(setting) }, { value: 'true', label: t.on }, { value: 'false', label: t.off }];
  return { root: one.root, show: (value) => one.set(options, value === undefined ? '' : String(value)) };
}

function numberOf(label, setting, set, { act }) {
  const { minimum: low, maximum: high, kind } = setting;
  const isWhole = kind === 'whole';
  const one = slider({
    label, low, high, step: isWhole ? 1 : (high - low) / 100, decimals: isWhole ? 0 : 3, unit: setting.unit,
    ...act.gesture,
    change: set, reset: () => set(null),
  });
  return { root: one.root, show: (value) => one.set(value ?? setting.default ?? 0, value !== undefined) };
}

/** Two numbers, such as Canny's thresholds; leaving both empty selects the default. */
function pair(label, setting, set) {
  const t = texts.maps;
  const names = setting.names ?? [t.low, t.high];
  const fields = names.map((name, index) =>
    line({ label: capital(name), choose: commit, hint: String(setting.default?.[index] ?? '–') }));
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

/** A choice by name or two numbers, such as the depth range. */
function choicesOrPair(label, choices, setting, set) {
  const explicit = pair(say(texts.maps.explicit, { what: label, unit: setting.unit ?? '' }), setting, set);
  const named = choicesOf(label, choices, setting, set);
  return {
    root: el('div', {}, named.root, explicit.root),
    show(value) {
      named.show(Array.isArray(value) ? undefined : value);
      explicit.show(value);
    },
  };
}

function list(label, choices, setting, set) {
  const canBeAll = setting.kind === 'listOrAll';
  const boxes = choices.map((name) => ({ name: String(name), ...tick({ label: String(name), choose: commit }) }));
  const reset = button({
    label: `${label}: ${texts.body.reset}`, icon: 'reset', isIconOnly: true, class: 'quiet small', press: () => set(null),
  });
  function commit() {
    const chosen = boxes.filter((one) => one.get()).map((one) => one.name);
    set(canBeAll && chosen.length === boxes.length ? true : chosen);
  }
  return {
    root: el('fieldset', {}, el('legend', {}, el('span', { text: label }), reset),
      el('div.ticks', {}, boxes.map((one) => one.root))),
    show(value) {
      const usual = value === undefined ? setting.default : value;
      for (const one of boxes) {
        one.set(usual === true || (Array.isArray(usual) && usual.includes(one.name)), usual === null);
      }
      reset.style.visibility = value === undefined ? 'hidden' : '';
    },
  };
}
