/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void read_named(struct ll_facts *facts, const char *name, const char *text)
{
	ll_facts_read_as(facts, "proc", name, text);
}

#define PAGES_ASSUMED "note 0 counts pages and nothing tells how large they are: 4 KiB assumed\n"

static void assert_refused(struct ll_facts *facts, const char *name, const char *text,
                           const char *reason)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_int_equal(ll_facts_read(facts, ll_str(text), name, &err), LL_E_FORMAT);
	assert_string_equal(err.text, reason);
	assert_int_equal(facts->count, 0);
}

static void status_gives_memory_and_threads(void **state)
{
	read_named(*state, "x.txt",
	           "Name:\tshop\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t7\nPid:\t7\n"
	           "FDSize:\t64\nGroups:\t \nVmPeak:\t    2000 kB\nVmSize:\t    1000 kB\n"
	           "VmHWM:\t     900 kB\nVmRSS:\t     800 kB\nRssAnon:\t     500 kB\n"
	           "RssFile:\t     200 kB\nRssShmem:\t     100 kB\nVmSwap:\t       4 kB\n"
	           "Threads:\t12\nSigQ:\t0/1\nCpus_allowed:\tff\n");

	assert_facts(*state, "capture process (status) program=shop\n"
	                     "reading process.pid 7\n"
	                     "reading process.status.FDSize 64\n"
	                     "reading process.status.VmPeak 2048000\n"
	                     "reading process.virtual 1024000\n"
	                     "reading process.rss_peak 921600\n"
	                     "reading process.rss 819200\n"
	                     "reading process.rss_anon 512000\n"
	                     "reading process.rss_file 204800\n"
	                     "reading process.rss_shmem 102400\n"
	                     "reading process.swap 4096\n"
	                     "reading process.threads 12\n");
}

static void a_line_of_status_that_is_no_number_is_noted(void **state)
{
	read_named(
		*state, "status",
		"Name:\tshop\nState:\tR\nPid:\t7\nVmRSS:\tmany kB\nVmSwap:\t5 miles\nThreads:\t3\n");

	assert_facts(*state, "capture process (status) program=shop\n"
	                     "reading process.pid 7\n"
	                     "reading process.threads 3\n"
	                     "note 4 status: 2 lines were not understood\n");
}

static void a_block_of_code_around_a_file_is_no_line_of_it(void **state)
{
	read_named(*state, "issue.md",
	           "``` text\n$ cat /proc/7/status\nName:\tshop\nState:\tR\nPid:\t7\n"
	           "Threads:\t3\n```\n");

	assert_facts(*state, "capture process (status) program=shop\n"
	                     "reading process.pid 7\n"
	                     "reading process.threads 3\n");
}

static void prose_around_a_block_of_code_is_no_line_of_a_file(void **state)
{
	read_named(*state, "issue.md",
	           "I am not out of memory\n\n### /proc/meminfo\n```\nMemTotal:   8 kB\n"
	           "MemFree:    4 kB\nwhat\n```\nAre you sure?\n");

	assert_facts(*state, "capture host (meminfo)\n"
	                     "reading host.MemTotal 8192\n"
	                     "reading host.MemFree 4096\n"
	                     "note 7 meminfo: 1 lines were not understood\n");
}

static void what_follows_half_a_block_of_code_is_still_read(void **state)
{
	read_named(*state, "issue.md", "MemTotal:   8 kB\n```\nand\n```\nMemFree:    4 kB\n```\n");

	assert_facts(*state, "capture host (meminfo)\n"
	                     "reading host.MemTotal 8192\n"
	                     "reading host.MemFree 4096\n"
	                     "note 3 meminfo: 1 lines were not understood\n");
}

