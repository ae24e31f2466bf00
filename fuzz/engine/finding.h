/* How a finding is told, by every engine alike. */
#ifndef FUZZ_ENGINE_FINDING_H
#define FUZZ_ENGINE_FINDING_H

#include "fuzz/harness/harness.h"

#include <stdio.h>

/* Prints what failed and one command that shows it again:
 *
 *     fuzz: round_trip: bytes-differ (compact.field.delta): ...
 *     repro: make replay FUZZ=round_trip HEX=0100... */
void finding_print(FILE *to, const fuzz_harness *harness, const fuzz_run *run, tw_bytes input);

#endif
