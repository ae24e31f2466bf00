#include "report/pair.h"

#include "report/text.h"

#include <string.h>

static size_t character_start(const char *text, size_t at)
{
    while (at && ((unsigned char)text[at] & 0xc0) == 0x80) at--;
    return at;
}

static size_t first_difference(const char *a, const char *b)
{
    size_t at = 0;
    while (a[at] && a[at] == b[at]) at++;
    return character_start(a, at);
}

/* The end of what fits: `columns` characters from `from`. */
static size_t fit(const char *text, size_t from, size_t columns, bool *cut)
{
    size_t at = from, n = 0, before_dots = from;
    while (text[at]) {
        if (n == columns) {
            *cut = true;
            return before_dots;
        }
        if (n + 3 == columns) before_dots = at;
        do at++;
        while (((unsigned char)text[at] & 0xc0) == 0x80);
        n++;
    }
    *cut = false;
    return at;
}

static void choose(assay_pair_part *part, size_t from, size_t width)
{
    part->from = from;
    part->head_cut = from > 0;
    part->to = fit(part->text, from, width - (from ? 3 : 0), &part->tail_cut);
}

void assay_pair_cut(const char *expected, const char *got, size_t width, assay_pair *pair)
{
    memset(pair, 0, sizeof *pair);
    pair->expected.text = expected;
    pair->got.text = got;
    size_t at = first_difference(expected, got);
    pair->marked = at > 0 && (expected[at] || got[at]);
    pair->at = at;
    size_t from = 0;
    size_t columns = assay_utf8_columns(expected, at);
    /* The mark stands in the first two thirds, with what leads to it before it. */
    if (pair->marked && columns > width * 2 / 3) {
        size_t drop = columns - width / 3;
        while (drop) {
            do from++;
            while (((unsigned char)expected[from] & 0xc0) == 0x80);
            drop--;
        }
    }
    choose(&pair->expected, from, width);
    choose(&pair->got, from, width);
    pair->column = assay_utf8_columns(expected + from, at - from) + (from ? 3 : 0);
}

void assay_pair_side(const assay_pair *pair, const assay_pair_part *side, const char *sgr, tw_buffer *to)
{
    size_t split = pair->marked && pair->at < side->to ? pair->at : side->to;
    if (!pair->marked) split = side->from;
    if (side->head_cut) tw_buffer_printf(to, "...");
    assay_put_clean(to, side->text + side->from, split - side->from);
    if (sgr) tw_buffer_printf(to, "\x1b[%sm", sgr);
    assay_put_clean(to, side->text + split, side->to - split);
    if (side->tail_cut) tw_buffer_printf(to, "...");
    if (sgr) tw_buffer_printf(to, "\x1b[0m");
}
