/** Sliders for a joint's named angles, each within its range. */

import { slider } from '../controls.js';
import { capital, endsOf, freedomsOf, jointWords } from '../joints.js';
import { say, texts, wordsOf } from '../texts.js';

/**
 * Creates the sliders of a joint.
 *
 * An edit sets all angles of the joint, so those not yet acknowledged are kept here: otherwise, the
 * next edit of the same gesture would revert them.
 * @returns {{root: HTMLElement, update: Function}[]}
 */
export function createJointSliders({ store, act, edit }, joint, { isShort = false } = {}) {
  const state = store.get();
  let draft = null;

  const angles = () => draft ?? store.get().figure?.joints?.[joint] ?? {};
  return freedomsOf(state, joint).map(({ name, minimum, maximum }) => {
    const label = texts.freedoms[name] ?? wordsOf(name);
    const one = slider({
      label: isShort ? capital(`${jointWords(state, joint)}: ${label.toLowerCase()}`) : label,
      isTall: true,
      low: minimum, high: maximum, unit: '°', decimals: 0, ends: endsOf(joint, name),
      title: `${say(texts.freedoms.slider, { joint: jointWords(state, joint), freedom: name })}, ${
        say(texts.freedoms.range, { low: minimum, high: maximum })}`,
      isNumberFree: true,
      begin() {
        draft = { ...angles() };
        act.gesture.begin();
      },
      change(value) {
        draft = { ...angles(), [name]: value };
        edit('turn', { character: store.get().selection.character, joints: { [joint]: draft } });
      },
      end() {
        draft = null;
        act.gesture.end();
      },
    });
    return {
      root: one.root,
      update({ figure, selection }) {
        if (!figure || figure.character !== selection.character) return;
        one.set(figure.joints?.[joint]?.[name] ?? 0, figure.own?.includes(joint) ?? true);
        one.range.disabled = figure.isEditable === false;
      },
    };
  });
}
