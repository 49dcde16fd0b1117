// The names that are valid at the cursor but that a JSON Schema cannot list. Independent of VS
// Code.
'use strict';

// The kind of name in a string, by the keys around it. The first match counts.
const PLACES = [
  [/"gesture"\s*:\s*(?:\{[^{}]*"(?:left|right|both)"\s*:\s*)?"$/, 'gestures'],
  [/"(?:left|right)"\s*:\s*"$/, 'hands'],
  [/"(?:base|pose)"\s*:\s*"$/, 'poses'],
  [/"blend"\s*:\s*\[(?:\s*\[[^\]]*\]\s*,)*\s*\[\s*"$/, 'poses'],
  [/"shape"\s*:\s*"$/, 'props'],
  [/"(?:hair|style)"\s*:\s*(?:\[(?:[^\]"]|"[^"]*")*)?"$/, 'hair'],
  [/"wear"\s*:\s*\[(?:[^\]"]|"[^"]*")*"$/, 'garments'],
  [/"(?:seat|look|at|toward|palm|fingers|leftHand|rightHand|leftFoot|rightFoot)"\s*:\s*"$/, 'points'],
];

/**
 * Returns the kind of name in the string at the cursor, and the part already typed; nothing in
 * other places.
 */
function context(text, offset) {
  const before = text.slice(0, offset);
  const open = before.lastIndexOf('"');
  if (open < 0 || /[\n\\]/.test(before.slice(open + 1))) return undefined;
  const start = before.slice(0, open + 1);
  const found = PLACES.find(([pattern]) => pattern.test(start.slice(-2000)));
  return found && {kind: found[1], prefix: before.slice(open + 1), start: open + 1};
}

/** The command line that lists the names of a kind; points need the list of props. */
const LISTS = {
  poses: ['poses'], gestures: ['poses', '--gestures'], hands: ['poses', '--hands'], props: ['props'], hair: ['hair'], garments: ['wear', 'list'], points: ['props'],
};

/** The entries of a posemap listing: name, description, and the points of a prop. */
function entries(listing) {
  const found = [];
  for (const line of listing.split('\n')) {
    const places = /^\s+places: (.*)$/.exec(line);
    const entry = /^ {2}(\S+)(?:\s{2,}(.*))?$/.exec(line);
    if (places && found.length) found[found.length - 1].places = places[1].split(', ');
    else if (entry) found.push({name: entry[1], detail: entry[2] || '', places: []});
  }
  return found;
}

/** The names that are valid there, from a listing and from the scene itself, each with a description. */
function names(kind, listing, text) {
  const listed = entries(listing);
  if (kind === 'hands') return listed.map(({name}) => ({name: name.replace(/^hands\//, ''), detail: 'hand shape'}));
  if (kind === 'gestures') return listed.map(({name}) => ({name: name.replace(/^gestures\//, ''), detail: 'gesture'}));
  if (kind === 'poses') return listed.filter(({name}) => !name.includes('/'));
  if (kind !== 'points') return listed;
  const scene = parsed(text);
  const points = [{name: 'camera', detail: 'the camera'}];
  for (const {id} of listOf(scene.characters)) {
    for (const point of ['', '.head', '.leftHand', '.rightHand', '.chest']) points.push({name: id + point, detail: 'character'});
  }
  for (const {id, shape} of listOf(scene.props)) {
    const thing = listed.find(({name}) => name === shape);
    const places = new Set(['', '.top', '.middle', ...(thing ? thing.places.map((place) => `.${place}`) : [])]);
    for (const place of places) points.push({name: `props.${id}${place}`, detail: shape || 'prop'});
  }
  return points;
}

function listOf(value) {
  return Array.isArray(value) ? value.filter((one) => one && typeof one.id === 'string') : [];
}

/** A scene that is being edited is rarely valid JSON: its ids and shapes are found by pattern. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    const [people, things] = text.split(/"props"\s*:/);
    const ids = (part) => [...(part || '').matchAll(/"id"\s*:\s*"([^"]+)"(?:[^{}]*"shape"\s*:\s*"([^"]+)")?/g)]
      .map(([, id, shape]) => ({id, shape}));
    return {characters: ids(people), props: ids(things)};
  }
}

/** The findings of `posemap check --format json` by file, with positions that start at 0. */
function findings(output) {
  const byFile = new Map();
  for (const {file, line, column, severity, message, code} of JSON.parse(output || '[]')) {
    if (!byFile.has(file)) byFile.set(file, []);
    byFile.get(file).push({line: Math.max(0, (line || 1) - 1), column: Math.max(0, (column || 1) - 1), severity, message, code});
  }
  return byFile;
}

module.exports = {LISTS, context, entries, findings, names};
