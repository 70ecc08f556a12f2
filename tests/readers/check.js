// Opens the GEXF and the GraphML in the folder given with graphology; see run.sh.
const fs = require("fs");
const path = require("path");
const assert = require("assert");
const Graph = require("graphology");

const work = process.argv[2];
let failed = false;
function check(name, run) {
  try {
    run();
    console.log(`readers: graphology, ${name} ok`);
  } catch (error) {
    failed = true;
    console.log(`readers: graphology, ${name} FAILED`);
    console.log(error);
  }
}

check("GEXF", () => {
  const gexf = require("graphology-gexf");
  const text = fs.readFileSync(path.join(work, "graph.gexf"), "utf8");
  const graph = gexf.parse(Graph, text, { addMissingNodes: false });
  assert.deepEqual([graph.order, graph.size], [8, 9]);
  assert.equal(graph.getNodeAttribute("state/turkiye", "label"), "Türkiye");
  assert.equal(graph.getNodeAttribute("person/o-neil", "label"), "O'Neil \\ \"Bill\"");
  assert.equal(graph.getNodeAttribute("corridor/middle-corridor", "length_km"), 4256);
  assert.equal(graph.getNodeAttribute("corridor/middle-corridor", "aliases").length, 2);
  const kinds = graph.outEdges("organisation/formula").map((e) => graph.getEdgeAttribute(e, "type")).sort();
  assert.deepEqual(kinds, ["funds", "supports"]);
});

check("GraphML", () => {
  const graphml = require("graphology-graphml");
  const text = fs.readFileSync(path.join(work, "graph.graphml"), "utf8");
  const graph = graphml.parse(Graph.MultiDirectedGraph, text);
  assert.deepEqual([graph.order, graph.size], [8, 9]);
  assert.equal(graph.getNodeAttribute("state/turkiye", "label"), "Türkiye");
});

process.exit(failed ? 1 : 0);
