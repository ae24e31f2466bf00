#include "wire/base/fault.h"
#include "wire/transport/transport.h"

#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

#define HEADER_SIZE 2u
#define CHECKSUM_SIZE 4u
/* More than a flush adds to deflateBound, and enough for zlib not to repeat the flush in the next call. */
#define FLUSH_ROOM 16u

/* Room that is made at once for what comes out of zlib. */
#define STEP 65536u

/* zlib frees blocks without telling their size, our allocator wants it: it stands in front of each block. */
#define SIZE_ROOM 16u

static void *zlib_take(void *opaque, unsigned count, unsigned size)
{
    const tw_alloc *alloc = opaque;
    size_t total = (size_t)count * size + SIZE_ROOM; /* 64 bits hold the product of two 32-bit numbers */
    uint8_t *block = tw_resize(alloc, NULL, 0, total);
    if (!block) return NULL;
    memcpy(block, &total, sizeof total);
    return block + SIZE_ROOM;
}

static void zlib_give(void *opaque, void *address)
{
    uint8_t *block = (uint8_t *)address - SIZE_ROOM;
    size_t total;
    memcpy(&total, block, sizeof total);
    tw_resize(opaque, block, total, 0);
}

static void use_alloc(z_stream *z, const tw_alloc *alloc)
{
    z->zalloc = zlib_take;
    z->zfree = zlib_give;
    z->opaque = (void *)(uintptr_t)alloc;
}

/* Reading. */

typedef struct zlib_reader {
    z_stream z;
    const tw_limits *limits;
    bool open;
    bool flushed;    /* all that came ends at a flush point */
    bool ended;      /* the stream's end came, checksum and all */
    bool full;       /* the last call used all its room: there may be more without further input */
    uint64_t offset; /* compressed bytes taken */
    uint32_t tail;   /* the last four of them */
    uint64_t given;  /* inflated bytes that the present message was given */
    tw_error error;  /* sticks; reported when what was inflated before it is used up */
} zlib_reader;

static tw_class reader_open(void *reader, const tw_limits *limits, const tw_alloc *alloc)
{
    zlib_reader *r = reader;
    r->limits = limits;
    use_alloc(&r->z, alloc);
    r->open = inflateInit(&r->z) == Z_OK;
    TW_WHEN_FAULT(ZLIB_WINDOW_OF_16_KIB, inflateReset2(&r->z, MAX_WBITS - 1););
    TW_WHEN_FAULT(ZLIB_GZIP_ACCEPTED, inflateReset2(&r->z, MAX_WBITS + 32););
    return r->open ? TW_OK : TW_MEMORY;
}

static void reader_close(void *reader)
{
    zlib_reader *r = reader;
    if (r->open) inflateEnd(&r->z);
    r->open = false;
}

static tw_class fail(zlib_reader *r, tw_class cls, tw_rule rule, uint64_t offset)
{
    r->error = (tw_error){.cls = cls, .rule = rule, .layer = tw_zlib.name, .offset = offset};
    return cls;
}

/* zlib tells its data errors apart by their text alone. Nothing but the header is judged within two bytes. */
static void fail_data(zlib_reader *r)
{
    if (r->offset <= HEADER_SIZE) {
        fail(r, TW_MALFORMED, TW_RULE_ZLIB_HEADER, 0);
    } else if (TW_FAULT_AND(ZLIB_DATA_ERROR_ENDS,
                            !r->z.msg || strcmp(r->z.msg, "incorrect data check") != 0)) {
        r->ended = true;
    } else if (!r->z.msg || strcmp(r->z.msg, "incorrect data check") != 0) {
        fail(r, TW_MALFORMED, TW_RULE_ZLIB_DATA, r->offset - 1);
    } else if (TW_FAULT(ZLIB_CHECKSUM_IGNORED)) {
        r->ended = true;
    } else {
        fail(r, TW_MALFORMED, TW_RULE_ZLIB_CHECKSUM, r->offset - CHECKSUM_SIZE);
    }
}

static void judge(zlib_reader *r, int result)
{
    switch (result) {
    case Z_OK:
    case Z_BUF_ERROR: break; /* no progress without more input or room */
    case Z_STREAM_END:
        r->ended = true;
        TW_WHEN_FAULT(ZLIB_SECOND_STREAM_READ, inflateReset(&r->z); r->ended = false; r->flushed = true;
                      r->offset = 0;);
        break;
    case Z_NEED_DICT:
        TW_WHEN_FAULT(ZLIB_DICTIONARY_IGNORED, inflateReset2(&r->z, -MAX_WBITS); break;);
        fail(r, TW_MALFORMED, TW_RULE_ZLIB_DICTIONARY, 0);
        break;
    case Z_MEM_ERROR: fail(r, TW_MEMORY, TW_RULE_NONE, r->offset); break;
    default: fail_data(r); break;
    }
}

