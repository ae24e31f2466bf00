#include "report/junit.h"

#include "report/text.h"

#include <libxml/xmlwriter.h>
#include <string.h>

/* libxml2 writes what it is given; characters that XML 1.0 cannot carry at all are written as \xNN before. */
static void append_xml_text(tw_buffer *to, const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < n;) {
        uint32_t code = 0;
        size_t len = assay_utf8_character(text + i, n - i, &code);
        bool legal = len && (code >= 0x20 || code == '\t' || code == '\n') && code != 0xfffe &&
                     code != 0xffff && (code < 0x7f || code > 0x9f);
        size_t taken = len ? len : 1;
        if (legal)
            assay_put_bytes(to, text + i, len);
        else
            for (size_t k = 0; k < taken; k++) tw_buffer_printf(to, "\\x%02x", (unsigned char)text[i + k]);
        i += taken;
    }
}

typedef struct writing {
    xmlTextWriterPtr xml;
    bool failed;
} writing;

static void check(writing *w, int written)
{
    if (written < 0) w->failed = true;
}

static char *safe(writing *w, tw_buffer *buffer, const char *text)
{
    append_xml_text(buffer, text);
    tw_buffer_append_byte(buffer, 0);
    if (buffer->failed) w->failed = true;
    return buffer->failed ? NULL : (char *)buffer->data;
}

static void attribute(writing *w, const char *name, const char *text)
{
    tw_buffer buffer;
    tw_buffer_init(&buffer, NULL);
    char *value = safe(w, &buffer, text);
    if (value) check(w, xmlTextWriterWriteAttribute(w->xml, BAD_CAST name, BAD_CAST value));
    tw_buffer_deinit(&buffer);
}

static void content(writing *w, const char *text)
{
    tw_buffer buffer;
    tw_buffer_init(&buffer, NULL);
    char *value = safe(w, &buffer, text);
    if (value) check(w, xmlTextWriterWriteString(w->xml, BAD_CAST value));
    tw_buffer_deinit(&buffer);
}

static void number(writing *w, const char *name, size_t n)
{
    check(w, xmlTextWriterWriteFormatAttribute(w->xml, BAD_CAST name, "%zu", n));
}

static void open_element(writing *w, const char *name)
{
    check(w, xmlTextWriterStartElement(w->xml, BAD_CAST name));
}

static void close_element(writing *w)
{
    check(w, xmlTextWriterEndElement(w->xml));
}

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* The element that tells how a test ended; NULL for one that passed. */
static const char *ending_of(const assay_result_case *c)
{
    if (is(c->verdict, "broken")) return "error";
    if (is(c->verdict, "fail")) return c->known ? "skipped" : "failure";
    return is(c->verdict, "skip") || is(c->verdict, "not-verified") ? "skipped" : NULL;
}

/* A topic is an id without its last component. */
static size_t topic_length(const assay_result_case *c)
{
    const char *slash = strrchr(c->parent_id, '/');
    return slash ? (size_t)(slash - c->parent_id) : 0;
}

static void topic_text(const assay_result_case *c, tw_buffer *to)
{
    size_t n = topic_length(c);
    assay_put_bytes(to, n ? c->parent_id : "vectors", n ? n : strlen("vectors"));
    tw_buffer_append_byte(to, 0);
}

static void describe(const assay_result_case *c, tw_buffer *to)
{
    tw_buffer_printf(to, "\n%s\nrule: %s (%s)", c->title, c->rule, c->level);
    if (c->sentence[0]) tw_buffer_printf(to, ": %s", c->sentence);
    tw_buffer_printf(to, "\nexpected: %s\ngot: %s\n", c->expected, c->got);
    if (c->difference[0]) tw_buffer_printf(to, "differs: %s\n", c->difference);
    if (c->said[0]) tw_buffer_printf(to, "said: %s\n", c->said);
    if (c->request[0]) tw_buffer_printf(to, "request: %s\n", c->request);
    tw_buffer_append_byte(to, 0);
}

