/* SPDX-License-Identifier: Apache-2.0 */
/*
 * keeper.c - see keeper.h. ladder.c needs a container that is large itself. What keeps large
 * objects is small beside them, and of its blocks one or two were sampled. But how Go's runtime
 * lays containers out is known to the byte, and how many entries there must be tells what grows
 * beside it: few blocks of a map's or a slice's very sizes, in the number that so many entries
 * would give, are no chance.
 *
 *   1  A layout is a kind of container, the bytes of an entry, and over how many containers the
 *      entries are spread. For a number of entries it tells which blocks were allocated and which
 *      of them live: a stair, which the container climbed to its last step. An array of append
 *      dies when the next is made. So does an array of buckets (maps before Go 1.24; a sixteenth
 *      of overflow buckets from 16 buckets on). Tables of later maps have up to 128 groups of
 *      eight slots and a word; a full one of those is split into two new.
 *   2  A block is sampled by chance, 1 - e^(-size / period); the number of samples of a step is
 *      Poisson distributed. A block that the layout lacks costs STRANGE.
 *   3  The number of entries is known as well as its samples, and not better than a sixth.
 *   4  Layouts are weighed by how common such entries are: a pointer in a slice, a number or a
 *      string and a pointer in a map. Against them stands that the blocks are something else, of
 *      any size.
 *   5  Classes are compared by the sum over their layouts.
 *
 * Sizes: Go's size classes, above 32 KiB whole pages of 8 KiB. From Go 1.22 on what has pointers
 * and is larger than 512 bytes has a header of 8 bytes within its class.
 */
#include "keeper.h"

#include <leakledger/units.h>

#include <inttypes.h>
#include <math.h>

enum {
	LEAST_SIZE = 1024, /* below it there are too many other things */
	PAGE = 8192,
	LARGEST_CLASS = 32768,
	HEADER = 8,
	HEADER_ABOVE = 512,
	STEPS_MAX = 128, /* 1.25 to that is more than any memory has */
	GROUPS_MAX = 128,
	GROUP_SLOTS = 8,
	SLOTS = 8,
};

static const int64_t size_classes[] = {
	8,     16,    24,    32,    48,    64,    80,    96,    112,   128,   144,   160,
	176,   192,   208,   224,   240,   256,   288,   320,   352,   384,   416,   448,
	480,   512,   576,   640,   704,   768,   896,   1024,  1152,  1280,  1408,  1536,
	1792,  2048,  2304,  2688,  3072,  3200,  3456,  4096,  4864,  5120,  5376,  6144,
	6528,  6784,  6912,  8192,  9472,  9728,  10240, 10880, 12288, 13568, 14336, 16384,
	18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768,
};

/* A block that a container allocates on its way up, and how many entries it has room for then. */
struct step {
	int64_t size;
	double room;
	double blocks; /* all in use until the next step, then dead */
};

struct stair {
	struct step steps[STEPS_MAX];
	size_t count;
};

/* An entry of a container, and how much of all such containers has entries of that size. */
struct slot {
	int64_t bytes;
	double weight;
};

/* What one kind of container is like. */
struct kind {
	const char *class_name;
	const char *noun;
	/* The steps of a container until there is room for `entries`, each of `slot` bytes. */
	void (*climb)(double entries, int64_t slot, int64_t header, struct stair *stair);
	int64_t from_go, until_go; /* minor versions that have it */
	const struct slot *slots;  /* SLOTS of them */
};

static int64_t block_size(int64_t bytes, int64_t header)
{
	const int64_t wanted =
		bytes + (bytes > HEADER_ABOVE && bytes <= LARGEST_CLASS - HEADER ? header : 0);
	size_t from = 0, until = LL_COUNT(size_classes) - 1;

	if (wanted > LARGEST_CLASS)
		return (wanted + PAGE - 1) / PAGE * PAGE;
	while (from < until) { /* the first that is large enough */
		const size_t middle = (from + until) / 2;

		if (size_classes[middle] < wanted)
			from = middle + 1;
		else
			until = middle;
	}
	return size_classes[from];
}

/* Adds a step. Is there room for the entries, or for no more steps? */
static bool is_top(struct stair *stair, struct step step, double entries)
{
	stair->steps[stair->count++] = step;
	return step.room >= entries || stair->count == STEPS_MAX;
}

/* ------------------------------------------------------------------- layouts */

/* Bytes that an array of this block can use. */
static int64_t room_of(int64_t size, int64_t header)
{
	return size > HEADER_ABOVE && size <= LARGEST_CLASS ? size - header : size;
}

