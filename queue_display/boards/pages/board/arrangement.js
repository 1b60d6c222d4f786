// Which calls stand on the board, and where. Pure: the arrangement before, the calls and the time give
// the arrangement after. No call is dropped because others came with it: each stands DWELL_MS at least;
// a crowd makes the rows denser, and what still does not fit takes turns, oldest first.

export const DWELL_MS = 5_000;
export const FRESH_MS = 20_000;
const FLASHES_MS = 4_000; // 4 x (0.5 s lit + 0.5 s plain), over within 5 s, 1 Hz
const HALF_FLASH_MS = 500;
const DENSE_MOST = 14;

export const NOTHING_SHOWN = Object.freeze({ dense: false, shown: Object.freeze([]), memory: new Map() });

export function denseCapacity(rows) {
  return Math.max(rows, Math.min(2 * rows, DENSE_MOST));
}

// `calls`: CallViews; `now`: local ms; `hubNow`: the hub's time, ms. `memory`: call id -> { first, since,
// until, old }: when it first stood on the board, since when it stands there now (null: it does not), when
// it was last taken off (or arrived), and whether it was no news any more when it arrived.
export function arrange(before, calls, { now, hubNow }, rows) {
  const latest = latestPerTicket(calls);
  const memory = remember(before, latest, now, hubNow);
  const crowd = latest.filter((call) => !call.over || owed(memory.get(call.call), now));
  const dense = crowd.length > rows;
  const capacity = dense ? denseCapacity(rows) : rows;
  const ranked = latest
    .map((call) => ({ call, rank: rank(call, memory.get(call.call), now) }))
    .sort((a, b) => compare(a.rank, b.rank));
  const shown = ranked.slice(0, capacity).map(({ call }) => call);
  const standing = new Set(shown.map((call) => call.call));
  for (const [id, entry] of memory) memory.set(id, stand(entry, standing.has(id), now));
  shown.sort(newestFirst);
  return { dense, shown, memory };
}

// How a call is lit: "lit" and "plain" alternate while it is new, then it stays lit, then it is plain.
export function lighting(entry, now) {
  if (entry?.first == null || entry.old) return "plain";
  const age = now - entry.first;
  if (age >= FRESH_MS) return "plain";
  if (age >= FLASHES_MS) return "lit";
  return Math.floor(age / HALF_FLASH_MS) % 2 === 0 ? "lit" : "plain";
}

function latestPerTicket(calls) {
  const latest = new Map();
  for (const call of calls) {
    const known = latest.get(call.ticket);
    if (known === undefined || newestFirst(call, known) < 0) latest.set(call.ticket, call);
  }
  return [...latest.values()];
}

// A recall takes over the place in the line of turns of the call that it repeats.
function remember(before, calls, now, hubNow) {
  const turns = new Map(before.shown.map((call) => [call.ticket, before.memory.get(call.call).since]));
  return new Map(
    calls.map((call) => [
      call.call,
      before.memory.get(call.call) ?? {
        first: null,
        since: null,
        until: turns.get(call.ticket) ?? now,
        old: hubNow - Date.parse(call.called_at) >= FRESH_MS,
      },
    ]),
  );
}

function stand(entry, stands, now) {
  if (stands) return { ...entry, first: entry.first ?? now, since: entry.since ?? now };
  return entry.since === null ? entry : { ...entry, since: null, until: now };
}

function dwells(entry, now) {
  return entry.since !== null && now - entry.since < DWELL_MS;
}

// A call that is over all the same has its time on the board, unless it was over long ago.
function owed(entry, now) {
  return !entry.old && (entry.first === null || (entry.since === entry.first && dwells(entry, now)));
}

// Lower goes first: calls in the middle of their turn; calls whose turn has come, longest wait first; calls
// still open that stand; calls still open that left a moment ago; calls that are over; newest first in each.
function rank(call, entry, now) {
  const newest = -Date.parse(call.called_at);
  const hadItsTime = entry.old || (entry.first !== null && entry.since !== entry.first);
  const inTime = !(call.over && hadItsTime);
  if (dwells(entry, now) && inTime) return [0, newest];
  const turn = entry.first === null || (!call.over && now - entry.until >= DWELL_MS);
  if (entry.since === null && turn && inTime) return [1, entry.until, -newest];
  if (call.over) return [4, newest];
  return [entry.since === null ? 3 : 2, newest];
}

function compare(a, b) {
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    if (a[i] !== b[i]) return a[i] - b[i];
  }
  return 0;
}

function newestFirst(a, b) {
  return Date.parse(b.called_at) - Date.parse(a.called_at) || (a.call < b.call ? 1 : -1);
}
