#include "report/group.h"

#include "report/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define SHAPE_ROOM 96

typedef struct grouping {
    tw_arena *arena;
    const assay_result *result;
    char **keys;  /* of each group */
    size_t *of;   /* the group of each case, or NOT */
    size_t *next; /* where each group's next member goes */
    size_t capacity;
    const assay_result_case **crashes; /* the last crash or hang seen of each class (verb, stack, kind) ... */
    size_t *crash_groups;              /* ... and its group */
    size_t crash_count, crash_capacity;
} grouping;

#define NOT SIZE_MAX

/* Kinds that change how the input comes, not what it means: what such cases share is the kind. */
static const struct {
    const char *kind, *about;
} arrivals[] = {{"prefix", "input that is cut short"},
                {"chunk", "input that arrives in pieces"},
                {"trail", "a byte behind the value"},
                {"after-reject", "a good value right behind a refused one"},
                {"reuse", "objects that are used again after a failure"}};

static const char *about_kind(const char *kind)
{
    for (size_t i = 0; i < sizeof arrivals / sizeof arrivals[0]; i++)
        if (strcmp(arrivals[i].kind, kind) == 0) return arrivals[i].about;
    return NULL;
}

/* A difference without the numbers, names and places that make it one case's own. */
static void append_shape(tw_buffer *key, const char *text)
{
    if (strncmp(text, "at ", 3) == 0) {
        const char *colon = strstr(text, ": ");
        if (colon) text = colon + 2;
    }
    size_t end = key->len + SHAPE_ROOM;
    while (*text && key->len < end) {
        if (*text == '"' || *text == '\'') {
            const char *close = strchr(text + 1, *text);
            text = close ? close + 1 : text + 1;
            assay_put_bytes(key, "\"", 1);
        } else if ((*text >= '0' && *text <= '9') || *text == '-') {
            text += strspn(text, "0123456789abcdefx.-");
            assay_put_bytes(key, "#", 1);
        } else {
            assay_put_bytes(key, text++, 1);
        }
    }
}

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static char *key_of(const assay_result_case *c, tw_arena *arena)
{
    tw_buffer key;
    tw_buffer_init(&key, NULL);
    tw_buffer_printf(&key, "%s\n%s\n", c->verdict, c->detail);
    size_t len = 0;
    const char *telling = is(c->detail, "crash") ? assay_group_telling_line(c->stderr_tail, &len) : NULL;
    if (is(c->detail, "crash")) tw_buffer_printf(&key, "%s\n", c->difference);
    if (telling) {
        char line[SHAPE_ROOM + 1];
        size_t kept = len < SHAPE_ROOM ? len : SHAPE_ROOM;
        memcpy(line, telling, kept);
        line[kept] = '\0';
        append_shape(&key, line);
    } else if (is(c->detail, "consumed")) {
        tw_buffer_printf(&key, "%s", c->verb);
    } else if (is(c->detail, "hang") || about_kind(c->kind)) {
        tw_buffer_printf(&key, "%s\n%s", c->kind, c->verb);
    } else {
        tw_buffer_printf(&key, "%s\n", c->rule);
        append_shape(&key, c->difference);
    }
    char *copy = key.failed ? NULL : tw_arena_copy(arena, key.data, key.len);
    tw_buffer_deinit(&key);
    return copy;
}

static bool grow(grouping *g, assay_groups *groups)
{
    if (groups->count < g->capacity) return true;
    size_t capacity = g->capacity ? g->capacity * 2 : 32;
    assay_group *items = tw_arena_take(g->arena, capacity * sizeof *items);
    char **keys = tw_arena_take(g->arena, capacity * sizeof *keys);
    if (!items || !keys) return false;
    if (groups->count) {
        memcpy(items, groups->items, groups->count * sizeof *items);
        memcpy(keys, g->keys, groups->count * sizeof *keys);
    }
    groups->items = items;
    g->keys = keys;
    g->capacity = capacity;
    return true;
}

static const char *telling_of(const assay_result_case *c, tw_arena *arena)
{
    size_t len = 0;
    const char *line = assay_group_telling_line(c->stderr_tail, &len);
    return line ? tw_arena_copy(arena, line, len) : "";
}

static bool same_class(const assay_result_case *a, const assay_result_case *b)
{
    return is(a->detail, b->detail) && is(a->verb, b->verb) && is(a->kind, b->kind) && is(a->in, b->in);
}

static size_t class_of(const grouping *g, const assay_result_case *c)
{
    size_t k = 0;
    while (k < g->crash_count && !same_class(g->crashes[k], c)) k++;
    return k;
}

