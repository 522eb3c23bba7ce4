// The same content as tables: what is shown in the picture, a hundred rows at a time.
const PAGE = 100;
const tabled = { nodes: [], links: [] };
const alike = (before, now) => before.length === now.length && before.every((on, i) => on === now[i]);

function rowsOf(columns, caption, indices, cells) {
  const body = make("tbody");
  const more = make("button", { type: "button", onclick: add }, "");
  let done = 0;
  function add() {
    const next = indices.slice(done, done + PAGE);
    body.append(...next.map((i) => make("tr", {}, ...cells(i))));
    done += next.length;
    more.hidden = done >= indices.length;
    more.textContent = `Show ${Math.min(PAGE, indices.length - done)} more of ${indices.length - done}`;
  }
  add();
  const head = make("thead", {}, make("tr", {}, ...columns.map((name) => make("th", { scope: "col" }, name))));
  return [make("table", {}, make("caption", {}, `${caption} (${indices.length.toLocaleString("en")})`), head, body), more];
}

const cell = (...content) => make("td", {}, ...content);

function thingCells(i) {
  const node = data.nodes[i];
  const links = node.links.filter((n) => shown.links[n]).length;
  return [make("th", { scope: "row" }, button(i)), cell(inFull(node.name)), cell(data.kinds[node.kind].label), cell(String(links))];
}

function linkCells(n) {
  const link = data.links[n];
  return [
    make("th", { scope: "row" }, inFull(data.nodes[link.a].label)), cell(data.relations[link.relation]), cell(inFull(data.nodes[link.b].label)),
    cell(data.bases[link.basis].label), cell(data.standings[link.standing]), ...(weighted ? [cell(strengthOf(link))] : []), cell(behind(link, false)),
  ];
}

function fillTable() {
  if (!at("table").open || (alike(tabled.nodes, shown.nodes) && alike(tabled.links, shown.links))) return;
  Object.assign(tabled, shown);
  const nodes = data.nodes.map((_, i) => i).filter((i) => shown.nodes[i]);
  const links = data.links.map((_, n) => n).filter((n) => shown.links[n]);
  nodes.sort((i, j) => data.nodes[i].label.localeCompare(data.nodes[j].label, "en") || i - j);
  at("rows").replaceChildren(
    ...rowsOf(["Thing", "Name", "Kind", "Links shown"], "Things", nodes, thingCells),
    ...rowsOf(["From", "Relation", "To", "Rests on", "When", ...(weighted ? ["Strength"] : []), "What the record says"], "Links", links, linkCells),
  );
}
