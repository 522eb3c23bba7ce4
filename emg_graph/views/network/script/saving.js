// The picture as it stands, as SVG and as PNG; the same SVG is what is printed.
const safe = (text) => String(text).replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");

// What the legend explains, of what is shown alone: marks, lines by what they say, and by basis.
function legendEntries() {
  const nodes = data.nodes.filter((_, i) => shown.nodes[i]);
  const links = data.links.filter((_, n) => shown.links[n]);
  const present = (values, key, of) => Object.entries(values).filter(([name]) => of.some((one) => one[key] === name));
  const line = (stroke, dashes) => `<path d="M0 0h26" fill="none" stroke="${stroke}" stroke-width="2" stroke-dasharray="${dashes.join(" ")}"/>`;
  const mark = (shape, fill, stroke, width) => `<path transform="translate(7 0)" d="${SHAPES[shape](6)}" fill="${fill}" stroke="${stroke}" stroke-width="${width}"/>`;
  const hollow = nodes.find((node) => node.candidate);
  return [
    ...present(data.kinds, "kind", nodes).map(([kind, look]) => [look.label, 18, mark(look.shape, ink[`kind ${kind}`], ink.ink, 0.8)]),
    ...(hollow ? [[HOLLOW, 18, mark("dot", ink.paper, outlineOf(hollow), 2)]] : []),
    ...present(data.relations, "relation", links).map(([name, label]) => [label, 31, line(ink[`relation ${name}`], dashesOf(name))]),
    ...present(data.bases, "basis", links).map(([name, basis]) => [basis.label, 31, line(name === "missing" ? ink.warm : ink.ink, basis.dashes)]),
  ];
}

// The legend in as many rows as it needs, and its height.
function legend(width) {
  let [x, y] = [12, 12];
  const parts = legendEntries().map(([label, indent, picture]) => {
    const long = indent + widthOf(label, false);
    if (x > 12 && x + long > width - 12) [x, y] = [12, y + 20];
    const part = `<g transform="translate(${x.toFixed(1)} ${y})">${picture}<text x="${indent}" y="4">${safe(label)}</text></g>`;
    x += long + 16;
    return part;
  });
  return { parts, height: y + 14 };
}

// Words in lines of a width.
function folded(text, width) {
  const lines = [""];
  for (const word of shortened(text, LONG).split(" ")) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (lines.at(-1) && widthOf(longer, false) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

// What must be said under every picture: how much of the whole it is, and how to read it.
function underline(width) {
  const least = data.least !== null && state.least > weights[0] && !lifted() ? ` Least strength: ${state.least.toPrecision(2)}.` : "";
  const source = `${shortened(data.title, 110)} · emg-graph, ${shortened(data.version, 110)}`;
  return [`${countLine()}${least}${filtersInWords()}`, data.caution || "", source].filter(Boolean).flatMap((text) => folded(text, width - 24));
}

function filtersInWords() {
  const named = [...state.functions].map((key) => data.functions[key]);
  const functions = named.length ? ` Only links with a function: ${named.join(", ")}.` : "";
  return `${functions}${state.theme ? ` Only what has a theme: ${data.themes[state.theme]}.` : ""}`;
}

function footing(width, top) {
  const { parts, height } = legend(width);
  const words = underline(width).map((text, n) => `<text x="12" y="${height + 12 + 16 * n}" fill="${ink.soft}">${safe(text)}</text>`);
  const tall = height + 16 * words.length + 8;
  return { tall, drawn: `<rect y="${top}" width="100%" height="${tall}" fill="${ink.paper}"/><g transform="translate(0 ${top})">${parts.join("")}${words.join("")}</g>` };
}

// The frame of all that is shown: larger where a long column needs it.
function wholeFrame() {
  const rows = state.steps ? Math.max(...[...data.nodes.filter((_, i) => shown.nodes[i]), ...ego.headings].map((spot) => Math.abs(spot.y))) * 2 : 0;
  return fitted(1160, Math.min(900, Math.max(520, rows + 60)));
}

function svgLine(link, frame, standsOut, any) {
  const opacity = standsOut ? 1 : any ? 0.18 : link.basis === "missing" ? 0.9 : faint + 0.1;
  const dashes = link.dashes.map((dash) => (dash * frame.scale).toFixed(1)).join(" ");
  return `<path d="${lineOf(link, frame.toScreen)}" stroke="${strokeOf(link)}" stroke-width="${(link.width * frame.scale + 0.2).toFixed(2)}" stroke-dasharray="${dashes}" opacity="${opacity}"/>`;
}

function svgMark(node, { toScreen }, dim) {
  const { x, y, r } = toScreen(node);
  return `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"${dim ? ' opacity=".18"' : ""}><title>${safe(node.name)}</title>` +
    `<path d="${SHAPES[data.kinds[node.kind].shape](r)}" fill="${fillOf(node)}" stroke="${outlineOf(node)}" stroke-width="${node.candidate ? HOLLOW_LINE : 0.8}"/></g>`;
}

// Draw what is shown; whole fits all of it, else it is what the screen shows.
function svg(whole) {
  const frame = whole ? wholeFrame() : screen();
  const { width, height } = frame;
  const nodes = data.nodes.map((_, i) => i).filter((i) => shown.nodes[i]);
  const first = lit();
  const any = first.nodes.size > 0;
  const links = data.links.map((link, n) => (shown.links[n] ? svgLine(link, frame, first.links.has(n), any) : ""));
  const marks = nodes.map((i) => svgMark(data.nodes[i], frame, any && !first.nodes.has(i)));
  const order = ranked(any ? [...first.nodes] : nodes, first.nodes);
  const labels = placedLabels(order, [...first.links], first.strong, frame).map((label) =>
    `<text x="${label.x.toFixed(1)}" y="${label.y.toFixed(1)}" fill="${label.colour}"${label.strong ? ' font-weight="600"' : ""}>${safe(label.text)}</text>`);
  const foot = footing(width, height);
  const total = height + foot.tall;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" role="img"><title>${safe(data.title)}</title>` +
    `<rect width="100%" height="100%" fill="${ink.paper}"/><g font-family="${safe(family)}" font-size="${FONT}" fill="${ink.ink}">` +
    `<g fill="none">${links.join("")}</g>${marks.join("")}<g paint-order="stroke" stroke="${ink.paper}" stroke-width="3" stroke-linejoin="round">${labels.join("")}</g>${foot.drawn}</g></svg>\n`;
}

function save(blob, suffix) {
  const link = make("a", { href: URL.createObjectURL(blob), download: `emg-graph-${data.view}.${suffix}` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => { URL.revokeObjectURL(link.href); }, 10000);
}

function saveSvg() {
  save(new Blob([svg(false)], { type: "image/svg+xml" }), "svg");
}

function savePng() {
  const picture = new Image();
  picture.onload = () => {
    const sheet = document.createElement("canvas");
    sheet.width = 2 * picture.width;
    sheet.height = 2 * picture.height;
    const pen = sheet.getContext("2d");
    pen.scale(2, 2);
    pen.drawImage(picture, 0, 0);
    sheet.toBlob((blob) => { save(blob, "png"); }, "image/png");
  };
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg(false))}`;
}

// On paper stand the whole picture with its legend, the note and the panel, in the colours of paper.
const note = document.querySelector(".note");
const unfolded = { was: null };
function toPaper() {
  unfolded.was ??= note.open;
  note.open = true;
  mixInk();
  paintSwatches();
  at("printed").innerHTML = svg(true);
}
function fromPaper() {
  note.open = unfolded.was ?? note.open;
  unfolded.was = null;
  paint();
}
