/* The tokens of a struct that is taken. */
#include "suite/vector/coverage/show.h"

#include <string.h>

enum { TOKENS_SHOWN = 1 << 15, CHAIN_LEVELS = 60 };

static assay_shown_level *top(assay_showing *s)
{
    return s->depth > 0 && s->depth <= ASSAY_SHOWN_LEVELS ? &s->levels[s->depth - 1] : NULL;
}

bool assay_shown_expected(const assay_showing *s, tw_type *type, const char **place)
{
    if (s->depth == 0 || s->depth > ASSAY_SHOWN_LEVELS) return false;
    const assay_shown_level *level = &s->levels[s->depth - 1];
    switch (level->type) {
    case TW_STRUCT:
        *type = level->field;
        *place = "field";
        return level->field_open;
    case TW_MAP:
        *type = (tw_type)(level->half ? level->inside & 15 : level->inside >> 4);
        *place = level->half ? "value" : "key";
        return true;
    default:
        *type = (tw_type)level->inside;
        *place = level->type == TW_SET ? "set" : "list";
        return true;
    }
}

/* A value was read, or opened: what its level waits for next. */
static void count_value(assay_showing *s)
{
    assay_shown_level *level = top(s);
    if (!level) return;
    if (level->type == TW_STRUCT) level->field_open = false;
    if (level->type == TW_MAP) level->half = !level->half;
}

static void open_level(assay_showing *s, const tw_token *token)
{
    tw_type type;
    const char *place = "outermost";
    if (s->depth > 0 && !assay_shown_expected(s, &type, &place)) place = "field";
    count_value(s);
    if (s->depth > 0 && s->depth < CHAIN_LEVELS) {
        const char *link = strcmp(place, "field") == 0 ? "struct" : place;
        if (!s->chain || s->depth == 2)
            s->chain = link; /* the outermost level is always a struct */
        else if (s->depth > 2 && strcmp(s->chain, link) != 0)
            s->chain = "mixed";
    }
    if (++s->depth > s->deepest) s->deepest = s->depth;
    assay_shown_level *level = top(s);
    if (level)
        *level = (assay_shown_level){
            .type = token->type, .inside = token->inside, .place = place, .after = "start"};
}

static const uint8_t *bytes_at(const assay_showing *s, size_t offset)
{
    return s->bytes.data + offset;
}

static void show_binary_field(assay_showing *s, const tw_token *token, const assay_shown_level *level)
{
    bool first = strcmp(level->after, "start") == 0;
    int step = token->id - level->id;
    assay_show_mark(s, "field", tw_type_name(token->type), "whole");
    assay_show_number(s, "field-id", "id", token->id);
    if (first) return;
    assay_show_mark(s, "field-id", "id",
                    step == 0   ? "repeated"
                    : step < 0  ? "back"
                    : step == 1 ? "next"
                                : "gap");
}

static void show_compact_field(assay_showing *s, const tw_token *token, const assay_shown_level *level,
                               const char *kind)
{
    int step = token->id - level->id;
    bool is_long = token->size_len > 0;
    if (is_long) {
        const char *form = assay_varint_form(bytes_at(s, token->size_offset), token->size_len);
        assay_show_mark(s, "field-long", kind,
                        step < 0    ? "back"
                        : step == 0 ? "repeated"
                        : step > 15 ? "far"
                                    : "near");
        assay_show_mark(s, "varint", "field-id", form);
        assay_show_number(s, "field-id", "id", token->id);
    } else {
        assay_show_mark(s, "field-short", kind, step == 1 ? "1" : step == 15 ? "15" : "2-14");
    }
    assay_show_mark(s, "field-after", level->after, is_long ? "long" : "short");
}

static void on_field(assay_showing *s, const tw_token *token)
{
    assay_shown_level *level = top(s);
    if (!level) return;
    bool in_header = token->value.type == TW_BOOL;
    const char *kind =
        token->type == TW_BOOL ? (token->value.u.i ? "true" : "false") : tw_type_name(token->type);
    if (s->marks && s->compact) show_compact_field(s, token, level, kind);
    if (s->marks && !s->compact) show_binary_field(s, token, level);
    level->field_open = !in_header;
    level->field = token->type;
    level->id = token->id;
    level->after = kind;
}

static void on_stop(assay_showing *s, const tw_token *token)
{
    const assay_shown_level *level = top(s);
    if (level && s->marks)
        assay_show_mark(s, "stop", level->place,
                        !s->compact                        ? "there"
                        : *bytes_at(s, token->offset) == 0 ? "00"
                                                           : "nibble");
    s->depth--;
}

static const char *size_word(uint32_t count)
{
    return count == 0 ? "none" : count == 1 ? "one" : "more";
}

static void show_binary_list(assay_showing *s, const tw_token *token, const char *name)
{
    char sizes[16] = "list-size";
    if (token->type == TW_SET) memcpy(sizes, "set-size", 9);
    assay_show_mark(s, name, tw_type_name((tw_type)token->inside), size_word(token->count));
    assay_show_number(s, sizes, "size", token->count);
}

static void show_compact_list(assay_showing *s, const tw_token *token, const char *name)
{
    bool set = token->type == TW_SET, is_long = token->len > 1;
    uint8_t nibble = *bytes_at(s, token->offset) & 15;
    const char *type = nibble == 1 ? "bool-1" : nibble == 2 ? "bool-2" : tw_type_name((tw_type)token->inside);
    assay_show_mark(s, name, type, token->count == 0 ? "none" : is_long ? "long" : "short");
    assay_show_number(s, set ? (is_long ? "set-long" : "set-short") : (is_long ? "list-long" : "list-short"),
                      "size", token->count);
    if (is_long)
        assay_show_mark(s, "varint", set ? "set-size" : "list-size",
                        assay_varint_form(bytes_at(s, token->size_offset), token->size_len));
}

