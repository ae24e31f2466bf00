#include "wire/base/fault.h"
#include "wire/stack/chain.h"
#include "wire/stack/lend.h"

#include <string.h>

struct tw_input {
    const tw_alloc *alloc;
    tw_stack stack;
    tw_decode_options options;
    tw_limits protocol_limits; /* options.limits, without what the innermost transport counts itself */
    tw_chain chain;
    tw_scanner *scanner; /* made when a unit first comes in pieces */
    bool ended;
    bool begun;        /* a unit is being read */
    bool seen;         /* its first byte came */
    bool tried;        /* decoding what came first has failed: the scanner follows it from here on */
    uint64_t base;     /* where in the protocol's stream the unit begins */
    size_t finished;   /* bytes of the last unit, kept for those who look at its values until the next call */
    uint64_t consumed; /* of the stream as it was fed, by the units so far */
    uint64_t
        units[TW_STACK_TRANSPORTS]; /* of each link, when the unit's first byte came or the last unit ended */
    bool waiting[TW_STACK_TRANSPORTS]; /* of each link: the last unit left some of what it had passed up */
    tw_ruleset crossed;                /* open rules on which transports and the unit met */
    tw_outcome failed;                 /* sticks */
};

/* What a call reads, and where to. */
typedef struct request {
    tw_unit unit;
    tw_envelope *envelope;
    tw_tree *tree; /* NULL: skip */
    tw_outcome *out;
} request;

tw_input *tw_input_new(const tw_stack *stack, const tw_decode_options *options, const tw_alloc *alloc)
{
    if (!alloc) alloc = tw_alloc_default();
    tw_input *input = tw_resize(alloc, NULL, 0, sizeof *input);
    if (!input) return NULL;
    memset(input, 0, sizeof *input);
    input->alloc = alloc;
    input->stack = *stack;
    input->options = options ? *options : tw_decode_defaults();
    if (!input->options.alloc) input->options.alloc = alloc;
    input->protocol_limits = input->options.limits;
    if (stack->transport_count > 0 && stack->transports[stack->transport_count - 1]->reader_next_message) {
        input->protocol_limits.message = UINT64_MAX;
    }
    if (tw_chain_open(&input->chain, stack, &input->options.limits, alloc) != TW_OK) {
        tw_input_free(input);
        return NULL;
    }
    return input;
}

void tw_input_free(tw_input *input)
{
    if (!input) return;
    tw_scanner_free(input->scanner);
    tw_chain_close(&input->chain);
    tw_resize(input->alloc, input, sizeof *input, 0);
}

tw_class tw_input_feed(tw_input *input, tw_bytes bytes)
{
    tw_queue *queue = tw_chain_outer(&input->chain);
    tw_queue_compact(queue);
    if (tw_buffer_append(&queue->buffer, bytes.data, bytes.len)) return TW_OK;
    input->failed.error.cls = TW_MEMORY;
    return TW_MEMORY;
}

void tw_input_end(tw_input *input)
{
    input->ended = true;
}

size_t tw_input_consumed(const tw_input *input)
{
    return tw_chain_countable(&input->chain) ? (size_t)input->consumed : SIZE_MAX;
}

/* One unit. */

static void begin(tw_input *input)
{
    TW_WHEN_FAULT(
        FRAMED_LEFTOVER_DROPPED, if (input->chain.count == 1 && tw_chain_countable(&input->chain)) {
            input->finished = tw_queue_view(tw_chain_inner(&input->chain)).len;
        });
    tw_queue_take(tw_chain_inner(&input->chain), input->finished);
    input->base += input->finished;
    input->finished = 0;
    input->begun = true;
    input->seen = input->tried = false;
    input->crossed = (tw_ruleset){{0}};
    if (input->scanner && !TW_FAULT(SCANNER_NOT_RESET)) tw_scanner_reset(input->scanner);
    for (size_t i = 0; i < input->chain.count; i++) {
        input->waiting[i] = tw_queue_view(&input->chain.queues[i + 1]).len > 0;
    }
    tw_chain_next_message(&input->chain);
}

/* Which open rules are touched by where the unit begins: in what an earlier one left of a frame? */
static void note_first_byte(tw_input *input)
{
    input->seen = true;
    for (size_t i = 0; i < input->chain.count; i++) {
        const tw_transport *transport = input->chain.links[i].transport;
        if (transport->rule_leftover == TW_RULE_NONE) continue;
        bool more = input->chain.links[i].units > input->units[i];
        if (input->waiting[i] || !more) tw_ruleset_add(&input->crossed, transport->rule_leftover);
        if (input->waiting[i] && more) tw_ruleset_add(&input->crossed, transport->rule_split);
        input->units[i] = input->chain.links[i].units;
    }
}

