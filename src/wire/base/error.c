#include "wire/base/error.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const class_names[] = {"ok",          "truncated", "malformed", "limit",
                                          "unsupported", "memory",    "usage"};

const char *tw_class_name(tw_class cls)
{
    return class_names[cls];
}

bool tw_class_find(const char *name, tw_class *cls)
{
    for (size_t i = 0; i < sizeof class_names / sizeof class_names[0]; i++) {
        if (strcmp(class_names[i], name) == 0) {
            *cls = (tw_class)i;
            return true;
        }
    }
    return false;
}

/* Text that is cut to its room while its whole length goes on counting. */
typedef struct line {
    char *text;
    size_t size, len;
} line;

__attribute__((format(printf, 2, 3))) static void line_add(line *l, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    size_t room = l->len < l->size ? l->size - l->len : 0;
    int n = vsnprintf(room ? l->text + l->len : NULL, room, format, args);
    va_end(args);
    if (n > 0) l->len += (size_t)n;
}

static void line_add_path(line *l, const tw_path *path)
{
    uint32_t kept = path->depth < TW_PATH_KEPT ? path->depth : TW_PATH_KEPT;
    for (uint32_t i = 0; i < kept; i++) {
        const tw_step *step = &path->steps[i];
        switch (step->kind) {
        case TW_STEP_FIELD: line_add(l, "%s%" PRId64, i ? "." : "", step->at); break;
        case TW_STEP_ELEMENT: line_add(l, "[%" PRId64 "]", step->at); break;
        case TW_STEP_KEY: line_add(l, "{k:%" PRId64 "}", step->at); break;
        case TW_STEP_VALUE: line_add(l, "{%" PRId64 "}", step->at); break;
        }
    }
    if (path->depth > kept) line_add(l, "...");
}

size_t tw_path_format(const tw_path *path, char *text, size_t size)
{
    line l = {text, size, 0};
    line_add(&l, "%s", "");
    line_add_path(&l, path);
    return l.len;
}

size_t tw_error_format(const tw_error *error, char *text, size_t size)
{
    line l = {text, size, 0};
    if (error->layer) line_add(&l, "%s: ", error->layer);
    line_add(&l, "%s", tw_class_name(error->cls));
    if (error->layer) line_add(&l, " at byte %" PRIu64, error->offset);
    if (error->path.depth > 0) {
        line_add(&l, ", field ");
        line_add_path(&l, &error->path);
    }
    if (error->rule != TW_RULE_NONE) {
        const tw_rule_info *rule = tw_rule_info_of(error->rule);
        line_add(&l, ": %s: %s", rule->id, rule->sentence);
    }
    return l.len;
}
