/** The body of a figure: kind, position, height, proportions or appearance, and its prompts. */

import { choice, line, section, slider, tick } from '../controls.js';
import { el, put } from '../dom.js';
import { selectedCharacter, statureOf } from '../state.js';
import { say, texts, wordsOf } from '../texts.js';
import { createPhenotype } from './phenotype.js';

const PROPORTIONS = ['shoulderWidth', 'hipWidth', 'legLength', 'armLength', 'headSize', 'build'];

/** Creates the panel. */
export function createBody(context) {
  const { watch, edit, store } = context;
  const t = texts.body;
  const none = el('p.empty', { text: texts.pose.none });
  const kind = choice({
    label: t.body,
    choose: (value) => value !== '?' && edit('character', { character: id(), key: 'body', value }),
  });
  const id = () => store.get().selection.character;
  const place = createPlace(context);
  const proportions = createProportions(context);
  const phenotype = createPhenotype(context);
  const prompts = createPrompts(context);
  const proportionSection = section(t.proportions, proportions);
  const all = el('div', {}, kind.root, section(t.place, place).root, proportionSection.root,
    phenotype, section(t.prompts, prompts).root);

  watch(['document', 'selection', 'hello'], (state) => {
    const character = selectedCharacter(state);
    none.hidden = Boolean(character);
    all.hidden = !character;
    if (!character) return;
    const kinds = Object.entries(t.kinds).filter(([value]) =>
      value !== 'human' || state.hello?.hasHuman || character.body === 'human');
    const isModel = typeof character.model === 'string';
    kind.set([isModel && { value: '?', label: say(t.model, { name: character.model }) },
      ...kinds.map(([value, label]) => ({ value, label }))].filter(Boolean),
    isModel ? '?' : character.body);
    kind.list.disabled = isModel;
    proportionSection.root.hidden = isModel || character.body === 'human';
    phenotype.hidden = character.body !== 'human';
  });
  return el('div', {}, none, all);
}

/** The position and direction of a figure. */
function createPlace({ watch, act, edit, store }) {
  const t = texts.body;
  const id = () => store.get().selection.character;
  let draft = null;
  const positionOf = (state) => selectedCharacter(state)?.position ?? [0, 0, 0];
  const axes = [t.x, t.y, t.z].map((label, axis) => slider({
    label, low: -4, high: 4, step: 0.01, decimals: 2, unit: t.meters, isNumberFree: true,
    begin() {
      draft = [...positionOf(store.get())];
      act.gesture.begin();
    },
    change(value) {
      draft ??= [...positionOf(store.get())];
      draft[axis] = value;
      edit('place', { character: id(), position: draft });
    },
    end() {
      draft = null;
      act.gesture.end();
    },
  }));
  const yaw = slider({
    label: t.yaw, low: -180, high: 180, unit: t.degrees, ...act.gesture, isNumberFree: true,
    change: (degrees) => edit('yaw', { character: id(), degrees }),
  });
  const ground = tick({
    label: t.ground,
    choose: (on) => edit('character', { character: id(), key: 'ground', value: on ? null : false }),
  });
  watch(['document', 'selection'], (state) => {
    const character = selectedCharacter(state);
    if (!character) return;
    positionOf(state).forEach((value, axis) => axes[axis]?.set(value));
    yaw.set(((character.yaw ?? 0) + 540) % 360 - 180);
    ground.set(character.ground !== false);
  });
  return el('div', {}, axes.map((one) => one.root), yaw.root, ground.root);
}

/** A mannequin's height and factors, which are one object and edited as a whole. */
function createProportions({ watch, act, edit, store }) {
  const t = texts.body;
  let draft = null;
  const now = () => draft ?? selectedCharacter(store.get())?.proportions ?? {};
  const set = (key, value) => {
    const next = { ...now() };
    if (value === null) delete next[key];
    else next[key] = value;
    if (draft) draft = next;
    edit('character', {
      character: store.get().selection.character, key: 'proportions',
      value: Object.keys(next).length ? next : null,
    });
  };
  const make = (key, low, high, unit) => ({
    key,
    ...slider({
      label: t.keys[key] ?? wordsOf(key), low, high, step: 0.01, decimals: 2, unit,
      begin() {
        draft = { ...now() };
        act.gesture.begin();
      },
      change: (value) => set(key, value),
      end() {
        draft = null;
        act.gesture.end();
      },
      reset: () => set(key, null),
    }),
  });
  const sliders = [make('height', 1, 2.5, t.meters), ...PROPORTIONS.map((key) => make(key, 0.6, key === 'headSize' ? 3 : 1.6, '×'))];
  watch(['document', 'selection', 'figure'], (state) => {
    const given = selectedCharacter(state)?.proportions ?? {};
    for (const one of sliders) {
      one.set(given[one.key] ?? (one.key === 'height' ? statureOf(state) : 1), one.key in given);
    }
  });
  return el('div', {}, sliders.map((one) => one.root));
}

function createPrompts({ watch, edit, store }) {
  const make = (key, label) => {
    const one = line({
      label, isLong: true,
      choose: (text) => edit('character', {
        character: store.get().selection.character, key, value: text.trim() ? promptValue(text) : null,
      }),
    });
    watch(['document', 'selection'], (state) => one.set(promptText(selectedCharacter(state)?.[key])));
    return one.root;
  };
  const root = el('div');
  return put(root, make('prompt', texts.body.prompt), make('negative', texts.body.negative));
}

/** Returns a prompt as lines. */
export const promptText = (value) => (Array.isArray(value) ? value.join('\n') : value ?? '');

/** Returns lines as a prompt: a list if there are several. */
export function promptValue(text) {
  const lines = text.split('\n').map((one) => one.trim()).filter(Boolean);
  return lines.length > 1 ? lines : lines[0] ?? '';
}
