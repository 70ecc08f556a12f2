// The panel beside: a node with all that is said of it, a relation with its sentences, a document with what was read in it.

const select = (key, extra = {}) => change({ select: key, line: "", ...extra }, true);
const goTo = (key, ...content) => h("button", { type: "button", class: "link", "data-go": key, onclick: () => select(key) }, content);
const nodeLink = (index) => goTo(`n:${nodes[index].id}`, swatch(nodes[index].type), nodes[index].name);

/** What is selected: a node, an edge, an article, or nothing. */
function selected() {
  const [kind, key] = [state.select.slice(0, 2), state.select.slice(2)];
  const found = (map, of) => map.has(key) ? of[map.get(key)] : null;
  if (kind === "n:") return { node: found(nodeById, nodes) };
  if (kind === "e:") return { edge: found(edgeByKey, edges) };
  if (kind === "d:") return { article: found(articleByKey, articles) };
  return {};
}

function drawDetails(sieve) {
  const panel = byId("details");
  const { node, edge, article } = selected();
  panel.hidden = !(node || edge || article);
  document.body.classList.toggle("with-details", !panel.hidden);
  if (panel.hidden) return put(panel);
  const content = node ? nodeDetails(node, sieve) : edge ? edgeDetails(edge, sieve) : articleDetails(article);
  const close = h("button", { type: "button", class: "close", id: "close", onclick: closeDetails, "aria-label": "Close the details" }, "✕");
  const inside = panel.contains(document.activeElement);
  put(panel, h("div", { class: "panel-head" }, content.shift(), close), content);
  if (panel.dataset.of !== state.select) panel.scrollTop = 0;
  const moved = panel.dataset.of !== state.select + state.line;
  panel.dataset.of = state.select + state.line;
  const here = panel.querySelector("li.here");
  if (here) here.scrollIntoView({ block: "center" });
  if (inside || (moved && panel.dataset.focus === "yes")) (here ?? panel).focus({ preventScroll: here !== null });
  panel.dataset.focus = "";
}

/** Closing leads back to the row, the node or the bar that the panel was opened from. */
function closeDetails() {
  const key = state.select;
  change({ select: "", line: "" }, true);
  const back = document.querySelector(`[data-select="${CSS.escape(key)}"]`) ?? byId("q");
  back.focus();
}

function edgeDetails(edge, sieve) {
  const type = edgeTypes[edge.type];
  const origins = count(edge.sources, "independent source");
  return [
    h("h2", { tabindex: "-1" }, nodeLink(edge.from), " ", h("span", { class: "said", title: type.doc }, type.said), " ", nodeLink(edge.to)),
    h("p", {}, badge(edge.mode), edge.disputed ? h("strong", { class: "disputed" }, " ≠ said and denied") : null,
      edge.world ? h("span", { class: "quiet" }, " world data: no document says it") : null),
    factList(edge.facts, edge),
    edge.claims.length ? h("h3", {}, `${count(edge.claims.length, "sentence")} from ${origins}`) : null,
    h("ul", { class: "evidence" }, edge.claims.map((c) => sentence(claims[c], [edge.from, edge.to], !sieve.claim[c]))),
  ];
}

/** A sentence with where it stands, how it is meant and who says it. */
function sentence(claim, about, filtered) {
  const article = claim.article === null ? null : articles[claim.article];
  const notes = [
    claim.asserted, claim.when ? `speaks of ${claim.when}` : null, claim.speaker ? `says ${claim.speaker}` : null,
    claim.origin ? `after ${claim.origin}` : null, claim.confidence < 700 ? `confidence ${(claim.confidence / 1000).toFixed(2)}` : null,
  ].filter(Boolean);
  return h("li", { class: filtered ? "filtered" : null },
    h("blockquote", {}, marked(claim.text, about)),
    h("p", { class: "where" }, badge(claim.mode), " ",
      article ? h("button", { type: "button", class: "link place", "data-place": placeOf(claim), onclick: () => openAt(article, claim.line) }, placeOf(claim)) : null,
      notes.length ? ` · ${notes.join(" · ")}` : "", filtered ? " · left out by the filters" : ""));
}

function openAt(article, line) {
  byId("details").dataset.focus = "yes";
  change({ select: `d:${articleKey(article)}`, line: String(line) }, true);
}

/** The text with the names of some nodes marked in it. */
function marked(text, about) {
  const names = about.flatMap((i) => [nodes[i].name, ...nodes[i].aliases]).filter((n) => n.length > 1).sort((a, b) => b.length - a.length);
  const parts = [];
  let from = 0;
  while (from < text.length && names.length) {
    let best = null;
    for (const name of names) {
      const at = text.indexOf(name, from);
      if (at >= 0 && (!best || at < best.at)) best = { at, name };
    }
    if (!best) break;
    parts.push(text.slice(from, best.at), h("mark", {}, best.name));
    from = best.at + best.name.length;
  }
  return [...parts, text.slice(from)];
}

