/* assay encode: notation to bytes. */
#include "cli/codec_options.h"

#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: assay encode [OPTIONS] STACK [FILE]\n"
    "\n"
    "Reads one struct (or message, or several messages) in notation from FILE or standard input and\n"
    "writes its canonical bytes, wrapped as STACK says: binary, binary-old, compact, framed/compact,\n"
    "zlib/binary ... A zlib stream is flushed behind each message, and not finished.\n"
    "\n"
    "  --hex               write hex instead of raw bytes\n"
    "  --message           the input is a message: call \"name\" #7 struct{...}\n"
    "  --session           messages one after the other, written on one stream\n"
    "  -o, --output FILE   write there\n"
    "  -h, --help          this\n"
    "\n"
    "exit status: 0 done; 1 the notation is wrong (told as FILE:LINE:COLUMN: what); 2 usage; 74\n"
    "cannot read or write.\n"
    "\n"
    "examples:\n"
    "  echo 'struct{1: i32 5, 2: list<bool>[true, false]}' | assay encode --hex compact\n"
    "  assay encode --message framed/binary -o request.bin request.txt\n";

static const assay_codec_form form = {"encode", help, .options = "hex message session ", .takes_text = true};

/* Where the first message in the text ends: behind the bracket that closes its struct. The reader judges the
 * rest; here only strings and brackets count. */
static size_t message_end(const char *text, size_t len)
{
    size_t depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (quoted) {
            if (c == '\\') i++;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && depth > 0 && --depth == 0) {
            return i + 1;
        }
    }
    return len;
}

static bool is_blank(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (!strchr(" \t\r\n", text[i]) || text[i] == 0) return false;
    }
    return true;
}

/* Says where in the whole text the error of a piece of it lies. */
static int fail(const assay_codec_options *o, const char *text, size_t start, const tw_notation_error *error)
{
    size_t line = 1, column = 1;
    for (size_t i = 0; i < start; i++) {
        column++;
        if (text[i] != '\n') continue;
        line++;
        column = 1;
    }
    if (error->line == 1)
        column += error->column - 1;
    else
        column = error->column;
    fprintf(stderr, "%s:%zu:%zu: %s\n", assay_codec_input_name(o), line + error->line - 1, column,
            error->text);
    return error->cls == TW_MEMORY ? ASSAY_EXIT_SOFTWARE : ASSAY_EXIT_WRONG;
}

static int encode_unit(const assay_codec_options *o, const char *text, size_t start, size_t end,
                       tw_output *output, tw_tree *tree, tw_buffer *to)
{
    tw_envelope envelope;
    tw_notation_error error;
    bool message = o->unit == TW_UNIT_MESSAGE;
    tw_class cls = message ? tw_notation_read_message(text + start, end - start, &envelope, tree, &error)
                           : tw_notation_read(text + start, end - start, tree, &error);
    if (cls != TW_OK) return fail(o, text, start, &error);
    cls = tw_output_write(output, message ? &envelope : NULL, tw_tree_root(tree), to);
    if (cls == TW_OK) return ASSAY_EXIT_OK;
    assay_cli_complain(o->verb, "%s",
                       cls == TW_MEMORY ? "out of memory" : "the value does not fit the wire format");
    return cls == TW_MEMORY ? ASSAY_EXIT_SOFTWARE : ASSAY_EXIT_WRONG;
}

static int encode_all(const assay_codec_options *o, tw_bytes in, tw_output *output, tw_buffer *to)
{
    const char *text = in.len ? (const char *)in.data : "";
    bool session = o->count != 1;
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    int code = ASSAY_EXIT_OK;
    size_t start = 0;
    while (code == ASSAY_EXIT_OK && !(session && is_blank(text + start, in.len - start))) {
        size_t end = session ? start + message_end(text + start, in.len - start) : in.len;
        code = encode_unit(o, text, start, end, output, &tree, to);
        start = end;
        if (!session) break;
    }
    tw_tree_deinit(&tree);
    return code;
}

static int encode(const assay_codec_options *o, tw_bytes in, tw_buffer *made)
{
    tw_output *output = tw_output_new(&o->in, NULL);
    if (!output) {
        assay_cli_complain(o->verb, "out of memory");
        return ASSAY_EXIT_SOFTWARE;
    }
    int code = encode_all(o, in, output, made);
    if (code == ASSAY_EXIT_OK) code = assay_codec_write_bytes(o, tw_buffer_view(made));
    tw_output_free(output);
    return code;
}

int assay_cli_encode(int argc, char **argv)
{
    return assay_codec_run(argc, argv, &form, encode);
}
