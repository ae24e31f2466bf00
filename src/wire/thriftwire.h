/* libthriftwire: the wire formats of Apache Thrift, to the letter of their specification. This header brings
 * all of the public interface; each part's own header is its contract.
 *
 *     tw_tree tree;
 *     tw_tree_init(&tree, NULL, SIZE_MAX);
 *     tw_outcome out;
 *     if (tw_decode(&tw_compact, tw_bytes_of(data, len), NULL, &tree, &out) != TW_OK) {
 *         char line[512];
 *         tw_error_format(&out.error, line, sizeof line);
 *         ...
 *     }
 *     tw_tree_deinit(&tree);
 */
#ifndef WIRE_THRIFTWIRE_H
#define WIRE_THRIFTWIRE_H

#include "wire/base/alloc.h"
#include "wire/base/arena.h"
#include "wire/base/bytes.h"
#include "wire/base/error.h"
#include "wire/base/limits.h"
#include "wire/base/rules.h"
#include "wire/base/type.h"
#include "wire/message/message.h"
#include "wire/protocol/protocol.h"
#include "wire/stack/stack.h"
#include "wire/text/explain.h"
#include "wire/text/hex.h"
#include "wire/text/notation.h"
#include "wire/transport/transport.h"
#include "wire/value/builder.h"
#include "wire/value/equal.h"
#include "wire/value/generate.h"
#include "wire/value/tree.h"

#endif
