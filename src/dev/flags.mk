# Compiler flags of every variant. Included by the Makefile.

WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wvla -Werror
CPPFLAGS += -Isrc -D_GNU_SOURCE -DASSAY_VERSION='"$(VERSION)"' -DASSAY_PREFIX='"$(PREFIX)"'
CFLAGS_release  := -O2 -g
CFLAGS_asan     := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
# clang only: its branches are those of the source, counted once however often a walk is specialised
CFLAGS_coverage := -O1 -g -fprofile-instr-generate -fcoverage-mapping
CFLAGS_faults   := -O1 -g -DTW_FAULTS
# Engines of fuzzing, all by clang. fuzz/README.md says what each is for.
CFLAGS_libfuzzer := -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
CFLAGS_libfuzzer-faults := $(CFLAGS_libfuzzer) -DTW_FAULTS
CFLAGS_afl       := -O2 -g -fsanitize=fuzzer-no-link
CFLAGS_cmplog    := $(CFLAGS_afl)
CFLAGS_msan      := -O1 -g -fno-omit-frame-pointer -fsanitize=memory -fsanitize-memory-track-origins
FUZZ_LDFLAGS_libfuzzer := -fsanitize=fuzzer
FUZZ_LDFLAGS_libfuzzer-faults := -fsanitize=fuzzer
FUZZ_LDFLAGS_afl       := -fsanitize=fuzzer
FUZZ_LDFLAGS_cmplog    := -fsanitize=fuzzer
LDFLAGS_libfuzzer := -fsanitize=address,undefined
LDFLAGS_libfuzzer-faults := $(LDFLAGS_libfuzzer)
LDFLAGS_msan      := -fsanitize=memory
LDFLAGS_asan     := -fsanitize=address,undefined
LDFLAGS_coverage := -fprofile-instr-generate
ALL_CFLAGS := -std=c11 -fPIC $(WARNINGS) $(CFLAGS_$(VARIANT)) $(CFLAGS)
LDFLAGS += $(LDFLAGS_$(VARIANT))

WIRE_LIBS  := -lz
SUITE_LIBS := -ljansson -luv -lxml2 -lm
XML_CFLAGS := -I/usr/include/libxml2
