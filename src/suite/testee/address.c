#include "suite/testee/address.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static bool parse_tcp(const char *text, assay_address *address, const char **why)
{
    const char *colon = strrchr(text, ':');
    *why = "tcp wants HOST:PORT";
    if (!colon || colon == text) return false;
    const char *host = text;
    size_t len = (size_t)(colon - text);
    if (*host == '[' && host[len - 1] == ']') {
        host++;
        len -= 2;
    }
    if (len == 0 || len >= sizeof address->host) return false;
    *why = "the port is a number from 0 to 65535";
    char *end;
    unsigned long port = strtoul(colon + 1, &end, 10);
    if (colon[1] < '0' || colon[1] > '9' || *end || port > 65535) return false;
    memcpy(address->host, host, len);
    address->host[len] = 0;
    snprintf(address->port, sizeof address->port, "%lu", port % 65536);
    address->tcp = true;
    return true;
}

bool assay_address_parse(const char *text, assay_address *address, const char **why)
{
    *address = (assay_address){.tcp = false};
    if (strncmp(text, "tcp:", 4) == 0) return parse_tcp(text + 4, address, why);
    *why = "an address is tcp:HOST:PORT or unix:PATH";
    if (strncmp(text, "unix:", 5) != 0) return false;
    *why = "unix wants a path of 1 to 107 bytes";
    if (!text[5] || strlen(text + 5) >= sizeof address->path) return false;
    snprintf(address->path, sizeof address->path, "%s", text + 5);
    return true;
}

static int listen_tcp(const assay_address *address, char *name, size_t name_size, char *why, size_t size)
{
    struct addrinfo hints = {.ai_flags = AI_PASSIVE, .ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(address->host, address->port, &hints, &found), fd = -1, saved = 0;
    if (error) {
        snprintf(why, size, "%s: %s", address->host, gai_strerror(error));
        return -1;
    }
    for (struct addrinfo *at = found; at && fd < 0; at = at->ai_next) {
        int one = 1;
        fd = socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC, at->ai_protocol);
        if (fd >= 0) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        if (fd >= 0 && bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, 16) == 0) break;
        saved = errno;
        if (fd >= 0) close(fd);
        fd = -1;
    }
    freeaddrinfo(found);
    if (fd < 0) {
        snprintf(why, size, "cannot listen on tcp:%s:%s: %s", address->host, address->port, strerror(saved));
        return -1;
    }
    struct sockaddr_storage bound;
    socklen_t len = sizeof bound;
    char port[16] = "?";
    if (getsockname(fd, (struct sockaddr *)&bound, &len) == 0)
        getnameinfo((struct sockaddr *)&bound, len, NULL, 0, port, sizeof port, NI_NUMERICSERV);
    bool v6 = strchr(address->host, ':') != NULL;
    snprintf(name, name_size, "tcp:%s%s%s:%s", v6 ? "[" : "", address->host, v6 ? "]" : "", port);
    return fd;
}

/* A socket file whose owner is gone refuses connections and stands in the way of the next. */
static void remove_stale(const struct sockaddr_un *at)
{
    struct stat info;
    if (lstat(at->sun_path, &info) != 0 || !S_ISSOCK(info.st_mode)) return;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return;
    if (connect(fd, (const struct sockaddr *)at, sizeof *at) != 0 && errno == ECONNREFUSED)
        unlink(at->sun_path);
    close(fd);
}

static int listen_unix(const assay_address *address, char *name, size_t name_size, char *why, size_t size)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    snprintf(at.sun_path, sizeof at.sun_path, "%s", address->path);
    remove_stale(&at);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof at) == 0 && listen(fd, 16) == 0) {
        snprintf(name, name_size, "unix:%s", address->path);
        return fd;
    }
    snprintf(why, size, "cannot listen on unix:%s: %s", address->path, strerror(errno));
    if (fd >= 0) close(fd);
    return -1;
}

int assay_address_listen(const assay_address *address, char *name, size_t name_size, char *why, size_t size)
{
    return address->tcp ? listen_tcp(address, name, name_size, why, size)
                        : listen_unix(address, name, name_size, why, size);
}
