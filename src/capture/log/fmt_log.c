/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_log.c - text in which captures appear as lines: goroutine dumps, GC traces, kills; whole
 * files of them or somewhere in a service's log, behind the loggers' prefixes.
 *
 *   1. Lines are undressed as the head of the file shows (prefix.h), put together where the logger
 *      split them, and taken apart where it kept several as one.
 *   2. Each is offered to the readers of the process that wrote it (log_origins.h). A line without
 *      a prefix in a file that has them continues the one before.
 *   3. What no reader takes is looked at again: without colours; without the prefix that Go's log
 *      package puts in front of a message's first line, and which the lines that follow may wear,
 *      too; as a structured line with a dump inside a string; and as a line in which a record
 *      starts behind something, which teaches a shape.
 *      A string that a logger cut in two goes on in the next line of the same process.
 *   4. A text longer than the head is worth reading to the end: a crash stands at the end of its
 *      log.
 */
#include "content/stream.h"
#include "log_export.h"
#include "log_nearby.h"
#include "log_origins.h"
#include "log_quote.h"
#include "log_text.h"
#include "openings.h"
#include "prefix.h"

#include <leakledger/json.h>

#include <ctype.h>

enum {
	JOINS = 8, /* sources whose split lines are put together at a time */
	JOINED_MAX = 4 * 1024 * 1024,
	PREAMBLE_MAX = 1024,
	PREAMBLE_AGE = 64, /* lines between a preamble that was not understood and its dump */
};

/* A line that its logger has split, so far. */
struct join {
	struct ll_buf text;
	char key[128];
	size_t key_size;
	bool is_open;
};

struct log {
	struct ll_stream *in;
	struct ll_log_origins *origins;
	struct ll_prefix prefix;
	struct join joins[JOINS];
	size_t next_join;
	struct ll_buf plain;  /* without colours */
	struct ll_buf bare;   /* without links */
	struct ll_buf whole;  /* unescaped by syslog's rules */
	struct ll_buf quoted; /* a dump out of a string */
	struct ll_buf again;  /* a message without colours */
	struct ll_buf inner;  /* a line that was quoted alone */
	struct ll_log_quote quote;
	char preamble[PREAMBLE_MAX]; /* the last line that may begin a crash behind a prefix */
	size_t preamble_size;
	uint64_t preamble_line;
	struct ll_record last; /* times of the last dressed line; its views are gone */
	size_t last_width;     /* of its prefix */
	struct ll_log_nearby nearby;
	uint64_t number;
	bool is_dress_new; /* nobody knows yet whether the lines behind it wear it, too */
	size_t open_shape; /* of the last line that was taken behind one; else SIZE_MAX */
	bool is_unended;   /* the line that is being read */
	bool is_quoted;    /* the same */
	bool is_coloured;
	bool is_linked;
	struct ll_log_words words;
};

/* ------------------------------------------------------------------ one message */

static int offer(struct log *log, const struct ll_record *record, struct ll_str message,
                 struct ll_error *err)
{
	const struct ll_log_line line = {
		.message = message,
		.number = log->number,
		.time_ns = record->time_ns,
		.near_ns = log->nearby.time_ns,
		.uptime_ns = record->uptime_ns,
		.is_unended = log->is_unended,
		.is_quoted = log->is_quoted,
	};

	return ll_log_origins_offer(log->origins, &line, err);
}

/* Rule 3: every line of a text that was logged as one string. */
static int offer_text(struct log *log, const struct ll_record *record, struct ll_str text,
                      struct ll_error *err)
{
	struct ll_str rest;
	int rc = ll_log_origins_pause(log->origins, err);

	ll_buf_clear(&log->quoted);
	ll_json_unescape(text, &log->quoted);
	rest = ll_buf_str(&log->quoted);
	log->is_unended = false;
	/* A string of one line is how a logger wraps lines, not how a source quotes a dump. */
	log->is_quoted = ll_str_find(ll_str_trim(rest), "\n") != SIZE_MAX;
	while (rc >= 0 && rest.size > 0)
		rc = offer(log, record, ll_str_split(&rest, '\n'), err);
	log->is_quoted = false;
	if (rc >= 0)
		rc = ll_log_origins_pause(log->origins, err);
	return rc < 0 ? rc : 1;
}

