#include "suite/testee/test/scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

int assay_scene_set_up(void **state)
{
    assay_scene *s = calloc(1, sizeof *s);
    if (!s || uv_loop_init(&s->loop)) return -1;
    s->options = (assay_testee_options){
        .channel = ASSAY_CHANNEL_PIPE, .hello_timeout_ms = ASSAY_SCENE_MS, .quit_grace_ms = 200};
    *state = s;
    return 0;
}

int assay_scene_tear_down(void **state)
{
    assay_scene *s = *state;
    assay_dialog_deinit(&s->d);
    int busy = uv_loop_close(&s->loop); /* nothing may be left on the loop */
    free(s);
    return busy;
}

bool assay_scene_open(assay_scene *s, const char *script)
{
    s->options.command = assay_fake_argv(&s->command, script);
    return assay_dialog_open(&s->d, &s->loop, &s->options, NULL);
}

void assay_scene_close(assay_scene *s)
{
    assay_dialog_close(&s->d, ASSAY_PART_BYE, ASSAY_SCENE_MS);
    assert_string_equal(s->d.text, "");
    assert_int_equal(s->d.cause, ASSAY_ENDED_BYE);
    assert_int_equal(s->d.exit_status, 0);
}
