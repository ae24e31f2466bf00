/* Apache Thrift's C library on GLib (libthrift_c_glib) as a testee.
 *
 * Documented errors, answered as `reject`: a function's result of -1 (or FALSE), with its GError or, as the
 * library often has it, without one. GLib ends the process when memory is refused, so that there is no
 * `nomem`, and the library's assertions end it too. A result is judged as generated code judges it: by its
 * sign, not by whether a GError was left. Input of one chunk comes from the library's own memory buffer.
 * Several chunks, sessions and `reuse` need a transport that reports its end, as the library's sockets do and
 * its memory buffer does not: Feed, in stack.h. `reuse` resets by closing and opening the transport, as a
 * client does that connects again; the library has no other means.
 */
#include "copy.h"
#include "stack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/personality.h>
#include <unistd.h>

/* The library reads memory that it has not set: the rest of a frame's length that came in two reads, for one.
 * What stands there is made the same each time, so that its answers repeat; this helps and harms nothing else. */
#define STALE 0x5a
static __attribute__((noinline)) void even_the_stack(void)
{
    volatile unsigned char stale[1 << 16];
    for (size_t i = 0; i < sizeof stale; i++) stale[i] = STALE;
}

static testee_answer failed(Work *w)
{
    testee_answer answer = {.word = w->word != NULL ? w->word : "reject"};
    const char *why = w->error != NULL ? w->error->message : "-1 without a GError";
    snprintf(answer.text, sizeof answer.text, "%s", w->word != NULL ? w->text : why);
    g_clear_error(&w->error);
    return answer;
}

static testee_answer unsupported(const char *in, const char *out)
{
    testee_answer answer = {.word = "unsupported"};
    snprintf(answer.text, sizeof answer.text, "%s to %s", in, out);
    return answer;
}

/* What has been written since the last call, from malloc. */
static gboolean drain(Stack *s, Work *w, testee_bytes *bytes)
{
    if (!thrift_transport_flush(s->top, &w->error)) return FALSE;
    bytes->len = s->memory->len;
    bytes->data = malloc(bytes->len + 1);
    if (bytes->data == NULL) return refuse(w, "error", "no memory");
    if (bytes->len > 0) memcpy(bytes->data, s->memory->data, bytes->len);
    g_byte_array_set_size(s->memory, 0);
    return TRUE;
}

static testee_answer one(const char *in, const char *out, const testee_input *first,
                         const testee_input *input, gboolean (*step)(Work *))
{
    Stack from, to;
    if (!stack_open(&from, in, first != NULL ? first : input, first != NULL)) return unsupported(in, out);
    if (!stack_open(&to, out, NULL, FALSE)) {
        stack_close(&from);
        return unsupported(in, out);
    }
    if (first != NULL) { /* reuse: however struct 1 ends, the same objects go on with struct 2 */
        Stack ignored;
        stack_open(&ignored, out, NULL, FALSE);
        Work before = {.in = from.protocol, .out = ignored.protocol};
        step(&before);
        g_clear_error(&before.error);
        stack_close(&ignored);
        thrift_transport_close(from.layers[from.count - 2], NULL);
        from.feed->input = input;
        from.feed->at = 0;
        thrift_transport_open(from.layers[from.count - 2], NULL);
    }
    Work w = {.in = from.protocol, .out = to.protocol};
    testee_answer answer = {.word = "ok", .known = !from.zlib};
    even_the_stack();
    if (step(&w) && (step == skip_value || drain(&to, &w, &answer.bytes)))
        answer.consumed = stack_taken(&from);
    else
        answer = failed(&w);
    g_clear_error(&w.error);
    stack_close(&from);
    stack_close(&to);
    return answer;
}

static testee_answer transcode(const char *in, const char *out, const testee_input *input)
{
    return one(in, out, NULL, input, copy_value);
}

static testee_answer skip(const char *in, const testee_input *input)
{
    return one(in, "binary", NULL, input, skip_value);
}

static testee_answer message(const char *in, const char *out, const testee_input *input)
{
    return one(in, out, NULL, input, copy_message);
}

static testee_answer reuse(const char *in, const char *out, const testee_input *first,
                           const testee_input *second)
{
    return one(in, out, first, second, copy_value);
}

static testee_answer session(uint32_t count, const char *in, const char *out, const testee_input *input)
{
    Stack from, to;
    if (!stack_open(&from, in, input, TRUE)) return unsupported(in, out);
    if (!stack_open(&to, out, NULL, FALSE)) {
        stack_close(&from);
        return unsupported(in, out);
    }
    Work w = {.in = from.protocol, .out = to.protocol};
    testee_answer answer = {.word = "ok", .known = !from.zlib};
    for (uint32_t i = 0; i < count; i++) {
        testee_bytes bytes;
        from.watch->moved = FALSE;
        gboolean all_taken = from.zlib || stack_taken(&from) == from.length; /* zlib reads ahead */
        even_the_stack();
        if (!copy_message(&w) || !drain(&to, &w, &bytes)) {
            gboolean at_end = all_taken && stack_taken(&from) == from.length && !from.watch->moved;
            if (!at_end) answer = failed(&w);
            break;
        }
        testee_part(bytes);
        free(bytes.data);
        g_clear_error(&w.error);
    }
    answer.consumed = stack_taken(&from);
    g_clear_error(&w.error);
    stack_close(&from);
    stack_close(&to);
    return answer;
}

/* For the same reason addresses are the same each time, where the system allows that. */
static void same_addresses(char **argv)
{
    int now = personality(0xffffffff);
    if (now != -1 && !(now & ADDR_NO_RANDOMIZE) && personality(now | ADDR_NO_RANDOMIZE) != -1)
        execv("/proc/self/exe", argv);
}

int main(int argc, char **argv)
{
    (void)argc;
    static const testee c_glib = {
        .hello = "{\"name\": \"apache-c-glib\", \"version\": \"" GLUE_VERSION "\", \"language\": \"C\", "
                 "\"homepage\": \"https://thrift.apache.org/\", \"issues\": "
                 "\"https://issues.apache.org/jira/browse/THRIFT\", "
                 "\"protocols\": [\"binary\", \"compact\"], \"transports\": [\"framed\", \"zlib\", "
                 "\"framed/zlib\"], "
                 "\"verbs\": [\"transcode\", \"skip\", \"message\", \"session\", \"reuse\"], "
                 "\"types\": [\"bool\", \"i8\", \"i16\", \"i32\", \"i64\", \"double\", \"string\", "
                 "\"struct\", \"map\", "
                 "\"set\", \"list\"], \"window\": 16, \"chunks\": true, \"consumed\": true, "
                 "\"limits\": {\"frame\": 16384000, \"message\": 104857600}}",
        .transcode = transcode,
        .skip = skip,
        .message = message,
        .session = session,
        .reuse = reuse,
    };
    same_addresses(argv);
    return testee_serve(&c_glib);
}