static void stat_survives_brackets_in_the_name(void **state)
{
	read_named(
		*state, "stat",
		"1020 ((a b ) ( c d) ) R 28378 1020 28378 34842 1020 4218880 286 0 3 0 150 50 0 0 20 0 "
		"9 0 10839175 10395648 155 18446744073709551615 4194304 4238788 1 1 1 0 0\n"
		"#!/bin/cat /proc\n");

	assert_facts(*state, "capture process (stat) program=(a b ) ( c d) \n"
	                     "reading process.cpu 2\n"
	                     "reading process.threads 9\n"
	                     "reading process.virtual 10395648\n"
	                     "reading process.stat.minflt 286\n"
	                     "reading process.stat.majflt 3\n"
	                     "reading process.stat.starttime 108391.75\n"
	                     "reading process.pid 1020\n"
	                     "reading process.rss 634880\n" PAGES_ASSUMED);
}

/* The smallest pages are the kernel's, whether smaps comes before or behind. */
static void pages_are_as_large_as_smaps_says(void **state)
{
	static const char smaps[] =
		"==> /proc/7/smaps <==\n"
		"00400000-00cb0000 r-xp 00000000 fd:01 952273         /bin/shop\n"
		"Rss:   128 kB\nKernelPageSize:       64 kB\nMMUPageSize:           4 kB\n"
		"7f0000000000-7f0000200000 rw-p 00000000 00:0f 1    /anon_hugepage (deleted)\n"
		"Rss:   0 kB\nKernelPageSize:     2048 kB\nMMUPageSize:        2048 kB\n";
	static const char statm[] = "==> /proc/7/statm <==\n30 20 10 1 0 5 0\n";
	char text[1024];

	for (int i = 0; i < 2; i++) {
		(void)snprintf(text, sizeof text, "%s%s==> /proc/8/statm <==\n30 20 10 1 0 5 0\n",
		               i == 0 ? smaps : statm, i == 0 ? statm : smaps);
		read_named(*state, "snapshot.txt", text);

		assert_fact(*state, "reading process.virtual 1966080");
		assert_fact(*state, "reading process.rss 1310720");
		/* Nothing tells it of the other process. */
		assert_fact(*state, "reading process.virtual 122880");
		assert_fact(*state, "note 0 counts pages and nothing tells how large they are: "
		                    "4 KiB assumed");
	}
}

static void statm_needs_its_name(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	read_named(*state, "shop-statm.txt", "149919 12547 18446744073709551615 19864 0 14531 0\n");
	assert_facts(*state, "capture process (statm)\n"
	                     "reading process.virtual 614068224\n"
	                     "reading process.rss 51392512\n" PAGES_ASSUMED);
	assert_int_equal(ll_facts_read(*state, ll_str("1 2 3 4 5 6 7\n"), "numbers", &err),
	                 LL_E_FORMAT);
}

static void limits_are_those_that_hold_now(void **state)
{
	read_named(
		*state, "limits",
		"Limit                     Soft Limit           Hard Limit           Units     \n"
		"Max cpu time              unlimited            unlimited            seconds   \n"
		"Max stack size            8388608              unlimited            bytes     \n"
		"Max open files            2048                 4096                 files     \n"
		"Max address space         unlimited            unlimited            bytes     \n");

	assert_facts(*state, "capture process (limits)\n"
	                     "reading process.limits.stack 8388608\n"
	                     "reading process.max_fds 2048\n"
	                     "reading process.limits.address_space none\n");
}

#define MAPPING(range, name) range " rw-p 00000000 00:00 0 " name "\n"

