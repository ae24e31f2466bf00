/* assay explain: an annotated dump of bytes. */
#include "cli/codec_options.h"
#include "wire/text/explain.h"

static const char help[] =
    "usage: assay explain [OPTIONS] STACK [FILE]\n"
    "\n"
    "Shows every byte of FILE or standard input: where it stands, and what it is. `hex` counts in the\n"
    "file (or in what a zlib stream inflates to), `byte` in the stream of its own layer, as errors\n"
    "do. On malformed input it goes as far as reading goes and marks the byte and the rule.\n"
    "\n"
    "  --hex               the input is hex, which may be annotated: everything behind | is words\n"
    "  --message           a message is expected\n"
    "  --session           all messages up to the end of the stream\n"
    "  --color[=WHEN]      auto (the default: on a terminal, unless NO_COLOR is set), always, never\n"
    "  -o, --output FILE   write there\n"
    "  --depth N, --frame N, --message-limit N, --string N, --container N\n"
    "                      limits on reading, as for decode\n"
    "  -h, --help          this\n"
    "\n"
    "exit status: 0 read; 1 malformed (the error is also told on standard error, in one line); 2\n"
    "usage; 74 cannot read or write.\n"
    "\n"
    "examples:\n"
    "  echo '19 22 01 02 00' | assay explain --hex compact\n"
    "  assay explain --message framed/zlib/compact capture.bin | less -R\n";

static const assay_codec_form form = {
    "explain", help, false, "hex message session color colour depth frame message-limit string container "};

int assay_cli_explain(int argc, char **argv)
{
    assay_codec_options o;
    if (!assay_codec_options_read(argc, argv, &form, &o)) return o.exit_code;
    tw_buffer in, out;
    tw_buffer_init(&in, NULL);
    tw_buffer_init(&out, NULL);
    int code = assay_codec_read_bytes(&o, &in);
    if (code == ASSAY_EXIT_OK) {
        tw_explain_options options = {.decode = o.decode,
                                      .unit = o.unit,
                                      .count = o.count,
                                      .colour = assay_cli_colour(o.colour, o.to),
                                      .mark = SIZE_MAX};
        tw_error error;
        tw_class cls = tw_explain(&o.in, tw_buffer_view(&in), &options, &out, &error);
        if (cls != TW_MEMORY) code = assay_cli_write(o.verb, o.to, tw_buffer_view(&out));
        if (cls != TW_OK) {
            int failed = assay_codec_fail(&o, &error);
            if (code == ASSAY_EXIT_OK) code = failed;
        }
    }
    tw_buffer_deinit(&in);
    tw_buffer_deinit(&out);
    return code;
}
