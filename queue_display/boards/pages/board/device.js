// Who this screen is. The board program serves device.json on the loopback; a plain TV that opened the page
// from the hub is told once by a technician and keeps it. A token never stands in an address.

const STORE = "board-device";

export async function findDevice(setup) {
  const own = await json("./device.json");
  if (own !== null) return own;
  const labels = (await json("./labels.json")) ?? {};
  const { floor_port: port } = await json("/floor.json");
  const identity = storedIdentity() ?? (await askForIdentity(setup));
  return {
    floor_url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.hostname}:${port}/`,
    title: location.hostname,
    rows: 6,
    counters: [],
    services: [],
    language: "vi",
    ...labels,
    ...identity,
  };
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
  return JSON.parse(localStorage.getItem(STORE) ?? "null");
}

function askForIdentity({ form, words }) {
  for (const part of ["heading", "device", "token", "save", "hint"]) {
    form.querySelector(`[data-part="setup-${part}"]`).textContent = words.setup[part];
  }
  form.hidden = false;
  return new Promise((resolve) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = new FormData(form);
      const identity = { device: given.get("device").trim(), token: given.get("token").trim() };
      localStorage.setItem(STORE, JSON.stringify(identity));
      form.hidden = true;
      resolve(identity);
    }, { once: true });
  });
}
