/* SPDX-License-Identifier: Apache-2.0 */
#include "content/stream.h"
#include "facts.h"
#include "support.h"

extern const struct ll_format ll_fmt_cgroup;

static void read_named(struct ll_facts *facts, const char *name, const char *text)
{
	ll_facts_read_as(facts, "cgroup", name, text);
}

static void assert_one(struct ll_facts *facts, const char *name, const char *text,
                       const char *reading)
{
	char expected[256];

	read_named(facts, name, text);
	(void)snprintf(expected, sizeof expected, "capture cgroup (memory)\nreading %s\n", reading);
	assert_facts(facts, expected);
}

static void a_lone_number_means_what_the_name_says(void **state)
{
	assert_one(*state, "memory.current", "1215860736\n", "cgroup.memory.current 1215860736");
	assert_one(*state, "memory.max", "max\n", "cgroup.memory.max none");
	assert_one(*state, "memory.swap.max", "0", "cgroup.memory.swap.max 0");
	assert_one(*state, "pids.current", "177\n", "cgroup.pids.current 177");
	assert_one(*state, "memory.peak.txt", "5\n", "cgroup.memory.peak 5");
	assert_one(*state, "pod7_memory.high", "5\n", "cgroup.memory.high 5");
}

static void names_of_version_1_become_those_of_version_2(void **state)
{
	assert_one(*state, "memory.usage_in_bytes", "7\n", "cgroup.memory.current 7");
	assert_one(*state, "memory.max_usage_in_bytes", "7\n", "cgroup.memory.peak 7");
	assert_one(*state, "memory.limit_in_bytes", "9223372036854771712\n",
	           "cgroup.memory.max none");
	assert_one(*state, "memory.failcnt", "3\n", "cgroup.memory.events.max 3");
	assert_one(*state, "memory.kmem.usage_in_bytes", "7\n",
	           "cgroup.memory.kmem.usage_in_bytes 7");
	read_named(*state, "memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
	assert_fact(*state, "reading cgroup.memory.events.oom_kill 2");
}

static void a_number_without_a_telling_name_is_nobodys(void **state)
{
	static const char *const names[] = {"memory", "memory.maximum", "xmemory.max", "heap.txt",
	                                    ""};

	for (size_t i = 0; i < LL_COUNT(names); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str("12\n"), names[i], &err),
		                 LL_E_FORMAT);
		assert_string_equal(err.text, "no known capture format");
	}
}

static void statistics_are_known_by_their_keys(void **state)
{
	read_named(*state, "x", "anon 411045888\nfile 0\nkernel_stack 589824\nslab 2 3\n");
	assert_facts(*state, "capture cgroup (memory)\n"
	                     "reading cgroup.memory.stat.anon 411045888\n"
	                     "reading cgroup.memory.stat.file 0\n"
	                     "reading cgroup.memory.stat.kernel_stack 589824\n"
	                     "note 4 memory: 1 lines were not understood\n");
	read_named(*state, "x", "low 0\nhigh 3\nmax 2\noom 1\noom_kill 1\n");
	assert_fact(*state, "reading cgroup.memory.events.oom_kill 1");
}

static void nothing_is_below_zero(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	read_named(*state, "memory.stat", "anon 7\nfile -5\n");
	assert_facts(*state, "capture cgroup (memory)\nreading cgroup.memory.stat.anon 7\n"
	                     "note 2 memory: 1 lines were not understood\n");
	read_named(*state, "", "==> memory.current <==\n-5\n==> memory.max <==\n7\n");
	assert_facts(*state, "capture cgroup (memory)\nreading cgroup.memory.max 7\n"
	                     "note 0 1 files were not understood\n");
	assert_int_equal(ll_facts_read(*state, ll_str("-5\n"), "memory.current", &err),
	                 LL_E_FORMAT);
}

static void version_1_counts_with_the_cgroups_below(void **state)
{
	read_named(*state, "memory.stat",
	           "cache 1\nrss 2\nmapped_file 3\ninactive_file 4\n"
	           "hierarchical_memory_limit 9223372036854771712\n"
	           "total_cache 10\ntotal_rss 20\ntotal_mapped_file 30\ntotal_inactive_file 40\n");
	assert_facts(*state, "capture cgroup (memory)\n"
	                     "reading cgroup.memory.stat.hierarchical_memory_limit none\n"
	                     "reading cgroup.memory.stat.file 10\n"
	                     "reading cgroup.memory.stat.anon 20\n"
	                     "reading cgroup.memory.stat.file_mapped 30\n"
	                     "reading cgroup.memory.stat.inactive_file 40\n");
	read_named(*state, "memory.stat", "cache 1\nrss 2\n");
	assert_fact(*state, "reading cgroup.memory.stat.anon 2");
}

