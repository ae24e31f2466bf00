#include "suite/testee/test/fake_testee.h"
#include "suite/testee/reference/reference.h"
#include "suite/testee/test/fake_script.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { HELD_MAX = 64 };

typedef struct fake {
    fake_script script;
    int in, out;
    assay_reference *reference;
    unsigned long number; /* requests so far, hello not counted */
    unsigned long hellos;
    tw_buffer requests;   /* bytes read */
    tw_buffer reply;      /* of the request at hand */
    tw_buffer kept;       /* keep */
    char *held[HELD_MAX]; /* reverse */
    size_t held_count;
} fake;

static void pause_ms(unsigned long ms)
{
    struct timespec left = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR) {
    }
}

static void sleep_for_ever(void)
{
    for (;;) pause_ms(3600000);
}

/* Whoever reads is gone: nothing is left to do. */
static void put(int fd, const void *data, size_t len)
{
    const char *at = data;
    while (len > 0) {
        ssize_t n = write(fd, at, len);
        if (n <= 0) _exit(9);
        at += n;
        len -= (size_t)n;
    }
}

static void put_text(int fd, const char *text)
{
    put(fd, text, strlen(text));
}

static const fake_word *word_of(const fake *f, const char *name, const char *line)
{
    return fake_script_find(&f->script, name, f->number, line);
}

static void burn(unsigned long ms)
{
    clock_t end = clock() + (clock_t)(ms * (CLOCKS_PER_SEC / 1000));
    while (clock() < end) {
    }
}

/* ---- before the hello ---- */

static void leave_child(const fake *f, bool own_session)
{
    (void)f;
    if (fork() != 0) return;
    if (own_session) setsid();
    pause_ms(own_session ? 5000 : 3600000); /* nobody kills the stray one: it must not stay for long */
    _exit(0);
}

static void tell(void)
{
    char text[4096] = "descriptors";
    size_t at = strlen(text);
    struct rlimit core = {1, 1};
    struct sigaction pipe_action;
    for (int fd = 0; fd < 256; fd++)
        if (fcntl(fd, F_GETFD) >= 0) at += (size_t)snprintf(text + at, sizeof text - at, " %d", fd);
    getrlimit(RLIMIT_CORE, &core);
    sigaction(SIGPIPE, NULL, &pipe_action);
    snprintf(text + at, sizeof text - at, "; core %llu; group %d; session %d; pipe signal %s\n",
             (unsigned long long)core.rlim_cur, (int)getpgid(0), (int)getsid(0),
             pipe_action.sa_handler == SIG_DFL ? "default" : "changed");
    put_text(2, text);
}

static void begin(fake *f)
{
    const fake_word *w;
    if (word_of(f, "deaf", NULL)) {
        signal(SIGTERM, SIG_IGN);
        signal(SIGINT, SIG_IGN);
        signal(SIGQUIT, SIG_IGN);
        signal(SIGHUP, SIG_IGN);
    }
    if ((w = word_of(f, "early-stderr", NULL))) {
        put_text(2, w->value);
        put_text(2, "\n");
    }
    if (word_of(f, "tell", NULL)) tell();
    if ((w = word_of(f, "exit-early", NULL))) _exit((int)fake_word_number(w));
    if (word_of(f, "orphan", NULL)) leave_child(f, false);
    if (word_of(f, "stray", NULL)) leave_child(f, true);
    if (word_of(f, "noise", NULL)) put_text(f->out, "Welcome to the fake library!\n");
}

static void answer_hello(fake *f, const char *id, const char *version)
{
    const fake_word *w, *window = word_of(f, "window", NULL);
    char line[1024];
    if (word_of(f, "no-hello", NULL)) return;
    if ((w = word_of(f, "slow-hello", NULL))) pause_ms(fake_word_number(w));
    f->hellos++;
    bool known = strcmp(version, "1") == 0 || word_of(f, "any-hello", NULL);
    if (!known)
        snprintf(line, sizeof line, "%s error unknown version\n", id);
    else if (word_of(f, "bad-hello", NULL))
        snprintf(line, sizeof line, "%s hello {\"name\": \"fa\n", id);
    else if ((w = word_of(f, "hello", NULL)))
        snprintf(line, sizeof line, "%s hello %s\n", id, w->value);
    else
        snprintf(
            line, sizeof line,
            "%s hello {\"name\": \"fake\", \"version\": \"%lu\", \"language\": \"C11\", \"window\": %lu, "
            "\"protocols\": [\"binary\", \"binary-old\", \"binary-strict\", \"compact\"], "
            "\"transports\": [\"framed\", \"zlib\", \"framed/zlib\", \"zlib/framed\"], "
            "\"verbs\": [\"transcode\", \"read\", \"skip\", \"message\", \"session\", \"reuse\", \"typed\"], "
            "\"types\": [\"bool\", \"i8\", \"i16\", \"i32\", \"i64\", \"double\", \"string\", \"struct\", "
            "\"map\", "
            "\"set\", \"list\", \"uuid\"], \"chunks\": true, \"consumed\": true}\n",
            id, word_of(f, "moody", NULL) ? f->hellos : 1, window ? fake_word_number(window) : 16);
    tw_buffer_append(&f->reply, line, strlen(line));
}