/* And by where it goes on: did it need another frame? Only asked when the unit's first byte came. */
static void note_crossings(tw_input *input)
{
    for (size_t i = 0; i < input->chain.count; i++) {
        const tw_transport *transport = input->chain.links[i].transport;
        if (transport->rule_split == TW_RULE_NONE) continue;
        bool more = input->chain.links[i].units > input->units[i];
        if (more) tw_ruleset_add(&input->crossed, transport->rule_split);
        input->units[i] = input->chain.links[i].units;
    }
}

static tw_class decode_body(const tw_input *input, tw_bytes body, uint64_t limit, const request *rq)
{
    tw_decode_options options = input->options;
    options.limits.message = limit;
    if (!rq->tree) return tw_skip(input->stack.protocol, body, &options, rq->out);
    return tw_decode(input->stack.protocol, body, &options, rq->tree, rq->out);
}

/* Reads the struct at the front of `body`. A first look decodes at once; when that finds too few bytes, the
 * scanner follows what comes, in linear time, and says when to look again. */
static tw_class read_body(tw_input *input, tw_bytes body, uint64_t limit, bool last, const request *rq)
{
    if (!input->tried || last) {
        input->tried = true;
        return decode_body(input, body, limit, rq);
    }
    if (!input->scanner) {
        tw_decode_options options = input->options;
        options.limits.message = UINT64_MAX; /* how much of it the message itself leaves is cut off here */
        input->scanner = tw_scanner_new(input->stack.protocol, &options, input->alloc);
        if (!input->scanner) return rq->out->error.cls = TW_MEMORY;
    }
    bool clipped = body.len > limit;
    tw_bytes allowed = clipped ? tw_bytes_of(body.data, (size_t)limit) : body;
    tw_class cls = tw_scanner_advance(input->scanner, allowed, rq->out);
    if (cls == TW_MEMORY || (cls == TW_TRUNCATED && !clipped)) return cls;
    if (cls == TW_OK) body.len = rq->out->consumed;
    return decode_body(input, body, limit, rq);
}

/* An outcome of success so far; what a path is made of is left as it is, since this is done for every unit.
 */
static void clear(tw_outcome *out)
{
    out->error.cls = TW_OK;
    out->error.rule = TW_RULE_NONE;
    out->error.layer = NULL;
    out->error.offset = 0;
    out->error.path.depth = 0;
    out->consumed = 0;
    out->depth = 0;
    out->open = (tw_ruleset){{0}};
}

/* Reads the envelope at the front of `bytes`; its error goes to the outcome. Returns its length. */
static size_t read_head(const tw_input *input, tw_bytes bytes, const request *rq, tw_ruleset *open)
{
    tw_envelope_result head;
    tw_envelope scratch, *envelope = rq->envelope ? rq->envelope : &scratch;
    const tw_limits *limits = &input->protocol_limits;
    bool clipped = bytes.len > limits->message;
    if (clipped) bytes.len = (size_t)limits->message;
    input->stack.envelope->read(bytes, limits, input->stack.strict_only, envelope, &head);
    *open = head.open;
    if (head.error.cls == TW_OK) return head.consumed;
    rq->out->error = head.error;
    TW_WHEN_FAULT(MESSAGE_SPLIT_HEADER_REFUSED,
                  if (head.error.cls == TW_TRUNCATED) rq->out->error.cls = TW_MALFORMED;);
    if (clipped && head.error.cls == TW_TRUNCATED) {
        rq->out->error.cls = TW_LIMIT;
        rq->out->error.rule = TW_RULE_LIMIT_MESSAGE;
    }
    return head.consumed;
}

/* Reads the unit from the bytes that are there. last: none will follow. Offsets become those of the stream.
 */
static tw_class read_unit(tw_input *input, bool last, const request *rq)
{
    tw_bytes bytes = tw_queue_view(tw_chain_inner(&input->chain));
    tw_outcome *out = rq->out;
    tw_ruleset open = {{0}};
    size_t head = 0;
    clear(out);
    if (rq->unit == TW_UNIT_MESSAGE) head = read_head(input, bytes, rq, &open);
    if (out->error.cls == TW_OK) {
        uint64_t limit = input->protocol_limits.message;
        if (limit != UINT64_MAX) limit = limit > head ? limit - head : 0;
        if (head) bytes = tw_bytes_of(bytes.data + head, bytes.len - head);
        read_body(input, bytes, limit, last, rq);
        out->error.offset += head;
        TW_WHEN_FAULT(SPLIT_BODY_REFUSED, if (out->error.cls == TW_TRUNCATED) out->error.cls = TW_MALFORMED;);
    }
    out->consumed += head;
    out->error.offset += input->base;
    tw_ruleset_merge(&out->open, &open);
    return out->error.cls;
}

