/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ladder.c - see ladder.h. Sizes follow from how Go's runtime grows its containers (formats.md
 * 2.5).
 *
 * The first rule that holds decides.
 *
 *   1  Too little: nothing gained, or fewer than three sampled objects in use. No votes. But an
 *      object of half a MiB is not missed by sampling: one of those, with five dead ones seen
 *      before it, is a container that grew, and so are four sizes of those.
 *   2  Append: at least four sizes of 1 KiB or more, none within 15 % of the next, at least three
 *      steps of 1.15 to 1.65, and at least half as many dead objects as living ones. A slice's
 *      capacity grows by a factor that falls from 2 to 1.25; each old array dies. -> slice
 *   3  Bucket arrays: sizes of 8 KiB or more that double (1.88 to 2.1) at least once, most of them
 *      dead, or one large array that is a power of two, with a sixteenth on top, of a small size
 *      that lives too. Maps before Go 1.24 keep one array of 2^B buckets, and from B = 4 on a
 *      sixteenth of overflow buckets behind them. A bucket has 16 + 64 n bytes, and a
 *      seventeenth of it on top is no power of two either: two sizes that are, are a slice's.
 *      -> map
 *      Or single buckets that died beside pairs of them that live: many small maps. -> map
 *   4  Tables: one size of at least 9 KiB makes up most of the growth, and about two of it were
 *      allocated for each that lives. Maps since Go 1.24 split a full table into two new ones of
 *      the same size; smaller tables on the way up are halves of it. 128 groups of eight slots and
 *      a control word are no power of two: a block of 16 KiB is a buffer of which half is kept.
 *      -> map
 *   5  Doubling: three steps and more of 1.4 to 2.1 between the sizes seen, the lower ones mostly
 *      dead, a quarter and more of the upper two alive. Many small slices that grow by append at
 *      one line; one by one they are too small for rule 2. Where the upper ones went as well it is
 *      the work of buffers that are made and dropped. -> slice
 *      Or what is no bucket (tophash, overflow and eight entries are 16 + 64 n bytes) and died
 *      beside what is twice as large and lives. -> slice
 *   6  Channels: objects of 96 or 112 bytes (the channel) beside one other size (its buffer), all
 *      alive. -> channel; without a buffer rather object
 *   7  8 KiB and more, all alive: rather an array behind a slice than a struct. -> slice,
 *      channel or object. Where many of one such size have gone, no channel's: those stay. -> slice
 *   8  One size, all alive: neither a map nor an append. -> object, channel, closure or slice
 *      A channel has 96 bytes at least. And where that size is the one of a bucket, or since
 *      Go 1.24 of a group, of eight entries of whole words, each may be a small map's. -> map
 *   9  Many sizes alive: what is as long as its contents. Buffers of a page and more are slices,
 *      of which little may be needed; what is shorter are strings and the like. -> slice, object
 */
#include "ladder.h"

#include "keeper.h"

#include <leakledger/units.h>

#include <inttypes.h>

enum {
	MIN_LIVE_SAMPLES = 3,
	MIN_ALL_SAMPLES = 6,
	MIN_SURE_SIZES = 4,
	BUFFER_SIZE = 4096,
	BIG_SIZE = 8192,    /* structs are hardly ever as large */
	SURE_SIZE = 524288, /* the rate at which Go samples, unless it is told otherwise */
	MIN_RUNGS = 4,
	MIN_STEPS = 3,
	RUNG_SIZE = 1024,
	ARRAY_SIZE = 8192,
	CHANNEL_SIZE = 96, /* of one without a buffer */
	TABLE_SIZE = 9216, /* 128 groups of 8 slots of at least 8 bytes, and control words */
};

struct facts {
	const struct ll_block *blocks;
	size_t count;
	int64_t live_samples, all_samples;
	double gained;                   /* bytes, over sizes that gained */
	const struct ll_block *dominant; /* gained most */
	double dominant_share;
	size_t gaining_sizes;
	size_t sure_sizes; /* that sampling does not miss */
};

static int by_size(const void *a, const void *b)
{
	const struct ll_block *const left = a;
	const struct ll_block *const right = b;

	return (left->size > right->size) - (left->size < right->size);
}

