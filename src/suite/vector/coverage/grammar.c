#include "suite/vector/coverage/grammar.h"

#include <stdio.h>
#include <string.h>

#define TYPES "bool i8 i16 i32 i64 double string list set map struct uuid"
#define PLACES "field list set key value"

/* Both protocols */
#define DOUBLES                                                                                              \
    "0 -0 1 -1 fraction power-below-1 power-above-1 subnormal-min subnormal-max normal-min max -max inf "    \
    "-inf nan -nan nan-payload nan-signalling absent cut"
#define STRINGS                                                                                              \
    "empty ascii nul utf8-2 utf8-3 utf8-4 bom continuation cut-sequence overlong surrogate above-10ffff "    \
    "never"
#define UUIDS "zeros ones distinct absent cut"
#define DEPTHS "63 64 65 66-999 1000-up"
#define CHAINS "struct list set key value mixed"
#define SIZES "0 1 127 128 16383 16384 -1 -2147483648 2147483647 rest+1"

/* Binary: type numbers that are none, as a field's type and as that of elements. */
#define NO_FIELD "void 5 7 9 17-127 128-255"
#define NO_ELEMENT "stop " NO_FIELD
#define WIDE "i32 i64 double string list set map uuid" /* sizes times their least bytes can pass 32 bits */
#define LOOSE "string list set map struct"             /* what a size promises is not all that can be cut */

/* Compact */
#define FIELDS "true false i8 i16 i32 i64 double string list set map struct uuid"
#define ELEMENTS "bool-1 bool-2 i8 i16 i32 i64 double string list set map struct uuid"
#define NO_NIBBLE "stop 14 15"
#define EDGES_16 "0 1 -1 63 64 -64 -65 8191 8192 -8192 -8193"
#define EDGES_32                                                                                             \
    EDGES_16 " 1048575 1048576 -1048576 -1048577 134217727 134217728 -134217728 -134217729 2147483647 "      \
             "-2147483648"
#define EDGES_64                                                                                             \
    EDGES_32 " 17179869183 17179869184 -17179869184 -17179869185 2199023255551 2199023255552 "               \
             "-2199023255552 -2199023255553 281474976710655 281474976710656 -281474976710656 "               \
             "-281474976710657 36028797018963967 36028797018963968 -36028797018963968 "                      \
             "-36028797018963969 4611686018427387903 4611686018427387904 -4611686018427387904 "              \
             "-4611686018427387905 9223372036854775807 -9223372036854775808"
#define VARINTS_32 "i32 string-size list-size set-size map-size sequence-id name-size"

/* Messages */
#define KINDS "0 1 2 3 4 5 6 7"
#define NAMES "empty ascii colon nul utf8 invalid"
#define NAME_SIZES "0 1 127 128 65536 2147483647 rest+1"
#define BODIES "empty fields"
#define SEQUENCES "0 1 -1 2147483647 -2147483648"
#define CUTS "name-size name sequence-id body"

/* Stacks */
#define STACKS "plain framed zlib framed-zlib zlib-framed"

