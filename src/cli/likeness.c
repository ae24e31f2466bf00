#include "cli/likeness.h"

#include <string.h>

enum { LONGEST = 120 };

/* Letters to add, drop or change on the way from one word to the other; neither is longer than LONGEST. */
static size_t distance(const char *a, size_t la, const char *b, size_t lb)
{
    size_t row[LONGEST + 1];
    for (size_t j = 0; j <= lb; j++) row[j] = j;
    for (size_t i = 1; i <= la; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t change = corner + (a[i - 1] != b[j - 1]);
            size_t less = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
            corner = row[j];
            row[j] = change < less ? change : less;
        }
    }
    return row[lb];
}

/* The start of a name counts as one letter away; otherwise a third of the letters may differ, three at most. */
void assay_likeness_offer(assay_likeness *likeness, const char *name)
{
    const char *word = likeness->word;
    size_t la = strlen(word), lb = strlen(name);
    if (la == 0 || la > LONGEST || lb > LONGEST) return;
    size_t most = lb / 3 < 3 ? lb / 3 : 3;
    size_t d = lb > la && strncmp(name, word, la) == 0 ? 1 : distance(word, la, name, lb);
    if (d > most || (likeness->nearest && d >= likeness->best)) return;
    likeness->best = d;
    likeness->nearest = name;
}
