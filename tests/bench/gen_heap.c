/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gen_heap.c - heap profiles as Go's runtime writes them, of made-up services over time.
 *
 * What makes a heap profile cheap or dear to read is kept like the real ones (reference values are
 * of 2,000 profiles of 20 services): stacks share their outer frames and are some 24 deep; a
 * quarter of the samples differ from a neighbour only in the size of their objects; a tenth have
 * bytes in use; more than half are the same as in the capture before. Locations and functions stand
 * between the samples that first need them, names come last, ids count up in the order of use, and
 * fields have the order of runtime/pprof's proto.go: a sample's values before its locations, a
 * location's mapping behind its lines.
 *
 * A service has sites of five kinds:
 *     passing    allocates now and then, keeps nothing        nine of ten
 *     steady     keeps what it took in the first captures
 *     sawtooth   fills and is emptied
 *     growing    a leak
 *     late       shows up only after some captures; of any kind above
 * Every third process is restarted half way: its counts begin again.
 */
#include "gen.h"

#include <leakledger/hash.h>

#include <inttypes.h>
#include <math.h>

enum {
	DEPTH_MIN = 9,
	DEPTH_SPREAD = 31,
	SIZES_MAX = 3,
	LINES_PER_FUNCTION = 7,
	PERIOD = 524288,
	CONTENT_MAX = 64 * 1024 * 1024,
};

#define FIRST_CAPTURE INT64_C(1767225600) /* 2026-01-01T00:00:00Z */

enum course {
	PASSING,
	STEADY,
	SAWTOOTH,
	GROWING,
};

/* One (stack, size of object). */
struct site {
	uint32_t stack;
	int64_t block_size;
	enum course course;
	uint32_t first_capture;
	double factor;
	/* of the process that is being written */
	int64_t allocated, in_use;
};

struct stack {
	uint32_t first, depth; /* lines, leaf first */
};

struct service {
	const struct gen_shape *shape;
	char name[32];
	uint32_t lines, functions;
	struct ll_vec stacks; /* struct stack */
	struct ll_vec frames; /* uint32_t */
	struct ll_vec sites;  /* struct site */
};

/* The profile being written: numbers given so far. */
struct writer {
	const struct service *service;
	struct ll_buf out, message, inner, strings;
	uint32_t *location_ids, *function_ids, *function_names;
	uint32_t next_location, next_function, next_string;
};

/* ------------------------------------------------------------------- a service */

static void push_frame(struct service *service, uint32_t line)
{
	*(uint32_t *)ll_vec_push(&service->frames, sizeof line) = line;
}

/*
 * A new stack takes over the outer frames of an earlier one and goes its own way from there; each
 * line calls one of three others.
 */
static void add_stack(struct service *service, struct gen_random *random)
{
	const uint32_t depth = DEPTH_MIN + gen_below(random, DEPTH_SPREAD);
	struct stack stack = {.first = (uint32_t)service->frames.count, .depth = depth};
	uint32_t shared = 0, line = 0;
	uint32_t *own;

	ll_vec_reserve(&service->frames, service->frames.count + depth, sizeof line);
	for (uint32_t i = 0; i < depth; i++)
		push_frame(service, 0);
	own = (uint32_t *)service->frames.items + stack.first;
	if (service->stacks.count > 0) {
		const struct stack *const other =
			(const struct stack *)service->stacks.items +
			gen_below(random, (uint32_t)service->stacks.count);
		const uint32_t *const frames =
			(const uint32_t *)service->frames.items + other->first;

		shared = 3 + gen_below(random, other->depth);
		shared = shared > other->depth ? other->depth : shared;
		shared = shared >= depth ? depth - 1 : shared;
		for (uint32_t i = 0; i < shared; i++)
			own[depth - 1 - i] = frames[other->depth - 1 - i];
		line = own[depth - shared];
	}
	for (uint32_t i = shared; i < depth; i++) {
		line = (line * 2654435761U + gen_below(random, 3) * 40503U + 1) % service->lines;
		own[depth - 1 - i] = line;
	}
	*(struct stack *)ll_vec_push(&service->stacks, sizeof stack) = stack;
}

