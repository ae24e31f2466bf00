/* What a vector file says is read as it is meant, and each kind of mistake is told with file, line, pointer
 * and words. */
#include "suite/vector/test/folder.h"

#include "wire/test/support.h"

#include <stdio.h>
#include <string.h>

#define HEAD "{\"format\": 1, \"topic\": \"compact/a\", \"license\": \"CC0-1.0\",\n \"tests\": [\n"
#define TAIL "]}\n"
#define NAMES "\"id\": \"compact/x/y\", \"title\": \"t\", \"why\": \"w\", "
#define RULE "\"rule\": \"compact.struct.stop\", "
#define EMPTY "\"stack\": \"compact\", \"wire\": [\"00 | stop\"], "
#define ACCEPT "\"expect\": \"accept\", \"value\": \"struct{}\""
#define ERROR "\"error\": {\"class\": \"truncated\", \"offset\": 0}"

/* A file with one entry made of these keys, at line 3. */
#define ONE(keys) HEAD "{" keys "}\n" TAIL

typedef struct mistake {
    const char *text;    /* of compact/a.json */
    const char *message; /* the whole line told */
} mistake;

static const mistake mistakes[] = {
    /* the file */
    {"{\"format\": 1,\n\n oops}", "compact/a.json:3: string or '}' expected near 'oops'"},
    {"{\"format\": 1, \"format\": 1}", "compact/a.json:1: duplicate object key near '\"format\"'"},
    {"[]", "compact/a.json:1: /: is not an object"},
    {"{\"format\": 2, \"topic\": \"compact/a\", \"license\": \"CC0-1.0\", \"tests\": [1]}",
     "compact/a.json:1: /format: is not 1, the only format known"},
    {"{\"format\": 1, \"topic\": \"compact/b\", \"license\": \"CC0-1.0\", \"tests\": [1]}",
     "compact/a.json:1: /topic: is not \"compact/a\", as the file's path says"},
    {"{\"format\": 1, \"topic\": \"compact/a\", \"license\": \"MIT\", \"tests\": [1]}",
     "compact/a.json:1: /license: is not \"CC0-1.0\""},
    {"{\"format\": 1, \"topic\": \"compact/a\", \"license\": \"CC0-1.0\", \"tests\": []}",
     "compact/a.json:1: /tests: is not a list with entries"},
    {"{\"format\": 1, \"topic\": \"compact/a\", \"license\": \"CC0-1.0\"}",
     "compact/a.json:1: /: \"tests\" is missing"},
    {"{\"format\": 1, \"topic\": \"compact/a\", \"license\": \"CC0-1.0\", \"mark/~\": 1, \"tests\": [1]}",
     "compact/a.json:1: /mark~1~0: no such key"},
    /* an entry's names */
    {HEAD "3" TAIL, "compact/a.json:1: /tests/0: is not an object"},
    {HEAD "{}\n" TAIL, "compact/a.json:3: /tests/0: \"id\" is missing"},
    {ONE("\n\"title\": \"x\", \"why\": \"w\",\n\"id\": \"binary/x\", " RULE EMPTY ACCEPT),
     "compact/a.json:5: /tests/0/id: \"binary/x\" does not start with the file's folder \"compact/\""},
    {ONE("\"id\": \"compact/X\", \"title\": \"t\", \"why\": \"w\", " RULE EMPTY ACCEPT),
     "compact/a.json:3: /tests/0/id: \"compact/X\" is not lower-case words between slashes"},
    {ONE("\"id\": 7, \"title\": \"t\", \"why\": \"w\", " RULE EMPTY ACCEPT),
     "compact/a.json:3: /tests/0/id: is not a string"},
    {ONE("\"id\": \"compact/x\", \"title\": \"\", \"why\": \"w\", " RULE EMPTY ACCEPT),
     "compact/a.json:3: /tests/0/title: is empty"},
    {ONE(NAMES "\"rule\": \"compact.nothing\", " EMPTY ACCEPT),
     "compact/a.json:3: /tests/0/rule: no rule \"compact.nothing\" in rules.def"},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"values\": \"x\""), "compact/a.json:3: /tests/0/values: no such key"},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"refs\": [\"a\", 2]"),
     "compact/a.json:3: /tests/0/refs/1: is not a string"},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"flags\": \"a\""), "compact/a.json:3: /tests/0/flags: is not a list"},
    /* the request */
    {ONE(NAMES RULE EMPTY ACCEPT ", \"level\": \"shall\""),
     "compact/a.json:3: /tests/0/level: no level \"shall\""},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"verb\": \"echo\""),
     "compact/a.json:3: /tests/0/verb: no verb \"echo\" for vectors"},
    {ONE(NAMES RULE "\"stack\": \"compact\", \"wire\": [\"00\", \"0x\"], " ACCEPT),
     "compact/a.json:3: /tests/0/wire/1: "},
    {ONE(NAMES RULE "\"stack\": \"compact\", " ACCEPT), "compact/a.json:3: /tests/0: \"wire\" is missing"},
    {ONE(NAMES RULE "\"stack\": \"json\", \"wire\": [\"00\"], " ACCEPT),
     "compact/a.json:3: /tests/0/stack: \"json\": "},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"out\": \"compact/framed\""),
     "compact/a.json:3: /tests/0/out: \"compact/framed\": "},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"count\": 2"),
     "compact/a.json:3: /tests/0/count: does not go with the verb transcode"},
    {ONE(NAMES RULE EMPTY "\"verb\": \"session\", \"expect\": \"accept\", \"messages\": []"),
     "compact/a.json:3: /tests/0: \"count\" is missing: the verb session needs it"},
    {ONE(NAMES RULE EMPTY "\"verb\": \"session\", \"count\": 0, \"expect\": \"accept\", \"messages\": []"),
     "compact/a.json:3: /tests/0/count: is not from 1 to 65535"},
    {ONE(NAMES RULE EMPTY "\"verb\": \"reuse\", " ACCEPT),
     "compact/a.json:3: /tests/0: \"before\" is missing: the verb reuse needs it"},
    {ONE(NAMES RULE EMPTY "\"verb\": \"typed\", " ACCEPT),
     "compact/a.json:3: /tests/0: \"typed\" is missing: the verb typed needs it"},
    {ONE(NAMES RULE EMPTY "\"verb\": \"typed\", \"typed\": \"assay.None\", " ACCEPT),
     "compact/a.json:3: /tests/0/typed: no struct \"assay.None\" (FILE.STRUCT) under conformance/idl"},
    {ONE(NAMES RULE EMPTY "\"typed\": \"assay.Pair\", " ACCEPT),
     "compact/a.json:3: /tests/0/typed: does not go with the verb transcode"},
    {ONE(NAMES RULE EMPTY "\"verb\": \"skip\", \"out\": \"compact\", " ACCEPT),
     "compact/a.json:3: /tests/0/out: does not go with the verb skip"},
    {ONE(NAMES RULE EMPTY "\"verb\": \"read\", \"out\": \"compact\", " ACCEPT),
     "compact/a.json:3: /tests/0/out: does not go with the verb read"},
    {ONE(NAMES RULE EMPTY "\"verb\": \"read\", " ACCEPT ", \"canonical\": true"),
     "compact/a.json:3: /tests/0/canonical: goes with neither zlib, skip, read nor another \"out\""},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"budget\": {}"),
     "compact/a.json:3: /tests/0/budget: needs \"rss_kib\" or \"cpu_ms\""},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"budget\": {\"cpu_ms\": -1}"),
     "compact/a.json:3: /tests/0/budget/cpu_ms: is not from 0 to 2147483647"},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"budget\": 5"), "compact/a.json:3: /tests/0/budget: is not an object"},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"sweep\": [\"size-fields\", \"all\"]"),
     "compact/a.json:3: /tests/0/sweep/1: no sweep \"all\""},
    /* the expectation */
    {ONE(NAMES RULE EMPTY "\"value\": \"struct{}\""), "compact/a.json:3: /tests/0: \"expect\" is missing"},
    {ONE(NAMES RULE EMPTY "\"expect\": \"maybe\""),
     "compact/a.json:3: /tests/0/expect: no expectation \"maybe\""},
    {ONE(NAMES RULE EMPTY "\"expect\": \"accept\""), "compact/a.json:3: /tests/0: \"value\" is missing"},
    {ONE(NAMES RULE EMPTY "\"expect\": \"accept\", \"value\": \"struct{1: i8 300}\""),
     "compact/a.json:3: /tests/0/value: line 1, column "},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"messages\": []"),
     "compact/a.json:3: /tests/0/messages: does not go with a verb other than session"},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"end\": \"ok\""),
     "compact/a.json:3: /tests/0/end: only a session has an end"},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"canonical\": 1"),
     "compact/a.json:3: /tests/0/canonical: is not true or false"},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"consumed\": \"all\""),
     "compact/a.json:3: /tests/0/consumed: is not a whole number"},
    {ONE(NAMES RULE EMPTY ACCEPT ", " ERROR),
     "compact/a.json:3: /tests/0/error: does not go with \"accept\""},
    {ONE(NAMES RULE EMPTY "\"expect\": \"reject\", \"twin\": \"compact/z\""),
     "compact/a.json:3: /tests/0: \"error\" is missing"},
    {ONE(NAMES RULE EMPTY "\"expect\": \"reject\", " ERROR),
     "compact/a.json:3: /tests/0: \"twin\" is missing: an accept one step inside the edge"},
    {ONE(NAMES RULE EMPTY "\"expect\": \"reject\", \"twin\": \"a/b\", \"value\": \"struct{}\", " ERROR),
     "compact/a.json:3: /tests/0/value: does not go with \"reject\""},
    {ONE(NAMES RULE EMPTY
         "\"expect\": \"reject\", \"twin\": \"a/b\", \"error\": {\"class\": \"usage\", \"offset\": 0}"),
     "compact/a.json:3: /tests/0/error/class: no class \"usage\" of errors in bytes"},
    {ONE(NAMES RULE EMPTY "\"expect\": \"reject\", \"twin\": \"a/b\", \"error\": {\"class\": \"malformed\"}"),
     "compact/a.json:3: /tests/0/error: \"offset\" is missing"},
    {ONE(NAMES RULE EMPTY "\"expect\": \"reject\", \"twin\": \"a/b\", \"error\": {\"class\": \"malformed\", "
                          "\"offset\": 0, \"rule\": \"x\"}"),
     "compact/a.json:3: /tests/0/error/rule: no rule \"x\" in rules.def"},
    {ONE(NAMES RULE EMPTY "\"expect\": \"reject\", \"twin\": \"a/b\", \"error\": {\"class\": \"malformed\", "
                          "\"offset\": 0, \"layer\": \"tcp\"}"),
     "compact/a.json:3: /tests/0/error/layer: no layer \"tcp\""},
    {ONE(NAMES RULE EMPTY "\"expect\": \"either\""), "compact/a.json:3: /tests/0: \"outcomes\" is missing"},
    {ONE(NAMES RULE EMPTY "\"expect\": \"either\", \"outcomes\": [{\"name\": \"a\", \"accept\": false}]"),
     "compact/a.json:3: /tests/0/outcomes: is not a list of two outcomes or more"},
    {ONE(NAMES RULE EMPTY "\"expect\": \"either\", \"outcomes\": [{\"name\": \"a\", \"accept\": true}, "
                          "{\"name\": \"a\", \"accept\": false}]"),
     "compact/a.json:3: /tests/0/outcomes/1: the name \"a\" stands twice"},
    {ONE(NAMES RULE EMPTY "\"expect\": \"either\", \"outcomes\": [{\"name\": \"a\", \"accept\": true}, "
                          "{\"name\": \"b\", \"accept\": false, "
                          "\"value\": \"struct{}\"}]"),
     "compact/a.json:3: /tests/0/outcomes/1/value: a refusal has no value"},
    {ONE(NAMES RULE EMPTY "\"expect\": \"either\", \"outcomes\": [{\"name\": \"a\"}, 5]"),
     "compact/a.json:3: /tests/0/outcomes/0: \"accept\" is missing"},
    {ONE(NAMES RULE EMPTY
         "\"verb\": \"session\", \"count\": 1, \"expect\": \"reject\", \"twin\": \"a/b\", " ERROR),
     "compact/a.json:3: /tests/0/expect: a session is accept or either; \"end\" says how it ends"},
    /* what goes with what */
    {ONE(NAMES RULE "\"stack\": \"zlib/compact\", \"wire\": [\"00\"], " ACCEPT ", \"consumed\": 1"),
     "compact/a.json:3: /tests/0/consumed: is not known behind zlib"},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"out\": \"binary\", \"canonical\": true"),
     "compact/a.json:3: /tests/0/canonical: goes with neither zlib, skip, read nor another \"out\""},
    {ONE(NAMES RULE "\"stack\": \"zlib/compact\", \"wire\": [\"00\"], " ACCEPT
                    ", \"sweep\": [\"size-fields\"]"),
     "compact/a.json:3: /tests/0/sweep: goes with transcode, read, skip and message only, and only with "
     "framed or "
     "no transport"},
    {ONE(NAMES RULE "\"stack\": \"compact\", \"wire\": [\"ff*1025\"], \"expect\": \"accept\""),
     "compact/a.json:3: /tests/0: \"value\" is missing, and the reference cannot read the bytes: compact: "},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"since\": \"1\""),
     "compact/a.json:3: /tests/0/since: \"1\" is no version such as \"1.0\""},
    /* what vectors are to each other */
    {HEAD "{" NAMES RULE EMPTY ACCEPT "},\n{" NAMES RULE EMPTY ACCEPT "}" TAIL,
     "compact/a.json:4: /tests/1/id: \"compact/x/y\" stands twice: also at compact/a.json:3"},
    {ONE(NAMES RULE EMPTY ACCEPT ", \"twin\": \"compact/x/z\""),
     "compact/a.json:3: /tests/0/twin: no vector \"compact/x/z\""},
    {HEAD
     "{" NAMES RULE EMPTY ACCEPT ", \"twin\": \"compact/x/z\"},\n"
     "{\"id\": \"compact/x/z\", \"title\": \"t\", \"why\": \"w\", \"rule\": \"compact.struct.stop\", "
     "\"stack\": \"compact\", \"wire\": [\"ff\"], \"expect\": \"reject\", \"twin\": \"compact/x/y\", " ERROR
     "}" TAIL,
     "compact/a.json:3: /tests/0/twin: \"compact/x/z\" is not an accept"},
};

