/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sentence.c - what a finding says in words.
 *
 * Every number in a sentence is a column of the finding or of its evidence. Rates are given for the
 * time in which they were seen: by the hour when a process was watched for less than a day.
 */
#include "judge.h"

#include <math.h>

enum {
	RELATED_MAX = 4, /* places named beside the finding's own */
};

/* "store.(*Store).Put" of "example.com/fleet/store.(*Store).Put" */
static struct ll_str short_name(struct ll_str function)
{
	const size_t bracket = ll_str_index(function, '[');
	const size_t slash = ll_str_rindex(ll_str_first(function, bracket), '/');

	return slash == SIZE_MAX ? function : ll_str_from(function, slash + 1);
}

static struct ll_str base_name(struct ll_str file)
{
	const size_t slash = ll_str_rindex(file, '/');

	return slash == SIZE_MAX ? file : ll_str_from(file, slash + 1);
}

static void put_place(struct ll_buf *out, const struct ll_place *place)
{
	ll_buf_put_str(out, short_name(place->function));
	if (place->file.size == 0)
		return;
	ll_buf_printf(out, " (%.*s", LL_STR_ARG(base_name(place->file)));
	if (place->line > 0)
		ll_buf_printf(out, ":%lld", (long long)place->line);
	ll_buf_putc(out, ')');
}

static const char *count_text(double value, char out[LL_UNIT_TEXT])
{
	if (fabs(value) >= 100)
		return ll_format_count(llround(value), out);
	return ll_format_real(value, fabs(value) >= 10 ? 0 : 1, out);
}

static const char *level_text(double value, bool is_bytes, char out[LL_UNIT_TEXT])
{
	return is_bytes ? ll_format_bytes(llround(value), out) : count_text(value, out);
}

static bool is_hourly(int64_t watched_ns)
{
	return watched_ns < LL_NS_PER_DAY;
}

/* Bytes or objects by the day, or by the hour when nothing was watched for a day. */
static void put_amount(struct ll_buf *out, double per_day, bool is_bytes, int64_t watched_ns)
{
	const double value = is_hourly(watched_ns) ? per_day / 24 : per_day;
	char text[LL_UNIT_TEXT];

	ll_buf_puts(out, level_text(value, is_bytes, text));
}

static const char *unit_of_time(int64_t watched_ns)
{
	return is_hourly(watched_ns) ? "an hour" : "a day";
}

void ll_sentence_put_rate(struct ll_buf *out, double per_day, bool is_bytes, int64_t watched_ns)
{
	put_amount(out, per_day, is_bytes, watched_ns);
	ll_buf_printf(out, " %s", unit_of_time(watched_ns));
}

static void put_rate(struct ll_buf *out, const struct ll_estimate *estimate, bool is_bytes,
                     int64_t watched_ns)
{
	ll_sentence_put_rate(out, estimate->value, is_bytes, watched_ns);
	ll_buf_puts(out, " (95 % interval ");
	put_amount(out, estimate->low, is_bytes, watched_ns);
	ll_buf_puts(out, " to ");
	put_amount(out, estimate->high, is_bytes, watched_ns);
	ll_buf_putc(out, ')');
}

static struct ll_str take_text(struct ll_arena *arena, struct ll_buf *text)
{
	const struct ll_str kept = ll_arena_str(arena, ll_buf_str(text));

	ll_buf_done(text);
	return kept;
}

/* Memory that grows in leaps, as a map does, has levels; half of its days have no growth at all. */
static bool is_leaping(const struct ll_place *place)
{
	return place->kind == LL_SUBJECT_HEAP && !(place->bytes.low > 0);
}

/* --------------------------------------------------------------------- summary */

/* What a container keeps weighs more than it does, and is made elsewhere: both are named. */
static void put_contents_summary(struct ll_buf *out, const struct ll_candidate *candidate)
{
	const struct ll_place *const own = candidate->places.items;
	const struct ll_place *const most = ll_candidate_most_kept(candidate);

	if (!most || own->is_over || !own->is_measured || most->bytes.value <= own->bytes.value)
		return;
	ll_buf_puts(out, ", and what it keeps, made in ");
	put_place(out, most);
	ll_buf_puts(out, ", by ");
	put_amount(out, most->bytes.value, true, most->span_ns);
	ll_buf_printf(out, " %s", unit_of_time(most->span_ns));
}

