/* SPDX-License-Identifier: Apache-2.0 */
#include "metrics/exposition.h"
#include "support.h"

#include <math.h>

static struct ll_exposition read_line(const char *text)
{
	struct ll_exposition line;
	/* A block of its own, so that the sanitizer sees the first byte read past the end. */
	char *const copy = ll_malloc(strlen(text));

	memcpy(copy, text, strlen(text));
	ll_exposition_read(ll_str_n(copy, strlen(text)), &line);
	/* Compared by content only from here on. */
	free(copy);
	return line;
}

static void assert_sample(const char *text, double value, int64_t time_ns)
{
	const struct ll_exposition line = read_line(text);

	if (line.problem)
		print_error("%s: %s\n", text, line.problem);
	assert_int_equal(line.kind, LL_EXPOSITION_SAMPLE);
	if (isnan(value))
		assert_true(isnan(line.value));
	else
		assert_true(!(line.value < value) && !(line.value > value));
	assert_int_equal(line.time_ns, time_ns);
}

static void numbers_are_what_gos_parser_takes(void **state)
{
	(void)state;
	assert_sample("a 5", 5, LL_TIME_NONE);
	assert_sample("a\t-5.25e+03 ", -5250, LL_TIME_NONE);
	assert_sample("a{} 1.8446744073709552e+19", 18446744073709551616.0, LL_TIME_NONE);
	assert_sample("a 0x1p4", 16, LL_TIME_NONE);
	assert_sample("a NaN", (double)NAN, LL_TIME_NONE);
	assert_sample("a nan", (double)NAN, LL_TIME_NONE);
	assert_sample("a +Inf", (double)INFINITY, LL_TIME_NONE);
	assert_sample("a -inf", -(double)INFINITY, LL_TIME_NONE);
}

static void times_are_milliseconds_or_seconds_by_their_size(void **state)
{
	(void)state;
	assert_sample("a 1 1795223187123", 1, 1795223187123000000);
	assert_sample("a 1 1795223187", 1, 1795223187000000000);
	assert_sample("a 1 1795223187.123456789", 1, 1795223187123456789);
	assert_sample("a 1 1.795223187e9", 1, 1795223187000000000);
	assert_sample("a 1 -5", 1, -5000000000);
	assert_sample("a 1 -0.5", 1, -500000000);
	assert_sample("a 1 0", 1, 0);
}

static void exemplars_are_passed_over(void **state)
{
	(void)state;
	assert_sample("a_total 7 # {trace_id=\"x\"} 0.5 1795223187.1", 7, LL_TIME_NONE);
	assert_sample("a_total 7 1795223187 # {} 0.5", 7, 1795223187000000000);
}

static void labels_are_views_with_their_escapes(void **state)
{
	const char *const text = "a { x = \"1\" ,y=\"a\\\"b\\\\\\n{}\", } 5";
	struct ll_exposition line;
	LL_CLEANUP(ll_buf_done) struct ll_buf value;

	(void)state;
	ll_exposition_read(ll_str(text), &line);
	ll_buf_init(&value, LL_BUF_MESSAGE);
	ll_exposition_unescape(line.labels[1].value, &value);

	assert_int_equal(line.kind, LL_EXPOSITION_SAMPLE);
	assert_int_equal(line.label_count, 2);
	assert_true(ll_str_equal(line.labels[0].name, ll_str("x")));
	assert_string_equal(value.data, "a\"b\\\n{}");
	assert_true(ll_str_equal(line.series, ll_str("a { x = \"1\" ,y=\"a\\\"b\\\\\\n{}\", }")));
}

static void names_may_be_quoted_or_a_label(void **state)
{
	static const char *const texts[] = {
		"{\"heap\",k=\"v\"} 5",
		"{\"heap\"} 5",
		"{__name__=\"heap\",k=\"v\"} 5",
		"{k=\"v\",__name__=\"heap\"} 5 1",
		"{\"heap\", \"odd.key\"=\"v\"} 5",
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_exposition line;

		ll_exposition_read(ll_str(texts[i]), &line);
		assert_int_equal(line.kind, LL_EXPOSITION_SAMPLE);
		assert_true(ll_str_equal(line.name, ll_str("heap")));
		assert_int_equal(line.label_count, i == 1 ? 0 : 1);
	}
}

