/* SPDX-License-Identifier: Apache-2.0 */
#include "slots.h"
#include "support.h"

static const struct ll_slot slots[] = {{"picture", {"<svg/>", 6}}, {"style", {"", 0}}};

static void assert_filled(const char *page, const char *expected)
{
	struct ll_buf out LL_CLEANUP(ll_buf_done);
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&out, LL_BUF_MESSAGE);

	assert_ok(ll_slots_fill(ll_str(page), slots, LL_COUNT(slots), &out, &err), &err);

	assert_string_equal(out.data, expected);
}

static void slots_are_filled_where_they_stand(void **state)
{
	(void)state;
	assert_filled("a<ll-slot name=\"picture\"></ll-slot>b<ll-slot name=\"style\"></ll-slot>",
	              "a<svg/>b");
	assert_filled("no slots", "no slots");
}

/* What a capture says is escaped by the template and stays text. */
static void text_that_looks_like_a_slot_is_text(void **state)
{
	(void)state;
	assert_filled("&lt;ll-slot name=\"picture\"&gt;", "&lt;ll-slot name=\"picture\"&gt;");
}

static void a_slot_that_nobody_fills_is_an_error(void **state)
{
	struct ll_buf out LL_CLEANUP(ll_buf_done);
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	ll_buf_init(&out, LL_BUF_MESSAGE);

	assert_int_equal(ll_slots_fill(ll_str("<ll-slot name=\"other\"></ll-slot>"), slots,
	                               LL_COUNT(slots), &out, &err),
	                 LL_E_INTERNAL);

	assert_string_equal(err.text, "nothing fills the slot 'other'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slots_are_filled_where_they_stand),
		cmocka_unit_test(text_that_looks_like_a_slot_is_text),
		cmocka_unit_test(a_slot_that_nobody_fills_is_an_error),
	};

	return cmocka_run_group_tests_name("report.slots", tests, NULL, NULL);
}