static void put_heap_summary(struct ll_buf *out, const struct ll_place *place,
                             const struct ll_words *words)
{
	char text[LL_UNIT_TEXT];

	if (place->standing) {
		ll_buf_printf(out, " %s %s", words->is_many ? "are" : "is", place->standing);
	} else if (!place->is_measured) {
		ll_buf_puts(out, words->is_many ? " are suspect" : " is suspect");
	} else if (place->is_over) {
		ll_buf_puts(out, words->is_many ? " grew, and do not in the newest build"
		                                : " grew, and does not in the newest build");
	} else if (is_leaping(place)) {
		ll_buf_puts(out, words->is_many ? " keep growing in leaps, from "
		                                : " keeps growing in leaps, from ");
		ll_buf_puts(out, level_text(place->first_level, true, text));
		ll_buf_puts(out, " to ");
		ll_buf_puts(out, level_text(place->last_level, true, text));
	} else {
		ll_buf_puts(out, words->is_many ? " keep growing, by " : " keeps growing, by ");
		ll_sentence_put_rate(out, place->bytes.value, true, place->span_ns);
	}
}

static void put_pile_summary(struct ll_buf *out, const struct ll_place *place,
                             const struct ll_words *words)
{
	if (!place->is_measured) {
		ll_buf_printf(out, " %s", place->standing ? place->standing : "never end");
	} else if (place->is_over) {
		ll_buf_puts(out, " piled up, and do not in the newest build");
	} else {
		ll_buf_puts(out, " pile up, ");
		put_amount(out, place->objects.value, false, place->span_ns);
		ll_buf_printf(out, " more %s", unit_of_time(place->span_ns));
	}
	if (words->wait.size > 0)
		ll_buf_printf(out, "; each %.*s", LL_STR_ARG(words->wait));
}

/* The strongest row about the finding's own place that says its class; NULL: none does. */
static const struct ll_row *class_row(const struct ll_candidate *candidate)
{
	const struct ll_counted *const rows = candidate->rows.items;
	const struct ll_row *best = NULL;

	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (rows[i].place == 0 &&
		    ll_str_equal(rows[i].row->class_name, candidate->class_name) &&
		    (!best || rows[i].row->strength > best->strength))
			best = rows[i].row;
	}
	return best;
}

/* What is said of a whole process: the strongest row about it of its class, else its first. */
static const struct ll_row *service_row(const struct ll_candidate *candidate)
{
	const struct ll_counted *const rows = candidate->rows.items;
	const struct ll_row *best = NULL;

	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (rows[i].place == 0 && !rows[i].is_lent &&
		    ll_str_equal(rows[i].row->class_name, candidate->class_name) &&
		    (!best || rows[i].row->strength > best->strength))
			best = rows[i].row;
	}
	for (size_t i = 0; !best && i < candidate->rows.count; i++) {
		if (rows[i].place == 0 && !rows[i].is_lent)
			best = rows[i].row;
	}
	return best;
}

struct ll_str ll_sentence_summary(struct ll_arena *arena, const char *service,
                                  const struct ll_candidate *candidate,
                                  const struct ll_words *words)
{
	const struct ll_place *const place = candidate->places.items;
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_buf_printf(&text, "%s: ", service);
	if (place->kind == LL_SUBJECT_SERVICE) {
		ll_buf_put_str(&text, service_row(candidate)->detail);
		return take_text(arena, &text);
	}
	if (place->kind == LL_SUBJECT_GOROUTINES)
		ll_buf_puts(&text, "goroutines in");
	else
		ll_buf_put_str(&text, words->subject);
	ll_buf_putc(&text, ' ');
	put_place(&text, place);
	if (place->kind == LL_SUBJECT_GOROUTINES)
		put_pile_summary(&text, place, words);
	else
		put_heap_summary(&text, place, words);
	put_contents_summary(&text, candidate);
	return take_text(arena, &text);
}

