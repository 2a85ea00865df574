/* SPDX-License-Identifier: Apache-2.0 */
/*
 * time_scale.c - see time_scale.h.
 *
 * Rules:
 *   1. The finest step of the table is taken whose texts fit side by side.
 *   2. Ticks lie on whole steps of UTC: days on midnight, weeks on Monday, months and years on
 *      their first day.
 *   3. A tick's text is the part that changes (the clock, the day, the month, the year). Where the
 *      next larger part changes, the text is that instead: midnight is "22 Nov", January is "2027".
 *   4. What no tick says stands once, below the left end, with the word UTC.
 */
#include "time_scale.h"

#include "text.h"

enum form {
	FORM_FRACTION,
	FORM_SECOND,
	FORM_MINUTE,
	FORM_DAY,
	FORM_MONTH,
	FORM_YEAR,
};

struct step {
	enum form form;
	int64_t size;   /* nanoseconds, or months */
	int64_t offset; /* of a whole step from the epoch */
};

#define WEEK   (7 * LL_NS_PER_DAY)
#define MONDAY (4 * LL_NS_PER_DAY) /* 1970-01-05 was one */

static const struct step STEPS[] = {
	{FORM_FRACTION, 1, 0},
	{FORM_FRACTION, 10, 0},
	{FORM_FRACTION, 100, 0},
	{FORM_FRACTION, LL_NS_PER_US, 0},
	{FORM_FRACTION, 10 * LL_NS_PER_US, 0},
	{FORM_FRACTION, 100 * LL_NS_PER_US, 0},
	{FORM_FRACTION, LL_NS_PER_MS, 0},
	{FORM_FRACTION, 5 * LL_NS_PER_MS, 0},
	{FORM_FRACTION, 10 * LL_NS_PER_MS, 0},
	{FORM_FRACTION, 50 * LL_NS_PER_MS, 0},
	{FORM_FRACTION, 100 * LL_NS_PER_MS, 0},
	{FORM_FRACTION, 500 * LL_NS_PER_MS, 0},
	{FORM_SECOND, LL_NS_PER_S, 0},
	{FORM_SECOND, 2 * LL_NS_PER_S, 0},
	{FORM_SECOND, 5 * LL_NS_PER_S, 0},
	{FORM_SECOND, 10 * LL_NS_PER_S, 0},
	{FORM_SECOND, 15 * LL_NS_PER_S, 0},
	{FORM_SECOND, 30 * LL_NS_PER_S, 0},
	{FORM_MINUTE, LL_NS_PER_MINUTE, 0},
	{FORM_MINUTE, 2 * LL_NS_PER_MINUTE, 0},
	{FORM_MINUTE, 5 * LL_NS_PER_MINUTE, 0},
	{FORM_MINUTE, 10 * LL_NS_PER_MINUTE, 0},
	{FORM_MINUTE, 15 * LL_NS_PER_MINUTE, 0},
	{FORM_MINUTE, 30 * LL_NS_PER_MINUTE, 0},
	{FORM_MINUTE, LL_NS_PER_HOUR, 0},
	{FORM_MINUTE, 2 * LL_NS_PER_HOUR, 0},
	{FORM_MINUTE, 3 * LL_NS_PER_HOUR, 0},
	{FORM_MINUTE, 6 * LL_NS_PER_HOUR, 0},
	{FORM_MINUTE, 12 * LL_NS_PER_HOUR, 0},
	{FORM_DAY, LL_NS_PER_DAY, 0},
	{FORM_DAY, 2 * LL_NS_PER_DAY, 0},
	{FORM_DAY, WEEK, MONDAY},
	{FORM_DAY, 2 * WEEK, MONDAY},
	{FORM_MONTH, 1, 0},
	{FORM_MONTH, 2, 0},
	{FORM_MONTH, 3, 0},
	{FORM_MONTH, 6, 0},
	{FORM_YEAR, 12, 0},
	{FORM_YEAR, 24, 0},
	{FORM_YEAR, 60, 0},
	{FORM_YEAR, 120, 0},
	{FORM_YEAR, 240, 0},
	{FORM_YEAR, 600, 0},
	{FORM_YEAR, 1200, 0},
	{FORM_YEAR, 2400, 0},
};

