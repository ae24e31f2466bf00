#include "wire/base/fault.h"

#ifdef TW_FAULTS

#include "wire/base/type.h"

#include <stdlib.h>
#include <string.h>

tw_fault tw_fault_active = TW_FAULT_NONE;
int tw_fault_carried_id, tw_fault_carried_bool = -1;

static const struct {
    const char *name, *rule, *sentence;
} faults[] = {
    {"NONE", "", ""},
#define FAULT(name, rule, sentence) {#name, rule, sentence},
#include "wire/base/fault.def"
#undef FAULT
};

const char *tw_fault_name(tw_fault fault)
{
    return (unsigned)fault < TW_FAULT_COUNT ? faults[fault].name : NULL;
}

const char *tw_fault_rule(tw_fault fault)
{
    return faults[fault].rule;
}

const char *tw_fault_sentence(tw_fault fault)
{
    return faults[fault].sentence;
}

bool tw_fault_select(const char *name)
{
    tw_fault_active = TW_FAULT_NONE;
    tw_fault_forget();
    for (unsigned i = 0; name && i < TW_FAULT_COUNT; i++) {
        if (strcmp(faults[i].name, name) != 0) continue;
        tw_fault_active = (tw_fault)i;
        return true;
    }
    return !name;
}

__attribute__((constructor)) static void fault_from_environment(void)
{
    tw_fault_select(getenv("TW_FAULT"));
}

void tw_fault_forget(void)
{
    tw_fault_carried_id = 0;
    tw_fault_carried_bool = -1;
}

int tw_fault_row(unsigned type)
{
    if (type == TW_BOOL) return 0;
    return type >= TW_I8 && type <= TW_UUID ? (int)(type - TW_I8) + 1 : TW_FAULT_COUNT;
}

void tw_fault_reverse(void *items, size_t n, size_t size)
{
    uint8_t *from = items, kept[16];
    for (size_t i = 0; i < n / 2; i++) {
        uint8_t *a = from + i * size, *b = from + (n - 1 - i) * size;
        memcpy(kept, a, size);
        memcpy(a, b, size);
        memcpy(b, kept, size);
    }
}

int64_t tw_fault_through_double(int64_t value)
{
    double number = (double)value;
    return number >= 9223372036854775808.0 ? INT64_MAX : (int64_t)number;
}

#else

typedef int fault_build_is_off; /* ISO C wants a declaration in every file */

#endif
