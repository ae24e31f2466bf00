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

static bool has_zlib(const replay_input *input)
{
    assay_specimen specimen = assay_specimen_read(tw_bytes_of(input->data, input->len));
    return !specimen.text && specimen.stack >= 4;
}

static void run_one(const fuzz_harness *harness, const replay_input *input, replay_line *line)
{
    fuzz_run run = {.token = NULL};
    if (WITHOUT_ZLIB && has_zlib(input)) {
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

typedef struct watch {
    const replay_inputs *inputs;
    replay_line *lines;
    size_t at; /* the first input of which nothing was told yet */
    replay_seen *seen;
    void *context;
    bool ended; /* no more is wanted */
} watch;

static void tell(watch *w)
{
    w->ended = !w->seen(w->context, w->at, &w->lines[w->at]);
    w->at++;
}

/* Tells of what is done, as long as the worker runs and a little longer. Returns how the worker ended. */
static int follow(pid_t worker, watch *w)
{
    const volatile replay_line *watched = w->lines;
    int status = 0;
    bool gone = false;
    while (!gone) {
        pid_t ended = waitpid(worker, &status, WNOHANG);
        gone = ended == worker || (ended < 0 && errno != EINTR);
        while (!w->ended && w->at < w->inputs->count && watched[w->at].done) tell(w);
        if (w->ended && !gone) kill(worker, SIGKILL);
        if (!gone) usleep(w->ended ? 100 : 2000);
    }
    return status;
}

bool replay_run(const fuzz_harness *harness, const replay_inputs *inputs, unsigned seconds, replay_seen *seen,
                void *context)
{
    size_t size = (inputs->count ? inputs->count : 1) * sizeof(replay_line);
    replay_line *lines = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (lines == MAP_FAILED) return false;
    watch w = {.inputs = inputs, .lines = lines, .seen = seen, .context = context};
    bool ok = true;
    while (!w.ended && w.at < inputs->count) {
        fflush(NULL);
        pid_t worker = fork();
        if (worker == 0) work(harness, inputs, seconds, w.at, lines);
        ok = worker > 0;
        if (!ok) break;
        int status = follow(worker, &w);
        if (!w.ended && w.at < inputs->count) {
            blame(&lines[w.at], status, seconds);
            tell(&w);
        }
    }
    munmap(lines, size);
    return ok;
}
