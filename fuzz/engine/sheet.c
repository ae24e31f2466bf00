#include "fuzz/engine/sheet.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* zlib is not compiled with MSan, which then takes what it writes for unset. */
#if defined(__has_feature)
#if __has_feature(memory_sanitizer)
#define WITHOUT_ZLIB 1
#endif
#endif
#ifndef WITHOUT_ZLIB
#define WITHOUT_ZLIB 0
#endif

static void run_one(const fuzz_harness *harness, const replay_input *input, replay_line *line)
{
    fuzz_run run = {.token = NULL};
    assay_specimen specimen = assay_specimen_read(tw_bytes_of(input->data, input->len));
    if (WITHOUT_ZLIB && !specimen.text && specimen.stack >= 4) {
        line->done = true;
        return;
    }
    fuzz_run_one(harness, tw_bytes_of(input->data, input->len), &run);
    snprintf(line->token, sizeof line->token, "%s", run.token ? run.token : "");
    memcpy(line->detail, run.detail, sizeof line->detail);
    line->rule = run.rule;
    line->digest = run.digest[0] ^ (run.digest[1] << 32 | run.digest[1] >> 32);
    line->done = true;
}

/* The worker: from `first` on, until the end or its own. The alarm's default action ends it. */
static void work(const fuzz_harness *harness, const replay_inputs *inputs, unsigned seconds, size_t first,
                 replay_line *lines)
{
    for (size_t i = first; i < inputs->count; i++) {
        alarm(seconds);
        run_one(harness, &inputs->items[i], &lines[i]);
    }
    alarm(0);
    /* Not _exit: what sanitizers check at the end of a process is wanted. */
    exit(0);
}

/* The worker is gone with this input open. */
static void blame(replay_line *line, int status, unsigned seconds)
{
    line->done = true;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
        snprintf(line->token, sizeof line->token, "timeout");
        snprintf(line->detail, sizeof line->detail, "not done after %u s", seconds);
    } else {
        snprintf(line->token, sizeof line->token, "crash");
        if (WIFSIGNALED(status))
            snprintf(line->detail, sizeof line->detail, "ended by signal %d", WTERMSIG(status));
        else
            snprintf(line->detail, sizeof line->detail, "ended with status %d", WEXITSTATUS(status));
    }
}

/* What is done, as long as the worker runs and a little longer. Returns the index of the first that is not. */
static size_t follow(pid_t worker, const replay_inputs *inputs, replay_line *lines, size_t at,
                     replay_seen *seen, void *context, int *status)
{
    const volatile replay_line *watched = lines;
    bool gone = false;
    while (!gone) {
        pid_t ended = waitpid(worker, status, WNOHANG);
        gone = ended == worker || (ended < 0 && errno != EINTR);
        for (; at < inputs->count && watched[at].done; at++) seen(context, at, &lines[at]);
        if (!gone) usleep(2000);
    }
    return at;
}

bool replay_run(const fuzz_harness *harness, const replay_inputs *inputs, unsigned seconds, replay_seen *seen,
                void *context)
{
    size_t at = 0, size = (inputs->count ? inputs->count : 1) * sizeof(replay_line);
    replay_line *lines = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (lines == MAP_FAILED) return false;
    bool ok = true;
    while (ok && at < inputs->count) {
        int status = 0;
        fflush(NULL);
        pid_t worker = fork();
        if (worker == 0) work(harness, inputs, seconds, at, lines);
        ok = worker > 0;
        if (!ok) break;
        at = follow(worker, inputs, lines, at, seen, context, &status);
        if (at < inputs->count) {
            blame(&lines[at], status, seconds);
            seen(context, at, &lines[at]);
            at++;
        }
    }
    munmap(lines, size);
    return ok;
}
