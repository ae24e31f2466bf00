/* thrift-binary-protocol.md, one byte at a time. */
#include "fuzz/naive/inner.h"

static bool read_value(naive_cursor *c, naive_node *node);

/* 0 for a byte that is no type of a value. */
static char kind_of(unsigned char byte)
{
    switch (byte) {
    case 2: return 't';
    case 3: return '1';
    case 4: return 'd';
    case 6: return '2';
    case 8: return '4';
    case 10: return '8';
    case 11: return 's';
    case 12: return 'r';
    case 13: return 'm';
    case 14: return 'e';
    case 15: return 'l';
    case 16: return 'u';
    default: return 0;
    }
}

/* Fewest bytes of a value. */
static unsigned least(char kind)
{
    switch (kind) {
    case '2': return 2;
    case '4':
    case 's': return 4;
    case 'l':
    case 'e': return 5;
    case 'm': return 6;
    case '8':
    case 'd': return 8;
    case 'u': return 16;
    default: return 1;
    }
}

static bool big_endian(naive_cursor *c, unsigned bytes, const char *rule, size_t token,
                       unsigned long long *value)
{
    if (naive_left(c) < bytes) return naive_fail(c, NAIVE_TRUNCATED, rule, token);
    *value = 0;
    while (bytes-- > 0) *value = *value * 256 + c->bytes[c->at++];
    return true;
}

/* The sign of an integer of so many bits. */
static long long with_sign(unsigned long long value, int bits)
{
    if (bits < 64 && (value & (1ull << (bits - 1)))) value -= 1ull << bits;
    return (long long)value;
}

/* A size behind the token that starts at `token`; *at is where it stands. */
static bool read_size(naive_cursor *c, const char *cut, const char *negative, size_t token, size_t *at,
                      size_t *size)
{
    unsigned long long value = 0;
    *at = c->at;
    if (!big_endian(c, 4, cut, token, &value)) return false;
    if (value >= 0x80000000u) return naive_fail(c, NAIVE_MALFORMED, negative, *at);
    *size = (size_t)value;
    return true;
}

#define OF(TAIL) (node->kind == 'l' ? "binary.list" TAIL : "binary.set" TAIL)

static bool read_list(naive_cursor *c, naive_node *node)
{
    size_t token = c->at, size_at;
    if (naive_left(c) == 0) return naive_fail(c, NAIVE_TRUNCATED, OF(""), token);
    node->inside = kind_of(c->bytes[c->at++]);
    if (!read_size(c, OF(""), OF(".size-negative"), token, &size_at, &node->count)) return false;
    if (!node->inside)
        return naive_fail(c, NAIVE_MALFORMED, node->count ? OF(".type") : OF(".type-empty"), token);
    if (node->count > naive_left(c) / least(node->inside))
        return naive_fail(c, NAIVE_TRUNCATED, OF(".size"), size_at);
    return naive_inside(c, node, token, read_value);
}

static bool read_map(naive_cursor *c, naive_node *node)
{
    size_t token = c->at, size_at;
    if (naive_left(c) < 2) return naive_fail(c, NAIVE_TRUNCATED, "binary.map", token);
    unsigned char key = c->bytes[c->at++], value = c->bytes[c->at++];
    node->key = kind_of(key);
    node->inside = kind_of(value);
    if (!read_size(c, "binary.map", "binary.map.size-negative", token, &size_at, &node->count)) return false;
    if (!node->key || !node->inside) {
        if (node->count > 0 || key != 0 || value != 0)
            return naive_fail(c, NAIVE_MALFORMED, node->count ? "binary.map.type" : "binary.map.type-empty",
                              node->key ? token + 1 : token);
    } else if (node->count > naive_left(c) / (least(node->key) + least(node->inside))) {
        return naive_fail(c, NAIVE_TRUNCATED, "binary.map.size", size_at);
    }
    return naive_inside(c, node, token, read_value);
}

static bool read_string(naive_cursor *c, naive_node *node)
{
    size_t token = c->at, size_at;
    if (!read_size(c, "binary.string.size", "binary.string.size-negative", token, &size_at, &node->count))
        return false;
    node->bytes = naive_bytes(c, node->count, "binary.string.size", token);
    return node->bytes != NULL;
}