static void comments_are_told_from_what_they_declare(void **state)
{
	static const struct {
		const char *text;
		enum ll_exposition_kind kind;
		enum ll_exposition_type type;
	} rows[] = {
		{"", LL_EXPOSITION_NOTHING, LL_EXPOSITION_UNTYPED},
		{"   ", LL_EXPOSITION_NOTHING, LL_EXPOSITION_UNTYPED},
		{"# anything {", LL_EXPOSITION_NOTHING, LL_EXPOSITION_UNTYPED},
		{"# HELP a b", LL_EXPOSITION_NOTHING, LL_EXPOSITION_UNTYPED},
		{"#", LL_EXPOSITION_NOTHING, LL_EXPOSITION_UNTYPED},
		{"# TYPE", LL_EXPOSITION_NOTHING, LL_EXPOSITION_UNTYPED},
		{"# TYPE a", LL_EXPOSITION_NOTHING, LL_EXPOSITION_UNTYPED},
		{"# TYPE a gauge", LL_EXPOSITION_TYPE, LL_EXPOSITION_GAUGE},
		{" #\tTYPE \ta\tgauge ", LL_EXPOSITION_TYPE, LL_EXPOSITION_GAUGE},
		{"# TYPE a untyped", LL_EXPOSITION_TYPE, LL_EXPOSITION_UNTYPED},
		{"# TYPE a unknown", LL_EXPOSITION_TYPE, LL_EXPOSITION_UNTYPED},
		{"# TYPE \"a.b\" histogram", LL_EXPOSITION_TYPE, LL_EXPOSITION_OTHER},
		{"# UNIT a bytes", LL_EXPOSITION_UNIT, LL_EXPOSITION_UNTYPED},
		{"# EOF", LL_EXPOSITION_EOF, LL_EXPOSITION_UNTYPED},
		{"# EOF or not", LL_EXPOSITION_NOTHING, LL_EXPOSITION_UNTYPED},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		const struct ll_exposition line = read_line(rows[i].text);

		assert_int_equal(line.kind, rows[i].kind);
		assert_int_equal(line.type, rows[i].type);
	}
}

static void fences_of_a_page_around_it_are_nothing(void **state)
{
	static const char *const texts[] = {"```", "```text", "``` # metrics"};
	struct ll_exposition line;

	(void)state;
	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		ll_exposition_read(ll_str(texts[i]), &line);
		assert_int_equal(line.kind, LL_EXPOSITION_NOTHING);
	}
}

static void malformed_lines_say_what_is_wrong(void **state)
{
	static const struct {
		const char *text, *problem;
	} rows[] = {
		{"a", "a sample without a value"},
		{"a x", "a value that is no number"},
		{"a 5x", "a value that is no number"},
		{"a 0x", "a value that is no number"},
		{"5", "a sample without a name"},
		{"{} 5", "a sample without a name"},
		{"{k=\"v\"} 5", "a sample without a name"},
		{"a{ 5", "a label that is not name=\"value\""},
		{"a{k} 5", "a label that is not name=\"value\""},
		{"a{k=v} 5", "a label without its closing quote"},
		{"a{k=\"v} 5", "a label without its closing quote"},
		{"a{k=\"v\\", "a label without its closing quote"},
		{"a{k=\"v\"", "labels without their closing brace"},
		{"a{k=\"v\"x=\"y\"} 5", "labels without their closing brace"},
		{"a{\"k} 5", "a name without its closing quote"},
		{"a 5 x", "a timestamp that is no time"},
		{"a 5 99999999999999999999", "a timestamp that is no time"},
		{"a 5 9223372036854775807", "a timestamp that is no time"},
		{"a 5 1.2.3", "a timestamp that is no time"},
		{"a 5 6 7", "something behind the timestamp"},
		{"\xff\xfe 5", "a sample without a name"},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		const struct ll_exposition line = read_line(rows[i].text);

		assert_int_equal(line.kind, LL_EXPOSITION_BAD);
		assert_string_equal(line.problem, rows[i].problem);
	}
}

static void more_labels_than_there_is_room_for_are_malformed(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	(void)state;
	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_buf_puts(&text, "a{");
	for (int i = 0; i < 65; i++)
		ll_buf_printf(&text, "l%d=\"v\",", i);
	ll_buf_puts(&text, "} 5");

	assert_string_equal(read_line(text.data).problem, "more than 64 labels");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_what_gos_parser_takes),
		cmocka_unit_test(times_are_milliseconds_or_seconds_by_their_size),
		cmocka_unit_test(exemplars_are_passed_over),
		cmocka_unit_test(labels_are_views_with_their_escapes),
		cmocka_unit_test(names_may_be_quoted_or_a_label),
		cmocka_unit_test(comments_are_told_from_what_they_declare),
		cmocka_unit_test(fences_of_a_page_around_it_are_nothing),
		cmocka_unit_test(malformed_lines_say_what_is_wrong),
		cmocka_unit_test(more_labels_than_there_is_room_for_are_malformed),
	};

	return cmocka_run_group_tests_name("capture.exposition", tests, NULL, NULL);
}