static void climb_append(double entries, int64_t slot, int64_t header, struct stair *stair)
{
	int64_t capacity = 0, size;

	do {
		const int64_t wanted = capacity == 0    ? 1
		                       : capacity < 256 ? 2 * capacity
		                                        : capacity + (capacity + 768) / 4;

		size = block_size(wanted * slot, header);
		capacity = room_of(size, header) / slot;
	} while (!is_top(stair, (struct step){size, (double)capacity, 1}, entries));
}

static void climb_buckets(double entries, int64_t slot, int64_t header, struct stair *stair)
{
	const int64_t bucket = 16 + GROUP_SLOTS * slot; /* tophash, overflow, entries */
	int64_t buckets = 1, size;

	do {
		buckets *= 2;
		size = block_size((buckets + (buckets >= 16 ? buckets / 16 : 0)) * bucket, header);
	} while (!is_top(stair, (struct step){size, 6.5 * (double)buckets, 1}, entries));
}

/* From the first full table on there are twice as many at each step, and half of them died. */
static void climb_tables(double entries, int64_t slot, int64_t header, struct stair *stair)
{
	const int64_t group = 8 + GROUP_SLOTS * slot;
	int64_t groups = 1;
	double tables = 1;
	struct step step;

	do {
		tables *= groups == GROUPS_MAX ? 2 : 1;
		groups *= groups == GROUPS_MAX ? 1 : 2;
		step.size = block_size(groups * group, header);
		step.room = 7.0 * (double)groups * tables;
		step.blocks = tables;
	} while (!is_top(stair, step, entries));
}

/* Entries are multiples of four bytes, but for sets of tiny numbers. Whole pages may be any. */
bool ll_keeper_is_table(int64_t size)
{
	const int64_t words = INT64_C(8) * GROUPS_MAX; /* control words of all groups */

	if (size > LARGEST_CLASS)
		return size % PAGE == 0;
	for (int64_t slot = 4; words * (1 + slot) <= size; slot += 4) {
		const int64_t bytes = words * (1 + slot);

		if (block_size(bytes, 0) == size || block_size(bytes, HEADER) == size)
			return true;
	}
	return false;
}

/* How common entries of these sizes are (rule 4). */
static const struct slot slice_slots[SLOTS] = {
	{8, 0.5},   {16, 0.18}, {24, 0.12}, {32, 0.06},
	{40, 0.04}, {48, 0.04}, {56, 0.03}, {64, 0.03},
};
static const struct slot map_slots[SLOTS] = {
	{8, 0.05},  {16, 0.35}, {24, 0.35}, {32, 0.1},
	{40, 0.05}, {48, 0.04}, {56, 0.03}, {64, 0.03},
};

static const struct kind kinds[] = {
	{"slice", "arrays of append", climb_append, 18, INT64_MAX, slice_slots},
	{"map", "arrays of buckets of a map before Go 1.24", climb_buckets, 0, 23, map_slots},
	{"map", "tables of a map since Go 1.24", climb_tables, 24, INT64_MAX, map_slots},
};

/* Over how many containers the entries are spread, and how common that is (rule 1). */
static const struct {
	double pieces, weight;
} spreads[] = {{1, 0.7}, {4, 0.08}, {16, 0.08}, {64, 0.07}, {256, 0.07}};

/* ------------------------------------------------------------------------ fit */

#define STRANGE      0.005 /* a block that the layout lacks, each (rule 2) */
#define ANY_SIZE     0.02  /* a size of blocks that are something else (rule 4) */
#define ANY_MORE     0.3   /* another block of that size */
#define ELSE_WEIGHT  0.5   /* that they are something else */
#define LEAST_SPREAD 0.17  /* of the number of entries (rule 3) */
#define LEAST_MU     1e-9
#define MOST_OBJECTS 1e12 /* more fit into no memory */
#define LEAST_SHARE  1e-6 /* of the weight of something else: less is nothing */

/* What the number of entries may be, of its estimate (rule 3). */
static const double shares[] = {0.5, 0.7, 0.85, 1, 1.18, 1.4, 2};

/* What is asked, handed through. */
struct question {
	const struct ll_keeper_block *blocks;
	size_t count;
	const struct ll_keeper_load *load;
	double chances[LL_COUNT(shares)];
	double most_entries;
	double floor; /* logarithm of the least weight that counts */
};

static double log_poisson(int64_t k, double mu)
{
	const double mean = mu > LEAST_MU ? mu : LEAST_MU;

	if (k == 0) /* most of them */
		return -mean;
	return (double)k * log(mean) - mean - lgamma((double)k + 1);
}

/* A sampled block of a size that the stair has, on the steps from `from` on. */
struct match {
	const struct ll_keeper_block *block;
	size_t from, until;
};

