/* The token of a struct at which reading stopped: what it should have been, and what is wrong with it. */
#include "suite/vector/coverage/show.h"

#include "wire/base/varint.h"

#include <string.h>

/* What is known of the place: the bytes from the token at fault on. */
typedef struct fault {
    const assay_showing *s;
    const tw_error *error;
    const uint8_t *at;
    size_t left;  /* bytes from there on */
    bool valued;  /* a value is expected there, no field header */
    tw_type type; /* its type */
    const char *place;
} fault;

static uint32_t load_u32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static const char *cut_word(const fault *f)
{
    return f->left == 0 ? "absent" : "cut";
}

/* A size that more than the bytes left would be needed for: the number itself, and the two edges. least: bytes
 * of the smallest element; behind: bytes behind the size. */
static const char *excess_word(uint32_t count, uint64_t least, size_t behind)
{
    uint64_t need = count * least;
    if (need > UINT32_MAX && (uint32_t)need <= behind) return "wraps-32";
    return need - least <= behind ? "last-short" : NULL;
}

static uint64_t least_of(bool compact, tw_type type)
{
    static const uint8_t binary[TW_TYPE_COUNT] = {
        [TW_BOOL] = 1,   [TW_I8] = 1,   [TW_I16] = 2, [TW_I32] = 4, [TW_I64] = 8,    [TW_DOUBLE] = 8,
        [TW_STRING] = 4, [TW_LIST] = 5, [TW_SET] = 5, [TW_MAP] = 6, [TW_STRUCT] = 1, [TW_UUID] = 16};
    if (compact) return type == TW_DOUBLE ? 8 : type == TW_UUID ? 16 : 1;
    return binary[type & 15];
}

/* The containers around a value that is cut are cut too. */
static void show_cut_around(const assay_showing *s)
{
    size_t kept = s->depth < ASSAY_SHOWN_LEVELS ? s->depth : ASSAY_SHOWN_LEVELS;
    for (size_t i = 0; i < kept; i++) {
        const assay_shown_level *level = &s->levels[i];
        if (level->type == TW_MAP) {
            /* A nesting value is counted when it opens, so the half of one around another is the other. */
            bool value = i + 1 < kept ? !level->half : level->half;
            assay_show_mark(s, "map-pair", value ? "value" : "key", "cut");
        } else if (level->type != TW_STRUCT) {
            assay_show_mark_held(s, level->type == TW_SET ? "set" : "list",
                                 tw_type_name((tw_type)level->inside), "cut");
        }
    }
}

/* Binary. */

static const char *binary_code(uint8_t code)
{
    switch (code) {
    case 0: return "stop";
    case 1: return "void";
    case 5: return "5";
    case 7: return "7";
    case 9: return "9";
    default: return code < 17 ? NULL : code < 128 ? "17-127" : "128-255";
    }
}

static tw_type binary_type(uint8_t code)
{
    static const uint8_t types[] = {0,         0,      TW_BOOL, TW_I8,   TW_DOUBLE, 0,
                                    TW_I16,    0,      TW_I32,  0,       TW_I64,    TW_STRING,
                                    TW_STRUCT, TW_MAP, TW_SET,  TW_LIST, TW_UUID};
    return code < sizeof types ? (tw_type)types[code] : TW_STOP;
}

static void binary_string(const fault *f)
{
    if (f->left < 4) {
        assay_show_mark(f->s, "string-size", "size", cut_word(f));
        return;
    }
    uint32_t size = load_u32(f->at);
    assay_show_number(f->s, "string-size", "size", (int32_t)size);
    if (size == f->left - 4 + 1) assay_show_mark(f->s, "string-size", "size", "rest+1");
}

static void binary_list(const fault *f, const char *name, const char *sizes)
{
    if (f->error->cls == TW_TRUNCATED && f->left < 5) {
        assay_show_mark(f->s, sizes, "size", f->left == 0 ? "type-absent" : f->left == 1 ? "absent" : "cut");
        return;
    }
    uint32_t count = load_u32(f->at + 1);
    size_t behind = f->left - 5;
    tw_type type = binary_type(*f->at);
    if (type == TW_STOP && (int32_t)count >= 0) {
        const char *code = binary_code(*f->at);
        if (code) assay_show_mark(f->s, name, code, count ? "some" : "none");
        return;
    }
    assay_show_number(f->s, sizes, "size", (int32_t)count);
    if ((int32_t)count < 0) return;
    uint64_t least = least_of(false, type);
    const char *word = excess_word(count, least, behind);
    if (word) assay_show_mark_held(f->s, name, tw_type_name(type), word);
    if (least == 1 && count == behind + 1) assay_show_mark(f->s, sizes, "size", "rest+1");
}

