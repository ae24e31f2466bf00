#include "cli/vector_file.h"

#include "cli/cli.h"

int assay_cli_vector_file_read(const char *verb, const char *path, assay_vector_file *file)
{
    tw_buffer text;
    assay_vector_error error;
    *file = (assay_vector_file){NULL, NULL};
    tw_buffer_init(&text, NULL);
    int code = assay_cli_read(verb, path, &text);
    if (code == ASSAY_EXIT_OK && !assay_vector_file_parse(tw_buffer_view(&text), file, &error)) {
        assay_cli_complain(verb, "%s is no vector file: line %s", path, error.text);
        code = ASSAY_EXIT_WRONG;
    }
    tw_buffer_deinit(&text);
    return code;
}

int assay_cli_vector_file_write(const char *verb, const char *path, const assay_vector_file *file)
{
    tw_buffer text;
    int code = ASSAY_EXIT_SOFTWARE;
    tw_buffer_init(&text, NULL);
    if (assay_vector_file_print(file, &text))
        code = assay_cli_write(verb, path, tw_buffer_view(&text));
    else
        assay_cli_complain(verb, "out of memory");
    tw_buffer_deinit(&text);
    return code;
}