/*
 * A stair held against the blocks. What was not sampled costs as much as it was likely to be,
 * whether it lives or died, so that one sum up to each step serves every number of entries. Only
 * the few steps of a sampled size are asked one by one.
 */
struct fit {
	struct stair stair;
	double seen[STEPS_MAX];   /* blocks of the step that sampling sees, of one container */
	double unseen[STEPS_MAX]; /* sum up to the step of those of which none was */
	struct match matches[STEPS_MAX];
	size_t match_count;
	double strange; /* sampled blocks of sizes that the stair lacks */
};

/* Both blocks and steps are sorted by size. */
static void find_matches(const struct question *asked, struct fit *fit)
{
	const struct step *const steps = fit->stair.steps;
	size_t at = 0;

	fit->match_count = 0;
	fit->strange = 0;
	for (size_t i = 0; i < asked->count; i++) {
		struct match match = {.block = &asked->blocks[i]};

		while (at < fit->stair.count && steps[at].size < match.block->size)
			at++;
		match.from = at;
		while (at < fit->stair.count && steps[at].size == match.block->size)
			at++;
		match.until = at;
		if (match.from < match.until)
			fit->matches[fit->match_count++] = match;
		else
			fit->strange += (double)match.block->alloc_count;
	}
}

static void fit_stair(const struct question *asked, struct fit *fit)
{
	const double period = (double)asked->load->period;
	double unseen = 0;

	find_matches(asked, fit);
	for (size_t i = 0, m = 0; i < fit->stair.count; i++) {
		const struct step *const step = &fit->stair.steps[i];

		fit->seen[i] = step->size < LEAST_SIZE
		                       ? 0
		                       : step->blocks * -expm1(-(double)step->size / period);
		while (m < fit->match_count && fit->matches[m].until <= i)
			m++;
		if (m == fit->match_count || i < fit->matches[m].from)
			unseen += fit->seen[i];
		fit->unseen[i] = unseen;
	}
}

/* Logarithm of the chance of a block's samples when so many containers stand on step `top`. */
static double log_match(const struct fit *fit, const struct match *match, size_t top,
                        double containers)
{
	const struct ll_keeper_block *const block = match->block;
	double alive = 0, dead = 0;

	if (match->from > top)
		return (double)block->alloc_count * log(STRANGE);
	for (size_t i = match->from; i < match->until && i <= top; i++) {
		if (i == top)
			alive = fit->seen[i];
		else
			dead += fit->seen[i];
	}
	return log_poisson(block->alive, containers * alive) +
	       log_poisson(block->alloc_count - block->alive, containers * dead);
}

/*
 * Logarithm of the chance of such samples from containers that stand on step `top`. Each block can
 * only make it smaller: the rest is not asked once it is below the floor.
 */
static double log_fit(const struct question *asked, const struct fit *fit, size_t top,
                      double containers)
{
	double sum = fit->strange * log(STRANGE) - containers * fit->unseen[top];

	for (size_t i = fit->match_count; i-- > 0 && sum >= asked->floor;)
		sum += log_match(fit, &fit->matches[i], top, containers);
	return sum;
}

static double else_weight(const struct ll_keeper_block *blocks, size_t count)
{
	double sum = log(ELSE_WEIGHT);

	for (size_t i = 0; i < count; i++)
		sum += log(ANY_SIZE) + (double)(blocks[i].alloc_count - 1) * log(ANY_MORE);
	return exp(sum);
}

/* Rule 3: how likely each share of the estimate is the true number; together 1. */
static void weigh_shares(int64_t samples, double *ret_chances)
{
	const double spread = fmax(1 / sqrt((double)samples), LEAST_SPREAD);
	double all = 0;

	for (size_t i = 0; i < LL_COUNT(shares); i++) {
		const double off = log(shares[i]) / spread;

		ret_chances[i] = exp(-0.5 * off * off);
		all += ret_chances[i];
	}
	for (size_t i = 0; i < LL_COUNT(shares); i++)
		ret_chances[i] /= all;
}

struct best {
	double weight;
	const struct kind *kind;
	int64_t slot;
};

/* The chance of such samples from `pieces` containers, over what the number of entries may be. */
static double weigh(const struct question *asked, const struct fit *fit, double pieces)
{
	const double objects = fmin((double)asked->load->objects, MOST_OBJECTS);
	const double containers = pieces * (double)asked->load->lives;
	double sum = 0;
	size_t top = 0;

	for (size_t i = 0; i < LL_COUNT(shares); i++) {
		const double entries = objects * shares[i] / pieces;

		while (top + 1 < fit->stair.count && fit->stair.steps[top].room < entries)
			top++;
		sum += asked->chances[i] * exp(log_fit(asked, fit, top, containers));
	}
	return sum;
}