static int close_quote(struct log *log, struct ll_error *err)
{
	struct ll_log_quote *const quote = &log->quote;

	if (!quote->is_open)
		return LL_OK;
	quote->is_open = false;
	ll_log_origins_turn(log->origins, &quote->record, SIZE_MAX);
	return offer_text(log, &quote->record, ll_buf_str(&quote->text), err);
}

/* Returns 1 when the message belonged to the string that is open. */
static int continue_quote(struct log *log, const struct ll_record *record, struct ll_str message,
                          struct ll_error *err)
{
	struct ll_log_quote *const quote = &log->quote;
	struct ll_str rest;
	bool is_open;
	int rc = 1;

	if (!ll_log_quote_is_by(quote, record))
		return 0;
	rest = ll_prefix_quote_rest(message, &is_open);
	ll_buf_put_str(&quote->text, rest);
	if (rest.size == 0 || !is_open || quote->text.is_full)
		rc = close_quote(log, err);
	/* Who closed it spoke of something else? */
	if (rc >= 0 && rest.size == 0)
		ll_log_origins_turn(log->origins, record, SIZE_MAX);
	return rc < 0 ? rc : rest.size > 0;
}

static int offer_quoted(struct log *log, const struct ll_record *record, struct ll_str message,
                        struct ll_str text, bool is_open, struct ll_error *err)
{
	struct ll_record inside = *record;

	if (inside.time_ns == LL_TIME_NONE || record->month > 0) {
		const int64_t time_ns = ll_prefix_quoted_time(message);

		/* It has a year, which syslog leaves to be guessed. */
		if (time_ns != LL_TIME_NONE)
			inside.time_ns = time_ns;
		if (time_ns != LL_TIME_NONE && record->month > 0)
			log->prefix.near_ns = time_ns;
	}
	if (inside.time_ns == LL_TIME_NONE)
		inside.time_ns = ll_prefix_time(ll_str_first(message, LL_SHAPE_MAX));
	if (!is_open || log->quote.is_open)
		return offer_text(log, &inside, text, err);
	ll_log_quote_open(&log->quote, &inside, text);
	return 1;
}

static bool is_preamble(struct ll_str line)
{
	return ll_str_find(line, "panic: ") != SIZE_MAX ||
	       ll_str_find(line, "fatal error: ") != SIZE_MAX ||
	       ll_str_find(line, "SIGQUIT: ") != SIZE_MAX ||
	       ll_str_find(line, "SIGABRT: ") != SIZE_MAX;
}

static void remember_preamble(struct log *log, struct ll_str line)
{
	if (line.size >= PREAMBLE_MAX || !is_preamble(line))
		return;
	memcpy(log->preamble, line.data, line.size);
	log->preamble_size = line.size;
	log->preamble_line = log->number;
}

/* The crash that a dump belongs to was announced before its prefix was known. */
static int offer_preamble(struct log *log, const struct ll_record *record, size_t shape,
                          struct ll_error *err)
{
	struct ll_str line = ll_str_n(log->preamble, log->preamble_size);

	if (line.size == 0 || log->number - log->preamble_line > PREAMBLE_AGE ||
	    ll_prefix_cut_shape(&log->prefix, &line) != shape)
		return LL_OK;
	log->preamble_size = 0;
	return offer(log, record, line, err);
}

/*
 * The program had not ended its own line when the runtime wrote: what stands before is no logger's,
 * who would leave a blank, a colon or a bracket.
 */
static bool is_glued(struct ll_str message, size_t at)
{
	const char before = message.data[at - 1];

	return ll_str_starts(ll_str_from(message, at), "gc") &&
	       (isalnum((unsigned char)before) || before == '.');
}

/* Where a record starts in "no match: \"goroutine 7 [running]:\"", of who quotes lines. */
static size_t find_in_quotes(struct ll_str *message)
{
	const struct ll_str inner = ll_str_first(*message, message->size - 1);
	const size_t at = ll_str_ends(*message, "\"") ? ll_log_find(inner) : SIZE_MAX;

	if (at == SIZE_MAX || at == 0 || inner.data[at - 1] != '"')
		return SIZE_MAX;
	*message = inner;
	return at;
}

/* A record that starts behind something teaches what that something looks like. */
static int learn(struct log *log, const struct ll_record *record, struct ll_str message,
                 struct ll_error *err)
{
	size_t at = ll_log_find(message);
	struct ll_record inside = *record;
	size_t shape;
	int rc;

