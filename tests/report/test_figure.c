/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_figure.c - figures: the conclusion as title, two pictures, a table of the numbers.
 *
 * The statements behind a figure are resources, so a test puts its own rows in their place.
 */
#include "figure.h"
#include "support.h"

#include <leakledger/ledger.h>
#include <leakledger/units.h>

#define T0 "1795219200000000000" /* 2026-11-21T00:00:00Z */

struct figures {
	char *scratch;
	struct ll_resources *resources;
	struct ll_ledger *ledger;
	struct ll_model model;
	struct ll_figure_of of;
};

/* Rows of a statement: VALUES with the columns of a course. */
static void put_rows(const struct figures *f, const char *name, const char *values)
{
	struct ll_buf sql;

	ll_buf_init(&sql, LL_BUF_SQL);
	ll_buf_printf(&sql,
	              "SELECT column1 AS series, column2 AS life, " T0 " + column3 * 3600000000000"
	              " AS t_ns, column4 AS value FROM (VALUES %s)",
	              values);
	free(ll_test_write(f->scratch, name, ll_buf_str(&sql)));
	ll_buf_done(&sql);
}

static void put_sql(const struct figures *f, const char *name, const char *sql)
{
	free(ll_test_write(f->scratch, name, ll_str(sql)));
}

static struct figures *begin(void)
{
	struct figures *const f = ll_calloc(1, sizeof *f);

	f->scratch = ll_test_scratch();
	f->of = (struct ll_figure_of){
		.instance = "cart-1", .since_ns = LL_TIME_NONE, .until_ns = LL_TIME_NONE};
	put_sql(f, "sql/reports/service/marks.sql", "SELECT 0, '', '' WHERE 0");
	put_sql(f, "sql/reports/service/floor_trend.sql", "SELECT NULL, NULL");
	put_sql(f, "sql/reports/service/limits.sql", "SELECT '', 0 WHERE 0");
	return f;
}

static void open_figures(struct figures *f)
{
	struct ll_error err = LL_ERROR_INIT;
	char path[1024];

	(void)snprintf(path, sizeof path, "%s/t.db", f->scratch);
	assert_ok(ll_resources_open(f->scratch, &f->resources, &err), &err);
	assert_ok(ll_ledger_open(path, LL_LEDGER_WRITE, f->resources, &f->ledger, &err), &err);
	assert_ok(ll_model_init(&f->model, "service", &err), &err);
	f->of.ledger = f->ledger;
}

static xmlNodePtr make(struct figures *f, enum ll_figure figure)
{
	struct ll_error err = LL_ERROR_INIT;

	open_figures(f);
	assert_ok(ll_figure_put(figure, &f->of, f->model.page, &err), &err);
	return f->model.page->children;
}

static void end(struct figures *f)
{
	ll_model_done(&f->model);
	ll_ledger_close(f->ledger);
	ll_resources_close(f->resources);
	ll_test_scratch_done(f->scratch);
	free(f);
}

static void assert_attribute(xmlNodePtr node, const char *name, const char *expected)
{
	xmlChar *const found = xmlGetProp(node, ll_xml(name));

	assert_non_null(found);
	assert_string_equal((const char *)found, expected);
	xmlFree(found);
}

static size_t count_children(xmlNodePtr node, const char *name)
{
	size_t count = 0;

	for (xmlNodePtr child = node->children; child; child = child->next)
		count += strcmp((const char *)child->name, name) == 0;
	return count;
}

static xmlNodePtr child_of(xmlNodePtr node, const char *name)
{
	for (xmlNodePtr child = node->children; child; child = child->next) {
		if (strcmp((const char *)child->name, name) == 0)
			return child;
	}
	fail_msg("no <%s> in <%s>", name, (const char *)node->name);
	return NULL;
}

