#include "fuzz/harness/reading.h"

#include "wire/value/equal.h"
#include "wire/value/generate.h"

#include <stdio.h>
#include <string.h>

tw_class fuzz_read(fuzz_run *run, const tw_stack *stack, tw_unit unit, tw_bytes bytes,
                   const tw_limits *limits, fuzz_reading *reading)
{
    tw_decode_options options = tw_decode_defaults();
    if (limits) options.limits = *limits;
    options.alloc = run->alloc;
    *reading = (fuzz_reading){.stack = stack, .unit = unit};
    tw_tree_init(&reading->tree, run->alloc, SIZE_MAX);
    return tw_stack_decode(stack, bytes, unit, &options, &reading->envelope, &reading->tree, &reading->out,
                           &reading->consumed);
}

void fuzz_reading_deinit(fuzz_reading *reading)
{
    tw_tree_deinit(&reading->tree);
}

tw_class fuzz_read_specimen(fuzz_run *run, const assay_specimen *specimen, fuzz_reading *reading)
{
    return fuzz_read(run, assay_specimen_stack(specimen->stack), specimen->unit, specimen->payload, NULL,
                     reading);
}

const tw_envelope *fuzz_envelope(const fuzz_reading *reading)
{
    return reading->unit == TW_UNIT_MESSAGE ? &reading->envelope : NULL;
}

tw_class fuzz_write(fuzz_run *run, const tw_stack *stack, const fuzz_reading *reading, tw_buffer *to)
{
    tw_buffer_init(to, run->alloc);
    return tw_stack_encode(stack, fuzz_envelope(reading), tw_tree_root(&reading->tree), to);
}

const tw_stack *fuzz_plain(unsigned protocol)
{
    return assay_specimen_stack(protocol & 1);
}

const tw_stack *fuzz_plain_of(const assay_specimen *specimen)
{
    return fuzz_plain(specimen->stack & 1);
}

void fuzz_note_reading(fuzz_run *run, const fuzz_reading *reading)
{
    const tw_error *error = &reading->out.error;
    uint64_t numbers[2] = {(uint64_t)error->cls, error->cls == TW_OK ? reading->consumed : error->offset};
    prop_note(run, numbers, sizeof numbers);
    if (error->cls != TW_OK) {
        const char *id = tw_rule_info_of(error->rule)->id;
        prop_note(run, id, strlen(id));
        return;
    }
    for (unsigned protocol = 0; protocol < 2; protocol++) {
        tw_buffer bytes;
        fuzz_write(run, fuzz_plain(protocol), reading, &bytes);
        prop_note(run, bytes.data, bytes.len);
        tw_buffer_deinit(&bytes);
    }
}

bool fuzz_same_value(const fuzz_reading *a, const fuzz_reading *b)
{
    if (a->unit == TW_UNIT_MESSAGE &&
        (!tw_bytes_equal(a->envelope.name, b->envelope.name) || a->envelope.kind != b->envelope.kind ||
         a->envelope.sequence_id != b->envelope.sequence_id))
        return false;
    return tw_equal(tw_tree_root(&a->tree), tw_tree_root(&b->tree), TW_EQUAL_EMPTY_MAP, NULL);
}

bool fuzz_same_error(const tw_error *a, const tw_error *b)
{
    if (a->cls != b->cls) return false;
    return a->cls == TW_OK ||
           (a->rule == b->rule && a->offset == b->offset && strcmp(a->layer, b->layer) == 0);
}

const char *fuzz_hex(tw_bytes bytes, char text[FUZZ_HEX_TEXT])
{
    size_t n = 0, most = (FUZZ_HEX_TEXT - 4) / 2;
    for (size_t i = 0; i < bytes.len && i < most; i++)
        n += (size_t)snprintf(text + n, FUZZ_HEX_TEXT - n, "%02x", bytes.data[i]);
    snprintf(text + n, FUZZ_HEX_TEXT - n, "%s", bytes.len > most ? "..." : "");
    return text;
}

const char *fuzz_error(const tw_error *error, char text[FUZZ_ERROR_TEXT])
{
    if (error->cls == TW_OK) return "accepted";
    snprintf(text, FUZZ_ERROR_TEXT, "%s by %s at byte %llu of %s", tw_class_name(error->cls),
             tw_rule_info_of(error->rule)->id, (unsigned long long)error->offset,
             error->layer ? error->layer : "nothing");
    return text;
}

size_t fuzz_pick(const assay_specimen *specimen, unsigned salt, size_t n)
{
    tw_random random = {(uint64_t)specimen->parameter << 32 | (uint64_t)specimen->flags << 16 | salt};
    return (size_t)tw_random_below(&random, n);
}
