#include "cli/progress.h"

#include <stdio.h>

void assay_progress_show(void *context, const assay_progress *progress)
{
    (void)context;
    double rate = progress->seconds > 0 ? (double)progress->done / progress->seconds : 0;
    fprintf(stderr, "\r\033[K%zu/%zu cases, %zu failed, %.0f/s", progress->done, progress->total,
            progress->failed, rate);
    if (rate > 0 && progress->total > progress->done)
        fprintf(stderr, ", %.0f s left", (double)(progress->total - progress->done) / rate);
    fflush(stderr);
}

void assay_progress_clear(void)
{
    fprintf(stderr, "\r\033[K");
    fflush(stderr);
}
