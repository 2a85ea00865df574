/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_runtime_metrics.c - dumps of Go's runtime/metrics package. There is no standard form; these
 * are the ways in which people print them:
 *
 *     {"/gc/heap/live:bytes": 5, ...}                           an object of names
 *     [{"name": "/gc/heap/live:bytes", "value": 5}, ...]        an array, "Name" and "Value" too
 *     {"time": "2026-11-21T01:06:27Z", "metrics": ...}          either of them one level down
 *     /gc/heap/live:bytes 5                                     lines, with ':', '=' or ',' between
 *
 * Rules:
 *   1. JSON may be one text or many, one behind the other; each is a capture.
 *   2. Lines begin with '/', behind blanks, quotes or a date as Go's log writes it; a name that was
 *      there already begins another capture, and so does a line that is only a time.
 *   3. Values that are no numbers (histograms) are passed over; other lines, too.
 *   4. MemStats' fields are added up from them as ReadMemStats does.
 *
 * Ceiling: 4096 numbers in a capture.
 */
#include "cluster/document.h"
#include "content/http_head.h"
#include "metric_set.h"

enum {
	NUMBERS_MAX = 4096,
	NESTING_MAX = 4, /* how deep in JSON names are looked for */
};

struct reader {
	const struct ll_sink *out;
	struct ll_metric_set set;
	struct ll_arena names;
	struct ll_map seen;
	int64_t time_ns; /* of the capture that is being read */
	size_t captures, dropped;
};

/* --------------------------------------------------------------------- captures */

static int emit(struct reader *reader, struct ll_error *err)
{
	const struct ll_origin origin = {
		.kind = LL_KIND_MEMSTATS,
		.variant = "runtime/metrics",
		.time_ns = reader->time_ns,
		.not_before_ns = ll_metric_set_not_before(&reader->set),
	};
	char text[64];
	int rc = LL_OK;

	if (!ll_metric_set_is_empty(&reader->set)) {
		rc = reader->out->begin(reader->out->self, &origin, err);
		if (rc >= 0)
			rc = ll_metric_set_emit(&reader->set, reader->out, err);
		if (rc >= 0 && reader->dropped > 0) {
			(void)snprintf(text, sizeof text, "%zu more numbers are not kept",
			               reader->dropped);
			reader->out->note(reader->out->self, 0, text);
		}
		reader->captures++;
	}
	ll_metric_set_clear(&reader->set);
	ll_arena_clear(&reader->names);
	ll_map_clear(&reader->seen);
	reader->dropped = 0;
	reader->time_ns = LL_TIME_NONE;
	return rc < 0 ? rc : LL_OK;
}

static bool is_metric_name(struct ll_str name)
{
	const size_t colon = ll_str_rindex(name, ':');

	return name.size > 2 && name.data[0] == '/' && colon != SIZE_MAX && colon > 1 &&
	       colon + 1 < name.size && ll_str_index(name, ' ') == SIZE_MAX;
}

static bool is_seen(const struct reader *reader, struct ll_str name)
{
	return ll_map_find(&reader->seen, ll_hash_bytes(name.data, name.size)) != LL_MAP_NONE;
}

static void add(struct reader *reader, struct ll_str name, double value)
{
	const struct ll_metric_name known = ll_metric_name_find(name);

	if (reader->set.readings.count == NUMBERS_MAX) {
		reader->dropped++;
		return;
	}
	(void)ll_map_put(&reader->seen, ll_hash_bytes(name.data, name.size), 0);
	ll_metric_set_add(&reader->set, ll_arena_str(&reader->names, name), &known,
	                  ll_str_n(NULL, 0), value);
}

/* ------------------------------------------------------------------------- JSON */

static bool is_key(struct ll_str key, const char *lower, const char *upper)
{
	return ll_str_equal(key, ll_str(lower)) || ll_str_equal(key, ll_str(upper));
}

/* {"name": ..., "value": ...} */
static bool add_pair(struct reader *reader, const struct ll_node *object)
{
	struct ll_str name = ll_str_n(NULL, 0);
	double value = 0;
	bool has_value = false;

	for (const struct ll_node *child = object->first; child; child = child->next) {
		if (is_key(child->key, "name", "Name"))
			name = child->text;
		if (is_key(child->key, "value", "Value"))
			has_value = ll_str_to_f64(child->text, &value);
	}
	if (!is_metric_name(name))
		return false;
	if (has_value)
		add(reader, name, value);
	return true;
}

