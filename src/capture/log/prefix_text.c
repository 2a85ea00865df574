/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prefix_text.c - styles of loggers that write plain text in front of a line (formats.md 13).
 *
 * Every function takes its prefix off record->text and notes what it says, or returns false; the
 * caller hands in a copy, so that a half-read record harms nothing. The order of the table is that
 * of preference: CRI lines are also lines that begin with a time.
 */
#include "month_names.h"
#include "prefix.h"

#include <leakledger/units.h>

enum {
	WORD_MAX = 128, /* bytes of a host or program */
	POD_MAX = 256,
	PATH_MAX_BYTES = 512, /* of a file that grep names */
	MONTH_MAX = 20,
};

/* Up to 31 years since boot: added to the latest time that is believed, that still fits. */
#define UPTIME_US_MAX UINT64_C(1000000000000000)

/* --------------------------------------------------------------- small parsers */

static bool take_number(struct ll_str *text, size_t min, size_t max, int *ret_value)
{
	int value = 0;
	size_t i = 0;

	while (i < text->size && i < max && text->data[i] >= '0' && text->data[i] <= '9')
		value = value * 10 + (text->data[i++] - '0');
	if (i < min)
		return false;
	*text = ll_str_from(*text, i);
	*ret_value = value;
	return true;
}

/* ".123456789" or ",123456" or nothing: nanoseconds. */
static int64_t take_fraction(struct ll_str *text)
{
	int64_t value = 0, unit = 100000000;
	size_t i = 1;

	if (text->size < 2 || (text->data[0] != '.' && text->data[0] != ',') ||
	    text->data[1] < '0' || text->data[1] > '9')
		return 0;
	for (; i < text->size && text->data[i] >= '0' && text->data[i] <= '9'; i++) {
		value += (text->data[i] - '0') * unit;
		unit /= 10;
	}
	*text = ll_str_from(*text, i);
	return value;
}

/* "01:06:27.123456" as nanoseconds of the day. */
static bool take_clock(struct ll_str *text, int64_t *ret_ns)
{
	int hour, minute, second;

	if (!take_number(text, 2, 2, &hour) || !ll_str_skip(text, ":") ||
	    !take_number(text, 2, 2, &minute) || !ll_str_skip(text, ":") ||
	    !take_number(text, 2, 2, &second) || hour > 23 || minute > 59 || second > 60)
		return false;
	*ret_ns = (int64_t)(hour * 3600 + minute * 60 + second) * LL_NS_PER_S + take_fraction(text);
	return true;
}

static bool take_date(struct ll_str *text, const char *separator, int64_t *ret_ns)
{
	int year, month, day;

	return take_number(text, 4, 4, &year) && ll_str_skip(text, separator) &&
	       take_number(text, 2, 2, &month) && ll_str_skip(text, separator) &&
	       take_number(text, 2, 2, &day) && year >= 1970 &&
	       ll_time_from_civil(year, month, day, 0, 0, 0, ret_ns);
}

/* "Z", "+0000", "+00:00" or nothing: nanoseconds east of Greenwich. */
static bool take_zone(struct ll_str *text, int64_t *ret_ns)
{
	struct ll_str rest = *text;
	int hours, minutes, sign;

	*ret_ns = 0;
	if (ll_str_skip(text, "Z") || rest.size == 0)
		return true;
	if (rest.data[0] != '+' && rest.data[0] != '-')
		return true;
	sign = rest.data[0] == '-' ? -1 : 1;
	rest = ll_str_from(rest, 1);
	if (!take_number(&rest, 2, 2, &hours))
		return false;
	(void)ll_str_skip(&rest, ":");
	if (!take_number(&rest, 2, 2, &minutes))
		return false;
	*ret_ns = sign * (hours * LL_NS_PER_HOUR + minutes * LL_NS_PER_MINUTE);
	*text = rest;
	return true;
}

