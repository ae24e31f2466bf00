/* Builds a tree value by value, in wire order.
 *
 *     tw_builder b;
 *     tw_builder_init(&b, &tree);
 *     tw_build_struct(&b);
 *     tw_build_field(&b, 1);  tw_build_i32(&b, 5);
 *     tw_build_field(&b, 2);  tw_build_list(&b, TW_BOOL);  tw_build_bool(&b, true);  tw_build_end(&b);
 *     tw_build_end(&b);
 *     bool ok = tw_builder_finish(&b);
 *
 * Errors are sticky and kept to the end: memory refused, or a call that does not fit (a value in a struct
 * without tw_build_field, an element of another type than its container's, a map that ends on a key). */
#ifndef WIRE_VALUE_BUILDER_H
#define WIRE_VALUE_BUILDER_H

#include "wire/base/error.h"
#include "wire/value/tree.h"

typedef struct tw_builder {
    tw_tree *tree;
    tw_class cls; /* TW_OK, TW_MEMORY or TW_USAGE; the first one sticks */
    size_t *open; /* indices of the containers that are open, outermost first */
    size_t depth; /* how many */
    size_t depth_capacity;
    bool field_set;
    int16_t field_id;
    uint8_t *packed; /* the packed array that is growing, in the tree's arena */
    size_t packed_capacity;
} tw_builder;

/* Starts on an empty tree (it is reset). The tree is borrowed. */
void tw_builder_init(tw_builder *b, tw_tree *tree);

/* Ends building, releases the builder's own memory, and tells whether the tree holds one complete value. On
 * false, b->cls says why and the tree is empty. */
bool tw_builder_finish(tw_builder *b);

/* The id of the next value; only inside a struct. */
void tw_build_field(tw_builder *b, int16_t id);

void tw_build_bool(tw_builder *b, bool value);
void tw_build_i8(tw_builder *b, int8_t value);
void tw_build_i16(tw_builder *b, int16_t value);
void tw_build_i32(tw_builder *b, int32_t value);
void tw_build_i64(tw_builder *b, int64_t value);
void tw_build_double(tw_builder *b, uint64_t bits);
/* bytes are copied into the tree's arena. */
void tw_build_string(tw_builder *b, tw_bytes bytes);
void tw_build_uuid(tw_builder *b, const uint8_t bytes[16]);

void tw_build_struct(tw_builder *b);
void tw_build_list(tw_builder *b, tw_type element);
void tw_build_set(tw_builder *b, tw_type element);
/* Keys and values follow in turn. Both types TW_STOP: an empty map whose types are not known. */
void tw_build_map(tw_builder *b, tw_type key, tw_type value);
/* Ends the struct, list, set or map opened last. */
void tw_build_end(tw_builder *b);

#endif
