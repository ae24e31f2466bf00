/* assay transcode: bytes of one stack to bytes of another. */
#include "cli/codec_options.h"

static const char help[] =
    "usage: assay transcode [OPTIONS] IN OUT [FILE]\n"
    "\n"
    "Reads one struct (or message, or all messages) wrapped as IN says and writes it wrapped as OUT says.\n"
    "\n"
    "  --hex               input and output are hex; the input may be annotated: behind | stand words\n"
    "  --message           a message is expected; OUT binary-old writes the old header\n"
    "  --session           all messages up to the end of the stream\n"
    "  -o, --output FILE   write there\n"
    "  --depth N, --frame N, --message-limit N, --string N, --container N\n"
    "                      limits on reading, as for decode\n"
    "  -h, --help          this\n"
    "\n"
    "exit status: 0 done (bytes behind are warned of); 1 malformed, or what OUT cannot carry; 2\n"
    "usage; 74 cannot read or write.\n"
    "\n"
    "examples:\n"
    "  echo '08 00 01 00 00 00 05 00' | assay transcode --hex binary compact\n"
    "  assay transcode --session framed/binary framed/compact capture.bin -o compact.bin\n";

static const assay_codec_form form = {"transcode", help, .two_stacks = true,
                                      .options =
                                          "hex message session depth frame message-limit string container "};

/* Reads unit after unit and writes each; what was written before an error is dropped. */
static int transcode_units(const assay_codec_options *o, tw_input *input, tw_output *output, size_t len,
                           tw_tree *tree, tw_buffer *to)
{
    bool message = o->unit == TW_UNIT_MESSAGE;
    tw_outcome out = {.error.cls = TW_OK};
    for (size_t units = 0; units < o->count; units++) {
        tw_envelope envelope;
        tw_next next = tw_input_next(input, o->unit, &envelope, tree, &out);
        if (next == TW_NEXT_ERROR) return assay_codec_fail(o, &out.error);
        if (next != TW_NEXT_READY) break;
        if (message) envelope.form = o->out.form;
        tw_class cls = tw_output_write(output, message ? &envelope : NULL, tw_tree_root(tree), to);
        if (cls == TW_MEMORY) return assay_codec_fail(o, &(tw_error){.cls = cls});
        if (cls != TW_OK) {
            assay_cli_complain(o->verb, "the value does not fit the wire format");
            return ASSAY_EXIT_WRONG;
        }
    }
    if (o->count == 1) assay_codec_warn_behind(o, &out, len, tw_input_consumed(input));
    return ASSAY_EXIT_OK;
}

static int transcode_all(const assay_codec_options *o, tw_bytes in, tw_buffer *to)
{
    if (in.len == 0 && o->count == 1) { /* a stream may be empty; here one unit was asked for */
        tw_tree nothing;
        tw_outcome out;
        tw_envelope envelope;
        tw_tree_init(&nothing, NULL, SIZE_MAX);
        tw_stack_decode(&o->in, in, o->unit, &o->decode, &envelope, &nothing, &out, NULL);
        tw_tree_deinit(&nothing);
        return assay_codec_fail(o, &out.error);
    }
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_input *input = tw_input_new(&o->in, &o->decode, NULL);
    tw_output *output = tw_output_new(&o->out, NULL);
    int code;
    if (!input || !output || tw_input_feed(input, in) != TW_OK) {
        code = assay_codec_fail(o, &(tw_error){.cls = TW_MEMORY});
    } else {
        tw_input_end(input);
        code = transcode_units(o, input, output, in.len, &tree, to);
    }
    tw_input_free(input);
    tw_output_free(output);
    tw_tree_deinit(&tree);
    return code;
}

static int transcode(const assay_codec_options *o, tw_bytes in, tw_buffer *made)
{
    int code = transcode_all(o, in, made);
    return code == ASSAY_EXIT_OK ? assay_codec_write_bytes(o, tw_buffer_view(made)) : code;
}

int assay_cli_transcode(int argc, char **argv)
{
    return assay_codec_run(argc, argv, &form, transcode);
}
