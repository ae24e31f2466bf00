#!/usr/bin/env bash
# assay corpus: output, standard error, exit status, and what is on disk afterwards, as TAP. Replayer and engine are scripts
# that do what they are told.
. "$(dirname "$0")/tap.sh"

bytes() { printf "$(sed 's/ *\([0-9a-f][0-9a-f]\)/\\x\1/g' <<<"$1")"; } # HEX
names() { (cd "$1" && find . -type f | sed 's|^\./||' | sort | xargs); }

# Help and the man page.
for verb in explain stats add import min promote lint; do
    call corpus "$verb" --help
    judge "corpus $verb --help" 0 $'usage: assay corpus *\nexit status: *\nexample*:\n*  assay corpus *' ''
    check_that "corpus $verb --help is narrow" [ "$(awk 'length > 102' out | wc -l)" = 0 ]
    grep -E '^  -' out | sed -E 's/([^ ])  +.*/\1/' | grep -oE '(^|[ ,])--[a-z]+(-[a-z]+)*' | tr -d ' ,' | sort -u >options
    python3 "$tests/man_options.py" "$tree/src/man/assay.1" "corpus $verb" >man
    check_that "the man page has the options of corpus $verb" diff options man
    check "corpus $verb: an unknown option" 2 '' "assay corpus $verb: there is no option --no-such-thing*" corpus "$verb" --no-such-thing
done
check 'corpus --help' 0 $'usage: assay corpus VERB*explain *lint *' '' corpus --help
check 'corpus without a verb' 2 '' '*a verb is wanted*' corpus
check 'corpus with a wrong one' 2 '' '*no verb "explian"; is explain meant?*' corpus explian

# explain
check 'explain in words and bytes' 0 \
    $'5 bytes: *\n*stack 1, compact: the compact protocol*\n*bare struct*\n*parameter, 7*accepted: struct{1: i32 5}*field 1: i32*' '' \
    corpus explain --hex 0107150a00
check 'explain what is refused' 0 '*refused: compact: malformed*compact.field.type*' '' corpus explain --hex 01001e00
check 'explain nothing' 0 '0 bytes: *no payload*' '' corpus explain --hex ''
check 'explain a text' 0 $'*the payload is text\n*    ok\\\\x1b*' '' corpus explain --hex ff006f6b1b
check 'explain no hex' 2 '' '*no hex at character 3*' corpus explain --hex 01xy
check 'explain what is not there' 74 '' '*none: No such file*' corpus explain none
check 'explain neither file nor hex' 2 '' '*files are wanted, or --hex*' corpus explain
bytes '01 00 15 0a 00' >one
bytes '01 00 11 00' >two
check 'explain two files' 0 $'one\n*\ntwo\n*' '' corpus explain one two

# add
mkdir -p corpus/h raw
check 'add without a harness' 2 '' '*--harness is wanted*' corpus add one
check 'add to no name' 2 '' '*"a/b" is no name of a harness*' corpus add --harness a/b one
check 'add to regressions' 2 '' '*"regressions" is no name*' corpus add --harness regressions one
check 'add to no harness' 2 '' '*no harness "nope" in corpus*there are h*' corpus add --harness nope one
check_that 'nothing was made for it' [ ! -e corpus/nope ]
check 'add' 0 "h + $(sha1sum <one | cut -d' ' -f1)" '' corpus add --harness h one
check_that 'the file is named by its content' cmp one "corpus/h/$(sha1sum <one | cut -d' ' -f1)"
check 'add again' 0 'h has *' '' corpus add --harness h one
bytes '15 0a 00' >raw/a
check 'add protocol bytes' 0 'h has *' '' corpus add --harness h --stack compact raw/a
check 'add with a stack that is none' 2 '' '*binary or compact is wanted*' corpus add --harness h --stack compct raw/a
check 'add messages without a stack' 2 '' '*--message goes with --stack*' corpus add --harness h --message raw/a
check 'add to no corpus' 74 '' '*nowhere*' corpus add --harness h --corpus nowhere one
head -c 262144 /dev/zero >large
check 'add more than there is room for' 1 '' '*no room, h has 1 files*' corpus add --harness h large
mkdir -m 555 corpus/other
[ "$(id -u)" = 0 ] || check 'add where nothing can be written' 74 '' '*cannot write*' corpus add --harness other one
rmdir corpus/other

