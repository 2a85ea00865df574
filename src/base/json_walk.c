/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_walk.c - values of JSON without tokens: those that nobody wants to see, plain numbers, and
 * long lists of them.
 *
 * A walk knows what it may expect and gives up at anything else, with nothing taken, so that the
 * tokens of json.c can say what is wrong and where.
 */
#include "json_walk.h"

#include <leakledger/scan.h>

enum {
	TIME_DIGITS = 19, /* of nanoseconds since 1970 */
	SHORT_DIGITS = 16,
	SHAPE_KEYS = 8,
};

/* Functions that pass something return what is behind it, or NULL to give up. */

/* The next byte that is not blank, or `end`. */
static inline const char *skip_blanks(const char *at, const char *end)
{
	/* Nearly always there is no blank; all of them are below '!'. */
	while (at < end && *at < '!' && ll_json_is_blank(*at))
		at++;
	return at;
}

static const char *value_of(const struct ll_json *json, const char **ret_end)
{
	*ret_end = json->text.data + json->text.size;
	return skip_blanks(json->text.data + json->offset, *ret_end);
}

/* The value before `behind` has been taken. */
static void arrive(struct ll_json *json, const char *behind)
{
	json->offset = (size_t)(behind - json->text.data);
	ll_json_value_done(json);
}

/* ------------------------------------------------------------------------ skipping */

static inline const char *pass_string(const char *at, const char *end)
{
	const char *const quote = ll_json_string_end(at + 1, end);

	return quote ? quote + 1 : NULL;
}

/* Plain integers only: what else a number can be is rare. */
static inline const char *pass_integer(const char *at, const char *end)
{
	const char *const from = at;
	unsigned digits = 8;

	while (digits == 8 && end - at >= 8) {
		digits = ll_digits_count(ll_digits_load(at));
		at += digits;
	}
	while (digits == 8 && at < end && *at >= '0' && *at <= '9')
		at++;
	if (at == from || (at > from + 1 && *from == '0'))
		return NULL;
	/* What comes behind is looked at by who asked; here only what belongs to a number. */
	return at == end || (*at != '.' && *at != 'e' && *at != 'E') ? at : NULL;
}

/* A key and its colon. */
static inline const char *pass_key(const char *at, const char *end)
{
	if (at == end || *at != '"')
		return NULL;
	at = pass_string(at, end);
	if (!at)
		return NULL;
	at = skip_blanks(at, end);
	return at < end && *at == ':' ? skip_blanks(at + 1, end) : NULL;
}

static const char *pass_value(const char *at, const char *end, size_t depth);

/*
 * Behind an element: NULL when neither a comma nor `close` is there; else where the next element
 * begins, or, with *ret_is_last, what is behind the bracket.
 */
static inline const char *pass_comma(const char *at, const char *end, char close, bool *ret_is_last)
{
	at = skip_blanks(at, end);
	if (at == end || (*at != ',' && *at != close))
		return NULL;
	*ret_is_last = *at == close;
	return *ret_is_last ? at + 1 : skip_blanks(at + 1, end);
}

static const char *pass_members(const char *at, const char *end, size_t depth)
{
	bool is_last = at < end && *at == '}';

	if (is_last)
		return at + 1;
	while (!is_last) {
		at = pass_key(at, end);
		if (!at || at == end)
			return NULL;
		at = *at <= '9' && *at >= '0' ? pass_integer(at, end) : pass_value(at, end, depth);
		if (at)
			at = pass_comma(at, end, '}', &is_last);
		if (!at)
			return NULL;
	}
	return at;
}

/*
 * Objects of a list have the same keys in the same order, nearly always. What stands in front of
 * the values of the first, its brackets, commas, keys and colons, is compared as a whole with the
 * next: so each value's place is known without a look for the ends of keys.
 */
struct shape {
	struct ll_str before[SHAPE_KEYS]; /* {"Size": and then ,"Mallocs": and so on */
	size_t count;                     /* 0: there is none */
};

