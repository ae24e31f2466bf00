#include "wire/value/builder.h"

#include <string.h>

void tw_builder_init(tw_builder *b, tw_tree *tree)
{
    tw_tree_reset(tree);
    *b = (tw_builder){.tree = tree};
}

static void fail(tw_builder *b, tw_class cls)
{
    if (b->cls == TW_OK) b->cls = cls;
}

bool tw_builder_finish(tw_builder *b)
{
    if (b->depth > 0 || b->tree->count == 0) fail(b, TW_USAGE);
    if (b->open) tw_resize(b->tree->alloc, b->open, b->depth_capacity * sizeof *b->open, 0);
    b->open = NULL;
    b->depth = b->depth_capacity = 0;
    if (b->cls != TW_OK) tw_tree_reset(b->tree);
    return b->cls == TW_OK;
}

static tw_node *parent_of(tw_builder *b)
{
    return b->depth ? &b->tree->nodes[b->open[b->depth - 1]] : NULL;
}

void tw_build_field(tw_builder *b, int16_t id)
{
    const tw_node *parent = parent_of(b);
    if (b->cls != TW_OK) return;
    if (!parent || parent->type != TW_STRUCT || b->field_set) {
        fail(b, TW_USAGE);
        return;
    }
    b->field_id = id;
    b->field_set = true;
}

/* The type that the next value inside a map must have: keys and values in turn, counted in keys and values
 * until the map ends. */
static tw_type map_turn(const tw_node *map)
{
    return map->count % 2 == 0 ? tw_node_key_type(map) : tw_node_element_type(map);
}

/* Whether a value of this type may come next; counts it in its parent and takes the field id. */
static bool admit(tw_builder *b, tw_type type, int16_t *id)
{
    if (b->cls != TW_OK) return false;
    tw_node *parent = parent_of(b);
    *id = 0;
    bool fits;
    if (!parent) {
        fits = b->tree->count == 0;
    } else if (parent->type == TW_STRUCT) {
        fits = b->field_set;
        *id = b->field_id;
        b->field_set = false;
    } else if (parent->type == TW_MAP) {
        fits = map_turn(parent) == type;
    } else {
        fits = tw_node_element_type(parent) == type;
    }
    if (!fits || (parent && parent->count == UINT32_MAX)) {
        fail(b, TW_USAGE);
        return false;
    }
    if (parent) parent->count++;
    return true;
}

static tw_node *append(tw_builder *b, tw_node node)
{
    if (!tw_tree_grow(b->tree, 1)) {
        fail(b, TW_MEMORY);
        return NULL;
    }
    tw_node *to = &b->tree->nodes[b->tree->count++];
    *to = node;
    return to;
}

/* Adds an element to the packed array of the list or set that is open. */
static void add_packed(tw_builder *b, const void *item, size_t size)
{
    tw_node *parent = parent_of(b);
    size_t used = (size_t)(parent->count - 1) * size; /* admit has counted it already */
    if (used + size > b->packed_capacity) {
        size_t capacity = b->packed_capacity ? b->packed_capacity * 2 : 64;
        uint8_t *grown = tw_arena_take(&b->tree->arena, capacity);
        if (!grown) {
            fail(b, TW_MEMORY);
            return;
        }
        if (used) memcpy(grown, b->packed, used);
        b->packed = grown;
        b->packed_capacity = capacity;
    }
    memcpy(b->packed + used, item, size);
}

static void add_scalar(tw_builder *b, tw_node node, const void *item)
{
    int16_t id;
    if (!admit(b, (tw_type)node.type, &id)) return;
    const tw_node *parent = parent_of(b);
    if (parent && tw_node_packed(parent)) {
        add_packed(b, item, tw_type_packed_size((tw_type)node.type));
    } else {
        node.id = id;
        append(b, node);
    }
}

void tw_build_bool(tw_builder *b, bool value)
{
    uint8_t item = value;
    add_scalar(b, (tw_node){.type = TW_BOOL, .u.i = value}, &item);
}

void tw_build_i8(tw_builder *b, int8_t value)
{
    add_scalar(b, (tw_node){.type = TW_I8, .u.i = value}, &value);
}

