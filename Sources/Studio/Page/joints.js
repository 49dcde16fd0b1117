/** Information about joints: sides, limbs, and words for what an angle does. */

import { say, texts, wordsOf } from './texts.js';

/** Returns `left`, `right` or `middle`. */
export function sideOf(joint) {
  return /^(left|right)/.exec(joint)?.[0] ?? 'middle';
}

/** Returns a joint of the other side, or the same joint if it has no side. */
export function otherSide(joint) {
  if (joint.startsWith('left')) return `right${joint.slice(4)}`;
  if (joint.startsWith('right')) return `left${joint.slice(5)}`;
  return joint;
}

/** Returns a joint without its side: `lowerArm` for `leftLowerArm`. */
export function kindOf(joint) {
  const kind = joint.replace(/^(left|right)/, '');
  return kind.charAt(0).toLowerCase() + kind.slice(1);
}

const FINGER = /^(thumb|index|middle|ring|little)/;
const ARM = ['shoulder', 'upperArm', 'lowerArm', 'hand'];
const LEG = ['upperLeg', 'lowerLeg', 'foot', 'toes'];

/** Returns whether a joint belongs to a finger. */
export const isFinger = (joint) => FINGER.test(kindOf(joint)) && sideOf(joint) !== 'middle';

/** Returns the limb that a joint belongs to, as `mirrorLimb` names it; null for the trunk. */
export function limbOf(joint) {
  const side = sideOf(joint);
  if (side === 'middle') return null;
  const kind = kindOf(joint);
  if (FINGER.test(kind)) return `${side}Hand`;
  if (ARM.includes(kind)) return `${side}Arm`;
  if (LEG.includes(kind)) return `${side}Leg`;
  return null;
}

/** Returns the joints of a limb among those of a body. */
export function jointsOf(limb, names) {
  return names.filter((name) => limbOf(name) === limb);
}

/** Returns people's word for a joint, from the server's table. */
export function jointWords(state, name) {
  const words = state.hello?.joints?.find((one) => one.name === name)?.words;
  if (words) return words;
  return texts.joints[name] ?? wordsOf(name).toLowerCase();
}

/** Returns the label of a joint's handle: a wrist is dragged by its hand. */
export function handleWords(state, handle) {
  const id = handle.character ?? propOf(handle) ?? '';
  if (handle.kind === 'joint') {
    const part = texts.handles[handle.joint] ?? jointWords(state, handle.joint);
    return say(texts.handles.of, { part, id });
  }
  return say(texts.handles[handle.kind] ?? '{id}', { id });
}

/** Returns the id of the prop that a handle moves, or null. */
export function propOf(handle) {
  if (handle.prop) return handle.prop;
  return handle.kind === 'prop' ? handle.handle.replace(/^props\./, '') : null;
}

/** Returns a text with its first letter capitalized. */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Returns the effects of an angle's ends, negative and positive, or two empty texts. */
export function endsOf(joint, freedom) {
  const kind = kindOf(joint);
  const names = [kind];
  if (['spine', 'chest', 'upperChest'].includes(kind)) names.push('trunk');
  if (kind === 'neck') names.push('head');
  if (/^(ring|little)/.test(kind)) names.push('outerFinger');
  if (FINGER.test(kind)) names.push('finger');
  for (const name of names) {
    const ends = texts.ends[`${name}.${freedom}`];
    if (ends) return ends;
  }
  return ['', ''];
}

/** Returns the table of a joint: its degrees of freedom with their ranges, or an empty list. */
export function freedomsOf(state, joint) {
  return state.hello?.joints?.find((one) => one.name === joint)?.freedoms ?? [];
}

/** Returns whether a handle belongs to a pose that cannot be edited, such as one from a motion file. */
export const isFixed = ({ figure }, { character, kind }) => ['joint', 'look', 'seat'].includes(kind)
  && figure?.character === character && figure.isEditable === false;
