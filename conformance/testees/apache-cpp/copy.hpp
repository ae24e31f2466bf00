// Carries values from one protocol to another, value by value.
#pragma once

#include "stack.hpp"

constexpr int deepest = 512; // levels of values that the glue carries itself

inline void check(TType type)
{
    switch (type) {
    case T_BOOL:
    case T_BYTE:
    case T_DOUBLE:
    case T_I16:
    case T_I32:
    case T_I64:
    case T_STRING:
    case T_STRUCT:
    case T_MAP:
    case T_SET:
    case T_LIST: return;
    default: throw Failure{"handed-up", "type " + std::to_string(int(type))};
    }
}

inline void copy(TProtocol &in, TProtocol &out, TType type, int depth = 1);

inline void copy_struct(TProtocol &in, TProtocol &out, int depth)
{
    TInputRecursionTracker tracker(in);
    std::string name;
    in.readStructBegin(name);
    out.writeStructBegin("");
    for (;;) {
        TType type;
        int16_t id;
        in.readFieldBegin(name, type, id);
        if (type == T_STOP) break;
        check(type);
        out.writeFieldBegin("", type, id);
        copy(in, out, type, depth + 1);
        in.readFieldEnd();
        out.writeFieldEnd();
    }
    in.readStructEnd();
    out.writeFieldStop();
    out.writeStructEnd();
}

template <typename Value>
void pass(TProtocol &in, TProtocol &out, uint32_t (TProtocol::*read)(Value &),
          uint32_t (TProtocol::*write)(Value))
{
    Value value;
    (in.*read)(value);
    (out.*write)(value);
}

inline void copy(TProtocol &in, TProtocol &out, TType type, int depth)
{
    if (depth > deepest) throw Failure{"unsupported", "nesting"};
    TType key, element;
    uint32_t size;
    switch (type) {
    case T_BOOL: pass<bool>(in, out, &TProtocol::readBool, &TProtocol::writeBool); break;
    case T_BYTE: pass<int8_t>(in, out, &TProtocol::readByte, &TProtocol::writeByte); break;
    case T_I16: pass<int16_t>(in, out, &TProtocol::readI16, &TProtocol::writeI16); break;
    case T_I32: pass<int32_t>(in, out, &TProtocol::readI32, &TProtocol::writeI32); break;
    case T_I64: pass<int64_t>(in, out, &TProtocol::readI64, &TProtocol::writeI64); break;
    case T_DOUBLE: pass<double>(in, out, &TProtocol::readDouble, &TProtocol::writeDouble); break;
    case T_STRING: {
        std::string value;
        in.readBinary(value);
        out.writeBinary(value);
        break;
    }
    case T_STRUCT: copy_struct(in, out, depth); break;
    case T_MAP:
        in.readMapBegin(key, element, size);
        if (size > 0 || key != T_STOP || element != T_STOP) { // an empty map may come without types
            check(key);
            check(element);
        }
        out.writeMapBegin(key, element, size);
        for (uint32_t i = 0; i < size; i++) {
            copy(in, out, key, depth + 1);
            copy(in, out, element, depth + 1);
        }
        in.readMapEnd();
        out.writeMapEnd();
        break;
    case T_SET:
        in.readSetBegin(element, size);
        check(element);
        out.writeSetBegin(element, size);
        for (uint32_t i = 0; i < size; i++) copy(in, out, element, depth + 1);
        in.readSetEnd();
        out.writeSetEnd();
        break;
    default: // T_LIST: check() let nothing else through
        in.readListBegin(element, size);
        check(element);
        out.writeListBegin(element, size);
        for (uint32_t i = 0; i < size; i++) copy(in, out, element, depth + 1);
        in.readListEnd();
        out.writeListEnd();
    }
}

inline void copy_message(TProtocol &in, TProtocol &out)
{
    std::string name;
    TMessageType type;
    int32_t id;
    in.readMessageBegin(name, type, id);
    out.writeMessageBegin(name, type, id);
    copy_struct(in, out, 1);
    in.readMessageEnd();
    in.getTransport()->readEnd();
    out.writeMessageEnd();
}
