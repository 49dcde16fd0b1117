/** Saving the selected figure's pose, or a part of it, as a pose file. */

import { button, choice, line } from '../controls.js';
import { openDialog } from '../dialog.js';
import { el } from '../dom.js';
import { say, texts } from '../texts.js';

/** Opens the dialog. */
export function openSavePose({ store, send }) {
  const t = texts.savePose;
  const character = store.get().selection.character;
  if (!character) return;
  let part = 'all';
  const name = line({ label: t.name, choose: showHint });
  name.field.value = say(t.usual, { id: character });
  const parts = choice({ label: t.part, choose: (value) => (part = value) });
  parts.set(Object.entries(t.parts).map(([value, label]) => ({ value, label })), 'all');
  const hint = el('p.note');
  function showHint() {
    hint.textContent = say(t.hint, { name: fileNameOf(name.get()) });
  }
  name.field.addEventListener('input', showHint);
  showHint();
  const save = () => {
    const typed = name.get().trim();
    if (!typed) return;
    send({ type: 'savePose', character, name: typed, part });
    dialog.close();
  };
  const dialog = openDialog({
    title: t.title, class: 'narrow', body: [name.root, parts.root, hint],
    buttons: [
      button({ label: texts.dialog.cancel, press: () => dialog.close() }),
      button({ label: t.save, class: 'primary', press: save }),
    ],
  });
  name.field.select();
}

/** Returns the name that the server derives from a title: `sad-sitting` from “Sad, sitting”. */
function fileNameOf(title) {
  return title.toLowerCase().replace(/[^a-z0-9_]+/g, '-').replace(/^-|-$/g, '') || '…';
}
