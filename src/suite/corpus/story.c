#include "suite/corpus/story.h"

#include "suite/mutate/specimen.h"
#include "suite/mutate/stream.h"
#include "wire/text/explain.h"
#include "wire/text/notation.h"

static void say_value(const assay_specimen *s, const tw_envelope *envelope, const tw_node *root,
                      tw_buffer *to)
{
    enum { ROOM = 200 };
    tw_buffer_printf(to, "accepted: ");
    if (s->unit == TW_UNIT_MESSAGE) {
        const char *kind = tw_message_kind_name(envelope->kind);
        tw_buffer_printf(to, "%s, %zu byte%s of name, #%d, ", kind ? kind : "unknown kind",
                         envelope->name.len, envelope->name.len == 1 ? "" : "s", (int)envelope->sequence_id);
    }
    tw_notation_write_brief(root, ROOM, to);
}

tw_class assay_story_verdict(tw_bytes input, tw_buffer *to)
{
    assay_specimen s = assay_specimen_read(input);
    tw_decode_options options = tw_decode_defaults();
    tw_envelope envelope;
    tw_outcome out;
    tw_tree tree;
    char line[512];
    if (s.text) {
        tw_buffer_printf(to, "text");
        return to->failed ? TW_MEMORY : TW_OK;
    }
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_class cls = tw_stack_decode(assay_specimen_stack(s.stack), s.payload, s.unit, &options, &envelope,
                                   &tree, &out, NULL);
    if (cls == TW_OK) {
        say_value(&s, &envelope, tw_tree_root(&tree), to);
    } else {
        tw_error_format(&out.error, line, sizeof line);
        tw_buffer_printf(to, "refused: %s", line);
    }
    tw_tree_deinit(&tree);
    return cls == TW_MEMORY || to->failed ? TW_MEMORY : TW_OK;
}

/* Texts as they are, but for what a terminal would take for a command. */
static void say_text(tw_bytes text, tw_buffer *to)
{
    tw_buffer_printf(to, "    ");
    for (size_t i = 0; i < text.len && !to->failed; i++) {
        uint8_t c = text.data[i];
        if (c == '\n')
            tw_buffer_printf(to, "\n    ");
        else if (c < 0x20 || c == 0x7f || c >= 0x80)
            tw_buffer_printf(to, "\\x%02x", c);
        else
            tw_buffer_append_byte(to, c);
    }
    tw_buffer_printf(to, "\n");
}

static void say_layers(unsigned stack, tw_buffer *to)
{
    const char *words[ASSAY_SPECIMEN_STACKS] = {
        "the binary protocol, with nothing around it",
        "the compact protocol, with nothing around it",
        "frames (a 4-byte length before each message) that carry the binary protocol",
        "frames (a 4-byte length before each message) that carry the compact protocol",
        "a zlib stream that carries the binary protocol",
        "a zlib stream that carries the compact protocol",
        "frames that carry a zlib stream that carries the binary protocol",
        "frames that carry a zlib stream that carries the compact protocol"};
    tw_buffer_printf(to, "%s", words[stack]);
}

static void say_head(const assay_specimen *s, tw_bytes input, tw_buffer *to)
{
    uint8_t head = input.len > 0 ? input.data[0] : 0;
    tw_buffer_printf(to,
                     "%zu byte%s: the head (2), which says how the rest is meant, and the payload (%zu)\n\n",
                     input.len, input.len == 1 ? "" : "s", s->payload.len);
    if (input.len < ASSAY_SPECIMEN_HEAD)
        tw_buffer_printf(to, "    (bytes of the head that are missing count as 00)\n");
    tw_buffer_printf(to, "    %02x  ", head);
    if (s->text) {
        tw_buffer_printf(to, "the payload is text\n");
    } else {
        tw_buffer_printf(to, "stack %u, %s: ", s->stack, assay_specimen_stack_name(s->stack));
        say_layers(s->stack, to);
        tw_buffer_printf(to, "\n        the payload is %s; the harness's own four bits are %u\n",
                         s->unit == TW_UNIT_MESSAGE ? "a message (name, kind, sequence id, struct)"
                                                    : "a bare struct",
                         s->flags);
    }
    tw_buffer_printf(
        to,
        "    %02x  the harness's parameter, %u: where to cut, how to split, which limit; each harness "
        "says\n\n",
        s->parameter, s->parameter);
}

tw_class assay_story_write(tw_bytes input, bool colour, tw_buffer *to)
{
    assay_specimen s = assay_specimen_read(input);
    say_head(&s, input, to);
    if (s.text) {
        say_text(s.payload, to);
        return to->failed ? TW_MEMORY : TW_OK;
    }
    tw_buffer_printf(to, "by the rules: ");
    tw_class cls = assay_story_verdict(input, to);
    tw_buffer_printf(to, "\n\n");
    if (s.payload.len == 0) {
        tw_buffer_printf(to, "no payload\n");
    } else if (cls == TW_OK) {
        tw_explain_options options = {
            .decode = tw_decode_defaults(), .unit = s.unit, .count = 1, .colour = colour, .mark = SIZE_MAX};
        cls = tw_explain(assay_specimen_stack(s.stack), s.payload, &options, to, NULL);
    }
    return cls == TW_MEMORY || to->failed ? TW_MEMORY : TW_OK;
}
