/* One lie at a time: @size and @type. The reference says what must come of it. */
#include "suite/vector/derive.h"
#include "suite/vector/complete.h"
#include "suite/mutate/expectation.h"
#include "suite/mutate/mutate.h"

#include <stdio.h>
#include <string.h>

/* Cases of one vector and one sweep at most. */
enum { SWEEP_MOST = 4096 };

typedef struct sweep {
    assay_deriving *d;
    const char *kind;
    size_t count;
    tw_buffer wire;
} sweep;

/* types: what the change brings in, even where the bytes cannot be read so far (1 << tw_type). */
static void add(sweep *s, const assay_target *target, int64_t value, const char *spelled, unsigned types)
{
    assay_deriving *d = s->d;
    char name[320];
    if (d->failed || s->count++ >= SWEEP_MOST) return;
    snprintf(name, sizeof name, "%s=%s", target->field, spelled);
    tw_buffer_clear(&s->wire);
    if (assay_target_write(target, &d->stack, d->base.bytes, d->payload, value, &s->wire) != TW_OK) {
        d->failed = true;
        return;
    }
    tw_bytes bytes = assay_deriving_keep(d, tw_buffer_view(&s->wire));
    assay_case *c = assay_deriving_add(d, s->kind, name);
    if (!c) return;
    c->bytes = bytes;
    c->types |= types;
    if (!assay_case_look(&d->stack, c)) d->failed = true;
    if (!assay_expect_by_rules(c, &d->stack, d->unit, d->arena)) d->failed = true;
    /* Behind another type the bytes mean something else: a reader that judges sizes later than the reference
     * meets types there that are none. */
    if (strcmp(s->kind, "type") == 0 && c->expect == ASSAY_REJECT) c->unknown_type = true;
}

static void sweep_size(sweep *s, const assay_target *target)
{
    static const char *const names[] = {"-1", "0", "rest+1", "max"};
    const int64_t values[] = {-1, 0, (int64_t)target->rest + 1, INT32_MAX};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (values[i] != (int64_t)target->value && (i < 2 || values[i] <= INT32_MAX))
            add(s, target, values[i], names[i], 0);
}

static void sweep_type(sweep *s, const assay_target *target)
{
    bool binary = target->spelling == ASSAY_SPELLED_BYTE;
    uint32_t last = binary ? 18 : 15; /* binary: 0 to 17, and 255 in the place of 18 */
    uint32_t uuid = binary ? 16 : 13;
    for (uint32_t i = 0; i <= last; i++) {
        char text[12];
        uint32_t value = i == 18 ? 255 : i;
        snprintf(text, sizeof text, "%u", (unsigned)value);
        if (value != target->value) add(s, target, value, text, value == uuid ? 1u << TW_UUID : 0);
    }
}

static void derive(assay_deriving *d, const char *kind, const assay_targets *targets,
                   void (*one)(sweep *, const assay_target *))
{
    sweep s = {.d = d, .kind = kind};
    tw_buffer_init(&s.wire, NULL);
    for (size_t i = 0; i < targets->count; i++) one(&s, &targets->items[i]);
    tw_buffer_deinit(&s.wire);
}

void assay_derive_sizes(assay_deriving *d)
{
    assay_targets targets;
    if (!d->vector->sweep_sizes) return;
    if (assay_sizes_find(&d->stack, d->base.bytes, d->payload, d->unit, d->arena, &targets))
        derive(d, "size", &targets, sweep_size);
    else
        d->failed = true;
}

void assay_derive_types(assay_deriving *d)
{
    assay_targets targets;
    if (!d->vector->sweep_types) return;
    if (assay_types_find(&d->stack, d->payload, d->unit, d->arena, &targets))
        derive(d, "type", &targets, sweep_type);
    else
        d->failed = true;
}
