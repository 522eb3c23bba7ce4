// What the page holds, and the state that a click, a filter or an address changes.
const data = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
const plain = (text) => String(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
// Cut between characters: half of a pair is no text, and no picture can be saved with it.
const shortened = (text, most) => (text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…` : text);

data.nodes.forEach((node, i) => {
  node.links = [];
  node.x = data.drawing.nodes[i].x;
  node.y = data.drawing.nodes[i].y;
  node.size = data.drawing.nodes[i].size;
  node.tag = shortened(node.label, 34);
  // The name in full, or nearly, and shorter and shorter.
  node.cuts = [...new Set([70, 34, 22, 15, 10, 8].map((most) => shortened(node.label, most)))];
  node.called = [node.label, node.id, node.name, ...node.aliases];
  node.found = node.called.map(plain);
});
data.links.forEach((link, i) => {
  data.nodes[link.a].links.push(i);
  data.nodes[link.b].links.push(i);
  link.bend = (data.drawing.edges[i].smooth || {}).roundness || 0;
  link.width = data.drawing.edges[i].width;
  link.dashes = data.bases[link.basis].dashes;
});
const placeOf = new Map(data.nodes.map((node, i) => [node.id, i]));
const nameOf = (link) => [data.nodes[link.a].id, link.relation, data.nodes[link.b].id].join("~");
const linkOf = new Map(data.links.map((link, i) => [nameOf(link), i]));
const otherEnd = (link, i) => (link.a === i ? link.b : link.a);

const state = {
  node: null,
  link: null,
  steps: 0,
  off: new Set(data.aside),
  functions: new Set(),
  theme: "",
  least: data.least || 0,
};
const shown = { nodes: data.nodes.map(() => true), links: data.links.map(() => true) };

// Make an element; children are elements or text, and text is never read as anything else.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

// A text of the data within a sentence of ours: its marks of direction turn nothing else round.
const said = (text) => make("bdi", {}, text);
const LONG = 600;
// Such a text in full, or folded up where it is very long.
function inFull(text) {
  if (text.length <= LONG) return said(text);
  return make("details", { class: "lengthy" }, make("summary", {}, said(shortened(text, 160)), ` (${counted(text.length, "character", "characters")})`), said(text));
}

// Say in words what has happened, to whoever does not see the picture.
function tell(text) {
  at("told").textContent = text;
}

function counted(number, one, many) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
