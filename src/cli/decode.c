/* assay decode: bytes to notation. */
#include "cli/codec_options.h"

static const char help[] =
    "usage: assay decode [OPTIONS] STACK [FILE]\n"
    "\n"
    "Reads one struct (or message, or all messages) from FILE or standard input and prints it in\n"
    "notation. STACK names how the bytes are wrapped, outermost first: binary, compact,\n"
    "framed/compact, zlib/binary, framed/zlib/compact ... binary-strict refuses the old message\n"
    "header.\n"
    "\n"
    "  --hex               the input is hex, which may be annotated: everything behind | is words\n"
    "  --message           a message is expected: name, kind and sequence id, then a struct\n"
    "  --session           all messages up to the end of the stream, one after the other\n"
    "  --indent, --line    over several lines (the default on a terminal), or in one\n"
    "  -o, --output FILE   write there\n"
    "  --depth N           levels of nesting allowed (64)\n"
    "  --frame N           bytes of one frame (16384000)\n"
    "  --message-limit N   bytes of one struct or message (104857600)\n"
    "  --string N          bytes of one string (2147483647)\n"
    "  --container N       elements of one list, set or map (2147483647)\n"
    "  -h, --help          this\n"
    "\n"
    "exit status: 0 read (bytes behind it are warned of); 1 malformed; 2 usage; 74 cannot read or write.\n"
    "\n"
    "examples:\n"
    "  echo '15 0a 00' | assay decode --hex compact\n"
    "  assay decode --session framed/binary capture.bin\n"
    "  assay decode --message --indent zlib/compact < reply.bin\n";

static const assay_codec_form form = {
    "decode", help, .options = "hex message session indent line depth frame message-limit string container "};

static tw_class write_unit(const assay_codec_options *o, const tw_envelope *envelope, const tw_tree *tree,
                           tw_buffer *to)
{
    const tw_node *root = tw_tree_root(tree);
    tw_class cls = o->unit == TW_UNIT_MESSAGE ? tw_notation_write_message(envelope, root, o->style, to)
                                              : tw_notation_write(root, o->style, to);
    if (cls == TW_OK && !tw_buffer_append_byte(to, '\n')) cls = TW_MEMORY;
    return cls;
}

static int decode_one(const assay_codec_options *o, tw_bytes in, tw_tree *tree, tw_buffer *to)
{
    tw_envelope envelope;
    tw_outcome out;
    size_t consumed;
    tw_class cls = tw_stack_decode(&o->in, in, o->unit, &o->decode, &envelope, tree, &out, &consumed);
    if (cls != TW_OK) return assay_codec_fail(o, &out.error);
    cls = write_unit(o, &envelope, tree, to);
    if (cls != TW_OK) return assay_codec_fail(o, &(tw_error){.cls = cls});
    assay_codec_warn_behind(o, &out, in.len, consumed);
    return ASSAY_EXIT_OK;
}

/* The messages before an error are printed too. */
static int decode_session(const assay_codec_options *o, tw_input *input, tw_tree *tree, tw_buffer *to)
{
    for (;;) {
        tw_envelope envelope;
        tw_outcome out;
        tw_next next = tw_input_next(input, o->unit, &envelope, tree, &out);
        if (next == TW_NEXT_ERROR) return assay_codec_fail(o, &out.error);
        if (next != TW_NEXT_READY) return ASSAY_EXIT_OK;
        tw_class cls = write_unit(o, &envelope, tree, to);
        if (cls != TW_OK) return assay_codec_fail(o, &(tw_error){.cls = cls});
    }
}

static int decode_all(const assay_codec_options *o, tw_bytes in, tw_buffer *to)
{
    int code;
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_input *input = o->count == 1 ? NULL : tw_input_new(&o->in, &o->decode, NULL);
    if (o->count == 1) {
        code = decode_one(o, in, &tree, to);
    } else if (!input || tw_input_feed(input, in) != TW_OK) {
        code = assay_codec_fail(o, &(tw_error){.cls = TW_MEMORY});
    } else {
        tw_input_end(input);
        code = decode_session(o, input, &tree, to);
    }
    tw_input_free(input);
    tw_tree_deinit(&tree);
    return code;
}

static int decode(const assay_codec_options *o, tw_bytes in, tw_buffer *text)
{
    int code = decode_all(o, in, text);
    if (text->len == 0 || text->failed) return code;
    int written = assay_cli_write(o->verb, o->to, tw_buffer_view(text));
    return code == ASSAY_EXIT_OK ? written : code;
}

int assay_cli_decode(int argc, char **argv)
{
    return assay_codec_run(argc, argv, &form, decode);
}
