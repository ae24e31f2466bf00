/* assay vectors new: a first version of an entry. */
#include "cli/options.h"
#include "cli/vector_file.h"
#include "cli/vectors_dir.h"
#include "cli/vectors_verbs.h"
#include "suite/vector/complete.h"
#include "suite/vector/draft.h"

#include "wire/text/hex.h"
#include "wire/text/notation.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "usage: assay vectors new ID --stack STACK (--hex HEX | --value NOTATION)\n"
    "                         --rule RULE --title TEXT --why TEXT [OPTIONS]\n"
    "\n"
    "Prints an entry for a vector file: the bytes with a word on each, and what the reference codec makes\n"
    "of them: a value, an error, or, where the specification is silent, an outcome for each way. Check\n"
    "the bytes and the words against the specification: the reference may be wrong.\n"
    "\n"
    "  --stack STACK      how the bytes are wrapped: compact, framed/binary\n"
    "  --hex HEX          the bytes; 61*5 and (0a 01)*3 repeat\n"
    "  --value NOTATION   the value, which the reference writes: struct{1: i32 5}\n"
    "  --rule RULE        the rule that it is about, an id of rules.def\n"
    "  --title TEXT       what is special about the bytes, in a few words\n"
    "  --why TEXT         what goes wrong in the field when an implementation gets it wrong\n"
    "  --twin ID          for what is refused: an accepted vector one step inside the same edge\n"
    "  --verb VERB        transcode (the default), skip or message; others are written by hand\n"
    "  --out STACK        the stack of the answer, where it is another\n"
    "  --level LEVEL      must, should or may, where it does not follow from the rule\n"
    "  --ref REF          an issue or CVE (repeatable)\n"
    "  --flag FLAG        a label (repeatable)\n"
    "  --append FILE      put it at the end of FILE, which is laid out anew, or made\n"
    "  --vectors DIR      other vectors than the ones found beside the program\n"
    "  -h, --help         this\n"
    "\n"
    "exit status: 0 done; 1 the linter has something against it, and it is not appended; 2 usage; 74\n"
    "cannot read or write\n"
    "\n"
    "example:\n"
    "  assay vectors new compact/list/bool/five --stack compact --value 'struct{1: list<bool>[true]}' \\\n"
    "    --rule compact.bool.nibble --title 'one flag' --why 'Flags travel in lists.'\n";

#define VERB "vectors new"

typedef struct new_options {
    assay_draft draft;
    const char **refs, **flags;
    size_t ref_count, flag_count;
    const char *hex, *value, *append, *vectors;
} new_options;

static bool read_verb(const char *verb, char *text, void *to)
{
    assay_verb *found = to;
    if (assay_verb_find(text, found) && assay_draft_verb_ok(*found)) return true;
    assay_cli_usage(verb, "--verb \"%.60s\": transcode, skip or message is wanted", text);
    return false;
}

/* What is missing, as a person would ask for it; NULL where nothing is. */
static const char *missing(const new_options *options)
{
    const assay_draft *draft = &options->draft;
    if (!draft->id) return "the id of the vector is wanted, such as compact/list/bool/empty";
    if (!draft->stack)
        return "--stack is wanted: how the bytes are wrapped, such as compact or framed/binary";
    if (!options->hex == !options->value)
        return "one of --hex and --value is wanted: the bytes, or what they carry";
    if (!draft->rule) return "--rule is wanted: the rule that the vector is about, an id of rules.def";
    if (!draft->title || !*draft->title)
        return "--title is wanted: what is special about the bytes, in a few words";
    if (!draft->why || !*draft->why)
        return "--why is wanted: what goes wrong in the field when an implementation gets it wrong";
    return NULL;
}

/* True to go on; else *code is the exit status. */
static bool read_options(int argc, char **argv, new_options *to, int *code)
{
    assay_draft *draft = &to->draft;
    const assay_cli_option table[] = {{"stack", .text = &draft->stack},
                                      {"hex", .text = &to->hex},
                                      {"value", .text = &to->value},
                                      {"rule", .text = &draft->rule},
                                      {"title", .text = &draft->title},
                                      {"why", .text = &draft->why},
                                      {"twin", .text = &draft->twin},
                                      {"verb", .read = read_verb, .to = &draft->verb},
                                      {"out", .text = &draft->out},
                                      {"level", .text = &draft->level},
                                      {"ref", .list = to->refs, .count = &to->ref_count},
                                      {"flag", .list = to->flags, .count = &to->flag_count},
                                      {"append", .text = &to->append},
                                      {"vectors", .text = &to->vectors},
                                      {0}};
    if (!assay_cli_options(argc, argv, help, table, code)) return false;
    if (argc - optind > 1) {
        *code = assay_cli_usage(VERB, "\"%s\" is not expected", argv[optind + 1]);
        return false;
    }
    draft->id = argv[optind];
    const char *ask = missing(to);
    if (ask) *code = assay_cli_usage(VERB, "%s", ask);
    return !ask;
}

static int encode(const new_options *options, const tw_stack *stack, tw_buffer *bytes)
{
    bool message = options->draft.verb == ASSAY_MESSAGE;
    const char *text = options->value;
    tw_tree tree;
    tw_envelope envelope;
    tw_notation_error error;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_class cls = message ? tw_notation_read_message(text, strlen(text), &envelope, &tree, &error)
                           : tw_notation_read(text, strlen(text), &tree, &error);
    int code = ASSAY_EXIT_OK;
    if (cls != TW_OK)
        code =
            assay_cli_usage(VERB, "--value: line %zu, column %zu: %s", error.line, error.column, error.text);
    else if (tw_stack_encode(stack, message ? &envelope : NULL, tw_tree_root(&tree), bytes) != TW_OK)
        code = assay_cli_usage(VERB, "--value: it does not fit the wire format");
    tw_tree_deinit(&tree);
    return code;
}

