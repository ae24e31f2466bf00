/* Planted faults: proofs that the suite can go red. In every normal build none of this is code: TW_FAULT(NAME) is the
 * constant 0, TW_WHEN_FAULT(NAME, ...) is nothing. Built with -DTW_FAULTS they test one variable, and fault.def names
 * every fault there is. */
#ifndef WIRE_BASE_FAULT_H
#define WIRE_BASE_FAULT_H

#ifdef TW_FAULTS

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum tw_fault {
    TW_FAULT_NONE,
#define FAULT(name, rule, sentence) TW_FAULT_##name,
#include "wire/base/fault.def"
#undef FAULT
    TW_FAULT_COUNT
} tw_fault;

/* The fault that is switched on, for the whole process. Set when the program starts from the environment variable
 * TW_FAULT (a name of fault.def; any other name switches on none), or by tw_fault_select. */
extern tw_fault tw_fault_active;

/* Switches on the fault of that name and every other off; "NONE" or NULL: all off. False for a name that is not in
 * fault.def: all are off then too. Not while another thread decodes. */
bool tw_fault_select(const char *name);

/* The fault's name, or NULL beyond the last. */
const char *tw_fault_name(tw_fault fault);

/* The id of the rule whose vectors should catch it. */
const char *tw_fault_rule(tw_fault fault);

/* What it does, in one sentence. */
const char *tw_fault_sentence(tw_fault fault);

/* What faults that keep state too long carry from one struct to the next: a field id, and a bool (-1: none). */
extern int tw_fault_carried_id, tw_fault_carried_bool;

/* Forgets both. For those who feed unrelated streams to one process, between two of them. */
void tw_fault_forget(void);

/* The place of a type (its tw_type) among the twelve of a family of faults; none for what is no type. */
int tw_fault_row(unsigned type);

/* Turns the order of n items of `size` bytes, at most 16, around. */
void tw_fault_reverse(void *items, size_t n, size_t size);

/* Bits of an i64 that went through a double on their way. */
int64_t tw_fault_through_double(int64_t value);

#define TW_FAULT(name) __builtin_expect(tw_fault_active == TW_FAULT_##name, 0)
#define TW_FAULT_AND(name, condition) (TW_FAULT(name) && (condition))
#define TW_FAULT_ROW(first, type) ((int)tw_fault_active == (int)TW_FAULT_##first + tw_fault_row(type))
/* Not do-while: a statement may break out of the loop around it. */
#define TW_WHEN_FAULT(name, ...)                                                                             \
    if (TW_FAULT(name)) {                                                                                    \
        __VA_ARGS__                                                                                          \
    } else                                                                                                   \
        (void)0
#define TW_WHEN_FAULT_ROW(first, type, ...)                                                                  \
    if (TW_FAULT_ROW(first, type)) {                                                                         \
        __VA_ARGS__                                                                                          \
    } else                                                                                                   \
        (void)0

#else

/* Conditions and statements of faults are not even compiled: they are no branches of this build to cover. */
#define tw_fault_forget() ((void)0)
#define TW_FAULT(name) 0
#define TW_FAULT_AND(name, condition) 0
#define TW_FAULT_ROW(first, type) 0
#define TW_WHEN_FAULT(name, ...) ((void)0)
#define TW_WHEN_FAULT_ROW(first, type, ...) ((void)0)

#endif

#endif
