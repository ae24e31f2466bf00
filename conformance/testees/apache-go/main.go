// Apache Thrift's Go library (module github.com/apache/thrift) as a testee.
//
// Documented errors, answered as `reject`: every error that a call returns, as is Go's way (TProtocolException,
// TTransportException, io.EOF, zlib.ErrChecksum ...). A panic is a `fault`; one about the size of a slice or a buffer is `nomem`.
// The recursion limit (64 structs) is the library's: its tracker is applied to each struct as generated code does.
// `reuse` resets by closing and opening the transport, as a client does that connects again, over a memory buffer that is
// reset, which is also what the library's TDeserializer does; it has no other means.
package main

import (
	"context"
	"errors"
	"io"
	"runtime/debug"

	"testee"

	"github.com/apache/thrift/lib/go/thrift"
)

var background = context.Background()

func transcode(in, out string, input testee.Input) (testee.Answer, error) {
	return carry(in, out, input, copyStruct)
}

func message(in, out string, input testee.Input) (testee.Answer, error) {
	return carry(in, out, input, copyMessage)
}

type carrier func(ctx context.Context, in, out thrift.TProtocol, depth int) error

func carry(in, out string, input testee.Input, copy carrier) (testee.Answer, error) {
	from, err := newStack(in, input, false)
	if err != nil {
		return testee.Answer{}, err
	}
	to, err := newStack(out, nil, false)
	if err != nil {
		return testee.Answer{}, err
	}
	return finish(from, to, copy(background, from.protocol, to.protocol, 1))
}

func finish(from, to *stack, err error) (testee.Answer, error) {
	if err != nil {
		return testee.Answer{}, err
	}
	bytes, err := to.drain()
	return testee.Answer{Consumed: from.consumed(), Bytes: bytes}, err
}

func skip(in string, input testee.Input) (testee.Answer, error) {
	from, err := newStack(in, input, false)
	if err != nil {
		return testee.Answer{}, err
	}
	err = from.protocol.Skip(background, thrift.STRUCT)
	return testee.Answer{Consumed: from.consumed()}, err
}

// Of a frame that is cut the library tells by a TTransportException; where nothing at all is left it passes on io.EOF.
func isCleanEnd(err error) bool {
	return errors.Is(err, io.EOF) && !errors.As(err, new(thrift.TTransportException))
}

func session(count int, in, out string, input testee.Input, part func([]byte)) (testee.Answer, error) {
	from, err := newStack(in, input, true)
	if err != nil {
		return testee.Answer{}, err
	}
	to, err := newStack(out, nil, false)
	if err != nil {
		return testee.Answer{}, err
	}
	for range count {
		from.watch.moved = false
		if err := copyMessage(background, from.protocol, to.protocol, 1); err != nil {
			if from.taken() == from.length && !from.watch.moved && isCleanEnd(err) {
				break
			}
			return testee.Answer{}, err
		}
		bytes, err := to.drain()
		if err != nil {
			return testee.Answer{}, err
		}
		part(bytes)
	}
	return testee.Answer{Consumed: from.consumed()}, nil
}

func reuse(in, out string, first, second testee.Input) (testee.Answer, error) {
	from, err := newStack(in, first, false)
	if err != nil {
		return testee.Answer{}, err
	}
	ignored, err := newStack(out, nil, false)
	if err != nil {
		return testee.Answer{}, err
	}
	to, err := newStack(out, nil, false)
	if err != nil {
		return testee.Answer{}, err
	}
	_ = copyStruct(background, from.protocol, ignored.protocol, 1) // however struct 1 ends: that is the point
	_ = from.top.Close()
	from.load(second)
	_ = from.top.Open()
	return finish(from, to, copyStruct(background, from.protocol, to.protocol, 1))
}

// The version of the library, as the module that was linked says.
func version() string {
	info, ok := debug.ReadBuildInfo()
	for i := 0; ok && i < len(info.Deps); i++ {
		if info.Deps[i].Path == "github.com/apache/thrift" {
			return info.Deps[i].Version[1:]
		}
	}
	return ""
}

func main() {
	testee.Serve(testee.Testee{
		Hello: map[string]any{
			"name":       "apache-go",
			"version":    version(),
			"language":   "Go",
			"homepage":   "https://thrift.apache.org/",
			"issues":     "https://issues.apache.org/jira/browse/THRIFT",
			"protocols":  []string{"binary", "binary-old", "binary-strict", "compact"},
			"transports": []string{"framed", "zlib", "framed/zlib", "zlib/framed"},
			"verbs":      []string{"transcode", "skip", "message", "session", "reuse"},
			"types": []string{"bool", "i8", "i16", "i32", "i64", "double", "string", "struct", "map", "set", "list",
				"uuid"},
			"window":   16,
			"chunks":   true,
			"consumed": true,
			"limits": map[string]int{"depth": thrift.DEFAULT_RECURSION_DEPTH, "frame": thrift.DEFAULT_MAX_FRAME_SIZE,
				"message": thrift.DEFAULT_MAX_MESSAGE_SIZE},
		},
		Transcode: transcode,
		Skip:      skip,
		Message:   message,
		Session:   session,
		Reuse:     reuse,
	})
}
