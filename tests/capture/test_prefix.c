/* SPDX-License-Identifier: Apache-2.0 */
/* One dump, dressed by every logger that we know: what is left, when it was, and who wrote it. */
#include "facts.h"
#include "log/month_names.h"
#include "log/prefix.h"
#include "support.h"

#include <leakledger/units.h>

/* The lines of the dump; a style dresses each of them. */
static const char *const dump[] = {
	"goroutine 7 [select]:", "main.f(0x1)", "\t/f.go:1 +0x1", "",
	"goroutine 8 [select]:", "main.f(0x2)", "\t/f.go:1 +0x1",
};

enum {
	BEFORE = 3, /* ordinary lines in front of it, so that the style is plain */
};

/* Writes "hello" lines and the dump, each as the format (with one "%s") says. */
static void dress(struct ll_buf *out, const char *format)
{
	const char *const at = strstr(format, "%s");
	const struct ll_str before = ll_str_n(format, (size_t)(at - format));

	for (size_t i = 0; i < BEFORE + LL_COUNT(dump); i++) {
		ll_buf_put_str(out, before);
		ll_buf_puts(out, i < BEFORE ? "hello" : dump[i - BEFORE]);
		ll_buf_puts(out, at + 2);
		ll_buf_putc(out, '\n');
	}
}

static void read_bytes(struct ll_facts *facts, struct ll_str bytes, int64_t modified_ns)
{
	const struct ll_sink sink = ll_facts_sink(facts);
	struct ll_stream *const stream = ll_stream_open_memory(bytes.data, bytes.size);
	struct ll_error err = LL_ERROR_INIT;

	ll_stream_set_modified(stream, modified_ns);
	assert_ok(ll_capture_read(stream, ll_str("app.log"), &sink, &facts->format, &err), &err);
	ll_stream_close(stream);
}

/* What comes of the dump in that dress, read from a file that was written in December 2026. */
static void assert_dressed(const char *format, const char *attributes)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	LL_CLEANUP(ll_buf_done) struct ll_buf expected;
	int64_t modified_ns;
	bool has_zone;
	struct ll_facts facts;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_init(&expected, LL_BUF_PAGE);
	ll_facts_init(&facts);
	assert_true(ll_parse_time(ll_str("2026-12-01T00:00:00Z"), &modified_ns, &has_zone));
	dress(&text, format);
	ll_buf_printf(&expected,
	              "capture goroutine (debug=2)%s\ngoroutines 2 select: main.f f.go:1\n",
	              attributes);

	read_bytes(&facts, ll_buf_str(&text), modified_ns);

	assert_facts(&facts, expected.data);
	ll_facts_done(&facts);
}

#define TYPES " types=goroutine/count"
#define AT    " time=2026-11-21T01:06:27Z period=1"

static void lines_of_containers_are_undressed(void **state)
{
	(void)state;
	assert_dressed("2026-11-21T01:06:27Z stderr F %s", AT TYPES);
	assert_dressed("2026-11-21T01:06:27Z stderr F:x %s", AT TYPES);
	assert_dressed("2026-11-21T02:06:27+01:00 %s", AT TYPES);
	assert_dressed("[pod/shop-cart-7d9f6c5b8d-x2x4z/cart] %s",
	               " period=1 service=shop-cart instance=shop-cart-7d9f6c5b8d-x2x4z" TYPES);
	assert_dressed("[pod/shop-cart-7d9f6c5b8d-x2x4z/cart] 2026-11-21T01:06:27Z %s",
	               AT " service=shop-cart instance=shop-cart-7d9f6c5b8d-x2x4z" TYPES);
	assert_dressed("shop-cart-7d9f6c5b8d-x2x4z cart %s",
	               " period=1 service=shop-cart instance=shop-cart-7d9f6c5b8d-x2x4z" TYPES);
	assert_dressed("\x1b[36;1mshop-cart-7d9f6c5b8d-x2x4z\x1b[0m \x1b[36mcart\x1b[0m %s",
	               " period=1 service=shop-cart instance=shop-cart-7d9f6c5b8d-x2x4z" TYPES);
	assert_dressed("shop_web_1  | %s", " period=1 service=shop_web instance=shop_web_1" TYPES);
	assert_dressed("web-1  | %s", " period=1 service=web instance=web-1" TYPES);
	assert_dressed("\x1b[33mweb-1  | \x1b[0m%s", " period=1 service=web instance=web-1" TYPES);
}

