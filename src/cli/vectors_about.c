#include "cli/vectors_about.h"

#include "suite/vector/files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REASONS "coverage.txt"
#define HISTORY "history.json"

typedef struct reading {
    const char *folder;
    assay_lint_report *report;
    void *context;
    size_t problems;
} reading;

/* The text of a file of the folder, for free(); NULL where there is none, or, told, where it cannot be read. */
static char *read_file(reading *r, const char *name, size_t *len)
{
    char path[4400], text[512];
    snprintf(path, sizeof path, "%s/%s", r->folder, name);
    char *bytes = assay_file_read(path, len);
    if (bytes || errno == ENOENT || errno == ENOTDIR) return bytes;
    snprintf(text, sizeof text, "%s: %s", name, strerror(errno ? errno : ENOMEM));
    r->report(r->context, text);
    r->problems++;
    return NULL;
}

static void read_reasons(assay_vectors_about *about, reading *r)
{
    size_t len = 0;
    char *text = read_file(r, REASONS, &len);
    if (!text) return;
    about->has_reasons = true;
    r->problems += assay_coverage_explain(&about->coverage, REASONS, text, r->report, r->context);
    r->problems += assay_coverage_lint(&about->coverage, REASONS, r->report, r->context);
    free(text);
}

static void read_history(assay_vectors_about *about, reading *r, const assay_vector_set *set)
{
    size_t len = 0;
    char *text = read_file(r, HISTORY, &len);
    if (!text) return;
    about->has_history = true;
    r->problems += assay_history_read(&about->history, HISTORY, text, len, r->report, r->context);
    r->problems += assay_history_lint(&about->history, HISTORY, set, r->report, r->context);
    free(text);
}

size_t assay_vectors_about_read(assay_vectors_about *about, const char *folder, const assay_vector_set *set,
                                assay_lint_report *report, void *context)
{
    reading r = {folder, report, context, 0};
    *about = (assay_vectors_about){.has_reasons = false};
    about->failed = !assay_coverage_init(&about->coverage, NULL, set);
    if (about->failed) {
        report(context, "out of memory");
        return 1;
    }
    read_reasons(about, &r);
    read_history(about, &r, set);
    return r.problems;
}

void assay_vectors_about_deinit(assay_vectors_about *about)
{
    assay_coverage_deinit(&about->coverage);
    if (about->has_history) assay_history_deinit(&about->history);
}