/* "a|b|c": the texts of a moment's values. */
static void assert_moment(xmlNodePtr figure, size_t index, const char *time, const char *expected)
{
	xmlNodePtr moment = child_of(child_of(figure, "numbers"), "moment");
	struct ll_buf found;

	for (size_t i = 0; i < index; i++)
		moment = moment->next;
	ll_buf_init(&found, LL_BUF_MESSAGE);
	for (xmlNodePtr value = moment->children; value; value = value->next) {
		xmlChar *const text = xmlNodeGetContent(value);

		ll_buf_printf(&found, "%s%s", value->prev ? "|" : "", (const char *)text);
		xmlFree(text);
	}
	assert_attribute(moment, "time", time);
	assert_string_equal(found.data, expected);
	ll_buf_done(&found);
}

/* Everything that is written in a figure's first picture. */
static void picture_text(xmlNodePtr figure, struct ll_buf *ret_text)
{
	xmlChar *const text = xmlNodeGetContent(child_of(figure, "svg"));

	ll_buf_init(ret_text, LL_BUF_PAGE);
	ll_buf_puts(ret_text, (const char *)text);
	xmlFree(text);
}

static void a_figure_has_a_conclusion_two_pictures_and_a_table(void **state)
{
	struct figures *const f = begin();
	xmlNodePtr figure;
	(void)state;

	put_rows(f, "sql/reports/service/heap.sql",
	         "('HeapAlloc', 1, 0, 1048576), ('HeapAlloc', 1, 12, 2097152), "
	         "('NextGC', 1, 0, 4194304), ('NextGC', 1, 12, 8388608)");
	figure = make(f, LL_FIGURE_HEAP);

	assert_attribute(figure, "id", "heap");
	assert_attribute(figure, "title", "NextGC went from 4 MiB to 8 MiB");
	assert_attribute(figure, "note", "Heap of cart-1, 2026-11-21 00:00 to 12:00 UTC");
	assert_int_equal(count_children(figure, "svg"), 2);
	assert_int_equal(count_children(child_of(figure, "numbers"), "series"), 2);
	assert_int_equal(count_children(child_of(figure, "numbers"), "moment"), 13);
	assert_moment(figure, 0, "2026-11-21 00:00", "1 MiB|4 MiB");
	assert_moment(figure, 12, "2026-11-21 12:00", "2 MiB|8 MiB");
	end(f);
}

static void a_course_of_two_instances_says_so_and_one_names_its_own(void **state)
{
	static const char *const rows[] = {
		"('cart-1', 1, 0, 1), ('cart-1', 1, 12, 2)",
		"('cart-1', 1, 0, 1), ('cart-1', 1, 12, 2), ('cart-2', 2, 0, 1), ('cart-2', 2, 12, 2)",
	};
	static const char *const notes[] = {
		"In use of cart-1, 2026-11-21 00:00 to 12:00 UTC",
		"In use of 2 instances, 2026-11-21 00:00 to 12:00 UTC",
	};
	(void)state;

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct figures *const f = begin();

		put_sql(f, "sql/reports/finding/trend.sql", "SELECT NULL, NULL");
		put_rows(f, "sql/reports/finding/series.sql", rows[i]);
		assert_attribute(make(f, LL_FIGURE_PLACE), "note", notes[i]);
		end(f);
	}
}

static void without_numbers_a_figure_says_what_is_missing(void **state)
{
	struct figures *const f = begin();
	xmlNodePtr figure;
	(void)state;

	put_rows(f, "sql/reports/service/heap.sql", "('x', 1, 0, NULL)");
	figure = make(f, LL_FIGURE_HEAP);

	assert_attribute(figure, "title", "No MemStats were captured");
	assert_null(figure->children);
	end(f);
}

static void a_window_without_points_is_like_no_numbers(void **state)
{
	struct figures *const f = begin();
	xmlNodePtr figure;
	(void)state;

	put_rows(f, "sql/reports/service/heap.sql", "('x', 1, 0, 1), ('x', 1, 1, 2)");
	f->of.since_ns = INT64_C(1795219200000000000) + 5 * LL_NS_PER_HOUR;
	figure = make(f, LL_FIGURE_HEAP);

	assert_attribute(figure, "title", "No MemStats were captured");
	end(f);
}