#define HUB " service=hub instance=node-3" TYPES

static void lines_of_the_journal_and_of_syslog_are_undressed(void **state)
{
	(void)state;
	assert_dressed("Nov 21 01:06:27 node-3 hub[123]: %s", AT HUB);
	assert_dressed("Nov 21 01:06:27.500000 node-3 hub[123]: %s",
	               " time=2026-11-21T01:06:27.500000000Z period=1" HUB);
	assert_dressed("2026-11-21T01:06:27+0000 node-3 hub[123]: %s", AT HUB);
	assert_dressed("2026-11-21T01:06:27+00:00 node-3 hub[123]: %s", AT HUB);
	assert_dressed("Sat 2026-11-21 01:06:27 UTC node-3 hub[123]: %s", AT HUB);
	assert_dressed("1795223187.000000 node-3 hub[123]: %s", AT HUB);
	assert_dressed("[ 1234.567890] node-3 hub[123]: %s", " period=1" HUB);
	assert_dressed("<14>1 2026-11-21T01:06:27Z node-3 hub 123 - - %s", AT HUB);
	assert_dressed("<14>1 2026-11-21T01:06:27Z node-3 hub 123 ID [a@1 k=\"]\"][b@2] %s",
	               AT HUB);
	assert_dressed("<14>Nov 21 01:06:27 node-3 hub[123]: %s", AT HUB);
	assert_dressed("Nov 21 01:06:27 hub[123]: %s", AT " service=hub" TYPES);
	assert_dressed("Nov 21 01:06:27  hub[123]: %s", AT " service=hub" TYPES);
	assert_dressed("Nov 21 01:06:27.000 %s", AT TYPES);
}

static void lines_of_androids_log_are_undressed(void **state)
{
	(void)state;
	assert_dressed("11-21 01:06:27.000  2674     0 E Go      : %s", AT TYPES);
	assert_dressed("11-21 01:06:27.000 22021 22154 E GoLog: %s", AT TYPES);
}

static void lines_of_the_kernels_log_are_undressed(void **state)
{
	(void)state;
	assert_dressed("[ 1234.567890] %s", " period=1" TYPES);
	assert_dressed("[ 1234.567890][  T123] %s", " period=1" TYPES);
	assert_dressed("[Sat Nov 21 01:06:27 2026] %s", AT TYPES);
	assert_dressed("[Sa. März 21 01:06:27 2026] %s",
	               " time=2026-03-21T01:06:27Z period=1" TYPES);
	assert_dressed("[la marras 21 01:06:27 2026] %s", " period=1" TYPES);
	assert_dressed("2026-11-21T01:06:27,000000+00:00 %s", AT TYPES);
	assert_dressed("kern  :err   : [ 1234.567890] %s", " period=1" TYPES);
	assert_dressed("kern:     err: [2026-11-21T01:06:27Z]: %s", AT TYPES);
	assert_dressed("10.5.0.2: kern:     err: [2026-11-21T01:06:27Z]: %s", AT TYPES);
	assert_dressed("6,339,5140900,-;%s", " period=1" TYPES);
	assert_dressed("<6>[ 1234.567890] %s", " period=1" TYPES);
	assert_dressed("Nov 21 01:06:27 node-3 kernel: [ 1234.567890] %s", AT TYPES);
}

static void lines_of_go_programs_are_undressed(void **state)
{
	(void)state;
	assert_dressed("2026/11/21 01:06:27 %s", AT TYPES);
	assert_dressed("2026/11/21 01:06:27.500000 file.go:12: %s",
	               " time=2026-11-21T01:06:27.500000000Z period=1" TYPES);
	assert_dressed("E1121 01:06:27.000000   12345 file.go:12] %s", AT TYPES);
	assert_dressed("2026-11-21T01:06:27Z stderr F 2026/11/21 01:06:20 %s",
	               " time=2026-11-21T01:06:20Z period=1" TYPES);
}