/* The shape of an object without blanks and of plain integers, which has been passed. */
static void learn_shape(struct shape *shape, const char *at, const char *end)
{
	size_t count = 0;

	while (count < SHAPE_KEYS && at < end && *at != '}') {
		const char *const from = at;

		if (end - at < 2 || at[1] != '"')
			return;
		at = pass_string(at + 1, end);
		if (!at || at == end || *at != ':')
			return;
		shape->before[count++] = ll_str_n(from, (size_t)(at + 1 - from));
		at = pass_integer(at + 1, end);
		if (!at || at == end || (*at != ',' && *at != '}'))
			return;
	}
	if (at + 1 == end)
		shape->count = count;
}

/* As memcmp, without a call for 8 to 16 bytes, as most keys with what is around them have. */
static inline bool is_same(const char *at, struct ll_str text)
{
	if (text.size < 8 || text.size > 16)
		return memcmp(at, text.data, text.size) == 0;
	return ((ll_digits_load(at) ^ ll_digits_load(text.data)) |
	        (ll_digits_load(at + text.size - 8) ^ ll_digits_load(text.data + text.size - 8))) ==
	       0;
}

static const char *pass_alike(const struct shape *shape, const char *at, const char *end)
{
	for (size_t i = 0; i < shape->count; i++) {
		const struct ll_str before = shape->before[i];

		if ((size_t)(end - at) < before.size || !is_same(at, before))
			return NULL;
		at = pass_integer(at + before.size, end);
		if (!at)
			return NULL;
	}
	return at < end && *at == '}' ? at + 1 : NULL;
}

/* An object in a list, as the one before or not. */
static const char *pass_listed(struct shape *shape, bool is_first, const char *at, const char *end,
                               size_t depth)
{
	const char *behind = shape->count > 0 ? pass_alike(shape, at, end) : NULL;

	if (behind)
		return behind;
	behind = pass_value(at, end, depth);
	if (behind && is_first)
		learn_shape(shape, at, behind);
	return behind;
}

static const char *pass_list(const char *at, const char *end, size_t depth)
{
	struct shape shape = {.count = 0};
	bool is_first = true, is_last = at < end && *at == ']';

	if (is_last)
		return at + 1;
	while (!is_last) {
		if (at == end)
			return NULL;
		if (*at <= '9' && *at >= '0')
			at = pass_integer(at, end);
		else if (*at == '{')
			at = pass_listed(&shape, is_first, at, end, depth);
		else
			at = pass_value(at, end, depth);
		if (at)
			at = pass_comma(at, end, ']', &is_last);
		if (!at)
			return NULL;
		is_first = false;
	}
	return at;
}

/* A value of at most `depth` levels. */
static const char *pass_value(const char *at, const char *end, size_t depth)
{
	if (at == end)
		return NULL;
	if (*at == '"')
		return pass_string(at, end);
	if (*at != '{' && *at != '[')
		return pass_integer(at, end);
	if (depth == 0)
		return NULL;
	return *at == '{' ? pass_members(skip_blanks(at + 1, end), end, depth - 1)
	                  : pass_list(skip_blanks(at + 1, end), end, depth - 1);
}

bool ll_json_skip(struct ll_json *json)
{
	const size_t depth = json->depth;
	const char *at, *end;

	if (json->state[depth] != 'c')
		return true;
	at = value_of(json, &end);
	at = pass_value(at, end, LL_JSON_DEPTH - depth);
	if (at) {
		arrive(json, at);
		return true;
	}
	do {
		if (ll_json_next(json).kind == LL_JSON_BAD)
			return false;
	} while (json->depth > depth);
	return true;
}

/* ------------------------------------------------------------------------- numbers */

/* NULL when there is no number, or one with a zero in front, or one that is too large. */
static inline const char *take_number(const char *at, const char *end, uint64_t *ret_value)
{
	const size_t left = (size_t)(end - at);
	size_t digits = 0;

	if (left >= LL_DIGITS_LOOKED_AT)
		digits = ll_digits_lead(at, ret_value);
	if (digits == 0)
		digits = ll_str_lead_u64(ll_str_n(at, left), ret_value);
	return digits == 0 || (digits > 1 && *at == '0') ? NULL : at + digits;
}

