/* The bare rate of a channel: a child that echoes lines as fast as it can, and a parent that sends and reads them, with no libuv, no
 * protocol, no judge. What a runner can at most reach over one pipe. `echo_rate LINE_BYTES WINDOW SECONDS` prints lines per second. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void child(int in, int out)
{
    char buffer[65536];
    for (;;) {
        ssize_t n = read(in, buffer, sizeof buffer);
        if (n <= 0) _exit(0);
        for (ssize_t at = 0; at < n;) {
            ssize_t written = write(out, buffer + at, (size_t)(n - at));
            if (written < 0) _exit(1);
            at += written;
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 4) return 2;
    size_t line = strtoul(argv[1], NULL, 10), window = strtoul(argv[2], NULL, 10);
    double seconds = strtod(argv[3], NULL);
    int to[2], from[2];
    if (line < 2 || line > 4096 || window < 1 || window > 64 || pipe(to) != 0 || pipe(from) != 0) return 2;
    pid_t pid = fork();
    if (pid < 0) return 1;
    if (pid == 0) {
        close(to[1]);
        close(from[0]);
        child(to[0], from[1]);
    }
    close(to[0]);
    close(from[1]);
    static char lines[4096 * 64], buffer[65536];
    memset(lines, 'a', line * window);
    for (size_t i = 1; i <= window; i++) lines[i * line - 1] = '\n';
    size_t open = 0, done = 0, partial = 0;
    double start = now(), end = start + seconds;
    while (now() < end) {
        size_t room = (window - open) * line;
        if (room > 0) {
            if (write(to[1], lines, room) != (ssize_t)room)
                return 1; /* below PIPE_BUF or a whole pipe: never short */
            open = window;
        }
        ssize_t n = read(from[0], buffer, sizeof buffer);
        if (n <= 0) return 1;
        partial += (size_t)n;
        done += partial / line;
        open -= partial / line;
        partial %= line;
    }
    double rate = (double)done / (now() - start);
    close(to[1]);
    waitpid(pid, NULL, 0);
    printf("%.0f\n", rate);
    return 0;
}
