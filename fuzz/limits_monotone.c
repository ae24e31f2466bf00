/* A unit that just fits its limits is accepted, one less is refused by the limit, and more never refuses. */
#include "fuzz/harness/reading.h"
#include "suite/mutate/stream.h"

static const char *const tokens[] = {"exact-refused", "under-accepted", "under-class", "raised-refused",
                                     "leak",          "wrong-size",     NULL};

typedef enum limit_kind {
    LIMIT_DEPTH,
    LIMIT_STRING,
    LIMIT_CONTAINER,
    LIMIT_MESSAGE,
    LIMIT_FRAME,
    LIMIT_KINDS
} limit_kind;

static const char *const names[LIMIT_KINDS] = {"depth", "string", "container", "message", "frame"};

static void set(tw_limits *limits, limit_kind kind, uint64_t value)
{
    switch (kind) {
    case LIMIT_DEPTH: limits->depth = (uint32_t)value; break;
    case LIMIT_STRING: limits->string = (uint32_t)value; break;
    case LIMIT_CONTAINER: limits->container = (uint32_t)value; break;
    case LIMIT_MESSAGE: limits->message = value; break;
    default: limits->frame = (uint32_t)value; break;
    }
}

/* The longest frame among those that the unit takes. */
static uint64_t longest_frame(tw_bytes wire, size_t consumed)
{
    uint64_t longest = 0;
    for (size_t at = 0; at + 4 <= consumed && at + 4 <= wire.len;) {
        uint64_t len = 0;
        for (size_t i = 0; i < 4; i++) len = len << 8 | wire.data[at + i];
        if (len > longest) longest = len;
        at += 4 + (size_t)len;
    }
    return longest;
}

/* The smallest limit under which the unit fits; 0 for one that does not bear on it. */
static uint64_t needed(const assay_specimen *specimen, const fuzz_reading *got, limit_kind kind)
{
    uint64_t most = 0;
    if (kind == LIMIT_DEPTH) return got->out.depth;
    if (kind == LIMIT_FRAME)
        return got->stack->transport_count == 1 && got->stack->transports[0] == &tw_framed
                   ? longest_frame(specimen->payload, got->consumed)
                   : 0;
    if (kind == LIMIT_MESSAGE) return got->out.consumed;
    if (kind == LIMIT_STRING && fuzz_envelope(got)) most = got->envelope.name.len;
    for (size_t i = 0; i < got->tree.count; i++) {
        const tw_node *node = &got->tree.nodes[i];
        bool counts = kind == LIMIT_STRING
                          ? node->type == TW_STRING
                          : node->type == TW_LIST || node->type == TW_SET || node->type == TW_MAP;
        if (counts && node->count > most) most = node->count;
    }
    return most;
}

static void try_limit(fuzz_run *run, const assay_specimen *specimen, limit_kind kind, uint64_t value,
                      int side)
{
    fuzz_reading got;
    tw_limits limits = tw_limits_default();
    char text[FUZZ_ERROR_TEXT];
    set(&limits, kind, value);
    tw_class cls = fuzz_read(run, assay_specimen_stack(specimen->stack), specimen->unit, specimen->payload,
                             &limits, &got);
    tw_rule rule = got.out.error.rule;
    if (side == 0 && cls != TW_OK)
        prop_fail(run, "exact-refused", rule, "%s %llu, which it just needs: %s", names[kind],
                  (unsigned long long)value, fuzz_error(&got.out.error, text));
    if (side > 0 && cls != TW_OK)
        prop_fail(run, "raised-refused", rule, "%s raised to %llu: %s", names[kind],
                  (unsigned long long)value, fuzz_error(&got.out.error, text));
    if (side < 0 && cls == TW_OK)
        prop_fail(run, "under-accepted", rule, "%s %llu, one less than it needs, is enough", names[kind],
                  (unsigned long long)value);
    else if (side < 0 && cls != TW_LIMIT)
        prop_fail(run, "under-class", rule, "%s %llu, one less than it needs: %s", names[kind],
                  (unsigned long long)value, fuzz_error(&got.out.error, text));
    fuzz_reading_deinit(&got);
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    fuzz_reading got;
    if (fuzz_read_specimen(run, specimen, &got) == TW_OK) {
        for (limit_kind kind = LIMIT_DEPTH; kind < LIMIT_KINDS; kind++) {
            uint64_t need = needed(specimen, &got, kind);
            if (need == 0) continue;
            prop_note(run, &need, sizeof need);
            try_limit(run, specimen, kind, need, 0);
            try_limit(run, specimen, kind, need - 1, -1);
            try_limit(run, specimen, kind, need + 1 + specimen->parameter, 1);
        }
    }
    fuzz_note_reading(run, &got);
    fuzz_reading_deinit(&got);
}

const fuzz_harness fuzz_this = {
    .name = "limits_monotone",
    .property = "A unit that just fits a limit is accepted, one below is refused by it, and raising it never "
                "refuses.",
    .max_len = 4096,
    .tokens = tokens,
    .self_test = "DEPTH_OFF_BY_ONE",
    .check = check,
};
