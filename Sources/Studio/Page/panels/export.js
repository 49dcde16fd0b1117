/** Export: the files that `render` writes, or a whole job for ComfyUI, with its progress. */

import { address } from '../connection.js';
import { button, choiceBar, line, tick } from '../controls.js';
import { openDialog } from '../dialog.js';
import { el, memory, put } from '../dom.js';
import { charactersOf, propsOf, sceneOf } from '../state.js';
import { say, texts } from '../texts.js';

/** The maximum number of a job's messages that are shown. */
const MOST_MESSAGES = 20;

/** Opens the dialog. */
export function openExport({ store, send }) {
  const t = texts.export;
  let kind = memory.get('exportKind', 'export');
  const state = store.get();
  const folder = line({ label: t.folder, choose: (value) => memory.set('exportFolder', value) });
  folder.field.value = memory.get('exportFolder', 'out');
  const server = line({ label: t.server, choose: (value) => memory.set('server', value) });
  server.field.value = memory.get('server', 'http://127.0.0.1:8188');
  const maps = (state.hello?.maps ?? []).map((map) => ({ ...map, ...tick({ label: map.name, title: map.summary, choose() {} }) }));
  for (const one of maps) one.set(one.isStandard);
  const figures = charactersOf(state).map(({ id }) => ({ id, ...tick({ label: id, choose() {} }) }));
  for (const one of figures) one.set(true);
  const together = tick({ label: t.togetherOnly, choose() {} });
  const mapFields = el('fieldset', {}, el('legend', { text: texts.maps.title }), el('div.ticks', {}, maps.map((one) => one.root)));
  const figureFields = el('fieldset', {}, el('legend', { text: t.figures }), el('div.ticks', {}, figures.map((one) => one.root)), together.root);
  const note = el('p.note');
  const progress = createJobView();
  const kinds = choiceBar({
    label: t.title, choices: [{ value: 'export', label: t.maps }, { value: 'comfyui', label: t.comfy }],
    choose(value) {
      kind = value;
      memory.set('exportKind', value);
      show();
    },
  });
  const start = button({ label: t.start, icon: 'export', class: 'primary', press: begin });
  const stop = button({ label: t.stop, press: () => job && send({ type: 'stopJob', job: job.job }) });
  // A running job is shown, whichever dialog or tab started it.
  const known = new Set([...state.jobs.values()].filter((one) => one.state !== 'running').map((one) => one.job));
  let job = null;
  let isAsked = false;

  function show() {
    const isMaps = kind === 'export';
    kinds.set(kind);
    mapFields.hidden = figureFields.hidden = !isMaps;
    server.root.hidden = isMaps;
    note.textContent = isMaps ? (hidesProps(state) ? t.noProps : t.same) : '';
    start.querySelector('span').textContent = isMaps ? t.start : t.send;
    stop.hidden = job?.state !== 'running';
    start.disabled = isAsked || job?.state === 'running';
  }

  function begin() {
    const names = maps.filter((one) => one.get()).map((one) => one.name);
    const ids = figures.filter((one) => one.get()).map((one) => one.id);
    if (kind === 'export' && (!names.length || !ids.length)) {
      note.textContent = t.nothing;
      return;
    }
    for (const id of store.get().jobs.keys()) known.add(id);
    const only = ids.length === figures.length ? null : ids;
    // A second press while the first is in progress is ignored.
    isAsked = send(kind === 'export'
      ? { type: 'export', folder: folder.get(), maps: names, only, together: together.get() }
      : { type: 'comfyui', server: server.get(), folder: folder.get() });
    show();
  }

  const end = store.watch(['jobs', 'refused'], ({ jobs }) => {
    isAsked = false;
    job = [...jobs.values()].filter((one) => !known.has(one.job)).at(-1) ?? job;
    if (job) progress.update(job);
    show();
  });
  show();
  openDialog({
    title: t.title, class: 'export', closed: end,
    body: [kinds.root, mapFields, figureFields, server.root, folder.root, note, progress.root],
    buttons: [stop, el('span.bar-space'), start],
  });
  start.focus();
}

/** Returns whether there are props that no map draws, which is the default. */
function hidesProps(state) {
  const { props } = sceneOf(state).maps ?? {};
  return propsOf(state).length > 0 && (props === undefined || props === false);
}

/** Shows a job in progress; pictures that already exist stay. */
function createJobView() {
  const t = texts.export;
  const bar = el('progress', { max: 1, 'aria-label': t.title });
  const state = el('strong');
  const line = el('span');
  const messages = el('ul.job-messages', { 'aria-label': t.messages });
  const pictures = el('div.job-pictures', { 'aria-label': t.pictures, role: 'group' });
  const root = el('div.job', { 'aria-live': 'polite', hidden: true }, bar, el('p.job-line', {}, state, line), messages, pictures);
  let shown = null;

  return {
    root,
    update(job) {
      if (shown !== job.job) put(pictures);
      shown = job.job;
      root.hidden = false;
      root.dataset.state = job.state;
      if (job.state === 'done') bar.value = 1;
      else if (Number.isFinite(job.fraction)) bar.value = job.fraction;
      else bar.removeAttribute('value');
      state.textContent = job.state === 'done' ? say(t.doneIn, { folder: job.folder }) : { running: t.running, failed: t.failed }[job.state] ?? job.state;
      line.textContent = job.line ?? '';
      put(messages, (job.messages ?? []).slice(-MOST_MESSAGES).map((text) => el('li', { text })));
      for (const name of (job.pictures ?? []).slice(pictures.children.length)) pictures.append(pictureOf(job, name));
    },
  };
}

function pictureOf(job, name) {
  const source = address('/picture', { job: job.job, name });
  return el('a', { href: source, target: '_blank', rel: 'noopener', title: name },
    el('img', { src: source, alt: '', loading: 'lazy' }), el('span', { text: name.replace(/\.png$/, '') }));
}
