/** Menus that open from a button, with arrow keys, Escape, and a click elsewhere to close. */

import { el, icon } from './dom.js';

let open = null;

/** Closes the open menu; returns false if no menu is open. */
export function closeMenu() {
  if (!open) return false;
  const { root, anchor } = open;
  open = null;
  const hadFocus = root.contains(document.activeElement);
  root.remove();
  if (anchor.hasAttribute('aria-expanded')) anchor.setAttribute('aria-expanded', 'false');
  if (hadFocus) anchor.focus();
  return true;
}

/**
 * Opens a menu at a button, or closes it if it is open there.
 * @param {HTMLElement} anchor the button, or the element that was pressed
 * @param {({label: string, icon?: string, press: Function, isChecked?: boolean, key?: string,
 *   isDisabled?: boolean}|'line'|{heading: string}|null)[]} items
 * @param {{x: number, y: number}} [point] where to open, instead of below the button
 * @param {string} [label] the purpose of the menu, if the button does not state it
 */
export function openMenu(anchor, items, point, label) {
  if (open?.anchor === anchor && !point) {
    closeMenu();
    return;
  }
  closeMenu();
  const root = el('div.menu', { role: 'menu', 'aria-label': label ?? anchor.getAttribute('aria-label') ?? anchor.textContent },
    items.filter(Boolean).map(itemOf));
  document.body.append(root);
  place(root, point ? new DOMRect(point.x, point.y, 0, 0) : anchor.getBoundingClientRect());
  if (!point) anchor.setAttribute('aria-expanded', 'true');
  open = { root, anchor };
  root.addEventListener('keydown', step);
  root.querySelector('[role^=menuitem]:not([disabled])')?.focus();
}

function itemOf(item) {
  if (item === 'line') return el('hr');
  if (item.heading) return el('div.menu-heading', { text: item.heading });
  const isChoice = item.isChecked !== undefined;
  return el('button', {
    type: 'button', role: isChoice ? 'menuitemcheckbox' : 'menuitem', disabled: item.isDisabled,
    'aria-checked': isChoice ? String(item.isChecked) : null, 'aria-keyshortcuts': item.key, tabindex: '-1',
    onclick: () => {
      closeMenu();
      item.press();
    },
  }, el('span.menu-icon', {}, isChoice ? item.isChecked && icon('check') : item.icon && icon(item.icon)),
  el('span.menu-text', { text: item.label }), item.key && el('kbd', { 'aria-hidden': 'true', text: item.key }));
}

/** Positions a menu below its button, or above if there is no room, inside the window. */
function place(root, box) {
  const { offsetWidth: width, offsetHeight: height } = root;
  const left = Math.min(box.left, innerWidth - width - 6);
  const isBelow = box.bottom + height + 6 < innerHeight;
  root.style.left = `${Math.max(left, 6)}px`;
  root.style.top = `${isBelow ? box.bottom + 3 : Math.max(box.top - height - 3, 6)}px`;
}

function step(event) {
  const items = [...open.root.querySelectorAll('[role^=menuitem]:not([disabled])')];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) items.at(to % items.length)?.focus();
  else if (event.key === 'Escape' || event.key === 'Tab') closeMenu();
  else if (event.key.length === 1 && event.key !== ' ') nextWith(event.key, items, at)?.focus();
  // Letters that are shortcuts of the page are not while a menu is open.
  event.stopPropagation();
  if (event.key !== 'Enter' && event.key !== ' ') event.preventDefault();
}

/** Returns the next item that begins with a letter, continuing at the top after the last. */
function nextWith(letter, items, at) {
  const isNamed = (item) => item.querySelector('.menu-text').textContent.toLowerCase().startsWith(letter.toLowerCase());
  return [...items.slice(at + 1), ...items].find(isNamed);
}

document.addEventListener('pointerdown', (event) => {
  if (!open || open.root.contains(event.target)) return;
  if (open.anchor.getAttribute('aria-expanded') !== 'true' || !open.anchor.contains(event.target)) closeMenu();
}, true);
window.addEventListener('resize', closeMenu);
