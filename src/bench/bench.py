#!/usr/bin/env python3
"""Runs the workers in alternating rounds and prints ratios: each the median of the rounds' ratios, with the spread of the middle half.
Above 1 libthriftwire is faster. Opponent: in each round the faster of Apache C++ built with gcc and with clang.
Writes build/reports/bench.json. --quick: fewer, shorter rounds, for trying it out."""
import datetime
import json
import math
import pathlib
import platform
import statistics
import subprocess
import sys

QUICK = "--quick" in sys.argv
ROUNDS, MS = (3, 5) if QUICK else (9, 25)
DATA = "build/bench/data"
WORKERS = {
    "ours": ["build/release-gcc/bench/bench_ours", DATA],
    "cpp-gcc": ["build/bench/cpp-g++", DATA],
    "cpp-clang": ["build/bench/cpp-clang++", DATA],
    "c-glib": ["build/bench/c-glib", DATA],
}
CPP = ("cpp-gcc", "cpp-clang")
PAYLOADS = {
    "a": "small mixed struct", "b": "list<i32> 10k", "c": "list<i64> 10k", "d": "1000 small structs",
    "e": "map<string,string> 1000", "f": "1 MiB blob", "g": "structs 50 deep", "h": "list<double> 10k", "i": "list<bool> 10k",
}
# (title, our operation, payloads, floor binary, floor compact)
GOALS = [
    ("decode, geomean", "decode", "adg", 2.0, 3.0),
    ("decode with strings copied, geomean", "decode-copy", "adg", 1.7, 2.7),
    ("decode scalar lists, geomean", "decode", "bch", 1.7, 3.0),
    ("skip structs, geomean", "skip", "adg", 2.5, 2.5),
    ("encode structs, geomean", "encode", "adg", 1.0, 1.3),
    ("encode scalar lists, geomean", "encode", "bch", 2.5, 2.5),
]


class Worker:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, op, protocol, payload):
        self.process.stdin.write(f"{op} {protocol} {payload} {MS}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        if not answer:
            sys.exit(f"bench: {self.process.args[0]} ended at {op} {protocol} {payload}")
        return None if answer == "-" else float(answer)


workers = {name: Worker(command) for name, command in WORKERS.items()}


def rounds(title, measure):
    """The ratios of all rounds; measure gives (theirs, ours)."""
    if sys.stderr.isatty():
        print(f"\r\033[K{title}", end="", file=sys.stderr, flush=True)
    pairs = [measure() for _ in range(ROUNDS)]
    ratios = sorted(theirs / ours for theirs, ours in pairs)
    low, high = ratios[len(ratios) // 4], ratios[-1 - len(ratios) // 4]
    return {"ratio": statistics.median(ratios), "low": low, "high": high,
            "ours_ns": statistics.median(p[1] for p in pairs), "theirs_ns": statistics.median(p[0] for p in pairs)}


def against_cpp(op, protocol, payload):
    theirs_op = "decode" if op == "decode-copy" else op

    def measure():
        ours = workers["ours"].ask(op, protocol, payload)
        return min(workers[w].ask(theirs_op, protocol, payload) for w in CPP), ours
    return rounds(f"{op} {protocol} {payload}", measure)


def against_worker(worker, protocol, payload):
    return rounds(f"{worker} {protocol} {payload}", lambda: (
        workers[worker].ask("decode", protocol, payload), workers["ours"].ask("decode", protocol, payload)))


def against_ours(theirs, op, protocol, payload):
    return rounds(f"{op} {protocol} {payload}", lambda: (
        workers["ours"].ask(theirs, protocol, payload), workers["ours"].ask(op, protocol, payload)))


def geomean(values):
    return math.exp(statistics.fmean(math.log(v) for v in values))


result = {"format": 1, "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
          "machine": platform.processor() or platform.machine(), "rounds": ROUNDS, "ms": MS,
          "opponents": {"apache-cpp": "0.17.0", "apache-c-glib": "0.17.0"}, "figures": []}
for cpu in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
    if cpu.startswith("model name"):
        result["machine"] = cpu.split(":")[1].strip()
        break
debian = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "libthrift-dev"], capture_output=True, text=True)
result["opponents"]["apache-cpp"] = debian.stdout.split("-")[0] or "unknown"
table = {}
for op in ("decode", "decode-copy", "skip", "encode"):
    for protocol in ("binary", "compact"):
        for payload in PAYLOADS:
            figure = against_cpp(op, protocol, payload)
            table[op, protocol, payload] = figure
            result["figures"].append({"op": op, "protocol": protocol, "payload": payload, "against": "apache-cpp", **figure})

