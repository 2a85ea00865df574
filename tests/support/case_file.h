/* SPDX-License-Identifier: Apache-2.0 */
/*
 * case_file.h - small made-up fleets in a text format, written out as captures.
 *
 *     # What the case shows.
 *     service shop
 *     process pod-1 start=0h every=1h captures=24 build=1111
 *     heap shop.put@/src/shop/shop.go:31 < main.main@/src/shop/main.go:9 | size=4096; live=10+5
 *     goroutines shop.pump@/src/shop/hub.go:75 | count=3+2; state=chan receive; minutes=0+60
 *     memstats live=32M+1M
 *     escape ./shop.go:31:12: make(map[string]*Item) escapes to heap
 *     fires at shop/shop.go:31 as map
 *
 * Lines, in any order below the one that they belong to:
 *
 *     service NAME          what follows belongs to it
 *     escape TEXT           a line of the compiler's log of the service's build
 *     source FILE:LINE FUNCTION | CODE    a file of source with that line in "func FUNCTION() {"
 *     process NAME ...      one life of an instance; another one of the same name is a restart
 *       start=DURATION      after the beginning of the case; every=DURATION between captures;
 *       captures=N          build=ID, or none; crash=TEXT makes its dumps those of a fatal error,
 *                           with _ for spaces, or of a panic, if it begins so; goroutines=profile
 *                           makes them profiles (debug=1), which tell a state by the runtime's
 *                           frames and nothing else; goroutines=left what a test reports of
 *                           those that did not end
 *     heap STACK | ...      sampled objects in use there: size=BYTES; live=COURSE; and, where more
 *                           came than are alive, born=COURSE; entry=FUNCTION of the runtime makes
 *                           all heap captures of the process text
 *     goroutines STACK | ...  count=COURSE; state=TEXT; minutes=COURSE; by=FUNCTION@FILE:LINE;
 *                           ended=COURSE: so many were started by each of some goroutines that
 *                           have ended, the same ones for all lines; gone=COURSE: so many
 *                           that stood there before have ended, the oldest first
 *     memstats live=COURSE  bytes that the last collection found alive; and where they are asked
 *                           for next=COURSE (NextGC; twice as much if left out), stack=COURSE,
 *                           idle=COURSE, holes=COURSE (in pages in use), returned=COURSE (to
 *                           the system, without it in idle), gcs=COURSE
 *                           (collections so far), forced=COURSE of them ("untold": not there),
 *                           alloc=COURSE (bytes so far), rate=COURSE
 *                           (collections a second; with it the ring of pauses is there)
 *     lock STACK | delay=COURSE   seconds that were waited there since the start: a mutex profile
 *     cpu STACK | used=COURSE     milliseconds used there, in a CPU profile of each capture
 *     trace assist=COURSE   microseconds of help in collection 0, 1 ... of the process's gctrace
 *                           log, which has one for each capture; goal=COURSE and live=COURSE
 *                           of its heap, in MiB (41 and 20 if left out); per_s=COURSE of them a
 *                           second (1)
 *     reading NAME COURSE   a number under a name at the time of each capture
 *     fires, silent, finding, stage ...   what is expected: kept as they are, for the test
 *
 * A COURSE is a number in capture 0, 1 ... of the process: "7" always; "7+2" two more each time;
 * "7+2<5" until capture 5; "7+2>5" from capture 5 on; "7..90/6" a sawtooth over six captures;
 * "7+2@5+9" two more each time, and nine from capture 5 on; "7*2/6" twice as much every six
 * captures;
 * "...~3" with a wobble of at most 3 either way;
 * "...^5" gone from capture 5 on. k and M are 1024 and its square.
 */
#ifndef LL_TEST_CASE_FILE_H
#define LL_TEST_CASE_FILE_H

#include "captures.h"

#include <leakledger/arena.h>
#include <leakledger/vec.h>

struct test_course {
	double from, step, turn, late_step, until, after, top, period, doubles, wobble, gone;
};

struct test_case_heap {
	struct test_stack stack;
	int64_t size;
	struct test_course live, born;
	bool has_born;
	const char *entry;
};

struct test_case_goroutines {
	struct test_stack stack;
	struct test_course count, minutes, ended, gone;
	const char *state;
	struct test_stack creator; /* one frame, or none */
};

struct test_case_lock {
	struct test_stack stack;
	struct test_course delay;
};

struct test_case_reading {
	const char *name;
	struct test_course course;
};

/* MemStats; a course that is not given is what captures.h makes of 0. */
struct test_case_memstats {
	struct test_course live, next, stack, idle, holes, returned, gcs, forced, alloc, rate;
	bool is_given, has_gcs, has_alloc, is_forced_untold;
};

struct test_process {
	const char *service, *name, *build;
	const char *crash; /* dumps are those of this fatal error or panic, or NULL */
	int64_t start_ns, every_ns;
	int64_t captures;
	struct ll_vec heap;       /* struct test_case_heap */
	struct ll_vec goroutines; /* struct test_case_goroutines */
	struct ll_vec readings;   /* struct test_case_reading */
	struct ll_vec locks;      /* struct test_case_lock */
	struct ll_vec cpu;        /* struct test_case_lock, in milliseconds */
	struct test_case_memstats memstats;
	struct test_course assist, trace_goal, trace_live, trace_per_s;
	bool has_trace;
	bool is_text, has_profiles, is_left;
};

struct test_escape {
	const char *service, *text;
};

/* One line of a function in a file of source. */
struct test_source {
	const char *path, *function, *code;
	int64_t line;
};

struct test_expectation {
	const char *text; /* "fires at shop/shop.go:31" */
	int line;         /* in the case's file */
};

struct test_case {
	struct ll_arena arena;
	struct ll_vec processes;    /* struct test_process */
	struct ll_vec escapes;      /* struct test_escape */
	struct ll_vec sources;      /* struct test_source */
	struct ll_vec expectations; /* struct test_expectation */
};

/** Value in capture `index`; never below 0. */
int64_t test_course_at(const struct test_course *course, int64_t index);

/** Parses a case. LL_E_FORMAT names the line. */
int test_case_parse(struct ll_str text, struct test_case *ret_case, struct ll_error *err);
void test_case_done(struct test_case *test_case);
/** Writes all captures below `directory`. */
void test_case_write(const struct test_case *test_case, const char *directory);
/** Writes the source of a case below `directory`: a file for each line. */
void test_case_write_sources(const struct test_case *test_case, const char *directory);
/** When a process was captured for the index-th time. */
int64_t test_process_time(const struct test_process *process, int64_t index);

#endif
