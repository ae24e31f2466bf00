/* One input run by a harness's replayer. */
#ifndef CLI_CORPUS_REPLAY_H
#define CLI_CORPUS_REPLAY_H

#include "wire/base/bytes.h"

#include <stdbool.h>

typedef struct assay_replayed {
    char token[64]; /* how the property failed; "" where it holds */
    char rule[96];  /* or "" */
    char detail[512];
} assay_replayed;

/* Writes the input to the file and has the replayer look at it. False with a complaint where it cannot, or says
 * nothing that is understood. */
bool assay_cli_replay(const char *verb, const char *replayer, const char *file, tw_bytes input,
                      assay_replayed *result);

#endif
