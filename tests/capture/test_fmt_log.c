/* SPDX-License-Identifier: Apache-2.0 */
/* Logs as a whole: several writers, split and joined lines, encodings, and what is no capture. */
#include "facts.h"
#include "log/log_origins.h"
#include "support.h"

#include <time.h>

static void read_bytes(struct ll_facts *facts, struct ll_str bytes)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, bytes, "app.log", &err), &err);
	assert_string_equal(facts->format->id, "log");
}

static void read_text(struct ll_facts *facts, const char *text)
{
	read_bytes(facts, ll_str(text));
}

#define DUMP "capture goroutine (debug=2) period=1 types=goroutine/count\n"

static void processes_that_write_in_turn_have_captures_of_their_own(void **state)
{
	read_text(*state, "[pod/a-0/app] goroutine 1 [select]:\n"
	                  "[pod/b-0/app] goroutine 1 [chan send]:\n"
	                  "[pod/a-0/app] main.f(0x1)\n"
	                  "[pod/b-0/app] main.g(0x1)\n"
	                  "[pod/b-0/app] \t/g.go:1 +0x1\n"
	                  "[pod/a-0/app] \t/f.go:1 +0x1\n"
	                  "[pod/b-0/app] \n"
	                  "[pod/b-0/app] goroutine 2 [chan send]:\n"
	                  "[pod/a-0/app] all is well\n"
	                  "[pod/b-0/app] main.g(0x2)\n"
	                  "[pod/b-0/app] \t/g.go:1 +0x1\n");

	assert_facts(*state, "capture goroutine (debug=2) period=1 service=a instance=a-0 "
	                     "types=goroutine/count\n"
	                     "goroutines 1 select: main.f f.go:1\n"
	                     "capture goroutine (debug=2) period=1 service=b instance=b-0 "
	                     "types=goroutine/count\n"
	                     "goroutines 2 chan send: main.g g.go:1\n");
}

static void traces_of_processes_that_write_in_turn_stay_apart(void **state)
{
#define CYCLE(n)                                                                                   \
	"gc " n " @0.01" n "s 2%: 0+1+0 ms clock, 0+0/0/0+0 ms cpu, 4->5->2 MB, 5 MB goal, 2 P"
	struct ll_facts *const facts = *state;

	read_text(
		facts,
		"Nov 21 01:06:27 h one[1]: " CYCLE(
			"1") "\n"
			     "Nov 21 01:06:27 h two[2]: " CYCLE(
				     "1") "\n"
					  "Nov 21 01:06:27 h one[1]: " CYCLE(
						  "2") "\n"
						       "Nov 21 01:06:27 h two[2]: " CYCLE(
							       "2") "\n"
								    "Nov 21 01:06:27 h two[3]: " CYCLE(
									    "1") "\n");

	assert_int_equal(facts->count, 3);
	assert_int_equal(facts->captures[0].cycles, 2);
	assert_int_equal(facts->captures[1].cycles, 2);
	assert_int_equal(facts->captures[2].cycles, 1);
	assert_true(ll_str_equal(facts->captures[0].service, ll_str("one")));
	assert_true(ll_str_equal(facts->captures[1].service, ll_str("two")));
}

static void more_processes_than_are_followed_lose_nothing(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	uint64_t goroutines = 0;

	ll_buf_init(&text, LL_BUF_PAGE);
	for (int i = 0; i < LL_ORIGINS_MAX + 20; i++)
		ll_buf_printf(&text,
		              "Nov 21 01:06:27 h app[%d]: goroutine 1 [select]:\n"
		              "Nov 21 01:06:27 h app[%d]: main.f(0x1)\n"
		              "Nov 21 01:06:27 h app[%d]: \t/f.go:1 +0x1\n",
		              i, i, i);
	facts->is_quiet = true;
	read_bytes(facts, ll_buf_str(&text));
	for (size_t i = 0; i < LL_FACTS_MAX; i++)
		goroutines += facts->captures[i].goroutines;

	assert_int_equal(facts->count, LL_ORIGINS_MAX + 20);
	assert_int_equal(goroutines, LL_FACTS_MAX);
}

static void lines_that_a_runtime_split_are_joined_by_stream(void **state)
{
	read_text(*state, "2026-11-21T01:06:27Z stderr P gorou\n"
	                  "2026-11-21T01:06:27Z stdout F hello\n"
	                  "2026-11-21T01:06:27Z stderr P tine 1 [sel\n"
	                  "2026-11-21T01:06:27Z stderr F ect]:\n"
	                  "2026-11-21T01:06:27Z stderr F main.f(0x1)\n"
	                  "2026-11-21T01:06:27Z stderr P \t/f.go:1\n"
	                  "2026-11-21T01:06:27Z stderr F  +0x1\n"
	                  "2026-11-21T01:06:27Z stdout F goodbye\n"
	                  "2026-11-21T01:06:27Z stderr F goroutine 2 [select]:\n");

	assert_fact(*state, "goroutines 1 select: main.f f.go:1");
	read_text(
		*state,
		"{\"log\":\"goroutine 1 [se\",\"stream\":\"stderr\",\"time\":\"x\"}\n"
		"{\"log\":\"hello\\n\",\"stream\":\"stdout\",\"time\":\"x\"}\n"
		"{\"log\":\"lect]:\\n\",\"stream\":\"stderr\",\"time\":\"x\"}\n"
		"{\"log\":\"main.f(0x1)\\n\",\"stream\":\"stderr\",\"time\":\"x\"}\n"
		"{\"log\":\"\\t/f.go:1 +0x1\\n\",\"stream\":\"stderr\",\"time\":\"x\"}\n"
		"{\"log\":\"goroutine 2 [chan send]:\\n\",\"stream\":\"stderr\",\"time\":\"x\"}\n");
	assert_facts(*state, DUMP "goroutines 1 select: main.f f.go:1\n"
	                          "goroutines 1 chan send: \n");
}

