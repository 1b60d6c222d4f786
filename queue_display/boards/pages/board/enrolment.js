// How a screen without a token gets one: it asks the hub for a code, shows it until somebody types it in the
// console, and asks for another when the code has run out or the line has broken. Times are local ms.

import { PROTOCOL } from "./session.js";

const ANSWER_MS = 12_000; // a hub that gives no code within this time is not there
const LATE_MS = 5_000; // a code that ran out so long ago without a word: the line is dead
const PAUSE_MS = 5_000; // between two questions, at the least
const LOOK_MS = 500;

// Ask until the hub has given a token: resolves to { device, token }. `draw` gets each picture to show.
// `first`: ms to wait before the first question.
export function enrol({ url, now, draw, first = 0 }) {
  return new Promise((resolve) => new Enroller({ url, now, draw, resolve }).start(first));
}

// What the screen says of the code that it holds, `waiting` = { code, until } or null, and whether the hub gives none now.
export function picture(waiting, now, crowded = false) {
  const none = { code: "", minutes: 0, crowded };
  if (waiting === null) return none;
  const seconds = Math.floor((waiting.until - now) / 1_000);
  return seconds > 0 ? { code: waiting.code, minutes: Math.ceil(seconds / 60), crowded: false } : none;
}

class Enroller {
  constructor({ url, now, draw, resolve }) {
    this.#url = url;
    this.#now = now;
    this.#draw = draw;
    this.#resolve = resolve;
  }

  #url;
  #now;
  #draw;
  #resolve;
  #socket = null;
  #waiting = null; // the code that is shown, and until when
  #crowded = false; // the hub said that too many screens wait for a code already
  #until = 0; // when to give the present connection up
  #retry = null;
  #watch = null;

  start(first) {
    this.#watch = setInterval(() => this.#look(), LOOK_MS);
    this.#look();
    this.#retry = setTimeout(() => this.#connect(), first);
  }

  #connect() {
    this.#until = this.#now() + ANSWER_MS;
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ t: "enrol", kind: "board", proto: [PROTOCOL] }));
    socket.onmessage = (event) => this.#receive(JSON.parse(event.data));
    socket.onclose = () => this.#again();
  }

  #receive(frame) {
    if (frame.t === "enrolment") {
      const until = this.#now() + Date.parse(frame.expires) - Date.parse(frame.now);
      this.#waiting = { code: frame.code, until };
      this.#crowded = false;
      this.#until = until + LATE_MS;
      this.#look();
    } else if (frame.t === "error") {
      this.#crowded = frame.error.code === "too_many_waiting";
    } else if (frame.t === "enrolled") {
      this.#abandon();
      clearInterval(this.#watch);
      this.#resolve({ device: frame.device, token: frame.token });
    }
  }

  #look() {
    this.#draw(picture(this.#waiting, this.#now(), this.#crowded));
    if (this.#socket !== null && this.#now() >= this.#until) this.#again();
  }

  #again() {
    this.#abandon();
    this.#look();
    this.#retry = setTimeout(() => this.#connect(), pause());
  }

  // A code is good on its own connection alone: without the one, the other is not shown.
  #abandon() {
    const socket = this.#socket;
    this.#socket = null;
    this.#waiting = null;
    clearTimeout(this.#retry);
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}

function pause() {
  return PAUSE_MS * (1 + Math.random() / 5); // so that a hall does not return in step
}
