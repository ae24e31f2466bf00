/* Canonical bytes: the shortest field headers, sizes and varints, bools as 1 and 2 or 0. */
#include "fuzz/naive/naive.h"

#include <stdlib.h>
#include <string.h>

typedef struct writer {
    bool compact;
    unsigned char *bytes;
    size_t len, capacity;
} writer;

static void put_value(writer *w, const naive_node *node);

static void put(writer *w, unsigned long long byte)
{
    if (w->len == w->capacity) {
        w->capacity = w->capacity * 2 + 64;
        w->bytes = realloc(w->bytes, w->capacity);
        if (!w->bytes) abort();
    }
    w->bytes[w->len++] = (unsigned char)(byte % 256);
}

static void put_bytes(writer *w, const unsigned char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) put(w, bytes[i]);
}

static void put_big_endian(writer *w, unsigned long long value, int bytes)
{
    while (bytes-- > 0) put(w, value >> (8 * bytes));
}

static void put_varint(writer *w, unsigned long long value)
{
    for (; value >= 128; value /= 128) put(w, 128 + value % 128);
    put(w, value);
}

static void put_zigzag(writer *w, long long value)
{
    put_varint(w, value < 0 ? (unsigned long long)(-(value + 1)) * 2 + 1 : (unsigned long long)value * 2);
}

static void put_size(writer *w, size_t size)
{
    if (w->compact)
        put_varint(w, size);
    else
        put_big_endian(w, size, 4);
}

static const char kinds[] = "t1248dslemru";

static unsigned type_of(const writer *w, char kind)
{
    static const unsigned char binary[] = {2, 3, 6, 8, 10, 4, 11, 15, 14, 13, 12, 16};
    static const unsigned char compact[] = {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
    const char *at = kind ? strchr(kinds, kind) : NULL;
    if (!at) return 0;
    return w->compact ? compact[at - kinds] : binary[at - kinds];
}

static void put_inside(writer *w, const naive_node *node)
{
    for (const naive_node *n = node->first; n; n = n->next) put_value(w, n);
}

static void put_list(writer *w, const naive_node *node)
{
    unsigned type = type_of(w, node->inside);
    if (!w->compact) {
        put(w, type);
        put_big_endian(w, node->count, 4);
    } else if (node->count < 15) {
        put(w, node->count * 16 + type);
    } else {
        put(w, 0xf0 + type);
        put_varint(w, node->count);
    }
    put_inside(w, node);
}

static void put_map(writer *w, const naive_node *node)
{
    if (!w->compact) {
        put(w, type_of(w, node->key));
        put(w, type_of(w, node->inside));
    }
    put_size(w, node->count);
    if (w->compact && node->count > 0) put(w, type_of(w, node->key) * 16 + type_of(w, node->inside));
    put_inside(w, node);
}

static void put_field(writer *w, const naive_node *node, int last)
{
    unsigned type = type_of(w, node->kind);
    if (!w->compact) {
        put(w, type);
        put_big_endian(w, (unsigned long long)node->id, 2);
    } else {
        int distance = node->id - last;
        if (node->kind == 't' && !node->number) type = 2;
        if (distance >= 1 && distance <= 15) {
            put(w, (unsigned)distance * 16 + type);
        } else {
            put(w, type);
            put_zigzag(w, node->id);
        }
        if (node->kind == 't') return;
    }
    put_value(w, node);
}

static void put_value(writer *w, const naive_node *node)
{
    int last = 0;
    switch (node->kind) {
    case 't': put(w, node->number ? 1 : w->compact ? 2 : 0); break;
    case '1': put(w, (unsigned long long)node->number); break;
    case '2':
    case '4':
    case '8':
        if (w->compact)
            put_zigzag(w, node->number);
        else
            put_big_endian(w, (unsigned long long)node->number, node->kind - '0');
        break;
    case 'd':
        for (int i = 0; i < 8; i++) put(w, node->bits >> (w->compact ? 8 * i : 56 - 8 * i));
        break;
    case 's':
        put_size(w, node->count);
        put_bytes(w, node->bytes, node->count);
        break;
    case 'u': put_bytes(w, node->bytes, 16); break;
    case 'm': put_map(w, node); break;
    case 'r':
        for (const naive_node *n = node->first; n; last = n->id, n = n->next) put_field(w, n, last);
        put(w, 0);
        break;
    default: put_list(w, node); break;
    }
}

unsigned char *naive_write(const naive_reading *reading, bool compact, size_t *len)
{
    writer w = {.compact = compact};
    unsigned sequence_id = (unsigned)reading->sequence_id;
    if (reading->message && compact) {
        put(&w, 0x82);
        put(&w, reading->message_kind * 32 + 1);
        put_varint(&w, sequence_id);
        put_varint(&w, reading->name_len);
        put_bytes(&w, reading->name, reading->name_len);
    } else if (reading->message) {
        put_big_endian(&w, 0x80010000u + reading->message_kind, 4);
        put_big_endian(&w, reading->name_len, 4);
        put_bytes(&w, reading->name, reading->name_len);
        put_big_endian(&w, sequence_id, 4);
    }
    put_value(&w, reading->root);
    *len = w.len;
    return w.bytes;
}
