#include "report/junit.h"
#include "report/test/output.h"
#include "report/test/sample.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static xmlDocPtr rendered(const assay_result *r)
{
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    assert_true(assay_junit_render(r, &text));
    xmlDocPtr document =
        xmlReadMemory((const char *)text.data, (int)text.len, "junit.xml", NULL, XML_PARSE_NONET);
    assert_non_null(document);
    tw_buffer_deinit(&text);
    return document;
}

static double number(xmlDocPtr document, const char *expression)
{
    xmlXPathContextPtr context = xmlXPathNewContext(document);
    xmlXPathObjectPtr object = xmlXPathEvalExpression(BAD_CAST expression, context);
    assert_non_null(object);
    double value = xmlXPathCastToNumber(object);
    xmlXPathFreeObject(object);
    xmlXPathFreeContext(context);
    return value;
}

static void assert_text(xmlDocPtr document, const char *expression, const char *want)
{
    xmlXPathContextPtr context = xmlXPathNewContext(document);
    xmlXPathObjectPtr object = xmlXPathEvalExpression(BAD_CAST expression, context);
    assert_non_null(object);
    xmlChar *value = xmlXPathCastToString(object);
    assert_string_equal((const char *)value, want);
    xmlFree(value);
    xmlXPathFreeObject(object);
    xmlXPathFreeContext(context);
}

static void test_document(void **state)
{
    (void)state;
    assay_result r;
    sample_result(&r);
    xmlDocPtr d = rendered(&r);
    assert_int_equal(number(d, "count(/testsuites/testsuite)"), 7);
    assert_int_equal(number(d, "count(//testcase)"), 10);
    assert_int_equal(number(d, "/testsuites/@tests"), 10);
    assert_int_equal(number(d, "/testsuites/@failures"), 5);
    assert_int_equal(number(d, "count(//failure)"), 5);
    assert_int_equal(number(d, "count(//skipped)"), 2);
    assert_int_equal(number(d, "sum(//testsuite/@tests)"), 10);
    assert_text(d, "//testsuite[2]/@name", "binary/string");
    assert_text(d, "//testcase[@name='binary/string/huge']/failure/@type", "crash");
    assert_text(d, "//testcase[@name='compact/varint/endless']/skipped/@message",
                "known failure: reads varints of any length");
    assert_text(d, "//testcase[@name='compact/list/bool/nibble-2']/@classname",
                "apache-cpp.compact/list/bool");
    assert_int_equal(number(d, "count(//testcase[@name='compact/string/cut']/*)"), 0);
    assert_int_equal(number(d, "contains(//testcase[@name='compact/list/bool/nibble-2']/failure, 'got: "
                               "struct{1: list<bool>[false')"),
                     1);
    xmlFreeDoc(d);
    assay_result_deinit(&r);
}

static void test_what_xml_cannot_carry(void **state)
{
    (void)state;
    assay_result r;
    sample_result(&r);
    r.cases[1].stderr_tail = "a\x01\x1b[0m\xff<&>\xef\xbf\xbf ]]> \xc3\xa9\r\n";
    r.testee_name = "x\"<\x02>";
    xmlDocPtr d = rendered(&r);
    assert_text(d, "//testcase[@name='binary/string/huge']/system-err",
                "a\\x01\\x1b[0m\\xff<&>\\xef\\xbf\\xbf ]]> \xc3\xa9\\x0d\n");
    assert_text(d, "//testcase[@name='binary/bool/false']/@classname", "x\"<\\x02>.binary/bool");
    xmlFreeDoc(d);
    assay_result_deinit(&r);
}

static void test_broken_is_an_error(void **state)
{
    (void)state;
    assay_result r;
    sample_passing(&r);
    r.cases[0].verdict = "broken";
    r.cases[0].detail = "not-run";
    xmlDocPtr d = rendered(&r);
    assert_int_equal(number(d, "/testsuites/@errors"), 1);
    assert_text(d, "//error/@type", "not-run");
    xmlFreeDoc(d);
    assay_result_deinit(&r);
}

static int cleanup(void **state)
{
    (void)state;
    xmlCleanupParser();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_document),
                                       cmocka_unit_test(test_what_xml_cannot_carry),
                                       cmocka_unit_test(test_broken_is_an_error)};
    return cmocka_run_group_tests(tests, NULL, cleanup);
}
