#include "suite/evidence/witness.h"

#include "suite/vector/confirm.h"

#include <stdlib.h>
#include <string.h>

static int by_id(const void *a, const void *b)
{
    return strcmp((*(const assay_result_case *const *)a)->id, (*(const assay_result_case *const *)b)->id);
}

static int find_id(const void *id, const void *item)
{
    return strcmp(id, (*(const assay_result_case *const *)item)->id);
}

static bool index_vectors(assay_witness *w)
{
    const assay_result *r = &w->result;
    w->vectors = malloc((r->case_count + 1) * sizeof *w->vectors);
    if (!w->vectors) return false;
    for (size_t i = 0; i < r->case_count; i++)
        if (!r->cases[i].kind[0]) w->vectors[w->vector_count++] = &r->cases[i];
    qsort(w->vectors, w->vector_count, sizeof *w->vectors, by_id);
    return true;
}

assay_admission assay_witness_admit(assay_witness *witnesses, size_t before)
{
    const char *name = witnesses[before].result.testee_name;
    if (strcmp(name, ASSAY_CONFIRM_REFERENCE) == 0) return ASSAY_WITNESS_REFERENCE;
    if (!name[0]) return ASSAY_WITNESS_NAMELESS;
    for (size_t i = 0; i < before; i++)
        if (strcmp(witnesses[i].result.testee_name, name) == 0) return ASSAY_WITNESS_TWICE;
    return index_vectors(&witnesses[before]) ? ASSAY_WITNESS_ADMITTED : ASSAY_WITNESS_MEMORY;
}

void assay_witness_deinit(assay_witness *witness)
{
    free(witness->vectors);
    assay_result_deinit(&witness->result);
    *witness = (assay_witness){.vectors = NULL};
}

static const assay_result_case *case_of(const assay_witness *w, const char *id)
{
    const assay_result_case *const *found =
        bsearch(id, w->vectors, w->vector_count, sizeof *w->vectors, find_id);
    return found ? *found : NULL;
}

/* A report holds the first bytes of a request, with dots where it was cut. */
static bool same_request(const assay_result_case *seen, const assay_case *c)
{
    static const char digits[] = "0123456789abcdef";
    const char *hex = seen->request;
    if (strcmp(seen->in, c->in) != 0 || strcmp(seen->out, c->out ? c->out : "") != 0 ||
        strcmp(seen->verb, assay_verb_name(c->verb)) != 0)
        return false;
    for (size_t i = 0; i < c->bytes.len; i++, hex += 2) {
        if (i > 0 && strcmp(hex, "...") == 0) return true;
        if (hex[0] != digits[c->bytes.data[i] >> 4] || hex[1] != digits[c->bytes.data[i] & 15]) return false;
    }
    return !*hex;
}

static bool confirms(const assay_result_case *seen, const assay_case *c)
{
    if (strcmp(seen->verdict, "pass") == 0) return true;
    /* Where it may refuse, taking it is a note: for a rule that may be followed, and for deep nesting. */
    bool may = c->level == ASSAY_MAY && strcmp(seen->detail, "accepted") == 0;
    return strcmp(seen->verdict, "note") == 0 && (may || strcmp(seen->detail, "reads-nesting") == 0);
}

const char *const *assay_witness_testify(assay_witness *witness, const assay_vector *vector,
                                         const char *const *old, tw_arena *arena)
{
    const assay_result_case *seen = case_of(witness, vector->base.id);
    if (!seen || strcmp(seen->verdict, "broken") == 0) return old;
    if (!same_request(seen, &vector->base)) {
        witness->outdated++;
        return old;
    }
    bool yes = confirms(seen, &vector->base);
    witness->confirmed += yes;
    return assay_confirm_set(old, witness->result.testee_name, witness->result.testee_version, yes, arena);
}