static void smaps_are_summed_and_told_apart(void **state)
{
	read_named(*state, "smaps",
	           "00400000-00cb1000 r-xp 00000000 fd:01 952273         /bin/shop\n"
	           "Size:               8900 kB\nKernelPageSize:        4 kB\nRss:   100 kB\n"
	           "Pss:   50 kB\nVmFlags: rd ex mr\n" MAPPING("c000000000-c000400000",
	                                                       "[anon: Go: heap]") //
	           "Rss:   200 kB\nSwap: 8 kB\n"                                   //
	           MAPPING("c000400000-c000500000", "[anon: Go: heap]")            //
	           "Rss:   20 kB\n"                                                //
	           MAPPING("7f0000000000-7f0000100000", "")                        //
	           "Rss:   3 kB\n"                                                 //
	           MAPPING("7f0500000000-7f0500021000", "[heap]")                  //
	           "Rss:   4 kB\n"                                                 //
	           MAPPING("7f1000000000-7f1000100000", "/memfd:ring (deleted)")   //
	           "Rss:   5 kB\n"                                                 //
	           MAPPING("7ffc00000000-7ffc00021000", "[stack]")                 //
	           "Rss:   6 kB\n"                                                 //
	           MAPPING("7ffd00000000-7ffd00001000", "[vdso]")                  //
	           "Rss:   1 kB\n");

	assert_facts(*state, "capture process (smaps)\n"
	                     "reading process.virtual 9113600\n"
	                     "reading process.rss 347136\n"
	                     "reading process.smaps.Pss 51200\n"
	                     "reading process.swap 8192\n"
	                     "reading process.smaps.mappings 8\n"
	                     "reading process.smaps.rss.heap 4096\n"
	                     "reading process.smaps.rss.anon 228352\n"
	                     "reading process.smaps.rss.file 102400\n"
	                     "reading process.smaps.rss.shmem 5120\n"
	                     "reading process.smaps.rss.stack 6144\n"
	                     "reading process.smaps.rss.other 1024\n"
	                     "reading process.smaps.rss.named {\"name\":\"Go: heap\"} 225280\n");
}

static void a_rollup_is_sums_already(void **state)
{
	read_named(*state, "rollup",
	           "00400000-ffffffffff601000 ---p 00000000 00:00 0                  [rollup]\n"
	           "Rss:               29948 kB\nLazyFree:           5848 kB\n");

	assert_facts(*state, "capture process (smaps)\n"
	                     "reading process.rss 30666752\n"
	                     "reading process.smaps.LazyFree 5988352\n");
}

static void maps_have_sizes_only(void **state)
{
	read_named(*state, "maps",
	           "00400000-00401000 r-xp 00000000 fd:01 952273         /bin/shop\n" MAPPING(
			   "c000000000-c000400000", "") "7ffd-broken line\n");

	assert_fact(*state, "reading process.maps.mappings 2");
	assert_fact(*state, "reading process.maps.size.anon 4194304");
	assert_fact(*state, "reading process.maps.size.file 4096");
	assert_fact(*state, "note 3 maps: 1 lines were not understood");
}

static void meminfo_is_of_the_host(void **state)
{
	read_named(*state, "x",
	           "MemTotal:       16042172 kB\nMemFree:          471136 kB\n"
	           "HugePages_Total:       3\n");

	assert_facts(*state, "capture host (meminfo)\n"
	                     "reading host.MemTotal 16427184128\n"
	                     "reading host.MemFree 482443264\n"
	                     "reading host.HugePages_Total 3\n");
}

static void pressure_is_of_the_resource_that_its_name_says(void **state)
{
	static const char text[] = "some avg10=0.10 avg60=2.00 avg300=3.85 total=1500000\n"
				   "full avg10=0.20 avg60=3.00 avg300=4.95 total=25\n";

	read_named(*state, "memory", text);
	assert_fact(*state, "capture host (pressure)");
	assert_fact(*state, "reading host.pressure.memory.some.avg300 3.8500000000000001");
	assert_fact(*state, "reading host.pressure.memory.some.total 1.5");
	read_named(*state, "psi_io.txt", text);
	assert_fact(*state, "reading host.pressure.io.full.avg60 3");
	assert_refused(*state, "audio", text,
	               "pressure stall information, but of what? call the file memory.pressure (a "
	               "cgroup's) or memory (the machine's)");
}

static void files_about_other_things_are_refused_by_name(void **state)
{
	assert_refused(*state, "x", "rchar: 10418\nwchar: 8\nsyscr: 14\n",
	               "/proc/PID/io: counts what was read and written, nothing of memory");
	assert_refused(*state, "x", "0.02 0.04 0.05 1/497 11947\n",
	               "/proc/loadavg: the load of a machine, nothing of memory");
	assert_refused(*state, "x", "23 45 0:22 / /sys rw,nosuid,nodev shared:6 - sysfs sysfs rw\n",
	               "/proc/PID/mountinfo: mounted file systems, nothing of memory");
}

