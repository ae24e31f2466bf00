/* A struct or message that was answered with ok, reject, fault or nomem. */
#include "suite/judge/compare.h"
#include "suite/judge/excuse.h"
#include "suite/judge/judging.h"

#include <string.h>

static bool consumed_differs(const judging *j)
{
    return j->hello->consumed && j->seen->consumed != SIZE_MAX && j->c->consumed != ASSAY_CONSUMED_UNKNOWN &&
           j->seen->consumed != j->c->consumed;
}

/* A value that is right can still have left bytes untaken, or taken too many. */
static void accepted(judging *j, assay_verdict verdict, const char *detail)
{
    if (consumed_differs(j)) {
        judging_settle(j, ASSAY_FAIL, "consumed");
        judging_explain(j, "expected %zu bytes consumed, got %zu", j->c->consumed, j->seen->consumed);
    } else {
        judging_settle(j, verdict, detail);
    }
}

static void bad_bytes(judging *j, judging_answer_status status, const judging_answer *answer)
{
    if (status == JUDGING_ANSWER_MEMORY) {
        j->refused = true;
        return;
    }
    judging_settle(j, ASSAY_FAIL, "wrong-bytes");
    judging_explain(j, "the reply: %s", answer->why);
}

/* The outcome that accepts whatever was read, or NULL. */
static const assay_named_outcome *outcome_of_anything(const assay_case *c)
{
    for (size_t i = 0; c->expect == ASSAY_EITHER && i < c->outcome_count; i++)
        if (c->outcomes[i].accepts && !c->outcomes[i].value) return &c->outcomes[i];
    return NULL;
}

/* A reply that cannot be read. Where any value may be accepted, so may one that only our reading of an open rule refuses: a message
 * type that no one knows stands in the reply as it stood in the request. */
static void unreadable(judging *j, judging_answer_status status, const judging_answer *answer)
{
    bool open = status == JUDGING_ANSWER_BAD && tw_rule_info_of(answer->rule)->strength == TW_STRENGTH_OPEN;
    const assay_named_outcome *any = open ? outcome_of_anything(j->c) : NULL;
    if (any)
        accepted(j, ASSAY_NOTE, any->name);
    else
        bad_bytes(j, status, answer);
}

static const assay_named_outcome *outcome_of_value(const judging *j, const judging_answer *answer)
{
    const assay_named_outcome *any = NULL;
    for (size_t i = 0; i < j->c->outcome_count; i++) {
        const assay_named_outcome *o = &j->c->outcomes[i];
        if (!o->accepts) continue;
        if (!o->value)
            any = any ? any : o;
        else if (judging_equal(j, answer, o->value))
            return o;
    }
    return any;
}

static void weigh_value(judging *j, const judging_answer *answer)
{
    const assay_case *c = j->c;
    if (c->expect == ASSAY_EITHER) {
        const assay_named_outcome *o = outcome_of_value(j, answer);
        if (o)
            accepted(j, ASSAY_NOTE, o->name);
        else
            judging_settle(j, ASSAY_FAIL, "unlisted-outcome");
        return;
    }
    const assay_value *want = c->value_count ? &c->values[0] : NULL;
    if (!judging_equal(j, answer, want)) {
        judging_settle(j, ASSAY_FAIL, "wrong-value");
        judging_difference(j, answer, want);
    } else if (c->canonical.data && c->verb != ASSAY_READ && !tw_bytes_equal(c->canonical, j->seen->bytes) &&
               !judging_writes_canonically(j, answer, j->seen->bytes)) {
        accepted(j, ASSAY_WARN, "non-canonical");
        if (j->out->verdict == ASSAY_WARN)
            judging_explain(j,
                            "the value is right, but its bytes are not those that a conforming writer emits");
    } else {
        accepted(j, ASSAY_PASS, "");
    }
}

/* Reads the reply and compares it with what the case enumerates. */
static void weigh_reply(judging *j)
{
    judging_answer answer;
    tw_stack stack;
    if (!judging_reply_stack(j->c, &stack)) {
        judging_settle(j, ASSAY_BROKEN, "stack");
        return;
    }
    bool message = j->c->verb == ASSAY_MESSAGE;
    judging_answer_init(&answer, &stack, message ? TW_UNIT_MESSAGE : TW_UNIT_STRUCT);
    judging_answer_status status = judging_answer_read(&answer, j->seen->bytes);
    if (status != JUDGING_ANSWER_READ) {
        unreadable(j, status, &answer);
    } else {
        weigh_value(j, &answer);
        if (j->out->verdict != ASSAY_PASS && j->out->verdict != ASSAY_NOTE) judging_got(j, &answer);
        if (j->out->verdict != ASSAY_FAIL && !judging_header_form(j, &answer)) {
            judging_settle(j, ASSAY_FAIL, "wrong-value");
            if (!j->out->got) judging_got(j, &answer);
        }
        status = judging_answer_rest(&answer, false);
        if (status != JUDGING_ANSWER_READ) bad_bytes(j, status, &answer);
    }
    judging_answer_deinit(&answer);
}

