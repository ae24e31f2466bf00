#include "cli/profile_file.h"

#include "cli/cli.h"

bool assay_cli_load_profile(const char *verb, const char *path, assay_profile *profile)
{
    tw_buffer text;
    assay_profile_error error;
    tw_buffer_init(&text, NULL);
    bool ok = assay_cli_read(verb, path, &text) == ASSAY_EXIT_OK;
    if (ok && !assay_profile_parse(path, tw_buffer_view(&text), profile, &error)) {
        assay_cli_complain(verb, "%s", error.text);
        ok = false;
    }
    tw_buffer_deinit(&text);
    return ok;
}
