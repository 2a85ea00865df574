/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

#define TITLE "capture goroutine (debug=1) period=1 types=goroutine/count\n"

static void read_text(struct ll_facts *facts, const char *text)
{
	ll_facts_read_as(facts, "pprof-text", "goroutine", text);
}

/* No distance of these is one that was measured: where they lie tells all. */
static void a_send_lies_before_what_receives(void **state)
{
	read_text(*state, "goroutine profile: total 3\n"
	                  "1 @ 0x45ff01 0x404401 0x404001 0x500001\n"
	                  "#\t0x500000\tmain.give+0x8a\t/src/a.go:3\n\n"
	                  "1 @ 0x45ff01 0x405401 0x405001 0x500101\n"
	                  "#\t0x500100\tmain.take+0x8a\t/src/a.go:5\n\n"
	                  "1 @ 0x45ff01 0x405401 0x405021 0x500201\n"
	                  "#\t0x500200\tmain.each+0x8a\t/src/a.go:7\n");

	assert_facts(*state, TITLE "goroutines 1 chan send: main.give a.go:3\n"
	                           "goroutines 1 chan receive: main.take a.go:5\n"
	                           "goroutines 1 chan receive: main.each a.go:7\n");
}

static void two_wrappers_side_by_side_both_receive(void **state)
{
	read_text(*state, "goroutine profile: total 2\n"
	                  "1 @ 0x45ff01 0x405401 0x405001 0x500101\n"
	                  "#\t0x500100\tmain.take+0x8a\t/src/a.go:5\n\n"
	                  "1 @ 0x45ff01 0x405401 0x405021 0x500201\n"
	                  "#\t0x500200\tmain.each+0x8a\t/src/a.go:7\n");

	assert_facts(*state, TITLE "goroutines 1 chan receive: main.take a.go:5\n"
	                           "goroutines 1 chan receive: main.each a.go:7\n");
}

/* Go 1.27 for amd64: 1029 bytes from chansend1 to where chansend parks, 1244 from chanrecv1. */
static void one_wrapper_is_told_by_a_measured_distance(void **state)
{
	read_text(*state, "goroutine profile: total 2\n"
	                  "2 @ 0x45ff01 0x404406 0x404001 0x500001\n"
	                  "#\t0x500000\tmain.give+0x8a\t/src/a.go:3\n");
	assert_facts(*state, TITLE "goroutines 2 chan send: main.give a.go:3\n");
}

static void a_distance_of_arm_is_not_one_of_amd(void **state)
{
	read_text(*state, "goroutine profile: total 1\n"
	                  "1 @ 0x45ff00 0x4044ac 0x404000 0x500004\n"
	                  "#\t0x500003\tmain.take+0x8a\t/src/a.go:3\n\n"
	                  "goroutine profile: total 1\n"
	                  "1 @ 0x45ff01 0x4044ad 0x404001 0x500005\n"
	                  "#\t0x500004\tmain.take+0x8a\t/src/a.go:3\n");
	assert_facts(*state, TITLE "goroutines 1 chan receive: main.take a.go:3\n" TITLE
	                           "goroutines 1 channel: main.take a.go:3\n");
}

static void a_nil_channel_parks_at_another_place(void **state)
{
	read_text(*state, "goroutine profile: total 2\n"
	                  "1 @ 0x45ff01 0x404208 0x404001 0x500001\n"
	                  "#\t0x500000\tmain.take+0x8a\t/src/a.go:3\n\n"
	                  "1 @ 0x45ff01 0x4044dd 0x404001 0x500001\n"
	                  "#\t0x500000\tmain.take+0x8a\t/src/a.go:9\n");

	assert_facts(*state, TITLE "goroutines 1 chan receive (nil chan): main.take a.go:3\n"
	                           "goroutines 1 chan receive: main.take a.go:9\n");
}

