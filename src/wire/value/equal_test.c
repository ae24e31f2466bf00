#include "wire/value/equal.h"

#include "wire/test/support.h"
#include "wire/value/builder.h"
#include "wire/value/generate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Values from a line of text: {1 i5 2 S i[i1 i2] 3 Msi[sa i1]}. */

static tw_type type_of(char c)
{
    switch (c) {
    case 'b': return TW_BOOL;
    case 'i': return TW_I32;
    case 'd': return TW_DOUBLE;
    case 's': return TW_STRING;
    case 'u': return TW_UUID;
    case 'L': return TW_LIST;
    case 'S': return TW_SET;
    case 'M': return TW_MAP;
    case '{': return TW_STRUCT;
    default: return TW_STOP;
    }
}

static void parse(tw_builder *b, const char **at);

static void parse_until(tw_builder *b, const char **at, char end, bool fields)
{
    while (**at != end) {
        while (**at == ' ') ++*at;
        if (**at == end) break;
        if (fields) tw_build_field(b, (int16_t)strtol(*at, (char **)at, 10));
        while (**at == ' ') ++*at;
        parse(b, at);
    }
    ++*at;
    tw_build_end(b);
}

static void parse(tw_builder *b, const char **at)
{
    char c = *(*at)++;
    uint8_t uuid[16];
    size_t len;
    switch (c) {
    case 'b': tw_build_bool(b, *(*at)++ == '1'); break;
    case 'i': tw_build_i32(b, (int32_t)strtol(*at, (char **)at, 10)); break;
    case 'd': tw_build_double(b, strtoull(*at, (char **)at, 16)); break;
    case 'u':
        memset(uuid, *(*at)++, sizeof uuid);
        tw_build_uuid(b, uuid);
        break;
    case 's':
        len = strcspn(*at, " ]}");
        tw_build_string(b, tw_bytes_of(*at, len));
        *at += len;
        break;
    case '{':
        tw_build_struct(b);
        parse_until(b, at, '}', true);
        break;
    case 'L':
    case 'S':
        if (c == 'L')
            tw_build_list(b, type_of(**at));
        else
            tw_build_set(b, type_of(**at));
        *at += 2;
        parse_until(b, at, ']', false);
        break;
    case 'M':
        tw_build_map(b, type_of((*at)[0]), type_of((*at)[1]));
        *at += 3;
        parse_until(b, at, ']', false);
        break;
    default: fail_msg("no value: %c", c);
    }
}

static const tw_node *make(tw_tree *tree, const char *text)
{
    tw_builder b;
    tw_tree_init(tree, NULL, SIZE_MAX);
    tw_builder_init(&b, tree);
    parse(&b, &text);
    assert_true(tw_builder_finish(&b));
    return tw_tree_root(tree);
}

/* The table. */

#define U TW_EQUAL_UNORDERED
#define E TW_EQUAL_EMPTY_MAP
#define F TW_EQUAL_FIELDS_BY_ID
#define N TW_EQUAL_NAN

