/* What generated code makes of a struct: the fields that the IDL knows, defaults filled in. Works on a value that
 * was decoded already, so that it is the same for every protocol. */
#ifndef SUITE_TYPED_READ_H
#define SUITE_TYPED_READ_H

#include "suite/typed/idl.h"

#include "wire/base/error.h"
#include "wire/value/tree.h"

/* Deeper than this structs and containers are not followed. */
enum { ASSAY_TYPED_DEPTH_MOST = 1024 };

/* Reads root, a struct, as `table` declares it, into `out` (reset first, and owns all that it holds): known fields in
 * order of id, the last of those that stand twice. *open gets the typed open rules that were relied on.
 *
 * Returns TW_OK; TW_MALFORMED where a required field is missing or a union has two fields, TW_LIMIT where it nests
 * deeper than ASSAY_TYPED_DEPTH_MOST: *error then has the rule and the path, and neither layer nor offset, since no
 * byte is at fault; or TW_MEMORY. out is empty then. */
tw_class assay_typed_read(const assay_idl_struct *table, const tw_node *root, tw_tree *out, tw_ruleset *open,
                          tw_error *error);

#endif