static enum course choose_course(struct gen_random *random)
{
	const uint32_t dice = gen_below(random, 100);

	if (dice < 90)
		return PASSING;
	if (dice < 95)
		return STEADY;
	return dice < 98 ? SAWTOOTH : GROWING;
}

/*
 * What a process keeps grows with the number of its captures: in a fleet, where there are many, one
 * place in a thousand leaks, so that most services do not.
 */
static enum course choose_calm_course(struct gen_random *random)
{
	const uint32_t dice = gen_below(random, 1000);

	if (dice < 850)
		return PASSING;
	if (dice < 959)
		return STEADY;
	return dice < 999 ? SAWTOOTH : GROWING;
}

static void add_sites(struct service *service, uint32_t stack, struct gen_random *random)
{
	static const int64_t sizes[] = {8,    16,   24,    32,    48,    64,   80,   96,
	                                112,  128,  144,   160,   208,   256,  320,  384,
	                                512,  640,  896,   1024,  1280,  2048, 3072, 4096,
	                                6144, 8192, 16384, 65536, 262144};
	const uint32_t dice = gen_below(random, 100);
	const uint32_t count = dice < 74 ? 1 : dice < 92 ? 2 : SIZES_MAX;
	const uint32_t from = gen_below(random, LL_COUNT(sizes) - SIZES_MAX);
	const struct gen_shape *const shape = service->shape;

	for (uint32_t i = 0; i < count; i++) {
		struct site *const site = ll_vec_push(&service->sites, sizeof *site);

		site->stack = stack;
		site->block_size = sizes[from + i];
		site->course = shape->is_fleet ? choose_calm_course(random) : choose_course(random);
		site->first_capture =
			gen_chance(random, 65) ? 0 : gen_below(random, shape->captures * 3 / 4);
		site->factor = 1 / (1 - exp(-(double)site->block_size / PERIOD));
	}
}

static void make_service(struct service *service, const struct gen_shape *shape, uint64_t seed,
                         uint32_t number)
{
	static const char *const names[] = {"cart",   "search", "billing", "stock", "session",
	                                    "mailer", "quotes", "catalog", "audit", "gateway"};
	struct gen_random random = gen_random_new(seed, number + 1);
	const uint32_t stacks =
		shape->stacks_min + gen_below(&random, shape->stacks_max - shape->stacks_min + 1);

	*service = (struct service){.shape = shape};
	if (shape->is_fleet)
		(void)snprintf(service->name, sizeof service->name, "svc%03u", number);
	else
		(void)snprintf(service->name, sizeof service->name, "%s-%02u",
		               names[number % LL_COUNT(names)], number);
	service->lines = stacks + stacks / 2;
	service->functions = service->lines / LINES_PER_FUNCTION + 1;
	for (uint32_t i = 0; i < stacks; i++) {
		add_stack(service, &random);
		add_sites(service, i, &random);
	}
}

static void free_service(struct service *service)
{
	ll_vec_done(&service->stacks);
	ll_vec_done(&service->frames);
	ll_vec_done(&service->sites);
}

static void reset_sites(struct service *service)
{
	struct site *const sites = service->sites.items;

	for (size_t i = 0; i < service->sites.count; i++) {
		sites[i].allocated = 0;
		sites[i].in_use = 0;
	}
}

/* What happens to a site between two captures; `age` counts captures since the process started. */
static void advance(struct site *site, uint32_t age, struct gen_random *random)
{
	const int64_t some = 1 + gen_below(random, 4);

	if (site->allocated == 0) {
		site->allocated = some;
		site->in_use = site->course == PASSING ? 0 : some;
		return;
	}
	switch (site->course) {
	case PASSING: site->allocated += gen_chance(random, 38) ? some : 0; break;
	case STEADY:
		site->allocated += some;
		site->in_use = age < 4 ? site->in_use + some : site->in_use;
		break;
	case SAWTOOTH:
		site->allocated += some * 2;
		site->in_use = age % 6 == 0 ? 0 : site->in_use + some;
		break;
	case GROWING:
		site->allocated += some * 3;
		site->in_use += some;
		break;
	}
}

