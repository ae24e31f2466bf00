/* Planted faults: proofs that the suite can go red. TW_FAULT(NAME) is the constant 0 in every normal build.
 * Built with -DTW_FAULTS it tests one variable, and fault.def names every fault there is. */
#ifndef WIRE_BASE_FAULT_H
#define WIRE_BASE_FAULT_H

#ifdef TW_FAULTS

typedef enum tw_fault {
    TW_FAULT_NONE,
#define FAULT(name, rule, sentence) TW_FAULT_##name,
#include "wire/base/fault.def"
#undef FAULT
    TW_FAULT_COUNT
} tw_fault;

/* The fault that is switched on; the one global variable, and only in this build. Set before first use from
 * the environment variable TW_FAULT (a name of fault.def), or by a test. */
extern tw_fault tw_fault_active;

/* The fault's name, or NULL beyond the last. */
const char *tw_fault_name(tw_fault fault);

/* The id of the rule whose vectors should catch it. */
const char *tw_fault_rule(tw_fault fault);

/* What it does, in one sentence. */
const char *tw_fault_sentence(tw_fault fault);

#define TW_FAULT(name) __builtin_expect(tw_fault_active == TW_FAULT_##name, 0)

#else

#define TW_FAULT(name) 0

#endif

#endif
