#include "suite/judge/answer.h"

#include <stdio.h>
#include <string.h>

/* Replies are judged with generous limits, but a zlib stream of one reply line could inflate to many
 * gigabytes. No case comes near this. */
#define INFLATED_LIMIT (UINT64_C(256) << 20)

void judging_answer_init(judging_answer *answer, const tw_stack *stack, tw_unit unit)
{
    memset(answer, 0, sizeof *answer);
    answer->stack = *stack;
    answer->stack.strict_only = false;
    answer->unit = unit;
    for (size_t i = 0; i < stack->transport_count; i++)
        if (strcmp(stack->transports[i]->name, "zlib") == 0) answer->one_stream = true;
    tw_tree_init(&answer->tree, NULL, SIZE_MAX);
}

void judging_answer_deinit(judging_answer *answer)
{
    if (answer->input) tw_input_free(answer->input);
    tw_tree_deinit(&answer->tree);
}

static judging_answer_status failed(judging_answer *answer, const tw_outcome *out)
{
    if (out->error.cls == TW_MEMORY) return JUDGING_ANSWER_MEMORY;
    tw_error_format(&out->error, answer->why, sizeof answer->why);
    answer->rule = out->error.rule;
    return JUDGING_ANSWER_BAD;
}

static bool open_stream(judging_answer *answer)
{
    if (answer->input && answer->one_stream) return true;
    if (answer->input) tw_input_free(answer->input);
    tw_decode_options options = tw_decode_defaults();
    options.limits = tw_limits_generous();
    options.copy = true;
    options.limits.message = INFLATED_LIMIT;
    answer->input = tw_input_new(&answer->stack, &options, NULL);
    return answer->input != NULL;
}

judging_answer_status judging_answer_read(judging_answer *answer, tw_bytes bytes)
{
    answer->rule = TW_RULE_NONE;
    if (!open_stream(answer) || tw_input_feed(answer->input, bytes) != TW_OK) return JUDGING_ANSWER_MEMORY;
    if (!answer->one_stream) tw_input_end(answer->input);
    tw_outcome out;
    memset(&out, 0, sizeof out);
    switch (tw_input_next(answer->input, answer->unit, &answer->envelope, &answer->tree, &out)) {
    case TW_NEXT_READY: return JUDGING_ANSWER_READ;
    case TW_NEXT_ERROR: return failed(answer, &out);
    case TW_NEXT_MORE: snprintf(answer->why, sizeof answer->why, "the bytes end too early"); break;
    case TW_NEXT_END: snprintf(answer->why, sizeof answer->why, "there is nothing in it"); break;
    }
    return JUDGING_ANSWER_BAD;
}

judging_answer_status judging_answer_rest(judging_answer *answer, bool more)
{
    if (!more && answer->one_stream) tw_input_end(answer->input);
    tw_outcome out;
    memset(&out, 0, sizeof out);
    switch (tw_input_next(answer->input, answer->unit, &answer->envelope, &answer->tree, &out)) {
    case TW_NEXT_END: return JUDGING_ANSWER_READ;
    case TW_NEXT_MORE:
        if (more && answer->one_stream) return JUDGING_ANSWER_READ;
        break;
    case TW_NEXT_ERROR:
        if (out.error.cls == TW_MEMORY) return JUDGING_ANSWER_MEMORY;
        break;
    case TW_NEXT_READY: break;
    }
    snprintf(answer->why, sizeof answer->why, "bytes are left over behind the %s",
             answer->unit == TW_UNIT_MESSAGE ? "message" : "struct");
    return JUDGING_ANSWER_BAD;
}
