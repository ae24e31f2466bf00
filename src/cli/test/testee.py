"""A testee that answers as the reference does, except where it is told not to.

testee.py ASSAY [REGEX ACTION]... : a request whose line behind the id matches REGEX (from its start) gets ACTION, the first one
that fits. Where PIDS names a file, the ids of all processes that it starts are appended to it.
"""
import os
import re
import signal
import subprocess
import sys
import time


def note_pid(pid):
    if "PIDS" in os.environ:
        with open(os.environ["PIDS"], "a") as file:
            file.write(f"{pid}\n")


def say(text):
    data = (text + "\n").encode("latin-1")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def sleep_on():
    while True:
        time.sleep(3600)


def act(action, ident):
    name, _, rest = action.partition(":")
    if name == "crash":
        print("ValueError: this is why", file=sys.stderr, flush=True)
        os.kill(os.getpid(), signal.SIGSEGV)
        sleep_on()
    elif name == "exit":
        os._exit(int(rest))
    elif name == "hang":
        sleep_on()
    elif name == "stubborn":
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        sleep_on()
    elif name == "orphan":
        child = subprocess.Popen(["sleep", "3600"])
        note_pid(child.pid)
        sleep_on()
    elif name == "close":
        os.close(1)
        sleep_on()
    elif name == "flood":
        while True:
            say("x" * 65536)
    elif name == "flood-one-line":
        while True:
            sys.stdout.buffer.write(b"7" * 65536)
    elif name == "flood-err":
        for _ in range(int(rest)):
            os.write(2, b"e" * 65535 + b"\n")
        return False
    elif name == "raw":
        say(rest)
    elif name == "answer":
        say(f"{ident} {rest}")
    elif name == "touch":
        open(rest, "w").close()
        sleep_on()
    elif name == "slow":
        time.sleep(float(rest))
        return False
    return True


def forward(reference, line):
    reference.stdin.write(line)
    reference.stdin.flush()
    while True:
        reply = reference.stdout.readline()
        if not reply:
            sys.exit(reference.wait())
        sys.stdout.buffer.write(reply)
        sys.stdout.buffer.flush()
        if reply.split()[1] != b"part":
            return


def main():
    rules = [(re.compile(sys.argv[i]), sys.argv[i + 1]) for i in range(2, len(sys.argv), 2)]
    reference = subprocess.Popen([sys.argv[1], "testee"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    note_pid(os.getpid())
    note_pid(reference.pid)
    for line in sys.stdin.buffer:
        ident, _, request = line.decode("latin-1").rstrip("\r\n").partition(" ")
        action = next((what for pattern, what in rules if pattern.match(request)), None)
        if action is None or not act(action, ident):
            forward(reference, line)


main()
