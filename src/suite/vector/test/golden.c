#include "suite/vector/test/golden.h"

#include "suite/vector/vector.h"
#include "wire/test/support.h"

#include <stdlib.h>

const char *assay_test_golden_folder(void)
{
    const char *folder = getenv("ASSAY_VECTORS");
    return folder && *folder ? folder : "conformance/vectors";
}

int assay_test_golden_load(void **state)
{
    assay_vector_error error;
    assay_vector_set *set = malloc(sizeof *set);
    if (!set) return -1;
    if (assay_vectors_load(assay_test_golden_folder(), set, &error)) {
        *state = set;
        return 0;
    }
    print_error("%s\n", error.text);
    free(set);
    return -1;
}

int assay_test_golden_unload(void **state)
{
    assay_vectors_deinit(*state);
    free(*state);
    return 0;
}
