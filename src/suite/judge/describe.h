/* Values in one line of words for reports. Private to the folder. */
#ifndef SUITE_JUDGE_DESCRIBE_H
#define SUITE_JUDGE_DESCRIBE_H

#include "wire/message/message.h"
#include "wire/value/tree.h"

/* Appends a struct, or a message when envelope is not NULL, in notation, cut to about `room` bytes. */
tw_class judging_describe(const tw_envelope *envelope, const tw_node *root, size_t room, tw_buffer *to);

#endif