function factList(list, owner) {
  if (!list.length) return null;
  return h("dl", { class: "facts" }, list.map((fact) => [
    h("dt", {}, plain(fact.name)),
    h("dd", {}, plain(fact.value), fact.claims.length
      ? h("details", {}, h("summary", {}, count(fact.claims.length, "sentence")),
        h("ul", { class: "evidence" }, fact.claims.map((c) => sentence(claims[c], owner.from === undefined ? [owner.index] : [owner.from, owner.to], false)))) : null),
  ]));
}

function nodeDetails(node, sieve) {
  const type = nodeTypes[node.type];
  const groups = new Map();
  for (const e of node.edges) {
    if (!sieve.edge[e]) continue;
    const edge = edges[e];
    const out = edge.from === node.index;
    const key = `${edge.type}${out || edgeTypes[edge.type].symmetric ? "" : "<"}`;
    if (!groups.has(key)) groups.set(key, { label: out ? edgeTypes[edge.type].said : edgeTypes[edge.type].back, edges: [] });
    groups.get(key).edges.push([edge, out ? edge.to : edge.from]);
  }
  const hidden = node.edges.filter((e) => !sieve.edge[e]).length;
  return [
    h("h2", { tabindex: "-1" }, swatch(node.type), node.name),
    h("p", { class: "quiet" }, h("span", { title: type.doc }, type.name), node.aliases.length ? ` · also: ${node.aliases.join("; ")}` : ""),
    h("p", { class: "actions" },
      h("button", { type: "button", onclick: () => change({ view: "graph", around: node.id }, true) }, "Show what surrounds it"),
      node.north !== null ? h("button", { type: "button", onclick: () => change({ view: "map" }, true) }, "Show on the map") : null),
    factList(node.facts, node),
    [...groups.values()].map((group) => [
      h("h3", {}, group.label),
      h("ul", { class: "ties" }, group.edges.map(([edge, other]) => h("li", {}, nodeLink(other), " ", badge(edge.mode),
        edge.disputed ? h("span", { class: "disputed", title: "said and denied" }, "≠") : null,
        h("button", { type: "button", class: "link quiet", "data-go": `e:${keyOf(edge)}`, "aria-label": `Evidence: ${said(edge)}`, onclick: () => select(`e:${keyOf(edge)}`) },
          edge.claims.length ? count(edge.claims.length, "sentence") : "world data")))),
    ]),
    hidden ? h("p", { class: "quiet" }, `${count(hidden, "further relation")} left out by the filters.`) : null,
    node.mentions.length ? [h("h3", {}, "Mentioned in"), h("ul", { class: "ties" }, node.mentions.map(([a, line, times]) =>
      h("li", {}, goTo(`d:${articleKey(articles[a])}`, titleOf(articles[a])), h("span", { class: "quiet" }, ` ${times === 1 ? "once" : `${times} times`}, first in line ${line}`))))] : null,
  ];
}

/** What the graph took from an article, in the order of its lines. */
function articleDetails(article) {
  const lines = new Map();
  for (const c of article.claims) {
    const claim = claims[c];
    const key = `${String(claim.start).padStart(10, "0")} ${claim.text}`;
    if (!lines.has(key)) lines.set(key, { claim, says: new Map() });
    lines.get(key).says.set(claimKey(claim), claim);
  }
  const rows = [...lines.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const meta = [article.document, article.outlet, article.byline ? `by ${article.byline}` : null, article.date, article.origin ? `after ${article.origin}` : null, `source: ${sources[article.source]}`];
  return [
    h("h2", { tabindex: "-1" }, titleOf(article)),
    h("p", { class: "quiet" }, meta.filter(Boolean).join(" · ")),
    h("p", { class: "quiet" }, `The ${count(rows.length, "sentence")} that the graph rests on, in the order of the text; what lies between is in the document itself.`),
    h("ol", { class: "evidence reading" }, rows.map(({ claim, says }) =>
      h("li", { class: String(claim.line) === state.line ? "here" : null, tabindex: "-1", "data-line": claim.line },
        h("span", { class: "line", title: `line ${claim.line}` }, claim.line),
        h("blockquote", {}, claim.text),
        h("ul", { class: "says" }, [...says].filter(([key]) => key).map(([key, c]) => h("li", {}, goTo(key, aboutClaim(c)), " ", badge(c.mode))))))),
  ];
}
