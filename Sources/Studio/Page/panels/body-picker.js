/** A small figure with clickable joints; the list below it offers the same choice by keyboard. */

import { svg } from '../dom.js';
import { capital, jointWords, sideOf } from '../joints.js';
import { texts } from '../texts.js';

/** The positions of the joints in a figure that faces the user: its left is on the user's right. */
const MIDDLE = {
  head: [0, 13], neck: [0, 30], upperChest: [0, 43], chest: [0, 57], spine: [0, 72], hips: [0, 87],
  jaw: [0, 22],
};
const LEFT = {
  Eye: [5, 10], Shoulder: [9, 37], UpperArm: [20, 41], LowerArm: [33, 66], Hand: [44, 91],
  UpperLeg: [10, 95], LowerLeg: [12.5, 127], Foot: [14, 157], Toes: [18, 166],
};
/** Joints that are too close to others for a full-size dot. */
const SMALL = new Set(['jaw', 'leftEye', 'rightEye', 'leftToes', 'rightToes', 'neck']);

/** Creates the figure. */
export function createBodyPicker({ watch, act, store }) {
  const dots = new Map();
  const root = svg('svg.body-picker', { viewBox: '-78 -2 156 174', 'aria-hidden': 'true' }, silhouette());
  for (const [joint, at] of Object.entries(places())) {
    const dot = svg('g.pick', { data: { joint, side: sideOf(joint) }, transform: `translate(${at.join(' ')})` },
      svg('title'), svg('circle.hit', { r: SMALL.has(joint) ? 4 : 7.5 }),
      svg('circle.dot', { r: SMALL.has(joint) ? 1.9 : 3 }));
    dot.addEventListener('click', () => act.select(store.get().selection.character, joint));
    dots.set(joint, dot);
    root.append(dot);
  }
  for (const side of ['left', 'right']) {
    root.append(svg('text.side-mark', { x: side === 'left' ? 62 : -62, y: 60, 'text-anchor': 'middle', text: texts.pose.side[side] }));
  }
  watch(['selection', 'figure', 'hello'], (state) => {
    const own = new Set(state.figure?.own ?? []);
    for (const [joint, dot] of dots) {
      dot.classList.toggle('active', state.selection.joint === joint);
      dot.classList.toggle('own', own.has(joint));
      dot.firstChild.textContent = capital(jointWords(state, joint));
    }
  });
  return root;
}

function places() {
  const all = { ...MIDDLE };
  for (const [name, [x, y]] of Object.entries(LEFT)) {
    all[`left${name}`] = [x, y];
    all[`right${name}`] = [-x, y];
  }
  return all;
}

function silhouette() {
  const limbs = (sign) => {
    const x = (value) => value * sign;
    return [
      svg('path', { d: `M${x(17)} 42L${x(33)} 66`, 'stroke-width': 9 }),
      svg('path', { d: `M${x(33)} 66L${x(44)} 91`, 'stroke-width': 7 }),
      svg('path', { d: `M${x(44)} 91L${x(48)} 102`, 'stroke-width': 6 }),
      svg('path', { d: `M${x(9)} 93L${x(12.5)} 127`, 'stroke-width': 13 }),
      svg('path', { d: `M${x(12.5)} 127L${x(14)} 157`, 'stroke-width': 9 }),
      svg('path', { d: `M${x(14)} 160L${x(19)} 167`, 'stroke-width': 7 }),
    ];
  };
  return svg('g.silhouette', {}, ...limbs(1), ...limbs(-1),
    svg('path', { d: 'M-15 42H15L9 66-9 66Z', 'stroke-width': 9 }),
    svg('path', { d: 'M-8 66H8L10 88H-10Z', 'stroke-width': 9 }),
    svg('path', { d: 'M0 26V38', 'stroke-width': 8 }),
    svg('ellipse', { cx: 0, cy: 13, rx: 9.5, ry: 12.5 }));
}
