/* AFL++'s custom mutator: AFL_CUSTOM_MUTATOR_LIBRARY=build/.../afl_mutator.so. The mutation and the trimming are the suite's; this
 * is only the calling convention (custom_mutators.md of AFL++ 4.04). */
#include "suite/mutate/evolve.h"
#include "suite/mutate/shrink/steps.h"
#include "wire/value/generate.h"

#include <stdlib.h>

/* An input grows by at most so much at once: AFL++ itself would allow a megabyte. */
enum { GROWTH = 4096, TRIM_STEPS = 160, CROSS_ONE_IN = 8 };

typedef struct mutator {
    tw_random random;
    uint8_t *out;
    size_t capacity;
    bool trimming;
    assay_shrink_steps steps;
    size_t made; /* trimming steps */
} mutator;

void *afl_custom_init(void *afl, unsigned int seed);
size_t afl_custom_fuzz(void *data, uint8_t *buf, size_t buf_size, uint8_t **out_buf, uint8_t *add_buf,
                       size_t add_buf_size, size_t max_size);
int32_t afl_custom_init_trim(void *data, uint8_t *buf, size_t buf_size);
size_t afl_custom_trim(void *data, uint8_t **out_buf);
int32_t afl_custom_post_trim(void *data, unsigned char success);
void afl_custom_deinit(void *data);

void *afl_custom_init(void *afl, unsigned int seed)
{
    mutator *m = calloc(1, sizeof *m);
    (void)afl;
    if (m) m->random.state = seed;
    return m;
}

static bool make_room(mutator *m, size_t size)
{
    if (m->capacity >= size) return true;
    uint8_t *out = realloc(m->out, size);
    if (!out) return false;
    m->out = out;
    m->capacity = size;
    return true;
}

size_t afl_custom_fuzz(void *data, uint8_t *buf, size_t buf_size, uint8_t **out_buf, uint8_t *add_buf,
                       size_t add_buf_size, size_t max_size)
{
    mutator *m = data;
    uint32_t seed = (uint32_t)tw_random_next(&m->random);
    size_t max = buf_size + GROWTH < max_size ? buf_size + GROWTH : max_size;
    *out_buf = buf;
    if (max == 0 || !make_room(m, max)) return buf_size;
    *out_buf = m->out;
    if (add_buf && add_buf_size && seed % CROSS_ONE_IN == 0)
        return assay_evolve_cross(buf, buf_size, add_buf, add_buf_size, m->out, max, seed);
    size_t len = buf_size < max ? buf_size : max;
    if (len) memcpy(m->out, buf, len);
    return assay_evolve(m->out, len, max, seed, NULL);
}

static void end_trimming(mutator *m)
{
    if (m->trimming) assay_shrink_steps_deinit(&m->steps);
    m->trimming = false;
}

/* How many steps there are is known when there is no more, so the most is told. */
int32_t afl_custom_init_trim(void *data, uint8_t *buf, size_t buf_size)
{
    mutator *m = data;
    end_trimming(m);
    assay_shrink_steps_init(&m->steps, tw_bytes_of(buf, buf_size), TRIM_STEPS);
    m->trimming = true;
    m->made = 0;
    return TRIM_STEPS;
}

/* Length 0 is not run; post_trim is told that it failed and ends the stage. */
size_t afl_custom_trim(void *data, uint8_t **out_buf)
{
    mutator *m = data;
    tw_bytes next = assay_shrink_steps_next(&m->steps);
    if (!next.data || !make_room(m, next.len + 1)) {
        m->made = TRIM_STEPS;
        *out_buf = make_room(m, 1) ? m->out : NULL;
        return 0;
    }
    if (next.len) memcpy(m->out, next.data, next.len);
    *out_buf = m->out;
    return next.len;
}

int32_t afl_custom_post_trim(void *data, unsigned char success)
{
    mutator *m = data;
    if (m->made < TRIM_STEPS) {
        assay_shrink_steps_answer(&m->steps, success != 0);
        m->made++;
    }
    return (int32_t)m->made;
}

void afl_custom_deinit(void *data)
{
    mutator *m = data;
    end_trimming(m);
    free(m->out);
    free(m);
}
