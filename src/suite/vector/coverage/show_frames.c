/* Frames, and what of the units in them stands where. */
#include "suite/vector/coverage/show.h"

#include "suite/mutate/units.h"

#include <string.h>

enum { HEADER = 4 };

typedef struct frames {
    assay_coverage *coverage;
    const char *unit; /* "struct", "message" */
    const assay_shown_unit *units;
    size_t unit_count;
    size_t at;       /* in the stream */
    size_t carried;  /* bytes of payload in front */
    bool any, empty; /* a frame with a payload was seen; the last one was empty */
} frames;

static uint32_t length_at(tw_bytes stream, size_t at)
{
    const uint8_t *p = stream.data + at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* What stands at a place inside a unit. */
typedef struct spot {
    size_t at;
    const char *what;
} spot;

static bool see_part(void *context, size_t base, const tw_envelope_part *part, const tw_envelope *envelope)
{
    (void)envelope;
    spot *s = context;
    if (s->at > base && s->at <= base + part->offset + part->len) s->what = "message-header";
    return !s->what;
}

static bool see_token(void *context, size_t base, const tw_token *token)
{
    spot *s = context;
    size_t end = base + token->offset + token->len;
    if (s->at >= end) return true;
    if (s->at > base + token->offset) {
        bool string = token->kind == TW_TOKEN_STRING || token->kind == TW_TOKEN_SIZE;
        s->what = token->kind == TW_TOKEN_FIELD ? "field-header" : string ? "string" : "value";
    }
    return false;
}

static void show_split(const frames *f, const tw_stack *stack, tw_unit unit, tw_bytes payload)
{
    spot s = {f->carried, NULL};
    assay_units_walker walker = {see_part, see_token, &s};
    assay_coverage_mark(f->coverage, "framed/unit", f->unit, "split");
    assay_units_walk(stack, payload, unit, SIZE_MAX, &walker);
    if (s.what) assay_coverage_mark(f->coverage, "framed/split", "in", s.what);
}

/* Where units begin and end in a frame that carries [begin, end) of the payload. */
static void show_units(const frames *f, const tw_stack *stack, tw_unit unit, tw_bytes payload, size_t begin,
                       size_t end)
{
    size_t begun = 0;
    for (size_t i = 0; i < f->unit_count; i++) {
        const assay_shown_unit *u = &f->units[i];
        if (u->at >= begin && u->at < end) begun++;
        if (u->at == begin && u->end == end)
            assay_coverage_mark(f->coverage, "framed/unit", f->unit, "whole");
        if (u->at < begin && u->end > begin) show_split(f, stack, unit, payload);
    }
    if (begun > 1) assay_coverage_mark(f->coverage, "framed/unit", f->unit, "two-in-one");
    const assay_shown_unit *last = f->unit_count ? &f->units[f->unit_count - 1] : NULL;
    if (last && last->end > begin && last->end < end)
        assay_coverage_mark(f->coverage, "framed/unit", f->unit, "bytes-behind");
}

static void show_frame(frames *f, const tw_stack *stack, tw_unit unit, tw_bytes payload, uint32_t length)
{
    assay_coverage_number(f->coverage, "framed/length", "bytes", length);
    if (length > 0) {
        if (f->empty)
            assay_coverage_mark(f->coverage, "framed/empty", "frame", f->any ? "between" : "before");
        show_units(f, stack, unit, payload, f->carried, f->carried + length);
        f->any = true;
    }
    f->empty = length == 0;
    f->carried += length;
    f->at += HEADER + length;
}

/* The frame that is refused, or cut. */
static void show_fault(const frames *f, tw_bytes stream, const tw_error *fault)
{
    size_t at = fault->offset < stream.len ? (size_t)fault->offset : stream.len, left = stream.len - at;
    static const char *const cut[] = {"0", "1", "2", "3"};
    if (left < HEADER) {
        assay_coverage_mark(f->coverage, "framed/cut", "header", cut[left]);
        return;
    }
    uint32_t length = length_at(stream, at);
    left -= HEADER;
    assay_coverage_number(f->coverage, "framed/length", "bytes", (int32_t)length);
    if (fault->cls != TW_TRUNCATED) return;
    assay_coverage_mark(f->coverage, "framed/length", "bytes", length == left + 1 ? "rest+1" : "beyond");
    assay_coverage_mark(f->coverage, "framed/cut", "payload",
                        left == 0            ? "absent"
                        : left + 1 == length ? "last-byte"
                                             : "part");
}

void assay_show_frames(assay_coverage *coverage, const tw_stack *stack, tw_bytes stream, tw_unit unit,
                       const assay_shown_unit *units, size_t count, tw_bytes payload, const tw_error *fault,
                       bool taken)
{
    frames f = {.coverage = coverage,
                .unit = unit == TW_UNIT_STRUCT ? "struct" : "message",
                .units = units,
                .unit_count = count};
    size_t end = fault ? (size_t)fault->offset : stream.len;
    while (taken && f.at < end && stream.len - f.at >= HEADER) {
        uint32_t length = length_at(stream, f.at);
        if (length > stream.len - f.at - HEADER) break;
        show_frame(&f, stack, unit, payload, length);
    }
    if (taken && f.empty) assay_coverage_mark(coverage, "framed/empty", "frame", f.any ? "behind" : "alone");
    if (fault) show_fault(&f, stream, fault);
}
