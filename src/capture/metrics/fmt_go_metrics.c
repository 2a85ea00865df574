/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_go_metrics.c - what HashiCorp's go-metrics answers on /v1/metrics and /v1/agent/metrics, and
 * what `consul debug`, `nomad operator debug` and `vault debug` save as metrics.json: one such
 * object, an array of them, or many one behind the other.
 *
 *     {"Timestamp": "2019-11-06 01:26:50 +0000 UTC",
 *      "Gauges": [{"Name": "consul.runtime.alloc_bytes", "Value": 5, "Labels": {}}],
 *      "Points": [], "Counters": [...], "Samples": [...]}
 *
 * Each object is a capture. Gauges are kept: those of the runtime, and the first 256 of the
 * program's own with their labels; counters and samples are rates over ten seconds and are not.
 */
#include "cluster/document.h"
#include "metric_set.h"

#include <leakledger/json.h>

enum {
	OTHERS_MAX = 256,
};

/* "2019-11-06 01:26:50.1 +0000 UTC", as Go prints a time. */
static int64_t read_time(struct ll_str text)
{
	const struct ll_str date = ll_str_split(&text, ' ');
	const struct ll_str clock = ll_str_split(&text, ' ');
	const struct ll_str zone = ll_str_split(&text, ' ');
	char room[80];
	int64_t time_ns;
	bool has_zone;

	(void)snprintf(room, sizeof room, "%.*sT%.*s%.*s", LL_STR_ARG(ll_str_first(date, 10)),
	               LL_STR_ARG(ll_str_first(clock, 18)), LL_STR_ARG(ll_str_first(zone, 6)));
	if (clock.size == 0)
		(void)snprintf(room, sizeof room, "%.*s", LL_STR_ARG(ll_str_first(date, 40)));
	return ll_parse_time(ll_str(room), &time_ns, &has_zone) && time_ns > 0 ? time_ns
	                                                                       : LL_TIME_NONE;
}

static int by_key(const void *a, const void *b)
{
	const struct ll_node *const *const left = a;
	const struct ll_node *const *const right = b;

	return ll_str_compare((*left)->key, (*right)->key);
}

static struct ll_str labels_of(const struct ll_node *gauge, struct ll_arena *arena)
{
	const struct ll_node *sorted[32];
	struct ll_buf text;
	struct ll_str kept;
	size_t count = 0;

	for (const struct ll_node *label = ll_node_first(gauge, "Labels");
	     label && count < LL_COUNT(sorted); label = label->next)
		sorted[count++] = label;
	if (count == 0)
		return ll_str_n(NULL, 0);
	qsort(sorted, count, sizeof sorted[0], by_key);
	ll_buf_init(&text, LL_BUF_MESSAGE);
	for (size_t i = 0; i < count; i++) {
		ll_buf_putc(&text, i == 0 ? '{' : ',');
		ll_json_put_string(&text, sorted[i]->key);
		ll_buf_putc(&text, ':');
		ll_json_put_string(&text, sorted[i]->text);
	}
	ll_buf_putc(&text, '}');
	kept = ll_arena_str(arena, ll_buf_str(&text));
	ll_buf_done(&text);
	return kept;
}

static void add_gauges(struct ll_metric_set *set, const struct ll_node *object,
                       struct ll_arena *arena)
{
	size_t others = 0;

	for (const struct ll_node *gauge = ll_node_first(object, "Gauges"); gauge;
	     gauge = gauge->next) {
		const struct ll_str name = ll_node_text(gauge, "Name");
		const struct ll_metric_name known = ll_metric_name_find(name);
		const bool is_known = known.subject == LL_METRIC_OF_PROCESS;
		double value;

		if (name.size == 0 || !ll_node_number(gauge, "Value", &value) ||
		    (!is_known && others++ >= OTHERS_MAX))
			continue;
		ll_metric_set_add(set, name, &known,
		                  is_known ? ll_str_n(NULL, 0) : labels_of(gauge, arena), value);
	}
}

/* "consul.runtime.alloc_bytes" -> "consul". */
static struct ll_str program_of(const struct ll_node *object)
{
	for (const struct ll_node *gauge = ll_node_first(object, "Gauges"); gauge;
	     gauge = gauge->next) {
		const struct ll_str name = ll_node_text(gauge, "Name");
		const size_t dot = ll_str_index(name, '.');

		if (dot != SIZE_MAX && ll_str_find(name, ".runtime.") != SIZE_MAX)
			return ll_str_first(name, dot);
	}
	return ll_str_n(NULL, 0);
}

static int read_object(const struct ll_node *object, const struct ll_sink *out,
                       struct ll_error *err)
{
	struct ll_metric_set set = {.readings = LL_VEC_INIT};
	struct ll_arena arena = LL_ARENA_INIT;
	const struct ll_origin origin = {
		.kind = LL_KIND_MEMSTATS,
		.variant = "go-metrics",
		.time_ns = read_time(ll_node_text(object, "Timestamp")),
		.not_before_ns = LL_TIME_NONE,
		.program = program_of(object),
	};
	int rc = out->begin(out->self, &origin, err);

	add_gauges(&set, object, &arena);
	if (rc >= 0)
		rc = ll_metric_set_emit(&set, out, err);
	ll_metric_set_done(&set);
	ll_arena_done(&arena);
	return rc;
}

static bool is_object(const struct ll_node *item)
{
	return ll_node_first(item, "Gauges") != NULL;
}

static int read_go_metrics(struct ll_stream *in, const struct ll_peek *peek,
                           const struct ll_sink *out, struct ll_error *err)
{
	static const struct ll_document_format format = {
		.is_ours = is_object,
		.read = read_object,
		.nothing = "go-metrics without a gauge",
	};

	(void)peek;
	return ll_document_read(in, &format, out, err);
}

static enum ll_bid bid_go_metrics(const struct ll_peek *peek)
{
	static const char *const keys[] = {"\"Timestamp\"", "\"Gauges\""};
	const struct ll_str start = ll_str_trim(ll_str_first(peek->head, 256));

	if (!ll_str_starts(start, "{") && !ll_str_starts(start, "["))
		return LL_BID_NO;
	for (size_t i = 0; i < LL_COUNT(keys); i++) {
		if (ll_str_find(peek->head, keys[i]) == SIZE_MAX)
			return LL_BID_NO;
	}
	return LL_BID_SHAPE;
}

const struct ll_format ll_fmt_go_metrics = {
	.id = "go-metrics",
	.title = "go-metrics JSON of Consul, Nomad and Vault",
	.bid = bid_go_metrics,
	.read = read_go_metrics,
};