static double gain_of(const struct ll_block *block)
{
	const double gained = (double)(block->last_objects - block->first_objects);

	return gained > 0 ? gained * (double)block->size : 0;
}

static struct facts gather(const struct ll_block *blocks, size_t count)
{
	struct facts facts = {.blocks = blocks, .count = count};
	double most = 0;

	for (size_t i = 0; i < count; i++) {
		const double gained = gain_of(&blocks[i]);

		facts.live_samples += blocks[i].last_count;
		facts.all_samples += blocks[i].alloc_count;
		facts.gained += gained;
		facts.gaining_sizes += gained > 0;
		facts.sure_sizes += blocks[i].size >= SURE_SIZE && blocks[i].alloc_count > 0;
		if (gained > most) {
			most = gained;
			facts.dominant = &blocks[i];
		}
	}
	facts.dominant_share = facts.gained > 0 ? most / facts.gained : 0;
	return facts;
}

static void vote(struct ll_ladder *ladder, const char *class_name, double strength)
{
	ladder->votes[ladder->vote_count++] =
		(struct ll_ladder_vote){.class_name = class_name, .strength = strength};
}

static double ratio(const struct ll_block *low, const struct ll_block *high)
{
	return (double)high->size / (double)low->size;
}

/* How many sampled objects were ever allocated for each that lives. */
static double turnover(const struct ll_block *block)
{
	return block->last_count > 0 ? (double)block->alloc_count / (double)block->last_count : 1e9;
}

/* Rule 1. */
static bool is_enough(const struct facts *facts)
{
	if (!facts->dominant)
		return false;
	return facts->live_samples >= MIN_LIVE_SAMPLES ||
	       (facts->dominant->size >= SURE_SIZE &&
	        (facts->all_samples >= MIN_ALL_SAMPLES || facts->sure_sizes >= MIN_SURE_SIZES));
}

/* ----------------------------------------------------------------------- rules */

static bool is_append(const struct facts *facts, struct ll_ladder *ladder)
{
	const struct ll_block *last = NULL;
	size_t rungs = 0, steps = 0;

	for (size_t i = 0; i < facts->count; i++) {
		const struct ll_block *const block = &facts->blocks[i];
		const double step = last ? ratio(last, block) : 0;

		if (block->size < RUNG_SIZE || block->alloc_count == 0)
			continue;
		if (last && step < 1.15)
			return false;
		steps += step >= 1.15 && step <= 1.65;
		rungs++;
		last = block;
	}
	if (rungs < MIN_RUNGS || steps < MIN_STEPS ||
	    facts->all_samples * 2 < facts->live_samples * 3)
		return false;
	vote(ladder, "slice", 0.85);
	ladder->rule = "append";
	(void)snprintf(
		ladder->why, sizeof ladder->why,
		"sizes form the ladder of append: %zu rungs, each some 1.25 to 1.6 times the "
		"one below, most of them already dead",
		rungs);
	return true;
}

static bool is_power_of_two(int64_t size)
{
	return size > 0 && (size & (size - 1)) == 0;
}

/* Pairs of array sizes of which one is twice the other, and that buckets can have (rule 3). */
static size_t doublings(const struct facts *facts)
{
	size_t pairs = 0;

	for (size_t i = 0; i < facts->count; i++) {
		for (size_t k = i + 1; k < facts->count && facts->blocks[i].size >= ARRAY_SIZE;
		     k++) {
			const double step = ratio(&facts->blocks[i], &facts->blocks[k]);

			if (is_power_of_two(facts->blocks[i].size) &&
			    is_power_of_two(facts->blocks[k].size))
				continue;
			pairs += step >= 1.88 && step <= 2.1 && facts->blocks[i].alloc_count > 0 &&
			         facts->blocks[k].alloc_count > 0;
		}
	}
	return pairs;
}

/*
 * True when `array` holds 2^B buckets of `bucket` bytes and a sixteenth more, rounded to size
 * classes.
 */