/* ----------------------------------------------------------------- explanation */

void ll_sentence_put_chance(struct ll_buf *out, double p)
{
	char text[LL_UNIT_TEXT];

	if (p < 1e-6)
		ll_buf_puts(out, "less than one case in a million");
	else
		ll_buf_printf(out, "%s %% of cases",
		              ll_format_real(100 * p, p < 1e-4 ? 4 : 2, text));
}

static void put_chance(struct ll_buf *out, double p)
{
	if (isnan(p))
		return;
	ll_buf_puts(out, " What only wobbles would show such a trend in ");
	ll_sentence_put_chance(out, p);
	ll_buf_putc(out, '.');
}

static const char *times(int64_t count)
{
	return count == 1 ? "" : "s";
}

static void put_watched(struct ll_buf *out, const struct ll_place *place)
{
	char captures[LL_UNIT_TEXT], span[LL_UNIT_TEXT];

	ll_buf_printf(out, " (%s capture%s of %lld %s of a process, the longest watched for %s)",
	              ll_format_count(place->captures, captures), times(place->captures),
	              (long long)place->lives, place->lives == 1 ? "life" : "lives",
	              ll_format_duration(place->span_ns, span));
}

/* How a place went: what it is, from where to where, how fast, and how sure that is. */
static void put_course(struct ll_buf *out, const struct ll_place *place)
{
	const bool is_bytes = !isnan(place->bytes.value);
	char first[LL_UNIT_TEXT], last[LL_UNIT_TEXT], fall[LL_UNIT_TEXT];

	switch (place->kind) {
	case LL_SUBJECT_HEAP:
		ll_buf_puts(out, "What this line allocated and is still in use");
		break;
	case LL_SUBJECT_GOROUTINES:
		ll_buf_puts(out, "The number of goroutines that stand at this line");
		break;
	case LL_SUBJECT_SERVICE:
		ll_buf_printf(out, "The %.*s of a process", LL_STR_ARG(place->title));
		break;
	}
	ll_buf_printf(out,
	              " rose from about %s in the first quarter of the captures to about %s in the "
	              "last",
	              level_text(place->first_level, is_bytes, first),
	              level_text(place->last_level, is_bytes, last));
	put_watched(out, place);
	if (is_leaping(place)) {
		ll_buf_puts(out, ", in leaps, for which no rate can be given. It never fell");
	} else {
		ll_buf_puts(out, ": ");
		put_rate(out, is_bytes ? &place->bytes : &place->objects, is_bytes, place->span_ns);
		ll_buf_puts(out, " for each process. It never fell");
	}
	if (place->drawdown > 0)
		ll_buf_printf(out, " by more than %s", level_text(place->drawdown, is_bytes, fall));
	ll_buf_putc(out, '.');
	if (!is_leaping(place))
		put_chance(out, place->p_trend);
	if (place->lone_of > 1)
		ll_buf_printf(out,
		              " This is the clearest of %lld instances, of which no more than half "
		              "grow: look for what it is asked for and others are not, or what "
		              "happened to it alone.",
		              (long long)place->lone_of);
	ll_buf_putc(out, '\n');
}

/*
 * The strongest row about the finding's own place that says another class, when it is not weak and
 * another analyzer's; NULL: nothing disagrees.
 */
static const struct ll_row *other_row(const struct ll_candidate *candidate,
                                      const struct ll_row *own)
{
	const struct ll_counted *const rows = candidate->rows.items;
	const struct ll_row *best = NULL;

	for (size_t i = 0; i < candidate->rows.count; i++) {
		const struct ll_row *const row = rows[i].row;

		if (rows[i].place == 0 && row->class_name.size > 0 &&
		    !ll_str_equal(row->class_name, candidate->class_name) &&
		    row->analyzer != own->analyzer && row->strength >= LL_LEAST_OBJECTION &&
		    (!best || row->strength > best->strength))
			best = row;
	}
	return best;
}

