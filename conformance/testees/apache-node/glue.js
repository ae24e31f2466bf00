// Apache Thrift's Node.js library (npm: thrift) as a testee. setup copies this file beside node_modules.
//
// Documented errors, answered as `reject`: Thrift.TException, Thrift.TProtocolException (which does not derive from it), and
// InputBufferUnderrunError, by which the library says that more bytes must come. Sizes that the engine refuses are `nomem`;
// anything else (plain Error, TypeError, RangeError ...) is a `fault`.
// The library is driven as its own server drives it: bytes are fed to the transport's receiver, with the server's limits,
// and what it hands over is read with a protocol of its own each time. Nothing outlives that, so that there is no `reuse`.
// The recursion limit (64 structs) is the library's, applied to each struct as generated code does.
// `typed` is there where setup found a compiler, whose code in gen/ it uses.
"use strict";

const fs = require("fs");
const path = require("path");
const { DEEPEST, Failure, serve } = require("./testee.js"); // first: it takes standard output away from the library
const thrift = require("thrift");
const { Thrift, TBinaryProtocol, TBufferedTransport, TCompactProtocol, TFramedTransport } = thrift;
const T = Thrift.Type;

const SCALARS = {
  [T.BOOL]: "Bool", [T.BYTE]: "Byte", [T.I16]: "I16", [T.I32]: "I32", [T.I64]: "I64",
  [T.DOUBLE]: "Double", [T.STRING]: "Binary", [T.UUID]: "Uuid",
};

const GENERATED = path.join(__dirname, "gen");
// Loaded at once: that costs memory, which is not to be held against the first typed case.
const TYPED = new Map();
if (fs.existsSync(GENERATED))
  for (const file of fs.readdirSync(GENERATED))
    for (const [struct, made] of Object.entries(require(path.join(GENERATED, file))))
      if (typeof made === "function") TYPED.set(`${file.replace("_types.js", "")}.${struct}`, made);

// The constructor that the compiler made of FILE.STRUCT.
function generated(name) {
  if (!TYPED.has(name)) throw new Failure("unsupported", name);
  return TYPED.get(name);
}

const isUnderrun = (error) => error.name === "InputBufferUnderrunError";

function parse(name) {
  const words = name.split("/");
  const protocol = words.pop();
  const kinds = ["binary", "binary-old", "binary-strict", "compact"];
  if (!kinds.includes(protocol) || words.length > 1 || (words.length && words[0] !== "framed"))
    throw new Failure("unsupported", name);
  return {
    framed: words.length > 0,
    transport: words.length ? TFramedTransport : TBufferedTransport,
    protocol: (transport) =>
      protocol === "compact"
        ? new TCompactProtocol(transport)
        : new TBinaryProtocol(transport, protocol === "binary-strict", protocol !== "binary-old"),
  };
}

function check(...types) {
  for (const type of types)
    if (!(type in SCALARS) && ![T.STRUCT, T.MAP, T.SET, T.LIST].includes(type))
      throw new Failure("handed-up", `type ${type}`);
}

function copyStruct(i, o, depth) {
  i.incrementRecursionDepth();
  i.readStructBegin();
  o.writeStructBegin("");
  for (;;) {
    const { ftype, fid } = i.readFieldBegin();
    if (ftype === T.STOP) break;
    check(ftype);
    o.writeFieldBegin("", ftype, fid);
    copy(i, o, ftype, depth + 1);
    i.readFieldEnd();
    o.writeFieldEnd();
  }
  i.readStructEnd();
  o.writeFieldStop();
  o.writeStructEnd();
  i.decrementRecursionDepth();
}

function copy(i, o, type, depth = 1) {
  if (depth > DEEPEST) throw new Failure("unsupported", "nesting");
  if (type in SCALARS) {
    o[`write${SCALARS[type]}`](i[`read${SCALARS[type]}`]());
  } else if (type === T.STRUCT) {
    copyStruct(i, o, depth);
  } else if (type === T.MAP) {
    const { ktype, vtype, size } = i.readMapBegin();
    if (size || ktype || vtype) check(ktype, vtype); // an empty map may come without types
    o.writeMapBegin(ktype, vtype, size);
    for (let n = 0; n < size; n++) {
      copy(i, o, ktype, depth + 1);
      copy(i, o, vtype, depth + 1);
    }
    i.readMapEnd();
    o.writeMapEnd();
  } else {
    const kind = type === T.LIST ? "List" : "Set";
    const { etype, size } = i[`read${kind}Begin`]();
    check(etype);
    o[`write${kind}Begin`](etype, size);
    for (let n = 0; n < size; n++) copy(i, o, etype, depth + 1);
    i[`read${kind}End`]();
    o[`write${kind}End`]();
  }
}