/* ------------------------------------------------------------------- protobuf */

static void put_key(struct ll_buf *out, uint32_t field, unsigned type)
{
	ll_buf_put_varint(out, field << 3 | type);
}

static void put_number(struct ll_buf *out, uint32_t field, uint64_t value)
{
	if (value == 0)
		return;
	put_key(out, field, 0);
	ll_buf_put_varint(out, value);
}

static void put_message(struct ll_buf *out, uint32_t field, const struct ll_buf *message)
{
	put_key(out, field, 2);
	ll_buf_put_varint(out, message->size);
	ll_buf_put(out, message->data, message->size);
}

static uint32_t put_string(struct writer *writer, const char *text)
{
	put_key(&writer->strings, 6, 2);
	ll_buf_put_varint(&writer->strings, strlen(text));
	ll_buf_puts(&writer->strings, text);
	return writer->next_string++;
}

static void put_value_type(struct writer *writer, uint32_t field, uint32_t type, uint32_t unit)
{
	ll_buf_clear(&writer->message);
	put_number(&writer->message, 1, type);
	put_number(&writer->message, 2, unit);
	put_message(&writer->out, field, &writer->message);
}

/* Strings 1 to 10: what every heap profile has. */
static void put_head(struct writer *writer)
{
	static const char *const strings[] = {
		"",      "alloc_objects", "count",       "alloc_space",
		"bytes", "inuse_objects", "inuse_space", "space"};

	for (size_t i = 0; i < LL_COUNT(strings); i++)
		(void)put_string(writer, strings[i]);
	put_value_type(writer, 1, 1, 2);
	put_value_type(writer, 1, 3, 4);
	put_value_type(writer, 1, 5, 2);
	put_value_type(writer, 1, 6, 4);
	put_value_type(writer, 11, 7, 4);
}

static uint32_t put_function(struct writer *writer, uint32_t function)
{
	static const char *const packages[] = {"store",  "transport/http", "queue", "codec",
	                                       "cache",  "scheduler",      "index", "ledger",
	                                       "render", "internal/pool"};
	static const char *const types[] = {"Handler", "Batch", "Session", "writeBuffer",
	                                    "Registry"};
	static const char *const verbs[] = {"Append",  "Decode",    "dispatch", "Load",
	                                    "Refresh", "handleOne", "grow"};
	const char *const package = packages[function % LL_COUNT(packages)];
	const char *const type = types[function / 10 % LL_COUNT(types)];
	char text[160];
	uint32_t name, file;

	if (writer->function_ids[function] != 0)
		return writer->function_ids[function];
	writer->function_ids[function] = ++writer->next_function;
	(void)snprintf(text, sizeof text, "example.com/%s/%s.(*%s%u).%s", writer->service->name,
	               package, type, function / 50, verbs[function % LL_COUNT(verbs)]);
	name = put_string(writer, text);
	(void)snprintf(text, sizeof text, "/build/%s/%s/%s_%u.go", writer->service->name, package,
	               type, function / 50);
	file = put_string(writer, text);
	ll_buf_clear(&writer->message);
	put_number(&writer->message, 1, writer->next_function);
	put_number(&writer->message, 2, name);
	put_number(&writer->message, 3, name);
	put_number(&writer->message, 4, file);
	put_number(&writer->message, 5, 10 + function % 900);
	put_message(&writer->out, 5, &writer->message);
	return writer->next_function;
}

static void put_line(struct writer *writer, uint32_t function, uint32_t line)
{
	ll_buf_clear(&writer->inner);
	put_number(&writer->inner, 1, function);
	put_number(&writer->inner, 2, line);
	put_message(&writer->message, 4, &writer->inner);
}

