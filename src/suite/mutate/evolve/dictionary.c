#include "suite/mutate/evolve/dictionary.h"

#include "suite/mutate/tree/boundary.h"
#include "wire/base/varint.h"

#include <stdio.h>

enum { ENTRIES_MOST = 512, BYTES_MOST = 20 };

typedef struct entry {
    uint8_t bytes[BYTES_MOST];
    size_t len;
} entry;

typedef struct dictionary {
    tw_buffer *to;
    entry entries[ENTRIES_MOST];
    size_t count;
} dictionary;

static bool is_known(const dictionary *d, tw_bytes bytes)
{
    for (size_t i = 0; i < d->count; i++)
        if (tw_bytes_equal(tw_bytes_of(d->entries[i].bytes, d->entries[i].len), bytes)) return true;
    return false;
}

/* A single byte is found without help; what does not fit is left out. */
static void add(dictionary *d, const char *name, int64_t value, tw_bytes bytes)
{
    char line[BYTES_MOST * 4 + 80];
    if (bytes.len < 2 || bytes.len > BYTES_MOST || d->count == ENTRIES_MOST || is_known(d, bytes)) return;
    entry *e = &d->entries[d->count++];
    memcpy(e->bytes, bytes.data, bytes.len);
    e->len = bytes.len;
    uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
    int n = snprintf(line, sizeof line, "%s%s%llu=\"", name, value < 0 ? "m" : "", (unsigned long long)size);
    for (size_t i = 0; i < bytes.len; i++)
        n += snprintf(line + n, sizeof line - (size_t)n, "\\x%02x", bytes.data[i]);
    snprintf(line + n, sizeof line - (size_t)n, "\"\n");
    tw_buffer_append(d->to, line, strlen(line));
}

static void add_big_endian(dictionary *d, const char *name, int64_t value, size_t width)
{
    uint8_t bytes[8];
    for (size_t i = 0; i < width; i++) bytes[i] = (uint8_t)((uint64_t)value >> (width - 1 - i) * 8);
    add(d, name, value, tw_bytes_of(bytes, width));
}

static void add_varint(dictionary *d, const char *name, int64_t value, uint64_t coded)
{
    uint8_t bytes[TW_VARINT_MAX];
    add(d, name, value, tw_bytes_of(bytes, tw_varint_write(bytes, coded)));
}

static void add_integers(dictionary *d)
{
    for (size_t i = 0; i < assay_boundary_table.integer_count; i++) {
        int64_t value = assay_boundary_table.integers[i];
        add_varint(d, "zigzag_", value, tw_zigzag_encode(value));
        if (value == (int16_t)value) add_big_endian(d, "i16_", value, 2);
        if (value == (int32_t)value)
            add_big_endian(d, "i32_", value, 4);
        else
            add_big_endian(d, "i64_", value, 8);
    }
}

static void add_sizes(dictionary *d)
{
    for (size_t i = 0; i < assay_boundary_table.size_count; i++) {
        uint32_t size = assay_boundary_table.sizes[i];
        uint8_t list[1 + TW_VARINT_MAX] = {0xf5}; /* a list of i32 in the long form */
        add_varint(d, "size_", size, size);
        add_big_endian(d, "size_be_", size, 4);
        add(d, "compact_list_", size, tw_bytes_of(list, 1 + tw_varint_write(list + 1, size)));
    }
    for (size_t i = 0; i < assay_boundary_table.lie_count; i++) {
        add_varint(d, "lie_", assay_boundary_table.lies[i], (uint32_t)assay_boundary_table.lies[i]);
        add_big_endian(d, "lie_be_", assay_boundary_table.lies[i], 4);
    }
}

static void add_fields(dictionary *d)
{
    for (size_t i = 0; i < assay_boundary_table.id_count; i++) {
        int16_t id = assay_boundary_table.ids[i];
        uint8_t binary[] = {0x08, (uint8_t)((uint16_t)id >> 8), (uint8_t)id};
        uint8_t compact[1 + TW_VARINT_MAX] = {0x05};
        add(d, "binary_field_", id, tw_bytes_of(binary, sizeof binary));
        add(d, "compact_field_", id,
            tw_bytes_of(compact, 1 + tw_varint_write(compact + 1, tw_zigzag_encode32(id))));
    }
}

static void add_doubles(dictionary *d)
{
    for (size_t i = 0; i < assay_boundary_table.double_count; i++) {
        uint64_t bits = assay_boundary_table.doubles[i];
        uint8_t little[8];
        for (unsigned k = 0; k < 8; k++) little[k] = (uint8_t)(bits >> k * 8);
        add(d, "double_le_", (int64_t)i, tw_bytes_of(little, 8));
        for (unsigned k = 0; k < 8; k++) little[k] = (uint8_t)(bits >> (56 - k * 8));
        add(d, "double_be_", (int64_t)i, tw_bytes_of(little, 8));
    }
}

static void add_strings(dictionary *d)
{
    for (size_t i = 0; i < assay_boundary_table.string_count; i++)
        add(d, "string_", (int64_t)i, assay_boundary_table.strings[i]);
}

/* Beginnings and ends of messages, streams and numbers. */
static void add_marks(dictionary *d)
{
#define MARK(name, bytes)                                                                                    \
    {                                                                                                        \
        name,                                                                                                \
        {                                                                                                    \
            (const uint8_t *)(bytes), sizeof(bytes) - 1                                                      \
        }                                                                                                    \
    }
    static const struct mark {
        const char *name;
        tw_bytes bytes;
    } marks[] = {
        MARK("strict_call_", "\x80\x01\x00\x01"),
        MARK("strict_reply_", "\x80\x01\x00\x02"),
        MARK("strict_exception_", "\x80\x01\x00\x03"),
        MARK("strict_oneway_", "\x80\x01\x00\x04"),
        MARK("strict_version_two_", "\x80\x02\x00\x01"),
        MARK("compact_call_", "\x82\x21"),
        MARK("compact_reply_", "\x82\x41"),
        MARK("compact_version_two_", "\x82\x22"),
        MARK("zlib_fast_", "\x78\x01"),
        MARK("zlib_", "\x78\x9c"),
        MARK("zlib_best_", "\x78\xda"),
        MARK("zlib_dictionary_", "\x78\xbb"),
        MARK("zlib_flush_", "\x00\x00\x00\xff\xff"),
        MARK("varint_padded_", "\x80\x00"),
        MARK("varint_padded_five_", "\x80\x80\x80\x80\x00"),
        MARK("varint_six_", "\x80\x80\x80\x80\x80\x00"),
        MARK("varint_above_", "\xff\xff\xff\xff\x1f"),
        MARK("varint_eleven_", "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00"),
        MARK("bool_list_one_", "\x19\x11"),
        MARK("bool_list_two_", "\x19\x12"),
        MARK("compact_structs_", "\x1c\x1c\x1c\x1c"),
        MARK("compact_lists_", "\x19\x19\x19\x19"),
        MARK("binary_structs_", "\x0c\x00\x01\x0c\x00\x01"),
    };
#undef MARK
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) add(d, marks[i].name, 0, marks[i].bytes);
}

tw_class assay_dictionary_write(tw_buffer *to)
{
    static const char begin[] =
        "# Boundary encodings, made from the mutator's table by `make dict`. Do not edit.\n";
    dictionary d = {.to = to, .count = 0};
    tw_buffer_append(to, begin, sizeof begin - 1);
    add_marks(&d);
    add_fields(&d);
    add_sizes(&d);
    add_integers(&d);
    add_doubles(&d);
    add_strings(&d);
    return to->failed ? TW_MEMORY : TW_OK;
}
