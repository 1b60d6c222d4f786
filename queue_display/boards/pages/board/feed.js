// Keeps one websocket to the hub open for a FeedSession: back-off, and a new connection after silence,
// because a browser does not notice a hub that has stopped (its network process answers pings itself).

export const SILENCE_MS = 12_000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 5_000;
const REPLACED = 4409; // another screen signed in under this name: do not fight over it
const REPLACED_DELAY_MS = 30_000;
const TURNED_OUT = 4401; // the token is good no more
const MAX_SHOWN = 64; // of one heartbeat, by the protocol

export class Feed {
  constructor({ url, session, now, changed, turnedOut }) {
    this.url = url;
    this.session = session;
    this.#now = now;
    this.#changed = changed;
    this.#turnedOut = turnedOut;
  }

  #now;
  #changed;
  #turnedOut;
  #socket = null;
  #failures = 0;
  #since = 0; // when the present attempt began
  #retry = null;
  #watch = null;

  start() {
    this.#watch = setInterval(() => this.#endSilence(), 1_000);
    this.#connect();
  }

  stop() {
    clearInterval(this.#watch);
    clearTimeout(this.#retry);
    this.#abandon();
  }

  // Tell the hub what is painted. Returns false where nobody listens: keep `shown` for later.
  heartbeat(shown) {
    if (!this.session.live || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#send({ t: "hb", seq: this.session.seq, shown: shown.slice(0, MAX_SHOWN) });
    return true;
  }

  #connect() {
    this.#since = this.#now();
    const socket = new WebSocket(this.url);
    this.#socket = socket;
    socket.onopen = () => this.#send(this.session.hello());
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = (event) => this.#closed(event.code);
  }

  #receive(data) {
    const wasLive = this.session.live;
    const { changed, send } = this.session.receive(JSON.parse(data), this.#now());
    if (send !== null) this.#send(send);
    if (this.session.live) this.#failures = 0;
    if (changed || wasLive !== this.session.live) this.#changed();
  }

  #send(frame) {
    this.#socket.send(JSON.stringify(frame));
  }

  #closed(code) {
    if (code === TURNED_OUT) {
      this.stop();
      this.#turnedOut();
      return;
    }
    this.#abandon();
    this.#changed();
    const delay = code === REPLACED ? REPLACED_DELAY_MS : backOff(this.#failures, Math.random());
    this.#failures += 1;
    this.#retry = setTimeout(() => this.#connect(), delay);
  }

  #endSilence() {
    if (this.#socket === null) return;
    const heard = Math.max(this.session.heardAt ?? 0, this.#since);
    if (this.#now() - heard >= SILENCE_MS) this.#closed(0);
  }

  // A socket to a stopped hub may never report its end: let go of it without waiting.
  #abandon() {
    const socket = this.#socket;
    this.#socket = null;
    this.session.lost();
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}

// 0.5 s doubling to 5 s, of which a random half is taken off so that a hall does not return in step.
export function backOff(failures, random) {
  const whole = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures, 10));
  return Math.max(FIRST_DELAY_MS, whole * (0.5 + random / 2));
}
