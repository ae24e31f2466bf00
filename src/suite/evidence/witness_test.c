#include "suite/evidence/witness.h"

#include "suite/result/test/row.h"
#include "wire/test/support.h"

#include <stdlib.h>
#include <string.h>

/* What one row says of a vector of these bytes, whose list is "b-1" before. */
typedef struct said {
    const char *verdict, *detail, *request; /* of the row */
    assay_level level;                      /* of the vector */
    const char *want;                       /* the list's first entry */
    size_t confirmed, outdated;
} said;

static const said all_said[] = {
    {"pass", "", "0aff00", ASSAY_MUST, "a-2", 1, 0},
    {"fail", "wrong-value", "0aff00", ASSAY_MUST, "b-1", 0, 0},
    {"warn", "consumed", "0aff00", ASSAY_SHOULD, "b-1", 0, 0},
    {"skip", "", "0aff00", ASSAY_MUST, "b-1", 0, 0},
    {"broken", "", "0aff00", ASSAY_MUST, "a-1", 0, 0},
    /* free to refuse, and taken */
    {"note", "accepted", "0aff00", ASSAY_MAY, "a-2", 1, 0},
    {"note", "accepted", "0aff00", ASSAY_MUST, "b-1", 0, 0},
    {"note", "refused", "0aff00", ASSAY_MAY, "b-1", 0, 0},
    {"note", "reads-nesting", "0aff00", ASSAY_MUST, "a-2", 1, 0},
    {"note", "refuses-nesting", "0aff00", ASSAY_MUST, "b-1", 0, 0},
    {"fail", "accepted", "0aff00", ASSAY_MAY, "b-1", 0, 0},
    /* of other bytes */
    {"pass", "", "0aff", ASSAY_MUST, "a-1", 0, 1},
    {"pass", "", "0aff0", ASSAY_MUST, "a-1", 0, 1},
    {"pass", "", "0aff01", ASSAY_MUST, "a-1", 0, 1},
    {"pass", "", "0aff0000", ASSAY_MUST, "a-1", 0, 1},
    {"pass", "", "", ASSAY_MUST, "a-1", 0, 1},
    {"fail", "wrong-value", "0aff01", ASSAY_MUST, "a-1", 0, 1},
    /* a report is cut with dots behind at least one byte */
    {"pass", "", "0aff...", ASSAY_MUST, "a-2", 1, 0},
    {"pass", "", "0b...", ASSAY_MUST, "a-1", 0, 1},
    {"pass", "", "...", ASSAY_MUST, "a-1", 0, 1},
};

static void testify(const said *s)
{
    static const char *const old[] = {"a-1", "b-1", NULL};
    tw_bytes bytes = tw_test_hex("0aff00"), request = tw_test_exact(s->request, strlen(s->request) + 1);
    assay_vector vector = {.base = {.id = "v/x",
                                    .level = s->level,
                                    .verb = ASSAY_TRANSCODE,
                                    .in = "compact",
                                    .out = "compact",
                                    .bytes = bytes}};
    assay_result_case row = assay_test_row("v/x", "v/x", s->verdict, s->detail);
    row.request = (const char *)request.data;
    assay_witness w = {.confirmed = 0};
    assay_test_result(&w.result, "a", "2", &row, 1);
    assert_int_equal(assay_witness_admit(&w, 0), ASSAY_WITNESS_ADMITTED);
    tw_arena arena;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    const char *const *list = assay_witness_testify(&w, &vector, old, &arena);
    assert_non_null(list);
    assert_string_equal(list[0], s->want);
    assert_int_equal(w.confirmed, s->confirmed);
    assert_int_equal(w.outdated, s->outdated);
    assert_true((list == old) == (strcmp(s->want, "a-1") == 0));
    tw_arena_deinit(&arena);
    assay_witness_deinit(&w);
    tw_test_free(request);
    tw_test_free(bytes);
}

static void test_what_a_row_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof all_said / sizeof *all_said; i++) testify(&all_said[i]);
}

