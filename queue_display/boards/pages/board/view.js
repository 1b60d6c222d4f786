// Draws a model (state.js) on a fixed grid. Nodes are made once and used again, text goes in as text,
// and only what differs from the picture before is touched.

import { sideLines } from "./state.js";
import { denseCapacity } from "./arrangement.js";

const ONE_COLUMN_LINES = 6;
const LONG_NAME = 26; // no longer fits one line of the strip
const FEWEST_CHARACTERS = 6; // A102 and a counter of two digits

export class BoardView {
  constructor(root, device, words, second) {
    this.#root = root;
    this.#rows = device.rows;
    this.#parts = Object.fromEntries(
      [...root.querySelectorAll("[data-part]")].map((node) => [node.dataset.part, node]),
    );
    const most = denseCapacity(device.rows);
    this.#calls = Array.from({ length: most }, () => callNode(this.#parts.calls));
    const lines = sideLines(device);
    root.style.setProperty("--counter-lines", lines.counters);
    root.style.setProperty("--service-lines", lines.services);
    this.#counters = lineNodes(this.#parts["counter-lines"], lines.counters, ["counter", "ticket", "word"]);
    this.#services = lineNodes(this.#parts["service-lines"], lines.services, ["name", "waiting"]);
    this.#fixedTexts(device, words, second);
    root.hidden = false;
  }

  #root;
  #rows;
  #parts;
  #calls;
  #counters;
  #services;
  #words;
  #chars = FEWEST_CHARACTERS;

  draw(model) {
    this.#frame(model);
    this.#layCalls(model);
    drawLines(this.#counters, model.counters.lines, ["counter", "ticket", "word"]);
    drawLines(this.#services, model.services.lines, ["name", "waiting"]);
    text(this.#parts["counter-pages"], pageMark(model.counters));
    text(this.#parts["service-pages"], pageMark(model.services));
  }

  hide() {
    this.#root.hidden = true;
  }

  // The layout moves by a few pixels in the course of an hour, so that no edge burns in.
  drift(x, y) {
    this.#root.style.setProperty("--drift-x", x);
    this.#root.style.setProperty("--drift-y", y);
  }

  #fixedTexts(device, words, second) {
    this.#words = words;
    const fixed = {
      authority: device.authority ?? "",
      title: device.title,
      number: words.number,
      counter: words.counter_heading,
      counters: words.counters_heading,
      waiting: words.waiting_heading,
      "number-again": words.number,
      "counter-again": words.counter_heading,
      "number-second": second.number ?? "",
      "counter-second": second.counter_heading ?? "",
      "counters-second": second.counters_heading ?? "",
      "waiting-second": second.waiting_heading ?? "",
      help: words.help,
      hotline: device.hotline ? words.hotline.replace("{hotline}", device.hotline) : "",
      "lost-help": words.lost_help,
    };
    for (const [part, value] of Object.entries(fixed)) text(this.#parts[part], value);
    this.#parts.title.toggleAttribute("data-long", device.title.length > 50);
  }

  #frame({ connection, clock, notice, dense }) {
    attribute(this.#root, "data-connection", connection.kind);
    attribute(this.#root, "data-dim", connection.dim ? "" : null);
    attribute(this.#root, "data-dense", dense ? "" : null);
    text(this.#parts.time, clock?.time ?? "");
    text(this.#parts.day, clock?.day ?? "");
    text(this.#parts.notice, notice);
    text(this.#parts.lost, connection.kind === "lost" ? this.#words.lost.replace("{at}", connection.at) : "");
  }

  // A call keeps its node while it stands; a free node takes the next one.
  #layCalls({ calls, dense }) {
    const { columns, lines } = this.#grid(dense, calls.length);
    for (const call of calls) {
      this.#chars = Math.max(this.#chars, call.number.length + call.counter.length);
    }
    const grid = this.#parts.calls.style;
    property(grid, "--columns", columns);
    property(grid, "--lines", lines);
    property(grid, "--chars", this.#chars);
    const standing = new Set(calls.map(({ call }) => call));
    for (const node of this.#calls) if (!standing.has(node.call)) node.call = null;
    calls.forEach((call, slot) => {
      const node = this.#calls.find((known) => known.call === call.call) ?? this.#calls.find((free) => free.call === null);
      node.call = call.call;
      place(node, slot, dense, lines);
      drawCall(node, call, slot);
    });
    for (const node of this.#calls) if (node.call === null) attribute(node.root, "data-slot", null);
  }

  #grid(dense, count) {
    if (dense) return { columns: 2, lines: Math.max(4, Math.ceil(count / 2)) };
    const below = this.#rows - 1;
    const columns = below > ONE_COLUMN_LINES ? 2 : 1;
    return { columns, lines: Math.ceil(below / columns) };
  }
}

// The screen without a token, drawn from { code, minutes, crowded } of enrolment.js; `notice` says why there is none.
export class EnrolmentView {
  constructor(root, words, notice) {
    this.#root = root;
    this.#words = words;
    this.#part("heading", words.heading);
    this.#part("notice", notice);
    root.hidden = false;
  }

  #root;
  #words;

  draw({ code, minutes, crowded }) {
    const words = this.#words;
    const left = minutes > 1 ? plural(words.minutes, minutes).replace("{minutes}", minutes) : words.last_minute;
    this.#part("code", code);
    this.#part("asking", code !== "" ? "" : crowded ? words.crowded : words.asking);
    this.#part("steps", code === "" ? "" : words.steps);
    this.#part("minutes", code === "" ? "" : left);
  }

  hide() {
    this.#root.hidden = true;
  }

  #part(name, value) {
    text(this.#root.querySelector(`[data-part="enrolment-${name}"]`), value);
  }
}

// The form for a number in the language of the page, by the browser's CLDR rules.
function plural(forms, number) {
  return forms[new Intl.PluralRules(document.documentElement.lang).select(number)] ?? forms.other;
}

function place(node, slot, dense, lines) {
  const index = dense ? slot : slot - 1;
  const hero = index < 0;
  property(node.root.style, "--at-row", hero ? 1 : (index % lines) + (dense ? 1 : 2));
  property(node.root.style, "--at-column", hero ? 1 : Math.floor(index / lines) + 1);
}

function drawCall(node, call, slot) {
  attribute(node.root, "data-slot", String(slot));
  attribute(node.root, "data-call", call.call);
  attribute(node.root, "data-standing", call.standing);
  attribute(node.root, "data-light", call.light);
  text(node.word, call.word);
  text(node.priority, call.priority);
  text(node.number, call.number);
  text(node.name, call.name);
  text(node.counter, call.counter);
}

function callNode(parent) {
  const root = element("div", "call", parent);
  const tag = element("div", "tag", root);
  const calling = element("span", "calling", tag);
  element("i", "arrow", calling);
  return {
    call: null,
    root,
    word: element("span", "word", calling),
    priority: element("span", "priority", tag),
    number: element("div", "number", root),
    name: element("div", "name", root),
    counter: element("div", "counter", root),
  };
}

function lineNodes(parent, count, fields) {
  return Array.from({ length: count }, () => {
    const root = element("li", "", parent);
    return { root, fields: Object.fromEntries(fields.map((field) => [field, element("span", field, root)])) };
  });
}

function drawLines(nodes, lines, fields) {
  nodes.forEach((node, index) => {
    const line = lines[index];
    attribute(node.root, "data-key", line?.key ?? null);
    attribute(node.root, "data-state", line?.state ?? null);
    attribute(node.root, "data-long", line?.name?.length > LONG_NAME ? "" : null);
    for (const field of fields) text(node.fields[field], line?.[field] ?? "");
  });
}

function pageMark({ index, pages }) {
  return pages > 1 ? `${index + 1}/${pages}` : "";
}

function element(name, className, parent) {
  const node = document.createElement(name);
  if (className !== "") node.className = className;
  parent.append(node);
  return node;
}

function text(node, value) {
  if (node.textContent !== value) node.textContent = value;
}

function attribute(node, name, value) {
  if (node.getAttribute(name) === value) return;
  if (value === null) node.removeAttribute(name);
  else node.setAttribute(name, value);
}

function property(style, name, value) {
  const wanted = String(value);
  if (style.getPropertyValue(name) !== wanted) style.setProperty(name, wanted);
}
