/* A testee that misbehaves as its script says; for tests only. What it is not told to spoil, it answers as
 * the reference does.
 *
 * A test program runs itself again as the fake:
 *
 *     int main(int argc, char **argv)
 *     {
 *         if (assay_fake_wanted(argc, argv)) return assay_fake_testee(argv[2]);
 *         ... cmocka ...
 *     }
 *     assay_fake_command command;
 *     options.command = assay_fake_argv(&command, "crash@3");
 *
 * A script is words with blanks between them: ACTION, ACTION=VALUE, each with an optional @WHEN. Numbers
 * count requests other than hello, from 1, in the life of the process:
 *     @N      at the Nth request
 *     @N+     at the Nth and every later one
 *     @~TEXT  at every request whose line (behind the id) contains TEXT; `_` stands for a blank
 *     @~TEXT$ at every request whose line is TEXT
 *     none    at every request
 *
 * Before the hello:
 *     exit-early=S     exits with status S and says nothing
 *     early-stderr=T   writes T to standard error
 *     noise            a line of chatter on standard output before the hello
 *     no-hello         never answers hello, reads on
 *     slow-hello=MS    answers hello late
 *     bad-hello        a hello whose JSON is cut short
 *     hello=JSON       answers hello with that JSON (no blanks in it)
 *     moody            every hello is another one
 *     any-hello        answers a hello of an unknown version too
 *     tell             writes what it inherited to standard error
 *     deaf             ignores SIGTERM, SIGINT, SIGQUIT and SIGHUP
 *     orphan           leaves a child in the same group that holds the pipes for an hour
 *     stray            as orphan, but in a session of its own, which killing the group does not reach
 * At a request, instead of its answer:
 *     crash            dies by SIGSEGV
 *     signal=N         dies by signal N
 *     exit=S           exits with status S
 *     hang             sleeps for ever
 *     spin             burns CPU for ever
 *     half             writes half of the reply, then sleeps for ever
 *     half-exit        writes half of the reply, then exits with status 0
 *     garbage          writes a line that is no reply
 *     stray-id         answers an id that nobody asked for
 *     swallow          answers nothing and reads on
 *     close            closes standard output and reads on
 *     flood            writes to standard output without a line end for ever
 *     long=N           a reply of N bytes, as hex
 *     reject fault nomem handed-up unsupported error too-long broken
 *                      that answer; broken is `0 error bad request`
 *     mixed            a `part` line of another id between the lines of this one
 * At a request, besides its answer:
 *     lie              the last hex digit of the reply is changed (a reply without bytes gets "00")
 *     twice            the reply twice
 *     upper  cr        upper-case hex; CR before LF
 *     utf8             text that is UTF-8 with something invalid behind it, for replies that carry text
 *     slow=MS          late
 *     stderr=TEXT      a line to standard error
 *     flood-stderr=KIB as many KiB to standard error
 *     alloc=MIB        takes and touches as much memory and keeps it
 *     peak=MIB         takes and touches as much memory and gives it back
 *     claim=MIB        takes as much memory and gives it back untouched, which no tick sees
 *     burn=MS          burns as much CPU time
 *     chatter          a line of chatter before the reply
 * For the whole life (no @WHEN):
 *     reverse=N        keeps replies until N have come together, or no more requests wait; gives them last first
 *     keep             replies are written at the end of input only, hello included
 *     window=N         the window that the hello declares
 *     sleepless        does not exit at the end of input or after bye
 *     status=S         the exit status at the end of input and after bye
 *     postscript       writes a line after the reply to bye
 *     rude             exits at bye without a reply
 */
#ifndef SUITE_TESTEE_TEST_FAKE_TESTEE_H
#define SUITE_TESTEE_TEST_FAKE_TESTEE_H

#include <stdbool.h>

/* argv of this program as the fake. */
typedef struct assay_fake_command {
    char script[512];
    char *argv[4];
} assay_fake_command;

/* Fills in and returns command->argv: {"/proc/self/exe", "--fake", script, NULL}. */
char **assay_fake_argv(assay_fake_command *command, const char *script);

/* True when this process was started by such an argv. */
bool assay_fake_wanted(int argc, char **argv);

/* Serves on descriptors 0 and 1 until the script or the input ends; returns the exit status. */
int assay_fake_testee(const char *script);

/* The same on one connected socket. */
int assay_fake_testee_on(const char *script, int in_fd, int out_fd);

#endif
