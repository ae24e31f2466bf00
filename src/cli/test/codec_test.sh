#!/usr/bin/env bash
# The verbs that work on bytes, and the table of verbs: output, standard error and exit status, as TAP.
. "$(dirname "$0")/tap.sh"

# check NAME STATUS STDOUT STDERR INPUT ARG...: STDERR is a glob; INPUT goes through printf %b.
check() {
    local name=$1 status=$2 out=$3 err=$4 input=$5
    shift 5
    printf '%b' "$input" | "$assay" "$@" >out 2>err
    got=${PIPESTATUS[1]}
    judge "$name" "$status" "$(sed 's/[][*?\\]/\\&/g' <<<"$out")" "$err"
}

check "the version" 0 "$("$assay" --version)" '' '' --version
check "an unknown verb with a likeness" 2 '' '*"decod"*decode*' '' decod
check "an unknown verb without" 2 '' '*"zzzzz"*assay help*' '' zzzzz

check "decode compact" 0 'struct{1: i32 5}' '' '15 0a 00' decode --hex compact
check "decode raw bytes" 0 'struct{1: i32 5}' '' '\x15\x0a\x00' decode compact
check "decode annotated hex" 0 'struct{1: string "aaa"}' '' '18 03 | a string\n61*3 | aaa\n00 | stop' decode --hex compact -
check "decode a message" 0 'call "a" #-1 struct{}' '' '82 21 ffffffff0f 01 61 00' decode --hex --message compact
check "decode in a frame" 0 'struct{}' '' '00000001 00' decode --hex framed/binary
check "decode over several lines" 0 $'struct{\n  1: i32 5\n}' '' '15 0a 00' decode --hex --indent compact
check "bytes behind are warned of" 0 'struct{}' '*warning: 2 bytes stand behind the struct*' '00 01 02' decode --hex compact
check "malformed" 1 '' 'assay decode: compact: malformed at byte 0: compact.field.type: *' '1f' decode --hex compact
check "truncated, with the path" 1 '' '*truncated at byte 2, field 1\[0\]*' '19 18 05 61' decode --hex compact
check "nothing at all" 1 '' '*truncated at byte 0*' '' decode compact
check "wrong hex" 1 '' '<stdin>:2:2: *' '15 0a\n0g' decode --hex compact
check "deeper than the limit" 1 '' '*limit.depth*' '1c 1c 00 00 00' decode --hex --depth 2 compact
check "as deep as the limit" 0 'struct{1: struct{1: struct{}}}' '' '1c 1c 00 00 00' decode --hex --depth 3 compact
check "larger than the frame limit" 1 '' '*framed.limit*' '00000005 0000000000' decode --hex --frame 4 framed/compact
check "a session" 0 $'call "a" #1 struct{}\nreply "a" #1 struct{}' '' '82210101 61 00 82410101 61 00' decode --hex --session compact
check "a session that breaks off" 1 'call "a" #1 struct{}' '*truncated*' '82210101 61 00 8241' decode --hex --session compact

check "encode" 0 '150a1921010200' '' 'struct{1: i32 5, 2: list<bool>[true, false]}' encode --hex compact
check "encode the old header" 0 '0000000161010000000700' '' 'call "a" #7 struct{}' encode --hex --message binary-old
check "encode a session" 0 '822101016100824101016100' '' 'call "a" #1 struct{}\nreply "a" #1 struct{}\n' \
    encode --hex --session compact
check "wrong notation" 1 '' '<stdin>:2:9: the i32 is no integer' 'struct{\n1: i32 5x}' encode --hex compact
check "wrong notation in a session" 1 '' '<stdin>:2:11: *' 'call "a" #1 struct{}\nreply "a" 1 struct{}' \
    encode --hex --session compact
check "no notation" 1 '' '<stdin>:1:1: *the text ends' '' encode compact

check "transcode" 0 '150a00' '' '08 0001 00000005 00' transcode --hex binary compact
check "transcode a session into one stream" 0 '00000001610100000001000000000161020000000100' '' \
    '82210101 61 00 82410101 61 00' transcode --hex --session compact binary-old
check "transcode malformed" 1 '' 'assay transcode: binary: malformed*' '01' transcode --hex binary compact
check "transcode nothing" 1 '' '*truncated at byte 0*' '' transcode binary compact

value='struct{1: bool true, 2: string h'"'ff00'"', 3: map<i8, list>{-1: list<double>[1.5, nan(0x7ff8000000000001)]}, 4: map{}}'
for stack in binary compact framed/binary zlib/compact framed/zlib/compact zlib/framed/binary; do
    printf '%s' "$value" | "$assay" encode "$stack" -o "$dir/value.bin"
    check "there and back by $stack" 0 "$value" '' '' decode "$stack" "$dir/value.bin"
done

check "explain" 0 "$(printf '%s\n' \
    '   hex  byte  bytes                       compact, 3 bytes' \
    '  0000     0  15                          field 1: i32' \
    '  0001     1  0a                            i32 5' \
    '  0002     2  00                          stop')" '' '15 0a 00' explain --hex compact
check_that "explain marks the byte and tells the error in one line" bash -c \
    "echo 150a1f | '$assay' explain --hex compact >out 2>err; [ \$? = 1 ] && grep -q '^! 0002' out && [ \$(wc -l <err) = 1 ]"
check_that "no colour off a terminal" bash -c "! echo 00 | '$assay' explain --hex compact | grep -q $'\033'"
check_that "colour when asked for" bash -c "echo 00 | NO_COLOR=1 '$assay' explain --hex --color=always compact | grep -q $'\033'"

check "no stack" 2 '' '*a stack is wanted*' '' decode
check "a stack that is none" 2 '' '*"json" is no stack*' '' decode json
check "one operand too many" 2 '' '*"b" is one operand too many*' '' decode compact a b
check "an unknown option" 2 '' '*there is no option --bogus*' '' decode --bogus compact
check "an option of another verb" 2 '' '*no option --depth*' '' encode --depth 3 compact
check "an option without its argument" 2 '' '*-o wants a value*' '' decode compact -o
check "a limit that is none" 2 '' '*--depth wants a number*' '' decode --depth 0 compact
check "a file that is not there" 74 '' '*cannot open ./none: No such file*' '' decode compact ./none
check "a folder" 74 '' '*cannot read .: Is a directory*' '' decode compact .
if [ -w /dev/full ]; then
    for verb in "decode --hex compact" "explain --hex compact" "transcode --hex compact binary"; do
        check_that "a full disk under $verb" bash -c "echo 00 | '$assay' $verb >/dev/full 2>err; [ \$? = 74 ] && grep -q 'No space' err"
    done
    check "a full disk under -o" 74 '' '*No space*' '15 0a 00' decode --hex compact -o /dev/full
fi
check_that "a reader that went away" bash -c "(sleep 0.2; echo 00 | '$assay' explain --hex compact 2>err; echo \$? >status) | true; [ \$(cat status) = 74 ] && [ ! -s err ]"
if command -v script >/dev/null; then
    check_that "raw bytes do not go to a terminal" bash -c \
        "(sleep 0.2; echo 'struct{}') | script -qec \"'$assay' encode compact\" /dev/null | grep -q 'use --hex or -o'"
fi

finish
