#include "suite/vector/lint.h"
#include "suite/mutate/expectation.h"

/* An `either` must show a choice: its rule is open and was touched, or it is advice that the reference took.
 */
static void check_either(assay_lint *lint, const assay_vector *vector, const tw_ruleset *touched,
                         const tw_error *error)
{
    tw_rule rule = vector->base.rule;
    const tw_rule_info *info = tw_rule_info_of(rule);
    bool used = error->cls != TW_OK && error->rule == rule;
    if (info->strength == TW_STRENGTH_MUST)
        assay_lint_tell(lint, vector, "/expect", "the rule %s is a must, which leaves no choice", info->id);
    else if (info->strength == TW_STRENGTH_OPEN && !used && !tw_ruleset_has(touched, rule))
        assay_lint_tell(lint, vector, "/rule", "the bytes do not touch the open rule %s", info->id);
    else if (info->strength == TW_STRENGTH_SHOULD && !used)
        assay_lint_tell(lint, vector, "/rule", "the reference does not refuse by %s", info->id);
}

static void check_level(assay_lint *lint, const assay_vector *vector, bool refuses)
{
    const tw_rule_info *info = tw_rule_info_of(vector->base.rule);
    assay_level level = vector->base.level;
    if (info->strength == TW_STRENGTH_MUST && level != ASSAY_MUST)
        assay_lint_tell(lint, vector, "/level", "the rule %s is a must", info->id);
    if (info->strength == TW_STRENGTH_SHOULD && refuses && level == ASSAY_MUST)
        assay_lint_tell(lint, vector, "/level", "the rule %s is a should, so a refusal is one too", info->id);
    if (info->strength == TW_STRENGTH_OPEN && level != ASSAY_MAY)
        assay_lint_tell(lint, vector, "/level", "the rule %s is open: expect \"either\", or level \"may\"",
                        info->id);
}

void assay_lint_strength(assay_lint *lint, const assay_vector *vector, const tw_ruleset *touched,
                         const tw_error *error)
{
    if (vector->base.expect == ASSAY_EITHER) {
        check_either(lint, vector, touched, error);
        return;
    }
    check_level(lint, vector, vector->base.expect == ASSAY_REJECT || vector->base.end == ASSAY_END_REJECT);
    tw_ruleset choices = assay_choices(touched, NULL);
    bool typed = vector->base.verb == ASSAY_TYPED; /* compares any NaN as NaN */
    for (int rule = 1; rule < TW_RULE_COUNT && vector->base.level != ASSAY_MAY; rule++)
        if (tw_ruleset_has(&choices, (tw_rule)rule) && !(typed && rule == TW_RULE_DOUBLE_NAN_PAYLOAD))
            assay_lint_tell(lint, vector, "/expect",
                            "rests on the open rule %s: expect \"either\", or level \"may\"",
                            tw_rule_info_of((tw_rule)rule)->id);
}
