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
 *      of them live: its rungs. An array of append dies when the next is made, its last lives. So
 *      does an array of buckets (maps before Go 1.24; a sixteenth of overflow buckets from 16
 *      buckets on). Tables of later maps have up to 128 groups of eight slots and a word; a full
 *      one of those is split into two new.
 *   2  A block is sampled by chance, 1 - e^(-size / period); the number of samples of a rung is
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
	RUNGS_MAX = 64,
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

struct rung {
	int64_t size;
	double alive, dead; /* blocks in one container */
};

struct ladder {
	struct rung rungs[RUNGS_MAX];
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
	/* The rungs of one container of `entries`, each of `slot` bytes. */
	void (*climb)(double entries, int64_t slot, int64_t header, struct ladder *ladder);
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

static void add_rung(struct ladder *ladder, int64_t size, double alive, double dead)
{
	struct rung *const last = ladder->count > 0 ? &ladder->rungs[ladder->count - 1] : NULL;

	if (size < LEAST_SIZE)
		return;
	if (last && last->size == size) {
		last->alive += alive;
		last->dead += dead;
	} else if (ladder->count < RUNGS_MAX) {
		ladder->rungs[ladder->count++] =
			(struct rung){.size = size, .alive = alive, .dead = dead};
	}
}

/* ------------------------------------------------------------------- layouts */

/* Bytes that an array of this block can use. */
static int64_t room_of(int64_t size, int64_t header)
{
	return size > HEADER_ABOVE && size <= LARGEST_CLASS ? size - header : size;
}

static void climb_append(double entries, int64_t slot, int64_t header, struct ladder *ladder)
{
	int64_t capacity = 0;

	while ((double)capacity < entries) {
		const int64_t wanted = capacity == 0    ? 1
		                       : capacity < 256 ? 2 * capacity
		                                        : capacity + (capacity + 768) / 4;
		const int64_t size = block_size(wanted * slot, header);

		capacity = room_of(size, header) / slot;
		if ((double)capacity < entries)
			add_rung(ladder, size, 0, 1);
		else
			add_rung(ladder, size, 1, 0);
	}
}

static void climb_buckets(double entries, int64_t slot, int64_t header, struct ladder *ladder)
{
	const int64_t bucket = 16 + GROUP_SLOTS * slot; /* tophash, overflow, entries */

	for (int64_t buckets = 2;; buckets *= 2) {
		const int64_t spare = buckets >= 16 ? buckets / 16 : 0;
		const bool is_last = entries <= 6.5 * (double)buckets;

		add_rung(ladder, block_size((buckets + spare) * bucket, header), is_last, !is_last);
		if (is_last)
			return;
	}
}

static void climb_tables(double entries, int64_t slot, int64_t header, struct ladder *ladder)
{
	const int64_t group = 8 + GROUP_SLOTS * slot;
	double tables = 1;

	for (int64_t groups = 2; groups < GROUPS_MAX; groups *= 2) {
		const bool is_last = entries <= 7.0 * (double)groups;

		add_rung(ladder, block_size(groups * group, header), is_last, !is_last);
		if (is_last)
			return;
	}
	while (tables * 7.0 * GROUPS_MAX < entries)
		tables *= 2;
	add_rung(ladder, block_size(GROUPS_MAX * group, header), tables, tables - 1);
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

/* What is asked, handed through. */
struct question {
	const struct ll_keeper_block *blocks;
	size_t count;
	const struct ll_keeper_load *load;
	double floor; /* logarithm of the least weight that counts */
};

static double log_poisson(int64_t k, double mu)
{
	const double mean = mu > LEAST_MU ? mu : LEAST_MU;

	if (k == 0) /* nearly all rungs */
		return -mean;
	return (double)k * log(mean) - mean - lgamma((double)k + 1);
}

static const struct ll_keeper_block *find_size(const struct ll_keeper_block *blocks, size_t count,
                                               int64_t size)
{
	for (size_t i = 0; i < count; i++) {
		if (blocks[i].size == size)
			return &blocks[i];
	}
	return NULL;
}

/* Sampled blocks whose size the ladder lacks. */
static double count_strange(const struct question *asked, const struct ladder *ladder)
{
	double strange = 0;

	for (size_t i = 0; i < asked->count; i++)
		strange += (double)asked->blocks[i].alloc_count;
	for (size_t i = 0; i < ladder->count; i++) {
		const struct ll_keeper_block *const block =
			find_size(asked->blocks, asked->count, ladder->rungs[i].size);

		strange -= block ? (double)block->alloc_count : 0;
	}
	return strange;
}

/*
 * Logarithm of the chance of such samples; `containers` have this ladder each. Each rung can only
 * make it smaller, the largest most: the rest is not asked once it is below the floor.
 */
static double log_fit(const struct question *asked, const struct ladder *ladder, double containers)
{
	double sum = count_strange(asked, ladder) * log(STRANGE);

	for (size_t i = ladder->count; i-- > 0 && sum >= asked->floor;) {
		const struct rung *const rung = &ladder->rungs[i];
		const struct ll_keeper_block *const block =
			find_size(asked->blocks, asked->count, rung->size);
		const int64_t alive = block ? block->alive : 0;
		const int64_t dead = block ? block->alloc_count - alive : 0;
		const double seen =
			containers * -expm1(-(double)rung->size / (double)asked->load->period);

		sum += log_poisson(alive, rung->alive * seen) +
		       log_poisson(dead, rung->dead * seen);
	}
	return sum;
}

static double else_weight(const struct ll_keeper_block *blocks, size_t count)
{
	double sum = log(ELSE_WEIGHT);

	for (size_t i = 0; i < count; i++)
		sum += log(ANY_SIZE) + (double)(blocks[i].alloc_count - 1) * log(ANY_MORE);
	return exp(sum);
}

/* Rule 3: how likely this share of the estimate is the true number. */
static double share_weight(double share, int64_t samples)
{
	const double spread = fmax(1 / sqrt((double)samples), LEAST_SPREAD);
	const double off = log(share) / spread;

	return exp(-0.5 * off * off);
}

struct best {
	double weight;
	const struct kind *kind;
	int64_t slot;
};

/* The weight of one kind, entry and spread, over what the number of entries may be. */
static double weigh(const struct question *asked, const struct kind *kind, int64_t slot,
                    double pieces)
{
	const struct ll_keeper_load *const load = asked->load;
	static const double shares[] = {0.5, 0.7, 0.85, 1, 1.18, 1.4, 2};
	const int64_t headers[] = {0, HEADER};
	const size_t layouts = load->newest_go != 0 && load->newest_go < 22 ? 1 : 2;
	const double objects = fmin((double)load->objects, MOST_OBJECTS);
	double sum = 0, all = 0;

	for (size_t i = 0; i < LL_COUNT(shares); i++) {
		const double entries = objects * shares[i] / pieces;
		const double chance = share_weight(shares[i], load->samples);

		all += chance;
		for (size_t k = 0; k < layouts; k++) {
			struct ladder ladder = {.count = 0};

			kind->climb(entries, slot, headers[k], &ladder);
			sum += chance / (double)layouts *
			       exp(log_fit(asked, &ladder, pieces * (double)load->lives));
		}
	}
	return sum / all;
}

static bool exists(const struct kind *kind, const struct ll_keeper_load *load)
{
	return (load->newest_go == 0 || load->newest_go >= kind->from_go) &&
	       (load->oldest_go == 0 || load->oldest_go <= kind->until_go);
}

static double weigh_kind(const struct question *asked, const struct kind *kind, struct best *best)
{
	double sum = 0;

	for (size_t i = 0; i < SLOTS; i++) {
		for (size_t k = 0; k < LL_COUNT(spreads); k++) {
			const double weight =
				kind->slots[i].weight * spreads[k].weight *
				weigh(asked, kind, kind->slots[i].bytes, spreads[k].pieces);

			sum += weight;
			if (weight > best->weight)
				*best = (struct best){weight, kind, kind->slots[i].bytes};
		}
	}
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
