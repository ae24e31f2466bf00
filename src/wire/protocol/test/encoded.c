#include "wire/protocol/test/encoded.h"

tw_bytes tw_test_encoded(const tw_protocol *protocol, const tw_tree *tree)
{
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_encode(protocol, tw_tree_root(tree), &to), TW_OK);
    tw_bytes exact = tw_test_exact(to.data, to.len);
    tw_buffer_deinit(&to);
    return exact;
}
