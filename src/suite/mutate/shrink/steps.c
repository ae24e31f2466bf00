#include "suite/mutate/shrink/steps.h"

#include "suite/mutate/shrink.h"

void assay_shrink_steps_init(assay_shrink_steps *steps, tw_bytes input, size_t most)
{
    *steps = (assay_shrink_steps){.most = most};
    tw_buffer_init(&steps->input, NULL);
    tw_buffer_init(&steps->candidate, NULL);
    tw_buffer_init(&steps->answers, NULL);
    if (!tw_buffer_append(&steps->input, input.data, input.len)) steps->most = 0;
}

void assay_shrink_steps_deinit(assay_shrink_steps *steps)
{
    tw_buffer_deinit(&steps->answers);
    tw_buffer_deinit(&steps->candidate);
    tw_buffer_deinit(&steps->input);
}

/* Answers as before; the first question that is new is the candidate, and those behind it do not matter. */
static bool replay(void *context, tw_bytes input)
{
    assay_shrink_steps *s = context;
    if (s->found || input.len > s->input.len) return false;
    size_t number = s->asked++;
    if (number < s->answers.len) return s->answers.data[number];
    tw_buffer_clear(&s->candidate);
    s->found = tw_buffer_append(&s->candidate, input.data, input.len) && s->candidate.data;
    return false;
}

tw_bytes assay_shrink_steps_next(assay_shrink_steps *steps)
{
    /* What is longer is asked for too, and answered here. */
    enum { LONGER = 64 };
    tw_buffer small;
    assay_shrink_result result;
    if (steps->answers.len >= steps->most) return tw_bytes_of(NULL, 0);
    steps->asked = 0;
    steps->found = false;
    tw_buffer_init(&small, NULL);
    tw_class cls = assay_shrink(tw_buffer_view(&steps->input), replay, steps, steps->answers.len + LONGER,
                                &small, &result);
    tw_buffer_deinit(&small);
    return cls == TW_OK && steps->found ? tw_buffer_view(&steps->candidate) : tw_bytes_of(NULL, 0);
}

void assay_shrink_steps_answer(assay_shrink_steps *steps, bool kept)
{
    if (!tw_buffer_append_byte(&steps->answers, kept)) steps->most = 0;
}
