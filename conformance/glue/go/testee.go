// Package testee is what testees in Go share: lines, hex, and the dialogue of conformance/PROTOCOL.md over standard
// input and output. It knows no Thrift library. A testee fills in a Testee and calls Serve.
package testee

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// Deepest is how many levels of values the glue carries itself.
const Deepest = 512

const longestLine = 64 << 20

// Input is the bytes of one request, in chunks; one empty chunk for `-`.
type Input [][]byte

// Answer is what `ok` carries. A negative Consumed is not known.
type Answer struct {
	Consumed int
	Bytes    []byte
}

// Failure is an answer other than `ok`: Failure{"handed-up", "type 5"}.
type Failure struct{ Word, Text string }

func (f Failure) Error() string { return f.Text }

// Testee is what one library can do. An error that is no Failure is answered as `reject`; a panic as `fault`, or as
// `nomem` where it says so. Verbs that are nil are unsupported.
type Testee struct {
	Hello     map[string]any
	Transcode func(in, out string, input Input) (Answer, error)
	Skip      func(in string, input Input) (Answer, error)
	Message   func(in, out string, input Input) (Answer, error)
	Session   func(count int, in, out string, input Input, part func([]byte)) (Answer, error)
	Reuse     func(in, out string, first, second Input) (Answer, error)
}

var errBadRequest = errors.New("bad request")

var replies = claimStdout()

// Whatever else prints to standard output lands on standard error.
func claimStdout() *os.File {
	fd, err := syscall.Dup(1)
	if err == nil {
		err = syscall.Dup3(2, 1, 0)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "testee:", err)
		os.Exit(1)
	}
	syscall.CloseOnExec(fd)
	return os.NewFile(uintptr(fd), "replies")
}

// Serve answers requests until `bye` or the end of the input, and ends the process.
func Serve(t Testee) {
	requests := bufio.NewReaderSize(os.Stdin, 1<<16)
	for {
		line, err := requests.ReadString('\n')
		if err == io.EOF && line == "" {
			os.Exit(0)
		}
		words := strings.Fields(line)
		if len(words) < 2 || !isID(words[0]) {
			badRequest()
		}
		if text, err := t.answer(words[0], words[1], words[2:]); errors.Is(err, errBadRequest) {
			badRequest()
		} else if err != nil {
			sayFailure(words[0], err)
		} else {
			say(words[0], text)
		}
		if words[1] == "bye" {
			os.Exit(0)
		}
	}
}

func isID(word string) bool {
	_, err := strconv.ParseUint(word, 10, 32)
	return err == nil && word[0] != '+'
}

func badRequest() {
	say("0", "error bad request")
	os.Exit(1)
}

func (t Testee) answer(id, verb string, words []string) (text string, err error) {
	defer func() {
		if what := recover(); what != nil {
			err = Failure{wordOf(what), fmt.Sprint(what)}
		}
	}()
	arguments := map[string]int{"hello": 1, "echo": 1, "bye": 0, "transcode": 3, "skip": 2, "message": 3, "session": 4, "reuse": 4}
	if wanted, known := arguments[verb]; !known {
		return "", Failure{"unsupported", verb}
	} else if len(words) < wanted {
		return "", errBadRequest
	}
	switch verb {
	case "bye":
		return "ok 0 -", nil
	case "hello":
		if words[0] != "1" {
			return "", Failure{"error", "only version 1 is spoken"}
		}
		hello, err := json.Marshal(t.Hello)
		return "hello " + string(hello), err
	}
	answer, err := t.perform(id, verb, words)
	if err != nil {
		return "", err
	}
	consumed := "?"
	if answer.Consumed >= 0 {
		consumed = strconv.Itoa(answer.Consumed)
	}
	return "ok " + consumed + " " + toHex(answer.Bytes), nil
}

func (t Testee) perform(id, verb string, words []string) (Answer, error) {
	input, err := fromHex(words[len(words)-1])
	if err != nil {
		return Answer{}, err
	}
	switch {
	case verb == "echo":
		var all []byte
		for _, chunk := range input {
			all = append(all, chunk...)
		}
		return Answer{len(all), all}, nil
	case verb == "transcode" && t.Transcode != nil:
		return t.Transcode(words[0], words[1], input)
	case verb == "skip" && t.Skip != nil:
		return t.Skip(words[0], input)
	case verb == "message" && t.Message != nil:
		return t.Message(words[0], words[1], input)
	case verb == "session" && t.Session != nil:
		count, err := strconv.ParseUint(words[0], 10, 16)
		if err != nil {
			return Answer{}, errBadRequest
		}
		part := func(message []byte) { say(id, "part "+toHex(message)) }
		return t.Session(int(count), words[1], words[2], input, part)
	case verb == "reuse" && t.Reuse != nil:
		first, err := fromHex(words[2])
		if err != nil {
			return Answer{}, err
		}
		return t.Reuse(words[0], words[1], first, input)
	}
	return Answer{}, Failure{"unsupported", verb}
}

// Slices of absurd sizes panic; so does a buffer that cannot grow.
func wordOf(what any) string {
	text := fmt.Sprint(what)
	_, isRuntime := what.(runtime.Error)
	if (isRuntime && strings.Contains(text, "makeslice")) || strings.Contains(text, "too large") {
		return "nomem"
	}
	return "fault"
}

func fromHex(text string) (Input, error) {
	if text == "-" {
		return Input{{}}, nil
	}
	var input Input
	for _, chunk := range strings.Split(text, ",") {
		bytes, err := hex.DecodeString(chunk)
		if err != nil || len(bytes) == 0 {
			return nil, errBadRequest
		}
		input = append(input, bytes)
	}
	return input, nil
}

func toHex(bytes []byte) string {
	if len(bytes) == 0 {
		return "-"
	}
	return hex.EncodeToString(bytes)
}

func say(id, text string) {
	if len(text) > longestLine-16 {
		text = "error too-long"
	}
	if _, err := replies.WriteString(id + " " + text + "\n"); err != nil {
		os.Exit(1)
	}
}

func sayFailure(id string, err error) {
	word := "reject"
	var failure Failure
	if errors.As(err, &failure) {
		word = failure.Word
	}
	text := []byte(err.Error())
	if len(text) > 300 {
		text = text[:300]
	}
	for i, c := range text {
		if c < ' ' || c > '~' {
			text[i] = ' '
		}
	}
	say(id, word+" "+string(text))
}
