/* SPDX-License-Identifier: Apache-2.0 */
/* lives.c - see lives.h. */
#include "lives.h"

enum {
	START_SLACK_S = 2, /* starts of one process differ by that when they are computed */
	END_SLACK_NS = 1000,
	CROSSED_PART = 10, /* in a slow round a counter falls by less than a tenth */
};

struct ll_life ll_life_of(const struct ll_life_row *rows, const char *begun_by)
{
	return (struct ll_life){
		.start_ns = LL_TIME_NONE,
		.first_ns = LL_TIME_NONE,
		.last_ns = LL_TIME_NONE,
		.evidence_ns = LL_TIME_NONE,
		.counters = {-1, -1, -1, -1, -1, -1},
		.last_gc = -1,
		.boot_ns = -1,
		.pid = -1,
		.ends = -1,
		.begun_by = begun_by,
		.ring_row = SIZE_MAX,
		.rows = rows,
	};
}

bool ll_life_has_evidence(const struct ll_life_row *row)
{
	return !row->is_apart &&
	       (row->counters.alloc_space >= 0 || row->counters.num_gc >= 0 ||
	        row->counters.total_alloc >= 0 || row->counters.mallocs >= 0 ||
	        row->counters.cpu_ns >= 0 || row->boot_ns >= 0 || row->pid >= 0 || row->ends >= 0 ||
	        row->build.size > 0 || row->label.size > 0 || row->start_ns != LL_TIME_NONE);
}

void ll_life_take_containers(struct ll_life_row *rows, size_t count)
{
	bool has_starts = false, has_restarts = false;

	for (size_t i = 0; i < count; i++) {
		if (ll_life_has_evidence(&rows[i]))
			return;
		has_starts |= rows[i].container.start_ns != LL_TIME_NONE;
		has_restarts |= rows[i].container.restarts >= 0;
	}
	for (size_t i = 0; i < count; i++) {
		const struct ll_container_life *const container = &rows[i].container;

		if (has_starts)
			rows[i].start_ns = container->start_ns;
		else
			rows[i].ends = has_restarts ? container->restarts : container->kills;
	}
}

/* ----------------------------------------------------------------------- rings */

/* End of cycle `number` in a capture's ring, or 0 when the ring does not reach there. */
static int64_t ring_end(const struct ll_life_row *row, int64_t number)
{
	size_t offset = 0;
	int64_t end_ns = row->ring_first_ns, step, pause;

	if (row->ring.size == 0 || number < row->ring_first)
		return 0;
	for (int64_t at = row->ring_first; ll_zigzag_get(row->ring, &offset, &step); at++) {
		if (!ll_zigzag_get(row->ring, &offset, &pause))
			return 0;
		end_ns += step;
		if (at == number)
			return end_ns;
	}
	return 0;
}

enum proof {
	NO_PROOF,
	SAME_PROCESS,
	OTHER_PROCESS,
};

/*
 * Is `last_gc` the end of cycle `number` in the capture's ring? Prometheus has times as float64
 * seconds, which are 0.2 us apart, and a scrape may read the number and the time on two sides of a
 * collection.
 */
static enum proof compare_end(const struct ll_life_row *ring, int64_t number, int64_t last_gc)
{
	const int64_t end_ns = ring_end(ring, number);

	if (number <= 0 || last_gc <= 0 || end_ns <= 0)
		return NO_PROOF;
	for (int64_t near = number - 1; near <= number + 1; near++) {
		if (llabs(ring_end(ring, near) - last_gc) <= END_SLACK_NS)
			return SAME_PROCESS;
	}
	return OTHER_PROCESS;
}

/* Does one of the two know the collection that was the other's last? */
static enum proof compare_rings(const struct ll_life *life, const struct ll_life_row *row)
{
	enum proof proof = compare_end(row, life->counters.num_gc, life->last_gc);

	if (proof == NO_PROOF && life->ring_row != SIZE_MAX)
		proof = compare_end(&life->rows[life->ring_row], row->counters.num_gc,
		                    row->last_gc);
	return proof;
}