bool ll_json_number(struct ll_json *json, uint64_t *ret_value)
{
	const char *at, *end;
	uint64_t value;

	if (json->state[json->depth] != 'c')
		return false;
	at = value_of(json, &end);
	at = take_number(at, end, &value);
	if (!at || (at < end && *at != ',' && *at != '}' && !ll_json_is_blank(*at)))
		return false;
	*ret_value = value;
	arrive(json, at);
	return true;
}

/*
 * Functions that take a run of numbers, each with its comma, add them to `out` and return what is
 * behind them: at first there may be none of the kind.
 */
struct numbers {
	uint64_t *out;
	size_t count, room;
};

/* A ring that is not full yet ends with zeros. */
static const char *take_zeros(const char *at, const char *end, struct numbers *numbers)
{
	while (numbers->room - numbers->count >= 4 && end - at > 8 &&
	       memcmp(at, "0,0,0,0,", 8) == 0) {
		memset(numbers->out + numbers->count, 0, 4 * sizeof *numbers->out);
		numbers->count += 4;
		at += 8;
	}
	return at;
}

static const char *take_times(const char *at, const char *end, struct numbers *numbers)
{
	while (numbers->count < numbers->room && end - at > LL_DIGITS_LOOKED_AT &&
	       at[TIME_DIGITS] == ',' && *at != '0' &&
	       ll_digits_nineteen(at, &numbers->out[numbers->count])) {
		numbers->count++;
		at += TIME_DIGITS + 1;
	}
	return at;
}

/* Where all commas are known, no number waits for the one before it. */
static const char *take_short(const char *at, const char *end, struct numbers *numbers)
{
	while (end - at > LL_SCAN_BYTES + LL_DIGITS_LOOKED_AT) {
		const char *const block = at;

		for (uint64_t commas = ll_scan(block, ','); commas != 0; commas &= commas - 1) {
			const char *const comma = block + __builtin_ctzll(commas);
			const size_t size = (size_t)(comma - at);

			if (numbers->count == numbers->room || size - 1 >= SHORT_DIGITS ||
			    (size > 1 && *at == '0') ||
			    !ll_digits_all(at, size, &numbers->out[numbers->count]))
				return at;
			numbers->count++;
			at = comma + 1;
		}
		if (at == block)
			break;
	}
	return at;
}

/* Nearly all of a list is number, comma, number. */
static const char *take_numbers(const char *at, const char *end, struct numbers *numbers)
{
	const char *from;

	do {
		from = at;
		if (end - at > LL_DIGITS_LOOKED_AT && at[TIME_DIGITS] == ',')
			at = take_times(at, end, numbers);
		else if (end - at > 1 && at[0] == '0' && at[1] == ',')
			at = take_zeros(at, end, numbers);
		if (at == from)
			at = take_short(at, end, numbers);
	} while (at != from);
	return at;
}

size_t ll_json_numbers(struct ll_json *json, uint64_t *out, size_t room)
{
	struct numbers numbers = {.out = out, .room = room};
	const char *at, *end;
	size_t count;

	if (json->state[json->depth] != 'c')
		return SIZE_MAX;
	at = value_of(json, &end);
	if (at == end || *at != '[')
		return SIZE_MAX;
	at = skip_blanks(take_numbers(skip_blanks(at + 1, end), end, &numbers), end);
	count = numbers.count;
	if (at == end)
		return SIZE_MAX;
	while (*at != ']' || count > 0) {
		at = count < room ? take_number(at, end, &out[count]) : NULL;
		if (!at)
			return SIZE_MAX;
		count++;
		at = skip_blanks(at, end);
		if (at == end || (*at != ',' && *at != ']'))
			return SIZE_MAX;
		if (*at == ']')
			break;
		at = skip_blanks(at + 1, end);
		if (at == end)
			return SIZE_MAX;
	}
	arrive(json, at + 1);
	return count;
}
