#!/bin/sh
# Installs what building and testing need and this machine lacks. Silent when all is there.
# `deps.sh fuzz`: what fuzzing needs besides, libFuzzer; `deps.sh afl`: and AFL++.
# Through apt-get where root or sudo without a password allows; otherwise prints the one command to run and ends with 1.
set -eu

# What a testee needs besides is installed by its own setup.
packages="gcc clang clang-format clang-tidy libclang-rt-14-dev llvm pkg-config libcmocka-dev libjansson-dev libuv1-dev
zlib1g-dev libxml2-dev python3 python3-jsonschema mandoc thrift-compiler"
purpose=${1:-}
case $purpose in
fuzz) packages="clang llvm libclang-rt-14-dev" ;;
afl) packages="clang llvm libclang-rt-14-dev afl++" ;;
esac

# Where there are no Debian packages: the programs, libraries and modules themselves.
lacks_parts() {
    for program in gcc clang clang-format clang-tidy llvm-cov pkg-config python3 mandoc; do
        command -v "$program" >/dev/null 2>&1 || echo "$program"
    done
    for library in cmocka jansson libuv zlib libxml-2.0; do
        pkg-config --exists "$library" 2>/dev/null || echo "$library (headers and library)"
    done
    python3 -c 'import jsonschema' 2>/dev/null || echo "jsonschema for python3"
    [ "$purpose" != afl ] || command -v afl-clang-fast >/dev/null 2>&1 || echo "AFL++"
}

if ! command -v dpkg-query >/dev/null 2>&1; then
    missing=$(lacks_parts)
    [ -n "$missing" ] || exit 0
    echo "Please install with this system's package manager:" >&2
    echo "$missing" | sed 's/^/  /' >&2
    exit 1
fi

# dpkg-query says nothing of a package that it has never heard of, hence the comparison with the list.
installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' $packages 2>/dev/null | sed -n 's/^ii *//p')
missing=
for package in $packages; do
    echo "$installed" | grep -qx "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "Please run:  sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing" >&2
        exit 1
    fi
    as_root="sudo -n"
fi
echo "installing$missing"
{
    $as_root apt-get update -q >/dev/null &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >/dev/null
} || {
    echo "apt-get cannot install$missing" >&2
    exit 1
}
