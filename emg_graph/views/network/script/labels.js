// Labels of one size on the screen, the most linked first, and never one upon another.
const FONT = 12;
const LINE = 16;
const CELL = 48;
const MOST = 260;
const TAG = 34;
const SHORTEST = 22;
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

// Where the name of what is looked at may stand besides, if there is no room close by.
function fartherSeats(x, y, r, w) {
  const h = LINE / 2;
  return [12, 24, 38, 54, 72].flatMap((off) =>
    [[-w / 2, r + off], [-w / 2, -r - off - LINE], [r + off, -h - off], [-r - off - w, -h - off], [r + off, off - h], [-r - off - w, off - h]]
      .map(([left, top]) => [x + left, y + top, x + left + w, y + top + LINE]));
}

// Place headings, then the labels of nodes in order of rank, then what stands on lines where there
// is room left.
function placedLabels(order, lines, bold, here) {
  const space = { names: occupied(), marks: occupied() };
  const inside = order.map((i) => [i, here.toScreen(data.nodes[i])]).filter(([, m]) => m.x > -99 && m.y > -40 && m.x < here.width + 99 && m.y < here.height + 40);
  for (const [i, m] of inside) space.marks.take([m.x - m.r, m.y - m.r, m.x + m.r, m.y + m.r], i);
  return [...placedHeadings(here, space), ...placedNames(inside, bold, here, space), ...placedNotes(lines, here, space)];
}

const labelIn = (box, text, strong, ofColour) => ({ text, strong, colour: ofColour, box, x: box[0] + 2, y: box[1] + LINE - 4 });

// Headings of columns, each from where it begins outwards.
function placedHeadings({ toScreen, width }, { names }) {
  return ego.headings.flatMap(({ text, way, x, y }) => {
    const mark = toScreen({ x, y, size: 1 });
    const w = widthOf(text, true) + 4;
    const left = Math.min(width - w - 2, Math.max(2, way < 0 ? mark.x - w : mark.x));
    const box = [left, mark.y - LINE / 2, left + w, mark.y + LINE / 2];
    if (!names.free(box)) return [];
    names.take(box, -1e6);
    return [labelIn(box, text, true, ink.soft)];
  });
}

function placedNames(inside, bold, { toScreen, width, height }, { names, marks }) {
  const fits = (box) => box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height;
  const around = (places, i, m, text, own) =>
    places(m.x, m.y, m.r, widthOf(text, bold.has(i)) + 4, state.steps ? data.nodes[i].x : 0).filter((box) => fits(box) && names.free(box, own));
  const clear = (places, i, m, text, own = i) => around(places, i, m, text, own).find((box) => marks.free(box, i));
  const placed = new Map();
  const put = (i, m, text, box) => {
    names.take(box, -1 - i);
    placed.set(i, { m, ...labelIn(box, text, bold.has(i), ink.ink) });
  };
  for (const [n, [i, m]] of inside.entries()) {
    if (placed.size >= MOST) break;
    const { cuts, tag } = data.nodes[i];
    const places = state.steps && i !== state.node ? outward : seats;
    const bare = bold.has(i) && (clear(seats, i, m, tag) || clear(fartherSeats, i, m, tag));
    const text = cuts.filter((cut) => cut.length <= TAG && (state.steps || cut === tag || cut.length >= SHORTEST)).find((cut) => clear(places, i, m, cut));
    const seat = !bare && text && clear(places, i, m, text);
    const other = bare || seat || clear(seats, i, m, tag) || ((bold.has(i) || n * ROOM < width * height) && around(seats, i, m, tag, i)[0]);
    if (other) put(i, m, seat ? text : tag, other);
  }
  for (const [i, { m, text }] of placed) {
    const [whole] = data.nodes[i].cuts;
    const seat = text !== whole && clear(state.steps ? outward : seats, i, m, whole, -1 - i);
    if (seat) put(i, m, whole, seat);
  }
  return [...placed.values()];
}

// What stands on a line: the status of a missing link, or what two things share.
function noteOf(link) {
  if (link.status) return shortened(link.status, 40);
  const items = link.shared.join(", ");
  return items.length <= 24 ? items : `${link.shared.length} in common`;
}

const outward = (...mark) => seats(...mark).slice(0, 1);

// Where on its line a note may stand, as a part of the way: the middle first. The note of the only
// line may also stand above or below it, since two things may lie too near for it between them.
const ALONG = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];

const noteBox = (x, y, w) => [x - w / 2, y - LINE / 2, x + w / 2, y + LINE / 2];

function placedNotes(lines, { toScreen, width, height }, { names, marks }) {
  const placed = [];
  const lifts = lines.length === 1 ? [0, -1.5, 1.5, -3, 3] : [0];
  for (const n of lines) {
    const link = data.links[n];
    const text = noteOf(link);
    const [a, b] = [toScreen(data.nodes[link.a]), toScreen(data.nodes[link.b])];
    const w = widthOf(text, false) + 4;
    const free = (box) => box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height && names.free(box) && marks.free(box);
    const box = lifts.flatMap((lift) => ALONG.map((part) => noteBox(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part + lift * LINE, w))).find(free);
    if (!text || !box) continue;
    names.take(box, n);
    placed.push(labelIn(box, text, false, link.status ? ink.warm : ink.soft));
  }
  return placed;
}

// Nodes by rank: what is looked at, then what has most links, then by name.
function ranked(indices, first) {
  const links = (i) => data.nodes[i].links.reduce((sum, link) => sum + (shown.links[link] ? 1 : 0), 0);
  const rank = new Map(indices.map((i) => [i, (first.has(i) ? 1e6 : 0) + links(i)]));
  return [...indices].sort((i, j) => rank.get(j) - rank.get(i) || i - j);
}