static void headers_part_the_files_of_several_processes(void **state)
{
	read_named(
		*state, "snapshot.txt",
		"$ head -n 50 /proc/[0-9]*/status\n"
		"==> /proc/7/status <==\nName:\tshop\nVmRSS:\t8 kB\n\n"
		"==> /proc/7/io <==\nrchar: 1\nwchar: 1\n\n"
		"==> /proc/7/limits <==\n"
		"Max open files            2048                 4096                 files     \n"
		"\n==> /proc/8/status <==\nName:\tcart\nVmRSS:\t16 kB\n"
		"==> /proc/meminfo <==\nMemFree:    471136 kB\n");

	assert_facts(*state, "capture process (status) program=shop\n"
	                     "reading process.rss 8192\n"
	                     "reading process.max_fds 2048\n"
	                     "capture process (status) program=cart\n"
	                     "reading process.rss 16384\n"
	                     "capture host (meminfo)\n"
	                     "reading host.MemFree 482443264\n");
}

static void a_file_that_comes_again_is_a_second_look(void **state)
{
	read_named(*state, "loop.log",
	           "==> /proc/7/status <==\nName:\tshop\nVmRSS:\t8 kB\n"
	           "==> /proc/7/status <==\nName:\tshop\nVmRSS:\t9 kB\n");

	assert_facts(*state, "capture process (status) program=shop\n"
	                     "reading process.rss 8192\n"
	                     "capture process (status) program=shop\n"
	                     "reading process.rss 9216\n");
}

static void a_file_without_a_number_is_refused(void **state)
{
	assert_refused(*state, "x", "\nName:   kthreadd\nState:  S\nPid:    none\n",
	               "a file of the kernel without a number in it");
}

