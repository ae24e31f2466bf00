#include "cli/run_options.h"

#include "cli/bad_option.h"
#include "cli/options.h"
#include "cli/vectors_dir.h"
#include "suite/testee/address.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPTION_RUN = 256,
    OPTION_SKIP,
    OPTION_LEVEL,
    OPTION_NAMED,
    OPTION_STRICT,
    OPTION_KNOWN,
    OPTION_NEW,
    OPTION_VERSION,
    OPTION_PROFILE,
    OPTION_PIN_PROFILE,
    OPTION_JOBS,
    OPTION_WINDOW,
    OPTION_TIMEOUT,
    OPTION_SHARD,
    OPTION_SEED,
    OPTION_SHUFFLE,
    OPTION_FAIL_FAST,
    OPTION_EXHAUSTIVE,
    OPTION_MAX_RSS,
    OPTION_RESTARTS,
    OPTION_JSON,
    OPTION_JUNIT,
    OPTION_VECTORS,
    OPTION_CONNECT,
    OPTION_ATTACH,
    OPTION_ALL,
    OPTION_DRY_RUN,
    OPTION_COLOUR
};

static const struct option long_options[] = {{"run", required_argument, NULL, OPTION_RUN},
                                             {"skip", required_argument, NULL, OPTION_SKIP},
                                             {"level", required_argument, NULL, OPTION_LEVEL},
                                             {"named", no_argument, NULL, OPTION_NAMED},
                                             {"strict", no_argument, NULL, OPTION_STRICT},
                                             {"known", required_argument, NULL, OPTION_KNOWN},
                                             {"new", required_argument, NULL, OPTION_NEW},
                                             {"suite-version", required_argument, NULL, OPTION_VERSION},
                                             {"profile", required_argument, NULL, OPTION_PROFILE},
                                             {"pin-profile", required_argument, NULL, OPTION_PIN_PROFILE},
                                             {"jobs", required_argument, NULL, OPTION_JOBS},
                                             {"window", required_argument, NULL, OPTION_WINDOW},
                                             {"timeout", required_argument, NULL, OPTION_TIMEOUT},
                                             {"shard", required_argument, NULL, OPTION_SHARD},
                                             {"seed", required_argument, NULL, OPTION_SEED},
                                             {"shuffle", no_argument, NULL, OPTION_SHUFFLE},
                                             {"fail-fast", no_argument, NULL, OPTION_FAIL_FAST},
                                             {"exhaustive", no_argument, NULL, OPTION_EXHAUSTIVE},
                                             {"max-rss", required_argument, NULL, OPTION_MAX_RSS},
                                             {"restarts", required_argument, NULL, OPTION_RESTARTS},
                                             {"json", required_argument, NULL, OPTION_JSON},
                                             {"junit", required_argument, NULL, OPTION_JUNIT},
                                             {"vectors", required_argument, NULL, OPTION_VECTORS},
                                             {"connect", required_argument, NULL, OPTION_CONNECT},
                                             {"attach", required_argument, NULL, OPTION_ATTACH},
                                             {"all", no_argument, NULL, OPTION_ALL},
                                             {"dry-run", no_argument, NULL, OPTION_DRY_RUN},
                                             {"color", optional_argument, NULL, OPTION_COLOUR},
                                             {"colour", optional_argument, NULL, OPTION_COLOUR},
                                             {"verbose", no_argument, NULL, 'v'},
                                             {"quiet", no_argument, NULL, 'q'},
                                             {"help", no_argument, NULL, 'h'},
                                             {0}};

bool assay_cli_read_seconds(const char *text, unsigned *ms)
{
    char *end;
    if (*text < '0' || *text > '9') return false;
    double seconds = strtod(text, &end);
    if (*end || !isfinite(seconds) || seconds < 0 || seconds > 86400) return false;
    *ms = (unsigned)(seconds * 1000 + 0.5);
    return seconds == 0 || *ms > 0;
}