/* Another stack or verb is another request. */
static void test_other_request(void **state)
{
    (void)state;
    static const char *const old[] = {NULL};
    assay_result_case rows[] = {
        assay_test_row("v/in", "v/in", "pass", ""), assay_test_row("v/out", "v/out", "pass", ""),
        assay_test_row("v/verb", "v/verb", "pass", ""), assay_test_row("v/skip", "v/skip", "pass", "")};
    rows[0].in = "binary";
    rows[1].out = "binary";
    rows[2].verb = "message";
    rows[3].verb = "skip";
    rows[3].out = "";
    assay_witness w = {.confirmed = 0};
    assay_test_result(&w.result, "a", "2", rows, 4);
    assert_int_equal(assay_witness_admit(&w, 0), ASSAY_WITNESS_ADMITTED);
    tw_arena arena;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    for (size_t i = 0; i < 4; i++) {
        bool skip = i == 3;
        assay_vector vector = {.base = {.id = rows[i].id,
                                        .verb = skip ? ASSAY_SKIP : ASSAY_TRANSCODE,
                                        .in = "compact",
                                        .out = skip ? NULL : "compact"}};
        const char *const *list = assay_witness_testify(&w, &vector, old, &arena);
        assert_true((list == old) == !skip);
    }
    assert_int_equal(w.outdated, 3);
    assert_int_equal(w.confirmed, 1);
    tw_arena_deinit(&arena);
    assay_witness_deinit(&w);
}

/* Whatever their order; a derived case says nothing of its vector. */
static void test_finding_the_case(void **state)
{
    (void)state;
    static const char *const old[] = {NULL};
    static const struct {
        const char *id;
        bool found;
    } ids[] = {{"v/a", true},  {"v/b", true},        {"v/c", true},
               {"v/d", false}, {"v/d@cut:1", false}, {"v", false}};
    assay_result_case rows[] = {
        assay_test_row("v/c", "v/c", "pass", ""), assay_test_row("v/d@cut:1", "v/d", "pass", ""),
        assay_test_row("v/a", "v/a", "pass", ""), assay_test_row("v/b", "v/b", "pass", "")};
    assay_witness w = {.confirmed = 0};
    assay_test_result(&w.result, "a", "2", rows, 4);
    assert_int_equal(assay_witness_admit(&w, 0), ASSAY_WITNESS_ADMITTED);
    assert_int_equal(w.vector_count, 3);
    tw_arena arena, none;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        assay_vector vector = {
            .base = {.id = ids[i].id, .verb = ASSAY_TRANSCODE, .in = "compact", .out = "compact"}};
        assert_true((assay_witness_testify(&w, &vector, old, &arena) != old) == ids[i].found);
    }
    tw_arena_init(&none, NULL, 0);
    assay_vector vector = {.base = {.id = "v/a", .in = "compact", .out = "compact"}};
    assert_null(assay_witness_testify(&w, &vector, old, &none));
    tw_arena_deinit(&none);
    tw_arena_deinit(&arena);
    assay_witness_deinit(&w);
}

static void test_admission(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        assay_admission want;
    } rows[] = {{"a", ASSAY_WITNESS_ADMITTED},   {"reference", ASSAY_WITNESS_REFERENCE},
                {"", ASSAY_WITNESS_NAMELESS},    {"a", ASSAY_WITNESS_TWICE},
                {"a-2", ASSAY_WITNESS_ADMITTED}, {"a-2", ASSAY_WITNESS_TWICE}};
    assay_witness witnesses[3] = {{.confirmed = 0}};
    size_t count = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assay_test_result(&witnesses[count].result, rows[i].name, "1", NULL, 0);
        assay_admission got = assay_witness_admit(witnesses, count);
        assert_int_equal(got, rows[i].want);
        if (got == ASSAY_WITNESS_ADMITTED)
            count++;
        else
            assay_witness_deinit(&witnesses[count]);
    }
    while (count) assay_witness_deinit(&witnesses[--count]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_a_row_says), cmocka_unit_test(test_other_request),
        cmocka_unit_test(test_finding_the_case), cmocka_unit_test(test_admission)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
