#!/usr/bin/env bash
# Formatting, static checks, layers, and what else can be proved of the tree without running it. Exit 1 on any finding.
set -u
cd "$(dirname "$0")/../.." || exit 1
bad=0
say() { echo "lint: $*"; }
fail() { say "$@"; bad=1; }

mapfile -t sources < <(git ls-files -co --exclude-standard '*.c' '*.h')

clang-format --dry-run -Werror "${sources[@]}" >/tmp/assay-format.$$ 2>&1 ||
    { head -20 /tmp/assay-format.$$; fail "not formatted: run make format"; }
rm -f /tmp/assay-format.$$

python3 src/dev/layers.py --self-test || fail "the layer check cannot go red"
python3 src/dev/layers.py || fail "layers"

for script in $(git ls-files -co --exclude-standard '*.sh' 'conformance/testees/*/setup' .ci/run); do
    bash -n "$script" || fail "$script"
done

# Every folder says what lives in it.
for folder in $(git ls-files -co --exclude-standard | xargs -n1 dirname | sort -u); do
    case $folder in
    . | .ci | */test | conformance/testees/* | conformance/glue/* | conformance/vectors/* | fuzz* | src/wire/test) continue ;;
    esac
    [ -f "$folder/README.md" ] || fail "$folder has no README.md"
done

# A build for users holds no planted fault.
if [ -f build/release-gcc/assay ]; then
    nm build/release-gcc/assay | grep -q tw_fault && fail "the release build holds planted faults"
fi

# Man pages are well-formed, and every public function stands in the one for the library.
for page in src/man/*.[0-9]; do
    mandoc -Tlint -Wwarning "$page" || fail "$page"
done
src/dev/man_check.sh || fail "src/man/thriftwire.3 does not match the headers"

# The schema is valid and every vector file follows it.
python3 src/dev/schema_check.py || fail "conformance/vectors"

tidy_one() {
    clang-tidy --quiet "$1" -- -std=c11 -Isrc -I/usr/include/libxml2 -D_GNU_SOURCE -DASSAY_VERSION='"x"' \
        -DASSAY_PREFIX='"/usr/local"' 2>/dev/null
}
export -f tidy_one
printf '%s\n' "${sources[@]}" | grep '\.c$' | xargs -P "$(nproc)" -I{} bash -c 'tidy_one {} || echo "lint: clang-tidy: {}" ' \
    >/tmp/assay-tidy.$$
if [ -s /tmp/assay-tidy.$$ ]; then
    cat /tmp/assay-tidy.$$
    fail "clang-tidy"
fi
rm -f /tmp/assay-tidy.$$

[ $bad = 0 ] && say "clean: ${#sources[@]} files"
exit $bad
