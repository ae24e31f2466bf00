/* What goes before a case, once per stack: a fixed struct cut at its token boundaries, and a refused request.
 */
#ifndef SUITE_VECTOR_PRELUDE_H
#define SUITE_VECTOR_PRELUDE_H

#include "suite/vector/vector.h"

enum { ASSAY_PRELUDE_CUTS = 16 };

typedef struct assay_prelude {
    const char *stack;
    struct {
        size_t at; /* offset in the fixed struct as the protocol writes it */
        tw_bytes bytes;
    } cuts[ASSAY_PRELUDE_CUTS];
    size_t cut_count;
    /* Ends in a string of size -1, inside a nested struct, behind a bool field: every reader refuses it, and
     * one that forgets to clean up keeps a field id, a bool, or a level of nesting. */
    tw_bytes refused_struct, refused_message;
    struct assay_prelude *next;
} assay_prelude;

/* That of a stack, made when it is first wanted; lives in set->derived. NULL when memory is refused. */
const assay_prelude *assay_prelude_get(assay_vector_set *set, const char *stack);

#endif
