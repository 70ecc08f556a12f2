// The map: places of the texts on a world outline, ways as lines between their stops. What has no coordinates stands beside.

// Degrees as the outline has them: tenths, east shortened as at 40° north.
const SQUEEZE = 0.766;
const project = (node) => [node.east * 10 * SQUEEZE, -node.north * 10];
const map = { view: null, dots: new Map(), lines: new Map(), fitted: false };

const ways = RAW.ways.map(([node, stops]) => ({ node, stops: stops.map(([stop, edge, placed]) => ({ stop, edge, placed: placed === 1 })) }));

/** How far a way has come: its status, else how most of its stops are said. */
function statusOf(way) {
  const status = ROLES.status === null ? null : valueOf(nodes[way.node], ROLES.status);
  if (status) return status;
  const modes = way.stops.map((x) => edges[x.edge].mode);
  const most = [4, 3, 2, 1].sort((a, b) => modes.filter((m) => m === b).length - modes.filter((m) => m === a).length || a - b)[0];
  return MODES[most];
}

/** The stops that the map can show, in order; where the texts give none, from one end to the nearest next. */
function routeOf(way, sieve) {
  const stops = way.stops.filter((x) => sieve.edge[x.edge] && nodes[x.stop].north !== null);
  // One stop that is not placed can only lie between the others.
  const known = stops.length < 3 || stops.filter((x) => x.placed).length >= stops.length - 1;
  if (known) return { stops, known };
  const far = (a, b) => Math.hypot(...project(nodes[a.stop]).map((v, i) => v - project(nodes[b.stop])[i]));
  let [start, best] = [stops[0], -1];
  if (!stops[0].placed) for (const a of stops) for (const b of stops) if (far(a, b) > best) { best = far(a, b); start = nodes[a.stop].east > nodes[b.stop].east ? a : b; }
  const ends = stops.slice(1).filter((x, i) => x.placed && i === stops.length - 2);
  const left = new Set(stops.filter((x) => x !== start && !ends.includes(x)));
  const order = [start];
  while (left.size) {
    const last = order[order.length - 1];
    const next = [...left].reduce((a, b) => (far(last, b) < far(last, a) ? b : a));
    left.delete(next);
    order.push(next);
  }
  return { stops: [...order, ...ends.filter((x) => x !== start)], known };
}

function drawMap(sieve) {
  const holder = byId("picture");
  if (!map.view) {
    const world = byId("world").content.firstElementChild;
    map.view = canvas("Map of places and ways; the list beside it says the same", scaleMap);
    Object.assign(map.view, { most: 12, least: 0.08 });
    map.world = s("g", { transform: `scale(${SQUEEZE} 1)`, "aria-hidden": "true" }, [...world.children].map((p) => p.cloneNode()));
    map.view.svg.addEventListener("click", (event) => { const key = event.target.closest("[data-select]")?.dataset.select; if (key) select(key); });
  }
  const shown = ways.filter((w) => sieve.node[w.node] && w.stops.some((x) => sieve.edge[x.edge]) && fitsSearch(w.node, sieve));
  const avoided = avoidedNode();
  const routes = shown.map((way) => ({ way, status: statusOf(way), basis: basisOf(way.node, avoided), ...routeOf(way, sieve) }));
  const drawn = routes.filter((r) => r.stops.length > 1);
  const stops = new Set(routes.flatMap((r) => r.stops.map((x) => x.stop)));
  const places = nodes.filter((n) => n.north !== null && (stops.has(n.index) || (sieve.node[n.index] && n.edges.length && fitsSearch(n.index, sieve))));
  map.dots.clear();
  map.lines.clear();
  map.asked = avoided;
  put(map.view.layer, map.world, s("g", {}, drawn.map(drawWay)), s("g", { class: "nodes" }, places.map(drawPlace)));
  map.drawn = drawn;
  const list = mapList(routes, sieve, avoided);
  put(holder, h("div", { class: "bar" }, zoomButtons(map.view, () => fitMap(true)), avoidChooser(avoided), mapLegend(drawn, avoided)), h("div", { class: "split" }, map.view.svg, list));
  if (!map.fitted) fitMap(false); else map.view.apply();
  markMap();
}

