/* SPDX-License-Identifier: Apache-2.0 */
/* names.c - the words behind the enums of capture.h, and the sink that ignores everything. */
#include <leakledger/capture.h>

const char *ll_kind_name(enum ll_kind kind)
{
	static const char *const names[] = {
#define LL_KIND_NAME(id, name, title) [LL_KIND_##id] = (name),
		LL_KINDS(LL_KIND_NAME)
#undef LL_KIND_NAME
	};

	return names[kind];
}

const char *ll_kind_title(enum ll_kind kind)
{
	static const char *const titles[] = {
#define LL_KIND_TITLE(id, name, title) [LL_KIND_##id] = (title),
		LL_KINDS(LL_KIND_TITLE)
#undef LL_KIND_TITLE
	};

	return titles[kind];
}

bool ll_kind_is_observation(enum ll_kind kind)
{
	switch (kind) {
	case LL_KIND_ESCAPE:
	case LL_KIND_BENCHMARK:
	case LL_KIND_KILL:
	case LL_KIND_POD:
	case LL_KIND_HOST:
	case LL_KIND_FACTS: return false;
	default: return true;
	}
}

struct metric_names {
	const char *column, *go_name;
	size_t size; /* of go_name */
};

static const struct metric_names metric_names[] = {
#define LL_METRIC_NAMES(id, column, go_name)                                                       \
	[LL_METRIC_##id] = {(column), (go_name), sizeof(go_name) - 1},
	LL_METRICS(LL_METRIC_NAMES)
#undef LL_METRIC_NAMES
};

const char *ll_metric_column(enum ll_metric metric)
{
	return metric_names[metric].column;
}

const char *ll_metric_go_name(enum ll_metric metric)
{
	return metric_names[metric].go_name;
}

enum ll_metric ll_metric_find(struct ll_str go_name)
{
	/* Few names are of the same size and begin with the same letter. */
	for (enum ll_metric metric = 0; go_name.size > 0 && metric < LL_METRIC_COUNT; metric++) {
		const struct metric_names *const names = &metric_names[metric];

		if (names->size == go_name.size && names->go_name[0] == go_name.data[0] &&
		    memcmp(names->go_name, go_name.data, go_name.size) == 0)
			return metric;
	}
	return LL_METRIC_COUNT;
}

const char *ll_time_source_name(enum ll_time_source source)
{
	static const char *const names[] = {
#define LL_TIME_SOURCE_NAME(id, name) [LL_TIME_FROM_##id] = (name),
		LL_TIME_SOURCES(LL_TIME_SOURCE_NAME)
#undef LL_TIME_SOURCE_NAME
	};

	return names[source];
}

const char *ll_owner_name(enum ll_owner owner)
{
	static const char *const names[] = {
		[LL_OWNER_RUNTIME] = "runtime", [LL_OWNER_STANDARD] = "standard",
		[LL_OWNER_LIBRARY] = "library", [LL_OWNER_OWN] = "own",
		[LL_OWNER_UNKNOWN] = "unknown",
	};

	return names[owner];
}

static int ignore_begin(void *self, const struct ll_origin *origin, struct ll_error *err)
{
	(void)self, (void)origin, (void)err;
	return LL_OK;
}

static int ignore_symbols(void *self, const struct ll_symbols *symbols, struct ll_error *err)
{
	(void)self, (void)symbols, (void)err;
	return LL_OK;
}

static int ignore_samples(void *self, const struct ll_samples *samples, struct ll_error *err)
{
	(void)self, (void)samples, (void)err;
	return LL_OK;
}

static int ignore_goroutines(void *self, const struct ll_goroutines *same, struct ll_error *err)
{
	(void)self, (void)same, (void)err;
	return LL_OK;
}

static int ignore_scalar(void *self, enum ll_metric metric, int64_t value, struct ll_error *err)
{
	(void)self, (void)metric, (void)value, (void)err;
	return LL_OK;
}

static int ignore_gc(void *self, const struct ll_gc *cycle, struct ll_error *err)
{
	(void)self, (void)cycle, (void)err;
	return LL_OK;
}

static int ignore_build_fact(void *self, const struct ll_build_fact *fact, struct ll_error *err)
{
	(void)self, (void)fact, (void)err;
	return LL_OK;
}

static int ignore_reading(void *self, const struct ll_reading *fact, struct ll_error *err)
{
	(void)self, (void)fact, (void)err;
	return LL_OK;
}

static int ignore_benchmark(void *self, const struct ll_benchmark *fact, struct ll_error *err)
{
	(void)self, (void)fact, (void)err;
	return LL_OK;
}

static int ignore_kill(void *self, const struct ll_kill *fact, struct ll_error *err)
{
	(void)self, (void)fact, (void)err;
	return LL_OK;
}

static int ignore_task(void *self, const struct ll_task *fact, struct ll_error *err)
{
	(void)self, (void)fact, (void)err;
	return LL_OK;
}

static int ignore_declared(void *self, const struct ll_declared *fact, struct ll_error *err)
{
	(void)self, (void)fact, (void)err;
	return LL_OK;
}

static void ignore_note(void *self, uint64_t position, const char *text)
{
	(void)self, (void)position, (void)text;
}

const struct ll_sink ll_sink_ignore = {
	.self = NULL,
	.begin = ignore_begin,
	.symbols = ignore_symbols,
	.samples = ignore_samples,
	.goroutines = ignore_goroutines,
	.scalar = ignore_scalar,
	.gc = ignore_gc,
	.build_fact = ignore_build_fact,
	.reading = ignore_reading,
	.benchmark = ignore_benchmark,
	.kill = ignore_kill,
	.task = ignore_task,
	.declared = ignore_declared,
	.note = ignore_note,
};