static void lines_in_json_are_unwrapped(void **state)
{
	(void)state;
	/* JSON spells a tab \t, so the dump's own would not be JSON; its lines have none here. */
	struct ll_facts facts;

	ll_facts_init(&facts);
	read_bytes(&facts,
	           ll_str("{\"log\":\"goroutine 7 [select]:\\n\",\"stream\":\"stderr\","
	                  "\"time\":\"2026-11-21T01:06:27Z\"}\n"
	                  "{\"log\":\"main.f(0x1)\\r\\n\",\"stream\":\"stderr\","
	                  "\"time\":\"2026-11-21T01:06:27Z\"}\n"
	                  "{\"log\":\"\\t/f.go:1 +0x1\\n\",\"stream\":\"stderr\","
	                  "\"time\":\"2026-11-21T01:06:27Z\"}\n"),
	           LL_TIME_NONE);
	assert_facts(&facts, "capture goroutine (debug=2)" AT TYPES
	                     "\ngoroutines 1 select: main.f f.go:1\n");
	ll_facts_clear(&facts);
	read_bytes(
		&facts,
		ll_str("{\"log\":\"goroutine 7 [select]:\",\"stream\":\"stderr\",\"logtag\":\"F\","
	               "\"time\":\"2026-11-21T01:06:27Z\",\"kubernetes\":{\"pod_name\":"
	               "\"shop-cart-7d9f6c5b8d-x2x4z\",\"container_name\":\"cart\",\"host\":\"n1\"}}\n"
	               "{\"log\":\"main.f(0x1)\",\"stream\":\"stderr\",\"logtag\":\"F\","
	               "\"time\":\"2026-11-21T01:06:27Z\",\"kubernetes\":{\"pod_name\":"
	               "\"shop-cart-7d9f6c5b8d-x2x4z\",\"container_name\":\"cart\",\"host\":\"n1\"}}\n"),
		LL_TIME_NONE);
	assert_facts(&facts,
	             "capture goroutine (debug=2)" AT " service=shop-cart "
	             "instance=shop-cart-7d9f6c5b8d-x2x4z" TYPES
	             "\ngoroutines 1 select: main.f; cut\n"
	             "note 0 the dump ends inside a goroutine; its counts are lower bounds\n");
	ll_facts_clear(&facts);
	read_bytes(&facts,
	           ll_str("{\"__REALTIME_TIMESTAMP\":\"1795223187000000\",\"_HOSTNAME\":\"n1\","
	                  "\"SYSLOG_IDENTIFIER\":\"hub\",\"_PID\":\"7\",\"_SYSTEMD_UNIT\":"
	                  "\"notify-hub.service\",\"MESSAGE\":\"goroutine 7 [select]:\"}\n"
	                  "{\"__REALTIME_TIMESTAMP\":\"1795223187000001\",\"_HOSTNAME\":\"n1\","
	                  "\"SYSLOG_IDENTIFIER\":\"hub\",\"_PID\":\"7\",\"_SYSTEMD_UNIT\":"
	                  "\"notify-hub.service\",\"MESSAGE\":null}\n"
	                  "{\"__REALTIME_TIMESTAMP\":\"1795223187000001\",\"_HOSTNAME\":\"n1\","
	                  "\"SYSLOG_IDENTIFIER\":\"hub\",\"_PID\":\"7\",\"_SYSTEMD_UNIT\":"
	                  "\"notify-hub.service\",\"MESSAGE\":[109,97,105,110,46,102,40,41]}\n"
	                  "{\"__REALTIME_TIMESTAMP\":\"1795223187000002\",\"_HOSTNAME\":\"n1\","
	                  "\"SYSLOG_IDENTIFIER\":\"hub\",\"_PID\":\"7\",\"_SYSTEMD_UNIT\":"
	                  "\"notify-hub.service\",\"MESSAGE\":\"\\t/f.go:1 +0x1\"}\n"),
	           LL_TIME_NONE);
	assert_facts(&facts,
	             "capture goroutine (debug=2)" AT " service=notify-hub instance=n1" TYPES
	             "\ngoroutines 1 select: main.f f.go:1\n");
	ll_facts_done(&facts);
}

static int64_t time_of(const char *text)
{
	int64_t time_ns;
	bool has_zone;

	assert_true(ll_parse_time(ll_str(text), &time_ns, &has_zone));
	return time_ns;
}

/* Each may say up to 31 years. */
static void times_since_the_line_before_add_up_to_nothing_absurd(void **state)
{
	struct ll_prefix prefix;

	(void)state;
	ll_prefix_init(&prefix, time_of("2026-12-01T00:00:00Z"));
	for (size_t i = 0; i < 20; i++) {
		struct ll_record record = {
			.text = ll_str(i == 0 ? "[Nov21 01:06] m" : "[+999999999.999999] m"),
			.time_ns = LL_TIME_NONE,
			.uptime_ns = -1,
		};

		assert_true(ll_prefix_cut_any(&record, NULL));
		ll_prefix_date(&prefix, &record);

		assert_true(i < 7 ? record.time_ns > 0 : record.time_ns == LL_TIME_NONE);
	}
	ll_prefix_done(&prefix);
}