bool ll_prefix_take_iso(struct ll_str *text, int64_t *ret_time_ns)
{
	struct ll_str rest = *text;
	int64_t date, clock, zone;

	if (rest.size < 19 || rest.data[4] != '-' || !take_date(&rest, "-", &date))
		return false;
	if (!ll_str_skip(&rest, "T") && !ll_str_skip(&rest, " "))
		return false;
	if (!take_clock(&rest, &clock) || !take_zone(&rest, &zone))
		return false;
	*ret_time_ns = date + clock - zone;
	*text = rest;
	return true;
}

bool ll_prefix_take_go_time(struct ll_str *text, int64_t *ret_time_ns)
{
	struct ll_str rest = *text;
	int64_t time_ns, zone;

	if (!ll_prefix_take_iso(&rest, &time_ns))
		return false;
	if (ll_str_starts(rest, " +") || ll_str_starts(rest, " -")) {
		rest = ll_str_from(rest, 1);
		if (take_zone(&rest, &zone))
			time_ns -= zone;
	}
	*ret_time_ns = time_ns;
	*text = rest;
	return true;
}

/* What stands before the next blank, which is passed over; false when that is nothing or long. */
static bool take_word(struct ll_str *text, struct ll_str *ret_word)
{
	const size_t size = ll_str_index(*text, ' ');

	if (size == 0 || size == SIZE_MAX || size > WORD_MAX)
		return false;
	*ret_word = ll_str_first(*text, size);
	*text = ll_str_from(*text, size + 1);
	return true;
}

/* The blank between prefix and message; loggers cut it off when the message is empty. */
static bool take_gap(struct ll_str *text)
{
	return text->size == 0 || ll_str_skip(text, " ");
}

static void skip_blanks(struct ll_str *text)
{
	while (ll_str_skip(text, " "))
		;
}

bool ll_prefix_take_rfc1123(struct ll_str *text, int64_t *ret_time_ns)
{
	struct ll_str rest = *text, weekday, name;
	int64_t date, clock, zone;
	int day, year;

	if (!take_word(&rest, &weekday) || weekday.size != 4 || !take_number(&rest, 1, 2, &day) ||
	    !ll_str_skip(&rest, " ") || !take_word(&rest, &name) ||
	    !take_number(&rest, 4, 4, &year) || !ll_str_skip(&rest, " ") ||
	    !take_clock(&rest, &clock) || !ll_str_skip(&rest, " ") || !take_zone(&rest, &zone) ||
	    ll_month_of(name) == 0 ||
	    !ll_time_from_civil(year, ll_month_of(name), day, 0, 0, 0, &date))
		return false;
	*ret_time_ns = date + clock - zone;
	*text = rest;
	return true;
}

/* ------------------------------------------------------- "host prog[pid]: msg" */

/* "prog[123]: " or "prog: " at the start; false leaves the text alone. */
static bool take_tag(struct ll_record *record)
{
	const size_t colon = ll_str_index(ll_str_first(record->text, WORD_MAX), ':');
	struct ll_str tag = ll_str_first(record->text, colon);
	struct ll_str rest;
	size_t bracket;

	if (colon == SIZE_MAX || colon == 0 || ll_str_index(tag, ' ') != SIZE_MAX)
		return false;
	rest = ll_str_from(record->text, colon + 1);
	if (!take_gap(&rest))
		return false;
	bracket = ll_str_index(tag, '[');
	if (bracket != SIZE_MAX && ll_str_ends(tag, "]")) {
		record->process = ll_str_from(ll_str_first(tag, tag.size - 1), bracket + 1);
		tag.size = bracket;
	}
	record->program = tag;
	record->text = rest;
	return true;
}

/* Is it certain that there is a host and a program, not prose? */
static bool is_strong_tag(const struct ll_record *record)
{
	return ll_str_is_digits(record->process) || ll_str_equal(record->program, ll_str("kernel"));
}

/* What the runtime writes: no host has such a name. */
static bool is_of_runtime(struct ll_str text)
{
	static const char *const words[] = {
		"created by ", "panic: ", "fatal error: ", "runtime: ", "[signal ",
		"SIGQUIT: ",   "SCHED ",  "scav ",         "pacer: "};
	uint64_t number;

	if (ll_str_skip(&text, "gc #") || ll_str_skip(&text, "gc ") ||
	    ll_str_skip(&text, "goroutine "))
		return ll_str_lead_u64(text, &number) > 0;
	for (size_t i = 0; i < LL_COUNT(words); i++) {
		if (ll_str_starts(text, words[i]))
			return true;
	}
	return false;
}

