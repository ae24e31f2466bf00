#!/usr/bin/env bash
# Builds the harnesses with OSS-Fuzz's variables and applies the rules by which its base-runner refuses a build, so that a build
# that breaks there breaks here first. Prints TAP.
#
#   check.sh [NAME...]     all harnesses unless named
#   check.sh --self-test   breaks each rule on purpose in a copy and wants it noticed
set -u
cd "$(dirname "$0")/../.." || exit 1
build=$(realpath -m "${BUILD:-build}")
top=$build/ossfuzz
clang=${CLANG:-clang}
count=0 failed=0
ok() { count=$((count + 1)); echo "ok $count - $*"; }
bad() { count=$((count + 1)); failed=$((failed + 1)); echo "not ok $count - $*"; }

# Calls of functions with that prefix in a program's code.
calls() { objdump -d --no-show-raw-insn "$1" | grep -cE "call.*<$2"; }

# The rules for one program. Prints what is broken, nothing when all is well. Arguments: FOLDER NAME SANITIZER
broken_rules() {
    local program=$1/$2 sanitizer=$3 asan ubsan size
    [[ $2 =~ ^[A-Za-z0-9_-]+$ ]] || echo "its name has characters other than letters, digits, _ and -"
    [ -x "$program" ] || { echo "no program"; return; }
    head -c 4 "$program" | grep -q ELF || { echo "it is not an ELF program"; return; }
    grep -q LLVMFuzzerTestOneInput "$program" || echo "it does not hold the string LLVMFuzzerTestOneInput"
    asan=$(calls "$program" __asan)
    ubsan=$(calls "$program" __ubsan)
    case $sanitizer in
    address)
        [ "$asan" -ge 1000 ] || echo "$asan calls of ASan, 1000 are wanted"
        [ "$ubsan" -le 200 ] || echo "$ubsan calls of UBSan in a build for ASan, 200 are allowed"
        ;;
    undefined)
        [ "$ubsan" -ge 168 ] || echo "$ubsan calls of UBSan, 168 are wanted"
        [ "$asan" -le 200 ] || echo "$asan calls of ASan in a build for UBSan, 200 are allowed"
        ;;
    esac
    # One byte of counters an edge.
    size=$((16#$(objdump -h "$program" | awk '$2 == "__sancov_cntrs" {print $3}' | grep . || echo 0)))
    [ "$size" -ge 100 ] || echo "$size instrumented edges, 100 are wanted"
    ldd "$program" | grep -vE 'linux-vdso|lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+|resolv)\.so|ld-linux|statically' |
        sed 's/^[[:space:]]*/it needs a library: /'
    [ -f "$program.options" ] || echo "no .options"
    if [ ! -s "$program.dict" ]; then
        echo "no .dict"
    fi
    python3 -c 'import sys, zipfile; sys.exit(not zipfile.ZipFile(sys.argv[1]).namelist())' "$1/$2_seed_corpus.zip" 2>/dev/null ||
        echo "no seeds in $2_seed_corpus.zip"
    # From a folder that the build never knew, with no variable of the build.
    (
        cd / && rm -rf "$1/seeds" && mkdir "$1/seeds" &&
            python3 -m zipfile -e "$1/$2_seed_corpus.zip" "$1/seeds" 2>/dev/null
        env -i PATH="$PATH" HOME=/nonexistent timeout 60 "$program" -rss_limit_mb=2560 -timeout=25 -seed=1337 -runs=200 \
            -dict="$program.dict" "$1/seeds" </dev/null >"$1/$2.log" 2>&1
    ) || echo "it does not run from a moved folder: $(grep -m1 -E 'ERROR|error|PROP' "$1/$2.log" || tail -1 "$1/$2.log")"
    rm -rf "$1/seeds"
}

engine() { # where libFuzzer's own archive is
    find "$("$clang" -print-resource-dir)/lib" -name 'libclang_rt.fuzzer-x86_64.a' | head -1
}

build_for() { # SANITIZER FLAGS
    local folder=$top/$1
    rm -rf "$folder" && mkdir -p "$folder/out" "$folder/work"
    env -u MAKEFLAGS CC="$clang" CXX="$clang++" OUT="$folder/out" WORK="$folder/work" SRC= LIB_FUZZING_ENGINE="$(engine) -lstdc++" \
        CFLAGS="-O1 -fno-omit-frame-pointer -gline-tables-only -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION $2 -fsanitize=fuzzer-no-link" \
        CXXFLAGS="-O1 -fno-omit-frame-pointer $2" bash fuzz/oss-fuzz/build.sh >"$folder/build.log" 2>&1 || {
        tail -20 "$folder/build.log" | sed 's/^/# /'
        return 1
    }
    # Programs run elsewhere than they were built.
    rm -rf "$folder/moved" && mv "$folder/out" "$folder/moved"
}

self_test() {
    local base=$top/address/moved name spoiled=$top/spoiled
    name=$(basename "$(find "$base" -maxdepth 1 -type f -perm -u+x | sort | head -1)")
    [ -n "$name" ] || { bad "nothing was built"; return; }
    spoil() { # WHAT EXPECTED COMMAND...
        local what=$1 expected=$2 out
        shift 2
        rm -rf "$spoiled" && mkdir -p "$spoiled" && cp "$base/$name" "$base/$name".* "$base/${name}_seed_corpus.zip" "$spoiled/"
        (cd "$spoiled" && "$@")
        out=$(broken_rules "$spoiled" "$name" "${sanitizer:-address}" 2>/dev/null)
        case $out in *"$expected"*) ok "noticed: $what" ;; *) bad "not noticed: $what (${out:-nothing said})" ;; esac
    }
    spoil "no dictionary" "no .dict" rm "$name.dict"
    spoil "no options" "no .options" rm "$name.options"
    spoil "no seeds" "no seeds" python3 -c "import zipfile; zipfile.ZipFile('${name}_seed_corpus.zip', 'w')"
    spoil "a script in place of a program" "not an ELF" sh -c "printf '#!/bin/sh\n' >$name"
    sanitizer=undefined spoil "a build for the other sanitizer" "calls of ASan in a build for UBSan"
    spoil "a program without an engine" "LLVMFuzzerTestOneInput" cp /bin/true "$name"
    spoil "a program that fails on its seeds" "does not run" sh -c "python3 - <<'PY'
