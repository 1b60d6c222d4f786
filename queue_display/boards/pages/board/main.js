// Puts the board together: who am I, or else a code to become somebody -> view -> feed -> one loop of animation frames, which draws what
// changed, notes what was painted, and gives the sign of life: a page that paints no more says nothing.

import { NOTHING_SHOWN } from "./arrangement.js";
import { monotonic } from "./clock.js";
import { findDevice, forgetDevice, forgetToken, keepIdentity } from "./device.js";
import { enrol } from "./enrolment.js";
import { Feed } from "./feed.js";
import { FeedSession } from "./session.js";
import { model } from "./state.js";
import { BoardView, EnrolmentView } from "./view.js";

const REDRAW_MS = 100; // clock, flashes, turns and pages move on without news
const HEARTBEAT_MS = 5_000;
const DRIFT_MS = 300_000;
const DRIFTS = [[0, 0], [2, 1], [1, 2], [-1, 1], [-2, 0], [-1, -1], [0, -2], [2, -1]];
const DAY_MS = 86_400_000;
const RETRY_MS = 2_000;
const TURNED_OUT_MS = 5_000; // before the hub is asked again

class Board {
  constructor(device, [words, second]) {
    this.device = device;
    this.words = words;
    this.session = new FeedSession(device);
    this.view = new BoardView(document.getElementById("board"), device, words, second);
    this.feed = new Feed({
      url: device.floor_url,
      session: this.session,
      now: monotonic,
      changed: () => (this.dirty = true),
      turnedOut: () => this.#turnOut(),
    });
    this.over = false; // turned out by the hub
    this.before = NOTHING_SHOWN;
    this.since = monotonic();
    this.dirty = true;
    this.drawnAt = 0;
    this.beatAt = this.since;
    this.driftAt = this.since;
    this.waiting = new Set(); // calls drawn in this frame: painted when the frame is over
    this.painted = new Set(); // calls of which the hub has not heard yet
    this.afterFrame = new MessageChannel(); // its message comes as the task after style, layout and paint
    this.afterFrame.port1.onmessage = () => this.#notePainted();
  }

  start() {
    this.feed.start();
    requestAnimationFrame(() => this.frame());
  }

  // The page begins again with its new token; until then it stays, since a reload may find no hub.
  #turnOut() {
    this.over = true;
    this.view.hide();
    forgetToken(this.device);
    becomeDevice({ ...this.device, revoked: true }).then(() => location.reload(), startAgain);
  }

  frame() {
    if (this.over) return;
    const now = monotonic();
    if (this.dirty || now - this.drawnAt >= REDRAW_MS) this.#draw(now);
    if (now - this.beatAt >= HEARTBEAT_MS) this.#beat(now);
    if (now - this.driftAt >= DRIFT_MS) this.#drift(now);
    requestAnimationFrame(() => this.frame());
  }

  #draw(now) {
    const { session, device, words, before, since } = this;
    const next = model({ floor: session.floor, link: session, device, words, before, now, since });
    this.view.draw(next);
    for (const [call, { first }] of next.arrangement.memory) {
      if (first !== null && before.memory.get(call)?.first == null) this.waiting.add(call);
    }
    if (this.waiting.size > 0) this.afterFrame.port2.postMessage(null);
    this.before = next.arrangement;
    this.dirty = false;
    this.drawnAt = now;
  }

  #notePainted() {
    const calls = [...this.waiting];
    this.waiting.clear();
    for (const call of calls) this.painted.add(call);
    const detail = { calls, seq: this.session.seq, at: monotonic() + performance.timeOrigin };
    document.dispatchEvent(new CustomEvent("painted", { detail }));
  }

  #beat(now) {
    this.beatAt = now;
    const known = this.session.floor.calls;
    const shown = [...this.painted].filter((call) => known.has(call)).slice(0, 64);
    if (!this.feed.heartbeat(shown)) return;
    for (const call of shown) this.painted.delete(call);
    for (const call of this.painted) if (!known.has(call)) this.painted.delete(call);
  }

  // A page older than a day begins again in the quiet of a minute without calls, and only with the hub there.
  #drift(now) {
    this.driftAt = now;
    const step = Math.floor((now - this.since) / DRIFT_MS) % DRIFTS.length;
    this.view.drift(...DRIFTS[step]);
    const idle = this.session.floor.calls.size === 0;
    if (now - this.since > DAY_MS && idle && this.session.live) location.reload();
  }
}

// The texts of the screen's language, and those of the first other language for the second line of its headings.
async function wordsOf({ language, languages }) {
  const second = languages.find((other) => other !== language);
  return Promise.all([textsIn(language), second === undefined ? {} : textsIn(second)]);
}

async function textsIn(language) {
  return (await import(`./texts/${language}.js`)).default;
}

// Show codes until the hub has let this screen in, and keep what it says.
async function becomeDevice(device) {
  const words = (await textsIn(device.language)).enrolment;
  const root = document.getElementById("enrolment");
  let notice = device.revoked ? words.revoked.replace("{device}", device.device) : "";
  let first = device.revoked ? TURNED_OUT_MS : 0;
  for (;;) {
    const view = new EnrolmentView(root, words, notice);
    const told = await enrol({ url: device.floor_url, now: monotonic, draw: (picture) => view.draw(picture), first });
    if (!device.own || told.device === device.device) {
      await keepIdentity(device, told);
      view.hide();
      return { ...device, ...told, revoked: false };
    }
    notice = words.other.replace("{told}", told.device).replace("{device}", device.device);
    first = TURNED_OUT_MS;
  }
}

async function show(device) {
  document.documentElement.lang = device.language;
  const words = await wordsOf(device);
  new Board(device.token ? device : await becomeDevice(device), words).start();
}

// A fault of the page itself: it begins again.
function startAgain(error) {
  console.error(error);
  setTimeout(() => location.reload(), RETRY_MS);
}

async function begin() {
  if (location.hash === "#forget") {
    forgetDevice();
    history.replaceState(null, "", location.pathname); // a reload does not forget again
  }
  await show(await findDevice());
}

begin().catch(startAgain);