/*
 * The start since boot, in ticks, and the number of a process. A process is number 1 to itself and
 * another to its machine, which is no contradiction.
 */
static enum proof compare_numbers(const struct ll_life *life, const struct ll_life_row *row)
{
	const bool has_boot = life->boot_ns >= 0 && row->boot_ns >= 0;
	const bool has_pid = life->pid > 1 && row->pid > 1;

	if ((has_boot && life->boot_ns != row->boot_ns) || (has_pid && life->pid != row->pid))
		return OTHER_PROCESS;
	return has_boot || has_pid ? SAME_PROCESS : NO_PROOF;
}

bool ll_life_is_proved(const struct ll_life *life, const struct ll_life_row *row)
{
	const enum proof numbers = compare_numbers(life, row);

	return compare_rings(life, row) == SAME_PROCESS ||
	       (numbers == SAME_PROCESS && !ll_life_contradiction(life, row, true));
}

bool ll_life_is_behind(const struct ll_life *life, const struct ll_life_row *row, size_t *ret_wrong,
                       size_t *ret_right)
{
	const struct ll_life_row *newest;
	const size_t index = (size_t)(row - life->rows);

	if (life->ring_row == SIZE_MAX || row->counters.num_gc <= 0)
		return false;
	newest = &life->rows[life->ring_row];
	if (row->counters.num_gc >= newest->counters.num_gc ||
	    row->time_ns <= newest->time_ns + LL_SAME_ROUND_NS ||
	    compare_end(newest, row->counters.num_gc, row->last_gc) != SAME_PROCESS)
		return false;
	*ret_wrong = newest->time_ns + LL_SAME_ROUND_NS < newest->last_gc ? life->ring_row : index;
	*ret_right = *ret_wrong == index ? life->ring_row : index;
	return true;
}

/* -------------------------------------------------------------- contradictions */

static bool differ(struct ll_str a, struct ll_str b)
{
	return a.size > 0 && b.size > 0 && !ll_str_equal(a, b);
}

static struct ll_str file_name(struct ll_str path)
{
	const size_t slash = ll_str_rindex(path, '/');

	return slash == SIZE_MAX ? path : ll_str_from(path, slash + 1);
}

static bool falls(int64_t before, int64_t now, bool is_crossed)
{
	return before >= 0 && now >= 0 && now < before - (is_crossed ? before / CROSSED_PART : 0);
}

static const char *fallen_counter(const struct ll_counters *before, const struct ll_counters *now,
                                  bool is_crossed)
{
	if (falls(before->num_gc, now->num_gc, is_crossed) ||
	    falls(before->total_alloc, now->total_alloc, is_crossed) ||
	    falls(before->mallocs, now->mallocs, is_crossed))
		return "MemStats counters fell";
	if (falls(before->alloc_space, now->alloc_space, is_crossed) ||
	    falls(before->alloc_objects, now->alloc_objects, is_crossed))
		return "allocation totals fell";
	return falls(before->cpu_ns, now->cpu_ns, is_crossed) ? "CPU time fell" : NULL;
}

static bool is_within(const struct ll_life *life, const struct ll_life_row *row, int64_t round_ns)
{
	return life->evidence_ns != LL_TIME_NONE && row->time_ns - life->evidence_ns < round_ns;
}

static bool starts_differ(const struct ll_life *life, const struct ll_life_row *row)
{
	return life->has_told_start && row->start_ns != LL_TIME_NONE &&
	       llabs(life->start_ns - row->start_ns) > START_SLACK_S * LL_NS_PER_S;
}