	if (at == SIZE_MAX)
		at = find_in_quotes(&message);
	if (at == SIZE_MAX || at == 0)
		return 0;
	if (is_glued(message, at))
		return offer(log, record, ll_str_from(message, at), err);
	if (!ll_prefix_learn(&log->prefix, ll_str_first(message, at)))
		return 0;
	shape = log->prefix.shapes[log->prefix.shape_count - 1].kin;
	if (inside.time_ns == LL_TIME_NONE)
		inside.time_ns = ll_prefix_time(ll_str_first(message, at));
	ll_log_origins_turn(log->origins, &inside, shape);
	rc = offer_preamble(log, &inside, shape, err);
	if (rc >= 0)
		rc = offer(log, &inside, ll_str_from(message, at), err);
	log->open_shape = rc > 0 ? shape : SIZE_MAX;
	return rc;
}

/*
 * Most loggers dress the first line of a message only, and the rest of the stack is bare. Returns 1
 * when the line belongs to the record that began behind a shape.
 */
static int offer_behind_shape(struct log *log, const struct ll_record *record,
                              struct ll_str message, struct ll_error *err)
{
	int rc;

	ll_log_origins_turn(log->origins, record, log->open_shape);
	rc = offer(log, record, message, err);
	if (rc == 0 && ll_str_trim(message).size == 0)
		return 1;
	if (rc == 0)
		log->open_shape = SIZE_MAX;
	return rc;
}

/* A line that is dressed otherwise than its file. */
static int offer_undressed(struct log *log, const struct ll_record *record, struct ll_str message,
                           struct ll_error *err)
{
	const struct ll_prefix_style *dress[LL_PREFIX_LAYERS];
	struct ll_record inside = *record;
	size_t worn = 0;
	int rc;

	inside.text = message;
	while (worn < LL_PREFIX_LAYERS && ll_prefix_cut_any(&inside, &dress[worn]))
		worn++;
	if (worn == 0)
		return 0;
	ll_prefix_date(&log->prefix, &inside);
	if (inside.time_ns != LL_TIME_NONE)
		log->nearby.time_ns = inside.time_ns;
	ll_log_origins_turn(log->origins, &inside, SIZE_MAX);
	rc = offer(log, &inside, inside.text, err);
	if (rc == 0) /* what follows a line that was taken belongs to it */
		ll_log_origins_turn(log->origins, record, SIZE_MAX);
	if (rc > 0) { /* and may wear the same: function names must not begin with a time */
		memcpy(log->prefix.dress, dress, worn * sizeof *dress);
		log->prefix.dress_count = worn;
		log->is_dress_new = true;
	}
	return rc;
}

/*
 * Takes off what the last record wore that was dressed otherwise than its file. A logger that
 * leaves the line behind it bare begins another message where it dresses one again.
 */
static bool undress(struct log *log, struct ll_record *record)
{
	if (log->prefix.dress_count == 0)
		return false;
	if (!ll_prefix_cut_dress(&log->prefix, record)) {
		if (log->is_dress_new && ll_str_trim(record->text).size > 0)
			log->prefix.dress_count = 0;
		return false;
	}
	log->is_dress_new = false;
	ll_prefix_date(&log->prefix, record);
	if (record->time_ns != LL_TIME_NONE)
		log->nearby.time_ns = record->time_ns;
	ll_log_origins_turn(log->origins, record, SIZE_MAX);
	return true;
}

/* Rule 3, in this order. Returns 1 when somebody took it. */
static int look_again(struct log *log, const struct ll_record *record, struct ll_str message,
                      struct ll_error *err)
{
	struct ll_str text;
	bool is_open;
	int rc = 0;

	if (ll_prefix_uncolour(message, &log->again)) {
		message = ll_buf_str(&log->again);
		rc = offer(log, record, message, err);
	}
	if (rc == 0)
		rc = offer_undressed(log, record, message, err);
	if (rc != 0)
		return rc;
	if (ll_prefix_quote(message, &text, &is_open))
		return offer_quoted(log, record, message, text, is_open, err);
	remember_preamble(log, message);
	return learn(log, record, message, err);
}

/* A message of the record: with the shapes that were learned taken off, if it has one. */
static int read_message(struct log *log, const struct ll_record *record, struct ll_str message,
                        struct ll_error *err)
{
	struct ll_record inside = *record, dressed = *record;
	struct ll_str rest;
	size_t shape = SIZE_MAX;
	bool is_listening, is_asked, has_word;
	int rc;

