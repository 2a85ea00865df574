/* SPDX-License-Identifier: Apache-2.0 */
/*
 * http_head.c - see http_head.h.
 *
 *     HTTP/1.1 200 OK
 *     Date: Sat, 21 Nov 2026 01:06:27 GMT
 *     (empty line)
 *
 * Headers are at most 64 KiB; a proxy may put several answers in a row, of which the last counts.
 * Who copies them from a terminal may have copied the command, too: "$ curl -i localhost:6060/...".
 */
#include "http_head.h"

#include "log/month_names.h"

enum {
	HEAD_MAX = 64 * 1024,
	COMMAND_MAX = 1024,
};

static int number_of(struct ll_str digits)
{
	uint64_t number;

	return digits.size <= 4 && ll_str_to_u64(digits, &number) ? (int)number : -1;
}

/* "Sat, 21 Nov 2026 01:06:27 GMT" */
static int64_t read_date(struct ll_str text)
{
	struct ll_str day, month, year, hour, minute;
	int64_t time_ns;

	text = ll_str_trim(text);
	(void)ll_str_split(&text, ' ');
	day = ll_str_split(&text, ' ');
	month = ll_str_split(&text, ' ');
	year = ll_str_split(&text, ' ');
	hour = ll_str_split(&text, ':');
	minute = ll_str_split(&text, ':');
	if (!ll_str_ends(text, " GMT") ||
	    !ll_time_from_civil(number_of(year), ll_month_of(month), number_of(day),
	                        number_of(hour), number_of(minute),
	                        number_of(ll_str_first(text, 2)), &time_ns))
		return LL_TIME_NONE;
	return time_ns;
}

static bool is_date(struct ll_str line, struct ll_str *ret_value)
{
	*ret_value = ll_str_from(line, 5);
	return ll_str_starts(line, "Date:") || ll_str_starts(line, "date:");
}

/* The size of the line with the command that made the answer behind it, or 0. */
static size_t command_line(struct ll_str content)
{
	const size_t size = ll_str_index(ll_str_first(content, COMMAND_MAX + 1), '\n');
	const struct ll_str line = ll_str_first(content, size);

	if (size == SIZE_MAX || !ll_str_starts(ll_str_from(content, size + 1), "HTTP/") ||
	    (ll_str_find(line, "curl ") == SIZE_MAX && ll_str_find(line, "wget ") == SIZE_MAX))
		return 0;
	return size + 1;
}

size_t ll_http_head(struct ll_str content, int64_t *ret_time_ns)
{
	struct ll_str rest = ll_str_first(content, HEAD_MAX);
	size_t size = command_line(rest);

	*ret_time_ns = LL_TIME_NONE;
	rest = ll_str_from(rest, size);
	while (ll_str_starts(rest, "HTTP/")) {
		struct ll_str line = rest, date;

		while (rest.data && line.size > 0) {
			line = ll_str_split(&rest, '\n');
			if (ll_str_ends(line, "\r"))
				line.size--;
			if (is_date(line, &date))
				*ret_time_ns = read_date(date);
		}
		/* An answer without a body; where the window ends, headers may go on. */
		if (!rest.data)
			return line.size == 0 && content.size < HEAD_MAX ? content.size : 0;
		size = (size_t)(rest.data - content.data);
	}
	return size;
}
