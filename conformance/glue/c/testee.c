#include "testee.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LONGEST_LINE ((size_t)64 << 20)
#define MOST_WORDS 6

static FILE *replies;
static const char *open_id; /* of the request being answered */

static void *claim(void *memory)
{
    if (memory == NULL) {
        fputs("testee: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

static void say(const char *id, const char *text)
{
    if (fprintf(replies, "%s %s\n", id, text) < 0 || fflush(replies) != 0) exit(1); /* the suite is gone */
}

static void say_bytes(const char *head, testee_bytes bytes)
{
    static const char digits[] = "0123456789abcdef";
    if (bytes.len > (LONGEST_LINE - 64) / 2) {
        say(open_id, "error too-long");
        return;
    }
    char *hex = claim(malloc(2 * bytes.len + 2));
    for (size_t i = 0; i < bytes.len; i++) {
        hex[2 * i] = digits[bytes.data[i] >> 4];
        hex[2 * i + 1] = digits[bytes.data[i] & 15];
    }
    hex[2 * bytes.len] = 0;
    if (bytes.len == 0) memcpy(hex, "-", 2);
    if (fprintf(replies, "%s %s %s\n", open_id, head, hex) < 0 || fflush(replies) != 0) exit(1);
    free(hex);
}

void testee_part(testee_bytes message)
{
    say_bytes("part", message);
}

static void say_answer(testee_answer *answer)
{
    char head[256] = "ok ?";
    if (strcmp(answer->word, "ok") == 0) {
        if (answer->known) snprintf(head, sizeof head, "ok %zu", answer->consumed);
        say_bytes(head, answer->bytes);
    } else {
        for (char *c = answer->text; *c != '\0'; c++)
            if (*c < ' ' || *c > '~') *c = ' ';
        snprintf(head, sizeof head, "%s %s", answer->word, answer->text);
        say(open_id, head);
    }
    free(answer->bytes.data);
}

static int nibble(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static bool unhex(const char *text, testee_input *input)
{
    size_t most = strlen(text) / 2 + 1;
    *input = (testee_input){
        .bytes = {claim(malloc(most)), 0}, .ends = claim(calloc(most, sizeof(size_t))), .count = 0};
    if (strcmp(text, "-") == 0) {
        input->count = 1;
        return true;
    }
    size_t began = 0;
    for (;;) {
        if (*text == ',' || *text == '\0') {
            if (input->bytes.len == began) return false;
            began = input->ends[input->count++] = input->bytes.len;
            if (*text == '\0') return true;
            text++;
        } else {
            int high = nibble(text[0]), low = high < 0 ? -1 : nibble(text[1]);
            if (low < 0) return false;
            input->bytes.data[input->bytes.len++] = (uint8_t)(high << 4 | low);
            text += 2;
        }
    }
}

static void drop(testee_input *input)
{
    free(input->bytes.data);
    free(input->ends);
}

static bool number(const char *text, uint32_t *value)
{
    unsigned long long n = 0;
    if (*text == '\0' || strlen(text) > 10) return false;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9') return false;
        n = 10 * n + (unsigned)(*text - '0');
    }
    *value = (uint32_t)n;
    return n <= UINT32_MAX;
}

/* The verbs that carry bytes. False when the request cannot be parsed. */
static bool handle(const testee *t, char *const *w, int count)
{
    const char *verb = w[1];
    testee_input first = {0}, second = {0};
    testee_answer answer = {.word = "unsupported"};
    uint32_t messages;
    bool parsed = true;
    snprintf(answer.text, sizeof answer.text, "%s", verb);
    if (strcmp(verb, "echo") == 0) {
        if ((parsed = count == 3 && unhex(w[2], &first))) {
            answer = (testee_answer){
                .word = "ok", .known = true, .consumed = first.bytes.len, .bytes = first.bytes};
            first.bytes.data = NULL;
        }
    } else if (strcmp(verb, "transcode") == 0 && t->transcode != NULL) {
        if ((parsed = count == 5 && unhex(w[4], &first))) answer = t->transcode(w[2], w[3], &first);
    } else if (strcmp(verb, "skip") == 0 && t->skip != NULL) {
        if ((parsed = count == 4 && unhex(w[3], &first))) answer = t->skip(w[2], &first);
    } else if (strcmp(verb, "message") == 0 && t->message != NULL) {
        if ((parsed = count == 5 && unhex(w[4], &first))) answer = t->message(w[2], w[3], &first);
    } else if (strcmp(verb, "session") == 0 && t->session != NULL) {
        if ((parsed = count == 6 && number(w[2], &messages) && unhex(w[5], &first)))
            answer = t->session(messages, w[3], w[4], &first);
    } else if (strcmp(verb, "reuse") == 0 && t->reuse != NULL) {
        if ((parsed = count == 6 && unhex(w[4], &first) && unhex(w[5], &second)))
            answer = t->reuse(w[2], w[3], &first, &second);
    }
    drop(&first);
    drop(&second);
    if (parsed) say_answer(&answer);
    return parsed;
}

int testee_serve(const testee *t)
{
    /* Whatever else prints to standard output from now on lands on standard error. */
    int fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    if (fd < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0 || (replies = fdopen(fd, "w")) == NULL) return 1;

    char *line = NULL;
    size_t size = 0;
    bool going = true;
    int status = 0;
    while (going && status == 0 && getline(&line, &size, stdin) > 0) {
        char *words[MOST_WORDS + 1], *rest = line, *word;
        int count = 0;
        uint32_t id;
        while (count <= MOST_WORDS && (word = strtok_r(rest, " \r\n", &rest)) != NULL) words[count++] = word;
        bool parsed = count >= 2 && number(words[0], &id);
        if (parsed) {
            open_id = words[0];
            if (strcmp(words[1], "bye") == 0) {
                say(open_id, "ok 0 -");
                going = false;
            } else if (strcmp(words[1], "hello") != 0) {
                parsed = handle(t, words, count);
            } else if ((parsed = count == 3) && strcmp(words[2], "1") == 0) {
                fprintf(replies, "%s hello ", open_id);
                if (fprintf(replies, "%s\n", t->hello) < 0 || fflush(replies) != 0) exit(1);
            } else if (parsed) {
                say(open_id, "error only version 1 is spoken");
            }
        }
        if (!parsed) {
            say("0", "error bad request");
            status = 1;
        }
    }
    free(line);
    return status;
}
