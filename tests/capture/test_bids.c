/* SPDX-License-Identifier: Apache-2.0 */
/* Content decides what a file is, never its name; no content is claimed by two. */
#include "archives.h"
#include "facts.h"
#include "pb_build.h"
#include "support.h"
#include "tree.h"

#include <leakledger/json.h>

#define GOROUTINE "goroutine 1 [running]:\nmain.f()\n\t/f.go:1 +0x1\n"
#define HEAP      "heap profile: 1: 8 [2: 16] @ heap/2\n1: 8 [2: 16] @ 0x1001\n"
#define MEMSTATS  "{\"HeapAlloc\": 5, \"NextGC\": 7}"
#define GC                                                                                         \
	"gc 1 @0.010s 2%: 0.01+1.0+0.02 ms clock, 0.02+0.1/0.2/0.3+0.04 ms cpu, 4->5->2 MB, "      \
	"5 MB goal, 2 P\n"
#define ESCAPE "a.go:1:2: moved to heap: a\n"

static const struct {
	const char *content;
	enum ll_kind kind;
} captures[] = {
	{GOROUTINE, LL_KIND_GOROUTINE}, {HEAP, LL_KIND_HEAP},
	{MEMSTATS, LL_KIND_MEMSTATS},   {GC, LL_KIND_GCTRACE},
	{ESCAPE, LL_KIND_ESCAPE},       {"--- mutex:\n1 1 @ 0x1\n", LL_KIND_MUTEX},
};

static const char *const names[] = {"heap.pb.gz",  "goroutine.txt", "memstats.json", "mutex.pb.gz",
                                    "gctrace.log", "escape.log",    "README.md",     ""};

static void a_wrong_name_changes_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < LL_COUNT(captures); i++) {
		for (size_t k = 0; k < LL_COUNT(names); k++) {
			struct ll_error err = LL_ERROR_INIT;
			struct ll_facts facts;

			ll_facts_init(&facts);
			assert_ok(
				ll_facts_read(&facts, ll_str(captures[i].content), names[k], &err),
				&err);
			assert_int_equal(facts.captures[0].kind, captures[i].kind);
			ll_facts_done(&facts);
		}
	}
}

/* How many formats give the best bid for a content; *ret_best is that bid. */
static size_t count_winners(struct ll_str content, enum ll_bid *ret_best)
{
	size_t count, winners = 0;
	const struct ll_format *const *const formats = ll_formats(&count);
	const struct ll_peek peek = {.head = ll_str_first(content, LL_PEEK_SIZE),
	                             .is_whole = content.size < LL_PEEK_SIZE};

	*ret_best = LL_BID_NO;
	for (size_t i = 0; i < count; i++) {
		const enum ll_bid bid = formats[i]->bid(&peek);

		winners = bid > *ret_best ? 1 : winners + (bid == *ret_best);
		*ret_best = bid > *ret_best ? bid : *ret_best;
	}
	return winners;
}

static void each_content_has_one_best_bid(void **state)
{
	(void)state;
	for (size_t i = 0; i < LL_COUNT(captures); i++) {
		enum ll_bid best;

		assert_int_equal(count_winners(ll_str(captures[i].content), &best), 1);
		assert_true(best >= LL_BID_GUESS);
	}
}

#define BENCH    "BenchmarkPut-8 1 5 ns/op\n"
#define CGROUP   "memory.current:5\nmemory.max:max\n"
#define PROM     "# TYPE go_goroutines gauge\ngo_goroutines 5\n"
#define RUNTIME  "/gc/heap/live:bytes 5\n"
#define TABLE    "name   old time/op  new time/op  delta\n"
#define NOT_READ "note 0 also in this text, and not read: "

