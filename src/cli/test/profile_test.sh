#!/usr/bin/env bash
# Profiles (assay run --profile, assay profile) and confirmations (assay vectors confirm, vectors lint --confirmed). As TAP.
. "$(dirname "$0")/tap.sh"
make_vectors
cat >vectors/binary/open.json <<'JSON'
{"format": 1, "topic": "binary/open", "license": "CC0-1.0", "tests": [
 {"id": "binary/open/bool-2", "title": "a bool byte of 2", "why": "Flags hold more.", "rule": "binary.bool.value",
  "level": "may", "stack": "binary", "wire": ["02 0001 02 | field 1: bool", "00 | stop"], "expect": "either",
  "outcomes": [{"name": "reads-as-true", "accept": true, "value": "struct{1: bool true}"},
               {"name": "reads-as-false", "accept": true, "value": "struct{1: bool false}"},
               {"name": "refused", "accept": false}]}
]}
JSON
reference=("$assay" testee)
odd=(python3 "$tests/testee.py" "$assay")
mini=(--vectors vectors)
other=('transcode binary [^ ]* 0200010200' 'answer:ok 5 0200010000') # the planted change

# Making one
call run "${mini[@]}" --json r.json -- "${reference[@]}"
check 'update makes a file' 0 'p.txt: 0 lines kept, [1-9]* added, 0 removed' '' profile --update p.txt --result r.json
check_that 'that says whose it is' grep -qx 'testee: reference' p.txt
check_that 'and of which run' grep -qx "date: $(date -u +%F)" p.txt
check_that 'and what it does' grep -qE '^binary/open/bool-2\S*  reads-as-true$' p.txt
cp p.txt before.txt
check 'update again changes nothing' 0 '*0 added, 0 removed' '' profile --update p.txt --result r.json
check_that 'to the letter' cmp -s p.txt before.txt
sed -i 's/reads-as-true$/&  # any flag but 0 is set/; s/^date: .*/date: 2020-01-01/' p.txt
cp p.txt before.txt
check 'reasons and the date of the last change stay' 0 '*0 added, 0 removed' '' profile --update p.txt --result r.json
check_that 'too' cmp -s p.txt before.txt
check 'check reads it' 0 'p.txt: * lines' '' profile --check p.txt
check 'check with the result' 0 '*outcomes as in p.txt, 0 changed, 0 not in it' '' profile --check p.txt --result r.json

# Comparing with it
check 'nothing has changed' 0 $'✓ CONFORMANT*\n7 passed, 0 failed, 0 skipped' '' run "${mini[@]}" --profile p.txt -- "${reference[@]}"
check_that 'and nothing is said of it' [ "$(grep -c profile out)" = 0 ]
check 'nothing has changed, pinned' 0 '*7 passed, 0 failed*' '' run "${mini[@]}" --pin-profile p.txt -- "${reference[@]}"
sed -i 's/^testee: .*/testee: fake/' p.txt
check 'a change is told' 0 $'✓ CONFORMANT*1 outcome has changed from the profile p.txt: the profile is of fake, this is reference\n    binary/open/bool-2: reads-as-false, was reads-as-true\n*7 passed, 0 failed, 0 skipped' \
    '' run "${mini[@]}" --profile p.txt --json changed.json -- "${odd[@]}" "${other[@]}"
sed -i 's/^testee: .*/testee: reference/; s/^version: .*/version: 0.0.9/' p.txt
check 'quietly, in one line more' 0 $'✓ CONFORMANT*\n*1 outcome has changed from the profile p.txt: the profile is of version 0.0.9, this is version *\n7 passed, 0 failed, 0 skipped' \
    '' run -q "${mini[@]}" --profile p.txt -- "${odd[@]}" "${other[@]}"
check 'pinned, it is a failure' 1 $'✗ NON-CONFORMANT*fail:changed-outcome*binary/open/bool-2*the outcome is reads-as-false, line * of the profile says reads-as-true*of version 0.0.9*\n6 passed, 1 failed, 0 skipped' \
    '' run "${mini[@]}" --pin-profile p.txt --json pinned.json --junit pinned.xml -- "${odd[@]}" "${other[@]}"
check_that 'in JSON too' json_holds pinned.json \
    'r["exit_code"] == 1 and r["profile"]["pinned"] and r["profile"]["changed"] == r["counts"]["fail"] > 0 and [c for c in r["cases"] if c["id"] == "binary/open/bool-2"][0]["changed_to"] == "reads-as-false"'
check_that 'and in JUnit' grep -q 'changed-outcome' pinned.xml
check 'check of that result' 1 '*binary/open/bool-2: reads-as-false, was reads-as-true (line *' '' profile --check p.txt --result pinned.json
check 'the matrix tells of it' 0 '*reference: 1 outcome changed from its profile, first binary/open/bool-2: reads-as-false, was reads-as-true*' '' matrix changed.json
check 'a changed outcome is no known failure' 0 '*: 0 lines kept, 0 added, 0 removed' '' known --update k.txt --result pinned.json
check 'update takes the new outcome, from a pinned run too' 0 '*added*' '' profile --update p.txt --result pinned.json
check_that 'with its name' grep -qE '^binary/open/bool-2\S*  reads-as-false$' p.txt
check 'and then it fits' 0 '*7 passed*' '' run "${mini[@]}" --pin-profile p.txt -- "${odd[@]}" "${other[@]}"
check 'a failure is no change' 1 '*fail:unlisted-outcome*' '' run "${mini[@]}" --profile before.txt -- "${odd[@]}" \
    'transcode binary binary 0200010200$' 'answer:ok 5 00'
sed '/^binary.open/d' before.txt >short.txt
check 'what it does not name is no change' 0 '*outcomes are not in the profile yet*' '' run "${mini[@]}" --pin-profile short.txt -- "${reference[@]}"

