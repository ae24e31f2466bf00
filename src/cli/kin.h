/* Which implementations share code, as their testee.json say. */
#ifndef CLI_KIN_H
#define CLI_KIN_H

#include "suite/vector/confirm.h"

typedef struct assay_cli_kin {
    tw_arena arena;
    assay_kin *items;
    size_t count;
} assay_cli_kin;

/* Reads every testee.json below the folder "testees" beside the vectors' folder; none where there is no such
 * folder. The caller deinits. False, with a complaint, for one that cannot be understood. */
bool assay_cli_kin_load(const char *verb, const char *vectors, assay_cli_kin *kin);
void assay_cli_kin_deinit(assay_cli_kin *kin);

#endif