/* One call of inflate. Returns its result and adds to *taken. */
static int inflate_some(zlib_reader *r, tw_bytes in, size_t most, size_t *taken)
{
    size_t left = in.len - *taken;
    uInt given = (uInt)(left < most ? left : most);
    uInt room = r->z.avail_out;
    r->z.next_in = given ? in.data + *taken : NULL;
    r->z.avail_in = given;
    int result = inflate(&r->z, Z_NO_FLUSH);
    size_t used = given - r->z.avail_in;
    for (size_t i = used < 4 ? 0 : used - 4; i < used; i++) r->tail = r->tail << 8 | in.data[*taken + i];
    *taken += used;
    r->offset += used;
    if (used > 0 || r->z.avail_out < room) {
        /* A flush ends with an empty stored block. Behind it zlib stands between two blocks with no bits left
         * over. */
        r->flushed = (r->z.data_type & 0x1ff) == 128 && r->tail == 0x0000ffff;
    }
    return result;
}

static uint64_t limit_of(const zlib_reader *r)
{
    uint64_t limit = r->limits->message;
    TW_WHEN_FAULT(ZLIB_LIMIT_OFF_BY_ONE, if (limit < UINT64_MAX) return limit + 1;);
    TW_WHEN_FAULT(ZLIB_LIMIT_ONE_LESS, return limit - 1;);
    TW_WHEN_FAULT(ZLIB_LIMIT_UNCHECKED, return UINT64_MAX;);
    return limit;
}

/* Inflates up to `want` bytes. False when nothing was made or taken. */
static bool step(zlib_reader *r, tw_bytes in, size_t want, size_t *taken, tw_buffer *out)
{
    uint64_t room = limit_of(r) - r->given;
    size_t n = want < STEP ? want : STEP;
    /* How far zlib reads ahead of what it has room for depends on the pieces that it is given. Where the
     * message limit may be met it gets single bytes, and stops at the same one whatever the pieces. */
    bool careful = room <= n || TW_FAULT(ZLIB_STATE_PER_MESSAGE);
    if (room < n) n = (size_t)room;
    uint8_t *to = tw_buffer_reserve(out, n);
    if (!to) {
        fail(r, TW_MEMORY, TW_RULE_NONE, r->offset);
        return false;
    }
    r->z.next_out = to;
    r->z.avail_out = (uInt)n;
    int result = Z_OK;
    /* What zlib still holds comes out without further input. */
    if (r->full && (careful || in.len == 0)) result = inflate_some(r, in, 0, taken);
    while ((result == Z_OK || result == Z_BUF_ERROR) && r->z.avail_out > 0 && *taken < in.len) {
        result = inflate_some(r, in, careful ? 1 : UINT32_MAX, taken);
        TW_WHEN_FAULT(ZLIB_STATE_PER_MESSAGE, if (r->flushed && r->z.avail_out < n) break;);
    }
    size_t made = n - r->z.avail_out;
    out->len += made;
    r->given += made;
    r->full = r->z.avail_out == 0;
    judge(r, result);
    return made > 0 || *taken > 0;
}

#ifdef TW_FAULTS
/* Whether the stream's end is among these bytes: only asked under ZLIB_WAITS_FOR_END. */
static bool ends_within(const zlib_reader *r, tw_bytes in)
{
    z_stream trial;
    uint8_t scratch[1024];
    if (inflateCopy(&trial, (z_stream *)(uintptr_t)&r->z) != Z_OK) return true;
    trial.next_in = in.data;
    trial.avail_in = (uInt)in.len;
    int result;
    do {
        trial.next_out = scratch;
        trial.avail_out = sizeof scratch;
        result = inflate(&trial, Z_NO_FLUSH);
    } while (result == Z_OK);
    inflateEnd(&trial);
    return result == Z_STREAM_END;
}
#endif

