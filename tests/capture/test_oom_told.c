/* SPDX-License-Identifier: Apache-2.0 */
/* Kills that several tell of, and kill lines that somebody shortened. */
#include "facts.h"
#include "support.h"

static void read_text(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "kern.log", &err), &err);
	assert_string_equal(facts->format->id, "log");
}

#define SCOPE "docker-1d3d308a7d48a27814a68bf33a44acf4441c9c02463ca0bc1cdfdc8c0b4a8496.scope"
#define SAYS  ": A process of this unit has been killed by the OOM killer.\n"

#define KILL(time, cgroup, pid)                                                                    \
	"2026-11-21T" time "Z n1 kernel: oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),"    \
	"oom_memcg=" cgroup ",task_memcg=" cgroup ",task=cart,pid=" pid ",uid=0\n"                 \
	"2026-11-21T" time "Z n1 kernel: Memory cgroup out of memory: Killed process " pid         \
	" (cart) total-vm:99kB, anon-rss:41kB, file-rss:2kB, shmem-rss:0kB\n"

static void what_systemd_says_of_the_unit_is_the_kernels_kill(void **state)
{
	struct ll_facts *const facts = *state;

	read_text(facts, KILL("01:06:27", "/system.slice/cart.service",
	                      "77") "2026-11-21T01:06:27Z n1 systemd[1]: cart.service" SAYS
	                            "2026-11-21T01:06:39Z n1 systemd[1]: cart.service: Failed with "
	                            "result 'oom-kill'.\n");
	assert_int_equal(facts->count, 1);

	/* Of another unit, on another host, or later it is another kill. */
	read_text(facts, KILL("01:06:27", "/system.slice/cart.service",
	                      "77") "2026-11-21T01:06:27Z n1 systemd[1]: shop.service" SAYS);
	assert_int_equal(facts->count, 2);
	read_text(facts, KILL("01:06:27", "/system.slice/cart.service",
	                      "77") "2026-11-21T01:06:27Z n2 systemd[1]: cart.service" SAYS);
	assert_int_equal(facts->count, 2);
	read_text(facts, KILL("01:06:27", "/system.slice/cart.service",
	                      "77") "2026-11-21T01:09:27Z n1 systemd[1]: cart.service" SAYS);
	assert_int_equal(facts->count, 2);
}

static void the_scope_of_a_container_is_no_service(void **state)
{
	struct ll_facts *const facts = *state;

	read_text(facts, "2026-11-21T01:06:27Z n1 systemd[1]: " SCOPE SAYS);
	assert_facts(
		facts,
		"capture kill time=2026-11-21T01:06:27Z\n"
		"kill systemd  time=2026-11-21T01:06:27Z host=n1 container=1d3d308a7d48 text=" SCOPE
		": A process of this unit has been killed by the OOM killer.\n");

	read_text(facts, KILL("01:06:27", "/system.slice/" SCOPE,
	                      "77") "2026-11-21T01:06:27Z n1 systemd[1]: " SCOPE SAYS);
	assert_int_equal(facts->count, 1);
}

static void the_kill_line_says_itself_that_a_cgroup_was_full(void **state)
{
	/* a constraint that somebody mangled */
	read_text(*state, "oom-kill:constraint=3DCONSTRAINT_MEMCG,nodemask=3D(null)\n"
	                  "Memory cgroup out of memory: Killed process 7 (x) total-vm:8kB, "
	                  "anon-rss:4kB, file-rss:0kB\n");
	assert_fact(*state, "kill kernel memcg process=x pid=7 total_vm=8192 anon=4096 file=0 "
	                    "text=Memory cgroup out of memory: Killed process 7 (x) total-vm:8kB, "
	                    "anon-rss:4kB, file-rss:0kB");
}