static void each_mistake_is_told_where_it_stands(void **state)
{
    assay_test_folder f;
    (void)state;
    assay_test_folder_make(&f);
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        assay_vector_set set;
        assay_vector_error error;
        assay_test_folder_write(&f, "compact/a.json", mistakes[i].text);
        assert_false(assay_vectors_load(f.path, &set, &error));
        const char *want = mistakes[i].message;
        size_t len = strlen(want);
        if (len > 1 && want[len - 1] == ' ') /* what follows is another part's wording */
            error.text[strlen(error.text) < len ? strlen(error.text) : len] = 0;
        assert_string_equal(error.text, want);
        assert_int_equal(set.count, 0);
    }
    assay_test_folder_remove(&f);
}

static void count_told(void *context, const char *text)
{
    size_t *count = context;
    assert_non_null(strstr(text, "compact/"));
    ++*count;
}

static void every_mistake_is_told_and_the_rest_is_kept(void **state)
{
    assay_test_folder f;
    assay_vector_set set;
    size_t told = 0;
    (void)state;
    assay_test_folder_make(&f);
    assay_test_folder_write(&f, "compact/a.json",
                            HEAD "{" NAMES RULE EMPTY ACCEPT
                                 ", \"x\": 1, \"y\": 2}, {" NAMES RULE EMPTY ACCEPT "}" TAIL);
    assay_test_folder_write(&f, "compact/b.json", "{");
    assert_int_equal(assay_vectors_read(f.path, &set, count_told, &told), 3);
    assert_int_equal(told, 3);
    assert_int_equal(set.count, 1);
    assert_int_equal(set.vectors[0].index, 1);
    assay_vectors_deinit(&set);
    assay_test_folder_remove(&f);
}

