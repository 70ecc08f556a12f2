// The tables: real rows, of which only those near the window are in the page, so that 10,000 stay quick.

const ROW = 34;
const badge = (mode) => h("span", { class: `mode ${MODES[mode]}` }, MODES[mode]);
const swatch = (type) => h("span", { class: "swatch", css: { background: nodeTypes[type].fill }, "aria-hidden": "true" });
const number = (n) => n.toLocaleString("en");

const rowButton = (key, text, label) => h("button", { type: "button", class: "row", title: text, "aria-label": label, "data-select": key }, text);

const COLUMNS = {
  nodes: {
    all: nodes, order: "edges", key: (n) => `n:${n.id}`,
    columns: [
      ["name", "Name", "wide", (n) => n.name, (n) => rowButton(`n:${n.id}`, n.name)],
      ["type", "Type", "", (n) => nodeTypes[n.type].name, (n) => [swatch(n.type), nodeTypes[n.type].name]],
      ["edges", "Relations", "number", (n) => -n.edges.length, (n) => number(n.edges.length)],
      ["known", "Known of it", "wide extra", (n) => factsText(n), (n) => factsText(n)],
      ["mentions", "Documents", "number extra", (n) => -n.mentions.length, (n) => number(n.mentions.length)],
    ],
  },
  edges: {
    all: edges, order: "from", key: (e) => `e:${keyOf(e)}`,
    columns: [
      ["from", "From", "wide", (e) => nodes[e.from].name, (e) => rowButton(`e:${keyOf(e)}`, nodes[e.from].name, `${said(e)}: ${MODES[e.mode]}`)],
      ["relation", "Relation", "", (e) => edgeTypes[e.type].said, (e) => edgeTypes[e.type].said],
      ["to", "To", "wide", (e) => nodes[e.to].name, (e) => nodes[e.to].name],
      ["mode", "Said as", "word", (e) => 4 - e.mode, (e) => [badge(e.mode), e.disputed ? h("span", { class: "disputed", title: "said and denied" }, "≠") : null]],
      ["sources", "Sources", "number extra", (e) => -e.sources, (e) => number(e.sources)],
      ["date", "Latest", "day extra", (e) => e.date ?? "", (e) => e.date ?? ""],
    ],
  },
  claims: {
    all: claims, order: "place", key: (c) => `c:${c.index}`,
    columns: [
      ["text", "Sentence", "widest", (c) => c.text, (c) => rowButton(claimKey(c), c.text)],
      ["says", "Says", "wide extra", (c) => aboutClaim(c), (c) => aboutClaim(c)],
      ["mode", "Said as", "word", (c) => 4 - c.mode, (c) => badge(c.mode)],
      ["place", "Document:line", "wide", (c) => placeKey(c), (c) => placeOf(c)],
      ["date", "Date", "day extra", (c) => c.asserted ?? "", (c) => c.asserted ?? ""],
    ],
  },
  articles: {
    all: articles, order: "document", key: (a) => `d:${articleKey(a)}`,
    columns: [
      ["title", "Title", "widest", (a) => titleOf(a), (a) => rowButton(`d:${articleKey(a)}`, titleOf(a))],
      ["document", "Document", "wide extra", (a) => articleKey(a), (a) => a.document],
      ["date", "Date", "day", (a) => a.date ?? "", (a) => a.date ?? ""],
      ["source", "Source", "", (a) => sources[a.source], (a) => sources[a.source]],
      ["claims", "Claims", "number", (a) => -a.claims.length, (a) => number(a.claims.length)],
    ],
  },
};

function factsText(node) {
  return node.facts.map((f) => `${plain(f.name)} ${plain(f.value)}`).join(" · ");
}
const claimKey = (c) => c.owner?.edge !== undefined ? `e:${keyOf(edges[c.owner.edge])}` : c.owner ? `n:${nodes[c.owner.node].id}` : "";
const placeKey = (c) => c.article === null ? "" : `${articles[c.article].document}:${String(c.line).padStart(6, "0")}`;

/** The table of `state.table`, kept while the rows change. */
const grid = { rows: [], scroller: null, body: null, drawn: new Map(), printing: false };

function sorted(rows, spec) {
  const [name, down] = state.sort.startsWith("-") ? [state.sort.slice(1), true] : [state.sort, false];
  const column = spec.columns.find((c) => c[0] === name) ?? spec.columns.find((c) => c[0] === spec.order);
  const keyed = rows.map((i) => [column[3](spec.all[i]), i]);
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  keyed.sort(([a, i], [b, j]) => (typeof a === "number" ? a - b : compare(a, b)) * (down ? -1 : 1) || i - j);
  return keyed.map(([, i]) => i);
}

