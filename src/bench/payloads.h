/* The payloads of the bench, a to i, as value trees. */
#ifndef BENCH_PAYLOADS_H
#define BENCH_PAYLOADS_H

#include "wire/value/tree.h"

/* Builds payload `name`: a small mixed struct, b list<i32> 10k, c list<i64> 10k, d 1000 small structs, e
 * map<string, string> 1000, f 1 MiB blob, g structs 50 deep, h list<double> 10k, i list<bool> 10k. False for
 * another name or when memory is refused. The values are the same in every run. */
bool bench_payload(char name, tw_tree *tree);

#endif
