#include "cli/bad_option.h"

#include "cli/cli.h"
#include "cli/likeness.h"

#include <stdio.h>
#include <string.h>

/* How many names begin with the word; *only is the last of them. */
static size_t count_starting(const char *word, size_t len, const struct option *names, const char **only)
{
    size_t count = 0;
    for (; names->name; names++) {
        if (strncmp(names->name, word, len) != 0) continue;
        *only = names->name;
        count++;
    }
    return count;
}

static int unknown(const char *verb, const char *word, size_t len, const struct option *names)
{
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)(len < sizeof name ? len : sizeof name - 1), word);
    assay_likeness likeness = {.word = name};
    for (; names->name; names++) assay_likeness_offer(&likeness, names->name);
    if (likeness.nearest)
        return assay_cli_usage(verb, "there is no option --%s; is --%s meant?", name, likeness.nearest);
    return assay_cli_usage(verb, "there is no option --%s", name);
}

static int ambiguous(const char *verb, const char *word, size_t len, const struct option *names)
{
    char list[160] = "";
    for (size_t n = 0; names->name; names++) {
        if (strncmp(names->name, word, len) != 0 || n >= sizeof list) continue;
        n += (size_t)snprintf(list + n, sizeof list - n, "%s--%s", n ? ", " : "", names->name);
    }
    return assay_cli_usage(verb, "--%.*s is short for several options: %s", (int)len, word, list);
}

int assay_cli_bad_option(const char *verb, int option, char *const *argv, const struct option *names)
{
    const char *typed = argv[optind - 1], *only = NULL;
    /* Inside a bundle of letters getopt has not moved on: then the word before is what optind tells of. */
    bool is_long = strncmp(typed, "--", 2) == 0 && (option == ':' || optopt == 0 || strchr(typed, '='));
    if (!is_long && option == ':') return assay_cli_usage(verb, "-%c wants a value", optopt);
    if (!is_long) return assay_cli_usage(verb, "there is no option -%c", optopt);
    const char *word = typed + 2;
    size_t len = strcspn(word, "=");
    size_t meant = count_starting(word, len, names, &only);
    if (option == ':') return assay_cli_usage(verb, "--%.*s wants a value", (int)len, word);
    if (meant == 0) return unknown(verb, word, len, names);
    if (optopt == 0) return ambiguous(verb, word, len, names);
    return assay_cli_usage(verb, "--%.*s takes no value", (int)len, word);
}
