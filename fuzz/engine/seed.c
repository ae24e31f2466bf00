/* Writes the golden vectors as specimens, one file each, for engines to choose seeds from. */
#include "suite/mutate/specimen.h"
#include "suite/vector/complete.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Seeds are small: what takes more can be found from less. */
enum { BYTES_MOST = 1024 };

/* The stack of the table that reads what the vector's does. */
static unsigned stack_of(const char *name)
{
    if (strcmp(name, "binary-old") == 0 || strcmp(name, "binary-strict") == 0) name = "binary";
    return assay_specimen_stack_find(name);
}

static bool write_file(const char *folder, size_t number, tw_bytes bytes)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%05zu", folder, number);
    FILE *file = fopen(path, "wb");
    bool ok = file && fwrite(bytes.data, 1, bytes.len, file) == bytes.len;
    if (file && fclose(file) != 0) ok = false;
    if (!ok) perror(path);
    return ok;
}

static bool write_specimen(const char *folder, size_t number, const assay_case *c)
{
    unsigned stack = stack_of(c->in);
    if (stack == ASSAY_SPECIMEN_STACKS || c->bytes.len > BYTES_MOST) return true;
    assay_specimen specimen = {.stack = stack,
                               .unit = assay_verb_unit(c->verb),
                               .flags = (uint8_t)(number % 15),
                               .parameter = (uint8_t)(number * 7),
                               .payload = c->bytes};
    tw_buffer bytes;
    tw_buffer_init(&bytes, NULL);
    bool ok = assay_specimen_write(&specimen, &bytes) == TW_OK &&
              write_file(folder, number, tw_buffer_view(&bytes));
    tw_buffer_deinit(&bytes);
    return ok;
}

int main(int argc, char **argv)
{
    assay_vector_set set;
    assay_vector_error error;
    if (argc != 3) {
        fprintf(stderr,
                "usage: %s VECTORS FOLDER\nWrites every golden vector as a specimen into the folder.\n",
                argv[0]);
        return 2;
    }
    if (!assay_vectors_load(argv[1], &set, &error)) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    bool ok = true;
    for (size_t i = 0; ok && i < set.count; i++) ok = write_specimen(argv[2], i, &set.vectors[i].base);
    assay_vectors_deinit(&set);
    return ok ? 0 : 1;
}
