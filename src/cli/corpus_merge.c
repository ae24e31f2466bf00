#include "cli/corpus_merge.h"

#include "cli/cli.h"
#include "cli/corpus_process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TIMEOUT_S = 900 };

/* argv holds text that may be written to, as far as exec's prototype knows. */
static char *word(const char *text)
{
    return (char *)(uintptr_t)text;
}

/* The last line that was said, for a complaint. */
static void complain(const char *verb, const char *engine, int status, const tw_buffer *said)
{
    size_t end = said->len, begin;
    while (end && said->data[end - 1] == '\n') end--;
    for (begin = end; begin && said->data[begin - 1] != '\n';) begin--;
    if (status >= 0)
        assay_cli_complain(verb, "%s ended with status %d: %.*s", engine, status, (int)(end - begin),
                           said->len ? (const char *)said->data + begin : "");
}

static bool run(const char *verb, const char *engine, char **argv, tw_buffer *said)
{
    assay_cli_process process = {argv, NULL, TIMEOUT_S, said};
    int status = assay_cli_process_run(verb, &process);
    if (status == 0 && tw_buffer_append_byte(said, 0)) return true;
    complain(verb, engine, status, said);
    return false;
}

bool assay_cli_corpus_merge(const char *verb, const char *engine, const char *out, const char *first,
                            const char *second)
{
    char *argv[] = {word(engine),       word("-set_cover_merge=1"),
                    word("-shuffle=0"), word("-prefer_small=1"),
                    word(out),          word(first),
                    word(second),       NULL};
    tw_buffer said;
    tw_buffer_init(&said, NULL);
    bool ok = run(verb, engine, argv, &said);
    tw_buffer_deinit(&said);
    return ok;
}

bool assay_cli_corpus_reach(const char *verb, const char *engine, const char *folder,
                            assay_corpus_reach *reach)
{
    char *argv[] = {word(engine), word("-runs=0"), word("-shuffle=0"), word(folder), NULL};
    tw_buffer said;
    tw_buffer_init(&said, NULL);
    bool ok = run(verb, engine, argv, &said);
    /* #12 INITED cov: 345 ft: 678 corp: ... */
    const char *line = ok ? strstr((const char *)said.data, "INITED cov: ") : NULL;
    const char *features = line ? strstr(line, " ft: ") : NULL;
    if (features) {
        reach->branches = strtoul(line + strlen("INITED cov: "), NULL, 10);
        reach->features = strtoul(features + strlen(" ft: "), NULL, 10);
    } else if (ok) {
        assay_cli_complain(verb, "%s does not tell its coverage; is it linked with libFuzzer?", engine);
    }
    tw_buffer_deinit(&said);
    return features != NULL;
}
