/** Hands: shapes as pictures, then each finger by curl and spread, then each joint. */

import { address } from '../connection.js';
import { button, choiceBar, section, slider } from '../controls.js';
import { el, memory, put, round } from '../dom.js';
import { freedomsOf, isFinger, sideOf } from '../joints.js';
import { say, texts } from '../texts.js';
import { createJointSliders } from './joint-sliders.js';

const FINGERS = ['Thumb', 'Index', 'Middle', 'Ring', 'Little'];
const BONES = { Thumb: ['Metacarpal', 'Proximal', 'Distal'] };
const OTHERS = ['Proximal', 'Intermediate', 'Distal'];

/** Creates the panel. */
export function createHands(context) {
  const { watch, store, act, edit } = context;
  const t = texts.hands;
  let side = memory.get('hand', 'left');
  const sides = choiceBar({
    label: t.which, choices: ['left', 'right', 'both'].map((value) => ({ value, label: t[value] })),
    choose(value) {
      side = value;
      memory.set('hand', value);
      build(store.get());
    },
  });
  const shapes = el('div.thumbnails.hands', { role: 'group', 'aria-label': t.shape });
  const fingers = el('div');
  const each = section(t.each);
  each.root.open = false;
  let sliders = [];

  function build(state) {
    sides.set(side);
    shapes.classList.toggle('mirrored', side === 'right');
    const one = side === 'both' ? 'left' : side;
    const curls = FINGERS.map((finger) => fingerSliders(context, side, finger));
    const joints = (state.hello?.joints ?? []).map((joint) => joint.name)
      .filter((name) => isFinger(name) && sideOf(name) === one)
      .flatMap((name) => createJointSliders(context, name, { isShort: true }));
    sliders = [...curls.flat(), ...joints];
    put(fingers, curls.map((items, index) => el('div.finger', { role: 'group', 'aria-label': t[FINGERS[index].toLowerCase()] },
      el('h3', { text: t[FINGERS[index].toLowerCase()] }), items.map((item) => item.root))));
    put(each.body, joints.map((item) => item.root));
    each.root.hidden = side === 'both';
    update(state);
  }

  function update(state) {
    for (const one of sliders) one.update(state);
    const shown = state.figure?.hands ?? {};
    const name = shown.both ?? (side === 'both' ? shown.left === shown.right && shown.left : shown[side]);
    for (const picture of shapes.children) {
      picture.setAttribute('aria-pressed', String(picture.dataset.name === (name || '')));
    }
  }

  watch(['hello'], (state) => {
    const choose = (name) => act.applyHand(store.get().selection.character, side, name);
    put(shapes, el('button.thumbnail.as-base', { type: 'button', data: { name: '' }, onclick: () => choose(null) },
      el('span', { text: t.asBase })),
    (state.hello?.library?.hands ?? []).map((shape) => el('button.thumbnail', {
      type: 'button', title: shape.title ?? shape.name, 'aria-label': shape.title ?? shape.name,
      data: { name: shape.name }, onclick: () => choose(shape.name),
    }, el('img', { src: address('/thumbnail', { kind: 'hand', name: shape.name }), alt: '', loading: 'lazy', draggable: 'false' }),
    el('span', { text: shape.title ?? shape.name }))));
    build(state);
  });
  watch(['selection'], build);
  watch(['figure'], update);
  const near = button({
    label: t.near, icon: 'frame',
    press: () => act.frame(store.get().selection.character, side === 'both' ? 'hands' : `${side}Hand`),
  });
  return el('div', {}, sides.root, el('div.button-row', {}, near), section(t.shape, shapes).root, section(t.fingers, fingers).root, each.root);
}

/** Returns the joints of a finger of one hand. */
function bonesOf(side, finger) {
  return (BONES[finger] ?? OTHERS).map((bone) => `${side}${finger}${bone}`);
}

/** Curl bends all joints of a finger in proportion; spread moves the whole finger sideways. */
function fingerSliders({ store, act, edit }, side, finger) {
  const sides = side === 'both' ? ['left', 'right'] : [side];
  const name = texts.hands[finger.toLowerCase()];
  const jointsNow = () => store.get().figure?.joints ?? {};
  let draft = {};

  const change = (work) => (value) => {
    for (const one of sides) {
      for (const joint of bonesOf(one, finger)) {
        const angles = work(joint, draft[joint] ?? jointsNow()[joint] ?? {}, value);
        if (angles) draft[joint] = angles;
      }
    }
    edit('turn', { character: store.get().selection.character, joints: { ...draft } });
  };
  const begin = () => {
    draft = {};
    act.gesture.begin();
  };
  const curl = slider({
    label: say(texts.hands.curl, { finger: name }), shown: texts.hands.curlShort, low: -20, high: 100, unit: '%', begin, end: act.gesture.end,
    change: change((joint, angles, value) => {
      const most = rangeOf(store.get(), joint, 'flexion')?.maximum;
      return most && { ...angles, flexion: round(most * value / 100, 1) };
    }),
  });
  const spreads = bonesOf(sides[0], finger)[0];
  const range = rangeOf(store.get(), spreads, 'abduction');
  const spread = range && slider({
    label: say(texts.hands.spread, { finger: name }), shown: texts.hands.spreadShort, low: range.minimum, high: range.maximum, unit: '°',
    begin, end: act.gesture.end,
    change: change((joint, angles, value) =>
      (rangeOf(store.get(), joint, 'abduction') ? { ...angles, abduction: value } : null)),
  });
  return [
    { root: curl.root, update: (state) => curl.set(curlOf(state, sides[0], finger)) },
    spread && { root: spread.root, update: (state) => spread.set(state.figure?.joints?.[spreads]?.abduction ?? 0) },
  ].filter(Boolean);
}

function rangeOf(state, joint, freedom) {
  return freedomsOf(state, joint).find((one) => one.name === freedom);
}

/** Returns how far a finger is curled, in percent of its range. */
function curlOf(state, side, finger) {
  const shares = bonesOf(side, finger).map((joint) => {
    const most = rangeOf(state, joint, 'flexion')?.maximum;
    return most ? (state.figure?.joints?.[joint]?.flexion ?? 0) / most : null;
  }).filter((one) => one !== null);
  return shares.length ? 100 * shares.reduce((sum, one) => sum + one, 0) / shares.length : 0;
}
