/** The panels of the page, in the order of their tabs. */

import { memory } from '../dom.js';
import { createSplitter } from '../rail.js';
import { texts } from '../texts.js';
import { createBody } from './body.js';
import { createCamera } from './camera.js';
import { createFace } from './face.js';
import { createFigures } from './figures.js';
import { createHands } from './hands.js';
import { createHistory } from './history.js';
import { createIssues } from './issues.js';
import { createLibrary } from './library.js';
import { createMapSettings } from './maps.js';
import { createPose } from './pose.js';
import { createProps } from './props.js';
import { createText } from './text.js';

/** The panels on the right; those with their own width keep it. */
export const allPanels = [
  { id: 'pose', icon: 'pose', title: texts.pose.title, create: createPose },
  { id: 'hands', icon: 'hand', title: texts.hands.title, create: createHands },
  { id: 'face', icon: 'face', title: texts.face.title, create: createFace },
  { id: 'body', icon: 'body', title: texts.body.title, create: createBody },
  { id: 'props', icon: 'prop', title: texts.props.title, create: createProps },
  { id: 'camera', icon: 'camera', title: texts.camera.title, create: createCamera },
  { id: 'maps', icon: 'maps', title: texts.maps.title, create: createMapSettings },
  { id: 'text', icon: 'text', title: texts.text.title, width: 460, create: createText },
  { id: 'issues', icon: 'warning', title: texts.issues.title, create: createIssues },
  { id: 'history', icon: 'history', title: texts.history.title, width: 380, create: createHistory },
];

/**
 * Fills the left side: the figures in the scene, and the library.
 * @param {HTMLElement} root
 * @param {object} context
 */
export function createLeft(root, context) {
  const all = { ...context, watch: context.store.watch };
  root.setAttribute('aria-label', texts.figures.list);
  const get = () => memory.get('width.left', innerWidth > 2000 ? 300 : 236);
  const show = () => root.style.setProperty('--width', `${get()}px`);
  const set = (pixels) => {
    memory.set('width.left', pixels);
    show();
  };
  show();
  root.append(createFigures(all), createLibrary(all), createSplitter(root, 'left', { get, set }));
}
