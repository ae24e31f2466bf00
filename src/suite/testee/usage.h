/* What a process group uses. Linux's /proc; elsewhere nothing can be measured and every call gives false or
 * -1. */
#ifndef SUITE_TESTEE_USAGE_H
#define SUITE_TESTEE_USAGE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct assay_usage {
    int64_t peak_rss_kib;     /* VmHWM, summed over the group */
    int64_t rss_kib;          /* VmRSS, summed */
    int64_t peak_virtual_kib; /* VmPeak, summed */
    int64_t data_kib;         /* VmData, summed: memory of its own that it may write, touched or not */
    int64_t cpu_ms;           /* user and system, summed, waited-for children included */
} assay_usage;

/* Reads the use of every process of the group that pid leads. False when the leader's cannot be read. */
bool assay_usage_read(int pid, assay_usage *usage);

/* Sets VmHWM of every process of the group back to the present use, so that the next peak is that of what
 * follows. False when that is not allowed for the leader. */
bool assay_usage_reset_peak(int pid);

/* A descriptor (close-on-exec, the caller's to close) that becomes readable when the process dies, and before
 * anybody is told by SIGCHLD; -1 where there is no such thing. */
int assay_usage_death_fd(int pid);

/* The largest resident size of a child that is dead and not waited for, in KiB; -1 unknown. The kernel counts
 * from the fork on, so it is at least what the parent held then. */
int64_t assay_usage_of_dead(int pid);

#endif
