/* SPDX-License-Identifier: Apache-2.0 */
#include "log/goroutine_header.h"
#include "support.h"

static void labels_may_stand_right_behind_the_bracket(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf labels;
	struct ll_goroutine_header header;

	(void)state;
	ll_buf_init(&labels, LL_BUF_MESSAGE);
	assert_true(ll_goroutine_header_parse(
		ll_str("goroutine 12 [select, 2 minutes]{\"tenant\": \"b\", \"job\": \"a\"}:"),
		&header));
	ll_goroutine_header_put_labels(&labels, header.labels);

	assert_int_equal(header.id, 12);
	assert_int_equal(header.minutes, 2);
	assert_true(ll_str_equal(header.state, ll_str("select")));
	assert_string_equal(labels.data, "{\"job\":\"a\",\"tenant\":\"b\"}");
}

static void a_bubble_of_synctest_is_no_part_of_the_state(void **state)
{
	static const struct {
		const char *line, *state;
		int64_t minutes;
	} rows[] = {
		{"goroutine 7 [chan receive (durable), synctest bubble 1]:", "chan receive", 0},
		{"goroutine 7 [sleep, 3 minutes, synctest bubble 4, locked to thread]:", "sleep",
	         3},
		{"goroutine 7 [select (no cases) (durable), synctest bubble 1]:",
	         "select (no cases)", 0},
		{"goroutine 7 gp=0xc0000 m=nil [running (scan)]:", "running", 0},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_goroutine_header header;

		assert_true(ll_goroutine_header_parse(ll_str(rows[i].line), &header));
		assert_true(ll_str_equal(header.state, ll_str(rows[i].state)));
		assert_int_equal(header.minutes, rows[i].minutes);
	}
}

static void what_is_not_all_of_a_header_is_none(void **state)
{
	static const char *const lines[] = {
		"goroutine 7 [select]{:",
		"goroutine 7 [select]{\"a\": \"b\"",
		"goroutine 7 [select]{\"a\": \"b\"} and so on:",
		"goroutine 7 [select]x:",
		"goroutine [select]:",
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(lines); i++) {
		struct ll_goroutine_header header;

		assert_false(ll_goroutine_header_parse(ll_str(lines[i]), &header));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_may_stand_right_behind_the_bracket),
		cmocka_unit_test(a_bubble_of_synctest_is_no_part_of_the_state),
		cmocka_unit_test(what_is_not_all_of_a_header_is_none),
	};

	return cmocka_run_group_tests_name("capture.goroutine_header", tests, NULL, NULL);
}
