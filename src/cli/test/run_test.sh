#!/usr/bin/env bash
# assay run: every exit status with its message, what is selected, reports, known failures. As TAP.
. "$(dirname "$0")/tap.sh"
make_vectors
reference=("$assay" testee)
odd=(python3 "$tests/testee.py" "$assay")
mini=(--vectors vectors)

# 0
check '0: conformant' 0 $'✓ CONFORMANT for binary*, compact (transcode, skip, reuse*)\nreference * cases of 6 vectors in *\n\nCases: *\n6 passed, 0 failed, 0 skipped' \
    '' run "${mini[@]}" -- "${reference[@]}"
check 'quiet: verdict and totals' 0 $'✓ CONFORMANT*\n6 passed, 0 failed, 0 skipped' '' run -q "${mini[@]}" -- "${reference[@]}"
check_that 'quiet is two lines' [ "$(wc -l <out)" = 2 ]
check 'the command needs no --' 0 '*6 passed*' '' run "${mini[@]}" "${reference[@]}"
export ASSAY_VECTORS=vectors
check 'ASSAY_VECTORS' 0 '*6 passed*' '' run -- "${reference[@]}"
unset ASSAY_VECTORS

# 1
wrong=('transcode compact compact 150a00$' 'answer:ok 3 150c00') # the vector, and the same behind a refusal
check '1: a failure' 1 $'✗ NON-CONFORMANT*\n*fail:wrong-value (*\n    an i32 of 5\n*expected struct{1: i32 5}\n    got      struct{1: i32 6}\n                           ^\n*repro    *compact/mini/i32 -- python3 *testee.py*\n*5 passed, 1 failed, 0 skipped' \
    '' run "${mini[@]}" -- "${odd[@]}" "${wrong[@]}"

# The line is pasted as it stands.
line=$(sed -n 's/^ *repro  *//p' out | head -1)
bash -c "$line" >again 2>&1
check_that 'the repro line works as it stands' [ $? = 1 ]
check_that 'and shows both sides' grep -q 'got.*struct{1: i32 6}' again
check_that 'and ends with itself' [ "$(tail -1 again)" = "$line" ]

# 2
check '2: no testee' 2 '' '*no testee*--help*' run
check '2: vectors that are not there' 2 '' '*vectors in none cannot be used*No such file*' run --vectors none -- "${reference[@]}"
check '2: a list that is not there' 2 '' '*known failures cannot be used: none:*No such file*' run --known none -- "${reference[@]}"
check '2: a report without a place, before anything runs' 2 '' '*--json no/r.json cannot be written: No such file*' \
    run --json no/r.json -- sh -c 'echo started >&2'
check '2: a report that is a folder' 2 '' '*--junit . cannot be written: Is a directory*' run --junit . -- "${reference[@]}"

# 3
check '3: nothing selected' 3 $'! INCOMPLETE*\n*nothing was selected\n*0 passed, 0 failed, 0 skipped' '' \
    run "${mini[@]}" --run 'no/such/**' -- "${reference[@]}"
check '3: nothing that is declared' 3 '*nothing of what was selected is declared*' '' run "${mini[@]}" --run 'compact/**' -- \
    "${odd[@]}" hello 'answer:hello {"name": "b", "protocols": ["binary"]}'
check '3: restarts used up' 3 '*INCOMPLETE*restarts were used up*' '' run "${mini[@]}" --restarts 0 --exhaustive -- \
    "${odd[@]}" 'transcode compact compact 15' crash
check '3: the glue failed' 3 '*INCOMPLETE*broken*the glue has a hole*' '' run "${mini[@]}" -- \
    "${odd[@]}" 'transcode compact compact 1802' 'answer:error the glue has a hole'

# 4
cat >stale.txt <<'TXT'
# what this testee cannot do
compact/mini/string  fail:wrong-value  issue=TEST-1  # it can
TXT
check '4: a line that holds no more' 4 '*out of date*compact/mini/string*6 passed, 0 failed*' '' \
    run "${mini[@]}" --known stale.txt -- "${reference[@]}"
