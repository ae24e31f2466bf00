/* assay vectors confirm: from results of runs to "confirmed_by". */
#include "cli/kin.h"
#include "cli/options.h"
#include "cli/result_file.h"
#include "cli/vectors_dir.h"
#include "cli/vectors_verbs.h"
#include "suite/vector/files.h"
#include "suite/vector/format.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char help[] =
    "usage: assay vectors confirm [--check] RESULT.json ... [DIR]\n"
    "\n"
    "Writes into every accept vector which implementations read it as it says: \"confirmed_by\", as\n"
    "NAME-VERSION. RESULT is what `assay run --json` wrote. An implementation confirms a vector whose own\n"
    "case passed or, where it is free to refuse (level may, deep nesting), is a note that it read the\n"
    "value. Warnings confirm nothing, nor does the reference codec. What a result says takes the place of\n"
    "all that the same implementation is said to have confirmed; a case that is not in it, that broke, or\n"
    "that was of other bytes changes nothing.\n"
    "DIR defaults to the vectors found beside the program. Of implementations that share code, as\n"
    "\"shares_code_with\" in their testee.json says, one counts.\n"
    "\n"
    "  --check      change nothing; print what is to be changed, exit status 1\n"
    "  -h, --help   this\n"
    "\n"
    "exit status: 0 done; 1 --check found something; 2 usage, or a file that cannot be understood;\n"
    "70 out of memory; 74 cannot read or write\n"
    "\n"
    "examples:\n"
    "  assay vectors confirm build/reports/apache-*.json conformance/vectors\n"
    "  assay vectors confirm --check result.json\n";

#define VERB "vectors confirm"

typedef struct witness {
    assay_result result;
    const assay_result_case **named; /* sorted by id */
    size_t named_count;
    size_t confirmed, outdated; /* vectors */
} witness;

typedef struct confirming {
    bool check;
    const char *folder;
    witness *witnesses;
    size_t witness_count;
    assay_vector_set set;
    assay_cli_kin kin;
    size_t entries, files;                     /* changed */
    size_t short_of[ASSAY_CONFIRM_WANTED + 1]; /* accepts by how many confirm them, the last: enough */
    int code;
} confirming;

static void note(confirming *c, int code)
{
    if (code > c->code) c->code = code;
}

static int by_id(const void *a, const void *b)
{
    return strcmp((*(const assay_result_case *const *)a)->id, (*(const assay_result_case *const *)b)->id);
}

static int find_id(const void *id, const void *item)
{
    return strcmp(id, (*(const assay_result_case *const *)item)->id);
}

static bool index_cases(witness *w)
{
    const assay_result *r = &w->result;
    w->named = malloc((r->case_count + 1) * sizeof *w->named);
    if (!w->named) return false;
    for (size_t i = 0; i < r->case_count; i++)
        if (!r->cases[i].kind[0]) w->named[w->named_count++] = &r->cases[i];
    qsort(w->named, w->named_count, sizeof *w->named, by_id);
    return true;
}

static const assay_result_case *case_of(const witness *w, const char *id)
{
    const assay_result_case *const *found = bsearch(id, w->named, w->named_count, sizeof *w->named, find_id);
    return found ? *found : NULL;
}

/* A report holds the first bytes of a request, with dots where it was cut. */
static bool same_request(const assay_result_case *seen, const assay_case *c)
{
    static const char digits[] = "0123456789abcdef";
    const char *hex = seen->request;
    if (strcmp(seen->in, c->in) != 0 || strcmp(seen->out, c->out ? c->out : "") != 0 ||
        strcmp(seen->verb, assay_verb_name(c->verb)) != 0)
        return false;
    for (size_t i = 0; i < c->bytes.len; i++, hex += 2) {
        if (i > 0 && strcmp(hex, "...") == 0) return true;
        if (hex[0] != digits[c->bytes.data[i] >> 4] || hex[1] != digits[c->bytes.data[i] & 15]) return false;
    }
    return !*hex;
}

static bool confirms(const assay_result_case *seen, const assay_case *c)
{
    if (strcmp(seen->verdict, "pass") == 0) return true;
    /* Where it may refuse, taking it is a note: for a rule that may be followed, and for deep nesting. */
    bool may = c->level == ASSAY_MAY && strcmp(seen->detail, "accepted") == 0;
    return strcmp(seen->verdict, "note") == 0 && (may || strcmp(seen->detail, "reads-nesting") == 0);
}