/* One in ten locations holds an inlined call too. */
static uint32_t put_location(struct writer *writer, uint32_t line)
{
	const uint32_t functions = writer->service->functions;
	const uint32_t outer = put_function(writer, line / LINES_PER_FUNCTION % functions);
	uint32_t inlined = 0;

	if (line % 10 == 3)
		inlined = put_function(writer, line * 31 % functions);
	writer->location_ids[line] = ++writer->next_location;
	ll_buf_clear(&writer->message);
	put_number(&writer->message, 1, writer->next_location);
	put_number(&writer->message, 3, UINT64_C(0x401000) + (uint64_t)line * 53);
	if (inlined != 0)
		put_line(writer, inlined, 20 + line % 700);
	put_line(writer, outer, 12 + line % 880);
	put_number(&writer->message, 2, 1);
	put_message(&writer->out, 4, &writer->message);
	return writer->next_location;
}

static void put_sample(struct writer *writer, const struct site *site, const int64_t *values)
{
	const struct stack *const stack =
		(const struct stack *)writer->service->stacks.items + site->stack;
	const uint32_t *const frames =
		(const uint32_t *)writer->service->frames.items + stack->first;

	for (uint32_t i = 0; i < stack->depth; i++) {
		if (writer->location_ids[frames[i]] == 0)
			(void)put_location(writer, frames[i]);
	}
	ll_buf_clear(&writer->message);
	ll_buf_clear(&writer->inner);
	for (size_t i = 0; i < GEN_VALUES; i++)
		ll_buf_put_varint(&writer->inner, (uint64_t)values[i]);
	put_message(&writer->message, 2, &writer->inner);
	ll_buf_clear(&writer->inner);
	for (uint32_t i = 0; i < stack->depth; i++)
		ll_buf_put_varint(&writer->inner, writer->location_ids[frames[i]]);
	put_message(&writer->message, 1, &writer->inner);
	ll_buf_clear(&writer->inner);
	put_number(&writer->inner, 1, 4); /* "bytes" */
	put_number(&writer->inner, 3, (uint64_t)site->block_size);
	put_message(&writer->message, 3, &writer->inner);
	put_message(&writer->out, 2, &writer->message);
}

static void put_tail(struct writer *writer, int64_t time_s)
{
	char path[128];
	uint32_t file;

	(void)snprintf(path, sizeof path, "/srv/%s/bin/%s", writer->service->name,
	               writer->service->name);
	file = put_string(writer, path);
	ll_buf_clear(&writer->message);
	put_number(&writer->message, 1, 1);
	put_number(&writer->message, 2, 0x400000);
	put_number(&writer->message, 3, 0xa00000);
	put_number(&writer->message, 5, file);
	put_number(&writer->message, 7, 1);
	put_message(&writer->out, 3, &writer->message);
	ll_buf_put(&writer->out, writer->strings.data, writer->strings.size);
	put_number(&writer->out, 9, (uint64_t)time_s * 1000000000U);
	put_number(&writer->out, 12, PERIOD);
}

/* ------------------------------------------------------------------ a profile */

static void writer_init(struct writer *writer, const struct service *service)
{
	*writer = (struct writer){.service = service};
	ll_buf_init(&writer->out, CONTENT_MAX);
	ll_buf_init(&writer->message, CONTENT_MAX);
	ll_buf_init(&writer->inner, CONTENT_MAX);
	ll_buf_init(&writer->strings, CONTENT_MAX);
	writer->location_ids = ll_calloc(service->lines, sizeof(uint32_t));
	writer->function_ids = ll_calloc(service->functions, sizeof(uint32_t));
}

static void writer_done(struct writer *writer)
{
	ll_buf_done(&writer->out);
	ll_buf_done(&writer->message);
	ll_buf_done(&writer->inner);
	ll_buf_done(&writer->strings);
	free(writer->location_ids);
	free(writer->function_ids);
}

