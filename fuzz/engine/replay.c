/* Runs a harness over files, without an engine and with any compiler: what was found once stays a test. */
#include "fuzz/engine/each_fault.h"
#include "fuzz/engine/finding.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* As much of a file's name as a list of digests holds: names are sums of the content. */
enum { NAME_SHOWN = 12 };

typedef struct replay {
    replay_inputs inputs;
    bool digest, verbose, json, one;
    unsigned seconds;
    char *expected; /* the list of digests, or NULL */
    char *faults;   /* names, one a line, or NULL */
    size_t failed;
    bool progress;
} replay;

static const char usage[] =
    "usage: %s [OPTION]... [FILE|FOLDER]...\n"
    "Runs the harness %s over every file: %s\n"
    "\n"
    "      --digest         print a line for each file: its name and the digest of what the codec did with "
    "it\n"
    "      --expect FILE    fail where a digest is not that of this list, as --digest printed it\n"
    "      --hex BYTES      one input, spelled in hex\n"
    "      --json           a line of JSON for each file\n"
    "      --one FILE       as --json for a single file: {\"token\": null} where the property holds\n"
    "      --faults FILE    for each planted fault that the file names (/dev/stdin), a line of JSON: the\n"
    "                       smallest input that shows it, as failure or against --expect; VARIANT=faults\n"
    "      --timeout S      seconds for each file (10)\n"
    "      --describe       what the harness proves, its tokens and its self-test's fault, as JSON\n"
    "  -v, --verbose        name every file\n"
    "  -h, --help           this help\n"
    "\n"
    "exit status: 0 every property holds; 1 one does not, or a digest differs; 2 wrong usage\n"
    "\n"
    "examples:\n"
    "  %s corpus/%s corpus/regressions\n"
    "  %s --hex 010011\n";

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void put_json_text(const char *text)
{
    putchar('"');
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at == '"' || *at == '\\')
            printf("\\%c", *at);
        else if (*at < 0x20 || *at >= 0x7f)
            printf("\\u%04x", *at);
        else
            putchar(*at);
    }
    putchar('"');
}

static void put_json(const replay_input *input, const replay_line *line)
{
    printf("{\"harness\": \"%s\", \"file\": ", fuzz_this.name);
    put_json_text(input->path);
    printf(", \"token\": ");
    if (*line->token)
        put_json_text(line->token);
    else
        printf("null");
    printf(", \"rule\": ");
    put_json_text(tw_rule_info_of(line->rule)->id);
    printf(", \"detail\": ");
    put_json_text(*line->token ? line->detail : "");
    printf(", \"digest\": \"%016llx\"}\n", (unsigned long long)line->digest);
}

/* The line that the list should hold. */
static void digest_line(const replay_input *input, const replay_line *line, char text[64])
{
    snprintf(text, 64, "%.*s %016llx\n", NAME_SHOWN, base_of(input->path), (unsigned long long)line->digest);
}

static bool is_expected(const replay *r, const char *text)
{
    for (const char *at = r->expected; (at = strstr(at, text)) != NULL; at++)
        if (at == r->expected || at[-1] == '\n') return true;
    return false;
}

static bool is_wanted(void *context, const replay_input *input, const replay_line *line)
{
    const replay *r = context;
    char text[64];
    digest_line(input, line, text);
    return !r->expected || is_expected(r, text);
}

static void tell(const replay *r, const replay_input *input, const replay_line *line)
{
    fuzz_run run = {.token = line->token, .rule = line->rule};
    memcpy(run.detail, line->detail, sizeof run.detail);
    if (r->progress) fprintf(stderr, "\r\033[K");
    printf("%s\n", input->path);
    finding_print(stdout, &fuzz_this, &run, tw_bytes_of(input->data, input->len));
}

static bool seen(void *context, size_t index, const replay_line *line)
{
    replay *r = context;
    const replay_input *input = &r->inputs.items[index];
    char text[64];
    if (*line->token) r->failed++;
    if (r->json) {
        put_json(input, line);
    } else if (*line->token) {
        tell(r, input, line);
    } else if (!is_wanted(r, input, line)) {
        r->failed++;
        digest_line(input, line, text);
        printf("%s: behaviour changed, or it is not in the list (make digests FUZZ=%s states what is meant); "
               "its digest is %s",
               input->path, fuzz_this.name, text + NAME_SHOWN + 1);
    } else if (r->digest) {
        digest_line(input, line, text);
        fputs(text, stdout);
    } else if (r->verbose) {
        printf("ok %s\n", input->path);
    }
    if (r->progress) fprintf(stderr, "\r%s %zu/%zu", fuzz_this.name, index + 1, r->inputs.count);
    return true;
}

