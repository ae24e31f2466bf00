#include "suite/result/test/row.h"

#include <string.h>

assay_result_case assay_test_row(const char *id, const char *parent_id, const char *verdict,
                                 const char *detail)
{
    return (assay_result_case){.id = id,
                               .parent_id = parent_id,
                               .kind = strcmp(id, parent_id) == 0 ? "" : "cut",
                               .title = "",
                               .why = "",
                               .rule = "",
                               .section = "",
                               .sentence = "",
                               .level = "must",
                               .verb = "transcode",
                               .in = "compact",
                               .out = "compact",
                               .verdict = verdict,
                               .detail = detail,
                               .known_reason = "",
                               .changed_from = "",
                               .changed_to = "",
                               .outcome = "",
                               .expected = "",
                               .got = "",
                               .difference = "",
                               .said = "",
                               .stderr_tail = "",
                               .request = "",
                               .rss_kib = -1};
}

void assay_test_result(assay_result *result, const char *name, const char *version, assay_result_case *cases,
                       size_t count)
{
    assay_result_init(result);
    result->testee_name = name;
    result->testee_version = version;
    result->cases = cases;
    result->case_count = count;
}
