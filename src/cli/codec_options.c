#include "cli/codec_options.h"

#include "cli/bad_option.h"
#include "cli/likeness.h"
#include "cli/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

enum {
    OPTION_HEX = 256,
    OPTION_MESSAGE,
    OPTION_SESSION,
    OPTION_INDENT,
    OPTION_LINE,
    OPTION_DEPTH,
    OPTION_STRING,
    OPTION_CONTAINER,
    OPTION_FRAME,
    OPTION_MESSAGE_LIMIT,
    OPTION_COLOR
};

static const struct option long_options[] = {{"hex", no_argument, NULL, OPTION_HEX},
                                             {"message", no_argument, NULL, OPTION_MESSAGE},
                                             {"session", no_argument, NULL, OPTION_SESSION},
                                             {"indent", no_argument, NULL, OPTION_INDENT},
                                             {"line", no_argument, NULL, OPTION_LINE},
                                             {"depth", required_argument, NULL, OPTION_DEPTH},
                                             {"string", required_argument, NULL, OPTION_STRING},
                                             {"container", required_argument, NULL, OPTION_CONTAINER},
                                             {"frame", required_argument, NULL, OPTION_FRAME},
                                             {"message-limit", required_argument, NULL, OPTION_MESSAGE_LIMIT},
                                             {"color", optional_argument, NULL, OPTION_COLOR},
                                             {"colour", optional_argument, NULL, OPTION_COLOR},
                                             {"output", required_argument, NULL, 'o'},
                                             {"help", no_argument, NULL, 'h'},
                                             {0}};

static bool stop(assay_codec_options *o, int exit_code)
{
    o->exit_code = exit_code;
    return false;
}

static bool read_limit(assay_codec_options *o, const char *name, const char *text, uint64_t most,
                       uint64_t *limit)
{
    if (assay_cli_read_number(text, 1, most, limit)) return true;
    return stop(o, assay_cli_usage(o->verb, "--%s wants a number from 1 to %llu, not \"%.60s\"", name,
                                   (unsigned long long)most, text));
}

static bool read_limit_32(assay_codec_options *o, const char *name, const char *text, uint64_t most,
                          uint32_t *limit)
{
    uint64_t number;
    if (!read_limit(o, name, text, most, &number)) return false;
    *limit = (uint32_t)number;
    return true;
}

static bool read_option(assay_codec_options *o, int option, const char *name, const char *value)
{
    tw_limits *limits = &o->decode.limits;
    switch (option) {
    case 'o': o->to = value; return true;
    case OPTION_HEX: o->hex = true; return true;
    case OPTION_SESSION:
        o->count = SIZE_MAX;
        o->unit = TW_UNIT_MESSAGE;
        return true;
    case OPTION_MESSAGE: o->unit = TW_UNIT_MESSAGE; return true;
    case OPTION_INDENT: o->style = TW_NOTATION_INDENTED; return true;
    case OPTION_LINE: o->style = TW_NOTATION_LINE; return true;
    case OPTION_DEPTH: return read_limit_32(o, name, value, 1000000, &limits->depth);
    case OPTION_STRING: return read_limit_32(o, name, value, TW_SIZE_MAX, &limits->string);
    case OPTION_CONTAINER: return read_limit_32(o, name, value, TW_SIZE_MAX, &limits->container);
    case OPTION_FRAME: return read_limit_32(o, name, value, TW_SIZE_MAX, &limits->frame);
    case OPTION_MESSAGE_LIMIT: return read_limit(o, name, value, INT64_MAX, &limits->message);
    default: return assay_cli_colour_read(o->verb, value, &o->colour) || stop(o, ASSAY_EXIT_USAGE);
    }
}

#define OPTION_COUNT (sizeof long_options / sizeof *long_options)

/* The options that the verb has: those of its list, and those that all verbs have. */
static void choose_options(const assay_codec_form *form, struct option chosen[OPTION_COUNT])
{
    size_t n = 0;
    for (const struct option *at = long_options; at->name; at++) {
        char word[32];
        snprintf(word, sizeof word, "%s ", at->name);
        if (at->val < 256 || strstr(form->options, word)) chosen[n++] = *at;
    }
    chosen[n] = (struct option){0};
}

/* What is most like a wrong stack: the usual ones are few. */
static const char *similar_stack(const char *name)
{
    static const char *const usual[] = {"binary",
                                        "compact",
                                        "binary-old",
                                        "binary-strict",
                                        "framed/binary",
                                        "framed/compact",
                                        "zlib/binary",
                                        "zlib/compact",
                                        "framed/zlib/binary",
                                        "framed/zlib/compact",
                                        "zlib/framed/binary",
                                        "zlib/framed/compact"};
    assay_likeness likeness = {.word = name};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) assay_likeness_offer(&likeness, usual[i]);
    return likeness.nearest;
}

static bool read_stack(assay_codec_options *o, const char *name, tw_stack *stack)
{
    const char *why;
    if (tw_stack_parse(name, stack, &why)) return true;
    const char *similar = similar_stack(name);
    return stop(o, assay_cli_usage(o->verb, "\"%.60s%s\" is no stack: %s%s%s%s", name,
                                   strlen(name) > 60 ? "..." : "", why, similar ? "; is " : "",
                                   similar ? similar : "", similar ? " meant?" : ""));
}

static bool read_operands(int argc, char **argv, const assay_codec_form *form, assay_codec_options *o)
{
    int stacks = form->two_stacks ? 2 : 1;
    if (argc < stacks)
        return stop(o, assay_cli_usage(o->verb, form->two_stacks
                                                    ? "two stacks are wanted, such as binary framed/compact"
                                                    : "a stack is wanted, such as binary or framed/compact"));
    if (argc > stacks + 1)
        return stop(o, assay_cli_usage(o->verb, "\"%.200s\" is one operand too many", argv[stacks + 1]));
    o->file = argc > stacks ? argv[stacks] : NULL;
    return read_stack(o, argv[0], &o->in) && read_stack(o, argv[stacks - 1], &o->out);
}

bool assay_codec_options_read(int argc, char **argv, const assay_codec_form *form, assay_codec_options *o)
{
    *o = (assay_codec_options){
        .verb = form->name, .count = 1, .decode = tw_decode_defaults(), .style = TW_NOTATION_LINE};
    bool styled = false;
    int option, index = 0;
    struct option names[OPTION_COUNT];
    choose_options(form, names);
    optind = 0;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":o:h", names, &index)) != -1) {
        const char *name = option >= 256 ? names[index].name : "";
        if (option == 'h') return stop(o, assay_cli_print(form->help));
        if (option == ':' || option == '?')
            return stop(o, assay_cli_bad_option(o->verb, option, argv, names));
        if (!read_option(o, option, name, optarg)) return false;
        styled = styled || option == OPTION_INDENT || option == OPTION_LINE;
    }
    if (!read_operands(argc - optind, argv + optind, form, o)) return false;
    if (!styled && assay_cli_to_terminal(o->to)) o->style = TW_NOTATION_INDENTED;
    return true;
}
