#include "suite/judge/judging.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Below this, no input justifies running out of memory. */
#define SMALL_INPUT (1u << 20)
/* Glue may carry no more than this (the testee protocol's word for `unsupported`). */
#define GLUE_LEVELS 512u

const char *assay_verdict_name(assay_verdict verdict)
{
    static const char *const names[ASSAY_VERDICT_COUNT] = {
        [ASSAY_PASS] = "pass",    [ASSAY_NOTE] = "note",    [ASSAY_WARN] = "warn",
        [ASSAY_FAIL] = "fail",    [ASSAY_SKIPPED] = "skip", [ASSAY_NOT_VERIFIED] = "not-verified",
        [ASSAY_BROKEN] = "broken"};
    return names[verdict];
}

bool assay_verdict_find(const char *name, assay_verdict *verdict)
{
    for (int v = 0; v < ASSAY_VERDICT_COUNT; v++) {
        if (strcmp(assay_verdict_name((assay_verdict)v), name) != 0) continue;
        *verdict = (assay_verdict)v;
        return true;
    }
    return false;
}

const char *assay_judgement_name(const assay_judgement *judgement, char *text, size_t size)
{
    snprintf(text, size, "%s%s%s", assay_verdict_name(judgement->verdict), judgement->detail[0] ? ":" : "",
             judgement->detail);
    return text;
}

void judging_settle(judging *j, assay_verdict verdict, const char *detail)
{
    j->out->verdict = verdict;
    j->out->detail = detail;
}

void judging_explain(judging *j, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len < 0) len = 0;
    size_t kept = (size_t)len < sizeof text ? (size_t)len : sizeof text - 1;
    /* Cut text must not end inside a character. */
    if ((size_t)len > kept)
        while (kept && ((unsigned char)text[kept] & 0xc0) == 0x80) kept--;
    char *copy = tw_arena_copy(j->arena, text, kept);
    if (copy)
        j->out->difference = copy;
    else
        j->refused = true;
}

static const char *signal_name(int number)
{
    switch (number) {
    case SIGSEGV: return " (SIGSEGV)";
    case SIGABRT: return " (SIGABRT)";
    case SIGBUS: return " (SIGBUS)";
    case SIGFPE: return " (SIGFPE)";
    case SIGILL: return " (SIGILL)";
    case SIGKILL: return " (SIGKILL)";
    case SIGTRAP: return " (SIGTRAP)";
    case SIGQUIT: return " (SIGQUIT)";
    case SIGTERM: return " (SIGTERM)";
    case SIGPIPE: return " (SIGPIPE)";
    case SIGXCPU: return " (SIGXCPU)";
    default: return "";
    }
}

static void judge_crash(judging *j)
{
    const assay_observation *seen = j->seen;
    judging_settle(j, ASSAY_FAIL, "crash");
    if (seen->signal)
        judging_explain(j, "killed by signal %d%s", seen->signal, signal_name(seen->signal));
    else if (seen->exit_status >= 0)
        judging_explain(j, "exited with status %d", seen->exit_status);
    else
        judging_explain(j, "the connection closed");
}

static void judge_unsupported(judging *j)
{
    const assay_case *c = j->c;
    const char *missing = "";
    bool library_recurses = c->verb == ASSAY_SKIP || c->verb == ASSAY_TYPED;
    if (!assay_hello_covers(j->hello, c, &missing))
        judging_settle(j, ASSAY_SKIPPED, missing);
    else if (c->depth >= GLUE_LEVELS && !library_recurses)
        judging_settle(j, ASSAY_NOT_VERIFIED, "nesting");
    else
        judging_settle(j, ASSAY_FAIL, "unsupported");
    if (j->out->verdict == ASSAY_FAIL && j->seen->text[0]) judging_explain(j, "%s", j->seen->text);
}

static void judge_not_run(judging *j)
{
    const char *missing = "";
    if (!assay_hello_covers(j->hello, j->c, &missing))
        judging_settle(j, ASSAY_SKIPPED, missing);
    else
        judging_settle(j, ASSAY_BROKEN, "not-run");
}

static void weigh(judging *j)
{
    if (j->c->verb == ASSAY_SESSION)
        judging_weigh_session(j);
    else
        judging_weigh(j);
}

