#include "cli/options.h"

#include "cli/bad_option.h"

#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>

/* What getopt_long returns for the first row of a table; letters lie below. */
#define FIRST_ROW 256

static void list_names(const assay_cli_option *options, struct option *names, char *letters)
{
    size_t n = 0;
    for (; options[n].name; n++) {
        const assay_cli_option *o = &options[n];
        assert(n < ASSAY_CLI_OPTIONS_MOST);
        int takes = o->flag ? no_argument : o->colour ? optional_argument : required_argument;
        /* Two spellings of one option are no ambiguity where both return the same. */
        size_t first = o->colour ? 0 : n;
        while (options[first].colour != o->colour) first++;
        names[n] = (struct option){o->name, takes, NULL, FIRST_ROW + (int)first};
        if (o->letter) *letters++ = o->letter;
    }
    names[n] = (struct option){"help", no_argument, NULL, 'h'};
    names[n + 1] = (struct option){0};
    *letters = 0;
}

static const assay_cli_option *find(const assay_cli_option *options, int found)
{
    if (found >= FIRST_ROW) return &options[found - FIRST_ROW];
    while (options->letter != found) options++;
    return options;
}

static bool take_number(const assay_cli_option *o, const char *verb, const char *text)
{
    uint64_t number;
    if (assay_cli_read_number(text, 1, o->most, &number)) {
        *o->number = (size_t)number;
        return true;
    }
    assay_cli_usage(verb, "--%s wants a number from 1 to %zu, not \"%.60s\"", o->name, o->most, text);
    return false;
}

static bool take(const assay_cli_option *o, const char *verb, char *value)
{
    if (o->colour) return assay_cli_colour_read(verb, value, o->colour);
    if (o->number) return take_number(o, verb, value);
    if (o->read) return o->read(verb, value, o->to);
    if (o->flag)
        *o->flag = true;
    else if (o->list)
        o->list[(*o->count)++] = value;
    else
        *o->text = value;
    return true;
}

/* `order` is what getopt_long wants in front of the letters. */
static bool read_all(int argc, char **argv, const char *order, const char *help,
                     const assay_cli_option *options, int *code)
{
    struct option names[ASSAY_CLI_OPTIONS_MOST + 2];
    char letters[ASSAY_CLI_OPTIONS_MOST + 8], *end = letters;
    for (; *order; order++) *end++ = *order;
    *end++ = ':';
    *end++ = 'h';
    list_names(options, names, end);
    optind = 0;
    opterr = 0;
    for (int found; (found = getopt_long(argc, argv, letters, names, NULL)) != -1;) {
        if (found == '?' || found == ':')
            *code = assay_cli_bad_option(argv[0], found, argv, names);
        else if (found == 'h')
            *code = assay_cli_print(help);
        else if (take(find(options, found), argv[0], optarg))
            continue;
        else
            *code = ASSAY_EXIT_USAGE;
        return false;
    }
    return true;
}

bool assay_cli_options(int argc, char **argv, const char *help, const assay_cli_option *options, int *code)
{
    return read_all(argc, argv, "", help, options, code);
}

bool assay_cli_options_before_command(int argc, char **argv, const char *help,
                                      const assay_cli_option *options, int *code)
{
    return read_all(argc, argv, "+", help, options, code);
}

bool assay_cli_read_number(const char *text, uint64_t least, uint64_t most, uint64_t *number)
{
    char *end;
    if (*text < '0' || *text > '9') return false;
    errno = 0;
    unsigned long long read = strtoull(text, &end, 10);
    if (errno || *end || read < least || read > most) return false;
    *number = read;
    return true;
}
