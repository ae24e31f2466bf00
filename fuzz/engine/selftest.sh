#!/usr/bin/env bash
# Plants each harness's fault and wants the harness to find it, by one of its tokens. Prints TAP.
# Usage: selftest.sh [--engine] [NAME...]     without --engine the committed seeds alone must show it; with it, libFuzzer has 30 s
set -u
cd "$(dirname "$0")/../.." || exit 1
build=${BUILD:-build}
variant=faults cc=gcc
if [ "${1:-}" = --engine ]; then
    variant=libfuzzer-faults cc=clang
    shift
fi
names=${*:-$(cd fuzz && printf '%s\n' *.c | sed 's/\.c$//')}
make --no-print-directory -s -j"$(nproc)" BUILD="$build" VARIANT=faults CC=gcc fuzz-variant >/dev/null || exit 1
[ $variant = faults ] || make --no-print-directory -s -j"$(nproc)" BUILD="$build" VARIANT=$variant CC=$cc fuzz-variant >/dev/null || exit 1
work=$build/fuzz/selftest
rm -rf "$work" && mkdir -p "$work"

# What the harness prints with a fault planted ("" for none).
run() { # NAME FAULT
    if [ $variant = faults ]; then
        TW_FAULT=$2 "$build/faults-gcc/fuzz/$1" "corpus/$1" 2>&1
    else
        mkdir -p "$work/$1"
        (cd "$work/$1" && ASAN_OPTIONS=allocator_may_return_null=1 TW_FAULT=$2 timeout 60 "$(realpath "$OLDPWD/$build")/$variant-$cc/fuzz/$1" \
            -max_total_time=30 -timeout=10 -seed=1 -use_value_profile=1 . "$OLDPWD/corpus/$1" 2>&1)
    fi
}

number=0
result() { # OK TEXT
    number=$((number + 1))
    [ "$1" = 0 ] && echo "ok $number - $2" || echo "not ok $number - $2"
}
for name in $names; do
    about=$("$build/faults-gcc/fuzz/$name" --describe)
    fault=$(echo "$about" | python3 -c 'import json, sys; print(json.load(sys.stdin)["self_test"])')
    began=$(date +%s%N)
    said=$(run "$name" "$fault")
    seconds=$(python3 -c "print(f'{($(date +%s%N) - $began) / 1e9:.1f}')")
    token=$(echo "$said" | sed -n "s/^fuzz: $name: \([a-z-]*\).*/\1/p" | head -1)
    echo "$about" | grep -q "\"${token:-none}\"[],]" && result 0 "$name finds $fault: $token, $seconds s" ||
        { result 1 "$name does not find $fault (${token:-nothing}), $seconds s"; echo "$said" | tail -3 | sed 's/^/# /'; }
done
echo "1..$number"