/* "time": RFC 3339, or seconds or finer since 1970. */
static void read_time(struct reader *reader, const struct ll_node *node)
{
	static const char *const keys[] = {"time", "timestamp", "Time", "Timestamp", "ts", "at"};
	bool has_zone;
	double number;

	for (size_t i = 0; i < LL_COUNT(keys); i++) {
		if (!ll_str_equal(node->key, ll_str(keys[i])))
			continue;
		if (ll_parse_time(node->text, &reader->time_ns, &has_zone))
			return;
		if (!ll_str_to_f64(node->text, &number) || !(number > 1e9 && number < 4e18))
			return;
		while (number < 1e18)
			number *= 1000;
		reader->time_ns = (int64_t)number;
	}
}

static void read_node(struct reader *reader, const struct ll_node *node, int depth)
{
	double value;

	if (node->kind == LL_NODE_OBJECT && add_pair(reader, node))
		return;
	for (const struct ll_node *child = node->first; child; child = child->next) {
		if (is_metric_name(child->key) && ll_str_to_f64(child->text, &value))
			add(reader, child->key, value);
		else if (child->kind == LL_NODE_TEXT)
			read_time(reader, child);
		else if (depth < NESTING_MAX && !is_metric_name(child->key))
			read_node(reader, child, depth + 1);
	}
}

static int read_json(struct reader *reader, struct ll_str bytes, struct ll_error *err)
{
	LL_CLEANUP(ll_document_closep)
	struct ll_document *document = ll_document_open(bytes, LL_DOCUMENT_JSON, false);
	struct ll_error damage = LL_ERROR_INIT;
	const struct ll_node *item;
	int state = 0, rc = LL_OK;

	while (rc >= 0 && (state = ll_document_next(document, &item, &damage)) > 0) {
		read_node(reader, item, 0);
		rc = emit(reader, err);
	}
	if (rc < 0)
		return rc;
	if (state < 0 && reader->captures == 0)
		return ll_fail(err, damage.code, "%s", damage.text);
	if (state < 0)
		reader->out->note(reader->out->self, 0, damage.text);
	return LL_OK;
}

/* ------------------------------------------------------------------------ lines */

static bool is_between(char byte)
{
	return strchr(" \t:=,\"'|", byte) != NULL;
}

/* "2026/11/21 01:06:27.123456 " of Go's log package, or RFC 3339, in front of a name. */
static void cut_date(struct ll_str *line, int64_t *ret_time_ns)
{
	const size_t at = ll_str_find(*line, " /");
	char room[48];
	struct ll_str date;
	bool has_zone;

	*ret_time_ns = LL_TIME_NONE;
	if (at == SIZE_MAX || at == 0 || at >= sizeof room || line->data[0] < '0' ||
	    line->data[0] > '9')
		return;
	memcpy(room, line->data, at);
	for (size_t i = 0; i < at && i < 10; i++) {
		if (room[i] == '/')
			room[i] = '-';
	}
	date = ll_str_trim(ll_str_n(room, at));
	if (ll_parse_time(date, ret_time_ns, &has_zone))
		*line = ll_str_from(*line, at + 1);
}

/* Name and number of a line, as Rule 2 has them. */
static bool split_line(struct ll_str line, struct ll_str *ret_name, double *ret_value)
{
	size_t size = 0;
	struct ll_str value;

	while (line.size > 0 && is_between(line.data[0]))
		line = ll_str_from(line, 1);
	while (size < line.size && !strchr(" \t=,\"'|", line.data[size]))
		size++;
	*ret_name = ll_str_first(line, size);
	if (ll_str_ends(*ret_name, ":"))
		ret_name->size--;
	value = ll_str_from(line, size);
	while (value.size > 0 && is_between(value.data[0]))
		value = ll_str_from(value, 1);
	size = 0;
	while (size < value.size && !is_between(value.data[size]))
		size++;
	return is_metric_name(*ret_name) && ll_str_to_f64(ll_str_first(value, size), ret_value);
}