/* What one dump shows of goroutines that are not called for a trend, or few profiles of memory. */
static bool is_standing(const struct ll_candidate *candidate, const struct ll_counted *row)
{
	const struct ll_place *const place = candidate->places.items;

	return place->standing && row->place == 0 &&
	       (candidate->is_look ? row->row->analyzer->is_last : row->row->analyzer->is_gate);
}

/* Has the sentence about the dump said it already? */
static bool is_said_as_standing(const struct ll_candidate *candidate, const struct ll_row *row)
{
	const struct ll_counted *const rows = candidate->rows.items;

	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (rows[i].row == row && is_standing(candidate, &rows[i]))
			return true;
	}
	return false;
}

/* The row that says the class, where the summary does not have it: of a service a place's own. */
static const struct ll_row *told_class_row(const struct ll_candidate *candidate)
{
	const struct ll_place *const place = candidate->places.items;
	const struct ll_row *const best = class_row(candidate);

	if (place->kind != LL_SUBJECT_SERVICE)
		return best;
	return best && best != service_row(candidate) ? best : NULL;
}

/* The class, what says so, and what does not; of a service the summary has that. */
static void put_class(struct ll_buf *out, const struct ll_candidate *candidate,
                      const struct ll_words *words)
{
	const struct ll_place *const place = candidate->places.items;
	const struct ll_row *const best = told_class_row(candidate);

	ll_buf_put_str(out, words->meaning);
	if (best) {
		const struct ll_row *const other = other_row(candidate, best);

		if (!is_said_as_standing(candidate, best))
			ll_buf_printf(out, " Why this class%s: %.*s.",
			              place->kind == LL_SUBJECT_SERVICE
			                      ? ", of the place that gained most"
			                      : "",
			              LL_STR_ARG(best->detail));
		if (other)
			ll_buf_printf(out,
			              " Routes disagree: %.*s says %.*s, but %.*s says %.*s, for "
			              "%.*s.",
			              LL_STR_ARG(best->analyzer->id), LL_STR_ARG(best->class_name),
			              LL_STR_ARG(other->analyzer->id),
			              LL_STR_ARG(other->class_name), LL_STR_ARG(other->detail));
	}
	ll_buf_putc(out, '\n');
}

/* What goroutine.pattern and heap.caller say of the finding's own place. */
static bool is_pattern(const struct ll_counted *row)
{
	const struct ll_str term = row->row->analyzer->term;

	return row->place == 0 &&
	       (ll_str_equal(term, ll_str("pattern")) || ll_str_equal(term, ll_str("caller")));
}

static void put_pattern(struct ll_buf *out, const struct ll_candidate *candidate)
{
	const struct ll_counted *const rows = candidate->rows.items;
	const char *between = "";

	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (!is_pattern(&rows[i]))
			continue;
		ll_buf_printf(out, "%s%s %.*s.", between,
		              candidate->is_look ? "If it is a leak, it" : "It",
		              LL_STR_ARG(rows[i].row->detail));
		between = " ";
	}
	ll_buf_putc(out, '\n');
}

static void put_standing(struct ll_buf *out, const struct ll_candidate *candidate)
{
	const struct ll_counted *const rows = candidate->rows.items;
	const struct ll_place *const place = candidate->places.items;
	const char *before = place->kind == LL_SUBJECT_HEAP ? "What the profiles show: "
	                                                    : "What the dump shows: ";

	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (!is_standing(candidate, &rows[i]))
			continue;
		ll_buf_printf(out, "%s%.*s", before, LL_STR_ARG(rows[i].row->detail));
		before = "; ";
	}
	ll_buf_puts(out, ".\n");
}

enum relation {
	RELATION_KEPT,   /* the finding's own place keeps it */
	RELATION_BEHIND, /* goroutines that wait because of others of the finding */
	RELATION_IN_STEP,
};

static enum relation relation_of(const struct ll_candidate *candidate, const struct ll_place *place)
{
	if (ll_candidate_keeps(candidate, place))
		return RELATION_KEPT;
	return place->is_behind ? RELATION_BEHIND : RELATION_IN_STEP;
}

