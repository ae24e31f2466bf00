#include "suite/run/select.h"

#include "suite/vector/vector.h"

#include <stdlib.h>
#include <string.h>

#define SHARDS_MAX 100000ul

/* FNV-1a, then a finaliser: neighbouring ids differ in their last character only, which FNV alone would send
 * to neighbouring shards. */
static uint32_t hash_of(const char *id)
{
    uint32_t hash = 2166136261u;
    for (; *id; id++) hash = (hash ^ (unsigned char)*id) * 16777619u;
    hash ^= hash >> 16;
    hash *= 0x85ebca6bu;
    hash ^= hash >> 13;
    hash *= 0xc2b2ae35u;
    return hash ^ hash >> 16;
}

bool assay_selection_has_vector(const assay_selection *selection, const char *id, assay_level level)
{
    if (level > selection->level) return false;
    return selection->shards < 2 || hash_of(id) % selection->shards == selection->shard - 1;
}

static bool matches_any(const char *const *patterns, size_t count, const assay_case *c)
{
    for (size_t i = 0; i < count; i++)
        if (assay_glob_match(patterns[i], c->id) || assay_glob_match(patterns[i], c->parent_id)) return true;
    return false;
}

bool assay_selection_has_case(const assay_selection *selection, const assay_case *c)
{
    if (selection->only) return strcmp(selection->only, c->id) == 0;
    if (selection->run_count && !matches_any(selection->run, selection->run_count, c)) return false;
    return !matches_any(selection->skip, selection->skip_count, c);
}

bool assay_selection_is_all(const assay_selection *selection)
{
    return !selection->only && !selection->named && !selection->run_count && !selection->skip_count &&
           selection->level == ASSAY_MAY && selection->shards < 2;
}

/* A decimal number without sign or space; *end is left behind it. 0 for none or one too large. */
static unsigned long read_number(const char *text, const char **end)
{
    unsigned long number = 0;
    for (*end = text; **end >= '0' && **end <= '9'; (*end)++) {
        number = number * 10 + (unsigned long)(**end - '0');
        if (number > SHARDS_MAX) return 0;
    }
    return number;
}

bool assay_selection_parse_shard(const char *text, assay_selection *selection)
{
    const char *slash, *end;
    unsigned long shard = read_number(text, &slash);
    if (!shard || *slash != '/') return false;
    unsigned long shards = read_number(slash + 1, &end);
    if (*end || shard > shards) return false;
    selection->shard = (unsigned)shard;
    selection->shards = (unsigned)shards;
    return true;
}