static void describe(void)
{
    printf("{\"name\": \"%s\", \"property\": ", fuzz_this.name);
    put_json_text(fuzz_this.property);
    printf(", \"text\": %s, \"max_len\": %zu, \"covers\": \"%s\", \"self_test\": \"%s\", \"tokens\": [",
           fuzz_this.text ? "true" : "false", fuzz_this.max_len,
           fuzz_this.covers ? fuzz_this.covers : "src/wire", fuzz_this.self_test ? fuzz_this.self_test : "");
    for (size_t i = 0; fuzz_this.tokens[i]; i++) printf("%s\"%s\"", i ? ", " : "", fuzz_this.tokens[i]);
    printf("]}\n");
}

static char *load_text(const char *path)
{
    replay_inputs file = {.count = 0};
    char *text = NULL;
    if (replay_inputs_add(&file, path) && file.count == 1)
        text = strndup((char *)file.items[0].data, file.items[0].len);
    replay_inputs_deinit(&file);
    return text;
}

/* Of an option that is given twice the last one counts. */
static bool take_text(char **text, const char *path)
{
    free(*text);
    *text = load_text(path);
    return *text != NULL;
}

/* 0 to go on; else the exit status plus one. */
static int read_options(int argc, char **argv, replay *r)
{
    enum { DIGEST = 256, EXPECT, HEX, JSON, ONE, FAULTS, TIMEOUT, DESCRIBE };
    static const struct option options[] = {
        {"digest", no_argument, NULL, DIGEST},
        {"expect", required_argument, NULL, EXPECT},
        {"hex", required_argument, NULL, HEX},
        {"json", no_argument, NULL, JSON},
        {"one", required_argument, NULL, ONE},
        {"faults", required_argument, NULL, FAULTS},
        {"timeout", required_argument, NULL, TIMEOUT},
        {"describe", no_argument, NULL, DESCRIBE},
        {"verbose", no_argument, NULL, 'v'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    const char *me = argv[0];
    for (int c; (c = getopt_long(argc, argv, "vh", options, NULL)) != -1;) {
        switch (c) {
        case DIGEST: r->digest = true; break;
        case JSON: r->json = true; break;
        case 'v': r->verbose = true; break;
        case TIMEOUT: r->seconds = (unsigned)strtoul(optarg, NULL, 10); break;
        case EXPECT:
            if (!take_text(&r->expected, optarg)) return 3;
            break;
        case ONE:
            r->json = true;
            if (!replay_inputs_add(&r->inputs, optarg)) return 3;
            break;
        case FAULTS:
            if (!take_text(&r->faults, optarg)) return 3;
            break;
        case HEX:
            if (!replay_inputs_add_hex(&r->inputs, optarg)) return 3;
            break;
        case DESCRIBE: describe(); return 1;
        case 'h': printf(usage, me, fuzz_this.name, fuzz_this.property, me, fuzz_this.name, me); return 1;
        default:
            fprintf(stderr, usage, me, fuzz_this.name, fuzz_this.property, me, fuzz_this.name, me);
            return 3;
        }
    }
    for (int i = optind; i < argc; i++)
        if (!replay_inputs_add(&r->inputs, argv[i])) return 3;
    return 0;
}

/* The exit status of a run without planted faults. */
static int run_all(replay *r, const char *me)
{
    r->progress = !r->json && !r->digest && isatty(STDERR_FILENO);
    replay_inputs_sort(&r->inputs);
    bool ok = replay_run(&fuzz_this, &r->inputs, r->seconds, seen, r);
    if (r->progress) fprintf(stderr, "\r\033[K");
    if (!ok) {
        fprintf(stderr, "%s: no process or no memory\n", me);
        return 2;
    }
    if (!r->json && !r->digest)
        printf("%s: %zu files, %zu failed\n", fuzz_this.name, r->inputs.count, r->failed);
    return r->failed ? 1 : 0;
}

int main(int argc, char **argv)
{
    replay r = {.seconds = 10};
    int code = read_options(argc, argv, &r);
    if (code)
        code--;
    else if (r.faults)
        code = replay_each_fault(&fuzz_this, &r.inputs, r.seconds, r.faults, is_wanted, &r) ? 0 : 2;
    else
        code = run_all(&r, argv[0]);
    replay_inputs_deinit(&r.inputs);
    free(r.expected);
    free(r.faults);
    return code;
}
