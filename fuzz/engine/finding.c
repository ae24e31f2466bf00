#include "fuzz/engine/finding.h"

void finding_print(FILE *to, const fuzz_harness *harness, const fuzz_run *run, tw_bytes input)
{
    const char *rule = tw_rule_info_of(run->rule)->id;
    fprintf(to, "fuzz: %s: %s%s%s%s: %s\n", harness->name, run->token, *rule ? " (" : "", rule,
            *rule ? ")" : "", run->detail);
    fprintf(to, "repro: make replay FUZZ=%s HEX=", harness->name);
    for (size_t i = 0; i < input.len; i++) fprintf(to, "%02x", input.data[i]);
    fputc('\n', to);
}
