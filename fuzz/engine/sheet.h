/* Running inputs in a process of their own, so that one that crashes or hangs is named and the others still run. */
#ifndef FUZZ_ENGINE_SHEET_H
#define FUZZ_ENGINE_SHEET_H

#include "fuzz/engine/inputs.h"
#include "fuzz/harness/harness.h"

/* What came of one input. */
typedef struct replay_line {
    bool done;
    char token[64]; /* "" while the property holds; "crash", "timeout" */
    tw_rule rule;
    char detail[FUZZ_DETAIL_MAX];
    uint64_t digest;
} replay_line;

/* Called behind every input. False ends the run there. */
typedef bool replay_seen(void *context, size_t index, const replay_line *line);

/* Runs the inputs in their order, each for at most so many seconds. False when no process or memory could be had. */
bool replay_run(const fuzz_harness *harness, const replay_inputs *inputs, unsigned seconds, replay_seen *seen,
                void *context);

#endif
