#!/usr/bin/env bash
# Opens every export with its real reader and checks what comes out: counts, types, attributes, names beyond ASCII,
# quotes, line breaks, and one real query each.
#
#   tests/readers/run.sh [path of the silkgraph binary]
#
# What the readers need is installed into a cache outside of the repository (SILKGRAPH_READERS, else the user's cache).
# Where that cannot be done, the readers concerned are skipped, and it says so. Exit status: 0 all that ran passed; 1 one
# did not.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
binary=${1:-$root/target/debug/silkgraph}
cache=${SILKGRAPH_READERS:-${XDG_CACHE_HOME:-$HOME/.cache}/silkgraph-readers}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

[ -x "$binary" ] || { echo "readers: SKIPPED, there is no binary at $binary (cargo build makes it)"; exit 0; }

export_to() { # format, output
    "$binary" export "$here/graph.json" --to "$1" -o "$2" --quiet || { echo "readers: FAILED to export $1"; failed=1; }
}
for format in json ron svg dot mermaid gexf graphml ftm turtle; do export_to "$format" "$work/graph.$format"; done
for format in csv neo4j; do export_to "$format" "$work/$format"; done

if command -v python3 >/dev/null; then
    python=$cache/python/bin/python
    [ -x "$python" ] || python3 -m venv "$cache/python" >/dev/null 2>&1
    "$python" -c 'import networkx, rdflib, duckdb, followthemoney' 2>/dev/null ||
        "$python" -m pip install --quiet networkx rdflib duckdb followthemoney >/dev/null 2>&1
    if [ -x "$python" ]; then "$python" "$here/check.py" "$work" || failed=1
    else echo "readers: SKIPPED networkx, rdflib, duckdb, followthemoney: no virtual environment can be made"; fi
else
    echo "readers: SKIPPED networkx, rdflib, duckdb, followthemoney: there is no python3"
fi

if command -v node >/dev/null && command -v npm >/dev/null; then
    mkdir -p "$cache/node"
    [ -d "$cache/node/node_modules/graphology-gexf" ] ||
        (cd "$cache/node" && npm install --silent --no-audit --no-fund graphology graphology-gexf graphology-graphml >/dev/null 2>&1)
    if [ -d "$cache/node/node_modules/graphology-gexf" ]; then
        NODE_PATH=$cache/node/node_modules node "$here/check.js" "$work" || failed=1
    else echo "readers: SKIPPED graphology: npm cannot install it here"; fi
else
    echo "readers: SKIPPED graphology: there is no node"
fi

if command -v dot >/dev/null; then
    if dot -Tsvg "$work/graph.dot" -o "$work/dot.svg" 2>"$work/dot.err" && [ ! -s "$work/dot.err" ] &&
        grep -q 'It leaves Russia out' "$work/dot.svg"; then
        echo "readers: graphviz ok"
    else echo "readers: graphviz FAILED"; cat "$work/dot.err"; failed=1; fi
else
    echo "readers: SKIPPED graphviz: there is no dot"
fi
exit $failed