static const char full[] = HEAD
    "{\"why\": \"w\", \"title\": \"t\",\n"
    "  \"id\": \"compact/all/keys\", \"rule\": \"compact.list\", \"refs\": [\"THRIFT-1\"], \"flags\": "
    "[\"Flag\"],\n"
    "  \"since\": \"1.2\", \"level\": \"should\", \"verb\": \"transcode\", \"stack\": \"framed/compact\",\n"
    "  \"wire\": [\"00000005 | frame\", \"19 23 (01)*2 | list\", \"00\"], \"expect\": \"accept\",\n"
    "  \"value\": \"struct{1: list<i8>[1, 1]}\", \"canonical\": true, \"ordered\": true, \"consumed\": 9,\n"
    "  \"budget\": {\"rss_kib\": 5, \"cpu_ms\": 6}, \"twin\": \"compact/all/keys\", \"confirmed_by\": "
    "[\"lib-1\"],\n"
    "  \"sweep\": [\"type-nibbles\"]},\n"
    "{\"id\": \"compact/all/twin\", \"title\": \"\\\"id\\\": {[\", \"why\": \"w\", \"rule\": "
    "\"compact.message\",\n"
    "  \"verb\": \"session\", \"count\": 3, \"stack\": \"compact\", \"out\": \"binary\",\n"
    "  \"wire\": [\"82 21 07 01 61 00\", \"ff\"], \"expect\": \"accept\", \"messages\": [\"call \\\"a\\\" #7 "
    "struct{}\"],\n"
    "  \"end\": \"reject\", \"error\": {\"class\": \"malformed\", \"offset\": 6, \"rule\": "
    "\"compact.message.protocol-id\"},\n"
    "  \"twin\": \"compact/all/keys\"},\n"
    "{\"id\": \"compact/all/reuse\", \"title\": \"t\", \"why\": \"w\", \"rule\": "
    "\"compact.bool.element-zero\", \"level\": \"may\",\n"
    "  \"verb\": \"reuse\", \"before\": [\"1c\"], \"stack\": \"compact\", \"wire\": [\"19 11 00 00\"], "
    "\"expect\": \"either\",\n"
    "  \"outcomes\": [{\"name\": \"false\", \"accept\": true, \"value\": \"struct{1: list<bool>[false]}\"},\n"
    "               {\"name\": \"refused\", \"accept\": false}]}" TAIL;

