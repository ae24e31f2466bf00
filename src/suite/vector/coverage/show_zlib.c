/* A zlib stream: its header, its blocks, how it ends. zlib's inflate stops between blocks (Z_BLOCK), where the
 * bits that come next are the next block's header. */
#include "suite/vector/coverage/show.h"

#include <string.h>
#include <zlib.h>

enum { OUT_SIZE = 1 << 16 };

typedef struct blocks {
    assay_coverage *coverage;
    z_stream z;
    tw_bytes stream;
    bool shows;      /* blocks are shown */
    int type, final; /* of the block that is read; type -1 before the first */
    uint64_t began;  /* bytes that came out before it */
    int marker;      /* the type of the last block where that was empty, else -1 */
    bool ended;
} blocks;

static uint16_t window_bits(uint8_t cmf)
{
    return (uint16_t)((cmf >> 4) + 8);
}

static void show_header(assay_coverage *coverage, tw_bytes stream)
{
    static const char *const windows[] = {"8", "9", "10", "11", "12", "13", "14", "15"};
    static const char *const levels[] = {"0", "1", "2", "3"};
    if (stream.len < 2) return;
    assay_coverage_mark(coverage, "zlib/header", "window", windows[(window_bits(stream.data[0]) - 8) & 7]);
    assay_coverage_mark(coverage, "zlib/header", "level", levels[stream.data[1] >> 6]);
}

static bool is_raw_deflate(tw_bytes stream)
{
    uint8_t out[64];
    z_stream z = {.next_in = (Bytef *)(uintptr_t)stream.data, .avail_in = (uInt)(stream.len & 0xffff)};
    if (inflateInit2(&z, -15) != Z_OK) return false;
    int code = Z_OK;
    while (code == Z_OK && z.avail_in > 0) {
        z.next_out = out;
        z.avail_out = sizeof out;
        code = inflate(&z, Z_NO_FLUSH);
    }
    bool raw = (code == Z_OK || code == Z_STREAM_END) && z.total_out > 0;
    inflateEnd(&z);
    return raw;
}

static void show_header_fault(assay_coverage *coverage, tw_bytes stream)
{
    uint8_t cmf = stream.len > 0 ? stream.data[0] : 0, flags = stream.len > 1 ? stream.data[1] : 0;
    bool checks = ((unsigned)cmf << 8 | flags) % 31 == 0;
    const char *word = "check";
    if (cmf == 0x1f && flags == 0x8b)
        word = "gzip";
    else if (checks && (cmf & 15) != 8)
        word = "method";
    else if (checks && window_bits(cmf) > 15)
        word = "window";
    else if (!checks && (cmf & 15) != 8 && is_raw_deflate(stream))
        word = "raw";
    assay_coverage_mark(coverage, "zlib/header", "fault", word);
}

/* zlib's own words for what is wrong with the blocks. */
static void show_data_fault(blocks *b)
{
    static const struct {
        const char *message, *word;
    } rows[] = {{"invalid block type", "block-type"},
                {"invalid stored block lengths", "stored-length"},
                {"too many length or distance symbols", "code-lengths"},
                {"invalid code lengths set", "code-lengths"},
                {"invalid bit length repeat", "code-lengths"},
                {"invalid code -- missing end-of-block", "code-lengths"},
                {"invalid literal/lengths set", "code-lengths"},
                {"invalid distances set", "code-lengths"},
                {"invalid literal/length code", "literal-code"},
                {"invalid distance code", "distance-code"},
                {"invalid distance too far back", "too-far-back"}};
    for (size_t i = 0; b->z.msg && i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].message, b->z.msg) == 0)
            assay_coverage_mark(b->coverage, "zlib/fault", "data", rows[i].word);
    if (b->z.msg && strcmp(b->z.msg, "invalid block type") == 0)
        assay_coverage_mark(b->coverage, "zlib/block", "reserved", "refused");
}

static void end_block(blocks *b)
{
    static const char *const types[] = {"stored", "fixed", "dynamic"};
    if (b->type < 0 || b->type > 2) return;
    if (b->shows) assay_coverage_mark(b->coverage, "zlib/block", types[b->type], b->final ? "final" : "open");
    b->marker = b->z.total_out == b->began ? b->type : -1;
    if (b->shows && b->marker == 0 && !b->final)
        assay_coverage_mark(b->coverage, "zlib/flush", "marker", "sync");
    if (b->shows && b->marker == 1 && !b->final)
        assay_coverage_mark(b->coverage, "zlib/flush", "marker", "partial");
}

