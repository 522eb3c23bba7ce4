// The surroundings of one thing, one or two steps from it, set in columns on both sides of it.
const [LOW, HIGH] = [17, 34];
const [NARROW, WIDE] = [60, 290];
const PHONE = 560;
// Room across for a column with its names, headings of columns, and the largest mark.
const ego = { slot: 0, headings: [], largest: Infinity };
const home = data.nodes.map((node) => ({ x: node.x, y: node.y }));
const TALLEST = 2;
let stretch = 1;
let grown = 1;

// Draw the whole taller where the window is tall, so that more names find room.
function stretchTo({ width, height }) {
  const across = (name) => Math.max(...home.map((spot) => spot[name])) - Math.min(...home.map((spot) => spot[name])) || 1;
  const wanted = ((across("x") / across("y")) * stretch * height) / width;
  const before = stretch;
  stretch = Math.min(TALLEST, Math.max(1, Math.round(20 * wanted) / 20));
  home.forEach((spot) => { spot.y *= stretch / before; });
}

function distances(from) {
  const far = data.nodes.map(() => Infinity);
  far[from] = 0;
  let edge = [from];
  for (let step = 1; edge.length; step += 1) {
    const next = [];
    for (const i of edge)
      for (const n of data.nodes[i].links) {
        const other = otherEnd(data.links[n], i);
        if (shown.links[n] && far[other] === Infinity) { far[other] = step; next.push(other); }
      }
    edge = next;
  }
  return far;
}

function reached(filtered) {
  if (!state.steps || state.node === null) return filtered.map(() => true);
  const far = distances(state.node);
  return far.map((steps) => steps <= state.steps);
}

function arrange() {
  data.nodes.forEach((node, i) => Object.assign(node, home[i]));
  Object.assign(ego, { headings: [], largest: Infinity });
  if (state.steps && state.node !== null) setOut();
  data.nodes.forEach((node, i) => { node.size = Math.min(data.drawing.nodes[i].size * grown, ego.largest); });
}

function setOut() {
  Object.assign(data.nodes[state.node], { x: 0, y: 0 });
  const room = { width: canvas.clientWidth - 30, height: canvas.clientHeight - 70 };
  const most = canvas.clientWidth < PHONE ? Infinity : Math.max(8, Math.floor(room.height / LOW) - 2);
  const sides = sidesOf().map((groups) => columnsOf(groups, most));
  const longest = Math.max(1, ...sides.flat().map(({ rows }) => rows.length));
  const row = Math.min(HIGH, Math.max(LOW, room.height / (longest + 2)));
  ego.slot = Math.min(WIDE, Math.max(NARROW, room.width / (sides[0].length + sides[1].length + 1.2)));
  ego.largest = (row < 26 ? 0.3 : 0.45) * row;
  const top = (-(longest - 1) / 2) * row;
  sides.forEach((columns, n) => columns.forEach((column, k) => {
    const way = n ? 1 : -1;
    const x = way * (k + 0.6) * ego.slot;
    setInColumn(column.rows, x, row);
    if (column.title) ego.headings.push({ text: column.title, way, ...headingSpot(column, { k, x, way, top, row, alone: sides.every((side) => side.length < 2) }) });
  }));
  if (most === Infinity) standAmong();
}

// In a column longer than the screen the thing itself stands among its neighbours.
function standAmong() {
  const near = data.nodes[state.node].links.filter((n) => shown.links[n]).map((n) => data.nodes[otherEnd(data.links[n], state.node)].y);
  if (near.length) data.nodes[state.node].y = near.reduce((sum, y) => sum + y, 0) / near.length;
}

// A heading stands over its own column; where there are several, over all of them, in two rows.
function headingSpot({ rows }, { k, x, way, top, row, alone }) {
  if (alone) return { x: x - way * 0.4 * ego.slot, y: (-(rows.length - 1) / 2 - 1) * row };
  return k === 0 ? { x: way * 8, y: top - row } : { x: x - way * 8, y: top - 2 * row };
}

// What stands left and what right, in groups: first who has a role on record, then related work.
function sidesOf() {
  const far = distances(state.node);
  const kinds = Object.keys(data.kinds);
  const order = (i) => kinds.indexOf(data.nodes[i].kind);
  const ring = (steps) => data.nodes.map((_, i) => i).filter((i) => shown.nodes[i] && far[i] === steps)
    .sort((i, j) => order(i) - order(j) || data.nodes[i].label.localeCompare(data.nodes[j].label, "en"));
  const near = ring(1);
  const linked = new Map(near.map((i) => [i, data.nodes[i].links.filter((n) => shown.links[n] && otherEnd(data.links[n], i) === state.node).map((n) => data.links[n])]));
  const roles = near.filter((i) => linked.get(i).some((link) => link.relation === "role"));
  const work = near.filter((i) => !roles.includes(i) && linked.get(i).some(isCandidate));
  const rest = near.filter((i) => !roles.includes(i) && !work.includes(i));
  const sides = roles.length && (work.length || rest.length) ? apart(roles, work, rest) : halves("", near);
  const outer = state.steps > 1 ? halves("Two steps away", ring(2)) : [[], []];
  return sides.map((groups, n) => [...groups, ...outer[n]]);
}

function apart(roles, work, rest) {
  const left = [{ title: "With a documented role", items: roles }];
  const right = work.length ? [{ title: "Related work only", items: work }] : [];
  (right.length && roles.length < work.length ? left : right).push({ title: "Linked otherwise", items: rest });
  return [left, right];
}

function halves(title, items) {
  const half = Math.floor(items.length / 2);
  return [items.slice(0, half), items.slice(half)].map((part) => [{ title, items: part }]);
}

// Fill columns from the middle outwards; each row is a thing, the heading of a further group, or
// empty. A further group begins a column of its own unless there is room below, as on a phone.
function columnsOf(groups, most) {
  const columns = [];
  for (const { title, items } of groups.filter((group) => group.items.length)) {
    const head = title && `${title} (${items.length.toLocaleString("en")})`;
    const below = columns.length === 1 && (most === Infinity || !title.startsWith("Two")) && columns[0].rows.length + items.length + 2 <= most;
    if (below) { columns[0].rows.push("", head, ...items); continue; }
    const count = most === Infinity ? 1 : Math.ceil(items.length / most);
    const each = Math.ceil(items.length / count);
    for (let n = 0; n < count; n += 1) columns.push({ title: n ? "" : head, rows: items.slice(n * each, (n + 1) * each) });
  }
  return columns;
}

function setInColumn(rows, x, row) {
  rows.forEach((what, n) => {
    const spot = { x, y: (n - (rows.length - 1) / 2) * row };
    const way = Math.sign(x);
    if (typeof what === "number") Object.assign(data.nodes[what], spot);
    else if (what) ego.headings.push({ text: what, way, x: x - way * 0.4 * ego.slot, y: spot.y });
  });
}