static bool is_host(struct ll_str word)
{
	for (size_t i = 0; i < word.size; i++) {
		if (memchr("()\t/=,;\"'", word.data[i], 10))
			return false;
	}
	return true;
}

static bool take_host_and_tag(struct ll_record *record)
{
	struct ll_record hostless = *record;
	struct ll_str rest = record->text, host;

	/* A host without a name leaves a second blank. */
	if (ll_str_skip(&hostless.text, " ") && take_tag(&hostless) && is_strong_tag(&hostless)) {
		*record = hostless;
		return true;
	}
	/* Some collectors drop the host, some the program, too. */
	if (is_of_runtime(record->text) || take_tag(record))
		return true;
	if (!take_word(&rest, &host) || !is_host(host))
		return true;
	record->host = host;
	record->text = rest;
	return take_tag(record) || true;
}

/* ----------------------------------------------------------------- the styles */

/* "2026-11-21T01:06:27.123456789Z stderr F msg"; "P" is continued by the stream's next line. */
static bool cut_cri(struct ll_record *record, struct ll_buf *scratch)
{
	struct ll_str tag;

	(void)scratch;
	if (!ll_prefix_take_iso(&record->text, &record->time_ns) ||
	    !ll_str_skip(&record->text, " ") || !take_word(&record->text, &record->stream))
		return false;
	if (!ll_str_equal(record->stream, ll_str("stdout")) &&
	    !ll_str_equal(record->stream, ll_str("stderr")))
		return false;
	if (!take_word(&record->text, &tag)) {
		tag = record->text;
		record->text = ll_str_n(NULL, 0);
	}
	tag = ll_str_first(tag, ll_str_index(tag, ':'));
	record->is_partial = ll_str_equal(tag, ll_str("P"));
	return record->is_partial || ll_str_equal(tag, ll_str("F"));
}

/* Structured data: "-" or "[id key="value" ...][...]". */
static bool skip_structured_data(struct ll_str *text)
{
	if (ll_str_skip(text, "-"))
		return true;
	if (!ll_str_starts(*text, "["))
		return false;
	while (ll_str_skip(text, "[")) {
		bool in_string = false;
		size_t i = 0;

		for (; i < text->size && (in_string || text->data[i] != ']'); i++) {
			if (in_string && text->data[i] == '\\')
				i++;
			else if (text->data[i] == '"')
				in_string = !in_string;
		}
		if (i >= text->size)
			return false;
		*text = ll_str_from(*text, i + 1);
	}
	return true;
}

/* "<6>1 2026-11-21T01:06:27.123Z host prog 123 - - msg" (RFC 5424). */
static bool cut_rfc5424(struct ll_record *record, struct ll_buf *scratch)
{
	int priority;
	struct ll_str message_id;

	(void)scratch;
	if (!ll_str_skip(&record->text, "<") || !take_number(&record->text, 1, 3, &priority) ||
	    !ll_str_skip(&record->text, ">1 "))
		return false;
	if (!ll_str_skip(&record->text, "- ") &&
	    (!ll_prefix_take_iso(&record->text, &record->time_ns) ||
	     !ll_str_skip(&record->text, " ")))
		return false;
	if (!take_word(&record->text, &record->host) ||
	    !take_word(&record->text, &record->program) ||
	    !take_word(&record->text, &record->process) || !take_word(&record->text, &message_id) ||
	    !skip_structured_data(&record->text))
		return false;
	record->is_escaped = true;
	return take_gap(&record->text) && (ll_str_skip(&record->text, "\xef\xbb\xbf") || true);
}

/* "<6>" of `dmesg -r` and of the syslog protocol. */
static bool cut_priority(struct ll_record *record, struct ll_buf *scratch)
{
	int priority;

	(void)scratch;
	return ll_str_skip(&record->text, "<") && take_number(&record->text, 1, 3, &priority) &&
	       ll_str_skip(&record->text, ">");
}