/* path: NULL when equal. sides: which of the two values the difference has. */
static const struct pair {
    const char *a, *b;
    unsigned flags;
    const char *path, *sides;
} pairs[] = {
    {"{}", "{}", 0, NULL, ""},
    {"{1 i5}", "{1 i5}", 0, NULL, ""},
    {"{1 i5}", "{1 i6}", 0, "1", "ab"},
    {"{1 i5}", "{1 i6}", U, "1", "ab"},
    {"{1 i5}", "{1 b1}", 0, "1", "ab"},
    {"{1 i5}", "{1 b1}", U, "1", "ab"},
    {"{1 i5}", "{}", 0, "1", "a"},
    {"{1 i5}", "{}", U, "1", "a"},
    {"{}", "{1 i5}", 0, "1", "b"},
    {"{}", "{1 i5}", U | F, "1", "b"},
    {"{1 i5 2 i6}", "{2 i6}", 0, "1", "a"},
    {"{1 i5 2 i6}", "{2 i6}", U, "1", "a"},
    {"{2 i6}", "{1 i5 2 i6}", 0, "1", "b"},
    {"{2 i6}", "{1 i5 2 i6}", U, "1", "b"},
    {"{1 i5 2 i6}", "{2 i6 1 i5}", 0, "1", "ab"},
    {"{1 i5 2 i6}", "{2 i6 1 i5}", U, "1", "ab"},
    {"{1 i5 2 i6}", "{2 i6 1 i5}", F, NULL, ""},
    {"{1 i5 2 i6}", "{2 i7 1 i5}", F, "2", "ab"},
    {"{1 i5 1 i6}", "{1 i6 1 i5}", F, "1", "ab"},
    {"{-1 i5 2 i6}", "{2 i6}", F, "-1", "a"},
    {"{2 i6}", "{2 i6 -1 i5}", F, "-1", "b"},
    {"{1 {1 {1 i5}}}", "{1 {1 {1 i6}}}", 0, "1.1.1", "ab"},
    {"{1 {1 {1 i5}}}", "{1 {1 {1 i6}}}", F, "1.1.1", "ab"},
    {"{1 {1 i5} 2 i1}", "{1 {1 i5 3 i1} 2 i1}", 0, "1.3", "b"},
    {"{1 {1 i5 3 i1} 2 i1}", "{1 {1 i5} 2 i1}", 0, "1.3", "a"},
    {"{1 sabc}", "{1 sabd}", 0, "1", "ab"},
    {"{1 sabc}", "{1 sab}", 0, "1", "ab"},
    {"{1 s}", "{1 s}", U, NULL, ""},
    {"{1 ua}", "{1 ub}", 0, "1", "ab"},
    {"{1 ua 2 Su[ua ub]}", "{1 ua 2 Su[ub ua]}", U, NULL, ""},
    {"{2 Su[ua ub]}", "{2 Su[ub uc]}", U, "2[0]", "ab"},
    {"{1 Li[i1 i2 i3]}", "{1 Li[i1 i2 i4]}", 0, "1[2]", "ab"},
    {"{1 Li[i1 i2 i3]}", "{1 Li[i1 i2]}", 0, "1[2]", "ab"},
    {"{1 Li[i1 i2]}", "{1 Li[i2 i1]}", U, "1[0]", "ab"},
    {"{1 Li[]}", "{1 Lb[]}", 0, "1", "ab"},
    {"{1 Li[]}", "{1 Lb[]}", U | E, "1", "ab"},
    {"{1 Ls[sa sb]}", "{1 Ls[sa sb sc]}", 0, "1[2]", "b"},
    {"{1 Ls[sa sb sd]}", "{1 Ls[sa sc sd]}", 0, "1[1]", "ab"},
    {"{1 Ls[sa sb]}", "{1 Ls[sb sa]}", U, "1[0]", "ab"},
    {"{1 Ls[sa sb]}", "{1 Ls[sa]}", U, "1[1]", "a"},
    {"{1 Si[i1 i2 i3]}", "{1 Si[i3 i2 i1]}", 0, "1[0]", "ab"},
    {"{1 Si[i1 i2 i3]}", "{1 Si[i3 i2 i1]}", U, NULL, ""},
    {"{1 Si[i1 i2 i2]}", "{1 Si[i2 i1 i1]}", U, "1[1]", "ab"},
    {"{1 Si[i1 i2]}", "{1 Si[i2 i3]}", U, "1[0]", "ab"},
    {"{1 Ss[sa sb]}", "{1 Ss[sb sa]}", 0, "1[0]", "ab"},
    {"{1 Ss[sa sb]}", "{1 Ss[sb sa]}", U, NULL, ""},
    {"{1 Ss[sa sb]}", "{1 Ss[sb]}", U, "1[0]", "a"},
    {"{1 Ss[sb]}", "{1 Ss[sc sb]}", U, "1[0]", "b"},
    {"{1 SS[Si[i1 i2] Si[i3]]}", "{1 SS[Si[i3] Si[i2 i1]]}", U, NULL, ""},
    {"{1 S{[{1 i1 2 i2} {1 i3}]}", "{1 S{[{1 i3} {2 i2 1 i1}]}", U | F, NULL, ""},
    {"{1 S{[{1 i1 2 i2} {1 i3}]}", "{1 S{[{1 i3} {2 i2 1 i1}]}", U, "1[0]", "ab"},
    {"{1 Msi[sa i1 sb i2]}", "{1 Msi[sb i2 sa i1]}", 0, "1{k:0}", "ab"},
    {"{1 Msi[sa i1 sb i2]}", "{1 Msi[sb i2 sa i1]}", U, NULL, ""},
    {"{1 Msi[sa i1 sb i2]}", "{1 Msi[sb i2 sa i7]}", U, "1{0}", "ab"},
    {"{1 Msi[sa i1 sb i2]}", "{1 Msi[sb i2 sc i1]}", U, "1{k:0}", "a"},
    {"{1 Msi[sa i1]}", "{1 Msi[sb i2 sa i1]}", U, "1{k:0}", "b"},
    {"{1 Msi[sa i1]}", "{1 Msi[sa i2]}", 0, "1{0}", "ab"},
    {"{1 Ms{[sa {1 i1} sb {}]}", "{1 Ms{[sb {} sa {1 i2}]}", U, "1{0}.1", "ab"},
    {"{1 MS{[Si[i1 i2] {}]}", "{1 MS{[Si[i2 i1] {}]}", U, NULL, ""},
    {"{1 Mii[]}", "{1 Msi[]}", 0, "1", "ab"},
    {"{1 Mii[]}", "{1 Msi[]}", E, NULL, ""},
    {"{1 Mii[]}", "{1 M..[]}", U | E, NULL, ""},
    {"{1 Mii[]}", "{1 M..[]}", U, "1", "ab"},
    {"{1 Mii[i1 i1]}", "{1 M..[]}", U | E, "1{k:0}", "a"},
    {"{1 S{[{1 Mii[]} {}]}", "{1 S{[{} {1 Mss[]}]}", U | E, NULL, ""},
    {"{1 d0}", "{1 d8000000000000000}", N, "1", "ab"},
    {"{1 d7ff8000000000000}", "{1 d7ff8000000000001}", 0, "1", "ab"},
    {"{1 d7ff8000000000000}", "{1 dfff8000000000001}", N, NULL, ""},
    {"{1 Ld[d0 d7ff8000000000000]}", "{1 Ld[d0 d7ff8000000000001]}", 0, "1[1]", "ab"},
    {"{1 Ld[d0 d7ff8000000000000]}", "{1 Ld[d0 d7ff8000000000001]}", N, NULL, ""},
    {"{1 Ld[d7ff8000000000000 d1]}", "{1 Ld[d7ff8000000000001 d2]}", N | U, "1[1]", "ab"},
    {"{1 Sd[d1 d7ff8000000000000]}", "{1 Sd[d7ff8000000000001 d1]}", N | U, NULL, ""},
    {"{1 S{[{1 Ld[d7ff8000000000001]} {}]}", "{1 S{[{} {1 Ld[d7ff8000000000000]}]}", N | U, NULL, ""},
};

