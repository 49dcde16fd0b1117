/** The status line: connection, selection, the effect of a drag, issues, and speed. */

import { button } from './controls.js';
import { afterPause, el, icon, put } from './dom.js';
import { capital, handleWords, jointWords } from './joints.js';
import { say, texts } from './texts.js';

/** The milliseconds for which it shows what was undone. */
const SAID_FOR = 3000;

/**
 * Fills the status line.
 * @param {HTMLElement} root
 * @param {{store: object}} context
 */
export function createStatus(root, { store }) {
  root.setAttribute('aria-label', texts.status.label);
  const connection = el('span.connection', { role: 'status' });
  const selection = el('span.selection');
  const hint = el('span.hint', { role: 'status' });
  const speed = el('span.speed');
  const work = el('span.work', { role: 'status' });
  const issues = button({ label: '', class: 'quiet issues-button', press: () => store.set({ panel: 'issues' }) });
  root.append(connection, selection, hint, el('span.bar-space'), work, speed, issues);

  store.watch(['connection'], (state) => {
    connection.className = `connection ${state.connection}`;
    connection.title = texts.connection[state.connection];
    connection.setAttribute('aria-label', texts.connection[state.connection]);
  });
  store.watch(['selection', 'hello'], (state) => {
    selection.textContent = selectionWords(state);
  });
  const silence = afterPause(() => store.set({ said: null }), SAID_FOR);
  store.watch(['drag', 'said'], (state) => {
    hint.textContent = state.drag ? dragWords(state) : state.said ?? texts.status.idle;
    if (state.said) silence();
  });
  store.watch(['view', 'rate', 'latency'], ({ view, rate, latency }) => {
    const ms = view?.milliseconds;
    speed.textContent = view?.isMoving && rate ? (latency ? say(texts.view.rate, { rate, latency }) : say(texts.view.rateOnly, { rate }))
      : ms ? say(texts.view.readout, {
        width: view.width, height: view.height, solve: round(ms.solve), draw: round(ms.draw),
      }) : '';
  });
  store.watch(['jobs'], ({ jobs }) => {
    const running = [...jobs.values()].find((one) => one.state === 'running');
    const percent = Math.round(100 * (running?.fraction ?? 0));
    work.textContent = running ? say(texts.export.progress, { percent }) : '';
  });
  store.watch(['document', 'findings'], (state) => {
    const all = issuesOf(state);
    const errors = all.filter((one) => one.severity === 'error').length;
    const warnings = all.length - errors;
    put(issues, errors > 0 && [icon('error'), el('span', { text: count(errors, 'Error') })],
      warnings > 0 && [icon('warning'), el('span', { text: count(warnings, 'Warning') })],
      all.length === 0 && [icon('check'), el('span', { text: texts.issues.none })]);
    issues.classList.toggle('has-errors', errors > 0);
  });
}

const round = (value) => (Number.isFinite(value) ? value.toFixed(1) : '0');

function count(number, kind) {
  const t = texts.issues;
  return number === 1 ? t[`one${kind}`] : say(t[`${kind.toLowerCase()}s`], { count: number });
}

/** Returns all issues, errors first, each once. */
export function issuesOf(state) {
  const seen = new Set();
  const all = [...(state.document?.diagnostics ?? []), ...state.findings].filter((one) => {
    const key = `${one.file}:${one.line}:${one.column}:${one.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return all.sort((a, b) => (a.severity === 'error' ? 0 : 1) - (b.severity === 'error' ? 0 : 1));
}

function selectionWords(state) {
  const { character, joint, prop } = state.selection;
  if (prop) return prop;
  if (!character) return texts.status.nothing;
  if (!joint) return character;
  return capital(say(texts.handles.of, { part: jointWords(state, joint), id: character }));
}

function dragWords(state) {
  const { drag, view } = state;
  const handle = view?.handles?.find((one) => one.handle === drag.handle);
  const what = handle ? capital(handleWords(state, handle)) : '';
  if (drag.kind === 'yaw') return `${what} · ${texts.drag.hintTurn}`;
  const isBound = drag.kind === 'figure' || drag.kind === 'prop';
  const path = isBound ? texts.drag.ofFigures[drag.path] : texts.drag[drag.path];
  const as = isBound ? '' : ` ${drag.as === 'goal' ? texts.drag.becomesGoal : texts.drag.becomesAngles}`;
  const hint = isBound ? texts.drag.hintFigure : texts.drag.hint;
  return `${what} ${path}${as} · ${hint}`;
}
