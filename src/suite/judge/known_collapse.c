#include "suite/judge/known_collapse.h"

#include "suite/vector/vector.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CANDIDATES_MOST 32
#define PATTERN_ROOM 1024

/* How many cases a pattern matches, and how many of them show a verdict: a table from text to a count. */
typedef struct counter {
    const char **keys;
    size_t *counts;
    size_t used, capacity; /* capacity is a power of two */
    tw_arena *arena;
} counter;

static size_t hash(const char *text)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (; *text; text++) h = (h ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return (size_t)(h ^ h >> 32);
}

static size_t slot_of(const counter *c, const char *key)
{
    size_t at = hash(key) & (c->capacity - 1);
    while (c->keys[at] && strcmp(c->keys[at], key) != 0) at = (at + 1) & (c->capacity - 1);
    return at;
}

static bool counter_grow(counter *c)
{
    counter bigger = {.used = c->used, .capacity = c->capacity ? c->capacity * 2 : 1024, .arena = c->arena};
    bigger.keys = tw_arena_take(c->arena, bigger.capacity * sizeof *bigger.keys);
    bigger.counts = tw_arena_take(c->arena, bigger.capacity * sizeof *bigger.counts);
    if (!bigger.keys || !bigger.counts) return false;
    memset(bigger.keys, 0, bigger.capacity * sizeof *bigger.keys);
    for (size_t i = 0; i < c->capacity; i++)
        if (c->keys[i]) {
            size_t at = slot_of(&bigger, c->keys[i]);
            bigger.keys[at] = c->keys[i];
            bigger.counts[at] = c->counts[i];
        }
    *c = bigger;
    return true;
}

static bool counter_add(counter *c, const char *key, size_t n)
{
    if (c->used * 2 >= c->capacity && !counter_grow(c)) return false;
    size_t at = slot_of(c, key);
    if (!c->keys[at]) {
        c->keys[at] = tw_arena_copy(c->arena, key, strlen(key));
        if (!c->keys[at]) return false;
        c->counts[at] = 0;
        c->used++;
    }
    c->counts[at] += n;
    return true;
}

static size_t counter_get(const counter *c, const char *key)
{
    if (!c->capacity) return 0;
    size_t at = slot_of(c, key);
    return c->keys[at] ? c->counts[at] : 0;
}

typedef struct candidates {
    char patterns[CANDIDATES_MOST][PATTERN_ROOM];
    size_t count;
} candidates;

__attribute__((format(printf, 2, 3))) static void candidate(candidates *to, const char *format, ...)
{
    if (to->count == CANDIDATES_MOST) return;
    va_list args;
    va_start(args, format);
    int n = vsnprintf(to->patterns[to->count], PATTERN_ROOM, format, args);
    va_end(args);
    if (n > 0 && n < PATTERN_ROOM) to->count++;
}

/* "prefix:*" for "a/b@prefix:3", "skip" for "a/b@skip". */
static void kind_pattern(const char *parent, const char *id, const char *kind, char *to, size_t size)
{
    size_t n = strlen(parent);
    bool numbered = strlen(id) > n && strchr(id + n, ':') != NULL;
    snprintf(to, size, "%s%s", kind, numbered ? ":*" : "");
}

/* Every pattern worth writing that matches the id, narrowest first; the id itself is the first. kind "" for a
 * named vector. */
static void list_candidates(const char *id, const char *parent, const char *kind, candidates *to)
{
    char tail[128], same[128];
    /* "type:*=5": a sweep's number says more than where it stands. */
    const char *number = kind[0] ? strrchr(id, '=') : NULL;
    if (number) snprintf(same, sizeof same, "%s:*%s", kind, number);
    to->count = 0;
    candidate(to, "%s", id);
    if (kind[0]) {
        kind_pattern(parent, id, kind, tail, sizeof tail);
        if (number) candidate(to, "%s@%s", parent, same);
        if (strchr(tail, '*')) candidate(to, "%s@%s", parent, tail);
        candidate(to, "%s@*", parent);
    }
    candidate(to, "%s*", parent);
    for (size_t n = strlen(parent); n > 0; n--) {
        if (parent[n - 1] != '/') continue;
        if (number) candidate(to, "%.*s**/*@%s", (int)n, parent, same);
        if (kind[0]) candidate(to, "%.*s**/*@%s", (int)n, parent, tail);
        candidate(to, "%.*s**", (int)n, parent);
    }
}

