/** The tools above the view: the camera, and the overlays. */

import { figuresToAdd } from './actions.js';
import { button, setPressed } from './controls.js';
import { el, everyFrame, put } from './dom.js';
import { openMenu } from './menu.js';
import { PRESETS } from './presets.js';
import { charactersOf, hasErrors } from './state.js';
import { say, texts } from './texts.js';

/** The directions around everyone; over a shoulder is relative to one figure. */
const DIRECTIONS = PRESETS.filter((name) => name !== 'overShoulder');

/**
 * Creates the bar above the view.
 * @param {{store: object, act: object, send: Function}} context
 */
export function createTools({ store, act, send }) {
  const t = texts.view;
  const scene = button({
    label: t.sceneCamera, title: t.sceneCameraHint, icon: 'camera', key: '0', pressed: true, press: act.sceneCamera,
  });
  const take = button({
    label: t.takeCamera, title: t.takeCameraHint, icon: 'take', class: 'accent', press: act.takeCamera,
  });
  const views = button({ label: t.views, title: t.viewsHint, icon: 'views', press: () => openViews() });
  const frame = button({ label: t.frame, title: t.frameHint, icon: 'frame', press: () => openFrames() });
  for (const one of [views, frame]) one.setAttribute('aria-haspopup', 'menu');
  const lens = createLens(store, send);
  const toggles = [['thirds', 'T'], ['balance', 'B'], ['handles', '.']]
    .map(([key, shortcut]) => {
      const one = button({
        label: t[key], icon: key, key: shortcut, isIconOnly: true, pressed: false, press: () => act.toggle(key),
      });
      store.watch([key], (state) => setPressed(one, state[key]));
      return one;
    });

  function openViews() {
    const about = store.get().selection.character;
    openMenu(views, [
      ...DIRECTIONS.map((name, index) => ({
        label: texts.presets[name], key: String(index + 1), press: () => act.preset(name, about),
      })),
      'line',
      ...charactersOf(store.get()).map(({ id }) => ({
        label: say(texts.presets.overShoulderOf, { id }), press: () => act.preset('overShoulder', id),
      })),
    ]);
  }

  function openFrames() {
    const id = store.get().selection.character;
    openMenu(frame, [
      { label: t.frameAll, key: 'A', press: () => act.frame('all') },
      ...charactersOf(store.get()).map((one) => ({
        label: say(t.frameFigure, one), key: one.id === id ? 'F' : undefined, press: () => act.frame(one.id),
      })),
      id && 'line',
      id && { label: say(t.frameFace, { id }), press: () => act.frame(id, 'face') },
      id && { label: say(t.frameHands, { id }), press: () => act.frame(id, 'hands') },
    ]);
  }

  store.watch(['view'], ({ view }) => {
    const isScene = view?.camera?.isScene !== false;
    setPressed(scene, isScene);
    take.hidden = isScene;
  });

  return el('div.view-tools', { role: 'toolbar', 'aria-label': t.tools },
    scene, take, views, frame, lens, el('span.bar-space'), toggles);
}

/** Creates the occasional overlays of the picture: a note about errors, and the offer of an empty scene. */
export function createNotes({ store, act }) {
  return [createNote(store), createWelcome(store, act)];
}

/** States that the picture does not show the current text, because that has errors. */
function createNote(store) {
  const note = button({
    label: texts.view.empty, title: texts.view.toIssues, icon: 'error', class: 'view-note floating',
    press: () => store.set({ panel: 'issues' }),
  });
  store.watch(['document', 'view'], (state) => {
    note.hidden = !hasErrors(state);
    note.querySelector('span').textContent = state.view ? texts.view.empty : texts.view.noPicture;
  });
  return note;
}

/** Offers the first figures for an empty scene. */
function createWelcome(store, act) {
  const figures = el('div.button-row');
  const root = el('div.welcome.floating', {}, el('h2', { text: texts.view.welcome }),
    el('p', { text: texts.view.welcomeWords }),
    figures);
  store.watch(['hello'], (state) => put(figures, figuresToAdd(state, act).map(button)));
  store.watch(['document'], (state) => {
    root.hidden = !state.document || charactersOf(state).length > 0;
  });
  return root;
}

/** The lens of the view in millimeters, on a logarithmic scale. */
function createLens(store, send) {
  const [shortest, longest] = [14, 300];
  const toMillimeters = (share) => shortest * (longest / shortest) ** share;
  const toShare = (mm) => Math.log(mm / shortest) / Math.log(longest / shortest);
  const tell = everyFrame((focalLength) => send({ type: 'lens', focalLength }));
  const words = el('output.lens-value');
  const range = el('input', { type: 'range', min: 0, max: 1, step: 0.01, 'aria-label': texts.view.lens });
  const show = (mm) => {
    words.textContent = `${Math.round(mm)} ${texts.view.lensUnit}`;
    range.setAttribute('aria-valuetext', words.textContent);
  };
  range.addEventListener('input', () => {
    const mm = Math.round(10 * toMillimeters(Number(range.value))) / 10;
    show(mm);
    tell(mm);
  });
  range.addEventListener('change', () => tell.flush());
  store.watch(['view'], ({ view }) => {
    const mm = view?.camera?.focalLength;
    if (!mm || range.matches(':active')) return;
    range.value = toShare(mm);
    show(mm);
  });
  return el('label.lens', { title: texts.view.lens }, range, words);
}
