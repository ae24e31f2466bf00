/* The inputs of a replay: files, folders of them, or one that was spelled in hex. */
#ifndef FUZZ_ENGINE_INPUTS_H
#define FUZZ_ENGINE_INPUTS_H

#include "wire/base/bytes.h"

typedef struct replay_input {
    char *path; /* as it is shown */
    uint8_t *data;
    size_t len;
} replay_input;

typedef struct replay_inputs {
    replay_input *items;
    size_t count, capacity;
} replay_inputs;

/* Adds a file, or every file below a folder but those that explain others (.txt, .md, .digest) and those whose names begin with
 * a dot. False, with a message on standard error, for what cannot be read. */
bool replay_inputs_add(replay_inputs *inputs, const char *path);

/* Adds bytes spelled in hex. */
bool replay_inputs_add_hex(replay_inputs *inputs, const char *hex);

void replay_inputs_sort(replay_inputs *inputs);
void replay_inputs_sort_by_size(replay_inputs *inputs);
void replay_inputs_deinit(replay_inputs *inputs);

#endif