static void a_dump_that_syslog_wrote_as_one_line_is_taken_apart(void **state)
{
	read_text(*state, "Nov 21 01:06:26 n1 hub[7]: hello\n"
	                  "Nov 21 01:06:27 n1 hub[7]: panic: boom#012#012goroutine 1 [running]:#012"
	                  "main.f(0x1)#012#011/f.go:1 +0x1#012\n");

	assert_facts(*state, "capture goroutine (panic) period=1 service=hub instance=n1 "
	                     "types=goroutine/count\ngoroutines 1 running: main.f f.go:1\n");
}

static void a_message_of_several_lines_is_indented_by_the_journal(void **state)
{
	read_text(*state, "Nov 21 01:06:26 n1 hub[7]: hello\n"
	                  "Nov 21 01:06:27 n1 hub[7]: goroutine 1 [select]:\n"
	                  "                           main.f(0x1)\n"
	                  "                           \t/f.go:1 +0x1\n"
	                  "Nov 21 01:06:28 n1 hub[7]: goodbye\n"
	                  "Nov 21 01:06:28 n1 hub[7]: goodbye\n"
	                  "Nov 21 01:06:28 n1 hub[7]: goodbye\n");

	assert_fact(*state, "goroutines 1 select: main.f f.go:1");
}

static void the_journals_export_form_is_read_with_its_binary_fields(void **state)
{
	static const char text[] =
		"__CURSOR=s=1\n__REALTIME_TIMESTAMP=1795223187000000\n_HOSTNAME=n1\n"
		"SYSLOG_IDENTIFIER=hub\n_PID=7\nMESSAGE=hello\n\n"
		"__CURSOR=s=2\n__REALTIME_TIMESTAMP=1795223187000000\n_HOSTNAME=n1\n"
		"SYSLOG_IDENTIFIER=hub\n_PID=7\nMESSAGE\n"
		"\x2f\0\0\0\0\0\0\0"
		"goroutine 1 [select]:\nmain.f(0x1)\n\t/f.go:1 +0x1\n"
		"PRIORITY=6\n\n"
		"__CURSOR=s=3\n_HOSTNAME=n1\nMESSAGE=goodbye\n";

	read_bytes(*state, ll_str_n(text, sizeof text - 1));

	assert_facts(*state, "capture goroutine (debug=2) time=2026-11-21T01:06:27Z period=1 "
	                     "service=hub instance=n1 types=goroutine/count\n"
	                     "goroutines 1 select: main.f f.go:1\n");
}

static void an_export_that_breaks_off_in_a_field_ends(void **state)
{
	static const char text[] = "__CURSOR=s=1\nMESSAGE=goroutine 1 [select]:\n\n"
				   "__CURSOR=s=2\nMESSAGE\n\xff\xff\xff\xff\0\0\0\0main.f";

	read_bytes(*state, ll_str_n(text, sizeof text - 1));

	assert_fact(*state, "goroutines 1 select: ; cut");
}

static void text_of_windows_is_read(void **state)
{
	static const char crash[] = "goroutine 1 [select]:\r\nmain.f(0x1)\r\n\tC:/f.go:1 +0x1\r\n";
	LL_CLEANUP(ll_buf_done) struct ll_buf little;
	LL_CLEANUP(ll_buf_done) struct ll_buf big;

	ll_buf_init(&little, LL_BUF_PAGE);
	ll_buf_init(&big, LL_BUF_PAGE);
	ll_buf_put(&little, "\xff\xfe", 2);
	ll_buf_put(&big, "\xfe\xff", 2);
	for (size_t i = 0; i + 1 < sizeof crash; i++) {
		ll_buf_putc(&little, crash[i]);
		ll_buf_putc(&little, '\0');
		ll_buf_putc(&big, '\0');
		ll_buf_putc(&big, crash[i]);
	}

	read_bytes(*state, ll_buf_str(&little));
	assert_facts(*state, DUMP "goroutines 1 select: main.f f.go:1\n");
	read_bytes(*state, ll_buf_str(&big));
	assert_facts(*state, DUMP "goroutines 1 select: main.f f.go:1\n");
	read_text(*state, "\xef\xbb\xbfgoroutine 1 [select]:\nmain.f(0x1)\n\t/f.go:1 +0x1\n");
	assert_facts(*state, DUMP "goroutines 1 select: main.f f.go:1\n");
}

