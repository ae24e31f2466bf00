/* Words that the tables of the IDL are written in. Private to idl_*.c. */
#ifndef SUITE_TYPED_IDL_TABLE_H
#define SUITE_TYPED_IDL_TABLE_H

#include "suite/typed/idl.h"

#define IDL_TYPE(...)                                                                                        \
    &(const assay_idl_type)                                                                                  \
    {                                                                                                        \
        __VA_ARGS__                                                                                          \
    }

/* Types, as initialisers of assay_idl_type. They nest: LIST(MAP(I32, STRING)). */
#define BOOL .wire = TW_BOOL
#define I8 .wire = TW_I8
#define I16 .wire = TW_I16
#define I32 .wire = TW_I32
#define I64 .wire = TW_I64
#define DOUBLE .wire = TW_DOUBLE
#define STRING .wire = TW_STRING
#define BINARY .wire = TW_STRING
#define LIST(e) .wire = TW_LIST, .element = IDL_TYPE(e)
#define SET(e) .wire = TW_SET, .element = IDL_TYPE(e)
#define MAP(k, v) .wire = TW_MAP, .key = IDL_TYPE(k), .element = IDL_TYPE(v)
#define ENUM(e) .wire = TW_I32, .enumeration = &(e)
#define STRUCT(s) .wire = TW_STRUCT, .structure = &(s)

/* Rows of a struct: OPTIONAL(5, LIST(I32)). */
#define OPTIONAL(number, ...)                                                                                \
    {                                                                                                        \
        .id = (number), .need = ASSAY_IDL_OPTIONAL, .type = { __VA_ARGS__ }                                  \
    }
#define REQUIRED(number, ...)                                                                                \
    {                                                                                                        \
        .id = (number), .need = ASSAY_IDL_REQUIRED, .type = { __VA_ARGS__ }                                  \
    }
#define PLAIN(number, ...)                                                                                   \
    {                                                                                                        \
        .id = (number), .need = ASSAY_IDL_PLAIN, .type = { __VA_ARGS__ }                                     \
    }

/* Its table, from an array NAME_fields. */
#define TABLE(variable, text, what, values)                                                                  \
    static const assay_idl_struct variable = {text, what, variable##_fields,                                 \
                                              sizeof variable##_fields / sizeof *variable##_fields, values}; \
    _Static_assert(sizeof variable##_fields / sizeof *variable##_fields <= ASSAY_IDL_FIELDS_MOST,            \
                   "too many fields for the reader")

/* A struct without fields. */
#define EMPTY(variable, text) static const assay_idl_struct variable = {text, ASSAY_IDL_STRUCT, NULL, 0, NULL}

#define ENUMERATION(variable, text)                                                                          \
    static const assay_idl_enum variable = {text, variable##_values,                                         \
                                            sizeof variable##_values / sizeof *variable##_values}

#endif
