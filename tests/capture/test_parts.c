/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_parts.c - captures that stand behind each other in one text, also far behind its head: each
 * is read, and what is not is said with its line.
 */
#include "facts.h"
#include "support.h"

#define GOROUTINE "goroutine 1 [running]:\nmain.f()\n\t/f.go:1 +0x1\n"
#define GROUPS    "goroutine profile: total 1\n1 @ 0x1\n#\t0x1\tmain.f+0x1\t/a.go:1\n\n"
#define HEAP      "heap profile: 1: 8 [2: 16] @ heap/2\n1: 8 [2: 16] @ 0x1001\n"
#define MEMSTATS  "{\"HeapAlloc\": 5, \"NextGC\": 7}\n"
#define PRETTY    "{\n  \"HeapAlloc\": 5,\n  \"NextGC\": 7\n}\n"
#define GC                                                                                         \
	"gc 1 @0.010s 2%: 0.01+1.0+0.02 ms clock, 0.02+0.1/0.2/0.3+0.04 ms cpu, 4->5->2 MB, "      \
	"5 MB goal, 2 P\n"
#define BENCH   "BenchmarkPut-8 1 5 ns/op\n"
#define PROM    "# TYPE go_goroutines gauge\ngo_goroutines 5\n"
#define OPEN    PROM "# EOF\n"
#define RUNTIME "/gc/heap/live:bytes 5\n"
#define POD                                                                                        \
	"apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: app\n"    \
	"    resources: {limits: {memory: 1Mi}}\n"
#define ANSWER                                                                                     \
	"{\n  \"status\" : \"success\",\n  \"data\" : {\n    \"resultType\" : \"vector\",\n"       \
	"    \"result\" : [ { \"metric\" : { \"__name__\" : \"go_goroutines\" },\n"                \
	"      \"value\" : [ 1795223187, \"85\" ] } ]\n  }\n}\n"
#define TASK                                                                                       \
	"{\n  \"tasks\": [ {\n    \"taskArn\": \"arn:aws:ecs:eu:1:task/a/b\",\n"                   \
	"    \"containers\": [ { \"name\": \"app\", \"exitCode\": 137,\n"                          \
	"      \"reason\": \"OutOfMemoryError: Container killed due to memory usage\" } ]\n"       \
	"  } ]\n}\n"
#define STATUS "Name:\tshop\nState:\tR\nPid:\t7\nVmRSS:\t8 kB\nThreads:\t3\n"
#define LIMITS                                                                                     \
	"Limit                     Soft Limit           Hard Limit           Units     \n"         \
	"Max open files            2048                 4096                 files     \n"
#define MAPS   "00400000-00401000 r-xp 00000000 fd:01 952273         /bin/shop\n"
#define MEMORY "anon 5\nfile 6\nkernel 7\nslab 8\n"
#define ESCAPE "# shop\na.go:1:2: moved to heap: a\na.go:2:2: moved to heap: b\n"
#define OWNERS "service,team\nshop,Checkout\n"
#define RAW    "PeriodType: space bytes\nPeriod: 1\nSamples:\nalloc_space/bytes\n"

enum {
	FAR = 70 * 1024,
};

static const struct {
	const char *text;
	enum ll_kind kind;
} captures[] = {
	{GOROUTINE, LL_KIND_GOROUTINE}, {GROUPS, LL_KIND_GOROUTINE}, {HEAP, LL_KIND_HEAP},
	{MEMSTATS, LL_KIND_MEMSTATS},   {PRETTY, LL_KIND_MEMSTATS},  {GC, LL_KIND_GCTRACE},
	{BENCH, LL_KIND_BENCHMARK},     {PROM, LL_KIND_MEMSTATS},    {OPEN, LL_KIND_MEMSTATS},
	{RUNTIME, LL_KIND_MEMSTATS},    {POD, LL_KIND_POD},          {STATUS, LL_KIND_PROCESS},
	{LIMITS, LL_KIND_PROCESS},      {MAPS, LL_KIND_PROCESS},     {MEMORY, LL_KIND_CGROUP},
	{ANSWER, LL_KIND_MEMSTATS},     {TASK, LL_KIND_POD},         {ESCAPE, LL_KIND_ESCAPE},
	{OWNERS, LL_KIND_FACTS},
};

static void put_words(struct ll_buf *text, size_t size)
{
	const size_t until = text->size + size;

	for (int i = 0; text->size < until; i++)
		ll_buf_printf(text, "request %d was served, and nothing else happened\n", i);
}

static bool has_kind(const struct ll_facts *facts, enum ll_kind kind)
{
	for (size_t i = 0; i < facts->count && i < LL_FACTS_MAX; i++) {
		if (facts->captures[i].kind == kind)
			return true;
	}
	return false;
}

