#include "fuzz/engine/inputs.h"

#include "wire/text/hex.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* No harness looks at so much. */
#define FILE_MOST ((size_t)64 << 20)

static bool keep(replay_inputs *inputs, const char *path, tw_buffer *bytes)
{
    if (inputs->count == inputs->capacity) {
        size_t capacity = inputs->capacity ? inputs->capacity * 2 : 64;
        replay_input *items = realloc(inputs->items, capacity * sizeof *items);
        if (!items) return false;
        inputs->items = items;
        inputs->capacity = capacity;
    }
    char *name = strdup(path);
    if (!name) return false;
    inputs->items[inputs->count++] = (replay_input){name, bytes->data, bytes->len};
    bytes->data = NULL; /* the list owns it now */
    bytes->len = bytes->capacity = 0;
    return true;
}

static bool add_file(replay_inputs *inputs, const char *path)
{
    tw_buffer bytes;
    tw_buffer_init(&bytes, NULL);
    FILE *file = fopen(path, "rb");
    size_t n = 1;
    while (file && n > 0 && bytes.len <= FILE_MOST) {
        uint8_t *room = tw_buffer_reserve(&bytes, 4096);
        n = room ? fread(room, 1, 4096, file) : 0;
        bytes.len += n;
    }
    bool ok = file && !ferror(file) && !bytes.failed && bytes.len <= FILE_MOST && keep(inputs, path, &bytes);
    if (!ok)
        fprintf(stderr, "%s: %s\n", path,
                bytes.len > FILE_MOST ? "too large" : strerror(errno ? errno : ENOMEM));
    if (file) fclose(file);
    tw_buffer_deinit(&bytes);
    return ok;
}

static bool explains(const char *name)
{
    static const char *const endings[] = {".txt", ".md", ".digest"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof endings[0]; i++)
        if (strcmp(dot, endings[i]) == 0) return true;
    return false;
}

static bool add_folder(replay_inputs *inputs, const char *path)
{
    DIR *folder = opendir(path);
    if (!folder) return fprintf(stderr, "%s: %s\n", path, strerror(errno)), false;
    bool ok = true;
    for (struct dirent *entry; ok && (entry = readdir(folder)) != NULL;) {
        char below[4096];
        if (entry->d_name[0] == '.' || explains(entry->d_name)) continue;
        if (snprintf(below, sizeof below, "%s/%s", path, entry->d_name) >= (int)sizeof below) continue;
        ok = replay_inputs_add(inputs, below);
    }
    closedir(folder);
    return ok;
}

bool replay_inputs_add(replay_inputs *inputs, const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0) return fprintf(stderr, "%s: %s\n", path, strerror(errno)), false;
    return S_ISDIR(about.st_mode) ? add_folder(inputs, path) : add_file(inputs, path);
}

bool replay_inputs_add_hex(replay_inputs *inputs, const char *hex)
{
    tw_buffer bytes;
    size_t at;
    tw_buffer_init(&bytes, NULL);
    bool ok = tw_hex_read(hex, strlen(hex), &bytes, &at) == TW_OK;
    if (!ok) fprintf(stderr, "--hex: not hex at character %zu\n", at + 1);
    ok = ok && keep(inputs, "--hex", &bytes);
    tw_buffer_deinit(&bytes);
    return ok;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const replay_input *)a)->path, ((const replay_input *)b)->path);
}

void replay_inputs_sort(replay_inputs *inputs)
{
    if (inputs->count) qsort(inputs->items, inputs->count, sizeof *inputs->items, by_path);
}

static int by_size(const void *a, const void *b)
{
    size_t x = ((const replay_input *)a)->len, y = ((const replay_input *)b)->len;
    return x != y ? (x > y) - (x < y) : by_path(a, b);
}

void replay_inputs_sort_by_size(replay_inputs *inputs)
{
    if (inputs->count) qsort(inputs->items, inputs->count, sizeof *inputs->items, by_size);
}

void replay_inputs_deinit(replay_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        free(inputs->items[i].path);
        free(inputs->items[i].data);
    }
    free(inputs->items);
    *inputs = (replay_inputs){.count = 0};
}
