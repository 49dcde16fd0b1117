/** Gestures: what each arm does by a name, and whom it is meant for. */

import { choice } from '../controls.js';
import { el } from '../dom.js';
import { capital } from '../joints.js';
import { charactersOf, propsOf } from '../state.js';
import { texts } from '../texts.js';

/** Makes the lists. */
export function createGestures({ watch, act, edit, store }) {
  const t = texts.pose;
  const character = () => store.get().selection.character;
  const known = () => store.get().hello?.library?.gestures ?? [];
  const arms = ['left', 'right'].map((side) => ({
    side,
    list: choice({
      label: capital(texts.limbs[`${side}Arm`]),
      choose: (name) => name !== '?' && act.applyGesture(character(), side, known().find((one) => one.name === name)),
    }),
  }));
  const target = choice({
    label: t.meantFor,
    choose: (value) => value !== '?' && edit('aimGesture', { character: character(), point: value || null }),
  });

  watch(['document', 'figure', 'selection', 'hello'], (state) => {
    const figure = state.figure?.character === state.selection.character ? state.figure : null;
    const made = figure?.gestures ?? {};
    const items = known();
    for (const { side, list } of arms) {
      const name = made[side] ?? '';
      const isKnown = !name || items.some((one) => one.name === name);
      list.set([{ value: '', label: t.asBase }, !isKnown && { value: '?', label: name },
        ...items.map((one) => ({ value: one.name, label: one.title ?? one.name }))].filter(Boolean), isKnown ? name : '?');
    }
    const isDirected = items.some((one) => one.isDirected && [made.left, made.right].includes(one.name));
    target.list.disabled = !isDirected && !made.at;
    showTarget(target, made.at, state);
  });
  return el('div.goals', {}, arms.map((one) => one.list.root), target.root);
}

function showTarget(list, at, state) {
  const others = charactersOf(state).filter((one) => one.id !== state.selection.character)
    .map(({ id }) => ({ value: id, label: id }));
  const props = propsOf(state).map(({ id }) => ({ value: `props.${id}.middle`, label: id }));
  const choices = [{ value: 'camera', label: texts.pose.camera }, ...others, ...props];
  const isListed = !at || choices.some((one) => one.value === at);
  list.set([{ value: '', label: texts.pose.nobody },
    !isListed && { value: '?', label: typeof at === 'string' ? at : texts.pose.ownPoint }, ...choices].filter(Boolean),
  isListed ? at ?? '' : '?');
}
