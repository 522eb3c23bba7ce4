// Shapes and lines as paths, for the canvas and for SVG, the same as those of vis-network.
const polygon = (points) => `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;
const around = (count, radius, turn) =>
  Array.from({ length: count }, (_, n) => {
    const angle = (2 * Math.PI * n) / count + turn;
    const far = typeof radius === "function" ? radius(n) : radius;
    return [far * Math.cos(angle), far * Math.sin(angle)];
  });
const UP = -Math.PI / 2;
const SHAPES = {
  dot: (r) => `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`,
  diamond: (r) => polygon(around(4, r, UP)),
  square: (r) => polygon([[-r, -r], [r, -r], [r, r], [-r, r]]),
  triangle: (r) => polygon([[0, -1.01 * r], [1.15 * r, 0.98 * r], [-1.15 * r, 0.98 * r]]),
  triangleDown: (r) => polygon([[0, 1.01 * r], [1.15 * r, -0.98 * r], [-1.15 * r, -0.98 * r]]),
  star: (r) => polygon(around(10, (n) => r * (n % 2 ? 0.41 : 1.066), UP).map(([x, y]) => [x, y + 0.082 * r])),
  hexagon: (r) => polygon(around(6, r, 0)),
};
const shapeOf = (node) => SHAPES[data.kinds[node.kind].shape](node.size);

// The point towards which a bent line leans, as vis-network computes it.
function lean(a, b, bend) {
  const angle = Math.atan2(a.y - b.y, b.x - a.x) + (bend / 2 + 0.5) * Math.PI;
  const far = (bend / 2 + 0.5) * Math.hypot(a.x - b.x, a.y - b.y);
  return { x: a.x + far * Math.sin(angle), y: a.y + far * Math.cos(angle) };
}

function lineOf(link, spot = (node) => node) {
  const a = spot(data.nodes[link.a]);
  const b = spot(data.nodes[link.b]);
  const start = `M${a.x.toFixed(1)} ${a.y.toFixed(1)}`;
  const end = `${b.x.toFixed(1)} ${b.y.toFixed(1)}`;
  if (!link.bend) return `${start}L${end}`;
  const by = lean(a, b, link.bend);
  return `${start}Q${by.x.toFixed(1)} ${by.y.toFixed(1)} ${end}`;
}

const dark = matchMedia("(prefers-color-scheme: dark)");
const print = matchMedia("print");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const ink = {};
const several = Object.keys(data.relations).length > 1;
// Colours of kinds and of relations, which the style sheet names after them.
function mixInk() {
  for (const name of ["ink", "soft", "paper", "edge", "warm", "main"]) ink[name] = colour(name);
  for (const name of Object.keys(data.relations)) ink[`relation ${name}`] = name.startsWith("missing") ? ink.warm : (several && colour(name)) || ink.edge;
  for (const [kind, look] of Object.entries(data.kinds)) ink[`kind ${kind}`] = dark.matches && !print.matches ? look.dark : look.light;
}
mixInk();
// What is there for related work alone is hollow: an outline in the colour of its kind.
const HOLLOW_LINE = 2.5;
const fillOf = (node) => (node.candidate ? ink.paper : ink[`kind ${node.kind}`]);
const outlineOf = (node) => (node.candidate ? ink[`kind ${node.kind}`] : ink.ink);
const strokeOf = (link) => (link.basis === "missing" ? ink.warm : ink[`relation ${link.relation}`]);
