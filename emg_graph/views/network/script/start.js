// What follows when something changes, and what changes something.
let moved = false;

// Bring the picture, the panel, the table and the address to what the state says.
function changed({ move = false } = {}) {
  const before = { nodes: shown.nodes, links: shown.links };
  sift();
  arrange();
  redraw(before);
  for (const step of document.querySelectorAll("[data-steps]")) step.setAttribute("aria-pressed", String(Number(step.dataset.steps) === state.steps));
  showFilters();
  tellCount();
  showPanel();
  fillTable();
  if (move) showWhole();
  else network.redraw();
  writeAddress();
}

// Hand on what has come, gone or moved since.
function redraw(before) {
  const nodes = data.nodes.flatMap(({ x, y, size }, i) => {
    const old = drawing.nodes.get(i);
    return before.nodes[i] !== shown.nodes[i] || old.x !== x || old.y !== y || old.size !== size ? [{ id: i, hidden: !shown.nodes[i], x, y, size }] : [];
  });
  const links = shown.links.flatMap((on, n) => (on !== before.links[n] ? [{ id: n, hidden: !on }] : []));
  if (nodes.length) drawing.nodes.update(nodes);
  if (links.length) drawing.edges.update(links);
}

// Where the panel is a sheet over the lower part of a small screen, bring the picture to the top;
// return the part of the picture that is free.
function uncovered() {
  const sheet = getComputedStyle(at("panel")).position === "fixed";
  if (sheet) at("stage").scrollIntoView();
  const { top, bottom } = canvas.getBoundingClientRect();
  const floor = sheet ? Math.min(bottom, at("panel").getBoundingClientRect().top) : bottom;
  const height = Math.max(160, floor - top);
  return { height, offset: { x: 0, y: (height - (bottom - top)) / 2 } };
}

function showWhole() {
  const { height, offset } = uncovered();
  const { x, y, scale } = fitted(canvas.clientWidth, height);
  network.moveTo({ position: { x, y }, scale, offset });
  moved = false;
}

// Look at a node or a link, or at nothing; come closer to what is far away.
function look({ node = null, link = null, come = false }) {
  const whole = node === null && state.steps > 0;
  Object.assign(state, { node, link, steps: node === null ? 0 : state.steps });
  changed({ move: whole || state.steps > 0 });
  if (node !== null) tell(`${data.kinds[data.nodes[node].kind].label}: ${shortened(data.nodes[node].name, 160)}, with ${counted(data.nodes[node].links.length, "link", "links")}. The details follow the picture.`);
  if (node === null || state.steps) return;
  if (come) comeTo(node);
  else bringOut(node);
  writeAddress();
}

// Show a thing in the middle and its neighbours around it.
function comeTo(node) {
  const { x, y } = data.nodes[node];
  const near = [...lit().nodes].map((i) => data.nodes[i]);
  const across = (name, middle) => Math.max(1, ...near.map((other) => 2 * Math.abs(other[name] - middle)));
  const { height, offset } = uncovered();
  const room = roomIn(canvas.clientWidth, height);
  const scale = Math.min(0.9, room.width / across("x", x), room.height / across("y", y));
  network.moveTo({ position: { x, y }, scale: Math.max(scale, fitted(canvas.clientWidth, height).scale), offset });
  moved = true;
}

// Bring a thing out from under the panel.
function bringOut(node) {
  const { height, offset } = uncovered();
  const { x, y } = data.nodes[node];
  if (screen().toScreen({ x, y, size: 1 }).y < height - 20) return;
  network.moveTo({ position: { x, y }, offset });
  moved = true;
}

// The thing whose mark is nearest to a point, within reach of a finger or a mouse.
function nearest({ x, y }, reach) {
  const { toScreen } = screen();
  const away = data.nodes.map((node, i) => {
    const mark = toScreen(node);
    return shown.nodes[i] ? Math.hypot(mark.x - x, mark.y - y) - mark.r : Infinity;
  });
  const best = away.reduce((first, gap, i) => (gap < away[first] ? i : first), 0);
  return away[best] <= reach ? [best] : [];
}

network.on("click", ({ nodes, edges, pointer, event }) => {
  const finger = event.srcEvent && event.srcEvent.pointerType === "touch";
  const [node] = nodes.length ? nodes : nearest(pointer.DOM, finger ? 14 : 4);
  if (node !== undefined) look({ node });
  else look({ link: edges.length ? edges[0] : null });
});
network.on("zoom", () => { moved = true; writeAddress(); });
network.on("dragging", ({ nodes }) => {
  for (const i of nodes) Object.assign(data.nodes[i], network.getPosition(i));
});
network.on("dragEnd", ({ nodes }) => {
  for (const i of nodes) {
    const { x, y } = network.getPosition(i);
    drawing.nodes.update({ id: i, x, y });
    if (!state.steps) home[i] = { x, y };
  }
  moved = true;
  writeAddress();
});
for (const step of document.querySelectorAll("[data-steps]")) step.addEventListener("click", () => {
  const steps = Number(step.dataset.steps);
  if (steps && state.node === null) {
    const first = "Choose a thing first: click on it, or find it by name.";
    at("panel").replaceChildren(make("p", { class: "tag missing" }, first));
    tell(first);
    return;
  }
  state.steps = steps;
  changed({ move: true });
});
const zoom = (factor) => {
  network.moveTo({ scale: Math.min(LARGEST, Math.max(SMALLEST, network.getScale() * factor)) });
  moved = true;
  writeAddress();
};
at("closer").addEventListener("click", () => { zoom(1.3); });
at("farther").addEventListener("click", () => { zoom(1 / 1.3); });
at("fit").addEventListener("click", () => { showWhole(); writeAddress(); });
at("png").addEventListener("click", savePng);
at("svg").addEventListener("click", saveSvg);
at("copy").addEventListener("click", copyAddress);
at("copy").hidden = location.protocol === "about:";
at("table").addEventListener("toggle", () => { fillTable(); writeAddress(); });
dark.addEventListener("change", () => { paint(); network.redraw(); });

addEventListener("beforeprint", toPaper);
addEventListener("afterprint", fromPaper);
print.addEventListener("change", () => { if (print.matches) toPaper(); else fromPaper(); });

function restore() {
  const place = readAddress();
  changed({ move: true });
  if (place) { network.moveTo(place); moved = true; writeAddress(); }
}
addEventListener("hashchange", () => { if (location.hash.slice(1) !== written) restore(); });
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.target === box) return;
  const within = at("panel").contains(event.target);
  look({});
  if (within) box.focus();
});

at("caution").textContent = data.caution || "";
at("caution").hidden = !data.caution;
buildFilters();
if (matchMedia("(max-width: 44rem)").matches) at("filters").open = false;
paint();
stretchTo(roomIn(canvas.clientWidth, canvas.clientHeight));
restore();
network.on("resize", () => {
  if (moved) return;
  stretchTo(roomIn(canvas.clientWidth, canvas.clientHeight));
  changed({ move: true });
});

// For whoever embeds the page or tests it.
window.emgGraph = {
  labels: () => drawn.map(({ text, box }) => ({ text, box })),
  nodes: () => data.nodes.filter((_, i) => shown.nodes[i]).map((node) => node.id),
  links: () => data.links.filter((_, n) => shown.links[n]).map(nameOf),
  place: (id) => network.canvasToDOM(network.getPosition(placeOf.get(id))),
};
