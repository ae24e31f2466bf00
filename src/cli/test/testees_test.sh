#!/usr/bin/env bash
# assay run against testees that crash, hang, flood and lie, and against a person who presses Ctrl-C. As TAP.
. "$(dirname "$0")/tap.sh"
make_vectors
odd=(python3 "$tests/testee.py" "$assay")
mini=(--vectors vectors)
third='transcode compact compact 150a00$' # the vector, and the same behind a refused request

# A hello that never comes: its time is not ours to shorten, so this is what the test takes.
( timeout 60 "$assay" run "${mini[@]}" -- sleep 1000 >hello.out 2>hello.err; echo $? >hello.status ) &
hello=$!

# Ways to misbehave in the middle of a run: what is said, and that nobody is left behind.
misbehaves() { # NAME STATUS STDOUT ACTION [OPTION...]
    local name=$1 status=$2 out=$3 action=$4
    shift 4
    rm -f pids
    PIDS=$dir/pids call run "${mini[@]}" --timeout 0.3 --run 'compact/mini/i32' --run 'binary/mini/i32' "$@" -- "${odd[@]}" "$third" "$action"
    judge "$name" "$status" "$out" ''
    check_that "$name: nobody is left" all_gone pids
}
misbehaves 'crashes' 1 '*fail:crash*signal 11*stderr   ValueError: this is why*1 passed, 1 failed*' crash
misbehaves 'exits' 1 '*fail:crash*exit status 9*1 passed, 1 failed*' exit:9
misbehaves 'exits with 0 in the middle' 1 '*fail:crash*1 passed, 1 failed*' exit:0
misbehaves 'hangs' 1 '*fail:hang*no answer in 0.6 s*1 passed, 1 failed*' hang
misbehaves 'hangs and ignores signals' 1 '*fail:hang*1 passed, 1 failed*' stubborn
misbehaves 'forks and hangs' 1 '*fail:hang*1 passed, 1 failed*' orphan
misbehaves 'closes its output' 1 '*fail:*closed its standard output*1 passed, 1 failed*' close --timeout 2
misbehaves 'floods standard output' 1 '*fail:garbage*not a reply: "xxxx*1 passed, 1 failed*' flood
misbehaves 'floods standard output with one line' 1 '*fail:*1 passed, 1 failed*' flood-one-line --timeout 5
misbehaves 'floods standard error' 0 '*2 passed, 0 failed*' flood-err:200 --timeout 5
misbehaves 'prints noise' 1 '*fail:garbage*not a reply: "debug: here we are"*1 passed, 1 failed*' 'raw:debug: here we are'
misbehaves 'prints what moves the cursor' 1 '*not a reply: "\\x1b\[31m*' $'raw:\e[31m\e[2J'
misbehaves 'answers for somebody else' 1 '*fail:garbage*4000000, which is not open*' 'raw:4000000 ok 3 150a00'
misbehaves 'answers with hex that is none' 1 '*fail:garbage*' 'answer:ok 3 15zz'
misbehaves 'says it cannot' 1 '*fail:unsupported*' 'answer:unsupported today not'
misbehaves 'cannot read requests' 3 '*broken*bad request*' 'raw:0 error bad request'
misbehaves 'refuses' 1 '*fail:wrong-reject*no such field*' 'answer:reject no such field'
check_that 'no colour and no control characters off a terminal' bash -c "! grep -q '[[:cntrl:]]' out"

rm -f pids
PIDS=$dir/pids call run "${mini[@]}" --jobs 4 --timeout 0.3 -- "${odd[@]}" "$third" crash
judge 'four processes that crash' 1 '*fail:crash*' ''
check_that 'nobody of them is left' all_gone pids
rm -f pids
PIDS=$dir/pids call run "${mini[@]}" --max-rss 64 --timeout 20 --run compact/mini/i32 -- "${odd[@]}" "$third" flood-one-line
judge 'killed for a line that never ends' 1 '*' ''
check_that 'and gone' all_gone pids

# Ctrl-C
interrupt() { # NAME SIGNAL ACTION [OPTION...]
    local name=$1 signal=$2 action=$3 pid
    shift 3
    rm -f pids r.json r.xml here
    PIDS=$dir/pids "$assay" run "${mini[@]}" --timeout 0 --window 1 --json r.json --junit r.xml "$@" -- \
        "${odd[@]}" "$third" "$action" >out 2>err </dev/null &
    pid=$!
    await test -e here
    kill -"$signal" $pid
    wait $pid
    got=$?
    judge "$name: 130 and what there is" 130 $'*INCOMPLETE*\n*nterrupted*\n* passed, * failed, * skipped' ''
    check_that "$name: the JSON is whole" json_holds r.json 'r["verdict"].startswith("INCOMPLETE") and r["counts"]["pass"] > 0 and len(r["cases"]) >= 6'
    check_that "$name: the XML too" python3 -c 'import xml.etree.ElementTree as tree; tree.parse("r.xml")'
    check_that "$name: nobody is left" all_gone pids
    check_that "$name: no half files" [ "$(ls r.*)" = $'r.json\nr.xml' ]
}
# Background jobs of a shell ignore SIGINT; a program started so must take it all the same.
interrupt SIGINT INT touch:here
interrupt SIGTERM TERM touch:here
interrupt 'SIGINT with four processes' INT touch:here --jobs 4
call known --update list.txt --result r.json
judge 'what was interrupted makes no list' 2 '' '*r.json: the run was interrupted*'
if [ -w /dev/full ]; then
    rm -f here
    "$assay" run "${mini[@]}" --timeout 0 --json /dev/full -- "${odd[@]}" "$third" touch:here >out 2>err </dev/null &
    pid=$!
    await test -e here
    kill -TERM $pid
    wait $pid
    got=$?
    judge '130 before 70' 130 '*INCOMPLETE*' '*No space left*'
fi

# At a terminal: progress, and a terminal that is as it was.
if command -v script >/dev/null; then
    rm -f here pids
    mkfifo keys
    cat >terminal.sh <<SH
stty cols 100 rows 40
stty -g >before
PIDS=$dir/pids '$assay' run --vectors vectors --timeout 0 --window 1 -- python3 '$tests/testee.py' '$assay' '$third' touch:here
echo "status \$?"
stty -g >after
SH
    script -qec 'bash terminal.sh' /dev/null <keys >typed 2>&1 &
    exec 3>keys
    await test -e here
    await grep -q ' cases' typed
    printf '\003' >&3
    await test -s after
    exec 3>&-
    wait $!
    check_that 'Ctrl-C at a terminal: 130' grep -q 'status 130' typed
    check_that 'progress at a terminal' grep -qE '[0-9]+/146 cases, 0 failed' typed
    check_that 'which is wiped away' grep -q $'\r\033\\[K.*INCOMPLETE' typed
    check_that 'the terminal is as it was' cmp -s before after
    check_that 'nobody is left' all_gone pids
fi

wait $hello
got=$(cat hello.status)
cp hello.out out
cp hello.err err
judge 'a hello that never comes' 5 '*INCOMPLETE: the testee does not start*no hello within 10000 ms*' ''
finish
