// What happened and what is to come, by the dates that the texts give for it.

const AT_ONCE = 300;
const time = { most: AT_ONCE };

/** Dated things and dated words about relations, each once a date. */
function moments(sieve) {
  const rows = [];
  const fits = (list, index) => !sieve.words.length || list.has(index);
  for (const node of nodes) {
    if (!sieve.node[node.index] || node.world || !fits(sieve.foundNodes, node.index)) continue;
    for (const fact of node.facts.filter((f) => f.attribute === ROLES.date)) {
      const of = fact.claims.map((c) => claims[c]);
      rows.push({ date: fact.value, text: node.name, type: nodeTypes[node.type].name, swatch: node.type, mode: of.length ? Math.max(...of.map((c) => c.mode)) : null, key: `n:${node.id}`, happening: ROLES.happening.includes(node.type) });
    }
  }
  // What is said of a dated thing at its own date is told by its row.
  const told = new Set(rows.map((r) => `${r.key} ${r.date}`));
  const seen = new Set();
  for (const edge of edges) {
    if (!sieve.edge[edge.index] || !fits(sieve.foundEdges, edge.index)) continue;
    const place = ROLES.places.includes(edge.type);
    if (place && ROLES.lasting.includes(nodes[edge.from].type)) continue;
    for (const c of edge.claims) {
      const claim = claims[c];
      const ends = [edge.from, edge.to].map((n) => `n:${nodes[n].id} ${claim.when}`);
      const row = place ? rowOfPlace(edge, claim) : { date: claim.when, text: said(edge), type: edgeTypes[edge.type].said, mode: claim.mode, key: `e:${keyOf(edge)}`, happening: false };
      const once = `${row.key} ${claim.when} ${place ? claim.mode : ""}`;
      if (!claim.when || !sieve.claim[c] || seen.has(once) || ends.some((e) => told.has(e))) continue;
      seen.add(once);
      rows.push(row);
    }
  }
  const rank = (date) => date.startsWith("--") ? `9999${date}` : date;
  return rows.filter((r) => /^(\d{4}|--)/.test(r.date)).sort((a, b) => (rank(a.date) < rank(b.date) ? -1 : rank(a.date) > rank(b.date) ? 1 : b.happening - a.happening || (a.text < b.text ? -1 : 1)));
}

/** Where something runs or lies is no event: that it gets there by a date is told of it. */
function rowOfPlace(edge, claim) {
  const node = nodes[edge.from];
  return { date: claim.when, text: node.name, type: nodeTypes[node.type].name, swatch: node.type, mode: claim.mode, key: `n:${node.id}`, happening: ROLES.happening.includes(node.type) };
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
function dayOf(date) {
  const [, month, day] = date.replace(/^--/, "0000-").split("-");
  return month ? `${day ? `${Number(day)} ` : ""}${MONTHS[Number(month) - 1] ?? month}` : "in the year";
}

function drawTimeline(sieve) {
  const rows = moments(sieve);
  const years = new Map();
  for (const row of rows.slice(0, time.most)) {
    const year = row.date.startsWith("--") ? "Year not said" : row.date.slice(0, 4);
    if (!years.has(year)) years.set(year, []);
    years.get(year).push(row);
  }
  const item = (row) => h("li", { class: row.happening ? "happening" : null },
    h("span", { class: "day" }, h("time", { datetime: row.date.startsWith("--") ? row.date.slice(2) : row.date }, dayOf(row.date))),
    h("span", {}, h("button", { type: "button", class: "link", "data-select": row.key, "data-go": row.key, onclick: () => select(row.key) }, row.swatch === undefined ? null : swatch(row.swatch), row.text), " ", row.mode === null ? null : badge(row.mode)));
  put(byId("picture"), h("div", { class: "timeline", tabindex: "-1" },
    bars(rows),
    rows.length ? null : h("p", { class: "note" }, "Nothing that passes the search and the filters has a date."),
    [...years].map(([year, of]) => h("section", { "aria-label": year }, h("h3", { id: `year-${year}` }, year), h("ol", {}, of.map(item)))),
    rows.length > time.most ? h("button", { type: "button", onclick: () => { time.most *= 2; show(); } }, `Show more of ${count(rows.length, "date")}`) : null));
}

/** How much falls into each year: a bar leads to it. */
function bars(rows) {
  const counts = new Map();
  for (const row of rows) if (/^\d{4}/.test(row.date)) counts.set(row.date.slice(0, 4), (counts.get(row.date.slice(0, 4)) ?? 0) + 1);
  const most = Math.max(1, ...counts.values());
  if (counts.size < 2) return null;
  const jump = (year) => { if (!byId(`year-${year}`)) { time.most = Infinity; show(); } byId(`year-${year}`).scrollIntoView({ block: "start" }); };
  return h("ol", { class: "bars", "aria-label": "Dates in each year" }, [...counts].sort().map(([year, n]) =>
    h("li", {}, h("button", { type: "button", "aria-label": `${year}: ${n}`, onclick: () => jump(year) }, h("span", { class: "column", css: { height: `${Math.max(4, Math.round(n / most * 48))}px` } }), h("span", { "aria-hidden": "true" }, year)))));
}
