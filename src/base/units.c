/* SPDX-License-Identifier: Apache-2.0 */
/*
 * units.c - formatting and parsing of numbers with units.
 *
 * Nothing here asks for the locale, the clock or the time zone: the same value gives the same text
 * everywhere. Calendar arithmetic is the proleptic Gregorian one with days counted from 1970-03-01
 * backwards (H. Hinnant, "chrono-compatible low-level date algorithms").
 */
#include <leakledger/units.h>

#include <inttypes.h>
#include <math.h>

const char *ll_format_real(double value, int decimals, char out[LL_UNIT_TEXT])
{
	char *dot;

	(void)snprintf(out, LL_UNIT_TEXT, "%.*f", decimals, value);
	dot = strchr(out, '.');
	if (dot) {
		char *end = out + strlen(out);

		while (end > dot && (end[-1] == '0' || end[-1] == '.'))
			*--end = '\0';
	}
	if (strcmp(out, "-0") == 0)
		(void)snprintf(out, LL_UNIT_TEXT, "0");
	return out;
}

/* Three significant figures, no more decimals than they need: 12.4, 1.05, 950. */
static void three_figures(double value, char out[LL_UNIT_TEXT])
{
	const double size = fabs(value);
	int decimals = 2;

	if (size >= 99.95)
		decimals = 0;
	else if (size >= 9.995)
		decimals = 1;
	(void)ll_format_real(value, decimals, out);
}

const char *ll_format_bytes(int64_t bytes, char out[LL_UNIT_TEXT])
{
	static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
	double value = (double)bytes;
	char number[LL_UNIT_TEXT];
	size_t unit = 0;

	while (fabs(value) >= 1023.5 && unit + 1 < LL_COUNT(units)) {
		value /= 1024;
		unit++;
	}
	three_figures(value, number);
	(void)snprintf(out, LL_UNIT_TEXT, "%.24s %s", number, units[unit]);
	return out;
}

const char *ll_format_count(int64_t count, char out[LL_UNIT_TEXT])
{
	char digits[32];
	size_t length, used = 0;

	(void)snprintf(digits, sizeof digits, "%" PRIu64,
	               count < 0 ? 0 - (uint64_t)count : (uint64_t)count);
	length = strlen(digits);
	if (count < 0)
		out[used++] = '-';
	for (size_t i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			out[used++] = ',';
		out[used++] = digits[i];
	}
	out[used] = '\0';
	return out;
}

const char *ll_format_short(double value, char out[LL_UNIT_TEXT])
{
	static const char *const units[] = {"", "k", "M", "G", "T", "P"};
	char number[LL_UNIT_TEXT];
	size_t unit = 0;

	while (fabs(value) >= 999.5 && unit + 1 < LL_COUNT(units)) {
		value /= 1000;
		unit++;
	}
	three_figures(value, number);
	(void)snprintf(out, LL_UNIT_TEXT, "%.24s%s", number, units[unit]);
	return out;
}

const char *ll_format_duration(int64_t duration_ns, char out[LL_UNIT_TEXT])
{
	static const struct {
		int64_t size_ns;
		const char *name;
	} units[] = {
		{365 * LL_NS_PER_DAY, "years"}, {LL_NS_PER_DAY, "days"}, {LL_NS_PER_HOUR, "h"},
		{LL_NS_PER_MINUTE, "min"},      {LL_NS_PER_S, "s"},      {LL_NS_PER_MS, "ms"},
		{LL_NS_PER_US, "us"},
	};
	const double size = fabs((double)duration_ns);

	for (size_t i = 0; i < LL_COUNT(units); i++) {
		/* Days and years begin at two, so that "26 h" and "400 days" stay exact enough. */
		const double first = i < 2 ? 2.0 : 1.0;
		const double value = (double)duration_ns / (double)units[i].size_ns;
		char number[LL_UNIT_TEXT];

		if (size < first * (double)units[i].size_ns)
			continue;
		(void)ll_format_real(value, fabs(value) < 9.95 ? 1 : 0, number);
		(void)snprintf(out, LL_UNIT_TEXT, "%.24s %s", number, units[i].name);
		return out;
	}
	(void)snprintf(out, LL_UNIT_TEXT, "%" PRId64 " ns", duration_ns);
	return out;
}

struct civil {
	int64_t year;
	int month, day, hour, minute, second;
	int64_t nanosecond;
};

static int64_t days_from_civil(int64_t year, int month, int day)
{
	int64_t era, year_of_era, day_of_year;

	year -= month <= 2;
	era = (year >= 0 ? year : year - 399) / 400;
	year_of_era = year - era * 400;
	day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
	       day_of_year - 719468;
}

static struct civil civil_from_time(int64_t time_ns)
{
	int64_t seconds = time_ns / LL_NS_PER_S;
	int64_t nanosecond = time_ns % LL_NS_PER_S;
	int64_t days, second_of_day, era, day_of_era, year_of_era, day_of_year, month_index;
	struct civil civil = {0};

