/** Export: the files that `render` writes, or a whole job for ComfyUI, with its progress. */

import { address } from '../connection.js';
import { button, choiceBar, line, tick } from '../controls.js';
import { openDialog } from '../dialog.js';
import { el, memory, put } from '../dom.js';
import { charactersOf } from '../state.js';
import { say, texts } from '../texts.js';

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
  const progress = el('div.job', { 'aria-live': 'polite' });
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
  const known = new Set(state.jobs.keys());
  let job = null;

  function show() {
    const isMaps = kind === 'export';
    kinds.set(kind);
    mapFields.hidden = figureFields.hidden = !isMaps;
    server.root.hidden = isMaps;
    note.textContent = isMaps ? t.same : '';
    start.querySelector('span').textContent = isMaps ? t.start : t.send;
    stop.hidden = job?.state !== 'running';
    start.disabled = job?.state === 'running';
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
    send(kind === 'export'
      ? { type: 'export', folder: folder.get(), maps: names, only, together: together.get() }
      : { type: 'comfyui', server: server.get(), folder: folder.get() });
  }

  const end = store.watch(['jobs'], ({ jobs }) => {
    job = [...jobs.values()].filter((one) => !known.has(one.job)).at(-1) ?? job;
    if (job) showJob(progress, job);
    show();
  });
  show();
  openDialog({
    title: t.title, class: 'export', closed: end,
    body: [kinds.root, mapFields, figureFields, server.root, folder.root, note, progress],
    buttons: [stop, el('span.bar-space'), start],
  });
  start.focus();
}

function showJob(root, job) {
  const t = texts.export;
  const words = { running: t.running, done: t.done, failed: t.failed }[job.state] ?? job.state;
  const bar = el('progress', { max: 1, 'aria-label': say(t.progress, { kind: job.kind ?? '' }) });
  if (job.state === 'done') bar.value = 1;
  else if (Number.isFinite(job.fraction)) bar.value = job.fraction;
  root.dataset.state = job.state;
  put(root, bar, el('p.job-line', {}, el('strong', { text: words }), el('span', { text: job.line ?? '' })),
    job.pictures?.length > 0 && el('div.job-pictures', {}, job.pictures.map((name) => el('a', {
      href: address('/picture', { job: job.job, name }), target: '_blank', rel: 'noopener',
    }, el('img', { src: address('/picture', { job: job.job, name }), alt: name, loading: 'lazy' })))));
}
