# What the tests of the command line share; sourced by each of them. It makes an empty folder and enters it; tests
# print TAP and end with `finish`. ASSAY is the program; build/assay of the tree that this file is in unless told.
# shellcheck shell=bash
set -u
tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(cd "$tests/../../.." && pwd)
assay=${ASSAY:-$tree/build/assay}
case $assay in /*) ;; *) assay=$PWD/$assay ;; esac
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
unset NO_COLOR ASSAY_VECTORS TEST_TOTAL_SHARDS TEST_SHARD_INDEX TEST_SHARD_STATUS_FILE
export TERM=xterm
n=0 bad=0
verbs="decode encode transcode explain run repro doctor known profile matrix testee list show vectors"

# result NAME GOOD: GOOD is 0 or not.
result() {
    n=$((n + 1))
    if [ "$2" = 0 ]; then
        echo "ok $n - $1"
    else
        bad=$((bad + 1))
        echo "not ok $n - $1"
    fi
}

# call ARG...: runs the program with no input; leaves its output in `out` and `err`, its status in $got.
call() {
    timeout 100 "$assay" "$@" >out 2>err </dev/null
    got=$?
}

# judge NAME STATUS STDOUT STDERR: whether that came of the last call; STDOUT and STDERR are globs.
judge() {
    # shellcheck disable=SC2053
    [ "$got" = "$2" ] && [[ "$(cat out)" == $3 ]] && [[ "$(cat err)" == $4 ]]
    local good=$?
    result "$1" $good
    [ $good = 0 ] && return
    echo "# status $got, wanted $2"
    head -40 out | sed 's/^/# out: /'
    head -40 err | sed 's/^/# err: /'
}

# check NAME STATUS STDOUT STDERR ARG...
check() {
    local name=$1 status=$2 out=$3 err=$4
    shift 4
    call "$@"
    judge "$name" "$status" "$out" "$err"
}

# check_that NAME COMMAND...: the command succeeds.
check_that() {
    local name=$1
    shift
    "$@"
    result "$name" $?
}

# Waits until a command succeeds, 10 seconds at most.
await() {
    for _ in $(seq 200); do
        "$@" && return 0
        sleep 0.05
    done
    return 1
}

# Waits until none of the processes whose ids stand in a file is there any more.
all_gone() {
    local pid
    [ -s "$1" ] || return 1
    while read -r pid; do
        await process_gone "$pid" || return 1
    done <"$1"
}

process_gone() { ! kill -0 "$1" 2>/dev/null || grep -q '^State:[[:space:]]Z' "/proc/$1/status" 2>/dev/null; }

# Whether a file is JSON of which a Python expression over `r` holds.
json_holds() { python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$1" "$2"; }

# A few vectors in ./vectors: four to accept, two to refuse, over both protocols.
make_vectors() {
    mkdir -p vectors/compact vectors/binary
    cat >vectors/compact/mini.json <<'JSON'
{"format": 1, "topic": "compact/mini", "license": "CC0-1.0", "tests": [
 {"id": "compact/mini/empty", "title": "an empty struct", "why": "It is the smallest.", "rule": "compact.struct.stop",
  "stack": "compact", "wire": ["00 | stop"], "expect": "accept", "value": "struct{}", "canonical": true},
 {"id": "compact/mini/i32", "title": "an i32 of 5", "why": "Numbers travel.", "rule": "compact.struct.stop",
  "stack": "compact", "wire": ["15 0a | field 1: i32 5", "00 | stop"], "expect": "accept",
  "value": "struct{1: i32 5}", "canonical": true},
 {"id": "compact/mini/string", "title": "a string of two", "why": "Text travels.", "rule": "compact.struct.stop",
  "stack": "compact", "wire": ["18 02 68 69 | field 1: hi", "00 | stop"], "expect": "accept",
  "value": "struct{1: string \"hi\"}", "canonical": true},
 {"id": "compact/mini/none", "title": "nothing", "why": "It happens.", "rule": "compact.struct.stop", "verb": "skip",
  "stack": "compact", "wire": ["11 | field 1: true"], "expect": "reject", "twin": "compact/mini/empty",
  "error": {"class": "truncated", "offset": 1}}
]}
JSON
    cat >vectors/binary/mini.json <<'JSON'
{"format": 1, "topic": "binary/mini", "license": "CC0-1.0", "tests": [
 {"id": "binary/mini/i32", "title": "an i32 of 5 in binary", "why": "Numbers travel.", "rule": "binary.struct.stop",
  "stack": "binary", "wire": ["08 0001 00000005 | field 1: i32 5", "00 | stop"], "expect": "accept",
  "value": "struct{1: i32 5}", "canonical": true},
 {"id": "binary/mini/cut", "title": "cut in a value", "why": "Connections break.", "rule": "binary.struct.stop",
  "stack": "binary", "wire": ["08 0001 00000005 | field 1: i32 5"], "expect": "reject", "twin": "binary/mini/i32",
  "error": {"class": "truncated", "offset": 7}}
]}
JSON
}

finish() {
    echo "1..$n"
    [ $bad = 0 ]
    exit
}
