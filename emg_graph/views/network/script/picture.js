// The picture: vis-network draws marks and lines; what stands out and the labels are drawn over it.
const canvas = at("canvas");
const drawing = { nodes: new vis.DataSet(data.drawing.nodes), edges: new vis.DataSet(data.drawing.edges) };
const options = typeof data.drawing.options === "string" ? JSON.parse(data.drawing.options) : data.drawing.options;
const BIG = 4000;
const faint = data.links.length > 900 ? 0.22 : data.links.length > 250 ? 0.35 : 0.55;
let drawn = [];
const network = new vis.Network(canvas, drawing, { ...options, interaction: { ...options.interaction, hideEdgesOnDrag: data.links.length > BIG, hideEdgesOnZoom: data.links.length > BIG } });
const frame = canvas.querySelector(".vis-network");
frame.setAttribute("tabindex", "0");
frame.setAttribute("role", "application");
frame.setAttribute("aria-label", "Picture of the network: arrow keys move it, + and - change its size. Every thing and link is also in the search and in the table below.");

function paint() {
  mixInk();
  paintSwatches();
  const groups = Object.fromEntries(Object.keys(data.kinds).map((kind) => {
    const look = { background: ink[`kind ${kind}`], border: ink.ink };
    return [kind, { color: { ...look, highlight: look, hover: look } }];
  }));
  network.setOptions({ groups, edges: { color: { color: ink.edge, highlight: ink.edge, hover: ink.edge, inherit: false, opacity: faint } } });
  const broken = data.links.map((link, n) => [link, n]).filter(([link]) => link.basis === "missing");
  drawing.edges.update(broken.map(([, n]) => ({ id: n, color: { color: ink.warm, inherit: false, opacity: 0.9 } })));
}

// What stands out: the thing looked at with its neighbours, or the link with its ends.
function lit() {
  const nodes = new Set();
  const links = new Set();
  const strong = new Set(data.focus);
  if (state.node !== null) {
    strong.add(state.node);
    nodes.add(state.node);
    for (const n of data.nodes[state.node].links) if (shown.links[n]) { links.add(n); nodes.add(otherEnd(data.links[n], state.node)); }
  } else if (state.link !== null && shown.links[state.link]) {
    links.add(state.link);
    for (const i of [data.links[state.link].a, data.links[state.link].b]) { nodes.add(i); strong.add(i); }
  }
  return { nodes: state.steps ? new Set(shown.nodes.flatMap((on, i) => (on ? [i] : []))) : nodes, links, strong };
}

function seen(width, height, scale, x, y) {
  return { width, height, scale, x, y, toScreen: (node) => ({ x: (node.x - x) * scale + width / 2, y: (node.y - y) * scale + height / 2, r: node.size * scale }) };
}

// What the screen shows.
function screen() {
  const { x, y } = network.getViewPosition();
  return seen(canvas.clientWidth, canvas.clientHeight, network.getScale(), x, y);
}

// What is left for marks once names beside them have their place.
function roomIn(width, height) {
  return { width: width - Math.min(state.steps ? 380 : 150, width / 2.6), height: height - 60 };
}

// All that passes the filters, or some of it, as large as fits.
function fitted(width, height, nodes = data.nodes.filter((_, i) => shown.nodes[i])) {
  if (!nodes.length) return seen(width, height, 1, 0, 0);
  const ends = (places) => [Math.min(...places), Math.max(...places)];
  const [left, right] = ends(nodes.map((node) => node.x));
  const [top, bottom] = ends(nodes.map((node) => node.y));
  const room = roomIn(width, height);
  const scale = Math.min(1.4, room.width / (right - left || 1), room.height / (bottom - top || 1));
  return seen(width, height, Math.max(SMALLEST, scale), (left + right) / 2, (top + bottom) / 2);
}

function veil(pen, here) {
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  pen.globalAlpha = 0.8;
  pen.fillStyle = ink.paper;
  pen.fillRect(corner.x, corner.y, here.width / here.scale, here.height / here.scale);
  pen.globalAlpha = 1;
}

function drawLit(pen, { nodes, links }) {
  for (const n of links) {
    const link = data.links[n];
    pen.strokeStyle = strokeOf(link);
    pen.lineWidth = link.width + 0.6;
    pen.setLineDash(link.dashes);
    pen.stroke(new Path2D(lineOf(link)));
  }
  pen.setLineDash([]);
  pen.strokeStyle = ink.ink;
  for (const i of nodes) {
    const node = data.nodes[i];
    const shape = new Path2D();
    shape.addPath(new Path2D(shapeOf(node)), new DOMMatrix([1, 0, 0, 1, node.x, node.y]));
    pen.fillStyle = fillOf(node);
    pen.lineWidth = i === state.node ? 3 : 1;
    pen.fill(shape);
    pen.stroke(shape);
  }
}

function drawLabels(pen, here, { nodes, links, strong }) {
  const all = shown.nodes.flatMap((on, i) => (on ? [i] : []));
  drawn = placedLabels(ranked(nodes.size ? [...nodes] : all, new Set([...nodes, ...strong])), [...links], strong, here);
  pen.textBaseline = "alphabetic";
  pen.textAlign = "start";
  pen.lineJoin = "round";
  for (const label of drawn) {
    const { x, y } = network.DOMtoCanvas(label);
    pen.font = `${label.strong ? "600 " : ""}${FONT / here.scale}px ${family}`;
    pen.lineWidth = 3 / here.scale;
    pen.strokeStyle = ink.paper;
    pen.fillStyle = label.colour;
    pen.strokeText(label.text, x, y);
    pen.fillText(label.text, x, y);
  }
}

// Marks do not shrink to dots when the whole is seen from far; they grow in few steps.
const NEAR = 0.4;
let grown = 1;
function grow() {
  const steps = Math.ceil(Math.log(Math.max(1, NEAR / network.getScale())) / Math.log(1.25) - 0.01);
  const wanted = Math.min(1.6, 1.25 ** steps);
  if (wanted === grown) return;
  for (const node of data.nodes) node.size *= wanted / grown;
  grown = wanted;
  drawing.nodes.update(data.nodes.map(({ size }, id) => ({ id, size })));
}

network.on("beforeDrawing", grow);
network.on("afterDrawing", (pen) => {
  const here = screen();
  const bright = lit();
  pen.save();
  if (bright.nodes.size && !state.steps) veil(pen, here);
  drawLit(pen, bright);
  drawLabels(pen, here, bright);
  pen.restore();
});
