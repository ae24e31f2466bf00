#include "suite/mutate/tree/sprout.h"

#include "suite/mutate/tree/boundary.h"

tw_type assay_type_draw(tw_random *random, bool nesting)
{
    static const uint8_t types[] = {TW_BOOL,   TW_I8,   TW_I16,  TW_I32, TW_I64, TW_DOUBLE,
                                    TW_STRING, TW_UUID, TW_LIST, TW_SET, TW_MAP, TW_STRUCT};
    return (tw_type)types[tw_random_below(random, nesting ? 12 : 8)];
}

static unsigned bits_of(tw_type type)
{
    return type == TW_I8 ? 8 : type == TW_I16 ? 16 : type == TW_I32 ? 32 : 64;
}

/* A string of any length repeats one letter; a short one may be of the table. */
static bool make_string(tw_node *node, tw_arena *arena, tw_random *random)
{
    tw_bytes bytes = assay_boundary_string(random);
    if (tw_random_below(random, 3) == 0) {
        uint32_t len = assay_boundary_size(random, tw_random_below(random, 16) ? 256 : 16384);
        uint8_t *letters = tw_arena_take_bytes(arena, len);
        if (!letters) return false;
        memset(letters, 'a' + (int)(len % 26), len);
        bytes = tw_bytes_of(letters, len);
    }
    node->u.bytes = bytes.data;
    node->count = (uint32_t)bytes.len;
    return true;
}

static bool make_uuid(tw_node *node, tw_arena *arena, tw_random *random)
{
    uint8_t *bytes = tw_arena_take_bytes(arena, 16);
    if (!bytes) return false;
    uint64_t draw = tw_random_next(random);
    for (unsigned i = 0; i < 16; i++)
        bytes[i] = draw % 3 == 0 ? 0 : draw % 3 == 1 ? 0xff : (uint8_t)(i * 17 + draw);
    node->u.bytes = bytes;
    return true;
}

bool assay_scalar_change(tw_node *node, tw_arena *arena, tw_random *random)
{
    tw_type type = (tw_type)node->type;
    switch (type) {
    case TW_BOOL: node->u.i = !node->u.i; return true;
    case TW_STRING: return make_string(node, arena, random);
    case TW_UUID: return make_uuid(node, arena, random);
    case TW_DOUBLE: node->u.bits = assay_boundary_double(random); return true;
    default: node->u.i = assay_boundary_integer(random, bits_of(type)); return true;
    }
}

static tw_node *append(assay_sprout *s, tw_type type)
{
    tw_node *node = &s->nodes[s->count++];
    *node = (tw_node){.type = (uint8_t)type};
    return node;
}

static bool make_packed(tw_node *node, tw_arena *arena, tw_random *random, uint32_t count)
{
    size_t size = tw_type_packed_size(tw_node_element_type(node)) * count;
    uint8_t *items = tw_arena_take(arena, size);
    if (!items) return false;
    uint64_t draw = tw_random_next(random);
    for (size_t i = 0; i < size; i++) items[i] = (uint8_t)(draw >> i % 8 * 8);
    if (node->inside == TW_BOOL)
        for (size_t i = 0; i < size; i++) items[i] &= 1;
    node->u.items = items;
    node->count = count;
    return true;
}

static bool make(assay_sprout *s, tw_arena *arena, tw_random *random, tw_type type, unsigned levels);

static bool make_nesting(assay_sprout *s, tw_arena *arena, tw_random *random, tw_type type, unsigned levels)
{
    size_t at = s->count;
    tw_node *node = append(s, type);
    tw_type key = TW_STOP, element = assay_type_draw(random, levels > 0);
    if (type == TW_MAP) key = assay_type_draw(random, levels > 0 && tw_random_below(random, 8) == 0);
    node->inside = type == TW_STRUCT ? 0 : (uint8_t)((unsigned)key << 4 | (unsigned)element);
    if (tw_node_packed(node)) return make_packed(node, arena, random, assay_boundary_size(random, 17));
    uint32_t children =
        s->count + 16 > ASSAY_SPROUT_MOST || levels == 0 ? 0 : (uint32_t)tw_random_below(random, 3);
    node->count = children;
    for (uint32_t i = 0; i < children; i++) {
        size_t child = s->count;
        if (type == TW_MAP && !make(s, arena, random, key, levels - 1)) return false;
        if (type == TW_STRUCT) element = assay_type_draw(random, levels > 1);
        if (!make(s, arena, random, element, levels - 1)) return false;
        if (type == TW_STRUCT) s->nodes[child].id = (int16_t)(i + 1);
    }
    s->nodes[at].u.span = s->count - at;
    return true;
}

static bool make(assay_sprout *s, tw_arena *arena, tw_random *random, tw_type type, unsigned levels)
{
    if (tw_type_nests(type)) return make_nesting(s, arena, random, type, levels);
    return assay_scalar_change(append(s, type), arena, random);
}

bool assay_sprout_make(assay_sprout *sprout, tw_arena *arena, tw_random *random, tw_type type,
                       unsigned levels)
{
    sprout->count = 0;
    return make(sprout, arena, random, type, levels);
}