static void check(const struct pair *p)
{
    tw_tree ta, tb;
    const tw_node *a = make(&ta, p->a), *b = make(&tb, p->b);
    tw_difference d;
    char path[64], sides[3];
    bool equal = tw_equal(a, b, p->flags, &d);
    if (equal != (p->path == NULL)) fail_msg("%s %s with %u: %d", p->a, p->b, p->flags, equal);
    assert_int_equal(tw_equal(b, a, p->flags, NULL), equal);
    if (!equal) {
        tw_path_format(&d.path, path, sizeof path);
        snprintf(sides, sizeof sides, "%s%s", d.a ? "a" : "", d.b ? "b" : "");
        if (strcmp(path, p->path) != 0 || strcmp(sides, p->sides) != 0) {
            fail_msg("%s %s with %u: at %s, sides %s", p->a, p->b, p->flags, path, sides);
        }
        if (d.a) assert_true(d.a >= a && d.a < tw_node_next(a));
        if (d.b) assert_true(d.b >= b && d.b < tw_node_next(b));
    }
    tw_tree_deinit(&ta);
    tw_tree_deinit(&tb);
}

static void compares(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) check(&pairs[i]);
}

static void refused_memory_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        tw_tree ta, tb;
        const tw_node *a = make(&ta, pairs[i].a), *b = make(&tb, pairs[i].b);
        tw_class cls = TW_MEMORY;
        for (size_t n = 1; cls != TW_OK; n++) {
            tw_test_alloc alloc;
            tw_test_alloc_init(&alloc, n);
            tw_difference d;
            bool equal = false;
            cls = tw_compare(a, b, pairs[i].flags, &alloc.alloc, &equal, &d);
            assert_int_equal(alloc.now, 0);
            assert_true(cls == TW_OK || cls == TW_MEMORY);
            if (cls == TW_OK) assert_int_equal(equal, pairs[i].path == NULL);
            assert_true(n < 100);
        }
        tw_tree_deinit(&ta);
        tw_tree_deinit(&tb);
    }
}