/* How a call ends. */

static tw_next ready(tw_input *input, const request *rq)
{
    note_crossings(input);
    tw_ruleset_merge(&rq->out->open, &input->crossed);
    input->finished = rq->out->consumed;
    input->begun = false;
    input->consumed = input->chain.count ? input->chain.taken : input->base + input->finished;
    TW_WHEN_FAULT(CONSUMED_COUNTS_WHAT_FOLLOWS,
                  input->consumed += tw_queue_view(tw_chain_outer(&input->chain)).len;);
    return TW_NEXT_READY;
}

/* rq->out holds the error. It rests on an open rule too where it is one that the rule's choice makes. */
static tw_next fail(tw_input *input, const request *rq)
{
    if (input->seen) note_crossings(input);
    tw_ruleset_merge(&rq->out->open, &input->crossed);
    tw_rule rule = rq->out->error.rule;
    if (tw_rule_info_of(rule)->strength == TW_STRENGTH_OPEN && rule != TW_RULE_NONE) {
        tw_ruleset_add(&rq->out->open, rule);
    }
    if (rq->tree) tw_tree_reset(rq->tree);
    input->failed = *rq->out;
    return TW_NEXT_ERROR;
}

static tw_next fail_transport(tw_input *input, const request *rq, const tw_error *error)
{
    *rq->out = (tw_outcome){.error = *error, .consumed = tw_queue_view(tw_chain_inner(&input->chain)).len};
    return fail(input, rq);
}

/* The unit wants more, the transports have no more, and nothing will be fed. */
static tw_next at_end(tw_input *input, const request *rq)
{
    tw_error error;
    if (tw_chain_cut(&input->chain, &error)) return fail_transport(input, rq, &error);
    if (!input->seen) {
        input->consumed = input->chain.count ? input->chain.taken : input->base;
        clear(rq->out);
        return TW_NEXT_END;
    }
    read_unit(input, true, rq);
    return fail(input, rq);
}

static tw_next next(tw_input *input, const request *rq)
{
    if (rq->tree) tw_tree_reset(rq->tree);
    if (input->failed.error.cls != TW_OK) {
        *rq->out = input->failed;
        return TW_NEXT_ERROR;
    }
    if (!input->begun) begin(input);
    for (;;) {
        if (tw_queue_view(tw_chain_inner(&input->chain)).len > 0) {
            if (!input->seen) note_first_byte(input);
            tw_class cls = read_unit(input, false, rq);
            if (cls == TW_OK) return ready(input, rq);
            if (cls != TW_TRUNCATED) return fail(input, rq);
        }
        tw_error error;
        tw_class cls = tw_chain_pull(&input->chain, &error);
        if (cls == TW_OK) continue;
        if (cls != TW_TRUNCATED) return fail_transport(input, rq, &error);
        if (input->ended) return at_end(input, rq);
        clear(rq->out);
        return TW_NEXT_MORE;
    }
}

tw_next tw_input_next(tw_input *input, tw_unit unit, tw_envelope *envelope, tw_tree *tree, tw_outcome *out)
{
    return next(input, &(request){unit, envelope, tree, out});
}

tw_next tw_input_skip(tw_input *input, tw_outcome *out)
{
    return next(input, &(request){TW_UNIT_STRUCT, NULL, NULL, out});
}

/* A whole stream at once. */

void tw_input_lend(tw_input *input, tw_bytes stream)
{
    static const uint8_t nothing[1] = {0};
    tw_chain_outer(&input->chain)->lent = stream.len ? stream : tw_bytes_of(nothing, 0);
    input->ended = true;
}

tw_class tw_input_lack(tw_input *input, tw_unit unit, tw_outcome *out)
{
    tw_envelope envelope;
    request rq = {unit, &envelope, NULL, out};
    read_unit(input, true, &rq);
    fail(input, &rq);
    return out->error.cls;
}

bool tw_input_left(const tw_input *input)
{
    const tw_chain *chain = &input->chain;
    if (tw_queue_view(&chain->queues[chain->count]).len > input->finished) return true;
    return chain->count && tw_chain_countable(chain) && tw_queue_view(&chain->queues[0]).len > 0;
}
