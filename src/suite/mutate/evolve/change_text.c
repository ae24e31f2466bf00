/* Texts: notation is read, changed as a tree and written; in all others, words that their readers know. */
#include "suite/mutate/evolve/change.h"

#include "wire/text/notation.h"

static bool write_text(assay_evolution *e, tw_bytes text)
{
    assay_specimen made = e->subject.head;
    made.payload = text;
    tw_buffer_clear(&e->subject.out);
    return assay_specimen_write(&made, &e->subject.out) == TW_OK;
}

bool assay_change_notation(assay_evolution *e)
{
    assay_subject *s = &e->subject;
    tw_notation_error error;
    const char *text = (const char *)s->head.payload.data;
    if (tw_notation_read(text ? text : "", s->head.payload.len, &s->tree, &error) != TW_OK) return false;
    uint64_t edits = 1 + tw_random_below(&e->random, 3), made = 0;
    for (uint64_t tries = 0; made < edits && tries < 12; tries++) {
        const assay_change *change = &assay_changes[tw_random_below(&e->random, assay_change_count)];
        if (change->edit && change->edit(&s->tree, &e->random)) made++;
    }
    tw_buffer_clear(&s->encoded);
    tw_notation_style style = tw_random_below(&e->random, 8) ? TW_NOTATION_LINE : TW_NOTATION_INDENTED;
    return made && tw_notation_write(tw_tree_root(&s->tree), style, &s->encoded) == TW_OK &&
           write_text(e, tw_buffer_view(&s->encoded));
}

bool assay_change_word(assay_evolution *e)
{
    static const char *const words[] = {
        "struct{",
        "}",
        "list<i32>[",
        "set<bool>[",
        "map<string, i64>{",
        "]",
        "1: ",
        "bool true",
        "bool false",
        "i8 -128",
        "i16 32767",
        "i32 -2147483648",
        "i64 9223372036854775807",
        "double nan",
        "double -0.0",
        "double inf",
        "string \"a\"",
        "\"\\x00\"",
        "\"\\u{10ffff}\"",
        "hex(",
        "uuid 00000000-0000-0000-0000-000000000000",
        "call \"ping\" #1 ",
        "oneway ",
        ", ",
        "*16384",
        "-",
        "ok ? ",
        "ok 3 00",
        "reject ",
        "handed-up ",
        "fault ",
        "unsupported",
        "error ",
        "hello {\"name\": \"x\", \"version\": \"1\", \"protocols\": [\"binary\"]}",
        "transcode binary compact 00",
        "skip compact 00",
        "echo ",
        "bye",
        "\n",
        "\r\n",
        "0 ",
        "18446744073709551616 ",
        "\"id\": ",
        "\"expect\": \"accept\"",
        "\"wire\": [\"00\"]",
        "{",
        "[",
        "null",
        "1e999",
        "\xff",
        "# "};
    assay_subject *s = &e->subject;
    tw_bytes text = s->head.payload;
    const char *word = words[tw_random_below(&e->random, sizeof words / sizeof *words)];
    size_t at = tw_random_below(&e->random, text.len + 1), behind = at;
    if (tw_random_below(&e->random, 2)) behind += tw_random_below(&e->random, text.len - at + 1);
    tw_buffer_clear(&s->encoded);
    tw_buffer_append(&s->encoded, text.data, at);
    tw_buffer_append(&s->encoded, word, strlen(word));
    if (text.len > behind) tw_buffer_append(&s->encoded, text.data + behind, text.len - behind);
    return !s->encoded.failed && write_text(e, tw_buffer_view(&s->encoded));
}