	if (nanosecond < 0) {
		nanosecond += LL_NS_PER_S;
		seconds--;
	}
	days = seconds / 86400;
	second_of_day = seconds % 86400;
	if (second_of_day < 0) {
		second_of_day += 86400;
		days--;
	}
	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	day_of_era = days - era * 146097;
	year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	month_index = (5 * day_of_year + 2) / 153;
	civil.day = (int)(day_of_year - (153 * month_index + 2) / 5 + 1);
	civil.month = (int)(month_index < 10 ? month_index + 3 : month_index - 9);
	civil.year = year_of_era + era * 400 + (civil.month <= 2);
	civil.hour = (int)(second_of_day / 3600);
	civil.minute = (int)(second_of_day / 60 % 60);
	civil.second = (int)(second_of_day % 60);
	civil.nanosecond = nanosecond;
	return civil;
}

const char *ll_format_time(int64_t time_ns, char out[LL_UNIT_TEXT])
{
	const struct civil civil = civil_from_time(time_ns);

	out[0] = '\0';
	if (time_ns != LL_TIME_NONE)
		(void)snprintf(out, LL_UNIT_TEXT, "%04" PRId64 "-%02d-%02dT%02d:%02d:%02dZ",
		               civil.year, civil.month, civil.day, civil.hour, civil.minute,
		               civil.second);
	return out;
}

const char *ll_format_time_exact(int64_t time_ns, char out[LL_UNIT_TEXT])
{
	const struct civil civil = civil_from_time(time_ns);

	(void)ll_format_time(time_ns, out);
	if (time_ns != LL_TIME_NONE && civil.nanosecond != 0) {
		const size_t used = strlen(out) - 1; /* the Z moves behind the fraction */

		(void)snprintf(out + used, LL_UNIT_TEXT - used, ".%09" PRId64 "Z",
		               civil.nanosecond);
	}
	return out;
}

static int days_in_month(int64_t year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && is_leap ? 1 : 0);
}

bool ll_time_from_civil(int64_t year, int month, int day, int hour, int minute, int second,
                        int64_t *ret_time_ns)
{
	int64_t seconds;

	if (year < 1700 || year > 2250 || month < 1 || month > 12 || day < 1 ||
	    day > days_in_month(year, month))
		return false;
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
		return false;
	minute += hour * 60;
	seconds = days_from_civil(year, month, day) * 86400 + (int64_t)minute * 60 + second;
	*ret_time_ns = seconds * LL_NS_PER_S;
	return true;
}

int64_t ll_time_from_timespec(struct timespec time)
{
	const int64_t most = INT64_MAX / LL_NS_PER_S - 1;

	if (time.tv_sec > most || time.tv_sec < -most)
		return LL_TIME_NONE;
	return (int64_t)time.tv_sec * LL_NS_PER_S + time.tv_nsec;
}

bool ll_parse_bytes(struct ll_str text, int64_t *ret_bytes)
{
	static const struct {
		const char *name;
		double size;
	} units[] = {
		{"", 1},
		{"B", 1},
		{"K", 1024},
		{"k", 1024},
		{"KiB", 1024},
		{"kB", 1e3},
		{"KB", 1e3},
		{"M", 1048576},
		{"Mi", 1048576},
		{"MiB", 1048576},
		{"Ki", 1024},
		{"MB", 1e6},
		{"G", 1073741824.0},
		{"Gi", 1073741824.0},
		{"GiB", 1073741824.0},
		{"GB", 1e9},
		{"T", 1099511627776.0},
		{"Ti", 1099511627776.0},
		{"TiB", 1099511627776.0},
		{"TB", 1e12},
	};
	size_t digits = 0;
	struct ll_str unit;
	double number;

	text = ll_str_trim(text);
	while (digits < text.size && memchr("0123456789.", text.data[digits], 11))
		digits++;
	unit = ll_str_trim(ll_str_from(text, digits));
	if (!ll_str_to_f64(ll_str_first(text, digits), &number))
		return false;
	for (size_t i = 0; i < LL_COUNT(units); i++) {
		if (ll_str_equal(unit, ll_str(units[i].name)) && number * units[i].size < 9.2e18) {
			*ret_bytes = (int64_t)(number * units[i].size);
			return true;
		}
	}
	return false;
}

