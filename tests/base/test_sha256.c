/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <leakledger/sha256.h>

static void assert_hash(struct ll_str text, const char *expected)
{
	uint8_t hash[LL_SHA256_SIZE];
	char hex[2 * LL_SHA256_SIZE + 1];

	ll_sha256(text, hash);

	for (size_t i = 0; i < LL_SHA256_SIZE; i++)
		(void)snprintf(hex + 2 * i, 3, "%02x", hash[i]);
	assert_string_equal(hex, expected);
}

/* The examples of FIPS 180-4, and the lengths around a block. */
static void known_texts_have_known_hashes(void **state)
{
	char block[65];

	(void)state;
	memset(block, 'a', sizeof block);

	assert_hash(ll_str(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_hash(ll_str("abc"),
	            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_hash(ll_str("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
	            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	assert_hash(ll_str_n(block, 55),
	            "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
	assert_hash(ll_str_n(block, 64),
	            "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
	assert_hash(ll_str_n(block, 65),
	            "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0");
}

static void a_policy_gets_it_in_base64(void **state)
{
	struct ll_buf source LL_CLEANUP(ll_buf_done);

	(void)state;
	ll_buf_init(&source, LL_BUF_MESSAGE);

	ll_sha256_put_source(ll_str("abc"), &source);

	assert_string_equal(source.data, "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_texts_have_known_hashes),
		cmocka_unit_test(a_policy_gets_it_in_base64),
	};

	return cmocka_run_group_tests_name("base.sha256", tests, NULL, NULL);
}