# import
bytes '11 00' >raw/b
bytes '15 0a 00' >raw/same
bytes '1e 00' >raw/refused
check 'import says what it would do' 0 $'h + *  *\nh + *' '4 looked at, 2 would be added, 0 without room' corpus import --harness h --stack compact --dry-run raw
check_that 'and does not' [ "$(names corpus | wc -w)" = 1 ]
check 'import what is new' 0 $'h + *\nh + *' '4 looked at, 2 added, 0 without room' corpus import --harness h --stack compact raw
check 'import again' 0 '' '4 looked at, 0 added, 0 without room' corpus import --harness h --stack compact raw
check 'import only small files' 0 '' '2 looked at, *' corpus import --harness h --stack compact --most 2 --dry-run raw
check 'import to no harness' 2 '' '*no harness "nope"*' corpus import --harness nope raw
check 'import --most of no number' 2 '' '*--most wants a number*' corpus import --harness h --most 1k raw
check 'import from nowhere' 74 '' '*none: No such file*' corpus import --harness h none

# An engine: merges by taking files whose first byte is 01, tells coverage by counting files.
cat >engine <<'SH'
#!/bin/bash
case $1 in
-set_cover_merge=1)
    out=$4 took=
    for f in "$5"/* ${6:+"$6"/*}; do
        [ "$(head -c 1 "$f" | od -An -tx1)" = " 01" ] && [ "$took" != "$(wc -c <"$f")" ] && cp "$f" "$out" && took=$(wc -c <"$f")
    done ;;
-runs=0) echo "#3 INITED cov: ${REACH:-7} ft: 9 corp: 1/1b"; [ -z "${LESS:-}" ] || case $3 in */kept) echo ;; esac ;;
esac
exit 0
SH
sed -i 's|REACH:-7}|REACH:-$(case $3 in */kept) echo "${KEPT:-7}" ;; *) echo 7 ;; esac)}|' engine
chmod +x engine
mkdir fresh && bytes '01 00 19 22 01 02 00' >fresh/x && bytes '02 00' >fresh/y
check 'import by an engine' 0 'h + *  fresh' '2 looked at, 1 added, 0 without room' corpus import --harness h --engine ./engine fresh
check 'import by what is no engine' 74 '' '*cannot run ./nothing*' corpus import --harness h --engine ./nothing fresh

# stats, lint
check 'stats' 0 $'harness *\nh * 4 *\nall *\n*compact *4\n*rules touched: * of *duplicates: 0' '' corpus stats
check 'stats names what is not touched' 0 '*not zlib.header*' '' corpus stats -v
check 'stats of nothing there' 74 '' '*none*' corpus stats none
check 'lint' 0 '' '4 files, 0 problems' corpus lint
cp one corpus/h/misnamed
check 'lint finds a wrong name' 1 "h/misnamed: its content wants the name $(sha1sum <one | cut -d' ' -f1)" '5 files, 1 problem' corpus lint
rm corpus/h/misnamed

