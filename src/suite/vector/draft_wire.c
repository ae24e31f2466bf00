/* Annotated hex from what the reference reads. */
#include "suite/mutate/stream.h"
#include "suite/mutate/units.h"
#include "suite/vector/complete.h"
#include "suite/vector/draft.h"

#include "wire/text/explain_words.h"
#include "wire/text/hex.h"

#include <stdio.h>
#include <string.h>

/* Bytes in a line where nothing else parts them; runs of one byte from this length on are told by a repeat. */
enum { PIECE = 32, RUN = 9 };

typedef struct writing {
    const tw_stack *stack;
    json_t *lines;
    tw_bytes payload;
    tw_bytes wire; /* framed: the whole stream; else as payload */
    bool framed;
    size_t frame_left; /* of the frame that is being written */
    size_t wire_at;
    size_t at; /* payload that has been written */
    tw_page page;
    tw_buffer unused, line;
    bool failed;
} writing;

static void say(writing *w, const char *text)
{
    tw_buffer_append(&w->line, text, strlen(text));
}

static void end_line(writing *w, tw_bytes words)
{
    if (words.len) say(w, " | ");
    tw_buffer_append(&w->line, words.data, words.len);
    json_t *line = w->line.failed ? NULL : json_stringn((const char *)w->line.data, w->line.len);
    if (json_array_append_new(w->lines, line) != 0) w->failed = true;
    tw_buffer_clear(&w->line);
}

static bool is_run(tw_bytes bytes)
{
    size_t same = 1;
    while (same < bytes.len && bytes.data[same] == bytes.data[0]) same++;
    return bytes.len >= RUN && same == bytes.len;
}

/* Bytes with the words behind the first line of them. parts: lengths of the pieces that blanks part, 0 at the
 * end. */
static void put_bytes(writing *w, tw_bytes bytes, const uint8_t *parts, tw_bytes words)
{
    if (is_run(bytes)) {
        char times[32];
        snprintf(times, sizeof times, "*%zu", bytes.len);
        tw_hex_write(tw_bytes_of(bytes.data, 1), &w->line);
        say(w, times);
        end_line(w, words);
        return;
    }
    for (size_t at = 0; at < bytes.len;) {
        size_t n = bytes.len - at < PIECE ? bytes.len - at : PIECE;
        if (*parts && *parts < n) n = *parts;
        tw_hex_write(tw_bytes_of(bytes.data + at, n), &w->line);
        at += n;
        if (*parts) parts++;
        if (*parts && at < bytes.len) {
            say(w, " ");
            continue;
        }
        end_line(w, words);
        words.len = 0;
    }
}

static uint32_t big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* The header of the next frame, as often as one stands here; a header that is cut is left for the rest. */
static void put_frames(writing *w)
{
    while (w->framed && w->frame_left == 0 && w->wire.len - w->wire_at >= 4) {
        static const uint8_t whole[] = {0};
        char words[48];
        const uint8_t *at = w->wire.data + w->wire_at;
        uint32_t size = big_endian(at);
        int len = snprintf(words, sizeof words, "frame of %u byte%s", (unsigned)size, size == 1 ? "" : "s");
        put_bytes(w, tw_bytes_of(at, 4), whole, tw_bytes_of(words, (size_t)len));
        w->wire_at += 4;
        w->frame_left = size;
    }
}

/* Writes payload up to `to`, cut where frames end. */
static void put_payload(writing *w, size_t to, const uint8_t *parts, tw_bytes words)
{
    while (w->at < to && !w->failed) {
        size_t n = to - w->at;
        put_frames(w);
        if (w->framed && w->frame_left == 0) return;
        if (w->framed && n > w->frame_left) n = w->frame_left;
        put_bytes(w, tw_bytes_of(w->payload.data + w->at, n), parts, words);
        w->at += n;
        w->wire_at += n;
        w->frame_left -= w->framed ? n : 0;
        words.len = 0;
    }
}

/* Where blanks help to read: binary's headers have a byte for each type, then a number. */
static const uint8_t *parts_of(const writing *w, const tw_token *token)
{
    static const uint8_t none[] = {0}, field[] = {1, 2, 0}, list[] = {1, 4, 0}, map[] = {1, 1, 4, 0};
    if (w->stack->protocol != &tw_binary) return none;
    if (token->kind == TW_TOKEN_FIELD) return field;
    if (token->kind == TW_TOKEN_LIST || token->kind == TW_TOKEN_SET) return list;
    return token->kind == TW_TOKEN_MAP ? map : none;
}

static bool see_token(void *context, size_t base, const tw_token *token)
{
    writing *w = context;
    if (token->len == 0) return true;
    tw_buffer_clear(&w->page.words);
    tw_token_say(&w->page, token, w->stack->protocol, 0);
    put_payload(w, base + token->offset + token->len, parts_of(w, token), tw_buffer_view(&w->page.words));
    return !w->failed;
}

static bool see_part(void *context, size_t base, const tw_envelope_part *part, const tw_envelope *envelope)
{
    static const uint8_t whole[] = {0};
    writing *w = context;
    tw_bytes bytes = tw_bytes_of(w->payload.data + base + part->offset, part->len);
    if (part->len == 0) return true;
    tw_buffer_clear(&w->page.words);
    tw_part_say(&w->page, part, bytes, envelope, w->stack->protocol);
    put_payload(w, base + part->offset + part->len, whole, tw_buffer_view(&w->page.words));
    return !w->failed;
}

static void put_all(writing *w, assay_verb verb)
{
    static const uint8_t whole[] = {0};
    static const char rest[] = "not read";
    assay_units_walker walker = {see_part, see_token, w};
    assay_units_walk(w->stack, w->payload, assay_verb_unit(verb), 1, &walker);
    put_payload(w, w->payload.len, whole, tw_bytes_of(rest, sizeof rest - 1));
    put_frames(w);
    if (w->wire_at < w->wire.len && !w->failed)
        put_bytes(w, tw_bytes_of(w->wire.data + w->wire_at, w->wire.len - w->wire_at), whole,
                  tw_bytes_of(rest, sizeof rest - 1));
}

bool assay_draft_wire(const tw_stack *stack, assay_verb verb, tw_bytes bytes, json_t *lines)
{
    static const uint8_t whole[] = {0};
    writing w = {.stack = stack, .lines = lines, .payload = bytes, .wire = bytes};
    tw_buffer payload;
    tw_buffer_init(&payload, NULL);
    tw_buffer_init(&w.unused, NULL);
    tw_buffer_init(&w.line, NULL);
    tw_page_init(&w.page, &w.unused, false, 0);
    if (stack->transport_count && assay_stack_is_plain(stack)) {
        w.framed = true;
        if (assay_stream_unwrap(stack, bytes, &payload) != TW_OK) w.failed = true;
        w.payload = tw_buffer_view(&payload);
    }
    if (assay_stack_has_zlib(stack))
        put_bytes(&w, bytes, whole, tw_bytes_of("compressed", 10));
    else
        put_all(&w, verb);
    bool good = !w.failed && !w.unused.failed;
    tw_page_deinit(&w.page);
    tw_buffer_deinit(&w.line);
    tw_buffer_deinit(&w.unused);
    tw_buffer_deinit(&payload);
    return good;
}
