# The fuzzing harnesses: one fuzz/NAME.c each, linked once with each engine. The file system is the list. Included by the Makefile.

FUZZ_NAMES := $(sort $(patsubst fuzz/%.c,%,$(wildcard fuzz/*.c)))
FUZZ_PARTS_C := $(filter-out %_test.c,$(sort $(wildcard fuzz/harness/*.c fuzz/naive/*.c)))
FUZZ_TEST_C := $(shell find fuzz -name '*_test.c' | sort)
FUZZ_TESTS := $(patsubst %.c,$(OUT)/test/%,$(FUZZ_TEST_C))
FUZZ_PARTS_O := $(patsubst %.c,$(OUT)/obj/%.o,$(FUZZ_PARTS_C))

$(OUT)/obj/fuzz/%.o: fuzz/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) -I. $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Their own unit tests.
$(OUT)/test/fuzz/%: $(OUT)/obj/fuzz/%.o $(FUZZ_PARTS_O) $(SUPPORT_O) $(OUT)/libassay.a $(OUT)/libthriftwire.a
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS) -o $@ $(filter-out %.a,$^) $(OUT)/libassay.a $(OUT)/libthriftwire.a -lcmocka $(SUITE_LIBS) $(WIRE_LIBS)
