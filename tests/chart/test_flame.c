/* SPDX-License-Identifier: Apache-2.0 */
#include "draw.h"

#define MIB INT64_C(1048576)

enum {
	MANY = 4000,
};

static const char BOXES[] = "//*[@class='flame-boxes']//*[local-name()='path']";

static struct drawing draw_flame(const struct ll_flame_chart *flame,
                                 struct ll_flame_drawn *ret_drawn)
{
	struct drawing drawing;
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(&drawing.out, LL_BUF_PAGE);
	assert_ok(ll_chart_flame(flame, &drawing.out, ret_drawn, &err), &err);
	drawing.document = check_svg(ll_buf_str(&drawing.out), flame->chart.id);
	return drawing;
}

static struct ll_flame_box box(const char *name, size_t parent, enum ll_flame_kind kind,
                               int64_t value, int64_t older)
{
	const char *const slash = strrchr(name, '/');

	return (struct ll_flame_box){.name = ll_str(name),
	                             .label = ll_str(slash ? slash + 1 : name),
	                             .parent = parent,
	                             .kind = kind,
	                             .value = value,
	                             .older = older};
}

static struct ll_flame_chart chart_of(const struct ll_flame_box *boxes, size_t count)
{
	return (struct ll_flame_chart){
		.chart = {.id = "f",
	                  .title = ll_str("cart.(*Store).Put has 60 % of 100 MiB"),
	                  .description = ll_str("Heap profile of cart.")},
		.unit = LL_FLAME_BYTES,
		.boxes = boxes,
		.count = count,
	};
}

/* A small heap: own code, a library, the standard library, the runtime, and crumbs. */
static size_t small_heap(struct ll_flame_box boxes[16])
{
	static const char put[] = "example.com/shop/cart.(*Store).Put";

	boxes[0] = box("all", 0, LL_FLAME_OTHER, 100 * MIB, 70 * MIB);
	boxes[1] = box("runtime.main", 0, LL_FLAME_RUNTIME, 90 * MIB, 60 * MIB);
	boxes[2] = box("main.main", 1, LL_FLAME_OWN, 90 * MIB, 60 * MIB);
	boxes[3] = box(put, 2, LL_FLAME_OWN, 60 * MIB, 20 * MIB);
	boxes[4] = box("encoding/json.Unmarshal", 2, LL_FLAME_STANDARD, 20 * MIB, 30 * MIB);
	boxes[5] = box("github.com/acme/lru.(*Cache).Add", 2, LL_FLAME_LIBRARY, 9 * MIB, 9 * MIB);
	boxes[6] = box("bytes.growSlice", 3, LL_FLAME_STANDARD, 60 * MIB, 20 * MIB);
	boxes[7] = box("net/http.(*conn).serve", 0, LL_FLAME_STANDARD, 10 * MIB, 10 * MIB);
	boxes[8] = box("main.crumb1", 2, LL_FLAME_OWN, 90000, 0);
	boxes[9] = box("main.crumb2", 2, LL_FLAME_OWN, 80000, 0);
	boxes[10] = box("main.crumb3", 9, LL_FLAME_OWN, 80000, 0);
	boxes[11] = box("main.gone", 2, LL_FLAME_OWN, 0, MIB);
	boxes[3].tone = 1;
	return 12;
}

static void a_heap_is_drawn_as_agreed(void **state)
{
	struct ll_flame_box boxes[16];
	struct ll_flame_chart flame = chart_of(boxes, small_heap(boxes));
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	flame.note = ll_str("Estimates, as pprof shows them.");
	drawing = draw_flame(&flame, NULL);

	ll_test_golden("chart/flame-heap.svg", ll_buf_str(&drawing.out));
}

static void a_difference_is_drawn_as_agreed(void **state)
{
	struct ll_flame_box boxes[16];
	struct ll_flame_chart flame = chart_of(boxes, small_heap(boxes));
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	flame.is_difference = true;
	drawing = draw_flame(&flame, NULL);

	ll_test_golden("chart/flame-difference.svg", ll_buf_str(&drawing.out));
}

