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
    "explain", help,
    .options = "hex message session color colour depth frame message-limit string container "};

static int explain(const assay_codec_options *o, tw_bytes in, tw_buffer *page)
{
    tw_explain_options options = {.decode = o->decode,
                                  .unit = o->unit,
                                  .count = o->count,
                                  .colour = assay_cli_colour(o->colour, o->to),
                                  .mark = SIZE_MAX};
    tw_error error;
    int code = ASSAY_EXIT_OK;
    tw_class cls = tw_explain(&o->in, in, &options, page, &error);
    if (cls != TW_MEMORY) code = assay_cli_write(o->verb, o->to, tw_buffer_view(page));
    if (cls == TW_OK) return code;
    int failed = assay_codec_fail(o, &error);
    return code == ASSAY_EXIT_OK ? failed : code;
}

int assay_cli_explain(int argc, char **argv)
{
    return assay_codec_run(argc, argv, &form, explain);
}
