/* A result for people, at a terminal or in a log: the verdict first, then what failed, grouped by what it has
 * in common, and the totals alone on the last line. */
#ifndef REPORT_CONSOLE_H
#define REPORT_CONSOLE_H

#include "suite/result/result.h"
#include "wire/base/bytes.h"

typedef struct assay_console_options {
    bool colour;
    bool verbose;   /* also known failures, notes and warnings in full */
    bool quiet;     /* the verdict line and the totals only; and how many outcomes left the profile */
    unsigned width; /* columns to wrap at; 0: 100 */
    /* What stands before the id in the line that repeats a case ("./assay repro --vectors mine"), as a shell
     * reads it; NULL: "assay repro". */
    const char *repro;
} assay_console_options;

/* Appends the report, ending with "N passed, N failed, N skipped\n". The output is valid UTF-8 and holds no
 * control characters but line ends and, with colour, SGR sequences. False when memory is refused. */
bool assay_console_render(const assay_result *result, const assay_console_options *options, tw_buffer *to);

#endif
