"""What testees in Python share: lines, hex, and the dialogue of conformance/PROTOCOL.md over standard input and output.

Knows no Thrift library. Import it before the library: the import moves standard output out of the library's reach. A
testee derives from Testee and ends with `MyTestee().serve()`.
"""

import json
import os
import re
import sys

REPLIES = os.fdopen(os.dup(1), "wb", buffering=0)
os.dup2(2, 1)  # whatever else prints to standard output lands on standard error

LONGEST_LINE = 64 << 20
DEEPEST = 512  # levels of values that the glue carries itself


class Failure(Exception):
    """An answer other than `ok`: Failure("handed-up", "type 5")."""

    def __init__(self, word, text):
        Exception.__init__(self, text)
        self.word, self.text = word, text


class BadRequest(Exception):
    pass


class Pipe:
    """The input, one chunk per take(), and what has been put out since the last drain()."""

    def __init__(self, chunks=(b"",)):
        self.load(chunks)
        self.out = []

    def load(self, chunks):
        self.chunks = list(chunks)
        self.at = 0
        self.taken = 0
        self.length = sum(map(len, self.chunks))

    def take(self, size):
        if not self.chunks:
            return b""
        data = self.chunks[0][self.at:self.at + size]
        self.at += len(data)
        self.taken += len(data)
        if self.at == len(self.chunks[0]):
            del self.chunks[0]
            self.at = 0
        return data

    def put(self, data):
        self.out.append(bytes(data))

    def drain(self):
        data = b"".join(self.out)
        self.out = []
        return data


class Watch:
    """Passes reads on and notes whether the protocol has had any byte of a message: how a session's clean end is told
    from a message cut short."""

    def __init__(self, inner):
        self.inner = inner
        self.moved = False

    def read(self, size):
        data = self.inner.read(size)
        self.moved = self.moved or len(data) > 0
        return data


class Testee:
    hello = {}  # what the testee says of itself
    documented = ()  # the library's documented exceptions: answered as `reject`

    # Each returns (consumed, bytes), consumed being a number or "?". `input` is a list of chunks.
    def transcode(self, stack_in, stack_out, input):
        raise Failure("unsupported", "transcode")

    def skip(self, stack_in, input):
        raise Failure("unsupported", "skip")

    def message(self, stack_in, stack_out, input):
        raise Failure("unsupported", "message")

    def session(self, count, stack_in, stack_out, input, part):
        raise Failure("unsupported", "session")

    def reuse(self, stack_in, stack_out, first, second):
        raise Failure("unsupported", "reuse")

    def typed(self, name, stack_in, stack_out, input):
        raise Failure("unsupported", "typed")

    def serve(self):
        """Answers requests until `bye` or the end of the input, and ends the process."""
        for line in sys.stdin.buffer:
            try:
                words = line.decode("ascii").split()
                if len(words) < 2 or not re.fullmatch("[0-9]{1,10}", words[0]) or int(words[0]) >= 1 << 32:
                    raise BadRequest
                going = self._answer(words[0], words[1], words[2:])
            except (BadRequest, UnicodeDecodeError):
                say("0", "error bad request")
                sys.exit(1)
            if not going:
                break
        sys.exit(0)

    def _answer(self, id, verb, words):
        try:
            say(id, self._handle(id, verb, words))
        except BadRequest:
            raise
        except Failure as failure:
            say_failure(id, failure.word, failure.text)
        except MemoryError as error:
            say_failure(id, "nomem", str(error))
        except self.documented as error:
            say_failure(id, "reject", "%s %s" % (type(error).__name__, error))
        except Exception as error:
            say_failure(id, "fault", "%s %s" % (type(error).__name__, error))
        return verb != "bye"

    def _handle(self, id, verb, words):
        def word(i):
            if i >= len(words):
                raise BadRequest
            return words[i]

        def part(message):
            say(id, "part " + to_hex(message))

        if verb == "bye":
            return "ok 0 -"
        if verb == "hello":
            return "hello " + json.dumps(self.hello) if word(0) == "1" else "error only version 1 is spoken"
        if verb == "echo":
            data = b"".join(from_hex(word(0)))
            consumed = len(data)
        elif verb == "transcode":
            consumed, data = self.transcode(word(0), word(1), from_hex(word(2)))
        elif verb == "skip":
            consumed, data = self.skip(word(0), from_hex(word(1)))
        elif verb == "message":
            consumed, data = self.message(word(0), word(1), from_hex(word(2)))
        elif verb == "session":
            if not word(0).isdigit():
                raise BadRequest
            consumed, data = self.session(int(word(0)), word(1), word(2), from_hex(word(3)), part)
        elif verb == "reuse":
            consumed, data = self.reuse(word(0), word(1), from_hex(word(2)), from_hex(word(3)))
        elif verb == "typed":
            consumed, data = self.typed(word(0), word(1), word(2), from_hex(word(3)))
        else:
            return "unsupported " + verb
        return "ok %s %s" % (consumed, to_hex(data))


def from_hex(text):
    if text == "-":
        return [b""]
    if not re.fullmatch("[0-9A-Fa-f]+(,[0-9A-Fa-f]+)*", text):
        raise BadRequest
    try:
        return [bytes.fromhex(chunk) for chunk in text.split(",")]
    except ValueError:
        raise BadRequest


def to_hex(data):
    return data.hex() or "-"


def say(id, text):
    if len(text) > LONGEST_LINE - 16:
        text = "error too-long"
    line = memoryview(("%s %s\n" % (id, text)).encode("ascii"))
    while line:
        line = line[REPLIES.write(line):]


def say_failure(id, word, text):
    text = "".join(c if " " <= c <= "~" else " " for c in text[:300])
    say(id, "%s %s" % (word, text))