static void a_box_says_function_value_and_share(void **state)
{
	struct ll_flame_box boxes[16];
	const struct ll_flame_chart flame = chart_of(boxes, small_heap(boxes));
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_flame(&flame, NULL);

	(void)state;
	assert_int_equal(
		svg_count(drawing.document,
	                  "//*[local-name()='path']/*[local-name()='title'][.='example.com/"
	                  "shop/cart.(*Store).Put \xc2\xb7 60 MiB \xc2\xb7 60 %']"),
		1);
	assert_int_equal(svg_count(drawing.document, "//*[@class='flame-texts']"
	                                             "//*[.='cart.(*Store).Put']"),
	                 1);
}

static void whose_code_it_is_shows_without_colour(void **state)
{
	struct ll_flame_box boxes[16];
	const struct ll_flame_chart flame = chart_of(boxes, small_heap(boxes));
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_flame(&flame, NULL);

	(void)state;
	assert_int_equal(
		svg_count(drawing.document, "//*[@font-weight='bold']/*[.='cart.(*Store).Put']"),
		1);
	assert_int_equal(
		svg_count(drawing.document, "//*[@font-style='italic']/*[.='json.Unmarshal']"), 1);
	assert_int_equal(svg_count(drawing.document,
	                           "//*[@class='flame-boxes']/*[@class='flame-runtime']"
	                           "[@stroke-dasharray]"),
	                 1);
	assert_true(svg_says(drawing.document, "your code"));
}

static void what_is_too_small_is_counted_in_a_grey_box(void **state)
{
	struct ll_flame_box boxes[16];
	const struct ll_flame_chart flame = chart_of(boxes, small_heap(boxes));
	struct ll_flame_drawn drawn;
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_flame(&flame, &drawn);

	(void)state;
	assert_int_equal(drawn.folded, 3);
	assert_int_equal(drawn.boxes, 9);
	assert_int_equal(drawn.levels, 5);
	assert_int_equal(svg_count(drawing.document, "//*[@class='flame-rest']/*/*[starts-with(., "
	                                             "'3 more \xc2\xb7 166 KiB')]"),
	                 1);
	assert_true(svg_says(drawing.document, "3 frames below 0.1 % are counted and not drawn."));
}

static void what_is_gone_has_no_box(void **state)
{
	struct ll_flame_box boxes[16];
	struct ll_flame_chart flame = chart_of(boxes, small_heap(boxes));
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	flame.is_difference = true;
	drawing = draw_flame(&flame, NULL);

	assert_int_equal(svg_count(drawing.document, "//*[contains(., 'main.gone')]"), 0);
}

static void a_difference_tells_direction_by_sign_and_edge(void **state)
{
	struct ll_flame_box boxes[16];
	struct ll_flame_chart flame = chart_of(boxes, small_heap(boxes));
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	flame.is_difference = true;
	drawing = draw_flame(&flame, NULL);

	assert_int_equal(
		svg_count(drawing.document, "//*[@font-weight='bold']/*[.='+ cart.(*Store).Put']"),
		1);
	assert_int_equal(svg_count(drawing.document, "//*[@font-style='italic']/"
	                                             "*[.='\xe2\x88\x92 json.Unmarshal']"),
	                 1);
	assert_int_equal(svg_count(drawing.document, "//*[@class='flame-boxes']/"
	                                             "*[@class='flame-shrank-3'][@stroke-dasharray]"
	                                             "/*/*[contains(., '-10 MiB since 30 MiB')]"),
	                 1);
	assert_int_equal(svg_count(drawing.document, "//*[@class='flame-grew-3']/*/"
	                                             "*[contains(., '+40 MiB since 20 MiB')]"),
	                 2);
}

/* One caller with many callees of different sizes. */
static void fan(struct ll_flame_box *boxes, size_t count)
{
	boxes[0] = box("all", 0, LL_FLAME_OTHER, 0, 0);
	for (size_t i = 1; i < count; i++) {
		boxes[i] = box("main.f", 0, LL_FLAME_OWN, (int64_t)(2 * count - i), 0);
		boxes[0].value += boxes[i].value;
	}
}

static void no_picture_has_more_boxes_than_it_may(void **state)
{
	static struct ll_flame_box boxes[MANY];
	struct ll_flame_chart flame = chart_of(boxes, 900);
	struct ll_flame_drawn drawn;
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	fan(boxes, 900);
	flame.most_boxes = 100;
	drawing = draw_flame(&flame, &drawn);

	assert_in_range(drawn.boxes, 99, 100);
	assert_int_equal(svg_count(drawing.document, BOXES), drawn.boxes);
	assert_int_equal(drawn.boxes - 1 + drawn.folded, 900);
	assert_true(svg_says(drawing.document, " are counted and not drawn."));
}

