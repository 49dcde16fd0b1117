/** The actions of an artist, by menu, key or button: each is a message to the server. */

import { memory } from './dom.js';
import { jointsOf, limbOf, otherSide } from './joints.js';
import { charactersOf, freeID, propsOf, selectedCharacter } from './state.js';
import { say, texts } from './texts.js';

/** The panels that do not apply to props: selecting a prop shows its own panel instead. */
const OF_FIGURES = ['pose', 'hands', 'face', 'body'];

/** The figures that can be added: `name` is the key of their label. */
const FIGURES = [
  { name: 'addFemale', icon: 'body', body: 'female' },
  { name: 'addMale', icon: 'body', body: 'male' },
  { name: 'addHumanFemale', icon: 'face', body: 'human', gender: 'female' },
  { name: 'addHumanMale', icon: 'face', body: 'human', gender: 'male' },
];

/** Returns a button or menu entry for each figure that can be added: humans only if they are installed. */
export function figuresToAdd({ hello }, act) {
  return FIGURES.filter((one) => one.body !== 'human' || hello?.hasHuman).map((one) => ({
    label: texts.figures[one.name], icon: one.icon, press: () => act.addFigure(one),
  }));
}

/**
 * Creates the actions of a tab.
 * @param {object} store
 * @param {(message: object) => boolean} send
 */
