/* thrift-compact-protocol.md, one byte at a time. */
#include "fuzz/naive/inner.h"

static bool read_value(naive_cursor *c, naive_node *node);

/* The kind of elements; 0 for a nibble that is no type. */
static char kind_of(unsigned nibble)
{
    switch (nibble) {
    case 1:
    case 2: return 't';
    case 3: return '1';
    case 4: return '2';
    case 5: return '4';
    case 6: return '8';
    case 7: return 'd';
    case 8: return 's';
    case 9: return 'l';
    case 10: return 'e';
    case 11: return 'm';
    case 12: return 'r';
    case 13: return 'u';
    default: return 0;
    }
}

static unsigned least(char kind)
{
    return kind == 'd' ? 8 : kind == 'u' ? 16 : 1;
}

bool naive_varint(naive_cursor *c, int bits, const char *rule, unsigned long long *value)
{
    size_t token = c->at, most = bits == 16 ? 3 : bits == 32 ? 5 : 10;
    bool lost = false; /* bits beyond 64 */
    *value = 0;
    for (unsigned n = 0;; n++) {
        if (n == 10) return naive_fail(c, NAIVE_MALFORMED, "compact.varint.endless", token);
        if (naive_left(c) == 0) return naive_fail(c, NAIVE_TRUNCATED, rule, token);
        unsigned char byte = c->bytes[c->at++];
        unsigned long long part = byte % 128;
        if (n == 9 && part > 1) lost = true;
        *value |= part << (7 * n);
        if (byte >= 128) continue;
        if (lost) return naive_fail(c, NAIVE_MALFORMED, "compact.varint.overflow", token);
        if (n + 1 > most) return naive_fail(c, NAIVE_MALFORMED, "compact.varint.width", token);
        if (bits < 64 && *value >= 1ull << bits)
            return naive_fail(c, NAIVE_MALFORMED, "compact.varint.overflow", token);
        if (byte == 0 && n > 0) naive_note(c->reading, "compact.varint.minimal");
        return true;
    }
}

static long long zigzag(unsigned long long n)
{
    return n % 2 == 0 ? (long long)(n / 2) : -(long long)(n / 2) - 1;
}

static bool read_size(naive_cursor *c, const char *cut, const char *negative, size_t *at, size_t *size)
{
    unsigned long long value = 0;
    *at = c->at;
    if (!naive_varint(c, 32, cut, &value)) return false;
    if (value >= 0x80000000u) return naive_fail(c, NAIVE_MALFORMED, negative, *at);
    *size = (size_t)value;
    return true;
}

#define OF(TAIL) (node->kind == 'l' ? "compact.list" TAIL : "compact.set" TAIL)

static bool read_list(naive_cursor *c, naive_node *node)
{
    size_t token = c->at, size_at = token;
    if (naive_left(c) == 0) return naive_fail(c, NAIVE_TRUNCATED, OF(""), token);
    unsigned char head = c->bytes[c->at++];
    node->count = head / 16;
    if (node->count == 15 && !read_size(c, OF(""), OF(".size-negative"), &size_at, &node->count))
        return false;
    node->inside = kind_of(head % 16);
    if (!node->inside)
        return naive_fail(c, NAIVE_MALFORMED, node->count ? OF(".type") : OF(".type-empty"), token);
    if (node->count > naive_left(c) / least(node->inside))
        return naive_fail(c, NAIVE_TRUNCATED, OF(".size"), size_at);
    return naive_inside(c, node, token, read_value);
}

static bool read_map(naive_cursor *c, naive_node *node)
{
    size_t token;
    if (!read_size(c, "compact.map", "compact.map.size-negative", &token, &node->count)) return false;
    if (node->count > 0) {
        if (naive_left(c) == 0) return naive_fail(c, NAIVE_TRUNCATED, "compact.map", token);
        unsigned char types = c->bytes[c->at++];
        node->key = kind_of(types / 16);
        node->inside = kind_of(types % 16);
        if (!node->key || !node->inside) return naive_fail(c, NAIVE_MALFORMED, "compact.map.type", c->at - 1);
        if (node->count > naive_left(c) / (least(node->key) + least(node->inside)))
            return naive_fail(c, NAIVE_TRUNCATED, "compact.map.size", token);
    }
    return naive_inside(c, node, token, read_value);
}

static bool read_string(naive_cursor *c, naive_node *node)
{
    size_t token;
    if (!read_size(c, "compact.string.size", "compact.string.size-negative", &token, &node->count))
        return false;
    node->bytes = naive_bytes(c, node->count, "compact.string.size", token);
    return node->bytes != NULL;
}

