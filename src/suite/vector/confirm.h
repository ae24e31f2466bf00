/* Who confirms a vector: implementations that were seen to read it as it says, as "NAME-VERSION" in
 * "confirmed_by". Two that share code are one witness, and the reference is none. */
#ifndef SUITE_VECTOR_CONFIRM_H
#define SUITE_VECTOR_CONFIRM_H

#include "suite/vector/vector.h"

/* The name of the reference codec's testee. */
#define ASSAY_CONFIRM_REFERENCE "reference"

/* How many independent implementations an accept needs, unless it carries an argument. */
#define ASSAY_CONFIRM_WANTED 2

/* An implementation that has code in common with others. */
typedef struct assay_kin {
    const char *name;
    const char *const *shares_code_with; /* names, NULL at the end */
} assay_kin;

/* True when an entry of "confirmed_by" is of that implementation, whatever its version. */
bool assay_confirm_is_of(const char *entry, const char *name);

/* The list with name's entry made right: "NAME-VERSION" (NAME alone without a version) when it confirms, none when
 * it does not, in place of all that name had; sorted, without duplicates. NULL at the end, in the arena, texts
 * of old (NULL: none) borrowed. NULL when memory is refused. */
const char *const *assay_confirm_set(const char *const *old, const char *name, const char *version,
                                     bool confirms, tw_arena *arena);

/* How many entries of a list (NULL: none) count: those of the reference and those that share code with one that counts already do
 * not, nor does a second version. */
size_t assay_confirm_count(const char *const *confirmed_by, const assay_kin *kin, size_t kin_count);

/* Tells every accept that fewer than ASSAY_CONFIRM_WANTED confirm and that carries no argument, as the linter
 * does. Returns how many. */
size_t assay_vectors_lint_confirmed(const assay_vector_set *set, const assay_kin *kin, size_t kin_count,
                                    assay_lint_report *report, void *context);

#endif
