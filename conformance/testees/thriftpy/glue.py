"""thriftpy (Debian: python3-thriftpy) as a testee: the protocols and transports in pure Python, not the Cython ones, which
read and write whole typed structs only.

Documented errors, answered as `reject`: thriftpy.thrift.TException and what derives from it (TProtocolException,
TTransportException). MemoryError is `nomem`; anything else (struct.error, KeyError, RecursionError ...) is a `fault`.
`reuse` resets by closing and opening the transport, as a client does that connects again; the library has no other means.

An installation problem is mended here: thriftpy 0.3.9 writes compact through array.tostring, which Python 3.9 removed, so
that nothing can be written as it comes from Debian. The glue lends it an array that still has it.
"""

import array
import os
import sys
import types

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "glue", "python"))
import testee  # first: it takes standard output away from the library
from walk import copy

import thriftpy
from thriftpy.protocol import binary, compact
from thriftpy.thrift import TException, TType
from thriftpy.transport import TTransportBase, TTransportException
from thriftpy.transport.buffered import TBufferedTransport
from thriftpy.transport.framed import TFramedTransport

if not hasattr(array.array, "tostring"):
    tostring = type("array", (array.array,), {"tostring": array.array.tobytes})
    compact.array = types.SimpleNamespace(array=tostring)


class Memory(testee.Pipe, TTransportBase):
    """One chunk per read; the library's own readall, which TTransportBase.read is, makes them whole."""

    _read = testee.Pipe.take
    read = TTransportBase.read
    write = testee.Pipe.put

    def open(self):
        pass

    close = flush = open


class Walked:
    """What the walk asks for beyond the library's own names."""

    def read_elements_begin(self, kind):
        return self.read_collection_begin()

    def write_elements_begin(self, kind, element, size):
        self.write_collection_begin(element, size)

    def read_elements_end(self, kind=None):
        self.read_collection_end()

    def write_elements_end(self, kind=None):
        self.write_collection_end()

    read_map_end, write_map_end = read_elements_end, write_elements_end


class Compact(Walked, compact.TCompactProtocol):
    pass


class Binary(Walked):
    """thriftpy's binary protocol is functions, its compact one methods; here the first takes the form of the second."""

    def __init__(self, trans, strict_read, strict_write):
        self.trans = trans
        self.whole = binary.TBinaryProtocol(trans, strict_read, strict_write, decode_response=False)
        self.skip = self.whole.skip
        self.read_message_begin, self.write_message_begin = self.whole.read_message_begin, self.whole.write_message_begin
        self.read_message_end, self.write_message_end = self.whole.read_message_end, self.whole.write_message_end

    def nothing(self):
        pass

    read_struct_begin = read_struct_end = read_field_end = read_collection_end = nothing
    write_struct_begin = write_struct_end = write_field_end = write_collection_end = nothing

    def read_field_begin(self):
        return (None, *binary.read_field_begin(self.trans))

    def write_field_begin(self, name, type, id):
        binary.write_field_begin(self.trans, type, id)

    def write_field_stop(self):
        binary.write_field_stop(self.trans)

    def read_collection_begin(self):
        return binary.read_list_begin(self.trans)

    def write_collection_begin(self, type, size):
        binary.write_list_begin(self.trans, type, size)

    def read_map_begin(self):
        return binary.read_map_begin(self.trans)

    def write_map_begin(self, key, value, size):
        binary.write_map_begin(self.trans, key, value, size)

    def read_val(self, type):
        return binary.read_val(self.trans, type, decode_response=False)

    def write_val(self, type, value):
        binary.write_val(self.trans, type, value)


class Stack:
    def __init__(self, name, input=(b"",), watched=False):
        self.memory = self.top = Memory(input)
        layers, _, protocol = name.rpartition("/")
        if layers == "framed":  # as the library's TFramedTransportFactory does
            self.top = TBufferedTransport(TFramedTransport(self.memory))
        elif layers:
            raise testee.Failure("unsupported", name)
        under = self.watch = testee.Watch(self.top) if watched else self.top
        if protocol == "compact":
            self.protocol = Compact(under, decode_response=False)
        elif protocol in ("binary", "binary-old", "binary-strict"):
            self.protocol = Binary(under, protocol == "binary-strict", protocol != "binary-old")
        else:
            raise testee.Failure("unsupported", name)

    def drain(self):
        self.top.flush()
        return self.memory.drain()


def copy_message(i, o):
    i.decode_response = True  # the library's default; names are text, and its binary writer takes nothing else
    header = i.read_message_begin()
    i.decode_response = False
    o.write_message_begin(*header)
    copy(i, o, TType.STRUCT)
    i.read_message_end()
    o.write_message_end()


class Thriftpy(testee.Testee):
    hello = {
        "name": "thriftpy",
        "version": thriftpy.__version__,
        "language": "Python %d.%d" % sys.version_info[:2],
        "homepage": "https://github.com/Thriftpy/thriftpy",
        "issues": "https://github.com/Thriftpy/thriftpy/issues",
        "protocols": ["binary", "binary-old", "binary-strict", "compact"],
        "transports": ["framed"],
        "verbs": ["transcode", "skip", "message", "session", "reuse"],
        "types": ["bool", "i8", "i16", "i32", "i64", "double", "string", "struct", "map", "set", "list"],
        "window": 16,
        "chunks": True,
        "consumed": True,
    }
    documented = (TException,)

    def transcode(self, stack_in, stack_out, input):
        i, o = Stack(stack_in, input), Stack(stack_out)
        copy(i.protocol, o.protocol, TType.STRUCT)
        return i.memory.taken, o.drain()

    def skip(self, stack_in, input):
        i = Stack(stack_in, input)
        i.protocol.skip(TType.STRUCT)
        return i.memory.taken, b""

    def message(self, stack_in, stack_out, input):
        i, o = Stack(stack_in, input), Stack(stack_out)
        copy_message(i.protocol, o.protocol)
        return i.memory.taken, o.drain()

    def session(self, count, stack_in, stack_out, input, part):
        i, o = Stack(stack_in, input, watched=True), Stack(stack_out)
        for _ in range(count):
            i.watch.moved = False
            at_end = i.memory.taken == i.memory.length
            try:
                copy_message(i.protocol, o.protocol)
            except TTransportException as error:
                if error.type != TTransportException.END_OF_FILE or not at_end or i.watch.moved:
                    raise
                break
            part(o.drain())
        return i.memory.taken, b""

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
        return i.memory.taken, o.drain()


Thriftpy().serve()