function copyMessage(i, o) {
  const { fname, mtype, rseqid } = i.readMessageBegin();
  o.writeMessageBegin(fname, mtype, rseqid);
  copyStruct(i, o, 1);
  i.readMessageEnd();
  o.writeMessageEnd();
}

// What is written through it comes out of the function that it returns beside the protocol.
function output(name) {
  const { transport, protocol } = parse(name);
  let out = [];
  const top = new transport(undefined, (bytes) => out.push(bytes));
  const drain = () => {
    top.flush();
    const bytes = Buffer.concat(out);
    out = [];
    return bytes;
  };
  return { protocol: protocol(top), drain };
}

// Feeds the input to the library's receiver and gives each thing that read(protocol) makes of it to use(), until that has
// had `count`. Returns how many bytes were taken, how many things are missing, and whether bytes came to nothing.
function receive(name, input, count, read, use) {
  const { framed, transport, protocol } = parse(name);
  let fed = 0, taken = 0, left = count, cut = false;
  const receiver = transport.receiver((ready) => {
    if (left === 0) return;
    if (framed) taken += 4 + ready.inBuf.length;
    const reader = protocol(ready);
    let began;
    try {
      while (left > 0) {
        began = ready.readPos;
        const value = read(reader);
        ready.commitPosition();
        if (!framed) taken = fed - (ready.writeCursor - ready.readCursor);
        use(value);
        left--;
      }
    } catch (error) {
      if (!isUnderrun(error)) throw error;
      cut = cut || (framed && began < ready.inBuf.length);
      ready.rollbackPosition(); // the rest is still to come, except that a framed transport forgets its frame
    }
  }, undefined, transport.DEFAULT_MAX_LENGTH);
  for (const chunk of input) {
    fed += chunk.length;
    try {
      receiver(chunk);
    } catch (error) {
      if (left > 0) throw error; // what stands behind the last thing asked for is not ours to judge
    }
  }
  return { consumed: taken, missing: left, cut: cut || taken < fed };
}

function one(stackIn, input, read, drain) {
  const { consumed, missing } = receive(stackIn, input, 1, read, () => {});
  if (missing) throw new Failure("reject", "InputBufferUnderrunError: the library waits for more bytes");
  return { consumed, bytes: drain() };
}

serve({
  hello: {
    name: "apache-node",
    version: require("thrift/package.json").version,
    language: `Node.js ${process.versions.node.split(".")[0]}`,
    homepage: "https://thrift.apache.org/",
    issues: "https://issues.apache.org/jira/browse/THRIFT",
    protocols: ["binary", "binary-old", "binary-strict", "compact"],
    transports: ["framed"],
    verbs: ["transcode", "skip", "message", "session", ...(TYPED.size ? ["typed"] : [])],
    types: ["bool", "i8", "i16", "i32", "i64", "double", "string", "struct", "map", "set", "list", "uuid"],
    window: 16,
    chunks: true,
    consumed: true,
    limits: { depth: 64, frame: TFramedTransport.DEFAULT_MAX_LENGTH, message: TBufferedTransport.DEFAULT_MAX_LENGTH },
  },

  documented: (error) =>
    error instanceof Thrift.TException || error instanceof Thrift.TProtocolException || isUnderrun(error),

  // A struct cut short is read again from its start when more has come, into an output begun anew.
  transcode(stackIn, stackOut, input) {
    let out = output(stackOut);
    const read = (reader) => copy(reader, (out = output(stackOut)).protocol, T.STRUCT);
    return one(stackIn, input, read, () => out.drain());
  },

  message(stackIn, stackOut, input) {
    let out = output(stackOut);
    const read = (reader) => copyMessage(reader, (out = output(stackOut)).protocol);
    return one(stackIn, input, read, () => out.drain());
  },

  skip(stackIn, input) {
    return one(stackIn, input, (reader) => reader.skip(T.STRUCT), () => Buffer.alloc(0));
  },

  typed(name, stackIn, stackOut, input) {
    const Struct = generated(name);
    let out = output(stackOut);
    const read = (reader) => {
      const value = new Struct();
      value.read(reader);
      value.write((out = output(stackOut)).protocol);
    };
    return one(stackIn, input, read, () => out.drain());
  },

  session(count, stackIn, stackOut, input, part) {
    let out = output(stackOut);
    const read = (reader) => copyMessage(reader, (out = output(stackOut)).protocol);
    const { consumed, missing, cut } = receive(stackIn, input, count, read, () => part(out.drain()));
    if (missing && cut) throw new Failure("reject", "InputBufferUnderrunError: the library waits for more bytes");
    return { consumed, bytes: Buffer.alloc(0) };
  },
});