static tw_class zlib_read(void *reader, tw_bytes in, size_t want, size_t *taken, tw_buffer *out,
                          tw_error *error)
{
    zlib_reader *r = reader;
    *taken = 0;
    if (r->given >= limit_of(r)) {
        *error = (tw_error){
            .cls = TW_LIMIT, .rule = TW_RULE_ZLIB_LIMIT, .layer = tw_zlib.name, .offset = r->offset};
        return TW_LIMIT;
    }
    TW_WHEN_FAULT(
        ZLIB_RAW_DEFLATE_ACCEPTED,
        if (r->offset == 0 && in.len > 0 && (in.data[0] & 15) != 8) { inflateReset2(&r->z, -MAX_WBITS); });
    bool waits = TW_FAULT_AND(ZLIB_WAITS_FOR_END, !r->ended && !ends_within(r, in));
    TW_WHEN_FAULT(ZLIB_BEHIND_END_DROPPED, if (r->ended) in.len = 0;);
    TW_WHEN_FAULT(ZLIB_DATA_ERROR_ENDS, if (r->ended) in.len = 0;);
    if (r->error.cls == TW_OK && !r->ended && !waits && (in.len > 0 || r->full)) {
        if (step(r, in, want, taken, out)) return TW_OK;
    }
    if (r->ended && in.len > 0) fail(r, TW_MALFORMED, TW_RULE_ZLIB_AFTER_END, r->offset);
    if (r->error.cls != TW_OK) {
        *error = r->error;
        return error->cls;
    }
    *error = (tw_error){
        .cls = TW_TRUNCATED, .rule = TW_RULE_ZLIB_TRUNCATED, .layer = tw_zlib.name, .offset = r->offset};
    return TW_TRUNCATED;
}

static bool reader_at_rest(const void *reader)
{
    const zlib_reader *r = reader;
    TW_WHEN_FAULT(ZLIB_FLUSHED_IS_CUT, return r->offset == 0 || r->ended;);
    TW_WHEN_FAULT(ZLIB_CUT_IS_AN_END, return true;);
    return r->offset == 0 || r->flushed || r->ended;
}

static void reader_next_message(void *reader, size_t ahead)
{
    zlib_reader *r = reader;
    r->given = ahead;
    TW_WHEN_FAULT(ZLIB_STATE_PER_MESSAGE, inflateReset(&r->z););
}

/* Writing. */

typedef struct zlib_writer {
    z_stream z;
    bool open;
} zlib_writer;

static tw_class writer_open(void *writer, const tw_alloc *alloc)
{
    zlib_writer *w = writer;
    use_alloc(&w->z, alloc);
    w->open = deflateInit(&w->z, Z_DEFAULT_COMPRESSION) == Z_OK;
    return w->open ? TW_OK : TW_MEMORY;
}

static void writer_close(void *writer)
{
    zlib_writer *w = writer;
    if (w->open) deflateEnd(&w->z);
    w->open = false;
}

/* Deflates what is in avail_in, with that flush behind it. */
static tw_class deflate_piece(zlib_writer *w, int flush, tw_buffer *out)
{
    do {
        uLong most = deflateBound(&w->z, w->z.avail_in) + FLUSH_ROOM;
        size_t room = most < STEP ? most : STEP;
        w->z.next_out = tw_buffer_reserve(out, room);
        if (!w->z.next_out) return TW_MEMORY;
        w->z.avail_out = (uInt)room;
        if (deflate(&w->z, flush) == Z_STREAM_ERROR) return TW_USAGE; /* behind finish */
        out->len += room - w->z.avail_out;
    } while (w->z.avail_out == 0);
    return TW_OK;
}

static tw_class zlib_write(void *writer, tw_bytes unit, tw_buffer *out)
{
    zlib_writer *w = writer;
    TW_WHEN_FAULT(ZLIB_STATE_PER_MESSAGE, deflateReset(&w->z););
    tw_class cls = TW_OK;
    while (cls == TW_OK && unit.len > UINT32_MAX) {
        w->z.next_in = unit.data;
        w->z.avail_in = UINT32_MAX;
        cls = deflate_piece(w, Z_NO_FLUSH, out);
        unit = tw_bytes_of(unit.data + UINT32_MAX, unit.len - UINT32_MAX);
    }
    if (cls != TW_OK) return cls;
    w->z.next_in = unit.data;
    w->z.avail_in = (uInt)unit.len;
    TW_WHEN_FAULT(ZLIB_WRITE_NOT_FLUSHED, return deflate_piece(w, Z_NO_FLUSH, out););
    TW_WHEN_FAULT(ZLIB_WRITE_FINISHED, return deflate_piece(w, Z_FINISH, out););
    return deflate_piece(w, Z_SYNC_FLUSH, out);
}

static tw_class zlib_finish(void *writer, tw_buffer *out)
{
    zlib_writer *w = writer;
    w->z.next_in = NULL;
    w->z.avail_in = 0;
    return deflate_piece(w, Z_FINISH, out);
}

const tw_transport tw_zlib = {
    .name = "zlib",
    .reader_size = sizeof(zlib_reader),
    .writer_size = sizeof(zlib_writer),
    .rule_split = TW_RULE_NONE,
    .rule_leftover = TW_RULE_NONE,
    .reads_ahead = true,
    .reader_open = reader_open,
    .reader_close = reader_close,
    .read = zlib_read,
    .reader_at_rest = reader_at_rest,
    .reader_next_message = reader_next_message,
    .writer_open = writer_open,
    .writer_close = writer_close,
    .write = zlib_write,
    .finish = zlib_finish,
};