static void write_ending(writing *w, const assay_result_case *c, const char *element)
{
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    open_element(w, element);
    bool skipped = is(element, "skipped");
    if (!skipped) attribute(w, "type", c->detail[0] ? c->detail : c->verdict);
    tw_buffer_printf(&text, "%s%s%s%s%s", c->known ? "known failure: " : "",
                     c->known ? c->known_reason : c->verdict,
                     c->known       ? ""
                     : c->detail[0] ? ":"
                                    : "",
                     c->known ? "" : c->detail, "");
    tw_buffer_append_byte(&text, 0);
    if (!text.failed) attribute(w, "message", (char *)text.data);
    tw_buffer_clear(&text);
    if (!skipped) {
        describe(c, &text);
        if (!text.failed) content(w, (char *)text.data);
    }
    close_element(w);
    if (text.failed) w->failed = true;
    tw_buffer_deinit(&text);
}

static void write_case(writing *w, const assay_result *r, const assay_result_case *c)
{
    tw_buffer topic;
    tw_buffer_init(&topic, NULL);
    open_element(w, "testcase");
    tw_buffer_printf(&topic, "%s.", r->testee_name[0] ? r->testee_name : "testee");
    topic_text(c, &topic);
    if (topic.failed)
        w->failed = true;
    else
        attribute(w, "classname", (char *)topic.data);
    attribute(w, "name", c->id);
    check(w, xmlTextWriterWriteFormatAttribute(w->xml, BAD_CAST "time", "%.6f", c->ms / 1000));
    const char *ending = ending_of(c);
    if (ending) write_ending(w, c, ending);
    bool told = ending && !is(ending, "skipped");
    if (told && c->stderr_tail[0]) {
        open_element(w, "system-err");
        content(w, c->stderr_tail);
        close_element(w);
    }
    close_element(w);
    tw_buffer_deinit(&topic);
}

static void write_totals(writing *w, const assay_result_case *cases, size_t count)
{
    size_t failures = 0, errors = 0, skipped = 0;
    double seconds = 0;
    for (size_t i = 0; i < count; i++) {
        const char *ending = ending_of(&cases[i]);
        if (ending && is(ending, "failure")) failures++;
        if (ending && is(ending, "error")) errors++;
        if (ending && is(ending, "skipped")) skipped++;
        seconds += cases[i].ms / 1000;
    }
    number(w, "tests", count);
    number(w, "failures", failures);
    number(w, "errors", errors);
    number(w, "skipped", skipped);
    check(w, xmlTextWriterWriteFormatAttribute(w->xml, BAD_CAST "time", "%.6f", seconds));
}

/* The cases from `at` on that share a topic. */
static size_t topic_end(const assay_result *r, size_t at)
{
    const assay_result_case *first = &r->cases[at];
    size_t n = topic_length(first);
    while (at < r->case_count && topic_length(&r->cases[at]) == n &&
           strncmp(r->cases[at].parent_id, first->parent_id, n) == 0)
        at++;
    return at;
}

static void write_suites(writing *w, const assay_result *r)
{
    open_element(w, "testsuites");
    attribute(w, "name", "assay");
    write_totals(w, r->cases, r->case_count);
    for (size_t at = 0; at < r->case_count && !w->failed;) {
        size_t end = topic_end(r, at);
        tw_buffer topic;
        tw_buffer_init(&topic, NULL);
        topic_text(&r->cases[at], &topic);
        open_element(w, "testsuite");
        if (topic.failed)
            w->failed = true;
        else
            attribute(w, "name", (char *)topic.data);
        attribute(w, "timestamp", r->started);
        write_totals(w, r->cases + at, end - at);
        for (; at < end; at++) write_case(w, r, &r->cases[at]);
        close_element(w);
        tw_buffer_deinit(&topic);
    }
    close_element(w);
}

bool assay_junit_render(const assay_result *result, tw_buffer *to)
{
    xmlBufferPtr buffer = xmlBufferCreate();
    xmlTextWriterPtr xml = buffer ? xmlNewTextWriterMemory(buffer, 0) : NULL;
    writing w = {xml, xml == NULL};
    if (xml) {
        check(&w, xmlTextWriterSetIndent(xml, 1));
        check(&w, xmlTextWriterStartDocument(xml, "1.0", "UTF-8", NULL));
        write_suites(&w, result);
        check(&w, xmlTextWriterEndDocument(xml));
        xmlFreeTextWriter(xml);
        if (!w.failed) tw_buffer_append(to, xmlBufferContent(buffer), (size_t)xmlBufferLength(buffer));
    }
    if (buffer) xmlBufferFree(buffer);
    return !w.failed && !to->failed;
}
