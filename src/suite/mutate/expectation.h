/* What the rules say of bytes that nobody wrote by hand: the reference decodes them. */
#ifndef SUITE_MUTATE_EXPECTATION_H
#define SUITE_MUTATE_EXPECTATION_H

#include "suite/case/case.h"

/* True for a rule about type numbers that are none: where it is broken, a raw reader may hand the number up.
 */
bool assay_rule_is_type(tw_rule rule);

/* The open rules of one reading that leave an implementation a choice: those of the bytes and of the value
 * (NULL where there is none), without those that do not bear on reading (string.utf8: any bytes are legal in
 * binary; bytes behind the value). */
tw_ruleset assay_choices(const tw_ruleset *touched, const tw_node *value);

/* Fills in expect, level, rule, values or outcomes, consumed, error and unknown_type of a case by decoding
 * c->bytes as one unit of the stack: accepted when the reference accepts without a choice, refused when it
 * refuses by a must or should rule without a choice before, else either (outcomes "accepted", any value, and
 * "refused"). What the case points to is in the arena. Where it is accepted, c->rule stays. False when memory
 * is refused. */
bool assay_expect_by_rules(assay_case *c, const tw_stack *stack, tw_unit unit, tw_arena *arena);

#endif
