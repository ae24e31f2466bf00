#!/usr/bin/env bash
# Chooses the seeds of harnesses from the golden vectors (and text from the tree): small ones that show the planted faults, and a set
# that covers what all cover. Writes corpus/NAME, at most 200 files and 256 KiB, and the digests of what the codec does with them,
# corpus/NAME.digest.
# Usage: seeds.sh [--digests] [NAME...]     --digests: leave the seeds, write the digests again
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
only_digests=
if [ "${1:-}" = --digests ]; then
    only_digests=1
    shift
fi
make --no-print-directory -s -j"$(nproc)" BUILD="$build" VARIANT=release CC=gcc fuzz-variant "$build/release-gcc/fuzz-seed" >&2
[ -n "$only_digests" ] || {
    make --no-print-directory -s -j"$(nproc)" BUILD="$build" VARIANT=faults CC=gcc fuzz-variant >&2
    make --no-print-directory -s -j"$(nproc)" BUILD="$build" VARIANT=libfuzzer CC=clang fuzz-variant >&2
}
names=${*:-$(cd fuzz && printf '%s\n' *.c | sed 's/\.c$//')}
all=$build/fuzz/seeds
most_files=200 most_bytes=262144

# The faults that a harness is asked for: all, where its property is about what most faults break and an input is cheap; else its own,
# and those that differential cannot show.
faults_for() { # NAME
    case $1 in
    differential | round_trip | transcode | canonical_idempotent | skip_equals_decode | any_chunking | limits_monotone | notation_text | zlib_round_trip)
        cat "$all/faults" ;;
    *)
        {
            "$build/faults-gcc/fuzz/$1" --describe | python3 -c 'import json, sys; print(json.load(sys.stdin)["self_test"])'
            cat "$all/hidden"
        } | sort -u ;;
    esac
}

# The files that show faults; where differential cannot show one, a digest that changes does too.
kills() { # NAME FOLDER
    faults_for "$1" | python3 fuzz/engine/kills.py "$build/faults-gcc/fuzz/$1" "$2"
    "$build/release-gcc/fuzz/$1" --digest "$2" >"$2.digest"
    python3 fuzz/engine/kills.py "$build/faults-gcc/fuzz/$1" "$2" "$2.digest" <"$all/hidden"
}

candidates() { # NAME FOLDER
    local status=0
    rm -rf "$2" && mkdir -p "$2"
    python3 fuzz/engine/seed_text.py "$1" "$2" || status=$?
    case $status in
    0) ;;
    3) cp -t "$2" "$all"/golden/* ;;
    *) return 1 ;;
    esac
    # Each file costs these much, and a tenth shows them as much as all.
    case $1 in generate_encode | superlinear) find "$2" -type f ! -name '*0' -delete ;; esac
    # What is there already stays, where it still covers something of its own.
    [ ! -d "corpus/$1" ] || find "corpus/$1" -type f -exec cp -t "$2" {} +
}

# The fewest files that reach what all reach: the edges, or edges and how often.
cover() { # NAME FROM TO FLAGS...
    local name=$1 from=$2 to=$3
    shift 3
    rm -rf "$to" && mkdir -p "$to"
    "$build/libfuzzer-clang/fuzz/$name" -set_cover_merge=1 -timeout=10 "$@" "$to" "$from" >"$to.log" 2>&1 || { tail -5 "$to.log" >&2; return 1; }
}

choose() { # NAME
    local from=$all/$1 to=$all/$1.chosen files=0 bytes=0 file sum
    candidates "$1" "$from"
    cover "$1" "$from" "$from.edges" -use_counters=0
    cover "$1" "$from" "$from.counts"
    kills "$1" "$from" >"$from.kills"
    # First what shows a planted fault, then what alone reaches a branch, then what goes there more often, the smallest first, as long
    # as there is room.
    rm -rf "$to" && mkdir -p "$to"
    while read -r file; do
        sum=$(sha1sum "$file" | cut -d' ' -f1)
        [ ! -f "$to/$sum" ] || continue
        files=$((files + 1)) bytes=$((bytes + $(stat -c %s "$file")))
        [ $files -le $most_files ] && [ $bytes -le $most_bytes ] || break
        cp "$file" "$to/$sum"
    done < <(
        sed "s|^|$from/|" "$from.kills"
        find "$from.edges" -type f -printf '%s %p\n' | sort -n | cut -d' ' -f2
        find "$from.counts" -type f -printf '%s %p\n' | sort -n | cut -d' ' -f2
    )
    # The committed ones go only when all that takes their place is there.
    rm -rf "corpus/$1" && cp -r "$to" "corpus/$1"
}

if [ -z "$only_digests" ]; then
    rm -rf "$all" && mkdir -p "$all/golden"
    "$build/release-gcc/fuzz-seed" conformance/vectors "$all/golden"
    sed -n 's/^FAULT(\([A-Z0-9_]*\),.*/\1/p' src/wire/base/fault.def >"$all/faults"
    python3 fuzz/engine/kills.py --hidden "$build/faults-gcc/fuzz/differential" "$all/golden" <"$all/faults" >"$all/hidden"
fi
mkdir -p "$build/fuzz"
for name in $names; do
    [ -n "$only_digests" ] || choose "$name"
    "$build/release-gcc/fuzz/$name" --digest "corpus/$name" >"$build/fuzz/$name.digest"
    mv "$build/fuzz/$name.digest" "corpus/$name.digest"
    echo "$name: $(find "corpus/$name" -type f | wc -l) files, $(du -sb --apparent-size "corpus/$name" | cut -f1) bytes"
done
