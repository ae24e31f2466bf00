/* assay corpus explain: an input for a person who has never seen one. */
#include "cli/corpus_verbs.h"
#include "cli/options.h"
#include "suite/corpus/story.h"

#include "wire/text/hex.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: assay corpus explain [OPTIONS] FILE...\n"
    "\n"
    "Tells what an input of the fuzzing harnesses is: the two bytes at its head in words, what the rules\n"
    "say of the rest, and every byte with what it means.\n"
    "\n"
    "  --hex HEX      an input spelled in hex, as the line that repeats a finding has it\n"
    "  --color[=WHEN] auto (the default: on a terminal, unless NO_COLOR is set), always, never\n"
    "  -h, --help     this\n"
    "\n"
    "exit status: 0 done, whatever the input is; 2 usage; 74 cannot read or write\n"
    "\n"
    "examples:\n"
    "  assay corpus explain corpus/round_trip/*\n"
    "  assay corpus explain --hex 0100150a00\n";

#define VERB "corpus explain"

static int explain(const char *name, tw_bytes input, bool colour)
{
    tw_buffer out;
    tw_buffer_init(&out, NULL);
    if (name) {
        tw_buffer_append(&out, name, strlen(name));
        tw_buffer_append(&out, "\n", 1);
    }
    int code = ASSAY_EXIT_SOFTWARE;
    if (assay_story_write(input, colour, &out) == TW_OK)
        code = assay_cli_write(VERB, NULL, tw_buffer_view(&out));
    else
        assay_cli_complain(VERB, "out of memory");
    tw_buffer_deinit(&out);
    return code;
}

static int explain_file(const char *path, bool named, bool colour)
{
    tw_buffer input;
    tw_buffer_init(&input, NULL);
    int code = assay_cli_read(VERB, path, &input);
    if (code == ASSAY_EXIT_OK) code = explain(named ? path : NULL, tw_buffer_view(&input), colour);
    tw_buffer_deinit(&input);
    return code;
}

static int explain_hex(const char *text, bool colour)
{
    tw_buffer input;
    size_t at;
    tw_buffer_init(&input, NULL);
    tw_class cls = tw_hex_read(text, strlen(text), &input, &at);
    int code = cls == TW_OK ? explain(NULL, tw_buffer_view(&input), colour)
                            : assay_cli_usage(VERB, "--hex: no hex at character %zu", at + 1);
    tw_buffer_deinit(&input);
    return code;
}

int assay_cli_corpus_explain(int argc, char **argv)
{
    int code;
    assay_colour when = ASSAY_COLOUR_AUTO;
    const char *hex = NULL;
    const assay_cli_option table[] = {
        {"hex", .text = &hex}, {"color", .colour = &when}, {"colour", .colour = &when}, {0}};
    if (!assay_cli_options(argc, argv, help, table, &code)) return code;
    bool colour = assay_cli_colour(when, NULL);
    if (!hex == (optind == argc)) return assay_cli_usage(VERB, "files are wanted, or --hex");
    if (hex) return explain_hex(hex, colour);
    bool several = argc - optind > 1;
    code = ASSAY_EXIT_OK;
    for (int i = optind; i < argc && code == ASSAY_EXIT_OK; i++) {
        if (i > optind) code = assay_cli_print("\n");
        if (code == ASSAY_EXIT_OK) code = explain_file(argv[i], several, colour);
    }
    return code;
}
