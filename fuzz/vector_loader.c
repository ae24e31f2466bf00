/* Any text is taken for a file of vectors without harm; one that is accepted stays so with white space behind it, and is refused with
 * a key that nobody knows. */
#include "fuzz/harness/harness.h"
#include "suite/vector/vector.h"

#include <stdlib.h>
#include <string.h>

static const char *const tokens[] = {
    "bad-vector", "silent-refusal", "space-matters", "key-accepted", "leak", "wrong-size", NULL};

typedef struct told {
    size_t mistakes;
} told;

static void hear(void *context, const char *text)
{
    ((told *)context)->mistakes += *text != 0;
}

/* The vectors of the text with `extra` put in at `at`. Returns how many mistakes there are. */
static size_t load(const char *path, tw_bytes text, size_t at, const char *extra, assay_vector_set *set,
                   told *t)
{
    size_t more = strlen(extra), len = text.len + more;
    char *copy = malloc(len + 1);
    t->mistakes = 0;
    if (!copy) abort();
    if (at) memcpy(copy, text.data, at);
    memcpy(copy + at, extra, more);
    if (text.len > at) memcpy(copy + at + more, text.data + at, text.len - at);
    size_t mistakes = assay_vectors_read_text(path, tw_bytes_of(copy, len), set, hear, t);
    free(copy);
    return mistakes;
}

static void judge_vector(fuzz_run *run, const assay_vector *v)
{
    tw_buffer request;
    tw_buffer_init(&request, run->alloc);
    if (!v->base.id || !*v->base.id || !v->base.in || v->base.rule == TW_RULE_NONE ||
        (!v->base.bytes.data && v->base.bytes.len))
        prop_fail(run, "bad-vector", TW_RULE_NONE,
                  "a vector without an id, a stack, a rule or bytes was accepted");
    else if (assay_case_request(&v->base, &request) != TW_OK)
        prop_fail(run, "bad-vector", v->base.rule, "%s makes no request", v->base.id);
    prop_note(run, request.data, request.len);
    tw_buffer_deinit(&request);
}

/* The file's name is in its topic; the first that looks like one is taken. */
static void name_of(tw_bytes text, char path[64])
{
    static const char key[] = "\"topic\": \"";
    const uint8_t *at = text.len ? memmem(text.data, text.len, key, sizeof key - 1) : NULL;
    size_t n = 0;
    if (at) {
        at += sizeof key - 1;
        while (at + n < text.data + text.len && n < 40 && at[n] > ' ' && at[n] < 0x7f && at[n] != '"') n++;
        memcpy(path, at, n);
    }
    memcpy(path + n, ".json", 6);
}

/* Repeats make gigabytes of a line: those beyond four digits are left to the loader's unit tests. */
static bool repeats_much(tw_bytes text)
{
    size_t digits = 0;
    bool counting = false;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.data[i];
        if (c == '*') digits = 0;
        counting = c == '*' || (counting && (c == ' ' || (c >= '0' && c <= '9')));
        if (counting && c >= '0' && c <= '9' && ++digits > 4) return true;
    }
    return false;
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    assay_vector_set set;
    told t;
    char path[64];
    tw_bytes text = specimen->payload;
    if (repeats_much(text)) return;
    name_of(text, path);
    size_t mistakes = load(path, text, text.len, "", &set, &t), count = set.count;
    if ((mistakes > 0) != (t.mistakes > 0))
        prop_fail(run, "silent-refusal", TW_RULE_NONE, "%zu mistakes, %zu told", mistakes, t.mistakes);
    for (size_t i = 0; i < set.count; i++) judge_vector(run, &set.vectors[i]);
    assay_vectors_deinit(&set);
    prop_note(run, &count, sizeof count);
    if (mistakes > 0) return;
    if (load(path, text, text.len, "\n \t", &set, &t) != 0 || set.count != count)
        prop_fail(run, "space-matters", TW_RULE_NONE, "refused with white space behind it");
    assay_vectors_deinit(&set);
    /* Accepted, so it is an object: there is a bracket. */
    const uint8_t *bracket = memchr(text.data, '{', text.len);
    if (bracket && load(path, text, (size_t)(bracket - text.data) + 1, "\"zz\": 1, ", &set, &t) == 0)
        prop_fail(run, "key-accepted", TW_RULE_NONE, "accepted with an unknown key");
    if (bracket) assay_vectors_deinit(&set);
}

const fuzz_harness fuzz_this = {
    .name = "vector_loader",
    .property = "Any text is taken for a file of vectors without harm; what is accepted is whole, and no "
                "unknown key is.",
    .text = true,
    .max_len = 4096,
    .covers = "src/suite/vector/load.c src/suite/vector/entry.c src/suite/vector/entry_expectation.c "
              "src/suite/vector/keys.c src/suite/vector/place.c",
    .tokens = tokens,
    .self_test = "VECTOR_KEYS_UNCHECKED",
    .check = check,
};
