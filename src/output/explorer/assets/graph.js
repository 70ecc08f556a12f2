// The graph as a picture: the best connected of what passes the filters, or what surrounds a node. Places come with the data.

const SHOWN = 120;
const graph = { view: null, nodes: new Map(), most: SHOWN, extra: new Set(), moved: new Map(), drawn: "" };
const radius = (node) => 6 + Math.min(9, Math.sqrt(node.edges.length) * 1.4);
const spot = (index) => graph.moved.get(index) ?? [nodes[index].x, nodes[index].y];

/** Which nodes are drawn, and how many could be. */
function chooseNodes(sieve) {
  const near = (index) => nodes[index].edges.filter((e) => sieve.edge[e]).map((e) => edges[e].from === index ? edges[e].to : edges[e].from);
  const ties = (index) => nodes[index].edges.reduce((n, e) => n + (sieve.edge[e] ? 1 : 0), 0);
  let pool;
  if (state.around && nodeById.has(state.around)) {
    const middle = nodeById.get(state.around);
    pool = [...new Set([middle, ...near(middle)])];
  } else if (sieve.words.length) {
    pool = [...new Set([...sieve.found.nodes, ...sieve.found.edges.flatMap((e) => [edges[e].from, edges[e].to])])].filter((n) => sieve.node[n]);
  } else {
    pool = nodes.filter((n) => sieve.node[n.index]).map((n) => n.index);
  }
  const ranked = pool.map((n) => [ties(n), n]).sort(([a, i], [b, j]) => b - a || i - j).map(([, n]) => n);
  const chosen = new Set(ranked.slice(0, graph.most));
  for (const n of graph.extra) if (sieve.node[n]) chosen.add(n);
  const { node, edge } = selected();
  for (const n of node ? [node.index] : edge ? [edge.from, edge.to] : []) if (sieve.node[n]) chosen.add(n);
  return { chosen, pool: new Set([...pool, ...chosen]).size };
}

function drawGraph(sieve) {
  const { chosen, pool } = chooseNodes(sieve);
  const lines = edges.filter((e) => sieve.edge[e.index] && chosen.has(e.from) && chosen.has(e.to));
  const holder = byId("picture");
  if (!graph.view) {
    graph.view = canvas("Graph: arrow keys move between nodes, Enter opens one, E adds its neighbours", labelGraph);
    graph.view.grab = grabNode;
    graph.view.svg.addEventListener("keydown", walkGraph);
    graph.view.svg.addEventListener("dblclick", (event) => { const n = nodeAt(event.target); if (n !== null) expand(n); });
    graph.view.svg.addEventListener("click", (event) => { const key = event.target.closest("[data-select]")?.dataset.select; if (key) select(key); });
  }
  const view = graph.view;
  const focused = document.activeElement?.closest?.(".canvas [data-node]")?.dataset.node;
  graph.nodes.clear();
  const edgeLayer = s("g", { class: "edges" }, bundles(lines).map(drawEdge));
  const nodeLayer = s("g", { class: "nodes" }, [...chosen].sort((a, b) => nodes[a].edges.length - nodes[b].edges.length).map(drawNode));
  put(view.layer, edgeLayer, nodeLayer);
  const bar = h("div", { class: "bar" }, zoomButtons(view, fitGraph),
    h("span", { class: "note" }, pool > chosen.size ? `The ${chosen.size} best connected of ${count(pool, "node")}. ` : `${count(chosen.size, "node")}, ${count(lines.length, "relation")}. `,
      pool > chosen.size ? h("button", { type: "button", id: "more", onclick: () => { graph.most *= 2; show(); } }, "Show more") : null,
      state.around ? h("button", { type: "button", id: "all", onclick: () => { graph.extra.clear(); change({ around: "" }, true); } }, "Back to all") : null));
  if (!holder.contains(view.svg)) put(holder, bar, view.svg, graphLegend());
  else holder.replaceChild(bar, holder.firstChild);
  placeGraph();
  const drawn = `${state.around}|${state.q}|${graph.most}|${[...chosen].length}`;
  if (graph.drawn.split("|").slice(0, 3).join() !== drawn.split("|").slice(0, 3).join() || !graph.fitted) fitGraph();
  graph.drawn = drawn;
  markGraph();
  if (focused && graph.nodes.has(Number(focused))) graph.nodes.get(Number(focused)).focus({ preventScroll: true });
}

/** Parallel edges are drawn apart: each with its number among those between the same two nodes. */
function bundles(lines) {
  const groups = new Map();
  for (const e of lines) {
    const key = Math.min(e.from, e.to) * nodes.length + Math.max(e.from, e.to);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(e);
  }
  return [...groups.values()].flatMap((group) => group.map((edge, i) => ({ edge, bend: i - (group.length - 1) / 2 })));
}