/* What this run says of a vector's list; old where it says nothing. NULL when memory is refused. */
static const char *const *testify(witness *w, const assay_vector *v, const char *const *old, tw_arena *arena)
{
    const assay_result_case *seen = case_of(w, v->base.id);
    if (!seen || strcmp(seen->verdict, "broken") == 0) return old;
    if (!same_request(seen, &v->base)) {
        w->outdated++;
        return old;
    }
    bool yes = confirms(seen, &v->base);
    w->confirmed += yes;
    return assay_confirm_set(old, w->result.testee_name, w->result.testee_version, yes, arena);
}

static bool same_list(const char *const *a, const char *const *b)
{
    while (*a && *b && strcmp(*a, *b) == 0) a++, b++;
    return !*a && !*b;
}

static void print_list(const char *const *list)
{
    printf("[");
    for (const char *const *at = list; *at; at++) printf("%s%s", at == list ? "" : ", ", *at);
    printf("]");
}

static bool set_list(json_t *entry, const char *const *list)
{
    if (!*list) {
        json_object_del(entry, "confirmed_by");
        return true;
    }
    json_t *array = json_array();
    bool ok = array != NULL;
    for (; ok && *list; list++) ok = json_array_append_new(array, json_string(*list)) == 0;
    if (ok) return json_object_set_new(entry, "confirmed_by", array) == 0;
    json_decref(array);
    return false;
}

/* False when memory is refused. */
static bool confirm_entry(confirming *c, json_t *entry, const char *path, bool *changed)
{
    const char *id = json_string_value(json_object_get(entry, "id"));
    const assay_vector *v = id ? assay_vectors_find(&c->set, id) : NULL;
    if (!v || v->base.expect != ASSAY_ACCEPT) return true;
    tw_arena arena;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    static const char *const nobody[] = {NULL};
    const char *const *old = v->confirmed_by ? v->confirmed_by : nobody, *const *list = old;
    for (size_t i = 0; list && i < c->witness_count; i++) list = testify(&c->witnesses[i], v, list, &arena);
    bool ok = list != NULL;
    if (ok) {
        size_t count = assay_confirm_count(list, c->kin.items, c->kin.count);
        c->short_of[count < ASSAY_CONFIRM_WANTED ? count : ASSAY_CONFIRM_WANTED]++;
    }
    if (ok && !same_list(list, old)) {
        *changed = true;
        c->entries++;
        if (c->check) {
            printf("%s: %s: ", path, id);
            print_list(old);
            printf(" is to be ");
            print_list(list);
            printf("\n");
        }
        ok = set_list(entry, list);
    }
    tw_arena_deinit(&arena);
    return ok;
}

static void write_file(confirming *c, const assay_vector_file *file, const char *path)
{
    char *full = NULL;
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    if (!assay_vector_file_print(file, &text) || asprintf(&full, "%s/%s", c->folder, path) < 0) {
        assay_cli_complain(VERB, "out of memory");
        note(c, ASSAY_EXIT_SOFTWARE);
    } else {
        note(c, assay_cli_write(VERB, full, tw_buffer_view(&text)));
    }
    free(full);
    tw_buffer_deinit(&text);
}

static void confirm_file(void *context, const char *path, const char *text, size_t len, const char *why)
{
    confirming *c = context;
    assay_vector_file file;
    assay_vector_error error;
    bool changed = false, ok = true;
    if (why || !assay_vector_file_parse(tw_bytes_of(text, len), &file, &error)) {
        assay_cli_complain(VERB, "%s: %s", path, why ? why : error.text);
        note(c, why ? ASSAY_EXIT_IO : ASSAY_EXIT_USAGE);
        return;
    }
    for (size_t i = 0; ok && i < json_array_size(file.tests); i++)
        ok = confirm_entry(c, json_array_get(file.tests, i), path, &changed);
    if (!ok) {
        assay_cli_complain(VERB, "out of memory");
        note(c, ASSAY_EXIT_SOFTWARE);
    } else if (changed) {
        c->files++;
        if (c->check)
            note(c, ASSAY_EXIT_WRONG);
        else
            write_file(c, &file, path);
    }
    assay_vector_file_deinit(&file);
}