	if (ll_str_ends(message, "\r"))
		message.size--;
	if (log->quote.is_open && (rc = continue_quote(log, record, message, err)) != 0)
		return rc;
	dressed.text = message;
	if (undress(log, &dressed)) {
		record = &dressed;
		inside = dressed;
		message = dressed.text;
	}
	rest = message;
	if (log->prefix.shape_count > 0) {
		shape = ll_prefix_cut_shape(&log->prefix, &rest);
		if (shape == SIZE_MAX && log->open_shape != SIZE_MAX &&
		    (rc = offer_behind_shape(log, record, message, err)) != 0)
			return rc;
		if (shape != SIZE_MAX && inside.time_ns == LL_TIME_NONE)
			inside.time_ns =
				ll_prefix_time(ll_str_first(message, message.size - rest.size));
		if (shape != SIZE_MAX && rest.size < message.size)
			rest = ll_prefix_out_of_quotes(rest, &log->inner);
		ll_log_origins_turn(log->origins, &inside, shape);
	}
	is_listening = ll_log_origins_is_listening(log->origins);
	is_asked = log->nearby.size > 0 || !is_listening;
	has_word = is_asked && ll_log_words_in(&log->words, rest);
	if (has_word)
		ll_log_nearby_look(&log->nearby, &log->prefix);
	rc = has_word || is_listening ? offer(log, &inside, rest, err) : 0;
	if (rc > 0)
		log->open_shape = shape;
	if (rc != 0)
		return rc;
	if (is_asked ? has_word : ll_log_words_in(&log->words, rest))
		return look_again(log, record, message, err);
	ll_log_nearby_pass(&log->nearby, message);
	return 0;
}

/* The lines of a record that may hold several. */
static int read_messages(struct log *log, struct ll_record *record, struct ll_error *err)
{
	struct ll_str rest = record->text;
	int rc;

	ll_prefix_date(&log->prefix, record);
	if (record->time_ns != LL_TIME_NONE)
		log->nearby.time_ns = record->time_ns;
	ll_log_origins_turn(log->origins, record, SIZE_MAX);
	if (record->is_escaped && ll_prefix_unescape(rest, &log->whole)) {
		rest = ll_buf_str(&log->whole);
		record->is_lines = true;
	}
	if (!record->is_lines)
		return read_message(log, record, rest, err);
	do
		rc = read_message(log, record, ll_str_split(&rest, '\n'), err);
	while (rc >= 0 && rest.size > 0);
	return rc;
}

/* -------------------------------------------------------------------- split lines */

static struct join *join_of(struct log *log, const struct ll_record *record, bool is_wanted)
{
	struct join *join;
	char key[sizeof join->key];
	const int size = snprintf(key, sizeof key, "%.*s|%.*s|%.*s", LL_STR_ARG(record->stream),
	                          LL_STR_ARG(record->pod), LL_STR_ARG(record->container));
	const size_t key_size = (size_t)size < sizeof key ? (size_t)size : sizeof key - 1;

	for (size_t i = 0; i < JOINS; i++) {
		join = &log->joins[i];
		if (join->is_open && join->key_size == key_size &&
		    memcmp(join->key, key, key_size) == 0)
			return join;
	}
	if (!is_wanted)
		return NULL;
	join = &log->joins[log->next_join++ % JOINS];
	memcpy(join->key, key, key_size);
	join->key_size = key_size;
	join->is_open = true;
	ll_buf_clear(&join->text);
	return join;
}

static bool has_open_join(const struct log *log)
{
	for (size_t i = 0; i < JOINS; i++) {
		if (log->joins[i].is_open)
			return true;
	}
	return false;
}

static int read_record(struct log *log, struct ll_record *record, struct ll_error *err)
{
	struct join *join = NULL;

	if (record->is_partial || has_open_join(log))
		join = join_of(log, record, record->is_partial);
	if (!join)
		return read_messages(log, record, err);
	ll_buf_put_str(&join->text, record->text);
	if (record->is_partial && !join->text.is_full)
		return LL_OK;
	join->is_open = false;
	record->text = ll_buf_str(&join->text);
	return read_messages(log, record, err);
}

/* ----------------------------------------------------------------------- the input */

/*
 * A line that does not wear what the file wears. It may wear something else, as what the kernel
 * prints into another log. journalctl indents what follows the first line of a message by the width
 * of its prefix: that has its time, too. Otherwise only the place is known.
 */
