#include "fuzz/naive/inner.h"

#include <stdlib.h>
#include <string.h>

void *naive_take(naive_block **blocks, size_t size)
{
    naive_block *block = calloc(1, sizeof *block + size);
    if (!block) abort();
    block->next = *blocks;
    *blocks = block;
    return block + 1;
}

bool naive_fail(naive_cursor *c, naive_verdict verdict, const char *rule, size_t at)
{
    c->reading->verdict = verdict;
    c->reading->rule = rule;
    c->reading->offset = at;
    return false;
}

void naive_note(naive_reading *reading, const char *rule)
{
    for (size_t i = 0; i < reading->note_count; i++)
        if (strcmp(reading->notes[i], rule) == 0) return;
    if (reading->note_count == NAIVE_NOTES) abort();
    reading->notes[reading->note_count++] = rule;
}

naive_node *naive_new(naive_cursor *c, char kind)
{
    naive_node *node = naive_take(c->blocks, sizeof *node);
    node->kind = kind;
    return node;
}

bool naive_enter(naive_cursor *c, size_t at)
{
    if (c->depth >= NAIVE_DEPTH) return naive_fail(c, NAIVE_LIMIT, "limit.depth", at);
    c->depth++;
    return true;
}

size_t naive_left(const naive_cursor *c)
{
    return c->len - c->at;
}

const unsigned char *naive_bytes(naive_cursor *c, size_t n, const char *rule, size_t at)
{
    if (naive_left(c) < n) {
        naive_fail(c, NAIVE_TRUNCATED, rule, at);
        return NULL;
    }
    c->at += n;
    return c->bytes + c->at - n;
}

bool naive_inside(naive_cursor *c, naive_node *node, size_t at, bool read_value(naive_cursor *, naive_node *))
{
    if (!naive_enter(c, at)) return false;
    naive_node **end = &node->first;
    for (size_t i = 0; i < node->count; i++) {
        for (int half = node->kind == 'm' ? 0 : 1; half < 2; half++) {
            *end = naive_new(c, half == 0 ? node->key : node->inside);
            if (!read_value(c, *end)) return false;
            end = &(*end)->next;
        }
    }
    c->depth--;
    return true;
}