/* skip answers with no bytes, echo with those it was given: nothing is decoded. */
static void weigh_without_value(judging *j)
{
    const assay_case *c = j->c;
    tw_bytes want = c->verb == ASSAY_ECHO ? c->bytes : (tw_bytes){NULL, 0};
    if (!tw_bytes_equal(j->seen->bytes, want)) {
        judging_settle(j, ASSAY_FAIL, "wrong-bytes");
        judging_explain(j, "expected %zu bytes in the reply, got %zu%s", want.len, j->seen->bytes.len,
                        want.len == j->seen->bytes.len ? " others" : "");
        return;
    }
    if (c->expect != ASSAY_EITHER) {
        accepted(j, ASSAY_PASS, "");
        return;
    }
    const char *name = NULL;
    size_t matching = 0;
    for (size_t i = 0; i < c->outcome_count; i++)
        if (c->outcomes[i].accepts && matching++ == 0) name = c->outcomes[i].name;
    /* Skipping shows no value, so that two accepting outcomes look the same. */
    if (matching == 0)
        judging_settle(j, ASSAY_FAIL, "unlisted-outcome");
    else
        accepted(j, ASSAY_NOTE, matching == 1 ? name : "accepted");
}

/* What was read although it was to be refused, for people only: a reply that cannot be read changes nothing.
 */
static void show_wrongly_accepted(judging *j)
{
    judging_answer answer;
    tw_stack stack;
    if (j->c->verb == ASSAY_SKIP || j->c->verb == ASSAY_ECHO || !judging_reply_stack(j->c, &stack)) return;
    judging_answer_init(&answer, &stack, j->c->verb == ASSAY_MESSAGE ? TW_UNIT_MESSAGE : TW_UNIT_STRUCT);
    judging_answer_status status = judging_answer_read(&answer, j->seen->bytes);
    if (status == JUDGING_ANSWER_READ) judging_got(j, &answer);
    if (status == JUDGING_ANSWER_MEMORY) j->refused = true;
    judging_answer_deinit(&answer);
}

static void weigh_accept(judging *j)
{
    const assay_case *c = j->c;
    if (c->expect == ASSAY_REJECT) {
        if (judging_nesting_of(c) != JUDGING_NESTING_NONE) {
            judging_settle(j, ASSAY_NOTE, "reads-nesting");
            return;
        }
        judging_settle(j, ASSAY_FAIL, "wrong-accept");
        show_wrongly_accepted(j);
        return;
    }
    if (c->verb == ASSAY_SKIP || c->verb == ASSAY_ECHO)
        weigh_without_value(j);
    else if (c->expect == ASSAY_ACCEPT && c->canonical.data && tw_bytes_equal(c->canonical, j->seen->bytes))
        accepted(j, ASSAY_PASS, "");
    else
        weigh_reply(j);
    if (j->out->verdict == ASSAY_PASS && judging_nesting_of(c) == JUDGING_NESTING_EITHER)
        judging_settle(j, ASSAY_NOTE, "reads-nesting");
}

static void weigh_wrong_refusal(judging *j, bool clean)
{
    const assay_case *c = j->c;
    int64_t declared, specified;
    const char *limit = judging_declared_limit(c, j->hello, &declared, &specified);
    if (judging_nesting_of(c) == JUDGING_NESTING_EITHER) {
        judging_settle(j, ASSAY_NOTE, "refuses-nesting");
    } else if (clean && limit) {
        judging_settle(j, ASSAY_WARN, "declared-limit");
        judging_explain(j, "the declared %s limit is %lld, the specification's is %lld", limit,
                        (long long)declared, (long long)specified);
    } else {
        judging_settle(j, ASSAY_FAIL, "wrong-reject");
        if (j->seen->text[0]) judging_explain(j, "%s: %s", clean ? "refused" : "failed", j->seen->text);
    }
}

static void weigh_refusal(judging *j, bool clean)
{
    const assay_case *c = j->c;
    switch (c->expect) {
    case ASSAY_ACCEPT: weigh_wrong_refusal(j, clean); return;
    case ASSAY_REJECT:
        judging_settle(j, clean ? ASSAY_PASS : ASSAY_WARN, clean ? "" : "unclean");
        if (!clean)
            judging_explain(j, "refused, but by an error of another kind than it documents%s%s",
                            j->seen->text[0] ? ": " : "", j->seen->text);
        return;
    case ASSAY_EITHER:
        for (size_t i = 0; i < c->outcome_count; i++)
            if (!c->outcomes[i].accepts) {
                judging_settle(j, ASSAY_NOTE, c->outcomes[i].name);
                return;
            }
        judging_settle(j, ASSAY_FAIL, "unlisted-outcome");
        return;
    }
}

void judging_weigh(judging *j)
{
    if (j->seen->act == ASSAY_ACT_ACCEPT)
        weigh_accept(j);
    else
        weigh_refusal(j, j->seen->act == ASSAY_ACT_REJECT);
}
