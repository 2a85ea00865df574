/* SPDX-License-Identifier: Apache-2.0 */
/* reading.c - see reading.h. */
#include "reading.h"

int ll_reading_put(const struct ll_sink *out, struct ll_str name, struct ll_str labels,
                   double value, struct ll_error *err)
{
	const struct ll_reading reading = {
		.name = name,
		.labels = labels,
		.value = value,
		.time_ns = LL_TIME_NONE,
	};

	return out->reading(out->self, &reading, err);
}

int ll_reading_put_none(const struct ll_sink *out, struct ll_str name, struct ll_error *err)
{
	const struct ll_reading reading = {
		.name = name,
		.is_none = true,
		.time_ns = LL_TIME_NONE,
	};

	return out->reading(out->self, &reading, err);
}

struct ll_str ll_reading_name(char room[LL_READING_NAME_MAX], const char *format, ...)
{
	va_list arguments;
	int size;

	va_start(arguments, format);
	size = vsnprintf(room, LL_READING_NAME_MAX, format, arguments);
	va_end(arguments);
	if (size < 0)
		return ll_str_n(NULL, 0);
	return ll_str_n(room, size < LL_READING_NAME_MAX ? (size_t)size : LL_READING_NAME_MAX - 1);
}
