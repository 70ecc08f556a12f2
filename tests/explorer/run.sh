#!/usr/bin/env bash
# The explorer in a real browser: `tests/explorer/run.sh [silkgraph]`. Skips, and says so, where browser or npm are missing.
# CHROMIUM names the browser; SHOTS a folder for screenshots to look at.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
program=${1:-$root/target/debug/silkgraph}
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
skip() { echo "explorer: SKIPPED, $1"; exit 0; }
[ -n "$browser" ] || skip "there is no Chromium here (apt-get install chromium)"
command -v node >/dev/null && command -v npm >/dev/null || skip "there is no node with npm here"
[ -x "$program" ] || skip "there is no program at $program (cargo build)"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund playwright-core@1 >/dev/null 2>&1) || skip "playwright-core cannot be installed"
mkdir "$work/big" "$work/hostile"
cp "$here/hostile.txt" "$work/hostile/"
# 10,000 nodes and 30,000 relations, the same every time.
awk 'BEGIN { print "id,name,type"; for (i = 0; i < 10000; i++) printf "n%d,Thing %d,%s\n", i, i, (i % 3 ? "Place" : "State") }' >"$work/big/nodes.csv"
awk 'BEGIN { print "source,target,type"; s = 7; for (i = 0; i < 30000; i++) { s = (s * 16807) % 2147483647; a = s % 10000; s = (s * 16807) % 2147483647; print "n" a ",n" (s % 2000) ",located_in" } }' >"$work/big/edges.csv"
"$program" --quiet export "$root/seeds" -o "$work/seeds.html"
"$program" --quiet export "$work/hostile" -o "$work/hostile.html"
"$program" --quiet export "$work/big" -o "$work/big.html"
cp "$here/explorer.mjs" "$work/"
cd "$work" && node explorer.mjs "$browser" "$work" "${SHOTS:-}"
