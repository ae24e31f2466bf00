"""Apache Thrift's Python library (Debian: python3-thrift) as a testee: the protocols in pure Python.

Documented errors, answered as `reject`: thrift.Thrift.TException and what derives from it (TProtocolException,
TTransportException), and EOFError, which transports raise at their end. MemoryError is `nomem`; anything else (KeyError,
AssertionError, UnicodeDecodeError, zlib.error, RecursionError ...) is a `fault`.
A session reads from a transport that ends as a socket does, the other verbs from one that ends as a memory buffer does.
`reuse` resets by closing and opening the transport, as a client does that connects again; the library has no other means.
"""

import os
import sys
from importlib.metadata import version

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "glue", "python"))
import testee  # first: it takes standard output away from the library

from thrift.Thrift import TException, TType
from thrift.protocol.TBinaryProtocol import TBinaryProtocol
from thrift.protocol.TCompactProtocol import TCompactProtocol
from thrift.transport.TTransport import TFramedTransport, TTransportBase, TTransportException
from thrift.transport.TZlibTransport import TZlibTransport

SCALARS = {
    TType.BOOL: ("readBool", "writeBool"),
    TType.BYTE: ("readByte", "writeByte"),
    TType.I16: ("readI16", "writeI16"),
    TType.I32: ("readI32", "writeI32"),
    TType.I64: ("readI64", "writeI64"),
    TType.DOUBLE: ("readDouble", "writeDouble"),
    TType.STRING: ("readBinary", "writeBinary"),
}
TYPES = {*SCALARS, TType.STRUCT, TType.MAP, TType.SET, TType.LIST}


class Memory(testee.Pipe, TTransportBase):
    """One chunk per read. At the end it gives nothing, as TMemoryBuffer, or raises, as TSocket."""

    raises = False
    write = testee.Pipe.put

    def read(self, size):
        data = self.take(size)
        if self.raises and size > 0 and not data:
            raise TTransportException(TTransportException.END_OF_FILE, "end of input")
        return data


class Watch(testee.Watch, TTransportBase):
    pass


class Stack:
    def __init__(self, name, input=(b"",), watched=False):
        self.memory = self.top = Memory(input)
        *layers, protocol = name.split("/")
        for layer in layers:
            if layer not in ("framed", "zlib"):
                raise testee.Failure("unsupported", name)
            self.top = TFramedTransport(self.top) if layer == "framed" else TZlibTransport(self.top)
        self.zlib = "zlib" in layers
        self.memory.raises = watched
        under = self.watch = Watch(self.top) if watched else self.top
        if protocol == "compact":
            self.protocol = TCompactProtocol(under)
        elif protocol in ("binary", "binary-old", "binary-strict"):
            self.protocol = TBinaryProtocol(under, protocol == "binary-strict", protocol != "binary-old")
        else:
            raise testee.Failure("unsupported", name)

    @property
    def consumed(self):
        return "?" if self.zlib else self.memory.taken

    def drain(self):
        self.top.flush()
        return self.memory.drain()


def check(*types):
    for type in types:
        if type not in TYPES:
            raise testee.Failure("handed-up", "type %s" % type)


# One function, so that a level of nesting takes one frame of the interpreter's limit (1000), which is the library's too.
def copy(i, o, type, depth=1):
    if depth > testee.DEEPEST:
        raise testee.Failure("unsupported", "nesting")
    if type in SCALARS:
        read, write = SCALARS[type]
        getattr(o, write)(getattr(i, read)())
    elif type == TType.STRUCT:
        i.readStructBegin()
        o.writeStructBegin("")
        while True:
            _, field, id = i.readFieldBegin()
            if field == TType.STOP:
                break
            check(field)
            o.writeFieldBegin("", field, id)
            copy(i, o, field, depth + 1)
            i.readFieldEnd()
            o.writeFieldEnd()
        i.readStructEnd()
        o.writeFieldStop()
        o.writeStructEnd()
    elif type == TType.MAP:
        key, value, size = i.readMapBegin()
        if size or key or value:  # an empty map may come without types
            check(key, value)
        o.writeMapBegin(key, value, size)
        for _ in range(size):
            copy(i, o, key, depth + 1)
            copy(i, o, value, depth + 1)
        i.readMapEnd()
        o.writeMapEnd()
    else:
        kind = "List" if type == TType.LIST else "Set"
        element, size = getattr(i, "read%sBegin" % kind)()
        check(element)
        getattr(o, "write%sBegin" % kind)(element, size)
        for _ in range(size):
            copy(i, o, element, depth + 1)
        getattr(i, "read%sEnd" % kind)()
        getattr(o, "write%sEnd" % kind)()


def copy_message(i, o):
    o.writeMessageBegin(*i.readMessageBegin())
    copy(i, o, TType.STRUCT)
    i.readMessageEnd()
    o.writeMessageEnd()


class ApachePython(testee.Testee):
    hello = {
        "name": "apache-python",
        "version": version("thrift"),
        "language": "Python %d.%d" % sys.version_info[:2],
        "homepage": "https://thrift.apache.org/",
        "issues": "https://issues.apache.org/jira/browse/THRIFT",
        "protocols": ["binary", "binary-old", "binary-strict", "compact"],
        "transports": ["framed", "zlib", "framed/zlib"],
        "verbs": ["transcode", "skip", "message", "session", "reuse"],
        "types": ["bool", "i8", "i16", "i32", "i64", "double", "string", "struct", "map", "set", "list"],
        "window": 16,
        "chunks": True,
        "consumed": True,
    }
    documented = (TException, EOFError)

    def transcode(self, stack_in, stack_out, input):
        i, o = Stack(stack_in, input), Stack(stack_out)
        copy(i.protocol, o.protocol, TType.STRUCT)
        return i.consumed, o.drain()

    def skip(self, stack_in, input):
        i = Stack(stack_in, input)
        i.protocol.skip(TType.STRUCT)
        return i.consumed, b""

    def message(self, stack_in, stack_out, input):
        i, o = Stack(stack_in, input), Stack(stack_out)
        copy_message(i.protocol, o.protocol)
        return i.consumed, o.drain()

    def session(self, count, stack_in, stack_out, input, part):
        i, o = Stack(stack_in, input, watched=True), Stack(stack_out)
        for _ in range(count):
            i.watch.moved = False
            before = i.memory.length if i.zlib else i.memory.taken  # zlib reads ahead
            try:
                copy_message(i.protocol, o.protocol)
            except (EOFError, TTransportException):
                if i.watch.moved or before < i.memory.length or i.memory.taken < i.memory.length:
                    raise
                break
            part(o.drain())
        return i.consumed, b""

    def reuse(self, stack_in, stack_out, first, second):
        i, ignored, o = Stack(stack_in, first), Stack(stack_out), Stack(stack_out)
        try:
            copy(i.protocol, ignored.protocol, TType.STRUCT)
        except Exception:
            pass  # however struct 1 ends: that is the point
        i.top.close()
        i.memory.load(second)
        i.top.open()
        copy(i.protocol, o.protocol, TType.STRUCT)
        return i.consumed, o.drain()


ApachePython().serve()
