/* Exports as C: one header, and arrays that compile as C99 and as C++11. */
#include "suite/vector/export_format.h"

#include <stdio.h>
#include <string.h>

#define HEADER "assay_vectors.h"
#define SOURCE "assay_vectors.c"

/* Bytes in a line, and characters of a string that go into one literal: C99 promises 4095, and a compiler may take
 * as little. */
enum { LINE_BYTES = 20, LITERAL = 100 };

static const char declarations[] =
    "#ifndef ASSAY_VECTORS_H\n"
    "#define ASSAY_VECTORS_H\n"
    "\n"
    "#include <stddef.h>\n"
    "\n"
    "#ifdef __cplusplus\n"
    "extern \"C\" {\n"
    "#endif\n"
    "\n"
    "enum assay_vectors_expect {\n"
    "    ASSAY_VECTORS_ACCEPT,\n"
    "    ASSAY_VECTORS_REJECT,\n"
    "    ASSAY_VECTORS_EITHER /* the specification is silent: anything but a crash or a hang */\n"
    "};\n"
    "\n"
    "struct assay_vectors_entry {\n"
    "    const char *id, *title, *why, *rule;\n"
    "    const char *level; /* \"must\", \"should\", \"may\" */\n"
    "    const char *verb;  /* \"transcode\", \"skip\", \"message\", \"session\", \"reuse\", \"typed\" */\n"
    "    const char *stack; /* transports, outermost first, and the protocol: \"framed/compact\" */\n"
    "    const char *out;   /* the stack of the answer; NULL for skip */\n"
    "    unsigned count;    /* session: most messages to read */\n"
    "    enum assay_vectors_expect expect;\n"
    "    const unsigned char *bytes;\n"
    "    size_t len;\n"
    "    const unsigned char *before; /* reuse: what is read first with the same objects; else NULL */\n"
    "    size_t before_len;\n"
    "    long consumed;     /* bytes that are taken when accepted; -1 where that is not known */\n"
    "    const char *value; /* notation, a line for each message of a session; NULL where there is none */\n"
    "};\n"
    "\n"
    "extern const struct assay_vectors_entry assay_vectors[];\n"
    "extern const size_t assay_vectors_count;\n"
    "\n"
    "#ifdef __cplusplus\n"
    "}\n"
    "#endif\n"
    "\n"
    "#endif\n";

static void say_string(tw_buffer *to, const char *text, size_t len)
{
    if (!text) {
        tw_buffer_printf(to, "NULL");
        return;
    }
    tw_buffer_printf(to, "\"");
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (i > 0 && i % LITERAL == 0) tw_buffer_printf(to, "\"\n     \"");
        /* Three octal digits end by themselves; `?` would make trigraphs. */
        if (c == '"' || c == '\\' || c == '?' || c < 0x20 || c >= 0x7f)
            tw_buffer_printf(to, "\\%03o", c);
        else
            tw_buffer_printf(to, "%c", c);
    }
    tw_buffer_printf(to, "\"");
}

static void say_text(tw_buffer *to, const char *before, const char *text)
{
    tw_buffer_printf(to, "%s", before);
    say_string(to, text, text ? strlen(text) : 0);
}

/* No bytes at all are one byte too: C has no empty arrays. */
static void say_array(tw_buffer *to, const char *name, size_t number, tw_bytes bytes)
{
    tw_buffer_printf(to, "static const unsigned char %s_%zu[] = {", name, number);
    for (size_t i = 0; i < bytes.len; i++)
        tw_buffer_printf(to, "%s%u", i == 0 ? "" : i % LINE_BYTES ? "," : ",\n    ", bytes.data[i]);
    tw_buffer_printf(to, bytes.len ? "};\n" : "0};\n");
}

static void say_row(tw_buffer *to, const assay_case *c, size_t number, const tw_buffer *values)
{
    static const char *const expects[] = {"ACCEPT", "REJECT", "EITHER"};
    say_text(to, "    {", c->id);
    say_text(to, ",\n     ", c->title);
    say_text(to, ",\n     ", c->why);
    say_text(to, ",\n     ", tw_rule_info_of(c->rule)->id);
    say_text(to, ", ", assay_level_name(c->level));
    say_text(to, ", ", assay_verb_name(c->verb));
    say_text(to, ", ", c->in);
    say_text(to, ", ", c->out);
    tw_buffer_printf(to, ", %u,\n     ASSAY_VECTORS_%s, bytes_%zu, %zu, ", c->count, expects[c->expect],
                     number, c->bytes.len);
    if (c->verb == ASSAY_REUSE)
        tw_buffer_printf(to, "before_%zu, %zu, ", number, c->before.len);
    else
        tw_buffer_printf(to, "NULL, 0, ");
    if (c->expect == ASSAY_ACCEPT && c->consumed != ASSAY_CONSUMED_UNKNOWN)
        tw_buffer_printf(to, "%zu,\n     ", c->consumed);
    else
        tw_buffer_printf(to, "-1,\n     ");
    bool has_value = c->expect == ASSAY_ACCEPT && c->value_count > 0;
    say_string(to, has_value ? (const char *)values->data : NULL, has_value ? values->len - 1 : 0);
    tw_buffer_printf(to, "},\n");
}

void assay_export_c_begin(assay_exporting *e, const assay_vector_set *set)
{
    tw_buffer *to = &e->text;
    tw_buffer_printf(
        to, "/* Golden vectors for the wire formats of Apache Thrift, version %s, set %.16s. CC0-1.0. */\n",
        set->version, set->digest);
    size_t head = to->len;
    tw_buffer_printf(to, "%s", declarations);
    assay_exporting_put(e, HEADER, tw_buffer_view(to));
    to->len = head;
    tw_buffer_printf(to, "#include \"" HEADER "\"\n\n");
    assay_exporting_put(e, SOURCE, tw_buffer_view(to));
    e->counts->files = 2;
}

void assay_export_as_c(assay_exporting *e, const assay_vector *vector, const assay_case *c)
{
    (void)vector;
    size_t number = e->counts->cases;
    say_array(&e->text, "bytes", number, c->bytes);
    if (c->verb == ASSAY_REUSE) say_array(&e->text, "before", number, c->before);
    assay_exporting_put(e, SOURCE, tw_buffer_view(&e->text));
    tw_buffer_clear(&e->text);
    if (c->expect == ASSAY_ACCEPT) assay_export_values(c, &e->text);
    say_row(&e->rows, c, number, &e->text);
}

void assay_export_c_end(assay_exporting *e)
{
    static const char last[] = "    {NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, "
                               "ASSAY_VECTORS_ACCEPT, NULL, 0, NULL, 0, 0, NULL}};\n";
    tw_buffer_clear(&e->text);
    tw_buffer_printf(&e->text, "\nconst struct assay_vectors_entry assay_vectors[] = {\n");
    assay_exporting_put(e, SOURCE, tw_buffer_view(&e->text));
    assay_exporting_put(e, SOURCE, tw_buffer_view(&e->rows));
    tw_buffer_clear(&e->text);
    tw_buffer_printf(&e->text, "%s\nconst size_t assay_vectors_count = %zu;\n", last, e->counts->cases);
    assay_exporting_put(e, SOURCE, tw_buffer_view(&e->text));
    if (e->text.failed) e->no_memory = true;
}
