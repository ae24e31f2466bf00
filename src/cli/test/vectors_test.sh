#!/usr/bin/env bash
# The verbs that work on vectors (list, show, vectors lint): output, standard error and exit status, as TAP.
. "$(dirname "$0")/tap.sh"

mkdir -p good/compact bad/compact empty
cat >good/compact/a.json <<'JSON'
{"format": 1, "topic": "compact/a", "license": "CC0-1.0", "tests": [
 {"id": "compact/a/stop", "title": "an empty struct", "why": "It is the smallest.", "rule": "compact.struct.stop",
  "stack": "compact", "wire": ["00 | stop"], "expect": "accept", "value": "struct{}", "canonical": true},
 {"id": "compact/a/none", "title": "nothing", "why": "It happens.", "rule": "compact.struct.stop", "verb": "skip",
  "stack": "compact", "wire": ["11 | field 1: true"], "expect": "reject", "twin": "compact/a/stop",
  "error": {"class": "truncated", "offset": 1}}
]}
JSON
sed 's/"offset": 1/"offset": 7/; s/"value": "struct{}"/"value": "struct{1: i8 1}"/' good/compact/a.json >bad/compact/a.json

check 'list' 0 $'compact/a/stop\ncompact/a/none' '2 vectors' list --vectors good
check 'list by pattern' 0 'compact/a/none' '1 vector' list --vectors good --run '**/none'
check 'list with several patterns' 0 $'compact/a/stop\ncompact/a/none' '2 vectors' list --vectors good --run '*/a/s*' --run '**/none'
check 'list of nothing' 1 '' '0 vectors' list --vectors good --run 'binary/**'
check 'list of derived cases' 0 'compact/a/stop@prefix:0' '1 case' list --vectors good --derived --run '**@prefix:*'
check 'list in words' 0 'compact/a/none *reject *must *skip *compact *nothing' '1 vector' list --vectors good -v --run '**/none'
check 'list as JSON' 0 $'\\[\n{"id":"compact/a/stop",*"expect":"accept"*\n{*\n\\]' '2 vectors' list --vectors good --json
check 'an empty list is JSON too' 1 '\[\]' '0 vectors' list --vectors good --json --run x
check 'list --help' 0 'usage: assay list*' '' list --help
check 'list with an unknown option' 2 '' '*there is no option --nonsense*' list --nonsense
check 'list with a word too many' 2 '' '*good: not expected*' list good
check 'list without vectors' 2 '' '*empty cannot be used: empty: no vectors there' list --vectors empty
check 'list without a folder' 2 '' '*none cannot be used: none: No such file or directory' list --vectors none

check 'show a vector' 0 \
    $'compact/a/stop\n    an empty struct\n\nwhy       It is the smallest.\nrule      compact.struct.stop (must; thrift-compact-protocol.md*)\n*wire:\n    00 | stop\n*1 transcode compact compact 00\n*expected: accepted, 1 of 1 bytes taken, written back as these same bytes\n    struct{}\n*' \
    '' show --vectors good compact/a/stop
check 'show a refusal' 0 \
    $'*twin      compact/a/stop\n*expected: refused\n    the reference says truncated at byte 1 of compact, by compact.struct.stop*' \
    '' show --vectors good compact/a/none
check 'show a derived case' 0 $'compact/a/stop@trail\n*derived: one byte more*\n*expected: accepted, 1 of 2 bytes taken*' '' \
    show --vectors good compact/a/stop@trail
check 'show nothing' 2 '' '*there is no vector "compact/a/x"*' show --vectors good compact/a/x
check 'show nothing derived' 2 '' '*nothing of that name is derived from compact/a/stop*' show --vectors good compact/a/stop@prefix:9
check 'show without an id' 2 '' '*the id of one case is wanted*' show
check 'show --help' 0 'usage: assay show*' '' show --help

check 'lint of what is good' 0 '' '2 vectors, 0 problems' vectors lint good
check 'lint of what is not' 1 \
    $'compact/a.json:2: /tests/0/value: the reference reads something else: *\ncompact/a.json:4: /tests/1/error/offset: the reference says 1 (of compact)' \
    '2 vectors, 2 problems' vectors lint bad