/* Counts of sampled objects become estimates as Go's runtime makes them: truncated products. */
static void estimate(const struct site *site, int64_t values[GEN_VALUES])
{
	const int64_t counts[] = {site->allocated, site->in_use};

	for (size_t i = 0; i < 2; i++) {
		values[2 * i] = (int64_t)((double)counts[i] * site->factor);
		values[2 * i + 1] =
			(int64_t)((double)(counts[i] * site->block_size) * site->factor);
	}
}

/* The newest site comes first, as in the runtime's own list. */
static int put_profile(struct gen_set *set, struct service *service, uint32_t instance,
                       uint32_t capture, struct ll_error *err)
{
	const struct site *const sites = service->sites.items;
	const int64_t time_s = FIRST_CAPTURE + (int64_t)capture * service->shape->interval_s;
	struct writer writer;
	char path[128];
	int rc;

	writer_init(&writer, service);
	put_head(&writer);
	for (size_t i = service->sites.count; i > 0; i--) {
		int64_t values[GEN_VALUES];

		if (sites[i - 1].allocated == 0)
			continue;
		estimate(&sites[i - 1], values);
		put_sample(&writer, &sites[i - 1], values);
		set->samples++;
		for (size_t k = 0; k < GEN_VALUES; k++)
			set->values[k] += values[k];
	}
	put_tail(&writer, time_s);
	(void)snprintf(path, sizeof path, "%s/pod-%u/heap-%" PRId64 ".pb.gz", service->name,
	               instance, time_s);
	rc = ll_buf_check(&writer.out, "profile", err);
	if (rc == LL_OK)
		rc = gen_set_put(set, path, ll_buf_str(&writer.out), true, err);
	writer_done(&writer);
	return rc;
}

static int put_process(struct gen_set *set, struct service *service, uint32_t number,
                       uint32_t instance, struct ll_error *err)
{
	struct gen_random random = gen_random_new(set->seed, UINT64_C(1000000) + number);
	struct site *const sites = service->sites.items;
	const uint32_t captures = service->shape->captures;
	uint32_t started = 0;
	int rc = LL_OK;

	reset_sites(service);
	for (uint32_t capture = 0; rc == LL_OK && capture < captures; capture++) {
		if (number % 3 == 2 && capture == captures / 2) {
			reset_sites(service);
			started = capture;
		}
		for (size_t i = 0; i < service->sites.count; i++) {
			if (sites[i].first_capture <= capture - started)
				advance(&sites[i], capture - started, &random);
		}
		rc = put_profile(set, service, instance, capture, err);
	}
	return rc;
}

/* Stacks can be the same by chance; the ledger counts different ones, by hash. */
static size_t count_stacks(const struct service *service)
{
	const struct stack *const stacks = service->stacks.items;
	struct ll_map seen = LL_MAP_INIT;
	size_t count;

	for (size_t i = 0; i < service->stacks.count; i++)
		ll_map_set(&seen,
		           ll_hash_bytes((const uint32_t *)service->frames.items + stacks[i].first,
		                         stacks[i].depth * sizeof(uint32_t)),
		           0);
	count = seen.count;
	ll_map_done(&seen);
	return count;
}

int gen_heap(struct gen_set *set, const struct gen_shape *shape, struct ll_error *err)
{
	const uint32_t processes = (uint32_t)(shape->files / shape->captures);
	const uint32_t instances = shape->instances;
	struct service service;
	int rc = LL_OK;

	for (uint32_t number = 0; rc == LL_OK && number < processes; number++) {
		if (number % instances == 0)
			make_service(&service, shape, set->seed, number / instances);
		rc = put_process(set, &service, number, number % instances, err);
		if (number % instances == instances - 1 || number + 1 == processes || rc < 0) {
			set->stacks += count_stacks(&service);
			free_service(&service);
		}
	}
	return rc;
}