const char *ll_life_contradiction(const struct ll_life *life, const struct ll_life_row *row,
                                  bool is_exact)
{
	const bool is_crossed = !is_exact && is_within(life, row, LL_SLOW_ROUND_NS) &&
	                        !ll_str_equal(life->evidence_class, row->class);

	if (differ(life->build, row->build) || differ(life->label, row->label))
		return "another build";
	if (differ(file_name(life->program), file_name(row->program)))
		return "another program";
	switch (compare_rings(life, row)) {
	case SAME_PROCESS: return NULL;
	case OTHER_PROCESS: return "another history of collections";
	case NO_PROOF: break;
	}
	if (starts_differ(life, row))
		return "another start time";
	if (compare_numbers(life, row) == OTHER_PROCESS)
		return "another process number";
	if (life->ends >= 0 && row->ends >= 0 && life->ends != row->ends)
		return "another count of ends of the container";
	if (!is_exact && is_within(life, row, LL_SAME_ROUND_NS))
		return NULL;
	return fallen_counter(&life->counters, &row->counters, is_crossed);
}

/* --------------------------------------------------------------------- joining */

static void keep_larger(int64_t *value, int64_t now)
{
	if (now > *value)
		*value = now;
}

static void keep_first(struct ll_str *value, struct ll_str now)
{
	if (value->size == 0)
		*value = now;
}

static void join_evidence(struct ll_life *life, const struct ll_life_row *row)
{
	if (ll_life_has_evidence(row)) {
		life->evidence_ns = row->time_ns;
		life->evidence_class = row->class;
	}
	keep_larger(&life->counters.alloc_space, row->counters.alloc_space);
	keep_larger(&life->counters.alloc_objects, row->counters.alloc_objects);
	keep_larger(&life->counters.total_alloc, row->counters.total_alloc);
	keep_larger(&life->counters.mallocs, row->counters.mallocs);
	keep_larger(&life->counters.cpu_ns, row->counters.cpu_ns);
	if (row->boot_ns >= 0)
		life->boot_ns = row->boot_ns;
	if (row->pid >= 0)
		life->pid = row->pid;
	if (row->ends >= 0)
		life->ends = row->ends;
	if (row->counters.num_gc >= life->counters.num_gc) {
		life->counters.num_gc = row->counters.num_gc;
		life->last_gc = row->last_gc;
		if (row->ring.size > 0)
			life->ring_row = (size_t)(row - life->rows);
	}
	keep_first(&life->build, row->build);
	keep_first(&life->label, row->label);
	keep_first(&life->program, row->program);
	/* The first collection of a process ends within moments of its start. */
	if (row->ring_first == 1 && life->start_ns == LL_TIME_NONE)
		life->start_ns = row->ring_first_ns;
	if (row->start_ns != LL_TIME_NONE && !life->has_told_start) {
		life->start_ns = row->start_ns;
		life->has_told_start = true;
	}
}

void ll_life_join(struct ll_life *life, const struct ll_life_row *row)
{
	if (life->first_ns == LL_TIME_NONE || row->time_ns < life->first_ns)
		life->first_ns = row->time_ns;
	if (life->last_ns == LL_TIME_NONE || row->time_ns > life->last_ns)
		life->last_ns = row->time_ns;
	if (!row->is_apart)
		join_evidence(life, row);
}

/* ------------------------------------------------------------------- distances */

/* Between when a whole trace began and when the life did. */
static int64_t distance_of_starts(const struct ll_life *life, const struct ll_life_row *row)
{
	const int64_t start = life->start_ns != LL_TIME_NONE ? life->start_ns : life->first_ns;
	const int64_t as_begin = llabs(row->time_ns - start);
	const int64_t as_end = llabs(row->time_ns - row->trace_ns - start);

	return as_begin < as_end ? as_begin : as_end;
}

/* Times of a round are cut to seconds; a start that is later than its captures is no start. */
static bool had_not_begun(const struct ll_life *life, const struct ll_life_row *row)
{
	return life->start_ns != LL_TIME_NONE && life->start_ns <= life->first_ns &&
	       row->time_ns + LL_NS_PER_S < life->start_ns;
}

int64_t ll_life_distance(const struct ll_life *life, const struct ll_life_row *row)
{
	if (row->trace_ns >= 0)
		return distance_of_starts(life, row);
	if (had_not_begun(life, row))
		return INT64_MAX;
	if (row->time_ns < life->first_ns)
		return life->first_ns - row->time_ns;
	return row->time_ns > life->last_ns ? row->time_ns - life->last_ns : 0;
}