/* The other places of one relation: a sentence, if there are any. */
static void put_others(struct ll_buf *out, const struct ll_candidate *candidate,
                       enum relation relation, const char *words)
{
	const struct ll_place *const places = candidate->places.items;
	size_t count = 0;

	for (size_t i = 1; i < candidate->places.count; i++) {
		if (places[i].kind == LL_SUBJECT_SERVICE ||
		    relation_of(candidate, &places[i]) != relation || ++count > RELATED_MAX)
			continue;
		ll_buf_puts(out, count == 1 ? words : ", ");
		ll_buf_puts(out, places[i].kind == LL_SUBJECT_GOROUTINES ? "goroutines in "
		                                                         : "memory from ");
		put_place(out, &places[i]);
		if (!isnan(places[i].bytes.value)) {
			ll_buf_puts(out, ", ");
			put_amount(out, places[i].bytes.value, true, places[i].span_ns);
			ll_buf_printf(out, " %s", unit_of_time(places[i].span_ns));
		}
	}
	if (count > RELATED_MAX)
		ll_buf_printf(out, " and %zu more", count - RELATED_MAX);
	if (count > 0)
		ll_buf_putc(out, '.');
}

/* What of the same was seen of the process as a whole: in the words of who saw it. */
static void put_seen(struct ll_buf *out, const struct ll_candidate *candidate)
{
	const struct ll_place *const places = candidate->places.items;
	const struct ll_counted *const rows = candidate->rows.items;
	size_t count = 0;

	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (rows[i].place == 0 || places[rows[i].place].kind != LL_SUBJECT_SERVICE ||
		    ++count > RELATED_MAX)
			continue;
		ll_buf_printf(out, "%s%.*s", count == 1 ? "Seen with it: " : "; ",
		              LL_STR_ARG(rows[i].row->detail));
	}
	if (count > 0)
		ll_buf_puts(out, ". ");
}

static void put_related(struct ll_buf *out, const struct ll_candidate *candidate)
{
	static const char *const words[] = {
		[RELATION_KEPT] = "What it keeps is allocated elsewhere: ",
		[RELATION_BEHIND] = "Because of it wait also: ",
		[RELATION_IN_STEP] = "In step with it grows also: ",
	};
	const size_t before = out->size;

	for (size_t i = 0; i < LL_COUNT(words); i++) {
		const size_t start = out->size;

		put_others(out, candidate, (enum relation)i, words[i]);
		if (out->size > start)
			ll_buf_putc(out, ' ');
	}
	put_seen(out, candidate);
	while (out->size > before && out->data[out->size - 1] == ' ')
		out->data[--out->size] = '\0';
	ll_buf_putc(out, '\n');
}

/* ------------------------------------------------------- paragraphs and their evidence */

enum paragraph {
	PARAGRAPH_COURSE,
	PARAGRAPH_STANDING,
	PARAGRAPH_CLASS,
	PARAGRAPH_PATTERN,
	PARAGRAPH_RELATED,
	PARAGRAPH_FIRST_BUILD,
	PARAGRAPH_MOVED,
	PARAGRAPH_DOUBT,
	PARAGRAPH_CAP,
	PARAGRAPH_COUNT,
};

static bool has_pattern(const struct ll_candidate *candidate)
{
	const struct ll_counted *const rows = candidate->rows.items;

	for (size_t i = 0; i < candidate->rows.count; i++) {
		if (is_pattern(&rows[i]))
			return true;
	}
	return false;
}

static bool has_paragraph(const struct ll_candidate *candidate, const struct ll_words *words,
                          enum paragraph paragraph)
{
	const struct ll_place *const place = candidate->places.items;

	switch (paragraph) {
	case PARAGRAPH_COURSE: return place->is_measured;
	case PARAGRAPH_STANDING: return place->standing != NULL;
	case PARAGRAPH_CLASS: return !candidate->is_look;
	case PARAGRAPH_PATTERN: return has_pattern(candidate);
	case PARAGRAPH_RELATED: return candidate->places.count > 1;
	case PARAGRAPH_FIRST_BUILD: return words->first_build.size > 0;
	case PARAGRAPH_MOVED: return words->moved.size > 0;
	case PARAGRAPH_DOUBT: return words->doubt.size > 0;
	case PARAGRAPH_CAP: return candidate->cap_reason[0] != '\0';
	case PARAGRAPH_COUNT: break;
	}
	return false;
}

