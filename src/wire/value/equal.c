#include "wire/value/equal.h"

#include "wire/value/difference.h"

#include <string.h>

/* The first element in which two packed arrays differ; the shorter one's count when it is how the other
 * begins; count of both when they are equal. */
static size_t packed_prefix(const tw_node *a, const tw_node *b, unsigned flags)
{
    size_t count = a->count < b->count ? a->count : b->count;
    size_t size = tw_type_packed_size((tw_type)a->inside);
    const uint8_t *left = a->u.items, *right = b->u.items;
    if (count == 0 || memcmp(left, right, count * size) == 0) return count;
    size_t i = 0;
    for (; i < count; i++) {
        if (memcmp(left + i * size, right + i * size, size) == 0) continue;
        if (a->inside != TW_DOUBLE || !(flags & TW_EQUAL_NAN)) break;
        uint64_t x = tw_node_item(a, i).u.bits, y = tw_node_item(b, i).u.bits;
        if (tw_equal_bits(x, flags) != tw_equal_bits(y, flags)) break;
    }
    return i;
}

/* Whether two nodes say the same of themselves: all but the number of what is in them. *at is set where they
 * are packed arrays that differ. */
static bool same_head(const tw_node *a, const tw_node *b, unsigned flags, size_t *at)
{
    if (a->type != b->type) return false;
    switch (a->type) {
    case TW_STRUCT: return true;
    case TW_STRING:
        return tw_bytes_equal(tw_bytes_of(a->u.bytes, a->count), tw_bytes_of(b->u.bytes, b->count));
    case TW_UUID: return memcmp(a->u.bytes, b->u.bytes, 16) == 0;
    case TW_DOUBLE: return tw_equal_bits(a->u.bits, flags) == tw_equal_bits(b->u.bits, flags);
    case TW_MAP:
        return a->inside == b->inside || (a->count == 0 && b->count == 0 && (flags & TW_EQUAL_EMPTY_MAP));
    case TW_LIST:
    case TW_SET:
        if (a->inside != b->inside) return false;
        if (!tw_node_packed(a)) return true;
        *at = packed_prefix(a, b, flags);
        return a->count == b->count && *at == a->count;
    default: return a->u.i == b->u.i;
    }
}

bool tw_equal_ordered(const tw_node *a, const tw_node *b, unsigned flags, tw_mismatch *mismatch)
{
    /* Equal values are equal tapes, so both are read in step. A value that holds more than its counterpart is
     * not at once a difference: what is inside may differ earlier, or else the end of the shorter one shows
     * what is missing. */
    const tw_node *end_a = tw_node_next(a), *end_b = tw_node_next(b);
    bool root = true;
    for (;; a++, b++, root = false) {
        *mismatch = (tw_mismatch){.a = a, .b = b, .at = SIZE_MAX};
        if (!root && (a == end_a || b == end_b)) {
            if (a == end_a) mismatch->a = NULL;
            if (b == end_b) mismatch->b = NULL;
            return a == end_a && b == end_b;
        }
        if (!root && a->id != b->id) return false;
        if (!same_head(a, b, flags, &mismatch->at)) return false;
        if (a->count != b->count) {
            end_a = tw_node_next(a);
            end_b = tw_node_next(b);
        }
    }
}

tw_class tw_compare(const tw_node *a, const tw_node *b, unsigned flags, const tw_alloc *alloc, bool *equal,
                    tw_difference *difference)
{
    tw_mismatch mismatch;
    *equal = tw_equal_ordered(a, b, flags, &mismatch);
    if (*equal) return TW_OK;
    if (!(flags & (TW_EQUAL_UNORDERED | TW_EQUAL_FIELDS_BY_ID))) {
        if (difference) tw_difference_ordered(a, b, &mismatch, difference);
        return TW_OK;
    }
    tw_classes c;
    tw_classes_init(&c, flags, alloc ? alloc : tw_alloc_default());
    uint32_t *of_a = tw_classes_assign(&c, a), *of_b = of_a ? tw_classes_assign(&c, b) : NULL;
    tw_class cls = of_b ? TW_OK : TW_MEMORY;
    if (cls == TW_OK) *equal = of_a[0] == of_b[0];
    if (cls == TW_OK && !*equal && difference)
        cls = tw_difference_unordered(&c, a, of_a, b, of_b, difference);
    tw_classes_release(&c, a, of_a);
    tw_classes_release(&c, b, of_b);
    tw_classes_deinit(&c);
    return cls;
}

bool tw_equal(const tw_node *a, const tw_node *b, unsigned flags, tw_difference *difference)
{
    bool equal = false;
    if (tw_compare(a, b, flags, NULL, &equal, difference) == TW_OK) return equal;
    if (difference) *difference = (tw_difference){.memory = true};
    return false;
}
