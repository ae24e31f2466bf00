// What the bench measures, for the opponents' generated code. payloads.c builds the same values.
namespace cpp bench

struct Small {
  1: bool flag
  2: i8 tiny
  3: i16 little
  4: i32 number
  5: i64 big
  6: double real
  7: string name
  8: string note
  9: list<i32> numbers
  10: string tail
}

struct I32s { 1: list<i32> items }
struct I64s { 1: list<i64> items }
struct Item { 1: i32 id, 2: string name, 3: double score, 4: bool ok }
struct Items { 1: list<Item> items }
struct Strings { 1: map<string, string> items }
struct Blob { 1: binary bytes }
struct Nest { 1: i32 level, 2: optional Nest& inner }
struct Doubles { 1: list<double> items }
struct Bools { 1: list<bool> items }
