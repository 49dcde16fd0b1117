/** A prop: its shape and size, its position, its class in the maps, and where figures can sit. */

import { button, choice, section, slider, tick } from '../controls.js';
import { el, put } from '../dom.js';
import { charactersOf, propsOf, sceneOf, selectedProp } from '../state.js';
import { say, texts, wordsOf } from '../texts.js';

const CLASSES = ['wall', 'building', 'floor', 'tree', 'ceiling', 'road', 'bed', 'windowpane', 'grass',
  'cabinet', 'sidewalk', 'earth', 'door', 'table', 'plant', 'curtain', 'chair', 'car', 'water', 'painting',
  'sofa', 'shelf', 'mirror', 'rug', 'armchair', 'seat', 'fence', 'desk', 'rock', 'lamp', 'railing',
  'cushion', 'box', 'column', 'stairs'];
/** The names of a size's numbers, by shape. */
const SIZES = { box: ['width', 'height', 'depth'], plane: ['width', 'depth'] };

/** Creates the panel. */
export function createProps(context) {
  const { watch, act, edit, store } = context;
  const t = texts.props;
  const none = el('p.empty', { text: t.none });
  const pick = choice({ label: t.title, choose: (id) => id && act.selectProp(id) });
  const kind = choice({
    label: t.class,
    choose: (value) => edit('prop', { prop: store.get().selection.prop, key: 'class', value: value || null }),
  });
  const size = el('div');
  const position = createVector(context, 'position', [-2, 2], 0.01, 2, texts.body.meters);
  const rotation = createVector(context, 'rotation', [-180, 180], 1, 0, texts.body.degrees);
  const seats = el('div.button-row');
  const drawn = tick({ label: t.drawn, title: t.drawnHint, choose: (value) => edit('mapSetting', { key: 'props', value: value || null }) });
  const remove = button({ label: t.remove, icon: 'trash', press: act.remove });
  const all = el('div', {}, kind.root, section(t.size, size).root,
    section(t.position, position.root).root, section(t.rotation, rotation.root).root,
    section(t.surfaces, el('p.note', { text: t.surfacesHint }), seats).root,
    section(t.inMaps, el('p.note', { text: t.inMapsHint }), drawn.root).root,
    el('div.button-grid', {}, remove));
  let shape = null;
  let sizes = [];

  watch(['document', 'selection'], (state) => {
    const prop = selectedProp(state);
    none.hidden = Boolean(prop);
    all.hidden = !prop;
    pick.set([{ value: '', label: '…' }, ...propsOf(state).map(({ id }) => ({ value: id, label: id }))], prop?.id ?? '');
    pick.root.hidden = !propsOf(state).length;
    const { props: inMaps } = sceneOf(state).maps ?? {};
    drawn.set(inMaps === true || inMaps?.length > 0);
    if (!prop) return;
    kind.set([{ value: '', label: t.classDefault }, ...CLASSES.map((value) => ({ value, label: wordsOf(value) }))],
      typeof prop.class === 'string' ? prop.class : '');
    if (shape !== prop.shape) {
      shape = prop.shape;
      sizes = sizeSliders(context, shape);
      put(size, sizes.map((one) => one.root));
    }
    for (const one of sizes) one.show(prop);
    position.show(prop);
    rotation.show(prop);
    put(seats, charactersOf(state).map(({ id }) => button({
      label: say(t.sitHere, { id }), icon: 'seat',
      press: () => edit('seat', { character: id, point: `props.${prop.id}.top` }),
    })));
  });
  return el('div', {}, pick.root, none, all);
}

/** Sliders for a prop's list of numbers, which is edited as a whole. */
function createVector(context, key, [low, high], step, decimals, unit) {
  const names = [texts.body.x, texts.body.y, texts.body.z];
  const vector = numbers(context, key, names, [low, high], step, decimals, unit);
  return { root: el('div', {}, vector.map((one) => one.root)), show: (prop) => vector.forEach((one) => one.show(prop)) };
}

function sizeSliders(context, shape) {
  const names = SIZES[shape];
  if (names) {
    return numbers(context, 'size', names.map((one) => texts.props[one]), [0.01, 2], 0.01, 2, texts.body.meters, 1);
  }
  return ['radius', 'height'].map((key) => {
    const one = slider({
      label: texts.props[key], low: 0.01, high: key === 'radius' ? 1 : 2, step: 0.01, decimals: 2,
      unit: texts.body.meters, isNumberFree: true, ...context.act.gesture,
      change: (value) => context.edit('prop', { prop: context.store.get().selection.prop, key, value }),
    });
    return { root: one.root, show: (prop) => one.set(prop[key] ?? 0) };
  });
}

function numbers(context, key, names, [low, high], step, decimals, unit, otherwise = 0) {
  const { store, edit, act } = context;
  const listOf = () => {
    const list = selectedProp(store.get())?.[key];
    return names.map((_, index) => (Array.isArray(list) ? list[index] : undefined) ?? otherwise);
  };
  let draft = null;
  return names.map((label, index) => {
    const one = slider({
      label, low, high, step, decimals, unit, isNumberFree: true,
      begin() {
        draft = listOf();
        act.gesture.begin();
      },
      change(value) {
        draft ??= listOf();
        draft[index] = value;
        edit('prop', { prop: store.get().selection.prop, key, value: [...draft] });
      },
      end() {
        draft = null;
        act.gesture.end();
      },
    });
    return { root: one.root, show: () => one.set(listOf()[index]) };
  });
}
