/** The bar at the top: the file, undo, the result of drags, save and export. */

import { button, choiceBar, setName, setPressed } from './controls.js';
import { el, memory } from './dom.js';
import { openMenu } from './menu.js';
import { say, texts } from './texts.js';

/**
 * Fills the bar.
 * @param {HTMLElement} root
 * @param {{store: object, act: object, page: object}} context
 */
export function createTopBar(root, { store, act, page }) {
  const t = texts.top;
  root.setAttribute('role', 'banner');
  const name = el('h1.file-name');
  const mark = el('span.unsaved', { role: 'img' });
  const undo = button({ label: t.undo, icon: 'undo', key: 'Ctrl+Z', isIconOnly: true, press: act.undo });
  const redo = button({ label: t.redo, icon: 'redo', key: 'Ctrl+Shift+Z', isIconOnly: true, press: act.redo });
  const save = button({ label: t.save, icon: 'save', key: 'Ctrl+S', title: t.saveNow, press: act.save });
  const saveMore = button({
    label: t.autosave, icon: 'down', isIconOnly: true, class: 'quiet narrow',
    press: () => openMenu(saveMore, [{
      label: t.autosave, isChecked: store.get().autosave,
      press: () => act.autosave(!store.get().autosave),
    }]),
  });
  const as = choiceBar({
    label: t.dragAs,
    choices: [
      { value: 'goal', label: t.goals, title: t.goalsHint, icon: 'goal', key: 'G' },
      { value: 'angles', label: t.angles, title: t.anglesHint, icon: 'angle', key: 'G' },
    ],
    choose: (value) => store.set({ as: value }),
  });
  const snap = button({
    label: t.snap, icon: 'magnet', key: 'S', title: t.snapHint, pressed: false, press: () => act.toggle('snap'),
  });
  const theme = button({ label: t.theme, icon: 'theme', isIconOnly: true, class: 'quiet', press: switchTheme });
  const help = button({ label: t.help, icon: 'help', key: '?', isIconOnly: true, class: 'quiet', press: page.help });
  const out = button({ label: t.export, icon: 'export', key: 'Ctrl+E', title: t.exportHint, class: 'primary', press: page.export });

  root.append(
    el('div.bar-group.brand', {}, el('img.logo', { src: '/page/icon.svg', alt: '' }), name, mark),
    el('div.bar-group', {}, undo, redo),
    el('div.bar-group', {}, as.root, snap),
    el('div.bar-space'),
    el('div.bar-group', {}, help, theme),
    el('div.bar-group.joined', {}, save, saveMore),
    el('div.bar-group', {}, out));

  store.watch(['document', 'hello', 'as', 'snap', 'autosave'], (state) => {
    const { document: doc } = state;
    name.textContent = fileName(state);
    name.title = state.hello?.scenePath ?? '';
    mark.hidden = !doc?.isUnsaved;
    mark.title = t.unsaved;
    mark.setAttribute('aria-label', t.unsaved);
    undo.disabled = !doc?.undo;
    redo.disabled = !doc?.redo;
    setName(undo, doc?.undo ? say(t.undoOf, { what: doc.undo }) : t.undo);
    setName(redo, doc?.redo ? say(t.redoOf, { what: doc.redo }) : t.redo);
    save.disabled = !doc?.isUnsaved;
    save.classList.toggle('wanted', Boolean(doc?.isUnsaved));
    as.set(state.as);
    setPressed(snap, state.snap);
    document.title = say(texts.app.title, {
      mark: doc?.isUnsaved ? texts.app.unsavedMark : '', file: fileName(state),
    });
  });
}

/** Returns the name of the scene's file, without its folders. */
export function fileName(state) {
  const path = state.hello?.scenePath;
  return path ? path.split('/').slice(-2).join('/') : texts.app.noScene;
}

/** Applies the chosen theme, or the system's. */
export function applyTheme() {
  const isLight = matchMedia('(prefers-color-scheme: light)').matches;
  document.documentElement.dataset.theme = memory.get('theme', isLight ? 'light' : 'dark');
}

function switchTheme() {
  const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  memory.set('theme', next);
  applyTheme();
}
