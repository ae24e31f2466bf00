// What testees in Node.js share: lines, hex, and the dialogue of conformance/PROTOCOL.md over standard input and output.
// Knows no Thrift library. Require it before the library: it moves standard output out of the library's reach. A testee
// is an object with `hello`, `documented(error)` and the verbs, given to serve().
"use strict";

const fs = require("fs");

// Whatever else prints to standard output lands on standard error.
Object.defineProperty(process, "stdout", { get: () => process.stderr });

const LONGEST_LINE = 64 << 20;
const DEEPEST = 512; // levels of values that the glue carries itself

// An answer other than `ok`: new Failure("handed-up", "type 5").
class Failure extends Error {
  constructor(word, text) {
    super(text);
    this.word = word;
  }
}

class BadRequest extends Error {}

// A pipe may be set not to block by whoever holds its other end.
function untilDone(attempt) {
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

function say(id, text) {
  if (text.length > LONGEST_LINE - 16) text = "error too-long";
  const line = Buffer.from(`${id} ${text}\n`, "latin1");
  for (let done = 0; done < line.length; ) done += untilDone(() => fs.writeSync(1, line, done));
}

function sayFailure(id, word, text) {
  say(id, `${word} ${String(text).slice(0, 300).replace(/[^ -~]/g, " ")}`);
}

function fromHex(text) {
  if (text === "-") return [Buffer.alloc(0)];
  if (text === undefined || !/^[0-9A-Fa-f]+(,[0-9A-Fa-f]+)*$/.test(text)) throw new BadRequest();
  return text.split(",").map((chunk) => {
    if (chunk.length % 2) throw new BadRequest();
    return Buffer.from(chunk, "hex");
  });
}

function toCount(text) {
  if (!/^[0-9]{1,10}$/.test(text)) throw new BadRequest();
  return Number(text);
}

const toHex = (bytes) => (bytes.length ? bytes.toString("hex") : "-");

function handle(testee, id, verb, words) {
  const part = (message) => say(id, `part ${toHex(message)}`);
  let answer;
  if (verb === "bye") return "ok 0 -";
  if (verb === "hello") return words[0] === "1" ? `hello ${JSON.stringify(testee.hello)}` : "error only version 1 is spoken";
  if (verb === "echo") {
    const bytes = Buffer.concat(fromHex(words[0]));
    answer = { consumed: bytes.length, bytes };
  } else if (verb === "transcode" || verb === "message") {
    answer = testee[verb](words[0], words[1], fromHex(words[2]));
  } else if (verb === "skip" && testee.skip) {
    answer = testee.skip(words[0], fromHex(words[1]));
  } else if (verb === "session" && testee.session) {
    answer = testee.session(toCount(words[0]), words[1], words[2], fromHex(words[3]), part);
  } else if (verb === "reuse" && testee.reuse) {
    answer = testee.reuse(words[0], words[1], fromHex(words[2]), fromHex(words[3]));
  } else if (verb === "typed" && testee.typed) {
    answer = testee.typed(words[0], words[1], words[2], fromHex(words[3]));
  } else {
    return `unsupported ${verb}`;
  }
  return `ok ${answer.consumed} ${toHex(answer.bytes)}`;
}

// Answers one line. False after `bye`.
function respond(testee, line) {
  const words = line.trim().split(/ +/);
  try {
    if (words.length < 2 || !/^[0-9]{1,10}$/.test(words[0]) || Number(words[0]) >= 2 ** 32) throw new BadRequest();
    say(words[0], handle(testee, words[0], words[1], words.slice(2)));
  } catch (error) {
    if (error instanceof BadRequest) {
      say("0", "error bad request");
      process.exit(1);
    }
    const absurd = error.code === "ERR_OUT_OF_RANGE" || /allocation failed|Invalid (typed )?array length/.test(error.message);
    if (error instanceof Failure) sayFailure(words[0], error.word, error.message);
    else if (testee.documented(error)) sayFailure(words[0], "reject", `${error.name} ${error.message || ""}`);
    else if (error instanceof RangeError && absurd) sayFailure(words[0], "nomem", error.message);
    else sayFailure(words[0], "fault", error);
  }
  return words[1] !== "bye";
}

// Answers requests until `bye` or the end of the input, and ends the process.
function serve(testee) {
  const block = Buffer.alloc(1 << 16);
  let line = []; // pieces of a line that has not ended
  for (;;) {
    const n = untilDone(() => fs.readSync(0, block, 0, block.length, null));
    if (n === 0) process.exit(0);
    let start = 0;
    for (let end; (end = block.subarray(0, n).indexOf(10, start)) >= 0; start = end + 1) {
      line.push(block.toString("latin1", start, end));
      if (!respond(testee, line.join(""))) process.exit(0);
      line = [];
    }
    line.push(block.toString("latin1", start, n));
  }
}

module.exports = { DEEPEST, Failure, serve };
