#!/usr/bin/env bash
# Inputs that nobody prepared: every verb that reads takes them without a crash, a hang or rubbish on the terminal. As TAP.
. "$(dirname "$0")/tap.sh"
make_vectors
export ASSAY_VECTORS=vectors

# survives NAME ARG...: ends in time with a status of its own, and with printable words on standard error.
survives() {
    local name=$1
    shift
    timeout 60 "$assay" "$@" >out 2>err </dev/null
    got=$?
    case $got in 0 | 1 | 2 | 3 | 74) [ "$(wc -l <err)" -le 3 ] && ! LC_ALL=C grep -q '[^[:print:]]' err ;; *) false ;; esac
    local good=$?
    result "$name" $good
    [ $good = 0 ] || { echo "# status $got"; head -c 2000 err | sed 's/^/# err: /'; }
}

python3 - <<'PY'
import os, random
r = random.Random(1)
def put(name, data):
    open(name, "wb").write(data)
for i in range(3):
    put(f"random.{i}", r.randbytes(20000 * (i + 1)))
put("empty", b"")
put("zeros", bytes(1 << 20))
put("ones", b"\xff" * (1 << 20))
put("text", open("/etc/passwd", "rb").read())
put("nul", b"struct{1: string \"a\0b\"}")
put("utf8", b"struct{1: string \"\xff\xfe\"}")
put("open", b"struct{1: string \"abc")
put("deep.compact", b"\x1c" * 1000000)
put("deep.binary", b"\x0c\x00\x01" * 1000000)
put("deep.list", b"\x19" * 1000000)
put("deep.notation", b"struct{1: " * 1000000)
put("deep.lists", b"struct{1: " + b"list<list>[" * 1000000)
put("deep.closed", b"struct{1: " * 300000 + b"i8 1" + b"}" * 300000)
put("big.number", b"struct{1: i64 " + b"9" * 1000000 + b"}")
put("big.repeat", b"struct{1: string \"a\"*99999999999}")
put("big.hex", b"61*99999999999\n")
put("groups.hex", b"((((((((((61)*9999)*9999)*9999)*9999)*9999)*9999)*9999)*9999)*9999)*9999\n")
put("line.hex", b"00" * 1000000)
import zlib
put("bomb.zlib", zlib.compress(bytes(150 << 20), 9))
PY
ln -s loop loop
for file in random.0 random.1 random.2 empty zeros ones text deep.compact deep.binary deep.list bomb.zlib . loop /dev/null no/such; do
    for stack in binary compact binary-strict framed/binary zlib/compact framed/zlib/compact zlib/framed/binary; do
        survives "decode $stack $file" decode $stack $file
        # A page of 38 million empty frames is right, and takes its time.
        [ $stack:$file = zlib/framed/binary:bomb.zlib ] || survives "explain --session $stack $file" explain --session $stack $file
    done
    survives "transcode $file" transcode --session binary compact $file
    survives "encode $file" encode compact $file
    survives "decode --hex $file" decode --hex compact $file
    survives "known --check $file" known --check $file
    survives "matrix $file" matrix $file
    survives "run --known $file" run --dry-run --run x --known $file
    survives "run --vectors $file" run --dry-run --vectors $file
    survives "vectors lint $file" vectors lint $file
done
for file in nul utf8 open deep.notation deep.lists deep.closed big.number big.repeat; do
    survives "encode $file" encode compact $file
    survives "encode --session $file" encode --session binary $file
done
for file in big.hex groups.hex line.hex; do survives "decode --hex $file" decode --hex compact $file; done
for depth in 1 64 1000000; do
    survives "as deep as $depth" decode --depth $depth compact deep.compact
    survives "explained as deep as $depth" explain --depth $depth binary deep.binary
done
mkdir -p odd/compact
for file in random.0 text empty zeros deep.notation; do
    cp $file odd/compact/x.json
    survives "vectors that are $file" run --dry-run --vectors odd
    survives "lint of vectors that are $file" vectors lint odd
done
python3 -c 'print("[" * 1000000)' >odd/compact/x.json
survives 'vectors that nest without end' vectors lint odd
for id in '' @ @@ / // a@ 'compact/list' "$(printf 'x%.0s' $(seq 5000))" $'\e[31m' '../../etc/passwd'; do
    survives "show of an odd id" show "$id"
    survives "repro of an odd id" repro "$id" -- true
    survives "list of an odd pattern" list --run "$id"
done
for pattern in '**/**/**/**/**/**/**/**/**/**/x' '*****************************x' '**@**@**@**' '[a' '\'; do
    survives "a pattern: $pattern" list --derived --run "$pattern"
done
finish
