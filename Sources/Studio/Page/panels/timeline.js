/** The time of motion and clip files: a slider, playback, and a frame as a pose. */

import { button, setName } from '../controls.js';
import { el, everyFrame, icon, put } from '../dom.js';
import { say, texts } from '../texts.js';

const FRAME = 1 / 30;

/** Creates the line below the view, which is hidden if nothing moves. */
export function createTimeline({ store, send, act }) {
  const t = texts.clip;
  const words = el('output.clip-time');
  const range = el('input', { type: 'range', min: 0, step: 'any', 'aria-label': t.time });
  const play = button({
    label: t.play, icon: 'play', isIconOnly: true, press: () => store.set({ isPlaying: !store.get().isPlaying }),
  });
  const take = button({
    label: t.take, title: t.takeHint, icon: 'pose',
    press: act.takeFrame,
  });
  const step = (way) => () => go(store.get().time + way * FRAME);
  const root = el('section.timeline', { 'aria-label': t.label, role: 'group' },
    button({ label: t.back, icon: 'step-back', isIconOnly: true, class: 'quiet', press: step(-1) }), play,
    button({ label: t.forward, icon: 'step', isIconOnly: true, class: 'quiet', press: step(1) }), range, words, take);
  const tell = everyFrame((seconds) => send({ type: 'time', seconds }));

  const duration = () => store.get().document?.duration ?? 0;
  function go(seconds) {
    const time = Math.min(Math.max(seconds, 0), duration());
    store.set({ time });
    tell(time);
  }

  range.addEventListener('input', () => go(Number(range.value)));
  range.addEventListener('change', () => tell.flush());
  let last = 0;
  /** Plays by the clock, however slowly pictures arrive, and starts over at the end. */
  function run(now) {
    if (!store.get().isPlaying) return;
    if (!(duration() > 0)) {
      // The clip is gone, through an undo or in another tab.
      store.set({ isPlaying: false });
      return;
    }
    const next = store.get().time + Math.min((now - last) / 1000, 0.25);
    last = now;
    go(next > duration() ? 0 : next);
    requestAnimationFrame(run);
  }
  store.watch(['isPlaying'], ({ isPlaying }) => {
    setName(play, isPlaying ? t.stop : t.play);
    put(play, icon(isPlaying ? 'pause' : 'play'));
    if (!isPlaying) return;
    last = performance.now();
    requestAnimationFrame(run);
  });
  store.watch(['document', 'time'], ({ time }) => {
    root.hidden = !(duration() > 0);
    range.max = duration();
    if (!range.matches(':active')) range.value = time;
    words.textContent = say(t.of, { time: time.toFixed(2), duration: duration().toFixed(2) });
    range.setAttribute('aria-valuetext', words.textContent);
  });
  return root;
}
