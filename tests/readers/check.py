"""Opens the exports in the folder given with networkx, rdflib, duckdb, ladybug, followthemoney and pillow; see run.sh."""

import json
import sys
import traceback
import xml.dom.minidom
from pathlib import Path

work = Path(sys.argv[1])
NODES, EDGES = 8, 9
FORMULA = '=HYPERLINK("http://x","<b>&amp;")'
LINES = "an agreement of two lines and a tab"
BILL = "O'Neil \\ \"Bill\""
failed = False


def check(name):
    """Runs a check, and says how it went."""

    def run(function):
        global failed
        try:
            function()
            print(f"readers: {name} ok")
        except ImportError as error:
            print(f"readers: SKIPPED {name}: {error}")
        except Exception:
            failed = True
            print(f"readers: {name} FAILED")
            traceback.print_exc()

    return run


def equal(found, wanted):
    assert found == wanted, f"{found!r} is not {wanted!r}"


def same_graph(graph, label):
    import networkx as nx

    equal((graph.number_of_nodes(), graph.number_of_edges()), (NODES, EDGES))
    assert graph.is_directed() and graph.is_multigraph()
    nodes = dict(graph.nodes(data=True))
    equal(nodes["state/turkiye"][label], "Türkiye")
    equal(nodes["organisation/formula"][label], FORMULA)
    equal(nodes["agreement/lines"][label], LINES)
    equal(nodes["person/o-neil"][label], BILL)
    corridor = nodes["corridor/middle-corridor"]
    equal((corridor["type"], corridor["length_km"], corridor["length_km_text"]), ("Corridor", 4256.0, "4,256 km"))
    equal(corridor["world"], False)
    between = graph.get_edge_data("organisation/formula", "corridor/middle-corridor")
    equal(sorted(e["type"] for e in between.values()), ["funds", "supports"])
    avoids = next(iter(graph.get_edge_data("corridor/middle-corridor", "state/russia").values()))
    equal((avoids["mode"], avoids["sources"], avoids["weight"]), ("actual", 2, 2.0))
    assert "[one.txt:14] It leaves Russia out." in avoids["evidence"]
    # A real query: who is reached from the organisation.
    equal(len(nx.descendants(graph, "organisation/formula")), 6)


@check("networkx, GEXF")
def _():
    import networkx as nx

    same_graph(nx.read_gexf(work / "graph.gexf"), "label")


@check("networkx, GraphML")
def _():
    import networkx as nx

    graph = nx.read_graphml(work / "graph.graphml", force_multigraph=True)
    same_graph(graph, "label")


@check("networkx, node-link JSON")
def _():
    import networkx as nx

    graph = nx.node_link_graph(json.loads((work / "graph.json").read_text()), edges="edges")
    equal((graph.number_of_nodes(), graph.number_of_edges()), (NODES, EDGES))
    equal(graph.nodes["state/turkiye"]["name"], "Türkiye")


@check("duckdb, CSV")
def _():
    import duckdb

    nodes, edges = str(work / "csv/nodes.csv"), str(work / "csv/edges.csv")
    ask = lambda query: duckdb.sql(query).fetchall()
    equal(ask(f"select count(*) from read_csv('{nodes}')"), [(NODES,)])
    equal(ask(f"select count(*) from read_csv('{edges}')"), [(EDGES,)])
    equal(ask(f"select Label from read_csv('{nodes}') where Id = 'organisation/formula'"), [("'" + FORMULA,)])
    equal(ask(f"select length_km from read_csv('{nodes}') where length_km > 4000"), [(4256.0,)])
    joined = f"select n.Label from read_csv('{edges}') e join read_csv('{nodes}') n on n.Id = e.Target where Kind = 'bypasses'"
    equal(ask(joined), [("Russia",)])


@check("duckdb, neo4j's CSV")
def _():
    import duckdb

    nodes, edges = str(work / "neo4j/nodes.csv"), str(work / "neo4j/edges.csv")
    heads = [Path(p).read_text().splitlines()[0].split(",") for p in (nodes, edges)]
    equal((heads[0][:2], heads[0][-1]), (["id:ID", "name"], ":LABEL"))
    equal(heads[1][:4], [":START_ID", ":END_ID", ":TYPE", "id"])
    assert "length_km:double" in heads[0] and "aliases:string[]" in heads[0]
    rows = duckdb.sql(f"select name, \":LABEL\", \"aliases:string[]\" from read_csv('{nodes}') order by \"id:ID\"").fetchall()
    equal(len(rows), NODES)
    assert (FORMULA, "Organisation", None) in rows, rows
    assert ("Middle Corridor", "Corridor", 'TITR;a "quoted", name, with marks') in rows, rows
    # No line ends in fields: one line a row.
    equal(len(Path(nodes).read_text().splitlines()), NODES + 1)
    equal(len(Path(edges).read_text().splitlines()), EDGES + 1)
    ends = duckdb.sql(f"select count(*) from read_csv('{edges}') where \":START_ID\" not in (select \"id:ID\" from read_csv('{nodes}'))")
    equal(ends.fetchall(), [(0,)])