static void equal_as_they_stand_takes_no_memory(void **state)
{
    (void)state;
    tw_tree ta, tb;
    tw_random ra = {7}, rb = {7};
    tw_tree_init(&ta, NULL, SIZE_MAX);
    tw_tree_init(&tb, NULL, SIZE_MAX);
    assert_true(tw_generate(&ta, &ra, TW_PROFILE_WIDE) && tw_generate(&tb, &rb, TW_PROFILE_WIDE));
    tw_test_alloc alloc;
    tw_test_alloc_init(&alloc, 1);
    bool equal = false;
    assert_int_equal(
        tw_compare(tw_tree_root(&ta), tw_tree_root(&tb), TW_EQUAL_VALUES, &alloc.alloc, &equal, NULL), TW_OK);
    assert_true(equal);
    assert_int_equal(alloc.calls, 0);
    tw_tree_deinit(&ta);
    tw_tree_deinit(&tb);
}

/* Size and depth. */

static const tw_node *large(tw_tree *tree, tw_type type, uint32_t count, bool backwards, uint32_t last)
{
    tw_builder b;
    tw_tree_init(tree, NULL, SIZE_MAX);
    tw_builder_init(&b, tree);
    tw_build_struct(&b);
    tw_build_field(&b, 1);
    if (type == TW_MAP)
        tw_build_map(&b, TW_STRING, TW_I32);
    else
        tw_build_set(&b, type);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t value = backwards ? count - 1 - i : i;
        if (value == count - 1) value = last;
        char text[16];
        tw_bytes string = tw_bytes_of(text, (size_t)snprintf(text, sizeof text, "%u", value));
        if (type == TW_I32)
            tw_build_i32(&b, (int32_t)value);
        else
            tw_build_string(&b, string);
        if (type == TW_MAP) tw_build_i32(&b, (int32_t)value);
    }
    tw_build_end(&b);
    tw_build_end(&b);
    assert_true(tw_builder_finish(&b));
    return tw_tree_root(tree);
}