void ll_time_scale_init(struct ll_time_scale *scale, int64_t first_ns, int64_t last_ns)
{
	const int64_t half = LL_NS_PER_HOUR / 2;

	*scale = (struct ll_time_scale){.first_ns = first_ns, .last_ns = last_ns, .to = 1};
	if (first_ns < last_ns)
		return;
	scale->first_ns = first_ns < INT64_MIN + half ? INT64_MIN : first_ns - half;
	scale->last_ns = first_ns > INT64_MAX - half ? INT64_MAX : first_ns + half;
}

double ll_time_scale_at(const struct ll_time_scale *scale, int64_t time_ns)
{
	const double span = (double)ll_time_span(scale->first_ns, scale->last_ns);
	double done;

	if (time_ns >= scale->first_ns)
		done = (double)ll_time_span(scale->first_ns, time_ns);
	else
		done = -(double)ll_time_span(time_ns, scale->first_ns);
	return scale->from + done / span * (scale->to - scale->from);
}

/* ------------------------------------------------------------------------- texts */

/* The parts of a moment, read off its own text "2026-11-21T01:06:27.250000000Z". */
struct moment {
	char text[LL_UNIT_TEXT];
	int64_t year;
	int month; /* 1 ... 12 */
	int day;
};

static int digits_at(const char *text, size_t from, size_t count)
{
	int value = 0;

	for (size_t i = from; i < from + count; i++)
		value = value * 10 + (text[i] - '0');
	return value;
}

static struct moment moment_of(int64_t time_ns)
{
	struct moment moment = {0};

	/* LL_TIME_NONE would give no text; its neighbour is the same moment to the eye. */
	(void)ll_format_time_exact(time_ns == LL_TIME_NONE ? time_ns + 1 : time_ns, moment.text);
	moment.year = digits_at(moment.text, 0, 4);
	moment.month = digits_at(moment.text, 5, 2);
	moment.day = digits_at(moment.text, 8, 2);
	return moment;
}

static const char *month_name(int month)
{
	static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
	                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

	return names[(month + 11) % 12];
}

static const char *weekday_name(int64_t time_ns)
{
	static const char *const names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	const int64_t days = time_ns / LL_NS_PER_DAY - (time_ns % LL_NS_PER_DAY < 0);

	return names[((days + 3) % 7 + 7) % 7];
}

/* Digits of the fraction that a step needs: 3 for milliseconds. */
static int fraction_digits(int64_t step)
{
	int digits = 9;

	while (step >= 10) {
		step /= 10;
		digits--;
	}
	return digits;
}

/* Rule 3. `before` is the moment of the tick to the left. */
static void write_text(const struct step *step, const struct moment *before,
                       struct ll_time_tick *tick)
{
	const struct moment now = moment_of(tick->time_ns);
	const bool is_new_year = now.year != before->year;
	const bool is_new_day = is_new_year || now.month != before->month || now.day != before->day;
	char *const out = tick->text;

	tick->is_date = step->form < FORM_DAY ? is_new_day : is_new_year && step->form < FORM_YEAR;
	if (step->form < FORM_DAY && is_new_day)
		(void)snprintf(out, LL_UNIT_TEXT, "%d %s", now.day, month_name(now.month));
	else if (step->form == FORM_FRACTION)
		(void)snprintf(out, LL_UNIT_TEXT, "%.8s.%.*s", now.text + 11,
		               fraction_digits(step->size),
		               now.text[19] == '.' ? now.text + 20 : "000000000");
	else if (step->form < FORM_DAY)
		(void)snprintf(out, LL_UNIT_TEXT, "%.*s", step->form == FORM_SECOND ? 8 : 5,
		               now.text + 11);
	else if (step->form == FORM_DAY)
		(void)snprintf(out, LL_UNIT_TEXT, is_new_year ? "%d %s %d" : "%d %s", now.day,
		               month_name(now.month), (int)now.year);
	else if (step->form == FORM_MONTH && !is_new_year)
		(void)snprintf(out, LL_UNIT_TEXT, "%s", month_name(now.month));
	else if (step->form == FORM_MONTH && now.month != 1)
		(void)snprintf(out, LL_UNIT_TEXT, "%s %d", month_name(now.month), (int)now.year);
	else
		(void)snprintf(out, LL_UNIT_TEXT, "%d", (int)now.year);
}

