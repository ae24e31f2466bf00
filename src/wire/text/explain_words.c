#include "wire/text/explain_words.h"

#include "wire/text/literal.h"

#include <inttypes.h>

/* Two columns a step of the path, and two more for a struct that is an element: its fields stand below its
 * line. */
unsigned tw_token_indent(const tw_token *token)
{
    const tw_path *path = token->path;
    uint32_t kept = path->depth < TW_PATH_KEPT ? path->depth : TW_PATH_KEPT;
    unsigned indent = kept * 2;
    bool element = false;
    for (uint32_t i = 0; i < kept; i++) {
        bool field = path->steps[i].kind == TW_STEP_FIELD;
        if (element && field) indent += 2;
        element = !field;
    }
    if (token->kind == TW_TOKEN_STOP && element) indent += 2;
    return token->kind == TW_TOKEN_FIELD ? indent - 2 : indent;
}

tw_role tw_token_role(const tw_token *token)
{
    switch (token->kind) {
    case TW_TOKEN_SIZE: return TW_ROLE_SIZE;
    case TW_TOKEN_STRING:
    case TW_TOKEN_VALUE: return TW_ROLE_VALUE;
    case TW_TOKEN_STOP: return TW_ROLE_STOP;
    default: return TW_ROLE_HEAD;
    }
}

/* "[3] ", "key 0: ": which element of a container begins here. */
static void say_place(tw_page *page, const tw_path *path)
{
    if (path->depth == 0 || path->depth > TW_PATH_KEPT) return;
    const tw_step *last = &path->steps[path->depth - 1];
    switch (last->kind) {
    case TW_STEP_ELEMENT: tw_page_say(page, "[%" PRId64 "] ", last->at); break;
    case TW_STEP_KEY: tw_page_say(page, "key %" PRId64 ": ", last->at); break;
    case TW_STEP_VALUE: tw_page_say(page, "value %" PRId64 ": ", last->at); break;
    case TW_STEP_FIELD: break;
    }
}

static void say_scalar(tw_page *page, const tw_node *value, unsigned indent)
{
    size_t room = tw_page_room(page, indent); /* at least 16 */
    if (!tw_literal_scalar(value, room - 8, &page->words)) tw_page_say(page, "...");
}

static void say_count(tw_page *page, uint32_t count, const char *what)
{
    if (count == 0)
        tw_page_say(page, ", empty");
    else
        tw_page_say(page, ", %" PRIu32 " %s%s", count, what, count == 1 ? "" : "s");
}

static void say_container(tw_page *page, const tw_token *token)
{
    const char *element = tw_type_name((tw_type)(token->inside & 15));
    if (token->kind == TW_TOKEN_MAP && token->inside == 0) {
        tw_page_say(page, "map, empty, its types are not told");
    } else if (token->kind == TW_TOKEN_MAP) {
        tw_page_say(page, "map<%s, %s>", tw_type_name((tw_type)(token->inside >> 4)), element);
        say_count(page, token->count, "pair");
    } else {
        tw_page_say(page, "%s<%s>", tw_type_name(token->type), element);
        say_count(page, token->count, "element");
    }
}

static void say_field(tw_page *page, const tw_token *token, bool compact)
{
    tw_page_say(page, "field %d: %s", token->id, tw_type_name(token->type));
    if (token->value.type == TW_BOOL) tw_page_say(page, " %s", token->value.u.i ? "true" : "false");
    if (compact && token->size_len > 0) tw_page_say(page, " (long form)");
}

void tw_token_say(tw_page *page, const tw_token *token, const tw_protocol *protocol, unsigned nested)
{
    bool compact = protocol == &tw_compact;
    unsigned indent = tw_token_indent(token) + nested;
    switch (token->kind) {
    case TW_TOKEN_FIELD: say_field(page, token, compact); break;
    case TW_TOKEN_STOP: tw_page_say(page, "stop"); break;
    case TW_TOKEN_LIST:
    case TW_TOKEN_SET:
        say_place(page, token->path);
        say_container(page, token);
        if (compact && token->len > 1) tw_page_say(page, " (long form)");
        break;
    case TW_TOKEN_MAP:
        say_place(page, token->path);
        say_container(page, token);
        break;
    case TW_TOKEN_SIZE:
        say_place(page, token->path);
        tw_page_say(page, token->count ? "string, length %" PRIu32 : "string, length %" PRIu32 ": \"\"",
                    token->count);
        break;
    case TW_TOKEN_STRING: say_scalar(page, &token->value, indent); break;
    case TW_TOKEN_VALUE:
        say_place(page, token->path);
        tw_page_say(page, "%s ", tw_type_name(token->type));
        say_scalar(page, &token->value, indent);
        break;
    case TW_TOKEN_STRUCT:
        say_place(page, token->path);
        tw_page_say(page, "struct");
        break;
    case TW_TOKEN_END: break;
    }
}

void tw_part_say(tw_page *page, const tw_envelope_part *part, tw_bytes bytes, const tw_envelope *envelope,
                 const tw_protocol *protocol)
{
    bool compact = protocol == &tw_compact;
    const char *kind = tw_message_kind_name(envelope->kind);
    tw_node name = {.type = TW_STRING, .count = (uint32_t)bytes.len, .u.bytes = bytes.data};
    switch (part->kind) {
    case TW_PART_VERSION:
        tw_page_say(page, compact ? "compact message" : "message, strict header, version 1");
        break;
    case TW_PART_UNUSED: tw_page_say(page, "unused"); break;
    case TW_PART_KIND:
        tw_page_say(page, "%s%s, type %u", compact ? "version 1, " : "", kind ? kind : "unknown",
                    envelope->kind);
        break;
    case TW_PART_NAME_SIZE: tw_page_say(page, "name, length"); break;
    case TW_PART_NAME: say_scalar(page, &name, 0); break;
    case TW_PART_SEQUENCE_ID: tw_page_say(page, "sequence id"); break;
    }
}

void tw_zlib_header_say(tw_page *page, const uint8_t header[2])
{
    static const char *const levels[] = {"fastest", "fast", "default", "best"};
    unsigned method = header[0] & 15, window = header[0] >> 4;
    tw_page_say(page, "zlib header: ");
    if (method == 8)
        tw_page_say(page, "deflate");
    else
        tw_page_say(page, "method %u, which is none", method);
    if (window < 2)
        tw_page_say(page, ", window %u bytes", 256u << window);
    else if (window <= 7)
        tw_page_say(page, ", window %u KiB", 1u << (window - 2));
    else
        tw_page_say(page, ", window too large");
    tw_page_say(page, ", level %s", levels[header[1] >> 6]);
    if (header[1] & 0x20) tw_page_say(page, ", wants a dictionary");
    if ((header[0] * 256u + header[1]) % 31 != 0) tw_page_say(page, ", check bits wrong");
}