static void of_captures_in_one_text_those_that_can_be_told_apart_are_read(void **state)
{
	static const struct {
		const char *content;
		size_t count;
		enum ll_kind first, last;
	} rows[] = {
		{HEAP GOROUTINE, 2, LL_KIND_HEAP, LL_KIND_GOROUTINE},
		{GOROUTINE HEAP, 2, LL_KIND_GOROUTINE, LL_KIND_HEAP},
		{GC MEMSTATS "\n", 2, LL_KIND_GCTRACE, LL_KIND_MEMSTATS},
		{"goroutine profile: total 1\n1 @ 0x1\n#\t0x1\tmain.f+0x1\t/a.go:1\n\n" GC, 2,
	         LL_KIND_GOROUTINE, LL_KIND_GCTRACE},
		{PROM BENCH, 2, LL_KIND_MEMSTATS, LL_KIND_BENCHMARK},
		{RUNTIME GOROUTINE, 2, LL_KIND_MEMSTATS, LL_KIND_GOROUTINE},
		{MEMSTATS "\n" GOROUTINE, 2, LL_KIND_MEMSTATS, LL_KIND_GOROUTINE},
		{BENCH ESCAPE ESCAPE ESCAPE, 2, LL_KIND_BENCHMARK, LL_KIND_ESCAPE},
		{"<html>\n" HEAP, 1, LL_KIND_HEAP, LL_KIND_HEAP},
		{TABLE GOROUTINE, 1, LL_KIND_GOROUTINE, LL_KIND_GOROUTINE},
		{"<html>\n" MEMSTATS, 1, LL_KIND_MEMSTATS, LL_KIND_MEMSTATS},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_facts *const facts = *state;
		struct ll_error err = LL_ERROR_INIT;

		ll_facts_clear(facts);
		assert_ok(ll_facts_read(facts, ll_str(rows[i].content), "x", &err), &err);
		assert_int_equal(facts->count, rows[i].count);
		assert_int_equal(facts->captures[0].kind, rows[i].first);
		assert_int_equal(facts->captures[facts->count - 1].kind, rows[i].last);
	}
}

static void a_note_tells_what_else_is_in_a_text(void **state)
{
	static const struct {
		const char *content;
		enum ll_kind kind;
		const char *note;
	} rows[] = {
		{BENCH CGROUP, LL_KIND_BENCHMARK,
	         NOT_READ
	         "file of a memory cgroup: memory.current, memory.stat, memory.pressure ..."},
		{GC "apiVersion: v1\nkind: Pod\n", LL_KIND_GCTRACE,
	         NOT_READ
	         "Kubernetes pods and events, JSON or YAML at line 2 (no pods and no events "
	         "of memory among 1 Kubernetes objects)"},
		{TABLE GOROUTINE, LL_KIND_GOROUTINE, NOT_READ "benchstat's table"},
		{"<html>\n" HEAP, LL_KIND_HEAP, NOT_READ "HTML page"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_facts *const facts = *state;
		struct ll_error err = LL_ERROR_INIT;

		ll_facts_clear(facts);
		assert_ok(ll_facts_read(facts, ll_str(rows[i].content), "x", &err), &err);
		assert_int_equal(facts->captures[0].kind, rows[i].kind);
		assert_fact(facts, rows[i].note);
	}
}

static void a_refused_text_with_nothing_readable_keeps_its_reason(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(
		ll_facts_read(*state, ll_str(TABLE "{\"HeapAlloc\": 5, \"NextGC\": 7"), "x", &err),
		LL_E_FORMAT);
	assert_string_equal(err.text, "a table of benchstat: give the output of go test -bench "
	                              "that it was made of");
}

static void what_pprof_prints_for_people_is_called_what_it_is(void **state)
{
	static const char *const texts[] = {
		"File: app\nType: inuse_space\nShowing nodes accounting for 5MB, 99% of 5MB total\n",
		("File: app\nType: goroutine\n-----------+----------------------------\n"
	         "        50   runtime.gopark\n             main.worker\n"),
		"      flat  flat%   sum%        cum   cum%\n      5MB 50.0% 50.0%     5MB 50.0%  f\n",
	};

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(texts[i]), "x", &err), LL_E_FORMAT);
		assert_non_null(strstr(err.text, "give the profile that it was made of"));
	}
}

