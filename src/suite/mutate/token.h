/* The numbers of a stream that one token states: its size and its types, as targets of a lie. */
#ifndef SUITE_MUTATE_TOKEN_H
#define SUITE_MUTATE_TOKEN_H

#include "suite/mutate/mutate.h"

/* Fills in *target but for its field and rest; `base` is where the unit's struct begins in the payload. False
 * when the token states no size. */
bool assay_token_size(const tw_token *token, bool compact, size_t base, assay_target *target);

/* Fills in at most two targets (a map's key and value types) and the suffixes of their names; the values are
 * read from the payload. Returns how many. */
size_t assay_token_types(const tw_token *token, bool compact, size_t base, tw_bytes payload,
                         assay_target targets[2], const char *suffixes[2]);

#endif