export function createActions(store, send) {
  const state = () => store.get();
  const edit = (kind, values = {}) => send({ type: 'edit', edit: { kind, ...values } });
  const selected = () => state().selection.character;

  const actions = {
    send,
    edit,

    /** Selects a figure; a figure that was just requested is selected once it exists. */
    select(character, joint = null) {
      if (character && !charactersOf(state()).some((one) => one.id === character)) {
        store.set({ awaited: { character, joint } });
        return;
      }
      store.set({ selection: { character, joint, prop: null }, awaited: null });
      if (state().panel === 'props' && character) store.set({ panel: 'pose' });
      send({ type: 'select', character, joint });
    },
    selectProp(prop) {
      if (!propsOf(state()).some((one) => one.id === prop)) {
        store.set({ awaited: { prop } });
        return;
      }
      store.set({ selection: { character: null, joint: null, prop }, awaited: null });
      if (OF_FIGURES.includes(state().panel)) store.set({ panel: 'props' });
      send({ type: 'select', character: null, joint: null });
    },
    nextFigure() {
      const ids = charactersOf(state()).map((one) => one.id);
      if (ids.length) actions.select(ids[(ids.indexOf(selected()) + 1) % ids.length]);
    },

    undo() {
      const what = state().document?.undo;
      if (what && send({ type: 'undo' })) store.set({ said: say(texts.status.undone, { what }) });
    },
    redo() {
      const what = state().document?.redo;
      if (what && send({ type: 'redo' })) store.set({ said: say(texts.status.redone, { what }) });
    },
    save: () => send({ type: 'save' }),
    autosave(on) {
      store.set({ autosave: on });
      memory.set('autosave', on);
      send({ type: 'autosave', on });
    },

    /** Everything between the two is one undo step. */
    gesture: {
      begin: () => send({ type: 'gesture', begin: true }),
      end: () => send({ type: 'gesture', begin: false }),
    },

    /** Adds a figure beside the others; if a pixel of the picture is given, on the floor under it. */
    addFigure({ body, gender = null }, pose = 'stand', pixel = null) {
      const name = (gender ?? body) === 'male' ? 'ben' : gender ? 'mia' : 'ana';
      const value = { id: freeID(state(), name), body };
      if (gender) value.phenotype = { gender };
      value.pose = { base: pose };
      if (send({ type: 'edit', edit: { kind: 'addCharacter', value }, ...pixel })) actions.select(value.id);
    },
    /** Adds a figure that is a model from another program. */
    addModel(model) {
      const id = freeID(state(), model.split('/').at(-1).replace(/\.\w+$/, ''));
      if (edit('addCharacter', { value: { id, model, pose: { base: 'stand' } } })) actions.select(id);
    },
    duplicate() {
      const character = selected();
      if (!character) return;
      const id = freeID(state(), character);
      if (edit('duplicateCharacter', { character, id })) actions.select(id);
    },
    remove() {
      const { character, prop } = state().selection;
      if (prop) edit('removeProp', { prop });
      else if (character) edit('removeCharacter', { character });
    },
    hide(id) {
      const hidden = new Set(state().hidden);
      const on = !hidden.has(id);
      if (on) hidden.add(id);
      else hidden.delete(id);
      store.set({ hidden });
      send({ type: 'hide', id, on });
    },
    hideSelected() {
      const { character, prop } = state().selection;
      const id = character ?? prop;
      if (id) actions.hide(id);
    },
    facing(character, at) {
      edit('face', { character, at });
    },
    frame(about, part = 'figure') {
      send({ type: 'frame', about, part });
    },
    frameSelected() {
      actions.frame(selected() ?? 'all');
    },

    mirror() {
      const { character, joint } = state().selection;
      if (!character) return;
      edit('mirrorLimb', { character, limb: (joint && limbOf(joint)) || 'all' });
    },
    flip() {
      if (selected()) edit('mirrorLimb', { character: selected(), limb: 'all' });
    },
    releaseJoint() {
      const { character, joint } = state().selection;
      if (character && joint) edit('release', { character, joints: [joint] });
    },
    /** Removes the goal of the selected hand or foot. */
    letGo() {
      const { character, joint } = state().selection;
      const isReaching = state().figure?.goals?.reach?.[joint] !== undefined;
      if (character && isReaching) edit('reach', { character, joint, point: null });
    },
    /** Gives the selected figure the pose of the current moment of its motion. */
    takeFrame() {
      const { selection, time } = state();
      if (selection.character) send({ type: 'takeFrame', character: selection.character, seconds: time });
    },
    copyLimb() {
      const { selection, figure, hello } = state();
      const limb = selection.joint && limbOf(selection.joint);
      if (!limb || !figure?.joints) return;
      const names = jointsOf(limb, hello.joints.map((one) => one.name));
      const joints = Object.fromEntries(names.filter((name) => figure.joints[name])
        .map((name) => [name, figure.joints[name]]));
      store.set({ clipboard: { limb, joints, character: figure.character } });
    },
    /** Pastes onto the limb of the selected joint; a left arm pasted onto a right one is mirrored. */
    pasteLimb() {
      const { selection, clipboard } = state();
      if (!clipboard || !selection.character) return;
      const limb = (selection.joint && limbOf(selection.joint)) || clipboard.limb;
      if (limb.replace(/^(left|right)/, '') !== clipboard.limb.replace(/^(left|right)/, '')) return;
      const turn = limb === clipboard.limb ? (name) => name : otherSide;
      const joints = Object.fromEntries(Object.entries(clipboard.joints)
        .map(([name, angles]) => [turn(name), angles]));
      edit('pasteLimb', { character: selection.character, limb, joints });
    },
    plantFeet() {
      const character = selectedCharacter(state());
      if (!character) return;
      const on = state().figure?.goals?.feet !== 'planted';
      edit('plantFeet', { character: character.id, on });
    },

    preset(name, about) {
      send(about ? { type: 'preset', name, about } : { type: 'preset', name });
    },
    sceneCamera: () => send({ type: 'sceneCamera' }),
    takeCamera: () => send({ type: 'takeCamera' }),

    /** Gives a figure a pose from the library, or only the pose of a limb. */
    applyPose(character, { name, limb, joints }) {
      if (!character) return;
      if (limb) edit('pasteLimb', { character, limb, joints });
      else edit('pose', { character, value: { base: name } });
    },
    applyHand(character, side, name) {
      if (!character) return;
      const sides = side === 'both' ? ['left', 'right'] : [side];
      if (sides.length > 1) actions.gesture.begin();
      for (const one of sides) edit('handShape', { character, side: one, name });
      if (sides.length > 1) actions.gesture.end();
    },
    /** Gives arms a gesture of the library; null takes theirs away. */
    applyGesture(character, side, item) {
      if (!character) return;
      edit('armGesture', { character, side, name: item?.name ?? null });
    },
    applyPair(name) {
      const ids = charactersOf(state()).map((one) => one.id);
      const first = selected() ?? ids[0];
      const second = ids.find((id) => id !== first);
      edit('pair', { name, characters: [first, second].filter(Boolean) });
    },
    /** Adds a prop from the library; if a pixel of the picture is given, on the floor under it. */
    addProp(item, pixel) {
      const { id: _, ...rest } = item.value ?? {};
      const id = freeID(state(), item.name);
      const message = { type: 'edit', edit: { kind: 'addProp', value: { id, ...rest } } };
      if (pixel) Object.assign(message, pixel);
      if (send(message)) actions.selectProp(id);
    },
    toggle(key) {
      store.set({ [key]: !state()[key] });
    },
    toggleAs() {
      store.set({ as: state().as === 'goal' ? 'angles' : 'goal' });
    },
  };
  return actions;
}