/* All that a choice is made from. */
typedef struct material {
    const assay_known_case *cases;
    size_t count;
    assay_verdict shown; /* the verdict of what is to be matched */
    bool partly;
} material;

static bool is_evidence(assay_verdict verdict)
{
    return verdict == ASSAY_PASS || verdict == ASSAY_NOTE || verdict == ASSAY_WARN || verdict == ASSAY_FAIL;
}

static void verdict_key(const char *pattern, const char *detail, char *to, size_t size)
{
    snprintf(to, size, "%s\n%s", pattern, detail);
}

static bool add_case(counter *c, const assay_known_case *k, assay_verdict shown, candidates *list)
{
    char key[PATTERN_ROOM + 64];
    list_candidates(k->id, k->parent_id, k->kind, list);
    for (size_t i = 0; i < list->count; i++) {
        if (!counter_add(c, list->patterns[i], 1)) return false;
        verdict_key(list->patterns[i], k->detail, key, sizeof key);
        if (k->verdict == shown && !counter_add(c, key, 1)) return false;
    }
    return true;
}

/* Passing cases that only their number is known of may be of any kind. */
static bool add_unlisted(counter *c, const assay_known_case *k, const char *const *kinds, candidates *list)
{
    for (; *kinds; kinds++) {
        char id[PATTERN_ROOM];
        snprintf(id, sizeof id, "%s@%s", k->id, *kinds);
        list_candidates(id, k->id, *kinds, list);
        for (size_t i = 1; i < list->count; i++)
            if (!counter_add(c, list->patterns[i], k->unlisted_passes)) return false;
        char numbered[PATTERN_ROOM];
        snprintf(numbered, sizeof numbered, "%s@%s:0", k->id, *kinds);
        list_candidates(numbered, k->id, *kinds, list);
        for (size_t i = 1; i < list->count; i++)
            if (!counter_add(c, list->patterns[i], k->unlisted_passes)) return false;
    }
    return true;
}

/* The kinds that occur, NULL at the end. */
static const char **list_kinds(const material *m, tw_arena *arena)
{
    size_t most = 64, n = 0;
    const char **kinds = tw_arena_take(arena, (most + 1) * sizeof *kinds);
    if (!kinds) return NULL;
    for (size_t i = 0; i < m->count; i++) {
        const char *kind = m->cases[i].kind;
        size_t k = 0;
        while (k < n && strcmp(kinds[k], kind) != 0) k++;
        if (k == n && n < most && kind[0]) kinds[n++] = kind;
    }
    kinds[n] = NULL;
    return kinds;
}

/* What is not built from an id's own components ("a/b*" reaches "a/bc") is proved by matching everything. */
static bool holds_everywhere(const char *pattern, const material *m, const char *detail)
{
    size_t literal = strcspn(pattern, "*");
    for (size_t i = 0; i < m->count; i++) {
        const assay_known_case *k = &m->cases[i];
        if (strncmp(pattern, k->id, literal) != 0 || !assay_glob_match(pattern, k->id)) continue;
        if (k->unlisted_passes) return false;
        if (is_evidence(k->verdict) && (k->verdict != m->shown || strcmp(k->detail, detail) != 0))
            return false;
    }
    return true;
}