static void a_dump_inside_a_structured_line_is_one_capture(void **state)
{
	read_text(*state,
	          "{\"level\":\"info\",\"ts\":1795223180.5,\"msg\":\"hello\"}\n"
	          "{\"level\":\"error\",\"ts\":1795223187,\"msg\":\"boom\",\"stack\":\"goroutine 7 "
	          "[running]:\\nmain.f(0x1)\\n\\t/f.go:1 +0x1\\ncreated by main.g\\n\\t/g.go:2 +0x1"
	          "\\n\"}\n"
	          "{\"level\":\"error\",\"ts\":1795223188,\"msg\":\"boom\",\"stack\":\"goroutine 9 "
	          "[running]:\\nmain.f(0x1)\\n\\t/f.go:1 +0x1\\nmain.main()\\n\\t/m.g\"}\n");

	assert_facts(*state,
	             "capture goroutine (stack) time=2026-11-21T01:06:27Z period=1 "
	             "types=goroutine/count\n"
	             "goroutines 1 running: main.f f.go:1; by main.g g.go:2\n"
	             "capture goroutine (stack) time=2026-11-21T01:06:28Z period=1 "
	             "types=goroutine/count\n"
	             "goroutines 1 running: main.f f.go:1 < main.main; cut\n"
	             "note 0 the dump ends inside a goroutine; its counts are lower bounds\n");
}

static void the_last_time_before_a_dump_without_one_is_a_bound(void **state)
{
	read_text(*state, "2026/11/21 01:06:20 hello\n"
	                  "panic: boom\n\n"
	                  "goroutine 1 [running]:\nmain.f(0x1)\n\t/f.go:1 +0x1\n");

	assert_facts(*state, "capture goroutine (panic) after=2026-11-21T01:06:20Z period=1 "
	                     "types=goroutine/count\ngoroutines 1 running: main.f f.go:1\n");
}

static void structured_lines_before_a_dump_bound_its_time_too(void **state)
{
	static const char *const lines[] = {
		("{\"level\":\"info\",\"msg\":\"a text of some length, so that the time stands far "
	         "behind in the line\",\"time\":\"2026-11-21T01:06:20Z\"}\n"),
		"{\"level\":\"warn\",\"ts\":1795223180,\"caller\":\"cart/f.go:1\"}\n",
		"time=\"2026-11-21T01:06:20Z\" level=info msg=hello\n",
		"Panic at 2026-11-20T21:06:20-04:00\n",
	};

	for (size_t i = 0; i < LL_COUNT(lines); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf text;

		ll_buf_init(&text, LL_BUF_PAGE);
		ll_buf_printf(&text,
		              "%spanic: boom\n\ngoroutine 1 [running]:\nmain.f(0x1)\n"
		              "\t/f.go:1 +0x1\n",
		              lines[i]);

		read_text(*state, text.data);

		assert_facts(*state, "capture goroutine (panic) after=2026-11-21T01:06:20Z "
		                     "period=1 types=goroutine/count\n"
		                     "goroutines 1 running: main.f f.go:1\n");
	}
}

static void a_crash_behind_an_unknown_prefix_is_known_by_its_preamble(void **state)
{
	read_text(*state, "<<plugin 4>> panic: boom\n<<plugin 4>> \n"
	                  "<<plugin 4>> goroutine 1 [running]:\n"
	                  "<<plugin 4>> main.f(0x1)\n<<plugin 4>> \t/f.go:1 +0x1\n");

	assert_facts(*state, "capture goroutine (panic) period=1 types=goroutine/count\n"
	                     "goroutines 1 running: main.f f.go:1\n");
}

static void a_gap_of_two_seconds_ends_a_dump(void **state)
{
	read_text(*state, "2026-11-21T01:06:27.0Z stderr F goroutine 1 [select]:\n"
	                  "2026-11-21T01:06:27.1Z stderr F main.f(0x1)\n"
	                  "2026-11-21T01:06:27.1Z stderr F \t/f.go:1 +0x1\n"
	                  "2026-11-21T01:06:30.0Z stderr F goroutine 2 [select]:\n"
	                  "2026-11-21T01:06:30.1Z stderr F main.f(0x1)\n"
	                  "2026-11-21T01:06:30.1Z stderr F \t/f.go:1 +0x1\n");

	assert_int_equal(((struct ll_facts *)*state)->count, 2);
}

/* What `copytruncate` of logrotate, and a machine that lost its power, leave in logs. */
static void zero_bytes_in_a_log_hide_nothing(void **state)
{
	static const char dump[] = "goroutine 1 [select]:\nmain.f(0x1)\n\t/f.go:1 +0x1\n";
	static const char inside[] =
		"one\0two\a\n\0\0goroutine 1 [select]:\nmain.f(0x1)\n\t/f.go:1 +0x1\n"
		"hello, hello, hello, hello\n";
	static const size_t counts[] = {1, 700, 4096, 100 * 1000, 3 * 1000 * 1000};
	struct ll_error err = LL_ERROR_INIT;

	for (size_t i = 0; i < LL_COUNT(counts); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf text;

		ll_buf_init(&text, (size_t)4 * 1000 * 1000);
		for (size_t n = 0; n < counts[i]; n++)
			ll_buf_putc(&text, '\0');
		ll_buf_puts(&text, dump);
		read_bytes(*state, ll_buf_str(&text));
		assert_facts(*state, DUMP "goroutines 1 select: main.f f.go:1\n");
	}
	read_bytes(*state, ll_str_n(inside, sizeof inside - 1));
	assert_facts(*state, DUMP "goroutines 1 select: main.f f.go:1\n");
	{
		LL_CLEANUP(ll_buf_done) struct ll_buf zeros;

		ll_buf_init(&zeros, (size_t)1000 * 1000);
		for (size_t n = 0; n < 100 * 1000; n++)
			ll_buf_putc(&zeros, '\0');
		ll_facts_clear(*state);
		assert_int_equal(ll_facts_read(*state, ll_buf_str(&zeros), "app.log", &err),
		                 LL_E_FORMAT);
		assert_string_equal(err.text, "only zero bytes: the capture failed");
	}
}

