/* The message envelope: name, kind and sequence id in front of a struct (thrift-rpc.md#message). */
#ifndef WIRE_MESSAGE_MESSAGE_H
#define WIRE_MESSAGE_MESSAGE_H

#include "wire/base/bytes.h"
#include "wire/base/error.h"
#include "wire/base/limits.h"

typedef enum tw_message_kind { TW_CALL = 1, TW_REPLY = 2, TW_EXCEPTION = 3, TW_ONEWAY = 4 } tw_message_kind;

/* Which binary header: only the binary protocol has two. */
typedef enum tw_header_form { TW_HEADER_STRICT, TW_HEADER_OLD } tw_header_form;

typedef struct tw_envelope {
    tw_bytes name;       /* as it stands on the wire; points into the input */
    uint8_t kind;        /* 0 to 7; tw_message_kind where it is one */
    int32_t sequence_id; /* */
    tw_header_form form; /* binary: how it was, or is to be, written; compact: TW_HEADER_STRICT */
} tw_envelope;

/* "call", "reply", "exception", "oneway"; NULL for another number. */
const char *tw_message_kind_name(uint8_t kind);
/* The number of that name, or 0. */
uint8_t tw_message_kind_find(const char *name, size_t len);

typedef enum tw_part_kind {
    TW_PART_VERSION,
    TW_PART_UNUSED,
    TW_PART_KIND,
    TW_PART_NAME_SIZE,
    TW_PART_NAME,
    TW_PART_SEQUENCE_ID
} tw_part_kind;

/* A piece of an envelope's bytes, for those who explain them. */
typedef struct tw_envelope_part {
    tw_part_kind kind;
    size_t offset, len;
} tw_envelope_part;

typedef struct tw_envelope_result {
    tw_error error;  /* cls TW_OK on success; offsets count from the message's first byte */
    size_t consumed; /* bytes of the envelope on success */
    tw_ruleset open;
    tw_envelope_part parts[8]; /* those that were read, in wire order, also on an error */
    size_t part_count;
} tw_envelope_result;

/* One row per protocol. */
typedef struct tw_envelope_format {
    const char *protocol; /* "binary", "compact" */
    /* Reads an envelope from the front of `in`. strict_only refuses the old binary header. Returns
     * result->error.cls: TRUNCATED, MALFORMED, LIMIT (name longer than limits->string). */
    tw_class (*read)(tw_bytes in, const tw_limits *limits, bool strict_only, tw_envelope *envelope,
                     tw_envelope_result *result);
    /* Appends an envelope; binary in envelope->form. TW_OK, TW_MEMORY, or TW_USAGE (kind above 7, name too
     * long). */
    tw_class (*write)(const tw_envelope *envelope, tw_buffer *to);
} tw_envelope_format;

extern const tw_envelope_format tw_envelope_binary;
extern const tw_envelope_format tw_envelope_compact;

#endif
