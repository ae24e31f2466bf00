#include "suite/run/exit_code.h"

int assay_exit_code(const assay_exit_facts *facts)
{
    if (facts->interrupted) return 130;
    if (facts->fault) return 70;
    if (facts->not_started) return 5;
    if (facts->incomplete) return 3;
    if (facts->failed) return 1;
    return facts->stale ? 4 : 0;
}
