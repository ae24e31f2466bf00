#include "suite/case/hello.h"

#include <string.h>

static bool holds(const assay_strings *strings, const char *text, size_t len)
{
    for (size_t i = 0; i < strings->count; i++)
        if (strlen(strings->items[i]) == len && memcmp(strings->items[i], text, len) == 0) return true;
    return false;
}

/* A static name for a layering of transports; `otherwise` for one that nobody has in practice. */
static const char *layering_name(const char *text, size_t len, const char *otherwise)
{
    static const char *const names[] = {"framed", "zlib", "framed/zlib", "zlib/framed"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == len && memcmp(names[i], text, len) == 0) return names[i];
    return otherwise;
}

/* What of a stack was not declared, or NULL. */
static const char *missing_of_stack(const assay_hello *hello, const char *stack)
{
    const char *slash = strrchr(stack, '/'), *protocol = slash ? slash + 1 : stack;
    size_t layers = slash ? (size_t)(slash - stack) : 0;
    if (!holds(&hello->protocols, protocol, strlen(protocol))) return protocol;
    if (slash && !holds(&hello->transports, stack, layers)) return layering_name(stack, layers, stack);
    return NULL;
}

static const char *missing_type(const assay_hello *hello, unsigned types)
{
    for (size_t i = 0; i < hello->types.count; i++)
        types &= ~(1u << tw_type_find(hello->types.items[i], strlen(hello->types.items[i])));
    for (unsigned type = 1; type < TW_TYPE_COUNT; type++)
        if (types >> type & 1) return tw_type_name((tw_type)type);
    return NULL;
}

bool assay_hello_covers(const assay_hello *hello, const assay_case *c, const char **missing)
{
    const char *what = NULL;
    if (!(hello->verbs >> c->verb & 1)) what = assay_verb_name(c->verb);
    if (!what && c->in) what = missing_of_stack(hello, c->in);
    if (!what && c->out) what = missing_of_stack(hello, c->out);
    if (!what) what = missing_type(hello, assay_case_types(c));
    if (!what && c->split_count && !hello->chunks) what = "chunks";
    if (missing) *missing = what;
    return !what;
}
