#!/usr/bin/env bash
# thriftwire.3 is drawn from the headers: it must be well-formed, and name every function that the public headers declare.
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
page=$folder/thriftwire.3 # mandoc wants the section in the name
python3 src/man/api.py 0 >"$page"
mandoc -Tlint -Wwarning "$page"
bad=0 count=0
for header in $(sed -n 's/^#include "\(.*\)"/src\/\1/p' src/wire/thriftwire.h); do
    # Comments speak of functions too: only those at the beginning of a declaration count.
    for name in $(sed -n 's/^[a-z_][a-z0-9_ ]*[ *]\(tw_[a-z0-9_]*\)(.*/\1/p' "$header"); do
        count=$((count + 1))
        grep -q "$name(" "$page" || { echo "$name of $header is missing"; bad=1; }
    done
done
[ "$count" -gt 50 ] || { echo "only $count functions found in the headers"; bad=1; }
exit $bad
