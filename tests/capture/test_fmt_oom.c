/* SPDX-License-Identifier: Apache-2.0 */
/* Kills for want of memory, as each generation of kernels writes them. */
#include "facts.h"
#include "log/oom_helpers.h"
#include "log/oom_lines.h"
#include "support.h"

static void read_text(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "kern.log", &err), &err);
	assert_string_equal(facts->format->id, "log");
}

#define UID   "7a96c459-d529-44ae-9f99-90d3798d6426"
#define UID_  "7a96c459_d529_44ae_9f99_90d3798d6426"
#define ID    "1d3d308a7d48a27814a68bf33a44acf4441c9c02463ca0bc1cdfdc8c0b4a8496"
#define POD   "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" UID_ ".slice"
#define SCOPE POD "/cri-containerd-" ID ".scope"

static void a_kill_of_a_new_kernel_is_told_with_all_its_context(void **state)
{
	read_text(
		*state,
		"[  100.000001] node invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, "
		"oom_score_adj=969\n"
		"[  100.000002] CPU: 4 PID: 19289 Comm: node Not tainted 6.8.0-50-generic\n"
		"[  100.000003] Call Trace:\n"
		"[  100.000004]  dump_stack_lvl+0x48/0x60\n"
		"[  100.000005] memory: usage 4194304kB, limit 4194304kB, failcnt 1273284\n"
		"[  100.000006] swap: usage 8kB, limit 0kB, failcnt 0\n"
		"[  100.000007] Memory cgroup stats for " POD ":\n"
		"[  100.000008] anon 4112384\n"
		"[  100.000009] file 12288\n"
		"[  100.000010] Tasks state (memory values in pages):\n"
		"[  100.000011] [  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem "
		"pgtables_bytes swapents oom_score_adj name\n"
		"[  100.000012] [  19289]     0 19289     1000       10        7        2         1 "
		"         4096        3           969 npm start\n"
		"[  100.000013] [  22609]  1000 22609  2480905  1034954  1029171     5783         0 "
		"     11227136        0           969 node\n"
		"[  100.000014] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=" ID
		",mems_allowed=0-2,4,oom_memcg=" POD ",task_memcg=" SCOPE
		",task=node,pid=22609,uid=1000\n"
		"[  100.000015] Memory cgroup out of memory: Killed process 22609 (node) "
		"total-vm:9923620kB, anon-rss:4116684kB, file-rss:23132kB, shmem-rss:0kB, UID:1000 "
		"pgtables:10964kB oom_score_adj:969\n"
		"[  100.000016] oom_reaper: reaped process 22609 (node), now anon-rss:0kB, "
		"file-rss:0kB, shmem-rss:0kB\n");

	assert_facts(
		*state,
		"capture kill\n"
		"kill kernel memcg process=node pid=22609 cgroup=" SCOPE " limiting=" POD
		" pod=" UID " container=1d3d308a7d48 total_vm=10161786880 anon=4215484416 "
		"file=23687168 shmem=0 page_tables=11227136 swap=0 usage=4294967296 "
		"limit=4294967296 text=Memory cgroup out of memory: Killed process 22609 (node) "
		"total-vm:9923620kB, anon-rss:4116684kB, file-rss:23132kB, shmem-rss:0kB, UID:1000 "
		"pgtables:10964kB oom_score_adj:969\n"
		"note 15 the log tells neither the year nor the time of the boot: when this kill "
		"was is not known\n"
		"task npm start adj=969 pid=19289 uid=0 total_vm=4096000 rss=40960 anon=28672 "
		"file=8192 shmem=4096 page_tables=4096 swap=12288\n"
		"task node adj=969 pid=22609 uid=1000 total_vm=10161786880 rss=4239171584 "
		"anon=4215484416 file=23687168 shmem=0 page_tables=11227136 swap=0\n"
		"reading cgroup.memory.swap.current 8192\n"
		"reading cgroup.memory.stat.anon 4112384\n"
		"reading cgroup.memory.stat.file 12288\n");
}

static void one_line_is_enough(void **state)
{
	static const struct {
		const char *line, *kill;
	} rows[] = {
		{"Out of memory: Killed process 651 (unattended-upgr) total-vm:8kB, anon-rss:4kB, "
	         "file-rss:2kB, shmem-rss:1kB\n",
	         "kill kernel global process=unattended-upgr pid=651 total_vm=8192 anon=4096 "
	         "file=2048 shmem=1024 text="},
		{"Memory cgroup out of memory: Killed process 7 (a) b, (c) total-vm:8kB, "
	         "anon-rss:4kB, file-rss:2kB, shmem-rss:1kB, UID:0 pgtables:4096 "
	         "oom_score_adj:-997\n",
	         "kill kernel memcg process=a) b, (c pid=7 total_vm=8192 anon=4096 file=2048 "
	         "shmem=1024 page_tables=4096 text="},
		{"Killed process 6576 (mysqld), UID 12345, total-vm:8kB, anon-rss:4kB, file-rss:2kB, "
	         "shmem-rss:1kB\n",
	         "kill kernel  process=mysqld pid=6576 total_vm=8192 anon=4096 file=2048 "
	         "shmem=1024 text="},
		{"Out of memory (oom_kill_allocating_task): Killed process 7 (x) total-vm:8kB\n",
	         "kill kernel global process=x pid=7 total_vm=8192 text="},
		{"Out of memory: Killed process 7 (x).\n",
	         "kill kernel global process=x pid=7 text="},
		{"Killed process 7 (x) vsz:8kB, anon-rss:4kB, file-rss:2kB\n",
	         "kill kernel  process=x pid=7 total_vm=8192 anon=4096 file=2048 text="},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf expected;

		ll_buf_init(&expected, LL_BUF_PAGE);
		read_text(*state, rows[i].line);
		ll_buf_printf(&expected, "capture kill\n%s%s", rows[i].kill, rows[i].line);
		assert_facts(*state, expected.data);
	}
}

