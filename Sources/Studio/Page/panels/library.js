/** The library: poses, gestures, hand shapes, pairs and props as pictures, to click or to drag onto a figure. */

import { address } from '../connection.js';
import { button, choiceBar, setPressed } from '../controls.js';
import { el, memory, put } from '../dom.js';
import { say, texts } from '../texts.js';
import { dragOut } from './drag-out.js';
import { openSavePose } from './save-pose.js';

const KINDS = { poses: 'pose', gestures: 'gesture', hands: 'hand', pairs: 'pair', props: 'prop' };
/** The kinds of which one side makes each. */
const SIDED = ['gestures', 'hands'];

/** Creates the library. */
export function createLibrary(context) {
  const { watch, store } = context;
  const t = texts.library;
  const chosen = {
    kind: memory.get('library', 'poses'), tag: null,
    sides: { hands: memory.get('handSide', 'both'), gestures: memory.get('armSide', 'right') },
  };
  const search = el('input.search', {
    type: 'search', id: 'library-search', placeholder: t.search, 'aria-label': t.search, oninput: show,
  });
  const tabs = choiceBar({
    label: t.title, choices: Object.keys(KINDS).map((value) => ({ value, label: t[value] })),
    choose(kind) {
      chosen.kind = kind;
      chosen.tag = null;
      memory.set('library', kind);
      show();
    },
  });
  const side = choiceBar({
    label: t.side,
    choices: ['left', 'right', 'both'].map((value) => ({ value, label: texts.hands[value] })),
    choose(value) {
      chosen.sides[chosen.kind] = value;
      memory.set(chosen.kind === 'hands' ? 'handSide' : 'armSide', value);
      show();
    },
  });
  const tags = el('div.tags', { role: 'group', 'aria-label': t.tags });
  const grid = el('div.thumbnails', { role: 'group', 'aria-label': t.title });
  let items = [];

  function show() {
    tabs.set(chosen.kind);
    side.set(chosen.sides[chosen.kind]);
    side.root.hidden = !SIDED.includes(chosen.kind);
    side.root.setAttribute('aria-label', chosen.kind === 'gestures' ? t.arm : t.side);
    grid.classList.toggle('mirrored', isMirrored(chosen));
    const { hello } = store.get();
    items = hello?.library?.[chosen.kind] ?? [];
    showTags();
    const found = items.filter((item) => matches(item, search.value, chosen.tag));
    put(grid, found.map((item) => thumbnail(item, chosen, context)),
      !found.length && el('p.empty', { text: items.length ? t.none : hello?.hasLibrary === false ? t.noLibrary : '' }));
  }

  function showTags() {
    const names = [...new Set(items.flatMap((item) => item.tags ?? []))];
    put(tags, names.map((name) => {
      const one = button({
        label: name, class: 'tag', pressed: chosen.tag === name,
        press() {
          chosen.tag = chosen.tag === name ? null : name;
          show();
        },
      });
      setPressed(one, chosen.tag === name);
      return one;
    }));
    tags.hidden = !names.length;
  }

  watch(['hello'], show);
  return el('section.library', {},
    el('div.side-head', {}, el('h2', { text: t.title }), button({
      label: texts.figures.savePose, title: t.saveHint, icon: 'save', isIconOnly: true, class: 'quiet',
      press: () => (store.get().selection.character ? openSavePose(context) : context.toast('notice', t.noFigure)),
    })),
    el('div.library-tools', {}, tabs.root, search, side.root, tags), grid);
}

/** Returns whether each search word is a prefix of a word of the item. */
function matches(item, query, tag) {
  if (tag && !item.tags?.includes(tag)) return false;
  const text = [item.name, item.title, ...(item.tags ?? [])].join(' ').toLowerCase().replace(/[-_]/g, ' ');
  return query.toLowerCase().split(/\s+/).every((word) => ` ${text}`.includes(` ${word}`) || text.includes(word));
}

/** Hand shapes are drawn of left hands, gestures of right arms. */
function isMirrored({ kind, sides }) {
  return (kind === 'hands' && sides.hands === 'right') || (kind === 'gestures' && sides.gestures === 'left');
}

function thumbnail(item, { kind, sides }, context) {
  const { store, act, toast } = context;
  const title = item.title ?? item.name;
  const hint = { poses: 'poseHint', gestures: 'gestureHint', hands: 'handHint', pairs: 'pairHint', props: 'propHint' }[kind];
  const apply = (character, pixel, ofSide = sides[kind]) => {
    if (kind === 'props') return act.addProp(item, pixel);
    if (kind === 'pairs') return act.applyPair(item.name);
    if (!character && pixel && kind === 'poses' && !item.limb) return act.addFigure({ body: 'female' }, item.name, pixel);
    if (!character) return toast('notice', texts.library.noFigure);
    if (character !== store.get().selection.character) act.select(character);
    if (kind === 'poses') act.applyPose(character, item);
    else if (kind === 'gestures') act.applyGesture(character, ofSide, item);
    else act.applyHand(character, ofSide, item.name);
    return undefined;
  };
  const one = el('button.thumbnail', {
    type: 'button', title: say(texts.library[hint], { title }), 'aria-label': title,
    data: { name: item.name, kind: KINDS[kind] },
    onclick: () => apply(store.get().selection.character),
  },
  el('img', {
    src: address('/thumbnail', { kind: KINDS[kind], name: item.name }), alt: '', loading: 'lazy',
    draggable: 'false', width: 160, height: 208,
  }), el('span', { text: title }));
  dragOut(one, context, {
    isOntoFloor: kind === 'props', needsFigure: ['poses', 'gestures', 'hands'].includes(kind), addsFigure: kind === 'poses' && !item.limb,
    ofHands: kind === 'hands',
    drop: apply,
  });
  return one;
}
