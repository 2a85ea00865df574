/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prefix.c - see prefix.h.
 *
 * How the styles of a file are found:
 *   1. Up to SAMPLES lines of the head vote, spread over it; empty lines and those that start with
 *      a tab do not.
 *   2. The style that fits most of them wins when it fits more than half. A style that stands
 *      before it in the tables and fits nearly as many wins over it: it says more.
 *   3. A loose style counts only when few sources wrote many lines.
 *   4. What the winner leaves of the lines votes again, until nobody wins.
 */
#include "prefix.h"

#include <leakledger/hash.h>

enum {
	SAMPLES = 192,
	SOURCES_MAX = 24,           /* of a loose style */
	TEXT_MAX = 4 * 1024 * 1024, /* of a line in a string */
	LOOSE_MIN = 3,              /* lines that a loose style must fit */
};

void ll_prefix_init(struct ll_prefix *prefix, int64_t modified_ns)
{
	*prefix = (struct ll_prefix){
		.modified_ns = modified_ns > 0 ? modified_ns : LL_TIME_NONE,
		.near_ns = LL_TIME_NONE,
		.boot_ns = LL_TIME_NONE,
		.last_ns = LL_TIME_NONE,
	};
	for (size_t i = 0; i < LL_PREFIX_LAYERS; i++)
		ll_buf_init(&prefix->scratch[i], TEXT_MAX);
}

void ll_prefix_done(struct ll_prefix *prefix)
{
	for (size_t i = 0; i < LL_PREFIX_LAYERS; i++)
		ll_buf_done(&prefix->scratch[i]);
}

/* ------------------------------------------------------------------- detection */

struct samples {
	struct ll_record lines[SAMPLES];
	size_t count;
	struct ll_buf scratch;
};

static const struct ll_prefix_style *style_at(size_t index)
{
	if (index < ll_prefix_json_style_count)
		return &ll_prefix_json_styles[index];
	index -= ll_prefix_json_style_count;
	return index < ll_prefix_text_style_count ? &ll_prefix_text_styles[index] : NULL;
}

static void new_record(struct ll_record *record, struct ll_str line)
{
	*record = (struct ll_record){.text = line, .time_ns = LL_TIME_NONE, .uptime_ns = -1};
}

static void take_samples(struct samples *samples, struct ll_str head)
{
	struct ll_str rest = head;
	size_t lines = 0, step, number = 0;

	while (rest.size > 0) {
		(void)ll_str_split(&rest, '\n');
		lines++;
	}
	step = lines / SAMPLES + 1;
	while (head.size > 0 && samples->count < SAMPLES) {
		struct ll_str line = ll_str_split(&head, '\n');

		if (ll_str_ends(line, "\r"))
			line.size--;
		/* The head may end inside its last line. */
		if (number++ % step != 0 || ll_str_trim(line).size == 0 || line.data[0] == '\t' ||
		    (head.size == 0 && samples->count > 0))
			continue;
		new_record(&samples->lines[samples->count++], line);
	}
}

/* Rule 3. */
static bool has_few_sources(const struct samples *samples, const struct ll_prefix_style *style,
                            size_t votes)
{
	uint64_t seen[SOURCES_MAX];
	size_t count = 0;

	for (size_t i = 0; i < samples->count; i++) {
		struct ll_record record = samples->lines[i];
		char name[384];
		int size;
		uint64_t hash;
		size_t k = 0;

		if (!style->cut(&record, NULL))
			continue;
		size = snprintf(name, sizeof name, "%.*s %.*s %.*s", LL_STR_ARG(record.host),
		                LL_STR_ARG(record.pod), LL_STR_ARG(record.container));
		hash = ll_hash_bytes(name, (size_t)size < sizeof name ? (size_t)size : sizeof name)
		               .low;
		while (k < count && seen[k] != hash)
			k++;
		if (k < count)
			continue;
		if (count == SOURCES_MAX)
			return false;
		seen[count++] = hash;
	}
	return count <= 1 + votes / 4;
}

static size_t votes_of(struct samples *samples, const struct ll_prefix_style *style)
{
	size_t votes = 0;

	for (size_t i = 0; i < samples->count; i++) {
		struct ll_record record = samples->lines[i];

		ll_buf_clear(&samples->scratch);
		votes += style->cut(&record, &samples->scratch);
	}
	if (style->is_loose && (votes < LOOSE_MIN || !has_few_sources(samples, style, votes)))
		return 0;
	return votes;
}