check 'lint of a folder without vectors' 1 'empty: no vectors there' '0 vectors, 1 problem' vectors lint empty
check 'vectors without a word' 2 '' '*a verb is wanted*' vectors
check 'vectors --help' 0 'usage: assay vectors VERB*' '' vectors --help

# What the vectors cover.
cp -r good covered
cat >covered/coverage.txt <<'TXT'
# reasons
binary/**            # another protocol
compact/[d-z]**      # no such pattern
TXT
check 'lint of holes' 1 $'*coverage.txt:3: "compact/\\[d-z\\]\\*\\*" names nothing of the grammar\n*no vector shows compact/stop/field/00\n*' \
    '2 vectors, * problems' vectors lint covered
check_that 'what a vector shows is no hole' bash -c '! grep -q "shows compact/stop/outermost/00$" out'
check_that 'what a reason explains is no hole' bash -c '! grep -q "shows binary/" out'
printf '%s  # small\n' 'binary/**' 'message/**' 'framed/**' 'zlib/**' 'session/**' 'reuse/**' 'stack/*/*/refused' \
    'stack/binary*/**' 'stack/compact/framed**' 'stack/compact/zlib**' 'stack/compact/plain+[mr]*/*' >covered/coverage.txt
check 'lint of a stale reason' 1 '*is stale: compact/a/none shows stack/compact/plain+skip/refused*' '*' vectors lint covered
rm covered/coverage.txt
cat >covered/history.json <<'JSON'
{"format": 1, "license": "CC0-1.0", "entries": [
 {"id": "CVE-1", "title": "A stop is missed", "effect": "a hang", "affects": "C", "fixed": "1.0", "covers": ["compact/a/*"]},
 {"id": "CVE-2", "title": "No TLS", "effect": "told", "affects": "D", "not_covered": "It is no wire format."}]}
JSON
check 'lint of a history' 0 '' '2 vectors, 0 problems' vectors lint covered
check 'stats of the history' 0 \
    $'HISTORY*\n  CVE-1 * A stop is missed: a hang\n *C, fixed in 1.0; 2 vectors\n *also compact/a/\\*\n*not covered:\n  CVE-2 * No TLS (D). It is no wire format.\n\n  2 entries, 1 covered, 1 not*' \
    '' vectors stats --history covered
sed -i 's|compact/a/\*|compact/b/*|' covered/history.json
check 'lint of a wrong pattern' 1 'history.json:2: /entries/0/covers/0: no vector matches "compact/b/\*"' '*1 problem' vectors lint covered
check 'stats' 0 $'VECTORS\n*compact *1 *1 *0 *2\n*DERIVED CASES\n*@prefix *1\n*GRAMMAR*compact/stop *18 *RULES\n*compact.struct.stop *must *HISTORY*' '' vectors stats good
check 'stats of the counts' 0 $'VECTORS\n*by verb*transcode 1*skip 1*' '' vectors stats --counts good
check_that 'one part alone' bash -c '! grep -q GRAMMAR out'
check_that 'lines of at most 100 columns' bash -c '! grep -qE ".{101}" out'
call vectors stats --json good
check_that 'stats as JSON' python3 -c '
import json
facts = json.load(open("out"))
assert facts["counts"]["vectors"]["all"] == 2, facts["counts"]
assert facts["counts"]["cases"] == 2 + sum(facts["counts"]["derived"].values())
grammar = facts["grammar"]
assert grammar["all"] == len(grammar["combinations"]) == grammar["shown"] + grammar["explained"] + len(grammar["holes"])
stop = [c for c in grammar["combinations"] if c["id"] == "compact/stop/outermost/00"]
assert stop == [{"id": "compact/stop/outermost/00", "vectors": 1, "shown_by": "compact/a/stop"}], stop
assert any(r["id"] == "compact.struct.stop" and r["vectors"]["all"] == 2 for r in facts["rules"])
assert "history" not in facts'
check 'stats --help' 0 'usage: assay vectors stats*' '' vectors stats --help
check 'stats with an unknown option' 2 '' '*there is no option --hstory; is --history meant?*' vectors stats --hstory
check 'stats of two folders' 2 '' '*at most one folder is wanted*' vectors stats good bad
check 'stats of nothing' 2 '' '*none cannot be used*' vectors stats none

finish
