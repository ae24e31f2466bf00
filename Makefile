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
