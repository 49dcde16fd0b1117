/** The valid completions at a position in a scene or pose file: names from the server, and keys. */

/** The keys of objects with members that do not come from the server. */
const KEYS = {
  scene: ['name', 'canvas', 'profile', 'prompt', 'negative', 'seed', 'plate', 'camera', 'cameras', 'characters', 'props', 'maps'],
  camera: ['position', 'target', 'frame', 'angle', 'elevation', 'margin', 'fovY', 'focalLength', 'roll'],
  character: ['id', 'body', 'model', 'height', 'phenotype', 'pose', 'position', 'yaw', 'ground', 'proportions',
    'keypoints', 'prompt', 'negative'],
  pose: ['name', 'base', 'blend', 'mirror', 'translation', 'legLength', 'gesture', 'hands', 'joints', 'seat', 'feet', 'step',
    'reach', 'look', 'face'],
  gesture: ['right', 'left', 'both', 'at'],
  hands: ['left', 'right', 'both'],
  reach: ['leftHand', 'rightHand', 'leftFoot', 'rightFoot'],
  goal: ['at', 'offset', 'pole', 'palm', 'fingers'],
  proportions: ['height', 'shoulderWidth', 'hipWidth', 'legLength', 'armLength', 'headSize', 'heads', 'build', 'like'],
  prop: ['id', 'shape', 'class', 'size', 'radius', 'height', 'position', 'rotation'],
  keypoints: ['hide', 'show'],
};

/**
 * Returns the position of a text's end in its tree: the keys that lead there (`*` in a list),
 * whether a key or a value is being typed, and the part already typed.
 * @param {string} text the text before the caret
 * @returns {{path: string[], isKey: boolean, typed: string}|null} null outside strings
 */
export function placeIn(text) {
  const path = [];
  let isKey = false;
  let key = null;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (sign === '"') {
      const end = endOfString(text, index);
      if (end < 0) return { path: key !== null && !isKey ? [...path, key] : [...path], isKey, typed: text.slice(index + 1) };
      if (isKey) key = text.slice(index + 1, end);
      index = end;
    } else if (sign === '{' || sign === '[') {
      path.push(key ?? (path.length ? '*' : ''));
      key = sign === '[' ? '*' : null;
      isKey = sign === '{';
    } else if (sign === '}' || sign === ']') {
      key = path.pop();
      isKey = false;
    } else if (sign === ':') {
      isKey = false;
    } else if (sign === ',') {
      isKey = key !== '*';
    }
  }
  return null;
}

function endOfString(text, start) {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === '"') return index;
    else if (text[index] === '\n') return -1;
  }
  return -1;
}

/**
 * Returns the valid completions at a position, best first.
 * @param {{path: string[], isKey: boolean, typed: string}} place
 * @param {string} kind `scene` or `pose`
 * @param {object} hello the server's tables
 * @param {{figures: string[], props: string[]}} names
 */
export function candidates(place, kind, hello, names) {
  const path = place.path.filter((one) => one !== '' && one !== '*');
  const all = place.isKey ? keysAt(path, kind, hello) : valuesAt(path, hello, names);
  const typed = place.typed.toLowerCase();
  const begins = all.filter((one) => one.toLowerCase().startsWith(typed));
  const holds = all.filter((one) => !one.toLowerCase().startsWith(typed) && one.toLowerCase().includes(typed));
  return [...begins, ...holds].filter((one) => one !== place.typed).slice(0, 12);
}

function keysAt(path, kind, hello) {
  const last = path.at(-1);
  if (last === undefined) return KEYS[kind] ?? KEYS.scene;
  if (path.at(-2) === 'joints') return hello.joints?.find((one) => one.name === last)?.freedoms.map((one) => one.name) ?? [];
  if (path.at(-2) === 'cameras') return KEYS.camera;
  if (path.at(-2) === 'reach' || last === 'seat' || last === 'look') return KEYS.goal;
  switch (last) {
    case 'joints': return hello.joints?.map((one) => one.name) ?? [];
    case 'face': return hello.expressions ?? [];
    case 'maps': return hello.settings?.map((one) => one.key) ?? [];
    case 'phenotype': return hello.phenotype?.map((one) => one.key) ?? [];
    case 'characters': return KEYS.character;
    case 'props': return KEYS.prop;
    case 'cameras': return [];
    default: return KEYS[last] ?? [];
  }
}

function valuesAt(path, hello, { figures, props }) {
  const last = path.at(-1);
  const points = [...props.flatMap((id) => [`props.${id}.top`, `props.${id}.middle`]),
    ...figures.flatMap((id) => ['head', 'leftHand', 'rightHand'].map((joint) => `${id}.${joint}`))];
  if (last === 'gesture' || (path.at(-2) === 'gesture' && last !== 'at')) return hello.library?.gestures?.map((one) => one.name) ?? [];
  if (path.at(-2) === 'gesture') return ['camera', ...figures, ...points];
  if (path.at(-2) === 'hands') return hello.library?.hands?.map((one) => one.name) ?? [];
  if (path.at(-2) === 'reach' || last === 'at' || last === 'seat') return points;
  if (path.at(-2) === 'maps') return hello.settings?.find((one) => one.key === last)?.choices?.map(String) ?? [];
  switch (last) {
    case 'base': return hello.library?.poses?.map((one) => one.name) ?? [];
    case 'look': return ['camera', ...figures, ...points];
    case 'body': return ['female', 'male', 'human'];
    case 'shape': return ['box', 'cylinder', 'plane'];
    case 'frame': return ['all', ...figures];
    case 'profile': return hello.profiles?.map((one) => one.name) ?? [];
    case 'feet': return ['planted'];
    case 'face': return hello.expressions ?? [];
    default: return [];
  }
}
