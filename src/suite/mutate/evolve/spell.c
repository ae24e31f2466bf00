#include "suite/mutate/evolve/spell_seam.h"

/* One value that is open. */
typedef struct level {
    const tw_node *end;
    bool is_struct;
    int16_t last_id;
} level;

static const assay_spell_seam *seam_of(const tw_protocol *protocol)
{
    return protocol == &tw_compact ? &assay_spell_compact : &assay_spell_binary;
}

static void spell_packed(const assay_spell_seam *seam, assay_speller *s, const tw_node *node)
{
    seam->list(s, node);
    for (size_t i = 0; i < node->count && !s->to->failed; i++) {
        tw_node item = tw_node_item(node, i);
        seam->scalar(s, &item, false);
    }
}

static void spell_leaf(const assay_spell_seam *seam, assay_speller *s, const tw_node *node, bool in_struct)
{
    if (node->type == TW_STRING) {
        seam->size(s, node->count);
        tw_buffer_append(s->to, node->u.bytes, node->count);
    } else if (node->type == TW_UUID) {
        tw_buffer_append(s->to, node->u.bytes, 16);
    } else {
        seam->scalar(s, node, in_struct);
    }
}

tw_class assay_spell(const tw_protocol *protocol, const tw_node *root, tw_random *random, tw_buffer *to)
{
    const assay_spell_seam *seam = seam_of(protocol);
    assay_speller s = {to, random};
    level levels[ASSAY_SPELL_LEVELS];
    size_t depth = 0;
    for (const tw_node *node = root, *end = tw_node_next(root); !to->failed; node++) {
        for (; depth && node == levels[depth - 1].end; depth--)
            if (levels[depth - 1].is_struct) seam->stop(&s);
        if (node == end) return to->failed ? TW_MEMORY : TW_OK;
        level *in = depth ? &levels[depth - 1] : NULL;
        bool in_struct = in && in->is_struct;
        if (in_struct) {
            seam->field(&s, node, in->last_id);
            in->last_id = node->id;
        }
        if (tw_node_packed(node)) {
            spell_packed(seam, &s, node);
        } else if (!tw_type_nests((tw_type)node->type)) {
            spell_leaf(seam, &s, node, in_struct);
        } else {
            if (depth == ASSAY_SPELL_LEVELS) return TW_LIMIT;
            if (node->type == TW_MAP) seam->map(&s, node);
            if (node->type == TW_LIST || node->type == TW_SET) seam->list(&s, node);
            levels[depth++] = (level){tw_node_next(node), node->type == TW_STRUCT, 0};
        }
    }
    return TW_MEMORY;
}

tw_class assay_spell_envelope(const tw_protocol *protocol, const tw_envelope *envelope, tw_random *random,
                              tw_buffer *to)
{
    assay_speller s = {to, random};
    seam_of(protocol)->envelope(&s, envelope);
    return to->failed ? TW_MEMORY : TW_OK;
}
