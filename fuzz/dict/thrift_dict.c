/* Prints the dictionary: `make dict` writes fuzz/dict/thrift.dict with it. */
#include "suite/mutate/evolve/dictionary.h"

#include <stdio.h>

int main(void)
{
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    bool ok = assay_dictionary_write(&text) == TW_OK && fwrite(text.data, 1, text.len, stdout) == text.len;
    tw_buffer_deinit(&text);
    return ok && fflush(stdout) == 0 ? 0 : 1;
}
