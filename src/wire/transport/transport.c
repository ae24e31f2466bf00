#include "wire/transport/transport.h"

#include <string.h>

static const tw_transport *const transports[] = {&tw_framed, &tw_zlib, NULL};

const tw_transport *tw_transport_find(const char *name, size_t len)
{
    for (const tw_transport *const *t = transports; *t; t++) {
        if (strlen((*t)->name) == len && memcmp((*t)->name, name, len) == 0) return *t;
    }
    return NULL;
}

const tw_transport *const *tw_transports(void)
{
    return transports;
}
