#include "suite/typed/read.h"

#include "wire/base/fault.h"
#include "wire/text/notation.h"
#include "wire/value/builder.h"

#include <string.h>

typedef struct reader {
    tw_builder to;
    tw_ruleset *open;
    tw_error *error;
    tw_path path;
} reader;

static bool read_value(reader *r, const assay_idl_type *type, const tw_node *node);

static void enter(reader *r, tw_step_kind kind, int64_t at)
{
    if (r->path.depth < TW_PATH_KEPT) r->path.steps[r->path.depth] = (tw_step){kind, at};
    r->path.depth++;
}

static void leave(reader *r)
{
    r->path.depth--;
}

static bool refuse(reader *r, tw_class cls, tw_rule rule)
{
    *r->error = (tw_error){.cls = cls, .rule = rule, .path = r->path};
    return false;
}

static size_t find_field(const assay_idl_struct *table, int16_t id)
{
    size_t i = 0;
    while (i < table->count && table->fields[i].id != id) i++;
    return i;
}

/* Are the values in a container, and in those inside it, of the IDL's types? The types of empty ones mean nothing;
 * compact does not even write those of maps. Structs inside look at their own fields. */
static bool conforms(const assay_idl_type *type, const tw_node *node)
{
    if (node->type != type->wire) return false;
    if (!type->element || node->count == 0) return true;
    if (tw_node_element_type(node) != type->element->wire) return false;
    if (type->key && tw_node_key_type(node) != type->key->wire) return false;
    bool deeper = type->element->element || (type->key && type->key->element);
    if (!deeper) return true;
    const tw_node *at = tw_node_first(node), *end = tw_node_next(node);
    while (at < end) {
        if (type->key) {
            if (!conforms(type->key, at)) return false;
            at = tw_node_next(at);
        }
        if (!conforms(type->element, at)) return false;
        at = tw_node_next(at);
    }
    return true;
}

/* An empty container that names other types than the IDL does. */
static bool names_other_types(const assay_idl_type *type, const tw_node *node)
{
    if (!type->element || node->count > 0 || node->inside == 0) return false;
    return tw_node_element_type(node) != type->element->wire ||
           (type->key && tw_node_key_type(node) != type->key->wire);
}

/* The field of each row that counts, or NULL. */
static void collect(reader *r, const assay_idl_struct *table, const tw_node *node, const tw_node **fields)
{
    const tw_node *field = tw_node_first(node), *end = tw_node_next(node);
    for (; field < end; field = tw_node_next(field)) {
        size_t row = find_field(table, field->id);
        TW_WHEN_FAULT(
            TYPED_UNKNOWN_REFUSED,
            if (row == table->count) { refuse(r, TW_MALFORMED, TW_RULE_TYPED_UNKNOWN_FIELD); });
        if (row == table->count) continue;
        if (TW_FAULT(TYPED_FALSE_ABSENT) && field->type == TW_BOOL && field->u.i == 0) continue;
        if (!conforms(&table->fields[row].type, field)) {
            bool outside = field->type != table->fields[row].type.wire;
            tw_ruleset_add(r->open, outside ? TW_RULE_TYPED_FIELD_TYPE : TW_RULE_TYPED_ELEMENT_TYPE);
            TW_WHEN_FAULT(TYPED_FIELD_TYPE_REFUSED,
                          if (outside) refuse(r, TW_MALFORMED, TW_RULE_TYPED_FIELD_TYPE););
            TW_WHEN_FAULT(TYPED_ELEMENT_TYPE_REFUSED,
                          if (!outside) refuse(r, TW_MALFORMED, TW_RULE_TYPED_ELEMENT_TYPE););
            continue;
        }
        if (names_other_types(&table->fields[row].type, field))
            tw_ruleset_add(r->open, TW_RULE_TYPED_ELEMENT_TYPE);
        if (fields[row]) tw_ruleset_add(r->open, TW_RULE_TYPED_DUPLICATE);
        TW_WHEN_FAULT(TYPED_FIRST_COUNTS, if (fields[row]) continue;);
        fields[row] = field;
    }
}

static bool check_union(reader *r, const assay_idl_struct *table, const tw_node *const *fields)
{
    size_t set = 0;
    for (size_t i = 0; i < table->count; i++) set += fields[i] != NULL;
    if (table->kind != ASSAY_IDL_UNION || set == 1) return true;
    tw_ruleset_add(r->open, set ? TW_RULE_TYPED_UNION_MANY : TW_RULE_TYPED_UNION_EMPTY);
    TW_WHEN_FAULT(TYPED_UNION_MANY_ACCEPTED, if (set > 1) return true;);
    TW_WHEN_FAULT(
        TYPED_UNION_EMPTY_REFUSED,
        if (set == 0) { return refuse(r, TW_MALFORMED, TW_RULE_TYPED_UNION_EMPTY); });
    return set == 0 || refuse(r, TW_MALFORMED, TW_RULE_TYPED_UNION_MANY);
}

/* Puts the field's default value, if there is one. False when memory is refused. */
static bool put_default(reader *r, const assay_idl_struct *table, const assay_idl_field *row, bool *found)
{
    tw_tree tree;
    tw_notation_error error;
    *found = false;
    if (!table->defaults || TW_FAULT(TYPED_NO_DEFAULTS)) return true;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    bool ok = tw_notation_read(table->defaults, strlen(table->defaults), &tree, &error) == TW_OK;
    const tw_node *root = tw_tree_root(&tree);
    for (const tw_node *at = ok ? tw_node_first(root) : NULL; ok && at < tw_node_next(root);
         at = tw_node_next(at)) {
        if (at->id != row->id) continue;
        tw_build_field(&r->to, row->id);
        ok = read_value(r, &row->type, at);
        *found = true;
    }
    tw_tree_deinit(&tree);
    return ok || refuse(r, TW_MEMORY, TW_RULE_NONE);
}