static void all_keys_are_read(void **state)
{
    assay_test_folder f;
    assay_vector_set set;
    assay_vector_error error;
    (void)state;
    assay_test_folder_make(&f);
    assay_test_folder_write(&f, "compact/a.json", full);
    assay_test_folder_write(&f, "schema.json", "not read");
    assay_test_folder_write(&f, "README.md", "not read");
    if (!assay_vectors_load(f.path, &set, &error)) fail_msg("%s", error.text);
    assert_int_equal(set.count, 3);
    const assay_vector *v = &set.vectors[0];
    assert_ptr_equal(assay_vectors_find(&set, "compact/all/keys"), v);
    assert_null(assay_vectors_find(&set, "compact/all"));
    assert_string_equal(v->file, "compact/a.json");
    assert_int_equal(v->line, 4);
    assert_int_equal(set.vectors[1].line, 10);
    assert_int_equal(set.vectors[2].line, 15);
    assert_string_equal(v->topic, "compact/a");
    assert_string_equal(v->since, "1.2");
    assert_string_equal(v->twin, "compact/all/keys");
    assert_string_equal(v->refs[0], "THRIFT-1");
    assert_null(v->refs[1]);
    assert_string_equal(v->flags[0], "Flag");
    assert_string_equal(v->confirmed_by[0], "lib-1");
    assert_string_equal(v->wire[1], "19 23 (01)*2 | list");
    assert_true(v->canonical && v->sweep_types && !v->sweep_sizes);
    const assay_case *c = &v->base;
    assert_string_equal(c->id, "compact/all/keys");
    assert_string_equal(c->parent_id, c->id);
    assert_string_equal(c->kind, "");
    assert_int_equal(c->rule, TW_RULE_COMPACT_LIST);
    assert_int_equal(c->level, ASSAY_SHOULD);
    assert_int_equal(c->verb, ASSAY_TRANSCODE);
    assert_string_equal(c->in, "framed/compact");
    assert_string_equal(c->out, "framed/compact");
    assert_int_equal(c->bytes.len, 9);
    assert_memory_equal(c->bytes.data, "\0\0\0\5\x19\x23\1\1\0", 9);
    assert_true(tw_bytes_equal(c->canonical, c->bytes));
    assert_true(c->ordered);
    assert_int_equal(c->consumed, 9);
    assert_int_equal(c->budget.rss_kib, 5);
    assert_int_equal(c->budget.cpu_ms, 6);
    assert_int_equal(c->value_count, 1);
    assert_int_equal(c->values[0].root->count, 1);
    c = &set.vectors[1].base;
    assert_int_equal(c->verb, ASSAY_SESSION);
    assert_int_equal(c->count, 3);
    assert_string_equal(c->out, "binary");
    assert_int_equal(c->end, ASSAY_END_REJECT);
    assert_int_equal(c->error.cls, TW_MALFORMED);
    assert_int_equal(c->error.offset, 6);
    assert_int_equal(c->error.rule, TW_RULE_COMPACT_MESSAGE_PROTOCOL);
    assert_string_equal(c->error.layer, "compact");
    assert_int_equal(c->values[0].envelope->sequence_id, 7);
    assert_string_equal(set.vectors[1].since, "1.0");
    c = &set.vectors[2].base;
    assert_int_equal(c->before.len, 1);
    assert_int_equal(c->outcome_count, 2);
    assert_string_equal(c->outcomes[0].name, "false");
    assert_true(c->outcomes[0].accepts && c->outcomes[0].value && !c->outcomes[1].accepts);
    assert_int_equal(c->budget.rss_kib, -1);
    assay_vectors_deinit(&set);
    assay_test_folder_remove(&f);
}