static void a_file_that_was_appended_to_itself_is_several_captures(void **state)
{
	static const struct {
		const char *name, *text, *facts;
	} rows[] = {
		{"status",
	         "Name:\ta\nState:\tS\nPid:\t1\nVmRSS:\t1 kB\nName:\tb\nState:\tS\nPid:\t2\n"
	         "VmRSS:\t2 kB\n",
	         "capture process (status) program=a\nreading process.pid 1\n"
	         "reading process.rss 1024\n"
	         "capture process (status) program=b\nreading process.pid 2\n"
	         "reading process.rss 2048\n"},
		{"smaps_rollup",
	         "55def7fa4000-7fff73114000 ---p 00000000 00:00 0 [rollup]\nRss: 1 kB\n"
	         "55def7fa4000-7fff73114000 ---p 00000000 00:00 0 [rollup]\nRss: 2 kB\n",
	         "capture process (smaps)\nreading process.rss 1024\n"
	         "capture process (smaps)\nreading process.rss 2048\n"},
		{"meminfo", "MemTotal:  9 kB\nMemFree: 1 kB\nMemTotal:  9 kB\nMemFree: 2 kB\n",
	         "capture host (meminfo)\nreading host.MemTotal 9216\nreading host.MemFree 1024\n"
	         "capture host (meminfo)\nreading host.MemTotal 9216\n"
	         "reading host.MemFree 2048\n"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		read_named(*state, rows[i].name, rows[i].text);
		assert_facts(*state, rows[i].facts);
	}
}

static void mappings_in_order_are_of_one_process(void **state)
{
	read_named(*state, "maps",
	           "00400000-00500000 r-xp 00000000 08:01 7 /app\n"
	           "c000000000-c000400000 rw-p 00000000 00:00 0 \n"
	           "00400000-00500000 r-xp 00000000 08:01 7 /other\n");

	assert_fact(*state, "reading process.maps.mappings 2");
	assert_fact(*state, "reading process.maps.mappings 1");
}

static void a_prompt_tells_the_directory_of_a_file(void **state)
{
	read_named(*state, "session.txt",
	           "app:/proc/812 # cat smaps_rollup\n"
	           "12c00000-7fd14f2000 ---p 00000000 00:00 0        [rollup]\n"
	           "Rss:               56 kB\n"
	           "root@n1:/proc/pressure$ cat memory\n"
	           "some avg10=0.50 avg60=0.00 avg300=0.00 total=5000000\n");

	assert_fact(*state, "reading process.rss 57344");
	assert_fact(*state, "reading host.pressure.memory.some.total 5");
}

static void a_session_that_a_page_indents_is_read(void **state)
{
	read_named(*state, "page.md",
	           "    $ cat /proc/7/status\n"
	           "    Name:   shop\n"
	           "    State:  R (running)\n"
	           "    Pid:    7\n"
	           "    VmRSS:     800 kB\n");

	assert_facts(*state, "capture process (status) program=shop\n"
	                     "reading process.pid 7\nreading process.rss 819200\n");
}

static void a_file_that_a_page_indents_is_read(void **state)
{
	read_named(*state, "page.md",
	           "  Name:   shop\n  State:  R (running)\n  Pid:    7\n  VmRSS:     800 kB\n");

	assert_fact(*state, "reading process.rss 819200");
}

static void a_title_above_a_file_is_passed_over_with_a_note(void **state)
{
	read_named(*state, "x",
	           "=== shop ===\n"
	           "55d000-7fff00 ---p 00000000 00:00 0      [rollup]\n"
	           "Rss:               70 kB\n"
	           "---\n"
	           "55d000-7fff00 ---p 00000000 00:00 0      [rollup]\n"
	           "Rss:               78 kB\n");

	assert_facts(*state, "capture process (smaps)\n"
	                     "reading process.rss 71680\n"
	                     "note 1 smaps: 2 lines were not understood\n"
	                     "capture process (smaps)\n"
	                     "reading process.rss 79872\n");
}

static void sums_over_a_part_of_smaps_are_not_made(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(ll_facts_read(*state,
	                               ll_str("Pss:    5 kB\nShared_Clean:  0 kB\n"
	                                      "Private_Dirty:  5 kB\n"
	                                      "c000-d000 rw-p 00000000 00:00 0\nRss:  4 kB\n"),
	                               "smaps", &err),
	                 LL_E_FORMAT);
	assert_non_null(strstr(err.text, "begins inside a mapping"));
	assert_int_equal(((struct ll_facts *)*state)->count, 0);
}

static void a_size_below_zero_is_none(void **state)
{
	read_named(*state, "status",
	           "Name:\tsleep\nState:\tS (sleeping)\nPid:\t1\nVmRSS:\t       4 kB\n"
	           "VmExe:\t     892 kB\nVmLib:\t18446744073709551612 kB\nThreads:\t1\n");

	assert_facts(*state, "capture process (status) program=sleep\n"
	                     "reading process.pid 1\n"
	                     "reading process.rss 4096\n"
	                     "reading process.status.VmExe 913408\n"
	                     "reading process.threads 1\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(status_gives_memory_and_threads),
		test(a_line_of_status_that_is_no_number_is_noted),
		test(a_block_of_code_around_a_file_is_no_line_of_it),
		test(prose_around_a_block_of_code_is_no_line_of_a_file),
		test(what_follows_half_a_block_of_code_is_still_read),
		test(stat_survives_brackets_in_the_name),
		test(pages_are_as_large_as_smaps_says),
		test(statm_needs_its_name),
		test(limits_are_those_that_hold_now),
		test(smaps_are_summed_and_told_apart),
		test(a_rollup_is_sums_already),
		test(maps_have_sizes_only),
		test(meminfo_is_of_the_host),
		test(pressure_is_of_the_resource_that_its_name_says),
		test(files_about_other_things_are_refused_by_name),
		test(headers_part_the_files_of_several_processes),
		test(a_file_that_comes_again_is_a_second_look),
		test(a_file_without_a_number_is_refused),
		test(a_file_that_was_appended_to_itself_is_several_captures),
		test(mappings_in_order_are_of_one_process),
		test(a_prompt_tells_the_directory_of_a_file),
		test(a_session_that_a_page_indents_is_read),
		test(a_file_that_a_page_indents_is_read),
		test(a_title_above_a_file_is_passed_over_with_a_note),
		test(sums_over_a_part_of_smaps_are_not_made),
		test(a_size_below_zero_is_none),
	};

	return cmocka_run_group_tests_name("capture.fmt_proc", tests, NULL, NULL);
}
