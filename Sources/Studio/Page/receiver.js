/** Stores what the server sends. */

import { charactersOf, propsOf } from './state.js';
import { say, texts } from './texts.js';

/**
 * Creates the receiver of the connection's messages.
 * @param {{store: object, send: Function, act: object, picture: object, toast: Function}} context
 */
export function createReceiver({ store, send, act, picture, toast }) {
  const hear = {
    hello(message) {
      store.set({ hello: message, ...(message.isAutosaving ? { autosave: true } : {}) });
      introduce();
    },
    document(message) {
      // A playing clip follows its own clock.
      const { isPlaying, time } = store.get();
      store.set({ document: message, time: isPlaying ? time : message.time ?? time });
      keepSelection();
    },
    figure(message) {
      if (message.character === store.get().selection.character) store.set({ figure: message });
    },
    library: ({ library }) => store.set({ hello: { ...store.get().hello, library } }),
    findings: ({ items }) => store.set({ findings: items ?? [] }),
    difference: (message) => store.set({ difference: message }),
    job(message) {
      const jobs = new Map(store.get().jobs);
      const old = jobs.get(message.job);
      // While a job runs, only news is sent.
      const joined = (key) => [...(old?.[key] ?? []).slice(0, message.after[key]), ...message[key]];
      jobs.set(message.job, { ...old, ...message, pictures: joined('pictures'), messages: joined('messages') });
      const before = old?.state;
      store.set({ jobs });
      if (before === 'running' && message.state !== before) tellEnd(jobs.get(message.job));
    },
    picked(message) {
      if (message.prop) act.selectProp(message.prop);
      else act.select(message.character ?? null, message.joint ?? null);
    },
    notice: ({ message }) => toast('notice', message),
    refusal({ message, file }) {
      const refused = store.get().refused + 1;
      store.set({ refused, awaited: null, ...(file ? { refusedText: { file } } : {}) });
      toast('refusal', message);
    },
  };

  /** Reports the end of a job that no dialog shows. */
  function tellEnd(job) {
    if (document.querySelector('dialog.export')) return;
    const t = texts.export;
    if (job.state === 'done') toast('notice', say(t.ended, { count: job.pictures?.length ?? 0, folder: job.folder }));
    else toast('refusal', say(t.broke, { line: job.messages?.at(-1) ?? job.line ?? '' }));
  }

  /** Tells a newly connected server what this tab displays. */
  function introduce() {
    const state = store.get();
    picture.introduce();
    // The server no longer knows this tab: restore its view.
    const own = state.view?.camera?.own;
    if (own) send({ type: 'camera', ...own });
    if (state.autosave) send({ type: 'autosave', on: true });
    for (const id of state.hidden) send({ type: 'hide', id, on: true });
    const { character, joint } = state.selection;
    if (character) send({ type: 'select', character, joint });
  }

  /** Selects a figure at first, and deselects what no longer exists. */
  function keepSelection() {
    const state = store.get();
    const ids = charactersOf(state).map((one) => one.id);
    const { awaited } = state;
    if (ids.includes(awaited?.character)) act.select(awaited.character, awaited.joint);
    else if (propsOf(state).some((one) => one.id === awaited?.prop)) act.selectProp(awaited.prop);
    const { character, prop } = store.get().selection;
    if (prop && !propsOf(state).some((one) => one.id === prop)) act.select(ids[0] ?? null);
    else if (!prop && !ids.includes(character) && (character || ids.length)) act.select(ids[0] ?? null);
  }

  return {
    message: (message) => hear[message.type]?.(message),
    picture(header, bytes) {
      if (header?.kind === 'view') picture.show(header, bytes);
      else if (header?.kind === 'map') keepMap(header, bytes);
    },
    state: (connection) => store.set({ connection, ...(connection === 'lost' ? { drag: null } : {}) }),
  };

  function keepMap(header, bytes) {
    const maps = new Map(store.get().maps);
    maps.set(header.name, { ...header, blob: new Blob([bytes], { type: 'image/png' }) });
    store.set({ maps });
  }
}
