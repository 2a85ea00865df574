/* SPDX-License-Identifier: Apache-2.0 */
/*
 * path_pattern.c - matches patterns with fields by backtracking over where each field ends.
 *
 * What a field may hold bounds the work for honest names (a {time} fits in few places); a count of
 * steps bounds it for the others: a name that was made to be tried for ever matches nothing.
 */
#include "path_pattern.h"

#include "name_time.h"
#include "name_words.h"

static const struct {
	const char *name;
	bool is_public, is_short;
} fields[] = {
#define FIELD_ROW(id, name, is_public, is_short) [LL_PATH_FIELD_##id] = {name, is_public, is_short},
	LL_PATH_FIELD_TABLE(FIELD_ROW)
#undef FIELD_ROW
};

struct ll_path ll_path_split(struct ll_str relative)
{
	struct ll_path path = {.count = 0};

	while (relative.size > 0) {
		const struct ll_str element =
			ll_str_first(ll_str_split(&relative, '/'), LL_PATH_ELEMENT_MAX);

		if (element.size == 0 || ll_str_equal(element, ll_str(".")))
			continue;
		if (path.count == LL_PATH_ELEMENTS) {
			memmove(path.elements, path.elements + 1,
			        (LL_PATH_ELEMENTS - 1) * sizeof path.elements[0]);
			path.count--;
		}
		path.elements[path.count++] =
			relative.size > 0 ? ll_name_of_archive(element) : element;
	}
	return path;
}

/* ---------------------------------------------------------- what a field holds */

static bool is_time(struct ll_str value, bool must_have_zone)
{
	struct ll_name_time found;

	return ll_name_time_find(value, &found) && found.size == value.size &&
	       (found.has_zone || !must_have_zone);
}

static bool is_part(struct ll_str value, size_t digits, uint64_t min, uint64_t max)
{
	uint64_t number;

	return value.size == digits && ll_str_is_digits(value) && ll_str_to_u64(value, &number) &&
	       number >= min && number <= max;
}

static bool is_types(struct ll_str value)
{
	static const char *const types[] = {
		"alloc_objects", "alloc_space", "inuse_objects", "inuse_space",   "samples",
		"cpu",           "goroutine",   "goroutines",    "contentions",   "delay",
		"threadcreate",  "objects",     "space",         "goroutineleak",
	};

	while (value.size > 0) {
		const struct ll_str type = ll_str_split(&value, '.');
		size_t i = 0;

		while (i < LL_COUNT(types) && !ll_str_equal(type, ll_str(types[i])))
			i++;
		if (i == LL_COUNT(types))
			return false;
	}
	return true;
}

static bool is_hex(struct ll_str value, bool may_have_hyphens)
{
	for (size_t i = 0; i < value.size; i++) {
		const char byte = value.data[i];

		if ((byte < '0' || byte > '9') && (byte < 'a' || byte > 'f') &&
		    !(may_have_hyphens && byte == '-'))
			return false;
	}
	return true;
}

static bool is_stamp(struct ll_str value)
{
	return value.size > 15 && ll_str_digits(value) == 14 && value.data[14] == '.' &&
	       is_time(value, false);
}

static bool fits(enum ll_path_field id, struct ll_str value)
{
	struct ll_str service;

	switch (id) {
	case LL_PATH_FIELD_POD: return ll_name_pod(value, &service) != LL_NAME_NO_POD;
	case LL_PATH_FIELD_TIME: return is_time(value, false);
	case LL_PATH_FIELD_UNIXTIME: return is_time(value, true) && ll_str_is_digits(value);
	case LL_PATH_FIELD_YEAR: return is_part(value, 4, 1990, 2099);
	case LL_PATH_FIELD_MONTH: return is_part(value, 2, 1, 12);
	case LL_PATH_FIELD_DAY: return is_part(value, 2, 1, 31);
	case LL_PATH_FIELD_HOUR: return is_part(value, 2, 0, 23);
	case LL_PATH_FIELD_MINUTE: return is_part(value, 2, 0, 59);
	case LL_PATH_FIELD_SECOND: return is_part(value, 2, 0, 60);
	case LL_PATH_FIELD_SEQUENCE: return value.size <= 9 && ll_str_is_digits(value);
	case LL_PATH_FIELD_NUMBER: return ll_str_is_digits(value);
	case LL_PATH_FIELD_KIND_WORD: return ll_name_kind(value) != NULL;
	case LL_PATH_FIELD_TYPES: return is_types(value);
	case LL_PATH_FIELD_ADDRESS: return ll_name_is_address(value);
	case LL_PATH_FIELD_UID:
		return (value.size == 32 || value.size == 36) && is_hex(value, true);
	case LL_PATH_FIELD_CONTAINER_ID: return value.size == 64 && is_hex(value, false);
	case LL_PATH_FIELD_STAMP: return is_stamp(value);
	default: return true;
	}
}

/* -------------------------------------------------------------------- matching */

static enum ll_path_field field_named(struct ll_str name)
{
	enum ll_path_field id = 0;

