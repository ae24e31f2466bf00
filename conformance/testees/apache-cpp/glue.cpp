// Apache Thrift's C++ library (libthrift, libthriftz) as a testee.
//
// Documented errors, answered as `reject`: apache::thrift::TException and what derives from it
// (TProtocolException, TTransportException, TZlibTransportException). std::bad_alloc and std::length_error
// are `nomem`; anything else is a `fault`. The recursion limit (64 structs) is the library's: its tracker is
// applied to each struct as generated code does. `reuse` resets by closing and opening the transport, as a
// client does that connects again, over a memory buffer that is reset; the library has no other means. `typed` is
// there where setup found a compiler.

#include "copy.hpp"
#include "typed.hpp"

#include <new>

#include <thrift/config.h>

using testee::Answer;

class ApacheCpp : public testee::Testee
{
  public:
    std::string hello() override
    {
        return "{\"name\": \"apache-cpp\", \"version\": \"" PACKAGE_VERSION "\", \"language\": \"C++17\", "
               "\"homepage\": \"https://thrift.apache.org/\", \"issues\": "
               "\"https://issues.apache.org/jira/browse/THRIFT\", "
               "\"protocols\": [\"binary\", \"binary-old\", \"binary-strict\", \"compact\"], "
               "\"transports\": [\"framed\", \"zlib\", \"framed/zlib\", \"zlib/framed\"], "
               "\"verbs\": [\"transcode\", \"skip\", \"message\", \"session\", \"reuse\"" TYPED_VERB "], "
               "\"types\": [\"bool\", \"i8\", \"i16\", \"i32\", \"i64\", \"double\", \"string\", \"struct\", "
               "\"map\", \"set\", "
               "\"list\"], \"window\": 16, \"chunks\": true, \"consumed\": true, "
               "\"limits\": {\"depth\": 64, \"frame\": 16384000, \"message\": 104857600}}";
    }

    Failure failure() override
    {
        try {
            throw;
        } catch (const apache::thrift::TException &e) {
            return {"reject", e.what()};
        } catch (const std::bad_alloc &e) {
            return {"nomem", e.what()};
        } catch (const std::length_error &e) {
            return {"nomem", e.what()};
        } catch (const std::exception &e) {
            return {"fault", e.what()};
        } catch (...) {
            return {"fault", "an exception of no known type"};
        }
    }

    Answer transcode(const std::string &in, const std::string &out, const Input &input) override
    {
        Stack from(in, input), to(out);
        copy(*from.protocol, *to.protocol, T_STRUCT);
        return {from.consumed(), to.drain()};
    }

    Answer skip(const std::string &in, const Input &input) override
    {
        Stack from(in, input);
        from.protocol->skip(T_STRUCT);
        return {from.consumed(), ""};
    }

    Answer typed(const std::string &name, const std::string &in, const std::string &out,
                 const Input &input) override
    {
        Stack from(in, input), to(out);
        copy_typed(name, *from.protocol, *to.protocol);
        return {from.consumed(), to.drain()};
    }

    Answer message(const std::string &in, const std::string &out, const Input &input) override
    {
        Stack from(in, input), to(out);
        copy_message(*from.protocol, *to.protocol);
        return {from.consumed(), to.drain()};
    }

    Answer session(unsigned count, const std::string &in, const std::string &out, const Input &input,
                   testee::Parts &parts) override
    {
        Stack from(in, input, true), to(out);
        for (unsigned i = 0; i < count; i++) {
            from.watch->moved = false;
            size_t before = from.taken();
            try {
                copy_message(*from.protocol, *to.protocol);
            } catch (const TTransportException &e) {
                // zlib reads ahead; a frame that is cut is a length that was taken.
                bool at_end = from.taken() == from.length && !from.watch->moved &&
                              (from.zlib || before == from.length);
                if (e.getType() == TTransportException::END_OF_FILE && at_end) break;
                throw;
            }
            parts.part(to.drain());
        }
        return {from.consumed(), ""};
    }

    Answer reuse(const std::string &in, const std::string &out, const Input &first,
                 const Input &second) override
    {
        Stack from(in, {testee::joined(first)}), ignored(out), to(out);
        try {
            copy(*from.protocol, *ignored.protocol, T_STRUCT);
        } catch (...) {
            // However struct 1 ends: that is the point.
        }
        from.top->close();
        from.load(second);
        from.top->open();
        copy(*from.protocol, *to.protocol, T_STRUCT);
        return {from.consumed(), to.drain()};
    }
};

int main()
{
    int replies = testee::claim_stdout();
    ApacheCpp cpp;
    return testee::serve(cpp, replies);
}
