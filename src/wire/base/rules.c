#include "wire/base/rules.h"

#include <string.h>

#define TW_STRENGTH_must TW_STRENGTH_MUST
#define TW_STRENGTH_should TW_STRENGTH_SHOULD
#define TW_STRENGTH_open TW_STRENGTH_OPEN

static const tw_rule_info rules[TW_RULE_COUNT] = {
    [TW_RULE_NONE] = {"", TW_STRENGTH_MUST, "", ""},
#define RULE(name, id, strength, section, sentence)                                                          \
    [TW_RULE_##name] = {id, TW_STRENGTH_##strength, section, sentence},
#include "wire/base/rules.def"
#undef RULE
};

const tw_rule_info *tw_rule_info_of(tw_rule rule)
{
    unsigned index = (unsigned)rule;
    return &rules[index < TW_RULE_COUNT ? index : TW_RULE_NONE];
}

tw_rule tw_rule_find(const char *id, size_t len)
{
    for (unsigned i = 1; i < TW_RULE_COUNT; i++) {
        if (strlen(rules[i].id) == len && memcmp(rules[i].id, id, len) == 0) return (tw_rule)i;
    }
    return TW_RULE_NONE;
}

const char *tw_strength_name(tw_strength strength)
{
    static const char *const names[] = {"must", "should", "open"};
    return names[strength];
}

bool tw_ruleset_empty(const tw_ruleset *set)
{
    for (size_t i = 0; i < sizeof set->bits / sizeof set->bits[0]; i++) {
        if (set->bits[i]) return false;
    }
    return true;
}

void tw_ruleset_merge(tw_ruleset *into, const tw_ruleset *from)
{
    for (size_t i = 0; i < sizeof into->bits / sizeof into->bits[0]; i++) into->bits[i] |= from->bits[i];
}
