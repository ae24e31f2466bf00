#include "wire/value/generate.h"

#include "wire/base/limits.h"
#include "wire/value/builder.h"

#include <string.h>

/* How values of a profile are made. */
typedef struct shape {
    const char *name;
    uint32_t fields_least, fields_most; /* of a struct */
    uint32_t size_most;                 /* elements of a container */
    uint32_t levels;                    /* how deep, unless it is on the one way down */
    uint32_t budget;                    /* values in all, about */
    bool edges;                         /* numbers, sizes and ids at the edges of their encodings */
    bool uuids;
} shape;

static const shape shapes[TW_PROFILE_COUNT] = {
    [TW_PROFILE_TYPICAL] = {"typical", 1, 8, 6, 3, 200, false, false},
    [TW_PROFILE_BOUNDARY] = {"boundary", 0, 10, 16, 4, 400, true, true},
    [TW_PROFILE_DEEP] = {"deep", 1, 2, 2, 2, 600, false, true},
    [TW_PROFILE_WIDE] = {"wide", 60, 300, 2000, 3, 20000, false, true},
};

const char *tw_profile_name(tw_profile profile)
{
    return (unsigned)profile < TW_PROFILE_COUNT ? shapes[profile].name : "?";
}

bool tw_profile_find(const char *name, tw_profile *profile)
{
    for (unsigned i = 0; i < TW_PROFILE_COUNT; i++) {
        if (strcmp(shapes[i].name, name) != 0) continue;
        *profile = (tw_profile)i;
        return true;
    }
    return false;
}

typedef struct maker {
    tw_builder b;
    tw_random *random;
    const shape *shape;
    int64_t budget; /* values that may still be made; then containers stay empty and structs short */
} maker;

static uint64_t below(maker *m, uint64_t n)
{
    return tw_random_below(m->random, n);
}

/* Scalars. */

static int64_t make_integer(maker *m, unsigned bits)
{
    if (m->shape->edges) return tw_random_boundary(m->random, bits);
    uint64_t draw = tw_random_next(m->random);
    unsigned width = (unsigned)below(m, bits) + 1; /* small numbers are the common ones */
    return (int64_t)draw >> (64 - width);
}

