#include "cli/repro_line.h"

#include "suite/case/text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void append(tw_buffer *to, const char *text)
{
    tw_buffer_append(to, text, strlen(text));
}

static void append_option(tw_buffer *to, const char *name, const char *value)
{
    append(to, name);
    assay_text_shell_word(value, to);
}

bool assay_cli_repro_line(const assay_run_options *run, const char *vectors, tw_buffer *to)
{
    assay_run_options usual = assay_run_options_default();
    char number[32];
    usual.testee.channel = run->testee.channel;
    assay_run_options_settle(&usual, false);
    assay_text_shell_word(program_invocation_name, to);
    append(to, " repro");
    if (vectors) append_option(to, " --vectors ", vectors);
    if (run->timeout_ms != usual.timeout_ms) {
        snprintf(number, sizeof number, "%.6g", (double)run->timeout_ms / 1000);
        append_option(to, " --timeout ", number);
    }
    if (run->max_rss_kib != usual.max_rss_kib) {
        snprintf(number, sizeof number, "%" PRId64, run->max_rss_kib / 1024);
        append_option(to, " --max-rss ", number);
    }
    if (run->strict) append(to, " --strict");
    if (tw_buffer_append_byte(to, 0)) to->len--;
    return !to->failed;
}
