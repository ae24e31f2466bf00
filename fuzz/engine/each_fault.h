/* Which of the planted faults a set of inputs shows, in a build that has them. */
#ifndef FUZZ_ENGINE_EACH_FAULT_H
#define FUZZ_ENGINE_EACH_FAULT_H

#include "fuzz/engine/sheet.h"

/* Whether what came of an input is what it should be; replay's list of digests. */
typedef bool replay_wanted(void *context, const replay_input *input, const replay_line *line);

/* Plants each fault that the text names, one a line, and runs the inputs until one fails or does other than is wanted. Prints a line
 * of JSON for each fault: {"fault": NAME, "file": PATH or null, "token": the failure's, "digest" for other than wanted, or null}.
 * An input that showed one fault is tried first for those that follow, else the smallest is: few and small inputs show all that can
 * be shown. The order of inputs changes. False, with a message, for a name that is no fault, for a build without faults, and without
 * process or memory. */
bool replay_each_fault(const fuzz_harness *harness, replay_inputs *inputs, unsigned seconds,
                       const char *names, replay_wanted *wanted, void *context);

#endif
