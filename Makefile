# Assay: conformance and fuzz testing for Apache Thrift wire formats.   `make help` lists what there is.

VERSION  := 0.1.0
PREFIX   ?= /usr/local
ifeq ($(origin CC),default)
CC       := gcc
endif
# A variant is one way to build everything: release (the default), asan, coverage, faults. Each has its own folder.
VARIANT  ?= release
BUILD    ?= build
OUT      := $(BUILD)/$(VARIANT)-$(notdir $(CC))

include src/dev/flags.mk

.PHONY: fuzz afl afl-cmplog replay replay-faults fuzz-selftest fuzz-detection ossfuzz-check fuzz-coverage msan seeds digests fuzz-deps afl-deps
.PHONY: all conformance test faults bench lint format coverage install uninstall deps help clean
.DEFAULT_GOAL := all

## all          the tool at build/assay, and the library (the default)
all: $(BUILD)/assay

## conformance  check the real implementations under conformance/testees: print the matrix, write build/reports
##              TESTEES="apache-cpp reference" runs some; STRICT=1 makes an unavailable one an error
conformance: deps all
	@src/dev/conformance.sh

## test         everything CI checks: unit tests under gcc and clang with ASan and UBSan, command-line tests, vectors,
##              planted faults, coverage, lint; ends with totals
test: deps
	@src/dev/test.sh

## faults       every planted fault: each switches off one rule of the reference, and a named vector has to catch it;
##              writes build/reports/faults.md.  FAULTS="NAME..." runs some
faults: deps
	@src/dev/faults.sh $(FAULTS)

## bench        ratios against Apache C++ and c_glib, and the runner's throughput; writes build/reports/bench.json
bench: deps
	@$(MAKE) --no-print-directory all
	@src/bench/run.sh

## fuzz         every harness of fuzz/ under libFuzzer, ASan and UBSan: TIME=60 seconds each, JOBS=2 at a time, FUZZ=name for one;
##              a table, and one line to repeat each finding. Writes under build/fuzz only
fuzz: fuzz-deps
	@fuzz/engine/fuzz.sh libfuzzer $(FUZZ)

## afl          the same under AFL++; afl-cmplog: with CmpLog
afl: afl-deps
	@fuzz/engine/fuzz.sh afl $(FUZZ)
afl-cmplog: afl-deps
	@fuzz/engine/fuzz.sh cmplog $(FUZZ)

## replay       the committed corpus through every harness, without an engine: VARIANT=asan CC=clang for another build,
##              FUZZ=name HEX=... or FILE=... for one input
replay:
	@VARIANT=$(VARIANT) CC=$(CC) HEX='$(HEX)' FILE='$(FILE)' fuzz/engine/replay.sh $(FUZZ)

## replay-faults  which planted faults turn the replay red; the others must be stated, with why, in fuzz/engine/replay_unshown.txt
replay-faults:
	@python3 fuzz/engine/replay_faults.py --golden

## fuzz-selftest  plants each harness's fault and wants libFuzzer to find it from the committed seeds within seconds
fuzz-selftest: fuzz-deps
	@fuzz/engine/selftest.sh --engine $(FUZZ)

## fuzz-coverage  branch coverage of src/wire by the committed corpus: build/fuzz/coverage/html, and the floor fuzz/coverage.json
fuzz-coverage:
	@fuzz/engine/coverage.sh

## msan         the committed corpus under MSan; without zlib and jansson, which are not compiled with it
msan:
	@VARIANT=msan CC=clang fuzz/engine/replay.sh $(FUZZ)

## seeds        chooses corpus/ anew from the golden vectors; FUZZ=name for one harness
seeds: fuzz-deps
	@fuzz/engine/seeds.sh $(FUZZ)

## digests      states corpus/NAME.digest anew, after inputs came or went or a change of behaviour was meant; FUZZ=name for one
digests:
	@fuzz/engine/seeds.sh --digests $(FUZZ)

## fuzz-detection  how soon the faults of fuzz/detection/faults.txt are found, over 3 seeds, and what simpler fuzzing finds of them;
##              writes build/reports/detection.md
fuzz-detection: fuzz-deps
	@python3 fuzz/detection/detection.py --out $(BUILD)/reports/detection.md

## ossfuzz-check  builds the harnesses with OSS-Fuzz's variables and applies the rules of its base-runner; FUZZ=name for one
ossfuzz-check: fuzz-deps
	@fuzz/oss-fuzz/check.sh $(FUZZ)

## dict         writes fuzz/dict/thrift.dict anew from the mutator's table of boundaries

fuzz-deps: deps
	@src/dev/deps.sh fuzz
afl-deps: deps
	@src/dev/deps.sh afl

## lint         formatting, static checks, the layers of src/layers.txt
lint:
	@src/dev/lint.sh

## format       reformat all C in place
format:
	@git ls-files -co --exclude-standard '*.c' '*.h' | xargs clang-format -i

## coverage     branch coverage of src/wire by unit tests and vectors
coverage:
	@src/dev/coverage.sh

## install      tool, library, headers, vectors and man pages below PREFIX (/usr/local); DESTDIR is honoured
install: all
	@src/dist/install.sh install "$(BUILD)" "$(VERSION)" "$(PREFIX)" "$(DESTDIR)"

## uninstall    remove what install put there
uninstall:
	@src/dist/install.sh uninstall "$(BUILD)" "$(VERSION)" "$(PREFIX)" "$(DESTDIR)"

## deps         install what is missing through apt-get, or print the one command to run
deps:
	@src/dev/deps.sh

## clean        remove build/
clean:
	rm -rf $(BUILD)

## help         this list
help:
	@sed -n 's/^## \{0,1\}//p' Makefile

include src/dev/rules.mk
include fuzz/fuzz.mk
