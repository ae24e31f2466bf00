# The fuzzing harnesses: one fuzz/NAME.c each, linked once with each engine. The file system is the list. Included by the Makefile.

FUZZ_NAMES := $(sort $(patsubst fuzz/%.c,%,$(wildcard fuzz/*.c)))
FUZZ_PARTS_O := $(patsubst %.c,$(OUT)/obj/%.o,$(filter-out %_test.c,$(sort $(wildcard fuzz/harness/*.c fuzz/naive/*.c))))
FUZZ_TESTS := $(patsubst %.c,$(OUT)/test/%,$(shell find fuzz -name '*_test.c' | sort))
FUZZ_REPLAYS := $(FUZZ_NAMES:%=$(OUT)/fuzz/%)
FUZZ_ENGINE := $(OUT)/obj/fuzz/engine
# The variants whose engine is not the replayer: src/dev/flags.mk.
FUZZ_ENGINES := $(if $(filter libfuzzer% afl cmplog,$(VARIANT)),libfuzzer,replay inputs sheet each_fault)
FUZZ_ENGINE_O := $(FUZZ_ENGINES:%=$(FUZZ_ENGINE)/%.o) $(FUZZ_ENGINE)/finding.o

$(OUT)/obj/fuzz/%.o: fuzz/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) -I. $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# superlinear counts the blocks of the library that are entered. libFuzzer has a function of the compiler's name of its own.
COUNTED_O := $(patsubst src/%.c,$(OUT)/counted/%.o,$(WIRE_C))
$(OUT)/counted/%.o: src/%.c
	@mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -fsanitize-coverage=trace-pc -MMD -MP -c -o $@ $<
	@objcopy --redefine-sym __sanitizer_cov_trace_pc=fuzz_work_step $@
$(OUT)/libthriftwire-counted.a: $(COUNTED_O)
	@rm -f $@ && ar rcs $@ $^

# The mutator reads and writes values with a copy of the library that is its own and not instrumented, so that an engine counts
# coverage of what is tested and of nothing else.
FUZZ_MUTATOR := $(if $(filter libfuzzer%,$(VARIANT)),$(OUT)/fuzz/mutator.o)
$(OUT)/fuzz/mutator.o: FORCE
	@mkdir -p $(@D)
	@$(MAKE) --no-print-directory -s VARIANT=release CC=clang $(BUILD)/release-clang/obj/fuzz/engine/mutator.o \
	    $(BUILD)/release-clang/libassay.a $(BUILD)/release-clang/libthriftwire.a
	@ld -r -o $@.all $(BUILD)/release-clang/obj/fuzz/engine/mutator.o $(BUILD)/release-clang/libassay.a \
	    $(BUILD)/release-clang/libthriftwire.a
	@objcopy -G LLVMFuzzerCustomMutator -G LLVMFuzzerCustomCrossOver $@.all $@.new && rm $@.all
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

FUZZ_LINK = $(CC) $(LDFLAGS) $(FUZZ_LDFLAGS_$(VARIANT)) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(SUITE_LIBS) $(WIRE_LIBS)

$(OUT)/fuzz/%: $(OUT)/obj/fuzz/%.o $(FUZZ_ENGINE_O) $(FUZZ_PARTS_O) $(FUZZ_MUTATOR) $(OUT)/libassay.a $(OUT)/libthriftwire.a
	@mkdir -p $(@D)
	@$(FUZZ_LINK)

$(OUT)/fuzz/superlinear: $(OUT)/obj/fuzz/superlinear.o $(FUZZ_ENGINE_O) $(FUZZ_PARTS_O) $(FUZZ_MUTATOR) $(OUT)/libassay.a \
    $(OUT)/libthriftwire-counted.a
	@mkdir -p $(@D)
	@$(FUZZ_LINK)

include fuzz/afl_mutator.mk

# Their own unit tests.
$(OUT)/test/fuzz/%: $(OUT)/obj/fuzz/%.o $(FUZZ_PARTS_O) $(SUPPORT_O) $(OUT)/libassay.a $(OUT)/libthriftwire.a
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS) -o $@ $(filter-out %.a,$^) $(filter %.a,$^) -lcmocka $(SUITE_LIBS) $(WIRE_LIBS)

# The harnesses of one variant, as the scripts of fuzz/engine call for them.
.PHONY: fuzz-variant fuzz-tests
fuzz-variant: $(FUZZ_REPLAYS)
fuzz-tests: $(FUZZ_TESTS)

-include $(shell [ -d $(OUT)/counted ] && find $(OUT)/counted -name '*.d')

$(OUT)/fuzz-seed: $(FUZZ_ENGINE)/seed.o $(OUT)/libassay.a $(OUT)/libthriftwire.a
	@$(CC) $(LDFLAGS) -o $@ $^ $(SUITE_LIBS) $(WIRE_LIBS)
