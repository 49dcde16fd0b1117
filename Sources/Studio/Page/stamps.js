/** The time from a pointer movement to the picture that shows it. */

/** The stamps that are pending; newer ones supersede older ones. */
const MOST = 200;

const sent = new Map();
let last = 0;

/** Returns the next number for a message; the picture that shows its effect has the same number. */
export function stamp() {
  last += 1;
  sent.set(last, performance.now());
  if (sent.size > MOST) sent.delete(sent.keys().next().value);
  return last;
}

/** Returns the milliseconds since a message was stamped, once; null for an unknown stamp. */
export function latencyOf(number) {
  const time = sent.get(number);
  if (time === undefined) return null;
  for (const older of [...sent.keys()]) if (older <= number) sent.delete(older);
  return Math.round(performance.now() - time);
}
