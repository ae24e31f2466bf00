#include "suite/vector/test/derived.h"

#include "suite/vector/test/folder.h"
#include "wire/test/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const entries[] = {
    DERIVED_ENTRY("plain", "compact.list",
                  "\"stack\": \"compact\", \"wire\": [\"19 21 01 02 00\"], \"expect\": \"accept\", "
                  "\"value\": \"struct{1: list<bool>[true, false]}\", \"canonical\": true, "
                  "\"sweep\": [\"size-fields\", \"type-nibbles\"], \"budget\": {\"cpu_ms\": 5}"),
    DERIVED_ENTRY("framed", "framed.header",
                  "\"stack\": \"framed/binary\", \"wire\": [\"00000008 08 0001 00000007 00\"], "
                  "\"expect\": \"accept\", \"value\": \"struct{1: i32 7}\", "
                  "\"sweep\": [\"size-fields\"]"),
    DERIVED_ENTRY("cut", "compact.struct.stop",
                  "\"stack\": \"compact\", \"wire\": [\"11\"], \"expect\": \"reject\", "
                  "\"twin\": \"compact/plain\", \"error\": {\"class\": \"truncated\", \"offset\": 1}"),
    DERIVED_ENTRY("bad", "compact.field.type",
                  "\"stack\": \"compact\", \"wire\": [\"1e 00\"], \"expect\": \"reject\", "
                  "\"twin\": \"compact/plain\", \"error\": {\"class\": \"malformed\", \"offset\": 0}"),
    DERIVED_ENTRY("open", "compact.bool.element-zero",
                  "\"stack\": \"compact\", \"wire\": [\"19 11 00 00\"], \"expect\": \"either\", "
                  "\"level\": \"may\", \"outcomes\": ["
                  "{\"name\": \"false\", \"accept\": true, \"value\": \"struct{1: list<bool>[false]}\"}, "
                  "{\"name\": \"true\", \"accept\": true, \"value\": \"struct{1: list<bool>[true]}\"}, "
                  "{\"name\": \"refused\", \"accept\": false}]"),
    DERIVED_ENTRY("session", "compact.message",
                  "\"verb\": \"session\", \"count\": 2, \"stack\": \"zlib/compact\", \"wire\": [\"789c\"], "
                  "\"expect\": \"accept\", \"messages\": [], \"end\": \"reject\", "
                  "\"twin\": \"compact/plain\""),
    DERIVED_ENTRY("map", "compact.map.empty",
                  "\"stack\": \"binary\", \"wire\": [\"0d 0001 08 0b 00000000 00\"], \"expect\": \"accept\", "
                  "\"value\": \"struct{1: map<i32, string>{}}\", \"canonical\": true"),
};

void derived_load(assay_vector_set *set)
{
    char text[4096] = "";
    size_t len = 0;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%s", i ? ", " : "", entries[i]);
        assert_true(len < sizeof text);
    }
    assay_test_load(text, set);
}

static void derive_all(derived *d)
{
    d->cases = (assay_cases){NULL, 0, 0};
    for (size_t i = 0; i < d->set.count; i++)
        assert_true(assay_derive(&d->set, &d->set.vectors[i], NULL, &d->cases));
}

void derived_init(derived *d, const char *text)
{
    assay_test_load(text, &d->set);
    derive_all(d);
}

void derived_deinit(derived *d)
{
    assay_cases_deinit(&d->cases);
    assay_vectors_deinit(&d->set);
}

int derived_setup(void **state)
{
    derived *d = malloc(sizeof *d);
    if (!d) return -1;
    derived_load(&d->set);
    derive_all(d);
    *state = d;
    return 0;
}

int derived_teardown(void **state)
{
    derived_deinit(*state);
    free(*state);
    return 0;
}

const assay_case *derived_find(const derived *d, const char *id)
{
    return assay_cases_find(&d->cases, id);
}

const assay_case *derived_get(const derived *d, const char *id)
{
    const assay_case *c = derived_find(d, id);
    if (!c) fail_msg("no case %s", id);
    return c;
}

size_t derived_count(const derived *d, const char *glob)
{
    size_t n = 0;
    for (size_t i = 0; i < d->cases.count; i++) n += assay_glob_match(glob, d->cases.items[i]->id);
    return n;
}

void derived_expect_bytes(const assay_case *c, const char *hex)
{
    tw_bytes want = tw_test_hex(hex);
    if (!tw_bytes_equal(c->bytes, want)) fail_msg("%s: other bytes than %s", c->id, hex);
    tw_test_free(want);
}
