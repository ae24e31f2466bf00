#include "wire/text/notation.h"

#include "wire/text/notation_lex.h"
#include "wire/value/builder.h"

#include <stdio.h>
#include <string.h>

#define LEVELS_MOST 1000000u

/* A container that is open. The levels are kept here, not on the C stack: text nests as deep as it likes. */
typedef struct level {
    uint8_t type;
    uint8_t inside; /* as tw_node.inside; 0 for an untyped map, which must stay empty */
    bool any;       /* an element was read */
    bool half;      /* map: the key was read, its value is next */
} level;

typedef struct parser {
    tw_lexer lexer;
    tw_builder builder;
    tw_buffer levels;
} parser;

static level *top_of(parser *p)
{
    return (level *)(void *)(p->levels.data + p->levels.len) - 1;
}

static size_t depth_of(const parser *p)
{
    return p->levels.len / sizeof(level);
}

static bool fail(parser *p, size_t at, const char *text)
{
    return tw_lexer_fail(&p->lexer, TW_MALFORMED, at, "%s", text);
}

/* Turns what the builder noticed (memory, or a container of too many elements) into an error here. */
static bool built(parser *p)
{
    if (p->builder.cls == TW_OK) return true;
    if (p->builder.cls == TW_MEMORY) return tw_lexer_fail(&p->lexer, TW_MEMORY, p->lexer.at, "out of memory");
    return tw_lexer_fail(&p->lexer, TW_LIMIT, p->lexer.at, "too many elements");
}

/* The name of a type; white space in front is skipped. */
static bool read_type(parser *p, tw_type *type)
{
    tw_lexer *lexer = &p->lexer;
    tw_lexer_space(lexer);
    size_t len = tw_lexer_word(lexer);
    *type = tw_type_find(lexer->text + lexer->at, len);
    if (*type == TW_STOP) return tw_lexer_fail_expected(lexer, "a type (bool, i8, .. map, struct, uuid)");
    lexer->at += len;
    return true;
}

static bool read_map_types(parser *p, tw_type *key, tw_type *value)
{
    *key = *value = TW_STOP;
    tw_lexer_space(&p->lexer);
    if (!tw_lexer_take(&p->lexer, '<')) return true;
    return read_type(p, key) && tw_lexer_expect(&p->lexer, ',') && read_type(p, value) &&
           tw_lexer_expect(&p->lexer, '>');
}

/* What stands between the word `list`, `set`, `map` or `struct` and the first element; opens the level. */
static bool open_level(parser *p, tw_type type)
{
    if (depth_of(p) == LEVELS_MOST)
        return tw_lexer_fail(&p->lexer, TW_LIMIT, p->lexer.at, "more than %u levels of nesting", LEVELS_MOST);
    tw_type key = TW_STOP, element = TW_STOP;
    bool curly = type == TW_STRUCT || type == TW_MAP;
    bool fits = true;
    if (type == TW_MAP) fits = read_map_types(p, &key, &element);
    if (!curly)
        fits = tw_lexer_expect(&p->lexer, '<') && read_type(p, &element) && tw_lexer_expect(&p->lexer, '>');
    if (!fits || !tw_lexer_expect(&p->lexer, curly ? '{' : '[')) return false;
    switch (type) {
    case TW_STRUCT: tw_build_struct(&p->builder); break;
    case TW_LIST: tw_build_list(&p->builder, element); break;
    case TW_SET: tw_build_set(&p->builder, element); break;
    default: tw_build_map(&p->builder, key, element); break;
    }
    level l = {.type = (uint8_t)type, .inside = (uint8_t)((unsigned)key << 4 | (unsigned)element)};
    if (!tw_buffer_append(&p->levels, &l, sizeof l))
        return tw_lexer_fail(&p->lexer, TW_MEMORY, p->lexer.at, "out of memory");
    return built(p);
}