void tw_build_i16(tw_builder *b, int16_t value)
{
    add_scalar(b, (tw_node){.type = TW_I16, .u.i = value}, &value);
}

void tw_build_i32(tw_builder *b, int32_t value)
{
    add_scalar(b, (tw_node){.type = TW_I32, .u.i = value}, &value);
}

void tw_build_i64(tw_builder *b, int64_t value)
{
    add_scalar(b, (tw_node){.type = TW_I64, .u.i = value}, &value);
}

void tw_build_double(tw_builder *b, uint64_t bits)
{
    add_scalar(b, (tw_node){.type = TW_DOUBLE, .u.bits = bits}, &bits);
}

void tw_build_uuid(tw_builder *b, const uint8_t bytes[16])
{
    if (b->cls != TW_OK) return;
    const tw_node *parent = parent_of(b);
    const uint8_t *kept = bytes;
    if (!parent || !tw_node_packed(parent)) { /* a packed array copies it anyway */
        kept = (const uint8_t *)tw_arena_copy(&b->tree->arena, bytes, 16);
        if (!kept) {
            fail(b, TW_MEMORY);
            return;
        }
    }
    add_scalar(b, (tw_node){.type = TW_UUID, .u.bytes = kept}, bytes);
}

void tw_build_string(tw_builder *b, tw_bytes bytes)
{
    int16_t id;
    if (bytes.len > INT32_MAX) fail(b, TW_USAGE);
    if (!admit(b, TW_STRING, &id)) return;
    char *copy = tw_arena_copy(&b->tree->arena, bytes.data, bytes.len);
    if (!copy) {
        fail(b, TW_MEMORY);
        return;
    }
    append(b,
           (tw_node){
               .type = TW_STRING, .id = id, .count = (uint32_t)bytes.len, .u.bytes = (const uint8_t *)copy});
}

static void open_level(tw_builder *b, tw_type type, uint8_t inside)
{
    int16_t id;
    if (!admit(b, type, &id)) return;
    if (b->depth == b->depth_capacity) {
        size_t capacity = b->depth_capacity ? b->depth_capacity * 2 : 16;
        size_t *open =
            tw_resize(b->tree->alloc, b->open, b->depth_capacity * sizeof *open, capacity * sizeof *open);
        if (!open) {
            fail(b, TW_MEMORY);
            return;
        }
        b->open = open;
        b->depth_capacity = capacity;
    }
    if (!append(b, (tw_node){.type = (uint8_t)type, .inside = inside, .id = id})) return;
    b->open[b->depth++] = b->tree->count - 1;
    b->packed = NULL;
    b->packed_capacity = 0;
}

static bool is_type(tw_type type)
{
    return type == TW_BOOL || (type >= TW_I8 && type <= TW_UUID);
}

void tw_build_struct(tw_builder *b)
{
    open_level(b, TW_STRUCT, 0);
}

void tw_build_list(tw_builder *b, tw_type element)
{
    if (!is_type(element)) fail(b, TW_USAGE);
    open_level(b, TW_LIST, (uint8_t)element);
}

void tw_build_set(tw_builder *b, tw_type element)
{
    if (!is_type(element)) fail(b, TW_USAGE);
    open_level(b, TW_SET, (uint8_t)element);
}

void tw_build_map(tw_builder *b, tw_type key, tw_type value)
{
    if (is_type(key) != is_type(value) || (!is_type(key) && (key != TW_STOP || value != TW_STOP))) {
        fail(b, TW_USAGE);
    }
    open_level(b, TW_MAP, (uint8_t)((unsigned)key << 4 | (unsigned)value));
}

void tw_build_end(tw_builder *b)
{
    if (b->cls != TW_OK) return;
    tw_node *node = parent_of(b);
    if (!node || b->field_set || (node->type == TW_MAP && node->count % 2 != 0)) {
        fail(b, TW_USAGE);
        return;
    }
    if (node->type == TW_MAP) node->count /= 2;
    if (tw_node_packed(node)) {
        node->u.items = b->packed;
    } else {
        node->u.span = b->tree->count - b->open[b->depth - 1];
    }
    b->depth--;
    b->packed = NULL; /* packed lists hold no containers, so none was interrupted */
    b->packed_capacity = 0;
}
