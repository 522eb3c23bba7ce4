// What is known of the node or link that is looked at.
function toPanel() {
  at("panel").focus({ preventScroll: getComputedStyle(at("panel")).position === "fixed" });
}

function button(i) {
  const open = () => { look({ node: i, come: true }); toPanel(); };
  return make("button", { type: "button", class: "link", onclick: open }, said(shortened(data.nodes[i].label, 160)));
}

// What the view shows, then how to use it.
function welcome() {
  const links = data.links.filter((link) => link.facts.length).length;
  const [only, ...others] = data.focus;
  const open = () => { look({ node: only, come: true }); toPanel(); };
  return [
    make("h2", {}, said(shortened(data.title, 160))),
    ...(data.summary || []).map((sentence) => make("p", { class: "summary" }, inFull(sentence))),
    only === undefined || others.length ? "" : make("p", {}, make("button", { type: "button", onclick: open }, "What is on record of ", said(shortened(data.nodes[only].label, 80)))),
    make("h3", { class: "how" }, "Click on a thing or a line"),
    make("p", { class: "how" }, "It says here what is on record, in which source and where in it; on its lines, what is shared or missing. Drag to move; turn the wheel, or spread two fingers, to come closer: more names appear. With 1 step or 2 steps only what is near the chosen thing stays."),
    make("p", { class: "tag how" }, `${counted(data.facts.length, "statement", "statements")} on ${counted(links, "link", "links")}, from ${counted(data.sources.length, "source", "sources")}.`),
  ];
}

function closer() {
  return make("button", { type: "button", class: "close", "aria-label": "Close the details", onclick: () => { look({}); box.focus(); } }, "×");
}

const MANY = 120;
function alsoCalled(node) {
  const others = node.aliases.filter((name) => name !== node.name);
  if (!others.length) return "";
  const names = [...others.flatMap((name, n) => [n ? "; " : "", inFull(name)]), "."];
  if (others.join("; ").length <= MANY) return make("p", { class: "tag" }, "Also called ", ...names);
  return make("details", { class: "tag" }, make("summary", {}, `Also called by ${counted(others.length, "other name", "other names")}`), make("p", {}, ...names));
}

function homepage(node) {
  if (!isWeb(node.homepage)) return "";
  return make("p", {}, make("a", { href: node.homepage, rel: "noreferrer noopener", target: "_blank" }, said(shortened(node.homepage, 160))));
}

function aboutNode(i) {
  const node = data.nodes[i];
  const parts = [
    make("h2", {}, said(shortened(node.label, 160))),
    node.name === node.label && node.name.length <= 160 ? "" : make("p", {}, make("strong", {}, inFull(node.name))),
    make("p", { class: "tag" }, data.kinds[node.kind].label, ...(node.detail ? [" · ", inFull(node.detail)] : [])),
    node.text ? make("p", {}, inFull(node.text)) : "",
    alsoCalled(node),
    homepage(node),
    node.source === null || node.source === undefined ? "" : make("p", {}, "Described from", citation(node.source, node.locator)),
  ];
  const hidden = (relation) => Number(state.off.has(`relation:${relation}`));
  const relations = Object.keys(data.relations).sort((a, b) => hidden(a) - hidden(b));
  return [...parts, ...relations.flatMap((relation) => {
    const links = data.nodes[i].links.filter((n) => data.links[n].relation === relation);
    const turned = (n) => relation in TURNED && data.links[n].b === i;
    return [...linksOf(i, links.filter((n) => !turned(n)), data.relations[relation]), ...linksOf(i, links.filter(turned), TURNED[relation])];
  })];
}

// What a relation is called as seen from the end to which it leads.
const TURNED = { parent: "Has parts", theme: "Things with this theme" };

function linksOf(i, links, title) {
  if (!links.length) return [];
  const label = (n) => data.nodes[otherEnd(data.links[n], i)].label;
  links.sort((m, n) => label(m).localeCompare(label(n), "en"));
  const hidden = links.filter((n) => !shown.links[n]).length;
  const items = links.map((n) => make("li", {}, button(otherEnd(data.links[n], i)), behind(data.links[n])));
  return [
    make("h3", {}, `${title} (${links.length.toLocaleString("en")})`),
    hidden ? make("p", { class: "tag" }, `${hidden.toLocaleString("en")} of these ${hidden === 1 ? "is" : "are"} not in the picture, which shows only what passes the filters.`) : "",
    make("ul", {}, ...items),
  ];
}

const weighted = data.least !== null;
const strengthOf = (link) => link.weight.toPrecision(2);
const asSentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;

// What a link rests on: its status, what is shared, and the facts behind it, which open.
function behind(link, strength = weighted) {
  const facts = make("ul", {}, ...link.facts.map(factItem));
  const parts = [];
  if (link.status) parts.push(make("p", { class: "tag missing" }, inFull(asSentence(link.status))));
  if (link.shared.length) parts.push(make("p", {}, `${link.shared.length} in common: `, ...link.shared.flatMap((name, n) => [n ? "; " : "", inFull(name)]), "."));
  if (strength) parts.push(make("p", { class: "tag" }, `Strength ${strengthOf(link)}`));
  if (link.shared.length || link.status) {
    if (link.facts.length) parts.push(make("details", {}, make("summary", {}, counted(link.facts.length, "statement behind it", "statements behind it")), facts));
  } else if (link.facts.length) parts.push(facts);
  return make("div", {}, ...parts);
}

function aboutLink(n) {
  const link = data.links[n];
  const both = data.nodes[link.a].links.filter((m) => otherEnd(data.links[m], link.a) === link.b);
  const parts = [make("h2", {}, button(link.a), " and ", button(link.b))];
  for (const m of [n, ...both.filter((other) => other !== n)])
    parts.push(make("h3", {}, data.relations[data.links[m].relation]), make("p", { class: "tag" }, data.bases[data.links[m].basis].label), behind(data.links[m]));
  return parts;
}

function showPanel() {
  const any = state.node !== null || state.link !== null;
  const parts = state.node !== null ? aboutNode(state.node) : state.link !== null ? aboutLink(state.link) : welcome();
  at("panel").replaceChildren(...(any ? [closer()] : []), ...parts.filter((part) => part !== ""));
  at("panel").classList.toggle("chosen", any);
  at("panel").scrollTop = 0;
}