/* "6,339,5140900,-;msg" of /dev/kmsg: priority, number, microseconds since boot, flags. */
static bool cut_kmsg(struct ll_record *record, struct ll_buf *scratch)
{
	uint64_t parts[3];
	size_t end;

	(void)scratch;
	for (size_t i = 0; i < LL_COUNT(parts); i++) {
		const size_t digits = ll_str_lead_u64(record->text, &parts[i]);

		record->text = ll_str_from(record->text, digits);
		if (digits == 0 || !ll_str_skip(&record->text, ","))
			return false;
	}
	end = ll_str_index(record->text, ';');
	if (end == SIZE_MAX || end > 64 || parts[2] > UPTIME_US_MAX)
		return false;
	record->uptime_ns = (int64_t)parts[2] * LL_NS_PER_US;
	record->text = ll_str_from(record->text, end + 1);
	record->program = ll_str("kernel");
	return true;
}

/*
 * "Nov 21 01:06:27[.123456] host prog[123]: msg": syslog files, journalctl's short forms, in any
 * language of ll_month_of; "Nov 21 01:06:27: msg" where neither host nor program were kept.
 */
static bool cut_syslog(struct ll_record *record, struct ll_buf *scratch)
{
	const size_t size = ll_str_index(ll_str_first(record->text, MONTH_MAX), ' ');
	struct ll_str rest = ll_str_from(record->text, size == SIZE_MAX ? SIZE_MAX : size + 1);

	(void)scratch;
	(void)ll_str_skip(&rest, " ");
	if (!take_number(&rest, 1, 2, &record->day) || !ll_str_skip(&rest, " ") ||
	    !take_clock(&rest, &record->of_day_ns))
		return false;
	record->month = ll_month_of(ll_str_first(record->text, size));
	if (record->month == 0)
		return false;
	record->is_escaped = true;
	record->text = rest;
	if (ll_str_skip(&record->text, ": "))
		return true;
	return ll_str_skip(&record->text, " ") && take_host_and_tag(record);
}

/* "2026-11-21T01:06:27+0000 host prog[123]: msg": journalctl short-iso, rsyslog. */
static bool cut_iso_syslog(struct ll_record *record, struct ll_buf *scratch)
{
	(void)scratch;
	record->is_escaped = true;
	return ll_prefix_take_iso(&record->text, &record->time_ns) &&
	       ll_str_skip(&record->text, " ") && take_word(&record->text, &record->host) &&
	       take_tag(record) && is_strong_tag(record);
}

/* "Sat 2026-11-21 01:06:27 UTC host prog[123]: msg": journalctl short-full and with-unit. */
static bool cut_full_syslog(struct ll_record *record, struct ll_buf *scratch)
{
	struct ll_str weekday, zone;

	(void)scratch;
	record->is_escaped = true;
	return take_word(&record->text, &weekday) && weekday.size <= 12 &&
	       ll_prefix_take_iso(&record->text, &record->time_ns) &&
	       ll_str_skip(&record->text, " ") && take_word(&record->text, &zone) &&
	       zone.size <= 6 && take_host_and_tag(record);
}

/* "1795223187.123456 host prog[123]: msg": journalctl short-unix. */
static bool cut_unix_syslog(struct ll_record *record, struct ll_buf *scratch)
{
	uint64_t seconds;
	const size_t digits = ll_str_lead_u64(record->text, &seconds);

	(void)scratch;
	record->text = ll_str_from(record->text, digits);
	if (digits < 9 || digits > 10 || seconds > (uint64_t)LL_PREFIX_SECONDS_MAX ||
	    !ll_str_starts(record->text, "."))
		return false;
	record->time_ns = (int64_t)seconds * LL_NS_PER_S + take_fraction(&record->text);
	record->is_escaped = true;
	return ll_str_skip(&record->text, " ") && take_host_and_tag(record);
}