static void of_two_lines_the_second_says_what_was_killed(void **state)
{
	read_text(
		*state,
		"Jan  5 15:19:27 n1 kernel: [ 5864.1] monster invoked oom-killer: gfp_mask=0xd0, "
		"order=0, oom_score_adj=0\n"
		"Jan  5 15:19:27 n1 kernel: [ 5864.2] Task in /mem2/x killed as a result of limit "
		"of /mem2\n"
		"Jan  5 15:19:27 n1 kernel: [ 5864.3] memory: usage 980kB, limit "
		"9007199254740988kB, failcnt 4152239\n"
		"Jan  5 15:19:27 n1 kernel: [ 5864.3] Memory cgroup stats for /mem2: cache:4KB "
		"rss:976KB\n"
		"Jan  5 15:19:27 n1 kernel: [ 5864.4] [ pid ]   uid  tgid total_vm      rss "
		"nr_ptes nr_pmds swapents oom_score_adj name\n"
		"Jan  5 15:19:27 n1 kernel: [ 5864.5] [13536] 27585 13536      100       10       "
		"2       1        3             0 monster\n"
		"Jan  5 15:19:27 n1 kernel: [ 5864.5] [13537] 27585 13537      200       20       "
		"2       1        3             0 child\n"
		"Jan  5 15:19:27 n1 kernel: [ 5864.6] Memory cgroup out of memory: Kill process "
		"13536 (monster) score 996 or sacrifice child\n"
		"Jan  5 15:19:27 n1 kernel: [ 5864.7] Killed process 13537 (child) "
		"total-vm:3200kB, anon-rss:920kB, file-rss:452kB\n");

	assert_facts(*state,
	             "capture kill\n"
	             "kill kernel memcg process=child pid=13537 host=n1 cgroup=/mem2/x "
	             "limiting=/mem2 total_vm=3276800 anon=942080 file=462848 page_tables=49152 "
	             "swap=49152 usage=1003520 text=Killed process 13537 (child) "
	             "total-vm:3200kB, anon-rss:920kB, file-rss:452kB\n"
	             "note 9 the log tells neither the year nor the time of the boot: when this "
	             "kill was is not known\n"
	             /* 200 pages are 3200 kB: pages of 16 KiB */
	             "task monster adj=0 pid=13536 uid=27585 total_vm=1638400 rss=163840 "
	             "page_tables=49152 swap=49152\n"
	             "task child adj=0 pid=13537 uid=27585 total_vm=3276800 rss=327680 "
	             "page_tables=49152 swap=49152\n"
	             "reading cgroup.memory.stat.cache 4096\n"
	             "reading cgroup.memory.stat.rss 999424\n");
}

static void the_kernels_of_old_are_understood(void **state)
{
	read_text(*state, "Out of Memory: Kill process 12 (httpd) score 9 and children.\n"
	                  "Out of memory: Killed process 13 (httpd).\n");

	assert_facts(*state, "capture kill\nkill kernel global process=httpd pid=13 text=Out of "
	                     "memory: Killed process 13 (httpd).\n");
}

static void what_was_chosen_stands_for_a_kill_that_was_not_logged(void **state)
{
	read_text(*state, "Out of memory: Kill process 12 (httpd) score 9 or sacrifice child\n");

	assert_facts(*state, "capture kill\nkill kernel global process=httpd pid=12 text=Out of "
	                     "memory: Kill process 12 (httpd) score 9 or sacrifice child\n"
	                     "note 0 the log says what was chosen, not what was killed\n");
}

static void an_invocation_without_a_kill_is_a_capture_with_a_note(void **state)
{
	read_text(*state, "[    1.0] x invoked oom-killer: gfp_mask=0x0, order=0, oom_score_adj=0\n"
	                  "[    2.0] Kernel panic - not syncing\n");

	assert_facts(*state, "capture kill\nnote 0 the kernel was out of memory; the log does not "
	                     "say what it killed\n");
}

