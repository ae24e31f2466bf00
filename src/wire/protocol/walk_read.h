/* The walk over the values of one struct, written once. `p` and `mode` are constants wherever this is used,
 * so each protocol and purpose gets a walk of its own from the compiler. The open levels stand in w->frames,
 * not on the C stack: depth costs memory that was counted, and a walk can stop at any token and go on later.
 * Here are the levels: fields and elements; walk_container.h opens one, walk_scalar.h reads what holds no others.
 *
 * `r` and `t`, the cursor and the end of the tape, are variables of tw_walk_read whose address leaves no
 * inlined function: that keeps them in registers, which is worth a third of the time for small structs. */
#ifndef WIRE_PROTOCOL_WALK_READ_H
#define WIRE_PROTOCOL_WALK_READ_H

#include "wire/protocol/walk_container.h"

TW_INLINE bool tw_walk_tell_field(tw_walk *w, const tw_seam *p, const tw_reader *r, const tw_field *field,
                                  const uint8_t *at)
{
    tw_token token = {
        .kind = TW_TOKEN_FIELD,
        .type = field->type,
        .id = field->id,
        .rule = p->rules.field,
        .value = {.type = field->value < 0 ? TW_STOP : TW_BOOL, .id = field->id, .u.i = field->value > 0}};
    if (field->id_at) {
        token.size_offset = (size_t)(field->id_at - w->origin.begin);
        token.size_len = (size_t)(r->pos - field->id_at);
    }
    return tw_walk_tell(w, token, at, r->pos);
}

/* Reads fields of the struct on top until it ends or a container opens inside it. From struct to struct,
 * inside one another or next to one another in a list, it goes on without leaving. */
TW_INLINE bool tw_walk_fields(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w, tw_reader *r, tw_tape *t)
{
    tw_frame *f = &w->frames[w->depth - 1];
    int16_t id = f->id;
    uint32_t count = f->count;
    TW_WHEN_FAULT(COMPACT_STATE_KEPT_BEHIND_STRUCT,
                  if (w->depth == 1 && count == 0) id = (int16_t)tw_fault_carried_id;);
    TW_WHEN_FAULT(COMPACT_STATE_KEPT_BEHIND_REFUSAL,
                  if (w->depth == 1 && count == 0) id = (int16_t)tw_fault_carried_id;);
    for (;;) {
        const uint8_t *at = r->pos;
        if (mode == TW_WALK_TRACE) w->in_value = false;
        tw_field field = {.type = TW_STOP};
        if (TW_UNLIKELY(!p->field(r, id, &field))) {
            TW_WHEN_FAULT(COMPACT_STATE_KEPT_BEHIND_REFUSAL, tw_fault_carried_id = id;);
            w->in_value = false;
            f->id = id;
            f->count = count;
            if (mode == TW_WALK_RESUME) r->pos = at;
            return false;
        }
        TW_WHEN_FAULT(
            FIELD_ORDER_REFUSED, if (field.type != TW_STOP && count > 0 && field.id < id) {
                return tw_reader_fail(r, TW_MALFORMED, TW_RULE_STRUCT_FIELD_ORDER, at);
            });
        TW_WHEN_FAULT(
            FIELD_ID_TWICE_REFUSED, if (field.type != TW_STOP && count > 0 && field.id == id) {
                return tw_reader_fail(r, TW_MALFORMED, TW_RULE_STRUCT_DUPLICATE_ID, at);
            });
        TW_WHEN_FAULT(
            FIELD_ID_ZERO_REFUSED, if (field.type != TW_STOP && field.id == 0) {
                return tw_reader_fail(r, TW_MALFORMED, TW_RULE_STRUCT_FIELD_ID, at);
            });
        TW_WHEN_FAULT(
            FIELD_ID_NEGATIVE_REFUSED, if (field.type != TW_STOP && field.id < 0) {
                return tw_reader_fail(r, TW_MALFORMED, TW_RULE_STRUCT_FIELD_ID, at);
            });
        if (field.type == TW_STOP) {
            TW_WHEN_FAULT(COMPACT_STATE_KEPT_BEHIND_STRUCT, if (w->depth == 1) tw_fault_carried_id = id;);
            TW_WHEN_FAULT(COMPACT_STATE_KEPT_BEHIND_REFUSAL, if (w->depth == 1) tw_fault_carried_id = 0;);
            TW_WHEN_FAULT(SKIP_STRUCT_SHORT, if (mode == TW_WALK_SKIP && w->depth > 1) r->pos--;);
            TW_TELL(at, .kind = TW_TOKEN_STOP, .rule = p->rules.stop);
            if (mode == TW_WALK_BUILD) {
                tw_node *node = &w->tree->nodes[f->node];
                node->count = count;
                node->u.span = (size_t)(t->at - node);
            }
            if (--w->depth == 0) return true;
            f--;
            if (f->type == TW_STRUCT) {
                if (!TW_FAULT(COMPACT_STATE_NOT_RESTORED)) id = f->id;
                count = f->count;
                continue;
            }
            TW_WHEN_FAULT(STRUCT_IN_LIST_ONLY_ONE, f->left = 1;);
            if (f->type == TW_MAP || f->left <= 1) return true;
            f->left--;
            if (TW_UNLIKELY(!tw_walk_struct(mode, w, r, t, 0))) return false;
            f++;
            if (!TW_FAULT(COMPACT_STATE_KEPT_IN_ELEMENT)) id = 0;
            count = 0;
            continue;
        }
        if (mode == TW_WALK_TRACE) {
            w->in_value = true;
            f->id = field.id;
            if (!tw_walk_tell_field(w, p, r, &field, at)) return false;
        }
        if (field.value >= 0) {
            tw_node node = {.type = TW_BOOL, .id = field.id, .u.i = field.value};
            if (mode == TW_WALK_BUILD && !tw_walk_add(w, r, t, node)) return false;
            if (!TW_FAULT(COMPACT_STATE_LOST_BEHIND_BOOL)) id = field.id;
            count++;
            continue;
        }
        const size_t level = w->depth;
        bool nests = tw_type_nests(field.type);
        if (nests) { /* what opens needs this level's state in its place */
            f->id = field.id;
            f->count = count + 1;
            TW_WHEN_FAULT(COMPACT_STATE_LOST_BEHIND_CONTAINER, if (field.type != TW_STRUCT) f->id = 0;);
        }
        if (TW_UNLIKELY(!tw_walk_value(p, mode, w, r, t, field.type, field.id))) {
            f = &w->frames[level - 1];
            TW_WHEN_FAULT(COMPACT_STATE_KEPT_BEHIND_REFUSAL, tw_fault_carried_id = field.id;);
            bool again = mode == TW_WALK_RESUME && w->origin.error->cls == TW_TRUNCATED;
            TW_WHEN_FAULT(RESUME_INSIDE_TOKEN, if (again) at = r->pos;);
            f->id = again ? id : field.id;
            f->count = count;
            if (again) r->pos = at;
            w->in_value = !again;
            return false;
        }
        id = field.id;
        count++;
        TW_WHEN_FAULT(COMPACT_STATE_LOST_BEHIND_CONTAINER, if (nests) id = 0;);
        if (nests && w->depth != level) {
            if (field.type != TW_STRUCT) return true;
            f = &w->frames[level];
            if (!TW_FAULT(COMPACT_STATE_KEPT_IN_STRUCT)) id = 0;
            count = 0;
        } else if (nests) {
            f = &w->frames[level - 1]; /* opening and closing a level may have moved them */
        }
    }
}

