/** The files' text beside the view, editable in both places. */

import { button, choice } from '../controls.js';
import { afterPause, el, put } from '../dom.js';
import { say, texts } from '../texts.js';
import { createCompletion } from './completion-list.js';
import { highlighted } from './highlight.js';

/** The milliseconds without typing after which the text is sent. */
const PAUSE = 900;

/** Creates the panel. */
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
  /** The server's text that the field is based on; null while the field shows none. */
  let base = null;
  /** The field's text as last sent, if no document has contained or rejected it since; otherwise null. */
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
  /** Returns whether the field contains text that the server has not received, or has rejected. */
  const isAhead = () => base !== null && area.value !== (sent ?? base);

  /** Sends the field's text with the text that it is based on, so that changes by others are kept. */
  function sendNow() {
    sendLater.cancel();
    if (!isAhead()) return;
    const edit = { kind: 'text', file: path, text: area.value, base: sent ?? base };
    if (send({ type: 'edit', edit })) sent = area.value;
    update();
  }

  /** Returns to the last readable text; from text typed beside a change, to that change. */
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
    // A document that does not contain the sent text yet is older than the field.
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

  /** Shows a location, such as that of a clicked error. */
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
  // Messages in transit when the connection was lost may be lost too; the server merges them again.
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

/** The height of a line and the padding above the first, as in the style sheet. */
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

/** Indents a new line like the one above; after a bracket, by two more spaces. */
function indent(area) {
  const before = area.value.slice(0, area.selectionStart);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const space = /^\s*/.exec(line)[0] + (/[[{]\s*$/.test(line) ? '  ' : '');
  // The deprecated command preserves the field's own undo, which `setRangeText` loses.
  document.execCommand('insertText', false, `\n${space}`);
}
