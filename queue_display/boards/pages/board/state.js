// What the board says at one moment: a plain model made from the copy of the floor, the device's own
// description and the time. Pure; views/ draw it and decide nothing.

import { arrange, lighting } from "./arrangement.js";
import { dayLine, hourAndMinute } from "./clock.js";

export const LOST_AFTER_MS = 12_000;
export const DIM_AFTER_MS = 60_000;
export const PAGE_MS = 8_000;
const SIDE_LINES = 12;
const SIDE_COUNTERS = 7;

// `link`: { live, refusal, offset, heardAt, dataAt } of a FeedSession, `since`: local ms of the page's start.
export function model({ floor, link, device: described, words, before, now, since }) {
  const device = withNames(described, floor);
  const hubNow = now + link.offset;
  const arrangement = arrange(before, [...callsOf(floor, device)], { now, hubNow }, device.rows);
  const connection = connectionOf(link, now, since);
  const lines = sideLines(device);
  const fresh = connection.kind === "live";
  return {
    arrangement,
    connection,
    clock: fresh ? { time: hourAndMinute(hubNow), day: dayLine(hubNow, words) } : null,
    dense: arrangement.dense,
    calls: connection.kind === "refused" ? [] : rowsOf(arrangement, floor, device, now, words),
    counters: page(device.counters.map((one) => counterLine(one, floor, words)), lines.counters, now),
    services: page(device.services.map((one) => serviceLine(one, floor)), lines.services, now),
    notice: noticeOf(floor, connection, arrangement.shown.length, words),
  };
}

// A screen that was told no names shows the ids of the feed.
function withNames(device, floor) {
  if (device.counters.length > 0) return device;
  const counters = [...floor.counters.keys()].map((id) => ({ id, number: id, name: "" }));
  return { ...device, counters, services: [...floor.services.keys()].map((id) => ({ id, name: id })) };
}

// live: fresh data; connecting: never had any; refused: the hub does not know this screen; lost: data of
// an earlier minute. Between a lost connection and the banner the last picture simply stays.
export function connectionOf(link, now, since) {
  if (link.refusal !== null && !link.live) return { kind: "refused", code: link.refusal, dim: true };
  if (link.dataAt === null) return { kind: "connecting", dim: false };
  const silence = now + link.offset - link.dataAt;
  const quiet = silence < LOST_AFTER_MS;
  if (quiet) return { kind: "live", dim: false };
  return { kind: "lost", at: hourAndMinute(link.dataAt), dim: silence >= DIM_AFTER_MS };
}

function* callsOf(floor, device) {
  const mine = new Set(device.counters.map((counter) => counter.id));
  for (const call of floor.calls.values()) if (mine.has(call.counter)) yield call;
}

function rowsOf(arrangement, floor, device, now, words) {
  return arrangement.shown.map((call) => callRow(call, arrangement, floor, device, now, words));
}

function callRow(call, arrangement, floor, device, now, words) {
  const counter = device.counters.find(({ id }) => id === call.counter);
  const standing = standingOf(call, floor.counters.get(call.counter));
  const again = standing === "calling" && call.attempt > 1;
  return {
    call: call.call,
    number: call.number,
    counter: counterNumber(counter.number),
    name: counter.name,
    standing,
    word: again ? words.recall.replace("{attempt}", call.attempt) : words[standing],
    priority: call.priority ? words.priority : "",
    light: call.over ? "plain" : lighting(arrangement.memory.get(call.call), now),
  };
}

// Two digits, as on the kiosk and on the slip; an id that stands for an unknown number stays as it is.
function counterNumber(number) {
  return typeof number === "number" ? String(number).padStart(2, "0") : number;
}

// A call stands until the citizen is served; a call that ended otherwise has merely been made.
function standingOf(call, counter) {
  if (!call.over) return "calling";
  return counter?.ticket === call.ticket && counter.ticket_state === "serving" ? "serving" : "called";
}

function counterLine(counter, floor, words) {
  const view = floor.counters.get(counter.id);
  const state = counterState(view);
  return {
    key: counter.id,
    counter: counterNumber(counter.number),
    ticket: view?.number ?? "",
    state,
    word: words.counter[state],
  };
}

export function counterState(view) {
  if (view === undefined) return "unknown";
  if (view.state !== "open") return view.state;
  return view.ticket_state ?? "ready";
}

function serviceLine(service, floor) {
  const view = floor.services.get(service.id);
  return { key: service.id, name: service.name, waiting: view === undefined ? "–" : String(view.waiting) };
}

// How many lines the strip gives to counters and to services; a short list leaves its room to the other.
export function sideLines({ counters, services }) {
  if (counters.length === 0) return { counters: SIDE_COUNTERS, services: SIDE_LINES - SIDE_COUNTERS };
  const forServices = Math.min(services.length, SIDE_LINES - SIDE_COUNTERS);
  const forCounters = Math.max(1, Math.min(counters.length, SIDE_LINES - forServices));
  return { counters: forCounters, services: Math.max(1, Math.min(services.length, SIDE_LINES - forCounters)) };
}

// Long lists change page by page: a moving text could not be read (WCAG 2.2.2).
export function page(lines, size, now) {
  const pages = Math.max(1, Math.ceil(lines.length / size));
  const index = Math.floor(now / PAGE_MS) % pages;
  return { lines: lines.slice(index * size, (index + 1) * size), index, pages };
}

function noticeOf(floor, connection, shown, words) {
  if (connection.kind === "connecting") return words.connecting;
  if (connection.kind === "refused") return words.refused.replace("{code}", connection.code);
  if (shown > 0) return "";
  if (floor.floor.get("day")?.ended) return words.ended;
  return words.nobody_called;
}