/* Remembers where a crash (or the like) went, for those that will be assumed from it. */
static bool remember(grouping *g, const assay_result_case *c, size_t group)
{
    if (!is(c->detail, "crash") && !is(c->detail, "hang") && !is(c->detail, "garbage")) return true;
    size_t k = class_of(g, c);
    if (k == g->crash_capacity) {
        size_t capacity = k ? k * 2 : 16;
        const assay_result_case **crashes = tw_arena_take(g->arena, capacity * sizeof *crashes);
        size_t *at = tw_arena_take(g->arena, capacity * sizeof *at);
        if (!crashes || !at) return false;
        if (k) {
            memcpy(crashes, g->crashes, k * sizeof *crashes);
            memcpy(at, g->crash_groups, k * sizeof *at);
        }
        g->crashes = crashes;
        g->crash_groups = at;
        g->crash_capacity = capacity;
    }
    if (k == g->crash_count) g->crash_count++;
    g->crashes[k] = c;
    g->crash_groups[k] = group;
    return true;
}

/* The group that a case belongs to; groups->count for a new one. False when memory is refused. */
static bool find_group(grouping *g, const assay_groups *groups, const assay_result_case *c, char **key,
                       size_t *at)
{
    size_t k = c->assumed ? class_of(g, c) : g->crash_count;
    *key = NULL;
    if (k < g->crash_count) {
        *at = g->crash_groups[k];
        return true;
    }
    *key = key_of(c, g->arena);
    if (!*key) return false;
    assert(groups->count == 0 || g->keys);
    for (*at = 0; *at < groups->count && strcmp(g->keys[*at], *key) != 0;) ++*at;
    return true;
}

/* A vector shows more than what is derived from it, and what was run more than what was assumed. */
static bool shows_more(const assay_result_case *c, const assay_result_case *shown)
{
    if (c->assumed != shown->assumed) return shown->assumed;
    return shown->kind[0] && !c->kind[0];
}

static bool put(grouping *g, assay_groups *groups, size_t at)
{
    const assay_result_case *c = &g->result->cases[at];
    char *key;
    size_t i;
    if (!find_group(g, groups, c, &key, &i)) return false;
    g->of[at] = i;
    if (i == groups->count) {
        if (!grow(g, groups)) return false;
        groups->items[i] = (assay_group){.shown = c};
        g->keys[groups->count++] = key;
    }
    assay_group *group = &groups->items[i];
    group->cases++;
    if (shows_more(c, group->shown)) group->shown = c;
    return c->assumed || remember(g, c, i);
}

static const char *about(const assay_result_case *c)
{
    if (is(c->detail, "hang")) return "no answer in time";
    return is(c->detail, "consumed") ? "another number of bytes taken" : about_kind(c->kind);
}

static bool describe(grouping *g, assay_groups *groups)
{
    for (size_t i = 0; i < groups->count; i++) {
        assay_group *group = &groups->items[i];
        group->about = about(group->shown);
        group->telling = telling_of(group->shown, g->arena);
        if (!group->telling) return false;
    }
    return true;
}

static int gravity(const assay_group *group)
{
    static const char *const grave[] = {"crash", "hang", "garbage", "over-budget"};
    for (size_t i = 0; i < sizeof grave / sizeof grave[0]; i++)
        if (is(group->shown->detail, grave[i])) return 0;
    return is(group->shown->verdict, "broken") ? 2 : 1;
}

static int by_gravity(const void *a, const void *b)
{
    const assay_group *x = a, *y = b;
    if (gravity(x) != gravity(y)) return gravity(x) - gravity(y);
    if (x->vectors != y->vectors) return x->vectors > y->vectors ? -1 : 1;
    return x->members[0] < y->members[0] ? -1 : 1;
}

/* Members in order, and how many vectors they come from: cases of one vector stand together. */
static bool list_members(grouping *g, assay_groups *groups)
{
    const char **parents = tw_arena_take(g->arena, (groups->count + 1) * sizeof *parents);
    size_t **members = tw_arena_take(g->arena, (groups->count + 1) * sizeof *members);
    g->next = tw_arena_take(g->arena, (groups->count + 1) * sizeof *g->next);
    if (!parents || !members || !g->next) return false;
    for (size_t i = 0; i < groups->count; i++) {
        members[i] = tw_arena_take(g->arena, groups->items[i].cases * sizeof **members);
        if (!members[i]) return false;
        groups->items[i].members = members[i];
        g->next[i] = 0;
        parents[i] = "";
    }
    for (size_t at = 0; at < g->result->case_count; at++) {
        size_t i = g->of[at];
        if (i == NOT) continue;
        members[i][g->next[i]++] = at;
        const char *parent = g->result->cases[at].parent_id;
        if (!is(parent, parents[i])) groups->items[i].vectors++;
        parents[i] = parent;
    }
    return true;
}

bool assay_group_cases(const assay_result *result, assay_group_filter *wanted, tw_arena *arena,
                       assay_groups *groups)
{
    *groups = (assay_groups){NULL, 0};
    grouping g = {.arena = arena, .result = result};
    g.of = tw_arena_take(arena, (result->case_count + 1) * sizeof *g.of);
    if (!g.of) return false;
    for (size_t at = 0; at < result->case_count; at++) {
        g.of[at] = NOT;
        if (wanted(&result->cases[at]) && !put(&g, groups, at)) return false;
    }
    if (!describe(&g, groups) || !list_members(&g, groups)) return false;
    if (groups->count) qsort(groups->items, groups->count, sizeof *groups->items, by_gravity);
    return true;
}
