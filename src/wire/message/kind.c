#include "wire/message/message.h"

#include <string.h>

static const char *const names[] = {NULL, "call", "reply", "exception", "oneway"};
#define NAMES (sizeof names / sizeof names[0])

const char *tw_message_kind_name(uint8_t kind)
{
    return kind < NAMES ? names[kind] : NULL;
}

uint8_t tw_message_kind_find(const char *name, size_t len)
{
    for (size_t i = 1; i < NAMES; i++) {
        if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0) return (uint8_t)i;
    }
    return 0;
}
