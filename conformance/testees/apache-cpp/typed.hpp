// Structs read and written by the code that the Thrift compiler made of conformance/idl.
#pragma once

#include "stack.hpp"

#ifdef TYPED_CASES

#include "assay_types.h"
#include "parquet_types.h"

#define TYPED_VERB ", \"typed\""

template <typename Struct> void pass_typed(TProtocol &in, TProtocol &out)
{
    Struct value;
    value.read(&in);
    value.write(&out);
}

inline void copy_typed(const std::string &name, TProtocol &in, TProtocol &out)
{
#define TYPED(file, type)                                                                                    \
    if (name == #file "." #type) return pass_typed<file::type>(in, out);
#include "structs.inc"
#undef TYPED
    throw Failure{"unsupported", name};
}

#else

#define TYPED_VERB ""

inline void copy_typed(const std::string &name, TProtocol &, TProtocol &)
{
    throw Failure{"unsupported", name};
}

#endif
