/* A protocol turns one struct into bytes and back. The walk over values is written once (walk_read.h,
 * walk_write.h) over the small table of operations in seam.h; binary.c and compact.c give the operations and
 * instantiate the walk. All state of a call is in the call: protocols are constant and may be shared. */
#ifndef WIRE_PROTOCOL_PROTOCOL_H
#define WIRE_PROTOCOL_PROTOCOL_H

#include "wire/base/bytes.h"
#include "wire/base/error.h"
#include "wire/base/limits.h"
#include "wire/value/tree.h"

typedef struct tw_protocol tw_protocol;

/* thrift-binary-protocol.md and thrift-compact-protocol.md (version 1). */
extern const tw_protocol tw_binary;
extern const tw_protocol tw_compact;

/* "binary" or "compact"; NULL when there is none of that name. */
const tw_protocol *tw_protocol_find(const char *name);
const char *tw_protocol_name(const tw_protocol *protocol);

typedef struct tw_decode_options {
    tw_limits limits;
    bool copy; /* copy strings and uuids into the tree; otherwise they point into the input */
    const tw_alloc
        *alloc; /* for nesting beyond 72 levels where no tree gives one; NULL: tw_alloc_default() */
} tw_decode_options;

/* Default limits, no copying, the default allocator. */
static inline tw_decode_options tw_decode_defaults(void)
{
    return (tw_decode_options){tw_limits_default(), false, NULL};
}

/* How reading ended. */
typedef struct tw_outcome {
    tw_error error; /* error.cls is TW_OK on success */
    /* Bytes of the struct on success; on failure, how far reading came: up to the offending token, or behind it
     * where a size was read whole and cannot hold. */
    size_t consumed;
    uint32_t depth;  /* deepest level of nesting that was reached, by the rule of tw_limits.depth */
    tw_ruleset open; /* open rules on which the result rests (see rules.def) */
} tw_outcome;

/* Reads one struct from the front of `in` into the tree (which is reset first). Bytes behind the struct are
 * left alone. Returns out->error.cls. Errors: TRUNCATED, MALFORMED, LIMIT, MEMORY. On an error the tree is
 * empty. Memory taken is bounded by a small multiple of in.len, whatever sizes the input claims. options may
 * be NULL for the defaults. */
tw_class tw_decode(const tw_protocol *protocol, tw_bytes in, const tw_decode_options *options, tw_tree *tree,
                   tw_outcome *out);

/* As tw_decode, without building anything: finds the end of the struct and checks every rule on the way. The
 * same verdict, offset, rule and open rules as tw_decode. Takes memory only for nesting beyond 72 levels. */
tw_class tw_skip(const tw_protocol *protocol, tw_bytes in, const tw_decode_options *options, tw_outcome *out);

/* Appends the canonical encoding of a struct. Returns TW_OK, TW_MEMORY, or TW_USAGE when `root` is not a
 * struct or holds what the wire cannot (a string or container of more than 2147483647). On an error, `to` is
 * cut back to its former length. A map without types is written to binary with types STOP. */
tw_class tw_encode(const tw_protocol *protocol, const tw_node *root, tw_buffer *to);

/* What a token is. */
typedef enum tw_token_kind {
    TW_TOKEN_FIELD,  /* a field header; type and id */
    TW_TOKEN_STOP,   /* the end of a struct */
    TW_TOKEN_LIST,   /* a list's header; inside is the element type, count the size */
    TW_TOKEN_SET,    /* */
    TW_TOKEN_MAP,    /* inside is key type << 4 | value type */
    TW_TOKEN_SIZE,   /* a string's length in count */
    TW_TOKEN_STRING, /* a string's bytes */
    TW_TOKEN_VALUE,  /* a bool (other than a compact bool field), number or uuid */
    TW_TOKEN_STRUCT, /* a struct begins; no bytes */
    TW_TOKEN_END     /* a list, set or map ends; no bytes */
} tw_token_kind;

typedef struct tw_token {
    tw_token_kind kind;
    tw_type type;                 /* of the value; for FIELD, of the field's value */
    uint8_t inside;               /* as tw_node.inside */
    int16_t id;                   /* FIELD: the id */
    uint32_t count;               /* LIST, SET, MAP, SIZE, STRING */
    uint32_t depth;               /* levels that are open around it */
    size_t offset;                /* its first byte */
    size_t len;                   /* its bytes */
    size_t size_offset, size_len; /* LIST, SET, MAP, SIZE: where the size itself stands (compact short form:
                                   * the header byte); FIELD in compact's long form: where the id stands */
    tw_rule rule;                 /* the rule by which it was read */
    tw_node value;                /* VALUE, STRING, and FIELD of a compact bool: the value */
    const tw_path *path;          /* of the value; valid during the call */
} tw_token;

typedef struct tw_tracer {
    /* Called for every token in wire order. Returning false ends the trace (class TW_OK). */
    bool (*token)(void *context, const tw_token *token);
    void *context;
} tw_tracer;

/* As tw_skip, telling every token on the way; the tokens before an error are told too. */
tw_class tw_trace(const tw_protocol *protocol, tw_bytes in, const tw_decode_options *options,
                  const tw_tracer *tracer, tw_outcome *out);

/* Finds the end of a struct in input that arrives in pieces. Work is linear in the bytes, whatever the
 * pieces. */
typedef struct tw_scanner tw_scanner;

/* options may be NULL; alloc is borrowed (NULL: default). NULL when memory is refused. */
tw_scanner *tw_scanner_new(const tw_protocol *protocol, const tw_decode_options *options,
                           const tw_alloc *alloc);
void tw_scanner_free(tw_scanner *scanner);

/* Starts again at the beginning of a struct. */
void tw_scanner_reset(tw_scanner *scanner);

/* `in` is all bytes of the struct so far, from its first byte: what earlier calls saw and more behind it.
 * Returns TW_OK when the struct is complete (out->consumed), TW_TRUNCATED when more bytes are needed, or the
 * error. */
tw_class tw_scanner_advance(tw_scanner *scanner, tw_bytes in, tw_outcome *out);

#endif
