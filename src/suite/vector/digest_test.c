#include "suite/vector/digest.h"

#include "wire/test/support.h"

#include <string.h>

static void expect(const char *text, size_t repeat, const char *hex)
{
    assay_digest digest;
    char got[65];
    assay_digest_init(&digest);
    for (size_t i = 0; i < repeat; i++) assay_digest_add(&digest, text, strlen(text));
    assay_digest_finish(&digest, got);
    assert_string_equal(got, hex);
}

/* The examples of FIPS 180-2, appendix B. */
static void known_digests(void **state)
{
    (void)state;
    expect("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
           "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    expect("aaaaaaaaaa", 100000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_digests)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
