// What the reader has chosen, in the address's hash so that it can be shared, and what passes through it.

const VIEWS = [["table", "Tables"], ["graph", "Graph"], ["map", "Map"], ["time", "Timeline"]];
const TABLES = [["nodes", "Nodes"], ["edges", "Relations"], ["claims", "Sentences"], ["articles", "Documents"]];

const FRESH = { view: "table", table: "nodes", q: "", types: null, relations: null, modes: null, sources: null, since: "", until: "", select: "", line: "", sort: "", around: "", avoid: "" };
const state = { ...FRESH };

// Lists are sets of names; null stands for all of them, so that a link stays true when the graph grows.
const LISTS = {
  types: () => nodeTypes.map((t) => t.name),
  relations: () => edgeTypes.map((t) => t.name),
  modes: () => MODES,
  sources: () => sources,
};

function readHash() {
  const params = new URLSearchParams(location.hash.slice(1));
  Object.assign(state, FRESH);
  for (const key of Object.keys(FRESH)) {
    const value = params.get(key);
    if (value === null) continue;
    state[key] = key in LISTS ? new Set(value.split("|").filter((v) => LISTS[key]().includes(v))) : value;
  }
  if (!VIEWS.some(([key]) => key === state.view)) state.view = "table";
  if (!TABLES.some(([key]) => key === state.table)) state.table = "nodes";
}

function hashOf(of) {
  const params = new URLSearchParams();
  for (const [key, fresh] of Object.entries(FRESH)) {
    const value = of[key];
    if (value === fresh) continue;
    params.set(key, value instanceof Set ? [...value].join("|") : value);
  }
  return params.toString();
}

/** Changes the state, the address and the page. A step that one would go back from enters the history. */
function change(changes, step = false) {
  Object.assign(state, changes);
  const hash = hashOf(state);
  if (hash !== location.hash.slice(1)) history[step ? "pushState" : "replaceState"](null, "", `#${hash}`);
  show();
}

const passes = (key, name) => state[key] === null || state[key].has(name);
const filtersClaims = () => state.modes !== null || state.sources !== null || state.since !== "" || state.until !== "";

/** Whether a partial date may lie between two others; what has no date does unless a bound is set. */
function inTime(date) {
  if (!state.since && !state.until) return true;
  if (!date) return false;
  const cut = (a, b) => [a.slice(0, Math.min(a.length, b.length)), b.slice(0, Math.min(a.length, b.length))];
  if (state.since) { const [d, s0] = cut(date, state.since); if (d < s0) return false; }
  if (state.until) { const [d, u] = cut(date, state.until); if (d > u) return false; }
  return true;
}

function claimPasses(claim) {
  const source = sourceOf(claim);
  return passes("modes", MODES[claim.mode]) && (source === null || passes("sources", sources[source])) && inTime(claim.asserted);
}

/** Everything that passes the filters, and what of it the search finds. */
function sift() {
  const words = fold(state.q).split(/\s+/).filter(Boolean);
  if (words.length) makeHay();
  const finds = (text) => words.every((w) => text.includes(w));
  const strict = filtersClaims();
  const typed = nodes.map((n) => passes("types", nodeTypes[n.type].name));
  const claim = claims.map(claimPasses);
  const edge = edges.map((e) => passes("relations", edgeTypes[e.type].name) && typed[e.from] && typed[e.to]
    && (e.claims.length ? e.claims.some((c) => claim[c]) : passes("modes", MODES[e.mode]) && state.sources === null && inTime(null)));
  const node = nodes.map((n) => typed[n.index] && (!(strict || state.relations !== null) || n.edges.some((e) => edge[e])
    || (state.relations === null && n.facts.some((f) => f.claims.some((c) => claim[c])))));
  const shown = (c) => claim[c.index] && (c.owner?.edge !== undefined ? edge[c.owner.edge] : c.owner ? node[c.owner.node] : true);
  const list = (rows, ok, hays) => rows.filter((r) => ok(r) && (!words.length || finds(hays[r.index]))).map((r) => r.index);
  const found = {
    nodes: list(nodes, (n) => node[n.index], hay.nodes),
    edges: list(edges, (e) => edge[e.index], hay.edges),
    claims: list(claims, shown, hay.claims),
    articles: list(articles, (a) => passes("sources", sources[a.source]) && inTime(a.date), hay.articles),
  };
  return { words, node, edge, claim, found };
}
