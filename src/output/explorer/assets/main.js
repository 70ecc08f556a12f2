// Puts the page together, and draws it again whenever the state changes.

/** Draws everything for the state as it is. */
function show() {
  const sieve = sift();
  sieve.foundNodes = new Set(sieve.found.nodes);
  sieve.foundEdges = new Set(sieve.found.edges);
  document.body.dataset.view = state.view;
  const q = byId("q");
  if (q.value !== state.q) q.value = state.q;
  tabs(byId("views"), VIEWS, state.view, (view) => change({ view }, true));
  tabs(byId("tables"), TABLES.map(([key, label]) => [key, `${label} ${sieve.found[key].length.toLocaleString("en")}`]), state.table, (table) => change({ table, sort: "" }, true));
  byId("picture").hidden = state.view === "table";
  byId("picture").setAttribute("aria-labelledby", `views-${state.view}`);
  tally(sieve);
  drawDetails(sieve);
  drawTable(sieve);
  if (state.view === "graph") drawGraph(sieve);
  if (state.view === "map") drawMap(sieve);
  if (state.view === "time") drawTimeline(sieve);
  markFilters();
}

function tally(sieve) {
  const of = (key, all, one, many) => sieve.found[key].length === all ? count(all, one, many) : `${sieve.found[key].length.toLocaleString("en")} of ${count(all, one, many)}`;
  byId("count").textContent = [of("nodes", nodes.length, "node"), of("edges", edges.length, "relation"), of("claims", claims.length, "sentence claim"), of("articles", articles.length, "document")].join(" · ");
}

// ------------------------------------------------------------------ filters

function makeFilters() {
  const tallies = {
    types: (name) => nodes.filter((n) => nodeTypes[n.type].name === name).length,
    relations: (name) => edges.filter((e) => edgeTypes[e.type].name === name).length,
    modes: (name) => claims.filter((c) => MODES[c.mode] === name).length,
    sources: (name) => claims.filter((c) => sourceOf(c) !== null && sources[sourceOf(c)] === name).length,
  };
  const group = (key, title, label) => h("fieldset", { "data-list": key },
    h("legend", {}, title, " ",
      h("button", { type: "button", class: "link quiet", onclick: () => change({ [key]: null }) }, "all"), " ",
      h("button", { type: "button", class: "link quiet", onclick: () => change({ [key]: new Set() }) }, "none")),
    h("div", { class: "boxes" }, (key === "modes" ? [...LISTS[key]()].reverse() : LISTS[key]()).map((name) =>
      h("label", {}, h("input", { type: "checkbox", value: name, onchange: (event) => toggle(key, name, event.target.checked) }), label(name), h("span", { class: "quiet" }, ` ${tallies[key](name).toLocaleString("en")}`)))));
  const date = (key, label) => h("label", {}, `${label} `, h("input", {
    type: "text", size: 10, "data-date": key, placeholder: "2025-07", pattern: "\\d{4}(-\\d\\d(-\\d\\d)?)?", title: "A year, a month or a day: 2025, 2025-07, 2025-07-31",
    oninput: (event) => { if (event.target.validity.valid) change({ [key]: event.target.value }); },
  }));
  put(byId("filters"),
    group("types", "Types", (name) => [swatch(nodeTypes.findIndex((t) => t.name === name)), name]),
    group("relations", "Relations", (name) => edgeTypes.find((t) => t.name === name).said),
    group("modes", "Said as", (name) => name),
    group("sources", "Independent sources", (name) => name),
    h("fieldset", {}, h("legend", {}, "Published"), h("div", { class: "boxes" }, date("since", "from"), date("until", "until"))),
    h("p", {}, h("button", { type: "button", id: "clear", onclick: () => change({ types: null, relations: null, modes: null, sources: null, since: "", until: "", q: "" }) }, "Clear search and filters")));
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filter-button").addEventListener("click", () => {
    const open = byId("filters").hidden;
    byId("filters").hidden = !open;
    byId("filter-button").setAttribute("aria-expanded", String(open));
    if (open) byId("filters").querySelector("input").focus();
    resized();
  });
}

function toggle(key, name, on) {
  const all = LISTS[key]();
  const next = new Set(state[key] ?? all);
  if (on) next.add(name); else next.delete(name);
  change({ [key]: next.size === all.length ? null : next });
}

function markFilters() {
  for (const box of byId("filters").querySelectorAll("[data-list] input")) box.checked = passes(box.closest("[data-list]").dataset.list, box.value);
  for (const input of byId("filters").querySelectorAll("[data-date]")) if (document.activeElement !== input) input.value = state[input.dataset.date];
  const active = Object.keys(LISTS).filter((key) => state[key] !== null).length + (state.since ? 1 : 0) + (state.until ? 1 : 0);
  byId("filter-button").textContent = active ? `Filters (${active})` : "Filters";
}

// ------------------------------------------------------------------- events

const resized = soon(() => {
  drawRows();
  if (state.view === "graph" && graph.view) labelGraph(graph.view);
  if (state.view === "map" && map.view) scaleMap(map.view);
});

function printing(on) {
  grid.printing = on;
  drawRows();
}

function keys(event) {
  if (event.key === "Escape" && state.select) return closeDetails();
  if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); byId("q").focus(); }
}

function start() {
  byId("title").textContent = RAW.title || `What ${count(articles.length, "article")} in ${count(new Set(articles.map((a) => a.document)).size, "document")} say${articles.length === 1 ? "s" : ""}`;
  byId("title").title = RAW.generator;
  makeFilters();
  let typing = 0;
  byId("q").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(() => change({ q: byId("q").value.trim() }), nodes.length > 2000 ? 250 : 80); });
  byId("share").addEventListener("click", async () => {
    // From disk a browser may refuse: then the address bar is where the link is.
    const done = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
    byId("share").textContent = done ? "Copied" : "Link is in the address bar";
    setTimeout(() => { byId("share").textContent = "Copy link"; }, 2500);
  });
  byId("skip").addEventListener("click", (event) => { event.preventDefault(); byId("table").querySelector("button.row")?.focus(); });
  byId("table").addEventListener("keydown", moveInTable);
  byId("table").addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-at]");
    if (!row || String(getSelection())) return;
    const key = row.querySelector("[data-select]").dataset.select;
    // By keyboard the panel takes over; by mouse the table stays where the hand is.
    byId("details").dataset.focus = event.detail === 0 ? "yes" : "";
    select(key);
  });
  addEventListener("keydown", keys);
  addEventListener("hashchange", () => { readHash(); show(); });
  addEventListener("popstate", () => { readHash(); show(); });
  addEventListener("resize", resized);
  addEventListener("beforeprint", () => printing(true));
  addEventListener("afterprint", () => printing(false));
  readHash();
  show();
}

start();
