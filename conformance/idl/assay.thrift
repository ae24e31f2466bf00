// Structs for typed cases: what generated code does with fields, containers, defaults, unions and recursion.
// src/suite/typed/idl_assay.c says the same in tables; a test compares the two through the Thrift compiler.
// There is no uuid: Debian's compiler (0.17) does not know the type. Ids are never changed once a vector uses them.

namespace cpp assay
namespace py assay

enum Level {
  BELOW = -3,
  LOW = 1,
  HIGH = 7
}

typedef i64 Moment

struct Empty {
}

struct Pair {
  1: optional i32 number
  2: optional string text
}

// Every base type and container, ids with gaps of every size.
struct Everything {
  1: optional bool flag
  2: optional i8 octet
  3: optional i16 short_number
  5: optional i32 number
  6: optional Moment moment
  20: optional double real
  21: optional string text
  22: optional binary blob
  23: optional Level level
  40: optional Pair pair
  41: optional list<i32> numbers
  42: optional set<string> words
  43: optional map<string, i32> counts
  44: optional list<list<bool>> grid
  300: optional map<i32, list<Pair>> index
  32767: optional bool final_flag
}

// Declared in another order than that of the ids.
struct Shuffled {
  7: optional i32 seven
  3: optional string three
  5: optional bool five
}

// A list of every element type.
struct Lists {
  1: optional list<bool> bools
  2: optional list<i8> octets
  3: optional list<i16> shorts
  4: optional list<i32> numbers
  5: optional list<i64> longs
  6: optional list<double> reals
  7: optional list<string> texts
  8: optional list<binary> blobs
  9: optional list<Level> levels
  10: optional list<Pair> pairs
  11: optional list<list<i32>> lists
  12: optional list<set<i32>> sets
  13: optional list<map<i32, string>> maps
  14: optional list<Empty> empties
}

// A set of every element type that all languages can put into a set.
struct Sets {
  1: optional set<bool> bools
  2: optional set<i8> octets
  3: optional set<i16> shorts
  4: optional set<i32> numbers
  5: optional set<i64> longs
  6: optional set<double> reals
  7: optional set<string> texts
  8: optional set<binary> blobs
  9: optional set<Level> levels
}

// Every key type that all languages can use, every kind of value.
struct Maps {
  1: optional map<bool, i8> by_bool
  2: optional map<i8, bool> by_octet
  3: optional map<i16, i16> by_short
  4: optional map<i32, i64> by_number
  5: optional map<i64, double> by_long
  6: optional map<double, string> by_real
  7: optional map<string, binary> by_text
  8: optional map<Level, list<i32>> by_level
  9: optional map<string, Pair> pairs
  10: optional map<string, map<string, bool>> maps
  11: optional map<i32, set<i64>> sets
}

struct Strict {
  1: required i32 number
  2: required string text
  3: optional i32 spare
}

// Required fields further in.
struct StrictInside {
  1: optional Strict one
  2: optional list<Strict> many
  3: optional map<i32, Strict> named
}

struct StrictDefault {
  1: required i32 number = 5
  2: optional i32 spare
}

// Optional fields with defaults.
struct Defaults {
  1: optional i32 number = 5
  2: optional string text = "none"
  3: optional bool flag = true
  4: optional double real = 2.5
  5: optional Level level = Level.HIGH
  6: optional list<i32> numbers = [1, 2]
  7: optional map<string, i32> counts = {"a": 1}
  8: optional set<string> words = ["w"]
}

// Fields that are neither required nor optional.
struct Plain {
  1: i32 number
  2: string text
  3: bool flag
  4: list<i32> numbers
  5: i32 preset = 7
  6: Pair pair
}

union Choice {
  1: i32 number
  2: string text
  3: Pair pair
  4: list<i32> numbers
  5: bool flag
}

struct Chooser {
  1: optional Choice one
  2: optional list<Choice> many
}

exception Failure {
  1: optional i32 code
  2: optional string reason
}

struct Chain {
  1: optional i32 at
  2: optional Chain &more
}

struct Tree {
  1: optional i32 at
  2: optional list<Tree> branches
}