/* What `curl -i` saves, or shows behind its command. */
static void the_date_of_saved_headers_is_the_time_of_every_text(void **state)
{
	static const char *const texts[] = {HEAP, GOROUTINE, GC, MEMSTATS, PROM, HEAP GOROUTINE};
	struct ll_facts *const facts = *state;

	for (size_t i = 0; i < 2 * LL_COUNT(texts); i++) {
		struct ll_error err = LL_ERROR_INIT;
		LL_CLEANUP(ll_buf_done) struct ll_buf text;

		ll_buf_init(&text, LL_BUF_PAGE);
		ll_buf_printf(
			&text, "%sHTTP/1.1 200 OK\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\n\r\n%s",
			i % 2 ? "me@web-1:~$ curl -i localhost:6060/debug/x\n" : "", texts[i / 2]);
		ll_facts_clear(facts);
		assert_ok(ll_facts_read(facts, ll_buf_str(&text), "x", &err), &err);
		for (size_t k = 0; k < facts->count; k++)
			assert_true(facts->captures[k].time_ns == 1700000000 * LL_NS_PER_S);
	}
}

static void the_date_of_one_answer_is_not_that_of_the_next(void **state)
{
	struct ll_facts *const facts = *state;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_facts_read(
			  facts,
			  ll_str("HTTP/1.1 200 OK\nDate: Tue, 14 Nov 2023 22:13:20 GMT\n\n" HEAP
	                         "HTTP/1.1 200 OK\nDate: Tue, 14 Nov 2023 23:13:20 GMT\n\n" HEAP),
			  "x", &err),
	          &err);
	assert_int_equal(facts->count, 2);
	assert_true(facts->captures[0].time_ns == 1700000000 * LL_NS_PER_S);
	assert_true(facts->captures[1].time_ns == LL_TIME_NONE);
}

/* What Windows writes is read by every format, not by some. */
static void marks_of_windows_change_nothing(void **state)
{
	static const char *const texts[] = {
		"goroutine profile: total 1\r\n1 @ 0x1\r\n#\t0x1\tmain.f+0x1\t/a.go:1\r\n",
		"heap profile: 1: 16 [2: 32] @ heap/2\r\n1: 16 [2: 32] @ 0x1\r\n",
		"{\"HeapAlloc\": 5, \"NextGC\": 7}\r\n",
		"go_goroutines 5\r\ngo_threads 6\r\n",
		"service,team\r\nshop,Checkout\r\n",
		"BenchmarkPut-8 1 5 ns/op\r\n",
	};

	(void)state;
	for (size_t i = 0; i < 2 * LL_COUNT(texts); i++) {
		const char *const text = texts[i / 2];
		struct ll_facts plain, marked;
		struct ll_error err = LL_ERROR_INIT;
		LL_CLEANUP(ll_buf_done) struct ll_buf bytes;

		ll_buf_init(&bytes, LL_BUF_PAGE);
		ll_facts_init(&plain);
		ll_facts_init(&marked);
		ll_buf_puts(&bytes, i % 2 == 0 ? "\xef\xbb\xbf" : "\xff\xfe");
		for (const char *byte = text; *byte; byte++) {
			ll_buf_putc(&bytes, *byte);
			if (i % 2 == 1)
				ll_buf_putc(&bytes, '\0');
		}
		assert_ok(ll_facts_read(&plain, ll_str(text), "x", &err), &err);
		assert_ok(ll_facts_read(&marked, ll_buf_str(&bytes), "x", &err), &err);
		assert_ptr_equal(marked.format, plain.format);
		assert_facts(&marked, plain.text.data);
		ll_facts_done(&plain);
		ll_facts_done(&marked);
	}
}

/* `curl >>file 2>&1` in a loop until it works. */
static void a_capture_behind_an_error_message_is_read(void **state)
{
	static const char *const errors[] = {
		"curl: (7) Failed to connect to localhost port 6060\n",
		"404 page not found\n",
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(errors); i++) {
		struct ll_facts facts;
		struct ll_error err = LL_ERROR_INIT;
		LL_CLEANUP(ll_buf_done) struct ll_buf text;

		ll_buf_init(&text, LL_BUF_PAGE);
		ll_facts_init(&facts);
		ll_buf_printf(&text, "%sgoroutine 1 [running]:\nmain.main()\n\t/a.go:1 +0x1\n",
		              errors[i]);
		assert_ok(ll_facts_read(&facts, ll_buf_str(&text), "x", &err), &err);
		assert_string_equal(facts.format->id, "log");
		ll_facts_done(&facts);
	}
}

