#include "wire/base/type.h"

#include <string.h>

static const char *const names[TW_TYPE_COUNT] = {
    [TW_STOP] = "stop", [TW_BOOL] = "bool",     [TW_I8] = "i8",         [TW_I16] = "i16",   [TW_I32] = "i32",
    [TW_I64] = "i64",   [TW_DOUBLE] = "double", [TW_STRING] = "string", [TW_LIST] = "list", [TW_SET] = "set",
    [TW_MAP] = "map",   [TW_STRUCT] = "struct", [TW_UUID] = "uuid",
};

const char *tw_type_name(tw_type type)
{
    unsigned index = (unsigned)type;
    return index < TW_TYPE_COUNT && names[index] ? names[index] : "?";
}

tw_type tw_type_find(const char *name, size_t len)
{
    for (unsigned i = 1; i < TW_TYPE_COUNT; i++) {
        if (names[i] && strlen(names[i]) == len && memcmp(names[i], name, len) == 0) return (tw_type)i;
    }
    return TW_STOP;
}
