/** Assembles the page. */

import { createActions } from './actions.js';
import { connect } from './connection.js';
import { el, loadIcons } from './dom.js';
import { createGuides } from './guides.js';
import { listenToKeys, shortcuts, showHelp } from './keys.js';
import { closeMenu } from './menu.js';
import { createToasts, showBanners } from './notices.js';
import { listenToNudges } from './nudge.js';
import { createHandles } from './overlay.js';
import { allPanels, createLeft } from './panels/index.js';
import { openExport } from './panels/export.js';
import { openFigureMenu } from './panels/figure-menu.js';
import { createStrip } from './panels/strip.js';
import { createTimeline } from './panels/timeline.js';
import { listenToPointers } from './pointer.js';
import { createRail } from './rail.js';
import { createReceiver } from './receiver.js';
import { beginning, createStore } from './state.js';
import { createStatus } from './status.js';
import { texts } from './texts.js';
import { createNotes, createTools } from './tools.js';
import { applyTheme, createTopBar } from './topbar.js';
import { createPicture } from './view.js';

const part = (id) => document.getElementById(id);

function start() {
  applyTheme();
  const store = createStore(beginning());
  const toast = createToasts(part('toasts'));
  let connection = null;
  const send = (message) => {
    if (connection?.send(message)) return true;
    if (message.type === 'edit') toast('refusal', texts.status.offline);
    return false;
  };
  const act = createActions(store, send);
  const page = {};
  const context = { store, send, edit: act.edit, act, page, toast };

  const area = createArea(context);
  Object.assign(page, createPageActions(context, area, () => table));
  const table = shortcuts(context);
  createTopBar(part('top'), context);
  createStatus(part('status'), context);
  showBanners(part('banners'), context);
  createLeft(part('left'), context);
  createRail(part('right'), context, allPanels);
  part('middle').append(createTools(context), area.root, createTimeline(context), createStrip(context));
  listenToKeys(table);

  const receiver = createReceiver({ ...context, picture: area.picture });
  connection = connect(receiver);
  addEventListener('beforeunload', (event) => {
    // While the server is running, it has the document, and nothing is lost.
    const { document: doc, connection: state } = store.get();
    if (doc?.isUnsaved && state !== 'open') event.preventDefault();
  });
}

/** Creates the view: picture, guides, handles and tools, in one element that takes the keyboard focus. */
function createArea(context) {
  const guides = createGuides(context);
  const picture = createPicture(context, guides.plate);
  const handles = createHandles(context);
  const root = el('section.view', { id: 'view', tabindex: '0', 'aria-label': texts.view.label },
    picture.root, guides.root, handles.root, createNotes(context));
  const pointers = listenToPointers(root, context, handles, (point, wait) => setTimeout(() => {
    const id = context.store.get().selection.character;
    if (id) openFigureMenu(root, id, context, point);
  }, wait));
  listenToNudges(handles.root, context);
  return { root, picture, pointers, handles };
}

/** The effects of keys and buttons on the page itself. */
function createPageActions(context, area, table) {
  const { store } = context;
  return {
    area: area.root,
    nearest: area.handles.nearest,
    help: () => showHelp(table()),
    export: () => openExport(context),
    focusView: () => area.root.focus(),
    search: () => part('library-search')?.focus(),
    panel(way) {
      const ids = allPanels.map((one) => one.id);
      store.set({ panel: ids[(ids.indexOf(store.get().panel) + way + ids.length) % ids.length] });
    },
    play: () => store.set({ isPlaying: !store.get().isPlaying && store.get().document?.duration > 0 }),
    escape() {
      if (area.pointers.cancel() || closeMenu()) return;
      const { selection } = store.get();
      if (selection.joint) context.act.select(selection.character);
    },
  };
}

loadIcons('/page/icons.svg');
start();
