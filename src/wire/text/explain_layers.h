/* A stream with the layers of its stack laid open, so that a byte of any layer can be shown where it stands.
 * Not part of the library's public face.
 *
 * Layer 0 is the stream itself; behind each transport stands the next layer, which is what it unwraps to; the
 * last one is the protocol's. Frames keep a byte's place in the file: their layers are shown in one go, a
 * frame's header in front of what it carries. What a zlib stream inflates to is another file: a section of
 * its own. */
#ifndef WIRE_TEXT_EXPLAIN_LAYERS_H
#define WIRE_TEXT_EXPLAIN_LAYERS_H

#include "wire/stack/stack.h"
#include "wire/text/explain_page.h"

typedef struct tw_shown_frame {
    size_t at;      /* of its header, in its own layer */
    size_t carries; /* where its payload begins in the next layer */
    size_t len;     /* of the payload */
} tw_shown_frame;

typedef struct tw_layer {
    const tw_transport *transport; /* NULL: the protocol */
    tw_bytes bytes;
    tw_buffer unwrapped; /* the bytes of the next layer */
    tw_buffer frames;    /* tw_shown_frame, if it is framed */
    size_t frames_shown;
    size_t taken; /* bytes of it that could be unwrapped */
} tw_layer;

typedef struct tw_layers {
    tw_layer items[TW_STACK_TRANSPORTS + 1];
    size_t count;
    size_t section; /* the layer that the section being shown begins with */
    tw_page *page;
    size_t mark; /* offset in layer 0 to mark, or SIZE_MAX */
} tw_layers;

/* Unwraps all of `in` as far as it goes. TW_OK or TW_MEMORY; deinit follows in either case. in and page are
 * borrowed. */
tw_class tw_layers_init(tw_layers *layers, const tw_stack *stack, tw_bytes in, const tw_limits *limits,
                        const tw_alloc *alloc, tw_page *page, size_t mark);
void tw_layers_deinit(tw_layers *layers);

/* Shows len bytes at an offset of a layer, with the words said to the page. Headers of frames that begin at
 * or before them come first. Offsets must ascend. */
void tw_layers_show(tw_layers *layers, size_t layer, size_t at, size_t len, unsigned indent, tw_role role);

/* Shows the headers of frames that are left in the layers of the section in front of `layer`. */
void tw_layers_show_frames(tw_layers *layers, size_t layer);

/* Shows the bytes from an offset to the layer's end as not read, if there are any; `what` says of which kind
 * they are. */
void tw_layers_show_rest(tw_layers *layers, size_t layer, size_t at, const char *what);

/* Shows where the error lies and what rule it breaks. */
void tw_layers_show_error(tw_layers *layers, size_t layer, const tw_error *error);

#endif