printf '%s\n' 'compact/mini/i32*  fail:wrong-value  issue=TEST-1  # five is six' >known.txt
check '4: a line of which some pass' 4 '*out of date*known.txt:1*compact/mini/i32\**pass*' '' run "${mini[@]}" --known known.txt -- "${odd[@]}" "${wrong[@]}"
sed 's/i32\*\(.*\) issue/i32\1 issue/p; s/i32 /i32@after-reject /' -i known.txt
sed 's/issue/until=2020-01-01 issue/' known.txt >expired.txt
check '4: a line that has run out' 4 '*expired.txt:1*2020-01-01*' '' run "${mini[@]}" --known expired.txt -- "${odd[@]}" "${wrong[@]}"
check '0: only known failures' 0 $'✗ NON-CONFORMANT*nothing new*\n5 passed, 0 failed, 1 skipped' '' \
    run "${mini[@]}" --known known.txt -- "${odd[@]}" "${wrong[@]}"
check 'known failures in full' 0 '*Known failures*five is six*' '' run -v "${mini[@]}" --known known.txt -- "${odd[@]}" "${wrong[@]}"
printf 'compact/mini/i32 fail:nonsense # x\n' >broken.txt
check '2: a list with a mistake' 2 '' '*broken.txt:1:*nonsense*' run "${mini[@]}" --known broken.txt -- "${reference[@]}"

# 5
check '5: no such command' 5 $'! INCOMPLETE: the testee does not start*\n*cannot start ./none: no such file*' '' run "${mini[@]}" -- ./none
touch plain
check '5: not executable' 5 '*cannot start ./plain: permission denied*' '' run "${mini[@]}" -- ./plain
check '5: ends at once' 5 '*exited with status 3 before its hello*  on its way out*' '' run "${mini[@]}" -- sh -c 'echo on its way out >&2; exit 3'
check '5: killed at once' 5 '*signal 9*before its hello*' '' run "${mini[@]}" -- sh -c 'kill -9 $$'
check '5: noise first' 5 '*not a reply: "welcome"*' '' run "${mini[@]}" -- sh -c 'echo welcome; cat >/dev/null'
check '5: a hello that is none' 5 '*hello cannot be read*' '' run "${mini[@]}" -- "${odd[@]}" hello 'answer:hello {"nam": 1}'

# 70
if [ -w /dev/full ]; then
    for format in json junit; do
        check "70: a full disk under --$format, and the result all the same" 70 $'✓ CONFORMANT*\n6 passed, 0 failed, 0 skipped' \
            '*cannot write /dev/full: No space left*' run "${mini[@]}" "--$format" /dev/full -- "${reference[@]}"
    done
    timeout 60 "$assay" run "${mini[@]}" --json r70.json -- "${reference[@]}" >/dev/full 2>err
    check_that '70: a full disk under the result itself' [ $? = 70 ]
    check_that 'and the report is there' json_holds r70.json 'r["counts"]["fail"] == 0'
fi
if [ "$(id -u)" = 0 ] && mkdir small && mount -t tmpfs -o size=8k none small 2>/dev/null; then
    echo old >small/r.json
    check '70: a disk that fills up on the way' 70 '*CONFORMANT*' '*cannot write small/r.json: No space left*' \
        run "${mini[@]}" --all --json small/r.json -- "${reference[@]}"
    check_that 'what stood there is as it was, and nothing beside it' [ "$(ls small):$(cat small/r.json)" = r.json:old ]
    umount small
fi

# Precedence of 3 over 1, 5 over all of what is below it
check '3 before 1' 3 '*INCOMPLETE*' '' run "${mini[@]}" -- "${odd[@]}" "${wrong[@]}" 'transcode compact compact 1802' 'answer:error hole'
check '1 before 4' 1 '*out of date*' '' run "${mini[@]}" --known stale.txt -- "${odd[@]}" "${wrong[@]}"
check '5 before 4' 5 '*' '' run "${mini[@]}" --known stale.txt -- false
if [ -w /dev/full ]; then
    check '70 before 5' 70 '*' '*No space*' run "${mini[@]}" --json /dev/full -- false
fi