@check("ladybug, CSV")
def _():
    import ladybug

    connection = ladybug.Connection(ladybug.Database(str(work / "ladybug.db")))

    def ask(query):
        result, rows = connection.execute(query), []
        while result.has_next():
            rows.append(result.get_next())
        return rows

    # As its manual has it: tables first, then a copy of the columns that are wanted.
    read = "(header=true, escape='\"', parallel=false)"
    connection.execute("CREATE NODE TABLE Thing(id STRING PRIMARY KEY, name STRING, type STRING)")
    connection.execute("CREATE REL TABLE Tie(FROM Thing TO Thing, kind STRING, mode STRING, evidence STRING)")
    connection.execute(f"COPY Thing FROM (LOAD FROM '{work / 'csv/nodes.csv'}' {read} RETURN Id, Label, type)")
    connection.execute(f"COPY Tie FROM (LOAD FROM '{work / 'csv/edges.csv'}' {read} RETURN Source, Target, Kind, mode, evidence)")
    equal(ask("MATCH (t:Thing) RETURN count(*)"), [[NODES]])
    equal(ask("MATCH ()-[t:Tie]->() RETURN count(*)"), [[EDGES]])
    names = {row[0] for row in ask("MATCH (t:Thing) RETURN t.name")}
    assert {"Türkiye", "'" + FORMULA, LINES, BILL} <= names, names
    said = ask("MATCH (:Thing)-[t:Tie {kind: 'bypasses'}]->(r) RETURN r.name, t.mode, t.evidence")
    equal([row[:2] for row in said], [["Russia", "actual"]])
    assert "[one.txt:14] It leaves Russia out." in said[0][2], said
    # A route that leaves something out: one over the corridor is left.
    route = """MATCH (a:Thing {id: 'organisation/formula'})-[t:Tie* SHORTEST 1..4 (r, n | WHERE n.name <> 'Kazakhstan')]->
               (b:Thing {name: 'Türkiye'}) RETURN length(t)"""
    equal(ask(route), [[2]])


@check("pillow, PNG")
def _():
    from PIL import Image

    picture = Image.open(work / "graph.png").convert("RGB")
    assert min(picture.size) > 400, picture.size
    colours = {colour for _, colour in picture.getcolors(1 << 24)}
    # White ground, the fill of corridors, the red of what is avoided.
    assert {(255, 255, 255), (0xF7, 0xC4, 0x8A), (0xB3, 0x26, 0x1E)} <= colours


@check("rdflib, Turtle")
def _():
    import rdflib

    graph = rdflib.Graph().parse(work / "graph.turtle", format="turtle")
    labels = {str(o) for o in graph.objects(None, rdflib.RDFS.label)}
    equal(len(labels), NODES)
    assert {"Türkiye", FORMULA, LINES, BILL} <= labels, labels
    equal(len(list(graph.subjects(rdflib.RDF.type, rdflib.RDF.Statement))), EDGES)
    query = """
        prefix prov: <http://www.w3.org/ns/prov#>
        select ?sentence ?document where {
          ?s a rdf:Statement ; rdf:predicate <urn:silkgraph:edge-type:bypasses> ; prov:wasDerivedFrom ?c .
          ?c prov:value ?sentence ; prov:wasQuotedFrom ?document } order by ?sentence"""
    equal([str(r.sentence) for r in graph.query(query)], ["It leaves Russia out.", "The corridor bypasses Russia."])
    # What is only planned or denied is no plain triple.
    plain = rdflib.URIRef("urn:silkgraph:edge-type:adopted_at")
    equal(list(graph.subject_objects(plain)), [])


@check("followthemoney")
def _():
    from followthemoney import model

    entities = [json.loads(line) for line in (work / "graph.ftm").read_text().splitlines()]
    equal(len(entities), 2 + NODES + EDGES)
    by_schema = {}
    for data in entities:
        schema = model.get(data["schema"])
        assert schema is not None and not schema.abstract, data["schema"]
        problems = schema.validate(data)
        assert not problems, (data, problems)
        proxy = model.get_proxy(data)
        for name in data["properties"]:
            # Values that a reader would drop are lost.
            assert proxy.get(name), (data["schema"], name, data["properties"][name])
        by_schema.setdefault(data["schema"], []).append(proxy)
    equal(len(by_schema["UnknownLink"]), EDGES)
    ids = {data["id"] for data in entities}
    equal(len(ids), len(entities))
    for link in by_schema["UnknownLink"]:
        assert set(link.get("subject") + link.get("object") + link.get("proof")) <= ids
    assert "Türkiye" in {p.caption for p in by_schema["Territory"]}


@check("SVG as XML")
def _():
    document = xml.dom.minidom.parse(str(work / "graph.svg"))
    titles = [t.firstChild.data for t in document.getElementsByTagName("title") if t.firstChild]
    assert any("It leaves Russia out." in t for t in titles)
    assert not document.getElementsByTagName("script") and not document.getElementsByTagName("b")


sys.exit(1 if failed else 0)