static void a_gap_between_two_lives_is_empty_in_the_table(void **state)
{
	struct figures *const f = begin();
	xmlNodePtr figure;
	(void)state;

	/* The gap stands at 6 h, in the middle between the lives; the table has a row an hour. */
	put_rows(f, "sql/reports/service/heap.sql",
	         "('HeapAlloc', 1, 0, 1048576), ('HeapAlloc', 1, 2, 2097152), "
	         "('HeapAlloc', 2, 10, 1048576), ('HeapAlloc', 2, 12, 3145728)");
	figure = make(f, LL_FIGURE_HEAP);

	assert_moment(figure, 5, "2026-11-21 05:00", "2 MiB");
	assert_moment(figure, 6, "2026-11-21 06:00", "");
	assert_moment(figure, 9, "2026-11-21 09:00", "");
	assert_moment(figure, 10, "2026-11-21 10:00", "1 MiB");
	end(f);
}

/* slope, low, high per ns, three unused, from, until, middle of time, middle of value. */
static void put_trend(const struct figures *f, const char *slope, const char *low, const char *high)
{
	char sql[512];

	(void)snprintf(sql, sizeof sql,
	               "SELECT %s / 3600e9, %s / 3600e9, %s / 3600e9, 0, 0, 0, " T0 ", " T0
	               " + 43200000000000, " T0 " + 21600000000000, 4194304",
	               slope, low, high);
	put_sql(f, "sql/reports/service/floor_trend.sql", sql);
}

static void assert_floor_title(const char *slope, const char *low, const char *high,
                               const char *title)
{
	struct figures *const f = begin();
	xmlNodePtr figure;

	put_rows(f, "sql/reports/service/floor.sql",
	         "('Live heap', 1, 0, 1048576), ('Live heap', 1, 6, 4194304), "
	         "('Live heap', 1, 12, 7340032)");
	if (slope)
		put_trend(f, slope, low, high);
	figure = make(f, LL_FIGURE_FLOOR);

	assert_attribute(figure, "title", title);
	assert_int_equal(count_children(figure, "svg"), 2);
	end(f);
}

static void the_title_of_the_floor_is_what_the_trend_says(void **state)
{
	(void)state;

	assert_floor_title("524288.0", "262144.0", "1048576.0",
	                   "The live heap rises by 512 KiB an hour (95 % interval 256 KiB an hour "
	                   "to 1 MiB an hour)");
	assert_floor_title("524288.0", "-1.0", "1048576.0",
	                   "The live heap does not rise beyond what chance explains");
	assert_floor_title(NULL, NULL, NULL,
	                   "The live heap: too few captures of the newest process for a trend");
}

static void goroutines_are_counted_and_the_largest_group_is_named(void **state)
{
	struct figures *const f = begin();
	xmlNodePtr figure;
	(void)state;

	put_rows(f, "sql/reports/service/goroutines.sql",
	         "('chan receive', 1, 0, 10), ('chan receive', 1, 12, 1500), "
	         "('IO wait', 1, 0, 20), ('IO wait', 1, 12, 30)");
	figure = make(f, LL_FIGURE_GOROUTINES);

	assert_attribute(figure, "title",
	                 "1,530 goroutines at the end, 1,500 of them in chan receive");
	assert_moment(figure, 12, "2026-11-21 12:00", "1,500|30");
	end(f);
}

static void hostile_names_stay_text_in_title_picture_and_table(void **state)
{
	struct figures *const f = begin();
	xmlBufferPtr const xml = xmlBufferCreate();
	xmlNodePtr figure;
	(void)state;

	put_rows(
		f, "sql/reports/service/sites.sql",
		"('<script>alert(1)</script>&' || char(1) || CAST(x'ff' AS TEXT), 1, 0, 1048576), "
		"('<script>alert(1)</script>&' || char(1) || CAST(x'ff' AS TEXT), 1, 12, 2097152)");
	f->of.instance = "\"><img src=x>\x1b[31m";
	figure = make(f, LL_FIGURE_SITES);

	assert_attribute(figure, "title",
	                 "<script>alert(1)</script>&\xef\xbf\xbd\xef\xbf\xbd gained most: from 1 "
	                 "MiB to 2 MiB in use");
	assert_true(xmlNodeDump(xml, f->model.doc, figure, 0, 0) > 0);
	assert_null(strstr((const char *)xmlBufferContent(xml), "<script"));
	assert_null(strstr((const char *)xmlBufferContent(xml), "<img"));
	assert_null(strchr((const char *)xmlBufferContent(xml), '\x1b'));
	xmlBufferFree(xml);
	end(f);
}

