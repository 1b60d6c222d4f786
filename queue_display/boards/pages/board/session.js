// The client's side of the floor wire, protocol 1, without a socket: frames in, frames out, and the
// copy of the floor that they build. Time (ms) is an argument. A gap means ask again, never guess.

export const PROTOCOL = 1;
export const TOPICS = Object.freeze(["floor", "services", "counters", "calls"]);

export class FeedSession {
  constructor({ device, token, topics = TOPICS }) {
    this.device = device;
    this.token = token;
    this.topics = topics;
    this.epoch = null;
    this.rows = null; // of the hub's journal: a hub that starts with less has lost some
    this.seq = null;
    this.floor = emptyFloor(topics);
    this.live = false; // a snapshot or a resume has been applied on this connection
    this.refusal = null; // the hub's reason for not letting this screen in
    this.offset = 0; // hub time - local time, ms
    this.heardAt = null; // local time of the last frame
    this.dataAt = null; // hub time up to which the copy is known to be right, ms
    this.#asked = false;
    this.#goal = null;
  }

  #asked; // a hello is on its way and not answered yet
  #goal; // after a resume: the position at which the missed deltas end

  hello() {
    this.#asked = true;
    const frame = {
      t: "hello",
      proto: [PROTOCOL],
      device: this.device,
      token: this.token,
      topics: [...this.topics],
    };
    if (this.epoch !== null) Object.assign(frame, { epoch: this.epoch, seq: this.seq });
    if (this.rows !== null) frame.rows = this.rows;
    return frame;
  }

  // The connection is gone: what is shown stays, but it is not live any more.
  lost() {
    this.live = false;
    this.#asked = false;
    this.#goal = null;
  }

  // Apply one frame. Returns { changed, send }: whether the copy changed, and the frame to send, if any.
  receive(frame, now) {
    this.heardAt = now;
    switch (frame.t) {
      case "snapshot":
        return this.#snapshot(frame, now);
      case "resumed":
        return this.#resumed(frame, now);
      case "delta":
        return this.#delta(frame, now);
      case "tick":
        return this.#tick(frame, now);
      case "error":
        if (!this.live) this.refusal = frame.error?.code ?? "error";
        this.#asked = false;
        return nothing;
      default:
        return nothing; // what this page does not know, it ignores
    }
  }

  #snapshot(frame, now) {
    this.epoch = frame.epoch;
    this.seq = frame.seq;
    this.rows = frame.rows ?? null;
    this.floor = emptyFloor(this.topics);
    for (const topic of this.topics) {
      for (const [key, value] of Object.entries(frame.state[topic] ?? {})) {
        this.floor[topic].set(key, value);
      }
    }
    this.#goal = null;
    this.#goLive();
    this.#synchronise(frame.now, now);
    return { changed: true, send: null };
  }

  #resumed(frame, now) {
    if (frame.epoch !== this.epoch) return this.#askAgain();
    this.#goal = frame.seq;
    if (this.seq >= frame.seq) this.#goLive();
    this.#synchronise(frame.now, now);
    return { changed: true, send: null };
  }

  #delta(frame, now) {
    if (frame.epoch !== this.epoch || frame.seq > this.seq + 1) return this.#askAgain();
    if (frame.seq <= this.seq) return nothing;
    for (const { topic, key, value } of frame.puts) {
      const values = this.floor[topic];
      if (values === undefined) continue;
      if (value === null) values.delete(key);
      else values.set(key, value);
    }
    this.seq = frame.seq;
    this.rows = frame.rows ?? this.rows;
    if (this.#goal !== null && this.seq >= this.#goal) this.#goLive();
    if (this.live) this.dataAt = now + this.offset;
    return { changed: true, send: null };
  }

  #tick(frame, now) {
    if (frame.epoch !== this.epoch || frame.seq > this.seq) return this.#askAgain();
    this.#synchronise(frame.now, now);
    return nothing;
  }

  #goLive() {
    this.live = true;
    this.refusal = null;
    this.#asked = false;
    this.#goal = null;
  }

  #synchronise(hubTime, now) {
    this.offset = Date.parse(hubTime) - now;
    if (this.live) this.dataAt = now + this.offset;
  }

  // One hello at a time: frames that were under way when it was sent do not ask once more.
  #askAgain() {
    return { changed: false, send: this.#asked ? null : this.hello() };
  }
}

const nothing = Object.freeze({ changed: false, send: null });

function emptyFloor(topics) {
  return Object.fromEntries(topics.map((topic) => [topic, new Map()]));
}
