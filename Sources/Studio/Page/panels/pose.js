/** The pose: a joint selected on a small figure, its angles by name, its limb, and the goals. */

import { button, choice, line, section } from '../controls.js';
import { el, put } from '../dom.js';
import { capital, isFinger, jointWords, limbOf, sideOf } from '../joints.js';
import { say, texts, wordsOf } from '../texts.js';
import { createBodyPicker } from './body-picker.js';
import { createGestures } from './gestures.js';
import { createGoals, goalsOf } from './goals.js';
import { createJointSliders } from './joint-sliders.js';

/** Creates the panel. */
export function createPose(context) {
  const { watch, act, store } = context;
  const t = texts.pose;
  const picker = createBodyPicker(context);
  const list = choice({
    label: t.joint, isLabelHidden: true,
    choose: (joint) => act.select(store.get().selection.character, joint || null),
  });
  const note = el('span.note');
  const sliders = el('div.sliders');
  const limb = createLimbTools(context);
  const gestures = createGestures(context);
  const goals = createGoals(context);
  const base = createBase(context);
  const none = el('p.empty', { text: t.none });
  const reason = el('span');
  const take = button({ label: texts.clip.take, title: texts.clip.takeHint, icon: 'pose', press: act.takeFrame });
  const foreign = el('div.note.boxed', {}, reason, take);
  const joint = el('div.joint', {}, el('div.joint-head', {}, list.root, note), sliders, limb.root);
  const root = el('div', {}, none, foreign, el('div.posing', {}, picker, joint,
    section(t.gesture, gestures).root, section(t.goals, goals).root, section(t.base, base).root));
  const held = createHeld(context);
  joint.insertBefore(held.root, sliders);
  let shown = null;
  let made = [];

  watch(['selection', 'hello', 'figure', 'document'], (state) => {
    const { character, joint: chosen } = state.selection;
    const figure = state.figure?.character === character ? state.figure : null;
    none.hidden = Boolean(character);
    root.lastChild.hidden = !character;
    foreign.hidden = figure?.isEditable !== false;
    reason.textContent = capital(figure?.fault || t.foreign);
    take.hidden = !(state.document?.duration > 0);
    list.set(jointChoices(state), chosen ?? '');
    const key = `${character}.${chosen}`;
    if (key !== shown) {
      shown = key;
      made = chosen ? createJointSliders(context, chosen) : [];
      put(sliders, made.map((one) => one.root), !chosen && el('p.note', { text: t.choose }));
    }
    for (const one of made) one.update(state);
    note.textContent = chosen ? (figure?.own?.includes(chosen) ? t.own : t.inherited) : '';
    held.update(state);
    limb.update(state);
  });
  return root;
}

function jointChoices(state) {
  const groups = new Map();
  for (const { name } of state.hello?.joints ?? []) {
    const group = isFinger(name) ? limbOf(name) : limbOf(name) ?? 'trunk';
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push({ value: name, label: capital(jointWords(state, name)) });
  }
  const order = ['trunk', 'leftArm', 'rightArm', 'leftLeg', 'rightLeg', 'leftHand', 'rightHand'];
  return [{ value: '', label: `${texts.pose.joint} …` }, ...order.filter((one) => groups.has(one))
    .map((one) => ({ group: capital(texts.limbs[one]), choices: groups.get(one) }))];
}

/** States that a goal, not the sliders, controls the selected joint, and offers to remove the goal. */
function createHeld({ edit, store }) {
  const t = texts.pose;
  const words = el('span');
  const free = button({ label: t.letGo, icon: 'goal', press: () => freeing?.() });
  const root = el('div.note.boxed', {}, words, free);
  let freeing = null;
  return {
    root,
    update(state) {
      const { joint, character } = state.selection;
      const goal = joint && goalOver(joint, goalsOf(state));
      root.hidden = !goal;
      if (!goal) return;
      words.textContent = say(t.held, { goal: goal.words });
      freeing = () => {
        const id = store.get().selection.character;
        if (goal.kind === 'look') edit('look', { character: id, point: null });
        else edit('reach', { character: character ?? id, joint: goal.joint, point: null });
      };
    },
  };
}

/** Returns the goal that moves a joint, or null. */
function goalOver(joint, goals) {
  const limb = limbOf(joint);
  const end = { leftArm: 'leftHand', rightArm: 'rightHand', leftLeg: 'leftFoot', rightLeg: 'rightFoot' }[limb];
  if (end && goals.reach[end] !== undefined) return { kind: 'reach', joint: end, words: texts.handles[end] };
  const isOfGaze = ['neck', 'head', 'leftEye', 'rightEye'].includes(joint);
  return isOfGaze && goals.look ? { kind: 'look', words: texts.face.gaze.toLowerCase() } : null;
}

/** Reset, mirror, copy and paste, for the selected joint's limb. */
function createLimbTools({ act }) {
  const t = texts.pose;
  const reset = button({ label: t.reset, title: t.resetHint, icon: 'reset', press: act.releaseJoint });
  const mirror = button({ label: t.mirrorJoint, title: t.mirrorHint, icon: 'mirror', press: act.mirror });
  const copy = button({ label: t.copy, icon: 'copy', press: act.copyLimb });
  const paste = button({ label: t.paste, icon: 'paste', press: act.pasteLimb });
  const flip = button({ label: t.flip, title: t.flipHint, icon: 'mirror', press: act.flip });
  return {
    root: el('div.button-grid', {}, reset, mirror, copy, paste, flip),
    update({ selection, clipboard, figure }) {
      const { joint } = selection;
      const hasSide = Boolean(joint) && sideOf(joint) !== 'middle';
      reset.disabled = !joint || !figure?.own?.includes(joint);
      mirror.disabled = copy.disabled = !hasSide;
      paste.disabled = !clipboard;
      paste.title = clipboard
        ? say(t.pasteHint, { what: `${texts.limbs[clipboard.limb]}, ${clipboard.character}` }) : t.nothingCopied;
    },
  };
}

/** The base of this pose. */
function createBase({ watch, edit, store }) {
  const list = choice({
    label: texts.pose.base,
    choose(value) {
      const character = store.get().selection.character;
      if (value !== '?') edit('pose', { character, value: value ? { base: value } : null });
    },
  });
  const file = line({
    label: texts.pose.file, hint: texts.pose.fileHint,
    choose(text) {
      const character = store.get().selection.character;
      if (text.trim()) edit('pose', { character, value: text.trim() });
    },
  });
  watch(['document', 'selection', 'hello'], (state) => {
    const character = state.document?.scene?.characters?.find?.((one) => one.id === state.selection.character);
    const poses = state.hello?.library?.poses ?? [];
    const base = baseOf(character?.pose);
    const isKnown = base === '' || poses.some((one) => one.name === base);
    list.set([{ value: '', label: texts.pose.tpose },
      !isKnown && { value: '?', label: base },
      ...poses.map((one) => ({ value: one.name, label: one.title ?? wordsOf(one.name) }))].filter(Boolean),
    isKnown ? base : '?');
    const pose = character?.pose;
    file.set(typeof pose === 'string' && pose.includes('.') ? pose : pose?.file ?? '');
  });
  return [list.root, file.root];
}

function baseOf(pose) {
  if (typeof pose === 'string') return pose;
  if (!pose || typeof pose !== 'object') return '';
  if (typeof pose.base === 'string') return pose.base;
  if (typeof pose.file === 'string') return pose.file;
  return Array.isArray(pose.blend) ? pose.blend.map((one) => one?.[0]).join(' + ') : '';
}
