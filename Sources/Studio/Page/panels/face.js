/** The face: expressions as sliders, the gaze, eyes and jaw. */

import { button, section, slider } from '../controls.js';
import { el, put } from '../dom.js';
import { selectedCharacter } from '../state.js';
import { say, texts, wordsOf } from '../texts.js';
import { createGaze } from './goals.js';
import { createJointSliders } from './joint-sliders.js';

const MOODS = ['smile', 'happy', 'angry', 'sad', 'relaxed', 'surprised'];
const SPEECH = ['aa', 'ih', 'ou', 'ee', 'oh'];

/** Creates the panel. */
export function createFace(context) {
  const { watch, act, store, edit } = context;
  const t = texts.face;
  const still = el('div.note.boxed');
  const groups = el('div');
  const eyes = el('div');
  const gaze = createGaze(context);
  const clear = button({ label: t.clear, icon: 'reset', press: clearAll });
  let sliders = [];
  let joints = [];

  function clearAll() {
    const character = store.get().selection.character;
    const names = Object.keys(faceOf(store.get()));
    act.gesture.begin();
    for (const name of names) edit('expression', { character, name, amount: null });
    act.gesture.end();
  }

  watch(['hello'], (state) => {
    sliders = (state.hello?.expressions ?? []).map((name) => expressionSlider(context, name));
    put(groups, Object.entries(t.groups).map(([group, title]) => {
      const mine = sliders.filter((one) => groupOf(one.name) === group);
      return mine.length > 0 && section(title, mine.map((one) => one.root)).root;
    }));
    joints = ['leftEye', 'rightEye', 'jaw'].flatMap((joint) => createJointSliders(context, joint, { isShort: true }));
    put(eyes, joints.map((one) => one.root));
  });
  watch(['figure', 'selection', 'document', 'hello'], (state) => {
    const character = selectedCharacter(state);
    const hasFace = character?.body === 'human';
    still.hidden = hasFace || !character;
    groups.hidden = clear.hidden = !hasFace;
    showStill(still, character, state, edit);
    const face = faceOf(state);
    for (const one of sliders) one.set(face[one.name] ?? 0, one.name in face);
    for (const one of joints) one.update(state);
    clear.disabled = !Object.keys(face).length;
  });
  return el('div', {}, still, section(t.gaze, gaze, eyes).root, groups, el('div.button-grid', {}, clear));
}

function showStill(still, character, state, edit) {
  if (!character || still.dataset.of === character.id + state.hello?.hasHuman) return;
  still.dataset.of = character.id + state.hello?.hasHuman;
  put(still, el('p', { text: texts.face.still }), state.hello?.hasHuman
    ? button({
      label: say(texts.face.makeHuman, character), icon: 'face',
      press: () => edit('character', { character: character.id, key: 'body', value: 'human' }),
    }) : el('p', { text: texts.face.notInstalled }));
}

/** Returns the expressions of the selected figure with their strengths. */
function faceOf(state) {
  const face = state.figure?.character === state.selection.character ? state.figure?.face : null;
  if (typeof face === 'string') return { [face]: 1 };
  return face && typeof face === 'object' ? face : {};
}

function groupOf(name) {
  if (MOODS.includes(name)) return 'mood';
  if (SPEECH.includes(name)) return 'speech';
  if (/^(blink|eye)/.test(name)) return 'eyes';
  if (/^brow/.test(name)) return 'brows';
  if (/^(mouth|jaw)/.test(name)) return 'mouth';
  return 'other';
}

function expressionSlider({ store, act, edit }, name) {
  const character = () => store.get().selection.character;
  const one = slider({
    label: wordsOf(name), low: 0, high: 1, step: 0.01, decimals: 2,
    ...act.gesture,
    change: (value) => edit('expression', { character: character(), name, amount: value === 0 ? null : value }),
    reset: () => edit('expression', { character: character(), name, amount: null }),
  });
  return { ...one, name };
}
