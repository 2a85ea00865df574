/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_refused_text.c - texts of other tools about Go programs, known for what they are and not
 * read: each with the sentence that `captures` shows, which says what to give instead.
 *
 * All of them only guess, so that a capture of ours somewhere in the text is read, and look at its
 * beginning only.
 */
#include <leakledger/capture.h>

enum {
	TASTE = 2048,
	LINES = 3, /* that must agree, or all where there are fewer */
};

static enum ll_bid guess_if(bool is_it)
{
	return is_it ? LL_BID_GUESS : LL_BID_NO;
}

/*
 * Nobody asks for a guess where somebody knows better; and MemStats are known, of which some see
 * less than the whole (evidence.h).
 */
static struct ll_str taste(const struct ll_peek *peek)
{
	const struct ll_str head = ll_str_first(peek->head, peek->least > LL_BID_GUESS ? 0 : TASTE);

	return ll_str_find(head, "\"PauseNs\":[") == SIZE_MAX ? head : ll_str_n(NULL, 0);
}

static bool has(struct ll_str text, const char *const words[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (ll_str_find(text, words[i]) != SIZE_MAX)
			return true;
	}
	return false;
}

/* Do the first lines look so? Blank ones count for nothing. */
static bool lines_are(const struct ll_peek *peek, bool (*is_one)(struct ll_str line), size_t least)
{
	struct ll_str rest = taste(peek);
	size_t lines = 0;

	while (rest.size > 0 && lines < LINES) {
		const struct ll_str line = ll_str_trim(ll_str_split(&rest, '\n'));

		if (line.size == 0)
			continue;
		/* The last line of a taste is cut anywhere. */
		if (!rest.data && !peek->is_whole)
			break;
		if (!is_one(line))
			return false;
		lines++;
	}
	return lines >= least;
}

static struct ll_str last_word(struct ll_str line)
{
	const size_t blank = ll_str_rindex(line, ' ');

	return ll_str_from(line, blank == SIZE_MAX ? 0 : blank + 1);
}

static bool is_number(struct ll_str text)
{
	double value;

	return ll_str_to_f64(text, &value);
}

/* ------------------------------------------------------------------------- Delve */

static enum ll_bid bid_delve(const struct ll_peek *peek)
{
	static const char *const words[] = {" - User: ", " - Runtime: ", " - Go: ", " - Start: "};
	const struct ll_str head = taste(peek);

	return guess_if(ll_str_find(head, "Goroutine ") != SIZE_MAX &&
	                has(head, words, LL_COUNT(words)));
}

const struct ll_format ll_fmt_delve = {
	.id = "delve",
	.title = "list of goroutines of a debugger",
	.bid = bid_delve,
	.is_plain = true,
	.refusal = "a list of goroutines as Delve prints it, without their stacks: save "
		   "/debug/pprof/goroutine?debug=2, or send SIGQUIT",
};

/* ----------------------------------------------------------------- folded stacks */

/* "main.main;main.work;runtime.mallocgc 524288" */
static bool is_folded(struct ll_str line)
{
	return ll_str_index(line, ';') != SIZE_MAX && ll_str_is_digits(last_word(line)) &&
	       !has(line, (const char *const[]){"=", "\"", ", "}, 3);
}

static enum ll_bid bid_folded(const struct ll_peek *peek)
{
	return guess_if(lines_are(peek, is_folded, 2));
}

const struct ll_format ll_fmt_folded = {
	.id = "folded",
	.title = "folded stacks",
	.bid = bid_folded,
	.is_plain = true,
	.refusal = "folded stacks, of which flame graphs are made: give the profile that they were "
		   "made of",
};

/* ------------------------------------------------- lines for databases of metrics */

/* "cart,host=web-1 heap_alloc=192608208i 1795223187000000000" */
static bool is_influx(struct ll_str line)
{
	const struct ll_str series = ll_str_first(line, ll_str_index(line, ' '));
	const struct ll_str time = last_word(line);
	const struct ll_str middle = ll_str_from(line, series.size);

	return time.size >= 10 && ll_str_is_digits(time) && ll_str_index(middle, '=') != SIZE_MAX &&
	       ll_str_index(series, '=') > ll_str_index(series, ',') &&
	       ll_str_index(series, ',') != SIZE_MAX;
}

/* "cart.heap:192608208|g", also with a rate and tags behind it */
static bool is_statsd(struct ll_str line)
{
	const size_t bar = ll_str_index(line, '|');
	const struct ll_str before = ll_str_first(line, bar);
	const size_t colon = ll_str_rindex(before, ':');

	return bar != SIZE_MAX && colon != SIZE_MAX && bar + 1 < line.size &&
	       memchr("gcmhsd", line.data[bar + 1], 6) &&
	       is_number(ll_str_from(before, colon + 1)) && ll_str_index(before, ' ') == SIZE_MAX;
}

/* "servers.cart.heap 192608208 1795223187" */
static bool is_graphite(struct ll_str line)
{
	const struct ll_str name = ll_str_split(&line, ' ');
	const struct ll_str value = ll_str_split(&line, ' ');

	return ll_str_index(name, '.') != SIZE_MAX && ll_str_index(name, '=') == SIZE_MAX &&
	       is_number(value) && line.size == 10 && ll_str_is_digits(line);
}

static enum ll_bid bid_metric_lines(const struct ll_peek *peek)
{
	return guess_if(lines_are(peek, is_influx, 1) || lines_are(peek, is_statsd, 1) ||
	                lines_are(peek, is_graphite, 1));
}

const struct ll_format ll_fmt_metric_lines = {
	.id = "metric-lines",
	.title = "lines for InfluxDB, statsd or Graphite",
	.bid = bid_metric_lines,
	.is_plain = true,
	.refusal = "lines for InfluxDB, statsd or Graphite: save /metrics or /debug/vars of the "
		   "program itself",
};

/* ---------------------------------------------------------------- OpenTelemetry */

static enum ll_bid bid_otlp(const struct ll_peek *peek)
{
	static const char *const words[] = {"\"resourceMetrics\"", "ResourceMetrics #0"};

	return guess_if(has(taste(peek), words, LL_COUNT(words)));
}

const struct ll_format ll_fmt_otlp = {
	.id = "otlp",
	.title = "metrics as OpenTelemetry sends them",
	.bid = bid_otlp,
	.refusal = "metrics as OpenTelemetry sends them (OTLP): have its Collector write them for "
		   "Prometheus",
};

/* -------------------------------------------------------- parts of larger objects */

static enum ll_bid bid_container_part(const struct ll_peek *peek)
{
	static const char *const words[] = {
		"containerStatuses:",
		"lastState:",
		"\"lastState\":",
		"\"termination\":",
		"\"containerStatuses\"",
		"\"OOMKilled\":",
		"OOMKilled:",
		"\"CONTAINER_EXITED\"",
		"OutOfMemoryError: Con",
		"\"memory_stats\"",
	};

	static const char *const wholes[] = {"\"apiVersion\"", "apiVersion: ", "\"Id\": "};
	const struct ll_str head = taste(peek);

	/* Of a whole object behind something else, its own reader tells. */
	return guess_if(has(head, words, LL_COUNT(words)) && !has(head, wholes, LL_COUNT(wholes)));
}

const struct ll_format ll_fmt_container_part = {
	.id = "container-part",
	.title = "a part of the state of a pod or container",
	.bid = bid_container_part,
	.refusal = "a part of what Kubernetes, docker or a cloud says of a container: save the "
		   "whole object",
};