static void read_text(struct ll_facts *facts, const struct ll_buf *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	if (ll_facts_read(facts, ll_buf_str(text), "all.txt", &err) < 0)
		fail_msg("%s", err.text);
}

static void a_capture_far_behind_other_text_is_read(void **state)
{
	struct ll_facts *const facts = *state;

	for (size_t i = 0; i < LL_COUNT(captures); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf text;

		ll_buf_init(&text, LL_BUF_PAGE);
		put_words(&text, FAR);
		ll_buf_puts(&text, captures[i].text);

		read_text(facts, &text);

		if (!has_kind(facts, captures[i].kind))
			fail_msg("not read: %s", captures[i].text);
	}
}

static void a_capture_between_other_text_is_read(void **state)
{
	struct ll_facts *const facts = *state;

	for (size_t i = 0; i < LL_COUNT(captures); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf text;

		ll_buf_init(&text, 4 * LL_BUF_PAGE);
		put_words(&text, FAR);
		ll_buf_puts(&text, captures[i].text);
		put_words(&text, 4 * FAR);

		read_text(facts, &text);

		if (!has_kind(facts, captures[i].kind))
			fail_msg("not read: %s", captures[i].text);
	}
}

static void every_capture_is_read_behind_every_other(void **state)
{
	struct ll_facts *const facts = *state;

	for (size_t i = 0; i < LL_COUNT(captures) * LL_COUNT(captures); i++) {
		const size_t first = i / LL_COUNT(captures), second = i % LL_COUNT(captures);
		LL_CLEANUP(ll_buf_done) struct ll_buf text;

		ll_buf_init(&text, LL_BUF_PAGE);
		ll_buf_puts(&text, captures[first].text);
		put_words(&text, FAR);
		ll_buf_puts(&text, captures[second].text);

		read_text(facts, &text);

		if (!has_kind(facts, captures[first].kind) ||
		    !has_kind(facts, captures[second].kind))
			fail_msg("not read: %s --- and ---\n%s", captures[first].text,
			         captures[second].text);
	}
}

static void lines_of_notes_are_those_of_the_text(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	char note[128];
	size_t lines = 0;

	ll_buf_init(&text, LL_BUF_PAGE);
	put_words(&text, FAR);
	for (size_t i = 0; i < text.size; i++)
		lines += text.data[i] == '\n';
	ll_buf_puts(&text, PROM "?\n");

	read_text(facts, &text);

	(void)snprintf(note, sizeof note, "note %zu line skipped: a sample without a name",
	               lines + 3);
	assert_fact(facts, note);
}

static void a_capture_that_cannot_be_read_is_told_with_its_line(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, GC);
	put_words(&text, FAR);
	ll_buf_puts(&text, "apiVersion: v1\nkind: Pod\n");

	read_text(facts, &text);

	assert_true(has_kind(facts, LL_KIND_GCTRACE));
	assert_non_null(
		strstr(facts->text.data, "Kubernetes pods and events, JSON or YAML at line "));
	assert_non_null(strstr(facts->text.data, "(no pods and no events of memory among 1 "));
}

/* Only the name of a file tells of what pressure is. */
static void pressure_beside_others_is_told(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, GC "some avg10=0.10 avg60=2.00 avg300=3.85 total=1500000\n");

	read_text(facts, &text);

	assert_true(has_kind(facts, LL_KIND_GCTRACE));
	assert_non_null(strstr(facts->text.data, "at line 2 (pressure stall information, but of"));
}

static void pressure_under_the_header_of_its_file_is_read(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "==> memory.max <==\n536870912\n\n==> memory.pressure <==\n"
	                   "some avg10=1.50 avg60=0.00 avg300=0.00 total=1736583\n");

	read_text(facts, &text);

	assert_non_null(strstr(facts->text.data, "reading cgroup.memory.max 536870912\n"));
	assert_non_null(
		strstr(facts->text.data, "reading cgroup.memory.pressure.some.avg10 1.5\n"));
}

static void captures_that_take_turns_are_all_read(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	size_t memstats = 0;

	ll_buf_init(&text, LL_BUF_PAGE);
	for (int i = 0; i < 10; i++) {
		ll_buf_puts(&text, MEMSTATS);
		put_words(&text, 10 * 1024);
		ll_buf_puts(&text, PROM);
		ll_buf_puts(&text, GC);
	}

	read_text(facts, &text);

	for (size_t i = 0; i < facts->count; i++)
		memstats += facts->captures[i].kind == LL_KIND_MEMSTATS;
	assert_int_equal(memstats, 20);
	assert_true(has_kind(facts, LL_KIND_GCTRACE));
}

