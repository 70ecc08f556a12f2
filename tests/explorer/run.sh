#!/usr/bin/env bash
# The explorer in a real browser: `tests/explorer/run.sh [silkgraph]`.
#
# What it needs (playwright-core, and a Chromium where there is none) goes into a cache outside of the repository
# (SILKGRAPH_EXPLORER, else the user's cache). Where that cannot be done it skips, and says so. CHROMIUM names the browser;
# SHOTS a folder for screenshots to look at. Exit status: 0 passed or skipped; 1 failed.
set -u
here=$(cd "${0%/*}" && pwd)
root=$(cd "$here/../.." && pwd)
program=${1:-$root/target/debug/silkgraph}
cache=${SILKGRAPH_EXPLORER:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/silkgraph-explorer}

has() { command -v "$1" >/dev/null 2>&1; }
skip() { echo "explorer: SKIPPED, $1"; exit 0; }
# A network that never answers must not hold up everything else.
within() { if has timeout; then timeout "$@"; else shift; "$@"; fi; }

[ -x "$program" ] || skip "there is no program at $program (cargo build makes it)"
has node && has npm || skip "there is no node with npm here"
for tool in mktemp mkdir rm cp awk; do has "$tool" || skip "there is no $tool here"; done

mkdir -p "$cache" 2>/dev/null || skip "$cache cannot be made"
playwright=$cache/node_modules/playwright-core
[ -d "$playwright" ] || (cd "$cache" && within 240 npm install --silent --no-audit --no-fund playwright-core@1 >/dev/null 2>&1)
[ -d "$playwright" ] || skip "npm cannot install playwright-core here"

installed() {
    for name in chromium chromium-browser google-chrome; do command -v "$name" 2>/dev/null && return; done
    PLAYWRIGHT_BROWSERS_PATH=$cache/browsers node -e '
        const path = require(process.argv[1]).chromium.executablePath();
        if (require("fs").existsSync(path)) console.log(path);' "$playwright" 2>/dev/null
}
browser=${CHROMIUM:-$(installed)}
if [ -z "$browser" ]; then
    echo "explorer: there is no Chromium here, one is fetched"
    PLAYWRIGHT_BROWSERS_PATH=$cache/browsers within 400 node "$playwright/cli.js" install chromium >/dev/null 2>&1
    browser=$(installed)
fi
if [ -z "$browser" ] && has apt-get && [ "$(id -u 2>/dev/null)" = 0 ]; then
    (within 120 apt-get update && within 400 apt-get install --yes --no-install-recommends chromium) >/dev/null 2>&1
    browser=$(installed)
fi
[ -n "$browser" ] || skip "no Chromium can be installed here (CHROMIUM=… names one)"
within 60 "$browser" --headless --no-sandbox --disable-gpu --dump-dom about:blank >/dev/null 2>&1 || skip "$browser does not start here"

work=$(mktemp -d) || skip "no temporary folder can be made"
trap 'rm -rf "$work"' EXIT
mkdir "$work/big" "$work/hostile"
cp "$here/hostile.txt" "$work/hostile/"
# 10,000 nodes and 30,000 relations, the same every time.
awk 'BEGIN { print "id,name,type"; for (i = 0; i < 10000; i++) printf "n%d,Thing %d,%s\n", i, i, (i % 3 ? "Place" : "State") }' >"$work/big/nodes.csv"
awk 'BEGIN { print "source,target,type"; s = 7; for (i = 0; i < 30000; i++) { s = (s * 16807) % 2147483647; a = s % 10000; s = (s * 16807) % 2147483647; print "n" a ",n" (s % 2000) ",located_in" } }' >"$work/big/edges.csv"
for part in "$root/seeds seeds" "$work/hostile hostile" "$work/big big"; do
    "$program" --quiet export "${part% *}" -o "$work/${part##* }.html" || { echo "explorer: FAILED to export ${part##* }"; exit 1; }
done
cp "$here/explorer.mjs" "$work/"
# Modules are looked for beside the script.
mkdir "$work/node_modules" && cp -R "$playwright" "$work/node_modules/"
cd "$work" && node explorer.mjs "$browser" "$work" "${SHOTS:-}"