static int64_t dated(const char *line, const char *modified)
{
	struct ll_prefix prefix;
	struct ll_record record = {.text = ll_str(line), .time_ns = LL_TIME_NONE, .uptime_ns = -1};
	int64_t time_ns;

	ll_prefix_init(&prefix, modified ? time_of(modified) : LL_TIME_NONE);
	assert_true(ll_prefix_cut_any(&record, NULL));
	ll_prefix_date(&prefix, &record);
	time_ns = record.time_ns;
	ll_prefix_done(&prefix);
	return time_ns;
}

static void a_day_without_a_year_was_the_last_one_before_the_file(void **state)
{
	(void)state;
	assert_int_equal(dated("Nov 21 01:06:27 h p: m", "2026-11-21T02:00:00Z"),
	                 time_of("2026-11-21T01:06:27Z"));
	assert_int_equal(dated("Dec 31 23:59:59 h p: m", "2027-01-01T00:10:00Z"),
	                 time_of("2026-12-31T23:59:59Z"));
	assert_int_equal(dated("Feb 29 12:00:00 h p: m", "2025-03-01T00:00:00Z"),
	                 time_of("2024-02-29T12:00:00Z"));
	/* a clock of another zone may be ahead of the file's time */
	assert_int_equal(dated("Nov 21 09:06:27 h p: m", "2026-11-21T01:07:00Z"),
	                 time_of("2026-11-21T09:06:27Z"));
	assert_true(dated("Nov 21 01:06:27 h p: m", NULL) == LL_TIME_NONE);
	assert_true(dated("Feb 30 01:06:27 h p: m", "2026-11-21T02:00:00Z") == LL_TIME_NONE);
}

static void a_complete_time_nearby_gives_the_year(void **state)
{
	struct ll_prefix prefix;
	struct ll_record whole = {.text = ll_str("2020-01-01T00:00:05Z boot"),
	                          .time_ns = LL_TIME_NONE,
	                          .uptime_ns = -1};
	struct ll_record half = {
		.text = ll_str("Dec 31 23:59:59 h p: m"), .time_ns = LL_TIME_NONE, .uptime_ns = -1};

	(void)state;
	ll_prefix_init(&prefix, time_of("2026-11-21T02:00:00Z"));
	assert_true(ll_prefix_cut_any(&whole, NULL) && ll_prefix_cut_any(&half, NULL));
	ll_prefix_date(&prefix, &whole);
	ll_prefix_date(&prefix, &half);

	assert_int_equal(half.time_ns, time_of("2019-12-31T23:59:59Z"));
	ll_prefix_done(&prefix);
}

static void a_complete_time_further_down_of_the_same_day_gives_it_too(void **state)
{
	static const struct {
		const char *text, *year;
	} rows[] = {
		{"May 15 23:13:51 n1 kernel: boom\n"
	         "May 15 23:13:53 n1 dockerd[7]: time=\"2020-05-15T23:13:51.5Z\" level=error\n",
	         "2020-05-15T23:13:51Z"},
		/* another day's is about something else, and so is what lies ahead */
		{"May 15 23:13:51 n1 kernel: boom\n"
	         "May 15 23:13:53 n1 dockerd[7]: time=\"2020-03-11T23:13:51.5Z\" level=error\n",
	         "2026-05-15T23:13:51Z"},
		{"May 15 23:13:51 n1 kernel: boom\n"
	         "May 15 23:13:53 n1 dockerd[7]: time=\"2031-05-15T23:13:51.5Z\" level=error\n",
	         "2026-05-15T23:13:51Z"},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_prefix prefix;
		struct ll_record record;
		struct ll_str text = ll_str(rows[i].text);

		ll_prefix_init(&prefix, time_of("2026-11-21T02:00:00Z"));
		ll_prefix_detect(&prefix, text);
		assert_true(ll_prefix_cut(&prefix, ll_str_split(&text, '\n'), &record) > 0);
		ll_prefix_date(&prefix, &record);
		assert_int_equal(record.time_ns, time_of(rows[i].year));
		ll_prefix_done(&prefix);
	}
}

