/** The actions for a figure, as a menu. */

import { askForLine } from '../dialog.js';
import { capital, jointWords, limbOf } from '../joints.js';
import { openMenu } from '../menu.js';
import { charactersOf } from '../state.js';
import { say, texts } from '../texts.js';
import { goalsOf } from './goals.js';
import { openSavePose } from './save-pose.js';

/**
 * Opens the menu of a figure: at a button, or at a point of the view with the item there first.
 * @param {HTMLElement} anchor
 * @param {string} id
 * @param {object} context
 * @param {{x: number, y: number}} [point]
 */
export function openFigureMenu(anchor, id, context, point) {
  const { act, edit, store } = context;
  const t = texts.figures;
  if (store.get().selection.character !== id) act.select(id);
  const others = charactersOf(store.get()).filter((one) => one.id !== id);
  openMenu(anchor, [
    ...(point ? jointItems(context) : []),
    { label: t.frame, icon: 'frame', key: 'F', press: () => act.frame(id) },
    { label: t.duplicate, icon: 'copy', key: 'D', press: act.duplicate },
    { label: t.mirror, icon: 'mirror', press: act.flip },
    ...others.map((other) => ({
      label: say(t.faceAt, other), icon: 'turn', press: () => act.facing(id, other.id),
    })),
    ...others.map((other) => ({
      label: say(t.facesEachOther, other), icon: 'turn', press: () => faceEachOther(id, other.id, context),
    })),
    'line',
    { label: t.savePose, icon: 'save', press: () => openSavePose(context) },
    { label: t.reset, icon: 'reset', press: () => edit('pose', { character: id, value: null }) },
    {
      label: t.rename, icon: 'text',
      press: () => askForLine({
        title: say(t.renameTitle, { id }), label: t.renameLabel, value: id,
        pattern: '[A-Za-z0-9][A-Za-z0-9_\\-]{0,63}',
        done: (to) => {
          if (edit('renameCharacter', { character: id, to })) act.select(to);
        },
      }),
    },
    'line',
    { label: t.remove, icon: 'trash', key: 'Del', press: act.remove },
  ], point, say(t.more, { id }));
}

/** The actions for the selected joint and its limb. */
function jointItems({ act, store }) {
  const state = store.get();
  const { joint } = state.selection;
  if (!joint) return [];
  const limb = limbOf(joint);
  const t = texts.pose;
  return [
    { heading: capital(jointWords(state, joint)) },
    goalsOf(state).reach[joint] && { label: t.letGo, icon: 'goal', key: 'U', press: act.letGo },
    { label: t.reset, icon: 'reset', key: 'R', press: act.releaseJoint },
    limb && { label: t.mirrorJoint, icon: 'mirror', key: 'M', press: act.mirror },
    limb && { label: t.copy, icon: 'copy', press: act.copyLimb },
    state.clipboard && { label: t.paste, icon: 'paste', press: act.pasteLimb },
    'line',
  ];
}

function faceEachOther(one, other, { act }) {
  act.gesture.begin();
  act.facing(one, other);
  act.facing(other, one);
  act.gesture.end();
}