static bool complain(const char *option, const char *value, const char *wanted)
{
    assay_cli_usage("run", "%s \"%.200s\": %s", option, value, wanted);
    return false;
}

static bool read_count(const char *option, const char *value, uint64_t least, uint64_t most, unsigned *to)
{
    uint64_t number;
    char wanted[80];
    if (assay_cli_read_number(value, least, most, &number)) {
        *to = (unsigned)number;
        return true;
    }
    snprintf(wanted, sizeof wanted, "a number from %llu to %llu is wanted", (unsigned long long)least,
             (unsigned long long)most);
    return complain(option, value, wanted);
}

static bool add_pattern(const char *option, const char *value, const char **list, size_t *count)
{
    if (*count == ASSAY_PATTERNS_MAX) return complain(option, value, "too many patterns, 256 are the most");
    list[(*count)++] = value;
    return true;
}

static bool read_max_rss(const char *value, assay_run_options *run)
{
    uint64_t mib;
    if (!assay_cli_read_number(value, 0, UINT64_C(1) << 30, &mib))
        return complain("--max-rss", value, "a number of MiB is wanted, 0 for no limit");
    run->max_rss_kib = (int64_t)mib * 1024;
    return true;
}

bool assay_cli_read_address(const char *verb, assay_channel channel, const char *text, assay_run_options *run)
{
    assay_address address;
    const char *why, *option = channel == ASSAY_CHANNEL_CONNECT ? "--connect" : "--attach";
    bool twice = run->testee.address != NULL;
    run->testee.channel = channel;
    run->testee.address = text;
    if (!twice && assay_address_parse(text, &address, &why)) return true;
    assay_cli_usage(verb, "%s \"%.200s\": %s", option, text,
                    twice ? "only one of --connect and --attach can be given" : why);
    return false;
}

/* Options that select and order. */
static bool read_selection(int option, const char *value, assay_cli_run_options *to)
{
    assay_selection *selection = &to->run.selection;
    switch (option) {
    case OPTION_RUN: return add_pattern("--run", value, to->patterns, &selection->run_count);
    case OPTION_SKIP: return add_pattern("--skip", value, to->skips, &selection->skip_count);
    case OPTION_LEVEL:
        return assay_level_find(value, &selection->level) ||
               complain("--level", value, "must, should or may is wanted");
    case OPTION_SHARD:
        return assay_selection_parse_shard(value, selection) ||
               complain("--shard", value, "I/N is wanted, with I from 1 to N");
    case OPTION_SEED:
        return assay_cli_read_number(value, 0, UINT64_MAX, &selection->seed) ||
               complain("--seed", value, "a number is wanted");
    case OPTION_NAMED: selection->named = true; return true;
    case OPTION_SHUFFLE: selection->shuffle = true; return true;
    default: return false;
    }
}

/* Options that say how the testee is run. */
static bool read_running(int option, const char *value, bool *timed, assay_cli_run_options *to)
{
    assay_run_options *run = &to->run;
    switch (option) {
    case OPTION_JOBS: return read_count("--jobs", value, 1, 64, &run->jobs);
    case OPTION_WINDOW: return read_count("--window", value, 1, 64, &run->window);
    case OPTION_RESTARTS: return read_count("--restarts", value, 0, 1000000, &run->restarts);
    case OPTION_TIMEOUT:
        *timed = true;
        return assay_cli_read_seconds(value, &run->timeout_ms) ||
               complain("--timeout", value, "seconds are wanted, 0 for none");
    case OPTION_MAX_RSS: return read_max_rss(value, run);
    case OPTION_CONNECT: return assay_cli_read_address("run", ASSAY_CHANNEL_CONNECT, value, run);
    case OPTION_ATTACH: return assay_cli_read_address("run", ASSAY_CHANNEL_ATTACH, value, run);
    default: return read_selection(option, value, to);
    }
}

static bool read_new(const char *value, assay_cli_run_options *to)
{
    static const char *const names[] = {"fail", "warn", "skip"};
    for (unsigned i = 0; i < 3; i++) {
        if (strcmp(value, names[i]) != 0) continue;
        to->new_vectors = (assay_new_vectors)i;
        return true;
    }
    return complain("--new", value, "fail, warn or skip is wanted");
}

