#!/usr/bin/env bash
# Builds stored graphs of made-up corpora and prints a row of the table in docs/performance-build.md for each size.
#
#     benches/corpora.sh [COUNT...]      (1000 10000, if none is given)
#
# JOBS is how many threads read (2), PROFILE how the programs are built (release). User time and peak memory are those of the one
# process, from the shell and from /proc: Linux only. A hundred thousand documents need 3 GB of memory and of disk.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-2} profile=${PROFILE:-release}
cargo build --quiet --profile "$profile" --bin silkgraph --example make_corpus
built=${CARGO_TARGET_DIR:-target}/${profile/#dev/debug}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

# The number at a byte of the stored graph's header.
field() { od -An -t u8 -j "$2" -N 8 "$1" | tr -d ' '; }

# Watches the memory of a process until it ends: the last reading is the peak. No program is started for it, as its time would count.
# The file is read in pieces and may change between them: a reading may miss the line.
watch_memory() {
    local peak=0 key value
    while [ -e "/proc/$1/status" ]; do
        while read -r key value _; do
            if [ "$key" = VmHWM: ] && [ "$value" -gt "$peak" ]; then peak=$value; fi
        done 2>/dev/null < "/proc/$1/status" || break
        sleep 0.05
    done
    echo "$peak" > "$place/peak"
}

row() {
    local count=$1 corpus="$place/corpus" graph="$place/graph.silk" text user nodes edges size records peak
    rm -rf "$corpus" "$graph"
    "$built/examples/make_corpus" "$corpus" "$count"
    text=$(find "$corpus" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
    TIMEFORMAT=%U
    {
        time {
            "$built/silkgraph" build "$corpus" -o "$graph" --jobs "$jobs" --brief 2> "$place/told" &
            watch_memory $! &
            wait $!
            wait
        }
    } 2> "$place/user"
    user=$(tail -n 1 "$place/user")
    nodes=$(sed -nE 's/.* ([0-9]+) nodes, .*/\1/p' "$place/told")
    edges=$(sed -nE 's/.* ([0-9]+) edges of .*/\1/p' "$place/told")
    peak=$(cat "$place/peak")
    size=$(stat -c %s "$graph")
    records=$(($(field "$graph" 16) - $(field "$graph" 56)))
    awk -v n="$count" -v text="$text" -v nodes="$nodes" -v edges="$edges" -v user="$user" -v peak="$peak" -v size="$size" -v rec="$records" \
        'BEGIN { printf "| %d | %.1f MB | %d | %d | %.1f s | %.1f ms | %.0f MB | %.0f kB | %.0f MB | %.0f MB |\n",
                 n, text / 1e6, nodes, edges, user, user * 1e3 / n, peak * 1024 / 1e6, peak * 1024 / 1e3 / n, size / 1e6, rec / 1e6 }'
}

echo "| documents | text | nodes | edges | user time | a document | peak memory | a document | stored graph | of it records |"
echo "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
for count in "${@:-1000 10000}"; do
    # The default is two sizes in one word.
    for one in $count; do row "$one"; done
done
