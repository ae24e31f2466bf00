/* What was expected and what came, in one line each, for reports. */
#ifndef SUITE_RUN_WORDS_H
#define SUITE_RUN_WORDS_H

#include "suite/case/case.h"
#include "suite/case/observation.h"
#include "wire/base/arena.h"

/* "struct{1: i32 5}", "refused: malformed at byte 3 (compact.list.size-negative)", "one of reads-as-true,
 * refused". In the arena or static; NULL when memory is refused. */
const char *assay_words_expected(const assay_case *c, tw_arena *arena);

/* What the testee did: value (NULL or "": none was read) where it accepted, otherwise "refused: its words",
 * "crash: signal 11 (Segmentation fault)". In the arena or static; NULL when memory is refused. */
const char *assay_words_got(const assay_observation *seen, const char *value, tw_arena *arena);

/* "signal 11 (Segmentation fault)", "exit status 3", or text where neither is there. Writes into to, returns
 * to. */
const char *assay_words_ending(int exit_status, int signal, const char *text, char *to, size_t size);

#endif
