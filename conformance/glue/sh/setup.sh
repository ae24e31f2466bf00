# What the setup scripts of testees share. Source it from a testee's folder's `setup`, after `set -eu`:
#
#     . "$(dirname "$0")/../../glue/sh/setup.sh"
#
# It goes to the top of the project and gives
#     $here            the testee's folder, below the top
#     $built           build/testees/NAME, made when missing; $BUILD overrides build
#     have PACKAGE...  installs Debian packages where it may; what they bring is to be probed afterwards
#     unavailable WHY  ends with status 75; the reason is the last line on standard error
#     failed WHY       the same where packages could not be installed, else ends with status 1: a fault of ours
#     compiler         prints the Thrift compiler's version, "no compiler" where there is none and none can be installed
#     generate WHAT    puts the compiler's code for every IDL, of generator WHAT, into $built/gen; false where there is no
#                      compiler, and no $built/gen then: the testee goes without `typed`
#     fresh STAMP FILE...  true when the last setup had the same stamp (versions) and no file has changed since
#     stamp STAMP      remembers that all is built

root=$(cd "$(dirname "$0")/../../.." && pwd)
name=$(basename "$(cd "$(dirname "$0")" && pwd)")
cd "$root"
here=conformance/testees/$name
built=${BUILD:-build}/testees/$name
mkdir -p "$built"

missing=

unavailable() {
    echo "$1${missing:+ (apt-get install$missing)}" >&2
    exit 75
}

failed() {
    [ -z "$missing" ] || unavailable "$1"
    echo "$1" >&2
    exit 1
}

# Quietly leaves things as they are where there is no apt-get or no right to use it: they may be there by another way.
have() {
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null 2>&1 || return 0
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || return 0
        as_root="sudo -n"
    fi
    echo "installing$missing" >&2
    # $as_root and $missing are lists of words.
    {
        $as_root apt-get update -q >/dev/null &&
            $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >/dev/null
    } || unavailable "apt-get fails"
    missing=
}

# `have` ends its shell where it fails, hence the inner one: going without is no reason to give up.
compiler() {
    command -v thrift >/dev/null 2>&1 || (have thrift-compiler) >/dev/null 2>&1 || true
    thrift --version 2>/dev/null || echo "no compiler"
}

generate() {
    rm -rf "$built/gen"
    command -v thrift >/dev/null 2>&1 || return 1
    mkdir "$built/gen"
    for idl in conformance/idl/*.thrift; do
        thrift -nowarn --gen "$1" -out "$built/gen" "$idl" >&2 || failed "thrift --gen $1 fails for $idl"
    done
}

fresh() {
    [ "$(cat "$built/stamp" 2>/dev/null)" = "$1" ] || return 1
    shift
    [ -z "$(find "$@" -type f -newer "$built/stamp")" ]
}

stamp() {
    echo "$1" >"$built/stamp"
}
