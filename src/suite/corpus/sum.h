/* SHA-1 (FIPS 180-4): libFuzzer and others name inputs by it, and so does the corpus. Not for safety. */
#ifndef SUITE_CORPUS_SUM_H
#define SUITE_CORPUS_SUM_H

#include "wire/base/bytes.h"

#define ASSAY_SUM_TEXT 41

/* Writes 40 lower-case hex digits and a 0 byte. */
void assay_sum(tw_bytes bytes, char text[ASSAY_SUM_TEXT]);

#endif
