/* SPDX-License-Identifier: Apache-2.0 */
/*
 * name_time.c - recognises the timestamps that capture tools put into names:
 *
 *     1795223187  1795223187123  1795223187123456789      Unix seconds, milliseconds, nanoseconds
 *     20261121T010627Z  20261121-010627  20261121010627.000
 *     2026-11-21T01:06:27Z  2026-11-21T01_06_27.909  2026-11-21_01-06-27  2026-11-21
 *     2026-11-21T010627.KST  2026-11-21T01-06-27+0100
 *
 * A stamp without a zone is read as UTC and flagged. Numbers are taken for Unix times only between
 * 2001 and 2099, and only when they are not part of a longer number. A calendar's time goes before
 * a Unix time in the same name, because sizes and counts look like Unix times too.
 */
#include "name_time.h"

struct cursor {
	struct ll_str text;
	size_t at;
};

static bool is_digit_at(struct ll_str text, size_t at)
{
	return at < text.size && text.data[at] >= '0' && text.data[at] <= '9';
}

static size_t digits_at(struct ll_str text, size_t at)
{
	size_t count = 0;

	while (is_digit_at(text, at + count))
		count++;
	return count;
}

static bool take_digits(struct cursor *cursor, size_t count, int *ret_value)
{
	uint64_t value;

	if (digits_at(cursor->text, cursor->at) < count)
		return false;
	(void)ll_str_to_u64(ll_str_first(ll_str_from(cursor->text, cursor->at), count), &value);
	*ret_value = (int)value;
	cursor->at += count;
	return true;
}

/* Takes one of the bytes of `any`; returns it, or 0. */
static char take_any(struct cursor *cursor, const char *any)
{
	if (cursor->at >= cursor->text.size || !strchr(any, cursor->text.data[cursor->at]))
		return '\0';
	return cursor->text.data[cursor->at++];
}

static int64_t take_fraction(struct cursor *cursor)
{
	int64_t nanoseconds = 0, weight = LL_NS_PER_S / 10;

	if (cursor->at + 1 >= cursor->text.size || cursor->text.data[cursor->at] != '.' ||
	    !is_digit_at(cursor->text, cursor->at + 1))
		return 0;
	/* "20261121-010627.000": a fraction; "heap-20261121-010627.1.pb": a counter, harmless. */
	cursor->at++;
	while (is_digit_at(cursor->text, cursor->at)) {
		nanoseconds += (cursor->text.data[cursor->at++] - '0') * weight;
		weight /= 10;
	}
	return nanoseconds;
}

/* Abbreviations that mean one thing; EST, CST, PST, IST and BST do not. */
static const struct {
	const char *name;
	int hours;
} zones[] = {
	{"UTC", 0},   {"GMT", 0},   {"CET", 1},  {"CEST", 2}, {"EET", 2},  {"EEST", 3},
	{"MSK", 3},   {"WIB", 7},   {"HKT", 8},  {"SGT", 8},  {"JST", 9},  {"KST", 9},
	{"AEST", 10}, {"AEDT", 11}, {"EDT", -4}, {"MDT", -6}, {"PDT", -7},
};

static bool is_letter_at(struct ll_str text, size_t at)
{
	return at < text.size && ((text.data[at] >= 'A' && text.data[at] <= 'Z') ||
	                          (text.data[at] >= 'a' && text.data[at] <= 'z'));
}

/* ".KST", "UTC", "_CET". */
static bool take_zone_name(struct cursor *cursor, int64_t *ret_offset_ns)
{
	struct cursor ahead = *cursor;

	(void)take_any(&ahead, "._- ");
	for (size_t i = 0; i < LL_COUNT(zones); i++) {
		struct ll_str rest = ll_str_from(ahead.text, ahead.at);

		if (!ll_str_skip(&rest, zones[i].name) || is_letter_at(rest, 0))
			continue;
		*ret_offset_ns = zones[i].hours * LL_NS_PER_HOUR;
		cursor->at = ahead.at + strlen(zones[i].name);
		return true;
	}
	return false;
}

/*
 * "Z", "+01:00", "+0100", "-0500", ".KST" behind a complete clock time. Offsets are whole quarters
 * of an hour: "-1234" is the number of a process.
 */
static bool take_zone(struct cursor *cursor, int64_t *ret_offset_ns)
{
	struct cursor ahead = *cursor;
	int hours, minutes;
	char sign;

	*ret_offset_ns = 0;
	if (take_any(&ahead, "Zz") && !digits_at(ahead.text, ahead.at) &&
	    !is_letter_at(ahead.text, ahead.at)) {
		*cursor = ahead;
		return true;
	}
	ahead = *cursor;
	sign = take_any(&ahead, "+-");
	if (!sign || !take_digits(&ahead, 2, &hours))
		return take_zone_name(cursor, ret_offset_ns);
	(void)take_any(&ahead, ":");
	if (!take_digits(&ahead, 2, &minutes) || hours > (sign == '-' ? 12 : 14) ||
	    minutes % 15 != 0 || minutes > 45 || is_digit_at(ahead.text, ahead.at))
		return false;
	*ret_offset_ns =
		(sign == '-' ? -1 : 1) * (hours * LL_NS_PER_HOUR + minutes * LL_NS_PER_MINUTE);
	*cursor = ahead;
	return true;
}

