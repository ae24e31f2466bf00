# How files become programs. The file system is the list: a .c below src/wire is in the library, one below src/suite,
# src/report or src/cli in the tool; a *_test.c is a test program of its own. Included by the Makefile.

sources = $(filter-out %_test.c,$(shell find $(1) -name '*.c' -not -path '*/test/*' | sort))
WIRE_C  := $(call sources,src/wire)
SUITE_C := $(call sources,src/suite src/report)
CLI_C   := $(call sources,src/cli)
TEST_C  := $(shell find src -name '*_test.c' | sort)

objects  = $(patsubst src/%.c,$(OUT)/obj/%.o,$(1))
WIRE_O  := $(call objects,$(WIRE_C))
SUITE_O := $(call objects,$(SUITE_C))
CLI_O   := $(call objects,$(CLI_C))
TESTS   := $(patsubst src/%.c,$(OUT)/test/%,$(TEST_C))
# Helpers that several tests share stand in folders named test/.
SUPPORT_O := $(call objects,$(shell find src -path '*/test/*.c' | sort))
WIRE_SUPPORT_O := $(filter $(OUT)/obj/wire/%,$(SUPPORT_O))

.SECONDARY:

$(OUT)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) $(CPPFLAGS) $(XML_CFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The list kernels are written to be vectorised, which gcc 12 does at -O3 only.
ifeq ($(VARIANT),release)
$(OUT)/obj/wire/protocol/kernels.o: ALL_CFLAGS += -O3
endif

# What is compiled in of the command line: another PREFIX or VERSION than last time compiles the files that hold it again.
$(OUT)/prefix-and-version: FORCE
	@mkdir -p $(@D)
	@echo '$(PREFIX) $(VERSION)' | cmp -s - $@ || echo '$(PREFIX) $(VERSION)' >$@
.PHONY: FORCE
HOLDERS := $(shell grep -rlE 'ASSAY_(PREFIX|VERSION)' src/cli src/suite src/report --include='*.c')
$(call objects,$(HOLDERS)): $(OUT)/prefix-and-version

$(OUT)/libthriftwire.a: $(WIRE_O)
	@rm -f $@ && ar rcs $@ $^

$(OUT)/libthriftwire.so.0: $(WIRE_O)
	@$(CC) -shared -Wl,-soname,libthriftwire.so.0 $(LDFLAGS) -o $@ $^ $(WIRE_LIBS)

$(OUT)/libassay.a: $(SUITE_O)
	@rm -f $@ && ar rcs $@ $^

$(OUT)/assay: $(CLI_O) $(OUT)/libassay.a $(OUT)/libthriftwire.a
	@echo "  LINK  $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(SUITE_LIBS) $(WIRE_LIBS)

# The library's own tests need nothing above it.
$(OUT)/test/wire/%: $(OUT)/obj/wire/%.o $(WIRE_SUPPORT_O) $(OUT)/libthriftwire.a
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS) -o $@ $^ -lcmocka $(WIRE_LIBS)

$(OUT)/test/%: $(OUT)/obj/%.o $(SUPPORT_O) $(OUT)/libassay.a $(OUT)/libthriftwire.a
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS) -o $@ $(filter-out %.a,$^) $(OUT)/libassay.a $(OUT)/libthriftwire.a -lcmocka $(SUITE_LIBS) $(WIRE_LIBS)

$(OUT)/bench/%: $(OUT)/obj/bench/%.o $(OUT)/obj/bench/payloads.o $(OUT)/libthriftwire.a
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS) -o $@ $^ $(SUITE_LIBS) $(WIRE_LIBS)

$(BUILD)/assay: $(OUT)/assay $(OUT)/libthriftwire.so.0
	@ln -sfn $(patsubst $(BUILD)/%,%,$(OUT))/assay $@

# What src/dev/test.sh builds of a variant: the tool and every test program.
.PHONY: variant
variant: $(OUT)/assay $(TESTS)

-include $(shell [ -d $(OUT)/obj ] && find $(OUT)/obj -name '*.d')