static void sizes_are_read_though_the_first_is_left_out(void **state)
{
	read_text(*state, "Out of memory: Killed process 7 (x) anon-rss:4kB, file-rss:8kB\n");
	assert_fact(*state, "kill kernel global process=x pid=7 anon=4096 file=8192 "
	                    "text=Out of memory: Killed process 7 (x) anon-rss:4kB, file-rss:8kB");
}

static void what_stands_before_a_kill_teaches_its_logger(void **state)
{
	/* the console of a virtual machine, without the first lines of the kill */
	read_text(*state,
	          "2026-11-21T01:06:27.127Z In(05) vcpu-5 - Guest: <6>[3929.009360] memory: "
	          "usage 1024kB, limit 1024kB, failcnt 81\n"
	          "2026-11-21T01:06:27.127Z In(05) vcpu-5 - Guest: <6>[3929.009363] "
	          "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents "
	          "oom_score_adj name\n"
	          "2026-11-21T01:06:27.127Z In(05) vcpu-5 - Guest: <6>[3929.009498] "
	          "[      7]     0     7        2        1    28672        0          -998 x\n"
	          "2026-11-21T01:06:27.127Z In(05) vcpu-5 - Guest: <3>[3929.009543] Memory "
	          "cgroup out of memory: Killed process 7 (x) total-vm:8kB, anon-rss:4kB, "
	          "file-rss:0kB\n");
	assert_fact(*state, "capture kill time=2026-11-21T01:06:27.127000000Z");
	assert_fact(*state, "kill kernel memcg time=2026-11-21T01:06:27.127000000Z process=x pid=7 "
	                    "total_vm=8192 anon=4096 file=0 page_tables=28672 swap=0 usage=1048576 "
	                    "limit=1048576 text=Memory cgroup out of memory: Killed process 7 (x) "
	                    "total-vm:8kB, anon-rss:4kB, file-rss:0kB");
	assert_fact(*state, "task x adj=-998 pid=7 uid=0 total_vm=8192 rss=4096 page_tables=28672 "
	                    "swap=0");
}

static void a_table_without_what_stood_before_it_is_read(void **state)
{
	read_text(*state, "2026-11-21T01:06:27Z n1 kernel: [ pid ]   uid  tgid total_vm      rss "
	                  "nr_ptes swapents oom_score_adj name\n"
	                  "2026-11-21T01:06:28Z n1 kernel: [    7]     0     7        2        1 "
	                  "      4        0             0 x\n"
	                  "2026-11-21T01:06:28Z n1 kernel: Out of memory: Kill process 7 (x) score "
	                  "786 or sacrifice child\n"
	                  "2026-11-21T01:06:28Z n1 kernel: Killed process 7 (x) total-vm:8kB, "
	                  "anon-rss:4kB, file-rss:0kB\n");
	assert_int_equal(((struct ll_facts *)*state)->count, 1);
	assert_fact(*state, "task x adj=0 pid=7 uid=0 total_vm=8192 rss=4096 page_tables=16384 "
	                    "swap=0");
}

static void a_unit_that_was_cut_is_none(void **state)
{
	read_text(*state, "Out of memory: Killed process 7 (x) total-vm:8kB, anon-rss:4kB, "
	                  "file-rss:4228k\n");
	assert_fact(*state, "kill kernel global process=x pid=7 total_vm=8192 anon=4096 "
	                    "text=Out of memory: Killed process 7 (x) total-vm:8kB, anon-rss:4kB, "
	                    "file-rss:4228k");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(what_systemd_says_of_the_unit_is_the_kernels_kill),
		test(the_scope_of_a_container_is_no_service),
		test(the_kill_line_says_itself_that_a_cgroup_was_full),
		test(sizes_are_read_though_the_first_is_left_out),
		test(what_stands_before_a_kill_teaches_its_logger),
		test(a_table_without_what_stood_before_it_is_read),
		test(a_unit_that_was_cut_is_none),
	};

	return cmocka_run_group_tests_name("capture.oom_told", tests, NULL, NULL);
}
