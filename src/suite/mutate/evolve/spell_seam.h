/* How one protocol spells what the walk of spell.c comes by. Private to evolve. */
#ifndef SUITE_MUTATE_EVOLVE_SPELL_SEAM_H
#define SUITE_MUTATE_EVOLVE_SPELL_SEAM_H

#include "suite/mutate/evolve/spell.h"

typedef struct assay_speller {
    tw_buffer *to; /* its failure is sticky */
    tw_random *random;
} assay_speller;

typedef struct assay_spell_seam {
    void (*field)(assay_speller *s, const tw_node *value, int16_t last_id);
    void (*stop)(assay_speller *s);
    void (*list)(assay_speller *s, const tw_node *list);
    void (*map)(assay_speller *s, const tw_node *map);
    void (*size)(assay_speller *s, uint32_t size); /* of a string */
    void (*scalar)(assay_speller *s, const tw_node *value, bool in_struct);
    void (*envelope)(assay_speller *s, const tw_envelope *envelope);
} assay_spell_seam;

extern const assay_spell_seam assay_spell_binary, assay_spell_compact;

/* True for the less usual of two spellings. */
static inline bool assay_spell_odd(assay_speller *s)
{
    return tw_random_next(s->random) >> 62 == 0;
}

static inline void assay_spell_byte(assay_speller *s, unsigned byte)
{
    tw_buffer_append_byte(s->to, (uint8_t)byte);
}

/* The low bytes of the value, highest first. */
static inline void assay_spell_big_endian(assay_speller *s, uint64_t value, unsigned bytes)
{
    while (bytes--) assay_spell_byte(s, (unsigned)(value >> bytes * 8) & 0xff);
}

#endif
