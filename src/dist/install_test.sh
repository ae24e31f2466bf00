#!/usr/bin/env bash
# Installs into an empty folder, uses what is there as somebody would who has nothing else, and uninstalls. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
n=0
check() { # NAME COMMAND...
    local name=$1
    shift
    n=$((n + 1))
    if "$@" >"$dir/log" 2>&1; then echo "ok $n - $name"; else
        echo "not ok $n - $name"
        sed 's/^/# /' "$dir/log"
    fi
}

cat >"$dir/user.c" <<'C'
#include <stdio.h>
#include <thriftwire.h>

int main(void)
{
    static const unsigned char bytes[] = {0x15, 0x0a, 0x00};
    tw_tree tree;
    tw_outcome out;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    if (tw_decode(&tw_compact, tw_bytes_of(bytes, sizeof bytes), NULL, &tree, &out) != TW_OK) return 1;
    printf("%d\n", (int)tw_node_first(tw_tree_root(&tree))->u.i);
    tw_tree_deinit(&tree);
    return 0;
}
C

prefix=$dir/usr
check "make install" make --no-print-directory -s install PREFIX="$prefix"
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
for cc in gcc clang; do
    # shellcheck disable=SC2046
    check "a program with the shared library, $cc" \
        bash -c "$cc -Wall -Werror -o $dir/shared $dir/user.c $(pkg-config --cflags --libs thriftwire) &&
                 [ \"\$(LD_LIBRARY_PATH=$prefix/lib $dir/shared)\" = 5 ]"
    check "a program with the static library, $cc" \
        bash -c "$cc -Wall -Werror -o $dir/static $dir/user.c -I$prefix/include/thriftwire $prefix/lib/libthriftwire.a -lz &&
                 [ \"\$($dir/static)\" = 5 ]"
done
check "the installed tool finds the installed vectors" \
    bash -c "cd / && ASSAY_VECTORS= $prefix/bin/assay list --vectors $prefix/share/assay/vectors | grep -q ^compact/"
check "man pages" bash -c "mandoc -Tlint -Wwarning $prefix/share/man/man1/assay.1 $prefix/share/man/man3/thriftwire.3"
check "the library exports nothing but tw_ names" \
    bash -c "! nm -D --defined-only $prefix/lib/libthriftwire.so.0 | awk '{print \$3}' | grep -v '^tw_' | grep -v '^_'"
check "make uninstall" make --no-print-directory -s uninstall PREFIX="$prefix"
check "nothing is left" bash -c "[ -z \"\$(find $prefix -type f -o -type l)\" ]"
check "DESTDIR" bash -c "make --no-print-directory -s install DESTDIR=$dir/stage PREFIX=/usr && [ -x $dir/stage/usr/bin/assay ] &&
    grep -q '^prefix=/usr\$' $dir/stage/usr/lib/pkgconfig/thriftwire.pc"
