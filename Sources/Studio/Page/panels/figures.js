/** The list of figures and props, with the actions for each. */

import { figuresToAdd } from '../actions.js';
import { button } from '../controls.js';
import { askForLine } from '../dialog.js';
import { el, icon, put } from '../dom.js';
import { openMenu } from '../menu.js';
import { charactersOf, propsOf } from '../state.js';
import { say, texts } from '../texts.js';
import { issuesOf } from '../status.js';
import { openFigureMenu } from './figure-menu.js';

/** Creates the list. */
export function createFigures(context) {
  const { watch, act, store } = context;
  const t = texts.figures;
  const figures = el('ul.rows', { 'aria-label': t.title });
  const props = el('ul.rows', { 'aria-label': t.props });
  const add = button({ label: t.add, icon: 'plus', isIconOnly: true, class: 'quiet', press: () => openAdd(add) });
  const addProp = button({ label: t.addProp, icon: 'plus', isIconOnly: true, class: 'quiet', press: () => openAddProp(addProp) });

  function openAdd(anchor) {
    openMenu(anchor, [
      ...figuresToAdd(store.get(), act),
      { label: t.addModel, icon: 'prop', press: askForModel },
    ]);
  }

  function askForModel() {
    askForLine({ title: t.addModel, label: t.modelLabel, value: '', done: act.addModel });
  }

  function openAddProp(anchor) {
    openMenu(anchor, (store.get().hello?.library?.props ?? []).map((item) => ({
      label: item.title ?? item.name, icon: 'prop', press: () => act.addProp(item),
    })));
  }

  let shown = null;

  watch(['document', 'selection', 'hidden', 'findings'], (state) => {
    const faulty = new Set(issuesOf(state).filter((one) => one.severity === 'error')
      .map((one) => one.character));
    const key = JSON.stringify([charactersOf(state).map((one) => [one.id, bodyWords(one)]), propsOf(state).map((one) => [one.id, one.class, one.shape]),
      state.selection.character, state.selection.prop, [...state.hidden], [...faulty], Boolean(state.document)]);
    if (key === shown) return;
    shown = key;
    const focus = focused();
    put(figures, charactersOf(state).map((one) => figureRow(one, state, faulty, context)),
      !charactersOf(state).length && state.document && el('li.empty', { text: t.none }));
    put(props, propsOf(state).map((one) => propRow(one, state, context)),
      !propsOf(state).length && state.document && el('li.empty', { text: t.noProps }));
    if (focus) document.querySelector(`#left [data-focus="${CSS.escape(focus)}"]`)?.focus();
  });

  return el('section.figures', {},
    el('div.side-head', {}, el('h2', { text: t.title }), add), figures,
    el('div.side-head.minor', {}, el('h2', { text: t.props }), addProp), props);
}

const focused = () => document.activeElement?.dataset?.focus;

function figureRow(one, state, faulty, context) {
  const { act } = context;
  const t = texts.figures;
  const { id } = one;
  const isSelected = state.selection.character === id;
  const more = button({
    label: say(t.more, { id }), icon: 'more', isIconOnly: true, class: 'quiet small',
    press: () => openFigureMenu(more, id, context),
  });
  const row = el('li.row', { data: { character: id } },
    el('button.row-name', {
      type: 'button', 'aria-pressed': String(isSelected), data: { focus: `figure ${id}` },
      onclick: () => act.select(id), ondblclick: () => act.frame(id),
      'aria-label': say(t.select, { id }),
    }, icon('body'), el('span.row-text', { text: id }), el('span.row-note', { text: bodyWords(one) === id ? '' : bodyWords(one) }),
    faulty.has(id) && el('span.fault', { role: 'img', 'aria-label': t.hasErrors, title: t.hasErrors }, icon('error'))),
    eye(id, state, act), more);
  row.classList.toggle('selected', isSelected);
  return row;
}

function eye(id, state, act) {
  const isHidden = state.hidden.has(id);
  const one = button({
    label: say(isHidden ? texts.figures.show : texts.figures.hide, { id }),
    icon: isHidden ? 'eye-off' : 'eye', isIconOnly: true, class: 'quiet small', press: () => act.hide(id),
  });
  one.dataset.focus = `eye ${id}`;
  one.classList.toggle('on', isHidden);
  return one;
}

function bodyWords(one) {
  if (typeof one.model === 'string') return one.model.split('/').at(-1);
  return typeof one.body === 'string' ? one.body : '';
}

function propRow(one, state, { act, edit }) {
  const { id } = one;
  const isSelected = state.selection.prop === id;
  const row = el('li.row', { data: { prop: id } },
    el('button.row-name', {
      type: 'button', 'aria-pressed': String(isSelected), data: { focus: `prop ${id}` },
      'aria-label': say(texts.figures.select, { id }), onclick: () => act.selectProp(id),
    }, icon('prop'), el('span.row-text', { text: id }), el('span.row-note', { text: (one.class ?? one.shape) === id ? '' : one.class ?? one.shape ?? '' })),
    eye(id, state, act),
    button({
      label: texts.figures.remove, icon: 'trash', isIconOnly: true, class: 'quiet small',
      press: () => edit('removeProp', { prop: id }),
    }));
  row.classList.toggle('selected', isSelected);
  return row;
}
