#!/usr/bin/env bash
# Formatting, static checks, layers, and what else can be proved of the tree without running it. Exit 1 on any finding.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=${BUILD:-build}
log=$build/lint.log
mkdir -p "$build"
bad=0
say() { echo "lint: $*"; }
fail() { say "$@"; bad=1; }

mapfile -t sources < <(git ls-files -co --exclude-standard '*.c' '*.h' | while read -r file; do [ -f "$file" ] && echo "$file"; done)

clang-format --dry-run -Werror "${sources[@]}" >"$log" 2>&1 || { head -20 "$log"; fail "not formatted: run make format"; }

python3 src/dev/layers.py --self-test || fail "the layer check cannot go red"
python3 src/dev/layers.py || fail "layers"
python3 fuzz/engine/table.py || fail "fuzz/README.md"

for script in $(git ls-files -co --exclude-standard '*.sh' 'conformance/testees/*/setup' .ci/run); do
    bash -n "$script" || fail "$script"
done

# Every folder says what lives in it.
for folder in $(git ls-files -co --exclude-standard | xargs -n1 dirname | sort -u); do
    case $folder in
    . | .ci | .github/* | .clusterfuzzlite | */test | conformance/testees/* | conformance/glue/* | conformance/vectors/* | fuzz/* | corpus/*) continue ;;
    esac
    [ -f "$folder/README.md" ] || fail "$folder has no README.md"
done

# A build for users holds no planted fault.
if [ -f "$build/release-gcc/assay" ]; then
    nm "$build/release-gcc/assay" | grep -q tw_fault && fail "the release build holds planted faults"
fi

# Every input of the corpus is named by its content, every regression explained, and the explanation true.
if [ -x "$build/assay" ]; then
    "$build/assay" corpus lint >"$log" 2>&1 || { cat "$log"; fail "corpus"; }
fi

# Man pages are well-formed, and every public function stands in the one for the library.
for page in src/man/*.[0-9]; do
    mandoc -Tlint -Wwarning "$page" || fail "$page"
done
src/dev/man_check.sh || fail "thriftwire.3 does not match the headers"

# The schema is valid and every vector file follows it.
python3 src/dev/schema_check.py || fail "conformance/vectors"
if [ -x "$build/assay" ]; then
    "$build/assay" vectors fmt --check conformance/vectors 2>/dev/null || fail "not laid out: run assay vectors fmt conformance/vectors"
fi

# What a file includes beside src/; 1 where that is not installed or not generated yet.
includes_of() {
    case $1 in
    conformance/testees/apache-c-glib/* | src/bench/opponent_glib.c)
        pkg-config --exists thrift_c_glib gobject-2.0 2>/dev/null || return 1
        [ -f "$build/bench/glib/payload_types.h" ] || [ "${1#src/}" = "$1" ] || return 1
        echo "-Iconformance/glue/c -I$build/bench/glib $(pkg-config --cflags thrift_c_glib gobject-2.0)"
        ;;
    conformance/*) echo -Iconformance/glue/c ;;
    fuzz/*) echo -I. ;;
    *) echo -I/usr/include/libxml2 ;;
    esac
}
tidy_one() {
    local includes
    includes=$(includes_of "$1") || { echo "lint: not checked by clang-tidy, its headers are not here: $1" >&2; return 0; }
    # shellcheck disable=SC2086 # a list of options
    clang-tidy --quiet "$1" -- -std=c11 -Isrc $includes -D_GNU_SOURCE -DASSAY_VERSION='"x"' \
        -DASSAY_PREFIX='"/usr/local"' -DGLUE_VERSION='"x"' 2>/dev/null || echo "lint: clang-tidy: $1"
}
export build
export -f includes_of tidy_one
printf '%s\n' "${sources[@]}" | grep '\.c$' | xargs -P "$(nproc)" -I{} bash -c 'tidy_one {}' >"$log"
if [ -s "$log" ]; then
    grep -E ' error: | warning: |^lint: ' "$log" | sort -u
    fail "clang-tidy; all that it says is in $log"
fi

[ $bad = 0 ] && say "clean: ${#sources[@]} files"
exit $bad
