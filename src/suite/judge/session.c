/* A session: the messages one after the other, then how it ended. */
#include "suite/judge/compare.h"
#include "suite/judge/judging.h"

#include <string.h>

static bool refused(const judging *j)
{
    return j->seen->act != ASSAY_ACT_ACCEPT;
}

static assay_end demanded_end(const assay_case *c)
{
    return c->expect == ASSAY_REJECT ? ASSAY_END_REJECT : c->end;
}

/* The parts in one piece are what a conforming writer emits: nothing needs to be read. */
static bool parts_are_canonical(const judging *j)
{
    const assay_case *c = j->c;
    const assay_observation *seen = j->seen;
    if (!c->canonical.data || seen->part_count != c->value_count) return false;
    size_t at = 0;
    for (size_t i = 0; i < seen->part_count; i++) {
        tw_bytes part = seen->parts[i];
        if (part.len > c->canonical.len - at) return false;
        if (part.len && memcmp(c->canonical.data + at, part.data, part.len) != 0) return false;
        at += part.len;
    }
    return at == c->canonical.len;
}

static void differs_at(judging *j, const char *detail, size_t message, const char *what)
{
    judging_settle(j, ASSAY_FAIL, detail);
    judging_explain(j, "message %zu: %s", message + 1, what);
}

/* One message that was read; what is not demanded is only looked at for its form. */
static void weigh_message(judging *j, judging_answer *answer, size_t i)
{
    const assay_case *c = j->c;
    const assay_value *want = i < c->value_count ? &c->values[i] : NULL;
    if (!judging_equal(j, answer, want)) {
        judging_settle(j, ASSAY_FAIL, "wrong-value");
        judging_difference(j, answer, want);
        const char *difference = j->out->difference;
        judging_explain(j, "message %zu: %s", i + 1, difference);
    } else if (!judging_header_form(j, answer)) {
        judging_settle(j, ASSAY_FAIL, "wrong-value");
    } else if (c->canonical.data && j->out->verdict == ASSAY_PASS &&
               !judging_writes_canonically(j, answer, j->seen->parts[i])) {
        judging_settle(j, ASSAY_WARN, "non-canonical");
        judging_explain(
            j, "message %zu: the value is right, but its bytes are not those that a conforming writer emits",
            i + 1);
    }
    if (j->out->verdict == ASSAY_FAIL) judging_got(j, answer);
}

static void bad_part(judging *j, judging_answer_status status, const judging_answer *answer, size_t i)
{
    if (status == JUDGING_ANSWER_MEMORY)
        j->refused = true;
    else
        differs_at(j, "wrong-bytes", i, answer->why);
}

static void weigh_messages(judging *j, const tw_stack *stack)
{
    judging_answer answer;
    judging_answer_init(&answer, stack, TW_UNIT_MESSAGE);
    size_t count = j->seen->part_count;
    for (size_t i = 0; i < count && j->out->verdict != ASSAY_FAIL && !j->refused; i++) {
        judging_answer_status status = judging_answer_read(&answer, j->seen->parts[i]);
        if (status == JUDGING_ANSWER_READ) {
            weigh_message(j, &answer, i);
            if (j->out->verdict != ASSAY_FAIL) status = judging_answer_rest(&answer, i + 1 < count);
        }
        if (status != JUDGING_ANSWER_READ) bad_part(j, status, &answer, i);
    }
    judging_answer_deinit(&answer);
}

static void weigh_count(judging *j)
{
    const assay_case *c = j->c;
    size_t got = j->seen->part_count;
    bool too_many = got > c->value_count;
    const char *detail = "wrong-value";
    if (too_many && demanded_end(c) == ASSAY_END_REJECT) detail = "wrong-accept";
    if (!too_many && refused(j)) detail = "wrong-reject";
    judging_settle(j, ASSAY_FAIL, detail);
    judging_explain(j, "expected %zu messages, got %zu%s%s%s", c->value_count, got,
                    refused(j) ? ", then a refusal" : "", refused(j) && j->seen->text[0] ? ": " : "",
                    refused(j) ? j->seen->text : "");
}

