#include "suite/testee/usage.h"

#ifdef __linux__

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A file below /proc/PID as text; false when the process is gone. */
static bool read_file(int pid, const char *name, char *text, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    size_t len = 0;
    ssize_t n;
    while (len < size - 1 && (n = read(fd, text + len, size - 1 - len)) > 0) len += (size_t)n;
    close(fd);
    text[len] = 0;
    return len > 0;
}

static int64_t status_kib(const char *status, const char *key)
{
    const char *at = strstr(status, key);
    return at ? strtoll(at + strlen(key), NULL, 10) : 0;
}

/* Field `wanted` (from 1, as in proc(5)) of a stat line. The command's name, field 2, may hold anything. */
static int64_t stat_field(const char *stat, int wanted)
{
    const char *at = strrchr(stat, ')');
    for (int field = 2; at && field < wanted; field++) at = strchr(at + 1, ' ');
    return at ? strtoll(at, NULL, 10) : -1;
}

/* The clock of the process counts nanoseconds where stat counts hundredths; children come from stat alone. */
static int64_t cpu_ms(int pid, const char *stat)
{
    int64_t ticks = sysconf(_SC_CLK_TCK);
    if (ticks <= 0) ticks = 100;
    int64_t children = (stat_field(stat, 16) + stat_field(stat, 17)) * 1000 / ticks;
    clockid_t clock;
    struct timespec spent;
    if (clock_getcpuclockid(pid, &clock) == 0 && clock_gettime(clock, &spent) == 0)
        return children + (int64_t)spent.tv_sec * 1000 + spent.tv_nsec / 1000000;
    return children + (stat_field(stat, 14) + stat_field(stat, 15)) * 1000 / ticks;
}

static bool add_process(int pid, assay_usage *usage)
{
    char status[4096], stat[1024];
    if (!read_file(pid, "status", status, sizeof status) || !read_file(pid, "stat", stat, sizeof stat))
        return false;
    usage->peak_rss_kib += status_kib(status, "\nVmHWM:");
    usage->rss_kib += status_kib(status, "\nVmRSS:");
    usage->peak_virtual_kib += status_kib(status, "\nVmPeak:");
    usage->data_kib += status_kib(status, "\nVmData:");
    usage->cpu_ms += cpu_ms(pid, stat);
    return true;
}

static bool reset_process(int pid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/clear_refs", pid);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool ok = write(fd, "5", 1) == 1;
    close(fd);
    return ok;
}

/* The next process of the group but its leader; 0 behind the last. */
static int next_member(DIR *proc, int group)
{
    char stat[1024];
    for (struct dirent *entry; (entry = readdir(proc));) {
        int pid = (int)strtol(entry->d_name, NULL, 10);
        if (pid <= 0 || pid == group || !read_file(pid, "stat", stat, sizeof stat)) continue;
        if (stat_field(stat, 5) == group) return pid;
    }
    return 0;
}

bool assay_usage_read(int pid, assay_usage *usage)
{
    *usage = (assay_usage){0};
    if (pid <= 0 || !add_process(pid, usage)) return false;
    DIR *proc = opendir("/proc");
    for (int member; proc && (member = next_member(proc, pid)) > 0;) add_process(member, usage);
    if (proc) closedir(proc);
    return true;
}

bool assay_usage_reset_peak(int pid)
{
    if (pid <= 0 || !reset_process(pid)) return false;
    DIR *proc = opendir("/proc");
    for (int member; proc && (member = next_member(proc, pid)) > 0;) reset_process(member);
    if (proc) closedir(proc);
    return true;
}

int assay_usage_death_fd(int pid)
{
#ifdef SYS_pidfd_open
    return (int)syscall(SYS_pidfd_open, pid, 0); /* close-on-exec by itself */
#else
    return -1;
#endif
}

int64_t assay_usage_of_dead(int pid)
{
    /* The system call has a fifth argument that the C library hides. WNOWAIT leaves the child for whoever
     * waits. */
    siginfo_t info = {.si_signo = 0};
    struct rusage usage;
    long failed = syscall(SYS_waitid, P_PID, pid, &info, WEXITED | WNOWAIT | WNOHANG, &usage);
    return failed || info.si_signo == 0 ? -1 : (int64_t)usage.ru_maxrss;
}

#else

bool assay_usage_read(int pid, assay_usage *usage)
{
    (void)pid;
    *usage = (assay_usage){0};
    return false;
}

bool assay_usage_reset_peak(int pid)
{
    (void)pid;
    return false;
}

int assay_usage_death_fd(int pid)
{
    (void)pid;
    return -1;
}

int64_t assay_usage_of_dead(int pid)
{
    (void)pid;
    return -1;
}

#endif
