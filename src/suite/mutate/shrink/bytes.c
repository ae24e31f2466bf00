#include "suite/mutate/shrink/shrinker.h"

/* The bytes that a pass works on: the whole specimen, or what its transports carry. */
typedef struct work {
    assay_shrinker *s;
    bool inside;
    assay_specimen head; /* inside */
    tw_buffer bytes;     /* a copy, with the last change */
    size_t fixed;        /* bytes at the front that stay */
} work;

/* Loads the best as it is now. */
static bool load(work *w)
{
    tw_bytes now = tw_buffer_view(&w->s->best);
    if (w->inside) {
        w->head = assay_shrinker_inner(w->s);
        now = w->head.payload;
    }
    tw_buffer_clear(&w->bytes);
    if (!tw_buffer_append(&w->bytes, now.data, now.len)) w->s->failed = true;
    w->fixed = w->inside ? 0 : ASSAY_SPECIMEN_HEAD;
    return assay_shrinker_goes_on(w->s);
}

static bool offer(work *w)
{
    if (w->inside) return assay_shrinker_offer_inner(w->s, &w->head, tw_buffer_view(&w->bytes));
    return assay_shrinker_offer(w->s, tw_buffer_view(&w->bytes));
}

static void erase(work *w, size_t at, size_t n)
{
    memmove(w->bytes.data + at, w->bytes.data + at + n, w->bytes.len - at - n);
    w->bytes.len -= n;
}

/* Runs of half the length, a quarter ... of one byte are left out, from the end to the front. */
static void leave_out(work *w)
{
    if (!load(w) || w->bytes.len <= w->fixed) return;
    for (size_t n = w->bytes.len - w->fixed; n > 0; n = n > 8 ? n / 2 : n - 1) {
        for (size_t end = w->bytes.len; end >= w->fixed + n;) {
            erase(w, end - n, n);
            bool taken = offer(w);
            if (!load(w)) return;
            if (end > w->bytes.len) end = w->bytes.len;
            if (!taken) end -= n > 8 ? n : 1;
            if (end < w->fixed + n) break;
        }
    }
}

static void make_zero(work *w)
{
    static const uint8_t plain[] = {0, 1, 'a'};
    if (!load(w)) return;
    for (size_t at = w->fixed; at < w->bytes.len; at++) {
        for (size_t i = 0; i < sizeof plain && w->bytes.data[at] > plain[i]; i++) {
            w->bytes.data[at] = plain[i];
            bool taken = offer(w);
            if (!load(w)) return;
            if (taken || at >= w->bytes.len) break;
        }
        if (at >= w->bytes.len) return;
    }
}

void assay_shrink_bytes(assay_shrinker *s)
{
    for (int inside = 1; inside >= 0; inside--) {
        assay_specimen now = assay_specimen_read(tw_buffer_view(&s->best));
        work w = {.s = s, .inside = inside != 0};
        if (inside && (now.text || assay_specimen_stack(now.stack)->transport_count == 0)) continue;
        tw_buffer_init(&w.bytes, NULL);
        leave_out(&w);
        make_zero(&w);
        tw_buffer_deinit(&w.bytes);
    }
}