static void binary_map(const fault *f)
{
    if (f->error->cls == TW_TRUNCATED && f->left < 6) {
        static const char *const words[] = {"types-absent", "value-type-absent", "absent", "cut", "cut",
                                            "cut"};
        assay_show_mark(f->s, "map-size", "size", words[f->left]);
        return;
    }
    uint32_t count = load_u32(f->at + 2);
    size_t behind = f->left - 6;
    tw_type key = binary_type(f->at[0]), value = binary_type(f->at[1]);
    if ((int32_t)count >= 0 && (key == TW_STOP || value == TW_STOP)) {
        const char *some = count ? "some" : "none";
        if (key == TW_STOP && binary_code(f->at[0]))
            assay_show_mark(f->s, "map-key", binary_code(f->at[0]), some);
        if (value == TW_STOP && binary_code(f->at[1]))
            assay_show_mark(f->s, "map-value", binary_code(f->at[1]), some);
        return;
    }
    assay_show_number(f->s, "map-size", "size", (int32_t)count);
    if ((int32_t)count < 0) return;
    uint64_t least = least_of(false, key) + least_of(false, value);
    const char *word = excess_word(count, least, behind);
    if (word) assay_show_mark(f->s, "map", "any", word);
    /* as pairs: one more than there is room for */
    if (least == 2 && count == behind / 2 + 1) assay_show_mark(f->s, "map-size", "size", "rest+1");
}

static void binary_header(const fault *f)
{
    switch (f->error->rule) {
    case TW_RULE_BINARY_FIELD:
        assay_show_mark(f->s, "field-id", "id", f->left == 1 ? "absent" : "cut");
        break;
    case TW_RULE_BINARY_FIELD_TYPE:
        if (binary_code(*f->at)) assay_show_mark(f->s, "field", binary_code(*f->at), "refused");
        break;
    default: break;
    }
}

static void binary_value(const fault *f)
{
    switch (f->type) {
    case TW_STRING: binary_string(f); break;
    case TW_LIST: binary_list(f, "list", "list-size"); break;
    case TW_SET: binary_list(f, "set", "set-size"); break;
    case TW_MAP: binary_map(f); break;
    case TW_BOOL: assay_show_mark(f->s, "bool", f->place, "absent"); break;
    default: assay_show_mark(f->s, tw_type_name(f->type), "value", cut_word(f)); break;
    }
}

/* Compact. */

/* The varint of that kind that stands at `at` is at fault, or not: then its value. False where it is. */
static bool compact_varint(const fault *f, const char *kind, const uint8_t *at, size_t left, uint64_t *value)
{
    size_t len = 0;
    *value = 0;
    while (len < left && len < 10 && at[len] & 0x80) len++;
    const char *word = NULL;
    switch (f->error->rule) {
    case TW_RULE_COMPACT_VARINT_ENDLESS: word = "endless"; break;
    case TW_RULE_COMPACT_VARINT_WIDTH: word = "too-wide"; break;
    case TW_RULE_COMPACT_VARINT_OVERFLOW: word = "overflow"; break;
    default: break;
    }
    if (!word && len == left) word = left == 0 ? "absent" : "cut";
    if (word) {
        assay_show_mark_held(f->s, "varint", kind, word);
        return false;
    }
    for (size_t i = 0; i <= len && i < 10; i++) *value |= (uint64_t)(at[i] & 0x7f) << (7 * i);
    return true;
}

static const char *nibble_word(uint8_t nibble)
{
    return nibble == 0 ? "stop" : nibble == 14 ? "14" : nibble == 15 ? "15" : NULL;
}

static size_t varint_length(const uint8_t *at, size_t left)
{
    size_t len = 1;
    while (len < left && at[len - 1] & 0x80) len++;
    return len;
}

static void compact_string(const fault *f)
{
    uint64_t size;
    if (!compact_varint(f, "string-size", f->at, f->left, &size)) return;
    size_t behind = f->left - varint_length(f->at, f->left);
    assay_show_number(f->s, "string-size", "size", (int32_t)(uint32_t)size);
    if (size == behind + 1) assay_show_mark(f->s, "string-size", "size", "rest+1");
}

/* The token begins behind the last one; the error may point to the size in it. */
static void compact_list(const fault *f, bool set)
{
    const assay_showing *s = f->s;
    const uint8_t *token = s->bytes.data + s->next;
    size_t left = s->bytes.len - s->next;
    if (left == 0) {
        assay_show_mark(s, set ? "set-short" : "list-short", "size", "absent");
        return;
    }
    bool is_long = *token >> 4 == 15;
    const char *sizes = set ? (is_long ? "set-long" : "set-short") : (is_long ? "list-long" : "list-short");
    const char *name = set ? "set" : "list", *bad = nibble_word(*token & 15);
    uint64_t count = *token >> 4;
    size_t head = 1;
    if (is_long) {
        if (!compact_varint(f, set ? "set-size" : "list-size", token + 1, left - 1, &count)) return;
        head += varint_length(token + 1, left - 1);
    }
    assay_show_number(s, sizes, "size", (int32_t)(uint32_t)count);
    if (count > INT32_MAX) return;
    if (bad) {
        assay_show_mark(s, name, bad, count ? "some" : "none");
        return;
    }
    uint8_t nibble = *token & 15;
    uint64_t least = least_of(true, (tw_type)nibble);
    const char *word = excess_word((uint32_t)count, least, left - head);
    const char *type = nibble == 1 ? "bool-1" : nibble == 2 ? "bool-2" : tw_type_name((tw_type)nibble);
    if (word) assay_show_mark_held(s, name, type, word);
    if (least == 1 && count == left - head + 1) assay_show_mark(s, sizes, "size", "rest+1");
}