static void show_map_types(assay_showing *s, const tw_token *token)
{
    char pair[32];
    tw_type key = (tw_type)(token->inside >> 4), value = (tw_type)(token->inside & 15);
    size_t n = strlen(tw_type_name(key));
    memcpy(pair, tw_type_name(key), n);
    pair[n] = '+';
    memcpy(pair + n + 1, tw_type_name(value), strlen(tw_type_name(value)) + 1);
    assay_show_mark(s, "map", pair, "some");
    if (!s->compact) return;
    uint8_t types = *bytes_at(s, token->offset + token->len - 1);
    if (key == TW_BOOL) assay_show_mark(s, "map-key", types >> 4 == 1 ? "bool-1" : "bool-2", "some");
    if (value == TW_BOOL) assay_show_mark(s, "map-value", (types & 15) == 1 ? "bool-1" : "bool-2", "some");
}

static void show_map(assay_showing *s, const tw_token *token)
{
    const char *form = s->compact ? assay_varint_form(bytes_at(s, token->size_offset), token->size_len) : "";
    assay_show_number(s, "map-size", "size", token->count);
    if (s->compact) assay_show_mark(s, "varint", "map-size", form);
    if (token->count > 0) {
        show_map_types(s, token);
        assay_show_mark(s, "map", "any", size_word(token->count));
    } else if (s->compact) {
        assay_show_mark(s, "map", "any", strcmp(form, "padded") == 0 ? "none-padded" : "none");
    } else {
        assay_show_mark(s, "map", "any", token->inside ? "none-typed" : "none-stop");
    }
}

static void on_container(assay_showing *s, const tw_token *token)
{
    if (s->marks && token->kind == TW_TOKEN_MAP) show_map(s, token);
    const char *name = token->type == TW_SET ? "set" : "list";
    if (s->marks && token->kind != TW_TOKEN_MAP) {
        if (s->compact)
            show_compact_list(s, token, name);
        else
            show_binary_list(s, token, name);
    }
    open_level(s, token);
}

static const char *bool_word(const assay_showing *s, uint8_t byte)
{
    if (byte < 2) return byte ? "1" : "0";
    if (s->compact && byte == 2) return "2";
    return byte > 127 ? "128-255" : s->compact ? "3-127" : "2-127";
}

static void show_value(assay_showing *s, const tw_token *token)
{
    const tw_node *value = &token->value;
    tw_type type;
    const char *place = "field", *word;
    switch (token->type) {
    case TW_BOOL:
        if (assay_shown_expected(s, &type, &place))
            assay_show_mark(s, "bool", place, bool_word(s, *bytes_at(s, token->offset)));
        break;
    case TW_DOUBLE: assay_show_double(s, value->u.bits); break;
    case TW_UUID:
        if ((word = assay_uuid_class(value->u.bytes))) assay_show_mark(s, "uuid", "value", word);
        break;
    default:
        assay_show_number(s, tw_type_name(token->type), "value", value->u.i);
        if (s->compact && token->type != TW_I8)
            assay_show_mark(s, "varint", tw_type_name(token->type),
                            assay_varint_form(bytes_at(s, token->offset), token->len));
        break;
    }
}

static void on_size(assay_showing *s, const tw_token *token)
{
    s->in_string = true;
    if (!s->marks) return;
    assay_show_number(s, "string-size", "size", token->count);
    if (s->compact)
        assay_show_mark(s, "varint", "string-size",
                        assay_varint_form(bytes_at(s, token->size_offset), token->size_len));
}

static bool on_token(void *context, const tw_token *token)
{
    assay_showing *s = context;
    if (s->tokens++ > TOKENS_SHOWN) s->marks = false; /* a bomb shows nothing more by its length */
    switch (token->kind) {
    case TW_TOKEN_FIELD: on_field(s, token); break;
    case TW_TOKEN_STOP: on_stop(s, token); break;
    case TW_TOKEN_LIST:
    case TW_TOKEN_SET:
    case TW_TOKEN_MAP: on_container(s, token); break;
    case TW_TOKEN_STRUCT: open_level(s, token); break;
    case TW_TOKEN_END: s->depth--; break;
    case TW_TOKEN_SIZE: on_size(s, token); break;
    case TW_TOKEN_STRING:
        s->in_string = false;
        if (s->marks)
            assay_show_string(s->coverage, assay_production_of(s, "string").text, "bytes",
                              tw_bytes_of(token->value.u.bytes, token->value.count));
        count_value(s);
        break;
    case TW_TOKEN_VALUE:
        if (s->marks) show_value(s, token);
        count_value(s);
        break;
    }
    s->next = token->offset + token->len;
    return true;
}

void assay_show_struct(assay_showing *s, tw_outcome *out)
{
    tw_tracer tracer = {on_token, s};
    tw_decode_options options = tw_decode_defaults();
    s->depth = s->deepest = s->next = s->tokens = 0;
    s->chain = NULL;
    s->in_string = false;
    s->compact = s->protocol == &tw_compact;
    tw_trace(s->protocol, s->bytes, &options, &tracer, out);
}
