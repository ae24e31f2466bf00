"""Apache Thrift's Python library (Debian: python3-thrift) as a testee: the protocols in pure Python.

Documented errors, answered as `reject`: thrift.Thrift.TException and what derives from it (TProtocolException,
TTransportException), and EOFError, which transports raise at their end. MemoryError is `nomem`; anything else (KeyError,
AssertionError, UnicodeDecodeError, zlib.error, RecursionError ...) is a `fault`.
A session reads from a transport that ends as a socket does, the other verbs from one that ends as a memory buffer does.
`typed` reads and writes with the compiler's code, whose folder is the first argument; validate() is not called, since nothing
in the library does.
`reuse` resets by closing and opening the transport, as a client does that connects again; the library has no other means.
"""

import importlib
import os
import sys
from importlib.metadata import version

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "glue", "python"))
import testee  # first: it takes standard output away from the library
from walk import copy

from thrift.Thrift import TException, TType
from thrift.protocol.TBinaryProtocol import TBinaryProtocol
from thrift.protocol.TCompactProtocol import TCompactProtocol
from thrift.transport.TTransport import TFramedTransport, TTransportBase, TTransportException
from thrift.transport.TZlibTransport import TZlibTransport

SCALARS = {
    TType.BOOL: "Bool",
    TType.BYTE: "Byte",
    TType.I16: "I16",
    TType.I32: "I32",
    TType.I64: "I64",
    TType.DOUBLE: "Double",
    TType.STRING: "Binary",
}
KINDS = {TType.LIST: "List", TType.SET: "Set"}


# What the compiler made of each IDL, where setup found a compiler. Imported at once: that costs memory, which is not to be
# held against the first typed case.
GENERATED = {}
if len(sys.argv) > 1 and os.path.isdir(sys.argv[1]):
    sys.path.insert(0, sys.argv[1])
    for package in os.listdir(sys.argv[1]):
        if os.path.isdir(os.path.join(sys.argv[1], package)):
            GENERATED[package] = importlib.import_module(package + ".ttypes")


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


class Walked:
    """A protocol under the names by which the walk calls it."""

    def __init__(self, protocol):
        self.protocol = protocol
        for way in ("read", "write"):
            for part in ("Struct", "Field", "Map"):
                for end in ("Begin", "End"):
                    setattr(self, "%s_%s_%s" % (way, part.lower(), end.lower()), getattr(protocol, way + part + end))
        self.write_struct_begin = lambda: protocol.writeStructBegin("")
        self.write_field_stop = protocol.writeFieldStop

    def read_elements_begin(self, kind):
        return getattr(self.protocol, "read%sBegin" % KINDS[kind])()

    def read_elements_end(self, kind):
        getattr(self.protocol, "read%sEnd" % KINDS[kind])()

    def write_elements_begin(self, kind, element, size):
        getattr(self.protocol, "write%sBegin" % KINDS[kind])(element, size)

    def write_elements_end(self, kind):
        getattr(self.protocol, "write%sEnd" % KINDS[kind])()

    def read_val(self, type):
        return getattr(self.protocol, "read" + SCALARS[type])()

    def write_val(self, type, value):
        getattr(self.protocol, "write" + SCALARS[type])(value)


def copy_struct(i, o):
    copy(Walked(i), Walked(o), TType.STRUCT)


# The class that the compiler made of FILE.STRUCT.
def generated(name):
    file, _, struct = name.partition(".")
    if not hasattr(GENERATED.get(file), struct):
        raise testee.Failure("unsupported", name)
    return getattr(GENERATED[file], struct)


def copy_message(i, o):
    o.writeMessageBegin(*i.readMessageBegin())
    copy_struct(i, o)
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
        "verbs": ["transcode", "skip", "message", "session", "reuse"] + ["typed"] * bool(GENERATED),
        "types": ["bool", "i8", "i16", "i32", "i64", "double", "string", "struct", "map", "set", "list"],
        "window": 16,
        "chunks": True,
        "consumed": True,
    }
    documented = (TException, EOFError)

    def transcode(self, stack_in, stack_out, input):
        i, o = Stack(stack_in, input), Stack(stack_out)
        copy_struct(i.protocol, o.protocol)
        return i.consumed, o.drain()

    def skip(self, stack_in, input):
        i = Stack(stack_in, input)
        i.protocol.skip(TType.STRUCT)
        return i.consumed, b""

    def typed(self, name, stack_in, stack_out, input):
        value, i, o = generated(name)(), Stack(stack_in, input), Stack(stack_out)
        value = value.read(i.protocol) or value  # an exception cannot be changed: read() makes another one
        value.write(o.protocol)
        return i.consumed, o.drain()

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
            copy_struct(i.protocol, ignored.protocol)
        except Exception:
            pass  # however struct 1 ends: that is the point
        i.top.close()
        i.memory.load(second)
        i.top.open()
        copy_struct(i.protocol, o.protocol)
        return i.consumed, o.drain()


ApachePython().serve()
