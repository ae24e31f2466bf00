#include "suite/run/test/tiny.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tiny_one {
    char id[32];
    uint8_t bytes[8];
    tw_node nodes[2];
    assay_value value;
};

static const char *const nothing[] = {NULL};

static void make(struct tiny_one *one, assay_vector *vector, uint32_t number)
{
    uint32_t value = number + 256;
    const uint8_t bytes[8] = {
        8, 0, 1, (uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8), (uint8_t)value, 0};
    snprintf(one->id, sizeof one->id, "tiny/%u", number);
    memcpy(one->bytes, bytes, sizeof bytes);
    one->nodes[0] = (tw_node){.type = TW_STRUCT, .count = 1, .u.span = 2};
    one->nodes[1] = (tw_node){.type = TW_I32, .id = 1, .u.i = (int32_t)value};
    one->value = (assay_value){.root = one->nodes};
    *vector = (assay_vector){.file = "tiny.json",
                             .line = number + 1,
                             .topic = "tiny",
                             .since = "1.0",
                             .wire = nothing,
                             .refs = nothing,
                             .flags = nothing,
                             .confirmed_by = nothing,
                             .canonical = true};
    vector->base = (assay_case){.id = one->id,
                                .parent_id = one->id,
                                .kind = "",
                                .title = "a number",
                                .why = "",
                                .level = ASSAY_MUST,
                                .verb = ASSAY_TRANSCODE,
                                .in = "binary",
                                .out = "binary",
                                .bytes = {one->bytes, sizeof one->bytes},
                                .expect = ASSAY_ACCEPT,
                                .values = &one->value,
                                .value_count = 1,
                                .consumed = sizeof one->bytes,
                                .canonical = {one->bytes, sizeof one->bytes},
                                .budget = {-1, -1},
                                .depth = 1};
}

void tiny_init(tiny_set *tiny, size_t count)
{
    *tiny = (tiny_set){.ones = calloc(count, sizeof *tiny->ones)};
    tw_arena_init(&tiny->set.arena, NULL, SIZE_MAX);
    tw_arena_init(&tiny->set.derived, NULL, SIZE_MAX);
    tiny->set.vectors = calloc(count, sizeof *tiny->set.vectors);
    if (!tiny->ones || !tiny->set.vectors) abort();
    tiny->set.count = count;
    for (size_t i = 0; i < count; i++) make(&tiny->ones[i], &tiny->set.vectors[i], (uint32_t)i);
}

void tiny_deinit(tiny_set *tiny)
{
    free(tiny->ones);
    free(tiny->set.vectors);
    tw_arena_deinit(&tiny->set.arena);
    tw_arena_deinit(&tiny->set.derived);
}

void tiny_refuse(tiny_set *tiny, size_t index)
{
    assay_vector *vector = &tiny->set.vectors[index];
    vector->canonical = false;
    vector->base.bytes.len--;
    vector->base.expect = ASSAY_REJECT;
    vector->base.values = NULL;
    vector->base.value_count = 0;
    vector->base.consumed = ASSAY_CONSUMED_UNKNOWN;
    vector->base.canonical = (tw_bytes){0};
    vector->base.error = (tw_error){.cls = TW_TRUNCATED, .offset = 7, .layer = "binary"};
}
