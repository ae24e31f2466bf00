#include "suite/testee/process.h"
#include "suite/testee/usage.h"

#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <sys/resource.h>
#include <unistd.h>

enum { PIPE_BYTES = 1 << 20, DESCRIPTORS_TRIED = 1024 };

/* What this process was itself given by whoever started it must not reach the testee. */
static void seal_descriptors(void)
{
#ifdef CLOSE_RANGE_CLOEXEC
    if (close_range(3, ~0u, CLOSE_RANGE_CLOEXEC) == 0) return;
#endif
    for (int fd = 3; fd < DESCRIPTORS_TRIED; fd++) {
        int flags = fcntl(fd, F_GETFD);
        if (flags >= 0) fcntl(fd, F_SETFD, flags | FD_CLOEXEC);
    }
}

/* A large pipe lets both sides work on instead of taking turns. Failing is no harm. */
static void widen(int fd)
{
#ifdef F_SETPIPE_SZ
    fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES);
#else
    (void)fd;
#endif
}

/* ours: the end that is kept, 0 for reading, 1 for writing. */
static int make_pipe(uv_file fds[2], int ours, uv_pipe_t *handle)
{
    int error = uv_pipe(fds, ours == 0 ? UV_NONBLOCK_PIPE : 0, ours == 1 ? UV_NONBLOCK_PIPE : 0);
    if (error) return error;
    widen(fds[ours]);
    error = uv_pipe_open(handle, fds[ours]);
    if (error) close(fds[ours]);
    fds[ours] = -1; /* the handle's */
    return error;
}

/* uv_spawn runs nothing of ours in the child, so the limit is lowered here while the child is made; only the
 * soft one, which can be raised again. */
static int spawn_without_core(uv_loop_t *loop, uv_process_t *process, const uv_process_options_t *options)
{
    struct rlimit before, none;
    bool lowered = getrlimit(RLIMIT_CORE, &before) == 0;
    if (lowered) {
        none = before;
        none.rlim_cur = 0;
        lowered = setrlimit(RLIMIT_CORE, &none) == 0;
    }
    int error = uv_spawn(loop, process, options);
    if (lowered) setrlimit(RLIMIT_CORE, &before);
    return error;
}

static void on_death(uv_poll_t *death, int status, int events)
{
    assay_process *process = (assay_process *)((char *)death - offsetof(assay_process, death));
    (void)status, (void)events;
    uv_poll_stop(death);
    process->max_rss_kib = assay_usage_of_dead(process->pid);
}

static void watch_death(assay_process *process, uv_loop_t *loop)
{
    int fd = assay_usage_death_fd(process->pid);
    if (fd < 0) return;
    if (uv_poll_init(loop, &process->death, fd)) {
        close(fd);
        return;
    }
    process->death_fd = fd;
    uv_poll_start(&process->death, UV_READABLE, on_death);
}

static int spawn(assay_process *process, uv_loop_t *loop, char *const *argv, uv_exit_cb on_exit,
                 uv_file fds[3][2])
{
    int error = make_pipe(fds[0], 1, &process->in);
    if (!error) error = make_pipe(fds[1], 0, &process->out);
    if (!error) error = make_pipe(fds[2], 0, &process->err);
    if (error) return error;
    uv_stdio_container_t stdio[3];
    for (int i = 0; i < 3; i++) {
        stdio[i].flags = UV_INHERIT_FD;
        stdio[i].data.fd = fds[i][i == 0 ? 0 : 1];
    }
    uv_process_options_t options = {.exit_cb = on_exit,
                                    .file = argv[0],
                                    .args = (char **)argv,
                                    .flags = UV_PROCESS_DETACHED,
                                    .stdio_count = 3,
                                    .stdio = stdio};
    process->spawned = true;
    return spawn_without_core(loop, &process->process, &options);
}

int assay_process_spawn(assay_process *process, uv_loop_t *loop, char *const *argv, uv_exit_cb on_exit,
                        void *data)
{
    uv_file fds[3][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
    *process = (assay_process){.death_fd = -1, .pid = -1, .max_rss_kib = -1};
    signal(SIGPIPE, SIG_IGN);
    seal_descriptors();
    uv_pipe_init(loop, &process->in, 0);
    uv_pipe_init(loop, &process->out, 0);
    uv_pipe_init(loop, &process->err, 0);
    int error = spawn(process, loop, argv, on_exit, fds);
    for (int i = 0; i < 6; i++)
        if (fds[i / 2][i % 2] >= 0) close(fds[i / 2][i % 2]);
    if (!error) {
        process->pid = process->process.pid;
        watch_death(process, loop);
    }
    uv_handle_t *handles[ASSAY_PROCESS_HANDLES];
    assay_process_handles(process, handles);
    for (int i = 0; handles[i]; i++) handles[i]->data = data;
    return error;
}

void assay_process_handles(assay_process *process, uv_handle_t *handles[ASSAY_PROCESS_HANDLES])
{
    int n = 0;
    handles[n++] = (uv_handle_t *)&process->in;
    handles[n++] = (uv_handle_t *)&process->out;
    handles[n++] = (uv_handle_t *)&process->err;
    if (process->spawned) handles[n++] = (uv_handle_t *)&process->process;
    if (process->death_fd >= 0) handles[n++] = (uv_handle_t *)&process->death;
    handles[n] = NULL;
}

void assay_process_signal(const assay_process *process, int signal_number)
{
    if (process->pid > 0) kill(-process->pid, signal_number);
}

void assay_process_deinit(assay_process *process)
{
    if (process->death_fd >= 0) close(process->death_fd);
    process->death_fd = -1;
}