static void a_text_without_captures_is_called_what_it_is(void **state)
{
	static const struct {
		const char *text, *reason;
	} rows[] = {
		{"panic: boom\n", "a Go crash without its goroutines: nothing in it to count"},
		{"fatal error: newosproc\n",
	         "a Go crash without its goroutines: nothing in it to count"},
		{"W0622 11:59:19.138728   18712 x:0] FATAL ERROR: error running container\n",
	         "a crash report without a goroutine dump: nothing in it to count"},
		{"==================\nWARNING: DATA RACE\nRead at 0x1 by goroutine 185:\n",
	         "a report of the race detector: no goroutine dump, GC trace or kill in it"},
		{"--- FAIL: TestX (0.01s)\nFAIL\tshop/cart\t0.1s\n",
	         "a build or test log: no goroutine dump, GC trace or kill in it"},
		{"SIGSEGV: segmentation violation\nsignal arrived during cgo execution\n",
	         "a Go crash without its goroutines: nothing in it to count"},
		{"[    1.0] Tasks state (memory values in pages):\n",
	         "a table of the tasks of a machine; the lines of the kernel that say what was "
	         "killed are missing"},
		{"total runtime: 1.2s.\npeak heap memory consumption: 1.2MB\n",
	         "what heaptrack counts of malloc: no profile of a Go heap"},
		{"compile: signal: killed\n",
	         "a process that somebody killed, and not why: take the log of the kernel"},
		{"12m  Warning  SystemOOM  node/n1  System OOM encountered\n",
	         "a node was out of memory; the event does not say what was killed: take the log "
	         "of its kernel"},
		{"Error R14 (Memory quota exceeded)\n",
	         "somebody says that a limit of memory was met, and not how large the process was: "
	         "take the log of the kernel, or a heap profile"},
		{"Name:  cart-0\nContainers:\n  cart:\n    Restart Count:  0\n",
	         "what kubectl tells of pods, and of no kill for want of memory"},
		{"Kernel panic - not syncing: oops\n", "a crash of the kernel: no OOM kill in it"},
		{"[mem 1] HeapAlloc= 670296 B  HeapSys=11567104 B\n",
	         "numbers of runtime.MemStats in a form of their own, which may be rounded: write "
	         "it whole, as JSON"},
		{"  {\n    \"Size\": 8,\n    \"Mallocs\": 53\n  },\n",
	         "a part of runtime.MemStats, its sizes of objects only: write it whole, as JSON"},
		{"name: runtime\nAlloc   HeapInUse\n1577368 2744320\n",
	         "what InfluxDB tells of its runtime: save all of /debug/vars"},
		{"\"memstats\": {\"Alloc\":240914768,\"Sys\":8533 ...\n",
	         "runtime.MemStats as JSON, cut or damaged: save all of it"},
		{"I1 [n1] runtime stats: 184 MiB RSS, 105 MiB/37 MiB/155 MiB GO alloc/idle/total, \n",
	         "sizes that CockroachDB rounds for its log: give its memstats and heap files"},
		{"[2026-11-20 11:53:10 +0200 EET][G] 'consul.runtime.sys_bytes': 33396984.000\n",
	         "what go-metrics prints at a signal: save /v1/agent/metrics, or /v1/sys/metrics of "
	         "Vault"},
		{"\tPath: /a.service\n\tMemory Pressure Limit: 0.00%\n",
	         "what systemd-oomd weighed: the lines that say what it killed are missing"},
		{"pid  3503: badness 301 vm_rss   2705 chromium\n",
	         "what earlyoom weighed: the lines that say what it killed are missing"},
		{"VmSize:\t 131168 kB\nVmRSS:\t 13484 kB\n",
	         "a part of /proc/PID/status, without the name and number of the process: save all "
	         "of it"},
		{"nr_free_pages 11301711\nnr_inactive_anon 1072395\n",
	         "/proc/vmstat: pages of the machine, nothing of a process; save /proc/meminfo"},
		{">   memory.stat: cache 0\n>   memory.kmem.tcp.usage_in_bytes: 0\n",
	         "a cgroup as cgget prints it: save the files of its directory"},
		{"memory: usage 1048576kB, limit 1048576kB, failcnt 141\n",
	         "a cgroup that met its limit of memory; the lines of the kernel that say what was "
	         "killed are missing"},
		{"the pod's reason is OOMKilled and its code 137\n",
	         "somebody tells of a container that was killed for want of memory (OOMKilled): "
	         "save what kubectl get pod -o json prints"},
		{"main.go -m # p./a.go:8:1: moved to heap: x ./a.go:9:1: y escapes to heap\n",
	         "remarks of the compiler that are not one in a line: save what go build "
	         "-gcflags=-m prints"},
		{"./a.go:83:26:  flow: io.r = input:\n./a.go:83:26:    input at ./a.go:113:28\n",
	         "explanations of the compiler without its remarks: save all that go build "
	         "-gcflags=-m=2 prints"},
		{"| samples |  134844 |\n| ns/op   |  8071 |\n",
	         "numbers of benchmarks in a form of their own: give the output of go test -bench"},
		{"4  \"heapAlloc\": 3396984,\n",
	         "numbers of runtime.MemStats in a form of their own, which may be rounded: write it "
	         "whole, as JSON"},
		{"gc # @#s #%: #+#+# ms clock, #->#-># MB, # MB goal, # P\n",
	         "the explanation of a GC trace: no collection in it"},
		{"[7:0x5] 65 ms: Scavenge 4.1 (5.0) -> 3.7 (5.5) MB, 0.8 / 0.0 ms\n",
	         "a trace of the collector of Node.js: nothing of Go in it"},
		{"MemoryCurrent=1048576\n",
	         "what systemctl shows of a unit: save the memory files of its cgroup"},
		{"swapper: page allocation failure: order:5, mode:0x4020\n",
	         "what the kernel says when memory is short; the lines that say what was killed are "
	         "missing"},
		{"a.service: Main process exited, code=killed, status=9/KILL\n",
	         "a process that somebody killed, and not why: take the log of the kernel"},
		{"The node was low on resource: memory. Container a was using 1Gi\n",
	         "a pod that was evicted, as its node was short of memory: save what kubectl get pod "
	         "-o json prints"},
		{"h systemd-oomd[9]: Failed to connect, status=9/KILL\n",
	         "what systemd-oomd, earlyoom or nohang say, and no kill that is understood: take the "
	         "log of the kernel"},
		{"hello\n", "no known capture format"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(rows[i].text), "x", &err),
		                 LL_E_FORMAT);
		assert_string_equal(err.text, rows[i].reason);
	}
}