const assay_grammar_row assay_grammar[] = {
    {"binary/field", TYPES, NULL, "whole absent"},
    {"binary/field", NO_FIELD, NULL, "refused"},
    {"binary/field-id", "id", NULL, "0 1 -1 127 128 255 256 32767 -32768 next gap repeated back absent cut"},
    {"binary/stop", "outermost " PLACES, NULL, "there missing"},
    {"binary/bool", PLACES, NULL, "0 1 2-127 128-255 absent"},
    {"binary/i8", "value", NULL, "0 1 -1 127 -128 absent"},
    {"binary/i16", "value", NULL, "0 1 -1 127 128 255 256 32767 -32768 absent cut"},
    {"binary/i32", "value", NULL, "0 1 -1 32767 32768 65535 65536 2147483647 -2147483648 absent cut"},
    {"binary/i64", "value", NULL,
     "0 1 -1 2147483647 2147483648 4294967295 4294967296 -2147483648 -2147483649 9007199254740992 "
     "9007199254740993 9223372036854775807 -9223372036854775808 absent cut"},
    {"binary/double", "value", NULL, DOUBLES},
    {"binary/uuid", "value", NULL, UUIDS},
    {"binary/string", "bytes", NULL, STRINGS},
    {"binary/string-size", "size", NULL, SIZES " 255 256 65535 65536 absent cut"},
    {"binary/list", TYPES, NULL, "none one more last-short"},
    {"binary/list", WIDE, NULL, "wraps-32"},
    {"binary/list", LOOSE, NULL, "cut"},
    {"binary/list", NO_ELEMENT, NULL, "none some"},
    {"binary/list-size", "size", NULL, SIZES " 255 256 65535 65536 type-absent absent cut"},
    {"binary/set", TYPES, NULL, "none one more last-short"},
    {"binary/set", WIDE, NULL, "wraps-32"},
    {"binary/set", LOOSE, NULL, "cut"},
    {"binary/set", NO_ELEMENT, NULL, "none some"},
    {"binary/set-size", "size", NULL, SIZES " 255 256 65535 65536 type-absent absent cut"},
    {"binary/map", TYPES, TYPES, "some"},
    {"binary/map", "any", NULL, "one more last-short wraps-32 none-typed none-stop"},
    {"binary/map-key", NO_ELEMENT, NULL, "none some"},
    {"binary/map-value", NO_ELEMENT, NULL, "none some"},
    {"binary/map-pair", "key value", NULL, "cut"},
    {"binary/map-size", "size", NULL, SIZES " 255 256 65535 65536 types-absent value-type-absent absent cut"},
    {"binary/depth", CHAINS, NULL, DEPTHS},
    {"binary/behind", "struct message", NULL, "one more"},

    {"compact/field-short", FIELDS, NULL, "1 2-14 15"},
    {"compact/field-short", "14 15", NULL, "refused"},
    {"compact/field-long", FIELDS, NULL, "near far repeated back"},
    {"compact/field-long", "14 15", NULL, "refused"},
    {"compact/field-after", "start " FIELDS, NULL, "short long"},
    {"compact/field-value", TYPES, NULL, "absent"},
    {"compact/field-id", "id", NULL, EDGES_16 " 32767 -32768 passed above-i16 below-i16"},
    {"compact/stop", "outermost " PLACES, NULL, "00 nibble missing"},
    {"compact/varint", VARINTS_32, NULL, "shortest padded too-wide overflow endless absent cut"},
    {"compact/varint", "i16", NULL, "shortest padded too-wide overflow endless absent cut"},
    {"compact/varint", "i64", NULL, "shortest padded overflow endless absent cut"},
    {"compact/varint", "field-id", NULL, "shortest padded too-wide overflow endless absent cut"},
    {"compact/bool", "list set key value", NULL, "0 1 2 3-127 128-255 absent"},
    {"compact/i8", "value", NULL, "0 1 -1 127 -128 absent"},
    {"compact/i16", "value", NULL, EDGES_16 " 32767 -32768"},
    {"compact/i32", "value", NULL, EDGES_32},
    {"compact/i64", "value", NULL, EDGES_64},
    {"compact/double", "value", NULL, DOUBLES},
    {"compact/uuid", "value", NULL, UUIDS},
    {"compact/string", "bytes", NULL, STRINGS},
    {"compact/string-size", "size", NULL, SIZES " 14 15 16"},
    {"compact/list", ELEMENTS, NULL, "none short long last-short"},
    {"compact/list", "double uuid", NULL, "wraps-32"},
    {"compact/list", "i16 i32 i64 " LOOSE, NULL, "cut"},
    {"compact/list", NO_NIBBLE, NULL, "none some"},
    {"compact/list-short", "size", NULL, "0 1 14 rest+1 absent"},
    {"compact/list-long", "size", NULL, "14 15 16 " SIZES},
    {"compact/set", ELEMENTS, NULL, "none short long last-short"},
    {"compact/set", "double uuid", NULL, "wraps-32"},
    {"compact/set", "i16 i32 i64 " LOOSE, NULL, "cut"},
    {"compact/set", NO_NIBBLE, NULL, "none some"},
    {"compact/set-short", "size", NULL, "0 1 14 rest+1 absent"},
    {"compact/set-long", "size", NULL, "14 15 16 " SIZES},
    {"compact/map", TYPES, TYPES, "some"},
    {"compact/map", "any", NULL, "one more last-short wraps-32 none none-padded types-absent"},
    {"compact/map-key", "bool-1 bool-2 " NO_NIBBLE, NULL, "some"},
    {"compact/map-value", "bool-1 bool-2 " NO_NIBBLE, NULL, "some"},
    {"compact/map-pair", "key value", NULL, "cut"},
    {"compact/map-size", "size", NULL, "14 15 16 " SIZES},
    {"compact/depth", CHAINS, NULL, DEPTHS},
    {"compact/behind", "struct message", NULL, "one more"},

    {"message/strict", "version", NULL, "8000 8001 8002-ffff"},
    {"message/strict", "unused", NULL, "0 1-127 128-255"},
    {"message/strict", "kind", NULL, KINDS " 8-127 128-255"},
    {"message/strict", "name-size", NULL, NAME_SIZES " -1 -2147483648"},
    {"message/strict", "name", NULL, NAMES},
    {"message/strict", "sequence-id", NULL, SEQUENCES},
    {"message/strict", "cut", NULL, "nothing version " CUTS},
    {"message/strict", "body", NULL, BODIES},
    {"message/old", "reader", NULL, "binary binary-old refused"},
    {"message/old", "kind", NULL, KINDS " 8-127 128-255"},
    {"message/old", "name-size", NULL, NAME_SIZES},
    {"message/old", "name", NULL, NAMES},
    {"message/old", "sequence-id", NULL, SEQUENCES},
    {"message/old", "cut", NULL, "name kind sequence-id body"},
    {"message/old", "body", NULL, BODIES},
    {"message/compact", "protocol-id", NULL, "82 00-81 83-ff"},
    {"message/compact", "version", NULL, "0 1 2-31"},
    {"message/compact", "kind", NULL, KINDS},
    {"message/compact", "name-size", NULL, NAME_SIZES " -1 -2147483648"},
    {"message/compact", "name", NULL, NAMES},
    {"message/compact", "sequence-id", NULL, SEQUENCES " 127 128 16383 16384"},
    {"message/compact", "cut", NULL, "nothing version " CUTS},
    {"message/compact", "body", NULL, BODIES},

    {"framed/length", "bytes", NULL,
     "0 1 16383999 16384000 16384001 2147483647 -1 -2147483648 rest+1 beyond"},
    {"framed/cut", "header", NULL, "0 1 2 3"},
    {"framed/cut", "payload", NULL, "absent part last-byte"},
    {"framed/unit", "struct", NULL, "whole split bytes-behind"},
    {"framed/unit", "message", NULL, "whole split two-in-one bytes-behind"},
    {"framed/split", "in", NULL, "message-header field-header string value"},
    {"framed/empty", "frame", NULL, "alone before between behind"},

    {"zlib/header", "window", NULL, "8 9 10 11 12 13 14 15"},
    {"zlib/header", "level", NULL, "0 1 2 3"},
    {"zlib/header", "fault", NULL, "method window check dictionary gzip raw absent cut"},
    {"zlib/block", "stored fixed dynamic", NULL, "open final"},
    {"zlib/block", "reserved", NULL, "refused"},
    {"zlib/flush", "marker", NULL, "sync partial finish none"},
    {"zlib/fault", "data", NULL,
     "block-type stored-length code-lengths literal-code distance-code too-far-back"},
    {"zlib/cut", "in", NULL, "block checksum"},
    {"zlib/checksum", "adler", NULL, "right wrong"},
    {"zlib/behind", "end", NULL, "nothing bytes stream"},
    {"zlib/inflated", "bytes", NULL, "104857599 104857600 over"},

    {"stack/binary", STACKS, "transcode skip message session reuse", "taken refused"},
    {"stack/compact", STACKS, "transcode skip message session reuse", "taken refused"},
    {"stack/binary-old", STACKS, "message session", "taken refused"},
    {"stack/binary-strict", STACKS, "message session", "taken refused"},
    {"session/binary", STACKS, NULL, "none one more refused-first refused-later"},
    {"session/compact", STACKS, NULL, "none one more refused-first refused-later"},
    {"session/compact", "left-behind", NULL, "field-id bool"},
    {"reuse/binary", "before", NULL, "whole header value string list set map struct malformed"},
    {"reuse/compact", "before", NULL, "whole header bool value string list set map struct malformed"},
    {NULL, NULL, NULL, NULL},
};