/* Rule 2. JSON can only be outermost: what is inside it is unescaped into a buffer. */
static const struct ll_prefix_style *elect(struct samples *samples, size_t from)
{
	const struct ll_prefix_style *best = NULL;
	size_t most = 0;

	for (size_t i = from; style_at(i); i++) {
		const size_t votes = votes_of(samples, style_at(i));

		if (votes * 9 <= most * 10)
			continue;
		most = votes;
		best = style_at(i);
	}
	return most * 2 > samples->count ? best : NULL;
}

/* Rule 4: the lines as the winner leaves them. Those that do not wear it have had their say. */
static void undress(struct samples *samples, const struct ll_prefix_style *style,
                    struct ll_arena *arena)
{
	size_t kept = 0;

	for (size_t i = 0; i < samples->count; i++) {
		struct ll_record record = samples->lines[i];

		ll_buf_clear(&samples->scratch);
		if (!style->cut(&record, &samples->scratch))
			continue;
		record.text = ll_arena_str(arena, record.text);
		record.text = ll_str_first(record.text, ll_str_index(record.text, '\n'));
		if (ll_str_trim(record.text).size > 0 && record.text.data[0] != '\t')
			samples->lines[kept++] = record;
	}
	samples->count = kept;
}

static void detect_styles(struct ll_prefix *prefix, struct ll_str head)
{
	struct samples *const samples = ll_calloc(1, sizeof *samples);
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;

	ll_buf_init(&samples->scratch, TEXT_MAX);
	take_samples(samples, head);
	prefix->layer_count = 0;
	while (prefix->layer_count < LL_PREFIX_LAYERS && samples->count > 0) {
		const struct ll_prefix_style *const style =
			elect(samples, prefix->layer_count > 0 ? ll_prefix_json_style_count : 0);

		if (!style)
			break;
		prefix->layers[prefix->layer_count++] = style;
		undress(samples, style, &arena);
	}
	ll_buf_done(&samples->scratch);
	free(samples);
}

size_t ll_prefix_cut(struct ll_prefix *prefix, struct ll_str line, struct ll_record *ret_record)
{
	struct ll_record record;
	size_t worn = 0;

	new_record(&record, line);
	for (size_t i = 0; i < prefix->layer_count; i++) {
		struct ll_record copy = record;

		ll_buf_clear(&prefix->scratch[i]);
		if (!prefix->layers[i]->cut(&copy, &prefix->scratch[i]))
			break;
		record = copy;
		worn++;
	}
	*ret_record = record;
	return worn;
}

bool ll_prefix_cut_any(struct ll_record *record, const struct ll_prefix_style **ret_style)
{
	for (size_t i = 0; i < ll_prefix_text_style_count; i++) {
		struct ll_record copy = *record;

		if (ll_prefix_text_styles[i].is_loose || !ll_prefix_text_styles[i].cut(&copy, NULL))
			continue;
		*record = copy;
		if (ret_style)
			*ret_style = &ll_prefix_text_styles[i];
		return true;
	}
	return false;
}

bool ll_prefix_cut_dress(const struct ll_prefix *prefix, struct ll_record *record)
{
	struct ll_record copy = *record;

	for (size_t i = 0; i < prefix->dress_count; i++) {
		if (!prefix->dress[i]->cut(&copy, NULL))
			return false;
	}
	*record = copy;
	return prefix->dress_count > 0;
}

/* ----------------------------------------------------------------------- times */

static int64_t year_of(int64_t time_ns)
{
	return 1970 + time_ns / (LL_NS_PER_DAY * 36525 / 100);
}

/* The moment of a day without a year that is nearest to a known one, or the last before it. */
static int64_t with_year(const struct ll_record *record, int64_t known_ns, bool is_before)
{
	int64_t best = LL_TIME_NONE, best_distance = INT64_MAX;

	for (int64_t year = year_of(known_ns) - 2; year <= year_of(known_ns) + 1; year++) {
		int64_t time_ns, distance;

		if (!ll_time_from_civil(year, record->month, record->day, 0, 0, 0, &time_ns))
			continue;
		time_ns += record->of_day_ns;
		distance = known_ns > time_ns ? known_ns - time_ns : time_ns - known_ns;
		/* A clock may be off by a zone. */
		if (distance >= best_distance || (is_before && time_ns > known_ns + LL_NS_PER_DAY))
			continue;
		best_distance = distance;
		best = time_ns;
	}
	return best;
}