/* ---- instead of an answer ---- */

static void flood(int fd)
{
    char block[4096];
    memset(block, 'x', sizeof block);
    for (;;) put(fd, block, sizeof block);
}

static void put_half(const fake *f)
{
    put(f->out, f->reply.data, f->reply.len / 2);
}

/* What never comes back, or takes the answer's place. */
static void replace(fake *f, const char *id, const char *line)
{
    static const char *const words[] = {"reject", "fault", "nomem", "handed-up", "unsupported", "error"};
    const fake_word *w;
    char text[160] = "";
    if (word_of(f, "crash", line)) {
        signal(SIGSEGV, SIG_DFL); /* not the sanitizer's */
        raise(SIGSEGV);
    }
    if ((w = word_of(f, "signal", line))) raise((int)fake_word_number(w));
    if ((w = word_of(f, "exit", line))) _exit((int)fake_word_number(w));
    if (word_of(f, "hang", line)) sleep_for_ever();
    if (word_of(f, "spin", line)) burn(3600000);
    if (word_of(f, "flood", line)) flood(f->out);
    if (word_of(f, "half", line)) {
        put_half(f);
        sleep_for_ever();
    }
    if (word_of(f, "half-exit", line)) {
        put_half(f);
        _exit(0);
    }
    if (word_of(f, "close", line)) {
        close(f->out);
        f->out = -1;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        bool utf8 = word_of(f, "utf8", line) != NULL;
        if (word_of(f, words[i], line))
            snprintf(text, sizeof text, "%s %s as the script says%s\n", id, words[i],
                     utf8 ? " \xc3\xa9\xff" : "");
    }
    if (word_of(f, "garbage", line)) snprintf(text, sizeof text, "this is no reply\n");
    if (word_of(f, "stray-id", line)) snprintf(text, sizeof text, "4000000000 ok 0 -\n");
    if (word_of(f, "broken", line)) snprintf(text, sizeof text, "0 error bad request\n");
    if (word_of(f, "too-long", line)) snprintf(text, sizeof text, "%s error too-long\n", id);
    if (word_of(f, "mixed", line))
        snprintf(text, sizeof text, "%s part 00\n4000000000 ok 0 -\n%s ok 0 -\n", id, id);
    if (!*text && !(w = word_of(f, "long", line)) && !word_of(f, "swallow", line)) return;
    tw_buffer_clear(&f->reply);
    if (*text) {
        tw_buffer_append(&f->reply, text, strlen(text));
    } else if (w) {
        snprintf(text, sizeof text, "%s ok 0 ", id);
        tw_buffer_append(&f->reply, text, strlen(text));
        for (unsigned long i = 0; i < fake_word_number(w); i++) tw_buffer_append(&f->reply, "5a", 2);
        tw_buffer_append(&f->reply, "\n", 1);
    }
}

/* ---- besides an answer ---- */

/* From the system and back to it: malloc may keep what is freed. */
static void touch(unsigned long mib, bool keep)
{
    size_t size = (size_t)mib << 20;
    void *block = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED) return;
    for (size_t i = 0; i < size; i += 1024) ((volatile char *)block)[i] = 1;
    if (!keep) munmap(block, size);
}

static void claim(unsigned long mib)
{
    void *block = mmap(NULL, (size_t)mib << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block != MAP_FAILED) munmap(block, (size_t)mib << 20);
}

static void flood_stderr(unsigned long kib)
{
    char line[1024];
    for (unsigned long i = 0; i < kib; i++) {
        int n = snprintf(line, sizeof line, "line %lu of standard error ", i);
        memset(line + n, '.', sizeof line - (size_t)n);
        line[sizeof line - 1] = '\n';
        put(2, line, sizeof line);
    }
}

static void spoil_digits(fake *f, bool lie, bool upper)
{
    char *reply = (char *)f->reply.data;
    if (upper)
        for (size_t i = f->reply.len; i > 0 && reply[i - 1] != ' '; i--)
            if (reply[i - 1] >= 'a' && reply[i - 1] <= 'f') reply[i - 1] = (char)(reply[i - 1] - 'a' + 'A');
    if (!lie || f->reply.len < 2) return;
    char *last = &reply[f->reply.len - 2];
    if (*last == '-') {
        f->reply.len -= 2;
        tw_buffer_append(&f->reply, "00\n", 3);
    } else {
        *last = *last == '0' ? '1' : '0';
    }
}

