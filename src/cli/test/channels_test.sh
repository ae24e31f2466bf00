#!/usr/bin/env bash
# Testees that are met at a socket or held in a debugger; repro, doctor, show. As TAP.
. "$(dirname "$0")/tap.sh"
make_vectors
reference=("$assay" testee)
odd=(python3 "$tests/testee.py" "$assay")
mini=(--vectors vectors)

# Nobody listens: asked for 5 seconds, side by side with the rest.
(timeout 60 "$assay" run "${mini[@]}" --connect tcp:127.0.0.1:1 >refused.out 2>refused.err; echo $? >refused.status) &
refused=$!
(timeout 60 "$assay" run "${mini[@]}" --connect unix:./nobody >absent.out 2>absent.err; echo $? >absent.status) &
absent=$!

# A testee that listens
"${reference[@]}" --listen tcp:127.0.0.1:0 2>listen.tcp &
tcp=$!
"${reference[@]}" --listen unix:./socket 2>listen.unix &
unix=$!
await grep -q listening listen.tcp
await test -S socket
address=$(sed -n 's/^listening on //p' listen.tcp)
check '--connect tcp' 0 $'✓ CONFORMANT*\n6 passed, 0 failed, 0 skipped' '' run "${mini[@]}" --connect "$address"
check '--connect tcp again' 0 $'✓ CONFORMANT*' '' run "${mini[@]}" --connect "$address" --jobs 4
check '--connect unix' 0 $'✓ CONFORMANT*\n6 passed, 0 failed, 0 skipped' '' run "${mini[@]}" --connect unix:./socket
check 'doctor --connect' 0 '*The glue is well*' '' doctor --connect "$address"
check 'repro --connect' 0 "*verdict   pass*repro --vectors vectors compact/mini/i32 --connect $address" '' \
    repro "${mini[@]}" compact/mini/i32 --connect "$address"
check 'a second one cannot listen there' 74 '' '*cannot listen on*' testee --listen "$address"
kill $tcp $unix
wait $tcp $unix 2>/dev/null
check_that 'no socket is left behind' [ ! -e socket ]

# A testee that comes to us; its place is told on standard error.
attach() { # NAME STATUS STDOUT VERB ARG... -- TESTEE...: the testee speaks through a socket
    local name=$1 status=$2 out=$3 words=()
    shift 3
    while [ "$1" != -- ]; do words+=("$1"); shift; done
    shift
    rm -f out err # what came of the last one must not be taken for this one
    timeout 60 "$assay" "${words[@]}" --attach tcp:127.0.0.1:0 >out 2>err </dev/null &
    local pid=$!
    await grep -q waiting err
    python3 - "$(sed -n 's/.*connect to tcp:.*:\([0-9]*\)$/\1/p' err | head -1)" "$@" <<'PY'
import socket, subprocess, sys
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as line:
    subprocess.run(sys.argv[2:], stdin=line, stdout=line)
PY
    wait $pid
    got=$?
    judge "$name" "$status" "$out" '*waiting for the testee to connect to tcp:*'
}
attach '--attach' 0 $'✓ CONFORMANT*\n6 passed, 0 failed, 0 skipped' run "${mini[@]}" -- "${reference[@]}"
attach 'repro --attach' 0 '*verdict   pass*repro --vectors vectors compact/mini/i32 --attach tcp:*' \
    repro "${mini[@]}" compact/mini/i32 -- "${reference[@]}"
attach 'a failure over a socket' 1 $'*fail:wrong-value*\n    repro    *compact/mini/i32 --attach tcp:*' run "${mini[@]}" -- \
    "${odd[@]}" 'transcode compact compact 150a00$' 'answer:ok 3 150c00'
timeout 60 "$assay" run "${mini[@]}" --attach unix:./here >out 2>err </dev/null &
pid=$!
await test -S here
kill -INT $pid
wait $pid
got=$?
judge 'Ctrl-C while nobody comes' 130 '*nterrupted*' '*waiting*'
check 'a place where nobody can listen' 5 '*cannot listen on unix:no/such/place*' '*' run "${mini[@]}" --attach unix:no/such/place

# repro
check 'repro of a named vector' 0 $'compact/mini/i32\n*bytes (3 bytes, compact)\n*field 1: i32*request\n  1 transcode compact compact 150a00\n\nexpected*got*verdict   pass\n\n*repro --vectors vectors compact/mini/i32 -- *' \
    '' repro "${mini[@]}" compact/mini/i32 -- "${reference[@]}"
