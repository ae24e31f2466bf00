/* The codec's reading held against that of the naive decoder. */
#ifndef FUZZ_HARNESS_ORACLE_H
#define FUZZ_HARNESS_ORACLE_H

#include "fuzz/harness/reading.h"
#include "fuzz/naive/naive.h"

/* True when both readings hold the same value and, of a message, the same envelope. */
bool oracle_same_value(const naive_reading *want, const tw_envelope *envelope, const tw_node *root);

/* The class of a verdict. NAIVE_END is what tw_stack_decode calls truncated. */
tw_class oracle_class(naive_verdict verdict);

/* Compares verdict, class, rule, layer and offset of an error; value, bytes consumed and open rules otherwise. Fails the run with
 * the token "verdict", "class", "rule", "offset", "value", "consumed" or "open-rules"; false then. */
bool oracle_compare(fuzz_run *run, const naive_reading *want, const fuzz_reading *got);

#endif
