#include "cli/cli.h"

#include "cli/report_file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STEP ((size_t)1 << 16)

/* Words of the command line stand in complaints: they may be long, and hold what would move the cursor. */
static void complain(const char *verb, const char *format, va_list args)
{
    char text[4096];
    vsnprintf(text, sizeof text, format, args);
    fprintf(stderr, "assay %s: ", verb);
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at < 0x20 || *at == 0x7f)
            fprintf(stderr, "\\x%02x", *at);
        else
            fputc(*at, stderr);
    }
    fputc('\n', stderr);
}

void assay_cli_complain(const char *verb, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    complain(verb, format, args);
    va_end(args);
}

int assay_cli_usage(const char *verb, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    complain(verb, format, args);
    va_end(args);
    fprintf(stderr, "assay %s --help tells how it is used\n", verb);
    return ASSAY_EXIT_USAGE;
}

static bool is_standard(const char *path)
{
    return !path || strcmp(path, "-") == 0;
}

static int read_all(const char *verb, const char *name, int fd, tw_buffer *to)
{
    size_t start = to->len;
    for (;;) {
        uint8_t *at = tw_buffer_reserve(to, STEP);
        if (!at) {
            assay_cli_complain(verb, "out of memory while reading %s", name);
            return ASSAY_EXIT_SOFTWARE;
        }
        ssize_t n = read(fd, at, STEP);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            assay_cli_complain(verb, "cannot read %s: %s", name, strerror(errno));
            return ASSAY_EXIT_IO;
        }
        if (n == 0) return ASSAY_EXIT_OK;
        to->len += (size_t)n;
        if (to->len - start > ASSAY_INPUT_MAX) {
            assay_cli_complain(verb, "%s is larger than 1 GiB", name);
            return ASSAY_EXIT_IO;
        }
    }
}

int assay_cli_read(const char *verb, const char *path, tw_buffer *to)
{
    if (is_standard(path)) return read_all(verb, "standard input", STDIN_FILENO, to);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        assay_cli_complain(verb, "cannot open %s: %s", path, strerror(errno));
        return ASSAY_EXIT_IO;
    }
    int code = read_all(verb, path, fd, to);
    close(fd);
    return code;
}

/* Who pipes into `head` has seen enough, and knows it. */
static bool reader_left(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&out, 1, 0) > 0 && (out.revents & (POLLERR | POLLHUP)) != 0;
}

int assay_cli_flush(const char *verb)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return ASSAY_EXIT_OK;
    int why = errno;
    if (!reader_left()) assay_cli_complain(verb, "cannot write to standard output: %s", strerror(why));
    return ASSAY_EXIT_IO;
}

static int write_standard(const char *verb, tw_bytes bytes)
{
    bool done = fflush(stdout) == 0;
    while (done && bytes.len > 0) {
        ssize_t n = write(STDOUT_FILENO, bytes.data, bytes.len);
        if (n < 0 && errno == EINTR) continue;
        done = n >= 0;
        if (!done) break;
        bytes.data += n;
        bytes.len -= (size_t)n;
    }
    if (done) return ASSAY_EXIT_OK;
    if (errno != EPIPE) assay_cli_complain(verb, "cannot write to standard output: %s", strerror(errno));
    return ASSAY_EXIT_IO;
}

int assay_cli_write(const char *verb, const char *path, tw_bytes bytes)
{
    if (is_standard(path)) return write_standard(verb, bytes);
    return assay_report_file_write(path, bytes) ? ASSAY_EXIT_OK : ASSAY_EXIT_IO;
}

int assay_cli_print(const char *text)
{
    return assay_cli_write("help", NULL, tw_bytes_of(text, strlen(text)));
}

bool assay_cli_to_terminal(const char *path)
{
    return is_standard(path) && isatty(STDOUT_FILENO) == 1;
}

bool assay_cli_colour_read(const char *verb, const char *name, assay_colour *colour)
{
    static const char *const names[] = {"auto", "always", "never"};
    if (!name) name = "always";
    for (unsigned i = 0; i < 3; i++) {
        if (strcmp(name, names[i]) != 0) continue;
        *colour = (assay_colour)i;
        return true;
    }
    assay_cli_usage(verb, "--color is auto, always or never, not \"%.60s\"", name);
    return false;
}

bool assay_cli_colour(assay_colour colour, const char *path)
{
    if (colour != ASSAY_COLOUR_AUTO) return colour == ASSAY_COLOUR_ALWAYS;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    if (no_color && *no_color) return false;
    return assay_cli_to_terminal(path) && !(term && strcmp(term, "dumb") == 0);
}
