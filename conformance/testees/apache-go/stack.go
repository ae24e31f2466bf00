package main

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"context"
	"io"
	"reflect"
	"strings"

	"testee"

	"github.com/apache/thrift/lib/go/thrift"
)

// chunks hands out one chunk per read. Like a socket it cannot tell how much is still to come.
type chunks struct {
	left testee.Input
	size int
}

func (c *chunks) Read(to []byte) (int, error) {
	if len(c.left) == 0 {
		return 0, io.EOF
	}
	n := copy(to, c.left[0])
	c.size -= n
	if c.left[0] = c.left[0][n:]; len(c.left[0]) == 0 {
		c.left = c.left[1:]
	}
	return n, nil
}

func (c *chunks) Len() int                    { return c.size }
func (c *chunks) Write([]byte) (int, error)   { return 0, io.ErrClosedPipe }
func (c *chunks) Open() error                 { return nil }
func (c *chunks) Close() error                { return nil }
func (c *chunks) IsOpen() bool                { return true }
func (c *chunks) Flush(context.Context) error { return nil }
func (c *chunks) RemainingBytes() uint64      { return thrift.UnknownRemainingBytes }

// watch passes reads on and notes whether the protocol has had any byte of a message: how a session's clean end is told
// from a message cut short.
type watch struct {
	thrift.TTransport
	moved bool
}

func (w *watch) Read(to []byte) (int, error) {
	n, err := w.TTransport.Read(to)
	w.moved = w.moved || n > 0
	return n, err
}

// stack is transports over memory, wrapped as the stack's name says, with a protocol on top.
type stack struct {
	memory   *thrift.TMemoryBuffer
	source   interface{ Len() int } // memory; or chunks, for input of several
	length   int
	framed   *thrift.TFramedTransport // the outermost one that reads ahead
	top      thrift.TTransport
	watch    *watch
	zlib     bool
	protocol thrift.TProtocol
}

func newStack(name string, input testee.Input, watched bool) (*stack, error) {
	s := &stack{memory: thrift.NewTMemoryBuffer()}
	s.top, s.source = s.memory, s.memory
	if len(input) > 1 {
		c := &chunks{left: input}
		for _, chunk := range input {
			c.size += len(chunk)
		}
		s.top, s.source, s.length = c, c, c.size
	} else {
		s.load(input)
	}
	words := strings.Split(name, "/")
	protocol := words[len(words)-1]
	conf := &thrift.TConfiguration{
		TBinaryStrictRead:  thrift.BoolPtr(protocol == "binary-strict"),
		TBinaryStrictWrite: thrift.BoolPtr(protocol != "binary-old"),
	}
	for i, word := range words[:len(words)-1] {
		switch word {
		case "framed":
			framed := thrift.NewTFramedTransportConf(s.top, conf)
			if i == 0 {
				s.framed = framed
			}
			s.top = framed
		case "zlib":
			transport, err := thrift.NewTZlibTransportConf(s.top, zlib.DefaultCompression, conf)
			if err != nil {
				return nil, err
			}
			s.top, s.zlib = transport, true
		default:
			return nil, testee.Failure{Word: "unsupported", Text: name}
		}
	}
	under := s.top
	if watched {
		s.watch = &watch{TTransport: s.top}
		under = s.watch
	}
	switch protocol {
	case "binary", "binary-old", "binary-strict":
		s.protocol = thrift.NewTBinaryProtocolConf(under, conf)
	case "compact":
		s.protocol = thrift.NewTCompactProtocolConf(under, conf)
	default:
		return nil, testee.Failure{Word: "unsupported", Text: name}
	}
	return s, nil
}

func (s *stack) load(input testee.Input) {
	all := bytes.Join(input, nil)
	s.length = len(all)
	s.memory.Reset()
	_, _ = s.memory.Write(all)
}

// taken is how many bytes of the input are used up. What a framed transport has read ahead is not; only its own buffer knows
// how much that is.
func (s *stack) taken() int {
	n := s.length - s.source.Len()
	if s.framed != nil {
		reader := reflect.ValueOf(s.framed).Elem().FieldByName("reader")
		n -= (*bufio.Reader)(reader.UnsafePointer()).Buffered()
	}
	return n
}

func (s *stack) consumed() int {
	if s.zlib {
		return -1
	}
	return s.taken()
}

// drain gives what has been written since the last call.
func (s *stack) drain() ([]byte, error) {
	if err := s.protocol.Flush(background); err != nil {
		return nil, err
	}
	out := bytes.Clone(s.memory.Bytes())
	s.memory.Reset()
	return out, nil
}
