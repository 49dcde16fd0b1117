/** The appearance of a human: MakeHuman's parameters as live sliders. */

import { choice, section, slider } from '../controls.js';
import { el, put } from '../dom.js';
import { selectedCharacter, statureOf } from '../state.js';
import { texts, wordsOf } from '../texts.js';

const RANGES = {
  age: [18, 90, 25], height: [1.2, 2.3, 1.7], gender: [0, 1, 0.5], muscle: [0, 1, 0.5], weight: [0, 1, 0.5],
  proportions: [0, 1, 0.5], cup: [0, 1, 0.5], firmness: [0, 1, 0.5],
};
const LOOKS = ['gender', 'age', 'height', 'muscle', 'weight', 'proportions', 'cup', 'firmness', 'hair'];
const FACE = /^(head|face|cheek|jaw|chin|eye|nose|mouth|lips|brow|forehead|ear)/;
const FAMILIES = ['african', 'asian', 'caucasian'];
const HAIR = ['bald', 'short', 'long', 'bun'];

/** Creates the sliders, in three collapsible parts. */
export function createPhenotype(context) {
  const { watch, store, act, edit } = context;
  const t = texts.body;
  const root = el('div');
  let draft = null;
  let controls = [];

  const now = () => draft ?? selectedCharacter(store.get())?.phenotype ?? {};
  const set = (key, value) => {
    const next = { ...now() };
    if (value === null) delete next[key];
    else next[key] = value;
    if (draft) draft = next;
    edit('character', {
      character: store.get().selection.character, key: 'phenotype', value: Object.keys(next).length ? next : null,
    });
  };
  const begin = () => {
    draft = { ...now() };
    act.gesture.begin();
  };
  const end = () => {
    draft = null;
    act.gesture.end();
  };

  function make(item) {
    const { key } = item;
    const label = t.keys[key] ?? wordsOf(key);
    if (key === 'hair') return hair(item, label);
    const [low, high, middle] = RANGES[key] ?? [item.minimum ?? -1, item.maximum ?? 1, item.default ?? 0];
    const step = key === 'age' ? 1 : 0.01;
    const one = slider({
      label, low, high, step, decimals: key === 'age' ? 0 : 2, title: item.summary,
      unit: key === 'height' ? t.meters : '', ends: key === 'gender' ? t.gender : null,
      begin, end, change: (value) => set(key, value), reset: () => set(key, null),
    });
    return {
      key, root: one.root,
      show(given, stature) {
        const usual = key === 'height' ? stature ?? middle : middle;
        const value = { female: 0, male: 1 }[given[key]] ?? given[key] ?? usual;
        one.set(value, key in given);
      },
    };
  }

  function hair(item, label) {
    const one = choice({ label, choose: (value) => set('hair', value === 'bald' ? null : value) });
    const choices = (item.choices ?? HAIR).map((value) => ({ value, label: wordsOf(value) }));
    return { key: 'hair', root: one.root, show: (given) => one.set(choices, given.hair ?? 'bald') };
  }

  function family(name) {
    const one = slider({
      label: wordsOf(name), low: 0, high: 1, step: 0.01, decimals: 2, begin, end,
      change: (value) => set('ethnicity', { ...now().ethnicity, [name]: value }),
    });
    return {
      key: `ethnicity.${name}`, root: one.root,
      show: (given) => one.set(given.ethnicity?.[name] ?? (given.ethnicity ? 0 : 1 / 3), Boolean(given.ethnicity)),
    };
  }

  watch(['hello'], (state) => {
    const items = (state.hello?.phenotype ?? []).filter((item) => item.key !== 'ethnicity');
    const all = items.map(make);
    const families = FAMILIES.map(family);
    controls = [...all, ...families];
    const pick = (test) => all.filter((one) => test(one.key)).map((one) => one.root);
    const isLook = (key) => LOOKS.includes(key);
    const shape = section(t.shape, pick((key) => !isLook(key) && !FACE.test(key)));
    const face = section(t.faceShape, pick((key) => !isLook(key) && FACE.test(key)));
    const ethnicity = section(t.ethnicity, families.map((one) => one.root));
    for (const one of [shape, face, ethnicity]) one.root.open = false;
    put(root, section(t.phenotype, pick(isLook)).root, shape.root, face.root, ethnicity.root);
  });
  watch(['document', 'selection', 'hello', 'figure'], (state) => {
    const given = selectedCharacter(state)?.phenotype ?? {};
    for (const one of controls) one.show(given, statureOf(state));
  });
  return root;
}
