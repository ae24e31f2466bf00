#!/usr/bin/env bash
# The runner's throughput over one pipe with the reference testee, judge and derived cases included, beside the bare rate of an echo
# over the same kind of channel; alternating, medians. Writes build/bench/runner.json.
set -eu
cd "$(dirname "$0")/../.."
make --no-print-directory -s -j"$(nproc)" build/release-gcc/bench/echo_rate build/assay
python3 - <<'P'
import json, statistics, subprocess
rounds = 5
def run(*options):
    subprocess.run(["build/assay", "run", "-q", "--json", "build/bench/run.json", *options, "--", "build/assay", "testee"],
                   check=True, stdout=subprocess.DEVNULL)
    result = json.load(open("build/bench/run.json"))
    return result["cases_run"], result["seconds"]
def echo(window):
    return float(subprocess.run(["build/release-gcc/bench/echo_rate", "120", str(window), "0.5"], check=True, capture_output=True,
                                text=True).stdout)
figures = {"all": [], "window 64": [], "window 1": [], "echo 64": [], "echo 1": []}
small = ("--skip", "framed/limit/**")
for _ in range(rounds):
    for name, options in (("all", ()), ("window 64", small), ("window 1", (*small, "--window", "1"))):
        cases, seconds = run(*options)
        figures[name].append(cases / seconds)
    figures["echo 64"].append(echo(64))
    figures["echo 1"].append(echo(1))
m = {k: statistics.median(v) for k, v in figures.items()}
print("runner, one pipe, reference testee, judge included; cases a second, medians of", rounds)
print(f"  all vectors and derived cases        {m['all']:10,.0f}   (with three requests of 32 MB)")
print(f"  without those, 64 requests in flight {m['window 64']:10,.0f}   bare echo {m['echo 64']:10,.0f}   {100 * m['window 64'] / m['echo 64']:.0f} %")
print(f"  one at a time                        {m['window 1']:10,.0f}   bare echo {m['echo 1']:10,.0f}   {100 * m['window 1'] / m['echo 1']:.0f} %")
json.dump({"cases_per_second": m["all"], "small_cases_per_second": m["window 64"], "ping_pong_cases_per_second": m["window 1"],
           "echo_per_second": m["echo 64"], "echo_ping_pong_per_second": m["echo 1"]}, open("build/bench/runner.json", "w"), indent=1)
P
