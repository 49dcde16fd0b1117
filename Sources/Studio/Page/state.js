/** The store that panels read: the server's latest state, and this tab's choices. */

import { memory } from './dom.js';

/** The initial state of a tab. */
export function beginning() {
  return {
    connection: 'connecting',
    hello: null,
    document: null,
    figure: null,
    view: null,
    size: { width: 1, height: 1, scale: 1 },
    findings: [],
    difference: null,
    jobs: new Map(),
    refused: 0,
    refusedText: null,
    awaited: null,
    maps: new Map(),
    selection: { character: null, joint: null, prop: null },
    hidden: new Set(),
    hover: null,
    drag: null,
    clipboard: null,
    said: null,
    time: 0,
    isPlaying: false,
    as: memory.get('as', 'goal'),
    snap: memory.get('snap', true),
    thirds: memory.get('thirds', false),
    balance: memory.get('balance', true),
    handles: memory.get('handles', true),
    plate: memory.get('plate', 0.4),
    autosave: memory.get('autosave', false),
    panel: memory.get('panel', 'pose'),
    mapNames: memory.get('mapNames', ['openpose', 'depth', 'normal', 'canny']),
    mapSubject: memory.get('mapSubject', 'all'),
    stripOpen: memory.get('stripOpen', true),
  };
}

const KEPT = ['as', 'snap', 'thirds', 'balance', 'handles', 'plate', 'panel',
  'mapNames', 'mapSubject', 'stripOpen'];

/**
 * Creates a store.
 * @param {object} start
 */
export function createStore(start) {
  const values = { ...start };
  const watchers = new Set();
  let changed = new Set();

  function tell() {
    const keys = changed;
    changed = new Set();
    for (const watcher of watchers) {
      if (watcher.keys.some((key) => keys.has(key))) watcher.work(values);
    }
  }

  return {
    /** Returns all values; change them only with `set`. */
    get: () => values,
    /** Changes values; watchers are notified once all current work is done. */
    set(patch) {
      for (const [key, value] of Object.entries(patch)) {
        if (Object.is(values[key], value)) continue;
        values[key] = value;
        if (KEPT.includes(key)) memory.set(key, value);
        if (changed.size === 0) queueMicrotask(tell);
        changed.add(key);
      }
    },
    /**
     * Calls a function now and whenever one of some keys has changed.
     * @returns {Function} a function that stops this
     */
    watch(keys, work) {
      const watcher = { keys, work };
      watchers.add(watcher);
      work(values);
      return () => watchers.delete(watcher);
    },
  };
}

/** Returns the scene, or an empty one while there is none. */
export const sceneOf = (state) => state.document?.scene ?? {};

/** Returns the camera that maps are seen through: the scene's own, or the first with a name. */
export const cameraOf = (state) => {
  const scene = sceneOf(state);
  return scene.camera ?? Object.values(scene.cameras ?? {})[0] ?? {};
};

/** Returns the characters of the scene. */
export const charactersOf = (state) => {
  const list = sceneOf(state).characters;
  return Array.isArray(list) ? list.filter((one) => one && typeof one.id === 'string') : [];
};

/** Returns the props of the scene. */
export const propsOf = (state) => {
  const list = sceneOf(state).props;
  return Array.isArray(list) ? list.filter((one) => one && typeof one.id === 'string') : [];
};

/** Returns the selected character in the scene, or undefined. */
export const selectedCharacter = (state) =>
  charactersOf(state).find((one) => one.id === state.selection.character);

/** Returns the selected prop in the scene, or undefined. */
export const selectedProp = (state) =>
  propsOf(state).find((one) => one.id === state.selection.prop);

/** Returns an id that is unused in the scene, derived from a name. */
export function freeID(state, name) {
  const taken = new Set([...charactersOf(state), ...propsOf(state)]
    .map((one) => one.id.toLowerCase()));
  const stem = name.replace(/[^A-Za-z0-9_-]/g, '-').replace(/^[^A-Za-z0-9]+/, '')
    .replace(/-?\d+$/, '').slice(0, 56) || 'thing';
  if (!taken.has(stem.toLowerCase())) return stem;
  let number = 2;
  while (taken.has(`${stem}-${number}`.toLowerCase())) number += 1;
  return `${stem}-${number}`;
}

/** Returns the selected figure's height in meters; undefined until it is known. */
export function statureOf({ figure, selection }) {
  return figure?.character === selection.character ? figure?.stature : undefined;
}

/** Returns whether the text of the scene has errors. */
export const hasErrors = ({ document: doc }) => (doc?.diagnostics ?? []).some((one) => one.severity === 'error');