static int read_continued(struct log *log, struct ll_str line, struct ll_error *err)
{
	struct ll_record record = {.text = line, .time_ns = LL_TIME_NONE, .uptime_ns = -1};
	size_t blanks = 0, worn = 0;

	while (worn < LL_PREFIX_LAYERS && ll_prefix_cut_any(&record, NULL))
		worn++;
	if (worn > 0)
		return read_record(log, &record, err);
	while (blanks < line.size && line.data[blanks] == ' ')
		blanks++;
	if (log->last_width == 0 || blanks < log->last_width)
		return read_message(log, &record, line, err);
	return read_message(log, &log->last, ll_str_from(line, log->last_width), err);
}

static int read_line(struct log *log, struct ll_str line, struct ll_error *err)
{
	struct ll_record record;

	line = ll_log_text_behind_zeros(line);
	if (log->is_coloured && ll_prefix_uncolour(line, &log->plain))
		line = ll_buf_str(&log->plain);
	if (log->is_linked && ll_log_text_unlink(line, &log->bare))
		line = ll_buf_str(&log->bare);
	if (log->prefix.layer_count == 0)
		return read_message(log, &log->last, line, err);
	if (ll_prefix_cut(&log->prefix, line, &record) == 0)
		return read_continued(log, line, err);
	log->last_width = record.is_lines ? 0 : line.size - record.text.size;
	if (record.time_ns != LL_TIME_NONE || record.uptime_ns >= 0 || record.month > 0) {
		log->last.time_ns = record.time_ns;
		log->last.uptime_ns = record.uptime_ns;
	}
	return read_record(log, &record, err);
}

/* Behind a line that was taken. Returns how many more were. */
static uint64_t run_on(struct log *log)
{
	uint64_t lines;
	const size_t size = ll_log_origins_run(log->origins, ll_stream_ahead(log->in), &lines);

	ll_stream_pass(log->in, size, lines);
	return lines;
}

static bool is_bare(const struct log *log)
{
	return log->prefix.layer_count == 0 && log->prefix.shape_count == 0 &&
	       log->prefix.dress_count == 0 && !log->is_coloured && !log->is_linked;
}

/*
 * A file of nothing but dumps has no prefixes, and its lines go straight to the reader that took
 * the one before; only behind a line that nobody took are they looked through for words. Returns
 * when there is more to do than that, or nothing.
 */
static int read_bare_lines(struct log *log, struct ll_error *damage, struct ll_error *err)
{
	struct ll_log_line line = {.number = log->number, .time_ns = LL_TIME_NONE, .uptime_ns = -1};
	int rc = LL_OK;

	while (rc >= 0 && is_bare(log) && ll_stream_line(log->in, &line.message, damage) > 0) {
		const bool is_listening = ll_log_origins_is_listening(log->origins);
		const bool is_asked = log->nearby.size > 0 || !is_listening;
		bool has_word = is_asked && ll_log_words_in(&log->words, line.message);

		line.message = ll_log_text_behind_zeros(line.message);
		line.number++;
		line.is_unended = ll_stream_line_is_unended(log->in);
		log->is_unended = line.is_unended;
		if (log->quote.is_open &&
		    (rc = continue_quote(log, &log->last, line.message, err)) != 0)
			continue;
		if (has_word)
			ll_log_nearby_look(&log->nearby, &log->prefix);
		line.near_ns = log->nearby.time_ns;
		rc = has_word || is_listening ? ll_log_origins_offer(log->origins, &line, err) : 0;
		if (rc > 0 && !log->nearby.size)
			line.number += run_on(log);
		if (rc != 0)
			continue;
		log->number = line.number;
		if (!is_asked)
			has_word = ll_log_words_in(&log->words, line.message);
		if (has_word)
			rc = look_again(log, &log->last, line.message, err);
		else if (is_listening)
			rc = offer_undressed(log, &log->last, line.message, err);
		if (rc == 0 && !has_word)
			ll_log_nearby_pass(&log->nearby, line.message);
	}
	return rc;
}

static int read_lines(struct log *log, struct ll_error *damage, struct ll_error *err)
{
	struct ll_str line;
	int rc = LL_OK;

	while (rc >= 0) {
		if (is_bare(log))
			rc = read_bare_lines(log, damage, err);
		if (rc < 0 || ll_stream_line(log->in, &line, damage) <= 0)
			break;
		log->number = ll_stream_line_number(log->in);
		log->is_unended = ll_stream_line_is_unended(log->in);
		rc = read_line(log, line, err);
	}
	return rc;
}