/* One key, value or element is done. */
TW_INLINE void tw_walk_count_off(tw_frame *f)
{
    if (f->type == TW_MAP && !f->half) {
        f->half = true;
        return;
    }
    f->half = false;
    f->left--;
}

#ifdef TW_FAULTS
/* Whether the key just read, of a map of plain keys and values, is that of the pair before. */
static bool tw_walk_key_twice(const tw_tape *t, tw_type key, tw_type value)
{
    if (tw_type_nests(key) || tw_type_nests(value) || key == TW_UUID) return false;
    const tw_node *now = t->at - 1, *before = now - 2;
    if (key != TW_STRING) return now->u.i == before->u.i;
    return now->count == before->count && memcmp(now->u.bytes, before->u.bytes, now->count) == 0;
}
#endif

/* Reads elements of the container on top until it ends or something opens inside it. */
TW_INLINE bool tw_walk_elements(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w, tw_reader *r,
                                tw_tape *t)
{
    const size_t level = w->depth;
    tw_frame *f = &w->frames[level - 1];
    tw_type first = (tw_type)(f->type == TW_MAP ? f->inside >> 4 : f->inside & 15);
    tw_type second = (tw_type)(f->inside & 15);
    if (f->child) {
        f->child = false;
        tw_walk_count_off(f);
    }
    bool batch = mode == TW_WALK_SKIP || mode == TW_WALK_RESUME;
    if (batch && f->type != TW_MAP && tw_type_packed_size(first) != 0) {
        size_t done;
        r->pos = p->packed(r->pos, r->end, r->origin, first, f->left, NULL, &done);
        f->left -= (uint32_t)done;
        if (f->left > 0) return false;
    }
    while (f->left > 0) {
        const uint8_t *at = r->pos;
        if (TW_UNLIKELY(!tw_walk_value(p, mode, w, r, t, f->half ? second : first, 0))) {
            if (mode == TW_WALK_RESUME) r->pos = at;
            return false;
        }
        TW_WHEN_FAULT(
            MAP_KEY_TWICE_REFUSED, if (mode == TW_WALK_BUILD && f->type == TW_MAP && !f->half &&
                                       f->left < f->count && tw_walk_key_twice(t, first, second)) {
                return tw_reader_fail(r, TW_MALFORMED, TW_RULE_MAP_DUPLICATE_KEY, at);
            });
        if (w->depth != level) {
            w->frames[level - 1].child = true;
            return true;
        }
        f = &w->frames[level - 1]; /* as above: a packed list was a level of its own for a while */
        tw_walk_count_off(f);
    }
    TW_TELL(r->pos, .kind = TW_TOKEN_END, .type = (tw_type)f->type);
    if (mode == TW_WALK_BUILD) {
        tw_node *node = &w->tree->nodes[f->node];
        node->u.span = (size_t)(t->at - node);
    }
    w->depth = level - 1;
    return true;
}

/* Walks until the outermost struct ends. With frames open (resuming), goes on with them. */
TW_INLINE tw_class tw_walk_read(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w)
{
    tw_reader r = w->r;
    tw_tape t = {NULL, NULL};
    if (mode == TW_WALK_BUILD && w->tree->nodes) {
        t = (tw_tape){w->tree->nodes, w->tree->nodes + w->tree->capacity};
    }
    bool ok = w->depth > 0 || tw_walk_struct(mode, w, &r, &t, 0);
    while (ok && w->depth > 0) {
        if (w->frames[w->depth - 1].type == TW_STRUCT) {
            ok = tw_walk_fields(p, mode, w, &r, &t);
        } else {
            ok = tw_walk_elements(p, mode, w, &r, &t);
        }
    }
    w->r = r;
    if (mode == TW_WALK_BUILD && t.at) w->tree->count = (size_t)(t.at - w->tree->nodes);
    return w->origin.error->cls;
}

#endif
