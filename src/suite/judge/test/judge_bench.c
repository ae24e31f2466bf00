#include "suite/judge/test/judge_bench.h"

#include "wire/test/support.h"
#include "wire/text/notation.h"

#include <string.h>

static const assay_value *value_of(judge_bench *b, const char *text)
{
    size_t at = b->used++;
    tw_notation_error error;
    tw_tree_init(&b->trees[at], NULL, SIZE_MAX);
    bool message = strncmp(text, "struct", 6) != 0;
    tw_class cls =
        message ? tw_notation_read_message(text, strlen(text), &b->envelopes[at], &b->trees[at], &error)
                : tw_notation_read(text, strlen(text), &b->trees[at], &error);
    assert_int_equal(cls, TW_OK);
    b->values[at] = (assay_value){message ? &b->envelopes[at] : NULL, tw_tree_root(&b->trees[at])};
    return &b->values[at];
}

static tw_bytes bytes_of(judge_bench *b, const char *hex)
{
    return b->hex[b->hex_used++] = tw_test_hex(hex);
}

static void make_case(judge_bench *b, const judge_row *r)
{
    assay_case *c = &b->c;
    c->id = c->parent_id = "t/x";
    c->kind = "";
    c->title = c->why = "";
    c->verb = r->verb;
    c->expect = r->expect;
    c->level = r->level;
    c->in = r->in ? r->in : "compact";
    c->out = r->out ? r->out : "compact";
    if (r->verb == ASSAY_SKIP || r->verb == ASSAY_READ || r->verb == ASSAY_ECHO) c->out = NULL;
    c->consumed = r->consumed ? r->consumed : ASSAY_CONSUMED_UNKNOWN;
    c->ordered = r->ordered;
    c->unknown_type = r->unknown_type;
    c->end = r->end;
    c->depth = r->depth;
    c->budget.rss_kib = r->rss_budget ? r->rss_budget : -1;
    c->budget.cpu_ms = r->cpu_budget ? r->cpu_budget : -1;
    if (r->error_rule) c->error = (tw_error){.cls = TW_LIMIT, .rule = r->error_rule};
    for (; c->value_count < 3 && r->values[c->value_count]; c->value_count++)
        value_of(b, r->values[c->value_count]);
    c->values = b->values;
    if (r->canonical) c->canonical = bytes_of(b, r->canonical);
    memcpy(b->outcomes, r->outcomes, sizeof b->outcomes);
    for (; c->outcome_count < 3 && r->outcomes[c->outcome_count].name; c->outcome_count++)
        if (r->outcome_values[c->outcome_count])
            b->outcomes[c->outcome_count].value = value_of(b, r->outcome_values[c->outcome_count]);
    c->outcomes = b->outcomes;
    c->bytes = bytes_of(b, r->frame_limit ? "000fa000" : "01020304");
    if (r->bytes_len) c->bytes.len = r->bytes_len; /* never read */
    b->c.warns = r->warns;
}

static void make_seen(judge_bench *b, const judge_row *r)
{
    assay_observation *s = &b->seen;
    s->act = r->act;
    s->text = r->said ? r->said : "";
    s->stderr_tail = "";
    s->signal = r->signal;
    s->exit_status = r->signal ? -1 : 3;
    s->bytes = bytes_of(b, r->reply ? r->reply : "");
    for (; s->part_count < 4 && r->parts[s->part_count]; s->part_count++)
        b->parts[s->part_count] = bytes_of(b, r->parts[s->part_count]);
    s->parts = b->parts;
    s->consumed = r->seen_consumed ? r->seen_consumed : SIZE_MAX;
    s->rss_kib = r->rss;
    s->cpu_ms = r->cpu;
    s->peak_virtual_kib = r->peak;
}

void judge_bench_init(judge_bench *b, const judge_row *r)
{
    static const char json[] =
        "{\"name\": \"t\", \"protocols\": [\"compact\", \"binary\", \"binary-old\", \"binary-strict\"],"
        " \"transports\": [\"framed\"], \"verbs\": [\"transcode\", \"read\", \"skip\", \"message\","
        " \"session\", \"reuse\", \"typed\"]}";
    char why[256];
    memset(b, 0, sizeof *b);
    assert_true(assay_hello_parse(json, strlen(json), &b->hello, why, sizeof why));
    b->hello.consumed = r->declares_consumed;
    if (r->depth_limit) b->hello.depth_limit = r->depth_limit;
    if (r->frame_limit) b->hello.frame_limit = r->frame_limit;
    make_case(b, r);
    make_seen(b, r);
}

void judge_bench_deinit(judge_bench *b)
{
    assay_hello_deinit(&b->hello);
    for (size_t i = 0; i < b->used; i++) tw_tree_deinit(&b->trees[i]);
    for (size_t i = 0; i < b->hex_used; i++) tw_test_free(b->hex[i]);
}

void judge_rows_check(const judge_row *rows, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        const judge_row *r = &rows[i];
        judge_bench b;
        judge_bench_init(&b, r);
        tw_arena arena;
        tw_arena_init(&arena, NULL, SIZE_MAX);
        assay_judgement judgement;
        assay_judge_options options = {r->strict};
        char got[96];
        assert_true(assay_judge(&b.c, &b.hello, &b.seen, &options, &arena, &judgement));
        assay_judgement_name(&judgement, got, sizeof got);
        if (strcmp(got, r->want) != 0 || (r->difference && !strstr(judgement.difference, r->difference))) {
            print_error("%s: expected %s (%s), got %s (%s)\n", r->name, r->want,
                        r->difference ? r->difference : "", got, judgement.difference);
            wrong++;
        }
        tw_arena_deinit(&arena);
        judge_bench_deinit(&b);
    }
    assert_int_equal(wrong, 0);
}