static uint64_t make_double(maker *m)
{
    static const uint64_t edges[] = {
        0,
        UINT64_C(0x8000000000000000), /* -0.0 */
        1,                            /* the smallest */
        UINT64_C(0x000fffffffffffff), /* the largest that is subnormal */
        UINT64_C(0x0010000000000000), /* the smallest that is normal */
        UINT64_C(0x7fefffffffffffff), /* the largest */
        UINT64_C(0x7ff0000000000000), /* infinity */
        UINT64_C(0xfff0000000000000),
        UINT64_C(0x7ff8000000000000), /* NaN */
        UINT64_C(0x3ff0000000000000), /* 1 */
        UINT64_C(0x3ff0000000000001),
        UINT64_C(0xc340000000000000), /* -2^53 */
    };
    if (m->shape->edges && below(m, 4)) return edges[below(m, sizeof edges / sizeof edges[0])];
    if (m->shape->edges) return (below(m, 2046) + 1) << 52; /* a power of two */
    double value = (double)((int64_t)below(m, 2000001) - 1000000) / 1000.0;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Text of that many bytes at most, at least if it is ASCII. */
static size_t make_text(maker *m, char *text, size_t len)
{
    static const char *const wide[] = {"\x7f",         "\xc2\x80",         "\xdf\xbf",
                                       "\xe0\xa0\x80", "\xed\x9f\xbf",     "\xee\x80\x80",
                                       "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"};
    static const char letters[] = "etaoinshrdlucmfwypvbgkjqxz ETAOIN0123456789_-.";
    bool foreign = below(m, m->shape->edges ? 3 : 16) == 0;
    size_t at = 0;
    while (at < len) {
        if (foreign && below(m, 3) == 0) {
            const char *c = wide[below(m, sizeof wide / sizeof wide[0])];
            size_t n = strlen(c);
            if (n <= len - at) {
                memcpy(text + at, c, n);
                at += n;
                continue;
            }
        }
        text[at++] = m->shape->edges && below(m, 40) == 0 ? '\0' : letters[below(m, sizeof letters - 1)];
    }
    return at;
}

static void make_string(maker *m)
{
    static const uint16_t edges[] = {0, 1, 14, 15, 16, 127, 128, 129, 255, 256, 16383, 16384};
    char text[16384];
    size_t len;
    if (!m->shape->edges) {
        len = below(m, 12) == 0 ? below(m, 200) : below(m, 20);
    } else {
        size_t count = sizeof edges / sizeof edges[0];
        len = edges[below(m, below(m, 16) == 0 ? count : count - 2)]; /* the long ones seldom */
    }
    len = make_text(m, text, len);
    tw_build_string(&m->b, tw_bytes_of(text, len));
}

static void make_uuid(maker *m)
{
    uint8_t bytes[16];
    for (unsigned i = 0; i < 16; i += 8) {
        uint64_t word = tw_random_next(m->random);
        if (m->shape->edges && below(m, 4) == 0) word = UINT64_C(0) - below(m, 2);
        memcpy(bytes + i, &word, sizeof word);
    }
    tw_build_uuid(&m->b, bytes);
}

/* Any value that does not nest. */
static void make_scalar(maker *m, tw_type type)
{
    switch (type) {
    case TW_BOOL: tw_build_bool(&m->b, below(m, 2)); break;
    case TW_I8: tw_build_i8(&m->b, (int8_t)make_integer(m, 8)); break;
    case TW_I16: tw_build_i16(&m->b, (int16_t)make_integer(m, 16)); break;
    case TW_I32: tw_build_i32(&m->b, (int32_t)make_integer(m, 32)); break;
    case TW_I64: tw_build_i64(&m->b, make_integer(m, 64)); break;
    case TW_DOUBLE: tw_build_double(&m->b, make_double(m)); break;
    case TW_UUID: make_uuid(m); break;
    default: make_string(m); break;
    }
}

/* Distinct values: keys and elements of sets. */

/* Values that do not repeat: steps of an odd width meet all numbers of a type before the first comes again.
 */
typedef struct sequence {
    uint64_t next, odd;
} sequence;

static sequence sequence_new(maker *m)
{
    uint64_t odd = m->shape->edges ? 1 : tw_random_next(m->random) | 1;
    uint64_t start =
        m->shape->edges ? (uint64_t)tw_random_boundary(m->random, 64) : tw_random_next(m->random);
    if (m->shape->edges) start -= below(m, 4); /* to either side of the edge */
    return (sequence){start, odd};
}

/* How many distinct values of a type there are, when that is few. */
static uint32_t most_distinct(tw_type type)
{
    return type == TW_BOOL ? 2 : type == TW_I8 ? 256 : UINT32_MAX;
}

/* The number as a string of its own; letters of its hexadecimal digits. */
static void make_distinct_string(maker *m, uint64_t number)
{
    char text[24];
    size_t len = 0;
    for (bool more = true; more; number >>= 4, more = number > 0)
        text[len++] = (char)('a' + (int)(number & 15));
    tw_build_string(&m->b, tw_bytes_of(text, len));
}

static void make_distinct_uuid(maker *m, uint64_t number)
{
    uint8_t bytes[16] = {0};
    uint64_t other = m->shape->edges ? 0 : number * UINT64_C(0x9e3779b97f4a7c15);
    memcpy(bytes, &other, sizeof other);
    memcpy(bytes + 8, &number, sizeof number);
    tw_build_uuid(&m->b, bytes);
}

/* The double with the number's sign and value, made from an integer that a double holds exactly. */
static void make_distinct_double(maker *m, uint64_t number)
{
    double value = (double)(int64_t)(number & ((UINT64_C(1) << 52) - 1)) / 4.0;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    tw_build_double(&m->b, bits);
}

static void make_distinct(maker *m, tw_type type, sequence *keys)
{
    uint64_t number = keys->next;
    keys->next += keys->odd;
    m->budget--;
    switch (type) {
    case TW_BOOL: tw_build_bool(&m->b, number & 1); break;
    case TW_I8: tw_build_i8(&m->b, (int8_t)(uint8_t)number); break;
    case TW_I16: tw_build_i16(&m->b, (int16_t)(uint16_t)number); break;
    case TW_I32: tw_build_i32(&m->b, (int32_t)(uint32_t)number); break;
    case TW_I64: tw_build_i64(&m->b, (int64_t)number); break;
    case TW_DOUBLE: make_distinct_double(m, number); break;
    case TW_UUID: make_distinct_uuid(m, number); break;
    case TW_STRUCT:
        tw_build_struct(&m->b);
        tw_build_field(&m->b, 1);
        tw_build_i64(&m->b, (int64_t)number);
        tw_build_end(&m->b);
        break;
    case TW_LIST:
        tw_build_list(&m->b, TW_I64);
        tw_build_i64(&m->b, (int64_t)number);
        tw_build_end(&m->b);
        break;
    default: make_distinct_string(m, number); break;
    }
}

/* What nests. */

static tw_type pick_scalar(maker *m)
{
    static const uint8_t types[] = {TW_STRING, TW_I32, TW_I64, TW_BOOL, TW_DOUBLE, TW_I16, TW_I8, TW_UUID};
    return (tw_type)types[below(m, sizeof types - !m->shape->uuids)];
}

/* A type for a value with that many levels left for it and what is inside. */
static tw_type pick_type(maker *m, uint32_t levels)
{
    static const uint8_t nesting[] = {TW_STRUCT, TW_LIST, TW_MAP, TW_SET};
    if (levels == 0 || m->budget <= 0 || below(m, 3) > 0) return pick_scalar(m);
    return (tw_type)nesting[below(m, sizeof nesting)];
}

/* A type for keys and elements of sets. They nest seldom, and one level only. */
static tw_type pick_key(maker *m, uint32_t levels)
{
    if (levels > 0 && below(m, 12) == 0) return below(m, 2) ? TW_STRUCT : TW_LIST;
    return pick_scalar(m);
}

static uint32_t pick_size(maker *m, uint32_t most)
{
    static const uint8_t edges[] = {0, 1, 2, 14, 15, 16};
    uint64_t size = m->shape->edges ? edges[below(m, sizeof edges)] : below(m, m->shape->size_most + 1);
    if (m->shape->size_most > 100 && below(m, 4)) size = below(m, 20); /* not all of them large */
    if (size > most) size = most;
    if (m->budget < (int64_t)size) size = m->budget > 0 ? (uint64_t)m->budget : 0;
    return (uint32_t)size;
}

static void make_value(maker *m, tw_type type, uint32_t levels);

static void make_list(maker *m, uint32_t levels)
{
    tw_type element = pick_type(m, levels);
    tw_build_list(&m->b, element);
    for (uint32_t n = pick_size(m, UINT32_MAX); n > 0; n--) make_value(m, element, levels);
    tw_build_end(&m->b);
}

static void make_set(maker *m, uint32_t levels)
{
    tw_type element = pick_key(m, levels);
    sequence keys = sequence_new(m);
    tw_build_set(&m->b, element);
    for (uint32_t n = pick_size(m, most_distinct(element)); n > 0; n--) make_distinct(m, element, &keys);
    tw_build_end(&m->b);
}

static void make_map(maker *m, uint32_t levels)
{
    tw_type key = pick_key(m, levels), value = pick_type(m, levels);
    sequence keys = sequence_new(m);
    tw_build_map(&m->b, key, value);
    for (uint32_t n = pick_size(m, most_distinct(key)); n > 0; n--) {
        make_distinct(m, key, &keys);
        make_value(m, value, levels);
    }
    tw_build_end(&m->b);
}

/* Ids of a struct's fields, distinct. At the edges they start anywhere, mostly step by what is next to the
 * longest short distance, and may come in falling order. */
static void pick_ids(maker *m, int16_t *ids, size_t count)
{
    static const int16_t starts[] = {1, 0, -1, 15, 16, 127, 128, -32768, 16383, 32000};
    static const uint8_t steps[] = {1, 14, 15, 16, 17, 2};
    int32_t id = m->shape->edges ? starts[below(m, sizeof starts / sizeof starts[0])] : 1;
    for (size_t i = 0; i < count; i++) {
        ids[i] = (int16_t)id;
        id += m->shape->edges ? steps[below(m, sizeof steps)]
                              : 1 + (int32_t)(below(m, 8) == 0 ? below(m, 20) : 0);
    }
    if (!m->shape->edges || count == 0) return;
    if (below(m, 4) == 0 && ids[count - 1] < INT16_MAX) ids[count - 1] = INT16_MAX;
    for (size_t i = 0; below(m, 4) == 0 && i < count / 2; i++) {
        int16_t swap = ids[i];
        ids[i] = ids[count - 1 - i];
        ids[count - 1 - i] = swap;
    }
}

#define FIELDS_MOST 300

static void make_struct(maker *m, uint32_t levels, bool outermost)
{
    int16_t ids[FIELDS_MOST];
    uint32_t least = m->shape->fields_least, most = m->shape->fields_most;
    if (!outermost && most > 8) {
        least = 1;
        most = 8;
    }
    size_t count = least + (size_t)below(m, most - least + 1);
    if (m->budget <= 0) count = 0;
    pick_ids(m, ids, count);
    tw_build_struct(&m->b);
    for (size_t i = 0; i < count; i++) {
        tw_build_field(&m->b, ids[i]);
        make_value(m, pick_type(m, levels), levels);
    }
    tw_build_end(&m->b);
}

/* levels: how many may still open below the one that this value stands in. */
static void make_value(maker *m, tw_type type, uint32_t levels)
{
    m->budget--;
    switch (type) {
    case TW_STRUCT: make_struct(m, levels - 1, false); break;
    case TW_LIST: make_list(m, levels - 1); break;
    case TW_SET: make_set(m, levels - 1); break;
    case TW_MAP: make_map(m, levels - 1); break;
    default: make_scalar(m, type); break;
    }
}

/* A chain of values, each of which holds the next and a little beside it. `levels` open, this value included.
 */
static void make_chain(maker *m, tw_type type, uint32_t levels)
{
    static const uint8_t nesting[] = {TW_STRUCT, TW_STRUCT, TW_LIST, TW_MAP, TW_SET};
    tw_type inner = levels > 1 ? (tw_type)nesting[below(m, sizeof nesting)] : pick_scalar(m);
    sequence keys = sequence_new(m);
    switch (type) {
    case TW_LIST: tw_build_list(&m->b, inner); break;
    case TW_SET: tw_build_set(&m->b, inner); break;
    case TW_MAP: tw_build_map(&m->b, TW_I32, inner); break;
    default:
        tw_build_struct(&m->b);
        tw_build_field(&m->b, 1);
        make_value(m, pick_scalar(m), 0);
        tw_build_field(&m->b, (int16_t)(2 + below(m, 20)));
    }
    if (type == TW_MAP) make_distinct(m, TW_I32, &keys);
    if (levels > 1)
        make_chain(m, inner, levels - 1);
    else
        make_value(m, inner, 0);
    tw_build_end(&m->b);
}

bool tw_generate(tw_tree *tree, tw_random *random, tw_profile profile)
{
    maker m = {.random = random, .shape = &shapes[profile], .budget = shapes[profile].budget};
    tw_builder_init(&m.b, tree);
    if (profile == TW_PROFILE_DEEP) {
        make_chain(&m, TW_STRUCT, TW_DEPTH_DEFAULT / 2 + (uint32_t)below(&m, TW_DEPTH_DEFAULT / 2 + 1));
    } else {
        make_struct(&m, shapes[profile].levels, true);
    }
    return tw_builder_finish(&m.b);
}
