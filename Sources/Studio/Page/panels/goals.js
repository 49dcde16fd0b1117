/** Goals: the targets of hands, feet and seat, and of the gaze. */

import { choice, tick } from '../controls.js';
import { el } from '../dom.js';
import { capital, jointWords } from '../joints.js';
import { charactersOf, propsOf } from '../state.js';
import { texts } from '../texts.js';

const LIMBS = ['leftHand', 'rightHand', 'leftFoot', 'rightFoot'];
/** The joints of a figure that are useful targets of a hand or a gaze. */
const OF_OTHERS = ['leftHand', 'rightHand', 'head', 'leftUpperArm', 'rightUpperArm', 'spine', 'leftLowerArm', 'rightLowerArm'];
const OF_SELF = ['hips', 'spine', 'chest', 'head', 'leftUpperLeg', 'rightUpperLeg', 'leftLowerLeg', 'rightLowerLeg', 'leftUpperArm', 'rightUpperArm', 'leftHand', 'rightHand'];

/** Creates the lists. */
export function createGoals({ watch, edit, act, store }) {
  const t = texts.pose;
  const character = () => store.get().selection.character;
  const reaches = LIMBS.map((joint) => {
    const list = choice({
      label: capital(texts.handles[joint]),
      choose: (value) => value !== '?' && edit('reach', { character: character(), joint, point: value || null }),
    });
    return { joint, list };
  });
  const seat = choice({
    label: t.sits,
    choose: (value) => value !== '?' && edit('seat', { character: character(), point: value || null }),
  });
  const look = createGaze({ watch, edit, store });
  const feet = tick({ label: t.feet, title: t.feetHint, choose: () => act.plantFeet() });

  watch(['document', 'figure', 'selection', 'hello'], (state) => {
    const goals = goalsOf(state);
    for (const { joint, list } of reaches) {
      show(list, goals.reach[joint], [...propPoints(state), ...joints(state, OF_OTHERS), ...ownJoints(state, joint)]);
    }
    show(seat, goals.seat, propPoints(state, ['top']));
    feet.set(goals.feet === 'planted');
  });
  return el('div.goals', {}, reaches.map((one) => one.list.root), seat.root, look, feet.root);
}

/** Creates the list of a figure's possible gaze targets. */
export function createGaze({ watch, edit, store }) {
  const look = choice({
    label: texts.pose.looks,
    choose: (value) => value !== '?'
      && edit('look', { character: store.get().selection.character, point: value || null }),
  });
  watch(['document', 'figure', 'selection', 'hello'], (state) => {
    const others = charactersOf(state).filter((one) => one.id !== state.selection.character)
      .map(({ id }) => ({ value: id, label: id }));
    show(look, goalsOf(state).look, [{ value: 'camera', label: texts.pose.camera }, ...others,
      ...joints(state, ['leftHand', 'rightHand']), ...propPoints(state)]);
  });
  return look.root;
}

/** Returns the goals of the selected figure, as in its pose. */
export function goalsOf(state) {
  const { figure, selection } = state;
  const goals = figure?.character === selection.character ? figure?.goals ?? {} : {};
  return { reach: goals.reach ?? {}, seat: goals.seat, look: goals.look, feet: goals.feet };
}

/** Shows a goal in a list; a point that is not in the list is shown as it is. */
function show(list, goal, choices) {
  const flat = choices.flatMap((one) => one.choices ?? [one]).map((one) => one.value);
  const name = typeof goal === 'string' ? goal : goal?.at;
  const isPlain = goal === undefined || goal === null || goal === '';
  const isListed = typeof goal === 'string' && flat.includes(goal);
  const other = isPlain || isListed ? null : { value: '?', label: words(goal, name) };
  list.set([{ value: '', label: texts.pose.free }, other, ...choices].filter(Boolean),
    isPlain ? '' : isListed ? goal : '?');
}

function words(goal, name) {
  if (typeof name === 'string') return goal?.offset ? `${name} +` : name;
  const point = Array.isArray(goal) ? goal : name;
  if (!Array.isArray(point)) return texts.pose.ownPoint;
  return `${texts.pose.ownPoint}: ${point.map((one) => Number(one).toFixed(2)).join(', ')}`;
}

function propPoints(state, points = ['top', 'middle']) {
  const choices = propsOf(state).flatMap(({ id }) =>
    points.map((point) => ({ value: `props.${id}.${point}`, label: `${id}: ${point}` })));
  return choices.length ? [{ group: texts.figures.props, choices }] : [];
}

function joints(state, names) {
  return charactersOf(state).filter((one) => one.id !== state.selection.character).map(({ id }) => ({
    group: id,
    choices: names.map((name) => ({
      value: `${id}.${name}`, label: `${id}: ${texts.handles[name] ?? jointWords(state, name)}`,
    })),
  }));
}

function ownJoints(state, joint) {
  return [{
    group: state.selection.character ?? '',
    choices: OF_SELF.filter((name) => name !== joint).map((name) => ({
      value: `self.${name}`, label: capital(texts.handles[name] ?? jointWords(state, name)),
    })),
  }];
}