/* "[ 1234.567890]": since boot. */
static bool take_uptime(struct ll_str *text, int64_t *ret_ns)
{
	uint64_t seconds;
	size_t digits;

	skip_blanks(text);
	digits = ll_str_lead_u64(*text, &seconds);
	*text = ll_str_from(*text, digits);
	if (digits == 0 || digits > 9 || !ll_str_starts(*text, "."))
		return false;
	*ret_ns = (int64_t)seconds * LL_NS_PER_S + take_fraction(text);
	return ll_str_skip(text, "]");
}

/* "Sat Nov 21 01:06:27 2026]": of an unknown language the month is not known. */
static bool take_ctime(struct ll_str *text, int64_t *ret_time_ns)
{
	struct ll_str weekday, name;
	int64_t date, clock;
	int day, year, month;

	if (!take_word(text, &weekday) || weekday.size > 16 || !take_word(text, &name) ||
	    name.size > 16)
		return false;
	skip_blanks(text);
	if (!take_number(text, 1, 2, &day) || !ll_str_skip(text, " ") ||
	    !take_clock(text, &clock) || !ll_str_skip(text, " ") ||
	    !take_number(text, 4, 4, &year) || !ll_str_skip(text, "]"))
		return false;
	month = ll_month_of(name);
	if (month > 0 && year >= 1970 && ll_time_from_civil(year, month, day, 0, 0, 0, &date))
		*ret_time_ns = date + clock;
	return true;
}

/* "[    T1]", "[C0]": the thread or processor, with CONFIG_PRINTK_CALLER. */
static void skip_caller(struct ll_str *text)
{
	struct ll_str rest = *text;
	int number;

	(void)ll_str_skip(&rest, " ");
	if (!ll_str_skip(&rest, "["))
		return;
	skip_blanks(&rest);
	if ((ll_str_skip(&rest, "T") || ll_str_skip(&rest, "C")) &&
	    take_number(&rest, 1, 9, &number) && ll_str_skip(&rest, "]"))
		*text = rest;
}

/* dmesg: "[ 1234.567890] ", "[Sat Nov 21 01:06:27 2026] "; Talos: "[2026-11-21T01:06:27Z]: ". */
static bool cut_dmesg(struct ll_record *record, struct ll_buf *scratch)
{
	struct ll_str rest = record->text;

	(void)scratch;
	if (!ll_str_skip(&rest, "["))
		return false;
	record->text = rest;
	if (ll_prefix_take_iso(&record->text, &record->time_ns)) {
		if (!ll_str_skip(&record->text, "]"))
			return false;
		(void)ll_str_skip(&record->text, ":");
	} else if (!take_uptime(&record->text, &record->uptime_ns)) {
		record->text = rest;
		if (!take_ctime(&record->text, &record->time_ns))
			return false;
	}
	skip_caller(&record->text);
	if (record->program.size == 0)
		record->program = ll_str("kernel");
	return take_gap(&record->text);
}

/* "[Nov21 01:06] " and "[  +0.000003] ", since the line before, of `dmesg -H`. */
static bool cut_human_dmesg(struct ll_record *record, struct ll_buf *scratch)
{
	struct ll_str rest = record->text;
	int hour, minute;

	(void)scratch;
	if (!ll_str_skip(&rest, "["))
		return false;
	skip_blanks(&rest);
	if (ll_str_skip(&rest, "+")) {
		record->is_since_last = true;
		if (!take_uptime(&rest, &record->of_day_ns))
			return false;
	} else {
		record->month = ll_month_of(ll_str_first(rest, 3));
		rest = ll_str_from(rest, 3);
		if (record->month == 0 || !take_number(&rest, 2, 2, &record->day) ||
		    !ll_str_skip(&rest, " ") || !take_number(&rest, 2, 2, &hour) ||
		    !ll_str_skip(&rest, ":") || !take_number(&rest, 2, 2, &minute) || hour > 23 ||
		    minute > 59 || !ll_str_skip(&rest, "]"))
			return false;
		record->of_day_ns = (int64_t)(hour * 60 + minute) * LL_NS_PER_MINUTE;
	}
	record->program = ll_str("kernel");
	record->text = rest;
	return take_gap(&record->text);
}