static void a_box_costs_few_bytes(void **state)
{
	static struct ll_flame_box boxes[MANY];
	const struct ll_flame_chart flame = chart_of(boxes, MANY);
	struct ll_flame_drawn drawn;
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	fan(boxes, MANY);
	boxes[0].value = 0;
	for (size_t i = 1; i < MANY; i++) {
		boxes[i] = box("example.com/shop/cart.(*Store).Put", i % 40 == 1 ? 0 : i - 1,
		               LL_FLAME_OWN, 1000, 0);
		boxes[0].value += i % 40 == 1 ? 1000 : 0;
	}
	drawing = draw_flame(&flame, &drawn);

	assert_in_range(drawn.boxes, LL_FLAME_BOXES / 2, LL_FLAME_BOXES);
	assert_true(drawing.out.size / drawn.boxes < 190);
}

static void a_call_below_the_deepest_level_is_counted(void **state)
{
	static struct ll_flame_box boxes[MANY];
	const struct ll_flame_chart flame = chart_of(boxes, MANY);
	struct ll_flame_drawn drawn;
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		boxes[i] = box("main.again", i > 0 ? i - 1 : 0, LL_FLAME_OWN, 5, 0);
	drawing = draw_flame(&flame, &drawn);

	assert_int_equal(drawn.folded, MANY - LL_FLAME_LEVELS);
	assert_true(svg_says(drawing.document, "below level 80"));
}

static void hostile_names_are_text(void **state)
{
	struct ll_flame_box boxes[2] = {0};
	const struct ll_flame_chart flame = chart_of(boxes, 2);
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	boxes[0] = box("all", 0, LL_FLAME_OTHER, 10, 0);
	boxes[1] = box("</title><script>alert(1)</script>\"'&\x01\xff\xe2\x80\x8b", 0, LL_FLAME_OWN,
	               10, 0);
	drawing = draw_flame(&flame, NULL);

	assert_int_equal(svg_count(drawing.document, "//*[local-name()='script']"), 0);
	assert_int_equal(svg_count(drawing.document, "//*[local-name()='path']/*[starts-with(., "
	                                             "'</title><script>alert(1)</script>')]"),
	                 1);
}

static void nothing_gives_a_picture_that_says_so(void **state)
{
	const struct ll_flame_box boxes[] = {{.name = {"all", 3}}};
	const struct ll_flame_chart flame = chart_of(boxes, 1);
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_flame(&flame, NULL);

	(void)state;
	assert_true(svg_says(drawing.document, "No data"));
}

/* A delta profile may have callees that are larger than their caller, or negative. */
static void values_below_zero_have_no_width(void **state)
{
	struct ll_flame_box boxes[3] = {0};
	const struct ll_flame_chart flame = chart_of(boxes, 3);
	struct ll_flame_drawn drawn;
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	boxes[0] = box("all", 0, LL_FLAME_OTHER, 10, 0);
	boxes[1] = box("main.more", 0, LL_FLAME_OWN, 15, 0);
	boxes[2] = box("main.less", 0, LL_FLAME_OWN, -5, 0);
	drawing = draw_flame(&flame, &drawn);

	assert_int_equal(drawn.boxes, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_heap_is_drawn_as_agreed),
		cmocka_unit_test(a_difference_is_drawn_as_agreed),
		cmocka_unit_test(a_box_says_function_value_and_share),
		cmocka_unit_test(whose_code_it_is_shows_without_colour),
		cmocka_unit_test(what_is_too_small_is_counted_in_a_grey_box),
		cmocka_unit_test(what_is_gone_has_no_box),
		cmocka_unit_test(a_difference_tells_direction_by_sign_and_edge),
		cmocka_unit_test(no_picture_has_more_boxes_than_it_may),
		cmocka_unit_test(a_box_costs_few_bytes),
		cmocka_unit_test(a_call_below_the_deepest_level_is_counted),
		cmocka_unit_test(hostile_names_are_text),
		cmocka_unit_test(nothing_gives_a_picture_that_says_so),
		cmocka_unit_test(values_below_zero_have_no_width),
	};

	return cmocka_run_group_tests_name("chart.flame", tests, NULL, NULL);
}