static void put_paragraph(struct ll_buf *out, const struct ll_candidate *candidate,
                          const struct ll_words *words, enum paragraph paragraph)
{
	switch (paragraph) {
	case PARAGRAPH_COURSE: put_course(out, candidate->places.items); break;
	case PARAGRAPH_STANDING: put_standing(out, candidate); break;
	case PARAGRAPH_CLASS: put_class(out, candidate, words); break;
	case PARAGRAPH_PATTERN: put_pattern(out, candidate); break;
	case PARAGRAPH_RELATED: put_related(out, candidate); break;
	case PARAGRAPH_FIRST_BUILD:
		ll_buf_printf(out,
		              "The first build that shows it is %.*s; the one before does not.\n",
		              LL_STR_ARG(words->first_build));
		break;
	case PARAGRAPH_MOVED: ll_buf_printf(out, "%.*s\n", LL_STR_ARG(words->moved)); break;
	case PARAGRAPH_DOUBT: ll_buf_printf(out, "%.*s\n", LL_STR_ARG(words->doubt)); break;
	case PARAGRAPH_CAP:
		ll_buf_printf(out,
		              "The evidence adds up to %d; the score is held at %d because %s.\n",
		              candidate->uncapped_score, candidate->score, candidate->cap_reason);
		break;
	case PARAGRAPH_COUNT: break;
	}
}

struct ll_str ll_sentence_explanation(struct ll_arena *arena, const struct ll_candidate *candidate,
                                      const struct ll_words *words)
{
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	for (int i = 0; i < PARAGRAPH_COUNT; i++) {
		if (has_paragraph(candidate, words, (enum paragraph)i))
			put_paragraph(&text, candidate, words, (enum paragraph)i);
	}
	if (text.size > 0)
		text.data[--text.size] = '\0';
	return take_text(arena, &text);
}

/* A trend rests on what gates, and on what counts of the layers that look at trends. */
static bool bears_course(const struct ll_counted *row)
{
	return row->place == 0 && (row->row->analyzer->is_gate ||
	                           (row->is_counted && row->row->analyzer->layer < LL_LAYER_L4));
}

/* What says the class, and what says another. */
static bool bears_class(const struct ll_candidate *candidate, const struct ll_counted *row)
{
	const struct ll_row *const told = told_class_row(candidate);
	const struct ll_row *const best = told ? told : class_row(candidate);

	if (!best)
		return bears_course(row);
	return row->row == best || (told && row->row == other_row(candidate, told));
}

static bool rests_on(const struct ll_candidate *candidate, enum paragraph paragraph,
                     const struct ll_counted *row)
{
	switch (paragraph) {
	case PARAGRAPH_COURSE:
	case PARAGRAPH_MOVED:
	case PARAGRAPH_DOUBT:
	case PARAGRAPH_FIRST_BUILD: return bears_course(row);
	case PARAGRAPH_STANDING: return is_standing(candidate, row);
	case PARAGRAPH_CLASS: return bears_class(candidate, row);
	case PARAGRAPH_PATTERN: return is_pattern(row);
	case PARAGRAPH_RELATED: return row->place > 0;
	case PARAGRAPH_CAP: return row->is_counted;
	case PARAGRAPH_COUNT: break;
	}
	return false;
}

bool ll_sentence_rests_on(const struct ll_candidate *candidate, const struct ll_words *words,
                          size_t paragraph, size_t row)
{
	const struct ll_counted *const rows = candidate->rows.items;

	for (int i = 0; i < PARAGRAPH_COUNT; i++) {
		if (has_paragraph(candidate, words, (enum paragraph)i) && paragraph-- == 0)
			return rests_on(candidate, (enum paragraph)i, &rows[row]);
	}
	return false;
}
