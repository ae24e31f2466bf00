/* Versions and ranges of versions. */
#include "suite/judge/known_line.h"

#include <string.h>

#define NUMBER_MOST 1000000000u

/* The next number of a dotted version; 0 when there is none left. */
static unsigned next_number(const char **text)
{
    unsigned n = 0;
    const char *p = *text;
    for (; *p >= '0' && *p <= '9'; p++)
        if (n < NUMBER_MOST / 10) n = n * 10 + (unsigned)(*p - '0');
    if (*p == '.' && p[1] >= '0' && p[1] <= '9')
        p++;
    else
        p += strcspn(p, ","); /* what follows the numbers is not looked at */
    *text = p;
    return n;
}

static bool starts_number(const char *text)
{
    return *text >= '0' && *text <= '9';
}

/* Negative, zero or positive; `b` ends at a comma or at its end. */
static int compare(const char *a, const char *b)
{
    while (starts_number(a) || starts_number(b)) {
        unsigned x = starts_number(a) ? next_number(&a) : 0;
        unsigned y = starts_number(b) ? next_number(&b) : 0;
        if (x != y) return x < y ? -1 : 1;
    }
    return 0;
}

/* The length of the comparison at the front of a range, 0 when there is none. */
static size_t operator_length(const char *text)
{
    if (text[0] != '<' && text[0] != '>' && text[0] != '=') return 0;
    return text[0] != '=' && text[1] == '=' ? 2 : 1;
}

bool assay_known_range_valid(const char *range)
{
    for (const char *p = range;;) {
        size_t op = operator_length(p);
        if (!op || !starts_number(p + op)) return false;
        p += op;
        size_t len = strcspn(p, ",");
        if (strspn(p, "0123456789.") != len || p[len - 1] == '.') return false;
        p += len;
        if (!*p) return true;
        p++;
    }
}

static bool holds(const char *version, const char *comparison)
{
    size_t op = operator_length(comparison);
    int order = compare(version, comparison + op);
    switch (comparison[0]) {
    case '<': return op == 2 ? order <= 0 : order < 0;
    case '>': return op == 2 ? order >= 0 : order > 0;
    default: return order == 0;
    }
}

bool assay_known_version_in(const char *version, const char *range)
{
    if (!range) return true;
    if (version && (version[0] == 'v' || version[0] == 'V')) version++;
    if (!version || !starts_number(version)) return false;
    for (const char *p = range; p; p = strchr(p, ',')) {
        if (*p == ',') p++;
        if (!holds(version, p)) return false;
    }
    return true;
}