static bool is_array_of(const struct ll_block *array, const struct ll_block *bucket)
{
	double buckets = (double)array->size / (1.0625 * (double)bucket->size);

	while (buckets >= 2)
		buckets /= 2;
	/*
	 * A bucket may be up to an eighth smaller than its size class; the array is rounded to
	 * pages.
	 */
	return buckets >= 1.75 || buckets <= 1 + 8192.0 / (double)array->size;
}

static const struct ll_block *largest_array(const struct facts *facts)
{
	const struct ll_block *const last = &facts->blocks[facts->count - 1];

	return last->size >= INT64_C(8) * ARRAY_SIZE && last->last_count > 0 &&
	                       last->last_count <= 4
	               ? last
	               : NULL;
}

/*
 * Maps of nine entries and more, one for each of many things: single buckets of
 * 8 (key + value) + 16 bytes that died, and pairs of them that live. Words of 8 bytes make the sum
 * a multiple of 64.
 */
/* The size of a bucket whose entries fill whole words; there is none without entries. */
static bool is_bucket(int64_t size)
{
	return size > 16 && size % 64 == 16;
}

/* Half of the dominant size, mostly dead beside it; NULL when there is none. */
static const struct ll_block *dead_half(const struct facts *facts)
{
	const struct ll_block *const whole = facts->dominant;

	if (facts->dominant_share < 0.8 || turnover(whole) > 1.4)
		return NULL;
	for (size_t i = 0; i < facts->count; i++) {
		const struct ll_block *const half = &facts->blocks[i];

		if (half->size * 2 == whole->size && half->alloc_count > 0 &&
		    half->last_count * 3 <= half->alloc_count)
			return half;
	}
	return NULL;
}

static bool is_small_maps(const struct facts *facts, struct ll_ladder *ladder)
{
	const struct ll_block *const single = dead_half(facts);

	if (!single || !is_bucket(single->size))
		return false;
	vote(ladder, "map", 0.55);
	vote(ladder, "slice", 0.3);
	ladder->rule = "small-maps";
	(void)snprintf(ladder->why, sizeof ladder->why,
	               "pairs of buckets of %" PRId64
	               " bytes, the single ones dead: small maps as Go made them before 1.24",
	               single->size);
	return true;
}

static bool is_small_slices(const struct facts *facts, struct ll_ladder *ladder)
{
	const struct ll_block *const half = dead_half(facts);

	if (!half || half->alloc_count < 2)
		return false;
	vote(ladder, "slice", 0.5);
	vote(ladder, "object", 0.25);
	ladder->rule = "small-slices";
	(void)snprintf(ladder->why, sizeof ladder->why,
	               "objects of %" PRId64 " bytes died beside ones twice as large that live: "
	               "small slices that grew by append",
	               half->size);
	return true;
}

static bool is_bucket_map(const struct facts *facts, struct ll_ladder *ladder)
{
	const size_t pairs = doublings(facts);
	const struct ll_block *const array = largest_array(facts);
	const struct ll_block *bucket = NULL;

	for (size_t i = 0; array && i < facts->count && facts->blocks[i].size <= 2048; i++) {
		if (facts->blocks[i].last_count > 0 && facts->blocks[i].size >= 32 &&
		    is_array_of(array, &facts->blocks[i]))
			bucket = &facts->blocks[i];
	}
	if (pairs == 0 && !bucket)
		return false;
	if (facts->gaining_sizes > 6 && !bucket)
		return false;
	vote(ladder, "map", bucket || pairs >= 2 ? 0.8 : 0.6);
	ladder->rule = "bucket-map";
	if (bucket)
		(void)snprintf(ladder->why, sizeof ladder->why,
		               "one array of %" PRId64 " bytes and single buckets of %" PRId64
		               ": a map as Go made them before 1.24",
		               array->size, bucket->size);
	else
		(void)snprintf(
			ladder->why, sizeof ladder->why,
			"array sizes double: the buckets of a map as Go made them before 1.24");
	return true;
}

/* A size that was seen and is about `part` of the table's, give or take its rounding. */
static bool has_part(const struct facts *facts, double table, double part)
{
	for (size_t i = 0; i < facts->count; i++) {
		const double size = (double)facts->blocks[i].size;

		if (facts->blocks[i].alloc_count > 0 && size > 0.8 * part * table &&
		    size <= 1.14 * part * table)
			return true;
	}
	return false;
}

