#include "cli/result_file.h"

#include "cli/cli.h"
#include "report/json.h"

bool assay_cli_load_result(const char *verb, const char *path, assay_result *result)
{
    char why[512];
    if (assay_json_load(path, result, why, sizeof why)) return true;
    assay_cli_complain(verb, "%s", why);
    return false;
}
