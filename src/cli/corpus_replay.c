#include "cli/corpus_replay.h"

#include "cli/cli.h"
#include "cli/corpus_process.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { TIMEOUT_S = 60 };

static void copy(const json_t *object, const char *key, char *to, size_t size)
{
    const char *text = json_string_value(json_object_get(object, key));
    snprintf(to, size, "%s", text ? text : "");
}

/* The line of JSON among what it said: sanitizers talk too. */
static bool understand(const tw_buffer *said, assay_replayed *result)
{
    const char *at = (const char *)said->data, *end = at + said->len;
    for (; at < end; at++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop) stop = end;
        json_t *line = *at == '{' ? json_loadb(at, (size_t)(stop - at), 0, NULL) : NULL;
        bool found = json_object_get(line, "token") != NULL;
        if (found) {
            copy(line, "token", result->token, sizeof result->token);
            copy(line, "rule", result->rule, sizeof result->rule);
            copy(line, "detail", result->detail, sizeof result->detail);
        }
        json_decref(line);
        if (found) return true;
        at = stop;
    }
    return false;
}

static bool write_file(const char *path, tw_bytes bytes)
{
    FILE *file = fopen(path, "wb");
    bool ok = file && (bytes.len == 0 || fwrite(bytes.data, 1, bytes.len, file) == bytes.len);
    if (file && fclose(file) != 0) ok = false;
    return ok;
}

bool assay_cli_replay(const char *verb, const char *replayer, const char *file, tw_bytes input,
                      assay_replayed *result)
{
    char one[] = "--one";
    char *argv[] = {(char *)(uintptr_t)replayer, one, (char *)(uintptr_t)file, NULL};
    tw_buffer said;
    *result = (assay_replayed){.token = ""};
    if (!write_file(file, input)) {
        assay_cli_complain(verb, "cannot write %s", file);
        return false;
    }
    tw_buffer_init(&said, NULL);
    assay_cli_process process = {argv, NULL, TIMEOUT_S, &said};
    int status = assay_cli_process_run(verb, &process);
    bool ok = status >= 0 && said.len > 0 && understand(&said, result);
    if (status >= 0 && !ok)
        assay_cli_complain(verb, "%s does not answer --one FILE with a line of JSON (status %d)", replayer,
                           status);
    tw_buffer_deinit(&said);
    return ok;
}
