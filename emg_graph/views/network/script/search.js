// Find a thing by any of its names, with suggestions while one types.
const box = at("query");
const list = at("found");
let suggestions = [];
let chosen = -1;

// How near a text is to what is wanted: 0 the same, 9 nothing in common.
function nearness(wanted, text) {
  if (text === wanted) return 0;
  const place = text.indexOf(wanted);
  if (place < 0) return wanted.split(" ").every((word) => ` ${text}`.includes(` ${word}`)) ? 4 : 9;
  return place === 0 ? 1 : text[place - 1] === " " ? 2 : 3;
}

function matches(query) {
  const wanted = plain(query.trim());
  if (!wanted) return [];
  const found = data.nodes.map((node, i) => {
    const fits = node.found.map((text) => nearness(wanted, text));
    const best = Math.min(...fits);
    return { i, best, as: node.called[fits.indexOf(best)] };
  });
  return found
    .filter(({ best }) => best < 9)
    .sort((a, b) => a.best - b.best || data.nodes[b.i].links.length - data.nodes[a.i].links.length || a.i - b.i)
    .slice(0, 8);
}

function suggest() {
  suggestions = matches(box.value);
  chosen = suggestions.length ? 0 : -1;
  const none = box.value.trim() && !suggestions.length;
  list.replaceChildren(...suggestions.map(({ i, as }, n) => {
    const { label, name, kind } = data.nodes[i];
    const other = as !== label ? as : name !== label ? name : "";
    const more = other ? [" · ", said(shortened(other, 120))] : [];
    return make("li", { id: `found-${n}`, role: "option", onmousedown: (event) => { event.preventDefault(); take(n); } },
      said(shortened(label, 120)), make("small", {}, data.kinds[kind].label, ...more));
  }), ...(none ? [make("li", { role: "option", "aria-disabled": "true" }, "No match in this view.")] : []));
  list.hidden = !suggestions.length && !none;
  box.setAttribute("aria-expanded", String(!list.hidden));
  mark();
}

function mark() {
  [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === chosen)));
  if (chosen < 0) box.removeAttribute("aria-activedescendant");
  else box.setAttribute("aria-activedescendant", `found-${chosen}`);
}

function closeList() {
  list.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function take(n) {
  const { i } = suggestions[n];
  box.value = shortened(data.nodes[i].label, 120);
  closeList();
  look({ node: i, come: true });
}

// Close the suggestions; when they are closed already, clear what was looked for.
function withdraw() {
  if (!list.hidden) { closeList(); return; }
  box.value = "";
  look({});
}

box.addEventListener("input", suggest);
box.addEventListener("blur", closeList);
box.addEventListener("keydown", (event) => {
  if (event.key === "Escape") withdraw();
  if (event.key === "Enter" && list.hidden) suggest();
  if (event.key === "Enter" && chosen >= 0) { take(chosen); toPanel(); }
  if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  if (list.hidden) suggest();
  if (!suggestions.length) return;
  chosen = (chosen + (event.key === "ArrowDown" ? 1 : suggestions.length - 1)) % suggestions.length;
  mark();
});
