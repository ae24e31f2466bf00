/* The rules of the wire formats, by stable id. The table itself is rules.def. */
#ifndef WIRE_BASE_RULES_H
#define WIRE_BASE_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum tw_rule {
    TW_RULE_NONE,
#define RULE(name, id, strength, section, sentence) TW_RULE_##name,
#include "wire/base/rules.def"
#undef RULE
    TW_RULE_COUNT
} tw_rule;

typedef enum tw_strength {
    TW_STRENGTH_MUST,   /* the specification's words, or arithmetic, leave no choice */
    TW_STRENGTH_SHOULD, /* the specification advises */
    TW_STRENGTH_OPEN /* the specification is silent and implementations differ; the sentence states our choice
                      */
} tw_strength;

typedef struct tw_rule_info {
    const char *id;       /* "compact.list.size-negative"; never changes */
    tw_strength strength; /* */
    const char *section;  /* upstream document and section, or rfc1950#..., or upstream-code:... */
    const char *sentence; /* the rule in one sentence */
} tw_rule_info;

/* The row of a rule. TW_RULE_NONE and anything out of range give a row whose id is "". Static storage. */
const tw_rule_info *tw_rule_info_of(tw_rule rule);

/* The rule with that id, or TW_RULE_NONE. */
tw_rule tw_rule_find(const char *id, size_t len);

/* "must", "should", "open". */
const char *tw_strength_name(tw_strength strength);

/* A set of rules: the open rules on whose choice a result rests. */
typedef struct tw_ruleset {
    uint64_t bits[(TW_RULE_COUNT + 63) / 64];
} tw_ruleset;

static inline void tw_ruleset_add(tw_ruleset *set, tw_rule rule)
{
    set->bits[(unsigned)rule / 64] |= UINT64_C(1) << ((unsigned)rule % 64);
}

static inline bool tw_ruleset_has(const tw_ruleset *set, tw_rule rule)
{
    return (set->bits[(unsigned)rule / 64] >> ((unsigned)rule % 64)) & 1;
}

bool tw_ruleset_empty(const tw_ruleset *set);
void tw_ruleset_merge(tw_ruleset *into, const tw_ruleset *from);

#endif
