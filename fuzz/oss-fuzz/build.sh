#!/bin/bash
# Builds every harness as OSS-Fuzz wants it: compiler, flags, engine and sanitizers come from the environment and from nowhere
# else; into $OUT go one self-contained program a harness, and beside it its seeds, dictionary and options.
#
#   CC CXX CFLAGS CXXFLAGS LIB_FUZZING_ENGINE OUT   as OSS-Fuzz sets them
#   WORK                                            objects; a new folder unless given
#   JOBS                                            compilers at a time
set -euo pipefail
root=${SRC:+$SRC/assay}
[ -n "$root" ] && [ -d "$root/fuzz" ] || root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
work=${WORK:-$(mktemp -d)}
jobs=${JOBS:-$(nproc)}

common=(-std=c11 -D_GNU_SOURCE -Isrc -I. '-DASSAY_VERSION="fuzz"' '-DASSAY_PREFIX="/usr/local"')
# What the mutator is built with: it is not what is tested, and coverage of it would only mislead the engine.
plain=(-fno-sanitize=all -fno-sanitize-coverage=edge,trace-pc-guard,inline-8bit-counters,pc-table,trace-cmp,indirect-calls)

# Compiles files into the folder, as many at a time as there are jobs. Arguments: FOLDER FLAGS -- FILES
compile() {
    local folder=$1 flags=() file
    shift
    while [ "$1" != -- ]; do flags+=("$1") && shift; done
    shift
    for file in "$@"; do
        mkdir -p "$(dirname "$folder/$file")"
        printf '%s\0' "$file"
    done | xargs -0 -P "$jobs" -I{} $CC $CFLAGS "${common[@]}" "${flags[@]}" -c -o "$folder/{}.o" {}
}
objects() { # FOLDER FILES
    local folder=$1
    shift
    printf "$folder/%s.o\n" "$@"
}
sources() { find "$@" -name '*.c' -not -name '*_test.c' -not -path '*/test/*' | sort; }

# All below the harnesses but what drives processes: no property needs libuv.
mapfile -t shared < <(sources src/wire src/suite fuzz/harness fuzz/naive | grep -v '^src/suite/run/' | xargs grep -L '<uv.h>')
mapfile -t harnesses < <(find fuzz -maxdepth 1 -name '*.c' -not -name '*_test.c' | sort)
mapfile -t wire < <(sources src/wire)
mapfile -t mutator < <(sources src/wire src/suite/mutate src/suite/case)
compile "$work" -- "${shared[@]}" "${harnesses[@]}" fuzz/engine/libfuzzer.c fuzz/engine/finding.c
compile "$work/plain" "${plain[@]}" -- "${mutator[@]}" fuzz/engine/mutator.c
# superlinear counts the blocks of the library that are entered, by a function of its own (fuzz/fuzz.mk).
compile "$work/counted" -fsanitize-coverage=trace-pc -- "${wire[@]}"
objects "$work/counted" "${wire[@]}" | xargs -n1 objcopy --redefine-sym __sanitizer_cov_trace_pc=fuzz_work_step

rm -f "$work"/*.a
objects "$work" "${shared[@]}" | xargs ar rcs "$work/libshared.a"
objects "$work/counted" "${wire[@]}" | xargs ar rcs "$work/libcounted.a"
# Its copy of the library stays its own: only what the engine calls is seen from outside.
objects "$work/plain" "${mutator[@]}" | xargs ar rcs "$work/libplain.a"
ld -r -o "$work/all.o" "$work/plain/fuzz/engine/mutator.c.o" "$work/libplain.a"
objcopy -G LLVMFuzzerCustomMutator -G LLVMFuzzerCustomCrossOver "$work/all.o" "$work/mutator.o"

for file in "${harnesses[@]}"; do
    name=$(basename "$file" .c)
    counted=
    [ "$name" != superlinear ] || counted=$work/libcounted.a
    # shellcheck disable=SC2086
    $CXX ${CXXFLAGS:-$CFLAGS} -o "$OUT/$name" "$work/$file.o" "$work/fuzz/engine/libfuzzer.c.o" "$work/fuzz/engine/finding.c.o" \
        "$work/mutator.o" $LIB_FUZZING_ENGINE $counted "$work/libshared.a" -Wl,-Bstatic -ljansson -lz -Wl,-Bdynamic -lpthread -ldl -lm
    cp fuzz/dict/thrift.dict "$OUT/$name.dict"
    printf '[libfuzzer]\nmax_len = 4096\ntimeout = 25\nrss_limit_mb = 2560\n' >"$OUT/$name.options"
    python3 - "$OUT/${name}_seed_corpus.zip" "corpus/$name" <<'PY'
import pathlib, sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as bundle:
    for seed in sorted(pathlib.Path(sys.argv[2]).glob("*")):
        bundle.write(seed, seed.name)
PY
done
