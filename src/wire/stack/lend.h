/* What reading a whole stream at once needs of an input beyond stack.h. Private to wire/stack. */
#ifndef WIRE_STACK_LEND_H
#define WIRE_STACK_LEND_H

#include "wire/stack/stack.h"

/* Instead of feeding: these are all the bytes of the stream. They are not copied and must outlive the input.
 */
void tw_input_lend(tw_input *input, tw_bytes stream);

/* Behind TW_NEXT_END: the error of a unit of which there is not one byte. Returns out->error.cls. */
tw_class tw_input_lack(tw_input *input, tw_unit unit, tw_outcome *out);

/* Behind TW_NEXT_READY: whether bytes that are not the unit's were seen. What zlib may have read ahead does
 * not count. */
bool tw_input_left(const tw_input *input);

#endif
