#include "report/tally.h"

#include <string.h>

const char *assay_tally_row_name(assay_tally_row row)
{
    static const char *const names[ASSAY_TALLY_ROWS] = {"pass", "fail", "crash", "hang",
                                                        "warn", "note", "skip"};
    return names[row];
}

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static assay_tally_row verdict_row(const assay_result_case *c)
{
    if (is(c->verdict, "pass")) return ASSAY_TALLY_PASS;
    if (is(c->verdict, "warn")) return ASSAY_TALLY_WARN;
    if (is(c->verdict, "note")) return ASSAY_TALLY_NOTE;
    if (is(c->verdict, "skip") || is(c->verdict, "not-verified")) return ASSAY_TALLY_SKIP;
    if (is(c->detail, "crash")) return ASSAY_TALLY_CRASH;
    return is(c->detail, "hang") ? ASSAY_TALLY_HANG : ASSAY_TALLY_FAIL;
}

/* A derived case that was not run takes nothing from its vector: skip is the mildest, pass the next. */
static int severity(assay_tally_row row)
{
    static const int ranks[ASSAY_TALLY_ROWS] = {
        [ASSAY_TALLY_SKIP] = 0, [ASSAY_TALLY_PASS] = 1, [ASSAY_TALLY_NOTE] = 2, [ASSAY_TALLY_WARN] = 3,
        [ASSAY_TALLY_FAIL] = 4, [ASSAY_TALLY_HANG] = 5, [ASSAY_TALLY_CRASH] = 6};
    return ranks[row];
}

/* Derived cases that passed need not be in the result themselves; their vector counts them. */
static assay_tally_row row_of(const assay_result_case *c)
{
    assay_tally_row row = verdict_row(c);
    bool passed = c->has_derived && c->derived.pass > 0;
    return passed && severity(row) < severity(ASSAY_TALLY_PASS) ? ASSAY_TALLY_PASS : row;
}

const assay_tally *assay_tally_find(const assay_tallies *tallies, const char *area, size_t len)
{
    for (size_t i = 0; i < tallies->count; i++)
        if (tallies->items[i].area_len == len && memcmp(tallies->items[i].area, area, len) == 0)
            return &tallies->items[i];
    return NULL;
}

static assay_tally *area_of(assay_tallies *tallies, const char *id)
{
    size_t len = strcspn(id, "/@");
    for (size_t i = 0; i < tallies->count; i++)
        if (tallies->items[i].area_len == len && memcmp(tallies->items[i].area, id, len) == 0)
            return &tallies->items[i];
    assay_tally *tally = &tallies->items[tallies->count++];
    memset(tally, 0, sizeof *tally);
    tally->area = id;
    tally->area_len = len;
    return tally;
}

/* No more areas than changes of the first component. */
static size_t most_areas(const assay_result *r)
{
    size_t n = 1;
    for (size_t i = 1; i < r->case_count; i++) {
        size_t len = strcspn(r->cases[i].id, "/@");
        if (strncmp(r->cases[i].id, r->cases[i - 1].id, len + 1) != 0) n++;
    }
    return n;
}

bool assay_tally_result(const assay_result *r, tw_arena *arena, assay_tallies *tallies)
{
    tallies->count = 0;
    tallies->items = tw_arena_take(arena, most_areas(r) * sizeof *tallies->items);
    if (!tallies->items) return false;
    for (size_t at = 0; at < r->case_count;) {
        const char *parent = r->cases[at].parent_id;
        assay_tally_row worst = ASSAY_TALLY_SKIP;
        for (; at < r->case_count && is(r->cases[at].parent_id, parent); at++) {
            assay_tally_row row = row_of(&r->cases[at]);
            if (severity(row) > severity(worst)) worst = row;
        }
        area_of(tallies, parent)->rows[worst]++;
    }
    return true;
}
