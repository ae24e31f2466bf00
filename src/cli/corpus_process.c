#include "cli/corpus_process.h"

#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SAID_MOST = 16 << 20 };

static _Noreturn void be_child(const assay_cli_process *process, int out)
{
    struct rlimit none = {0, 0};
    int null = open("/dev/null", O_RDONLY);
    setrlimit(RLIMIT_CORE, &none);
    /* A group of its own, so that what it starts can be ended with it; and it ends with us. */
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (null >= 0) dup2(null, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    if (process->variable) putenv((char *)(uintptr_t)process->variable);
    execvp(process->argv[0], process->argv);
    _exit(127);
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Takes what it says until it closes its outputs. False when the time is over. */
static bool listen_to(int in, int64_t deadline, tw_buffer *out)
{
    for (;;) {
        uint8_t piece[4096];
        struct pollfd fd = {in, POLLIN, 0};
        int64_t left = deadline - now_ms();
        int ready = left > 0 ? poll(&fd, 1, left < 60000 ? (int)left : 60000) : 0;
        if (ready < 0 && errno != EINTR) return false;
        if (ready <= 0) {
            if (now_ms() >= deadline) return false;
            continue;
        }
        ssize_t n = read(in, piece, sizeof piece);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return true;
        if (out->len < SAID_MOST) tw_buffer_append(out, piece, (size_t)n);
    }
}

int assay_cli_process_run(const char *verb, const assay_cli_process *process)
{
    int pipe_fds[2], status = 0;
    if (pipe2(pipe_fds, O_CLOEXEC) != 0) {
        assay_cli_complain(verb, "no pipe: %s", strerror(errno));
        return -1;
    }
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) be_child(process, pipe_fds[1]);
    close(pipe_fds[1]);
    if (child < 0) {
        assay_cli_complain(verb, "cannot start %s: %s", process->argv[0], strerror(errno));
        close(pipe_fds[0]);
        return -1;
    }
    bool in_time = listen_to(pipe_fds[0], now_ms() + (int64_t)process->timeout_s * 1000, process->out);
    if (!in_time) kill(-child, SIGKILL);
    close(pipe_fds[0]);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    if (!in_time) {
        assay_cli_complain(verb, "%s took more than %u s", process->argv[0], process->timeout_s);
        return -1;
    }
    if (WIFSIGNALED(status)) return 128 + WTERMSIG(status);
    if (WEXITSTATUS(status) != 127) return WEXITSTATUS(status);
    assay_cli_complain(verb, "cannot run %s", process->argv[0]);
    return -1;
}

bool assay_cli_temp_make(const char *verb, char path[256])
{
    const char *folder = getenv("TMPDIR");
    int n = snprintf(path, 256, "%s/assay-XXXXXX", folder && *folder ? folder : "/tmp");
    if (n > 0 && n < 256 && mkdtemp(path)) return true;
    assay_cli_complain(verb, "cannot make a folder in %s: %s", folder && *folder ? folder : "/tmp",
                       strerror(errno));
    return false;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

void assay_cli_temp_remove(const char *path)
{
    nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}
