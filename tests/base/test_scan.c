/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <leakledger/scan.h>

static void every_byte_that_is_meant_has_its_bit(void **state)
{
	char bytes[LL_SCAN_BYTES];

	(void)state;
	for (unsigned i = 0; i < LL_SCAN_BYTES; i++) {
		memset(bytes, '\n' + 1, sizeof bytes);
		bytes[i] = '\n';
		assert_true(ll_scan(bytes, '\n') == UINT64_C(1) << i);
		bytes[0] = '\n';
		assert_true(ll_scan(bytes, '\n') == (UINT64_C(1) << i | 1));
	}
}

static void bytes_of_any_value_are_told_apart(void **state)
{
	char bytes[LL_SCAN_BYTES];

	(void)state;
	for (unsigned value = 0; value < 256; value++) {
		memset(bytes, (int)value, sizeof bytes);
		bytes[40] = (char)(value ^ 0x80);
		assert_true(ll_scan(bytes, (char)value) == ~(UINT64_C(1) << 40));
		assert_true(ll_scan(bytes, (char)(value ^ 0x80)) == UINT64_C(1) << 40);
		assert_true(ll_scan(bytes, (char)(value ^ 1)) == 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_that_is_meant_has_its_bit),
		cmocka_unit_test(bytes_of_any_value_are_told_apart),
	};

	return cmocka_run_group_tests_name("base.scan", tests, NULL, NULL);
}