static void the_digest_names_the_bytes(void **state)
{
    assay_test_folder f;
    assay_vector_set a, b;
    assay_vector_error error;
    (void)state;
    assay_test_folder_make(&f);
    assay_test_folder_write(&f, "compact/a.json", ONE(NAMES RULE EMPTY ACCEPT));
    assert_true(assay_vectors_load(f.path, &a, &error));
    assay_test_folder_write(&f, "compact/a.json", ONE(NAMES RULE EMPTY ACCEPT) " ");
    assert_true(assay_vectors_load(f.path, &b, &error));
    assert_int_equal(strlen(a.digest), 64);
    assert_string_not_equal(a.digest, b.digest);
    assay_vectors_deinit(&a);
    assay_vectors_deinit(&b);
    assay_test_folder_remove(&f);
}

static void a_folder_without_vectors_is_told(void **state)
{
    assay_test_folder f;
    assay_vector_set set;
    assay_vector_error error;
    char want[128];
    (void)state;
    assay_test_folder_make(&f);
    assert_false(assay_vectors_load(f.path, &set, &error));
    snprintf(want, sizeof want, "%s: no vectors there", f.path);
    assert_string_equal(error.text, want);
    assay_test_folder_remove(&f);
    assert_false(assay_vectors_load(f.path, &set, &error));
    snprintf(want, sizeof want, "%s: No such file or directory", f.path);
    assert_string_equal(error.text, want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_mistake_is_told_where_it_stands),
        cmocka_unit_test(every_mistake_is_told_and_the_rest_is_kept),
        cmocka_unit_test(all_keys_are_read),
        cmocka_unit_test(the_digest_names_the_bytes),
        cmocka_unit_test(a_folder_without_vectors_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