static bool is_table_map(const struct facts *facts, struct ll_ladder *ladder)
{
	const struct ll_block *const table = facts->dominant;
	const double made = turnover(table);
	bool has_halves;

	if (table->size < TABLE_SIZE || facts->dominant_share < 0.6 || table->alloc_count < 6 ||
	    made < 1.5 || made > 3.2 || !ll_keeper_is_table(table->size))
		return false;
	has_halves = has_part(facts, (double)table->size, 0.5) ||
	             has_part(facts, (double)table->size, 0.125);
	vote(ladder, "map", has_halves ? 0.8 : 0.65);
	vote(ladder, "slice", 0.2);
	ladder->rule = "table-map";
	(void)snprintf(ladder->why, sizeof ladder->why,
	               "tables of %" PRId64 " bytes, %.1f made for each that lives%s: a map as Go "
	               "makes them since 1.24",
	               table->size, made, has_halves ? ", and halves of them" : "");
	return true;
}

/* Steps of 1.4 to 2.1 from one size that was seen to the next; 0 when two lie closer. */
static size_t doubling_steps(const struct facts *facts)
{
	const struct ll_block *last = NULL;
	size_t steps = 0;

	for (size_t i = 0; i < facts->count; i++) {
		const struct ll_block *const block = &facts->blocks[i];
		const double step = last ? ratio(last, block) : 0;

		if (block->alloc_count == 0)
			continue;
		if (last && step < 1.4)
			return 0;
		steps += step <= 2.1 && last != NULL;
		last = block;
	}
	return steps;
}

static bool is_doubling(const struct facts *facts, struct ll_ladder *ladder)
{
	int64_t lower_live = 0, lower_all = 0, upper_live = 0, upper_all = 0;

	if (doubling_steps(facts) < MIN_STEPS)
		return false;
	for (size_t i = 0; i < facts->count; i++) {
		const bool is_lower = i + 2 < facts->count;

		*(is_lower ? &lower_live : &upper_live) += facts->blocks[i].last_count;
		*(is_lower ? &lower_all : &upper_all) += facts->blocks[i].alloc_count;
	}
	if (lower_all < MIN_LIVE_SAMPLES || lower_live * 3 > lower_all ||
	    upper_live * 4 < upper_all)
		return false;
	vote(ladder, "slice", 0.6);
	vote(ladder, "map", 0.2);
	ladder->rule = "doubling";
	(void)snprintf(
		ladder->why, sizeof ladder->why,
		"%zu sizes, each up to twice the one below, the lower ones dead: slices that "
		"grow by append",
		facts->count);
	return true;
}

static bool is_channel(const struct facts *facts, struct ll_ladder *ladder)
{
	const struct ll_block *base = NULL;
	size_t others = 0;

	for (size_t i = 0; i < facts->count; i++) {
		if (facts->blocks[i].last_count == 0)
			continue;
		if (facts->blocks[i].size == 96 || facts->blocks[i].size == 112)
			base = &facts->blocks[i];
		else
			others++;
	}
	if (!base || others > 1 || turnover(base) > 1.5 || turnover(facts->dominant) > 1.5)
		return false;
	/* Alone it is as likely one of the many structs of that size. */
	vote(ladder, "channel", others == 1 ? 0.6 : 0.3);
	vote(ladder, "object", others == 1 ? 0.3 : 0.35);
	ladder->rule = "channel";
	(void)snprintf(ladder->why, sizeof ladder->why,
	               "objects of %" PRId64 " bytes%s, all alive: the size of a channel%s",
	               base->size, others == 1 ? " beside one other size" : "",
	               others == 1 ? " and its buffer" : ", and of many a struct");
	return true;
}

/* Buffers that are made all the time, of which some are kept. */
static bool is_big_passing(const struct facts *facts, struct ll_ladder *ladder)
{
	if (facts->dominant_share < 0.8)
		return false;
	vote(ladder, "slice", 0.35);
	vote(ladder, "object", 0.2);
	ladder->rule = "big";
	(void)snprintf(ladder->why, sizeof ladder->why,
	               "blocks of %" PRId64
	               " bytes, of which many went: as large as buffers are, and hardly any struct",
	               facts->dominant->size);
	return true;
}