static int read_line(struct reader *reader, struct ll_str line, struct ll_error *err)
{
	struct ll_str name;
	int64_t time_ns;
	double value;
	bool has_zone;
	int rc = LL_OK;

	line = ll_str_trim(line);
	if (ll_parse_time(line, &time_ns, &has_zone)) {
		rc = emit(reader, err);
		reader->time_ns = time_ns;
		return rc;
	}
	cut_date(&line, &time_ns);
	if (!split_line(line, &name, &value))
		return LL_OK;
	if (is_seen(reader, name))
		rc = emit(reader, err);
	if (time_ns != LL_TIME_NONE && reader->time_ns == LL_TIME_NONE)
		reader->time_ns = time_ns;
	add(reader, name, value);
	return rc;
}

static int read_lines(struct reader *reader, struct ll_stream *in, struct ll_error *err)
{
	struct ll_error damage = LL_ERROR_INIT;
	struct ll_str line;
	int state = 0, rc = LL_OK;

	while (rc >= 0 && (state = ll_stream_line(in, &line, &damage)) > 0)
		rc = read_line(reader, line, err);
	if (rc >= 0)
		rc = emit(reader, err);
	if (rc >= 0 && state < 0 && reader->captures == 0)
		return ll_fail(err, damage.code, "%s", damage.text);
	if (rc >= 0 && state < 0)
		reader->out->note(reader->out->self, ll_stream_line_number(in), damage.text);
	return rc;
}

static bool starts_json(struct ll_str head)
{
	struct ll_str start = ll_str_trim(ll_str_first(head, 256));

	(void)ll_str_skip(&start, "\xef\xbb\xbf");
	return ll_str_starts(start, "{") || ll_str_starts(start, "[");
}

static int read_runtime_metrics(struct ll_stream *in, const struct ll_peek *peek,
                                const struct ll_sink *out, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) struct reader *reader = ll_calloc(1, sizeof *reader);
	const size_t head = ll_http_head(peek->head, &reader->time_ns);
	struct ll_str bytes;
	int rc;

	reader->out = out;
	ll_arena_init(&reader->names);
	if (starts_json(ll_str_from(peek->head, head))) {
		rc = ll_stream_all(in, &bytes, err);
		if (rc >= 0)
			rc = read_json(reader, ll_str_from(bytes, head), err);
	} else {
		rc = read_lines(reader, in, err);
	}
	if (rc >= 0 && reader->captures == 0)
		rc = ll_fail(err, LL_E_FORMAT, "names of runtime/metrics without a number");
	ll_metric_set_done(&reader->set);
	ll_arena_done(&reader->names);
	ll_map_done(&reader->seen);
	return rc < 0 ? rc : LL_OK;
}

/* Is there a name that Go really has, behind a quote or at the start of a word? */
static bool has_known_name(struct ll_str head)
{
	static const char *const starts[] = {
		"/gc/", "/memory/classes/", "/sched/", "/cpu/classes/", "/cgo/", "/sync/mutex/"};

	for (size_t i = 0; i < LL_COUNT(starts); i++) {
		struct ll_str rest = head;
		size_t at;

		while ((at = ll_str_find(rest, starts[i])) != SIZE_MAX) {
			const struct ll_str name = ll_str_from(rest, at);
			size_t size = 0;

			while (size < name.size && !strchr(" \t=,\"'|\r\n", name.data[size]))
				size++;
			while (size > 0 && name.data[size - 1] == ':')
				size--;
			if (ll_runtime_metric_find(ll_str_first(name, size)) != SIZE_MAX)
				return true;
			rest = ll_str_from(name, 1);
		}
	}
	return false;
}

/* Does it begin with such a name, as a line or as the first key of an object? */
static bool starts_so(struct ll_str head)
{
	int64_t time_ns;

	head = ll_str_trim(ll_str_first(head, 256));
	if (ll_str_skip(&head, "{"))
		head = ll_str_trim(head);
	(void)ll_str_skip(&head, "\"");
	head = ll_str_first(head, ll_str_index(head, '\n'));
	cut_date(&head, &time_ns);
	head = ll_str_trim(head);
	return ll_str_starts(head, "/") && has_known_name(head);
}

static enum ll_bid bid_runtime_metrics(const struct ll_peek *peek)
{
	if (starts_so(peek->head))
		return LL_BID_SHAPE;
	/* Other pages can mention a name; whoever knows more of such a page goes first. */
	return peek->least <= LL_BID_GUESS && has_known_name(peek->head) ? LL_BID_GUESS : LL_BID_NO;
}

const struct ll_format ll_fmt_runtime_metrics = {
	.id = "runtime-metrics",
	.title = "dump of Go's runtime/metrics",
	.bid = bid_runtime_metrics,
	.read = read_runtime_metrics,
};
