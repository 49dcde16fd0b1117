/** The cameras: the view's roll and presets, the scene's lens and framing, the canvas, the plate. */

import { button, choice, line, section, slider } from '../controls.js';
import { el, everyFrame, put } from '../dom.js';
import { PRESETS } from '../presets.js';
import { cameraOf, charactersOf, sceneOf } from '../state.js';
import { texts } from '../texts.js';
import { promptText, promptValue } from './body.js';

/** Creates the panel. */
export function createCamera(context) {
  const t = texts.camera;
  return el('div', {},
    section(t.looking, createView(context)).root,
    section(t.sceneLens, createLens(context)).root,
    section(t.canvas, createCanvas(context)).root,
    section(t.plate, createPlate(context)).root,
    section(t.scene, createScene(context)).root);
}

/** The camera that this tab looks through. */
function createView({ watch, act, send }) {
  const t = texts.camera;
  const about = choice({ label: t.about, choose: () => {} });
  const roll = slider({
    label: t.viewRoll, low: -45, high: 45, step: 0.5, decimals: 1, unit: '°',
    change: everyFrame((degrees) => send({ type: 'roll', degrees })), isNumberFree: true,
  });
  const scene = button({ label: texts.view.sceneCamera, icon: 'camera', pressed: true, press: act.sceneCamera });
  const take = button({ label: texts.view.takeCamera, icon: 'take', press: act.takeCamera });
  const presets = PRESETS.map((name) => button({
    label: texts.presets[name],
    press: () => act.preset(name, about.list.value || undefined),
  }));
  watch(['document', 'selection'], (state) => {
    const chosen = about.list.value;
    about.set([{ value: '', label: t.framedAll }, ...charactersOf(state).map(({ id }) => ({ value: id, label: id }))],
      charactersOf(state).some((one) => one.id === chosen) ? chosen : state.selection.character ?? '');
  });
  watch(['view'], ({ view }) => {
    const isScene = view?.camera?.isScene !== false;
    scene.setAttribute('aria-pressed', String(isScene));
    take.disabled = isScene;
    roll.set(view?.camera?.roll ?? 0);
  });
  return [el('div.button-row', {}, scene, take), roll.root, about.root, el('div.button-grid', {}, presets)];
}

/** The keys of the scene's camera. */
function createLens({ watch, act, edit, store }) {
  const t = texts.camera;
  const set = (key) => (value) => edit('camera', { key, value });
  const lens = slider({
    label: texts.view.lens, low: 14, high: 200, unit: texts.view.lensUnit, isNumberFree: true, ...act.gesture,
    change(value) {
      if (cameraOf(store.get()).fovY !== undefined) edit('camera', { key: 'fovY', value: null });
      edit('camera', { key: 'focalLength', value });
    },
  });
  const roll = slider({ label: texts.view.roll, low: -45, high: 45, step: 0.5, decimals: 1, unit: '°', isNumberFree: true, ...act.gesture, change: set('roll') });
  const framing = choice({
    label: t.framed,
    choose(value) {
      if (value === '?') return;
      const { fovY, focalLength, roll: tilt } = cameraOf(store.get());
      const kept = Object.fromEntries(Object.entries({ fovY, focalLength, roll: tilt }).filter(([, one]) => one !== undefined));
      edit('wholeCamera', { value: { frame: value, ...kept } });
    },
  });
  const angle = slider({ label: t.angle, low: -180, high: 180, unit: '°', isNumberFree: true, ...act.gesture, change: set('angle') });
  const elevation = slider({ label: t.elevation, low: -89, high: 89, unit: '°', ...act.gesture, change: set('elevation') });
  const margin = slider({ label: t.margin, low: 0, high: 0.45, step: 0.01, decimals: 2, ...act.gesture, change: set('margin') });
  const framed = el('div', {}, angle.root, elevation.root, margin.root);
  watch(['document'], (state) => {
    const camera = cameraOf(state);
    const own = Array.isArray(camera.position) ? t.placed : camera.shot && t.shot;
    framing.set([own && { value: '?', label: own }, { value: 'all', label: t.framedAll },
      ...charactersOf(state).map(({ id }) => ({ value: id, label: id }))].filter(Boolean),
    own ? '?' : camera.frame ?? 'all');
    framed.hidden = Boolean(own);
    lens.set(camera.focalLength ?? (camera.fovY ? lensOf(camera.fovY, sceneOf(state).canvas) : 50));
    roll.set(camera.roll ?? 0);
    angle.set(camera.angle ?? 0);
    elevation.set(camera.elevation ?? 0);
    margin.set(camera.margin ?? 0.08);
  });
  return [lens.root, roll.root, framing.root, framed];
}

