#!/usr/bin/env bash
# What makes, keeps and gives away vectors: vectors fmt, new, export, lint --against, and versions of the collection. As TAP.
. "$(dirname "$0")/tap.sh"
make_vectors
cp -r vectors untidy

# fmt
check 'fmt --check names what is laid out otherwise' 1 $'untidy/binary/mini.json\nuntidy/compact/mini.json' '2 files, 2 not laid out*' vectors fmt --check untidy
check_that 'and changes nothing' diff -r vectors untidy
check 'fmt lays out' 0 $'untidy/binary/mini.json\nuntidy/compact/mini.json' '2 files, 2 rewritten' vectors fmt untidy
check_that 'with a key on each line' grep -qx '   "why": "Numbers travel.",' untidy/compact/mini.json
check 'fmt again has nothing to do' 0 '' '2 files, 0 rewritten' vectors fmt untidy
check 'and --check is content' 0 '' '2 files, 0 *' vectors fmt --check untidy/binary/mini.json untidy/compact
check 'and nothing changed in meaning' 0 '' '6 vectors, 0 problems' vectors lint --against vectors untidy
check 'the real vectors are laid out' 0 '' '*, 0 not laid out*' vectors fmt --check "$tree/conformance/vectors"
echo '{"tests": [1]}' >no.json
check 'fmt of what is no vector file' 1 '' $'*no.json is no vector file: line 1: /tests/0: is not an object\n*' vectors fmt no.json
check 'fmt of nothing' 74 '' '*cannot open none.json: No such file or directory*' vectors fmt none.json
mkdir none
check 'fmt of an empty folder' 1 '' '*no vectors in none*' vectors fmt none
if [ "$(id -u)" != 0 ]; then
    cp vectors/compact/mini.json locked.json && mkdir locked && mv locked.json locked && chmod 500 locked
    check 'fmt where nothing can be written' 74 '*' '*cannot write*Permission denied*' vectors fmt locked
    chmod 700 locked
fi

# new
new=(vectors new --vectors vectors)
words=(--title 'five' --why 'Numbers travel.')
check 'new, from a value' 0 $'{"id": "compact/new/five",\n   "title": "five",\n   "why": "Numbers travel.",\n   "rule": "compact.integer",\n   "since": "1.0",\n   "stack": "compact",\n   "wire": \\[\n    "15 | field 1: i32",\n    "0a | i32 5",\n    "00 | stop"\\],\n   "expect": "accept",\n   "value": "struct{1: i32 5}",\n   "canonical": true}' '' \
    "${new[@]}" compact/new/five --stack compact --value 'struct{1: i32 5}' --rule compact.integer "${words[@]}"
check 'new, framed, from hex' 0 $'*"refs": \\["X-1"\\],\n   "flags": \\["A", "B"\\]*    "00000008 | frame of 8 bytes",\n    "08 0001  | field 1: i32",\n    "00000005 | i32 5",\n    "00       | stop"\\]*' '' \
    "${new[@]}" framed/new/five --stack framed/binary --hex '00000008 08 0001 00000005 00' --rule framed.header "${words[@]}" --ref X-1 --flag A --flag B
check 'new, a message' 0 $'*"verb": "message"*"70696e67 | *"value": "call *' '' \
    "${new[@]}" message/new/ping --stack binary --verb message --value 'call "ping" #7 struct{}' --rule binary.message.strict "${words[@]}"
check 'new, refused' 0 $'*"wire": \\[\n    "15 | field 1: i32"\\],\n   "expect": "reject",\n   "error": {"class": "truncated", "offset": 1, "layer": "compact"},\n   "twin": "compact/mini/i32"}' '' \
    "${new[@]}" compact/new/cut --stack compact --hex 15 --rule compact.integer --twin compact/mini/i32 "${words[@]}"
