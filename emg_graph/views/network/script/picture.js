// The picture: vis-network draws marks and lines; what stands out and the labels are drawn over it.
const canvas = at("canvas");
const drawing = { nodes: new vis.DataSet(data.drawing.nodes), edges: new vis.DataSet(data.drawing.edges) };
const options = typeof data.drawing.options === "string" ? JSON.parse(data.drawing.options) : data.drawing.options;
const BIG = 4000;
const faint = data.links.length > 900 ? 0.22 : data.links.length > 250 ? 0.35 : 0.55;
let drawn = [];
drawing.nodes.update(data.nodes.flatMap((node, id) => (node.candidate ? [{ id, group: `hollow ${node.kind}` }] : [])));
const network = new vis.Network(canvas, drawing, { ...options, interaction: { ...options.interaction, hideEdgesOnDrag: data.links.length > BIG, hideEdgesOnZoom: data.links.length > BIG } });
const frame = canvas.querySelector(".vis-network");
frame.setAttribute("tabindex", "0");
frame.setAttribute("role", "application");
frame.setAttribute("aria-label", "Picture of the network: arrow keys move it, + and - change its size. Every thing and link is also in the search and in the table below.");

function paint() {
  mixInk();
  paintSwatches();
  const group = (background, border, borderWidth) => ({ borderWidth, color: { background, border, highlight: { background, border }, hover: { background, border } } });
  const groups = Object.fromEntries(Object.keys(data.kinds).flatMap((kind) => [
    [kind, group(ink[`kind ${kind}`], ink.ink, 1)],
    [`hollow ${kind}`, group(ink.paper, ink[`kind ${kind}`], HOLLOW_LINE)],
  ]));
  network.setOptions({ groups, edges: { color: tint(ink.edge, faint) } });
  const tinted = data.links.flatMap((link, n) => (strokeOf(link) === ink.edge ? [] : [{ id: n, color: tint(strokeOf(link), link.basis === "missing" ? 0.9 : faint) }]));
  drawing.edges.update(tinted);
}
const tint = (shade, opacity) => ({ color: shade, highlight: shade, hover: shade, inherit: false, opacity });

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
  if (state.steps) return { width: Math.max(60, width - 2 * ego.slot - 20), height: height - 60 };
  return { width: width - Math.min(150, width / 2.6), height: height - 60 };
}

// All that passes the filters, or some of it, as large as fits.
function fitted(width, height, nodes = data.nodes.filter((_, i) => shown.nodes[i])) {
  if (!nodes.length) return seen(width, height, 1, 0, 0);
  const ends = (places) => [Math.min(...places), Math.max(...places)];
  const [left, right] = ends(nodes.map((node) => node.x));
  const [top, bottom] = ends([...nodes, ...ego.headings].map((spot) => spot.y));
  const room = roomIn(width, height);
  const scale = Math.min(1.4, room.width / (right - left || 1), room.height / (bottom - top || 1));
  if (state.steps && scale < 1 && canvas.clientWidth < PHONE) return seen(width, height, 1, (left + right) / 2, top + height / 2 - 30);
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
  for (const i of nodes) {
    const node = data.nodes[i];
    const shape = new Path2D();
    shape.addPath(new Path2D(shapeOf(node)), new DOMMatrix([1, 0, 0, 1, node.x, node.y]));
    pen.fillStyle = fillOf(node);
    pen.strokeStyle = outlineOf(node);
    pen.lineWidth = i === state.node ? 3 : node.candidate ? HOLLOW_LINE : 1;
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
function grow() {
  const steps = Math.ceil(Math.log(Math.max(1, NEAR / network.getScale())) / Math.log(1.25) - 0.01);
  const wanted = Math.min(1.6, 1.25 ** steps);
  if (wanted === grown) return;
  grown = wanted;
  data.nodes.forEach((node, i) => { node.size = Math.min(data.drawing.nodes[i].size * grown, ego.largest); });
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

// The name of what one points at, above it or below, and never over what is looked at.
function hover(text, { x, y }) {
  const note = at("hover");
  note.textContent = shortened(text, 240);
  note.hidden = false;
  const { offsetWidth: w, offsetHeight: h } = note;
  const left = Math.max(0, Math.min(x + 14, canvas.clientWidth - w));
  const chosen = state.node === null ? null : screen().toScreen(data.nodes[state.node]);
  const covers = (top) => chosen && chosen.x > left - 12 && chosen.x < left + w + 12 && chosen.y > top - 12 && chosen.y < top + h + 12;
  const top = [y - h - 16, y + 22, y - h - 60, y + 60].find((place) => place >= 0 && place + h < canvas.clientHeight && !covers(place));
  note.style.left = `${left}px`;
  note.style.top = `${top ?? Math.max(0, y - h - 16)}px`;
}
network.on("hoverNode", ({ node, pointer }) => { hover(data.nodes[node].name, pointer.DOM); });
network.on("hoverEdge", ({ edge, pointer }) => {
  const { a, b, relation, status, shared } = data.links[edge];
  const more = status || shared.join(", ");
  hover(`${data.nodes[a].tag} – ${data.nodes[b].tag}: ${data.relations[relation]}${more ? `: ${more}` : ""}`, pointer.DOM);
});
for (const event of ["blurNode", "blurEdge", "dragStart", "zoom", "click"]) network.on(event, () => { at("hover").hidden = true; });
