#include "suite/vector/prelude.h"
#include "suite/mutate/stream.h"
#include "suite/mutate/units.h"

#include "wire/value/builder.h"

#include <string.h>

/* A struct with one of everything that leaves state behind in a reader. */
static bool build(tw_tree *tree)
{
    tw_builder b;
    tw_builder_init(&b, tree);
    tw_build_struct(&b);
    tw_build_field(&b, 1), tw_build_bool(&b, true);
    tw_build_field(&b, 2), tw_build_struct(&b);
    tw_build_field(&b, 3), tw_build_bool(&b, false);
    tw_build_field(&b, 5), tw_build_list(&b, TW_BOOL);
    for (int i = 0; i < 3; i++) tw_build_bool(&b, i % 2 == 0);
    tw_build_end(&b);
    tw_build_field(&b, 30), tw_build_struct(&b);
    tw_build_field(&b, 1), tw_build_string(&b, tw_bytes_of("before", 6));
    tw_build_field(&b, 2), tw_build_i64(&b, INT64_MIN);
    tw_build_end(&b);
    tw_build_end(&b);
    tw_build_field(&b, 6), tw_build_map(&b, TW_I32, TW_LIST);
    tw_build_i32(&b, 300), tw_build_list(&b, TW_I16), tw_build_i16(&b, -1), tw_build_i16(&b, 5),
        tw_build_end(&b);
    tw_build_end(&b);
    tw_build_field(&b, 7), tw_build_double(&b, UINT64_C(0x3ff8000000000000));
    tw_build_field(&b, 40), tw_build_bool(&b, true);
    tw_build_end(&b);
    return tw_builder_finish(&b);
}

enum { ENDS_MOST = 128 };

typedef struct ends {
    size_t at[ENDS_MOST];
    size_t count;
} ends;

static bool add_end(void *context, size_t base, const tw_token *token)
{
    ends *e = context;
    size_t at = base + token->offset + token->len;
    if (token->len && e->count < ENDS_MOST) e->at[e->count++] = at;
    return true;
}

static tw_bytes keep(tw_arena *arena, tw_buffer *buffer)
{
    char *copy = buffer->failed ? NULL : tw_arena_copy(arena, buffer->data, buffer->len);
    tw_bytes bytes = tw_bytes_of(copy, buffer->len);
    tw_buffer_clear(buffer);
    return bytes;
}

/* The first `at` bytes of the payload in the stack's wrapping. In framed stacks every other cut is one of the
 * frame, not of what it holds. */
static bool make_cut(assay_prelude *p, tw_arena *arena, const tw_stack *stack, tw_bytes payload, size_t at,
                     bool frame)
{
    tw_buffer wire;
    tw_buffer_init(&wire, NULL);
    tw_class cls = assay_stream_wrap(stack, tw_bytes_of(payload.data, frame ? payload.len : at), &wire);
    if (frame) wire.len = assay_stream_place(stack, tw_buffer_view(&wire), at);
    p->cuts[p->cut_count].at = at;
    p->cuts[p->cut_count].bytes = keep(arena, &wire);
    bool ok = cls == TW_OK && p->cuts[p->cut_count++].bytes.data;
    tw_buffer_deinit(&wire);
    return ok;
}

static bool make_cuts(assay_prelude *p, tw_arena *arena, const tw_stack *stack, tw_bytes payload)
{
    ends e = {.count = 0};
    assay_units_walker walker = {NULL, add_end, &e};
    assay_units_walk(stack, payload, TW_UNIT_STRUCT, 1, &walker);
    bool framed = stack->transport_count == 1 && assay_stack_is_plain(stack), ok = true;
    size_t usable = e.count ? e.count - 1 : 0; /* the last one is the end of the struct */
    for (size_t i = 0; i < ASSAY_PRELUDE_CUTS && i < usable && ok; i++) {
        size_t pick = usable > ASSAY_PRELUDE_CUTS ? i * usable / ASSAY_PRELUDE_CUTS : i;
        ok = make_cut(p, arena, stack, payload, e.at[pick], framed && i % 2 == 1);
    }
    return ok;
}

/* struct{1: struct{5: bool true, 6: string of size -1 */
static const uint8_t refused_binary[] = {12, 0, 1, 2, 0, 5, 1, 11, 0, 6, 0xff, 0xff, 0xff, 0xff};
static const uint8_t refused_compact[] = {0x1c, 0x51, 0x18, 0xff, 0xff, 0xff, 0xff, 0x0f};

static bool make_refused(assay_prelude *p, tw_arena *arena, const tw_stack *stack)
{
    tw_bytes body = stack->protocol == &tw_compact ? tw_bytes_of(refused_compact, sizeof refused_compact)
                                                   : tw_bytes_of(refused_binary, sizeof refused_binary);
    tw_envelope envelope = {tw_bytes_of("refused", 7), TW_CALL, 77, stack->form};
    tw_buffer message, wire;
    tw_buffer_init(&message, NULL);
    tw_buffer_init(&wire, NULL);
    bool ok = assay_stream_wrap(stack, body, &wire) == TW_OK;
    p->refused_struct = keep(arena, &wire);
    ok = ok && stack->envelope->write(&envelope, &message) == TW_OK &&
         tw_buffer_append(&message, body.data, body.len) &&
         assay_stream_wrap(stack, tw_buffer_view(&message), &wire) == TW_OK;
    p->refused_message = keep(arena, &wire);
    tw_buffer_deinit(&message);
    tw_buffer_deinit(&wire);
    return ok && p->refused_struct.data && p->refused_message.data;
}

const assay_prelude *assay_prelude_get(assay_vector_set *set, const char *name)
{
    for (const assay_prelude *p = set->preludes; p; p = p->next)
        if (strcmp(p->stack, name) == 0) return p;
    tw_stack stack;
    assay_prelude *p = tw_arena_take(&set->derived, sizeof *p);
    if (!p || !tw_stack_parse(name, &stack, NULL)) return NULL;
    *p = (assay_prelude){.stack = name, .next = set->preludes};
    tw_tree tree;
    tw_buffer payload;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_buffer_init(&payload, NULL);
    bool ok = build(&tree) && tw_encode(stack.protocol, tw_tree_root(&tree), &payload) == TW_OK &&
              make_cuts(p, &set->derived, &stack, tw_buffer_view(&payload)) &&
              make_refused(p, &set->derived, &stack);
    tw_tree_deinit(&tree);
    tw_buffer_deinit(&payload);
    if (!ok) return NULL;
    set->preludes = p;
    return p;
}