static void the_clock_that_the_kernel_sets_gives_the_boot(void **state)
{
	struct ll_prefix prefix;
	struct ll_record clock = {.text = ll_str("[    3.500000] rtc_cmos 00:00: setting system "
	                                         "clock to 2026-11-21T01:06:27 UTC (1795223187)"),
	                          .time_ns = LL_TIME_NONE,
	                          .uptime_ns = -1};
	struct ll_record later = {
		.text = ll_str("[   13.500000] m"), .time_ns = LL_TIME_NONE, .uptime_ns = -1};

	(void)state;
	ll_prefix_init(&prefix, LL_TIME_NONE);
	assert_true(ll_prefix_cut_any(&clock, NULL) && ll_prefix_cut_any(&later, NULL));
	ll_prefix_date(&prefix, &clock);
	ll_prefix_date(&prefix, &later);

	assert_int_equal(later.time_ns, time_of("2026-11-21T01:06:37Z"));
	ll_prefix_done(&prefix);
}

static void prose_wears_nothing(void **state)
{
	static const char *const texts[] = {
		"a well-known fact about the past\nanother well-known fact\nmore-of it\nand-so on\n",
		"usage: a | b\nor c | d\nor e | f\ng | h\n",
		"[not a time] x\n[nor this] y\n[ 12] z\n[1.] w\n",
		"2026-13-45T99:99:99Z x\n2026-11-21 x\n12:00 x\n",
		"Nov 21 2026 x\nNov x\nNovember 21 01:06:27 h p: m\n",
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_prefix prefix;

		ll_prefix_init(&prefix, LL_TIME_NONE);
		ll_prefix_detect(&prefix, ll_str(texts[i]));
		assert_int_equal(prefix.layer_count, 0);
		ll_prefix_done(&prefix);
	}
}

static void colours_and_syslogs_escapes_go(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf out;

	(void)state;
	ll_buf_init(&out, LL_BUF_PAGE);
	assert_true(ll_prefix_uncolour(ll_str("\x1b[1;31mred\x1b[0m and \x1b[Kplain\x1b"), &out));
	assert_string_equal(out.data, "red and plain");
	assert_false(ll_prefix_uncolour(ll_str("plain"), &out));
	assert_true(ll_prefix_unescape(ll_str("a#012#011b#010#01"), &out));
	assert_string_equal(out.data, "a\n\tb#010#01");
	assert_false(ll_prefix_unescape(ll_str("issue #12"), &out));
}

static void a_dump_in_a_string_is_unquoted(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf out;

	(void)state;
	ll_buf_init(&out, LL_BUF_PAGE);
	assert_true(ll_prefix_quoted_dump(
		ll_str("{\"msg\":\"say \\\"hi\\\"\",\"stack\":\"goroutine 1 [running]:\\nmain.f(\\\"x\\\")"
	               "\\n\\t/f.go:1\",\"x\":1}"),
		&out));
	assert_string_equal(out.data, "goroutine 1 [running]:\nmain.f(\"x\")\n\t/f.go:1");
	assert_true(ll_prefix_quoted_dump(
		ll_str("time=x stack=\"boom\\n\\ngoroutine 1 [running] {a: b}:\\nmain.f()"), &out));
	assert_string_equal(out.data, "boom\n\ngoroutine 1 [running] {a: b}:\nmain.f()");
	assert_false(ll_prefix_quoted_dump(ll_str("goroutine 1 [running]:"), &out));
	assert_false(ll_prefix_quoted_dump(ll_str("\"goroutine x [running]:\\n\""), &out));
	assert_int_equal(ll_prefix_quoted_time(ll_str("{\"a\":{\"time\":1},\"ts\":1795223187.5}")),
	                 INT64_C(1795223187500000000));
	assert_int_equal(ll_prefix_quoted_time(ll_str("{\"time\":1795223187500}")),
	                 INT64_C(1795223187500000000));
	assert_int_equal(ll_prefix_quoted_time(ll_str("level=x time=\"2026-11-21T01:06:27Z\" b")),
	                 time_of("2026-11-21T01:06:27Z"));
	assert_true(ll_prefix_quoted_time(ll_str("{\"time\":\"soon\"}")) == LL_TIME_NONE);
	assert_true(ll_prefix_quoted_time(ll_str("{broken")) == LL_TIME_NONE);
}

