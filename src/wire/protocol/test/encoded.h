/* For unit tests only: what a value is in a protocol. */
#ifndef WIRE_PROTOCOL_TEST_ENCODED_H
#define WIRE_PROTOCOL_TEST_ENCODED_H

#include "wire/protocol/protocol.h"
#include "wire/test/support.h"

/* The bytes of the tree's root in a heap block of exactly their size. Release with tw_test_free. */
tw_bytes tw_test_encoded(const tw_protocol *protocol, const tw_tree *tree);

#endif
