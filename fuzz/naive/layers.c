/* Transports: frames by hand, zlib by zlib. Each layer keeps all bytes that it was given and all that it made. */
#include "fuzz/naive/inner.h"

#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

enum { PIECE = 16384 };

/* A frame with a payload: where the payload begins in what was unwrapped. */
typedef struct frame {
    size_t begins;
} frame;

struct naive_layer {
    char kind; /* 's' the stream itself, 'f' framed, 'z' zlib */
    naive_layer *outer;
    size_t at; /* bytes of the outer layer that were taken */
    unsigned char *made;
    const unsigned char *lent; /* 's' */
    size_t len, capacity;
    frame *frames;
    size_t frame_count;
    z_stream z;
    int result;   /* of the last inflate */
    int place;    /* data_type behind the last byte: zlib forgets it in a call that does nothing */
    size_t given; /* bytes inflated for the present message */
    size_t most;
};

naive_layer *naive_layer_source(const unsigned char *bytes, size_t len)
{
    naive_layer *layer = calloc(1, sizeof *layer);
    if (!layer) abort();
    layer->kind = 's';
    layer->lent = bytes;
    layer->len = len;
    return layer;
}

naive_layer *naive_layer_open(const char *name, size_t len, naive_layer *outer, size_t most)
{
    bool framed = len == 6 && memcmp(name, "framed", 6) == 0, zlib = len == 4 && memcmp(name, "zlib", 4) == 0;
    if (!framed && !zlib) return NULL;
    naive_layer *layer = calloc(1, sizeof *layer);
    if (!layer) abort();
    layer->kind = framed ? 'f' : 'z';
    layer->outer = outer;
    layer->most = most;
    if (zlib && inflateInit(&layer->z) != Z_OK) abort();
    return layer;
}

void naive_layer_close(naive_layer *layer)
{
    if (!layer) return;
    naive_layer_close(layer->outer);
    if (layer->kind == 'z') inflateEnd(&layer->z);
    free(layer->made);
    free(layer->frames);
    free(layer);
}

const unsigned char *naive_layer_bytes(const naive_layer *layer, size_t *len)
{
    *len = layer->len;
    return layer->kind == 's' ? layer->lent : layer->made;
}

static void make(naive_layer *layer, const unsigned char *bytes, size_t n)
{
    if (layer->len + n > layer->capacity) {
        layer->capacity = (layer->len + n) * 2;
        layer->made = realloc(layer->made, layer->capacity);
        if (!layer->made) abort();
    }
    if (n) memcpy(layer->made + layer->len, bytes, n);
    layer->len += n;
}

static naive_verdict say(naive_reading *reading, naive_verdict verdict, const char *layer, const char *rule,
                         size_t offset)
{
    reading->verdict = verdict;
    reading->layer = layer;
    reading->rule = rule;
    reading->offset = offset;
    return verdict;
}

static naive_verdict more_framed(naive_layer *layer, naive_reading *reading)
{
    for (;;) {
        size_t len;
        const unsigned char *in = naive_layer_bytes(layer->outer, &len);
        size_t left = len - layer->at;
        size_t size = 0;
        for (size_t i = 0; left >= 4 && i < 4; i++) size = size * 256 + in[layer->at + i];
        if (left >= 4 && size >= 0x80000000u)
            return say(reading, NAIVE_MALFORMED, "framed", "framed.negative", layer->at);
        if (left >= 4 && size > NAIVE_FRAME)
            return say(reading, NAIVE_LIMIT, "framed", "framed.limit", layer->at);
        if (left >= 4 && left - 4 >= size) {
            layer->at += 4 + size;
            if (size == 0) continue;
            layer->frames = realloc(layer->frames, (layer->frame_count + 1) * sizeof *layer->frames);
            if (!layer->frames) abort();
            layer->frames[layer->frame_count++].begins = layer->len;
            make(layer, in + layer->at - size, size);
            return NAIVE_OK;
        }
        naive_verdict verdict = naive_layer_more(layer->outer, reading);
        if (verdict != NAIVE_OK) return verdict;
    }
}

static naive_verdict judge_zlib(const naive_layer *layer, naive_reading *reading, bool left)
{
    const char *why = layer->z.msg;
    if (layer->result == Z_STREAM_END)
        return left ? say(reading, NAIVE_MALFORMED, "zlib", "zlib.after-end", layer->at) : NAIVE_OK;
    if (layer->result == Z_NEED_DICT) return say(reading, NAIVE_MALFORMED, "zlib", "zlib.dictionary", 0);
    if (layer->result != Z_DATA_ERROR) return NAIVE_OK;
    if (layer->at <= 2) return say(reading, NAIVE_MALFORMED, "zlib", "zlib.header", 0);
    if (why && strcmp(why, "incorrect data check") == 0)
        return say(reading, NAIVE_MALFORMED, "zlib", "zlib.checksum", layer->at - 4);
    return say(reading, NAIVE_MALFORMED, "zlib", "zlib.data", layer->at - 1);
}