static void shapes_are_learned_up_to_a_number(void **state)
{
	struct ll_prefix prefix;
	struct ll_str line = ll_str("plug-in 17: message");

	(void)state;
	ll_prefix_init(&prefix, LL_TIME_NONE);
	assert_true(ll_prefix_learn(&prefix, ll_str("plug-in 4: ")));
	assert_int_equal(ll_prefix_cut_shape(&prefix, &line), 0);
	assert_true(ll_str_equal(line, ll_str("message")));
	assert_true(ll_prefix_cut_shape(&prefix, &line) == SIZE_MAX);
	for (size_t i = 1; i < LL_PREFIX_SHAPES; i++)
		assert_true(ll_prefix_learn(&prefix, ll_str("x")));
	assert_false(ll_prefix_learn(&prefix, ll_str("y")));
	ll_prefix_done(&prefix);
}

static void months_have_the_names_of_many_languages(void **state)
{
	static const char *const names[] = {
		"Nov", "nov.", "ноя", "11月", "11월", "Kas", "лис",
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(names); i++) {
		char format[64];

		assert_int_equal(ll_month_of(ll_str(names[i])), 11);
		(void)snprintf(format, sizeof format, "%s 21 01:06:27 node-3 hub[123]: %%s",
		               names[i]);
		assert_dressed(format, AT HUB);
	}
	assert_dressed("[六 11月 21 01:06:27 2026] %s", AT TYPES);
	assert_dressed("[sam. nov. 21 01:06:27 2026] %s", AT TYPES);
}

static void a_word_that_means_two_months_is_none(void **state)
{
	static const char *const words[] = {"lip", "lis", "month", "", ".", "13月", "月", "N"};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(words); i++)
		assert_int_equal(ll_month_of(ll_str(words[i])), 0);
}

static void a_time_without_host_and_program_is_a_time(void **state)
{
	(void)state;
	assert_dressed("Nov 21 01:06:27: %s", AT TYPES);
	assert_dressed("> >Nov 21 01:06:27 node-3 hub[123]: %s", AT HUB);
}

static void times_since_the_line_before_add_up(void **state)
{
	static const char text[] =
		"[Nov21 01:06] cart invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0\n"
		"[  +0.000003] CPU: 2 PID: 812 Comm: cart Not tainted 4.15.0\n"
		"[  +1.500000] memory: usage 2048kB, limit 2048kB, failcnt 3\n"
		"[  +0.500000] Killed process 812 (cart) total-vm:8kB, anon-rss:4kB\n";
	struct ll_facts facts;
	int64_t modified_ns;
	bool has_zone;

	(void)state;
	ll_facts_init(&facts);
	assert_true(ll_parse_time(ll_str("2026-12-01T00:00:00Z"), &modified_ns, &has_zone));
	read_bytes(&facts, ll_str(text), modified_ns);

	assert_int_equal(facts.count, 1);
	assert_fact(&facts, "capture kill time=2026-11-21T01:06:02.000003000Z");
	ll_facts_done(&facts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_containers_are_undressed),
		cmocka_unit_test(lines_of_the_journal_and_of_syslog_are_undressed),
		cmocka_unit_test(lines_of_androids_log_are_undressed),
		cmocka_unit_test(lines_of_the_kernels_log_are_undressed),
		cmocka_unit_test(lines_of_go_programs_are_undressed),
		cmocka_unit_test(lines_in_json_are_unwrapped),
		cmocka_unit_test(a_day_without_a_year_was_the_last_one_before_the_file),
		cmocka_unit_test(a_complete_time_nearby_gives_the_year),
		cmocka_unit_test(a_complete_time_further_down_of_the_same_day_gives_it_too),
		cmocka_unit_test(the_clock_that_the_kernel_sets_gives_the_boot),
		cmocka_unit_test(prose_wears_nothing),
		cmocka_unit_test(colours_and_syslogs_escapes_go),
		cmocka_unit_test(a_dump_in_a_string_is_unquoted),
		cmocka_unit_test(shapes_are_learned_up_to_a_number),
		cmocka_unit_test(months_have_the_names_of_many_languages),
		cmocka_unit_test(a_word_that_means_two_months_is_none),
		cmocka_unit_test(a_time_without_host_and_program_is_a_time),
		cmocka_unit_test(times_since_the_line_before_add_up),
		cmocka_unit_test(times_since_the_line_before_add_up_to_nothing_absurd),
	};

	return cmocka_run_group_tests_name("capture.prefix", tests, NULL, NULL);
}