/* "[ 1234.567890] host prog[123]: msg": journalctl short-monotonic. */
static bool cut_monotonic_syslog(struct ll_record *record, struct ll_buf *scratch)
{
	(void)scratch;
	record->is_escaped = true;
	return ll_str_skip(&record->text, "[") && take_uptime(&record->text, &record->uptime_ns) &&
	       ll_str_skip(&record->text, " ") && take_word(&record->text, &record->host) &&
	       take_tag(record) && is_strong_tag(record);
}

static bool is_one_of(struct ll_str word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (ll_str_equal(word, ll_str(words[i])))
			return true;
	}
	return false;
}

/* "kern  :err   : msg" of `dmesg -x`, "10.5.0.2: kern:     err: msg" of Talos. */
static bool cut_facility(struct ll_record *record, struct ll_buf *scratch)
{
	static const char *const facilities[] = {"kern", "user",   "mail", "daemon", "auth",
	                                         "cron", "syslog", "lpr",  "news",   "authpriv"};
	static const char *const levels[] = {"emerg",  "alert", "crit",  "err",     "warn",
	                                     "notice", "info",  "debug", "warning", "error"};
	struct ll_str rest = record->text;
	struct ll_str word = ll_str_split(&rest, ':');

	(void)scratch;
	if (word.size <= WORD_MAX && ll_str_index(word, '.') != SIZE_MAX &&
	    ll_str_index(word, ' ') == SIZE_MAX && ll_str_skip(&rest, " ")) {
		record->host = word;
		word = ll_str_split(&rest, ':');
	}
	if (word.size > 9 || !is_one_of(ll_str_trim(word), facilities, LL_COUNT(facilities)))
		return false;
	word = ll_str_split(&rest, ':');
	if (word.size > 12 || !is_one_of(ll_str_trim(word), levels, LL_COUNT(levels)))
		return false;
	record->text = rest;
	return take_gap(&record->text);
}

/* "[pod/NAME/CONTAINER] msg" of `kubectl logs --prefix`. */
static bool cut_kubectl(struct ll_record *record, struct ll_buf *scratch)
{
	struct ll_str rest = record->text;

	(void)scratch;
	if (!ll_str_skip(&rest, "[pod/"))
		return false;
	record->pod = ll_str_split(&rest, '/');
	record->container = ll_str_split(&rest, ']');
	record->text = rest;
	return record->pod.size > 0 && record->pod.size <= POD_MAX && record->container.size > 0 &&
	       record->container.size <= WORD_MAX && take_gap(&record->text);
}

static bool is_name(struct ll_str word, const char *others)
{
	for (size_t i = 0; i < word.size; i++) {
		const char byte = word.data[i];

		if ((byte < 'a' || byte > 'z') && (byte < '0' || byte > '9') &&
		    !strchr(others, byte))
			return false;
	}
	return word.size > 0;
}

/* "INFO   | jvm 1    | msg" of a wrapper around a service; it is no container's name. */
static bool is_level(struct ll_str name)
{
	static const char *const levels[] = {"TRACE", "DEBUG",   "INFO",  "NOTICE", "STATUS",
	                                     "WARN",  "WARNING", "ERROR", "FATAL",  "CRITICAL"};

	for (size_t i = 0; i < LL_COUNT(levels); i++) {
		if (ll_str_equal(name, ll_str(levels[i])))
			return true;
	}
	return false;
}

