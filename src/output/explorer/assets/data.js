// The graph as the page was given it, with names in place of numbers and what is asked for often worked out once.

const RAW = JSON.parse(byId("data").textContent);
const MODES = ["denied", "possible", "proposed", "planned", "actual"];
const ROLES = RAW.roles;

/** Letters without marks, in lower case: what is compared in searches. */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const nodeTypes = RAW.nodeTypes.map(([name, plural, colour, doc]) => ({ name, plural, doc, fill: /^#[0-9a-f]{6}$/i.test(colour) ? colour : "#dddddd" }));
const edgeTypes = RAW.edgeTypes.map(([name, said, back, symmetric, doc]) => ({ name, said, back, symmetric, doc }));
const sources = RAW.sources;

const articles = RAW.articles.map(([document, number, title, byline, outlet, date, origin, source], index) =>
  ({ index, document, number, title, byline, outlet, date, origin, source, claims: [] }));

const claims = RAW.claims.map(([article, line, text, mode, asserted, when, speaker, origin, confidence, start], index) =>
  ({ index, article, line, text: RAW.texts[text], mode, asserted, when, speaker, origin, confidence, start, owner: null }));

const facts = (rows) => rows.map(([attribute, value, of]) => ({ attribute, name: RAW.attributes[attribute], value, claims: of }));

const nodes = RAW.nodes.map(([id, type, name, aliases, attributes, x, y, north, east, mentions, world], index) => ({
  index, id, type, name, aliases, facts: facts(attributes), x, y, north, east, mentions, world: world === 1, edges: [],
}));

const edges = RAW.edges.map(([from, to, type, mode, attributes, of, world], index) =>
  ({ index, from, to, type, mode, facts: facts(attributes), claims: of, world: world === 1 }));

for (const node of nodes) {
  for (const fact of node.facts) for (const c of fact.claims) claims[c].owner ??= { node: node.index };
}
for (const edge of edges) {
  nodes[edge.from].edges.push(edge.index);
  if (edge.to !== edge.from) nodes[edge.to].edges.push(edge.index);
  for (const c of edge.claims) claims[c].owner = { edge: edge.index };
  edge.sources = new Set(edge.claims.map((c) => sourceOf(claims[c])).filter((x) => x !== null)).size;
  const modes = new Set(edge.claims.map((c) => claims[c].mode));
  // Said and denied: the texts contradict each other, or one took the other's place.
  edge.disputed = modes.has(0) && modes.size > 1;
  const dates = edge.claims.map((c) => claims[c].asserted).filter(Boolean).sort();
  edge.date = dates.length ? dates[dates.length - 1] : null;
}
for (const claim of claims) if (claim.article !== null) articles[claim.article].claims.push(claim.index);

const nodeById = new Map(nodes.map((n) => [n.id, n.index]));
const keyOf = (edge) => [nodes[edge.from].id, edgeTypes[edge.type].name, nodes[edge.to].id].join("~");
const edgeByKey = new Map(edges.map((e) => [keyOf(e), e.index]));
const articleKey = (article) => `${article.document}~${article.number}`;
const articleByKey = new Map(articles.map((a) => [articleKey(a), a.index]));

function sourceOf(claim) {
  return claim.article === null ? null : articles[claim.article].source;
}

const said = (edge) => `${nodes[edge.from].name} ${edgeTypes[edge.type].said} ${nodes[edge.to].name}`;
const placeOf = (claim) => claim.article === null ? "" : `${articles[claim.article].document}:${claim.line}`;
const titleOf = (article) => article.title || (article.number > 1 ? `${article.document} (${article.number})` : article.document);

/** The value of an attribute that counts for sorting and colours: the last one given. */
function valueOf(node, attribute) {
  const given = node.facts.filter((f) => f.attribute === attribute);
  return given.length ? given[given.length - 1].value : null;
}

const aboutClaim = (claim) => claim.owner?.edge !== undefined ? said(edges[claim.owner.edge])
  : claim.owner ? nodes[claim.owner.node].name : "";

// What searches look in; made when the first search is.
const hay = { nodes: [], edges: [], claims: [], articles: [], ready: false };
function makeHay() {
  if (hay.ready) return;
  hay.ready = true;
  hay.nodes = nodes.map((n) => fold([n.name, ...n.aliases, nodeTypes[n.type].name, ...n.facts.map((f) => `${plain(f.name)} ${plain(f.value)}`)].join("\n")));
  hay.claims = claims.map((c) => fold([c.text, c.speaker ?? "", c.origin ?? "", placeOf(c)].join("\n")));
  hay.edges = edges.map((e) => `${fold(said(e))}\n${hay.nodes[e.from]}\n${hay.nodes[e.to]}\n${e.claims.map((c) => hay.claims[c]).join("\n")}`);
  hay.articles = articles.map((a) => fold([a.document, a.title ?? "", a.outlet ?? "", a.origin ?? "", a.byline ?? ""].join("\n")));
}