static void nodes_become_labels(void **state)
{
	read_named(*state, "memory.numa_stat", "anon N0=5 N1=7\n");
	assert_facts(*state, "capture cgroup (memory)\n"
	                     "reading cgroup.memory.numa_stat.anon {\"node\":\"0\"} 5\n"
	                     "reading cgroup.memory.numa_stat.anon {\"node\":\"1\"} 7\n");
	read_named(*state, "memory.numa_stat", "total=858067 N0=858067\n");
	assert_fact(*state, "reading cgroup.memory.numa_stat.total.pages {\"node\":\"0\"} 858067");
}

static void pressure_of_a_cgroup(void **state)
{
	read_named(*state, "memory.pressure",
	           "some avg10=1.50 avg60=0.00 avg300=0.00 total=1736583\nfull avg10=x\n");

	assert_facts(*state, "capture cgroup (pressure)\n"
	                     "reading cgroup.memory.pressure.some.avg10 1.5\n"
	                     "reading cgroup.memory.pressure.some.avg60 0\n"
	                     "reading cgroup.memory.pressure.some.avg300 0\n"
	                     "reading cgroup.memory.pressure.some.total 1.736583\n"
	                     "note 2 pressure: 1 lines were not understood\n");
}

#define ID  "1d3d308a7d48a27814a68bf33a44acf4441c9c02463ca0bc1cdfdc8c0b4a8496"
#define POD "kubepods-burstable-pod7a96c459_d529_44ae_9f99_90d3798d6426.slice"

static void grep_puts_a_path_on_each_line(void **state)
{
	read_named(*state, "cgroup.txt",
	           "/sys/fs/cgroup/" POD "/cri-containerd-" ID ".scope/memory.current:5\n"
	           "/sys/fs/cgroup/" POD "/cri-containerd-" ID ".scope/memory.stat:anon 3\n"
	           "/sys/fs/cgroup/" POD "/cri-containerd-" ID ".scope/memory.stat:file 2\n"
	           "/sys/fs/cgroup/" POD "/cri-containerd-" ID ".scope/cpu.stat:usage_usec 2\n"
	           "/sys/fs/cgroup/" POD "/memory.current:7\n");

	assert_facts(*state, "capture cgroup (memory) instance=1d3d308a7d48\n"
	                     "reading cgroup.memory.current 5\n"
	                     "reading cgroup.memory.stat.anon 3\n"
	                     "reading cgroup.memory.stat.file 2\n"
	                     "capture cgroup (memory) "
	                     "instance=7a96c459-d529-44ae-9f99-90d3798d6426\n"
	                     "reading cgroup.memory.current 7\n");
}

static void headers_part_files_of_services(void **state)
{
	read_named(
		*state, "x",
		"==> /sys/fs/cgroup/system.slice/notify-hub.service/memory.current <==\n5\n\n"
		"==> /sys/fs/cgroup/system.slice/notify-hub.service/memory.newer_than_us <==\n6\n"
		"==> /sys/fs/cgroup/system.slice/worker@3.service/memory.max <==\nmax\n");

	assert_facts(*state, "capture cgroup (memory) service=notify-hub\n"
	                     "reading cgroup.memory.current 5\n"
	                     "reading cgroup.memory.newer_than_us 6\n"
	                     "capture cgroup (memory) service=worker instance=3\n"
	                     "reading cgroup.memory.max none\n");
}

static void names_without_a_path_are_enough_for_grep(void **state)
{
	read_named(*state, "x", "memory.current:5\nmemory.events:oom_kill 1\n");

	assert_facts(*state, "capture cgroup (memory)\n"
	                     "reading cgroup.memory.current 5\n"
	                     "reading cgroup.memory.events.oom_kill 1\n");
}

static void the_cgroup_of_a_process_names_its_container(void **state)
{
	read_named(*state, "cgroup", "12:pids:/docker/" ID "\n5:cpu,memory:/docker/" ID "\n");

	assert_facts(*state, "capture cgroup (membership) instance=1d3d308a7d48\n"
	                     "reading cgroup.path {\"path\":\"/docker/" ID "\"} 1\n");
}