/* Rule 4. */
static void write_context(const struct step *step, int64_t first_ns, char out[LL_UNIT_TEXT])
{
	const struct moment first = moment_of(first_ns);

	if (step->form < FORM_DAY)
		(void)snprintf(out, LL_UNIT_TEXT, "%s %d %s %d, UTC", weekday_name(first_ns),
		               first.day, month_name(first.month), (int)first.year);
	else if (step->form < FORM_YEAR)
		(void)snprintf(out, LL_UNIT_TEXT, "%d, UTC", (int)first.year);
	else
		(void)snprintf(out, LL_UNIT_TEXT, "UTC");
}

/* ------------------------------------------------------------------------- ticks */

static bool is_calendar(const struct step *step)
{
	return step->form >= FORM_MONTH;
}

static double count_of(const struct step *step, const struct ll_time_scale *scale)
{
	const double span = (double)ll_time_span(scale->first_ns, scale->last_ns);
	const double month = 30.4 * (double)LL_NS_PER_DAY;

	return span / ((double)step->size * (is_calendar(step) ? month : 1));
}

/* Rule 1: room for a usual text of that form and as much again as a narrow gap. */
static bool fits(const struct step *step, const struct ll_time_scale *scale, double font_size)
{
	static const char *const usual[] = {"00:00:00.000", "00:00:00", "00:00",
	                                    "30 Nov",       "Nov ",     "2026"};
	const double count = count_of(step, scale);
	const double room = ll_text_width(ll_str(usual[step->form]), font_size) + font_size * 2;

	return count < LL_TIME_TICKS - 2 && count * room <= scale->to - scale->from;
}

/* The first moment at or after `from_ns` that is a whole step; false when there is none. */
static bool first_tick(const struct step *step, int64_t from_ns, int64_t *ret_ns)
{
	int64_t past;

	if (is_calendar(step)) {
		const struct moment from = moment_of(from_ns);
		int64_t month = from.year * 12 + from.month - 1;

		month -= month % step->size;
		/* Before the calendar's first year and behind its last there are no ticks. */
		for (; month < INT64_C(2250) * 12; month += step->size) {
			if (ll_time_from_civil(month / 12, (int)(month % 12) + 1, 1, 0, 0, 0,
			                       ret_ns) &&
			    *ret_ns >= from_ns)
				return true;
		}
		return false;
	}
	past = (from_ns % step->size - step->offset % step->size) % step->size;
	if (past < 0)
		past += step->size;
	*ret_ns = from_ns;
	return past == 0 || ll_i64_add(ret_ns, step->size - past);
}

static void put_ticks(const struct step *step, const struct ll_time_scale *scale,
                      struct ll_time_ticks *ticks)
{
	struct moment before = moment_of(scale->first_ns);
	int64_t at = scale->first_ns;

	while (ticks->count < LL_TIME_TICKS && first_tick(step, at, &at) && at <= scale->last_ns) {
		struct ll_time_tick *const tick = &ticks->items[ticks->count++];

		*tick = (struct ll_time_tick){.time_ns = at, .at = ll_time_scale_at(scale, at)};
		write_text(step, &before, tick);
		before = moment_of(at);
		if (!ll_i64_add(&at, 1))
			return;
	}
}

/* Keeps texts inside the picture and apart; of two that touch, a date stays. */
static void settle_texts(struct ll_time_ticks *ticks, double font_size, double picture_width)
{
	struct ll_time_tick *before = NULL;
	double taken_to = 0;

	for (size_t i = 0; i < ticks->count; i++) {
		struct ll_time_tick *const tick = &ticks->items[i];
		const double half = ll_text_width(ll_str(tick->text), font_size) / 2;

		tick->text_at = tick->at;
		if (tick->text_at + half > picture_width)
			tick->text_at = picture_width - half;
		if (before && tick->text_at - half < taken_to) {
			struct ll_time_tick *const loser =
				tick->is_date && !before->is_date ? before : tick;

			loser->text[0] = '\0';
			if (loser == tick)
				continue;
		}
		before = tick;
		taken_to = tick->text_at + half + font_size / 2;
	}
}

void ll_time_scale_ticks(const struct ll_time_scale *scale, double font_size, double picture_width,
                         struct ll_time_ticks *ret_ticks)
{
	size_t chosen = 0;

	ret_ticks->count = 0;
	while (chosen + 1 < LL_COUNT(STEPS) && !fits(&STEPS[chosen], scale, font_size))
		chosen++;
	put_ticks(&STEPS[chosen], scale, ret_ticks);
	write_context(&STEPS[chosen], scale->first_ns, ret_ticks->context);
	settle_texts(ret_ticks, font_size, picture_width);
}