static void parts_of_files_and_sums_of_clouds_are_called_what_they_are(void **state)
{
	static const struct {
		const char *text, *reason;
	} rows[] = {
		{"nr_inactive_anon 5\nworkingset_nodes 7\nworkingset_refault_anon 8\n",
	         "/proc/vmstat: pages of the machine, nothing of a process; save /proc/meminfo"},
		{"Mems_allowed_list:\t0-1\nvoluntary_ctxt_switches:\t25\n",
	         "a part of /proc/PID/status, without the name and number of the process: save "
	         "all of it"},
		{"x MemStats: Alloc=1577368 Mallocs=8234 Frees=12 NumGC=3\n",
	         "numbers of runtime.MemStats in a form of their own, which may be rounded: write it "
	         "whole, as JSON"},
		{"REPORT RequestId: 1 Duration: 7.17 ms Memory Size: 1536 MB Max Memory Used: 47 MB\n",
	         "what a cloud measured of a program, rounded: save /metrics or /debug/vars of the "
	         "program itself"},
		{"      1 go_memstats_heap_alloc_bytes 2.03e+08\n",
	         "names of a Go program's metrics, and not as a page of them has them: save /metrics "
	         "itself"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(rows[i].text), "x", &err),
		                 LL_E_FORMAT);
		assert_string_equal(err.text, rows[i].reason);
	}
}

static void hostile_prefixes_do_no_harm(void **state)
{
	static const char *const texts[] = {
		"{\"log\":\"goroutine 1 [select]:\\n\"",
		"{\"MESSAGE\":[300],\"__REALTIME_TIMESTAMP\":\"x\"}\ngoroutine 1 [select]:\n",
		"<9999999>1 goroutine 1 [select]:\n",
		"Nov 99 99:99:99 goroutine 1 [select]:\n",
		"[99999999999999.9] goroutine 1 [select]:\n",
		"99999999999999999999,1,1,-;goroutine 1 [select]:\n",
		"9999999999.999999999999999999 h p: goroutine 1 [select]:\n",
		"2026-11-21T01:06:27+99:99 stderr P goroutine 1 [select]:",
		"__CURSOR=x\nMESSAGE\n",
	};

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_error err = LL_ERROR_INIT;
		const int rc = ll_facts_read(*state, ll_str(texts[i]), "x", &err);

		assert_true(rc == LL_OK || rc == LL_E_FORMAT);
	}
}

/* One line of a mebibyte, made of the beginnings of records. */
static void long_lines_of_beginnings_are_read_in_no_time(void **state)
{
	static const char *const words[] = {
		"goroutine 1 [",
		"goroutine 1 [x]:\\n",
		"gc 1 @",
		"Killed process 1 (",
		"scav ",
		"x.service: ",
		"killed by the OOM killer ",
		"#012",
		"\x1b[",
		"\\\"",
		"[pod/",
		"{\"log\":\"",
		"Task in ",
		" invoked oom-killer: ",
		"oom-kill:constraint=",
		"/",
		"(",
		"<1>",
		"panic: ",
	};

	for (size_t i = 0; i < LL_COUNT(words); i++) {
		struct ll_error err = LL_ERROR_INIT;
		LL_CLEANUP(ll_buf_done) struct ll_buf text;
		const clock_t before = clock();

		ll_buf_init(&text, LL_BUF_PAGE);
		ll_buf_puts(&text, "goroutine 1 [select]:\n");
		while (text.size < (size_t)1024 * 1024)
			ll_buf_puts(&text, words[i]);
		(void)ll_facts_read(*state, ll_buf_str(&text), "x", &err);
		assert_true(clock() - before < 5 * CLOCKS_PER_SEC);
	}
}

