/* SPDX-License-Identifier: Apache-2.0 */
/* sink_front.c - see sink_front.h. */
#include "sink_front.h"

static int begin(void *self, const struct ll_origin *origin, struct ll_error *err)
{
	struct ll_sink_front *const front = self;
	struct ll_origin complete = *origin;

	if (!complete.format)
		complete.format = front->format;
	if (complete.time_ns == LL_TIME_NONE && (front->captures == 0 || !front->is_date_of_one))
		complete.time_ns = front->date_ns;
	front->captures++;
	return front->out->begin(front->out->self, &complete, err);
}

/* Everything else is handed on as it is. */
#define FORWARD(member, type)                                                                      \
	static int member(void *self, const struct type *fact, struct ll_error *err)               \
	{                                                                                          \
		const struct ll_sink_front *const front = self;                                    \
                                                                                                   \
		return front->out->member(front->out->self, fact, err);                            \
	}

FORWARD(symbols, ll_symbols)
FORWARD(samples, ll_samples)
FORWARD(goroutines, ll_goroutines)
FORWARD(gc, ll_gc)
FORWARD(build_fact, ll_build_fact)
FORWARD(reading, ll_reading)
FORWARD(benchmark, ll_benchmark)
FORWARD(kill, ll_kill)
FORWARD(task, ll_task)
FORWARD(declared, ll_declared)

static int scalar(void *self, enum ll_metric metric, int64_t value, struct ll_error *err)
{
	const struct ll_sink_front *const front = self;

	return front->out->scalar(front->out->self, metric, value, err);
}

static void note(void *self, uint64_t position, const char *text)
{
	const struct ll_sink_front *const front = self;

	front->out->note(front->out->self, position > 0 ? position + front->lines : 0, text);
}

void ll_sink_front_init(struct ll_sink_front *front, const struct ll_sink *out)
{
	memset(front, 0, sizeof *front);
	front->out = out;
	front->date_ns = LL_TIME_NONE;
	front->front = (struct ll_sink){
		.self = front,
		.begin = begin,
		.symbols = symbols,
		.samples = samples,
		.goroutines = goroutines,
		.scalar = scalar,
		.gc = gc,
		.build_fact = build_fact,
		.reading = reading,
		.benchmark = benchmark,
		.kill = kill,
		.task = task,
		.declared = declared,
		.note = note,
	};
}