static double cpu_s(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void large_sets_in_other_orders(void **state)
{
    (void)state;
    static const tw_type types[] = {TW_I32, TW_STRING, TW_MAP};
    for (size_t i = 0; i < 3; i++) {
        tw_tree ta, tb, tc;
        const tw_node *a = large(&ta, types[i], 100000, false, 99999);
        const tw_node *b = large(&tb, types[i], 100000, true, 99999);
        const tw_node *c = large(&tc, types[i], 100000, true, 200000);
        double start = cpu_s();
        tw_difference d;
        assert_true(tw_equal(a, b, TW_EQUAL_VALUES, &d));
        assert_false(tw_equal(a, c, TW_EQUAL_VALUES, &d));
        char path[32];
        tw_path_format(&d.path, path, sizeof path);
        assert_string_equal(path, types[i] == TW_MAP ? "1{k:99999}" : "1[99999]");
        tw_ruleset open = tw_value_open_rules(a);
        assert_true(tw_ruleset_empty(&open));
        /* Comparing each with each would be 10^10 steps: minutes. This takes some 0.2 s, with sanitizers 2 s.
         */
        assert_true(cpu_s() - start < 20);
        tw_tree_deinit(&ta);
        tw_tree_deinit(&tb);
        tw_tree_deinit(&tc);
    }
}

static const tw_node *chain(tw_tree *tree, tw_type type, size_t depth, int32_t bottom)
{
    tw_builder b;
    tw_tree_init(tree, NULL, SIZE_MAX);
    tw_builder_init(&b, tree);
    for (size_t i = 0; i < depth; i++) {
        tw_type inner = i + 1 < depth ? type : TW_I32;
        if (type == TW_STRUCT)
            tw_build_struct(&b);
        else if (type == TW_SET)
            tw_build_set(&b, inner);
        else
            tw_build_map(&b, TW_I32, inner);
        if (type == TW_STRUCT) tw_build_field(&b, 1);
        if (type == TW_MAP) tw_build_i32(&b, 0);
    }
    tw_build_i32(&b, bottom);
    for (size_t i = 0; i < depth; i++) tw_build_end(&b);
    assert_true(tw_builder_finish(&b));
    return tw_tree_root(tree);
}

/* Enough to overflow the stack of anything that recurses, and to take minutes where time is quadratic. */
static void many_levels(void **state)
{
    (void)state;
    enum { LEVELS = 200000 };
    static const tw_type types[] = {TW_STRUCT, TW_SET, TW_MAP};
    static const unsigned flags[] = {TW_EQUAL_EXACT, TW_EQUAL_VALUES,
                                     TW_EQUAL_VALUES | TW_EQUAL_FIELDS_BY_ID};
    for (size_t i = 0; i < 3; i++) {
        tw_tree ta, tb;
        const tw_node *a = chain(&ta, types[i], LEVELS, 1), *b = chain(&tb, types[i], LEVELS, 2);
        for (size_t j = 0; j < 3; j++) {
            tw_difference d;
            assert_true(tw_equal(a, a, flags[j], &d));
            assert_false(tw_equal(a, b, flags[j], &d));
            /* Unordered sets of one element each: nothing pairs those that differ, so the outermost tell. */
            bool outer = types[i] == TW_SET && j > 0;
            assert_int_equal(d.path.depth, outer ? 1 : LEVELS);
        }
        tw_ruleset open = tw_value_open_rules(a);
        assert_true(tw_ruleset_empty(&open));
        tw_tree_deinit(&ta);
        tw_tree_deinit(&tb);
    }
}

/* Open rules. */

static void finds_open_rules(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        tw_rule rule;
    } cases[] = {
        {"{1 i1 2 i1}", TW_RULE_NONE},
        {"{1 i1 1 i1}", TW_RULE_STRUCT_DUPLICATE_ID},
        {"{1 i1 2 i1 3 i1 4 i1 5 i1 6 i1 7 i1 8 i1 -9 i1 10 i1}", TW_RULE_NONE},
        {"{1 i1 2 i1 3 i1 4 i1 5 i1 6 i1 7 i1 8 i1 -9 i1 -9 i1}", TW_RULE_STRUCT_DUPLICATE_ID},
        {"{1 Si[i1 i2]}", TW_RULE_NONE},
        {"{1 Si[i1 i1]}", TW_RULE_MAP_DUPLICATE_KEY},
        {"{1 Li[i1 i1]}", TW_RULE_NONE},
        {"{1 Si[i1 i2 i3 i4 i5 i6 i7 i8 i9 i10]}", TW_RULE_NONE},
        {"{1 Si[i1 i2 i3 i4 i5 i6 i7 i8 i9 i1]}", TW_RULE_MAP_DUPLICATE_KEY},
        {"{1 Ss[sa s sb]}", TW_RULE_NONE},
        {"{1 Ss[sa s sa]}", TW_RULE_MAP_DUPLICATE_KEY},
        {"{1 Su[ua ub ua]}", TW_RULE_MAP_DUPLICATE_KEY},
        {"{1 Msi[sa i1 sb i1]}", TW_RULE_NONE},
        {"{1 Msi[sa i1 sa i2]}", TW_RULE_MAP_DUPLICATE_KEY},
        {"{1 Muu[ua ub ub ua]}", TW_RULE_NONE},
        {"{1 Muu[ua ub ua ub]}", TW_RULE_MAP_DUPLICATE_KEY},
        {"{1 Mi{[i1 {} i2 {}]}", TW_RULE_NONE},
        {"{1 M{i[{1 i1} i1 {1 i2} i1]}", TW_RULE_NONE},
        {"{1 M{i[{1 i1} i1 {1 i1} i2]}", TW_RULE_MAP_DUPLICATE_KEY},
        {"{1 SS[Si[i1 i2] Si[i2 i1]]}", TW_RULE_MAP_DUPLICATE_KEY},
        {"{1 SS[Si[i1 i2] Si[i2 i3]]}", TW_RULE_NONE},
        {"{1 s\xc3\xa9}", TW_RULE_NONE},
        {"{1 s\xc3}", TW_RULE_STRING_UTF8},
        {"{1 Ls[sa s\xff]}", TW_RULE_STRING_UTF8},
        {"{1 d7ff8000000000000}", TW_RULE_NONE},
        {"{1 d7ff0000000000000}", TW_RULE_NONE},
        {"{1 dfff8000000000000}", TW_RULE_DOUBLE_NAN_PAYLOAD},
        {"{1 Ld[d0 d7ff0000000000001]}", TW_RULE_DOUBLE_NAN_PAYLOAD},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tw_tree tree;
        tw_ruleset open = tw_value_open_rules(make(&tree, cases[i].value)), want = {{0}};
        if (cases[i].rule != TW_RULE_NONE) tw_ruleset_add(&want, cases[i].rule);
        if (memcmp(&open, &want, sizeof open) != 0) fail_msg("%s", cases[i].value);
        tw_tree_deinit(&tree);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares),
        cmocka_unit_test(refused_memory_is_told),
        cmocka_unit_test(equal_as_they_stand_takes_no_memory),
        cmocka_unit_test(large_sets_in_other_orders),
        cmocka_unit_test(many_levels),
        cmocka_unit_test(finds_open_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