static void the_output_of_a_tests_events_is_one_text_a_package(void **state)
{
#define EVENT(package, output)                                                                     \
	"{\"Time\":\"2026-11-21T01:06:27Z\",\"Action\":\"output\",\"Package\":\"" package          \
	"\",\"Output\":\"" output "\"}\n"
	read_text(
		*state,
		"{\"Time\":\"2026-11-21T01:06:26Z\",\"Action\":\"start\",\"Package\":\"p\"}\n" EVENT(
			"p", "panic: test timed out after 1s\\n") EVENT("q", "hello\\n")
			EVENT("p", "goroutine 17 [running]:\\n") EVENT("p", "testing.f()\\n") EVENT(
				"p", "\\t/t.go:") EVENT("p", "1 +0x1\\n") EVENT("p", "\\n")
				EVENT("p", "goroutine 7 [chan receive]:\\n") EVENT(
					"p", "p.TestHang(0x0?)\\n")
					EVENT("p",
	                                      "\\t/p_test.go:12 +0x1d\\n") "{\"Time\":\"2026-11-21T01:06:27Z\",\"Action\":\"fail\",\"Package\":\"p\","
									   "\"Elapsed\":1.005}\n");
#undef EVENT

	assert_facts(*state, "capture goroutine (test timeout) time=2026-11-21T01:06:27Z period=1 "
	                     "types=goroutine/count\n"
	                     "goroutines 1 running: testing.f t.go:1\n"
	                     "goroutines 1 chan receive: p.TestHang p_test.go:12\n");
}

static void lines_that_a_cloud_wrapped_are_unwrapped(void **state)
{
	read_text(
		*state,
		"{\"textPayload\":\"goroutine 1 [select]:\\n\",\"resource\":{\"type\":\"k8s_container\","
		"\"labels\":{\"pod_name\":\"cart-0\",\"container_name\":\"app\"}},"
		"\"timestamp\":\"2026-11-21T01:06:27Z\"}\n"
		"{\"textPayload\":\"main.f(0x1)\\n\",\"resource\":{\"type\":\"k8s_container\","
		"\"labels\":{\"pod_name\":\"cart-0\",\"container_name\":\"app\"}},"
		"\"timestamp\":\"2026-11-21T01:06:27Z\"}\n"
		"{\"textPayload\":\"\\t/f.go:1 +0x1\\n\",\"resource\":{\"type\":\"k8s_container\","
		"\"labels\":{\"pod_name\":\"cart-0\",\"container_name\":\"app\"}},"
		"\"timestamp\":\"2026-11-21T01:06:27Z\"}\n");

	assert_facts(*state,
	             "capture goroutine (debug=2) time=2026-11-21T01:06:27Z period=1 service=cart "
	             "instance=cart-0 types=goroutine/count\n"
	             "goroutines 1 select: main.f f.go:1\n");
}

static void records_of_a_cloud_and_elements_of_an_array_are_lines(void **state)
{
	static const char kill[] = "Out of memory: Killed process 7 (app) total-vm:8kB, "
				   "anon-rss:4kB, file-rss:0kB";
	char text[1024];

	(void)snprintf(text, sizeof text,
	               "{\"insertId\":\"1\",\"jsonPayload\":{\"MESSAGE\":\"%s\",\"_HOSTNAME\":"
	               "\"n1\",\"SYSLOG_IDENTIFIER\":\"kernel\"},\"timestamp\":"
	               "\"2026-11-21T01:06:27Z\"}\n",
	               kill);
	read_text(*state, text);
	assert_fact(*state,
	            "kill kernel global time=2026-11-21T01:06:27Z process=app pid=7 host=n1 "
	            "total_vm=8192 anon=4096 file=0 text=Out of memory: Killed process 7 "
	            "(app) total-vm:8kB, anon-rss:4kB, file-rss:0kB");

	(void)snprintf(text, sizeof text,
	               "[\n  {\"message\":\"hello\",\"time\":\"2026-11-21T01:06:26Z\"},\n"
	               "  {\"message\":\"%s\",\"time\":\"2026-11-21T01:06:27Z\"}\n]\n",
	               kill);
	read_text(*state, text);
	assert_fact(*state, "kill kernel global time=2026-11-21T01:06:27Z process=app pid=7 "
	                    "total_vm=8192 anon=4096 file=0 text=Out of memory: Killed process 7 "
	                    "(app) total-vm:8kB, anon-rss:4kB, file-rss:0kB");
}

static void messages_of_a_program_are_its_lines_unless_a_dump_stands_elsewhere(void **state)
{
	read_text(*state, "{\"time\":\"2026-11-21T01:06:27Z\",\"host\":\"a.example\",\"msg\":"
	                  "\"goroutine 1 [select]:\"}\n"
	                  "{\"time\":\"2026-11-21T01:06:27Z\",\"host\":\"b.example\",\"msg\":"
	                  "\"main.f(0x1)\"}\n"
	                  "{\"time\":\"2026-11-21T01:06:27Z\",\"msg\":\"\\t/f.go:1 +0x1\"}\n");
	assert_facts(*state, "capture goroutine (debug=2) time=2026-11-21T01:06:27Z period=1 "
	                     "types=goroutine/count\n"
	                     "goroutines 1 select: main.f f.go:1\n");

	read_text(*state, "{\"time\":\"2026-11-21T01:06:27Z\",\"msg\":\"recovered\",\"stack\":"
	                  "\"goroutine 7 [running]:\\nmain.g()\\n\\t/g.go:1 +0x1\\n\"}\n");
	assert_facts(*state, "capture goroutine (stack) time=2026-11-21T01:06:27Z period=1 "
	                     "types=goroutine/count\n"
	                     "goroutines 1 running: main.g g.go:1\n");
}