/* "rtc_cmos 00:00: setting system clock to 2026-11-21T01:06:27 UTC (1795223187)". */
static void learn_boot(struct ll_prefix *prefix, const struct ll_record *record)
{
	struct ll_str text = record->text;
	uint64_t seconds;

	text = ll_str_from(text, ll_str_find(text, "setting system clock to "));
	text = ll_str_from(text, ll_str_find(text, " UTC ("));
	if (!ll_str_skip(&text, " UTC (") || ll_str_lead_u64(text, &seconds) < 9 ||
	    seconds > (uint64_t)LL_PREFIX_SECONDS_MAX)
		return;
	prefix->boot_ns = (int64_t)seconds * LL_NS_PER_S - record->uptime_ns;
}

/* "[  +0.000003]" of `dmesg -H`. */
static void date_since_last(struct ll_prefix *prefix, struct ll_record *record)
{
	/* Any number of lines may claim 31 years each. */
	if (prefix->last_ns != LL_TIME_NONE)
		prefix->last_ns += record->of_day_ns;
	if (prefix->last_ns > LL_PREFIX_SECONDS_MAX * LL_NS_PER_S)
		prefix->last_ns = LL_TIME_NONE;
	record->time_ns = prefix->last_ns;
}

void ll_prefix_date(struct ll_prefix *prefix, struct ll_record *record)
{
	if (record->is_since_last) {
		date_since_last(prefix, record);
		return;
	}
	if (record->time_ns == LL_TIME_NONE && record->month > 0) {
		if (prefix->near_ns != LL_TIME_NONE)
			record->time_ns = with_year(record, prefix->near_ns, false);
		else if (prefix->modified_ns != LL_TIME_NONE)
			record->time_ns = with_year(record, prefix->modified_ns, true);
		prefix->last_ns = record->time_ns;
	} else if (record->time_ns != LL_TIME_NONE) {
		prefix->near_ns = record->time_ns;
	}
	if (record->uptime_ns < 0)
		return;
	if (record->time_ns != LL_TIME_NONE)
		return;
	if (ll_str_starts(record->text, "rtc") || ll_str_starts(record->text, "setting"))
		learn_boot(prefix, record);
	if (prefix->boot_ns != LL_TIME_NONE)
		record->time_ns = prefix->boot_ns + record->uptime_ns;
}

/*
 * syslog leaves the year out, but what some programs write behind it has a complete time: of the
 * same day, it is the line's own.
 */
static void find_year(struct ll_prefix *prefix, struct ll_str head)
{
	while (head.size > 0 && prefix->layer_count > 0) {
		struct ll_record record;
		int64_t time_ns, dated_ns;

		if (ll_prefix_cut(prefix, ll_str_split(&head, '\n'), &record) == 0)
			continue;
		if (record.time_ns != LL_TIME_NONE)
			return;
		time_ns = record.month > 0 ? ll_prefix_quoted_time(record.text) : LL_TIME_NONE;
		if (time_ns == LL_TIME_NONE || (prefix->modified_ns != LL_TIME_NONE &&
		                                time_ns - prefix->modified_ns > LL_NS_PER_DAY))
			continue;
		dated_ns = with_year(&record, time_ns, false);
		if (dated_ns != LL_TIME_NONE && dated_ns - time_ns < LL_NS_PER_DAY &&
		    time_ns - dated_ns < LL_NS_PER_DAY) {
			prefix->near_ns = time_ns;
			return;
		}
	}
}

void ll_prefix_detect(struct ll_prefix *prefix, struct ll_str head)
{
	detect_styles(prefix, head);
	find_year(prefix, head);
}

/* ---------------------------------------------------------------------- shapes */

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* The first word of a shape that does not begin with a number, as times do: a host, mostly. */
static struct ll_str host_of(struct ll_str text)
{
	struct ll_str word = {NULL, 0};

	while (text.size > 0 && (word.size == 0 || memchr("0[<", word.data[0], 3)))
		word = ll_str_split(&text, ' ');
	return word;
}

/*
 * The kernel tells of one kill in lines of several levels, which some loggers write between the
 * host and its name: they are of one writer all the same.
 */
static size_t kin_of(const struct ll_prefix *prefix, size_t number)
{
	const struct ll_shape *const shape = &prefix->shapes[number];
	const struct ll_str text = ll_str_n(shape->text, shape->size);

	for (size_t i = 0; i < number && ll_str_ends(text, " kernel: "); i++) {
		const struct ll_str other =
			ll_str_n(prefix->shapes[i].text, prefix->shapes[i].size);

		if (ll_str_ends(other, " kernel: ") && ll_str_equal(host_of(text), host_of(other)))
			return prefix->shapes[i].kin;
	}
	return number;
}

