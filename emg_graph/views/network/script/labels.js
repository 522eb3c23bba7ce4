// Labels of one size on the screen, the most linked first, and never one upon another.
const FONT = 12;
const LINE = 16;
const CELL = 48;
const MOST = 260;
// One of the first for each so many square pixels stands even upon marks, if there is no better
// place; never upon other labels.
const ROOM = 17000;
const family = 'system-ui, "Noto Sans", "Liberation Sans", sans-serif';
const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();

function widthOf(text, bold) {
  const key = `${bold ? "b" : ""}${text}`;
  if (!widths.has(key)) {
    ruler.font = `${bold ? "600 " : ""}${FONT}px ${family}`;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

// Boxes that are taken, found by the cells that they touch.
function occupied() {
  const cells = new Map();
  const keys = (box) => {
    const found = [];
    for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x += 1)
      for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y += 1) found.push(`${x} ${y}`);
    return found;
  };
  const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  return {
    free: (box, own) =>
      keys(box).every((key) => (cells.get(key) || []).every(([taken, whose]) => whose === own || !meets(box, taken))),
    take: (box, whose) => {
      for (const key of keys(box)) cells.set(key, [...(cells.get(key) || []), [box, whose]]);
    },
  };
}

// Boxes around a mark in which its label could stand, the best first.
function seats(x, y, r, w, outwards) {
  const h = LINE / 2;
  const sides = [[x + r + 3, y - h], [x - r - 3 - w, y - h]];
  return [
    ...(outwards < 0 ? sides.reverse() : sides),
    [x - w / 2, y + r + 2],
    [x - w / 2, y - r - 2 - LINE],
  ].map(([left, top]) => [left, top, left + w, top + LINE]);
}

// Place the labels of nodes in order of rank, then what stands on lines where there is room left.
function placedLabels(order, lines, bold, here) {
  const space = { names: occupied(), marks: occupied() };
  const names = placedNames(order, bold, here, space);
  return [...names, ...placedNotes(lines, here, space)];
}

function placedNames(order, bold, { toScreen, width, height }, { names, marks }) {
  const inside = order.map((i) => [i, toScreen(data.nodes[i])]).filter(([, m]) => m.x > -99 && m.y > -40 && m.x < width + 99 && m.y < height + 40);
  for (const [i, m] of inside) marks.take([m.x - m.r, m.y - m.r, m.x + m.r, m.y + m.r], i);
  const placed = [];
  for (const [n, [i, m]] of inside.entries()) {
    if (placed.length >= MOST) break;
    const text = data.nodes[i].tag;
    const strong = bold.has(i);
    const w = widthOf(text, strong) + 4;
    const every = seats(m.x, m.y, m.r, w, state.steps ? data.nodes[i].x : 0);
    const within = every.filter((box) => box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height);
    const free = within.filter((box) => names.free(box, i));
    const seat = free.find((box) => marks.free(box, i)) || (n * ROOM < width * height && free[0]) || (strong && (within[0] || every[0]));
    if (!seat) continue;
    names.take(seat, -1 - i);
    placed.push({ text, strong, colour: ink.ink, box: seat, x: seat[0] + 2, y: seat[1] + LINE - 4 });
  }
  return placed;
}

// What stands on a line: the status of a missing link, or what two things share.
function noteOf(link) {
  if (link.status) return shortened(link.status, 40);
  const items = link.shared.join(", ");
  return items.length <= 24 ? items : `${link.shared.length} in common`;
}

function placedNotes(lines, { toScreen, width, height }, { names, marks }) {
  const placed = [];
  for (const n of lines) {
    const link = data.links[n];
    const text = noteOf(link);
    const [a, b] = [toScreen(data.nodes[link.a]), toScreen(data.nodes[link.b])];
    const [w, x, y] = [widthOf(text, false) + 4, (a.x + b.x) / 2, (a.y + b.y) / 2];
    const box = [x - w / 2, y - LINE / 2, x + w / 2, y + LINE / 2];
    const inside = box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height;
    if (!text || !inside || !names.free(box) || !marks.free(box)) continue;
    names.take(box, n);
    placed.push({ text, strong: false, colour: link.status ? ink.warm : ink.soft, box, x: box[0] + 2, y: box[1] + LINE - 4 });
  }
  return placed;
}

// Nodes by rank: what is looked at, then what has most links, then by name.
function ranked(indices, first) {
  const links = (i) => data.nodes[i].links.reduce((sum, link) => sum + (shown.links[link] ? 1 : 0), 0);
  const rank = new Map(indices.map((i) => [i, (first.has(i) ? 1e6 : 0) + links(i)]));
  return [...indices].sort((i, j) => rank.get(j) - rank.get(i) || i - j);
}
