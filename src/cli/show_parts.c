#include "cli/show_parts.h"
#include "suite/vector/complete.h"

#include "wire/text/explain.h"
#include "wire/text/notation.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* More of a value, or of the bytes, than this helps nobody on a terminal. */
enum { VALUE_ROOM = 4096, BYTES_SHOWN = 4096, REQUEST_SHOWN = 512 };

static const struct {
    const char *kind, *sentence;
} kinds[] = {
    {"prefix", "only the first bytes of the vector: a reader must notice that they end too early"},
    {"skip", "the vector's bytes and others behind, to be skipped rather than read"},
    {"trail", "one byte more behind the vector's, which is not the reader's to take"},
    {"to", "the same bytes, answered in another protocol"},
    {"from", "the same value, asked in another protocol"},
    {"after-reject", "the same, right behind a request that is refused: nothing may be left over from it"},
    {"reuse", "the same, with objects that have read part of another struct before"},
    {"chunk", "the same bytes, handed over in pieces"},
    {"size", "the vector with one size changed"},
    {"type", "the vector with one type changed"},
};

static void print_buffer(tw_buffer *text, const char *indent)
{
    for (size_t at = 0; at < text->len;) {
        const char *line = (const char *)text->data + at;
        const char *end = memchr(line, '\n', text->len - at);
        size_t len = end ? (size_t)(end - line) : text->len - at;
        printf("%s%.*s\n", indent, (int)len, line);
        at += len + 1;
    }
    tw_buffer_clear(text);
}

static void print_value(const assay_value *value)
{
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    tw_class cls = value->envelope
                       ? tw_notation_write_message(value->envelope, value->root, TW_NOTATION_LINE, &text)
                       : tw_notation_write(value->root, TW_NOTATION_LINE, &text);
    if (cls == TW_OK && text.len > VALUE_ROOM) {
        tw_buffer_clear(&text);
        cls = tw_notation_write_brief(value->root, VALUE_ROOM, &text);
    }
    if (cls == TW_OK) print_buffer(&text, "    ");
    tw_buffer_deinit(&text);
}

static void print_rule(const assay_case *c)
{
    const tw_rule_info *rule = tw_rule_info_of(c->rule);
    printf("rule      %s (%s; %s)\n          %s\n", rule->id, tw_strength_name(rule->strength), rule->section,
           rule->sentence);
}

static void print_outcomes(const assay_case *c)
{
    printf("either, as the specification leaves it open:\n");
    for (size_t i = 0; i < c->outcome_count; i++) {
        const assay_named_outcome *outcome = &c->outcomes[i];
        printf("  %s: %s\n", outcome->name,
               !outcome->accepts ? "refused"
               : outcome->value  ? "accepted, as"
                                 : "accepted, whatever the value");
        if (outcome->value) print_value(outcome->value);
    }
}

static void print_accept(const assay_case *c)
{
    if (c->verb == ASSAY_SESSION) {
        printf("%zu message%s, then %s\n", c->value_count, c->value_count == 1 ? "" : "s",
               c->end == ASSAY_END_OK ? "the end" : "a refusal");
    } else {
        printf("accepted");
        if (c->consumed != ASSAY_CONSUMED_UNKNOWN)
            printf(", %zu of %zu bytes taken", c->consumed, c->bytes.len);
        printf("%s\n", c->canonical.data ? ", written back as these same bytes" : "");
    }
    for (size_t i = 0; i < c->value_count && c->verb != ASSAY_SKIP; i++) print_value(&c->values[i]);
}

static void print_expectation(const assay_case *c)
{
    printf("\nexpected: ");
    if (c->expect == ASSAY_ACCEPT) print_accept(c);
    if (c->expect == ASSAY_REJECT) printf("refused\n");
    if (c->expect == ASSAY_EITHER) print_outcomes(c);
    if (c->error.cls != TW_OK)
        printf("    the reference says %s at byte %" PRIu64 " of %s, by %s\n", tw_class_name(c->error.cls),
               c->error.offset, c->error.layer ? c->error.layer : c->in, tw_rule_info_of(c->error.rule)->id);
    if (c->budget.rss_kib >= 0) printf("    memory may grow by %" PRId64 " KiB\n", c->budget.rss_kib);
    if (c->budget.cpu_ms >= 0) printf("    CPU time may be %" PRId64 " ms\n", c->budget.cpu_ms);
}

static void print_explained(const assay_case *c, bool colour)
{
    tw_stack stack;
    tw_buffer text;
    if (!tw_stack_parse(c->in, &stack, NULL)) return;
    tw_explain_options options = {.decode = tw_decode_defaults(), .colour = colour, .mark = SIZE_MAX};
    options.unit = assay_verb_unit(c->verb);
    options.count = c->verb == ASSAY_SESSION ? c->count : 1;
    tw_buffer_init(&text, NULL);
    if (c->bytes.len > BYTES_SHOWN)
        printf("\nexplained: not shown, %zu bytes are too many\n", c->bytes.len);
    else if (tw_explain(&stack, c->bytes, &options, &text, NULL) != TW_MEMORY) {
        printf("\nexplained:\n");
        print_buffer(&text, "    ");
    }
    tw_buffer_deinit(&text);
}

static void print_request(const assay_case *c)
{
    tw_buffer line;
    tw_buffer_init(&line, NULL);
    if (assay_case_request(c, &line) == TW_OK)
        printf("    1 %.*s%s\n", (int)(line.len < REQUEST_SHOWN ? line.len : REQUEST_SHOWN),
               (const char *)line.data, line.len > REQUEST_SHOWN ? "..." : "");
    tw_buffer_deinit(&line);
}

static void print_words(const char *title, const char *const *words)
{
    if (!words || !*words) return;
    printf("%-10s%s", title, *words);
    while (*++words) printf(", %s", *words);
    printf("\n");
}

static void print_head(const assay_vector *vector, const assay_case *c)
{
    printf("%s\n    %s\n", c->id, c->title);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, c->kind) == 0) printf("    derived: %s\n", kinds[i].sentence);
    printf("\nwhy       %s\n", c->why);
    print_rule(c);
    printf("level     %s\n", assay_level_name(c->level));
    printf("request   %s %s%s%s%s%s\n", assay_verb_name(c->verb), c->typed ? c->typed : "",
           c->typed ? " " : "", c->in, c->out ? " to " : "", c->out ? c->out : "");
    print_words("refs", vector->refs);
    print_words("flags", vector->flags);
    print_words("confirmed", vector->confirmed_by);
    if (vector->twin) printf("twin      %s\n", vector->twin);
    printf("file      %s:%zu\n", vector->file, vector->line);
}

static void count_derived(const assay_cases *cases)
{
    size_t at = 1;
    if (cases->count <= 1) return;
    printf("\nderived: %zu cases:", cases->count - 1);
    while (at < cases->count) {
        const char *kind = cases->items[at]->kind;
        size_t from = at;
        while (at < cases->count && strcmp(cases->items[at]->kind, kind) == 0) at++;
        printf(" %zu @%s", at - from, kind);
    }
    printf("\n");
}

void assay_show_case(const assay_vector *vector, const assay_case *c, const assay_cases *cases, bool colour)
{
    print_head(vector, c);
    if (!*c->kind) {
        printf("\nwire:\n");
        for (size_t i = 0; vector->wire[i]; i++) printf("    %s\n", vector->wire[i]);
    }
    print_explained(c, colour);
    printf("\nline:\n");
    if (c->refused) print_request(c->refused);
    print_request(c);
    print_expectation(c);
    if (!*c->kind) count_derived(cases);
}