static void tell(const confirming *c)
{
    for (size_t i = 0; i < c->witness_count; i++) {
        const witness *w = &c->witnesses[i];
        printf("%s %s confirms %zu", w->result.testee_name, w->result.testee_version, w->confirmed);
        if (w->outdated) printf("; %zu have changed since that run, which says nothing of them", w->outdated);
        printf("\n");
    }
    printf("accepts confirmed by two: %zu, by one: %zu, by none: %zu\n", c->short_of[2], c->short_of[1],
           c->short_of[0]);
    printf("%zu vector%s in %zu file%s %s\n", c->entries, c->entries == 1 ? "" : "s", c->files,
           c->files == 1 ? "" : "s", c->check ? "to be changed" : "changed");
}

static int confirm(confirming *c)
{
    assay_vector_error error;
    if (!assay_vectors_load(c->folder, &c->set, &error)) {
        assay_cli_complain(VERB, "the vectors in %s cannot be used: %s", c->folder, error.text);
        return ASSAY_EXIT_USAGE;
    }
    if (!assay_cli_kin_load(VERB, c->folder, &c->kin)) {
        assay_vectors_deinit(&c->set);
        return ASSAY_EXIT_USAGE;
    }
    assay_files_walk(c->folder, confirm_file, c);
    tell(c);
    note(c, assay_cli_flush(VERB));
    assay_cli_kin_deinit(&c->kin);
    assay_vectors_deinit(&c->set);
    return c->code;
}

/* One result; the reference is left out with a word. */
static int load_witness(confirming *c, const char *path)
{
    witness *w = &c->witnesses[c->witness_count];
    if (!assay_cli_load_result(VERB, path, &w->result)) return ASSAY_EXIT_USAGE;
    c->witness_count++;
    const char *name = w->result.testee_name;
    if (strcmp(name, ASSAY_CONFIRM_REFERENCE) == 0) {
        fprintf(stderr, "%s: the reference confirms nothing\n", path);
        assay_result_deinit(&w->result);
        c->witness_count--;
        return ASSAY_EXIT_OK;
    }
    if (!name[0]) {
        assay_cli_complain(VERB, "%s: the testee never said its name", path);
        return ASSAY_EXIT_USAGE;
    }
    for (size_t i = 0; i + 1 < c->witness_count; i++)
        if (strcmp(c->witnesses[i].result.testee_name, name) == 0) {
            assay_cli_complain(VERB, "%s: there is a result of %s already", path, name);
            return ASSAY_EXIT_USAGE;
        }
    if (index_cases(w)) return ASSAY_EXIT_OK;
    assay_cli_complain(VERB, "out of memory");
    return ASSAY_EXIT_SOFTWARE;
}

static int confirm_by(confirming *c, char *const *paths, size_t count)
{
    c->witnesses = calloc(count, sizeof *c->witnesses);
    int code = c->witnesses ? ASSAY_EXIT_OK : ASSAY_EXIT_SOFTWARE;
    for (size_t i = 0; i < count && code == ASSAY_EXIT_OK; i++) code = load_witness(c, paths[i]);
    if (code == ASSAY_EXIT_OK) code = confirm(c);
    for (size_t i = 0; i < c->witness_count; i++) {
        free(c->witnesses[i].named);
        assay_result_deinit(&c->witnesses[i].result);
    }
    free(c->witnesses);
    return code;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

int assay_cli_vectors_confirm(int argc, char **argv)
{
    int code;
    char found[4096];
    bool check = false;
    const assay_cli_option table[] = {{"check", .flag = &check}, {0}};
    if (!assay_cli_options(argc, argv, help, table, &code)) return code;
    size_t count = (size_t)(argc - optind);
    const char *folder = count && is_folder(argv[argc - 1]) ? argv[argc - 1] : NULL;
    if (folder) count--;
    if (!count) return assay_cli_usage(argv[0], "a result is wanted: what `assay run --json` wrote");
    if (!assay_vectors_dir(folder, found, sizeof found)) return ASSAY_EXIT_USAGE;
    confirming c = {.check = check, .folder = found};
    return confirm_by(&c, argv + optind, count);
}
