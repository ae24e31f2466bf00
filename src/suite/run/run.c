#include "suite/run/run.h"

#include "suite/case/text.h"
#include "suite/run/totals.h"

#include <string.h>
#include <time.h>

#ifndef ASSAY_VERSION
#define ASSAY_VERSION "0"
#endif

assay_run_options assay_run_options_default(void)
{
    return (assay_run_options){
        .testee = {.channel = ASSAY_CHANNEL_PIPE, .hello_timeout_ms = 10000, .quit_grace_ms = 1000},
        .selection = {.level = ASSAY_MAY},
        .jobs = 1,
        .window = 64,
        .timeout_ms = 2000,
        .restarts = 50,
        .max_rss_kib = INT64_C(2) << 20,
    };
}

void assay_run_options_settle(assay_run_options *options, bool timeout_chosen)
{
    if (options->testee.channel != ASSAY_CHANNEL_ATTACH) return;
    options->testee.hello_timeout_ms = 0;
    if (!timeout_chosen) options->timeout_ms = 0;
}

static void append_word(tw_buffer *to, const char *word)
{
    if (to->len) tw_buffer_append_byte(to, ' ');
    assay_text_shell_word(word, to);
}

static const char *command_text(const assay_run_options *options, tw_arena *arena)
{
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    if (options->command) {
        tw_buffer_append(&text, options->command, strlen(options->command));
    } else if (options->testee.channel == ASSAY_CHANNEL_PIPE) {
        for (char *const *word = options->testee.command; word && *word; word++) append_word(&text, *word);
    } else if (options->testee.address) {
        append_word(&text, options->testee.channel == ASSAY_CHANNEL_CONNECT ? "--connect" : "--attach");
        append_word(&text, options->testee.address);
    }
    const char *copy = text.failed ? NULL : tw_arena_copy(arena, text.data, text.len);
    tw_buffer_deinit(&text);
    return copy;
}

static bool begin_result(const assay_run_options *options, assay_result *result)
{
    time_t now = time(NULL);
    struct tm utc;
    char started[32] = "";
    if (gmtime_r(&now, &utc)) strftime(started, sizeof started, "%Y-%m-%dT%H:%M:%SZ", &utc);
    const char *at = tw_arena_copy(&result->arena, started, strlen(started));
    const char *command = command_text(options, &result->arena);
    result->suite_version = ASSAY_VERSION;
    if (at) result->started = at;
    if (command) result->command = command;
    return at && command;
}

bool assay_run(assay_vector_set *set, const assay_run_options *options, assay_result *result)
{
    assay_runner runner;
    assay_result_init(result);
    bool done = begin_result(options, result);
    done = assay_runner_run(&runner, set, options) && done;
    done = assay_totals(&runner, result) && done;
    assay_runner_deinit(&runner);
    if (!done) {
        result->exit_code = 70;
        result->overall = ASSAY_INCOMPLETE;
    }
    return done;
}
