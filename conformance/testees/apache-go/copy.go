package main

import (
	"context"
	"fmt"

	"testee"

	"github.com/apache/thrift/lib/go/thrift"
)

func check(types ...thrift.TType) error {
	for _, t := range types {
		switch t {
		case thrift.BOOL, thrift.BYTE, thrift.DOUBLE, thrift.I16, thrift.I32, thrift.I64, thrift.STRING,
			thrift.STRUCT, thrift.MAP, thrift.SET, thrift.LIST, thrift.UUID:
		default:
			return testee.Failure{Word: "handed-up", Text: fmt.Sprintf("type %d", t)}
		}
	}
	return nil
}

// first is the first error there is.
func first(errs ...func() error) error {
	for _, next := range errs {
		if err := next(); err != nil {
			return err
		}
	}
	return nil
}

func copyMessage(ctx context.Context, in, out thrift.TProtocol, _ int) error {
	name, kind, id, err := in.ReadMessageBegin(ctx)
	if err != nil {
		return err
	}
	return first(
		func() error { return out.WriteMessageBegin(ctx, name, kind, id) },
		func() error { return copyStruct(ctx, in, out, 1) },
		func() error { return in.ReadMessageEnd(ctx) },
		func() error { return out.WriteMessageEnd(ctx) })
}

func copyStruct(ctx context.Context, in, out thrift.TProtocol, depth int) error {
	ctx, err := thrift.CheckRecursionDepth(ctx)
	if err != nil {
		return err
	}
	defer thrift.DecrementRecursionDepth(ctx)
	if _, err := in.ReadStructBegin(ctx); err != nil {
		return err
	}
	if err := out.WriteStructBegin(ctx, ""); err != nil {
		return err
	}
	for {
		_, kind, id, err := in.ReadFieldBegin(ctx)
		if err != nil {
			return err
		}
		if kind == thrift.STOP {
			break
		}
		err = first(
			func() error { return check(kind) },
			func() error { return out.WriteFieldBegin(ctx, "", kind, id) },
			func() error { return copyValue(ctx, in, out, kind, depth+1) },
			func() error { return in.ReadFieldEnd(ctx) },
			func() error { return out.WriteFieldEnd(ctx) })
		if err != nil {
			return err
		}
	}
	return first(
		func() error { return in.ReadStructEnd(ctx) },
		func() error { return out.WriteFieldStop(ctx) },
		func() error { return out.WriteStructEnd(ctx) })
}

func pass[V any](ctx context.Context, read func(context.Context) (V, error), write func(context.Context, V) error) error {
	value, err := read(ctx)
	if err != nil {
		return err
	}
	return write(ctx, value)
}

func copyValue(ctx context.Context, in, out thrift.TProtocol, kind thrift.TType, depth int) error {
	if depth > testee.Deepest {
		return testee.Failure{Word: "unsupported", Text: "nesting"}
	}
	switch kind {
	case thrift.BOOL:
		return pass(ctx, in.ReadBool, out.WriteBool)
	case thrift.BYTE:
		return pass(ctx, in.ReadByte, out.WriteByte)
	case thrift.I16:
		return pass(ctx, in.ReadI16, out.WriteI16)
	case thrift.I32:
		return pass(ctx, in.ReadI32, out.WriteI32)
	case thrift.I64:
		return pass(ctx, in.ReadI64, out.WriteI64)
	case thrift.DOUBLE:
		return pass(ctx, in.ReadDouble, out.WriteDouble)
	case thrift.STRING:
		return pass(ctx, in.ReadBinary, out.WriteBinary)
	case thrift.UUID:
		return pass(ctx, in.ReadUUID, out.WriteUUID)
	case thrift.STRUCT:
		return copyStruct(ctx, in, out, depth)
	case thrift.MAP:
		return copyMap(ctx, in, out, depth)
	case thrift.SET:
		return copyElements(ctx, in, out, depth, in.ReadSetBegin, out.WriteSetBegin, in.ReadSetEnd, out.WriteSetEnd)
	default: // LIST: check let nothing else through
		return copyElements(ctx, in, out, depth, in.ReadListBegin, out.WriteListBegin, in.ReadListEnd, out.WriteListEnd)
	}
}

func copyMap(ctx context.Context, in, out thrift.TProtocol, depth int) error {
	key, value, size, err := in.ReadMapBegin(ctx)
	if err != nil {
		return err
	}
	if size != 0 || key != thrift.STOP || value != thrift.STOP { // an empty map may come without types
		if err := check(key, value); err != nil {
			return err
		}
	}
	if err := out.WriteMapBegin(ctx, key, value, size); err != nil {
		return err
	}
	for range size {
		if err := copyValue(ctx, in, out, key, depth+1); err != nil {
			return err
		}
		if err := copyValue(ctx, in, out, value, depth+1); err != nil {
			return err
		}
	}
	if err := in.ReadMapEnd(ctx); err != nil {
		return err
	}
	return out.WriteMapEnd(ctx)
}

func copyElements(ctx context.Context, in, out thrift.TProtocol, depth int,
	readBegin func(context.Context) (thrift.TType, int, error),
	writeBegin func(context.Context, thrift.TType, int) error,
	readEnd, writeEnd func(context.Context) error,
) error {
	element, size, err := readBegin(ctx)
	if err != nil {
		return err
	}
	if err := check(element); err != nil {
		return err
	}
	if err := writeBegin(ctx, element, size); err != nil {
		return err
	}
	for range size {
		if err := copyValue(ctx, in, out, element, depth+1); err != nil {
			return err
		}
	}
	if err := readEnd(ctx); err != nil {
		return err
	}
	return writeEnd(ctx)
}
