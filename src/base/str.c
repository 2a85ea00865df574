/* SPDX-License-Identifier: Apache-2.0 */
/* str.c - views of text; see str.h for the promises. */
#include "digits.h"

#include <leakledger/str.h>

#include <float.h>
#include <locale.h>
#include <math.h>
#include <strings.h>

bool ll_str_equal(struct ll_str a, struct ll_str b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

int ll_str_compare(struct ll_str a, struct ll_str b)
{
	const size_t common = a.size < b.size ? a.size : b.size;
	const int order = common > 0 ? memcmp(a.data, b.data, common) : 0;

	if (order != 0)
		return order;
	return a.size < b.size ? -1 : a.size > b.size;
}

size_t ll_str_index(struct ll_str text, char byte)
{
	const char *const found = text.size > 0 ? memchr(text.data, byte, text.size) : NULL;

	return found ? (size_t)(found - text.data) : SIZE_MAX;
}

size_t ll_str_rindex(struct ll_str text, char byte)
{
	for (size_t i = text.size; i > 0; i--) {
		if (text.data[i - 1] == byte)
			return i - 1;
	}
	return SIZE_MAX;
}

/*
 * How often a byte stands in the texts that are searched, JSON, logs and dumps: 0 hardly ever, 5
 * all the time. What is not here is rare.
 */
static const uint8_t commonness[256] = {
	[' '] = 5, ['"'] = 5, [','] = 5, ['0'] = 5, ['1'] = 5, ['2'] = 5,  ['3'] = 5, ['4'] = 5,
	['5'] = 5, ['6'] = 5, ['7'] = 5, ['8'] = 5, ['9'] = 5, ['\n'] = 4, [':'] = 4, ['/'] = 4,
	['.'] = 4, ['a'] = 4, ['e'] = 4, ['i'] = 4, ['n'] = 4, ['o'] = 4,  ['r'] = 4, ['s'] = 4,
	['t'] = 4, ['l'] = 4, ['c'] = 3, ['d'] = 3, ['m'] = 3, ['u'] = 3,  ['f'] = 2, ['p'] = 2,
	['b'] = 2, ['g'] = 2, ['h'] = 2, ['S'] = 2, ['M'] = 2, ['x'] = 2,  ['w'] = 1, ['y'] = 1,
	['k'] = 1, ['v'] = 1, ['A'] = 1, ['C'] = 1, ['E'] = 1, ['F'] = 1,  ['P'] = 1, ['T'] = 1,
};

/* Where in a word its rarest byte is. */
static size_t rarest(const char *word, size_t size)
{
	size_t best = 0;

	for (size_t i = 1; i < size; i++) {
		if (commonness[(unsigned char)word[i]] < commonness[(unsigned char)word[best]])
			best = i;
	}
	return best;
}

size_t ll_str_find(struct ll_str text, const char *needle)
{
	const size_t size = strlen(needle);
	size_t anchor, at;

	if (size == 0)
		return 0;
	if (size > text.size)
		return SIZE_MAX;
	/* Every format looks for its words in heads of others: most words are not there. */
	anchor = rarest(needle, size);
	at = anchor;
	while (at + (size - anchor) <= text.size) {
		const char *const hit = memchr(text.data + at, needle[anchor],
		                               text.size - at - (size - anchor) + 1);

		if (!hit)
			return SIZE_MAX;
		if (memcmp(hit - anchor, needle, size) == 0)
			return (size_t)(hit - text.data) - anchor;
		at = (size_t)(hit - text.data) + 1;
	}
	return SIZE_MAX;
}

struct ll_str ll_str_from(struct ll_str text, size_t from)
{
	if (from >= text.size)
		return ll_str_n(text.size > 0 ? text.data + text.size : NULL, 0);
	return ll_str_n(text.data + from, text.size - from);
}

struct ll_str ll_str_first(struct ll_str text, size_t size)
{
	return ll_str_n(text.data, size < text.size ? size : text.size);
}

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

struct ll_str ll_str_trim(struct ll_str text)
{
	while (text.size > 0 && is_space(text.data[0]))
		text = ll_str_from(text, 1);
	while (text.size > 0 && is_space(text.data[text.size - 1]))
		text.size--;
	return text;
}

struct ll_str ll_str_split(struct ll_str *rest, char separator)
{
	const size_t at = ll_str_index(*rest, separator);
	struct ll_str part = *rest;

	if (at == SIZE_MAX) {
		*rest = ll_str_n(NULL, 0);
		return part;
	}
	part.size = at;
	rest->data += at + 1;
	rest->size -= at + 1;
	return part;
}

size_t ll_str_digits(struct ll_str text)
{
	size_t i = 0;

	while (text.size - i >= 8) {
		const unsigned n = ll_digits_count(ll_digits_load(text.data + i));

		if (n < 8)
			return i + n;
		i += 8;
	}
	while (i < text.size && text.data[i] >= '0' && text.data[i] <= '9')
		i++;
	return i;
}

size_t ll_str_control(struct ll_str text)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	size_t i = 0;

	for (; text.size - i >= 8; i += 8) {
		const uint64_t word = ll_digits_load(text.data + i);
		/* Exact up to and including the first of them. */
		const uint64_t controls = (word - ones * 0x20) & ~word & ones << 7;

		if (controls != 0)
			return i + ((size_t)__builtin_ctzll(controls) >> 3);
	}
	while (i < text.size && (unsigned char)text.data[i] >= 0x20)
		i++;
	return i < text.size ? i : SIZE_MAX;
}