static void context_of_another_process_or_time_is_not_taken(void **state)
{
	read_text(*state, "[    1.0] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,"
	                  "mems_allowed=0,oom_memcg=/a,task_memcg=/a,task=x,pid=1,uid=0\n"
	                  "[    1.1] Out of memory: Killed process 2 (y) total-vm:8kB\n"
	                  "[    2.0] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,"
	                  "mems_allowed=0,global_oom,task_memcg=/b,task=x,pid=3,uid=0\n"
	                  "[    9.0] Out of memory: Killed process 3 (z) total-vm:8kB\n");

	assert_fact(*state, "kill kernel global process=y pid=2 total_vm=8192 text=Out of memory: "
	                    "Killed process 2 (y) total-vm:8kB");
	assert_fact(*state, "kill kernel global process=z pid=3 total_vm=8192 text=Out of memory: "
	                    "Killed process 3 (z) total-vm:8kB");
}

static void a_group_that_is_killed_shares_its_limit(void **state)
{
	struct ll_facts *const facts = *state;

	read_text(facts,
	          "a invoked oom-killer: gfp_mask=0x0, order=0, oom_score_adj=0\n"
	          "memory: usage 8kB, limit 8kB, failcnt 1\n"
	          "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,"
	          "oom_memcg=/g,task_memcg=/g,task=a,pid=1,uid=0\n"
	          "Memory cgroup out of memory: Killed process 1 (a) total-vm:8kB\n"
	          "Tasks in /g are going to be killed due to memory.oom.group set\n"
	          "Memory cgroup out of memory: Killed process 1 (a) total-vm:8kB\n"
	          "Memory cgroup out of memory: Killed process 2 (b) total-vm:8kB\n");

	assert_fact(facts, "kill kernel memcg process=b pid=2 cgroup=/g limiting=/g total_vm=8192 "
	                   "usage=8192 limit=8192 text=Memory cgroup out of memory: Killed process "
	                   "2 (b) total-vm:8kB");
}

static void a_kill_in_a_unit_is_about_that_service(void **state)
{
	read_text(*state,
	          "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,"
	          "global_oom,task_memcg=/system.slice/notify-hub.service,task=hub,pid=3,uid=0\n"
	          "Out of memory: Killed process 3 (hub) total-vm:8kB\n");

	assert_fact(*state, "capture kill service=notify-hub");
}

static void the_page_size_is_that_of_the_smallest_free_block(void **state)
{
	(void)state;
	assert_int_equal(ll_oom_page_size(ll_str("Node 0 DMA: 1*4kB (U) 0*8kB = 4kB")), 4096);
	assert_int_equal(ll_oom_page_size(ll_str("Node 0 Normal: 12*64kB (UME) 0*128kB")), 65536);
	assert_int_equal(ll_oom_page_size(ll_str("Node 0 DMA free:15360kB min:64kB")), 0);
	assert_int_equal(ll_oom_page_size(ll_str("Node 0 hugepages_total=0")), 0);
	assert_int_equal(ll_oom_page_size(ll_str("")), 0);
}

static void systemd_and_its_friends_are_heard(void **state)
{
	read_text(*state,
	          "Nov 21 01:06:27 n1 systemd[1]: shop.service: A process of this unit has been "
	          "killed by the OOM killer.\n"
	          "Nov 21 01:06:27 n1 systemd[1]: system.slice: A process of this unit has been "
	          "killed by the OOM killer.\n"
	          "Nov 21 01:06:27 n1 systemd[1]: shop.service: Main process exited, code=killed, "
	          "status=9/KILL\n"
	          "Nov 21 01:06:27 n1 systemd[1]: shop.service: Failed with result 'oom-kill'.\n"
	          "Nov 21 01:06:28 n1 systemd-oomd[9]: Killed /user.slice/x.scope due to memory "
	          "pressure for /user.slice being 63.42% > 60.00% for > 20s with reclaim activity\n"
	          "Nov 21 01:06:29 n1 earlyoom[7]: sending SIGTERM to process 4711 uid 1000 "
	          "\"node\": badness 1012, VmRSS 3211 MiB\n"
	          "Nov 21 01:06:30 n1 earlyoom[7]: sending SIGKILL to process 4711 uid 1000 "
	          "\"node\": badness 1012, VmRSS 3211 MiB\n");

	assert_facts(*state,
	             "capture kill service=shop instance=n1\n"
	             "kill systemd  host=n1 text=shop.service: A process of this unit has been "
	             "killed by the OOM killer.\n"
	             "capture kill\n"
	             "kill systemd-oomd memcg host=n1 cgroup=/user.slice/x.scope "
	             "limiting=/user.slice text=Killed /user.slice/x.scope due to memory pressure "
	             "for /user.slice being 63.42% > 60.00% for > 20s with reclaim activity\n"
	             "capture kill\n"
	             "kill earlyoom global process=node pid=4711 host=n1 text=sending SIGTERM to "
	             "process 4711 uid 1000 \"node\": badness 1012, VmRSS 3211 MiB\n");
}

