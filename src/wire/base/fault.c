#include "wire/base/fault.h"

#ifdef TW_FAULTS

#include <stdlib.h>
#include <string.h>

tw_fault tw_fault_active = TW_FAULT_NONE;

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

__attribute__((constructor)) static void fault_from_environment(void)
{
    const char *name = getenv("TW_FAULT");
    for (unsigned i = 0; name && i < TW_FAULT_COUNT; i++) {
        if (strcmp(faults[i].name, name) == 0) tw_fault_active = (tw_fault)i;
    }
}

#else

typedef int fault_build_is_off; /* ISO C wants a declaration in every file */

#endif
