/* What every worker of the bench does alike, in C and C++: a line `OP PROTOCOL PAYLOAD MS` on standard input
 * is measured for about MS milliseconds of CPU time and answered with nanoseconds of CPU time per operation,
 * or `-` for what the worker does not have. */
#ifndef BENCH_WORKER_H
#define BENCH_WORKER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static inline double bench_cpu_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Runs `step(context)` until about ms milliseconds are used, in growing batches, and gives the time of one.
 */
static inline double bench_measure(void (*step)(void *), void *context, double ms)
{
    double start, used = 0;
    unsigned long batch = 1, done = 0;
    step(context); /* warm */
    start = bench_cpu_ns();
    while (used < ms * 1e6) {
        unsigned long i;
        for (i = 0; i < batch; i++) step(context);
        done += batch;
        if (batch < 4096) batch *= 2;
        used = bench_cpu_ns() - start;
    }
    return used / (double)done;
}

typedef struct bench_order {
    char op[16], protocol[16], payload[8];
    double ms;
} bench_order;

/* The next order; 0 at the end of input. */
static inline int bench_next(bench_order *order)
{
    char line[128];
    int at = 0;
    if (!fgets(line, sizeof line, stdin)) return 0;
    if (sscanf(line, "%15s %15s %7s %n", order->op, order->protocol, order->payload, &at) != 3) return 0;
    order->ms = strtod(line + at, NULL);
    return order->ms > 0;
}

static inline void bench_answer(double ns)
{
    if (ns < 0) {
        printf("-\n");
    } else {
        printf("%.2f\n", ns);
    }
    fflush(stdout);
}

/* Reads FOLDER/PROTOCOL-PAYLOAD, as bench_ours --write put it there; the length, or 0. */
static inline size_t bench_load(const char *folder, const bench_order *order, unsigned char *to, size_t size)
{
    char path[512];
    FILE *file;
    size_t len;
    snprintf(path, sizeof path, "%s/%s-%s", folder, order->protocol, order->payload);
    file = fopen(path, "rb");
    if (!file) return 0;
    len = fread(to, 1, size, file);
    fclose(file);
    return len;
}

#endif
