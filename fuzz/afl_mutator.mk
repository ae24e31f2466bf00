# AFL++'s custom mutator, and the dictionary. Included by fuzz.mk.

# Only the six functions that AFL++ looks for are to be seen.
$(OUT)/fuzz/afl_mutator.so: $(OUT)/obj/fuzz/engine/afl_mutator.o $(OUT)/libassay.a $(OUT)/libthriftwire.a
	@mkdir -p $(@D)
	@$(CC) -shared -Wl,--exclude-libs,ALL -Wl,--no-undefined $(LDFLAGS) -o $@ $^ $(WIRE_LIBS)

$(OUT)/fuzz/dict/thrift_dict: $(OUT)/obj/fuzz/dict/thrift_dict.o $(OUT)/libassay.a $(OUT)/libthriftwire.a
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS) -o $@ $^ $(WIRE_LIBS)

.PHONY: dict
dict: $(OUT)/fuzz/dict/thrift_dict
	@$< >fuzz/dict/thrift.dict.new && mv fuzz/dict/thrift.dict.new fuzz/dict/thrift.dict
