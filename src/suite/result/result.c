#include "suite/result/result.h"

#include <string.h>

static const char *const nothing[] = {NULL};

const char *assay_overall_name(assay_overall overall)
{
    switch (overall) {
    case ASSAY_CONFORMANT: return "CONFORMANT";
    case ASSAY_NON_CONFORMANT: return "NON-CONFORMANT";
    case ASSAY_INCOMPLETE: break;
    }
    return "INCOMPLETE";
}

void assay_result_init(assay_result *result)
{
    memset(result, 0, sizeof *result);
    tw_arena_init(&result->arena, NULL, SIZE_MAX);
    result->suite_version = result->vectors_digest = result->vectors_version = "";
    result->testee_name = result->testee_version = result->testee_language = "";
    result->hello_json = "{}";
    result->command = result->started = result->verdict_line = "";
    result->profile.file = result->profile.remark = "";
    result->overall = ASSAY_INCOMPLETE;
    result->incomplete = result->stale = nothing;
}

void assay_result_deinit(assay_result *result)
{
    tw_arena_deinit(&result->arena);
    memset(result, 0, sizeof *result);
}

void assay_result_count(assay_result_counts *counts, const char *verdict, bool known)
{
    if (strcmp(verdict, "fail") == 0)
        known ? counts->known++ : counts->fail++;
    else if (strcmp(verdict, "pass") == 0)
        counts->pass++;
    else if (strcmp(verdict, "warn") == 0)
        counts->warn++;
    else if (strcmp(verdict, "note") == 0)
        counts->note++;
    else if (strcmp(verdict, "skip") == 0)
        counts->skip++;
    else if (strcmp(verdict, "not-verified") == 0)
        counts->not_verified++;
    else
        counts->broken++;
}

size_t assay_result_total(const assay_result_counts *c)
{
    return c->pass + c->fail + c->warn + c->note + c->skip + c->not_verified + c->broken + c->known;
}

assay_standing assay_result_standing(const char *verdict, bool known)
{
    if (strcmp(verdict, "pass") == 0 || strcmp(verdict, "warn") == 0 || strcmp(verdict, "note") == 0)
        return ASSAY_STANDING_PASSED;
    if (strcmp(verdict, "skip") == 0 || strcmp(verdict, "not-verified") == 0) return ASSAY_STANDING_SKIPPED;
    return known && strcmp(verdict, "fail") == 0 ? ASSAY_STANDING_SKIPPED : ASSAY_STANDING_FAILED;
}
