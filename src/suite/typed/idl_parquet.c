/* conformance/idl/parquet.thrift */
#include "suite/typed/idl_table.h"

static const int32_t physical_type_values[] = {0, 1, 2, 3, 4, 5, 6, 7};
ENUMERATION(physical_type, "Type");

static const int32_t converted_type_values[] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10,
                                                11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21};
ENUMERATION(converted_type, "ConvertedType");

static const int32_t field_repetition_type_values[] = {0, 1, 2};
ENUMERATION(field_repetition_type, "FieldRepetitionType");

static const int32_t encoding_values[] = {0, 2, 3, 4, 5, 6, 7, 8, 9};
ENUMERATION(encoding, "Encoding");

static const int32_t compression_codec_values[] = {0, 1, 2, 3, 4, 5, 6, 7};
ENUMERATION(compression_codec, "CompressionCodec");

static const int32_t page_type_values[] = {0, 1, 2, 3};
ENUMERATION(page_type, "PageType");

static const assay_idl_field size_statistics_fields[] = {
    OPTIONAL(1, I64),
    OPTIONAL(2, LIST(I64)),
    OPTIONAL(3, LIST(I64)),
};
TABLE(size_statistics, "SizeStatistics", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field statistics_fields[] = {
    OPTIONAL(1, BINARY), OPTIONAL(2, BINARY), OPTIONAL(3, I64),  OPTIONAL(4, I64),
    OPTIONAL(5, BINARY), OPTIONAL(6, BINARY), OPTIONAL(7, BOOL), OPTIONAL(8, BOOL),
};
TABLE(statistics, "Statistics", ASSAY_IDL_STRUCT, NULL);

EMPTY(string_type, "StringType");

EMPTY(map_type, "MapType");

EMPTY(list_type, "ListType");

EMPTY(enum_type, "EnumType");

EMPTY(date_type, "DateType");

EMPTY(null_type, "NullType");

EMPTY(json_type, "JsonType");

EMPTY(bson_type, "BsonType");

EMPTY(uuid_type, "UUIDType");

EMPTY(float16_type, "Float16Type");

static const assay_idl_field decimal_type_fields[] = {
    REQUIRED(1, I32),
    REQUIRED(2, I32),
};
TABLE(decimal_type, "DecimalType", ASSAY_IDL_STRUCT, NULL);

EMPTY(milli_seconds, "MilliSeconds");

EMPTY(micro_seconds, "MicroSeconds");

EMPTY(nano_seconds, "NanoSeconds");

static const assay_idl_field time_unit_fields[] = {
    OPTIONAL(1, STRUCT(milli_seconds)),
    OPTIONAL(2, STRUCT(micro_seconds)),
    OPTIONAL(3, STRUCT(nano_seconds)),
};
TABLE(time_unit, "TimeUnit", ASSAY_IDL_UNION, NULL);

static const assay_idl_field timestamp_type_fields[] = {
    REQUIRED(1, BOOL),
    REQUIRED(2, STRUCT(time_unit)),
};
TABLE(timestamp_type, "TimestampType", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field time_type_fields[] = {
    REQUIRED(1, BOOL),
    REQUIRED(2, STRUCT(time_unit)),
};
TABLE(time_type, "TimeType", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field int_type_fields[] = {
    REQUIRED(1, I8),
    REQUIRED(2, BOOL),
};
TABLE(int_type, "IntType", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field logical_type_fields[] = {
    OPTIONAL(1, STRUCT(string_type)), OPTIONAL(2, STRUCT(map_type)),       OPTIONAL(3, STRUCT(list_type)),
    OPTIONAL(4, STRUCT(enum_type)),   OPTIONAL(5, STRUCT(decimal_type)),   OPTIONAL(6, STRUCT(date_type)),
    OPTIONAL(7, STRUCT(time_type)),   OPTIONAL(8, STRUCT(timestamp_type)), OPTIONAL(10, STRUCT(int_type)),
    OPTIONAL(11, STRUCT(null_type)),  OPTIONAL(12, STRUCT(json_type)),     OPTIONAL(13, STRUCT(bson_type)),
    OPTIONAL(14, STRUCT(uuid_type)),  OPTIONAL(15, STRUCT(float16_type)),
};
TABLE(logical_type, "LogicalType", ASSAY_IDL_UNION, NULL);

static const assay_idl_field schema_element_fields[] = {
    OPTIONAL(1, ENUM(physical_type)),
    OPTIONAL(2, I32),
    OPTIONAL(3, ENUM(field_repetition_type)),
    REQUIRED(4, STRING),
    OPTIONAL(5, I32),
    OPTIONAL(6, ENUM(converted_type)),
    OPTIONAL(7, I32),
    OPTIONAL(8, I32),
    OPTIONAL(9, I32),
    OPTIONAL(10, STRUCT(logical_type)),
};
TABLE(schema_element, "SchemaElement", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field key_value_fields[] = {
    REQUIRED(1, STRING),
    OPTIONAL(2, STRING),
};
TABLE(key_value, "KeyValue", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field sorting_column_fields[] = {
    REQUIRED(1, I32),
    REQUIRED(2, BOOL),
    REQUIRED(3, BOOL),
};
TABLE(sorting_column, "SortingColumn", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field page_encoding_stats_fields[] = {
    REQUIRED(1, ENUM(page_type)),
    REQUIRED(2, ENUM(encoding)),
    REQUIRED(3, I32),
};
TABLE(page_encoding_stats, "PageEncodingStats", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field column_meta_data_fields[] = {
    REQUIRED(1, ENUM(physical_type)),
    REQUIRED(2, LIST(ENUM(encoding))),
    REQUIRED(3, LIST(STRING)),
    REQUIRED(4, ENUM(compression_codec)),
    REQUIRED(5, I64),
    REQUIRED(6, I64),
    REQUIRED(7, I64),
    OPTIONAL(8, LIST(STRUCT(key_value))),
    REQUIRED(9, I64),
    OPTIONAL(10, I64),
    OPTIONAL(11, I64),
    OPTIONAL(12, STRUCT(statistics)),
    OPTIONAL(13, LIST(STRUCT(page_encoding_stats))),
    OPTIONAL(14, I64),
    OPTIONAL(15, I32),
    OPTIONAL(16, STRUCT(size_statistics)),
};
TABLE(column_meta_data, "ColumnMetaData", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_field column_chunk_fields[] = {
    OPTIONAL(1, STRING), REQUIRED(2, I64), OPTIONAL(3, STRUCT(column_meta_data)),
    OPTIONAL(4, I64),    OPTIONAL(5, I32), OPTIONAL(6, I64),
    OPTIONAL(7, I32),
};
TABLE(column_chunk, "ColumnChunk", ASSAY_IDL_STRUCT, "struct{2: i64 0}");

static const assay_idl_field row_group_fields[] = {
    REQUIRED(1, LIST(STRUCT(column_chunk))),
    REQUIRED(2, I64),
    REQUIRED(3, I64),
    OPTIONAL(4, LIST(STRUCT(sorting_column))),
    OPTIONAL(5, I64),
    OPTIONAL(6, I64),
    OPTIONAL(7, I16),
};
TABLE(row_group, "RowGroup", ASSAY_IDL_STRUCT, NULL);

EMPTY(type_defined_order, "TypeDefinedOrder");

EMPTY(ieee754_total_order, "IEEE754TotalOrder");

EMPTY(int96_timestamp_order, "Int96TimestampOrder");

static const assay_idl_field column_order_fields[] = {
    OPTIONAL(1, STRUCT(type_defined_order)),
    OPTIONAL(2, STRUCT(ieee754_total_order)),
    OPTIONAL(3, STRUCT(int96_timestamp_order)),
};
TABLE(column_order, "ColumnOrder", ASSAY_IDL_UNION, NULL);

static const assay_idl_field file_meta_data_fields[] = {
    REQUIRED(1, I32),
    REQUIRED(2, LIST(STRUCT(schema_element))),
    REQUIRED(3, I64),
    REQUIRED(4, LIST(STRUCT(row_group))),
    OPTIONAL(5, LIST(STRUCT(key_value))),
    OPTIONAL(6, STRING),
    OPTIONAL(7, LIST(STRUCT(column_order))),
};
TABLE(file_meta_data, "FileMetaData", ASSAY_IDL_STRUCT, NULL);

static const assay_idl_struct *const structs[] = {&size_statistics,
                                                  &statistics,
                                                  &string_type,
                                                  &map_type,
                                                  &list_type,
                                                  &enum_type,
                                                  &date_type,
                                                  &null_type,
                                                  &json_type,
                                                  &bson_type,
                                                  &uuid_type,
                                                  &float16_type,
                                                  &decimal_type,
                                                  &milli_seconds,
                                                  &micro_seconds,
                                                  &nano_seconds,
                                                  &time_unit,
                                                  &timestamp_type,
                                                  &time_type,
                                                  &int_type,
                                                  &logical_type,
                                                  &schema_element,
                                                  &key_value,
                                                  &sorting_column,
                                                  &page_encoding_stats,
                                                  &column_meta_data,
                                                  &column_chunk,
                                                  &row_group,
                                                  &type_defined_order,
                                                  &ieee754_total_order,
                                                  &int96_timestamp_order,
                                                  &column_order,
                                                  &file_meta_data};
static const assay_idl_enum *const enums[] = {&physical_type, &converted_type,    &field_repetition_type,
                                              &encoding,      &compression_codec, &page_type};

const assay_idl_file assay_idl_parquet = {"parquet", structs, sizeof structs / sizeof *structs, enums,
                                          sizeof enums / sizeof *enums};