check 'repro of a derived case' 0 '*transcode compact compact 15*expected  refused*verdict   pass*' '' repro "${mini[@]}" compact/mini/i32@prefix:1 -- "${reference[@]}"
check 'repro without --' 0 '*verdict   pass*' '' repro "${mini[@]}" compact/mini/i32 "${reference[@]}"
check 'repro with the options behind the id' 0 '*verdict   pass*' '' repro compact/mini/i32 "${mini[@]}" --timeout 5 -- "${reference[@]}"
check 'repro of a case that fails' 1 '*verdict   fail:wrong-reject*' '' repro "${mini[@]}" compact/mini/i32 -- "${odd[@]}" transcode 'answer:reject no'
check 'repro of a case that crashes' 1 '*verdict   fail:crash*standard error*ValueError: this is why*' '' repro "${mini[@]}" compact/mini/i32 -- "${odd[@]}" 'transcode compact compact 150a00$' crash
check 'repro of what is not declared' 3 '*verdict   skip*' '' repro "${mini[@]}" compact/mini/i32 -- "${odd[@]}" hello 'answer:hello {"name": "b", "protocols": ["binary"]}'
check 'repro of an unknown id' 2 '' '*no vector "compact/mini/i3"; is compact/mini/i32 meant?*' repro "${mini[@]}" compact/mini/i3 -- true
check 'repro of an unknown derived id' 2 '' '*nothing named "compact/mini/i32@prefix:99"*' repro "${mini[@]}" compact/mini/i32@prefix:99 -- true
check 'repro without a testee' 2 '' '*no testee*' repro compact/mini/i32
check 'repro without an id' 2 '' '*the id of one case*' repro
check 'repro with a value that is none' 2 '' '*--timeout "x"*' repro --timeout x compact/mini/i32 -- true
check 'repro of a testee that does not start' 5 '*cannot start ./none*' '' repro "${mini[@]}" compact/mini/i32 -- ./none
mkdir 'a folder'
cp "$tests/testee.py" "a folder/it's a testee.py"
call repro "${mini[@]}" compact/mini/i32 -- python3 "a folder/it's a testee.py" "$assay"
bash -c "$(tail -1 out)" >again 2>&1
check_that 'its last line is itself, quotes and all' cmp -s out again

# show
for id in compact/mini/i32 compact/mini/none compact/mini/i32@prefix:2 binary/mini/cut compact/mini/i32@to:binary; do
    check "show $id" 0 "$id"$'\n*' '' show "${mini[@]}" "$id"
done
check 'show of an unknown id' 2 '' '*is compact/mini/i32 meant?*' show "${mini[@]}" compact/mini/i33

# doctor: each fault of glue is found, and told how to mend
check 'doctor of good glue' 0 $'ok    hello: reference *\n*\nThe glue is well: *' '' doctor -- "${reference[@]}"
sick() { # NAME STATUS STDOUT REGEX ACTION
    check "doctor: $1" "$2" "$3" '' doctor --timeout 1 -- "${odd[@]}" "$4" "$5"
}
check 'doctor of no command' 5 '*FAIL  start: cannot start ./none*mend:*' '' doctor -- ./none
check 'doctor of what ends at once' 5 '*FAIL  hello: exited with status 1*mend:*' '' doctor -- false
check 'doctor of what prints noise' 5 '*FAIL  hello: not a reply: "welcome"*mend:*' '' doctor -- sh -c 'echo welcome; cat'
check 'doctor of what never answers' 5 '*FAIL  hello: no hello within 200 ms*' '' doctor --timeout 0.1 -- sleep 60
sick 'a wrong echo' 1 '*FAIL*echo*mend:*' 'echo' 'answer:ok 0 -'
sick 'an echo that hangs' 1 '*FAIL  replies are flushed: no reply in time*FAIL  large echo: no reply*mend:*' 'echo' hang
sick 'bye with a bad status' 1 '*FAIL*bye*mend:*' bye exit:7
sick 'debugging output' 1 '*FAIL*mend:*' 'echo' 'raw:debug'

# Nobody came
for one in refused absent; do
    wait "${!one}"
    got=$(cat $one.status)
    cp $one.out out
    cp $one.err err
    judge "a socket where nobody listens: $one" 5 $'! INCOMPLETE: the testee does not start*cannot reach *' ''
done
check_that 'refused says so' grep -q 'connection refused' refused.out
finish