static bool read_integer(parser *p, tw_type type)
{
    static const int64_t least[] = {
        [TW_I8] = INT8_MIN, [TW_I16] = INT16_MIN, [TW_I32] = INT32_MIN, [TW_I64] = INT64_MIN};
    int64_t value;
    if (!tw_lexer_integer(&p->lexer, least[type], -(least[type] + 1), tw_type_name(type), &value))
        return false;
    switch (type) {
    case TW_I8: tw_build_i8(&p->builder, (int8_t)value); break;
    case TW_I16: tw_build_i16(&p->builder, (int16_t)value); break;
    case TW_I32: tw_build_i32(&p->builder, (int32_t)value); break;
    default: tw_build_i64(&p->builder, value); break;
    }
    return built(p);
}

static bool read_scalar(parser *p, tw_type type)
{
    bool truth;
    uint64_t bits;
    uint8_t uuid[16];
    tw_bytes string;
    tw_lexer_space(&p->lexer);
    switch (type) {
    case TW_BOOL:
        if (!tw_lexer_bool(&p->lexer, &truth)) return false;
        tw_build_bool(&p->builder, truth);
        break;
    case TW_DOUBLE:
        if (!tw_lexer_double(&p->lexer, &bits)) return false;
        tw_build_double(&p->builder, bits);
        break;
    case TW_STRING:
        if (!tw_lexer_string(&p->lexer, &string)) return false;
        tw_build_string(&p->builder, string);
        break;
    case TW_UUID:
        if (!tw_lexer_uuid(&p->lexer, uuid)) return false;
        tw_build_uuid(&p->builder, uuid);
        break;
    default: return read_integer(p, type);
    }
    return built(p);
}

static bool read_field(parser *p)
{
    int64_t id;
    tw_type type;
    if (!tw_lexer_integer(&p->lexer, INT16_MIN, INT16_MAX, "field id", &id) ||
        !tw_lexer_expect(&p->lexer, ':') || !read_type(p, &type))
        return false;
    tw_build_field(&p->builder, (int16_t)id);
    if (tw_type_nests(type)) return open_level(p, type);
    size_t behind = p->lexer.at;
    tw_lexer_space(&p->lexer);
    if (p->lexer.at == behind) return tw_lexer_fail_expected(&p->lexer, "a space and the value");
    return read_scalar(p, type);
}

/* An element, a key or a value of the container's type. */
static bool read_element(parser *p, tw_type type)
{
    if (!tw_type_nests(type)) return read_scalar(p, type);
    char what[16];
    snprintf(what, sizeof what, "`%s`", tw_type_name(type));
    size_t len = tw_lexer_word(&p->lexer);
    if (tw_type_find(p->lexer.text + p->lexer.at, len) != type)
        return tw_lexer_fail_expected(&p->lexer, what);
    p->lexer.at += len;
    return open_level(p, type);
}

static void close_level(parser *p)
{
    p->levels.len -= sizeof(level);
    tw_build_end(&p->builder);
}

/* What stands between elements: a comma or a line end. Sets *closed where the container ends instead. */
static bool read_separator(parser *p, const level *l, bool *closed)
{
    tw_lexer *lexer = &p->lexer;
    char closer = l->type == TW_STRUCT || l->type == TW_MAP ? '}' : ']';
    bool line_end = tw_lexer_space(lexer);
    *closed = tw_lexer_take(lexer, closer);
    if (*closed || !l->any) return true;
    if (tw_lexer_take(lexer, ',')) {
        tw_lexer_space(lexer);
        return tw_lexer_peek(lexer) != closer || fail(p, lexer->at, "something is expected behind the comma");
    }
    if (line_end && lexer->at < lexer->len) return true;
    return tw_lexer_fail_expected(lexer, closer == '}' ? "`,` or `}`" : "`,` or `]`");
}

