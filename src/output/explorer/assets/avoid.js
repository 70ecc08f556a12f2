// Ways that leave something out, on the map: what texts say, and what only follows from their silence, told apart.

const AROUND = new Map(RAW.around.map(([node, found]) => [node, new Map(found)]));
const BASES = [
  ["stated", "said to leave it out"],
  ["disputed", "said to leave it out, and to touch it"],
  ["inferred", "inferred: no text lets it touch it"],
  ["touching", "touches it"],
];

/** What is asked to be left out; nothing where nothing is. */
function avoidedNode() {
  const node = state.avoid && nodes.find((n) => n.id === state.avoid);
  return node && AROUND.has(node.index) ? node : null;
}

/** On what it rests that a way leaves out what is asked for. */
const basisOf = (way, avoided) => avoided && (AROUND.get(avoided.index).get(way) ?? "touching");

function avoidChooser(avoided) {
  if (!AROUND.size) return null;
  const names = [...AROUND.keys()].map((i) => nodes[i]).sort((a, b) => (a.name < b.name ? -1 : 1));
  const option = (value, label) => h("option", { value, selected: (avoided?.id ?? "") === value }, label);
  return h("label", { class: "avoid" }, "Ways that leave out ",
    h("select", { id: "avoid", onchange: (event) => { change({ avoid: event.target.value }, true); byId("avoid").focus(); } },
      option("", "– anything –"), names.map((n) => option(n.id, n.name))));
}

/** Rows of ways under headings, one for each basis. */
function listByBasis(routes, avoided, row) {
  return BASES.map(([basis, said]) => {
    const of = routes.filter((r) => r.basis === basis);
    return of.length ? [h("h3", { "data-basis": basis }, `${avoided.name}: ${said} (${of.length})`), h("ul", { class: "ties" }, of.map(row))] : null;
  });
}

/** What the lines mean while something is asked to be left out. */
function basisKeys(routes) {
  const seen = new Set(routes.map((r) => r.basis));
  return BASES.filter(([basis]) => seen.has(basis)).map(([basis, said]) => h("li", {},
    s("svg", { width: 30, height: 8, "aria-hidden": "true" }, s("g", { class: "way", "data-basis": basis }, s("path", { class: "line", d: "M2 4H28" }))), said));
}