static bool read_absent(reader *r, const assay_idl_struct *table, const assay_idl_field *row)
{
    bool found;
    if (row->need == ASSAY_IDL_REQUIRED)
        return TW_FAULT(TYPED_REQUIRED_UNCHECKED) || refuse(r, TW_MALFORMED, TW_RULE_TYPED_REQUIRED);
    TW_WHEN_FAULT(TYPED_OPTIONAL_DEFAULT_LOST, if (row->need == ASSAY_IDL_OPTIONAL) return true;);
    if (!put_default(r, table, row, &found)) return false;
    TW_WHEN_FAULT(
        TYPED_ABSENT_REFUSED, if (row->need == ASSAY_IDL_PLAIN && !found) {
            return refuse(r, TW_MALFORMED, TW_RULE_TYPED_ABSENT);
        });
    if (row->need == ASSAY_IDL_OPTIONAL && found) tw_ruleset_add(r->open, TW_RULE_TYPED_OPTIONAL_DEFAULT);
    if (row->need == ASSAY_IDL_PLAIN && !found) tw_ruleset_add(r->open, TW_RULE_TYPED_ABSENT);
    return true;
}

static bool read_struct(reader *r, const assay_idl_struct *table, const tw_node *node)
{
    const tw_node *fields[ASSAY_IDL_FIELDS_MOST] = {NULL};
    if (r->path.depth > ASSAY_TYPED_DEPTH_MOST) return refuse(r, TW_LIMIT, TW_RULE_LIMIT_DEPTH);
    collect(r, table, node, fields);
    if (!check_union(r, table, fields)) return false;
    tw_build_struct(&r->to);
    for (size_t i = 0; i < table->count; i++) {
        const assay_idl_field *row = &table->fields[i];
        enter(r, TW_STEP_FIELD, row->id);
        if (fields[i]) tw_build_field(&r->to, row->id);
        if (fields[i] ? !read_value(r, &row->type, fields[i]) : !read_absent(r, table, row)) return false;
        leave(r);
    }
    tw_build_end(&r->to);
    return true;
}

static void read_number(reader *r, const assay_idl_type *type, int64_t value)
{
    switch (type->wire) {
    case TW_BOOL: tw_build_bool(&r->to, value != 0); return;
    case TW_I8: tw_build_i8(&r->to, (int8_t)value); return;
    case TW_I16: tw_build_i16(&r->to, (int16_t)value); return;
    case TW_I64: tw_build_i64(&r->to, value); return;
    default: break;
    }
    const assay_idl_enum *names = type->enumeration;
    size_t i = 0;
    while (names && i < names->count && names->values[i] != value) i++;
    TW_WHEN_FAULT(TYPED_ENUM_REFUSED,
                  if (names && i == names->count) refuse(r, TW_MALFORMED, TW_RULE_TYPED_ENUM););
    if (names && i == names->count) tw_ruleset_add(r->open, TW_RULE_TYPED_ENUM);
    tw_build_i32(&r->to, (int32_t)value);
}

static bool read_elements(reader *r, const assay_idl_type *type, const tw_node *node)
{
    const tw_node *at = tw_node_first(node);
    bool packed = tw_node_packed(node);
    for (uint32_t i = 0; i < node->count; i++) {
        tw_node item = packed ? tw_node_item(node, i) : *at;
        enter(r, TW_STEP_ELEMENT, i);
        if (!read_value(r, type->element, packed ? &item : at)) return false;
        leave(r);
        if (!packed) at = tw_node_next(at);
    }
    return true;
}

static bool read_pairs(reader *r, const assay_idl_type *type, const tw_node *node)
{
    const tw_node *at = tw_node_first(node);
    for (uint32_t i = 0; i < node->count; i++) {
        enter(r, TW_STEP_KEY, i);
        if (!read_value(r, type->key, at)) return false;
        leave(r);
        at = tw_node_next(at);
        enter(r, TW_STEP_VALUE, i);
        if (!read_value(r, type->element, at)) return false;
        leave(r);
        at = tw_node_next(at);
    }
    return true;
}

/* The node is of that type, as conforms() found. */
static bool read_value(reader *r, const assay_idl_type *type, const tw_node *node)
{
    bool ok = true;
    switch (type->wire) {
    case TW_DOUBLE: tw_build_double(&r->to, node->u.bits); break;
    case TW_STRING: tw_build_string(&r->to, tw_bytes_of(node->u.bytes, node->count)); break;
    case TW_STRUCT: return read_struct(r, type->structure, node);
    case TW_LIST:
    case TW_SET:
        if (type->wire == TW_LIST)
            tw_build_list(&r->to, type->element->wire);
        else
            tw_build_set(&r->to, type->element->wire);
        ok = read_elements(r, type, node);
        tw_build_end(&r->to);
        break;
    case TW_MAP:
        tw_build_map(&r->to, type->key->wire, type->element->wire);
        ok = read_pairs(r, type, node);
        tw_build_end(&r->to);
        break;
    default: read_number(r, type, node->u.i);
    }
    return ok;
}

tw_class assay_typed_read(const assay_idl_struct *table, const tw_node *root, tw_tree *out, tw_ruleset *open,
                          tw_error *error)
{
    reader r = {.open = open, .error = error};
    *open = (tw_ruleset){{0}};
    *error = (tw_error){.cls = TW_OK};
    tw_builder_init(&r.to, out);
    bool ok = read_struct(&r, table, root);
    bool built = tw_builder_finish(&r.to);
    if (ok && !built) error->cls = TW_MEMORY;
    if (!ok) tw_tree_reset(out);
    return error->cls;
}