if sys.stderr.isatty():
    print("\r\033[K", end="", file=sys.stderr)
print(f"Ratios of CPU time against Apache C++ {result['opponents']['apache-cpp']} (the faster of gcc and clang); above 1 we are faster.")
print(f"{ROUNDS} alternating rounds of {MS} ms each; median, and in brackets the middle half. {result['machine']}\n")
print(f"{'':26}" + "".join(f"{op + ' ' + protocol[0].upper():>22}" for op in ("decode", "decode-copy", "skip", "encode")
                           for protocol in ("binary", "compact")))
for payload, words in PAYLOADS.items():
    cells = ""
    for op in ("decode", "decode-copy", "skip", "encode"):
        for protocol in ("binary", "compact"):
            f = table[op, protocol, payload]
            cells += f"{f['ratio']:9.2f} [{f['low']:.2f}-{f['high']:.2f}]".rjust(22)
    print(f"{payload} {words:24}{cells}")

print(f"\n{'goal':44}{'binary':>10}{'floor':>8}{'compact':>10}{'floor':>8}")
below = []


def goal(title, binary, floor_binary, compact, floor_compact):
    def cell(value, floor):
        if value is None:
            return f"{'':18}"
        if value < floor:
            below.append(title)
        return f"{value:10.2f}{floor:7.2f}{'<' if value < floor else ' '}"
    print(f"{title:44}{cell(binary, floor_binary)}{cell(compact, floor_compact)}")
    result.setdefault("goals", []).append({"title": title, "binary": binary, "floor_binary": floor_binary,
                                           "compact": compact, "floor_compact": floor_compact})


for title, op, payloads, floor_binary, floor_compact in GOALS:
    means = [geomean([table[op, p, x]["ratio"] for x in payloads]) for p in ("binary", "compact")]
    goal(title, means[0], floor_binary, means[1], floor_compact)
lowest = [min(table[op, p, x]["ratio"] for op in ("decode", "decode-copy") for x in PAYLOADS
              if (op, x) != ("decode-copy", "f")) for p in ("binary", "compact")]
goal("decode, lowest single payload", lowest[0], 1.4, lowest[1], 1.4)
share = {}
for title, op, protocol, payload, floor in (("double list decode, share of memcpy", "decode", "compact", "h", 0.9),
                                            ("i64 list decode, share of memcpy", "decode", "binary", "c", 0.25),
                                            ("blob copy, share of memcpy", "decode-copy", "binary", "f", 0.85)):
    figure = against_ours("memcpy", op, protocol, payload)
    result["figures"].append({"op": op, "protocol": protocol, "payload": payload, "against": "memcpy", **figure})
    goal(title, figure["ratio"] if protocol == "binary" else None, floor,
         figure["ratio"] if protocol == "compact" else None, floor)
for payload in "ad":
    figures = [against_worker("c-glib", p, payload) for p in ("binary", "compact")]
    for p, figure in zip(("binary", "compact"), figures):
        result["figures"].append({"op": "decode", "protocol": p, "payload": payload, "against": "apache-c-glib", **figure})
    goal(f"decode {PAYLOADS[payload]} against c_glib", figures[0]["ratio"], 30, figures[1]["ratio"], 30)
for title, op, raw, floor in (("zlib read, share of raw zlib", "zlib-read", "zlib-raw-read", 1 / 1.15),
                              ("zlib write, share of raw zlib", "zlib-write", "zlib-raw-write", 1 / 1.05)):
    figure = against_ours(raw, op, "binary", "d")
    result["figures"].append({"op": op, "protocol": "binary", "payload": "d", "against": "zlib", **figure})
    goal(title, figure["ratio"], floor, None, 0)

runner = subprocess.run(["src/bench/runner.sh"], capture_output=True, text=True)
print("\n" + runner.stdout.strip())
if runner.returncode == 0:
    result["runner"] = json.loads(pathlib.Path("build/bench/runner.json").read_text())
else:
    print(runner.stderr.strip(), file=sys.stderr)
pathlib.Path("build/reports").mkdir(parents=True, exist_ok=True)
pathlib.Path("build/reports/bench.json").write_text(json.dumps(result, indent=1) + "\n")
print("\n" + (f"below their floors: {', '.join(dict.fromkeys(below))}" if below else "every floor holds"))
print("written to build/reports/bench.json")