/* One byte after the other goes in, until something comes out. */
static naive_verdict more_zlib(naive_layer *layer, naive_reading *reading)
{
    static const unsigned char nothing;
    unsigned char piece[PIECE];
    if (layer->given >= NAIVE_MESSAGE) return say(reading, NAIVE_LIMIT, "zlib", "zlib.limit", layer->at);
    if (layer->len >= layer->most) return say(reading, NAIVE_TOO_LARGE, "zlib", "", layer->at);
    for (;;) {
        size_t len, room = NAIVE_MESSAGE - layer->given < PIECE ? NAIVE_MESSAGE - layer->given : PIECE;
        const unsigned char *in = naive_layer_bytes(layer->outer, &len);
        layer->z.next_out = piece;
        layer->z.avail_out = (unsigned)room;
        layer->z.avail_in = 0;
        layer->z.next_in = &nothing;
        if (layer->result == Z_OK || layer->result == Z_BUF_ERROR) {
            layer->result = inflate(&layer->z, Z_NO_FLUSH);
            if (layer->z.avail_out < room) layer->place = layer->z.data_type;
            while ((layer->result == Z_OK || layer->result == Z_BUF_ERROR) && layer->at < len &&
                   layer->z.avail_out > 0) {
                layer->z.next_in = in + layer->at;
                layer->z.avail_in = 1;
                layer->result = inflate(&layer->z, Z_NO_FLUSH);
                if (layer->z.avail_in == 0) layer->at++;
                layer->place = layer->z.data_type;
            }
        }
        size_t n = room - layer->z.avail_out;
        if (n > 0) {
            make(layer, piece, n);
            layer->given += n;
            return NAIVE_OK;
        }
        naive_verdict verdict = judge_zlib(layer, reading, layer->at < len);
        if (verdict == NAIVE_OK) verdict = naive_layer_more(layer->outer, reading);
        if (verdict != NAIVE_OK) return verdict;
    }
}

naive_verdict naive_layer_more(naive_layer *layer, naive_reading *reading)
{
    if (layer->kind == 's') return NAIVE_END;
    return layer->kind == 'f' ? more_framed(layer, reading) : more_zlib(layer, reading);
}

/* The end of what came is a flush: an empty stored block, and no bits of another one. */
static bool at_flush(const naive_layer *layer, const unsigned char *in)
{
    static const unsigned char mark[4] = {0, 0, 255, 255};
    if (layer->at < 4 || memcmp(in + layer->at - 4, mark, 4) != 0) return false;
    return (layer->place & 511) == 128;
}

bool naive_layer_rest(const naive_layer *layer, naive_reading *reading)
{
    if (layer->kind == 's') return true;
    if (!naive_layer_rest(layer->outer, reading)) return false;
    size_t len;
    const unsigned char *in = naive_layer_bytes(layer->outer, &len);
    if (layer->kind == 'f') {
        if (layer->at == len) return true;
        say(reading, NAIVE_TRUNCATED, "framed", "framed.truncated", layer->at);
        return false;
    }
    if (layer->at == 0 || layer->result == Z_STREAM_END || at_flush(layer, in)) return true;
    say(reading, NAIVE_TRUNCATED, "zlib", "zlib.truncated", layer->at);
    return false;
}

void naive_layer_message(naive_layer *layer, size_t used)
{
    if (layer->kind == 'z') layer->given = layer->len - used;
    if (layer->outer) naive_layer_message(layer->outer, layer->at);
}

size_t naive_layer_taken(const naive_layer *layer, size_t used)
{
    if (layer->kind == 's') return used;
    return layer->kind == 'f' ? naive_layer_taken(layer->outer, layer->at) : (size_t)-1;
}

void naive_layer_notes(const naive_layer *layer, size_t from, size_t to, naive_reading *reading)
{
    if (layer->kind != 'f') return;
    bool starts = false;
    for (size_t i = 0; i < layer->frame_count; i++) {
        size_t begins = layer->frames[i].begins;
        if (begins == from) starts = true;
        if (begins > from && begins < to) naive_note(reading, "framed.message-split");
    }
    if (!starts) naive_note(reading, "framed.leftover");
}