/* Without a zero byte in the first kilobyte: functions stand before samples. */
static void words_in_a_profile_are_no_capture_beside_it(void **state)
{
	struct ll_facts *const facts = *state;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_pb pb;
	struct ll_str content;

	ll_pb_init(&pb);
	ll_pb_type(&pb, "inuse_space", "bytes");
	for (int64_t i = 1; i <= 100; i++)
		(void)ll_pb_function(&pb, "main.f", "/a.go", i);
	ll_pb_comment(&pb, "results:\n" BENCH);
	content = ll_pb_finish(&pb);
	assert_null(memchr(content.data, '\0', 1024));

	assert_ok(ll_facts_read(facts, content, "x", &err), &err);

	assert_int_equal(facts->count, 1);
	assert_int_equal(facts->captures[0].kind, LL_KIND_HEAP);
	assert_int_equal(facts->captures[0].notes, 0);
	ll_pb_done(&pb);
}

static void no_seed_for_fuzzing_is_claimed_twice(void **state)
{
	struct ll_test_tree tree = {0};
	const struct ll_test_file *seeds;

	(void)state;
	ll_test_tree_add(&tree, "tests/fuzz/corpus", "");
	seeds = tree.files.items;
	assert_true(tree.files.count > 0);
	for (size_t i = 0; i < tree.files.count; i++) {
		enum ll_bid best;
		const size_t winners = count_winners(seeds[i].text, &best);

		if (best != LL_BID_NO && winners != 1)
			print_error("%s: %zu formats\n", seeds[i].path, winners);
		assert_true(best == LL_BID_NO || winners == 1);
	}
	ll_test_tree_done(&tree);
}

/* Why nobody has to ask them; who refuses has nothing to lose. */
static void assert_no_plain_bid(struct ll_str text, const char *path)
{
	size_t count, plain = 0;
	const struct ll_format *const *const formats = ll_formats(&count);
	const struct ll_peek peek = {.head = text, .is_whole = true};

	for (size_t k = 0; k < count; k++) {
		plain += formats[k]->is_plain;
		if (formats[k]->is_plain && formats[k]->read && formats[k]->bid(&peek) != LL_BID_NO)
			fail_msg("%s about %s", formats[k]->id, path);
	}
	assert_true(plain > 0);
}

/* Each line of a seed as a string of JSON, and the whole as one. */
static void a_format_of_plain_lines_wants_no_json(void **state)
{
	struct ll_test_tree tree = {0};
	const struct ll_test_file *seeds;
	struct ll_buf lines, whole;

	(void)state;
	ll_test_tree_add(&tree, "tests/fuzz/corpus", "");
	seeds = tree.files.items;
	ll_buf_init(&lines, LL_BUF_PAGE);
	ll_buf_init(&whole, LL_BUF_PAGE);
	for (size_t i = 0; i < tree.files.count; i++) {
		struct ll_str rest = ll_str_first(seeds[i].text, 2048);

		ll_buf_clear(&whole);
		ll_json_put_string(&whole, rest);
		assert_no_plain_bid(ll_buf_str(&whole), seeds[i].path);
		ll_buf_clear(&lines);
		ll_buf_puts(&lines, "[\n");
		while (rest.size > 0) {
			ll_json_put_string(&lines, ll_str_split(&rest, '\n'));
			ll_buf_puts(&lines, ",\n");
		}
		assert_no_plain_bid(ll_buf_str(&lines), seeds[i].path);
	}
	ll_buf_done(&lines);
	ll_buf_done(&whole);
	ll_test_tree_done(&tree);
}