static void what_systemd_and_its_oomd_say_of_a_unit_is_one_kill(void **state)
{
	static const char oomd[] = "systemd-oomd[9]: Killed /system.slice/cart.service due to "
				   "memory pressure for /system.slice being 63.42% > 60.00% for > "
				   "20s with reclaim activity\n";
	static const char unit[] = "systemd[1]: cart.service: systemd-oomd killed 2 process(es) in "
				   "this unit.\n";
	struct ll_facts *const facts = *state;
	char text[2048];

	(void)snprintf(text, sizeof text,
	               "Nov 21 01:06:28 n1 %sNov 21 01:06:28 n1 %s"
	               "Nov 21 01:06:29 n1 systemd[1]: cart.service: Failed with result "
	               "'oom-kill'.\n",
	               oomd, unit);
	read_text(facts, text);
	assert_int_equal(facts->count, 1);
	assert_fact(facts, "capture kill service=cart");

	/* The newest first. */
	(void)snprintf(text, sizeof text, "Nov 21 01:06:28 n1 %sNov 21 01:06:28 n1 %s", unit, oomd);
	read_text(facts, text);
	assert_int_equal(facts->count, 1);

	/* Restarted, and killed again. */
	(void)snprintf(text, sizeof text,
	               "Nov 21 01:06:28 n1 %sNov 21 01:06:28 n1 %s"
	               "Nov 21 01:06:58 n1 %sNov 21 01:06:58 n1 %s",
	               oomd, unit, oomd, unit);
	read_text(facts, text);
	assert_int_equal(facts->count, 2);
}

static void words_alone_are_no_kill(void **state)
{
	static const char *const texts[] = {
		"we ran out of memory\n",
		"Killed process 7 (x)\n",
		"Killed process x (y) total-vm:8kB\n",
		"Out of memory: Killed process\n",
		"Kill process 7 (x) score\n",
		"the oom killer is a myth\n",
		"Task in /a was killed\n",
		"sending SIGTERM to everybody\n",
		"Killed /dev/null\n",
	};

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(texts[i]), "x", &err), LL_E_FORMAT);
		assert_int_equal(((struct ll_facts *)*state)->count, 0);
	}
}

static void numbers_beyond_all_reason_are_not_known(void **state)
{
	read_text(*state,
	          "x invoked oom-killer: gfp_mask=0x0, order=0, oom_score_adj=0\n"
	          "[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name\n"
	          "[    1]     0     1 99999999999999999 9 9 9 0 huge\n"
	          "[    2]     0     2 9 9 9 0 short\n"
	          "[    3]     0     3        9        9       9        9             0\n"
	          "Out of memory: Killed process 1 (x) total-vm:99999999999999999999kB, "
	          "anon-rss:9007199254740993kB\n");

	assert_fact(*state, "kill kernel global process=x pid=1 text=Out of memory: Killed process "
	                    "1 (x) total-vm:99999999999999999999kB, anon-rss:9007199254740993kB");
	assert_fact(*state, "task  adj=0 pid=3 uid=0 total_vm=36864 rss=36864 page_tables=36864 "
	                    "swap=36864");
}

static void red_hat_6_writes_the_user_before_the_name(void **state)
{
	read_text(*state, "Out of memory: Kill process 16929 (beam.smp) score 580 or sacrifice "
	                  "child\n"
	                  "Killed process 28364, UID 0, (sh) total-vm:8kB, anon-rss:4kB, "
	                  "file-rss:0kB\n");

	assert_fact(*state, "kill kernel global process=sh pid=28364 total_vm=8192 anon=4096 "
	                    "file=0 text=Killed process 28364, UID 0, (sh) total-vm:8kB, "
	                    "anon-rss:4kB, file-rss:0kB");
}

static void a_name_ends_before_the_command_line_that_is_quoted_too(void **state)
{
	read_text(*state, "sending SIGTERM to process 997 uid 1000 \"app\": oom_score 1146, "
	                  "cmdline \"app -x\"\n");

	assert_fact(*state, "kill earlyoom global process=app pid=997 text=sending SIGTERM to "
	                    "process 997 uid 1000 \"app\": oom_score 1146, cmdline \"app -x\"");
}

static void all_that_a_user_runs_is_no_service(void **state)
{
	read_text(*state,
	          "Killed /user.slice/user-1000.slice/user@1000.service/app.slice/x.scope due to "
	          "memory used (3) / total (3) and swap used (4) / total (4) being more than "
	          "90.00%\n");

	assert_fact(*state, "capture kill");
}

