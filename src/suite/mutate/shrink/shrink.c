#include "suite/mutate/shrink.h"

#include "suite/mutate/shrink/shrinker.h"
#include "suite/mutate/stream.h"

/* Offers that are no simpler cost work too, so they are bounded as well. */
enum { UNWRAPPED_MOST = 16 << 20, LOOKS_A_TRY = 8 };

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

/* Plain streams before framed ones before compressed ones: the reader of a reproducer sees most in them. */
static size_t layers(tw_bytes input)
{
    assay_specimen specimen = assay_specimen_read(input);
    const tw_stack *stack = assay_specimen_stack(specimen.stack);
    if (specimen.text) return 0;
    return stack->transport_count + (assay_stack_has_zlib(stack) ? 1 : 0);
}

static bool is_simpler(tw_bytes a, tw_bytes b)
{
    int order = compare_numbers(layers(a), layers(b));
    if (order == 0) order = compare_numbers(a.len, b.len);
    if (order == 0 && a.len) order = memcmp(a.data, b.data, a.len);
    return order < 0;
}

bool assay_shrinker_goes_on(const assay_shrinker *s)
{
    return !s->failed && s->tries < s->max_tries && s->looks / LOOKS_A_TRY < s->max_tries;
}

bool assay_shrinker_offer(assay_shrinker *s, tw_bytes candidate)
{
    if (!assay_shrinker_goes_on(s)) return false;
    s->looks++;
    if (!is_simpler(candidate, tw_buffer_view(&s->best))) return false;
    s->tries++;
    if (!s->keeps(s->context, candidate)) return false;
    size_t before = s->best.len;
    if (!tw_buffer_append(&s->best, candidate.data, candidate.len)) {
        s->failed = true;
        return false;
    }
    tw_buffer_drop(&s->best, before);
    s->taken++;
    return true;
}

bool assay_shrinker_offer_inner(assay_shrinker *s, const assay_specimen *head, tw_bytes inner)
{
    assay_specimen specimen = *head;
    specimen.payload = tw_bytes_of(NULL, 0);
    tw_buffer_clear(&s->candidate);
    tw_class cls = assay_specimen_write(&specimen, &s->candidate);
    if (cls == TW_OK && specimen.text)
        cls = tw_buffer_append(&s->candidate, inner.data, inner.len) ? TW_OK : TW_MEMORY;
    else if (cls == TW_OK)
        cls = assay_stream_wrap(assay_specimen_stack(head->stack), inner, &s->candidate);
    if (cls == TW_MEMORY) s->failed = true;
    return cls == TW_OK && assay_shrinker_offer(s, tw_buffer_view(&s->candidate));
}

assay_specimen assay_shrinker_inner(assay_shrinker *s)
{
    assay_specimen specimen = assay_specimen_read(tw_buffer_view(&s->best));
    const tw_stack *stack = assay_specimen_stack(specimen.stack);
    tw_class cls = TW_OK;
    tw_buffer_clear(&s->inner);
    if (specimen.text)
        tw_buffer_append(&s->inner, specimen.payload.data, specimen.payload.len);
    else
        cls = assay_stream_unwrap_some(stack, specimen.payload, UNWRAPPED_MOST, &s->inner);
    if (cls != TW_OK || s->inner.failed) s->failed = true;
    specimen.payload = tw_buffer_view(&s->inner);
    return specimen;
}

tw_class assay_shrink(tw_bytes input, assay_shrink_keeps *keeps, void *context, size_t max_tries,
                      tw_buffer *to, assay_shrink_result *result)
{
    static assay_shrink_pass *const passes[] = {assay_shrink_head, assay_shrink_tree, assay_shrink_tokens,
                                                assay_shrink_bytes};
    assay_shrinker s = {.keeps = keeps, .context = context, .max_tries = max_tries};
    tw_buffer_init(&s.best, NULL);
    tw_buffer_init(&s.candidate, NULL);
    tw_buffer_init(&s.inner, NULL);
    s.failed = !tw_buffer_append(&s.best, input.data, input.len);
    for (size_t before = SIZE_MAX; before != s.taken && assay_shrinker_goes_on(&s);) {
        before = s.taken;
        for (size_t i = 0; i < sizeof passes / sizeof *passes; i++) passes[i](&s);
    }
    *result = (assay_shrink_result){s.tries, !s.failed && !assay_shrinker_goes_on(&s)};
    bool ok = !s.failed && tw_buffer_append(to, s.best.data, s.best.len);
    tw_buffer_deinit(&s.inner);
    tw_buffer_deinit(&s.candidate);
    tw_buffer_deinit(&s.best);
    return ok ? TW_OK : TW_MEMORY;
}
