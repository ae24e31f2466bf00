#include "suite/mutate/evolve.h"

#include "suite/mutate/evolve/bytes.h"
#include "suite/mutate/evolve/change.h"
#include "suite/mutate/evolve/scratch.h"

/* Of 64: changes of plain bytes, whatever the specimen is. */
enum { PLAIN = 16, OF = 64, TRIES = 4 };

size_t assay_evolution_bytes(assay_evolution *e, uint8_t *data, size_t len, size_t max)
{
    size_t made = e->raw ? e->raw(data, len, max) : assay_bytes_change(data, len, max, &e->random);
    return made < max ? made : max;
}

static const assay_change *draw_change(assay_evolution *e)
{
    unsigned sum = 0;
    for (size_t i = 0; i < assay_change_count; i++) sum += assay_changes[i].weight;
    uint64_t draw = tw_random_below(&e->random, sum);
    const assay_change *change = assay_changes;
    for (; draw >= change->weight; change++) draw -= change->weight;
    return change;
}

/* One edit, and often a few more on top of it. */
static bool make_edits(assay_evolution *e, const assay_change *first)
{
    tw_tree *tree = &e->subject.tree;
    if (!first->edit(tree, &e->random)) return false;
    for (int more = 0; more < 3 && tw_random_below(&e->random, 3) == 0; more++) {
        const assay_change *other = &assay_changes[tw_random_below(&e->random, assay_change_count)];
        if (other->edit) other->edit(tree, &e->random);
    }
    return assay_evolution_write(e);
}

static bool fits(const assay_evolution *e)
{
    const tw_buffer *out = &e->subject.out;
    return out->len >= ASSAY_SPECIMEN_HEAD && out->len <= e->max;
}

/* Makes subject.out by some change. False where none could be made that fits. */
static bool make_some(assay_evolution *e, tw_bytes input, assay_scratch *scratch, size_t *change)
{
    bool made = false;
    for (int i = 0; i < TRIES && !made; i++) {
        const assay_change *row = draw_change(e);
        assay_scratch_init(scratch);
        made = assay_subject_open(&e->subject, input, &e->random, &scratch->alloc);
        if (made && e->subject.head.text) {
            made = (tw_random_below(&e->random, 2) && assay_change_notation(e)) || assay_change_word(e);
        } else if (made) {
            made = (e->subject.decoded || !row->decoded) && (row->edit ? make_edits(e, row) : row->make(e));
        }
        made = made && fits(e);
        *change = (size_t)(row - assay_changes);
        if (!made) assay_subject_deinit(&e->subject);
    }
    return made;
}

/* Plain bytes: mostly behind the head, whose bits say how all others are read. */
static size_t change_plain(assay_evolution *e, uint8_t *data, size_t len)
{
    if (e->max <= ASSAY_SPECIMEN_HEAD || len < ASSAY_SPECIMEN_HEAD || tw_random_below(&e->random, 8) == 0) {
        len = assay_evolution_bytes(e, data, len, e->max);
    } else {
        size_t head = ASSAY_SPECIMEN_HEAD;
        len = head + assay_evolution_bytes(e, data + head, len - head, e->max - head);
    }
    /* An input of no bytes says nothing. */
    for (; len < ASSAY_SPECIMEN_HEAD && len < e->max; len++) data[len] = 0;
    return len;
}

size_t assay_evolve_told(uint8_t *data, size_t len, size_t max, uint32_t seed, assay_evolve_raw *raw,
                         size_t *change)
{
    assay_scratch scratch;
    assay_evolution e;
    size_t made = assay_change_count;
    e.random = (tw_random){seed * UINT64_C(0x9e3779b97f4a7c15) + 1};
    e.raw = raw;
    e.max = max;
    if (len > max) len = max;
    if (max > ASSAY_SPECIMEN_HEAD && tw_random_below(&e.random, OF) >= PLAIN) {
        if (make_some(&e, tw_bytes_of(data, len), &scratch, &made)) {
            const tw_buffer *out = &e.subject.out;
            bool same = out->len == len && memcmp(out->data, data, len) == 0;
            if (!same) {
                memcpy(data, out->data, out->len);
                len = out->len;
            }
            assay_subject_deinit(&e.subject);
            *change = made;
            if (!same) return len;
        }
    }
    *change = assay_change_count;
    return change_plain(&e, data, len);
}

size_t assay_evolve(uint8_t *data, size_t len, size_t max, uint32_t seed, assay_evolve_raw *raw)
{
    size_t change;
    return assay_evolve_told(data, len, max, seed, raw, &change);
}
