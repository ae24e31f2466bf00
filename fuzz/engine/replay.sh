#!/usr/bin/env bash
# Runs every harness over its committed corpus and over all regressions, without an engine. Prints TAP, one test a harness; a property
# that fails, a crash, a time-out, and a digest other than the committed one are failures.
# Usage: replay.sh [NAME...]     VARIANT (release), CC (gcc), HEX (bytes) or FILE instead of the corpus
set -u
cd "$(dirname "$0")/../.." || exit 1
build=${BUILD:-build} variant=${VARIANT:-release} cc=${CC:-gcc}
names=${*:-$(cd fuzz && printf '%s\n' *.c | sed 's/\.c$//')}
# What MSan cannot judge: zlib and jansson are not compiled with it. Other harnesses leave out the stacks with zlib themselves.
[ "$variant" != msan ] || names=$(echo $names | tr ' ' '\n' | grep -vE '^(zlib_round_trip|vector_loader)$')
make --no-print-directory -s -j"$(nproc)" BUILD="$build" VARIANT="$variant" CC="$cc" \
    $(for n in $names; do echo "$build/$variant-$cc/fuzz/$n"; done) >"$build/replay-build.log" 2>&1 ||
    { grep -v '^  ' "$build/replay-build.log" | head -20; echo "not ok 1 - the harnesses build with $cc"; exit 1; }
ulimit -c 0
export ASAN_OPTIONS=${ASAN_OPTIONS:-allocator_may_return_null=1}
programs=$build/$variant-$cc/fuzz
if [ -n "${HEX:-}" ] || [ -n "${FILE:-}" ]; then
    status=0
    for name in $names; do
        "$programs/$name" ${HEX:+--hex "$HEX"} ${FILE:+"$FILE"} || status=1
    done
    exit $status
fi

number=0 status=0
for name in $names; do
    number=$((number + 1))
    expect=()
    # Specimens that MSan leaves out have no digest.
    [ "$variant" = msan ] || expect=(--expect "corpus/$name.digest")
    if said=$("$programs/$name" "${expect[@]}" "corpus/$name" 2>&1) &&
        said=$said$("$programs/$name" corpus/regressions 2>&1); then
        echo "ok $number - replay $name ($variant, $cc): $(find "corpus/$name" -type f | wc -l) files"
    else
        echo "not ok $number - replay $name ($variant, $cc)"
        echo "$said" | head -20 | sed 's/^/# /'
        status=1
    fi
done
echo "1..$number"
exit $status
