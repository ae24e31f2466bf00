/* Twice as many repetitions cost about twice the work. The input is cut into a beginning, a unit that is repeated, and an end.
 *
 * Work is counted, not timed: the library under this harness is compiled so that every block of code that is entered calls
 * fuzz_work_step (see fuzz.mk), and what growing buffers copy is added. */
#include "fuzz/harness/meter.h"
#include "fuzz/harness/reading.h"

#include "wire/text/notation.h"
#include "wire/value/equal.h"

static const char *const tokens[] = {"work", "memory", "leak", "wrong-size", NULL};

/* Repetitions; what they cost is compared with half as many, a quarter and an eighth, and where all that looks dear with twice and
 * four times as many. */
enum { TIMES = 512, HALVINGS = 3, DOUBLINGS = 2 };

/* Less than this says nothing. */
#define WORK_LEAST 20000u
#define MEMORY_LEAST ((size_t)256 << 10)

void fuzz_work_step(void);

static uint64_t steps;

void fuzz_work_step(void)
{
    steps++;
}

typedef struct cost {
    uint64_t work;
    size_t memory;
} cost;

/* The three parts of the payload: the parameter says where the unit begins, the flags how long it is. */
static bool build(const assay_specimen *specimen, size_t times, tw_buffer *to)
{
    size_t len = specimen->payload.len, begin = specimen->parameter % len, unit = specimen->flags + 1u;
    if (unit > len - begin) unit = len - begin;
    tw_buffer_append(to, specimen->payload.data, begin);
    for (size_t i = 0; i < times; i++) tw_buffer_append(to, specimen->payload.data + begin, unit);
    tw_buffer_append(to, specimen->payload.data + begin + unit, len - begin - unit);
    return !to->failed;
}

/* Reads it in one go and in pieces, and spells, compares and writes what was read. */
static void use(fuzz_run *run, const assay_specimen *specimen, tw_bytes bytes)
{
    const tw_stack *stack = fuzz_plain_of(specimen);
    fuzz_reading got;
    tw_limits limits = tw_limits_generous();
    tw_decode_options options = tw_decode_defaults();
    options.limits = limits;
    if (fuzz_read(run, stack, specimen->unit, bytes, &limits, &got) == TW_OK) {
        tw_buffer text, again;
        tw_buffer_init(&text, run->alloc);
        tw_notation_write(tw_tree_root(&got.tree), TW_NOTATION_LINE, &text);
        tw_buffer_deinit(&text);
        fuzz_write(run, stack, &got, &again);
        tw_buffer_deinit(&again);
        tw_value_open_rules(tw_tree_root(&got.tree));
    }
    tw_input *input = tw_input_new(stack, &options, run->alloc);
    for (size_t at = 0; input && at < bytes.len; at += 16) {
        size_t n = bytes.len - at < 16 ? bytes.len - at : 16;
        tw_input_feed(input, tw_bytes_of(bytes.data + at, n));
        if (tw_input_next(input, specimen->unit, &got.envelope, &got.tree, &got.out) != TW_NEXT_MORE) break;
    }
    tw_input_free(input);
    fuzz_reading_deinit(&got);
}

static cost measure(fuzz_run *run, const assay_specimen *specimen, size_t times)
{
    fuzz_meter *meter = fuzz_meter_of(run);
    tw_buffer bytes;
    cost c = {0, 0};
    tw_buffer_init(&bytes, NULL);
    if (build(specimen, times, &bytes)) {
        uint64_t copied = meter->copied;
        steps = 0;
        meter->peak = meter->held;
        use(run, specimen, tw_buffer_view(&bytes));
        c = (cost){steps + (meter->copied - copied) / 8, meter->peak};
    }
    tw_buffer_deinit(&bytes);
    return c;
}

typedef struct dear {
    bool work, memory;
} dear;

/* Twice the repetitions cost twice as much, four times if it is quadratic. */
static dear still_dear(dear d, cost more, cost less)
{
    return (dear){d.work && more.work * 10 > less.work * 27, d.memory && more.memory * 10 > less.memory * 27};
}

/* One doubling alone proves nothing: with more repetitions a size may be filled at last, and what was refused early is read. So all
 * of them must be dear. What costs in proportion from some repetition on looks dear while that one is near, and less so the more
 * there are. */
static void check(fuzz_run *run, const assay_specimen *specimen)
{
    if (specimen->payload.len == 0) return;
    cost most = measure(run, specimen, TIMES), more = most, less = most;
    dear d = {most.work > WORK_LEAST, most.memory > MEMORY_LEAST};
    for (unsigned i = 1; i <= HALVINGS && (d.work || d.memory); i++) {
        less = measure(run, specimen, TIMES >> i);
        d = still_dear(d, more, less);
        more = less;
    }
    cost before = most;
    for (unsigned i = 1; i <= DOUBLINGS && (d.work || d.memory); i++) {
        more = measure(run, specimen, (size_t)TIMES << i);
        d = still_dear(d, more, before);
        before = more;
    }
    if (d.work)
        prop_fail(run, "work", TW_RULE_NONE, "%d times: %llu steps, %d times: %llu", TIMES >> HALVINGS,
                  (unsigned long long)less.work, TIMES, (unsigned long long)most.work);
    if (d.memory)
        prop_fail(run, "memory", TW_RULE_NONE, "%d times: %zu bytes, %d times: %zu", TIMES >> HALVINGS,
                  less.memory, TIMES, most.memory);
    prop_note(run, specimen->payload.data, specimen->payload.len);
}

const fuzz_harness fuzz_this = {
    .name = "superlinear",
    .property = "Repeating a part of the input costs work and memory in proportion.",
    .max_len = 256,
    .tokens = tokens,
    .self_test = "SCANNER_STARTS_OVER",
    .check = check,
};
