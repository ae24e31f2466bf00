/* The command line of the verbs that work on bytes: decode, encode, transcode, explain. */
#ifndef CLI_CODEC_OPTIONS_H
#define CLI_CODEC_OPTIONS_H

#include "cli/cli.h"
#include "wire/stack/stack.h"
#include "wire/text/notation.h"

typedef struct assay_codec_options {
    const char *verb;
    tw_stack in, out; /* out: transcode; for the other verbs both are the one stack */
    const char *file; /* NULL: standard input */
    const char *to;   /* NULL: standard output */
    bool hex;
    tw_unit unit;
    size_t count; /* units at most: 1, or SIZE_MAX for a session */
    tw_decode_options decode;
    tw_notation_style style;
    assay_colour colour;
    int exit_code; /* when reading the command line says that all is done */
} assay_codec_options;

/* What a verb takes. */
typedef struct assay_codec_form {
    const char *name, *help;
    bool two_stacks;
    const char *options; /* long options that it knows, each with a space behind it */
    bool takes_text;     /* its input is notation; else wire bytes, or hex of them */
} assay_codec_form;

/* Reads argv. False when there is nothing more to do (help, or a complaint made): return exit_code then. */
bool assay_codec_options_read(int argc, char **argv, const assay_codec_form *form,
                              assay_codec_options *options);

/* What a verb does with its input. `made` is empty, and room for what comes of it. Exit status. */
typedef int assay_codec_work(const assay_codec_options *options, tw_bytes in, tw_buffer *made);

/* Reads the command line and the input (text and bytes as they are, annotated hex with --hex), and has the work done.
 * Exit status. */
int assay_codec_run(int argc, char **argv, const assay_codec_form *form, assay_codec_work *work);

/* The name of the input, for messages. */
const char *assay_codec_input_name(const assay_codec_options *options);

/* Writes wire bytes, as they are or in hex with a line end. Exit status. Refuses raw bytes for a terminal. */
int assay_codec_write_bytes(const assay_codec_options *options, tw_bytes bytes);

/* Prints what is wrong with the bytes on one line; returns the exit status: ASSAY_EXIT_WRONG, or
 * ASSAY_EXIT_SOFTWARE for TW_MEMORY. */
int assay_codec_fail(const assay_codec_options *options, const tw_error *error);

/* Warns on standard error of bytes behind the unit that were not read. consumed as tw_input_consumed. */
void assay_codec_warn_behind(const assay_codec_options *options, const tw_outcome *out, size_t len,
                             size_t consumed);

#endif
