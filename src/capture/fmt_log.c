/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_log.c - text in which captures appear as lines: goroutine dumps, GC traces; whole files of
 * them or somewhere in a service's log, behind a logger's prefix.
 *
 *   1. The prefix is learned from a line in which a line format finds its record not at the start,
 *      and cut from the lines around it (prefix.h).
 *   2. Each line is offered to the line formats in the order of the table; the first that takes it
 *      wins. Their records cannot be confused, so the order is only a matter of speed.
 *   3. A text longer than the head is worth reading to the end: a crash stands at the end of its
 *      log.
 */
#include "line_format.h"
#include "prefix.h"

/* clang-format off */
#define LL_LINE_FORMATS(X) \
	X(goroutines) \
	X(gctrace)
/* clang-format on */

#define LL_LINE_FORMAT_DECLARE(name) extern const struct ll_line_format ll_line_##name;
LL_LINE_FORMATS(LL_LINE_FORMAT_DECLARE)
#undef LL_LINE_FORMAT_DECLARE

static const struct ll_line_format *const line_formats[] = {
#define LL_LINE_FORMAT_ROW(name) &ll_line_##name,
	LL_LINE_FORMATS(LL_LINE_FORMAT_ROW)
#undef LL_LINE_FORMAT_ROW
};

enum {
	FORMATS = LL_COUNT(line_formats),
};

struct log {
	void *readers[FORMATS];
	struct ll_prefix prefix;
};

/* Offers a line to every format. Returns 1 when one took it. */
static int offer(struct log *log, const struct ll_log_line *line, struct ll_error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < FORMATS; i++)
		rc = line_formats[i]->line(log->readers[i], line, err);
	return rc;
}

/* Rule 1: a record that starts behind something teaches what that something looks like. */
static bool learn(struct log *log, struct ll_log_line *line, struct ll_str raw)
{
	for (size_t i = 0; i < FORMATS; i++) {
		const size_t at = line_formats[i]->find(raw);

		if (at == SIZE_MAX || !ll_prefix_learn(&log->prefix, ll_str_first(raw, at)))
			continue;
		line->prefix = ll_str_first(raw, at);
		line->message = ll_str_from(raw, at);
		return true;
	}
	return false;
}

static int read_line(struct log *log, struct ll_str raw, uint64_t number, struct ll_error *err)
{
	struct ll_log_line line = {.message = raw, .number = number};
	size_t cut;
	int rc;

	cut = log->prefix.size > 0 ? ll_prefix_cut(&log->prefix, &line.message) : 0;
	if (cut == SIZE_MAX)
		line.message = raw;
	else
		line.prefix = ll_str_first(raw, cut);
	rc = offer(log, &line, err);
	if (rc != 0)
		return rc;
	return learn(log, &line, raw) ? offer(log, &line, err) : 0;
}

/* Lets every format hand on what it holds. Returns the number of captures. */
static int finish(struct log *log, bool is_cut, struct ll_error *err)
{
	int captures = 0;

	for (size_t i = 0; i < FORMATS; i++) {
		const int rc = line_formats[i]->finish(log->readers[i], is_cut, err);

		if (rc < 0)
			return rc;
		captures += rc;
	}
	return captures;
}

static int read_lines(struct log *log, struct ll_stream *in, struct ll_error *err)
{
	struct ll_error damage = LL_ERROR_INIT;
	struct ll_str line;
	int state = 0, rc = LL_OK;

	while (rc >= 0 && (state = ll_stream_line(in, &line, &damage)) > 0)
		rc = read_line(log, line, ll_stream_line_number(in), err);
	if (rc >= 0)
		rc = finish(log, state < 0, err);
	if (rc == 0 && state < 0)
		return ll_fail(err, damage.code, "%s", damage.text);
	if (rc == 0)
		return ll_fail(err, LL_E_FORMAT, "no known capture format");
	return rc < 0 ? rc : LL_OK;
}

static int read_log(struct ll_stream *in, const struct ll_peek *peek, const struct ll_sink *out,
                    struct ll_error *err)
{
	struct log log = {0};
	int rc;

	(void)peek;
	for (size_t i = 0; i < FORMATS; i++)
		log.readers[i] = line_formats[i]->open(out);
	rc = read_lines(&log, in, err);
	for (size_t i = 0; i < FORMATS; i++)
		line_formats[i]->close(log.readers[i]);
	return rc;
}

static bool looks_like_text(struct ll_str head)
{
	for (size_t i = 0; i < head.size; i++) {
		const unsigned char byte = (unsigned char)head.data[i];

		if (byte < 0x20 && !memchr("\t\n\r\x1b\f", byte, 5))
			return false;
	}
	return head.size > 0;
}

static bool has_record(struct ll_str line)
{
	for (size_t i = 0; i < FORMATS; i++) {
		if (line_formats[i]->find(line) != SIZE_MAX)
			return true;
	}
	return false;
}

static enum ll_bid bid_log(const struct ll_peek *peek)
{
	struct ll_str rest = peek->head;
	bool is_first = true;

	while (rest.size > 0) {
		struct ll_str line = ll_str_split(&rest, '\n');

		if (ll_str_ends(line, "\r"))
			line.size--;
		if (has_record(line))
			return is_first ? LL_BID_MAGIC : LL_BID_SHAPE;
		is_first = false;
	}
	if (!peek->is_whole && looks_like_text(peek->head) &&
	    !ll_str_starts(ll_str_trim(ll_str_first(peek->head, 64)), "{"))
		return LL_BID_LAST;
	return LL_BID_NO;
}

const struct ll_format ll_fmt_log = {
	.id = "log",
	.title = "log with goroutine dumps or a GC trace",
	.bid = bid_log,
	.read = read_log,
};