# What is selected
count_of() { call run "${mini[@]}" --dry-run "$@" && head -n -1 out; }
count_of >all.txt
check_that 'a dry run starts nothing and lists all' grep -qx 'compact/mini/i32@prefix:1' all.txt
check_that 'a dry run is the derived list' [ "$(sort all.txt)" = "$("$assay" list --derived "${mini[@]}" 2>/dev/null | sort)" ]
check_that '--named is all that is not derived' [ "$(count_of --named | sort)" = "$(grep -v @ all.txt | sort)" ]
check 'a dry run of nothing' 3 '0 cases of 0 vectors' '' run "${mini[@]}" --dry-run --run x/y
for count in 2 3 7; do
    for i in $(seq $count); do count_of --shard "$i/$count"; done >shards.txt
    check_that "$count shards are all cases, each once" [ "$(sort shards.txt)" = "$(sort all.txt)" ]
done
TEST_TOTAL_SHARDS=3 TEST_SHARD_INDEX=1 TEST_SHARD_STATUS_FILE=$dir/status count_of >env.txt
check_that 'shards by the environment count from 0' [ "$(cat env.txt)" = "$(count_of --shard 2/3)" ]
check_that 'and the status file is touched' [ -e status ]
check_that '* is one component' [ "$(count_of --run 'compact/*' | wc -l)" = 0 ]
check_that '* is not a derived case, ** is' [ "$(count_of --run 'compact/mini/i3*' | grep -c @)" = "$(count_of --run '**/mini/i32*' | grep compact/ | grep -c @)" ]
count_of --run 'compact/**' --run 'binary/mini/cut' >some.txt
check_that '--run twice is either' [ "$(grep -c '^binary/mini/i32' some.txt):$(grep -c '^binary/mini/cut' some.txt)" = "0:$(grep -c '^binary/mini/cut' all.txt)" ]
check_that '--skip takes away' [ "$(count_of --skip '**@*' | grep -c @):$(count_of --skip '**@*' | wc -l)" = 0:6 ]
check_that '--level must' [ "$(count_of --level must)" = "$(cat all.txt)" ]

