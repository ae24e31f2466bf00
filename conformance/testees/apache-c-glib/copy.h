/* Carries values from one protocol to another, value by value. */
#ifndef GLUE_COPY_H
#define GLUE_COPY_H

#include "testee.h"

#include <thrift/c_glib/protocol/thrift_protocol.h>

/* One piece of work, and how it failed if it did. */
typedef struct Work {
    ThriftProtocol *in, *out;
    GError *error;
    const char *word; /* NULL for the library's own refusal */
    char text[64];
} Work;

/* Each is false when it failed; the Work then says how. */
gboolean copy_value(Work *w); /* one struct */
gboolean copy_message(Work *w);
gboolean skip_value(Work *w);

/* Notes an answer other than the library's own refusal; always false. */
gboolean refuse(Work *w, const char *word, const char *text);

#endif