const fitsSearch = (index, sieve) => !sieve.words.length || sieve.found.nodes.includes(index)
  || nodes[index].edges.some((e) => sieve.foundEdges.has(e));

function drawWay(route, at) {
  const points = route.stops.map((x) => project(nodes[x.stop]));
  // Ways that share a stretch are bent differently, so that each can be seen.
  const bend = ((at % 5) - 2) * 0.05;
  const path = points.map(([x, y], i) => {
    if (i === 0) return `M${x.toFixed(1)} ${y.toFixed(1)}`;
    const [a, b] = points[i - 1];
    return `Q${((a + x) / 2 - (y - b) * bend).toFixed(1)} ${((b + y) / 2 + (x - a) * bend).toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)}`;
  }).join("");
  const name = nodes[route.way.node].name;
  const leaves = route.basis ? `; ${map.asked.name}: ${BASES.find(([basis]) => basis === route.basis)[1]}` : "";
  const text = `${name} (${plain(route.status)}): ${route.stops.map((x) => nodes[x.stop].name).join(" – ")}${route.known ? "" : "; the order of its stops is not in the texts"}${leaves}`;
  const group = s("g", { class: `way ${route.known ? "ordered" : "guessed"}`, "data-basis": route.basis ?? "", "data-status": statusClass(route.status), "data-select": `n:${nodes[route.way.node].id}` },
    s("title", {}, text), s("path", { class: "touch", d: path }), s("path", { class: "line", d: path }));
  map.lines.set(route.way.node, group);
  return group;
}

/** Statuses are the schema's words; what they look like goes by their place in its list, most distant first. */
function statusClass(status) {
  const at = (ROLES.statuses ?? []).indexOf(status);
  return at >= 0 ? `s${at}` : `m${MODES.indexOf(status)}`;
}

