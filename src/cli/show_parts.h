/* What assay show prints. */
#ifndef CLI_SHOW_PARTS_H
#define CLI_SHOW_PARTS_H

#include "suite/vector/vector.h"

/* Prints a case of a vector on standard output; cases: all that belong to the vector. */
void assay_show_case(const assay_vector *vector, const assay_case *c, const assay_cases *cases, bool colour);

#endif