/* A bid of at least `least` is the same whether or not lower ones count. */
static void assert_least_saves_only_trouble(const struct ll_test_file *seed)
{
	size_t count;
	const struct ll_format *const *const formats = ll_formats(&count);

	for (size_t i = 0; i < count; i++) {
		struct ll_peek peek = {.head = ll_str_first(seed->text, LL_PEEK_SIZE),
		                       .is_whole = seed->text.size < LL_PEEK_SIZE};
		const enum ll_bid bid = formats[i]->bid(&peek);

		for (enum ll_bid least = LL_BID_LAST; least <= LL_BID_MAGIC; least++) {
			enum ll_bid hurried;

			peek.least = least;
			hurried = formats[i]->bid(&peek);
			if (bid >= least ? hurried != bid : hurried >= least)
				fail_msg("%s about %s: %d, in a hurry %d", formats[i]->id,
				         seed->path, (int)bid, (int)hurried);
		}
	}
}

static void a_bid_that_counts_is_the_same_in_a_hurry(void **state)
{
	struct ll_test_tree tree = {0};
	const struct ll_test_file *seeds;

	(void)state;
	ll_test_tree_add(&tree, "tests/fuzz/corpus", "");
	seeds = tree.files.items;
	for (size_t i = 0; i < tree.files.count; i++)
		assert_least_saves_only_trouble(&seeds[i]);
	ll_test_tree_done(&tree);
}

static void every_format_has_an_id_a_title_and_a_reader_or_a_reason(void **state)
{
	size_t count;
	const struct ll_format *const *const formats = ll_formats(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_true(formats[i]->id[0] != '\0' && formats[i]->title[0] != '\0');
		assert_true((formats[i]->read != NULL) != (formats[i]->refusal != NULL));
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(formats[i]->id, formats[k]->id);
	}
}

static struct ll_buf archived(void)
{
	struct ll_buf tar;

	ll_buf_init(&tar, LL_BUF_PAGE);
	test_put_pax_tar(&tar, "name", "text");
	return tar;
}

static void known_strangers_are_refused_by_name(void **state)
{
	static const char archive[] = "an archive inside an archive, or compressed too often: one "
				      "level is taken apart";
	LL_CLEANUP(ll_buf_done) struct ll_buf tar = archived();
	const struct {
		struct ll_str content;
		const char *reason;
	} rows[] = {
		{ll_str_n("\0\0\0\0", 4), "only zero bytes: the capture failed"},
		{ll_str_n("go 1.22 trace\0\0\0more", 20),
	         "a Go execution trace: holds no memory data"},
		{ll_str("go1.7 heap dump\nxxx"),
	         "a runtime heap dump (debug.WriteHeapDump): not supported, take a heap profile"},
		{ll_str("\x7f"
	                "ELF\2\1\1"),
	         "an ELF file: a program or core dump, not a capture"},
		{ll_str("<!DOCTYPE html><title>502</title>"),
	         "an HTML page: an error or index page saved in place of a capture"},
		{ll_str("\n <html>"),
	         "an HTML page: an error or index page saved in place of a capture"},
		{ll_str("404 page not found\n"),
	         "an error message saved in place of a capture: the capture failed"},
		{ll_str("Could not enable CPU profiling: cpu profiling already in use\n"),
	         "an error message saved in place of a capture: the capture failed"},
		{ll_str_n("/srv/shop\0-listen\0:8080", 23),
	         "the command line of a process (/debug/pprof/cmdline, /proc/PID/cmdline): no "
	         "capture"},
		{ll_str("PK\3\4...."), archive},
		{ll_str("\x28\xb5\x2f\xfd...."), archive},
		{ll_str("\x1f\x8b\x08...."), archive},
		{ll_buf_str(&tar), archive},
		{ll_str(""), "empty file"},
		{ll_str("Exception 0xc0000005 0x0 0x0 0x7ffd\nPC=0x7ffd\n"),
	         "a Go crash without its goroutines: nothing in it to count"},
		{ll_str("hello, world\n"), "no known capture format"},
		{ll_str("\x01\x02\x03"), "no known capture format"},
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_error err = LL_ERROR_INIT;
		struct ll_facts facts;

		ll_facts_init(&facts);
		assert_int_equal(ll_facts_read(&facts, rows[i].content, "heap.pb.gz", &err),
		                 LL_E_FORMAT);
		assert_string_equal(err.text, rows[i].reason);
		assert_int_equal(facts.count, 0);
		ll_facts_done(&facts);
	}
}