static void a_string_that_a_logger_cut_in_two_goes_on_in_the_next_line(void **state)
{
#define AT "Nov 21 01:06:27 n1 hub[7]: "
	read_text(*state,
	          AT "time=\"2024-11-21T01:06:27Z\" msg=\"goroutine 1 [select]:\\nmain.f()\\n"
	             "\\t/f.go:1 +0x1\\n\\ngorou\n"
	             "Nov 21 01:06:27 n1 other[8]: hello\n" AT
	             "tine 2 [chan send]:\\nmain.g()\\n\\t/g.go:1 +0x1\\n\"\n" AT
	             "time=\"2024-11-21T01:06:28Z\" msg=hello\n");
	assert_facts(*state, "capture goroutine (debug=2) time=2024-11-21T01:06:27Z period=1 "
	                     "service=hub instance=n1 types=goroutine/count\n"
	                     "goroutines 1 select: main.f f.go:1\n"
	                     "goroutines 1 chan send: main.g g.go:1\n");

	/* Its end was lost: what follows is another message. */
	read_text(*state, AT "msg=\"goroutine 1 [select]:\\nmain.f()\\n\\t/f.go:1 +0x1\\n\n" AT
	                     "goroutine 2 [chan send]:\n" AT "main.g()\n" AT "\t/g.go:1 +0x1\n");
	assert_facts(*state, "capture goroutine (debug=2) period=1 service=hub instance=n1 "
	                     "types=goroutine/count\n"
	                     "goroutines 1 select: main.f f.go:1\n"
	                     "capture goroutine (debug=2) period=1 service=hub instance=n1 "
	                     "types=goroutine/count\n"
	                     "goroutines 1 chan send: main.g g.go:1\n");

	/* So was the rest of the log. */
	read_text(*state, AT "msg=\"goroutine 1 [select]:\\nmain.f()\\n\\t/f.go:1 +0x1\n");
	assert_facts(*state, "capture goroutine (debug=2) period=1 service=hub instance=n1 "
	                     "types=goroutine/count\n"
	                     "goroutines 1 select: main.f f.go:1\n");
#undef AT
}

static void a_quoted_log_is_read_as_the_log(void **state)
{
	read_text(*state, "> 2026-11-21T01:06:27Z n1 kernel: Out of memory: Killed process 7 (app) "
	                  "total-vm:8kB, anon-rss:4kB, file-rss:0kB\n");

	assert_fact(*state, "capture kill time=2026-11-21T01:06:27Z");
}

static void what_grep_says_of_several_files_is_dressed_twice(void **state)
{
	read_text(*state, "/var/log/kern.log:2026-11-21T01:06:27Z n1 kernel: Out of memory: Killed "
	                  "process 7 (app) total-vm:8kB, anon-rss:4kB, file-rss:0kB\n");

	assert_fact(*state, "capture kill time=2026-11-21T01:06:27Z");

	read_text(*state, "kern.log:2026-11-21T01:06:27Z n1 kernel: [ 1.2] Out of memory: Killed "
	                  "process 7 (app) total-vm:8kB, anon-rss:4kB, file-rss:0kB\n");
	assert_fact(*state, "capture kill time=2026-11-21T01:06:27Z");
}

static void a_time_stands_anywhere_in_a_prefix(void **state)
{
	read_text(*state, " 618 2026-11-21T01:06:27Z goroutine 1 [select]:\n"
	                  " 619 2026-11-21T01:06:27Z main.f(0x1)\n"
	                  " 620 2026-11-21T01:06:27Z    /f.go:1 +0x1\n");
	assert_facts(*state, "capture goroutine (debug=2) time=2026-11-21T01:06:27Z period=1 "
	                     "types=goroutine/count\n"
	                     "goroutines 1 select: main.f f.go:1\n");

	read_text(*state, "[2026/11/21 09:06:27.500 +08:00] [ERROR] [r.go:4] [\"x\"] "
	                  "[stack=\"goroutine 4 [running]:\\nmain.f()\\n\\t/f.go:1 +0x1\"]\n");
	assert_facts(*state,
	             "capture goroutine (stack) time=2026-11-21T01:06:27.500000000Z period=1 "
	             "types=goroutine/count\n"
	             "goroutines 1 running: main.f f.go:1\n");
}

static void loggers_that_dress_the_first_line_only_lose_nothing(void **state)
{
	read_text(*state, "E 10:00 recovered: goroutine 12 [running]:\n"
	                  "main.f(0x1)\n\t/f.go:1 +0x1\n"
	                  "main.g(0x1)\n\t/g.go:2 +0x1\n"
	                  "E 10:01 hello\n"
	                  "E 10:02 recovered: goroutine 13 [running]:\n"
	                  "main.f(0x1)\n\t/f.go:1 +0x1\n");
	assert_facts(*state, "capture goroutine (stack) period=1 types=goroutine/count\n"
	                     "goroutines 1 running: main.f f.go:1 < main.g g.go:2\n"
	                     "capture goroutine (stack) period=1 types=goroutine/count\n"
	                     "goroutines 1 running: main.f f.go:1\n");

	read_text(*state, "<pre>goroutine 1 [select]:\nmain.f(0x1)\n\t/f.go:1 +0x1\n\n"
	                  "goroutine 7 [chan send]:\nmain.g(0x1)\n\t/g.go:1 +0x1\n</pre>\n");
	assert_facts(*state, DUMP "goroutines 1 select: main.f f.go:1\n"
	                          "goroutines 1 chan send: main.g g.go:1\n");
}