static bool read_integer(naive_cursor *c, naive_node *node, int bits)
{
    unsigned long long value = 0;
    if (!naive_varint(c, bits, "compact.integer", &value)) return false;
    node->number = zigzag(value);
    return true;
}

static bool read_bool(naive_cursor *c, naive_node *node)
{
    const unsigned char *byte = naive_bytes(c, 1, "compact.bool.element", c->at);
    if (!byte) return false;
    if (*byte > 2) return naive_fail(c, NAIVE_MALFORMED, "compact.bool.element-value", c->at - 1);
    if (*byte == 0) naive_note(c->reading, "compact.bool.element-zero");
    node->number = *byte == 1;
    return true;
}

static bool read_value(naive_cursor *c, naive_node *node)
{
    switch (node->kind) {
    case '2': return read_integer(c, node, 16);
    case '4': return read_integer(c, node, 32);
    case '8': return read_integer(c, node, 64);
    case 't': return read_bool(c, node);
    case 's': return read_string(c, node);
    case 'l':
    case 'e': return read_list(c, node);
    case 'm': return read_map(c, node);
    case 'r': return naive_compact_struct(c, node);
    default: break;
    }
    size_t n = node->kind == '1' ? 1 : node->kind == 'd' ? 8 : 16;
    node->bytes = naive_bytes(c, n,
                              n == 1   ? "compact.i8"
                              : n == 8 ? "compact.double"
                                       : "compact.uuid",
                              c->at);
    if (!node->bytes) return false;
    if (n == 1) node->number = node->bytes[0] < 128 ? node->bytes[0] : node->bytes[0] - 256;
    if (n == 8)
        for (int i = 7; i >= 0; i--) node->bits = node->bits * 256 + node->bytes[i];
    return true;
}

/* The header of a field. *type 0: the struct ends. */
static bool read_field(naive_cursor *c, int *id, unsigned *type)
{
    size_t token = c->at;
    unsigned long long value = 0;
    if (naive_left(c) == 0) return naive_fail(c, NAIVE_TRUNCATED, "compact.struct.stop", token);
    unsigned char head = c->bytes[c->at++];
    *type = head % 16;
    if (*type == 0) {
        if (head != 0) naive_note(c->reading, "compact.struct.stop-nibble");
        return true;
    }
    if (*type > 13) return naive_fail(c, NAIVE_MALFORMED, "compact.field.type", token);
    long long next = *id + head / 16;
    if (head < 16) {
        if (!naive_varint(c, 32, "compact.field.long", &value)) return false;
        next = zigzag(value);
    }
    if (next < -32768 || next > 32767)
        return naive_fail(c, NAIVE_MALFORMED, "compact.field.id-overflow", token);
    *id = (int)next;
    return true;
}

bool naive_compact_struct(naive_cursor *c, naive_node *node)
{
    if (!naive_enter(c, c->at)) return false;
    naive_node **end = &node->first;
    int id = 0;
    for (;;) {
        unsigned type = 0;
        if (!read_field(c, &id, &type)) return false;
        if (type == 0) break;
        *end = naive_new(c, kind_of(type));
        (*end)->id = id;
        if (type <= 2)
            (*end)->number = type == 1;
        else if (!read_value(c, *end))
            return false;
        end = &(*end)->next;
        node->count++;
    }
    c->depth--;
    return true;
}

bool naive_compact_header(naive_cursor *c)
{
    naive_reading *r = c->reading;
    unsigned long long value = 0;
    size_t size_at;
    if (naive_left(c) == 0) return naive_fail(c, NAIVE_TRUNCATED, "compact.message", c->at);
    if (c->bytes[c->at] != 0x82) return naive_fail(c, NAIVE_MALFORMED, "compact.message.protocol-id", c->at);
    c->at++;
    if (naive_left(c) == 0) return naive_fail(c, NAIVE_TRUNCATED, "compact.message", c->at);
    if (c->bytes[c->at] % 32 != 1) return naive_fail(c, NAIVE_MALFORMED, "compact.message.version", c->at);
    r->message_kind = c->bytes[c->at++] / 32;
    if (r->message_kind < 1 || r->message_kind > 4) naive_note(r, "message.type");
    if (!naive_varint(c, 32, "compact.message.sequence-id", &value)) return false;
    r->sequence_id = (int)(value >= 0x80000000u ? (long long)value - 0x100000000ll : (long long)value);
    if (!read_size(c, "compact.message.name", "compact.message.name-negative", &size_at, &r->name_len))
        return false;
    r->name = naive_bytes(c, r->name_len, "compact.message.name", size_at);
    return r->name != NULL;
}