/** Returns the lens that covers the same diagonal on 36 × 24 mm film. */
function lensOf(fovY, canvas) {
  const [width, height] = Array.isArray(canvas) ? canvas : [1, 1];
  const tangent = Math.tan(fovY * Math.PI / 360) * Math.hypot(width, height) / height;
  return Math.hypot(36, 24) / 2 / tangent;
}

function createCanvas({ watch, edit, store }) {
  const t = texts.camera;
  const set = (value) => edit('scene', { key: 'canvas', value });
  const now = () => sceneOf(store.get()).canvas;
  const field = (index, label) => line({
    label,
    choose(text) {
      const value = Number.parseInt(text, 10);
      const next = [...(now() ?? [1024, 1024])];
      next[index] = value;
      if (Number.isFinite(value)) set(next);
    },
  });
  const width = field(0, texts.props.width);
  const height = field(1, texts.props.height);
  const swap = button({ label: t.turnPortrait, icon: 'turn', press: () => now() && set([...now()].reverse()) });
  const sizes = choice({ label: t.sizes, choose: (value) => value && set(value.split('×').map(Number)) });
  watch(['document', 'hello'], (state) => {
    const { canvas, profile: name } = sceneOf(state);
    const profiles = state.hello?.profiles ?? [];
    width.set(canvas?.[0]);
    height.set(canvas?.[1]);
    const list = profiles.find((one) => one.name === name)?.sizes ?? [[512, 768], [832, 1216], [1024, 1024], [1216, 832]];
    const all = list.map(sizeWords);
    const current = canvas ? canvas.join('×') : '';
    sizes.set([...new Set([current, ...all])].map((value) => ({ value, label: value.replace('×', ' × ') })), current);
  });
  return [createProfile({ watch, edit }), sizes.root, el('div.two', {}, width.root, height.root), el('div.button-grid', {}, swap)];
}

/** Creates the list of the models that the maps are for. */
export function createProfile({ watch, edit }) {
  const t = texts.camera;
  const profile = choice({ label: t.profile, choose: (value) => edit('scene', { key: 'profile', value: value || null }) });
  watch(['document', 'hello'], (state) => {
    const name = sceneOf(state).profile ?? '';
    const profiles = state.hello?.profiles ?? [];
    profile.set([{ value: '', label: t.noProfile }, ...profiles.map((one) => ({ value: one.name, label: one.name }))], name);
    profile.list.title = profiles.find((one) => one.name === name)?.summary ?? '';
  });
  return profile.root;
}

const sizeWords = (size) => (Array.isArray(size) ? size.join('×') : String(size));

function createPlate({ watch, edit, store }) {
  const t = texts.camera;
  const file = line({ label: t.plateFile, choose: (text) => edit('scene', { key: 'plate', value: text.trim() || null }) });
  const opacity = slider({
    label: t.plateOpacity, low: 0, high: 1, step: 0.01, decimals: 2, change: (plate) => store.set({ plate }),
  });
  watch(['document', 'plate'], (state) => {
    file.set(typeof sceneOf(state).plate === 'string' ? sceneOf(state).plate : '');
    opacity.set(state.plate);
  });
  return [el('p.note', { text: t.plateHint }), file.root, opacity.root];
}

function createScene({ watch, edit }) {
  const t = texts.camera;
  const make = (key, label) => line({
    label, isLong: true,
    choose: (text) => edit('scene', { key, value: text.trim() ? promptValue(text) : null }),
  });
  const prompt = make('prompt', t.prompt);
  const negative = make('negative', t.negative);
  const seed = line({
    label: t.seed,
    choose(text) {
      const value = Number.parseInt(text, 10);
      edit('scene', { key: 'seed', value: Number.isFinite(value) ? value : null });
    },
  });
  watch(['document'], (state) => {
    prompt.set(promptText(sceneOf(state).prompt));
    negative.set(promptText(sceneOf(state).negative));
    seed.set(sceneOf(state).seed ?? '');
  });
  const root = el('div');
  return put(root, prompt.root, negative.root, seed.root);
}