static void compact_map(const fault *f)
{
    const assay_showing *s = f->s;
    const uint8_t *token = s->bytes.data + s->next;
    size_t left = s->bytes.len - s->next;
    uint64_t count;
    if (!compact_varint(f, "map-size", token, left, &count)) return;
    assay_show_number(s, "map-size", "size", (int32_t)(uint32_t)count);
    size_t head = varint_length(token, left) + 1;
    if (count > INT32_MAX) return;
    if (head > left) {
        assay_show_mark(s, "map", "any", "types-absent");
        return;
    }
    uint8_t types = token[head - 1];
    const char *key = nibble_word(types >> 4), *value = nibble_word(types & 15);
    if (key) assay_show_mark(s, "map-key", key, "some");
    if (value) assay_show_mark(s, "map-value", value, "some");
    if (key || value) return;
    uint64_t least = least_of(true, (tw_type)(types >> 4)) + least_of(true, (tw_type)(types & 15));
    const char *word = excess_word((uint32_t)count, least, left - head);
    if (word) assay_show_mark(s, "map", "any", word);
    if (least == 2 && count == (left - head) / 2 + 1) assay_show_mark(s, "map-size", "size", "rest+1");
}

static void compact_header(const fault *f)
{
    const assay_showing *s = f->s;
    if (s->next >= s->bytes.len) return;
    uint8_t byte = s->bytes.data[s->next];
    bool is_long = byte >> 4 == 0;
    uint64_t v;
    if (f->error->rule == TW_RULE_COMPACT_FIELD_TYPE) {
        assay_show_mark(s, is_long ? "field-long" : "field-short", (byte & 15) == 14 ? "14" : "15",
                        "refused");
    } else if (!is_long) {
        assay_show_mark(s, "field-id", "id", "passed");
    } else if (compact_varint(f, "field-id", s->bytes.data + s->next + 1, s->bytes.len - s->next - 1, &v)) {
        assay_show_mark(s, "field-id", "id", tw_zigzag_decode(v) > 0 ? "above-i16" : "below-i16");
    }
}

static void compact_value(const fault *f)
{
    uint64_t v;
    switch (f->type) {
    case TW_STRING: compact_string(f); break;
    case TW_LIST: compact_list(f, false); break;
    case TW_SET: compact_list(f, true); break;
    case TW_MAP: compact_map(f); break;
    case TW_BOOL:
        assay_show_mark(f->s, "bool", f->place, f->left == 0 ? "absent" : *f->at > 127 ? "128-255" : "3-127");
        break;
    case TW_I16:
    case TW_I32:
    case TW_I64: compact_varint(f, tw_type_name(f->type), f->at, f->left, &v); break;
    default: assay_show_mark(f->s, tw_type_name(f->type), "value", cut_word(f)); break;
    }
}

static void show_struct_cut(const assay_showing *s)
{
    if (s->depth == 0 || s->depth > ASSAY_SHOWN_LEVELS) return;
    const assay_shown_level *level = &s->levels[s->depth - 1];
    if (s->next < s->bytes.len) return;
    assay_show_mark(s, "stop", level->place, "missing");
    bool first = strcmp(level->after, "start") == 0;
    if (first && strcmp(level->place, "field") == 0)
        assay_show_mark(s, s->compact ? "field-value" : "field", "struct", "absent");
}

void assay_show_fault(assay_showing *s, const tw_error *error)
{
    if (error->rule == TW_RULE_LIMIT_DEPTH || s->depth == 0 || s->depth > ASSAY_SHOWN_LEVELS) return;
    size_t at = error->offset < s->bytes.len ? (size_t)error->offset : s->bytes.len;
    fault f = {.s = s, .error = error};
    f.valued = assay_shown_expected(s, &f.type, &f.place);
    /* Sizes that cannot be stand inside their token; all but the compact ones are looked at from its start. */
    if (s->in_string || f.valued) at = s->in_string ? at : s->next;
    if (f.valued && f.type == TW_STRUCT) f.valued = false;
    f.at = s->bytes.data + at;
    f.left = s->bytes.len - at;
    if (error->cls == TW_TRUNCATED) show_cut_around(s);
    if (!f.valued) {
        bool field_cut = error->rule == TW_RULE_BINARY_STOP || error->rule == TW_RULE_COMPACT_STOP;
        if (field_cut)
            show_struct_cut(s);
        else if (s->compact)
            compact_header(&f);
        else
            binary_header(&f);
        return;
    }
    bool in_field = strcmp(f.place, "field") == 0;
    if (error->cls == TW_TRUNCATED && in_field && s->next == s->bytes.len)
        assay_show_mark(s, s->compact ? "field-value" : "field", tw_type_name(f.type), "absent");
    if (s->compact)
        compact_value(&f);
    else
        binary_value(&f);
}
