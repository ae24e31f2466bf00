// Transports over memory, wrapped as a stack's name says, with a protocol on top.
#pragma once

#include "testee.hpp"

#include <memory>

#include <thrift/protocol/TBinaryProtocol.h>
#include <thrift/protocol/TCompactProtocol.h>
#include <thrift/transport/TBufferTransports.h>
#include <thrift/transport/TZlibTransport.h>

using namespace apache::thrift::protocol;
using namespace apache::thrift::transport;
using testee::Bytes;
using testee::Failure;
using testee::Input;

// Hands out one chunk per read.
class Chunks : public TVirtualTransport<Chunks>
{
  public:
    explicit Chunks(const Input &input) : input_(input) {}
    bool isOpen() const override { return true; }
    bool peek() override { return chunk_ < input_.size(); }
    uint32_t read(uint8_t *to, uint32_t len)
    {
        if (!peek()) return 0;
        size_t n = input_[chunk_].copy(reinterpret_cast<char *>(to), len, at_);
        at_ += n;
        taken += n;
        if (at_ == input_[chunk_].size()) {
            chunk_++;
            at_ = 0;
        }
        return uint32_t(n);
    }
    size_t taken = 0;

  private:
    Input input_;
    size_t chunk_ = 0, at_ = 0;
};

// Passes everything on and notes whether the protocol has had any byte of a message: how a session's clean
// end is told from a message cut short.
class Watch : public TVirtualTransport<Watch>
{
  public:
    explicit Watch(std::shared_ptr<TTransport> inner) : inner_(inner) {}
    bool isOpen() const override { return inner_->isOpen(); }
    bool peek() override { return inner_->peek(); }
    uint32_t read(uint8_t *to, uint32_t len)
    {
        uint32_t n = inner_->read(to, len);
        moved = moved || n > 0;
        return n;
    }
    const uint8_t *borrow(uint8_t *to, uint32_t *len) { return inner_->borrow(to, len); }
    void consume(uint32_t len)
    {
        inner_->consume(len);
        moved = true;
    }
    uint32_t readEnd() override { return inner_->readEnd(); }
    bool moved = false;

  private:
    std::shared_ptr<TTransport> inner_;
};

struct Stack {
    std::shared_ptr<TMemoryBuffer> memory = std::make_shared<TMemoryBuffer>();
    std::shared_ptr<Chunks> chunks; // in place of memory, for input of several chunks
    std::shared_ptr<Watch> watch;
    std::shared_ptr<TTransport> top;
    std::shared_ptr<TProtocol> protocol;
    bool zlib = false;
    size_t length = 0;

    explicit Stack(const std::string &name, const Input &input = Input(1), bool watched = false)
    {
        load(input);
        top = memory;
        if (input.size() > 1) top = chunks = std::make_shared<Chunks>(input);
        std::string rest = name;
        for (size_t slash; (slash = rest.find('/')) != std::string::npos; rest = rest.substr(slash + 1)) {
            std::string layer = rest.substr(0, slash);
            if (layer == "framed") {
                top = std::make_shared<TFramedTransport>(top);
            } else if (layer == "zlib") {
                top = std::make_shared<TZlibTransport>(top);
                zlib = true;
            } else {
                throw Failure{"unsupported", name};
            }
        }
        if (watched) top = watch = std::make_shared<Watch>(top);
        if (rest == "compact")
            protocol = std::make_shared<TCompactProtocol>(top);
        else if (rest == "binary" || rest == "binary-old" || rest == "binary-strict")
            protocol =
                std::make_shared<TBinaryProtocol>(top, 0, 0, rest == "binary-strict", rest != "binary-old");
        else
            throw Failure{"unsupported", name};
    }

    void load(const Input &input)
    {
        Bytes all = testee::joined(input);
        length = all.size();
        memory->resetBuffer(reinterpret_cast<uint8_t *>(&all[0]), uint32_t(length), TMemoryBuffer::COPY);
    }
    size_t taken() const { return chunks ? chunks->taken : length - memory->available_read(); }
    std::string consumed() const { return zlib ? "?" : std::to_string(taken()); }

    // What has been written since the last call.
    Bytes drain()
    {
        top->flush();
        return memory->readAsString(memory->available_read());
    }
};
