"""Carries values from one protocol to another, value by value, through the calls that every Thrift library for Python has
under one name or another.

The two protocols are given with these methods: read_ and write_ of struct_begin, struct_end, field_begin (name, type, id),
field_end, map_begin (key, value, size), map_end, elements_begin(kind) (element, size), elements_end(kind), val(type), and
write_field_stop. A `kind` is the type number of a list or a set.
"""

import testee

STOP = 0
STRUCT, MAP, SET, LIST = 12, 13, 14, 15
SCALARS = {2, 3, 4, 6, 8, 10, 11}
TYPES = {*SCALARS, STRUCT, MAP, SET, LIST}


def check(*types):
    for type in types:
        if type not in TYPES:
            raise testee.Failure("handed-up", "type %s" % type)


# One function, so that a level of nesting takes one frame of the interpreter's limit (1000), which is the libraries' too.
def copy(i, o, type, depth=1):
    if depth > testee.DEEPEST:
        raise testee.Failure("unsupported", "nesting")
    if type in SCALARS:
        o.write_val(type, i.read_val(type))
    elif type == STRUCT:
        i.read_struct_begin()
        o.write_struct_begin()
        while True:
            _, field, id = i.read_field_begin()
            if field == STOP:
                break
            check(field)
            o.write_field_begin("", field, id)
            copy(i, o, field, depth + 1)
            i.read_field_end()
            o.write_field_end()
        i.read_struct_end()
        o.write_field_stop()
        o.write_struct_end()
    elif type == MAP:
        key, value, size = i.read_map_begin()
        if size or key or value:  # an empty map may come without types
            check(key, value)
        o.write_map_begin(key, value, size)
        for _ in range(size):
            copy(i, o, key, depth + 1)
            copy(i, o, value, depth + 1)
        i.read_map_end()
        o.write_map_end()
    else:
        element, size = i.read_elements_begin(type)
        check(element)
        o.write_elements_begin(type, element, size)
        for _ in range(size):
            copy(i, o, element, depth + 1)
        i.read_elements_end(type)
        o.write_elements_end(type)