bool ll_parse_duration(struct ll_str text, int64_t *ret_duration_ns)
{
	static const struct {
		const char *name;
		int64_t size_ns;
	} units[] = {
		{"ns", 1},
		{"us", LL_NS_PER_US},
		{"ms", LL_NS_PER_MS},
		{"s", LL_NS_PER_S},
		{"m", LL_NS_PER_MINUTE},
		{"min", LL_NS_PER_MINUTE},
		{"h", LL_NS_PER_HOUR},
		{"d", LL_NS_PER_DAY},
		{"w", 7 * LL_NS_PER_DAY},
	};
	uint64_t number;
	size_t digits;

	text = ll_str_trim(text);
	digits = ll_str_lead_u64(text, &number);
	if (digits == 0)
		return false;
	text = ll_str_trim(ll_str_from(text, digits));
	for (size_t i = 0; i < LL_COUNT(units); i++) {
		if (ll_str_equal(text, ll_str(units[i].name)) &&
		    number <= (uint64_t)(INT64_MAX / units[i].size_ns)) {
			*ret_duration_ns = (int64_t)number * units[i].size_ns;
			return true;
		}
	}
	return false;
}

/* Takes exactly `digits` digits off the front of *text. */
static bool take_number(struct ll_str *text, size_t digits, int *ret_value)
{
	uint64_t value;

	if (!ll_str_to_u64(ll_str_first(*text, digits), &value) || text->size < digits)
		return false;
	*ret_value = (int)value;
	*text = ll_str_from(*text, digits);
	return true;
}

/* Takes ".123456" (one to nine digits; more are cut) and returns it in nanoseconds. */
static int64_t take_fraction(struct ll_str *text)
{
	int64_t nanoseconds = 0, weight = LL_NS_PER_S / 10;

	if (text->size < 2 || (text->data[0] != '.' && text->data[0] != ','))
		return 0;
	if (text->data[1] < '0' || text->data[1] > '9')
		return 0;
	*text = ll_str_from(*text, 1);
	while (text->size > 0 && text->data[0] >= '0' && text->data[0] <= '9') {
		nanoseconds += (text->data[0] - '0') * weight;
		weight /= 10;
		*text = ll_str_from(*text, 1);
	}
	return nanoseconds;
}

static bool take_zone(struct ll_str *text, int64_t *ret_offset_ns, bool *ret_has_zone)
{
	int hours, minutes, sign;

	*ret_offset_ns = 0;
	*ret_has_zone = text->size > 0;
	if (text->size == 0 || ll_str_skip(text, "Z") || ll_str_skip(text, "z") ||
	    ll_str_skip(text, " UTC"))
		return true;
	(void)ll_str_skip(text, " ");
	sign = ll_str_starts(*text, "-") ? -1 : 1;
	if (!ll_str_skip(text, "+") && !ll_str_skip(text, "-"))
		return false;
	if (!take_number(text, 2, &hours))
		return false;
	(void)ll_str_skip(text, ":");
	if (!take_number(text, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	*ret_offset_ns = sign * (hours * LL_NS_PER_HOUR + minutes * LL_NS_PER_MINUTE);
	return true;
}

static bool parse_epoch(struct ll_str text, int64_t *ret_time_ns)
{
	uint64_t seconds;
	const size_t digits = ll_str_lead_u64(text, &seconds);
	int64_t fraction;

	if (digits == 0 || seconds > (uint64_t)(INT64_MAX / LL_NS_PER_S - 1))
		return false;
	text = ll_str_from(text, digits);
	fraction = take_fraction(&text);
	if (text.size > 0)
		return false;
	*ret_time_ns = (int64_t)seconds * LL_NS_PER_S + fraction;
	return true;
}

static bool take_clock(struct ll_str *text, struct civil *civil)
{
	if (!ll_str_skip(text, "T") && !ll_str_skip(text, "t") && !ll_str_skip(text, " "))
		return false;
	if (!take_number(text, 2, &civil->hour) || !ll_str_skip(text, ":") ||
	    !take_number(text, 2, &civil->minute))
		return false;
	if (ll_str_skip(text, ":") && !take_number(text, 2, &civil->second))
		return false;
	civil->nanosecond = take_fraction(text);
	return true;
}

bool ll_parse_time(struct ll_str text, int64_t *ret_time_ns, bool *ret_has_zone)
{
	struct civil civil = {0};
	int64_t time_ns, offset_ns = 0;
	bool has_zone = false;
	int year;

	text = ll_str_trim(text);
	if (ll_str_skip(&text, "@")) {
		*ret_has_zone = true;
		return parse_epoch(text, ret_time_ns);
	}
	if (!take_number(&text, 4, &year) || !ll_str_skip(&text, "-") ||
	    !take_number(&text, 2, &civil.month) || !ll_str_skip(&text, "-") ||
	    !take_number(&text, 2, &civil.day))
		return false;
	if (text.size > 0 &&
	    (!take_clock(&text, &civil) || !take_zone(&text, &offset_ns, &has_zone)))
		return false;
	if (text.size > 0 || !ll_time_from_civil(year, civil.month, civil.day, civil.hour,
	                                         civil.minute, civil.second, &time_ns))
		return false;
	*ret_time_ns = time_ns + civil.nanosecond - offset_ns;
	*ret_has_zone = has_zone;
	return true;
}
