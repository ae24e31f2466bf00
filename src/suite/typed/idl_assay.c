/* conformance/idl/assay.thrift */
#include "suite/typed/idl_table.h"

static const int32_t level_values[] = {-3, 1, 7};
ENUMERATION(level, "Level");

EMPTY(empty, "Empty");

static const assay_idl_field pair_fields[] = {OPTIONAL(1, I32), OPTIONAL(2, STRING)};
TABLE(pair, "Pair", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field everything_fields[] = {
    OPTIONAL(1, BOOL),
    OPTIONAL(2, I8),
    OPTIONAL(3, I16),
    OPTIONAL(5, I32),
    OPTIONAL(6, I64),
    OPTIONAL(20, DOUBLE),
    OPTIONAL(21, STRING),
    OPTIONAL(22, BINARY),
    OPTIONAL(23, ENUM(level)),
    OPTIONAL(40, STRUCT(pair)),
    OPTIONAL(41, LIST(I32)),
    OPTIONAL(42, SET(STRING)),
    OPTIONAL(43, MAP(STRING, I32)),
    OPTIONAL(44, LIST(LIST(BOOL))),
    OPTIONAL(300, MAP(I32, LIST(STRUCT(pair)))),
    OPTIONAL(32767, BOOL),
};
TABLE(everything, "Everything", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field shuffled_fields[] = {OPTIONAL(3, STRING), OPTIONAL(5, BOOL), OPTIONAL(7, I32)};
TABLE(shuffled, "Shuffled", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field lists_fields[] = {
    OPTIONAL(1, LIST(BOOL)),
    OPTIONAL(2, LIST(I8)),
    OPTIONAL(3, LIST(I16)),
    OPTIONAL(4, LIST(I32)),
    OPTIONAL(5, LIST(I64)),
    OPTIONAL(6, LIST(DOUBLE)),
    OPTIONAL(7, LIST(STRING)),
    OPTIONAL(8, LIST(BINARY)),
    OPTIONAL(9, LIST(ENUM(level))),
    OPTIONAL(10, LIST(STRUCT(pair))),
    OPTIONAL(11, LIST(LIST(I32))),
    OPTIONAL(12, LIST(SET(I32))),
    OPTIONAL(13, LIST(MAP(I32, STRING))),
    OPTIONAL(14, LIST(STRUCT(empty))),
};
TABLE(lists, "Lists", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field sets_fields[] = {
    OPTIONAL(1, SET(BOOL)),   OPTIONAL(2, SET(I8)),     OPTIONAL(3, SET(I16)),
    OPTIONAL(4, SET(I32)),    OPTIONAL(5, SET(I64)),    OPTIONAL(6, SET(DOUBLE)),
    OPTIONAL(7, SET(STRING)), OPTIONAL(8, SET(BINARY)), OPTIONAL(9, SET(ENUM(level))),
};
TABLE(sets, "Sets", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field maps_fields[] = {
    OPTIONAL(1, MAP(BOOL, I8)),
    OPTIONAL(2, MAP(I8, BOOL)),
    OPTIONAL(3, MAP(I16, I16)),
    OPTIONAL(4, MAP(I32, I64)),
    OPTIONAL(5, MAP(I64, DOUBLE)),
    OPTIONAL(6, MAP(DOUBLE, STRING)),
    OPTIONAL(7, MAP(STRING, BINARY)),
    OPTIONAL(8, MAP(ENUM(level), LIST(I32))),
    OPTIONAL(9, MAP(STRING, STRUCT(pair))),
    OPTIONAL(10, MAP(STRING, MAP(STRING, BOOL))),
    OPTIONAL(11, MAP(I32, SET(I64))),
};
TABLE(maps, "Maps", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field strict_fields[] = {REQUIRED(1, I32), REQUIRED(2, STRING), OPTIONAL(3, I32)};
TABLE(strict, "Strict", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field strict_inside_fields[] = {
    OPTIONAL(1, STRUCT(strict)), OPTIONAL(2, LIST(STRUCT(strict))), OPTIONAL(3, MAP(I32, STRUCT(strict)))};
TABLE(strict_inside, "StrictInside", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field strict_default_fields[] = {REQUIRED(1, I32), OPTIONAL(2, I32)};
TABLE(strict_default, "StrictDefault", ASSAY_IDL_STRUCT, "struct{1: i32 5}");

static const assay_idl_field defaults_fields[] = {
    OPTIONAL(1, I32),
    OPTIONAL(2, STRING),
    OPTIONAL(3, BOOL),
    OPTIONAL(4, DOUBLE),
    OPTIONAL(5, ENUM(level)),
    OPTIONAL(6, LIST(I32)),
    OPTIONAL(7, MAP(STRING, I32)),
    OPTIONAL(8, SET(STRING)),
};
TABLE(defaults, "Defaults", ASSAY_IDL_STRUCT,
      "struct{1: i32 5, 2: string \"none\", 3: bool true, 4: double 2.5, 5: i32 7, 6: list<i32>[1, 2], "
      "7: map<string, i32>{\"a\": 1}, 8: set<string>[\"w\"]}");

static const assay_idl_field plain_fields[] = {PLAIN(1, I32),       PLAIN(2, STRING), PLAIN(3, BOOL),
                                               PLAIN(4, LIST(I32)), PLAIN(5, I32),    PLAIN(6, STRUCT(pair))};
TABLE(plain, "Plain", ASSAY_IDL_STRUCT, "struct{5: i32 7}");

static const assay_idl_field choice_fields[] = {OPTIONAL(1, I32), OPTIONAL(2, STRING),
                                                OPTIONAL(3, STRUCT(pair)), OPTIONAL(4, LIST(I32)),
                                                OPTIONAL(5, BOOL)};
TABLE(choice, "Choice", ASSAY_IDL_UNION, NULL);

static const assay_idl_field chooser_fields[] = {OPTIONAL(1, STRUCT(choice)),
                                                 OPTIONAL(2, LIST(STRUCT(choice)))};
TABLE(chooser, "Chooser", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field failure_fields[] = {OPTIONAL(1, I32), OPTIONAL(2, STRING)};
TABLE(failure, "Failure", ASSAY_IDL_EXCEPTION, NULL);

static const assay_idl_struct chain, tree; /* they hold themselves */

static const assay_idl_field chain_fields[] = {OPTIONAL(1, I32), OPTIONAL(2, STRUCT(chain))};
TABLE(chain, "Chain", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field tree_fields[] = {OPTIONAL(1, I32), OPTIONAL(2, LIST(STRUCT(tree)))};
TABLE(tree, "Tree", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_struct *const structs[] = {
    &empty,          &pair,     &everything, &shuffled, &lists,   &sets,    &maps,  &strict, &strict_inside,
    &strict_default, &defaults, &plain,      &choice,   &chooser, &failure, &chain, &tree};
static const assay_idl_enum *const enums[] = {&level};

const assay_idl_file assay_idl_assay = {"assay", structs, sizeof structs / sizeof *structs, enums, 1};
