#include "cli/codec_options.h"
#include "wire/text/hex.h"

#include <stdio.h>
#include <string.h>

const char *assay_codec_input_name(const assay_codec_options *o)
{
    return o->file && strcmp(o->file, "-") != 0 ? o->file : "<stdin>";
}

/* Reads text as lines of annotated hex. */
static int read_lines(const assay_codec_options *o, tw_bytes text, tw_buffer *to)
{
    uint64_t most = o->decode.limits.message;
    uint32_t message = most < UINT32_MAX ? (uint32_t)most : UINT32_MAX;
    const tw_hex_name names[] = {{"frame", o->decode.limits.frame}, {"message", message}, {NULL, 0}};
    size_t line = 1;
    for (size_t start = 0; start < text.len; line++) {
        const uint8_t *newline = memchr(text.data + start, '\n', text.len - start);
        size_t len = newline ? (size_t)(newline - text.data) - start : text.len - start, at = 0;
        const char *why = "";
        tw_class cls = tw_hex_read_annotated((const char *)text.data + start, len, names, to, &at, &why);
        if (cls == TW_OK && to->len > ASSAY_INPUT_MAX) {
            cls = TW_LIMIT;
            why = "more than 1 GiB of bytes";
        }
        if (cls != TW_OK) {
            fprintf(stderr, "%s:%zu:%zu: %s\n", assay_codec_input_name(o), line, at + 1, why);
            return cls == TW_MEMORY ? ASSAY_EXIT_SOFTWARE : ASSAY_EXIT_WRONG;
        }
        start += len + 1;
    }
    return ASSAY_EXIT_OK;
}

static int read_bytes(const assay_codec_options *o, tw_buffer *to)
{
    if (!o->hex) return assay_cli_read(o->verb, o->file, to);
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    int code = assay_cli_read(o->verb, o->file, &text);
    if (code == ASSAY_EXIT_OK) code = read_lines(o, tw_buffer_view(&text), to);
    tw_buffer_deinit(&text);
    return code;
}

int assay_codec_run(int argc, char **argv, const assay_codec_form *form, assay_codec_work *work)
{
    assay_codec_options o;
    if (!assay_codec_options_read(argc, argv, form, &o)) return o.exit_code;
    tw_buffer in, made;
    tw_buffer_init(&in, NULL);
    tw_buffer_init(&made, NULL);
    int code = form->takes_text ? assay_cli_read(o.verb, o.file, &in) : read_bytes(&o, &in);
    if (code == ASSAY_EXIT_OK) code = work(&o, tw_buffer_view(&in), &made);
    tw_buffer_deinit(&made);
    tw_buffer_deinit(&in);
    return code;
}

int assay_codec_write_bytes(const assay_codec_options *o, tw_bytes bytes)
{
    if (!o->hex) {
        if (assay_cli_to_terminal(o->to))
            return assay_cli_usage(o->verb, "raw bytes are not written to a terminal: use --hex or -o FILE");
        return assay_cli_write(o->verb, o->to, bytes);
    }
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    int code = ASSAY_EXIT_SOFTWARE;
    if (tw_hex_write(bytes, &text) == TW_OK && tw_buffer_append_byte(&text, '\n'))
        code = assay_cli_write(o->verb, o->to, tw_buffer_view(&text));
    else
        assay_cli_complain(o->verb, "out of memory");
    tw_buffer_deinit(&text);
    return code;
}

int assay_codec_fail(const assay_codec_options *o, const tw_error *error)
{
    char line[1024];
    if (error->cls == TW_MEMORY) {
        assay_cli_complain(o->verb, "out of memory");
        return ASSAY_EXIT_SOFTWARE;
    }
    tw_error_format(error, line, sizeof line);
    assay_cli_complain(o->verb, "%s", line);
    return ASSAY_EXIT_WRONG;
}

void assay_codec_warn_behind(const assay_codec_options *o, const tw_outcome *out, size_t len, size_t consumed)
{
    const char *what = o->unit == TW_UNIT_MESSAGE ? "message" : "struct";
    if (consumed != SIZE_MAX && consumed < len)
        assay_cli_complain(o->verb, "warning: %zu byte%s behind the %s, not read", len - consumed,
                           len - consumed == 1 ? " stands" : "s stand", what);
    else if (tw_ruleset_has(&out->open, TW_RULE_STRUCT_TRAILING))
        assay_cli_complain(o->verb, "warning: more stands behind the %s, not read", what);
}
