/** Colors for JSON: keys, texts, numbers, words. */

import { el } from '../dom.js';

const TOKEN = /("(?:[^"\\\n]|\\.)*"?)(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;
/** The longest text that is colored; a longer one, such as that of a clip, stays plain. */
const LONGEST = 120_000;

/**
 * Returns nodes that show a text in color, character by character.
 * @param {string} text
 */
export function highlighted(text) {
  if (text.length > LONGEST) return [text];
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon, number] = match;
    if (match.index > end) nodes.push(text.slice(end, match.index));
    const kind = string ? (colon ? 'key' : 'string') : number ? 'number' : 'word';
    const colored = string ?? whole;
    nodes.push(el(`span.${kind}`, { text: colored }));
    if (colored.length < whole.length) nodes.push(whole.slice(colored.length));
    end = match.index + whole.length;
  }
  nodes.push(text.slice(end), '\n');
  return nodes;
}
