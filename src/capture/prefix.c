/* SPDX-License-Identifier: Apache-2.0 */
/* prefix.c - see prefix.h. */
#include "prefix.h"

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

bool ll_prefix_learn(struct ll_prefix *prefix, struct ll_str text)
{
	prefix->size = 0;
	if (text.size >= LL_PREFIX_MAX)
		return false;
	for (size_t i = 0; i < text.size; i++) {
		if (is_digit(text.data[i]) && i > 0 && is_digit(text.data[i - 1]))
			continue;
		prefix->shape[prefix->size++] = is_digit(text.data[i]) ? '0' : text.data[i];
	}
	return true;
}

size_t ll_prefix_cut(const struct ll_prefix *prefix, struct ll_str *line)
{
	size_t at = 0;

	for (size_t i = 0; i < prefix->size; i++) {
		/* Loggers cut trailing blanks, so an empty message may have a shorter prefix. */
		if (at == line->size && (prefix->shape[i] == ' ' || prefix->shape[i] == '\t'))
			break;
		if (at == line->size)
			return SIZE_MAX;
		if (prefix->shape[i] != '0') {
			if (line->data[at++] != prefix->shape[i])
				return SIZE_MAX;
			continue;
		}
		if (!is_digit(line->data[at]))
			return SIZE_MAX;
		while (at < line->size && is_digit(line->data[at]))
			at++;
	}
	*line = ll_str_from(*line, at);
	return at;
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
	char copy[40];
	size_t end = 0;
	int64_t time_ns;
	bool has_zone;

	text = ll_str_trim(text);
	(void)ll_str_skip(&text, "[");
	text = dashed(text, copy);
	while (end < text.size && memchr("0123456789-:.,TtZz+ ", text.data[end], 20))
		end++;
	/* "2026-11-21 01:06:27 42 ..." must lose what does not belong to the time. */
	while (end > 0) {
		if (ll_parse_time(ll_str_trim(ll_str_first(text, end)), &time_ns, &has_zone) &&
		    end > 10)
			return time_ns;
		end--;
	}
	return LL_TIME_NONE;
}
