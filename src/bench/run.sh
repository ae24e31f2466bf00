#!/usr/bin/env bash
# Builds the workers and runs the bench: `run.sh [--quick]`. Figures are ratios of CPU time taken in one run.
set -eu
cd "$(dirname "$0")/../.."
out=build/bench
mkdir -p $out/cpp $out/glib $out/data build/reports
make --no-print-directory -s -j"$(nproc)" build/release-gcc/bench/bench_ours build/assay

thrift --gen cpp:templates -out $out/cpp src/bench/payload.thrift
for cxx in g++ clang++; do
    [ $out/cpp-$cxx -nt src/bench/opponent.cpp ] ||
        $cxx -std=c++17 -O2 -Isrc -I$out/cpp src/bench/opponent.cpp $out/cpp/payload_types.cpp -lthrift -o $out/cpp-$cxx
done

# The compiler's C for GLib does not compile for structs that hold themselves.
grep -v Nest src/bench/payload.thrift >$out/glib/payload.thrift
thrift --gen c_glib -out $out/glib $out/glib/payload.thrift
# shellcheck disable=SC2046
[ $out/c-glib -nt src/bench/opponent_glib.c ] ||
    gcc -O2 -Isrc -I$out/glib src/bench/opponent_glib.c $out/glib/payload_types.c \
        $(pkg-config --cflags --libs thrift_c_glib gobject-2.0) -o $out/c-glib

build/release-gcc/bench/bench_ours --write $out/data
python3 src/bench/bench.py "$@"