static void all_generations_of_helpers_are_heard(void **state)
{
	static const struct {
		const char *line, *kill;
	} rows[] = {
		{"killing process 812 \"cart\" with signal 15: badness 550, VmRSS 760 MiB",
	         "kill earlyoom global process=cart pid=812 text="},
		{"Killing process 'cart' with signal 9, pid: 812, badness: 538, VmRSS: 316 MiB",
	         "kill earlyoom global process=cart pid=812 text="},
		{"Marked /shop.slice/cart.service for killing due to memory pressure for /shop.slice "
	         "being 85.03% > 80.00% for > 2s with reclaim activity",
	         "kill systemd-oomd memcg cgroup=/shop.slice/cart.service limiting=/shop.slice "
	         "text="},
		{"cart.service: systemd-oomd killed 2 process(es) in this unit.",
	         "kill systemd-oomd  text="},
		{"Sending SIGKILL to cgroup {\"controller\": \"runtime.OOMController\", "
	         "\"cgroup\": \"/sys/fs/cgroup/kubepods/burstable/pod" UID "\"}",
	         "kill talos global cgroup=/kubepods/burstable/pod" UID " pod=" UID " text="},
		{"System OOM encountered, victim process: cart, pid: 812",
	         "kill kubelet global process=cart pid=812 text="},
		{"9m   Warning   CgroupOOM   pod/cart-0   Cgroup OOM encountered, victim process: "
	         "cart, pid: 812",
	         "kill kubelet memcg process=cart pid=812 text="},
		{"pid 812 (cart (1)), jid 0, uid 1001, was killed: failed to reclaim memory",
	         "kill freebsd global process=cart (1) pid=812 text="},
		{"pid 812 (cart), uid 1001, was killed: out of swap space",
	         "kill freebsd global process=cart pid=812 text="},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf expected;

		ll_buf_init(&expected, LL_BUF_PAGE);
		read_text(*state, rows[i].line);
		ll_buf_printf(&expected, "%s%s", rows[i].kill, rows[i].line);
		assert_fact(*state, expected.data);
	}
}

static void a_process_that_does_not_obey_is_killed_once(void **state)
{
	read_text(
		*state,
		"Killing process 'cart' with signal 15, pid: 812, badness: 538, VmRSS: 316 MiB\n"
		"Killing process 'cart' with signal 15, pid: 812, badness: 541, VmRSS: 318 MiB\n");

	assert_int_equal(((struct ll_facts *)*state)->count, 1);
}

static void a_kill_whose_line_is_gone_is_told_by_the_one_before(void **state)
{
	read_text(*state, "[   50.0] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,"
	                  "mems_allowed=0,oom_memcg=" POD ",task_memcg=" SCOPE
	                  ",task=cart,pid=812,uid=0\n");

	assert_fact(*state,
	            "kill kernel memcg process=cart pid=812 cgroup=" SCOPE " limiting=" POD
	            " pod=" UID " container=1d3d308a7d48 text=oom-kill:constraint="
	            "CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=" POD
	            ",task_memcg=" SCOPE ",task=cart,pid=812,uid=0");
	assert_fact(*state, "note 0 the log says what was chosen, not what was killed");
}

static void a_constraint_of_a_cgroup_is_its_own_limit_without_its_path(void **state)
{
	read_text(*state, "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),task=cart,pid=812\n"
	                  "Memory cgroup out of memory: Killed process 812 (cart) total-vm:8kB\n");

	assert_fact(*state,
	            "kill kernel memcg process=cart pid=812 total_vm=8192 text=Memory cgroup "
	            "out of memory: Killed process 812 (cart) total-vm:8kB");
}

static void a_cgroup_at_its_limit_without_a_kill_is_a_capture_with_a_note(void **state)
{
	read_text(*state, "Task in /docker/" ID " killed as a result of limit of /docker/" ID "\n"
	                  "memory: usage 1048576kB, limit 1048576kB, failcnt 189\n"
	                  "Memory cgroup stats for /docker/" ID ": cache:24KB rss:1048552KB\n");

	assert_fact(*state, "capture kill");
	assert_fact(*state, "note 0 the kernel was out of memory; the log does not say what it "
	                    "killed");
	assert_fact(*state, "reading cgroup.memory.stat.rss 1073717248");
}

static void limit_and_cgroup_are_known_without_the_first_lines(void **state)
{
	read_text(*state,
	          "[   50.1] memory: usage 204800kB, limit 204800kB, failcnt 4563\n"
	          "[   50.2] Memory cgroup stats for /docker/" ID ": cache:24KB rss:204776KB\n"
	          "[   50.3] Memory cgroup out of memory: Kill process 812 (cart) score 1001 or "
	          "sacrifice child\n"
	          "[   50.4] Killed process 812 (cart) total-vm:8kB, anon-rss:4kB, file-rss:0kB\n");

	assert_fact(*state,
	            "kill kernel memcg process=cart pid=812 limiting=/docker/" ID
	            " container=1d3d308a7d48 total_vm=8192 anon=4096 file=0 usage=209715200 "
	            "limit=209715200 text=Killed process 812 (cart) total-vm:8kB, "
	            "anon-rss:4kB, file-rss:0kB");
}

