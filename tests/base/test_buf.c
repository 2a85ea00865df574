/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

static void an_empty_buffer_is_an_empty_text(void **state)
{
	struct ll_buf buf;

	(void)state;
	ll_buf_init(&buf, 10);
	ll_buf_put(&buf, NULL, 0);
	ll_buf_clear(&buf);

	assert_string_equal(buf.data, "");
	assert_int_equal(ll_buf_str(&buf).size, 0);
	ll_buf_done(&buf);
	ll_buf_done(&buf);
}

static void pieces_follow_each_other_and_stay_terminated(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf buf;

	(void)state;
	ll_buf_init(&buf, LL_BUF_MESSAGE);
	ll_buf_puts(&buf, "one ");
	ll_buf_putc(&buf, '2');
	ll_buf_put_str(&buf, ll_str_n(" three!", 6));
	ll_buf_printf(&buf, " %d", 4);

	assert_string_equal(buf.data, "one 2 three 4");
	assert_int_equal(buf.size, strlen(buf.data));
}

static void a_long_formatted_text_is_whole(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf buf;

	(void)state;
	ll_buf_init(&buf, LL_BUF_MESSAGE);
	ll_buf_printf(&buf, "%0*d", 255, 7);
	ll_buf_printf(&buf, "%0*d", 256, 8);
	ll_buf_printf(&buf, "%0*d|", 3000, 9);

	assert_int_equal(buf.size, 255 + 256 + 3001);
	assert_int_equal(buf.data[254], '7');
	assert_int_equal(buf.data[510], '8');
	assert_string_equal(buf.data + buf.size - 2, "9|");
}

static void the_ceiling_keeps_what_fits_and_is_asked_for_once(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf buf;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	ll_buf_init(&buf, 6);
	ll_buf_puts(&buf, "four");
	assert_ok(ll_buf_check(&buf, "page", &err), &err);
	ll_buf_puts(&buf, "too");
	ll_buf_puts(&buf, "x");
	ll_buf_printf(&buf, "%300d", 1);

	assert_string_equal(buf.data, "four");
	assert_int_equal(ll_buf_check(&buf, "page", &err), LL_E_LIMIT);
	assert_string_equal(err.text, "page is larger than 6 bytes");
	ll_buf_clear(&buf);
	ll_buf_puts(&buf, "sixsix");
	assert_string_equal(buf.data, "sixsix");
}

static void a_size_that_overflows_is_over_the_ceiling(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf buf;

	(void)state;
	ll_buf_init(&buf, SIZE_MAX);
	ll_buf_puts(&buf, "x");

	assert_null(ll_buf_reserve(&buf, SIZE_MAX));
	assert_true(buf.is_full);
}

static void reserved_room_counts_when_it_is_committed(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf buf;
	char *room;

	(void)state;
	ll_buf_init(&buf, 100);
	ll_buf_puts(&buf, "a");
	room = ll_buf_reserve(&buf, 50);
	memcpy(room, "bcd", 3);
	ll_buf_commit(&buf, 3);

	assert_string_equal(buf.data, "abcd");
}

static void varints_come_back_as_they_went(void **state)
{
	static const uint64_t values[] = {
		0, 1, 127, 128, 16383, 16384, 1U << 31U, 1ULL << 63, UINT64_MAX - 1, UINT64_MAX};
	LL_CLEANUP(ll_buf_done) struct ll_buf buf;
	size_t offset = 0;
	uint64_t back;

	(void)state;
	ll_buf_init(&buf, 1000);
	for (size_t i = 0; i < LL_COUNT(values); i++)
		ll_buf_put_varint(&buf, values[i]);

	for (size_t i = 0; i < LL_COUNT(values); i++) {
		assert_true(ll_varint_get(ll_buf_str(&buf), &offset, &back));
		assert_true(back == values[i]);
	}
	assert_int_equal(offset, buf.size);
	assert_false(ll_varint_get(ll_buf_str(&buf), &offset, &back));
}

static void small_signed_numbers_are_short_and_all_come_back(void **state)
{
	static const int64_t values[] = {0, -1, 1, -64, 63, -65, 64, INT64_MIN, INT64_MAX};
	LL_CLEANUP(ll_buf_done) struct ll_buf buf;
	size_t offset = 0;
	int64_t back;

	(void)state;
	ll_buf_init(&buf, 1000);
	for (size_t i = 0; i < 5; i++)
		ll_buf_put_zigzag(&buf, values[i]);
	assert_int_equal(buf.size, 5);
	for (size_t i = 5; i < LL_COUNT(values); i++)
		ll_buf_put_zigzag(&buf, values[i]);

	for (size_t i = 0; i < LL_COUNT(values); i++) {
		assert_true(ll_zigzag_get(ll_buf_str(&buf), &offset, &back));
		assert_true(back == values[i]);
	}
	assert_false(ll_zigzag_get(ll_buf_str(&buf), &offset, &back));
}

static void a_cut_or_endless_varint_is_refused(void **state)
{
	static const char endless[] = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01";
	uint64_t value = 5;
	size_t offset = 0;

	(void)state;
	assert_false(ll_varint_get(ll_str_n("\x80\x80", 2), &offset, &value));
	offset = 0;
	assert_false(ll_varint_get(ll_str_n(endless, 11), &offset, &value));
	assert_int_equal(value, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_buffer_is_an_empty_text),
		cmocka_unit_test(pieces_follow_each_other_and_stay_terminated),
		cmocka_unit_test(a_long_formatted_text_is_whole),
		cmocka_unit_test(the_ceiling_keeps_what_fits_and_is_asked_for_once),
		cmocka_unit_test(a_size_that_overflows_is_over_the_ceiling),
		cmocka_unit_test(reserved_room_counts_when_it_is_committed),
		cmocka_unit_test(varints_come_back_as_they_went),
		cmocka_unit_test(small_signed_numbers_are_short_and_all_come_back),
		cmocka_unit_test(a_cut_or_endless_varint_is_refused),
	};

	return cmocka_run_group_tests_name("base.buf", tests, NULL, NULL);
}