	while (id < LL_PATH_FIELD_COUNT && !ll_str_equal(name, ll_str(fields[id].name)))
		id++;
	return id;
}

enum ll_path_field ll_path_field_find(struct ll_str name)
{
	const enum ll_path_field id = field_named(name);

	return id < LL_PATH_FIELD_COUNT && fields[id].is_public ? id : LL_PATH_FIELD_COUNT;
}

void ll_path_field_list(struct ll_buf *out)
{
	for (enum ll_path_field id = 0; id < LL_PATH_FIELD_COUNT; id++) {
		if (fields[id].is_public)
			ll_buf_printf(out, "%s%s", id > 0 ? ", " : "", fields[id].name);
	}
}

static bool match_element(struct ll_str pattern, struct ll_str text, bool is_last, size_t element,
                          struct ll_path_match *match);

static bool match_field(enum ll_path_field id, struct ll_str value, struct ll_str pattern,
                        struct ll_str rest, bool is_last, size_t element,
                        struct ll_path_match *match)
{
	const size_t count_before = match->count;

	if (++match->steps > LL_PATH_MATCH_STEPS || match->count == LL_PATH_FIELDS ||
	    !fits(id, value))
		return false;
	match->fields[match->count].id = id;
	match->fields[match->count].value = value;
	match->fields[match->count++].element = element;
	if (match_element(pattern, rest, is_last, element, match))
		return true;
	match->count = count_before;
	return false;
}

/* Does the literal that follows a field follow it in the text too? */
static bool goes_on(struct ll_str pattern, struct ll_str rest)
{
	return pattern.size == 0 || pattern.data[0] == '{' ||
	       (rest.size > 0 && rest.data[0] == pattern.data[0]);
}

/* Matches one element; backtracks over where each field ends. */
static bool match_element(struct ll_str pattern, struct ll_str text, bool is_last, size_t element,
                          struct ll_path_match *match)
{
	enum ll_path_field id;
	size_t close;

	while (pattern.size > 0 && pattern.data[0] != '{') {
		if (text.size == 0 || text.data[0] != pattern.data[0])
			return false;
		pattern = ll_str_from(pattern, 1);
		text = ll_str_from(text, 1);
	}
	if (pattern.size == 0)
		return text.size == 0 || (is_last && text.data[0] == '.');
	close = ll_str_index(pattern, '}');
	if (close == SIZE_MAX)
		return false;
	id = field_named(ll_str_first(ll_str_from(pattern, 1), close - 1));
	if (id == LL_PATH_FIELD_COUNT)
		return false;
	pattern = ll_str_from(pattern, close + 1);
	/* Nothing follows: the extension is not part of it. */
	if (is_last && pattern.size == 0 && !fits(id, text))
		text = ll_name_stem(text);
	for (size_t i = 1; i <= text.size; i++) {
		const size_t size = fields[id].is_short ? i : text.size + 1 - i;

		if (!goes_on(pattern, ll_str_from(text, size)))
			continue;
		if (match_field(id, ll_str_first(text, size), pattern, ll_str_from(text, size),
		                is_last, element, match))
			return true;
	}
	return false;
}

static bool match_from(const struct ll_path *pattern, size_t part, const struct ll_path *path,
                       size_t element, struct ll_path_match *match)
{
	const bool is_last_part = part + 1 == pattern->count;

	if (part == pattern->count)
		return element == path->count;
	if (!ll_str_equal(pattern->elements[part], ll_str("**")))
		return element < path->count && is_last_part == (element + 1 == path->count) &&
		       match_element(pattern->elements[part], path->elements[element], is_last_part,
		                     element, match) &&
		       match_from(pattern, part + 1, path, element + 1, match);
	/* At its end it stands for what lies below a directory: a file at least. */
	if (is_last_part)
		return element < path->count;
	for (size_t next = element; next < path->count; next++) {
		const size_t count_before = match->count;

		if (++match->steps > LL_PATH_MATCH_STEPS)
			return false;
		if (match_from(pattern, part + 1, path, next, match))
			return true;
		match->count = count_before;
	}
	return false;
}

static void cut_extension(struct ll_path_match *match, const char *pattern)
{
	struct ll_str *value;

	if (match->count == 0 || !ll_str_ends(ll_str(pattern), "}"))
		return;
	value = &match->fields[match->count - 1].value;
	*value = ll_name_stem(*value);
}

bool ll_path_match(const char *pattern, const struct ll_path *path, struct ll_path_match *ret_match)
{
	const struct ll_path parts = ll_path_split(ll_str(pattern));

	ret_match->steps = 0;
	/* From the inside out: the last elements are the nearest to the capture. */
	for (size_t first = path->count; parts.count > 0 && first > 0; first--) {
		ret_match->count = 0;
		ret_match->first = first - 1;
		if (match_from(&parts, 0, path, first - 1, ret_match)) {
			cut_extension(ret_match, pattern);
			return true;
		}
	}
	return false;
}