static void the_same_kill_in_two_lines_is_one(void **state)
{
	read_text(
		*state,
		"Nov 21 01:06:27 n1 kernel: Memory cgroup out of memory: Killed process 812 (cart) "
		"total-vm:8kB, anon-rss:4kB\n"
		"Nov 21 01:06:27 n1 kernel: Tasks in /shop/cart are going to be killed due to "
		"memory.oom.group set\n"
		"Nov 21 01:06:27 n1 kernel: Memory cgroup out of memory: Killed process 812 (cart) "
		"total-vm:8kB, anon-rss:4kB\n"
		"Nov 21 01:06:27 n1 kernel: Memory cgroup out of memory: Killed process 813 (sh) "
		"total-vm:8kB, anon-rss:4kB\n");

	assert_int_equal(((struct ll_facts *)*state)->count, 2);
}

static void strings_of_source_code_are_no_log(void **state)
{
	static const char *const texts[] = {
		"  line: \"Memory cgroup out of memory: Killed process 812 (cart) total-vm:8kB\",\n",
		"  good: ['kernel: Out of memory: Killed process 812 (cart) total-vm:8kB'],\n",
		"\t\"[    5.1] Killed process 812 (cart) total-vm:8kB, anon-rss:4kB\\n\"\n",
		"x = re.compile(\"cart invoked oom-killer: \")\n",
		"re := regexp.MustCompile(`Task in (.*) killed as a result of limit of (.*)`)\n",
	};

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(texts[i]), "x.ts", &err),
		                 LL_E_FORMAT);
		assert_int_equal(((struct ll_facts *)*state)->count, 0);
	}
}

static void strings_of_loggers_are(void **state)
{
	static const char *const texts[] = {
		"level=warn msg=\"Out of memory: Killed process 812 (cart) total-vm:8kB\"\n",
		"2026-11-21,\"Out of memory: Killed process 812 (cart) total-vm:8kB\"\n",
		"{\"msg\":\"Out of memory: Killed process 812 (cart) total-vm:8kB\"}\n",
		"can't help: Out of memory: Killed process 812 (cart) total-vm:8kB\n",
	};

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		read_text(*state, texts[i]);
		assert_int_equal(((struct ll_facts *)*state)->count, 1);
	}
}

static void levels_between_host_and_kernel_part_no_kill(void **state)
{
	read_text(
		*state,
		"2026-11-21T01:06:27.616+00:00 node-1 !WARNING | kernel: cart invoked oom-killer: "
		"gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n"
		"2026-11-21T01:06:27.616+00:00 node-1    !INFO | kernel: oom-kill:constraint="
		"CONSTRAINT_NONE,nodemask=(null),global_oom,task_memcg=/x,task=cart,pid=812,uid=0\n"
		"2026-11-21T01:06:27.616+00:00 node-1     !ERR | kernel: Out of memory: Killed "
		"process 812 (cart) total-vm:8kB, anon-rss:4kB\n");

	assert_int_equal(((struct ll_facts *)*state)->count, 1);
	assert_fact(*state, "kill kernel global time=2026-11-21T01:06:27.616000000Z process=cart "
	                    "pid=812 cgroup=/x total_vm=8192 anon=4096 text=Out of memory: Killed "
	                    "process 812 (cart) total-vm:8kB, anon-rss:4kB");
}

/* What somebody logs as a path may be as long as a line: it is walked once. */
static void a_path_of_any_depth_is_looked_at_once(void **state)
{
	struct ll_facts *const facts = *state;
	static const char behind[] =
		" due to memory pressure for /a being 63.42% > 60.00% for > 20s with reclaim\n";
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "Killed " SCOPE);
	for (size_t i = 0; i < 400000; i++)
		ll_buf_putc(&text, '/');
	ll_buf_puts(&text, behind);

	read_text(facts, text.data);

	assert_non_null(strstr(facts->text.data, " pod=" UID " container=1d3d308a7d48 "));
}

static void units_and_containers_may_stand_between_container_and_pod(void **state)
{
	struct ll_facts *const facts = *state;

	read_text(facts,
	          "Killed " POD "/" ID "/system.slice/docker@1.service/docker-" ID ".scope/init"
	          " due to memory pressure for /a being 63.42% > 60.00% for > 20s\n");

	assert_non_null(strstr(facts->text.data, " pod=" UID " container=1d3d308a7d48 "));
}

static void an_instance_of_a_unit_is_no_pod(void **state)
{
	struct ll_facts *const facts = *state;

	read_text(facts, "Killed /system.slice/docker@instance-of-it.service/docker-" ID ".scope"
	                 " due to memory pressure for /a being 63.42% > 60.00% for > 20s\n");

	assert_non_null(strstr(facts->text.data, " container=1d3d308a7d48 "));
	assert_null(strstr(facts->text.data, " pod="));
}

static void events_that_are_objects_are_not_of_a_log(void **state)
{
	static const char *const texts[] = {
		"  message: 'System OOM encountered, victim process: cart, pid: 812'\n",
		"\"message\": \"System OOM encountered, victim process: cart, pid: 812\",\n",
		"{\"message\":\"System OOM encountered, victim process: cart, pid: 812\"\n",
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(texts); i++)
		assert_true(ll_oom_help_find(ll_str(texts[i])) == SIZE_MAX);
}

