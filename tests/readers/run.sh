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
here=$(cd "${0%/*}" && pwd)
root=$(cd "$here/../.." && pwd)
binary=${1:-$root/target/debug/silkgraph}
cache=${SILKGRAPH_READERS:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/silkgraph-readers}
failed=0

has() { command -v "$1" >/dev/null 2>&1; }
skip() { echo "readers: SKIPPED $1"; }
# A network that never answers must not hold up everything else.
within() { if has timeout; then timeout "$@"; else shift; "$@"; fi; }

[ -x "$binary" ] || { skip "all, there is no binary at $binary (cargo build makes it)"; exit 0; }
has mktemp && has mkdir && has rm || { skip "all, there is no mktemp, mkdir or rm here"; exit 0; }
work=$(mktemp -d) || { skip "all, no temporary folder can be made"; exit 0; }
trap 'rm -rf "$work"' EXIT

export_to() { # format, output
    "$binary" export "$here/graph.json" --to "$1" -o "$2" --quiet || { echo "readers: FAILED to export $1"; failed=1; }
}
for format in json ron svg png dot mermaid gexf graphml ftm turtle; do export_to "$format" "$work/graph.$format"; done
for format in csv neo4j; do export_to "$format" "$work/$format"; done

of_python="networkx, rdflib, duckdb, followthemoney, ladybug, pillow"
if has python3; then
    python=$cache/python/bin/python
    [ -x "$python" ] || within 120 python3 -m venv "$cache/python" >/dev/null 2>&1
    if [ -x "$python" ]; then
        # One by one: what cannot be installed costs its own checks only, and check.py says which.
        for package in ${of_python//,/}; do
            module=$package
            [ "$package" = pillow ] && module=PIL
            "$python" -c "import $module" 2>/dev/null || within 240 "$python" -m pip install --quiet "$package" >/dev/null 2>&1
        done
        "$python" "$here/check.py" "$work" || failed=1
    else skip "$of_python: no virtual environment can be made"; fi
else
    skip "$of_python: there is no python3"
fi

if has node && has npm; then
    mkdir -p "$cache/node"
    [ -d "$cache/node/node_modules/graphology-gexf" ] ||
        (cd "$cache/node" && within 240 npm install --silent --no-audit --no-fund graphology graphology-gexf graphology-graphml >/dev/null 2>&1)
    if [ -d "$cache/node/node_modules/graphology-gexf" ]; then
        NODE_PATH=$cache/node/node_modules node "$here/check.js" "$work" || failed=1
    else skip "graphology: npm cannot install it here"; fi
else
    skip "graphology: there is no node with npm"
fi

if has dot && has grep; then
    if dot -Tsvg "$work/graph.dot" -o "$work/dot.svg" 2>"$work/dot.err" && [ ! -s "$work/dot.err" ] &&
        grep -q 'It leaves Russia out' "$work/dot.svg"; then
        echo "readers: graphviz ok"
    else echo "readers: graphviz FAILED"; cat "$work/dot.err"; failed=1; fi
else
    skip "graphviz: there is no dot"
fi
exit $failed
