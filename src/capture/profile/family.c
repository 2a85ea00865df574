/* SPDX-License-Identifier: Apache-2.0 */
/*
 * family.c - what the names of one piece of code in two builds have in common.
 *
 * A normalized name (frame.c) still changes when nothing of the code did: closures are numbered by
 * their position in the function, and so are several init functions of a package; a dependency that
 * is vendored or has a new major version has another path.
 */
#include <leakledger/capture.h>

/* "v2", "v10": the major version of a module as an element of its path. */
static bool is_major_version(struct ll_str element)
{
	return element.size > 1 && element.data[0] == 'v' &&
	       ll_str_is_digits(ll_str_from(element, 1));
}

/* "yaml.v3" of gopkg.in without its version. */
static struct ll_str without_dot_version(struct ll_str element)
{
	const size_t dot = ll_str_rindex(element, '.');

	if (dot == SIZE_MAX || !is_major_version(ll_str_from(element, dot + 1)))
		return element;
	return ll_str_first(element, dot);
}

/* What follows the last "/vendor/". */
static struct ll_str without_vendor(struct ll_str package)
{
	static const char mark[] = "vendor/";
	size_t at;

	(void)ll_str_skip(&package, mark);
	while ((at = ll_str_find(package, "/vendor/")) != SIZE_MAX)
		package = ll_str_from(package, at + sizeof mark);
	return package;
}

static size_t put_package(char *out, struct ll_str package)
{
	struct ll_str rest = without_vendor(package);
	const bool is_gopkg = ll_str_starts(rest, "gopkg.in/");
	size_t used = 0;

	while (rest.size > 0) {
		struct ll_str element = ll_str_split(&rest, '/');

		if (is_gopkg)
			element = without_dot_version(element);
		if (used > 0 && is_major_version(element))
			continue;
		if (used > 0)
			out[used++] = '/';
		if (element.size > 0)
			memcpy(out + used, element.data, element.size);
		used += element.size;
	}
	return used;
}

/* Does a number that begins at `from` and ends before `to` tell a position and nothing else? */
static bool is_position(struct ll_str name, size_t from, size_t to)
{
	const struct ll_str before = ll_str_first(name, from);

	if (to < name.size && name.data[to] != '.' && name.data[to] != '-')
		return false;
	return ll_str_ends(before, ".") || ll_str_ends(before, ".func") ||
	       ll_str_ends(before, "-range");
}

/* A decoded dot in the last element ends the package too early: "gopkg.in/yaml" ".v3.Unmarshal". */
static struct ll_str without_version(struct ll_str name, struct ll_str package)
{
	struct ll_str rest = name;

	if (!ll_str_starts(package, "gopkg.in/") || !ll_str_skip(&rest, "."))
		return name;
	if (!is_major_version(ll_str_first(rest, ll_str_index(rest, '.'))))
		return name;
	return ll_str_from(rest, ll_str_index(rest, '.'));
}

struct ll_str ll_frame_family(struct ll_str normalized, struct ll_arena *arena)
{
	const struct ll_str package = ll_frame_package(normalized);
	const struct ll_str name = without_version(ll_str_from(normalized, package.size), package);
	char *const out = ll_arena_alloc(arena, normalized.size + 1);
	size_t used = put_package(out, package);

	for (size_t i = 0; i < name.size;) {
		const size_t digits = ll_str_digits(ll_str_from(name, i));

		if (digits > 0 && is_position(name, i, i + digits)) {
			out[used++] = '#';
			i += digits;
			continue;
		}
		for (size_t end = i + (digits > 0 ? digits : 1); i < end; i++)
			out[used++] = name.data[i];
	}
	out[used] = '\0';
	return ll_str_n(out, used);
}
