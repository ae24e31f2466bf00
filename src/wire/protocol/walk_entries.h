/* The walks of one protocol. Included once by its .c, behind its table, which is there called `seam` and a constant: that is
 * what specialises them. */
#ifndef WIRE_PROTOCOL_WALK_ENTRIES_H
#define WIRE_PROTOCOL_WALK_ENTRIES_H

#include "wire/protocol/walk_read.h"
#include "wire/protocol/walk_write.h"

static tw_class build(tw_walk *w)
{
    return tw_walk_read(&seam, TW_WALK_BUILD, w);
}

static tw_class skip(tw_walk *w)
{
    return tw_walk_read(&seam, TW_WALK_SKIP, w);
}

static tw_class trace(tw_walk *w)
{
    return tw_walk_read(&seam, TW_WALK_TRACE, w);
}

static tw_class resume(tw_walk *w)
{
    return tw_walk_read(&seam, TW_WALK_RESUME, w);
}

static tw_class encode(const tw_node *root, tw_buffer *to)
{
    return tw_walk_write(&seam, root, to);
}

#endif
