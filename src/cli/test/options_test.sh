#!/usr/bin/env bash
# The command line itself: help of every verb, the man page, options that are wrong, colour, output that goes nowhere. As TAP.
. "$(dirname "$0")/tap.sh"
make_vectors

# Verbs that take options; those of `assay vectors` are asked for.
mapfile -t commands < <(
    printf '%s\n' $verbs | grep -vx vectors
    "$assay" vectors --help | sed -nE 's/^  ([a-z]+) .*/vectors \1/p'
)
check_that 'assay vectors has verbs of its own' [ "$(printf '%s\n' "${commands[@]}" | grep -c '^vectors ')" -ge 4 ]
check 'vectors --help' 0 'usage: assay vectors VERB*' '' vectors --help
check 'vectors with an unknown verb' 2 '' '*there is no verb "lintt"; is lint meant?*' vectors lintt
check 'vectors with an unknown option' 2 '' 'assay vectors: there is no verb "--no-such-thing"*assay vectors --help*' vectors --no-such-thing

# Help, and the man page: each tells of every option of the other.
for verb in "${commands[@]}"; do
    read -ra words <<<"$verb"
    call "${words[@]}" --help
    judge "$verb --help" 0 $'usage: assay *\nexit status: *\nexample*:\n*  assay *' ''
    cp out help.txt
    check_that "$verb --help is narrow" [ "$(awk 'length > 102' help.txt | wc -l)" = 0 ]
    check "$verb -h is the same" 0 "$(sed 's/[][*?\\]/\\&/g' help.txt)" '' "${words[@]}" -h
    [ ${#words[@]} = 2 ] || check "help $verb too" 0 "$(sed 's/[][*?\\]/\\&/g' help.txt)" '' help "$verb"
    grep -E '^  -' help.txt | sed -E 's/([^ ])  +.*/\1/' | grep -oE '(^|[ ,])--[a-z]+(-[a-z]+)*' | tr -d ' ,' | sort -u >told.options
    python3 "$tests/man_options.py" "$tree/src/man/assay.1" "$verb" >told.man
    check_that "the man page has the options of $verb" diff told.options told.man
done
check_that 'help lists every verb' [ "$("$assay" help | grep -oE '^  [a-z]+ ' | tr -d ' ' | sort | xargs)" = "$(tr ' ' '\n' <<<"$verbs corpus" | sort | xargs)" ]
if command -v mandoc >/dev/null; then
    check_that 'the man page is sound' mandoc -T lint -W error "$tree/src/man/assay.1"
fi

# Wrong options are named, and likely ones offered.
for verb in "${commands[@]}"; do
    read -ra words <<<"$verb"
    check "$verb: an unknown option" 2 '' "assay $verb: there is no option --no-such-thing*assay $verb --help*" "${words[@]}" --no-such-thing
    check "$verb: an unknown letter" 2 '' "assay $verb: there is no option -Z*" "${words[@]}" -Z
    check "$verb: a value for what takes none" 2 '' "assay $verb: --help takes no value*" "${words[@]}" --help=yes
done
check 'a likely option' 2 '' '*no option --strct; is --strict meant?*' run --strct -- true
check 'an option short for several' 2 '' '*--s is short for several options: --skip,*--shuffle*' run --s -- true
check 'a letter among others' 2 '' '*there is no option -x*' run -vx -- true
check 'an option without its value' 2 '' '*--jobs wants a value*' run --jobs
check 'a letter without its value' 2 '' '*-o wants a value*' decode -o
check 'an option of another verb is not offered' 2 '' '*there is no option --depth'$'\n''*' encode --depth 3 compact
wrong_value() { # OPTION VALUE
    check "$1 $2" 2 '' "assay run: $1 \"$2\": *wanted*" run "$1" "$2" -- true
}
for value in 0 65 -1 x '' 1x 99999999999999999999; do wrong_value --jobs "$value"; done
wrong_value --window 65
wrong_value --timeout x
wrong_value --timeout -1
wrong_value --timeout nan
wrong_value --level most
for value in 0/2 3/2 1 1/0 /2 1/2/3; do wrong_value --shard "$value"; done
wrong_value --seed 1.5
wrong_value --max-rss 1G
wrong_value --restarts -1
check '--connect to nothing' 2 '' '*--connect "foo": an address is tcp:HOST:PORT or unix:PATH*' run --connect foo
check 'two addresses' 2 '' '*only one of --connect and --attach*' run --connect tcp:localhost:1 --attach tcp:localhost:2
check 'a command and an address' 2 '' '*a command and an address*' run --connect tcp:localhost:1 -- true
for line in 'show' 'matrix' 'doctor'; do
    check "$line: both spellings of --color are one option" 2 '' '*--color is auto, always or never, not "blue"*' "$line" --col=blue
done
check '--color of no kind' 2 '' '*--color is auto, always or never, not "blue"*' run --color=blue -- true
TEST_TOTAL_SHARDS=2 TEST_SHARD_INDEX=9 call run -- true
judge 'shards of the environment that make no sense' 2 '' '*TEST_SHARD_INDEX "9" make no sense*'
check 'a likely stack' 2 '' '*"framed/compct" is no stack*is framed/compact meant?*' decode framed/compct
check 'a stack that moves the cursor' 2 '' '*"\\x1b\[31m"*' decode $'\e[31m'
check 'a stack without end' 2 '' '*"framed/framed*..." is no stack*' decode "$(printf 'framed/%.0s' $(seq 3000))compact"
check 'a likely verb' 2 '' '*"lst"; is list meant?*' lst
check 'no verb is help' 0 'usage: assay*' ''
check 'no verb but an option' 2 '' '*there is no option "--bogus"*' --bogus

# Colour
odd=(python3 "$tests/testee.py" "$assay" 'transcode compact compact 150a00$' 'answer:ok 3 150c00')
has_colour() { grep -q $'\033\\[' out; }
mini=(--vectors vectors)
for line in "run ${mini[*]} --color -- ${odd[*]:0:3}" "show ${mini[*]} --color=always compact/mini/i32" \
    "doctor --colour=always -- $assay testee" "repro ${mini[*]} --color compact/mini/i32 -- $assay testee"; do
    # shellcheck disable=SC2086
    NO_COLOR=1 call $line
    check_that "--color wins over NO_COLOR: ${line%% *}" has_colour
    # shellcheck disable=SC2086
    call ${line/--colo*([a-z])*(=always)/}
done
at_terminal() { script -qec "$1" /dev/null </dev/null >out 2>&1; }
if command -v script >/dev/null; then
    show="'$assay' show --vectors vectors compact/mini/i32"
    at_terminal "$show"
    check_that 'colour at a terminal' has_colour
    at_terminal "NO_COLOR=1 $show"
    check_that 'not with NO_COLOR' bash -c "! grep -q $'\033\\[' out"
    at_terminal "NO_COLOR= $show"
    check_that 'an empty NO_COLOR is none' has_colour
    at_terminal "TERM=dumb $show"
    check_that 'not on a dumb terminal' bash -c "! grep -q $'\033\\[' out"
    at_terminal "$show --color=never"
    check_that 'not with --color=never' bash -c "! grep -q $'\033\\[' out"
fi

# A reader that went away: no hang, no words, and a run still says how it ended.
gone() { # ARG...: exit status in $got, its words in err
    timeout 20 bash -c 'sleep 0.1; "$@" 2>err; echo $? >status' - "$assay" "$@" | true
    got=$(cat status)
    : >out
}
gone list
judge 'list into head' 74 '' ''
gone show "${mini[@]}" compact/mini/i32
judge 'show into head' 74 '' ''
gone run "${mini[@]}" -- "$assay" testee
judge 'run into head: conformant' 0 '' ''
gone run "${mini[@]}" -- "${odd[@]}"
judge 'run into head: not' 1 '' ''
if [ -w /dev/full ]; then
    for line in "list ${mini[*]}" "show ${mini[*]} compact/mini/i32" "help" "run --help" "--version"; do
        # shellcheck disable=SC2086
        "$assay" $line >/dev/full 2>err
        check_that "a full disk under $line" [ "$?:$(grep -c 'No space left' err)" = 74:1 ]
    done
fi
"$assay" list "${mini[@]}" >&- 2>err
check_that 'standard output closed' [ "$?:$(grep -c 'cannot write to standard output' err)" = 74:1 ]
"$assay" run "${mini[@]}" --json r.json -- "$assay" testee >&- 2>err </dev/null
check_that 'and the report is written all the same' [ "$?:$(head -c 1 r.json)" = '70:{' ]
"$assay" run "${mini[@]}" -- "$assay" testee <&- >out 2>err
check_that 'standard input closed' [ "$?:$(tail -1 out)" = '0:6 passed, 0 failed, 0 skipped' ]
"$assay" decode compact <&- >out 2>err
check_that 'nothing to read from' [ "$?:$(grep -c 'cannot read standard input' err)" = 74:1 ]

# Reports through links and to standard output
echo old >target
ln -s target link
call run "${mini[@]}" --json link -- "$assay" testee
check_that 'a link stays a link, and its target is the report' [ "$(readlink link):$(head -c 1 target)" = 'target:{' ]
ln -s /proc/self/fd/1 stdout
call run "${mini[@]}" --json stdout -- "$assay" testee
check_that 'what names standard output is left there' [ "$(readlink stdout):$(head -c 1 out):$(tail -1 out)" = '/proc/self/fd/1:{:6 passed, 0 failed, 0 skipped' ]
finish