static void other_protobufs_are_no_profiles(void **state)
{
	static const struct {
		const char *bytes;
		size_t size;
	} rows[] = {
		{"\x0a\x04\x08\x01\x10\x02", 6},          /* one field alone */
		{"\x0a\x05hello\x12\x02hi", 11},          /* a ValueType that is a text */
		{"\x0a\x04\x08\x01\x10\x02\x4a\x01x", 9}, /* time_nanos that is a text */
		{"\x12\x02\x08\x01\x32\x00", 6},          /* samples, no types */
		{"\x0a\x04\x08\x01\x10\x02\x32\x7f"
	         "a",
	         9},                                         /* ends inside a string */
		{"\x0a\x04\x08\x01\x10\x02\xfa\x7f\x00", 9}, /* a field that profiles do not have */
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_error err = LL_ERROR_INIT;
		struct ll_facts facts;

		ll_facts_init(&facts);
		assert_int_equal(ll_facts_read(&facts, ll_str_n(rows[i].bytes, rows[i].size),
		                               "heap.pb.gz", &err),
		                 LL_E_FORMAT);
		assert_string_equal(err.text, "no known capture format");
		ll_facts_done(&facts);
	}
}

static void names_of_kinds_metrics_and_sources_are_all_there(void **state)
{
	(void)state;
	for (enum ll_kind kind = 0; kind < LL_KIND_COUNT; kind++)
		assert_true(ll_kind_name(kind)[0] && ll_kind_title(kind)[0]);
	for (enum ll_metric metric = 0; metric < LL_METRIC_COUNT; metric++) {
		assert_true(ll_metric_column(metric)[0]);
		assert_int_equal(ll_metric_find(ll_str(ll_metric_go_name(metric))), metric);
	}
	assert_int_equal(ll_metric_find(ll_str("heapalloc")), LL_METRIC_COUNT);
	for (enum ll_time_source source = 0; source < LL_TIME_SOURCE_COUNT; source++)
		assert_true(ll_time_source_name(source)[0]);
	assert_string_equal(ll_owner_name(LL_OWNER_LIBRARY), "library");
}

static void the_sink_that_ignores_takes_everything(void **state)
{
	(void)state;
	for (size_t i = 0; i < LL_COUNT(captures); i++) {
		const char *const content = captures[i].content;
		struct ll_error err = LL_ERROR_INIT;
		struct ll_stream *const stream = ll_stream_open_memory(content, strlen(content));

		assert_ok(ll_capture_read(stream, ll_str("x"), &ll_sink_ignore, NULL, &err), &err);
		ll_stream_close(stream);
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wrong_name_changes_nothing),
		cmocka_unit_test(each_content_has_one_best_bid),
		test(of_captures_in_one_text_those_that_can_be_told_apart_are_read),
		test(a_note_tells_what_else_is_in_a_text),
		test(a_refused_text_with_nothing_readable_keeps_its_reason),
		test(what_pprof_prints_for_people_is_called_what_it_is),
		test(the_date_of_saved_headers_is_the_time_of_every_text),
		test(the_date_of_one_answer_is_not_that_of_the_next),
		cmocka_unit_test(marks_of_windows_change_nothing),
		cmocka_unit_test(a_capture_behind_an_error_message_is_read),
		test(words_in_a_profile_are_no_capture_beside_it),
		cmocka_unit_test(no_seed_for_fuzzing_is_claimed_twice),
		cmocka_unit_test(a_format_of_plain_lines_wants_no_json),
		cmocka_unit_test(a_bid_that_counts_is_the_same_in_a_hurry),
		cmocka_unit_test(every_format_has_an_id_a_title_and_a_reader_or_a_reason),
		cmocka_unit_test(known_strangers_are_refused_by_name),
		cmocka_unit_test(other_protobufs_are_no_profiles),
		cmocka_unit_test(names_of_kinds_metrics_and_sources_are_all_there),
		cmocka_unit_test(the_sink_that_ignores_takes_everything),
	};

	return cmocka_run_group_tests_name("capture.bids", tests, NULL, NULL);
}
