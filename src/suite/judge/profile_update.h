/* Rewriting a profile from what a run showed. */
#ifndef SUITE_JUDGE_PROFILE_UPDATE_H
#define SUITE_JUDGE_PROFILE_UPDATE_H

#include "suite/judge/profile.h"

/* One case of the run whose verdict was a note. */
typedef struct assay_profile_case {
    const char *id, *parent_id, *kind; /* as in assay_case */
    const char *outcome;
} assay_profile_case;

typedef struct assay_profile_changes {
    size_t kept, added, removed; /* lines: PATTERN and OUTCOME together */
} assay_profile_changes;

/* Appends the new text of the profile to `to`: what `about` says, then one line for every case, or for several
 * where all that a pattern matches show the same outcome; sorted. Comments stay before the line that they stood
 * before or, when that went, where it would stand; a reason stays while its line, or another with its
 * outcome in its place, is there. When nothing but the date would change, the date stays too. old may be empty;
 * on false, error says which of its lines is wrong, or that memory was refused. */
bool assay_profile_update(const char *file, tw_bytes old, const assay_profile_about *about,
                          const assay_profile_case *cases, size_t count, tw_buffer *to,
                          assay_profile_changes *changes, assay_profile_error *error);

#endif