static void a_figure_whose_statement_is_wrong_is_named_in_the_error(void **state)
{
	struct figures *const f = begin();
	struct ll_error err = LL_ERROR_INIT;
	(void)state;

	put_sql(f, "sql/reports/service/heap.sql", "SELECT 1 AS series");
	open_figures(f);

	assert_int_equal(ll_figure_put(LL_FIGURE_HEAP, &f->of, f->model.page, &err), LL_E_USAGE);
	assert_string_equal(err.text, "figure 'heap': the query of a picture has no column 'life'");
	end(f);
}

static void limits_are_lines_with_a_name_and_kills_have_a_mark(void **state)
{
	struct figures *const f = begin();
	xmlNodePtr figure;
	struct ll_buf svg;
	(void)state;

	put_rows(f, "sql/reports/service/heap.sql",
	         "('HeapAlloc', 1, 0, 1048576), ('HeapAlloc', 1, 12, 2097152)");
	put_sql(f, "sql/reports/service/limits.sql",
	        "SELECT 'limit', 4194304 UNION ALL SELECT 'GOMEMLIMIT', 3145728");
	put_sql(f, "sql/reports/service/marks.sql",
	        "SELECT " T0 " + 7 * 3600000000000, 'kill', 'OOM kill'");
	figure = make(f, LL_FIGURE_HEAP);

	picture_text(figure, &svg);
	assert_true(ll_str_find(ll_buf_str(&svg), "GOMEMLIMIT") != SIZE_MAX);
	assert_true(ll_str_find(ll_buf_str(&svg), "limit") != SIZE_MAX);
	assert_true(ll_str_find(ll_buf_str(&svg), "OOM kill") != SIZE_MAX);
	ll_buf_done(&svg);
	end(f);
}

static void the_ledger_says_what_most_of_the_memory_is(void **state)
{
	struct figures *const f = begin();
	xmlNodePtr figure;
	(void)state;

	put_rows(f, "sql/reports/service/ledger.sql",
	         "('live heap', 1, 0, 1048576), ('live heap', 1, 12, 6291456), "
	         "('stacks', 1, 0, 1048576), ('stacks', 1, 12, 2097152)");
	figure = make(f, LL_FIGURE_LEDGER);

	assert_attribute(figure, "title", "Of 8 MiB at the end, 6 MiB are live heap (75 %)");
	end(f);
}

static void shares_of_time_are_percents(void **state)
{
	struct figures *const f = begin();
	xmlNodePtr figure;
	(void)state;

	put_rows(f, "sql/reports/service/gc_cpu.sql",
	         "('between captures', 1, 0, 0.5), ('between captures', 1, 1, 12.5), "
	         "('between captures', 1, 2, 3)");
	figure = make(f, LL_FIGURE_GC_CPU);

	assert_attribute(figure, "title",
	                 "Processor time of the collector: 3 % at the end, 12.5 % at most");
	assert_moment(figure, 12, "2026-11-21 02:00", "3 %");
	end(f);
}

static const char GRID_ROWS[] =
	"SELECT column1 AS row_id, column2 AS row_name, column3 AS column_name, column4 AS value, "
	"'hub fell silent' AS title, 'a note' AS note, 'Captures' AS what, 'UTC' AS context "
	"FROM (VALUES (7, 'cart', '1 Nov', 3), (7, 'cart', '2 Nov', 4), (9, '<b>hub', '1 Nov', 0), "
	"(9, '<b>hub', '2 Nov', NULL))";