static void add(fake *f, const char *line)
{
    const fake_word *w;
    if ((w = word_of(f, "slow", line))) pause_ms(fake_word_number(w));
    if ((w = word_of(f, "burn", line))) burn(fake_word_number(w));
    if ((w = word_of(f, "alloc", line))) touch(fake_word_number(w), true);
    if ((w = word_of(f, "claim", line))) claim(fake_word_number(w));
    if ((w = word_of(f, "peak", line))) touch(fake_word_number(w), false);
    if ((w = word_of(f, "flood-stderr", line))) flood_stderr(fake_word_number(w));
    if ((w = word_of(f, "stderr", line))) {
        put_text(2, w->value);
        put_text(2, "\n");
    }
    spoil_digits(f, word_of(f, "lie", line) != NULL, word_of(f, "upper", line) != NULL);
    if (word_of(f, "cr", line) && f->reply.len > 0) {
        f->reply.len--;
        tw_buffer_append(&f->reply, "\r\n", 2);
    }
    if (word_of(f, "twice", line)) {
        size_t len = f->reply.len;
        tw_buffer_reserve(&f->reply, len);
        tw_buffer_append(&f->reply, f->reply.data, len);
    }
    if (word_of(f, "chatter", line)) put_text(f->out, "debug: reading a struct\n");
}

/* ---- the conversation ---- */

static void release(fake *f)
{
    while (f->held_count > 0) {
        char *reply = f->held[--f->held_count];
        put_text(f->out, reply);
        free(reply);
    }
}

static void deliver(fake *f)
{
    unsigned long group = fake_word_number(word_of(f, "reverse", NULL));
    if (f->out < 0) return;
    if (word_of(f, "keep", NULL)) {
        tw_buffer_append(&f->kept, f->reply.data, f->reply.len);
    } else if (group > 1 && f->reply.len > 0) {
        f->held[f->held_count++] = strndup((const char *)f->reply.data, f->reply.len);
        if (f->held_count >= group || f->held_count == HELD_MAX) release(f);
    } else {
        put(f->out, f->reply.data, f->reply.len);
    }
}

static int leave(fake *f)
{
    release(f);
    if (f->out >= 0) put(f->out, f->kept.data, f->kept.len);
    if (word_of(f, "sleepless", NULL)) sleep_for_ever();
    return (int)fake_word_number(word_of(f, "status", NULL));
}

/* `line` ends with a 0. True when it was bye. */
static bool answer(fake *f, char *line, size_t len)
{
    tw_buffer_clear(&f->reply);
    char *verb = memchr(line, ' ', len);
    if (verb && strncmp(verb, " hello ", 7) == 0) {
        *verb = 0;
        answer_hello(f, line, verb + 7);
        deliver(f);
        return false;
    }
    bool bye = verb && strcmp(verb, " bye") == 0;
    if (bye && word_of(f, "rude", NULL)) return true;
    assay_reference_then then = assay_reference_answer(f->reference, tw_bytes_of(line, len), &f->reply);
    if (then == ASSAY_REFERENCE_GO_ON && verb) {
        f->number++;
        *verb = 0;
        replace(f, line, verb + 1);
        add(f, verb + 1);
    }
    deliver(f);
    if (then == ASSAY_REFERENCE_BROKEN) {
        leave(f);
        _exit(1);
    }
    if (bye && word_of(f, "postscript", NULL)) {
        release(f);
        put_text(f->out, "Goodbye!\n");
    }
    return bye;
}

static bool waits(int fd)
{
    struct pollfd in = {.fd = fd, .events = POLLIN};
    return poll(&in, 1, 20) > 0;
}

static int converse(fake *f)
{
    for (;;) {
        uint8_t *end;
        while (f->requests.len > 0 && (end = memchr(f->requests.data, '\n', f->requests.len))) {
            size_t len = (size_t)(end - f->requests.data);
            *end = 0;
            if (answer(f, (char *)f->requests.data, len)) return leave(f);
            tw_buffer_drop(&f->requests, len + 1);
        }
        if (f->held_count > 0 && !waits(f->in)) release(f);
        uint8_t *room = tw_buffer_reserve(&f->requests, 64 * 1024);
        ssize_t n = room ? read(f->in, room, 64 * 1024) : -1;
        if (n <= 0) return leave(f);
        f->requests.len += (size_t)n;
    }
}

int assay_fake_testee_on(const char *script, int in_fd, int out_fd)
{
    fake f = {.in = in_fd, .out = out_fd, .reference = assay_reference_new()};
    if (!f.reference || !fake_script_read(script, &f.script)) {
        put_text(2, "the fake cannot read its script\n");
        assay_reference_free(f.reference);
        return 64;
    }
    tw_buffer_init(&f.requests, NULL);
    tw_buffer_init(&f.reply, NULL);
    tw_buffer_init(&f.kept, NULL);
    begin(&f);
    int status = converse(&f);
    tw_buffer_deinit(&f.requests);
    tw_buffer_deinit(&f.reply);
    tw_buffer_deinit(&f.kept);
    assay_reference_free(f.reference);
    return status;
}

int assay_fake_testee(const char *script)
{
    return assay_fake_testee_on(script, 0, 1);
}

char **assay_fake_argv(assay_fake_command *command, const char *script)
{
    static char self[] = "/proc/self/exe", fake_word_text[] = "--fake";
    snprintf(command->script, sizeof command->script, "%s", script);
    command->argv[0] = self;
    command->argv[1] = fake_word_text;
    command->argv[2] = command->script;
    command->argv[3] = NULL;
    return command->argv;
}

bool assay_fake_wanted(int argc, char **argv)
{
    return argc == 3 && strcmp(argv[1], "--fake") == 0;
}
