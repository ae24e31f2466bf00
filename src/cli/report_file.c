#include "cli/report_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_all(int fd, tw_bytes bytes)
{
    while (bytes.len) {
        ssize_t wrote = write(fd, bytes.data, bytes.len);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return false;
        bytes.data += wrote;
        bytes.len -= (size_t)wrote;
    }
    return true;
}

/* The first thing that went wrong counts, not what it led to; a full disk may only show when the file is
 * synced or closed. */
static int fill(int fd, tw_bytes bytes, bool regular)
{
    int failed = write_all(fd, bytes) ? 0 : errno;
    if (!failed && regular && fsync(fd) != 0 && errno != EINVAL) failed = errno;
    if (close(fd) != 0 && !failed) failed = errno;
    return failed;
}

static int write_in_place(const char *path, tw_bytes bytes)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_TRUNC);
    return fd < 0 ? errno : fill(fd, bytes, false);
}

static int write_and_rename(const char *path, tw_bytes bytes)
{
    char *temporary = NULL;
    if (asprintf(&temporary, "%s.XXXXXX", path) < 0) return ENOMEM;
    int fd = mkostemp(temporary, O_CLOEXEC), failed = fd < 0 ? errno : 0;
    if (!failed) {
        mode_t mask = umask(0);
        umask(mask);
        if (fchmod(fd, 0666 & ~mask) != 0) failed = errno;
        int filled = fill(fd, bytes, true);
        if (!failed) failed = filled;
        if (!failed && rename(temporary, path) != 0) failed = errno;
        if (failed) unlink(temporary);
    }
    free(temporary);
    return failed;
}

/* "/dev/stdout" and its like name what is open already: opening it anew would begin at its start again, and
 * renaming over the link would take it from everybody. -1 when the path is none of ours. */
static int standard_descriptor(const struct stat *status)
{
    struct stat own;
    for (int fd = 1; fd <= 2; fd++)
        if (fstat(fd, &own) == 0 && own.st_dev == status->st_dev && own.st_ino == status->st_ino) return fd;
    return -1;
}

/* A link stays a link: what it points to is written. */
static int write_behind_link(const char *path, tw_bytes bytes)
{
    char *target = realpath(path, NULL);
    if (!target) return errno;
    int failed = write_and_rename(target, bytes);
    free(target);
    return failed;
}

static int write_report(const char *path, tw_bytes bytes)
{
    struct stat status, link;
    if (stat(path, &status) != 0) return write_and_rename(path, bytes);
    int fd = standard_descriptor(&status);
    if (fd >= 0) return write_all(fd, bytes) ? 0 : errno;
    if (!S_ISREG(status.st_mode)) return write_in_place(path, bytes);
    bool linked = lstat(path, &link) == 0 && S_ISLNK(link.st_mode);
    return linked ? write_behind_link(path, bytes) : write_and_rename(path, bytes);
}

bool assay_report_file_write(const char *path, tw_bytes bytes)
{
    int failed = write_report(path, bytes);
    if (failed) fprintf(stderr, "assay: cannot write %s: %s\n", path, strerror(failed));
    return !failed;
}
