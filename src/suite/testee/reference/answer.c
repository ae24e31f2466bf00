#include "suite/testee/reference/request.h"
#include "suite/testee/hex.h"
#include "wire/base/fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char hello[] =
    "{\"name\": \"reference\", \"version\": \"" ASSAY_VERSION "\", \"language\": \"C11\", "
    "\"protocols\": [\"binary\", \"binary-old\", \"binary-strict\", \"compact\"], "
    "\"transports\": [\"framed\", \"zlib\", \"framed/zlib\", \"zlib/framed\"], "
    "\"verbs\": [\"transcode\", \"read\", \"skip\", \"message\", \"session\", \"reuse\", "
    "\"typed\"], "
    "\"types\": [\"bool\", \"i8\", \"i16\", \"i32\", \"i64\", \"double\", \"string\", \"struct\", \"map\", "
    "\"set\", "
    "\"list\", \"uuid\"], "
    "\"window\": 64, \"chunks\": true, \"consumed\": true, ";

/* What stands behind a verb, in order: i, o a stack; n a number; t a struct of the IDL; b bytes. */
static const struct verb {
    const char *name;
    const char *args;
    assay_verb_answer *answer;
} verbs[] = {
    {"transcode", "iob", assay_answer_transcode},
    {"skip", "ib", assay_answer_skip},
    {"read", "ib", assay_answer_read},
    {"message", "iob", assay_answer_message},
    {"session", "niob", assay_answer_session},
    {"reuse", "iobb", assay_answer_reuse},
    {"typed", "tiob", assay_answer_typed},
};

typedef struct word {
    const char *at;
    size_t len;
} word;

/* What is left of the line; words are parted by single blanks. */
typedef struct words {
    const char *at, *end;
    bool more;
} words;

static bool take_word(words *w, word *out)
{
    if (!w->more) return false;
    const char *blank = memchr(w->at, ' ', (size_t)(w->end - w->at));
    const char *stop = blank ? blank : w->end;
    *out = (word){w->at, (size_t)(stop - w->at)};
    w->more = blank != NULL;
    w->at = blank ? blank + 1 : w->end;
    return out->len > 0;
}

static bool is(word w, const char *text)
{
    return w.len == strlen(text) && memcmp(w.at, text, w.len) == 0;
}

static bool read_number(word w, uint64_t most, uint64_t *number)
{
    *number = 0;
    if (w.len == 0 || w.len > 10) return false;
    for (size_t i = 0; i < w.len; i++) {
        if (w.at[i] < '0' || w.at[i] > '9') return false;
        *number = *number * 10 + (uint64_t)(w.at[i] - '0');
    }
    return *number <= most;
}

typedef enum reading { READ_OK, READ_BAD, READ_UNSUPPORTED, READ_MEMORY } reading;

static reading add_chunk(assay_reference *r, const char *at, size_t len, size_t index)
{
    if (len == 0 || len % 2 != 0) return READ_BAD;
    if (index == r->lens_capacity) {
        size_t capacity = index ? index * 2 : 64;
        size_t *lens = realloc(r->lens, capacity * sizeof *lens);
        if (!lens) return READ_MEMORY;
        r->lens = lens;
        r->lens_capacity = capacity;
    }
    bool upper;
    if (!assay_hex_decode(at, len, r->bytes.data + r->bytes.len, &upper)) return READ_BAD;
    r->bytes.len += len / 2;
    r->lens[index] = len / 2;
    return READ_OK;
}

/* Room for all bytes of the line is there, so that nothing moves. `chunks` counts those of the whole line. */
static reading read_chunks(assay_reference *r, word w, size_t *chunks, assay_chunks *out)
{
    size_t first = *chunks, start = r->bytes.len;
    *out = (assay_chunks){{NULL, 0}, NULL, 0};
    if (is(w, "-")) return READ_OK;
    for (const char *at = w.at, *end = w.at + w.len;;) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        reading done = add_chunk(r, at, (size_t)((comma ? comma : end) - at), *chunks);
        if (done != READ_OK) return done;
        ++*chunks;
        if (!comma) break;
        at = comma + 1;
    }
    out->all = (tw_bytes){r->bytes.data + start, r->bytes.len - start};
    out->count = *chunks - first;
    return READ_OK;
}

static reading read_stack(word w, tw_stack *stack, const char **why)
{
    char name[64];
    *why = "no such stack";
    if (w.len >= sizeof name) return READ_UNSUPPORTED;
    memcpy(name, w.at, w.len);
    name[w.len] = 0;
    return tw_stack_parse(name, stack, why) ? READ_OK : READ_UNSUPPORTED;
}

static reading read_struct_name(word w, const assay_idl_struct **table, const char **why)
{
    *table = assay_idl_find(w.at, w.len);
    if (!*table) *why = "no such struct";
    return *table ? READ_OK : READ_UNSUPPORTED;
}