static void what_was_never_measured_is_not_guessed(void **state)
{
	read_text(*state, "goroutine profile: total 2\n"
	                  "1 @ 0x45ff01 0x404401 0x404001 0x500001\n"
	                  "#\t0x500000\tmain.one+0x8a\t/src/a.go:3\n\n"
	                  "1 @ 0x45ff01 0x904401 0x404001 0x500101\n"
	                  "#\t0x500100\tmain.far+0x8a\t/src/a.go:5\n");

	assert_facts(*state, TITLE "goroutines 1 channel: main.one a.go:3\n"
	                           "goroutines 1 channel: main.far a.go:5\n");
}

/* Of two binaries in one text the addresses mean nothing together. */
static void more_wrappers_than_a_binary_has_tell_nothing(void **state)
{
	read_text(*state, "goroutine profile: total 4\n"
	                  "1 @ 0x45ff01 0x404401 0x404001 0x500001\n"
	                  "#\t0x500000\tmain.a+0x8a\t/src/a.go:1\n\n"
	                  "1 @ 0x45ff01 0x405401 0x405001 0x500001\n"
	                  "#\t0x500000\tmain.b+0x8a\t/src/a.go:2\n\n"
	                  "1 @ 0x45ff01 0x405401 0x405021 0x500001\n"
	                  "#\t0x500000\tmain.c+0x8a\t/src/a.go:3\n\n"
	                  "1 @ 0x45ff01 0x409401 0x409001 0x500001\n"
	                  "#\t0x500000\tmain.d+0x8a\t/src/a.go:4\n");

	assert_facts(*state, TITLE "goroutines 1 channel: main.a a.go:1\n"
	                           "goroutines 1 channel: main.b a.go:2\n"
	                           "goroutines 1 channel: main.c a.go:3\n"
	                           "goroutines 1 channel: main.d a.go:4\n");
}

/* asyncPreempt hides two frames, as a select does; only what waits begins in gopark. */
static void who_was_preempted_does_not_wait(void **state)
{
	read_text(*state, "goroutine profile: total 4\n"
	                  "1 @ 0x45ff01 0x440001 0x500001\n"
	                  "#\t0x500000\tmain.choose+0x8a\t/src/a.go:3\n\n"
	                  "1 @ 0x461111 0x480001 0x500101\n"
	                  "#\t0x500100\tmain.spin+0x8a\t/src/a.go:5\n\n"
	                  "1 @ 0x500201\n"
	                  "#\t0x500200\tmain.run+0x8a\t/src/a.go:7\n\n"
	                  "1 @ 0x45ff01 0x450001 0x450101 0x500301\n"
	                  "#\t0x450100\ttime.Sleep+0x8a\t/go/src/runtime/time.go:195\n"
	                  "#\t0x500300\tmain.nap+0x8a\t/src/a.go:9\n");

	assert_facts(*state,
	             TITLE "goroutines 1 select: main.choose a.go:3\n"
	                   "goroutines 1 runnable: main.spin a.go:5\n"
	                   "goroutines 1 running: main.run a.go:7\n"
	                   "goroutines 1 sleep: time.Sleep time.go:195 < main.nap a.go:9\n");
}

static void without_one_that_waits_for_sure_two_frames_are_a_select(void **state)
{
	read_text(*state, "goroutine profile: total 1\n"
	                  "1 @ 0x461111 0x480001 0x500101\n"
	                  "#\t0x500100\tmain.spin+0x8a\t/src/a.go:5\n");

	assert_facts(*state, TITLE "goroutines 1 select: main.spin a.go:5\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_send_lies_before_what_receives),
		test(two_wrappers_side_by_side_both_receive),
		test(one_wrapper_is_told_by_a_measured_distance),
		test(a_distance_of_arm_is_not_one_of_amd),
		test(a_nil_channel_parks_at_another_place),
		test(what_was_never_measured_is_not_guessed),
		test(more_wrappers_than_a_binary_has_tell_nothing),
		test(who_was_preempted_does_not_wait),
		test(without_one_that_waits_for_sure_two_frames_are_a_select),
	};

	return cmocka_run_group_tests_name("capture.pprof_text_park", tests, NULL, NULL);
}