static int make_bytes(const new_options *options, tw_buffer *bytes)
{
    tw_stack stack;
    const char *why = "";
    size_t at = 0;
    if (!tw_stack_parse(options->draft.stack, &stack, &why))
        return assay_cli_usage(VERB, "--stack \"%.60s\": %s", options->draft.stack, why);
    if (options->value) return encode(options, &stack, bytes);
    const char *hex = options->hex ? options->hex : "";
    if (tw_hex_read_annotated(hex, strlen(hex), NULL, bytes, &at, &why) != TW_OK)
        return assay_cli_usage(VERB, "--hex: column %zu: %s", at + 1, why);
    return ASSAY_EXIT_OK;
}

static void tell(void *context, const char *text)
{
    (void)context;
    fprintf(stderr, "%s\n", text);
}

/* What other vectors have to do with it. */
static int check_company(const new_options *options)
{
    assay_vector_set set;
    const assay_draft *draft = &options->draft;
    if (!assay_cli_load_vectors(VERB, options->vectors, &set)) return ASSAY_EXIT_USAGE;
    int code = ASSAY_EXIT_OK;
    const assay_vector *same = assay_vectors_find(&set, draft->id);
    if (same)
        code = assay_cli_usage(VERB, "there is a vector %s already, at %s:%zu", draft->id, same->file,
                               same->line);
    else if (draft->twin && !assay_cli_find_vector(VERB, &set, draft->twin))
        code = ASSAY_EXIT_USAGE;
    assay_vectors_deinit(&set);
    return code;
}

/* A file that is not there yet; its topic is told by its path. */
static int make_file(const char *path, assay_vector_file *file)
{
    size_t len;
    const char *topic = assay_vector_file_topic(path, &len);
    if (!topic) return assay_cli_usage(VERB, "--append \"%.200s\": a new file is FOLDER/TOPIC.json", path);
    if (assay_vector_file_init(topic, len, file)) return ASSAY_EXIT_OK;
    assay_cli_complain(VERB, "out of memory, or a path that is no UTF-8");
    return ASSAY_EXIT_SOFTWARE;
}

static int open_file(const char *path, assay_vector_file *file)
{
    *file = (assay_vector_file){NULL, NULL};
    if (access(path, F_OK) == 0 || errno != ENOENT) return assay_cli_vector_file_read(VERB, path, file);
    return make_file(path, file);
}

static int print(const json_t *entry)
{
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    int code = ASSAY_EXIT_SOFTWARE;
    if (assay_vector_entry_print(entry, &text) && tw_buffer_append_byte(&text, '\n'))
        code = assay_cli_write(VERB, NULL, tw_buffer_view(&text));
    tw_buffer_deinit(&text);
    return code;
}

/* Takes the entry over. */
static int deliver(const new_options *options, json_t *entry)
{
    assay_vector_file file = {NULL, NULL};
    const char *id = options->draft.id, *path = options->append, *topic = id;
    int code = path ? open_file(path, &file) : ASSAY_EXIT_OK;
    if (path && code == ASSAY_EXIT_OK) {
        topic = json_string_value(json_object_get(file.root, "topic"));
        if (!topic) topic = "";
        if (assay_vector_file_find(&file, id))
            code = assay_cli_usage(VERB, "there is a vector %s already, in %s", id, path);
    }
    size_t problems = 0;
    if (code == ASSAY_EXIT_OK)
        problems = assay_draft_check(entry, path ? path : "the entry", topic, tell, NULL);
    if (code == ASSAY_EXIT_OK && !path) code = print(entry);
    if (code == ASSAY_EXIT_OK && problems) code = ASSAY_EXIT_WRONG;
    if (code == ASSAY_EXIT_OK && path) {
        code = ASSAY_EXIT_SOFTWARE;
        if (assay_vector_file_append(&file, json_incref(entry)))
            code = assay_cli_vector_file_write(VERB, path, &file);
    }
    json_decref(entry);
    assay_vector_file_deinit(&file);
    return code;
}

static int make(new_options *options)
{
    tw_buffer bytes;
    tw_buffer_init(&bytes, NULL);
    int code = make_bytes(options, &bytes);
    if (code == ASSAY_EXIT_OK) code = check_company(options);
    options->draft.bytes = tw_buffer_view(&bytes);
    json_t *entry = code == ASSAY_EXIT_OK ? assay_draft_entry(&options->draft) : NULL;
    if (entry) {
        code = deliver(options, entry);
    } else if (code == ASSAY_EXIT_OK) {
        assay_cli_complain(VERB, "out of memory, or text that is no UTF-8");
        code = ASSAY_EXIT_SOFTWARE;
    }
    tw_buffer_deinit(&bytes);
    return code;
}

int assay_cli_vectors_new(int argc, char **argv)
{
    size_t room = (size_t)argc + 1;
    new_options options = {.refs = calloc(room, sizeof(char *)), .flags = calloc(room, sizeof(char *))};
    int code = ASSAY_EXIT_SOFTWARE;
    options.draft.refs = options.refs;
    options.draft.flags = options.flags;
    if (options.refs && options.flags && read_options(argc, argv, &options, &code)) code = make(&options);
    free(options.refs);
    free(options.flags);
    return code;
}
