#include "suite/run/plan.h"

#include <stdlib.h>
#include <string.h>

bool assay_plan_has_budget(const assay_case *c)
{
    return c->budget.rss_kib >= 0 || c->budget.cpu_ms >= 0;
}

/* Keeps those cases of one vector, which stand from `from` on, that are wanted. */
static void keep_wanted(const assay_selection *selection, assay_cases *cases, size_t from)
{
    size_t kept = from;
    for (size_t i = from; i < cases->count; i++)
        if (assay_selection_has_case(selection, cases->items[i])) cases->items[kept++] = cases->items[i];
    cases->count = kept;
}

/* Whether deriving from the vector can give the one id that is wanted at all: saves deriving everything. */
static bool may_hold(const assay_selection *selection, const char *id)
{
    size_t len = strlen(id);
    return !selection->only || (strncmp(selection->only, id, len) == 0 &&
                                (selection->only[len] == 0 || selection->only[len] == '@'));
}

static bool matches_case(const char *pattern, const assay_cases *cases)
{
    for (size_t i = 0; i < cases->count; i++)
        if (assay_glob_match(pattern, cases->items[i]->id)) return true;
    return false;
}

/* A pattern that matches nothing is mistyped, whatever its neighbours match. Vectors of other shards and levels
 * count; what would be derived from those is not known here, and so it is not judged there. */
static const char *find_unmatched(const assay_vector_set *set, const assay_selection *selection,
                                  const assay_cases *cases)
{
    bool whole = selection->shards < 2 && selection->level == ASSAY_MAY && selection->skip_count == 0;
    for (size_t i = 0; i < selection->run_count; i++) {
        const char *pattern = selection->run[i];
        bool matched = false;
        for (size_t j = 0; j < set->count && !matched; j++)
            matched = assay_glob_match(pattern, set->vectors[j].base.id);
        if (!matched && (whole || !strchr(pattern, '@')) && !matches_case(pattern, cases)) return pattern;
    }
    return NULL;
}

static bool collect(assay_vector_set *set, const assay_selection *selection, const assay_hello *hello,
                    assay_cases *cases, size_t *vectors)
{
    for (size_t i = 0; i < set->count; i++) {
        const assay_vector *vector = &set->vectors[i];
        if (!assay_selection_has_vector(selection, vector->base.id, vector->base.level)) continue;
        if (!may_hold(selection, vector->base.id)) continue;
        size_t from = cases->count;
        if (!(selection->named ? assay_derive_none : assay_derive)(set, vector, hello, cases)) return false;
        keep_wanted(selection, cases, from);
        if (cases->count > from) ++*vectors;
    }
    return true;
}

static assay_route route_of(const assay_case *c, const assay_hello *hello, const char **missing)
{
    *missing = NULL;
    if (hello && !assay_hello_covers(hello, c, missing)) return ASSAY_ROUTE_SKIP;
    if (assay_plan_has_budget(c)) return ASSAY_ROUTE_BUDGET;
    return c->alone_after_reject ? ASSAY_ROUTE_DRAINED : ASSAY_ROUTE_STREAM;
}

static size_t append_route(assay_plan *plan, assay_route route)
{
    size_t from = plan->order_count;
    for (size_t i = 0; i < plan->count; i++)
        if (plan->items[i].route == route) plan->order[plan->order_count++] = i;
    return from;
}

/* splitmix64: a seed gives the same order on every machine. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static void shuffle(size_t *items, size_t count, uint64_t *state)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = (size_t)(next_random(state) % i), item = items[i - 1];
        items[i - 1] = items[other];
        items[other] = item;
    }
}

static void put_in_order(const assay_selection *selection, assay_plan *plan)
{
    append_route(plan, ASSAY_ROUTE_STREAM);
    size_t drained = append_route(plan, ASSAY_ROUTE_DRAINED);
    plan->budget_from = append_route(plan, ASSAY_ROUTE_BUDGET);
    if (!selection->shuffle) return;
    uint64_t state = selection->seed;
    shuffle(plan->order, drained, &state);
    shuffle(plan->order + drained, plan->budget_from - drained, &state);
}

bool assay_plan_build(assay_vector_set *set, const assay_selection *selection, const assay_hello *hello,
                      assay_plan *plan)
{
    *plan = (assay_plan){.narrowed = !assay_selection_is_all(selection)};
    assay_cases cases = {0};
    bool done = collect(set, selection, hello, &cases, &plan->vectors);
    if (done && cases.count) {
        plan->items = calloc(cases.count, sizeof *plan->items);
        plan->order = calloc(cases.count, sizeof *plan->order);
        done = plan->items && plan->order;
    }
    if (done) {
        plan->count = cases.count;
        plan->unmatched = find_unmatched(set, selection, &cases);
        for (size_t i = 0; i < cases.count; i++) {
            assay_planned *item = &plan->items[i];
            item->c = cases.items[i];
            item->route = (uint8_t)route_of(item->c, hello, &item->missing);
        }
        put_in_order(selection, plan);
    } else {
        assay_plan_deinit(plan);
    }
    assay_cases_deinit(&cases);
    return done;
}

void assay_plan_deinit(assay_plan *plan)
{
    free(plan->items);
    free(plan->order);
    *plan = (assay_plan){0};
}