static void a_bare_line_of_linux_2_6_counts_behind_an_invocation_only(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	read_text(*state,
	          "Nov 21 01:06:27 n1 kernel: cart invoked oom-killer: gfp_mask=0x1201d2, order=0, "
	          "oomkilladj=0\n"
	          "Nov 21 01:06:27 n1 kernel: Out of memory: kill process 811 (sh) score 9 or a "
	          "child\n"
	          "Nov 21 01:06:27 n1 kernel: Killed process 812 (cart)\n");

	assert_facts(*state, "capture kill\n"
	                     "kill kernel global process=cart pid=812 host=n1 "
	                     "text=Killed process 812 (cart)\n");
	assert_int_equal(
		ll_facts_read(*state,
	                      ll_str("Nov 21 01:06:27 n1 sh[7]: Killed process 812 (cart)\n"),
	                      "kern.log", &err),
		LL_E_FORMAT);
}

static void a_log_that_shows_the_newest_line_first_tells_each_kill_once(void **state)
{
	struct ll_facts *const facts = *state;

	read_text(facts,
	          "Nov 21 01:06:27 n1 kernel: Out of memory: Killed process 812 (cart) "
	          "total-vm:9kB, anon-rss:4kB, file-rss:0kB\n"
	          "Nov 21 01:06:27 n1 kernel: oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),"
	          "cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=cart,pid=812,uid=0\n"
	          "Nov 21 01:06:27 n1 kernel: [    812]     0   812     9      4    28672        5 "
	          "          200 cart\n"
	          "Nov 21 01:06:27 n1 kernel: cart invoked oom-killer: gfp_mask=0x140cca, order=0, "
	          "oom_score_adj=0\n"
	          "Nov 21 01:06:20 n1 kernel: sh invoked oom-killer: gfp_mask=0x140cca, order=0, "
	          "oom_score_adj=0\n");

	assert_int_equal(facts->count, 2);
	assert_fact(facts, "kill kernel global process=cart pid=812 host=n1 total_vm=9216 "
	                   "anon=4096 file=0 text=Out of memory: Killed process 812 (cart) "
	                   "total-vm:9kB, anon-rss:4kB, file-rss:0kB");
	assert_fact(facts, "note 0 the kernel was out of memory; the log does not say what it "
	                   "killed");
}

static void a_kill_that_a_terminal_wrapped_has_all_its_sizes(void **state)
{
	read_text(*state,
	          "Nov 21 01:06:27 n1 kernel: Memory cgroup out of memory: Killed process 812 "
	          "(cart) total-vm:12345\n"
	          "68kB, anon-rss:523000\n"
	          "kB, file-rss:100kB, shmem-rss:0kB\n"
	          "Nov 21 01:06:28 n1 kernel: Memory cgroup out of memory: Killed process 813 "
	          "(sh) total-vm:12345\n");

	assert_facts(*state,
	             "capture kill\n"
	             "kill kernel memcg process=cart pid=812 host=n1 total_vm=1264197632 "
	             "anon=535552000 file=102400 shmem=0 text=Memory cgroup out of memory: Killed "
	             "process 812 (cart) total-vm:1234568kB, anon-rss:523000kB, file-rss:100kB, "
	             "shmem-rss:0kB\n"
	             "capture kill\n"
	             "kill kernel memcg process=sh pid=813 host=n1 text=Memory cgroup out of "
	             "memory: Killed process 813 (sh) total-vm:12345\n");
}

static void a_cut_kill_before_an_empty_line_keeps_what_it_has(void **state)
{
	read_text(*state, "Nov 21 01:06:27 n1 kernel: Out of memory: Killed process 812 (cart) "
	                  "total-vm:9kB, anon\n\n-rss:4kB\n");

	assert_facts(*state, "capture kill\n"
	                     "kill kernel global process=cart pid=812 host=n1 total_vm=9216 "
	                     "text=Out of memory: Killed process 812 (cart) total-vm:9kB, anon\n");
}

static void the_kernels_clock_goes_before_that_of_a_logger_that_is_late(void **state)
{
	read_text(*state, "Nov 21 01:06:27 n1 kernel: [ 2685.747564] cart invoked oom-killer: "
	                  "gfp_mask=0x1201d2, order=0, oomkilladj=0\n"
	                  "Nov 21 01:06:39 n1 kernel: [ 2685.748215] Killed process 812 (cart)\n"
	                  "Nov 21 01:06:40 n1 kernel: [ 2699.000001] Killed process 813 (sh)\n");

	assert_facts(*state, "capture kill\n"
	                     "kill kernel  process=cart pid=812 host=n1 "
	                     "text=Killed process 812 (cart)\n"
	                     "note 2 the log tells neither the year nor the time of the boot: "
	                     "when this kill was is not known\n");
}

