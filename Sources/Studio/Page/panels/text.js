/** The files' text beside the view, edited either way. */

import { button, choice } from '../controls.js';
import { afterPause, el, put } from '../dom.js';
import { say, texts } from '../texts.js';
import { createCompletion } from './completion-list.js';
import { highlighted } from './highlight.js';

/** Milliseconds without typing after which the text is sent. */
const PAUSE = 900;

/** Makes the panel. */
export function createText({ watch, store, send }) {
  const t = texts.text;
  const list = choice({ label: t.file, isLabelHidden: true, choose: open });
  const area = el('textarea.code', { spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', wrap: 'off' });
  const numbers = el('div.line-numbers', { 'aria-hidden': 'true' });
  const mark = el('div.line-mark', { hidden: true });
  const words = el('p.text-state', { role: 'status' });
  const apply = button({ label: t.apply, title: t.applyHint, press: sendNow });
  const discard = button({ label: t.discard, press: discardDraft });
  const colors = el('pre.colors', { 'aria-hidden': 'true' });
  const completion = createCompletion(area, { store, line: LINE, kind: () => file()?.kind ?? 'scene' });
  const editor = el('div.editor', {}, mark, colors, area, el('div.gutter', {}, numbers), completion.root);
  let painted = null;
  let path = null;
  /** The server's text that the field was made of; null while it shows none. */
  let base = null;
  /** The field's text as it was sent last, and neither seen in a document nor refused since; or null. */
  let sent = null;
  const sendLater = afterPause(sendNow, PAUSE);

  function files() {
    return store.get().document?.files ?? [];
  }
  const file = () => files().find((one) => one.path === path);

  function open(next) {
    if (isAhead()) sendNow();
    path = next;
    base = sent = null;
    show();
  }
  /** Whether the field has what the server was not told, or has refused. */
  const isAhead = () => base !== null && area.value !== (sent ?? base);

  /** Sends the field's text with the one that it was made of: what others made of that meanwhile stays. */
  function sendNow() {
    sendLater.cancel();
    if (!isAhead()) return;
    const edit = { kind: 'text', file: path, text: area.value, base: sent ?? base };
    if (send({ type: 'edit', edit })) sent = area.value;
    update();
  }

  /** Goes back to the last text that can be read; from what was typed beside a change, to that. */
  function discardDraft() {
    sendLater.cancel();
    const now = file();
    if (!now) return;
    if (draftOf(now) !== null) send({ type: 'edit', edit: { kind: 'text', file: path, text: now.text } });
    base = sent = null;
    show(now.text);
  }

  /** Shows the server's text, unless the field is ahead of it. */
  function show(text = draftOf(file()) ?? file()?.text) {
    const now = file();
    if (!now) return;
    const isForced = base === null;
    // A document that knows nothing yet of what was sent is older than the field.
    if (isAhead() || (sent !== null && text === base)) {
      update();
      return;
    }
    if (text !== area.value) {
      const { scrollTop, scrollLeft, selectionStart, selectionEnd } = area;
      area.value = text;
      area.setSelectionRange(selectionStart, selectionEnd);
      if (!isForced) [area.scrollTop, area.scrollLeft] = [scrollTop, scrollLeft];
      else area.scrollTop = 0;
    }
    base = text;
    sent = null;
    area.setAttribute('aria-label', say(t.editor, { name: now.name }));
    update();
  }

  function update() {
    const now = file();
    const draft = now?.draft;
    const faults = (store.get().document?.diagnostics ?? []).filter((one) => one.file === path && one.line);
    const fault = draft?.message ? draft : faults[0];
    numberLines(numbers, area.value, new Map(faults.map((one) => [one.line, one.severity])), draft?.line);
    if (painted !== area.value) {
      painted = area.value;
      put(colors, highlighted(painted));
    }
    const isNewer = isAhead();
    const hasMovedOn = isNewer && now && (draftOf(now) ?? now.text) !== base;
    words.textContent = isNewer ? t.typing
      : fault ? say(t.draft, { line: fault.line ?? '?', message: fault.message }) : t.clean;
    words.classList.toggle('error', Boolean(fault) && !isNewer);
    discard.hidden = !draft && !hasMovedOn;
    apply.disabled = !isNewer;
    follow();
  }

  function follow() {
    numbers.style.transform = `translateY(${-area.scrollTop}px)`;
    colors.style.transform = `translate(${-area.scrollLeft}px, ${-area.scrollTop}px)`;
    mark.style.top = `${(Number(mark.dataset.line) - 1) * LINE + PAD - area.scrollTop}px`;
  }

  /** Shows a place: of an error that was clicked. */
  function goTo({ file: name, line, column }) {
    const found = files().find((one) => one.path === name || one.path.endsWith(`/${name}`)) ?? file();
    if (!found) return;
    if (found.path !== path) open(found.path);
    const lines = area.value.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
    mark.hidden = false;
    mark.dataset.line = line;
    area.focus();
    area.setSelectionRange(start, start);
    area.scrollTop = Math.max((line - 1) * LINE - area.clientHeight / 3, 0);
    update();
  }

  area.addEventListener('input', () => {
    mark.hidden = true;
    update();
    completion.show();
    sendLater();
  });
  area.addEventListener('scroll', follow);
  area.addEventListener('blur', () => {
    completion.hide();
    sendNow();
  });
  area.addEventListener('keydown', (event) => {
    if (completion.press(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      sendNow();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      indent(area);
    }
  });

  watch(['document'], (state) => {
    const all = state.document?.files ?? [];
    if (!all.some((one) => one.path === path)) {
      path = all[0]?.path ?? null;
      base = sent = null;
    }
    list.set(all.map((one) => ({ value: one.path, label: one.name + (one.isSaved === false ? ' ●' : '') })), path ?? '');
    show();
  });
  // What was on its way when the connection was lost may not have come; the server joins it, too.
  watch(['hello'], () => {
    sent = null;
    if (isAhead()) sendLater();
  });
  watch(['refusedText'], ({ refusedText }) => {
    if (refusedText?.file === path) sent = null;
    update();
  });
  watch(['place'], (state) => state.place && goTo(state.place));
  return el('div.text-panel', {}, el('div.text-head', {}, list.root, apply, discard), editor, words);
}

/** The height of a line and the space above the first, as in the style sheet. */
const LINE = 18;
const PAD = 6;

function draftOf(file) {
  if (!file?.draft) return null;
  return typeof file.draft === 'string' ? file.draft : file.draft.text ?? null;
}

function numberLines(root, text, faults, draftLine) {
  const count = text.split('\n').length;
  const key = `${count} ${draftLine} ${[...faults].join(';')}`;
  if (root.dataset.key === key) return;
  root.dataset.key = key;
  put(root, Array.from({ length: count }, (_, index) => {
    const line = index + 1;
    const kind = line === draftLine ? 'error' : faults.get(line);
    return el(kind ? `span.${kind}` : 'span', { text: line });
  }));
}

/** Begins a line as far in as the one above; after a bracket, two spaces farther. */
function indent(area) {
  const before = area.value.slice(0, area.selectionStart);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const space = /^\s*/.exec(line)[0] + (/[[{]\s*$/.test(line) ? '  ' : '');
  // The old command keeps the field's own undo, which `setRangeText` loses.
  document.execCommand('insertText', false, `\n${space}`);
}
