/** The WebSocket to the server: text in both directions, pictures in binary frames, and reconnecting. */

const FIRST_WAIT = 300;
const LONGEST_WAIT = 5000;

/** The token from the address: it stays there, so that reloading works, and is stored nowhere else. */
const token = new URLSearchParams(location.search).get('token') ?? '';

/** Returns an address on this server with the token and other parameters. */
export function address(path, values = {}) {
  const query = new URLSearchParams({ token, ...values });
  return `${path}?${query}`;
}

/**
 * Reads a binary frame: the header's length, the header, the bytes of a picture.
 * @param {ArrayBuffer} buffer
 * @returns {{header: object, bytes: Uint8Array}}
 */
export function readFrame(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  if (length > buffer.byteLength - 4) throw new RangeError('header past the end of its frame');
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  return { header, bytes: new Uint8Array(buffer, 4 + length) };
}

/**
 * Connects, and reconnects whenever the server is gone.
 * @param {{message: Function, picture: Function, state: Function}} on receives everything;
 *   state is `connecting`, `open`, `lost`, or `refused` by another studio, permanently
 */
export function connect(on) {
  let socket = null;
  let wait = FIRST_WAIT;

  function open() {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    socket = new WebSocket(`${scheme}://${location.host}${address('/socket')}`);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      wait = FIRST_WAIT;
      on.state('open');
    });
    socket.addEventListener('message', hear);
    socket.addEventListener('close', () => {
      on.state('lost');
      setTimeout(again, wait);
      wait = Math.min(wait * 1.7, LONGEST_WAIT);
    });
  }

  /** Tries again, unless another studio answers, which has a different token. */
  async function again() {
    const answer = await fetch(address('/'), { method: 'HEAD' }).catch(() => null);
    if (answer?.status === 403) on.state('refused');
    else open();
  }

  function hear(event) {
    if (typeof event.data === 'string') {
      on.message(JSON.parse(event.data));
      return;
    }
    const { header, bytes } = readFrame(event.data);
    on.picture(header, bytes);
  }

  open();
  return {
    /** Sends a message; without a connection, it drops the message and returns false. */
    send(message) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
  };
}
