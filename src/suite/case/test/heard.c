#include "suite/case/test/heard.h"

#include <stdio.h>
#include <string.h>

void assay_test_hear(void *context, const char *text)
{
    assay_test_heard *heard = context;
    size_t len = strlen(heard->all);
    if (heard->count++ == 0) snprintf(heard->first, sizeof heard->first, "%s", text);
    snprintf(heard->all + len, sizeof heard->all - len, "%s\n", text);
}