static int read_export(struct log *log, struct ll_error *damage, struct ll_error *err)
{
	struct ll_journal_entry entry;
	int rc = LL_OK;

	ll_journal_entry_init(&entry);
	while (rc >= 0 && ll_journal_entry_next(&entry, log->in, damage) > 0) {
		log->number = ll_stream_line_number(log->in);
		rc = read_messages(log, &entry.record, err);
	}
	ll_journal_entry_done(&entry);
	return rc;
}

/* What the loggers had split when the log ended is a line all the same. */
static int read_rest(struct log *log, struct ll_error *err)
{
	int rc = LL_OK;

	for (size_t i = 0; rc >= 0 && i < JOINS; i++) {
		struct ll_record record = log->last;

		if (!log->joins[i].is_open)
			continue;
		record.text = ll_buf_str(&log->joins[i].text);
		rc = read_message(log, &record, record.text, err);
	}
	if (rc >= 0)
		rc = close_quote(log, err);
	return rc < 0 ? rc : LL_OK;
}

static int read_all(struct log *log, struct ll_str head, struct ll_error *err)
{
	struct ll_error damage = LL_ERROR_INIT;
	const char *remark;
	int rc;

	if (ll_journal_is_export(head))
		rc = read_export(log, &damage, err);
	else
		rc = read_lines(log, &damage, err);
	if (rc >= 0)
		rc = read_rest(log, err);
	if (rc >= 0)
		rc = ll_log_origins_finish(log->origins, damage.code != LL_OK, err);
	if (rc != 0)
		return rc < 0 ? rc : LL_OK;
	if (damage.code != LL_OK)
		return ll_fail(err, damage.code, "%s", damage.text);
	remark = ll_log_origins_remark(log->origins);
	if (!remark)
		remark = ll_log_text_nature(head, &log->prefix);
	return remark ? ll_fail(err, LL_E_FORMAT, "%s", remark)
	              : ll_fail(err, LL_E_FORMAT, "no known capture format");
}

static void detect(struct log *log, struct ll_str head)
{
	log->is_linked = ll_log_text_has_links(head);
	log->is_coloured = ll_str_index(head, '\x1b') != SIZE_MAX;
	if (log->is_coloured && ll_prefix_uncolour(head, &log->whole))
		head = ll_buf_str(&log->whole);
	ll_prefix_detect(&log->prefix, head);
}

static int read_text(struct ll_stream *in, struct ll_str head, int64_t modified_ns,
                     const struct ll_sink *out, struct ll_error *err)
{
	struct log *const log = ll_calloc(1, sizeof *log);
	struct ll_buf *const buffers[] = {&log->plain,  &log->bare,  &log->whole,
	                                  &log->quoted, &log->again, &log->inner};
	int rc;

	log->in = in;
	log->nearby.time_ns = LL_TIME_NONE;
	log->open_shape = SIZE_MAX;
	log->last = (struct ll_record){.time_ns = LL_TIME_NONE, .uptime_ns = -1};
	log->origins = ll_log_origins_new(out);
	ll_log_words_of_formats(&log->words);
	ll_prefix_init(&log->prefix, modified_ns);
	for (size_t i = 0; i < LL_COUNT(buffers); i++)
		ll_buf_init(buffers[i], JOINED_MAX);
	for (size_t i = 0; i < JOINS; i++)
		ll_buf_init(&log->joins[i].text, JOINED_MAX);
	ll_log_quote_init(&log->quote, JOINED_MAX);
	detect(log, head);
	ll_log_origins_turn(log->origins, &log->last, SIZE_MAX);
	rc = read_all(log, head, err);
	for (size_t i = 0; i < JOINS; i++)
		ll_buf_done(&log->joins[i].text);
	for (size_t i = 0; i < LL_COUNT(buffers); i++)
		ll_buf_done(buffers[i]);
	ll_log_quote_done(&log->quote);
	ll_prefix_done(&log->prefix);
	ll_log_origins_free(log->origins);
	free(log);
	return rc;
}

/* Takes away the zeros that the text begins with. Returns whether there were any. */
static bool skip_zeros(struct ll_stream *in)
{
	struct ll_error ignored = LL_ERROR_INIT; /* the reader of lines meets it again */
	char zeros[4096];
	bool has_any = false;

	for (;;) {
		const struct ll_str head = ll_stream_peek(in, sizeof zeros);
		const size_t size = head.size - ll_log_text_behind_zeros(head).size;

		if (size == 0 || ll_stream_take(in, zeros, size, &ignored) <= 0)
			return has_any;
		has_any = true;
	}
}