static bool read_profile(const char *value, assay_cli_run_options *to)
{
    bool twice = to->profile_file != NULL;
    to->profile_file = value;
    return !twice || complain("--profile", value, "only one of --profile and --pin-profile can be given");
}

static bool read_option(int option, const char *value, bool *timed, assay_cli_run_options *to)
{
    switch (option) {
    case OPTION_STRICT: to->run.strict = true; return true;
    case OPTION_FAIL_FAST: to->run.fail_fast = true; return true;
    case OPTION_EXHAUSTIVE: to->run.exhaustive = true; return true;
    case OPTION_ALL: to->run.all = true; return true;
    case OPTION_KNOWN: to->known_file = value; return true;
    case OPTION_PIN_PROFILE: to->run.pin_profile = true; /* fall through */
    case OPTION_PROFILE: return read_profile(value, to);
    case OPTION_JSON: to->json_file = value; return true;
    case OPTION_JUNIT: to->junit_file = value; return true;
    case OPTION_VECTORS: to->vectors = value; return true;
    case OPTION_NEW: return read_new(value, to);
    case OPTION_VERSION: to->suite_version = value; return assay_cli_check_version("run", value);
    case OPTION_DRY_RUN: to->dry_run = true; return true;
    case OPTION_COLOUR: return assay_cli_colour_read("run", value, &to->colour);
    case 'v': to->verbose = true; return true;
    case 'q': to->quiet = true; return true;
    case 'h': to->help = true; return true;
    default: return read_running(option, value, timed, to);
    }
}

/* Test runners split a run by these; the index counts from 0, and a file is touched to say that we know of
 * it. */
static bool read_shard_environment(assay_selection *selection)
{
    const char *total = getenv("TEST_TOTAL_SHARDS"), *index = getenv("TEST_SHARD_INDEX");
    const char *status = getenv("TEST_SHARD_STATUS_FILE");
    uint64_t shards, shard;
    if (!total || !index || selection->shards) return true;
    if (!assay_cli_read_number(total, 1, 100000, &shards) ||
        !assay_cli_read_number(index, 0, shards - 1, &shard)) {
        assay_cli_complain("run", "TEST_TOTAL_SHARDS \"%.60s\" and TEST_SHARD_INDEX \"%.60s\" make no sense",
                           total, index);
        return false;
    }
    selection->shards = (unsigned)shards;
    selection->shard = (unsigned)shard + 1;
    FILE *file = status ? fopen(status, "w") : NULL;
    if (file) fclose(file);
    return true;
}

static bool check_testee(int argc, char **argv, bool timed, assay_cli_run_options *to)
{
    assay_run_options *run = &to->run;
    if (run->testee.address && optind < argc) {
        assay_cli_usage("run", "a command and an address were given; the testee is one of the two");
        return false;
    }
    assay_run_options_settle(run, timed);
    run->testee.command = argv + optind;
    if (run->testee.address || optind < argc || to->dry_run) return true;
    assay_cli_usage("run", "no testee; give its command behind --, or --connect or --attach");
    return false;
}

bool assay_cli_run_options_read(int argc, char **argv, assay_cli_run_options *options)
{
    bool timed = false;
    *options = (assay_cli_run_options){.run = assay_run_options_default()};
    options->run.selection.run = options->patterns;
    options->run.selection.skip = options->skips;
    optind = 0;
    opterr = 0;
    for (int option; (option = getopt_long(argc, argv, "+:vqh", long_options, NULL)) != -1;) {
        if (option == '?' || option == ':') {
            assay_cli_bad_option("run", option, argv, long_options);
            return false;
        }
        if (!read_option(option, optarg, &timed, options)) return false;
        if (options->help) return true;
    }
    return read_shard_environment(&options->run.selection) && check_testee(argc, argv, timed, options);
}