/* One step inside the innermost container. */
static bool step(parser *p)
{
    level *l = top_of(p);
    if (l->half) {
        l->half = false;
        if (!tw_lexer_expect(&p->lexer, ':')) return false;
        tw_lexer_space(&p->lexer);
        return read_element(p, (tw_type)(l->inside & 15));
    }
    bool closed;
    if (!read_separator(p, l, &closed)) return false;
    if (closed) {
        close_level(p);
        return built(p);
    }
    l->any = true;
    if (l->type == TW_STRUCT) return read_field(p);
    if (l->type != TW_MAP) return read_element(p, (tw_type)l->inside);
    if (l->inside == 0) return fail(p, p->lexer.at, "a map without types must be empty");
    l->half = true;
    return read_element(p, (tw_type)(l->inside >> 4));
}

static bool read_struct(parser *p)
{
    tw_lexer_space(&p->lexer);
    size_t len = tw_lexer_word(&p->lexer);
    if (tw_type_find(p->lexer.text + p->lexer.at, len) != TW_STRUCT)
        return tw_lexer_fail_expected(&p->lexer, "`struct`");
    p->lexer.at += len;
    if (!open_level(p, TW_STRUCT)) return false;
    while (depth_of(p) > 0) {
        if (!step(p)) return false;
    }
    tw_lexer_space(&p->lexer);
    return p->lexer.at == p->lexer.len || tw_lexer_fail_expected(&p->lexer, "the end");
}

static bool read_kind(parser *p, uint8_t *kind)
{
    tw_lexer *lexer = &p->lexer;
    size_t len = tw_lexer_word(lexer);
    *kind = tw_message_kind_find(lexer->text + lexer->at, len);
    if (*kind == 0) {
        if (len != 4 || memcmp(lexer->text + lexer->at, "type", 4) != 0)
            return tw_lexer_fail_expected(lexer, "call, reply, exception, oneway or type(N)");
        lexer->at += len;
        int64_t number;
        if (!tw_lexer_expect(lexer, '(') || !tw_lexer_integer(lexer, 0, 7, "message type", &number))
            return false;
        *kind = (uint8_t)number;
        return tw_lexer_expect(lexer, ')');
    }
    lexer->at += len;
    return true;
}

static bool read_envelope(parser *p, tw_envelope *envelope)
{
    tw_lexer *lexer = &p->lexer;
    tw_bytes name;
    int64_t sequence_id;
    tw_lexer_space(lexer);
    *envelope = (tw_envelope){.form = TW_HEADER_STRICT};
    if (!read_kind(p, &envelope->kind)) return false;
    tw_lexer_space(lexer);
    if (!tw_lexer_string(lexer, &name)) return false;
    const char *kept = tw_arena_copy(&p->builder.tree->arena, name.data, name.len);
    if (!kept) return tw_lexer_fail(lexer, TW_MEMORY, lexer->at, "out of memory");
    envelope->name = tw_bytes_of(kept, name.len);
    if (!tw_lexer_expect(lexer, '#') ||
        !tw_lexer_integer(lexer, INT32_MIN, INT32_MAX, "sequence id", &sequence_id))
        return false;
    envelope->sequence_id = (int32_t)sequence_id;
    return true;
}

static tw_class read_all(const char *text, size_t len, tw_envelope *envelope, tw_tree *tree,
                         tw_notation_error *error)
{
    parser p;
    tw_lexer_init(&p.lexer, text, len, tree->alloc, tree->cap, error);
    tw_builder_init(&p.builder, tree);
    tw_buffer_init(&p.levels, tree->alloc);
    bool done = (!envelope || read_envelope(&p, envelope)) && read_struct(&p);
    bool whole = tw_builder_finish(&p.builder);
    if (done && !whole) built(&p);
    if (!done) tw_tree_reset(tree);
    tw_buffer_deinit(&p.levels);
    tw_lexer_deinit(&p.lexer);
    return error->cls;
}

tw_class tw_notation_read(const char *text, size_t len, tw_tree *tree, tw_notation_error *error)
{
    return read_all(text, len, NULL, tree, error);
}

tw_class tw_notation_read_message(const char *text, size_t len, tw_envelope *envelope, tw_tree *tree,
                                  tw_notation_error *error)
{
    return read_all(text, len, envelope, tree, error);
}