static void the_date_before_each_answer_is_the_time_of_its_capture(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text,
	            "HTTP/1.1 200 OK\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\n\r\n" MEMSTATS);
	put_words(&text, FAR);
	ll_buf_puts(&text, "HTTP/1.1 200 OK\r\nDate: Tue, 14 Nov 2023 23:13:20 GMT\r\n\r\n" PROM);

	read_text(facts, &text);

	assert_int_equal(facts->count, 2);
	assert_true(facts->captures[0].time_ns == INT64_C(1700000000) * LL_NS_PER_S);
	assert_true(facts->captures[1].time_ns == INT64_C(1700003600) * LL_NS_PER_S);
}

static void headers_with_a_capture_in_them_are_none(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, BENCH "HTTP/1.1 200 OK\r\n"
	                         "Name:\tb\nState:\tS\nPid:\t2\nVmRSS:\t2 kB\n\r\n" PROM);

	read_text(facts, &text);

	assert_int_equal(facts->count, 3);
	assert_true(has_kind(facts, LL_KIND_BENCHMARK));
	assert_true(has_kind(facts, LL_KIND_PROCESS));
	assert_true(has_kind(facts, LL_KIND_MEMSTATS));
}

/* Each is asked about; nobody can tell them from a capture before that. */
static void a_text_of_nothing_but_openings_is_given_up_in_time(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, 4 * 1024 * 1024);
	ll_buf_puts(&text, BENCH);
	for (int i = 0; i < 100000; i++)
		ll_buf_puts(&text, "low water\n");

	read_text(facts, &text);

	assert_true(has_kind(facts, LL_KIND_BENCHMARK));
	assert_non_null(strstr(facts->text.data, "too many lines that look like captures"));
}

/* Each may be the first of 64 KiB of headers: they are looked through so often and no more. */
static void headers_without_end_are_given_up(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, BENCH);
	for (size_t i = 0; i < 20000; i++)
		ll_buf_printf(&text, "HTTP/1.1 200 %498s\n", "OK");

	read_text(facts, &text);

	assert_int_equal(facts->count, 1);
	assert_non_null(strstr(facts->text.data, "note 16386 "));
}

/* Of a proxy and of the server behind it; the capture begins with the first. */
static void answers_in_a_row_are_one_head(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, BENCH "HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK\r\n"
	                         "Content-Type: text/plain\r\n\r\n" PROM);

	read_text(facts, &text);

	assert_int_equal(facts->count, 2);
	assert_true(has_kind(facts, LL_KIND_BENCHMARK));
	assert_true(has_kind(facts, LL_KIND_MEMSTATS));
	assert_null(strstr(facts->text.data, "note"));
}

/* Lines that begin nothing are passed over many at a time; where they end must not matter. */
static void mappings_at_the_end_of_a_profile_are_its_own(void **state)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "heap_v2/524288\n  t*: 1: 7048 [0: 0]\n@ 0x1001 0x2001\n"
	                   "  t*: 1: 7048 [0: 0]\n\nMAPPED_LIBRARIES:\n"
	                   "00400000-00ae4000 r-xp 00000000 fc:01 1058344 /srv/cart\n");

	read_text(*state, &text);

	assert_int_equal(((struct ll_facts *)*state)->count, 1);
}

static void a_capture_behind_lines_of_any_length_is_read(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	for (int length = 0; length < 140; length++) {
		ll_buf_clear(&text);
		ll_buf_puts(&text, GOROUTINE "\nwritten by hand\n");
		ll_buf_printf(&text, "%*s\n\n", length, "u");
		ll_buf_puts(&text, MEMSTATS "u\n" BENCH PROM "?\n");

		read_text(facts, &text);

		assert_true(has_kind(facts, LL_KIND_GOROUTINE));
		assert_true(has_kind(facts, LL_KIND_MEMSTATS));
		assert_true(has_kind(facts, LL_KIND_BENCHMARK));
		assert_fact(facts, "note 13 line skipped: a sample without a name");
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_capture_far_behind_other_text_is_read),
		test(a_capture_between_other_text_is_read),
		test(every_capture_is_read_behind_every_other),
		test(lines_of_notes_are_those_of_the_text),
		test(a_capture_that_cannot_be_read_is_told_with_its_line),
		test(pressure_beside_others_is_told),
		test(pressure_under_the_header_of_its_file_is_read),
		test(captures_that_take_turns_are_all_read),
		test(the_date_before_each_answer_is_the_time_of_its_capture),
		test(headers_with_a_capture_in_them_are_none),
		test(headers_without_end_are_given_up),
		test(answers_in_a_row_are_one_head),
		test(a_text_of_nothing_but_openings_is_given_up_in_time),
		test(a_capture_behind_lines_of_any_length_is_read),
		test(mappings_at_the_end_of_a_profile_are_its_own),
	};

	return cmocka_run_group_tests_name("capture.parts", tests, NULL, NULL);
}
