#!/usr/bin/env bash
# thriftwire.3 is drawn from the headers: it must be well-formed, and name every function that the library exports to users.
set -eu
cd "$(dirname "$0")/../.."
page=$(mktemp)
trap 'rm -f "$page"' EXIT
python3 src/man/api.py 0 >"$page"
mandoc -Tlint -Wwarning "$page"
for name in tw_decode tw_encode tw_skip tw_trace tw_input_next tw_output_write tw_notation_read tw_explain tw_equal; do
    grep -q "$name(" "$page" || { echo "$name is missing"; exit 1; }
done
