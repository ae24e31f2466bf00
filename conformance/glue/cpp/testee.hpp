// What testees in C++ share: lines, hex, and the dialogue of conformance/PROTOCOL.md over standard input and
// output. Knows no Thrift library. A testee derives from Testee, and its main is `return serve(testee)` after
// claim_stdout().
#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace testee
{

using Bytes = std::string;
using Input = std::vector<Bytes>; // the chunks of one request's bytes; one empty chunk for `-`

inline Bytes joined(const Input &input)
{
    Bytes all;
    for (const Bytes &chunk : input) all += chunk;
    return all;
}

// What `ok` carries.
struct Answer {
    std::string consumed; // a number, or "?"
    Bytes bytes;
};

// Any other answer: thrown by the glue, or made of the library's exception by Testee::failure.
struct Failure {
    std::string word; // reject fault nomem handed-up unsupported error
    std::string text;
};

// Receives the messages of a session.
struct Parts {
    virtual void part(const Bytes &message) = 0;
    virtual ~Parts() = default;
};

class Testee
{
  public:
    virtual ~Testee() = default;
    virtual std::string hello() = 0; // JSON on one line
    virtual Failure failure() = 0;   // sorts the exception being handled (rethrow it with `throw;`)

    virtual Answer transcode(const std::string &in, const std::string &out, const Input &input) = 0;
    virtual Answer skip(const std::string &, const Input &) { throw Failure{"unsupported", "skip"}; }
    virtual Answer message(const std::string &, const std::string &, const Input &)
    {
        throw Failure{"unsupported", "message"};
    }
    virtual Answer session(unsigned, const std::string &, const std::string &, const Input &, Parts &)
    {
        throw Failure{"unsupported", "session"};
    }
    virtual Answer reuse(const std::string &, const std::string &, const Input &, const Input &)
    {
        throw Failure{"unsupported", "reuse"};
    }
    virtual Answer typed(const std::string &, const std::string &, const std::string &, const Input &)
    {
        throw Failure{"unsupported", "typed"};
    }
};

struct BadRequest {
};

inline unsigned nibble(char c)
{
    if (c >= '0' && c <= '9') return unsigned(c - '0');
    if (c >= 'a' && c <= 'f') return unsigned(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return unsigned(c - 'A' + 10);
    throw BadRequest();
}

inline Input unhex(const std::string &text)
{
    Input input(1);
    if (text == "-") return input;
    if (text.empty() || text.back() == ',') throw BadRequest();
    for (size_t i = 0; i < text.size(); i += 2) {
        if (text[i] == ',' && !input.back().empty()) {
            input.emplace_back();
            i++;
        }
        if (i + 1 >= text.size()) throw BadRequest();
        input.back() += char(nibble(text[i]) << 4 | nibble(text[i + 1]));
    }
    return input;
}

inline std::string hex(const Bytes &bytes)
{
    static const char digits[] = "0123456789abcdef";
    if (bytes.empty()) return "-";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (unsigned char c : bytes) {
        text += digits[c >> 4];
        text += digits[c & 15];
    }
    return text;
}

constexpr size_t longest_line = 64u << 20;

// The descriptor for replies. Whatever else prints to standard output from now on lands on standard error.
inline int claim_stdout()
{
    int replies = fcntl(1, F_DUPFD_CLOEXEC, 3);
    if (replies < 0 || dup2(2, 1) < 0) std::exit(1);
    return replies;
}

class Replies : public Parts
{
  public:
    Replies(int fd, const std::string &id) : fd_(fd), id_(id) {}

    void line(const std::string &text)
    {
        std::string all = id_ + " " + (text.size() < longest_line - 16 ? text : "error too-long") + "\n";
        for (size_t done = 0; done < all.size();) {
            ssize_t n = write(fd_, all.data() + done, all.size() - done);
            if (n < 0) std::exit(1); // the suite is gone
            done += size_t(n);
        }
    }
    void part(const Bytes &message) override { line("part " + hex(message)); }
    void answer(const Answer &answer) { line("ok " + answer.consumed + " " + hex(answer.bytes)); }
    void failure(const Failure &failure)
    {
        std::string text = failure.text.substr(0, 300);
        for (char &c : text)
            if (c < ' ' || c > '~') c = ' ';
        line(failure.word + " " + text);
    }

  private:
    int fd_;
    std::string id_;
};

inline unsigned number(const std::string &word)
{
    if (word.empty() || word.size() > 10 || word.find_first_not_of("0123456789") != std::string::npos)
        throw BadRequest();
    unsigned long long value = std::strtoull(word.c_str(), nullptr, 10);
    if (value > UINT32_MAX) throw BadRequest();
    return unsigned(value);
}

// Answers one request. False after `bye`.
inline bool handle(Testee &testee, const std::vector<std::string> &words, Replies &replies)
{
    const std::string verb = words.at(1);
    auto word = [&](size_t i) { return i < words.size() ? words[i] : throw BadRequest(); };
    if (verb == "bye") {
        replies.line("ok 0 -");
        return false;
    }
    if (verb == "hello" && word(2) != "1") {
        replies.line("error only version 1 is spoken");
    } else if (verb == "hello") {
        replies.line("hello " + testee.hello());
    } else if (verb == "echo") {
        Bytes bytes = joined(unhex(word(2)));
        replies.answer({std::to_string(bytes.size()), bytes});
    } else if (verb == "transcode") {
        replies.answer(testee.transcode(word(2), word(3), unhex(word(4))));
    } else if (verb == "skip") {
        replies.answer(testee.skip(word(2), unhex(word(3))));
    } else if (verb == "message") {
        replies.answer(testee.message(word(2), word(3), unhex(word(4))));
    } else if (verb == "session") {
        replies.answer(testee.session(number(word(2)), word(3), word(4), unhex(word(5)), replies));
    } else if (verb == "reuse") {
        replies.answer(testee.reuse(word(2), word(3), unhex(word(4)), unhex(word(5))));
    } else if (verb == "typed") {
        replies.answer(testee.typed(word(2), word(3), word(4), unhex(word(5))));
    } else {
        replies.line("unsupported " + verb);
    }
    return true;
}

// Answers requests until `bye` or the end of the input. Returns the status to exit with.
inline int serve(Testee &testee, int replies_fd)
{
    std::ios::sync_with_stdio(false);
    std::string line;
    while (std::getline(std::cin, line)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        std::vector<std::string> words;
        std::istringstream split(line);
        for (std::string word; split >> word;) words.push_back(word);
        try {
            if (words.size() < 2) throw BadRequest();
            number(words[0]);
            Replies replies(replies_fd, words[0]);
            try {
                if (!handle(testee, words, replies)) return 0;
            } catch (const BadRequest &) {
                throw;
            } catch (const Failure &failure) {
                replies.failure(failure);
            } catch (...) {
                replies.failure(testee.failure());
            }
        } catch (const BadRequest &) {
            Replies(replies_fd, "0").line("error bad request");
            return 1;
        }
    }
    return 0;
}

} // namespace testee