static reading read_args(assay_reference *r, words *rest, const char *args, assay_request *q,
                         const char **why)
{
    size_t chunks = 0, lists = 0, starts[2] = {0, 0};
    tw_buffer_clear(&r->bytes);
    if (!tw_buffer_reserve(&r->bytes, (size_t)(rest->end - rest->at) / 2 + 1)) return READ_MEMORY;
    reading worst = READ_OK;
    for (; *args; args++) {
        word w;
        reading done = READ_OK;
        if (!take_word(rest, &w)) return READ_BAD;
        if (*args == 'n') done = read_number(w, UINT32_MAX, &q->count) ? READ_OK : READ_BAD;
        if (*args == 'i' && worst == READ_OK) done = read_stack(w, &q->in, why);
        if (*args == 't') done = read_struct_name(w, &q->typed, why);
        if (*args == 'o' && worst == READ_OK) done = read_stack(w, &q->out, why);
        if (*args == 'b') {
            starts[lists] = chunks;
            done = read_chunks(r, w, &chunks, &q->bytes[lists++]);
        }
        if (done == READ_UNSUPPORTED)
            worst = done; /* the rest of the line must be well formed all the same */
        else if (done != READ_OK)
            return done;
    }
    if (rest->more) return READ_BAD;
    for (size_t i = 0; i < lists; i++)
        if (q->bytes[i].count > 1) q->bytes[i].lens = r->lens + starts[i];
    return worst;
}

static reading answer_hello(words *rest, const assay_request *q, tw_buffer *to)
{
    word version;
    uint64_t number;
    if (!take_word(rest, &version) || rest->more || !read_number(version, UINT32_MAX, &number))
        return READ_BAD;
    if (number != 1) {
        assay_put_text(to, q->id, "error", "this testee speaks version 1 only");
        return READ_OK;
    }
    char text[sizeof hello + 128];
    tw_limits limits = tw_limits_default();
    snprintf(text, sizeof text, "%s\"limits\": {\"depth\": %u, \"frame\": %u, \"message\": %llu}}", hello,
             limits.depth, limits.frame, (unsigned long long)limits.message);
    assay_put_text(to, q->id, "hello", text);
    return READ_OK;
}

static reading answer_verb(assay_reference *r, word name, words *rest, assay_request *q, tw_buffer *to)
{
    const char *why = "";
    reading done;
    tw_fault_forget();
    if (is(name, "echo")) {
        done = read_args(r, rest, "b", q, &why);
        if (done == READ_OK) assay_put_ok(to, q->id, q->bytes[0].all.len, q->bytes[0].all);
        return done;
    }
    if (is(name, "hello")) return answer_hello(rest, q, to);
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (!is(name, verbs[i].name)) continue;
        done = read_args(r, rest, verbs[i].args, q, &why);
        if (done == READ_OK) verbs[i].answer(r, q, to);
        if (done == READ_UNSUPPORTED) assay_put_text(to, q->id, "unsupported", why);
        return done;
    }
    assay_put_text(to, q->id, "unsupported", "no such verb");
    return READ_OK;
}

assay_reference_then assay_reference_answer(assay_reference *r, tw_bytes line, tw_buffer *to)
{
    const char *at = (const char *)line.data;
    size_t len = line.len;
    if (len > 0 && at[len - 1] == '\r') len--;
    words rest = {at, len ? at + len : at, len > 0};
    word w;
    uint64_t id;
    assay_request q = {.id = 0};
    reading done = READ_BAD;
    if (take_word(&rest, &w) && read_number(w, UINT32_MAX, &id) && take_word(&rest, &w)) {
        q.id = (uint32_t)id;
        if (is(w, "bye") && !rest.more) {
            assay_put_ok(to, q.id, 0, tw_bytes_of(NULL, 0));
            return ASSAY_REFERENCE_BYE;
        }
        if (!is(w, "bye")) done = answer_verb(r, w, &rest, &q, to);
    }
    if (done == READ_MEMORY) assay_put_text(to, q.id, "nomem", "out of memory for the request");
    if (done != READ_BAD) return ASSAY_REFERENCE_GO_ON;
    assay_put_text(to, 0, "error", "bad request");
    return ASSAY_REFERENCE_BROKEN;
}

assay_reference *assay_reference_new(void)
{
    assay_reference *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    tw_tree_init(&r->tree, NULL, SIZE_MAX);
    tw_tree_init(&r->typed, NULL, SIZE_MAX);
    tw_buffer_init(&r->bytes, NULL);
    tw_buffer_init(&r->written, NULL);
    return r;
}

void assay_reference_free(assay_reference *r)
{
    if (!r) return;
    tw_tree_deinit(&r->tree);
    tw_tree_deinit(&r->typed);
    tw_buffer_deinit(&r->bytes);
    tw_buffer_deinit(&r->written);
    free(r->lens);
    free(r);
}
