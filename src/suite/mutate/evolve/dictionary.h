/* The engines' dictionary: the encodings of the boundary table, in the form that libFuzzer and AFL++ read. */
#ifndef SUITE_MUTATE_EVOLVE_DICTIONARY_H
#define SUITE_MUTATE_EVOLVE_DICTIONARY_H

#include "wire/base/bytes.h"
#include "wire/base/error.h"

/* Appends the whole file: a line each, `name="\x15\x0a"`, no bytes twice. TW_OK or TW_MEMORY. */
tw_class assay_dictionary_write(tw_buffer *to);

#endif