static bool is_big(const struct facts *facts, struct ll_ladder *ladder)
{
	int64_t live = 0, all = 0;
	double gained = 0;

	for (size_t i = 0; i < facts->count; i++) {
		if (facts->blocks[i].size < BIG_SIZE)
			continue;
		gained += gain_of(&facts->blocks[i]);
		live += facts->blocks[i].last_count;
		all += facts->blocks[i].alloc_count;
	}
	if (gained < 0.8 * facts->gained)
		return false;
	if (all * 10 > live * 14)
		return is_big_passing(facts, ladder);
	vote(ladder, "slice", 0.35);
	vote(ladder, "channel", 0.3);
	vote(ladder, "object", 0.25);
	ladder->rule = "big";
	(void)snprintf(ladder->why, sizeof ladder->why,
	               "blocks of %" PRId64
	               " bytes and the like, nearly all alive: as large as arrays are, and hardly "
	               "any struct",
	               facts->dominant->size);
	return true;
}

/*
 * True of the size classes into which a bucket (16 + 64 n bytes) and a group (8 + 64 n bytes) of
 * eight entries of n words both fall, from one word to eight.
 */
static bool has_eight_entries(int64_t size)
{
	static const int64_t sizes[] = {80, 144, 208, 288, 352, 416, 480, 576};

	for (size_t i = 0; i < LL_COUNT(sizes); i++) {
		if (sizes[i] == size)
			return true;
	}
	return false;
}

static bool is_one_size(const struct facts *facts, struct ll_ladder *ladder)
{
	const struct ll_block *const block = facts->dominant;
	const bool is_map = has_eight_entries(block->size);

	if (facts->dominant_share < 0.8 || turnover(block) > 1.4)
		return false;
	vote(ladder, "object", 0.35);
	if (is_map)
		vote(ladder, "map", 0.3);
	else if (block->size >= CHANNEL_SIZE)
		vote(ladder, "channel", 0.3);
	vote(ladder, "closure", 0.25);
	vote(ladder, "slice", 0.2);
	if (is_map && block->size >= CHANNEL_SIZE)
		vote(ladder, "channel", 0.15);
	ladder->rule = "one-size";
	(void)snprintf(ladder->why, sizeof ladder->why,
	               "objects of %" PRId64
	               " bytes, and nearly all that were made live: no map that grew and no append",
	               block->size);
	return true;
}

static bool is_many_sizes(const struct facts *facts, struct ll_ladder *ladder)
{
	double of_buffers = 0;

	if (facts->gaining_sizes < 5)
		return false;
	for (size_t i = 0; i < facts->count; i++)
		of_buffers += facts->blocks[i].size >= BUFFER_SIZE ? gain_of(&facts->blocks[i]) : 0;
	if (of_buffers >= 0.5 * facts->gained) {
		vote(ladder, "slice", 0.5);
		vote(ladder, "object", 0.3);
	} else {
		vote(ladder, "object", 0.4);
		vote(ladder, "slice", 0.35);
	}
	ladder->rule = "many-sizes";
	(void)snprintf(
		ladder->why, sizeof ladder->why,
		"%zu sizes live side by side: as long as their contents, so slices or strings",
		facts->gaining_sizes);
	return true;
}

void ll_ladder_judge(struct ll_block *blocks, size_t count, struct ll_ladder *ret_ladder)
{
	static bool (*const rules[])(const struct facts *, struct ll_ladder *) = {
		is_append,       is_bucket_map, is_small_maps, is_table_map, is_doubling,
		is_small_slices, is_channel,    is_big,        is_one_size,  is_many_sizes,
	};
	struct facts facts;

	*ret_ladder = (struct ll_ladder){.rule = "none"};
	if (count == 0)
		return;
	qsort(blocks, count, sizeof *blocks, by_size);
	facts = gather(blocks, count);
	if (!is_enough(&facts))
		return;
	for (size_t i = 0; i < LL_COUNT(rules); i++) {
		if (rules[i](&facts, ret_ladder))
			return;
	}
}