bool ll_str_is_digits(struct ll_str text)
{
	return text.size > 0 && ll_str_digits(text) == text.size;
}

/* Of any length, and of texts that end soon. */
static size_t lead_slowly(struct ll_str text, uint64_t *ret_value)
{
	const size_t digits = ll_str_digits(text);
	uint64_t value = 0;
	size_t i = 0;

	/* Up to 19 digits always fit; what is longer is added with an eye on overflow. */
	for (; digits <= LL_DIGITS_THAT_FIT && digits - i >= 8; i += 8)
		value = value * 100000000 + ll_digits_eight(ll_digits_load(text.data + i));
	for (; i < digits; i++) {
		if (__builtin_mul_overflow(value, (uint64_t)10, &value) ||
		    __builtin_add_overflow(value, (uint64_t)(text.data[i] - '0'), &value))
			return 0;
	}
	if (digits > 0)
		*ret_value = value;
	return digits;
}

size_t ll_str_lead_u64(struct ll_str text, uint64_t *ret_value)
{
	if (text.size >= LL_DIGITS_LOOKED_AT) {
		uint64_t value = 0;
		const size_t digits = ll_digits_lead(text.data, &value);

		if (digits > 0) {
			*ret_value = value;
			return digits;
		}
	}
	return lead_slowly(text, ret_value);
}

bool ll_str_to_u64(struct ll_str text, uint64_t *ret_value)
{
	uint64_t value;
	const size_t digits = ll_str_lead_u64(text, &value);

	if (digits == 0 || digits != text.size)
		return false;
	*ret_value = value;
	return true;
}

bool ll_str_to_i64(struct ll_str text, int64_t *ret_value)
{
	const bool is_negative = text.size > 0 && text.data[0] == '-';
	uint64_t size;

	if (!ll_str_to_u64(ll_str_from(text, is_negative ? 1 : 0), &size))
		return false;
	if (size > (uint64_t)INT64_MAX + (is_negative ? 1 : 0))
		return false;
	*ret_value = is_negative ? (int64_t)(0 - size) : (int64_t)size;
	return true;
}

static int hex_digit(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if (byte >= 'a' && byte <= 'f')
		return byte - 'a' + 10;
	if (byte >= 'A' && byte <= 'F')
		return byte - 'A' + 10;
	return -1;
}

bool ll_str_to_hex(struct ll_str text, uint64_t *ret_value)
{
	uint64_t value = 0;

	if (text.size == 0 || text.size > 16)
		return false;
	for (size_t i = 0; i < text.size; i++) {
		const int digit = hex_digit(text.data[i]);

		if (digit < 0)
			return false;
		value = value << 4 | (uint64_t)digit;
	}
	*ret_value = value;
	return true;
}