function drawEdge({ edge, bend }) {
  const first = edge.claims.length ? `\n“${claims[edge.claims[0]].text}” (${placeOf(claims[edge.claims[0]])})` : "";
  const avoids = edge.type === ROLES.avoids ? " avoids" : "";
  const group = s("g", { class: `edge ${MODES[edge.mode]}${avoids}`, "data-select": `e:${keyOf(edge)}`, "data-bend": bend, "data-edge": edge.index },
    s("title", {}, `${said(edge)} (${MODES[edge.mode]})${first}`),
    s("path", { class: "touch" }), s("path", { class: "line", "stroke-width": 0.8 + Math.min(4, edge.sources) * 0.5 }),
    s("path", { class: "head" }), s("text", { class: "edge-label" }, edgeTypes[edge.type].said + (edge.disputed ? " ≠" : "")));
  return group;
}

function drawNode(index) {
  const node = nodes[index];
  const group = s("g", { class: "node", role: "button", tabindex: "-1", "data-node": index, "data-select": `n:${node.id}`, "aria-label": `${node.name}, ${nodeTypes[node.type].name}, ${count(node.edges.length, "relation")}` },
    s("title", {}, `${node.name} (${nodeTypes[node.type].name})`), s("circle", { r: radius(node), fill: nodeTypes[node.type].fill }), s("text", {}, node.name));
  graph.nodes.set(index, group);
  return group;
}

/** Puts nodes and edges where they are now. */
function placeGraph() {
  for (const [index, group] of graph.nodes) {
    const [x, y] = spot(index);
    group.setAttribute("transform", `translate(${x} ${y})`);
  }
  for (const group of graph.view.layer.querySelectorAll(".edge")) placeEdge(group);
  labelGraph(graph.view);
}

function placeEdge(group) {
  const edge = edges[Number(group.dataset.edge)];
  const [x1, y1] = spot(edge.from);
  const [x2, y2] = spot(edge.to);
  const [dx, dy] = [x2 - x1, y2 - y1];
  const far = Math.hypot(dx, dy) || 1;
  // The bend is to one side of the pair, whichever way the edge runs.
  const side = (edge.from < edge.to ? 1 : -1) * Number(group.dataset.bend) * 16 + (far > 400 ? far * 0.04 : 0);
  const [mx, my] = [(x1 + x2) / 2 - dy / far * side, (y1 + y2) / 2 + dx / far * side];
  const stop = radius(nodes[edge.to]) + 2;
  const [hx, hy] = [x2 - mx, y2 - my];
  const reach = Math.hypot(hx, hy) || 1;
  const [ux, uy] = [hx / reach, hy / reach];
  const [ex, ey] = [x2 - ux * stop, y2 - uy * stop];
  const path = edge.from === edge.to ? `M${x1} ${y1 - 6}c-30 -40 30 -40 0 0` : `M${x1} ${y1}Q${mx.toFixed(1)} ${my.toFixed(1)} ${ex.toFixed(1)} ${ey.toFixed(1)}`;
  const [touch, line, head, label] = [...group.children].slice(1);
  touch.setAttribute("d", path);
  line.setAttribute("d", path);
  const point = (along, across) => `${(ex - ux * along - uy * across).toFixed(1)} ${(ey - uy * along + ux * across).toFixed(1)}`;
  head.setAttribute("d", edge.type === ROLES.avoids ? `M${point(0, 5)}L${point(0, -5)}` : edgeTypes[edge.type].symmetric ? "" : `M${point(0, 0)}L${point(7, 3)}L${point(7, -3)}z`);
  label.setAttribute("x", ((x1 + x2) / 4 + mx / 2).toFixed(1));
  label.setAttribute("y", ((y1 + y2) / 4 + my / 2).toFixed(1));
}

/** Names keep their size on the screen; of those that would overlap the better connected stays. */
function labelGraph(view) {
  view.layer.style.setProperty("--size", `${(12 / view.scale).toFixed(2)}px`);
  const [w, high] = view.size();
  const { node, edge } = selected();
  const first = new Set([node?.index, edge?.from, edge?.to]);
  const items = [];
  for (const [index, group] of graph.nodes) {
    const [x, y] = spot(index);
    const [px, py] = [x * view.scale + view.x, y * view.scale + view.y];
    const text = group.lastChild;
    text.setAttribute("y", (radius(nodes[index]) + 12 / view.scale).toFixed(2));
    if (px < -80 || py < -20 || px > w + 80 || py > high + 20) continue;
    const width = nodes[index].name.length * 6.4;
    items.push([first.has(index) ? -1e6 : -nodes[index].edges.length, [px - width / 2, py + radius(nodes[index]) * view.scale, width, 14, text]]);
  }
  thin(items.sort((a, b) => a[0] - b[0]).map(([, item]) => item));
}