static void what_has_no_number_is_refused(void **state)
{
	static const struct {
		const char *name, *text, *reason;
	} rows[] = {
		{"memory.use_hierarchy", "12-781\n", "a file of the kernel without a number in it"},
		{"cpu.stat", "usage_usec 5\n",
	         "a cgroup file of another controller: nothing of memory"},
		{"blkio.throttle.io_service_bytes", "11:0 Read 0\n", "no known capture format"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_error err = LL_ERROR_INIT;
		struct ll_facts *const facts = *state;

		assert_int_equal(ll_facts_read(facts, ll_str(rows[i].text), rows[i].name, &err),
		                 LL_E_FORMAT);
		assert_string_equal(err.text, rows[i].reason);
		assert_int_equal(facts->count, 0);
	}
}

static void a_second_number_is_noted(void **state)
{
	read_named(*state, "memory.max_usage_in_bytes", "0\n-1\n2\n");

	assert_facts(*state, "capture cgroup (memory)\n"
	                     "reading cgroup.memory.peak 0\n"
	                     "note 2 memory: 2 lines were not understood\n");
}

static void a_saved_session_names_the_files_that_it_shows(void **state)
{
	read_named(*state, "session.txt",
	           "root@app:/# cat /sys/fs/cgroup/memory.max\n268435456\n"
	           "root@app:/# cat /sys/fs/cgroup/memory.stat\nanon 100\nfile 10\n"
	           "root@app:/# cat notes.txt\nbuy milk\n");
	assert_facts(*state, "capture cgroup (memory)\n"
	                     "reading cgroup.memory.max 268435456\n"
	                     "reading cgroup.memory.stat.anon 100\n"
	                     "reading cgroup.memory.stat.file 10\n"
	                     "note 6 memory: 2 lines were not understood\n");

	/* Where the first file is known by its keys, the others are by their names. */
	read_named(*state, "x",
	           "> cat memory.stat\ncache 0\nrss 5\ntotal_rss 5\n"
	           "> cat memory.usage_in_bytes\n438272\n");
	assert_fact(*state, "reading cgroup.memory.current 438272");
}

/* A source that hands out a text in pieces, as archives do. */
struct pieces {
	struct ll_str rest;
};

static int64_t fill(void *self, char *to, size_t size, struct ll_error *err)
{
	struct pieces *const pieces = self;
	const size_t part = pieces->rest.size < size ? pieces->rest.size : size;

	(void)err;
	if (part > 0)
		memcpy(to, pieces->rest.data, part);
	pieces->rest = ll_str_from(pieces->rest, part);
	return (int64_t)part;
}

static void a_path_outlives_the_window_that_it_was_read_in(void **state)
{
	struct ll_facts *const facts = *state;
	const struct ll_sink sink = ll_facts_sink(facts);
	struct ll_error err = LL_ERROR_INIT;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	struct pieces pieces;
	struct ll_stream *in;
	struct ll_peek peek = {.name = ll_str("x")};

	/* The second header is the last line of the first window of 2 MiB. */
	ll_buf_init(&text, (size_t)4 * 1024 * 1024);
	ll_buf_puts(&text, "==> /sys/fs/cgroup/a.service/memory.stat <==\nanon 1\n");
	while (text.size < (size_t)2 * 1024 * 1024 - 64)
		ll_buf_putc(&text, '\n');
	ll_buf_puts(&text, "==> /sys/fs/cgroup/b.service/memory.max <==\n");
	for (int i = 0; i < 4096; i++)
		ll_buf_puts(&text, i == 0 ? "7\n" : "\n");
	pieces.rest = ll_buf_str(&text);
	in = ll_stream_open_source(&(struct ll_source){.fill = fill, .self = &pieces}, 0);
	peek.head = ll_stream_peek(in, LL_PEEK_SIZE);
	assert_ok(ll_fmt_cgroup.read(in, &peek, &sink, &err), &err);
	ll_stream_close(in);

	assert_fact(facts, "capture cgroup (memory) service=b");
	assert_fact(facts, "reading cgroup.memory.max 7");
}

static void what_a_page_comments_is_no_key(void **state)
{
	read_named(*state, "memory.max", "# 512\n512\n");

	assert_facts(*state, "capture cgroup (memory)\n"
	                     "reading cgroup.memory.max 512\n"
	                     "note 1 memory: 1 lines were not understood\n");
}

static void a_file_that_a_page_indents_is_known_by_its_keys(void **state)
{
	read_named(*state, "x", "    low 0\n    high 3\n    oom_kill 1\n");

	assert_fact(*state, "reading cgroup.memory.events.oom_kill 1");
}

static void statistics_that_lost_their_beginning_are_known(void **state)
{
	read_named(*state, "page.txt",
	           "inactive_anon 0\nactive_anon 8192\nhierarchical_memory_limit 67108864\n"
	           "total_cache 4096\ntotal_rss 8192\n");

	assert_facts(*state, "capture cgroup (memory)\n"
	                     "reading cgroup.memory.stat.hierarchical_memory_limit 67108864\n"
	                     "reading cgroup.memory.stat.file 4096\n"
	                     "reading cgroup.memory.stat.anon 8192\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_lone_number_means_what_the_name_says),
		test(names_of_version_1_become_those_of_version_2),
		test(a_number_without_a_telling_name_is_nobodys),
		test(statistics_are_known_by_their_keys),
		test(nothing_is_below_zero),
		test(version_1_counts_with_the_cgroups_below),
		test(nodes_become_labels),
		test(pressure_of_a_cgroup),
		test(grep_puts_a_path_on_each_line),
		test(headers_part_files_of_services),
		test(names_without_a_path_are_enough_for_grep),
		test(the_cgroup_of_a_process_names_its_container),
		test(what_has_no_number_is_refused),
		test(a_second_number_is_noted),
		test(a_saved_session_names_the_files_that_it_shows),
		test(a_path_outlives_the_window_that_it_was_read_in),
		test(what_a_page_comments_is_no_key),
		test(a_file_that_a_page_indents_is_known_by_its_keys),
		test(statistics_that_lost_their_beginning_are_known),
	};

	return cmocka_run_group_tests_name("capture.fmt_cgroup", tests, NULL, NULL);
}