/* The word at `*at`, and *at moved behind it; 0 at the end. */
static size_t next_word(const char **at, const char **word)
{
    *at += strspn(*at, " ");
    *word = *at;
    size_t len = strcspn(*at, " ");
    *at += len;
    return len;
}

static bool walk_boundaries(const assay_grammar_row *row, const char *type, assay_combination_seen *seen,
                            void *context)
{
    const char *at = row->boundaries, *word;
    for (size_t len; (len = next_word(&at, &word));) {
        char id[160];
        snprintf(id, sizeof id, "%s/%s/%.*s", row->production, type, (int)len, word);
        if (!seen(context, id)) return false;
    }
    return true;
}

static bool walk_row(const assay_grammar_row *row, assay_combination_seen *seen, void *context)
{
    const char *at = row->types, *word;
    for (size_t len; (len = next_word(&at, &word));) {
        const char *with_at = row->with ? row->with : "-", *with;
        for (size_t with_len; (with_len = next_word(&with_at, &with));) {
            char type[64];
            if (row->with)
                snprintf(type, sizeof type, "%.*s+%.*s", (int)len, word, (int)with_len, with);
            else
                snprintf(type, sizeof type, "%.*s", (int)len, word);
            if (!walk_boundaries(row, type, seen, context)) return false;
        }
    }
    return true;
}

bool assay_grammar_walk(const assay_grammar_row *rows, assay_combination_seen *seen, void *context)
{
    for (; rows->production; rows++)
        if (!walk_row(rows, seen, context)) return false;
    return true;
}