function fitGraph() {
  const all = [...graph.nodes.keys()].map(spot);
  if (!all.length) return;
  const xs = all.map((p) => p[0]).sort((a, b) => a - b);
  const ys = all.map((p) => p[1]).sort((a, b) => a - b);
  graph.fitted = true;
  graph.view.fit([xs[0], ys[0], xs[xs.length - 1], ys[ys.length - 1]]);
}

/** Shows what is selected, and what it is tied to. */
function markGraph() {
  const { node, edge } = selected();
  const centre = node ? node.index : null;
  const near = new Set();
  const named = new Set();
  for (const group of graph.view.layer.querySelectorAll(".edge")) {
    const e = edges[Number(group.dataset.edge)];
    const on = edge ? e === edge : centre !== null && (e.from === centre || e.to === centre);
    group.classList.toggle("on", on);
    // Of many relations of one kind one bears its name: the others look the same.
    group.classList.toggle("named", on && !named.has(e.type));
    if (on) { near.add(e.from); near.add(e.to); named.add(e.type); }
  }
  const any = (centre !== null && graph.nodes.has(centre)) || edge;
  graph.view.svg.classList.toggle("dim", Boolean(any));
  let entry = null;
  for (const [index, group] of graph.nodes) {
    group.classList.toggle("on", near.has(index) || index === centre);
    group.classList.toggle("selected", index === centre);
    group.setAttribute("tabindex", "-1");
    if (index === centre || entry === null) entry = group;
  }
  entry?.setAttribute("tabindex", "0");
  const target = centre ?? edge?.from;
  if (target !== undefined && target !== null && graph.nodes.has(target)) graph.view.centre(...spot(target));
}

function nodeAt(target) {
  const group = target.closest?.("[data-node]");
  return group ? Number(group.dataset.node) : null;
}

function grabNode(event) {
  const index = nodeAt(event.target);
  if (index === null) return null;
  return (dx, dy) => {
    const [x, y] = spot(index);
    graph.moved.set(index, [x + dx, y + dy]);
    graph.nodes.get(index).setAttribute("transform", `translate(${x + dx} ${y + dy})`);
    for (const group of graph.view.layer.querySelectorAll(".edge")) {
      const e = edges[Number(group.dataset.edge)];
      if (e.from === index || e.to === index) placeEdge(group);
    }
  };
}

function expand(index) {
  const before = graph.nodes.size;
  for (const e of nodes[index].edges) for (const n of [edges[e].from, edges[e].to]) graph.extra.add(n);
  show();
  const more = graph.nodes.size - before;
  byId("count").textContent = more ? `${count(more, "neighbour")} of ${nodes[index].name} added` : `All neighbours of ${nodes[index].name} are shown already`;
}

/** Arrow keys go to the nearest node in that direction. */
function walkGraph(event) {
  const at = nodeAt(event.target);
  if (at === null) return;
  if (event.key === "Enter" || event.key === " ") { event.preventDefault(); byId("details").dataset.focus = "yes"; return select(`n:${nodes[at].id}`); }
  if (event.key === "e" || event.key === "E") return expand(at);
  const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
  if (!way) return;
  event.preventDefault();
  const [x, y] = spot(at);
  let best = null;
  for (const index of graph.nodes.keys()) {
    const [dx, dy] = [spot(index)[0] - x, spot(index)[1] - y];
    const ahead = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (index === at || ahead <= 0 || aside > ahead * 1.5) continue;
    const far = ahead + aside * 2;
    if (!best || far < best.far) best = { far, index };
  }
  if (!best) return;
  graph.nodes.get(at).setAttribute("tabindex", "-1");
  const next = graph.nodes.get(best.index);
  next.setAttribute("tabindex", "0");
  next.focus({ preventScroll: true });
  graph.view.centre(...spot(best.index));
}

function graphLegend() {
  const line = (cls, text) => h("li", {}, s("svg", { width: 34, height: 10, "aria-hidden": "true" }, s("g", { class: `edge ${cls}` }, s("path", { class: "line", d: "M2 5H32", "stroke-width": 1.6 }))), text);
  return h("details", { class: "legend", open: innerWidth > 700 }, h("summary", {}, "Legend"),
    h("ul", {}, nodeTypes.map((t, i) => h("li", { title: t.doc }, swatch(i), t.name))),
    h("ul", {}, line("actual", "actual"), line("planned", "planned"), line("proposed", "proposed, possible"), line("denied", "denied"), line("actual avoids", "avoids")));
}