# Mistakes
echo 'testee: a
binary/open note:refused' >broken.txt
check 'a line with a mistake' 2 '' '*broken.txt:2:*outcome is missing*' run "${mini[@]}" --profile broken.txt -- "${reference[@]}"
check 'the same for check' 2 '' '*broken.txt:2:*' profile --check broken.txt
check 'and for update, which leaves it alone' 2 '' '*broken.txt:2:*' profile --update broken.txt --result r.json
check 'a profile that is not there' 2 '' '*none*' profile --check none
check 'run with one that is not there' 2 '' '*none*' run "${mini[@]}" --profile none -- "${reference[@]}"
check 'both options' 2 '' '*only one of*' run "${mini[@]}" --profile p.txt --pin-profile p.txt -- "${reference[@]}"
check 'no result' 2 '' '*wants --result*' profile --update p.txt
check 'neither option' 2 '' '*--check*--update*' profile
check 'a result that is none' 2 '' '*p.txt: *' profile --update p.txt --result p.txt

# Confirming: the reference under other names
mkdir -p set/testees/one set/testees/two set/testees/three
cp -r vectors set/vectors
as() { # FILE NAME VERSION [REGEX ACTION]: a result of that implementation
    local file=$1 hello
    hello=$("$assay" testee <<<'0 hello 1' | cut -d' ' -f2- | sed "s/\"name\": *\"[^\"]*\"/\"name\": \"$2\"/; s/\"version\": *\"[^\"]*\"/\"version\": \"$3\"/")
    shift 3
    call run "${mini[@]}" --json "$file" -- "${odd[@]}" 'hello 1' "answer:$hello" "$@"
}
as one.json one 1.0
as two.json two 2.0 'transcode compact compact 150a00$' 'answer:ok 3 150c00'
for name in one two three; do echo "{\"name\": \"$name\"}" >set/testees/$name/testee.json; done
check 'lint --confirmed wants two' 1 '*"compact/mini/i32" is confirmed by 0 of 2 implementations, and has no "argument"*' '*4 problems' vectors lint --confirmed set/vectors
check 'lint alone does not' 0 '' '*0 problems' vectors lint set/vectors
check 'confirm --check finds what is missing' 1 '*compact/mini.json: compact/mini/i32: \[\] is to be \[one-1.0\]*4 vectors in 2 files to be changed' '' \
    vectors confirm --check one.json two.json set/vectors
check_that 'and changes nothing' diff -r vectors set/vectors
check 'confirm' 0 $'one 1.0 confirms 4\ntwo 2.0 confirms 3\naccepts confirmed by two: 3, by one: 1, by none: 0\n4 vectors in 2 files changed' '' \
    vectors confirm one.json two.json set/vectors
check_that 'writes both, sorted' grep -q '"confirmed_by": \["one-1.0", "two-2.0"\]' set/vectors/compact/mini.json
check_that 'and none into a refusal' json_holds set/vectors/compact/mini.json '"confirmed_by" not in r["tests"][3]'
check 'which --check agrees with' 0 '*0 vectors in 0 files to be changed' '' vectors confirm --check two.json one.json set/vectors
check 'the layout is the one of fmt' 0 '' '*' vectors fmt --check set/vectors/compact/mini.json
check 'the one that is short is told' 1 '*"compact/mini/i32" is confirmed by 1 of 2*' '*1 problem' vectors lint --confirmed set/vectors
cp -r set/vectors good
sed -i 's/"one-1.0"\]/"one-1.0", "two-2.0"]/' set/vectors/compact/mini.json
check 'a wrong confirmation is red' 1 '*compact/mini/i32: \[one-1.0, two-2.0\] is to be \[one-1.0\]*' '' vectors confirm --check one.json two.json set/vectors
rm -r set/vectors && cp -r good set/vectors
as new.json one 1.1
check 'another version takes the place of the last' 0 '*4 vectors*' '' vectors confirm new.json set/vectors
check_that 'so' [ "$(grep -c 'one-1.1' set/vectors/compact/mini.json):$(grep -c 'one-1.0' set/vectors/compact/mini.json)" = 3:0 ]
check 'the reference confirms nothing' 0 '*0 vectors in 0 files changed' '*r.json: the reference confirms nothing' vectors confirm r.json set/vectors
sed -i 's/15 0a | field 1: i32 5/15 0c | field 1: i32 6/; s/struct{1: i32 5}/struct{1: i32 6}/' set/vectors/compact/mini.json
check 'a result of other bytes says nothing' 0 '*1 have changed since that run*0 vectors in 0 files changed' '' vectors confirm new.json set/vectors
rm -r set/vectors && cp -r good set/vectors
echo '{"name": "two", "shares_code_with": ["one"]}' >set/testees/two/testee.json
check 'two that share code are one' 1 '*confirmed by 1 of 2*' '*4 problems' vectors lint --confirmed set/vectors
sed -i '0,/"expect": "accept",/s//"expect": "accept", "argument": "The section says so in words.",/' set/vectors/compact/mini.json
check 'an argument stands in for them' 1 '*confirmed by 1 of 2*' '*3 problems' vectors lint --confirmed set/vectors
sed -i 's/"expect": "reject",/"expect": "reject", "argument": "No.",/' set/vectors/compact/mini.json
check 'but not for a refusal' 1 '*argument*' '*' vectors lint set/vectors
check 'the same implementation twice' 2 '' '*there is a result of one already' vectors confirm one.json new.json good
check 'no result' 2 '' '*a result is wanted*' vectors confirm good
check 'a file that is no result' 2 '' '*p.txt*' vectors confirm p.txt good
check 'confirm --help' 0 'usage: assay vectors confirm*' '' vectors confirm --help
finish
