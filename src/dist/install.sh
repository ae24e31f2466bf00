#!/usr/bin/env bash
# Installs or uninstalls. Usage: install.sh install|uninstall BUILD VERSION PREFIX DESTDIR
# Every installed path is written to PREFIX/share/assay/manifest, which is what uninstall goes by.
set -eu
verb=$1 build=$2 version=$3 prefix=$4 dest=${5:-}
root=$dest$prefix
manifest=$root/share/assay/manifest

if [ "$verb" = uninstall ]; then
    [ -f "$manifest" ] || { echo "nothing is installed below $root" >&2; exit 1; }
    while IFS= read -r path; do rm -f "$dest$path"; done <"$manifest"
    rm -f "$manifest"
    find "$root/share/assay" "$root/include/thriftwire" -depth -type d -empty -delete 2>/dev/null || true
    echo "uninstalled from $root"
    exit 0
fi

list=$(mktemp)
trap 'rm -f "$list"' EXIT
put() { # MODE FROM TO
    install -D -m "$1" "$2" "$root/$3"
    echo "$prefix/$3" >>"$list"
}

out=$(dirname "$(readlink -f "$build/assay")")
put 755 "$out/assay" bin/assay
put 644 "$out/libthriftwire.a" lib/libthriftwire.a
put 755 "$out/libthriftwire.so.0" lib/libthriftwire.so.0
ln -sfn libthriftwire.so.0 "$root/lib/libthriftwire.so" && echo "$prefix/lib/libthriftwire.so" >>"$list"

# The public headers: the umbrella and all that it brings, as the compiler finds them.
cc=${CC:-gcc}
for header in $($cc -std=c11 -Isrc -MM src/wire/thriftwire.h | tr -d '\\\n' | cut -d: -f2-); do
    case $header in
    */thriftwire.h) put 644 "$header" include/thriftwire/thriftwire.h ;;
    *) put 644 "$header" "include/thriftwire/${header#src/}" ;;
    esac
done

pc=$(mktemp)
cat >"$pc" <<P
prefix=$prefix
includedir=\${prefix}/include/thriftwire
libdir=\${prefix}/lib

Name: thriftwire
Description: The wire formats of Apache Thrift: binary, compact, framed, zlib
Version: $version
Requires.private: zlib
Cflags: -I\${includedir}
Libs: -L\${libdir} -lthriftwire
Libs.private: -lz
P
put 644 "$pc" lib/pkgconfig/thriftwire.pc
python3 src/man/api.py "$version" >"$pc"
put 644 "$pc" share/man/man3/thriftwire.3
rm -f "$pc"
for page in src/man/*.1; do put 644 "$page" "share/man/man1/$(basename "$page")"; done

(cd conformance/vectors && find . -type f | sort) | while IFS= read -r file; do
    put 644 "conformance/vectors/$file" "share/assay/vectors/${file#./}"
done
for idl in conformance/idl/*.thrift; do put 644 "$idl" "share/assay/idl/$(basename "$idl")"; done
install -m 644 "$list" "$manifest"
echo "installed $(wc -l <"$list") files below $root"
