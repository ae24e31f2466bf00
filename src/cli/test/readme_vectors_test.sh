#!/usr/bin/env bash
# The programs in conformance/vectors/README.md read the real vectors as assay does, in each language that is here. As TAP.
. "$(dirname "$0")/tap.sh"
readme=$tree/conformance/vectors/README.md

# block LANGUAGE: the first block of code in that language.
block() { awk -v start="\`\`\`$1" '$0 == start { on = 1; next } on && $0 == "```" { exit } on' "$readme"; }

timeout 300 "$assay" vectors export --format jsonl --max-bytes 1000000000 --vectors "$tree/conformance/vectors" --to all.jsonl 2>err
python3 - >wanted.txt <<'PY'
import hashlib, json
for line in open("all.jsonl", encoding="utf-8"):
    v = json.loads(line)
    data = bytes.fromhex(v["bytes"])
    print(v["id"], v["stack"], len(data), hashlib.sha256(data).hexdigest(), v["expect"])
PY
check_that 'assay exports every vector' [ "$(wc -l <wanted.txt)" = "$("$assay" list --vectors "$tree/conformance/vectors" 2>/dev/null | wc -l)" ]
check_that 'there are some' [ "$(wc -l <wanted.txt)" -gt 1000 ]

block python >reader.py
(cd "$tree" && timeout 300 python3 "$dir/reader.py") >python.txt
check_that 'Python: the same ids, stacks, bytes and expectations' cmp wanted.txt python.txt
sed '5s/[0-9a-f]\{4\} /0000 /' wanted.txt >other.txt
check_that 'a single digest that differs is seen' eval '! cmp -s other.txt python.txt'

if command -v go >/dev/null; then
    mkdir go
    block go >go/main.go
    export GOCACHE=$dir/cache GOFLAGS=-mod=mod GOPROXY=off GOTOOLCHAIN=local HOME=$dir
    (cd go && timeout 500 go build -o ../reader main.go)
    (cd "$tree" && timeout 300 "$dir/reader") >go.txt
    check_that 'Go: the same ids, stacks, bytes and expectations' cmp wanted.txt go.txt
    if command -v gofmt >/dev/null; then
        check_that 'Go: laid out as gofmt does' [ -z "$(gofmt -l go/main.go)" ]
    fi
    chmod -R u+w cache
else
    n=$((n + 1))
    echo "ok $n # SKIP go is not here"
fi
finish
