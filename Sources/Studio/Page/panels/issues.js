/** The list of issues: each selects its location in the text and its figure. */

import { el, icon, put } from '../dom.js';
import { issuesOf } from '../status.js';
import { say, texts } from '../texts.js';
import { charactersOf } from '../state.js';

/** Creates the panel. */
export function createIssues({ watch, store, act }) {
  const t = texts.issues;
  const list = el('ul.issues', { 'aria-label': t.title });
  const none = el('p.empty', {}, icon('check'), el('span', { text: t.none }));

  function open(issue) {
    const known = charactersOf(store.get()).some((one) => one.id === issue.character);
    if (known) act.select(issue.character, jointIn(issue.path, store.get()));
    if (issue.line) {
      store.set({ place: { file: issue.file, line: issue.line, column: issue.column ?? 1 }, panel: 'text' });
    }
  }

  watch(['document', 'findings'], (state) => {
    const all = issuesOf(state);
    none.hidden = all.length > 0;
    put(list, all.map((issue) => el(`li.issue.${issue.severity}`, {},
      el('button', { type: 'button', title: t.open, onclick: () => open(issue) },
        icon(issue.severity === 'error' ? 'error' : 'warning'),
        el('span.issue-words', {},
          el('span.hidden-words', { text: `${t[issue.severity] ?? ''}: ` }),
          el('span', { text: issue.message }),
          el('span.issue-place', { text: placeOf(issue) }))))));
  });
  return el('div', {}, none, list);
}

function placeOf(issue) {
  const file = issue.file?.split('/').at(-1) ?? '';
  if (!issue.line) return file;
  return `${say(texts.issues.place, { file, line: issue.line, column: issue.column ?? 1 })} · ${issue.code}`;
}

/** Returns the joint that a path of a document names, as in `…reach.leftHand`, if it is one. */
function jointIn(path, state) {
  const name = /\.(?:joints|reach)\.(\w+)/.exec(path ?? '')?.[1];
  return state.hello?.joints?.some((one) => one.name === name) ? name : null;
}
