/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"
#include "tags.h"

static struct ll_tag *add(struct ll_tags *tags, const char *label, double end_y)
{
	struct ll_tag *const tag = ll_tags_push(tags);

	tag->label = ll_str(label);
	tag->end_x = 500;
	tag->end_y = end_y;
	(void)snprintf(tag->value, sizeof tag->value, "412 MiB");
	return tag;
}

/* Column and legend as SVG text; the caller frees it with ll_buf_done. */
static struct ll_buf drawn(const struct ll_tags *tags)
{
	static const struct ll_chart chart = {.id = "c", .width = 720, .height = 300};
	static const struct ll_picture_size size = {720, 300, 340, 260};
	struct ll_picture picture;

	ll_picture_init(&picture, &chart, &size);
	ll_svg_open(&picture.svg, "svg");
	ll_tags_draw(tags, &picture, 500, 20, 260);
	ll_tags_draw_legend(tags, &picture, 300);
	ll_svg_close(&picture.svg);
	return picture.bytes;
}

static void short_names_stand_in_a_column_on_wide_pictures(void **state)
{
	struct ll_tags tags LL_CLEANUP(ll_tags_done) = {0};

	(void)state;
	(void)add(&tags, "HeapAlloc", 50);
	(void)add(&tags, "NextGC", 90);
	ll_tags_plan(&tags, 720, 240);

	assert_true(tags.has_column);
	assert_true(ll_tags_margin(&tags) > 100);
	assert_float_equal(ll_tags_legend_height(&tags), 0, 0);
}

static void narrow_pictures_have_digits_and_a_legend(void **state)
{
	struct ll_tags tags LL_CLEANUP(ll_tags_done) = {0};
	struct ll_buf svg LL_CLEANUP(ll_buf_done);

	(void)state;
	(void)add(&tags, "HeapAlloc", 50);
	(void)add(&tags, "NextGC", 90);
	ll_tags_plan(&tags, 340, 200);
	svg = drawn(&tags);

	assert_false(tags.has_column);
	assert_true(ll_tags_margin(&tags) < 30);
	assert_true(ll_tags_legend_height(&tags) > 30);
	assert_non_null(strstr(svg.data, ">1</text>"));
	assert_non_null(strstr(svg.data, ">2</text>"));
	assert_non_null(strstr(svg.data, ">HeapAlloc<"));
}

static void a_single_name_needs_no_digit(void **state)
{
	struct ll_tags tags LL_CLEANUP(ll_tags_done) = {0};
	struct ll_buf svg LL_CLEANUP(ll_buf_done);

	(void)state;
	(void)add(&tags, "HeapAlloc", 50);
	ll_tags_plan(&tags, 340, 200);
	svg = drawn(&tags);

	assert_null(strstr(svg.data, ">1</text>"));
	assert_non_null(strstr(svg.data, ">HeapAlloc<"));
}

static void a_name_that_would_lose_too_much_moves_all_to_the_legend(void **state)
{
	struct ll_tags tags LL_CLEANUP(ll_tags_done) = {0};

	(void)state;
	(void)add(&tags, "HeapAlloc", 50);
	(void)add(
		&tags,
		"github.com/acme/checkout/internal/ledger/store/cache.(*ShardedStore).PutIfAbsent",
		90);
	ll_tags_plan(&tags, 720, 240);

	assert_false(tags.has_column);
	assert_int_equal(tags.legend_columns, 1);
}

static void more_names_than_lines_of_text_move_to_the_legend(void **state)
{
	struct ll_tags tags LL_CLEANUP(ll_tags_done) = {0};

	(void)state;
	for (int i = 0; i < 30; i++)
		(void)add(&tags, "site", 50);
	ll_tags_plan(&tags, 720, 240);

	assert_false(tags.has_column);
	assert_int_equal(tags.legend_columns, 3);
}

static void the_total_is_not_numbered(void **state)
{
	struct ll_tags tags LL_CLEANUP(ll_tags_done) = {0};
	struct ll_buf svg LL_CLEANUP(ll_buf_done);

	(void)state;
	add(&tags, "Total", 30)->shape = LL_TAG_TOTAL;
	add(&tags, "chan receive", 50)->shape = LL_TAG_LAYER;
	add(&tags, "select", 90)->shape = LL_TAG_LAYER;
	ll_tags_plan(&tags, 340, 200);
	svg = drawn(&tags);

	assert_non_null(strstr(svg.data, ">1</text>"));
	assert_non_null(strstr(svg.data, ">2</text>"));
	assert_null(strstr(svg.data, ">3</text>"));
}

static void no_names_need_no_room(void **state)
{
	struct ll_tags tags LL_CLEANUP(ll_tags_done) = {0};
	struct ll_buf svg LL_CLEANUP(ll_buf_done);

	(void)state;
	ll_tags_plan(&tags, 720, 240);
	svg = drawn(&tags);

	assert_float_equal(ll_tags_legend_height(&tags), 0, 0);
	assert_string_equal(svg.data, "<svg/>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_names_stand_in_a_column_on_wide_pictures),
		cmocka_unit_test(narrow_pictures_have_digits_and_a_legend),
		cmocka_unit_test(a_single_name_needs_no_digit),
		cmocka_unit_test(a_name_that_would_lose_too_much_moves_all_to_the_legend),
		cmocka_unit_test(more_names_than_lines_of_text_move_to_the_legend),
		cmocka_unit_test(the_total_is_not_numbered),
		cmocka_unit_test(no_names_need_no_room),
	};

	return cmocka_run_group_tests_name("chart.tags", tests, NULL, NULL);
}
