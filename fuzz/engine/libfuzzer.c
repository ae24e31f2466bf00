/* What libFuzzer, and AFL++'s driver for such targets, calls. A property that fails ends the process: that is how an engine learns
 * of it. */
#include "fuzz/engine/finding.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_run run;
    tw_bytes input = tw_bytes_of(data, size);
    fuzz_run_one(&fuzz_this, input, &run);
    if (run.token) {
        finding_print(stderr, &fuzz_this, &run, input);
        abort();
    }
    return 0;
}
