#include "suite/case/case.h"

#include "wire/text/hex.h"

#include <string.h>

static const char *const verbs[ASSAY_VERB_COUNT] = {
    [ASSAY_TRANSCODE] = "transcode", [ASSAY_READ] = "read",       [ASSAY_SKIP] = "skip",
    [ASSAY_MESSAGE] = "message",     [ASSAY_SESSION] = "session", [ASSAY_REUSE] = "reuse",
    [ASSAY_TYPED] = "typed",         [ASSAY_ECHO] = "echo",
};
static const char *const levels[] = {[ASSAY_MUST] = "must", [ASSAY_SHOULD] = "should", [ASSAY_MAY] = "may"};
static const char *const expects[] = {
    [ASSAY_ACCEPT] = "accept", [ASSAY_REJECT] = "reject", [ASSAY_EITHER] = "either"};

static const char *name_at(const char *const *names, size_t count, size_t at)
{
    return at < count ? names[at] : "?";
}

/* The index of the name, or count. */
static size_t find_name(const char *const *names, size_t count, const char *name)
{
    size_t i = 0;
    while (i < count && strcmp(names[i], name) != 0) i++;
    return i;
}

const char *assay_verb_name(assay_verb verb)
{
    return name_at(verbs, ASSAY_VERB_COUNT, (size_t)verb);
}

bool assay_verb_find(const char *name, assay_verb *verb)
{
    size_t i = find_name(verbs, ASSAY_VERB_COUNT, name);
    if (i == ASSAY_VERB_COUNT) return false;
    *verb = (assay_verb)i;
    return true;
}

const char *assay_level_name(assay_level level)
{
    return name_at(levels, 3, (size_t)level);
}

bool assay_level_find(const char *name, assay_level *level)
{
    size_t i = find_name(levels, 3, name);
    if (i == 3) return false;
    *level = (assay_level)i;
    return true;
}

const char *assay_expect_name(assay_expect expect)
{
    return name_at(expects, 3, (size_t)expect);
}

bool assay_expect_find(const char *name, assay_expect *expect)
{
    size_t i = find_name(expects, 3, name);
    if (i == 3) return false;
    *expect = (assay_expect)i;
    return true;
}

/* The types in a tree, found on its tape: no recursion, whatever the nesting. */
static unsigned node_types(const tw_node *root)
{
    unsigned types = 0;
    for (const tw_node *at = root, *end = tw_node_next(root); at < end; at++) {
        types |= 1u << (at->type & 15);
        if (at->type == TW_LIST || at->type == TW_SET) types |= 1u << (at->inside & 15);
        if (at->type == TW_MAP) types |= 1u << (at->inside & 15) | 1u << (at->inside >> 4);
    }
    return types & ~1u;
}

unsigned assay_case_types(const assay_case *c)
{
    if (c->types) return c->types;
    unsigned types = 0;
    for (size_t i = 0; i < c->value_count; i++)
        if (c->values[i].root) types |= node_types(c->values[i].root);
    for (size_t i = 0; i < c->outcome_count; i++)
        if (c->outcomes[i].value && c->outcomes[i].value->root)
            types |= node_types(c->outcomes[i].value->root);
    return types;
}

static void append_word(tw_buffer *to, const char *word)
{
    tw_buffer_append(to, word, strlen(word));
    tw_buffer_append_byte(to, ' ');
}

static void append_hex(tw_buffer *to, tw_bytes bytes, const size_t *splits, size_t split_count)
{
    if (bytes.len == 0) tw_buffer_append_byte(to, '-');
    size_t at = 0;
    for (size_t i = 0; i < split_count; at = splits[i++]) {
        tw_hex_write(tw_bytes_of(bytes.data + at, splits[i] - at), to);
        tw_buffer_append_byte(to, ',');
    }
    tw_hex_write(tw_bytes_of(bytes.data + at, bytes.len - at), to);
}

static void append_count(tw_buffer *to, unsigned count)
{
    char digits[12];
    size_t at = sizeof digits;
    digits[--at] = ' ';
    do {
        digits[--at] = (char)('0' + count % 10);
        count /= 10;
    } while (count);
    tw_buffer_append(to, digits + at, sizeof digits - at);
}

tw_class assay_case_request(const assay_case *c, tw_buffer *to)
{
    append_word(to, assay_verb_name(c->verb));
    if (c->verb == ASSAY_SESSION) append_count(to, c->count);
    if (c->verb == ASSAY_TYPED) append_word(to, c->typed);
    if (c->verb != ASSAY_ECHO) append_word(to, c->in);
    if (c->verb != ASSAY_ECHO && c->verb != ASSAY_READ && c->verb != ASSAY_SKIP) append_word(to, c->out);
    if (c->verb == ASSAY_REUSE) {
        append_hex(to, c->before, NULL, 0);
        tw_buffer_append_byte(to, ' ');
    }
    append_hex(to, c->bytes, c->splits, c->split_count);
    return to->failed ? TW_MEMORY : TW_OK;
}