static void a_heat_map_has_its_numbers_beside_it(void **state)
{
	struct figures *const f = begin();
	struct ll_error err = LL_ERROR_INIT;
	xmlNodePtr figure;
	(void)state;

	put_sql(f, "sql/reports/index/coverage.sql", GRID_ROWS);
	open_figures(f);
	assert_ok(ll_grid_put(LL_GRID_COVERAGE, &f->of, f->model.page, &err), &err);
	figure = f->model.page->children;

	assert_attribute(figure, "title", "hub fell silent");
	assert_int_equal(count_children(figure, "svg"), 2);
	assert_moment(figure, 0, "cart", "3|4");
	assert_moment(figure, 1, "<b>hub", "0|");
	end(f);
}

static void a_heat_map_without_rows_says_what_is_missing(void **state)
{
	struct figures *const f = begin();
	struct ll_error err = LL_ERROR_INIT;
	(void)state;

	put_sql(f, "sql/reports/service/builds.sql", "SELECT 1 AS row_id WHERE 0");
	open_figures(f);
	assert_ok(ll_grid_put(LL_GRID_BUILDS, &f->of, f->model.page, &err), &err);

	assert_attribute(f->model.page->children, "title",
	                 "One build alone was watched: there is nothing to compare");
	assert_null(f->model.page->children->children);
	end(f);
}

static void a_grid_whose_statement_lacks_a_column_is_named_in_the_error(void **state)
{
	struct figures *const f = begin();
	struct ll_error err = LL_ERROR_INIT;
	(void)state;

	put_sql(f, "sql/reports/service/slope.sql", "SELECT 1 AS one");
	open_figures(f);

	assert_int_equal(ll_grid_put(LL_GRID_SITES, &f->of, f->model.page, &err), LL_E_USAGE);
	assert_string_equal(err.text,
	                    "figure 'slope': the query of a picture has no column 'name'");
	end(f);
}

static void a_spark_needs_two_points(void **state)
{
	static const char name[] = "sql/reports/index/spark.sql";
	static const struct ll_spark_of spark = {.sql = name, .id = "s1"};
	struct figures *const one = begin();
	struct figures *const two = begin();
	struct ll_error err = LL_ERROR_INIT;
	(void)state;

	put_rows(one, name, "('x', 1, 0, 5)");
	put_rows(two, name, "('x', 1, 0, 5), ('x', 1, 1, 6)");
	open_figures(one);
	open_figures(two);
	assert_ok(ll_figure_spark(&spark, &one->of, one->model.page, &err), &err);
	assert_ok(ll_figure_spark(&spark, &two->of, two->model.page, &err), &err);

	assert_int_equal(count_children(one->model.page, "spark"), 0);
	assert_int_equal(count_children(two->model.page, "spark"), 1);
	assert_int_equal(count_children(child_of(two->model.page, "spark"), "svg"), 1);
	end(one);
	end(two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_figure_has_a_conclusion_two_pictures_and_a_table),
		cmocka_unit_test(a_course_of_two_instances_says_so_and_one_names_its_own),
		cmocka_unit_test(without_numbers_a_figure_says_what_is_missing),
		cmocka_unit_test(a_window_without_points_is_like_no_numbers),
		cmocka_unit_test(a_gap_between_two_lives_is_empty_in_the_table),
		cmocka_unit_test(the_title_of_the_floor_is_what_the_trend_says),
		cmocka_unit_test(goroutines_are_counted_and_the_largest_group_is_named),
		cmocka_unit_test(hostile_names_stay_text_in_title_picture_and_table),
		cmocka_unit_test(a_figure_whose_statement_is_wrong_is_named_in_the_error),
		cmocka_unit_test(limits_are_lines_with_a_name_and_kills_have_a_mark),
		cmocka_unit_test(the_ledger_says_what_most_of_the_memory_is),
		cmocka_unit_test(shares_of_time_are_percents),
		cmocka_unit_test(a_heat_map_has_its_numbers_beside_it),
		cmocka_unit_test(a_heat_map_without_rows_says_what_is_missing),
		cmocka_unit_test(a_grid_whose_statement_lacks_a_column_is_named_in_the_error),
		cmocka_unit_test(a_spark_needs_two_points),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
