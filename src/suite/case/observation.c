#include "suite/case/observation.h"

const char *assay_act_name(assay_act act)
{
    static const char *const names[] = {
        [ASSAY_ACT_ACCEPT] = "accept",
        [ASSAY_ACT_REJECT] = "reject",
        [ASSAY_ACT_FAULT] = "fault",
        [ASSAY_ACT_NOMEM] = "nomem",
        [ASSAY_ACT_HANDED_UP] = "handed-up",
        [ASSAY_ACT_CRASH] = "crash",
        [ASSAY_ACT_HANG] = "hang",
        [ASSAY_ACT_GARBAGE] = "garbage",
        [ASSAY_ACT_UNSUPPORTED] = "unsupported",
        [ASSAY_ACT_ERROR] = "error",
        [ASSAY_ACT_TOO_LONG] = "too-long",
        [ASSAY_ACT_NOT_RUN] = "not-run",
    };
    size_t i = (size_t)act;
    return i < sizeof names / sizeof *names ? names[i] : "?";
}