function drawPlace(node) {
  const [x, y] = project(node);
  const group = s("g", { class: "node", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`, "data-select": `n:${node.id}`, "data-node": node.index },
    s("title", {}, `${node.name} (${nodeTypes[node.type].name})`), s("circle", { fill: nodeTypes[node.type].fill }), s("text", {}, node.name));
  map.dots.set(node.index, group);
  return group;
}

function scaleMap(view) {
  view.layer.style.setProperty("--size", `${(11.5 / view.scale).toFixed(2)}px`);
  view.layer.style.setProperty("--unit", `${(1 / view.scale).toFixed(4)}px`);
  const { node } = selected();
  const items = [];
  for (const [index, group] of map.dots) {
    const r = 2.5 + Math.min(4, Math.sqrt(nodes[index].edges.length) * 0.6);
    group.children[1].setAttribute("r", (r / view.scale).toFixed(2));
    group.lastChild.setAttribute("y", ((r + 11) / view.scale).toFixed(2));
    const [x, y] = project(nodes[index]);
    const width = nodes[index].name.length * 6.2;
    items.push([index === node?.index ? -1e6 : -nodes[index].edges.length, [x * view.scale + view.x - width / 2, y * view.scale + view.y + r, width, 13, group.lastChild]]);
  }
  thin(items.sort((a, b) => a[0] - b[0]).map(([, item]) => item));
}

/** Shows the ways, without the stops farthest out unless all are asked for. */
function fitMap(all) {
  const { node } = selected();
  const mine = map.drawn.find((r) => r.way.node === node?.index);
  const of = [...new Set((mine ? [mine] : map.drawn).flatMap((r) => r.stops.map((x) => x.stop)))];
  const points = (of.length ? of.map((x) => nodes[x]) : [...map.dots.keys()].map((i) => nodes[i])).map(project);
  if (!points.length) return map.view.fit([-1379, -850, 1379, 600]);
  const cut = all || mine ? 0 : Math.floor(points.length * 0.02);
  const xs = points.map((p) => p[0]).sort((a, b) => a - b);
  const ys = points.map((p) => p[1]).sort((a, b) => a - b);
  map.fitted = true;
  map.view.fit([xs[cut] - 20, ys[cut] - 20, xs[xs.length - 1 - cut] + 20, ys[ys.length - 1 - cut] + 20], 4);
}

function markMap() {
  const { node, edge } = selected();
  const chosen = node && map.lines.has(node.index) ? node.index : edge && map.lines.has(edge.from) ? edge.from : null;
  const on = new Set([node?.index, edge?.from, edge?.to, ...(map.drawn.find((r) => r.way.node === chosen)?.stops.map((x) => x.stop) ?? [])]);
  map.view.svg.classList.toggle("dim", chosen !== null);
  for (const [index, group] of map.lines) group.classList.toggle("on", index === chosen);
  for (const [index, group] of map.dots) group.classList.toggle("on", on.has(index));
  // What a way is said to avoid is crossed out while the way is looked at.
  const avoided = new Set(chosen === null ? [] : nodes[chosen].edges.map((e) => edges[e]).filter((e) => e.from === chosen && e.type === ROLES.avoids && e.mode > 0).map((e) => e.to));
  if (map.asked) avoided.add(map.asked.index);
  for (const [index, group] of map.dots) group.classList.toggle("avoided", avoided.has(index));
  if (node && node.north !== null) map.view.centre(...project(node));
  scaleMap(map.view);
}

function mapList(routes, sieve, avoided) {
  const listed = [...routes].sort((a, b) => b.stops.length - a.stops.length || (nodes[a.way.node].name < nodes[b.way.node].name ? -1 : 1));
  const name = (index) => nodes[index].name;
  const row = (r) => h("li", {}, goTo(`n:${nodes[r.way.node].id}`, h("span", { class: "key", "data-status": statusClass(r.status), "aria-hidden": "true" }), name(r.way.node)),
    h("span", { class: "quiet" }, ` ${plain(r.status)}: ${r.way.stops.filter((x) => sieve.edge[x.edge]).map((x) => name(x.stop)).join(", ")}`));
  const lost = nodes.filter((n) => ROLES.stops.includes(n.type) && n.north === null && sieve.node[n.index] && fitsSearch(n.index, sieve));
  const [on, off] = [listed.filter((r) => r.stops.length > 1), listed.filter((r) => r.stops.length < 2)];
  return h("div", { class: "beside" },
    avoided ? listByBasis(listed, avoided, row) : [h("h3", {}, `Ways on the map (${on.length})`), h("ul", { class: "ties" }, on.map(row))],
    off.length && !avoided ? [h("h3", {}, `Ways with fewer than two stops that the map knows (${off.length})`), h("ul", { class: "ties" }, off.map(row))] : null,
    lost.length ? [h("h3", {}, `Without coordinates (${lost.length})`), h("ul", { class: "ties" }, lost.slice(0, 300).map((n) => h("li", {}, nodeLink(n.index))))] : null);
}

function mapLegend(drawn, avoided) {
  const seen = [...new Set(drawn.map((r) => r.status))].sort((a, b) => (statusClass(a) < statusClass(b) ? -1 : 1));
  const line = (status, cls, text) => h("li", {}, s("svg", { width: 30, height: 8, "aria-hidden": "true" }, s("g", { class: `way ${cls}`, "data-status": status }, s("path", { class: "line", d: "M2 4H28" }))), text);
  return h("ul", { class: "keys" }, seen.map((x) => line(statusClass(x), "ordered", plain(x))), drawn.some((r) => !r.known) ? line("s9", "guessed", "order of stops inferred") : null, avoided ? basisKeys(drawn) : null);
}
