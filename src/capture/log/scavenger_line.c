/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scavenger_line.c - see scavenger_line.h. What each Go printed:
 *
 *     scvg4: 1 MB released                                                          up to 1.12,
 *     scvg-1: 1 MB released                                                         when forced
 *     scvg4: inuse: 3, idle: 60, sys: 63, released: 57, consumed: 5 (MB)            and, without
 *     forced scvg: inuse: 3, idle: 60, sys: 63, released: 57, consumed: 5 (MB)      number, 1.13
 *     scav 0 KiB work, 3704 KiB total, 73% util                                     1.14 to 1.20,
 *     scav 12 0 KiB work, 3704 KiB total, 73% util (forced)                         some numbered
 *     scav 8 KiB work (bg), 0 KiB work (eager), 3704 KiB now, 73% util              since 1.21
 *
 * "total" and "now" are what the operating system has back at that time.
 */
#include "scavenger_line.h"

enum {
	WORK,
	EAGER,
	RELEASED,
	UTILIZATION,
	INUSE,
	IDLE,
	SYS,
	CONSUMED,
	GIVEN_BACK,
};

const char *const ll_scavenger_names[LL_SCAVENGER_NAMES] = {
	[WORK] = "scav.work",
	[EAGER] = "scav.work_eager",
	[RELEASED] = "/memory/classes/heap/released:bytes",
	[UTILIZATION] = "scav.util",
	[INUSE] = "scvg.inuse",
	[IDLE] = "scvg.idle",
	[SYS] = "scvg.sys",
	[CONSUMED] = "scvg.consumed",
	[GIVEN_BACK] = "scvg.released_now",
};

static bool take_number(struct ll_str *text, int64_t *ret_value)
{
	uint64_t value;
	const size_t digits = ll_str_lead_u64(*text, &value);

	if (digits == 0 || value > INT64_MAX >> 21)
		return false;
	*text = ll_str_from(*text, digits);
	*ret_value = (int64_t)value;
	return true;
}

/* "3704 KiB total, " and the like. */
static bool take_kib(struct ll_str *text, const char *behind, size_t name,
                     struct ll_scavenger_line *line)
{
	struct ll_str rest = *text;
	int64_t value;

	if (!take_number(&rest, &value) || !ll_str_skip(&rest, " KiB ") ||
	    !ll_str_skip(&rest, behind))
		return false;
	*text = rest;
	line->names[line->count] = name;
	line->values[line->count++] = value << 10;
	return true;
}

static bool parse_new(struct ll_str text, struct ll_scavenger_line *line)
{
	struct ll_str rest;
	int64_t value;

	rest = text;
	if (take_number(&rest, &value) && ll_str_skip(&rest, " ") && ll_str_digits(rest) > 0)
		text = rest; /* the number of the GC cycle */
	if (take_kib(&text, "work (bg), ", WORK, line)) {
		if (!take_kib(&text, "work (eager), ", EAGER, line) ||
		    !take_kib(&text, "now, ", RELEASED, line))
			return false;
	} else if (!take_kib(&text, "work, ", WORK, line) ||
	           !take_kib(&text, "total, ", RELEASED, line)) {
		return false;
	}
	if (!take_number(&text, &value) || !ll_str_starts(text, "% util"))
		return false;
	line->names[line->count] = UTILIZATION;
	line->values[line->count++] = value;
	return true;
}

/* "inuse: 3, idle: 60, sys: 63, released: 57, consumed: 5 (MB)". */
static bool parse_sums(struct ll_str text, struct ll_scavenger_line *line)
{
	static const struct {
		const char *words;
		size_t name;
	} parts[] = {
		{"inuse: ", INUSE},         {", idle: ", IDLE},         {", sys: ", SYS},
		{", released: ", RELEASED}, {", consumed: ", CONSUMED},
	};

	for (size_t i = 0; i < LL_COUNT(parts); i++) {
		int64_t value;

		if (!ll_str_skip(&text, parts[i].words) || !take_number(&text, &value))
			return false;
		line->names[line->count] = parts[i].name;
		line->values[line->count++] = value << 20;
	}
	return ll_str_starts(text, " (MB)");
}

static bool parse_old(struct ll_str text, struct ll_scavenger_line *line)
{
	int64_t value;

	if (!ll_str_skip(&text, "-1"))
		(void)take_number(&text, &value);
	if (!ll_str_skip(&text, ": "))
		return false;
	if (ll_str_starts(text, "inuse: "))
		return parse_sums(text, line);
	if (!take_number(&text, &value) || !ll_str_starts(text, " MB released"))
		return false;
	line->names[line->count] = GIVEN_BACK;
	line->values[line->count++] = value << 20;
	return true;
}

bool ll_scavenger_line_parse(struct ll_str text, struct ll_scavenger_line *ret_line)
{
	*ret_line = (struct ll_scavenger_line){.count = 0};
	if (ll_str_skip(&text, "scav "))
		return parse_new(text, ret_line);
	(void)ll_str_skip(&text, "forced ");
	return ll_str_skip(&text, "scvg") && parse_old(text, ret_line);
}

size_t ll_scavenger_line_find(struct ll_str raw)
{
	static const char *const starts[] = {"scav ", "forced scvg", "scvg"};
	struct ll_scavenger_line line;

	for (size_t i = 0; i < LL_COUNT(starts); i++) {
		const size_t at = ll_str_find(raw, starts[i]);

		if (at != SIZE_MAX && ll_scavenger_line_parse(ll_str_from(raw, at), &line))
			return at;
	}
	return SIZE_MAX;
}
