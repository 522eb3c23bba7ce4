// The surroundings of one thing, one or two steps from it, set in columns beside it.
const ROW = 30;
const COLUMN = 290;
const home = data.nodes.map((node) => ({ x: node.x, y: node.y }));
const TALLEST = 2;
let stretch = 1;

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
  if (!state.steps || state.node === null) return;
  const far = distances(state.node);
  const kinds = Object.keys(data.kinds);
  const order = (i) => kinds.indexOf(data.nodes[i].kind);
  Object.assign(data.nodes[state.node], { x: 0, y: 0 });
  const rings = Array.from({ length: state.steps }, (_, n) => data.nodes.map((_node, i) => i).filter((i) => shown.nodes[i] && far[i] === n + 1));
  const most = bestRows(rings.map((ring) => ring.length));
  let column = 1;
  for (const ring of rings) {
    ring.sort((i, j) => order(i) - order(j) || data.nodes[i].label.localeCompare(data.nodes[j].label, "en"));
    column = setInColumns(ring, column, most);
  }
}

// How many rows make the picture largest in this window.
function bestRows(lengths) {
  const { width, height } = roomIn(canvas.clientWidth, canvas.clientHeight);
  const scale = (rows) => {
    const columns = lengths.reduce((sum, length) => sum + Math.ceil(length / (2 * rows)), 0);
    return Math.min(width / (2 * columns * COLUMN || 1), height / (rows * ROW));
  };
  let best = 8;
  for (let rows = 9; rows <= 120; rows += 1) if (scale(rows) > scale(best)) best = rows;
  return best;
}

// Fill the columns right and left of the middle from the top; return the next free column.
function setInColumns(ring, column, most) {
  let first = column;
  for (let done = 0; done < ring.length; first += 1) {
    const rest = ring.slice(done, done + 2 * most);
    const half = Math.ceil(rest.length / 2);
    rest.forEach((i, n) => {
      const right = n < half;
      const rows = right ? half : rest.length - half;
      const row = right ? n : n - half;
      Object.assign(data.nodes[i], { x: (right ? 1 : -1) * first * COLUMN, y: (row - (rows - 1) / 2) * ROW });
    });
    done += rest.length;
  }
  return first;
}