static bool choose(const counter *c, const assay_known_case *k, bool partly, candidates *list,
                   assay_known_pick *pick, tw_arena *arena)
{
    char key[PATTERN_ROOM + 64];
    size_t best = 0, best_shown = 1;
    bool best_partial = false;
    list_candidates(k->id, k->parent_id, k->kind, list);
    for (size_t i = 1; i < list->count; i++) {
        verdict_key(list->patterns[i], k->detail, key, sizeof key);
        size_t shown = counter_get(c, key), total = counter_get(c, list->patterns[i]);
        bool exact = shown == total;
        if (shown <= best_shown || !(exact || (partly && shown * 2 >= total))) continue;
        /* A pattern that holds without exception is worth more than a wider one that does not. */
        if (!exact && !best_partial && best_shown * 2 > shown) continue;
        best = i;
        best_shown = shown;
        best_partial = !exact;
    }
    *pick = (assay_known_pick){.pattern =
                                   tw_arena_copy(arena, list->patterns[best], strlen(list->patterns[best])),
                               .example = k,
                               .cases = best_shown,
                               .partial = best_partial};
    return pick->pattern != NULL;
}

static int by_pattern(const void *a, const void *b)
{
    const assay_known_pick *x = a, *y = b;
    int order = strcmp(x->pattern, y->pattern);
    if (order == 0) order = strcmp(x->example->detail, y->example->detail);
    if (order == 0 && x->example != y->example) order = x->example < y->example ? -1 : 1;
    return order;
}

static bool same_pick(const assay_known_pick *a, const assay_known_pick *b)
{
    return strcmp(a->pattern, b->pattern) == 0 && strcmp(a->example->detail, b->example->detail) == 0;
}

static size_t unite(assay_known_pick *picks, size_t count)
{
    if (count) qsort(picks, count, sizeof *picks, by_pattern);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || !same_pick(&picks[kept - 1], &picks[i])) picks[kept++] = picks[i];
    return kept;
}

static bool pick_all(const counter *c, const material *m, const bool *wanted, candidates *list,
                     tw_arena *arena, assay_known_pick *picks, size_t *pick_count)
{
    const assay_known_case *cases = m->cases;
    size_t n = 0, count = m->count;
    for (size_t i = 0; i < count; i++)
        if (wanted[i] && !choose(c, &cases[i], m->partly, list, &picks[n++], arena)) return false;
    n = unite(picks, n);
    bool again = false;
    for (size_t i = 0; i < n; i++) {
        const char *detail = picks[i].example->detail;
        if (picks[i].cases == 1 || picks[i].partial || holds_everywhere(picks[i].pattern, m, detail))
            continue;
        picks[i].cases = 0; /* not to be used */
        again = true;
    }
    /* The few cases whose pattern did not hold stand for themselves. */
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (picks[i].cases) picks[kept++] = picks[i];
    for (size_t i = 0; again && i < count; i++) {
        bool covered = !wanted[i];
        for (size_t k = 0; k < kept && !covered; k++)
            covered = strcmp(picks[k].example->detail, cases[i].detail) == 0 &&
                      assay_glob_match(picks[k].pattern, cases[i].id);
        if (!covered) picks[kept++] = (assay_known_pick){cases[i].id, &cases[i], 1, false};
    }
    *pick_count = unite(picks, kept);
    return true;
}

bool assay_known_collapse(const assay_known_case *cases, size_t count, assay_verdict shown,
                          const bool *wanted, bool collapse_partly, tw_arena *arena, assay_known_pick **picks,
                          size_t *pick_count)
{
    material m = {cases, count, shown, collapse_partly};
    counter c = {.arena = arena};
    candidates *list = tw_arena_take(arena, sizeof *list);
    const char **kinds = list_kinds(&m, arena);
    *picks = tw_arena_take(arena, (count + 1) * sizeof **picks);
    if (!list || !kinds || !*picks || !counter_grow(&c)) return false;
    for (size_t i = 0; i < count; i++) {
        if (is_evidence(cases[i].verdict) && !add_case(&c, &cases[i], shown, list)) return false;
        if (cases[i].unlisted_passes && !add_unlisted(&c, &cases[i], kinds, list)) return false;
    }
    return pick_all(&c, &m, wanted, list, arena, *picks, pick_count);
}