/* In a thread most lines are prose, so that no style has the majority of the file. */
static void a_dressed_dump_among_prose_is_undressed_line_by_line(void **state)
{
	static const char prose[] = "It hangs, as I said.\nThen I saw this:\nAnd that.\nWhy?\n"
				    "We run it on five hosts.\nAll of them hang.\nSorry.\nHelp!\n";
	static const char *const dresses[] = {
		"2026-11-21T01:06:27.1234567Z ",
		"11-21 01:06:27.123  7263  7451 W Go: ",
		"I1121 01:06:27.123456       1 shop.go:7] ",
	};
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	for (size_t i = 0; i < LL_COUNT(dresses); i++) {
		const char *const dress = dresses[i];

		ll_buf_clear(&text);
		ll_buf_printf(&text,
		              "%s%sgoroutine 1 [select]:\n%smain.f(0x1)\n%s\t/f.go:1 +0x1\n%s\n"
		              "%sgoroutine 2 [select]:\n%smain.f(0x1)\n%s\t/f.go:1 +0x1\n%s",
		              prose, dress, dress, dress, dress, dress, dress, dress, prose);
		read_bytes(*state, ll_buf_str(&text));
		assert_fact(*state, "goroutines 2 select: main.f f.go:1");
	}
}

static void a_level_in_front_of_a_bar_is_no_service(void **state)
{
	read_text(*state, "INFO   | jvm 1    | 2026/11/21 01:06:27 | goroutine 7 [select]:\n"
	                  "INFO   | jvm 1    | 2026/11/21 01:06:27 | main.f(0x1)\n"
	                  "INFO   | jvm 1    | 2026/11/21 01:06:27 | \t/f.go:1 +0x1\n"
	                  "INFO   | jvm 1    | 2026/11/21 01:06:28 | hello\n");
	assert_facts(*state, "capture goroutine (debug=2) time=2026-11-21T01:06:27Z period=1 "
	                     "types=goroutine/count\n"
	                     "goroutines 1 select: main.f f.go:1\n");
}

static void fences_of_a_page_may_share_a_line_with_the_text(void **state)
{
	read_text(*state, "Look:\n```goroutine 1 [select]:\nmain.f(0x1)\n\t/f.go:1 +0x1```\nWhy?\n"
	                  "> ```goroutine 1 [select]:\n> main.f(0x1)\n> \t/f.go:1 +0x1\n> ```\n");
	assert_facts(*state, DUMP "goroutines 1 select: main.f f.go:1\n" DUMP
	                          "goroutines 1 select: main.f f.go:1\n");

	read_text(*state, "`gc 1 @0.1s 2%: 0.1+0.5+0.1 ms clock, 0.2+0.1/0.4/0.3+0.1 ms cpu, "
	                  "4->4->3 MB, 5 MB goal, 8 P`\n");
	assert_fact(*state, "capture gctrace");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(processes_that_write_in_turn_have_captures_of_their_own),
		test(traces_of_processes_that_write_in_turn_stay_apart),
		test(more_processes_than_are_followed_lose_nothing),
		test(lines_that_a_runtime_split_are_joined_by_stream),
		test(a_dump_that_syslog_wrote_as_one_line_is_taken_apart),
		test(a_message_of_several_lines_is_indented_by_the_journal),
		test(the_journals_export_form_is_read_with_its_binary_fields),
		test(an_export_that_breaks_off_in_a_field_ends),
		test(text_of_windows_is_read),
		test(a_dump_inside_a_structured_line_is_one_capture),
		test(the_last_time_before_a_dump_without_one_is_a_bound),
		test(structured_lines_before_a_dump_bound_its_time_too),
		test(a_crash_behind_an_unknown_prefix_is_known_by_its_preamble),
		test(a_gap_of_two_seconds_ends_a_dump),
		test(zero_bytes_in_a_log_hide_nothing),
		test(a_text_without_captures_is_called_what_it_is),
		test(parts_of_files_and_sums_of_clouds_are_called_what_they_are),
		test(hostile_prefixes_do_no_harm),
		test(long_lines_of_beginnings_are_read_in_no_time),
		test(the_output_of_a_tests_events_is_one_text_a_package),
		test(lines_that_a_cloud_wrapped_are_unwrapped),
		test(records_of_a_cloud_and_elements_of_an_array_are_lines),
		test(messages_of_a_program_are_its_lines_unless_a_dump_stands_elsewhere),
		test(a_string_that_a_logger_cut_in_two_goes_on_in_the_next_line),
		test(a_quoted_log_is_read_as_the_log),
		test(what_grep_says_of_several_files_is_dressed_twice),
		test(a_time_stands_anywhere_in_a_prefix),
		test(loggers_that_dress_the_first_line_only_lose_nothing),
		test(a_dressed_dump_among_prose_is_undressed_line_by_line),
		test(a_level_in_front_of_a_bar_is_no_service),
		test(fences_of_a_page_may_share_a_line_with_the_text),
	};

	return cmocka_run_group_tests_name("capture.fmt_log", tests, NULL, NULL);
}