static bool read_integer(naive_cursor *c, naive_node *node, unsigned bytes)
{
    unsigned long long value = 0;
    if (!big_endian(c, bytes, "binary.integer", c->at, &value)) return false;
    node->number = with_sign(value, (int)bytes * 8);
    return true;
}

static bool read_value(naive_cursor *c, naive_node *node)
{
    unsigned long long value = 0;
    switch (node->kind) {
    case '1': return read_integer(c, node, 1);
    case '2': return read_integer(c, node, 2);
    case '4': return read_integer(c, node, 4);
    case '8': return read_integer(c, node, 8);
    case 'd': return big_endian(c, 8, "binary.double", c->at, &node->bits);
    case 's': return read_string(c, node);
    case 'l':
    case 'e': return read_list(c, node);
    case 'm': return read_map(c, node);
    case 'r': return naive_binary_struct(c, node);
    case 't':
        if (!big_endian(c, 1, "binary.bool", c->at, &value)) return false;
        if (value > 1) naive_note(c->reading, "binary.bool.value");
        node->number = value != 0;
        return true;
    default: /* 'u' */ node->bytes = naive_bytes(c, 16, "binary.uuid", c->at); return node->bytes != NULL;
    }
}

bool naive_binary_struct(naive_cursor *c, naive_node *node)
{
    if (!naive_enter(c, c->at)) return false;
    naive_node **end = &node->first;
    for (;;) {
        size_t token = c->at;
        unsigned long long id = 0;
        if (naive_left(c) == 0) return naive_fail(c, NAIVE_TRUNCATED, "binary.struct.stop", token);
        unsigned char type = c->bytes[c->at++];
        if (type == 0) break;
        if (!kind_of(type)) return naive_fail(c, NAIVE_MALFORMED, "binary.field.type", token);
        if (!big_endian(c, 2, "binary.field", token, &id)) return false;
        *end = naive_new(c, kind_of(type));
        (*end)->id = (int)with_sign(id, 16);
        if (!read_value(c, *end)) return false;
        end = &(*end)->next;
        node->count++;
    }
    c->depth--;
    return true;
}

static bool read_kind(naive_cursor *c, unsigned char byte, size_t at)
{
    if (byte > 7) return naive_fail(c, NAIVE_MALFORMED, "binary.message.type-bits", at);
    if (byte < 1 || byte > 4) naive_note(c->reading, "message.type");
    c->reading->message_kind = byte;
    return true;
}

static bool read_name(naive_cursor *c, size_t size, size_t size_at)
{
    c->reading->name = naive_bytes(c, size, "binary.message.name", size_at);
    c->reading->name_len = size;
    return c->reading->name != NULL;
}

bool naive_binary_header(naive_cursor *c, bool strict_only)
{
    unsigned long long word = 0, sequence_id = 0;
    size_t size = 0, size_at = 0;
    if (!big_endian(c, 4, "binary.message.strict", 0, &word)) return false;
    if (word < 0x80000000u) {
        if (strict_only) return naive_fail(c, NAIVE_MALFORMED, "binary.message.old-refused", 0);
        c->reading->old = true;
        if (!read_name(c, (size_t)word, 0)) return false;
        if (naive_left(c) == 0) return naive_fail(c, NAIVE_TRUNCATED, "binary.message.old", c->at);
        c->at++;
        if (!read_kind(c, c->bytes[c->at - 1], c->at - 1)) return false;
    } else {
        if (word / 65536 != 0x8001) return naive_fail(c, NAIVE_MALFORMED, "binary.message.version", 0);
        if (!read_kind(c, (unsigned char)(word % 256), 3)) return false;
        if (!read_size(c, "binary.message.strict", "binary.message.name-negative", c->at, &size_at, &size))
            return false;
        if (!read_name(c, size, size_at)) return false;
    }
    if (!big_endian(c, 4, c->reading->old ? "binary.message.old" : "binary.message.strict", c->at,
                    &sequence_id))
        return false;
    c->reading->sequence_id = (int)with_sign(sequence_id, 32);
    return true;
}
