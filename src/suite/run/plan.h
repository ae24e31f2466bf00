/* What a run will do: every selected case in plan order, and how each is to be run. */
#ifndef SUITE_RUN_PLAN_H
#define SUITE_RUN_PLAN_H

#include "suite/run/select.h"
#include "suite/vector/vector.h"

typedef enum assay_route {
    ASSAY_ROUTE_SKIP,    /* not declared by the testee: never sent */
    ASSAY_ROUTE_STREAM,  /* pipelined with others */
    ASSAY_ROUTE_DRAINED, /* behind a refused request, the window drained before */
    ASSAY_ROUTE_BUDGET   /* alone in its process, and measured */
} assay_route;

typedef struct assay_planned {
    assay_case *c;
    const char *missing; /* skip: what was not declared; in the hello or static. Otherwise NULL */
    uint8_t route;       /* assay_route */
} assay_planned;

/* Cases belong to the vector set; the arrays to the plan. */
typedef struct assay_plan {
    assay_planned *items; /* plan order: vectors in the set's order, a vector before its derived cases */
    size_t count;
    size_t
        *order; /* indexes into items in the order of sending: stream, then drained, then budget; no skips */
    size_t order_count;
    size_t budget_from;    /* order[budget_from ...] are the budget cases */
    size_t vectors;        /* vectors of which a case was selected */
    const char *unmatched; /* a pattern of selection->run that matches nothing at all, or NULL */
    bool narrowed;         /* not everything was selected */
} assay_plan;

/* Selects, derives and splits. hello NULL (a dry run): nothing is skipped. With selection->shuffle the stream
 * and the drained cases are sent in an order that depends on the seed alone. False when memory is refused;
 * the plan is empty then. */
bool assay_plan_build(assay_vector_set *set, const assay_selection *selection, const assay_hello *hello,
                      assay_plan *plan);
void assay_plan_deinit(assay_plan *plan);

/* True when the case has a budget. */
bool assay_plan_has_budget(const assay_case *c);

#endif
