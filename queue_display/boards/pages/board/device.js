// Who this screen is. The board program serves device.json on the loopback; a plain TV that opened the page
// from the hub keeps what it was told when it was enrolled. A token never stands in an address.

const STORE = "board-device";
const OWN = "./device.json";
const KEPT = "./token";

// A token that is empty is one to be enrolled for; `revoked` tells that there was one. `own`: of the board program.
export async function findDevice() {
  const own = await json(OWN);
  if (own !== null) return { revoked: false, ...own, own: true };
  const labels = (await json("./labels.json")) ?? {};
  const { floor_port: port } = await json("/floor.json");
  return {
    floor_url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.hostname}:${port}/`,
    title: location.hostname,
    rows: 6,
    counters: [],
    services: [],
    language: "vi",
    languages: [],
    ...labels,
    ...storedIdentity(),
    own: false,
  };
}

// Where a program serves the page, it keeps the token: its browser forgets everything when it ends.
export async function keepIdentity({ own }, { device, token }) {
  if (!own) {
    localStorage.setItem(STORE, JSON.stringify({ device, token, revoked: false }));
    return;
  }
  const headers = { "content-type": "application/json" };
  const answer = await fetch(KEPT, { method: "POST", headers, body: JSON.stringify({ device, token }) });
  if (!answer.ok) throw new Error(`${KEPT}: ${answer.status}`);
}

// The hub has turned this screen out: its token is gone for good, its name is still good to know.
export function forgetToken({ own, device }) {
  if (!own) localStorage.setItem(STORE, JSON.stringify({ device, token: "", revoked: true }));
}

export function forgetDevice() {
  localStorage.removeItem(STORE);
}

async function json(path) {
  const answer = await fetch(path, { cache: "no-store" });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

function storedIdentity() {
  return JSON.parse(localStorage.getItem(STORE) ?? "null") ?? { device: "", token: "", revoked: false };
}
