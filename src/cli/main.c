/* The verbs of `assay`. */
#include "cli/cli.h"
#include "cli/likeness.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct verb {
    const char *group, *name, *summary;
    assay_cli_verb *run;
} verb;

static const char eyes[] = "Looking at bytes";
static const char check[] = "Checking an implementation";
static const char vectors[] = "The vectors";
static const char fuzzing[] = "Fuzzing";

static const verb verbs[] = {
    {eyes, "decode", "bytes to notation", assay_cli_decode},
    {eyes, "encode", "notation to bytes", assay_cli_encode},
    {eyes, "transcode", "bytes of one protocol or transport to those of another", assay_cli_transcode},
    {eyes, "explain", "what every byte is, and where a reader stops", assay_cli_explain},
    {check, "run", "check an implementation against the vectors", assay_cli_run},
    {check, "repro", "run one case and show both sides of it", assay_cli_repro},
    {check, "doctor", "check the glue of a testee, and how to mend it", assay_cli_doctor},
    {check, "known", "compare or rewrite a list of known failures", assay_cli_known},
    {check, "profile", "compare or rewrite what an implementation makes of what is left open",
     assay_cli_profile},
    {check, "matrix", "results of several implementations in one table", assay_cli_matrix},
    {check, "testee", "be a testee: the reference codec", assay_cli_testee},
    {vectors, "list", "list vectors and the cases derived from them", assay_cli_list},
    {vectors, "show", "one vector: bytes, rule, expectation, why it matters", assay_cli_show},
    {vectors, "vectors", "prove the vectors against the reference codec", assay_cli_vectors},
    {fuzzing, "corpus", "inputs of the fuzzing harnesses: explain, add, choose, keep", assay_cli_corpus},
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

static int unknown_verb(const char *name)
{
    assay_likeness likeness = {.word = name};
    for (size_t i = 0; i < VERB_COUNT; i++) assay_likeness_offer(&likeness, verbs[i].name);
    const char *what = *name == '-' ? "option" : "verb";
    if (likeness.nearest)
        fprintf(stderr, "assay: there is no %s \"%.60s\"; is %s meant?\n", what, name, likeness.nearest);
    else
        fprintf(stderr, "assay: there is no %s \"%.60s\"; `assay help` lists the verbs\n", what, name);
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
        return argc > 2 && argv[2][0] != '-' ? help_on(argv[2]) : print_verbs();
    const verb *v = find_verb(word);
    return v ? v->run(argc - 1, argv + 1) : unknown_verb(word);
}

/* Whoever started us may have left out a standard descriptor: no file or socket may come to stand in its
 * place. */
static void fill_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd) _exit(70);
}

int main(int argc, char **argv)
{
    fill_descriptors();
    /* A reader that went away is an error that writing reports. */
    signal(SIGPIPE, SIG_IGN);
    int code = dispatch(argc, argv);
    /* A verb whose own output failed has said so; this is for what stood in the buffer until now. */
    if (code == ASSAY_EXIT_OK) code = assay_cli_flush(argc > 1 ? argv[1] : "help");
    return code;
}
