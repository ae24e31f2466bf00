// The bench's worker for Apache Thrift's C++ library: generated structs, templated protocols over a memory buffer.
#include "bench/worker.h"
#include "payload_types.h"
#include "payload_types.tcc"

#include <thrift/protocol/TBinaryProtocol.h>
#include <thrift/protocol/TCompactProtocol.h>
#include <thrift/transport/TBufferTransports.h>

#include <cstdlib>
#include <functional>
#include <memory>
#include <vector>

using apache::thrift::protocol::TBinaryProtocolT;
using apache::thrift::protocol::TCompactProtocolT;
using apache::thrift::transport::TMemoryBuffer;

namespace {

// The library counts what was read against MaxMessageSize for the life of a transport: started anew for each message.
struct Buffer : TMemoryBuffer {
  using TMemoryBuffer::TMemoryBuffer;
  void restart(std::vector<unsigned char> &bytes) {
    resetBuffer(bytes.data(), static_cast<uint32_t>(bytes.size()));
    resetConsumedMessageSize();
  }
};

void call(void *context) { (*static_cast<std::function<void()> *>(context))(); }

template <class Protocol, class Struct>
double measure(const bench_order &order, std::vector<unsigned char> &bytes) {
  auto buffer = std::make_shared<Buffer>();
  Protocol protocol(buffer);
  std::function<void()> step;
  Struct value;
  std::string op = order.op;
  if (op == "decode") {
    step = [&] {
      buffer->restart(bytes);
      Struct fresh;
      fresh.read(&protocol);
    };
  } else if (op == "skip") {
    step = [&] {
      buffer->restart(bytes);
      apache::thrift::protocol::skip(protocol, apache::thrift::protocol::T_STRUCT);
    };
  } else if (op == "encode") {
    auto source = std::make_shared<Buffer>(bytes.data(), static_cast<uint32_t>(bytes.size()));
    Protocol reader(source);
    value.read(&reader);
    step = [&] {
      buffer->resetBuffer();
      value.write(&protocol);
    };
  } else {
    return -1;
  }
  return bench_measure(call, &step, order.ms);
}

template <class Protocol>
double dispatch(const bench_order &order, std::vector<unsigned char> &bytes) {
  switch (order.payload[0]) {
  case 'a': return measure<Protocol, bench::Small>(order, bytes);
  case 'b': return measure<Protocol, bench::I32s>(order, bytes);
  case 'c': return measure<Protocol, bench::I64s>(order, bytes);
  case 'd': return measure<Protocol, bench::Items>(order, bytes);
  case 'e': return measure<Protocol, bench::Strings>(order, bytes);
  case 'f': return measure<Protocol, bench::Blob>(order, bytes);
  case 'g': return measure<Protocol, bench::Nest>(order, bytes);
  case 'h': return measure<Protocol, bench::Doubles>(order, bytes);
  default: return measure<Protocol, bench::Bools>(order, bytes);
  }
}

} // namespace

int main(int argc, char **argv) {
  bench_order order;
  if (argc != 2) return 2;
  while (bench_next(&order)) {
    std::vector<unsigned char> bytes(4 << 20);
    bytes.resize(bench_load(argv[1], &order, bytes.data(), bytes.size()));
    bool compact = std::strcmp(order.protocol, "compact") == 0;
    bench_answer(compact ? dispatch<TCompactProtocolT<Buffer>>(order, bytes)
                         : dispatch<TBinaryProtocolT<Buffer>>(order, bytes));
  }
  return 0;
}