static int read_log(struct ll_stream *in, const struct ll_peek *peek, const struct ll_sink *out,
                    struct ll_error *err)
{
	if (skip_zeros(in) && ll_stream_peek(in, 1).size == 0)
		return ll_fail(err, LL_E_FORMAT, "only zero bytes: the capture failed");
	return read_text(in, ll_stream_peek(in, LL_PEEK_SIZE), peek->modified_ns, out, err);
}

/* ------------------------------------------------------------------------ the bid */

/* Is there a goroutine in a line that syslog made of several? */
static bool has_escaped_record(struct ll_str line, struct ll_buf *scratch)
{
	struct ll_str rest;

	if (!ll_prefix_unescape(line, scratch))
		return false;
	rest = ll_buf_str(scratch);
	while (rest.size > 0) {
		if (ll_log_find(ll_str_split(&rest, '\n')) != SIZE_MAX)
			return true;
	}
	return false;
}

/* Is there a goroutine in a string of this line, or a trace, whose '>' Docker writes in hex? */
static bool has_quoted_record(struct ll_str line, struct ll_buf *scratch)
{
	struct ll_record record = {.text = line};

	if (ll_str_find(line, "goroutine ") == SIZE_MAX && ll_str_find(line, "\\u003e") == SIZE_MAX)
		return false;
	ll_buf_clear(scratch);
	for (size_t i = 0; i < ll_prefix_json_style_count; i++) {
		if (ll_prefix_json_styles[i].cut(&record, scratch) &&
		    ll_log_find(ll_str_first(record.text, ll_str_index(record.text, '\n'))) !=
		            SIZE_MAX)
			return true;
	}
	return ll_prefix_quoted_dump(line, scratch) || has_escaped_record(line, scratch);
}

/* Rules 1 and 3 without the trouble: is there a record anywhere in the head? */
static enum ll_bid bid_text(struct ll_str head, const struct ll_peek *peek)
{
	struct ll_str rest = head;
	bool is_first = true;
	LL_CLEANUP(ll_buf_done) struct ll_buf scratch;

	ll_buf_init(&scratch, LL_PEEK_SIZE);
	while (rest.size > 0) {
		struct ll_str line = ll_str_split(&rest, '\n');

		if (ll_str_ends(line, "\r"))
			line.size--;
		if (ll_log_find(line) != SIZE_MAX)
			return is_first ? LL_BID_MAGIC : LL_BID_SHAPE;
		if (has_quoted_record(line, &scratch))
			return LL_BID_SHAPE;
		is_first = false;
	}
	if (peek->least > LL_BID_GUESS)
		return LL_BID_NO;
	if (ll_journal_is_export(head) ||
	    ll_str_find(ll_str_first(head, 4096), "\"__REALTIME_TIMESTAMP\"") != SIZE_MAX)
		return LL_BID_GUESS;
	return ll_log_text_is_worth_reading(head, peek->is_whole) ? LL_BID_LAST : LL_BID_NO;
}

/* Events of Kubernetes quote the kernel; who reads events tells of its kills. */
static bool is_of_events(struct ll_str head)
{
	if (ll_str_starts(head, "apiVersion: "))
		return ll_str_find(head, "\n  involvedObject:") != SIZE_MAX ||
		       ll_str_find(head, "\ninvolvedObject:") != SIZE_MAX;
	return (ll_str_starts(head, "{") || ll_str_starts(head, "[")) &&
	       ll_str_find(ll_opening_of_object(head), "\"involvedObject\"") != SIZE_MAX;
}

static enum ll_bid bid_log(const struct ll_peek *peek)
{
	const struct ll_str head = ll_log_text_behind_zeros(peek->head);

	if (is_of_events(head))
		return LL_BID_NO;
	if (head.size == 0 && !peek->is_whole)
		return LL_BID_LAST;
	return ll_log_text_is_text(head) ? bid_text(head, peek) : LL_BID_NO;
}

const struct ll_format ll_fmt_log = {
	.id = "log",
	.title = "log with goroutine dumps, a GC trace or kills",
	.bid = bid_log,
	.read = read_log,
	.reads_between = true,
};
