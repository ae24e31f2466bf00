/* What `assay vectors stats` prints, gathered once for both of its forms. */
#ifndef CLI_STATS_H
#define CLI_STATS_H

#include "cli/vectors_about.h"
#include "suite/vector/stats.h"

typedef struct assay_cli_stats {
    const assay_vector_set *set;
    assay_stats numbers;
    assay_vectors_about about;
    bool counts, grammar, rules, history; /* the parts that are asked for */
} assay_cli_stats;

/* Prints the parts as plain text of at most 100 columns. */
void assay_stats_print(const assay_cli_stats *stats);

/* Prints the parts as one JSON object. False when memory is refused. */
bool assay_stats_print_json(const assay_cli_stats *stats);

/* How much of an entry of the history is covered, in words: "12 vectors", "@prefix", "no". */
void assay_stats_proof(const assay_history_entry *entry, char *text, size_t size);

#endif
