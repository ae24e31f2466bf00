/* Where a testee is met over a socket: "tcp:HOST:PORT", "tcp:[::1]:PORT" or "unix:PATH". */
#ifndef SUITE_TESTEE_ADDRESS_H
#define SUITE_TESTEE_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct assay_address {
    bool tcp;
    char host[256]; /* tcp; without brackets */
    char port[8];   /* tcp; decimal, below 65536 */
    char path[108]; /* unix */
} assay_address;

/* False when the text is none of the forms; *why (static storage) says what is wrong. */
bool assay_address_parse(const char *text, assay_address *address, const char **why);

/* Listens, plain and blocking, for those who serve. Returns the descriptor, or -1 with a sentence in why
 * (size bytes). A socket file that nobody listens on any more is replaced. `name` (size name_size) gets the
 * address with its true port. */
int assay_address_listen(const assay_address *address, char *name, size_t name_size, char *why, size_t size);

#endif