bool ll_prefix_learn(struct ll_prefix *prefix, struct ll_str text)
{
	struct ll_shape *shape;

	if (text.size >= LL_SHAPE_MAX || prefix->shape_count == LL_PREFIX_SHAPES)
		return false;
	shape = &prefix->shapes[prefix->shape_count++];
	shape->size = 0;
	for (size_t i = 0; i < text.size; i++) {
		if (is_digit(text.data[i]) && i > 0 && is_digit(text.data[i - 1]))
			continue;
		shape->text[shape->size++] = is_digit(text.data[i]) ? '0' : text.data[i];
	}
	shape->kin = kin_of(prefix, prefix->shape_count - 1);
	return true;
}

static size_t shape_end(const struct ll_shape *shape, struct ll_str line)
{
	size_t at = 0;

	for (size_t i = 0; i < shape->size; i++) {
		/* Loggers cut trailing blanks, so an empty message may have a shorter prefix. */
		if (at == line.size && (shape->text[i] == ' ' || shape->text[i] == '\t'))
			break;
		if (at == line.size)
			return SIZE_MAX;
		if (shape->text[i] != '0') {
			if (line.data[at++] != shape->text[i])
				return SIZE_MAX;
			continue;
		}
		if (!is_digit(line.data[at]))
			return SIZE_MAX;
		while (at < line.size && is_digit(line.data[at]))
			at++;
	}
	return at;
}

size_t ll_prefix_cut_shape(const struct ll_prefix *prefix, struct ll_str *line)
{
	for (size_t i = prefix->shape_count; i > 0; i--) {
		const size_t end = shape_end(&prefix->shapes[i - 1], *line);

		if (end == SIZE_MAX)
			continue;
		*line = ll_str_from(*line, end);
		return prefix->shapes[i - 1].kin;
	}
	return SIZE_MAX;
}

/* "2015/10/06 12:55:52" of Go's log package, as RFC 3339 writes it. */
static struct ll_str dashed(struct ll_str text, char out[40])
{
	const size_t size = text.size < 39 ? text.size : 39;

	for (size_t i = 0; i < size; i++)
		out[i] = text.data[i] == '/' && i < 10 ? '-' : text.data[i];
	out[size] = '\0';
	return ll_str_n(out, size);
}

int64_t ll_prefix_time(struct ll_str text)
{
	for (size_t i = 0; i < text.size; i++) {
		struct ll_str rest = ll_str_from(text, i);
		char copy[40];
		int64_t time_ns;

		if (!is_digit(text.data[i]) || (i > 0 && !memchr(" \t[(=\"", text.data[i - 1], 6)))
			continue;
		rest = dashed(rest, copy);
		if (ll_prefix_take_iso(&rest, &time_ns))
			return time_ns;
	}
	return LL_TIME_NONE;
}

/* --------------------------------------------------------- colours and escapes */

bool ll_prefix_uncolour(struct ll_str line, struct ll_buf *out)
{
	size_t at = ll_str_index(line, '\x1b');

	if (at == SIZE_MAX)
		return false;
	ll_buf_clear(out);
	while (at != SIZE_MAX) {
		ll_buf_put_str(out, ll_str_first(line, at));
		line = ll_str_from(line, at + 1);
		if (ll_str_skip(&line, "[")) {
			while (line.size > 0 && memchr("0123456789;:?", line.data[0], 13))
				line = ll_str_from(line, 1);
			line = ll_str_from(line, 1); /* "m", or another command */
		}
		at = ll_str_index(line, '\x1b');
	}
	ll_buf_put_str(out, line);
	return true;
}

bool ll_prefix_unescape(struct ll_str text, struct ll_buf *out)
{
	size_t at = ll_str_find(text, "#01");

	if (at == SIZE_MAX)
		return false;
	ll_buf_clear(out);
	while (at != SIZE_MAX) {
		const char digit = at + 3 < text.size ? text.data[at + 3] : '\0';

		ll_buf_put_str(out, ll_str_first(text, at));
		if (digit == '1' || digit == '2') {
			ll_buf_putc(out, digit == '1' ? '\t' : '\n');
			text = ll_str_from(text, at + 4);
		} else {
			ll_buf_putc(out, '#');
			text = ll_str_from(text, at + 1);
		}
		at = ll_str_find(text, "#01");
	}
	ll_buf_put_str(out, text);
	return true;
}
