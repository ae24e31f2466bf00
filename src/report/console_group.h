/* One group of cases on the console. Private to console.c. */
#ifndef REPORT_CONSOLE_GROUP_H
#define REPORT_CONSOLE_GROUP_H

#include "report/group.h"
#include "wire/base/bytes.h"

typedef struct assay_paint {
    bool colour;
    size_t width;
    bool verbose; /* every id of a group */
    const char *repro;
} assay_paint;

/* Begins and ends a colour (SGR parameters); nothing without colour. */
void assay_paint_on(const assay_paint *paint, const char *sgr, tw_buffer *to);
void assay_paint_off(const assay_paint *paint, tw_buffer *to);

/* A block: what is wrong, the rule, why it matters, expected and got, who else, how to repeat it. */
void assay_console_group(const assay_result *result, const assay_group *group, const assay_paint *paint,
                         tw_buffer *to);

/* The same in one or two lines. */
void assay_console_brief(const assay_result *result, const assay_group *group, const assay_paint *paint,
                         tw_buffer *to);

#endif
