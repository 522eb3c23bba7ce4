// Filters, which are also the legend: what is ticked is shown.
const GROUPS = [
  ["kind", "Things", data.kinds, (key) => swatch({ d: SHAPES[data.kinds[key].shape](7), class: "shape", fill: `kind ${key}`, stroke: "ink" })],
  ["relation", "Links", data.relations, (key) => swatch({ d: "M-12 0H12", class: "line", stroke: `relation ${key}`, "stroke-dasharray": dashesOf(key).join(" ") })],
  ["basis", "What they rest on", data.bases, (key) => swatch({ d: "M-12 0H12", class: "line", stroke: key === "missing" ? "warm" : "ink", "stroke-dasharray": data.bases[key].dashes.join(" ") })],
  ["standing", "When", data.standings, null],
  ["confidence", "How sure", data.confidences || {}, null],
];
const OF_LINK = ["relation", "basis", "standing", "confidence"];
const HOLLOW = "Related work only";

// The pattern of a relation all of whose links rest on the same.
function dashesOf(relation) {
  const bases = new Set(data.links.filter((link) => link.relation === relation).map((link) => link.basis));
  return bases.size === 1 ? data.bases[[...bases][0]].dashes : [];
}

function swatch({ fill, stroke, ...attributes }) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  for (const [name, value] of Object.entries({ viewBox: "-13 -9 26 18", class: "swatch", "aria-hidden": "true" })) drawing.setAttribute(name, value);
  for (const [name, value] of Object.entries(attributes)) path.setAttribute(name, value);
  if (fill) path.dataset.fill = fill;
  if (stroke) path.dataset.stroke = stroke;
  drawing.append(path);
  return drawing;
}

function paintSwatches() {
  for (const name of ["fill", "stroke"])
    for (const path of document.querySelectorAll(`[data-${name}]`)) path.setAttribute(name, ink[path.dataset[name]]);
}

// How many things and links of each sort there are, or are shown.
function tallies({ nodes, links }) {
  const count = {};
  const add = (key) => { count[key] = (count[key] || 0) + 1; };
  for (const node of data.nodes.filter((_, i) => nodes[i])) {
    add(`kind:${node.kind}`);
    if (node.candidate) add("hollow");
  }
  for (const link of data.links.filter((_, n) => links[n])) {
    for (const name of OF_LINK) add(`${name}:${link[name]}`);
    for (const name of link.functions) add(`function:${name}`);
  }
  return count;
}
const inAll = tallies(shown);

function tick(key, text, checked, picture, change) {
  const box = make("input", { type: "checkbox", "data-key": key, onchange: (event) => { change(event.target.checked); } });
  box.checked = checked;
  return make("label", {}, box, picture, make("span", {}, text), make("span", { class: "n", "data-n": key }));
}

function hollowEntry() {
  if (!inAll.hollow) return null;
  return make("p", { class: "entry" }, swatch({ d: SHAPES.dot(6), class: "hollow", fill: "paper", stroke: `kind ${data.nodes.find((node) => node.candidate).kind}` }),
    make("span", {}, HOLLOW), make("span", { class: "n", "data-n": "hollow" }));
}

function buildFilters() {
  const wanted = ([group, , values]) => Object.keys(values).length > (group === "confidence" ? 1 : 0);
  const groups = GROUPS.filter(wanted).map(([group, title, values, picture]) =>
    make("fieldset", {}, make("legend", {}, title), ...Object.entries(values).map(([key, value]) => {
      const name = `${group}:${key}`;
      const change = (on) => { state.off[on ? "delete" : "add"](name); changed(); };
      return tick(name, value.label || value, true, picture && picture(key), change);
    }), group === "kind" ? hollowEntry() : null));
  at("groups").replaceChildren(...groups, ...functionFilter(), ...themeFilter());
  at("reset").addEventListener("click", () => { clearFilters(); changed(); });
  at("all").addEventListener("click", () => { state.least = 0; changed(); });
  if (data.least !== null) buildLeast();
  paintSwatches();
}

function functionFilter() {
  if (!Object.keys(data.functions).length) return [];
  const ticks = Object.entries(data.functions).map(([key, text]) =>
    tick(`function:${key}`, text, false, null, (on) => { state.functions[on ? "add" : "delete"](key); changed(); }));
  return [make("fieldset", {}, make("legend", {}, "Only links with a function"), ...ticks)];
}

function themeFilter() {
  if (!Object.keys(data.themes).length) return [];
  const options = [["", "any theme"], ...Object.entries(data.themes)];
  const choice = make("select", { id: "theme", "aria-label": "Only what has a theme", onchange: (event) => { state.theme = event.target.value; changed(); } },
    ...options.map(([key, text]) => make("option", { value: key }, text)));
  return [make("fieldset", {}, make("legend", {}, "Only what has a theme"), choice)];
}

