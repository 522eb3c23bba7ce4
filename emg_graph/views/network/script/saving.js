// The picture as it stands, as SVG and as PNG; the same SVG is what is printed.
const safe = (text) => String(text).replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");

function legend(height) {
  const present = new Set(data.nodes.filter((_, i) => shown.nodes[i]).map((node) => node.kind));
  let x = 12;
  const parts = Object.entries(data.kinds).filter(([kind]) => present.has(kind)).map(([kind, look]) => {
    const mark = `<g transform="translate(${x + 7} ${height - 33})"><path d="${SHAPES[look.shape](6)}" fill="${ink[`kind ${kind}`]}" stroke="${ink.ink}" stroke-width=".8"/></g>`;
    const text = `<text x="${x + 18}" y="${height - 29}">${safe(look.label)}</text>`;
    x += 34 + widthOf(look.label, false);
    return mark + text;
  });
  const lines = Object.values(data.bases).map((basis) => {
    const line = `<path d="M${x} ${height - 33}h26" stroke="${ink.edge}" stroke-width="2" stroke-dasharray="${basis.dashes.join(" ")}"/>`;
    const text = `<text x="${x + 31}" y="${height - 29}">${safe(basis.label)}</text>`;
    x += 46 + widthOf(basis.label, false);
    return line + text;
  });
  return parts.join("") + lines.join("");
}

// Draw what is shown; whole fits all of it, else it is what the screen shows.
function svg(whole) {
  const frame = whole ? fitted(1160, 540) : screen();
  const { width, height, toScreen } = frame;
  const spot = (node) => toScreen(node);
  const nodes = data.nodes.map((_, i) => i).filter((i) => shown.nodes[i]);
  const first = lit();
  const dim = (on) => (first.nodes.size && !on ? ' opacity=".18"' : "");
  const links = data.links.map((link, n) => !shown.links[n] ? "" :
    `<path d="${lineOf(link, spot)}" stroke="${strokeOf(link)}" stroke-width="${(link.width * frame.scale + 0.2).toFixed(2)}" stroke-dasharray="${link.dashes.map((dash) => (dash * frame.scale).toFixed(1)).join(" ")}"${dim(first.links.has(n)) || (first.links.has(n) ? "" : ` opacity="${link.basis === "missing" ? 0.9 : faint + 0.1}"`)}/>`);
  const marks = nodes.map((i) => {
    const { x, y, r } = toScreen(data.nodes[i]);
    const shape = SHAPES[data.kinds[data.nodes[i].kind].shape](r);
    return `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"${dim(first.nodes.has(i))}><title>${safe(data.nodes[i].name)}</title><path d="${shape}" fill="${fillOf(data.nodes[i])}" stroke="${ink.ink}" stroke-width=".8"/></g>`;
  });
  const order = ranked(first.nodes.size ? [...first.nodes] : nodes, first.nodes);
  const labels = placedLabels(order, [...first.links], first.strong, frame).map((label) =>
    `<text x="${label.x.toFixed(1)}" y="${label.y.toFixed(1)}" fill="${label.colour}"${label.strong ? ' font-weight="600"' : ""}>${safe(label.text)}</text>`);
  const total = height + 52;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" role="img"><title>${safe(data.title)}</title>` +
    `<rect width="100%" height="100%" fill="${ink.paper}"/><g font-family="${safe(family)}" font-size="${FONT}" fill="${ink.ink}">` +
    `<g fill="none">${links.join("")}</g>${marks.join("")}<g paint-order="stroke" stroke="${ink.paper}" stroke-width="3" stroke-linejoin="round">${labels.join("")}</g>` +
    `<rect y="${height}" width="100%" height="52" fill="${ink.paper}"/>${legend(total)}<text x="12" y="${total - 9}" fill="${ink.soft}">${safe(shortened(data.title, 110))} · emg-graph, ${safe(data.version)}</text></g></svg>\n`;
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
