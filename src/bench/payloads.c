#include "bench/payloads.h"

#include "wire/value/builder.h"
#include "wire/value/generate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIST 10000

static void text(tw_builder *b, int16_t id, const char *s)
{
    if (id) tw_build_field(b, id);
    tw_build_string(b, tw_bytes_of(s, strlen(s)));
}

static uint64_t random_double(tw_random *random)
{
    double d = (double)(int64_t)tw_random_next(random) / 1e6;
    uint64_t bits;
    memcpy(&bits, &d, 8);
    return bits;
}

static void small(tw_builder *b)
{
    tw_build_field(b, 1);
    tw_build_bool(b, true);
    tw_build_field(b, 2);
    tw_build_i8(b, 7);
    tw_build_field(b, 3);
    tw_build_i16(b, 1234);
    tw_build_field(b, 4);
    tw_build_i32(b, 1000000);
    tw_build_field(b, 5);
    tw_build_i64(b, INT64_C(1234567890123));
    tw_build_field(b, 6);
    tw_build_double(b, UINT64_C(0x400921fb54442d18));
    text(b, 7, "a name of some length");
    text(b, 8, "note");
    tw_build_field(b, 9);
    tw_build_list(b, TW_I32);
    for (int32_t i = 0; i < 4; i++) tw_build_i32(b, i * 100);
    tw_build_end(b);
    text(b, 10, "tail");
}

static void numbers(tw_builder *b, tw_type type, tw_random *random)
{
    tw_build_field(b, 1);
    tw_build_list(b, type);
    for (int i = 0; i < LIST; i++) {
        uint64_t n = tw_random_next(random);
        if (type == TW_I32) tw_build_i32(b, (int32_t)(uint32_t)n);
        if (type == TW_I64) tw_build_i64(b, (int64_t)n);
        if (type == TW_BOOL) tw_build_bool(b, n & 1);
        if (type == TW_DOUBLE) tw_build_double(b, random_double(random));
    }
    tw_build_end(b);
}

static void items(tw_builder *b, tw_random *random)
{
    tw_build_field(b, 1);
    tw_build_list(b, TW_STRUCT);
    for (int32_t i = 0; i < 1000; i++) {
        char name[32];
        snprintf(name, sizeof name, "item number %d", (int)i);
        tw_build_struct(b);
        tw_build_field(b, 1);
        tw_build_i32(b, i * 7);
        text(b, 2, name);
        tw_build_field(b, 3);
        tw_build_double(b, random_double(random));
        tw_build_field(b, 4);
        tw_build_bool(b, i % 3 == 0);
        tw_build_end(b);
    }
    tw_build_end(b);
}

static void strings(tw_builder *b)
{
    tw_build_field(b, 1);
    tw_build_map(b, TW_STRING, TW_STRING);
    for (int i = 0; i < 1000; i++) {
        char key[32], value[48];
        snprintf(key, sizeof key, "key-%04d", i);
        snprintf(value, sizeof value, "the value of number %d", i * i);
        text(b, 0, key);
        text(b, 0, value);
    }
    tw_build_end(b);
}

static void blob(tw_builder *b, tw_random *random)
{
    size_t len = 1 << 20;
    uint8_t *bytes = malloc(len);
    if (!bytes) return;
    for (size_t i = 0; i < len; i++) bytes[i] = (uint8_t)tw_random_next(random);
    tw_build_field(b, 1);
    tw_build_string(b, tw_bytes_of(bytes, len));
    free(bytes);
}

static void nest(tw_builder *b)
{
    for (int32_t level = 0; level < 50; level++) {
        tw_build_field(b, 1);
        tw_build_i32(b, level);
        if (level == 49) break;
        tw_build_field(b, 2);
        tw_build_struct(b);
    }
    for (int level = 0; level < 49; level++) tw_build_end(b);
}

bool bench_payload(char name, tw_tree *tree)
{
    tw_builder b;
    tw_random random = {(uint64_t)name};
    tw_builder_init(&b, tree);
    tw_build_struct(&b);
    switch (name) {
    case 'a': small(&b); break;
    case 'b': numbers(&b, TW_I32, &random); break;
    case 'c': numbers(&b, TW_I64, &random); break;
    case 'd': items(&b, &random); break;
    case 'e': strings(&b); break;
    case 'f': blob(&b, &random); break;
    case 'g': nest(&b); break;
    case 'h': numbers(&b, TW_DOUBLE, &random); break;
    case 'i': numbers(&b, TW_BOOL, &random); break;
    default: break;
    }
    tw_build_end(&b);
    return tw_builder_finish(&b) && tw_tree_root(tree)->count > 0;
}