// The slider moves over the weights in order, so that each step hides about as many links.
const weights = [...new Set(data.links.map((link) => link.weight))].sort((a, b) => a - b);
function buildLeast() {
  at("least-box").hidden = weights.length < 2;
  at("strength").textContent = `${data.strength ? `${data.strength} ` : ""}The links of a chosen thing are always shown; with 1 or 2 steps${data.view === "gaps" ? ", or a function ticked" : ""}, no link is too weak.`;
  const slider = at("least");
  slider.max = String(weights.length - 1);
  slider.addEventListener("input", () => { state.least = weights[Number(slider.value)]; changed(); });
}

function clearFilters() {
  state.off.clear();
  state.functions.clear();
  state.theme = "";
  state.least = 0;
}

function showFilters() {
  for (const box of document.querySelectorAll("#groups input[data-key]")) {
    const [group, ...rest] = box.dataset.key.split(":");
    box.checked = group === "function" ? state.functions.has(rest.join(":")) : !state.off.has(box.dataset.key);
  }
  showTallies();
  if (at("theme")) at("theme").value = state.theme;
  const place = weights.findIndex((weight) => weight >= state.least);
  at("least").value = String(place < 0 ? weights.length - 1 : place);
  at("least-value").textContent = (weights[Number(at("least").value)] || 0).toPrecision(2);
}

function showTallies() {
  const now = tallies(shown);
  for (const place of document.querySelectorAll("[data-n]")) {
    const [here, all] = [now, inAll].map((count) => (count[place.dataset.n] || 0).toLocaleString("en"));
    place.textContent = here === all ? all : `${here} of ${all}`;
  }
}

// Entities have no themes of their own; what two of them share has.
const betweenEntities = (link) => data.nodes[link.a].kind === "entity" && data.nodes[link.b].kind === "entity";
const passes = (link) =>
  (!state.theme || !link.shared.length || !betweenEntities(link) || link.themes.includes(state.theme)) &&
  OF_LINK.every((name) => !state.off.has(`${name}:${link[name]}`)) &&
  (!state.functions.size || link.functions.some((name) => state.functions.has(name)));

// The threshold thins out the whole; of what is looked at or asked for it hides nothing.
const lifted = () => state.steps > 0 || (data.view === "gaps" && state.functions.size > 0);
const strongEnough = (link, n) => link.weight >= state.least || lifted() || n === state.link || [link.a, link.b].includes(state.node);

// Whether a thing has the theme that is asked for or a narrower one, is it, or, as entities and
// functions have no themes of their own, is linked with what has it.
function ofTheme() {
  if (!state.theme) return () => true;
  const direct = data.nodes.map((node) => node.id === state.theme || node.themes.includes(state.theme));
  const through = (i) => (n) => direct[otherEnd(data.links[n], i)] || data.links[n].themes.includes(state.theme);
  return (i) => direct[i] || (["entity", "function"].includes(data.nodes[i].kind) && data.nodes[i].links.some(through(i)));
}

const isCandidate = (link) => link.relation.startsWith("candidate");
// What is there for related work alone is shown only while a link that says so is.
function related(node, passing) {
  return !node.candidate || node.links.some((n) => passing[n] && isCandidate(data.links[n]));
}

// Decide what is shown: links that pass between things that do, things with such a link, and
// always the thing that is looked at.
function sift() {
  const themed = ofTheme();
  const passing = data.links.map(passes);
  const open = data.nodes.map((node, i) => i === state.node || (!state.off.has(`kind:${node.kind}`) && themed(i) && related(node, passing)));
  const ticked = data.links.map((link, n) => passing[n] && open[link.a] && open[link.b]);
  shown.links = ticked.map((on, n) => on && strongEnough(data.links[n], n));
  shown.weaker = ticked.filter((on, n) => on && !shown.links[n]).length;
  const filtered = data.nodes.map((node, i) => i === state.node || (open[i] && (!node.links.length || node.links.some((n) => shown.links[n]))));
  const near = reached(filtered);
  shown.nodes = filtered.map((on, i) => on && near[i]);
  shown.links = shown.links.map((on, n) => on && shown.nodes[data.links[n].a] && shown.nodes[data.links[n].b]);
}

// Say how much of the whole is shown, and what the threshold hides.
function countLine() {
  const nodes = shown.nodes.filter(Boolean).length;
  const links = shown.links.filter(Boolean).length;
  const strongest = shown.weaker && state.node === null && state.link === null;
  const all = strongest ? links + shown.weaker : data.links.length;
  const rest = data.links.length - all;
  return `Showing ${nodes.toLocaleString("en")} of ${counted(data.nodes.length, "thing", "things")} and ` +
    `${strongest ? "the " : ""}${links.toLocaleString("en")} ${strongest ? "strongest " : ""}of ${counted(all, "link", "links")}` +
    `${rest ? `; ${counted(rest, "more is", "more are")} switched off` : ""}.`;
}

function tellCount() {
  const count = countLine();
  if (count !== at("count").textContent) at("count").textContent = count;
  at("all").hidden = !shown.weaker;
}