# min
KEPT=6 check 'min refuses to reach less' 74 '' '*' corpus min --harness h --engine ./nothing
export KEPT=6
check 'min refuses to lose branches' 1 'branches 6, of 7*' '*the chosen inputs reach less; nothing is removed*' corpus min --harness h --engine ./engine
unset KEPT
check_that 'and removes nothing' [ "$(names corpus | wc -w)" = 4 ]
check 'min says what it would do' 0 'branches 7, of 7*' 'h: 4 inputs, * would be removed, 0 kept for a planted fault' corpus min --harness h --engine ./engine --dry-run
check_that 'and does not' [ "$(names corpus | wc -w)" = 4 ]
cat >faults <<'SH'
#!/bin/bash
[ "$TW_FAULT" = ZIGZAG_OFF ] || exit 0
for f in "$@"; do [ -d "$f" ] && set -- "$f"/*; done
for f in "$@"; do cmp -s "$f" "$KILLER" && exit 1; done
exit 0
SH
chmod +x faults
bytes '00 00 02 00 01 01 00' >killer
KILLER=$PWD/killer
export KILLER
"$assay" corpus add --harness h killer >/dev/null
check 'min keeps what shows a fault' 0 $'* stays: it shows ZIGZAG_OFF\nbranches*' 'h: 5 inputs, * removed, 1 kept for a planted fault' \
    corpus min --harness h --engine ./engine --faults ./faults
check_that 'and it is there' [ -f "corpus/h/$(sha1sum <killer | cut -d' ' -f1)" ]
check 'min of a harness without inputs' 2 '' '*other has no inputs*' corpus min --harness other --engine ./engine
check 'min without an engine' 2 '' '*--engine is wanted*' corpus min --harness h

# promote: the property fails where the payload holds 0xbe.
cat >replay <<'SH'
#!/bin/bash
[ "$1" = --one ] || exit 2
if od -An -v -tx1 "$2" | grep -q be; then
    echo '{"harness": "h", "file": "x", "token": "bytes-differ", "rule": "compact.integer", "detail": "", "digest": "0"}'
    exit 1
fi
echo '{"harness": "h", "file": "x", "token": null, "rule": "", "detail": "", "digest": "0"}'
SH
chmod +x replay
promote() { call corpus promote --harness h --slug lost-sign --why 'A sign is lost.' --replay ./replay "$@"; }
bytes '03 55 00 00 00 0a 15 0a 15 be 01 19 22 01 02 00' >finding
promote one
judge 'promote what does not fail' 1 '' '*h does not fail; --holds keeps*'
promote --keep other-token finding
judge 'promote what fails otherwise' 1 '' '*fails as bytes-differ, not as other-token'
promote --found-by 'a test' finding
judge 'promote' 0 $'*"id": "*/lost-sign"*"rule": "compact.integer"*' $'16 bytes became * in * tries\n*corpus/regressions/lost-sign.bin\n*lost-sign.txt'
check_that 'the input is small' [ "$(wc -c <corpus/regressions/lost-sign.bin)" -le 3 ]
check_that 'and is explained' grep -q '^what: *A sign is lost\.$' corpus/regressions/lost-sign.txt
check_that 'with how it fails' grep -q '^token: *bytes-differ$' corpus/regressions/lost-sign.txt
check_that 'with what the rules say' grep -q '^expected: *refused: ' corpus/regressions/lost-sign.txt
check 'lint is content' 0 '' '* 0 problems' corpus lint
promote finding
judge 'promote does not write over' 1 '' '*there is corpus/regressions/lost-sign.bin already*'
promote --force finding
judge 'but with --force' 0 '*' '*lost-sign.bin*'
promote --holds one
judge 'promote --holds wants a token' 2 '' '*--holds wants --keep*'
promote --holds --keep bytes-differ --force --fixed-in 1.0 one
judge 'promote what was fixed' 0 '*' '*lost-sign.bin*'
check_that 'as it is' cmp one corpus/regressions/lost-sign.bin
sed -i 's/^expected:.*/expected: refused/' corpus/regressions/lost-sign.txt
check 'lint reads what is expected' 1 '*lost-sign.txt: it does not say what the bytes are*' '*1 problem' corpus lint
check 'lint --write mends it' 0 '' '* 0 problems' corpus lint --write
check_that 'and keeps what a person said' grep -q '^fixed in: *1\.0$' corpus/regressions/lost-sign.txt
rm corpus/regressions/lost-sign.txt
check 'lint finds what nobody explains' 1 '*lost-sign.bin: nothing explains it*' '*1 problem' corpus lint
check 'promote without a replayer' 74 '' '*' corpus promote --harness h --slug x --why y finding
check 'promote with a slug that is none' 2 '' '*--slug is wanted*' corpus promote --harness h --slug X_y --why y finding
check 'promote with a rule that is none' 2 '' '*no rule "x"*' corpus promote --harness h --slug x --why y --rule x finding
check 'promote without a why' 2 '' '*--why is wanted*' corpus promote --harness h --slug x finding
printf '#!/bin/bash\necho nothing\n' >replay
promote finding
judge 'promote by a replayer that does not answer' 74 '' '*does not answer*'
check_that 'nothing is left behind' [ "$(find . -name '*.??????' | wc -l)" = 0 ]

finish