/* Between two blocks: the three bits that come next. */
static void begin_block(blocks *b)
{
    unsigned unused = (unsigned)b->z.data_type & 7, bits = 0;
    const uint8_t *next = b->z.next_in;
    if (unused > 0) bits = (unsigned)next[-1] >> (8 - unused);
    if (unused < 3 && b->z.avail_in > 0) bits |= (unsigned)*next << unused;
    bool known = unused >= 3 || b->z.avail_in > 0;
    b->type = known ? (int)(bits >> 1 & 3) : -1;
    b->final = known ? (int)(bits & 1) : 0;
    b->began = b->z.total_out;
}

static int inflate_blocks(blocks *b)
{
    static const size_t most = (size_t)1 << 30;
    uint8_t out[OUT_SIZE];
    int code = Z_OK;
    while (code == Z_OK && b->z.total_out < most) {
        b->z.next_out = out;
        b->z.avail_out = sizeof out;
        code = inflate(&b->z, Z_BLOCK);
        bool between = b->z.data_type & 128 && b->z.avail_out > 0;
        if ((code == Z_OK && between) || code == Z_STREAM_END) {
            end_block(b);
            b->type = -1;
        }
        if (code == Z_OK && between && !(b->z.data_type & 64)) begin_block(b);
    }
    return code;
}

static void show_end(blocks *b, int code, const tw_error *fault)
{
    if (code == Z_STREAM_END) {
        bool more = b->z.avail_in > 0;
        bool stream = b->z.avail_in > 1 && (b->z.next_in[0] & 15) == 8 &&
                      ((unsigned)b->z.next_in[0] << 8 | b->z.next_in[1]) % 31 == 0;
        assay_coverage_mark(b->coverage, "zlib/behind", "end",
                            stream ? "stream"
                            : more ? "bytes"
                                   : "nothing");
        if (!b->shows) return;
        assay_coverage_mark(b->coverage, "zlib/flush", "marker", "finish");
        assay_coverage_mark(b->coverage, "zlib/checksum", "adler", "right");
    } else if (b->shows && !fault && b->marker < 0) {
        assay_coverage_mark(b->coverage, "zlib/flush", "marker", "none");
    }
}

static void show_fault(blocks *b, const tw_error *fault)
{
    switch (fault->rule) {
    case TW_RULE_ZLIB_HEADER: show_header_fault(b->coverage, b->stream); break;
    case TW_RULE_ZLIB_DICTIONARY:
        assay_coverage_mark(b->coverage, "zlib/header", "fault", "dictionary");
        break;
    case TW_RULE_ZLIB_CHECKSUM: assay_coverage_mark(b->coverage, "zlib/checksum", "adler", "wrong"); break;
    case TW_RULE_ZLIB_DATA: show_data_fault(b); break;
    case TW_RULE_ZLIB_LIMIT: assay_coverage_mark(b->coverage, "zlib/inflated", "bytes", "over"); break;
    case TW_RULE_ZLIB_TRUNCATED:
        if (b->stream.len < 2)
            assay_coverage_mark(b->coverage, "zlib/header", "fault", b->stream.len ? "cut" : "absent");
        else
            assay_coverage_mark(b->coverage, "zlib/cut", "in", b->ended ? "checksum" : "block");
        break;
    default: break;
    }
}

void assay_show_zlib(assay_coverage *coverage, tw_bytes stream, const tw_error *fault, bool taken)
{
    blocks b = {.coverage = coverage, .stream = stream, .shows = taken, .type = -1, .marker = -1};
    b.z.next_in = (Bytef *)(uintptr_t)stream.data;
    b.z.avail_in = (uInt)(stream.len & 0x7fffffff);
    if (inflateInit(&b.z) != Z_OK) {
        coverage->failed = true;
        return;
    }
    if (taken) show_header(coverage, stream);
    int code = inflate_blocks(&b);
    b.ended = b.z.data_type & 64;
    show_end(&b, code, fault);
    if (taken) assay_coverage_number(coverage, "zlib/inflated", "bytes", (int64_t)b.z.total_out);
    if (fault) show_fault(&b, fault);
    inflateEnd(&b.z);
}