static void weigh_end(judging *j)
{
    const assay_case *c = j->c;
    bool to_refuse = demanded_end(c) == ASSAY_END_REJECT;
    if (to_refuse && !refused(j)) {
        judging_settle(j, ASSAY_FAIL, "wrong-accept");
        judging_explain(j, "a clean end instead of a refusal behind message %zu", j->seen->part_count);
    } else if (!to_refuse && refused(j)) {
        judging_settle(j, ASSAY_FAIL, "wrong-reject");
        judging_explain(j, "a refusal instead of a clean end%s%s", j->seen->text[0] ? ": " : "",
                        j->seen->text);
    } else if (to_refuse && j->seen->act != ASSAY_ACT_REJECT) {
        judging_settle(j, ASSAY_WARN, "unclean");
        judging_explain(j, "refused, but by an error of another kind than it documents%s%s",
                        j->seen->text[0] ? ": " : "", j->seen->text);
    } else if (!refused(j) && j->hello->consumed && j->seen->consumed != SIZE_MAX &&
               c->consumed != ASSAY_CONSUMED_UNKNOWN && j->seen->consumed != c->consumed) {
        judging_settle(j, ASSAY_FAIL, "consumed");
        judging_explain(j, "expected %zu bytes consumed, got %zu", c->consumed, j->seen->consumed);
    }
}

/* An outcome of a session is told by its end, and by its value where it names the only message. */
static void weigh_either(judging *j)
{
    const assay_case *c = j->c;
    for (size_t i = 0; i < c->outcome_count; i++) {
        const assay_named_outcome *o = &c->outcomes[i];
        if (o->accepts == refused(j)) continue;
        bool whole = c->value_count == 0 || j->seen->part_count == c->value_count;
        if (o->accepts && !o->value && !whole) continue;
        if (o->accepts && o->value) {
            judging_answer answer;
            tw_stack stack;
            if (j->seen->part_count != 1 || !judging_reply_stack(c, &stack)) continue;
            judging_answer_init(&answer, &stack, TW_UNIT_MESSAGE);
            judging_answer_status status = judging_answer_read(&answer, j->seen->parts[0]);
            bool same = status == JUDGING_ANSWER_READ && judging_equal(j, &answer, o->value);
            if (status == JUDGING_ANSWER_MEMORY) j->refused = true;
            judging_answer_deinit(&answer);
            if (!same) continue;
        }
        judging_settle(j, ASSAY_NOTE, o->name);
        return;
    }
    judging_settle(j, ASSAY_FAIL, "unlisted-outcome");
    judging_explain(j, "%zu messages, then %s", j->seen->part_count,
                    refused(j) ? "a refusal" : "a clean end");
}

void judging_weigh_session(judging *j)
{
    tw_stack stack;
    if (!judging_reply_stack(j->c, &stack)) {
        judging_settle(j, ASSAY_BROKEN, "stack");
        return;
    }
    judging_settle(j, ASSAY_PASS, "");
    if (j->seen->bytes.len) {
        judging_settle(j, ASSAY_FAIL, "wrong-bytes");
        judging_explain(j, "the end of a session carries no bytes, got %zu", j->seen->bytes.len);
        return;
    }
    if (!parts_are_canonical(j)) weigh_messages(j, &stack);
    if (j->out->verdict == ASSAY_FAIL || j->refused) return;
    if (j->c->expect == ASSAY_EITHER) {
        weigh_either(j);
        return;
    }
    bool warned = j->out->verdict == ASSAY_WARN;
    if (j->seen->part_count != j->c->value_count)
        weigh_count(j);
    else if (!warned || demanded_end(j->c) != (refused(j) ? ASSAY_END_REJECT : ASSAY_END_OK))
        weigh_end(j);
}
