/* The verbs of `assay`. */
#include "cli/cli.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

typedef struct verb {
    const char *group, *name, *summary;
    assay_cli_verb *run;
} verb;

static const char eyes[] = "Looking at bytes";
static const char check[] = "Checking an implementation";
static const char vectors[] = "The vectors";

static const verb verbs[] = {
    {eyes, "decode", "bytes to notation", assay_cli_decode},
    {eyes, "encode", "notation to bytes", assay_cli_encode},
    {eyes, "transcode", "bytes of one protocol or transport to those of another", assay_cli_transcode},
    {eyes, "explain", "what every byte is, and where a reader stops", assay_cli_explain},
    {check, "run", "check an implementation against the vectors", assay_cli_run},
    {check, "repro", "run one case and show both sides of it", assay_cli_repro},
    {check, "doctor", "check the glue of a testee, and how to mend it", assay_cli_doctor},
    {check, "known", "compare or rewrite a list of known failures", assay_cli_known},
    {check, "matrix", "results of several implementations in one table", assay_cli_matrix},
    {check, "testee", "be a testee: the reference codec", assay_cli_testee},
    {vectors, "list", "list vectors and the cases derived from them", assay_cli_list},
    {vectors, "show", "one vector: bytes, rule, expectation, why it matters", assay_cli_show},
    {vectors, "vectors", "prove the vectors against the reference codec", assay_cli_vectors},
};

#define VERB_COUNT (sizeof verbs / sizeof verbs[0])

static const verb *find_verb(const char *name)
{
    for (size_t i = 0; i < VERB_COUNT; i++) {
        if (strcmp(verbs[i].name, name) == 0) return &verbs[i];
    }
    return NULL;
}

static int print_verbs(void)
{
    char text[4096];
    size_t n = (size_t)snprintf(text, sizeof text,
                                "usage: assay VERB [OPTIONS] [ARGUMENTS]\n"
                                "Conformance and fuzz testing for Apache Thrift's wire formats.\n");
    const char *group = "";
    for (size_t i = 0; i < VERB_COUNT && n < sizeof text; i++) {
        if (verbs[i].group != group)
            n += (size_t)snprintf(text + n, sizeof text - n, "\n%s\n", verbs[i].group);
        group = verbs[i].group;
        if (n < sizeof text)
            n += (size_t)snprintf(text + n, sizeof text - n, "  %-10s %s\n", verbs[i].name, verbs[i].summary);
    }
    if (n < sizeof text)
        snprintf(text + n, sizeof text - n,
                 "\n`assay VERB --help` tells more, with examples; `assay --version`.\n");
    return assay_cli_print(text);
}

/* Letters to add, drop or change on the way from one word to the other; words are short. */
static unsigned distance(const char *a, const char *b)
{
    enum { LONGEST = 24 };
    unsigned row[LONGEST + 1];
    size_t la = strlen(a), lb = strlen(b);
    if (la > LONGEST || lb > LONGEST) return LONGEST;
    for (unsigned j = 0; j <= lb; j++) row[j] = j;
    for (unsigned i = 1; i <= la; i++) {
        unsigned corner = row[0];
        row[0] = i;
        for (unsigned j = 1; j <= lb; j++) {
            unsigned change = corner + (a[i - 1] != b[j - 1]);
            unsigned less = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
            corner = row[j];
            row[j] = change < less ? change : less;
        }
    }
    return row[lb];
}

static int unknown_verb(const char *name)
{
    const verb *nearest = NULL;
    unsigned best = 3; /* further is no likeness */
    for (size_t i = 0; i < VERB_COUNT; i++) {
        unsigned d =
            strncmp(verbs[i].name, name, strlen(name)) == 0 && *name ? 1 : distance(name, verbs[i].name);
        if (d >= best || d >= strlen(verbs[i].name)) continue;
        best = d;
        nearest = &verbs[i];
    }
    if (nearest)
        fprintf(stderr, "assay: there is no verb \"%s\"; is %s meant?\n", name, nearest->name);
    else
        fprintf(stderr, "assay: there is no verb \"%s\"; `assay help` lists them\n", name);
    return ASSAY_EXIT_USAGE;
}

static int help_on(char *name)
{
    const verb *v = find_verb(name);
    char option[] = "--help";
    char *argv[] = {name, option, NULL};
    return v ? v->run(2, argv) : unknown_verb(name);
}

static int dispatch(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "help";
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
        return assay_cli_print("assay " ASSAY_VERSION "\n");
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0)
        return argc > 2 ? help_on(argv[2]) : print_verbs();
    const verb *v = find_verb(word);
    return v ? v->run(argc - 1, argv + 1) : unknown_verb(word);
}

int main(int argc, char **argv)
{
    /* A reader that went away is an error that writing reports. */
    signal(SIGPIPE, SIG_IGN);
    int code = dispatch(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "assay: cannot write to standard output: %s\n", strerror(errno));
        if (code == ASSAY_EXIT_OK) code = ASSAY_EXIT_IO;
    }
    return code;
}