static void judge_act(judging *j)
{
    switch (j->seen->act) {
    case ASSAY_ACT_CRASH: judge_crash(j); return;
    case ASSAY_ACT_HANG:
        judging_settle(j, ASSAY_FAIL, "hang");
        judging_explain(j, "no answer in time");
        return;
    case ASSAY_ACT_GARBAGE:
        judging_settle(j, ASSAY_FAIL, "garbage");
        if (j->seen->text[0]) judging_explain(j, "not a reply: %s", j->seen->text);
        return;
    case ASSAY_ACT_UNSUPPORTED: judge_unsupported(j); return;
    case ASSAY_ACT_ERROR:
        judging_settle(j, ASSAY_BROKEN, "error");
        if (j->seen->text[0]) judging_explain(j, "the glue failed: %s", j->seen->text);
        return;
    case ASSAY_ACT_TOO_LONG: judging_settle(j, ASSAY_NOT_VERIFIED, "too-long"); return;
    case ASSAY_ACT_NOT_RUN: judge_not_run(j); return;
    case ASSAY_ACT_HANDED_UP:
        if (j->c->unknown_type) {
            judging_settle(j, ASSAY_NOT_VERIFIED, "handed-up");
        } else {
            judging_settle(j, ASSAY_FAIL, "wrong-reject");
            judging_explain(j, "handed up as an unknown type, but the input holds none");
        }
        return;
    case ASSAY_ACT_NOMEM:
        if (j->c->bytes.len + j->c->before.len >= SMALL_INPUT) {
            weigh(j);
            return;
        }
        judging_settle(j, ASSAY_FAIL, "over-budget");
        judging_explain(j, "out of memory on an input of %zu bytes%s%s", j->c->bytes.len + j->c->before.len,
                        j->seen->text[0] ? ": " : "", j->seen->text);
        return;
    case ASSAY_ACT_ACCEPT:
    case ASSAY_ACT_REJECT:
    case ASSAY_ACT_FAULT: weigh(j); return;
    }
}

/* A budget is looked at once the answer is known to be right; what nobody measured proves nothing. */
static void judge_budget(judging *j)
{
    const assay_budget *budget = &j->c->budget;
    const assay_observation *seen = j->seen;
    assay_verdict v = j->out->verdict;
    if (v != ASSAY_PASS && v != ASSAY_NOTE && v != ASSAY_WARN) return;
    int64_t memory = seen->peak_virtual_kib > seen->rss_kib ? seen->peak_virtual_kib : seen->rss_kib;
    if (budget->rss_kib >= 0 && memory > budget->rss_kib) {
        judging_settle(j, ASSAY_FAIL, "over-budget");
        judging_explain(j, "memory grew by %lld KiB, the budget is %lld KiB", (long long)memory,
                        (long long)budget->rss_kib);
    } else if (budget->cpu_ms >= 0 && seen->cpu_ms > budget->cpu_ms) {
        judging_settle(j, ASSAY_FAIL, "over-budget");
        judging_explain(j, "took %lld ms of CPU time, the budget is %lld ms", (long long)seen->cpu_ms,
                        (long long)budget->cpu_ms);
    } else if ((budget->rss_kib >= 0 && memory < 0) || (budget->cpu_ms >= 0 && seen->cpu_ms < 0)) {
        judging_settle(j, ASSAY_NOT_VERIFIED, "budget");
    }
}

/* What a testee may choose is a note: the words must not call it wrong. */
static const char *neutral_detail(const assay_judgement *judgement, assay_act act)
{
    static const struct {
        const char *wrong, *neutral;
    } words[] = {
        {"wrong-value", "other-value"}, {"consumed", "other-consumed"}, {"non-canonical", "non-canonical"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(judgement->detail, words[i].wrong) == 0) return words[i].neutral;
    return act == ASSAY_ACT_ACCEPT ? "accepted" : "refused";
}

/* Only what a rule says about values has a level; crashing, growing and unreadable output are wrong whatever
 * was asked. */
static bool has_level(const char *detail)
{
    static const char *const details[] = {"wrong-accept", "wrong-reject", "wrong-value", "consumed"};
    for (size_t i = 0; i < sizeof details / sizeof details[0]; i++)
        if (strcmp(detail, details[i]) == 0) return true;
    return false;
}

static void apply_level(judging *j)
{
    assay_judgement *out = j->out;
    bool rated = out->verdict == ASSAY_FAIL && has_level(out->detail);
    if (j->c->level == ASSAY_SHOULD && rated) out->verdict = ASSAY_WARN;
    if (j->c->level != ASSAY_MAY || j->c->expect == ASSAY_EITHER) return;
    if (rated || out->verdict == ASSAY_PASS || out->verdict == ASSAY_WARN)
        judging_settle(j, ASSAY_NOTE, neutral_detail(out, j->seen->act));
}

bool assay_judge(const assay_case *c, const assay_hello *hello, const assay_observation *seen,
                 const assay_judge_options *options, tw_arena *arena, assay_judgement *out)
{
    *out = (assay_judgement){ASSAY_PASS, "", "", NULL};
    judging j = {c, hello, seen, arena, out, false};
    judge_act(&j);
    judge_budget(&j);
    apply_level(&j);
    if (options->strict && out->verdict == ASSAY_WARN) out->verdict = ASSAY_FAIL;
    if (c->warns && out->verdict == ASSAY_FAIL) out->verdict = ASSAY_WARN;
    return !j.refused;
}
