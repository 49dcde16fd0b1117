// Measures the page from outside, whatever it is made of: when a pointer moved, when that was sent, and when the first picture that
// includes it was drawn. Every drag gets a stamp, which the server gives back with the pictures that include it.
(() => {
  const log = { drags: [], pictures: [] };
  window.measured = log;
  let pointer = 0;
  let stamp = 0;
  let arrived = null;
  addEventListener('pointermove', (event) => { pointer = event.timeStamp; }, true);

  function hear(event) {
    if (typeof event.data === 'string') return;
    const length = new DataView(event.data).getUint32(0, true);
    const head = JSON.parse(new TextDecoder().decode(new Uint8Array(event.data, 4, length)));
    if (head.kind === 'view') arrived = { head, bytes: event.data.byteLength - 4 - length, arrived: performance.now() };
  }

  function drawn() {
    if (!arrived) return;
    const { head, bytes } = arrived;
    const now = performance.now();
    log.pictures.push({
      number: head.number, stamp: head.stamp, width: head.width, height: head.height, format: head.format, isMoving: head.isMoving,
      bytes, arrived: arrived.arrived, drawn: now, milliseconds: head.milliseconds,
    });
    arrived = null;
    for (const drag of log.drags) {
      if (drag.drawn === null && head.stamp !== null && drag.stamp <= head.stamp) drag.drawn = now;
    }
  }

  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', hear);
    }

    send(data) {
      if (typeof data !== 'string' || !data.includes('"type":"drag"')) return super.send(data);
      stamp += 1;
      log.drags.push({ stamp, pointer, sent: performance.now(), drawn: null });
      return super.send(JSON.stringify({ ...JSON.parse(data), stamp }));
    }
  };
  for (const name of ['drawImage', 'putImageData']) {
    const plain = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function draw(...given) {
      plain.apply(this, given);
      if (this.canvas.classList.contains('picture')) drawn();
    };
  }
})();