static void a_log_that_a_page_indents_keeps_its_host(void **state)
{
	read_text(*state,
	          "   ......\n"
	          "   Nov 20 10:00:03 web-1 kernel: Out of memory: Kill process 77 (cart) score 9 "
	          "or sacrifice child\n"
	          "   Nov 20 10:00:03 web-1 kernel: Killed process 77 (cart) total-vm:4kB, "
	          "anon-rss:8kB, file-rss:0kB\n");

	assert_fact(*state, "kill kernel global process=cart pid=77 host=web-1 total_vm=4096 "
	                    "anon=8192 file=0 text=Killed process 77 (cart) total-vm:4kB, "
	                    "anon-rss:8kB, file-rss:0kB");
}

static void an_event_in_lines_of_its_own_bounds_the_time_of_its_kill(void **state)
{
	read_text(*state, "Level:Warning\n"
	                  "Reason:OOMKilling\n"
	                  "Timestamp:2026-11-20 10:00:03 +0800 CST\n"
	                  "Message:Memory cgroup out of memory: Killed process 77 (cart) "
	                  "total-vm:4kB, anon-rss:8kB, file-rss:0kB\n");

	assert_fact(*state, "capture kill after=2026-11-20T02:00:03Z");
}

static void statistics_of_a_kill_are_no_file_of_a_cgroup(void **state)
{
	read_text(*state, "memory: usage 432kB, limit 400kB, failcnt 27\n"
	                  "Memory cgroup stats for /cart:\n"
	                  "anon 122880\n"
	                  "file 57344\n"
	                  "Memory cgroup out of memory: Killed process 77 (cart) total-vm:4kB, "
	                  "anon-rss:8kB, file-rss:0kB\n");

	assert_int_equal(((struct ll_facts *)*state)->count, 1);
	assert_fact(*state, "reading cgroup.memory.stat.anon 122880");
}

static void a_number_that_a_terminal_cut_in_two_is_none(void **state)
{
	read_text(*state, "[   10.0] Memory cgroup stats for /cart: cache:4KB rss:44\n"
	                  "8KB rss_huge:0KB\n"
	                  "[   10.1] Memory cgroup out of memory: Killed process 7 (cart) "
	                  "total-vm:80kB, anon-rss:40kB, file-rss:0kB, shmem-rss:0kB\n");
	assert_fact(*state, "reading cgroup.memory.stat.cache 4096");
	assert_null(strstr(((struct ll_facts *)*state)->text.data, "cgroup.memory.stat.rss"));
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_kill_of_a_new_kernel_is_told_with_all_its_context),
		test(one_line_is_enough),
		test(of_two_lines_the_second_says_what_was_killed),
		test(the_kernels_of_old_are_understood),
		test(what_was_chosen_stands_for_a_kill_that_was_not_logged),
		test(an_invocation_without_a_kill_is_a_capture_with_a_note),
		test(context_of_another_process_or_time_is_not_taken),
		test(a_group_that_is_killed_shares_its_limit),
		test(a_kill_in_a_unit_is_about_that_service),
		test(the_page_size_is_that_of_the_smallest_free_block),
		test(systemd_and_its_friends_are_heard),
		test(what_systemd_and_its_oomd_say_of_a_unit_is_one_kill),
		test(words_alone_are_no_kill),
		test(numbers_beyond_all_reason_are_not_known),
		test(red_hat_6_writes_the_user_before_the_name),
		test(a_name_ends_before_the_command_line_that_is_quoted_too),
		test(all_that_a_user_runs_is_no_service),
		test(all_generations_of_helpers_are_heard),
		test(a_process_that_does_not_obey_is_killed_once),
		test(a_kill_whose_line_is_gone_is_told_by_the_one_before),
		test(a_constraint_of_a_cgroup_is_its_own_limit_without_its_path),
		test(a_cgroup_at_its_limit_without_a_kill_is_a_capture_with_a_note),
		test(limit_and_cgroup_are_known_without_the_first_lines),
		test(the_same_kill_in_two_lines_is_one),
		test(strings_of_source_code_are_no_log),
		test(strings_of_loggers_are),
		test(levels_between_host_and_kernel_part_no_kill),
		test(a_path_of_any_depth_is_looked_at_once),
		test(units_and_containers_may_stand_between_container_and_pod),
		test(an_instance_of_a_unit_is_no_pod),
		test(events_that_are_objects_are_not_of_a_log),
		test(a_bare_line_of_linux_2_6_counts_behind_an_invocation_only),
		test(a_log_that_shows_the_newest_line_first_tells_each_kill_once),
		test(a_kill_that_a_terminal_wrapped_has_all_its_sizes),
		test(a_cut_kill_before_an_empty_line_keeps_what_it_has),
		test(the_kernels_clock_goes_before_that_of_a_logger_that_is_late),
		test(a_log_that_a_page_indents_keeps_its_host),
		test(an_event_in_lines_of_its_own_bounds_the_time_of_its_kill),
		test(statistics_of_a_kill_are_no_file_of_a_cgroup),
		test(a_number_that_a_terminal_cut_in_two_is_none),
	};

	return cmocka_run_group_tests_name("capture.fmt_oom", tests, NULL, NULL);
}
