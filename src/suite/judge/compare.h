/* Comparing what was read with what was to be read. Private to the folder. */
#ifndef SUITE_JUDGE_COMPARE_H
#define SUITE_JUDGE_COMPARE_H

#include "suite/judge/answer.h"
#include "suite/judge/judging.h"

/* True when the unit just read equals the value; want NULL: any value. Does not look at the header's form. */
bool judging_equal(const judging *j, const judging_answer *answer, const assay_value *want);

/* True when a message stands in the header that OUT asks for; otherwise says so in the judgement's
 * difference. */
bool judging_header_form(judging *j, const judging_answer *answer);

/* Writes into the judgement how the unit just read differs from the value. */
void judging_difference(judging *j, const judging_answer *answer, const assay_value *want);

/* Notes the unit just read as what was got. */
void judging_got(judging *j, const judging_answer *answer);

/* True when these bytes are what a conforming writer emits for the value just read: the order of sets and
 * maps, and of fields, is the testee's own affair. */
bool judging_writes_canonically(judging *j, const judging_answer *answer, tw_bytes bytes);

#endif
