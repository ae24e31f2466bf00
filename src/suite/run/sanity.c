#include "suite/run/sanity.h"

#include <stdio.h>
#include <string.h>

#define UNKNOWN_VERB "assay-unknown-verb"

static const uint8_t echo_bytes[] = {0x00, 0x0a, 0x0d, 0x7f, 0x80, 0xff};
/* struct{1: i32 7} */
static const uint8_t binary_struct[] = {0x08, 0x00, 0x01, 0x00, 0x00, 0x00, 0x07, 0x00};
static const uint8_t compact_struct[] = {0x15, 0x0e, 0x00};

static bool has_protocol(const assay_hello *hello, const char *name)
{
    for (size_t i = 0; i < hello->protocols.count; i++)
        if (strcmp(hello->protocols.items[i], name) == 0) return true;
    return false;
}

static assay_case blank_case(const char *id)
{
    return (assay_case){.id = id,
                        .parent_id = id,
                        .kind = "",
                        .title = "",
                        .why = "",
                        .level = ASSAY_MUST,
                        .consumed = ASSAY_CONSUMED_UNKNOWN,
                        .budget = {-1, -1}};
}

static void make_structure(assay_sanity_set *set)
{
    static const char *const protocols[] = {"binary", "compact", "binary-strict", "binary-old"};
    static const assay_verb verbs[] = {ASSAY_TRANSCODE, ASSAY_READ, ASSAY_SKIP};
    const char *protocol = NULL;
    for (size_t i = 0; i < sizeof protocols / sizeof *protocols && !protocol; i++)
        if (has_protocol(set->hello, protocols[i])) protocol = protocols[i];
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs && protocol && !set->has_structure; i++) {
        if (!(set->hello->verbs >> verbs[i] & 1)) continue;
        bool compact = strcmp(protocol, "compact") == 0;
        set->has_structure = true;
        set->structure = blank_case("sanity");
        set->structure.verb = verbs[i];
        set->structure.in = protocol;
        set->structure.out = verbs[i] == ASSAY_TRANSCODE ? protocol : NULL;
        set->structure.bytes = compact ? tw_bytes_of(compact_struct, sizeof compact_struct)
                                       : tw_bytes_of(binary_struct, sizeof binary_struct);
    }
}

void assay_sanity_init(assay_sanity_set *set, const assay_hello *hello)
{
    *set = (assay_sanity_set){.hello = hello, .echo = blank_case("echo")};
    set->echo.verb = ASSAY_ECHO;
    set->echo.bytes = tw_bytes_of(echo_bytes, sizeof echo_bytes);
    make_structure(set);
}

void assay_sanity_item(const assay_sanity_set *set, size_t tag, assay_item *item)
{
    static const char hello[] = "hello 1", unknown[] = UNKNOWN_VERB " -";
    *item = (assay_item){.tag = tag};
    if (tag == ASSAY_SANITY_TAG(ASSAY_SANITY_HELLO))
        item->raw = tw_bytes_of(hello, sizeof hello - 1);
    else if (tag == ASSAY_SANITY_TAG(ASSAY_SANITY_UNKNOWN))
        item->raw = tw_bytes_of(unknown, sizeof unknown - 1);
    else if (tag == ASSAY_SANITY_TAG(ASSAY_SANITY_STRUCT) && set->has_structure)
        item->c = &set->structure;
    else
        item->c = &set->echo;
}

const char *assay_sanity_name(size_t tag)
{
    static const char *const names[ASSAY_SANITY_COUNT] = {
        [ASSAY_SANITY_HELLO] = "the second hello",
        [ASSAY_SANITY_UNKNOWN] = "the unknown verb",
        [ASSAY_SANITY_ECHO] = "the echo",
        [ASSAY_SANITY_STRUCT] = "the sanity case",
    };
    return assay_sanity_is(tag) ? names[tag - ASSAY_SANITY_TAG(0)] : "";
}

static const char *reply_name(assay_reply_kind kind)
{
    switch (kind) {
    case ASSAY_REPLY_OK: return "ok";
    case ASSAY_REPLY_REJECT: return "reject";
    case ASSAY_REPLY_FAULT: return "fault";
    case ASSAY_REPLY_NOMEM: return "nomem";
    case ASSAY_REPLY_HANDED_UP: return "handed-up";
    case ASSAY_REPLY_UNSUPPORTED: return "unsupported";
    case ASSAY_REPLY_ERROR: return "error";
    case ASSAY_REPLY_TOO_LONG: return "error too-long";
    case ASSAY_REPLY_HELLO: return "hello";
    }
    return "?";
}

static bool same_hello(const assay_sanity_set *set, const assay_reply *reply, char *why, size_t size)
{
    char wrong[200] = "";
    assay_hello again;
    if (reply->kind != ASSAY_REPLY_HELLO || !reply->text) {
        snprintf(why, size, "the second hello was answered `%s`, not `hello`", reply_name(reply->kind));
        return false;
    }
    bool same = assay_hello_parse(reply->text, strlen(reply->text), &again, wrong, sizeof wrong);
    if (!same) {
        snprintf(why, size, "the second hello cannot be read: %s", wrong);
        return false;
    }
    same = assay_hello_equal(set->hello, &again);
    assay_hello_deinit(&again);
    if (!same) snprintf(why, size, "the second hello says something else than the first");
    return same;
}

bool assay_sanity_check(const assay_sanity_set *set, size_t tag, const assay_reply *reply, char *why,
                        size_t size)
{
    const char *said = reply->text ? reply->text : "";
    switch ((assay_sanity)(tag - ASSAY_SANITY_TAG(0))) {
    case ASSAY_SANITY_HELLO: return same_hello(set, reply, why, size);
    case ASSAY_SANITY_UNKNOWN:
        if (reply->kind == ASSAY_REPLY_UNSUPPORTED) return true;
        snprintf(why, size, "the unknown verb `" UNKNOWN_VERB "` was answered `%s`, not `unsupported`",
                 reply_name(reply->kind));
        return false;
    case ASSAY_SANITY_STRUCT:
        if (set->has_structure) {
            if (reply->kind == ASSAY_REPLY_OK) return true;
            snprintf(why, size, "the sanity case, `%s %s` of struct{1: i32 7}, was answered `%s %.100s`",
                     assay_verb_name(set->structure.verb), set->structure.in, reply_name(reply->kind), said);
            return false;
        }
        /* fall through */
    case ASSAY_SANITY_ECHO:
        if (reply->kind == ASSAY_REPLY_OK && tw_bytes_equal(reply->bytes, set->echo.bytes)) return true;
        snprintf(why, size, "echo did not give its bytes back: `%s %.100s`", reply_name(reply->kind), said);
        return false;
    case ASSAY_SANITY_COUNT: break;
    }
    return true;
}