function drawTable(sieve) {
  const spec = COLUMNS[state.table];
  const holder = byId("table");
  grid.rows = sorted(sieve.found[state.table], spec);
  grid.drawn.clear();
  const sort = state.sort || spec.order;
  const head = h("tr", { "aria-rowindex": 1 }, spec.columns.map(([key, label, kind]) => {
    const direction = sort === key ? "ascending" : sort === `-${key}` ? "descending" : null;
    const next = sort === key ? `-${key}` : key;
    return h("th", { scope: "col", class: kind, "aria-sort": direction },
      h("button", { type: "button", "data-sort": key, onclick: () => change({ sort: next }) }, label, direction ? h("span", { "aria-hidden": "true" }, direction === "ascending" ? " ▴" : " ▾") : null));
  }));
  const focus = document.activeElement?.dataset?.sort;
  const top = grid.scroller && grid.of === state.table ? grid.scroller.scrollTop : 0;
  grid.of = state.table;
  grid.body = h("tbody");
  grid.scroller = h("div", { class: "scroll", tabindex: "-1", onscroll: soon(drawRows) },
    h("table", { class: state.table, "aria-rowcount": grid.rows.length + 1, "aria-label": TABLES.find(([k]) => k === state.table)[1] }, h("thead", {}, head), grid.body));
  holder.setAttribute("aria-labelledby", `tables-${state.table}`);
  put(holder, grid.scroller, grid.rows.length ? null : h("p", { class: "note" }, "Nothing passes the search and the filters."));
  grid.scroller.scrollTop = top;
  drawRows();
  if (focus) holder.querySelector(`[data-sort="${CSS.escape(focus)}"]`)?.focus();
}

/** Puts the rows near the window into the table, and room for the others above and below. */
function drawRows() {
  if (!grid.body) return;
  const spec = COLUMNS[state.table];
  const high = grid.scroller.clientHeight || 600;
  const most = grid.printing ? Math.min(grid.rows.length, 3000) : grid.rows.length;
  const first = grid.printing ? 0 : Math.max(0, Math.floor(grid.scroller.scrollTop / ROW) - 12);
  const last = grid.printing ? most : Math.min(most, first + Math.ceil(high / ROW) + 24);
  const focused = document.activeElement?.closest?.("tr[data-at]");
  const kept = new Map();
  const rows = [];
  for (let at = first; at < last; at++) {
    const row = grid.drawn.get(at) ?? drawRow(spec, at);
    kept.set(at, row);
    rows.push(row);
  }
  const focus = focused && kept.get(Number(focused.dataset.at)) === focused ? document.activeElement : null;
  grid.drawn = kept;
  const room = (n) => n > 0 ? h("tr", { class: "room", "aria-hidden": "true" }, h("td", { css: { height: `${n * ROW}px` } })) : null;
  const top = grid.scroller.scrollTop;
  put(grid.body, room(first), rows, room(grid.printing ? 0 : grid.rows.length - last));
  // A browser that lays out in between finds a short table, and moves up.
  if (grid.scroller.scrollTop !== top) grid.scroller.scrollTop = top;
  if (focus) focus.focus({ preventScroll: true });
  markSelected();
}

function drawRow(spec, at) {
  const item = spec.all[grid.rows[at]];
  return h("tr", { "data-at": at, "aria-rowindex": at + 2, "data-key": spec.key(item) },
    spec.columns.map(([, , kind, , cell], i) => h(i === 0 ? "th" : "td", { class: kind, scope: i === 0 ? "row" : null }, cell(item))));
}

function markSelected() {
  for (const row of grid.drawn.values()) {
    const selected = row.querySelector("[data-select]").dataset.select === state.select;
    row.classList.toggle("selected", selected);
    row.firstChild.firstChild.setAttribute("aria-pressed", String(selected));
  }
}

/** Arrow keys go from row to row, also to those that are not drawn yet. */
function moveInTable(event) {
  const row = event.target.closest?.("tr[data-at]");
  if (!row) return;
  const page = Math.max(1, Math.floor(grid.scroller.clientHeight / ROW) - 2);
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const at = Math.min(grid.rows.length - 1, Math.max(0, Number(row.dataset.at) + by));
  const top = at * ROW;
  const view = grid.scroller;
  if (top < view.scrollTop + ROW) view.scrollTop = Math.max(0, top - ROW);
  else if (top + 2 * ROW > view.scrollTop + view.clientHeight) view.scrollTop = top + 3 * ROW - view.clientHeight;
  drawRows();
  grid.drawn.get(at)?.querySelector("button")?.focus({ preventScroll: true });
}