/* "web-1  | msg" of docker compose. */
static bool cut_compose(struct ll_record *record, struct ll_buf *scratch)
{
	const size_t bar = ll_str_index(ll_str_first(record->text, WORD_MAX), '|');
	const struct ll_str name = ll_str_trim(ll_str_first(record->text, bar));

	(void)scratch;
	if (bar == SIZE_MAX || bar == 0 || record->text.data[bar - 1] != ' ' || is_level(name) ||
	    !is_name(name, "-_.ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
		return false;
	record->pod = name;
	record->text = ll_str_from(record->text, bar + 1);
	return take_gap(&record->text);
}

/* "POD CONTAINER msg" of stern; prose can look like it. */
static bool cut_stern(struct ll_record *record, struct ll_buf *scratch)
{
	(void)scratch;
	return take_word(&record->text, &record->pod) && is_name(record->pod, "-.") &&
	       ll_str_index(record->pod, '-') != SIZE_MAX &&
	       take_word(&record->text, &record->container) && is_name(record->container, "-");
}

/* "2026-11-21T01:06:27.123456789Z msg": kubectl and docker --timestamps, dmesg in ISO times. */
static bool cut_timestamp(struct ll_record *record, struct ll_buf *scratch)
{
	(void)scratch;
	return ll_prefix_take_iso(&record->text, &record->time_ns) && take_gap(&record->text);
}

/* "2026/11/21 01:06:27[.123456] [file.go:12: ]msg" of Go's log package. */
static bool cut_go_log(struct ll_record *record, struct ll_buf *scratch)
{
	int64_t date, clock;
	struct ll_str file;

	(void)scratch;
	if (record->text.size < 19 || record->text.data[4] != '/' ||
	    !take_date(&record->text, "/", &date) || !ll_str_skip(&record->text, " ") ||
	    !take_clock(&record->text, &clock) || !take_gap(&record->text))
		return false;
	record->time_ns = date + clock;
	file = ll_str_first(record->text, ll_str_index(record->text, ' '));
	if (ll_str_ends(file, ":") && ll_str_find(file, ".go:") != SIZE_MAX)
		record->text = ll_str_from(record->text, file.size + 1);
	return true;
}

/* "E1121 01:06:27.123456   12345 file.go:12] msg" of klog. */
static bool cut_klog(struct ll_record *record, struct ll_buf *scratch)
{
	struct ll_str rest = record->text;
	int thread;
	size_t end;

	(void)scratch;
	if (rest.size < 21 || !memchr("IWEFD", rest.data[0], 5))
		return false;
	rest = ll_str_from(rest, 1);
	if (!take_number(&rest, 2, 2, &record->month) || !take_number(&rest, 2, 2, &record->day) ||
	    !ll_str_skip(&rest, " ") || !take_clock(&rest, &record->of_day_ns))
		return false;
	skip_blanks(&rest);
	end = ll_str_index(ll_str_first(rest, WORD_MAX), ']');
	if (end == SIZE_MAX || !take_number(&rest, 1, 9, &thread))
		return false;
	end = ll_str_index(rest, ']');
	record->text = ll_str_from(rest, end + 1);
	return take_gap(&record->text);
}

/* "11-21 01:06:27.123  2674  2690 E Go      : msg" of Android's logcat. */
static bool cut_logcat(struct ll_record *record, struct ll_buf *scratch)
{
	struct ll_str rest = record->text;
	size_t end, digits;

	(void)scratch;
	if (rest.size < 24 || rest.data[2] != '-' || rest.data[5] != ' ' ||
	    !take_number(&rest, 2, 2, &record->month) || !ll_str_skip(&rest, "-") ||
	    !take_number(&rest, 2, 2, &record->day) || !ll_str_skip(&rest, " ") ||
	    !take_clock(&rest, &record->of_day_ns))
		return false;
	rest = ll_str_trim(rest);
	digits = ll_str_digits(rest);
	record->process = ll_str_first(rest, digits);
	rest = ll_str_trim(ll_str_from(rest, digits));
	rest = ll_str_trim(ll_str_from(rest, ll_str_digits(rest)));
	end = ll_str_index(ll_str_first(rest, WORD_MAX), ':');
	if (digits == 0 || rest.size < 4 || !memchr("VDIWEFA", rest.data[0], 7) ||
	    rest.data[1] != ' ' || end == SIZE_MAX)
		return false;
	record->text = ll_str_from(rest, end + 1);
	return take_gap(&record->text);
}

/* "> msg", "   > > msg": of a page or mail that quotes it. */
static bool cut_quotation(struct ll_record *record, struct ll_buf *scratch)
{
	size_t marks = 0;

	(void)scratch;
	skip_blanks(&record->text);
	for (; ll_str_skip(&record->text, ">"); marks++) {
		/* Of several, the last may stand before the text: "> >Nov 21 01:06:27 ...". */
		if (!take_gap(&record->text) && marks == 0)
			return false;
	}
	return marks > 0;
}

/*
 * "/var/log/kern.log:Nov 21 01:06:27 host kernel: msg" of a grep over several files, also
 * "kern.log:Nov 21 ...". What stands behind the path must itself be dressed: places of Go's source
 * are written like that, too; behind a bare name by syslog, for "time:2026-11-21 ..." is no file.
 */
static bool cut_grep(struct ll_record *record, struct ll_buf *scratch)
{
	const size_t colon = ll_str_index(ll_str_first(record->text, PATH_MAX_BYTES), ':');
	const struct ll_str path = ll_str_first(record->text, colon);

	if (colon == SIZE_MAX || colon == 0 || ll_str_index(path, ' ') != SIZE_MAX)
		return false;
	record->text = ll_str_from(record->text, colon + 1);
	if (cut_syslog(record, scratch) || cut_iso_syslog(record, scratch))
		return true;
	return ll_str_index(path, '/') != SIZE_MAX &&
	       (cut_dmesg(record, scratch) || cut_timestamp(record, scratch));
}

/*
 * "    Nov 21 01:06:27 host kernel: msg" of a page that indents what it shows. Only what says who
 * wrote the line counts: what journalctl puts below a message is indented, too, and may have times.
 */
static bool cut_indented(struct ll_record *record, struct ll_buf *scratch)
{
	if (record->text.size == 0 || !memchr(" \t", record->text.data[0], 2))
		return false;
	record->text = ll_str_from(record->text, 1);
	skip_blanks(&record->text);
	return cut_syslog(record, scratch) || cut_iso_syslog(record, scratch) ||
	       cut_full_syslog(record, scratch);
}

/* "[2026/11/21 01:06:27.123 +08:00] [ERROR] msg": TiDB, TiKV and their kin. */
static bool cut_bracketed(struct ll_record *record, struct ll_buf *scratch)
{
	int64_t date, clock, zone;

	(void)scratch;
	if (record->text.size < 21 || record->text.data[5] != '/' ||
	    !ll_str_skip(&record->text, "[") || !take_date(&record->text, "/", &date) ||
	    !ll_str_skip(&record->text, " ") || !take_clock(&record->text, &clock))
		return false;
	skip_blanks(&record->text);
	if (!take_zone(&record->text, &zone) || !ll_str_skip(&record->text, "]"))
		return false;
	record->time_ns = date + clock - zone;
	return take_gap(&record->text);
}

/* clang-format off */
const struct ll_prefix_style ll_prefix_text_styles[] = {
	{"quotation", cut_quotation, false},
	{"grep", cut_grep, false},
	{"indentation", cut_indented, false},
	{"CRI", cut_cri, false},
	{"RFC 5424 syslog", cut_rfc5424, false},
	{"priority", cut_priority, false},
	{"/dev/kmsg", cut_kmsg, false},
	{"syslog", cut_syslog, false},
	{"syslog with ISO times", cut_iso_syslog, false},
	{"journalctl short-full", cut_full_syslog, false},
	{"journalctl short-unix", cut_unix_syslog, false},
	{"journalctl short-monotonic", cut_monotonic_syslog, true},
	{"facility and level", cut_facility, false},
	{"dmesg", cut_dmesg, false},
	{"dmesg -H", cut_human_dmesg, false},
	{"kubectl --prefix", cut_kubectl, false},
	{"docker compose", cut_compose, true},
	{"stern", cut_stern, true},
	{"Go log", cut_go_log, false},
	{"time in brackets", cut_bracketed, false},
	{"klog", cut_klog, false},
	{"logcat", cut_logcat, false},
	{"timestamp", cut_timestamp, false},
};
/* clang-format on */
const size_t ll_prefix_text_style_count = LL_COUNT(ll_prefix_text_styles);