# Orders and processes: the same result
plain() { python3 -c '
import json, sys
r = json.load(open(sys.argv[1]))
for key in ("started", "seconds", "seed", "command"): r.pop(key, None)
for c in r["cases"]:
    c.pop("ms", None); c.pop("rss_kib", None)
print(json.dumps(r, sort_keys=True))' "$1"; }
call run "${mini[@]}" --all --json one.json -- "${odd[@]}" "${wrong[@]}"
call run "${mini[@]}" --all --jobs 4 --json four.json -- "${odd[@]}" "${wrong[@]}"
judge 'four processes' 1 '*5 passed, 1 failed, 0 skipped' ''
check_that 'the same JSON for 4 processes as for 1' [ "$(plain one.json)" = "$(plain four.json)" ]
call run "${mini[@]}" --all --window 1 --json narrow.json -- "${odd[@]}" "${wrong[@]}"
check_that 'the same JSON for a window of 1' [ "$(plain one.json)" = "$(plain narrow.json)" ]
order() {
    rm -f log
    call run "${mini[@]}" "$@" --window 1 -- sh -c "tee -a log | '$assay' testee"
    cut -d' ' -f2- log
}
order --shuffle --seed 7 >a
order --shuffle --seed 7 >b
order --shuffle --seed 8 >c
order >d
check_that 'the same seed, the same order' cmp -s a b
check_that 'another seed, another order' [ "$(cmp -s a c; echo $?):$(sort a | cksum)" = "1:$(sort c | cksum)" ]
check_that 'no shuffling unless asked for' [ "$(cmp -s a d; echo $?)" = 1 ]

# Reports
call run "${mini[@]}" --json r.json --junit r.xml -- "${odd[@]}" "${wrong[@]}"
check_that 'JSON: counts, verdict, cases' json_holds r.json \
    'r["format"] == 1 and r["counts"]["fail"] == 2 and r["verdict"].startswith("NON-CONFORMANT") and len([c for c in r["cases"] if c["id"] == "compact/mini/i32" and c["verdict"].startswith("fail")]) == 1'
check_that 'JSON: passing derived cases only with --all' json_holds r.json 'not [c for c in r["cases"] if "@" in c["id"] and c["verdict"] == "pass"]'
check_that 'JSON: --all has each case' json_holds one.json "len(r['cases']) == $(wc -l <all.txt)"
check_that 'JUnit is XML with the failure' python3 -c '
import sys, xml.etree.ElementTree as tree
sys.exit(len(tree.parse("r.xml").getroot().findall(".//failure")) != 2)'
check 'a report to standard output' 1 '*"format"*' '*' run "${mini[@]}" -q --json /dev/stdout -- "${odd[@]}" "${wrong[@]}"

# The rest of the options
check '--fail-fast stops' 1 '*NON-CONFORMANT*stopped at the first*' '' run "${mini[@]}" --fail-fast --window 1 -- "${odd[@]}" 'transcode compact' 'answer:ok ? ff'
check '--fail-fast passes over known failures' 0 '*' '' run "${mini[@]}" --fail-fast --known known.txt -- "${odd[@]}" "${wrong[@]}"
check 'a warning' 0 '*warn*' '' run "${mini[@]}" -- "${odd[@]}" 'transcode binary binary 08000100000005$' 'answer:fault odd'
check '--strict makes it a failure' 1 '*' '' run "${mini[@]}" --strict -- "${odd[@]}" 'transcode binary binary 08000100000005$' 'answer:fault odd'

# Lists of known failures, there and back
call run "${mini[@]}" --all --json r.json -- "${odd[@]}" "${wrong[@]}" 'skip binary' 'answer:reject no'
check 'known --update makes a list' 0 'list.txt: 0 lines kept, * added, 0 removed' '' known --update list.txt --result r.json
check 'with which the run is green' 0 '*nothing new*' '' run "${mini[@]}" --known list.txt -- "${odd[@]}" "${wrong[@]}" 'skip binary' 'answer:reject no'
check 'known --check reads it' 0 '*0 remarks' '' known --check list.txt
check 'known --strict-reasons wants reasons' 1 '*list.txt*' '' known --check list.txt --strict-reasons
cp list.txt before.txt
check 'known --update again changes nothing' 0 '*0 added, 0 removed' '' known --update list.txt --result r.json
check_that 'to the letter' cmp -s list.txt before.txt
call run "${mini[@]}" --all --json mended.json -- "${reference[@]}"
check 'known --update takes away what holds no more' 0 '*0 lines kept, 0 added, * removed' '' known --update list.txt --result mended.json
check 'and then the list fits' 0 '*' '' run "${mini[@]}" --known list.txt -- "${reference[@]}"

# Results side by side
check 'matrix' 0 '*2 of 3 testees verified*gone: unavailable: not installed*reference*NEW FAILS*' '' matrix mended.json r.json --unavailable 'gone=not installed'
check 'matrix of no result' 2 '' '*list.txt: *' matrix list.txt
check 'matrix as Markdown' 0 '*' '' matrix mended.json --markdown m.md
check_that 'the Markdown has a table' grep -q '^|' m.md

# Vector files with mistakes: file, line, what
mistake() { # NAME SED-EXPRESSION MESSAGE
    rm -rf wrong && cp -r vectors wrong && sed -i "$2" wrong/compact/mini.json
    check "a mistake: $1" 2 '' "*wrong cannot be used: compact/mini.json:$3" run --vectors wrong -- "${reference[@]}"
    rm -rf wrong
}
mistake 'no JSON' '4s/,$//' '[45]:*'
mistake 'an unknown key' '2s/"title"/"titel"/' '2: */tests/0*titel*'
mistake 'half a byte' '3s/"00 |/"0 |/' '2: */tests/0*'
mistake 'an unknown rule' '2s/compact.struct.stop/compact.struct.stoop/' '2: */tests/0/rule*stoop*'
mistake 'no twin' 's/, "twin": "compact.mini.empty"//' '10: */tests/3*twin*'
mistake 'wrong notation' 's/i32 5}/i32 x}/' '4: */tests/1/value*'
cp -r vectors odd && sed -i 's/"twin": "compact.mini.empty"/"twin": "compact\/mini\/gone"/' odd/compact/mini.json
check 'a twin that is not there' 1 '*compact/mini.json:10: /tests/3*gone*' '*' vectors lint odd
sed -i 's/compact.mini.i32/compact\/mini\/string/' odd/compact/mini.json
check 'an id twice' 1 '*compact/mini.json:*compact/mini/string*' '*' vectors lint odd
finish
