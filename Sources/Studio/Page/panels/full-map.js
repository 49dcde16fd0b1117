/** A map at full size: exactly the file that `render` writes. */

import { button, choiceBar } from '../controls.js';
import { address } from '../connection.js';
import { openDialog } from '../dialog.js';
import { el, icon } from '../dom.js';
import { say, texts } from '../texts.js';
import { subjectOf } from './strip.js';

/** Opens a map of the subject that the strip shows. */
export function openMap({ store }, first) {
  const t = texts.maps;
  let name = first;
  const picture = el('img', { draggable: 'false' });
  const holder = el('div.full-map.fit', { tabindex: '0' }, picture);
  const size = choiceBar({
    label: texts.camera.sizes,
    choices: [{ value: 'fit', label: t.fit }, { value: 'actual', label: t.actual }],
    choose(value) {
      holder.classList.toggle('fit', value === 'fit');
      size.set(value);
    },
  });
  size.set('fit');
  const step = (way) => {
    const names = store.get().hello?.maps?.map((one) => one.name) ?? [first];
    name = names[(names.indexOf(name) + way + names.length) % names.length];
    show();
  };

  function show() {
    const state = store.get();
    const subject = subjectOf(state);
    const title = say(t.of, { name, subject: subject === 'all' ? t.all.toLowerCase() : subject });
    picture.src = address('/map', { name, subject, revision: state.document?.revision ?? 0 });
    picture.alt = title;
    dialog.root.querySelector('h2').textContent = title;
  }

  const previous = button({ label: '‹', press: () => step(-1) });
  const next = button({ label: '›', press: () => step(1) });
  previous.setAttribute('aria-label', t.previous);
  next.setAttribute('aria-label', t.next);
  const dialog = openDialog({
    title: first, class: 'full', body: holder, buttons: [previous, next, size.root, el('span.bar-space'), saveLink()],
  });
  dialog.root.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowLeft') step(-1);
    if (event.key === 'ArrowRight') step(1);
  });
  show();

  function saveLink() {
    const link = el('a.button', {}, icon('save'), el('span', { text: texts.top.save }));
    picture.addEventListener('load', () => {
      link.href = picture.src;
      link.download = `${name}.png`;
    });
    return link;
  }
}
