// Filters, which are also the legend: what is ticked is shown.
const GROUPS = [
  ["kind", "Things", data.kinds, (key) => swatch({ d: SHAPES[data.kinds[key].shape](7), class: "shape", fill: `kind ${key}` })],
  ["relation", "Links", data.relations, null],
  ["basis", "What they rest on", data.bases, (key) => swatch({ d: "M-12 0H12", class: "line", "stroke-dasharray": data.bases[key].dashes.join(" ") })],
  ["standing", "When", data.standings, null],
];

function swatch({ fill, ...attributes }) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  for (const [name, value] of Object.entries({ viewBox: "-13 -9 26 18", class: "swatch", "aria-hidden": "true" })) drawing.setAttribute(name, value);
  for (const [name, value] of Object.entries(attributes)) path.setAttribute(name, value);
  if (fill) path.dataset.fill = fill;
  drawing.append(path);
  return drawing;
}

function paintSwatches() {
  for (const path of document.querySelectorAll("[data-fill]")) path.setAttribute("fill", ink[path.dataset.fill]);
}

function tallies() {
  const count = {};
  const add = (key) => { count[key] = (count[key] || 0) + 1; };
  for (const node of data.nodes) add(`kind:${node.kind}`);
  for (const link of data.links) {
    for (const name of ["relation", "basis", "standing"]) add(`${name}:${link[name]}`);
    for (const name of link.functions) add(`function:${name}`);
  }
  return count;
}

function tick(key, text, count, checked, picture, change) {
  const box = make("input", { type: "checkbox", "data-key": key, onchange: (event) => { change(event.target.checked); } });
  box.checked = checked;
  return make("label", {}, box, picture, make("span", {}, text), make("span", { class: "n" }, count.toLocaleString("en")));
}

function buildFilters() {
  const count = tallies();
  const groups = GROUPS.filter(([, , values]) => Object.keys(values).length).map(([group, title, values, picture]) =>
    make("fieldset", {}, make("legend", {}, title), ...Object.entries(values).map(([key, value]) => {
      const name = `${group}:${key}`;
      const change = (on) => { state.off[on ? "delete" : "add"](name); changed(); };
      return tick(name, value.label || value, count[name] || 0, true, picture && picture(key), change);
    })));
  at("groups").replaceChildren(...groups, ...functionFilter(count), ...themeFilter());
  at("reset").addEventListener("click", () => { clearFilters(); changed(); });
  if (data.least !== null) buildLeast();
  paintSwatches();
}

function functionFilter(count) {
  if (!Object.keys(data.functions).length) return [];
  const ticks = Object.entries(data.functions).map(([key, text]) =>
    tick(`function:${key}`, text, count[`function:${key}`] || 0, false, null, (on) => { state.functions[on ? "add" : "delete"](key); changed(); }));
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
  if (at("theme")) at("theme").value = state.theme;
  const place = weights.findIndex((weight) => weight >= state.least);
  at("least").value = String(place < 0 ? weights.length - 1 : place);
  at("least-value").textContent = (weights[Number(at("least").value)] || 0).toPrecision(2);
}

// Entities have no themes of their own; what two of them share has.
const betweenEntities = (link) => data.nodes[link.a].kind === "entity" && data.nodes[link.b].kind === "entity";
const passes = (link) =>
  (!state.theme || !link.shared.length || !betweenEntities(link) || link.themes.includes(state.theme)) &&
  link.weight >= state.least &&
  ["relation", "basis", "standing"].every((name) => !state.off.has(`${name}:${link[name]}`)) &&
  (!state.functions.size || link.functions.some((name) => state.functions.has(name)));

// Whether a thing has the theme that is asked for or a narrower one, is it, or, as entities and
// functions have no themes of their own, is linked with what has it.
function ofTheme() {
  if (!state.theme) return () => true;
  const direct = data.nodes.map((node) => node.id === state.theme || node.themes.includes(state.theme));
  const through = (i) => (n) => direct[otherEnd(data.links[n], i)] || data.links[n].themes.includes(state.theme);
  return (i) => direct[i] || (["entity", "function"].includes(data.nodes[i].kind) && data.nodes[i].links.some(through(i)));
}

// Decide what is shown: links that pass between things that do, things with such a link, and
// always the thing that is looked at.
function sift() {
  const themed = ofTheme();
  const open = data.nodes.map((node, i) => i === state.node || (!state.off.has(`kind:${node.kind}`) && themed(i)));
  shown.links = data.links.map((link) => passes(link) && open[link.a] && open[link.b]);
  const filtered = data.nodes.map((node, i) => i === state.node || (open[i] && (!node.links.length || node.links.some((n) => shown.links[n]))));
  const near = reached(filtered);
  shown.nodes = filtered.map((on, i) => on && near[i]);
  shown.links = shown.links.map((on, n) => on && shown.nodes[data.links[n].a] && shown.nodes[data.links[n].b]);
}

function tellCount() {
  const nodes = shown.nodes.filter(Boolean).length;
  const links = shown.links.filter(Boolean).length;
  const count =
    `Showing ${nodes.toLocaleString("en")} of ${counted(data.nodes.length, "thing", "things")} and ` +
    `${links.toLocaleString("en")} of ${counted(data.links.length, "link", "links")}.`;
  if (count !== at("count").textContent) at("count").textContent = count;
}