static bool exists(const struct kind *kind, const struct ll_keeper_load *load)
{
	return (load->newest_go == 0 || load->newest_go >= kind->from_go) &&
	       (load->oldest_go == 0 || load->oldest_go <= kind->until_go);
}

/* Entries of one size, over all spreads. The steps of one climb serve all of them. */
static double weigh_slot(const struct question *asked, const struct kind *kind,
                         const struct slot *slot, struct best *best)
{
	static const int64_t headers[] = {0, HEADER};
	const struct ll_keeper_load *const load = asked->load;
	const size_t layouts = load->newest_go != 0 && load->newest_go < 22 ? 1 : 2;
	double weights[LL_COUNT(spreads)] = {0}, sum = 0;

	for (size_t i = 0; i < layouts; i++) {
		struct fit fit = {.stair = {.count = 0}};

		kind->climb(asked->most_entries, slot->bytes, headers[i], &fit.stair);
		fit_stair(asked, &fit);
		for (size_t k = 0; k < LL_COUNT(spreads); k++)
			weights[k] += slot->weight * spreads[k].weight / (double)layouts *
			              weigh(asked, &fit, spreads[k].pieces);
	}
	for (size_t k = 0; k < LL_COUNT(spreads); k++) {
		sum += weights[k];
		if (weights[k] > best->weight)
			*best = (struct best){weights[k], kind, slot->bytes};
	}
	return sum;
}

static double weigh_kind(const struct question *asked, const struct kind *kind, struct best *best)
{
	double sum = 0;

	for (size_t i = 0; i < SLOTS; i++)
		sum += weigh_slot(asked, kind, &kind->slots[i], best);
	return sum;
}

/* ---------------------------------------------------------------------- words */

static void put_sizes(const struct ll_keeper_block *blocks, size_t count, char *text, size_t room)
{
	size_t used = 0;

	for (size_t i = 0; i < count && used < room; i++) {
		const int wrote = snprintf(text + used, room - used, "%s%" PRId64,
		                           i == 0           ? ""
		                           : i + 1 == count ? " and "
		                                            : ", ",
		                           blocks[i].size);

		used += wrote > 0 ? (size_t)wrote : 0;
	}
}

static int by_size(const void *a, const void *b)
{
	const struct ll_keeper_block *const left = a;
	const struct ll_keeper_block *const right = b;

	return (left->size > right->size) - (left->size < right->size);
}

/* Those that say something, sorted, to the front. */
static size_t choose_blocks(struct ll_keeper_block *blocks, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (blocks[i].size >= LEAST_SIZE && blocks[i].alloc_count > 0 &&
		    blocks[i].alive <= blocks[i].alloc_count)
			blocks[kept++] = blocks[i];
	}
	qsort(blocks, kept, sizeof *blocks, by_size);
	return kept;
}

void ll_keeper_judge(struct ll_keeper_block *blocks, size_t count,
                     const struct ll_keeper_load *load, struct ll_keeper *ret_keeper)
{
	const size_t kept = count > 0 ? choose_blocks(blocks, count) : 0;
	struct question asked = {.blocks = blocks, .count = kept, .load = load};
	struct best best = {0};
	double all, of_class = 0, weights[LL_COUNT(kinds)] = {0};
	char sizes[80];

	*ret_keeper = (struct ll_keeper){0};
	if (kept == 0)
		return;
	all = else_weight(blocks, kept);
	asked.floor = log(all * LEAST_SHARE);
	asked.most_entries =
		fmin((double)load->objects, MOST_OBJECTS) * shares[LL_COUNT(shares) - 1];
	weigh_shares(load->samples, asked.chances);
	for (size_t i = 0; i < LL_COUNT(kinds); i++) {
		if (exists(&kinds[i], load))
			weights[i] = weigh_kind(&asked, &kinds[i], &best);
		all += weights[i];
	}
	if (!best.kind || !(all > 0))
		return;
	for (size_t i = 0; i < LL_COUNT(kinds); i++)
		of_class +=
			strcmp(kinds[i].class_name, best.kind->class_name) == 0 ? weights[i] : 0;
	put_sizes(blocks, kept, sizes, sizeof sizes);
	ret_keeper->class_name = best.kind->class_name;
	ret_keeper->certainty = of_class / all;
	ret_keeper->slot = best.slot;
	(void)snprintf(ret_keeper->why, sizeof ret_keeper->why,
	               "blocks of %s bytes, the sizes of %s with entries of %" PRId64 " bytes",
	               sizes, best.kind->noun, best.slot);
}