/* A clock time behind a date: "T01:06:27", "-010627", "_01-06-27", "010627". */
static bool take_clock(struct cursor *cursor, int *hour, int *minute, int *second)
{
	struct cursor ahead = *cursor;

	(void)take_any(&ahead, "Tt_- ");
	if (!take_digits(&ahead, 2, hour))
		return false;
	(void)take_any(&ahead, ":_-");
	if (!take_digits(&ahead, 2, minute))
		return false;
	(void)take_any(&ahead, ":_-");
	if (!take_digits(&ahead, 2, second))
		*second = 0;
	if (*hour > 23 || *minute > 59 || *second > 60)
		return false;
	*cursor = ahead;
	return true;
}

static bool parse_calendar(struct ll_str name, size_t from, struct ll_name_time *ret_found)
{
	struct cursor cursor = {.text = name, .at = from};
	int year, month, day, hour = 0, minute = 0, second = 0;
	int64_t time_ns, offset_ns = 0;
	const size_t run = digits_at(name, from);
	char dash;

	/* Eight digits are a date, fourteen a date and a time; other runs are other numbers. */
	if (run != 4 && run != 8 && run != 14)
		return false;
	if (!take_digits(&cursor, 4, &year) || year < 1990 || year > 2099)
		return false;
	dash = take_any(&cursor, "-_");
	if ((run == 4) != (dash != '\0') || !take_digits(&cursor, 2, &month) ||
	    (dash && !take_any(&cursor, "-_")) || !take_digits(&cursor, 2, &day))
		return false;
	*ret_found = (struct ll_name_time){.from = from};
	ret_found->is_date_only = !take_clock(&cursor, &hour, &minute, &second);
	/* What follows may be a counter; its digits are no hours. */
	if (ret_found->is_date_only)
		hour = minute = second = 0;
	if (!ll_time_from_civil(year, month, day, hour, minute, second, &time_ns))
		return false;
	if (!ret_found->is_date_only) {
		time_ns += take_fraction(&cursor);
		ret_found->has_zone = take_zone(&cursor, &offset_ns);
	}
	ret_found->time_ns = time_ns - offset_ns;
	ret_found->size = cursor.at - from;
	return true;
}

static bool parse_epoch(struct ll_str name, size_t from, struct ll_name_time *ret_found)
{
	static const struct {
		size_t digits;
		int64_t unit_ns;
	} forms[] = {{10, LL_NS_PER_S}, {13, LL_NS_PER_MS}, {16, LL_NS_PER_US}, {19, 1}};
	const size_t run = digits_at(name, from);

	for (size_t i = 0; i < LL_COUNT(forms); i++) {
		uint64_t value;
		int64_t seconds;

		if (run != forms[i].digits)
			continue;
		(void)ll_str_to_u64(ll_str_first(ll_str_from(name, from), run), &value);
		seconds = (int64_t)(value / (uint64_t)(LL_NS_PER_S / forms[i].unit_ns));
		if (seconds < 1000000000 || seconds > 4100000000)
			return false;
		*ret_found = (struct ll_name_time){
			.time_ns = (int64_t)value * forms[i].unit_ns,
			.from = from,
			.size = run,
			.has_zone = true,
		};
		return true;
	}
	return false;
}

/* Which of two stamps in a name is the time: the higher rank, then the later one. */
static int rank_of(const struct ll_name_time *found, bool is_epoch)
{
	if (found->is_date_only)
		return 0;
	return is_epoch ? 1 : 2;
}

bool ll_name_time_find(struct ll_str name, struct ll_name_time *ret_found)
{
	int best = -1;

	for (size_t at = 0; at < name.size;) {
		struct ll_name_time found;
		bool is_epoch;

		if (!is_digit_at(name, at)) {
			at++;
			continue;
		}
		is_epoch = parse_epoch(name, at, &found);
		if (!is_epoch && !parse_calendar(name, at, &found)) {
			at += digits_at(name, at);
			continue;
		}
		if (rank_of(&found, is_epoch) >= best) {
			best = rank_of(&found, is_epoch);
			*ret_found = found;
		}
		at = found.from + found.size;
	}
	return best >= 0;
}

bool ll_name_clock_find(struct ll_str name, int64_t *ret_since_midnight_ns)
{
	struct cursor cursor = {.text = name, .at = 0};
	int hour, minute, second;

	if (digits_at(name, 0) != 2 && digits_at(name, 0) != 4 && digits_at(name, 0) != 6)
		return false;
	if (!take_clock(&cursor, &hour, &minute, &second) || cursor.at != name.size)
		return false;
	*ret_since_midnight_ns =
		hour * LL_NS_PER_HOUR + minute * LL_NS_PER_MINUTE + second * LL_NS_PER_S;
	return true;
}
