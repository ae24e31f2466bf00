#include "wire/base/reader.h"

tw_reader tw_reader_of(tw_bytes in, uint64_t limit, const char *layer, tw_origin *origin, tw_error *error,
                       tw_ruleset *open)
{
    static const uint8_t nothing[1] = {0};
    const uint8_t *data = in.data ? in.data : nothing; /* pointers of an empty input must be comparable too */
    bool clipped = in.len > limit;
    error->cls = TW_OK;
    error->path.depth = 0;
    *open = (tw_ruleset){{0}};
    *origin = (tw_origin){data, clipped, layer, error, open};
    return (tw_reader){data, data + (clipped ? (size_t)limit : in.len), origin};
}

void tw_origin_keep(tw_origin *origin, tw_class cls, tw_rule rule, const uint8_t *at)
{
    tw_error *error = origin->error;
    if (error->cls != TW_OK) return;
    if (cls == TW_TRUNCATED && origin->clipped) { /* there is more input, but the limit hides it */
        cls = TW_LIMIT;
        rule = TW_RULE_LIMIT_MESSAGE;
    }
    error->cls = cls;
    error->rule = rule;
    error->layer = origin->layer;
    error->offset = (uint64_t)(at - origin->begin);
    error->path.depth = 0;
}
