// The state in the address after #, so that a view can be sent.
const FARTHEST = 1e5;
const [SMALLEST, LARGEST] = [0.02, 8];
let written = "";

function toAddress() {
  const words = new URLSearchParams();
  if (state.node !== null) words.set("node", data.nodes[state.node].id);
  if (state.link !== null) words.set("link", nameOf(data.links[state.link]));
  if (state.steps) words.set("steps", String(state.steps));
  const off = [...state.off].sort().join(",");
  if (off !== data.aside.join(",")) words.set("off", off);
  if (state.functions.size) words.set("functions", [...state.functions].sort().join(","));
  if (state.theme) words.set("theme", state.theme);
  if (data.least !== null && state.least !== data.least) words.set("least", String(state.least));
  if (at("table").open) words.set("table", "1");
  const { x, y } = network.getViewPosition();
  if (moved) words.set("at", [x, y / stretch].map(Math.round).concat(network.getScale().toFixed(3)).join(","));
  return words.toString();
}

function writeAddress() {
  written = toAddress();
  if (written === location.hash.slice(1)) return;
  try {
    history.replaceState(null, "", `#${written}`);
  } catch { /* A page within another's, as in a notebook, has no address of its own. */ }
}

const known = (words, values) => words.filter((word) => Object.hasOwn(values, word));
const listed = (words, name) => (words.get(name) || "").split(",").filter(Boolean);

function readAddress() {
  const words = new URLSearchParams(location.hash.slice(1));
  const node = placeOf.get(words.get("node"));
  const link = linkOf.get(words.get("link"));
  state.node = node === undefined ? null : node;
  state.link = link === undefined || state.node !== null ? null : link;
  state.steps = state.node === null ? 0 : ["1", "2"].indexOf(words.get("steps")) + 1;
  const ticks = Object.fromEntries(GROUPS.flatMap(([group, , values]) => Object.keys(values).map((key) => [`${group}:${key}`, true])));
  state.off = new Set(words.has("off") ? known(listed(words, "off"), ticks) : data.aside);
  state.functions = new Set(known(listed(words, "functions"), data.functions));
  state.theme = known([words.get("theme") || ""], data.themes)[0] || "";
  state.least = words.has("least") ? Math.min(Number(words.get("least")) || 0, weights.at(-1) || 0) : data.least || 0;
  at("table").open = words.get("table") === "1";
  const [x, y, scale] = listed(words, "at").map(Number);
  const sound = [x, y].every((place) => Math.abs(place) < FARTHEST) && scale >= SMALLEST && scale <= LARGEST;
  return sound ? { position: { x, y: y * stretch }, scale } : null;
}

async function copyAddress() {
  writeAddress();
  try {
    await navigator.clipboard.writeText(location.href);
    at("copy").textContent = "Copied";
  } catch {
    at("copy").textContent = "It is in the address bar";
  }
  tell(at("copy").textContent);
  setTimeout(() => { at("copy").textContent = "Copy link"; }, 2500);
}
