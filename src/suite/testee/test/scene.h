/* For unit tests only: a loop, a fake testee on it, and the dialog with it. */
#ifndef SUITE_TESTEE_TEST_SCENE_H
#define SUITE_TESTEE_TEST_SCENE_H

#include "suite/testee/dialog.h"
#include "suite/testee/test/fake_testee.h"

/* Longer than anything that is to happen takes. */
enum { ASSAY_SCENE_MS = 8000 };

typedef struct assay_scene {
    uv_loop_t loop;
    assay_fake_command command;
    assay_testee_options options;
    assay_dialog d;
} assay_scene;

/* For cmocka: a new scene in *state, and its end, which fails when anything is left on the loop. */
int assay_scene_set_up(void **state);
int assay_scene_tear_down(void **state);

/* Starts a fake testee with the script and shakes hands; false when that fails. */
bool assay_scene_open(assay_scene *s, const char *script);

/* Says bye, and fails the test unless the testee leaves as it should. */
void assay_scene_close(assay_scene *s);

#endif
