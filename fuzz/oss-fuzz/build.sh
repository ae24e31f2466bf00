#!/bin/bash -eu
# Builds every harness as OSS-Fuzz wants it: compiler, flags, engine and sanitizers come from the environment and from nowhere
# else; into $OUT go one self-contained program a harness, and beside it its seeds, dictionary and options.
#
#   CC CXX CFLAGS CXXFLAGS LIB_FUZZING_ENGINE OUT   as OSS-Fuzz sets them
#   WORK                                            objects; a new folder unless given
#   JOBS                                            compilers at a time
root=${SRC:+$SRC/assay}
[ -n "$root" ] && [ -d "$root/fuzz" ] || root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
work=${WORK:-$(mktemp -d)}
jobs=${JOBS:-$(nproc)}
export CC CFLAGS work

# The mutator is not what is tested, and coverage of it would only mislead the engine.
compile() {
    local object=$work/${1%.c}.o own=()
    mkdir -p "$(dirname "$object")"
    case $1 in
    src/suite/mutate/*) own=(-fno-sanitize=all -fno-sanitize-coverage=edge,trace-pc-guard,inline-8bit-counters,pc-table,trace-cmp,indirect-calls) ;;
    esac
    # shellcheck disable=SC2086 # a list of flags
    $CC $CFLAGS "${own[@]}" -std=c11 -D_GNU_SOURCE -Isrc -I. -DASSAY_VERSION='"fuzz"' -DASSAY_PREFIX='"/usr/local"' -c -o "$object" "$1"
}
export -f compile

# All below the harnesses but what drives processes: no property needs libuv.
mapfile -t shared < <(find src/wire src/suite fuzz/harness fuzz/naive -name '*.c' -not -name '*_test.c' -not -path '*/test/*' \
    -not -path 'src/suite/run/*' -print0 | xargs -0 grep -L '<uv.h>' | sort)
mapfile -t harnesses < <(find fuzz -maxdepth 1 -name '*.c' -not -name '*_test.c' | sort)
printf '%s\n' "${shared[@]}" "${harnesses[@]}" fuzz/engine/libfuzzer.c | xargs -P "$jobs" -I{} bash -euc 'compile {}'

rm -f "$work/libassay-fuzz.a"
for file in "${shared[@]}"; do printf '%s\n' "$work/${file%.c}.o"; done | xargs ar rcs "$work/libassay-fuzz.a"

for file in "${harnesses[@]}"; do
    name=$(basename "$file" .c)
    # shellcheck disable=SC2086
    $CXX ${CXXFLAGS:-$CFLAGS} -o "$OUT/$name" "$work/fuzz/$name.o" "$work/fuzz/engine/libfuzzer.o" $LIB_FUZZING_ENGINE \
        "$work/libassay-fuzz.a" -Wl,-Bstatic -ljansson -lz -Wl,-Bdynamic -lpthread -ldl -lm
    cp fuzz/dict/thrift.dict "$OUT/$name.dict"
    printf '[libfuzzer]\nmax_len = 4096\ntimeout = 25\nrss_limit_mb = 2560\n' >"$OUT/$name.options"
    python3 - "$OUT/${name}_seed_corpus.zip" "corpus/$name" <<'PY'
import pathlib, sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as bundle:
    for seed in sorted(pathlib.Path(sys.argv[2]).glob("*")):
        bundle.write(seed, seed.name)
PY
done