import zipfile
with zipfile.ZipFile('${name}_seed_corpus.zip', 'w') as z: z.writestr('a', b'x')
PY
        mv $name real && printf '' >$name.options && cp real $name && truncate -s 4096 $name"
    rm -rf "$spoiled"
}

if [ "${1:-}" = --self-test ]; then
    [ -d "$top/address/moved" ] || build_for address "-fsanitize=address -fsanitize-address-use-after-scope" || exit 1
    self_test
else
    names=$*
    [ -n "$names" ] || names=$(find fuzz -maxdepth 1 -name '*.c' -not -name '*_test.c' -exec basename {} .c \; | sort)
    for sanitizer in address undefined; do
        case $sanitizer in
        address) flags="-fsanitize=address -fsanitize-address-use-after-scope" ;;
        undefined) flags="-fsanitize=array-bounds,bool,builtin,enum,integer-divide-by-zero,null,object-size,return,returns-nonnull-attribute,shift,signed-integer-overflow,unreachable,vla-bound,vptr -fno-sanitize-recover=array-bounds,bool,builtin,enum,integer-divide-by-zero,null,object-size,return,returns-nonnull-attribute,shift,signed-integer-overflow,unreachable,vla-bound,vptr" ;;
        esac
        build_for $sanitizer "$flags" || { bad "the build for $sanitizer"; continue; }
        for name in $names; do
            out=$(broken_rules "$top/$sanitizer/moved" "$name" $sanitizer)
            if [ -z "$out" ]; then ok "$name ($sanitizer)"; else
                bad "$name ($sanitizer)"
                printf '%s\n' "$out" | sed 's/^/# /'
            fi
        done
        all=$(find fuzz -maxdepth 1 -name '*.c' -not -name '*_test.c' -exec basename {} .c \;)
        # A file that is no program and belongs to none would be taken for one.
        for file in "$top/$sanitizer/moved"/*; do
            name=$(basename "$file")
            base=${name%.*} && base=${base%_seed_corpus}
            printf '%s\n' $all | grep -qx "$base" || bad "$name belongs to no harness"
        done
    done
    self_test
fi
echo "1..$count"
[ $failed = 0 ]