static bool special_number(struct ll_str text, double *ret_value)
{
	static const struct {
		const char *name;
		double value;
	} specials[] = {
		{"nan", (double)NAN},     {"inf", HUGE_VAL},      {"+inf", HUGE_VAL},
		{"-inf", -HUGE_VAL},      {"infinity", HUGE_VAL}, {"+infinity", HUGE_VAL},
		{"-infinity", -HUGE_VAL},
	};

	for (size_t i = 0; i < LL_COUNT(specials); i++) {
		if (strlen(specials[i].name) == text.size &&
		    strncasecmp(specials[i].name, text.data, text.size) == 0) {
			*ret_value = specials[i].value;
			return true;
		}
	}
	return false;
}

bool ll_str_to_f64(struct ll_str text, double *ret_value)
{
	char copy[64];
	char *end;
	double value;

	if (text.size == 0 || text.size >= sizeof copy)
		return false;
	if (special_number(text, ret_value))
		return true;
	for (size_t i = 0; i < text.size; i++) {
		/*
		 * Only what a decimal number is made of: no blanks, no hexadecimal, no "nan(...)".
		 */
		if (!memchr("0123456789+-.eE", text.data[i], 15))
			return false;
		copy[i] = text.data[i];
	}
	copy[text.size] = '\0';
	/* The program never calls setlocale, so the C locale's point is in force. */
	value = strtod(copy, &end);
	if (end != copy + text.size)
		return false;
	*ret_value = value;
	return true;
}

static size_t sequence_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xe0 && lead <= 0xef)
		return 3;
	if (lead >= 0xf0 && lead <= 0xf4)
		return 4;
	return 0;
}

size_t ll_utf8_next(struct ll_str text, size_t offset, uint32_t *ret_code)
{
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char lead = (unsigned char)text.data[offset];
	const size_t length = sequence_length(lead);
	uint32_t code;

	*ret_code = 0xfffd;
	if (length == 1) {
		*ret_code = lead;
		return 1;
	}
	if (length == 0 || text.size - offset < length)
		return 1;
	code = lead & (0x7fU >> length);
	for (size_t i = 1; i < length; i++) {
		const unsigned char byte = (unsigned char)text.data[offset + i];

		if ((byte & 0xc0) != 0x80)
			return 1;
		code = code << 6 | (byte & 0x3f);
	}
	if (code < smallest[length] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		return 1;
	*ret_code = code;
	return length;
}

bool ll_utf8_is_valid(struct ll_str text)
{
	for (size_t i = 0; i < text.size;) {
		uint32_t code;
		const size_t length = ll_utf8_next(text, i, &code);

		if (code == 0xfffd && length == 1)
			return false;
		i += length;
	}
	return true;
}

size_t ll_utf8_put(uint32_t code, char out[4])
{
	if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		code = 0xfffd;
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

enum {
	DISTANCE_MAX = 64, /* longer words are cut: a typing mistake is near the start or nowhere */
};

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t ll_str_distance(struct ll_str a, struct ll_str b, size_t limit)
{
	size_t rows[3][DISTANCE_MAX + 1] = {{0}};

	a = ll_str_first(a, DISTANCE_MAX);
	b = ll_str_first(b, DISTANCE_MAX);
	for (size_t j = 0; j <= b.size; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.size; i++) {
		size_t *const row = rows[i % 3];
		const size_t *const above = rows[(i + 2) % 3];
		const size_t *const two_above = rows[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= b.size; j++) {
			const bool same = a.data[i - 1] == b.data[j - 1];

			row[j] = smaller(smaller(above[j], row[j - 1]) + 1,
			                 above[j - 1] + (same ? 0 : 1));
			if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] &&
			    a.data[i - 2] == b.data[j - 1])
				row[j] = smaller(row[j], two_above[j - 2] + 1);
		}
	}
	return smaller(rows[a.size % 3][b.size], limit + 1);
}
