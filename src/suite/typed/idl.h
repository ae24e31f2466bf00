/* What the IDL under conformance/idl declares, as tables: what generated code knows of a struct. */
#ifndef SUITE_TYPED_IDL_H
#define SUITE_TYPED_IDL_H

#include "wire/base/type.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum assay_idl_need {
    ASSAY_IDL_PLAIN, /* neither required nor optional */
    ASSAY_IDL_REQUIRED,
    ASSAY_IDL_OPTIONAL
} assay_idl_need;

typedef enum assay_idl_kind { ASSAY_IDL_STRUCT, ASSAY_IDL_UNION, ASSAY_IDL_EXCEPTION } assay_idl_kind;

typedef struct assay_idl_enum {
    const char *name;
    const int32_t *values;
    size_t count;
} assay_idl_enum;

struct assay_idl_struct;

typedef struct assay_idl_type {
    tw_type wire;                             /* string for both string and binary; i32 for enums */
    const struct assay_idl_type *key;         /* map: the type of its keys */
    const struct assay_idl_type *element;     /* list, set: of its elements; map: of its values */
    const struct assay_idl_struct *structure; /* struct: its table */
    const struct assay_idl_enum *enumeration; /* an enum: its values */
} assay_idl_type;

typedef struct assay_idl_field {
    int16_t id;
    assay_idl_need need;
    assay_idl_type type;
} assay_idl_field;

typedef struct assay_idl_struct {
    const char *name;
    assay_idl_kind kind;
    const assay_idl_field *fields; /* ids ascending */
    size_t count;
    const char *defaults; /* a struct in notation that holds the default values; NULL where there are none */
} assay_idl_struct;

/* Most fields of a struct in any table. */
enum { ASSAY_IDL_FIELDS_MOST = 32 };

/* One file of IDL. */
typedef struct assay_idl_file {
    const char *name; /* "assay" for conformance/idl/assay.thrift */
    const assay_idl_struct *const *structs;
    size_t count;
    const assay_idl_enum *const *enums;
    size_t enum_count;
} assay_idl_file;

extern const assay_idl_file assay_idl_assay, assay_idl_parquet;

/* The table of "FILE.STRUCT" (the first `len` bytes of name), or NULL where there is none. */
const assay_idl_struct *assay_idl_find(const char *name, size_t len);

/* The files in turn, from 0; NULL behind the last. */
const assay_idl_file *assay_idl_file_at(size_t index);

#endif
