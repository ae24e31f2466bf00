#include "suite/run/exit_code.h"

#include <string.h>

int assay_exit_code(const assay_exit_facts *facts)
{
    if (facts->interrupted) return 130;
    if (facts->fault) return 70;
    if (facts->not_started) return 5;
    if (facts->incomplete) return 3;
    if (facts->failed) return 1;
    return facts->stale ? 4 : 0;
}

int assay_exit_code_of_case(const assay_result *result, const assay_result_case *row)
{
    if (result->exit_code == 130 || result->exit_code == 70 || result->exit_code == 5)
        return result->exit_code;
    if (!row) return 3;
    if (strcmp(row->verdict, "fail") == 0 || strcmp(row->verdict, "broken") == 0) return 1;
    return strcmp(row->verdict, "skip") == 0 || strcmp(row->verdict, "not-verified") == 0 ? 3 : 0;
}