check 'new, where the specification is silent' 0 $'*"expect": "either",\n   "outcomes": \\[\n    {"name": "accepted", "accept": true, "value": "struct{1: list<bool>\\[false\\]}"},\n    {"name": "refused", "accept": false}\\]}' '' \
    "${new[@]}" compact/new/zero --stack compact --hex '19 11 00 00' --rule compact.bool.element-zero "${words[@]}"
check 'new, refused, without a twin' 1 '*"reject"*' '*"twin" is missing*' "${new[@]}" compact/new/cut --stack compact --hex 15 --rule compact.integer "${words[@]}"
check 'new, with a rule that the bytes do not touch' 1 '*' '*the rule compact.bool.element-zero is open*' \
    "${new[@]}" compact/new/five --stack compact --hex '15 0a 00' --rule compact.bool.element-zero "${words[@]}"
for missing in --stack --rule --title --why; do
    all=(--stack compact --rule compact.integer --title t --why w --hex 00)
    some=()
    for ((i = 0; i < ${#all[@]}; i += 2)); do [ "${all[i]}" = "$missing" ] || some+=("${all[i]}" "${all[i + 1]}"); done
    check "new without $missing" 2 '' "*$missing is wanted: *" "${new[@]}" compact/new/x "${some[@]}"
done
check 'new without an id' 2 '' '*the id of the vector is wanted*' "${new[@]}" --stack compact
check 'new without bytes' 2 '' '*one of --hex and --value is wanted*' "${new[@]}" compact/new/x --stack compact
check 'new with bad hex' 2 '' '*--hex: column 2: *' "${new[@]}" compact/new/x --stack compact --hex 0 --rule compact.integer "${words[@]}"
check 'new with a bad value' 2 '' '*--value: line 1, column *' "${new[@]}" compact/new/x --stack compact --value 'struct{1}' --rule compact.integer "${words[@]}"
check 'new with a bad stack' 2 '' '*--stack "json"*' "${new[@]}" compact/new/x --stack json --hex 00 --rule compact.integer "${words[@]}"
check 'new with a bad rule' 1 '*' '*no rule "compact.no" in rules.def*' "${new[@]}" compact/new/x --stack compact --hex 00 --rule compact.no "${words[@]}"
check 'new with a bad verb' 2 '' '*--verb "session"*' "${new[@]}" compact/new/x --verb session
check 'new with an id that is there' 2 '' '*there is a vector compact/mini/i32 already, at compact/mini.json:*' \
    "${new[@]}" compact/mini/i32 --stack compact --hex 00 --rule compact.integer "${words[@]}"
check 'new with a twin that is not there' 2 '' '*there is no vector "compact/mini/i31"*' \
    "${new[@]}" compact/new/x --stack compact --hex 15 --rule compact.integer --twin compact/mini/i31 "${words[@]}"
cp -r untidy growing
check 'new --append' 0 '' '' "${new[@]}" compact/new/five --stack compact --value 'struct{1: i32 5}' --rule compact.integer "${words[@]}" --append growing/compact/mini.json
mkdir growing/framed
check 'new --append to a file that is not there' 0 '' '' \
    "${new[@]}" framed/new/five --stack framed/compact --value 'struct{1: i32 5}' --rule framed.header "${words[@]}" --append growing/framed/new.json
check 'what was appended is laid out' 0 '' '3 files, 0 *' vectors fmt --check growing
check 'and proved' 0 '' '8 vectors, 0 problems' vectors lint --against vectors growing
check 'new --append, twice' 2 '' '*already*' "${new[@]}" framed/new/five --stack compact --hex 00 --rule compact.integer "${words[@]}" --append growing/framed/new.json
cp -r growing before
check 'new --append of what the linter refuses' 1 '' '*growing/compact/mini.json*' \
    "${new[@]}" compact/new/cut --stack compact --hex 15 --rule compact.integer "${words[@]}" --append growing/compact/mini.json
check 'new --append to a file of another topic' 1 '' '*does not start with the file'\''s folder*' \
    "${new[@]}" binary/new/x --stack binary --hex 00 --rule binary.struct.stop "${words[@]}" --append growing/compact/mini.json
check_that 'both changed nothing' diff -r before growing

# export
for format in folder c jsonl seeds; do
    check "export as $format" 0 '' '6 vectors, * file*' vectors export --vectors vectors --format $format --to one-$format
    check "export as $format again" 0 '' '6 vectors, * file*' vectors export --vectors vectors --format $format --to two-$format
    check_that "gives the same" diff -r one-$format two-$format
    check "export as $format over an earlier one" 0 '' '*' vectors export --vectors vectors --format $format --to two-$format
    check_that "leaves nothing else" diff -r one-$format two-$format
    check "export of all derived cases as $format" 0 '' '* cases, *' vectors export --vectors vectors --format $format --derived --to derived-$format
done
check_that 'nothing is left beside them' [ "$(find . -maxdepth 1 -name '*.??????' | wc -l)" = 0 ]
check_that 'folder: a file of bytes' [ "$(od -An -tx1 one-folder/accept/compact/mini/i32.bin | xargs)" = '15 0a 00' ]
check_that 'folder: what is refused stands apart' [ -s one-folder/reject/binary/mini/cut.bin ]
check_that 'folder: words' grep -qx '    15 0a | field 1: i32 5' one-folder/accept/compact/mini/i32.txt
check_that 'folder: the value' grep -qx '    struct{1: i32 5}' one-folder/accept/compact/mini/i32.txt
check_that 'folder: the error' grep -qx '    truncated at byte 7 of binary, by binary.struct.stop' one-folder/reject/binary/mini/cut.txt
check_that 'folder: derived cases, in names for every system' [ -s derived-folder/reject/compact/mini/i32@prefix%3A1.bin ]
check_that 'jsonl: each line stands by itself' python3 - <<'PY'
import json
rows = [json.loads(line) for line in open("one-jsonl")]
assert len(rows) == 6
row = next(r for r in rows if r["id"] == "compact/mini/i32")
assert (row["stack"], row["verb"], row["bytes"], row["expect"], row["value"]) == ("compact", "transcode", "150a00", "accept", "struct{1: i32 5}")
assert row["rule"] == "compact.struct.stop" and row["why"] == "Numbers travel." and row["canonical"] == "150a00"
PY
check_that 'seeds are named by what they hold' sh -c 'cd one-seeds/compact && for f in *; do echo "$f  $f"; done | sha256sum -c --status'
cat >main.c <<'C'
#include "assay_vectors.h"
#include <stdio.h>
int main(void)
{
    size_t i, j;
    for (i = 0; i < assay_vectors_count; i++) {
        printf("%s %s ", assay_vectors[i].id, assay_vectors[i].stack);
        for (j = 0; j < assay_vectors[i].len; j++) printf("%02x", assay_vectors[i].bytes[j]);
        printf(" %d\n", (int)assay_vectors[i].expect);
    }
    return 0;
}
C
c_gives_all() { # FOLDER JSONL COMPILER OPTION...
    local from=$1 rows=$2
    shift 2
    "$@" -Wall -Wextra -Wconversion -Werror "-I$from" -o all "$from/assay_vectors.c" main.c && ./all >all.txt || return 1
    python3 -c 'import json, sys
for line in open(sys.argv[1]):
    v = json.loads(line)
    print(v["id"], v["stack"], v["bytes"], ["accept", "reject", "either"].index(v["expect"]))' "$rows" | cmp - all.txt
}
check_that 'C99' c_gives_all derived-c derived-jsonl "${CC:-cc}" -std=c99
if command -v g++ >/dev/null; then check_that 'C++11' c_gives_all derived-c derived-jsonl g++ -x c++ -std=c++11; fi
call vectors export --format c --to real-c --vectors "$tree/conformance/vectors"
call vectors export --format jsonl --to real-jsonl --vectors "$tree/conformance/vectors"
check_that 'C99, the real vectors' c_gives_all real-c real-jsonl "${CC:-cc}" -std=c99
check 'export of some' 0 '' '1 vector, 2 files' vectors export --vectors vectors --select '**/none' --to some
check 'export of little ones' 0 '' $'3 vectors, 6 files\nleft out: 3 of more than 3 bytes*' vectors export --vectors vectors --max-bytes 3 --to little
check 'export to standard output' 0 '{"id":"compact/mini/none"*' '1 vector, 1 file' vectors export --vectors vectors --select '**/none' --format jsonl --to -
check 'export of nothing' 1 '' '*nothing matches --select "x/y"*' vectors export --vectors vectors --select '**/none' --select x/y --to nothing
check_that 'leaves nothing' [ ! -e nothing ]
mkdir mine && echo precious >mine/file
check 'export into a folder with something in it' 2 '' '*mine holds something that is no export; --force replaces it*' vectors export --vectors vectors --to mine
check_that 'leaves it as it is' [ "$(cat mine/file)" = precious ]
check 'export --force' 0 '' '6 vectors*' vectors export --vectors vectors --to mine/ --force
check_that 'replaces it' [ ! -e mine/file -a -e mine/accept ]
mkdir hollow && ln -s hollow link
check 'export through a link' 0 '' '6 vectors*' vectors export --vectors vectors --to link
check_that 'leaves the link' [ -L link -a -e hollow/accept ]
check 'export into a file' 74 '' '*cannot write main.c: Not a directory*' vectors export --vectors vectors --to main.c
check 'export where there is no folder' 74 '' '*cannot write no/such/place: No such file or directory*' vectors export --vectors vectors --to no/such/place
check 'export without --to' 2 '' '*--to wants to be given*' vectors export
check 'export in another format' 2 '' '*--format "xml"*' vectors export --format xml --to x
check 'export with a bad number' 2 '' '*--max-bytes "1k"*' vectors export --max-bytes 1k --to x
if [ "$(id -u)" = 0 ] && mkdir small && mount -t tmpfs -o size=64k none small 2>/dev/null; then
    check 'a first export to a small disk' 0 '' '1 vector, 2 files' vectors export --vectors vectors --select '**/none' --to small/x
    cp -r small/x was
    check 'a disk that fills up' 74 '' '*cannot write *: No space left on device' vectors export --vectors vectors --derived --to small/x
    check_that 'what stood there is as it was, and nothing beside it' diff -r was small/x
    check_that 'nothing beside it' [ "$(ls small)" = x ]
    umount small
fi

# The same id keeps its meaning.
cp -r vectors changed
sed -i 's/"15 0a | field/"15 0c | field/; s/i32 5}"/i32 6}"/' changed/compact/mini.json
sed -i 's|binary/mini/i32|binary/mini/five|' changed/binary/mini.json
check 'lint --against' 1 $'binary/mini.json:2: /tests/0/id: "binary/mini/i32" is no more\ncompact/mini.json:4: /tests/1/wire: "compact/mini/i32" was something else before: *' \
    '6 vectors, 2 problems' vectors lint --against vectors changed
check 'lint --against what is not there' 2 '' '*nowhere cannot be used: *' vectors lint --against nowhere vectors

# Versions
cp -r vectors old
sed -i '0,/"title": "a string of two"/s//"since": "0.9", &/; 0,/"title": "an empty struct"/s//"since": "0.9", &/' old/compact/mini.json
check 'list of an older version' 0 $'compact/mini/empty\ncompact/mini/string' '2 vectors' list --vectors old --suite-version 0.9
check 'lint of an older version' 0 '' '2 vectors, 0 problems' vectors lint --suite-version 0.9 old
check 'export of an older version' 0 '' '2 vectors, 4 files' vectors export --vectors old --suite-version 0.9 --to aged
check 'run of an older version' 0 $'*\n2 passed, 0 failed, 0 skipped' '' run --vectors old --suite-version 0.9 -- "$assay" testee
for verb in 'run' 'list' 'vectors lint' 'vectors export'; do
    read -ra call <<<"$verb"
    for version in 1 1.0.0 v1.0 '' 1.x; do
        check "$verb --suite-version '$version'" 2 '' "assay $verb: --suite-version \"$version\": a version such as 1.0 is wanted*" "${call[@]}" --suite-version "$version"
    done
done
check 'a version that is not there yet' 2 '' '*the vectors of this program are 1.0*' list --suite-version 99.0

# Lists of known failures say which vectors were there.
odd=(python3 "$tests/testee.py" "$assay")
call run --vectors old --suite-version 0.9 --json r.json -- "$assay" testee
check 'known --update' 0 '*0 added*' '' known --update list.txt --result r.json
check_that 'writes the version that was run' grep -qx '# suite-version: 0.9' list.txt
check 'and changes nothing later' 0 '*' '' known --update list.txt --result r.json
check_that 'not even that' [ "$(grep -c suite-version list.txt)" = 1 ]
wrong=('transcode compact compact 150a00' 'answer:reject no')
check 'a newer vector fails' 1 '*1 failed*' '*' run --vectors old --known list.txt -- "${odd[@]}" "${wrong[@]}"
check 'with --new=fail too' 1 '*1 failed*' '*' run --vectors old --known list.txt --new=fail -- "${odd[@]}" "${wrong[@]}"
check 'with --new=warn it is a warning' 0 '*CONFORMANT*0 failed*' 'assay: 4 vectors are newer than 0.9: failures there are warnings' \
    run --vectors old --known list.txt --new=warn -- "${odd[@]}" "${wrong[@]}"
check 'with --new=skip it is not run' 0 $'*\n2 passed, 0 failed, 0 skipped' 'assay: 4 vectors are newer than 0.9: not run' \
    run --vectors old --known list.txt --new=skip -- "${odd[@]}" "${wrong[@]}"
check 'what is not newer fails all the same' 1 '*1 failed*' '*' run --vectors old --known list.txt --new=warn -- "${odd[@]}" 'transcode compact compact 00' 'answer:reject no'
check '--new without a list' 2 '' '*--new wants --known FILE*' run --new=skip -- "$assay" testee
check '--new with a list that does not say' 2 '' '*has no line `# suite-version: *' run --known /dev/null --new=skip -- "$assay" testee
check '--new=never' 2 '' '*--new "never": fail, warn or skip is wanted*' run --new=never -- "$assay" testee
echo '# suite-version: one' >bad.txt
check 'a list with no version' 2 '' '*bad.txt:1: "one" is no version of the vectors such as 1.0' run --known bad.txt -- "$assay" testee

# Sets that are not sound are not run, and patterns that match nothing are told.
cp -r vectors twice && sed -i 's|"compact/mini/none"|"compact/mini/i32"|' twice/compact/mini.json
check 'an id that stands twice' 2 '' '*cannot be used: compact/mini.json:*: /tests/3/id: "compact/mini/i32" stands twice: also at *' run --vectors twice -- "$assay" testee
cp -r vectors alone && sed -i 's|"twin": "compact/mini/empty"|"twin": "compact/mini/gone"|' alone/compact/mini.json
check 'a twin that is missing' 2 '' '*cannot be used: compact/mini.json:*: /tests/3/twin: no vector "compact/mini/gone"' list --vectors alone
check 'a pattern that matches nothing beside one that matches' 3 $'! INCOMPLETE*nothing matches --run x/y\n*' '' run --vectors vectors --run '**/i32' --run x/y -- "$assay" testee
check 'one that matches derived cases only' 0 '*' '' run --vectors vectors --run '**/i32' --run '**@prefix:1' -- "$assay" testee
check 'one that matches no derived case' 3 '*nothing matches --run \*\*@prefix:99*' '' run --vectors vectors --run '**/i32' --run '**@prefix:99' -- "$assay" testee
check 'in a dry run' 3 '*' '*nothing matches --run "x/y"' run --vectors vectors --dry-run --run '**/i32' --run x/y
check 'in a list' 1 $'*compact/mini/i32*' '*assay list: nothing matches --run "x/y"' list --vectors vectors --run '**/i32' --run x/y

finish
