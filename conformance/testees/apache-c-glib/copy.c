#include "copy.h"

#include <stdio.h>

gboolean refuse(Work *w, const char *word, const char *text)
{
    w->word = word;
    snprintf(w->text, sizeof w->text, "%s", text);
    return FALSE;
}

static gboolean check(Work *w, ThriftType type)
{
    switch (type) {
    case T_BOOL:
    case T_BYTE:
    case T_I16:
    case T_I32:
    case T_I64:
    case T_DOUBLE:
    case T_STRING:
    case T_STRUCT:
    case T_MAP:
    case T_SET:
    case T_LIST: return TRUE;
    default:
        refuse(w, "handed-up", "");
        snprintf(w->text, sizeof w->text, "type %d", (int)type);
        return FALSE;
    }
}

static gboolean copy(Work *w, ThriftType type, int depth);

#define TRY(call)                                                                                            \
    do {                                                                                                     \
        if ((call) < 0) return FALSE;                                                                        \
    } while (0)
#define PASS(ctype, name)                                                                                    \
    {                                                                                                        \
        ctype value = 0;                                                                                     \
        TRY(thrift_protocol_read_##name(w->in, &value, &w->error));                                          \
        TRY(thrift_protocol_write_##name(w->out, value, &w->error));                                         \
        return TRUE;                                                                                         \
    }

static gboolean copy_struct(Work *w, int depth)
{
    gchar *name = NULL;
    TRY(thrift_protocol_read_struct_begin(w->in, &name, &w->error));
    TRY(thrift_protocol_write_struct_begin(w->out, "", &w->error));
    for (;;) {
        ThriftType type = T_STOP;
        gint16 id = 0;
        TRY(thrift_protocol_read_field_begin(w->in, &name, &type, &id, &w->error));
        if (type == T_STOP) break;
        if (!check(w, type)) return FALSE;
        TRY(thrift_protocol_write_field_begin(w->out, "", type, id, &w->error));
        if (!copy(w, type, depth + 1)) return FALSE;
        TRY(thrift_protocol_read_field_end(w->in, &w->error));
        TRY(thrift_protocol_write_field_end(w->out, &w->error));
    }
    TRY(thrift_protocol_read_struct_end(w->in, &w->error));
    TRY(thrift_protocol_write_field_stop(w->out, &w->error));
    TRY(thrift_protocol_write_struct_end(w->out, &w->error));
    return TRUE;
}

static gboolean copy_binary(Work *w)
{
    gpointer data = NULL;
    guint32 len = 0;
    TRY(thrift_protocol_read_binary(w->in, &data, &len, &w->error));
    gint32 result = thrift_protocol_write_binary(w->out, data, len, &w->error);
    g_free(data);
    return result >= 0;
}

static gboolean copy_map(Work *w, int depth)
{
    ThriftType key = T_STOP, value = T_STOP;
    guint32 size = 0;
    TRY(thrift_protocol_read_map_begin(w->in, &key, &value, &size, &w->error));
    gboolean untyped =
        size == 0 && key == T_STOP && value == T_STOP; /* an empty map may come without types */
    if (!untyped && (!check(w, key) || !check(w, value))) return FALSE;
    TRY(thrift_protocol_write_map_begin(w->out, key, value, size, &w->error));
    for (guint32 i = 0; i < size; i++)
        if (!copy(w, key, depth + 1) || !copy(w, value, depth + 1)) return FALSE;
    TRY(thrift_protocol_read_map_end(w->in, &w->error));
    TRY(thrift_protocol_write_map_end(w->out, &w->error));
    return TRUE;
}

static gboolean copy_set(Work *w, int depth)
{
    ThriftType element = T_STOP;
    guint32 size = 0;
    TRY(thrift_protocol_read_set_begin(w->in, &element, &size, &w->error));
    if (!check(w, element)) return FALSE;
    TRY(thrift_protocol_write_set_begin(w->out, element, size, &w->error));
    for (guint32 i = 0; i < size; i++)
        if (!copy(w, element, depth + 1)) return FALSE;
    TRY(thrift_protocol_read_set_end(w->in, &w->error));
    TRY(thrift_protocol_write_set_end(w->out, &w->error));
    return TRUE;
}

static gboolean copy_list(Work *w, int depth)
{
    ThriftType element = T_STOP;
    guint32 size = 0;
    TRY(thrift_protocol_read_list_begin(w->in, &element, &size, &w->error));
    if (!check(w, element)) return FALSE;
    TRY(thrift_protocol_write_list_begin(w->out, element, size, &w->error));
    for (guint32 i = 0; i < size; i++)
        if (!copy(w, element, depth + 1)) return FALSE;
    TRY(thrift_protocol_read_list_end(w->in, &w->error));
    TRY(thrift_protocol_write_list_end(w->out, &w->error));
    return TRUE;
}

static gboolean copy(Work *w, ThriftType type, int depth)
{
    if (depth > TESTEE_DEEPEST) return refuse(w, "unsupported", "nesting");
    switch (type) {
    case T_BOOL: PASS(gboolean, bool)
    case T_BYTE: PASS(gint8, byte)
    case T_I16: PASS(gint16, i16)
    case T_I32: PASS(gint32, i32)
    case T_I64: PASS(gint64, i64)
    case T_DOUBLE: PASS(gdouble, double)
    case T_STRING: return copy_binary(w);
    case T_STRUCT: return copy_struct(w, depth);
    case T_MAP: return copy_map(w, depth);
    case T_SET: return copy_set(w, depth);
    default: return copy_list(w, depth); /* check() let nothing else through */
    }
}

gboolean copy_message(Work *w)
{
    gchar *name = NULL; /* the library leaves all three as they are for a header that it does not know */
    ThriftMessageType type = 0;
    gint32 id = 0;
    TRY(thrift_protocol_read_message_begin(w->in, &name, &type, &id, &w->error));
    gint32 result =
        thrift_protocol_write_message_begin(w->out, name != NULL ? name : "", type, id, &w->error);
    g_free(name);
    TRY(result);
    if (!copy_struct(w, 1)) return FALSE;
    TRY(thrift_protocol_read_message_end(w->in, &w->error));
    TRY(thrift_protocol_write_message_end(w->out, &w->error));
    return TRUE;
}

gboolean copy_value(Work *w)
{
    return copy(w, T_STRUCT, 1);
}

gboolean skip_value(Work *w)
{
    return thrift_protocol_skip(w->in, T_STRUCT, &w->error) >= 0;
}
