/* SPDX-License-Identifier: Apache-2.0 */
/*
 * identity.c - what a path says of the capture in it (formats.md section 12).
 *
 * Rules, first hit wins for service and instance:
 *   1. A pattern of the user's: "{service}/{instance}/{kind}-{unixtime}". It is matched against the
 *      last elements of the path, as many as it has.
 *   2. Kubernetes log directories: <namespace>_<pod>_<uid>/<container>/....
 *   3. Directories. Those that say nothing (kinds, dates, numbers, "debug", "profiles" ...) are
 *      passed over; of the rest the last two are service and instance, a single one is the service.
 *      A single one that looks like a pod is the instance, and its deployment the service.
 *   4. `go tool pprof`'s names: pprof.<program>.<types>.<counter>.pb.gz.
 *
 * A time is looked for in the file name, then in the directories from the inside out.
 */
#include "name_time.h"

enum {
	ELEMENTS_MAX = 64,
	PATTERN_FIELDS_MAX = 3, /* in one path element: bounds the matching */
};

struct path {
	struct ll_str elements[ELEMENTS_MAX];
	size_t count; /* the last one is the file name */
};

static struct path split_path(struct ll_str relative)
{
	struct path path = {.count = 0};

	while (relative.size > 0) {
		const struct ll_str element = ll_str_split(&relative, '/');

		if (element.size == 0 || ll_str_equal(element, ll_str(".")))
			continue;
		if (path.count == ELEMENTS_MAX) {
			memmove(path.elements, path.elements + 1,
			        (ELEMENTS_MAX - 1) * sizeof path.elements[0]);
			path.count--;
		}
		path.elements[path.count++] = element;
	}
	return path;
}

/* -------------------------------------------------------------------- patterns */

struct field {
	struct ll_str name;
	struct ll_str value;
};

struct match {
	struct field fields[ELEMENTS_MAX];
	size_t count;
};

static bool is_field_name(struct ll_str name)
{
	static const char *const names[] = {"service", "instance", "kind", "unixtime",
	                                    "time",    "build",    "any"};

	for (size_t i = 0; i < LL_COUNT(names); i++) {
		if (ll_str_equal(name, ll_str(names[i])))
			return true;
	}
	return false;
}

static bool is_value_fit(struct ll_str name, struct ll_str value)
{
	struct ll_name_time found;

	if (value.size == 0)
		return false;
	if (ll_str_equal(name, ll_str("unixtime")))
		return ll_name_time_find(value, &found) && found.size == value.size &&
		       found.has_zone;
	if (ll_str_equal(name, ll_str("time")))
		return ll_name_time_find(value, &found) && found.size == value.size;
	return true;
}

/* Matches one element; backtracks over where each field ends, longest first. */
static bool match_element(struct ll_str pattern, struct ll_str text, struct match *match)
{
	const size_t fields_before = match->count;
	struct ll_str name;

	while (pattern.size > 0 && pattern.data[0] != '{') {
		if (text.size == 0 || text.data[0] != pattern.data[0])
			return false;
		pattern = ll_str_from(pattern, 1);
		text = ll_str_from(text, 1);
	}
	/* What follows the pattern may only be an extension. */
	if (pattern.size == 0)
		return text.size == 0 || text.data[0] == '.';
	name = ll_str_first(ll_str_from(pattern, 1), ll_str_index(ll_str_from(pattern, 1), '}'));
	pattern = ll_str_from(pattern, name.size + 2);
	for (size_t size = text.size; size > 0; size--) {
		const struct ll_str value = ll_str_first(text, size);

		if (!is_value_fit(name, value) || match->count == ELEMENTS_MAX)
			continue;
		match->fields[match->count++] = (struct field){.name = name, .value = value};
		if (match_element(pattern, ll_str_from(text, size), match))
			return true;
		match->count = fields_before;
	}
	return false;
}

/* A field at the end of an element would swallow the extension; give it back. */
static void cut_extension(struct field *field)
{
	const size_t dot = ll_str_index(field->value, '.');

	if (dot != SIZE_MAX && dot > 0)
		field->value.size = dot;
}

static bool match_pattern(const char *pattern, const struct path *path, struct match *match)
{
	const struct path parts = split_path(ll_str(pattern));

	match->count = 0;
	if (parts.count == 0 || parts.count > path->count)
		return false;
	for (size_t i = 0; i < parts.count; i++) {
		const struct ll_str text = path->elements[path->count - parts.count + i];

		if (!match_element(parts.elements[i], text, match))
			return false;
	}
	if (match->count > 0 && ll_str_ends(ll_str(pattern), "}"))
		cut_extension(&match->fields[match->count - 1]);
	return true;
}

static void apply_match(const struct match *match, struct ll_path_identity *identity)
{
	for (size_t i = 0; i < match->count; i++) {
		const struct field *const field = &match->fields[i];
		struct ll_name_time found;

		if (ll_str_equal(field->name, ll_str("service")))
			identity->service = field->value;
		else if (ll_str_equal(field->name, ll_str("instance")))
			identity->instance = field->value;
		else if (ll_str_equal(field->name, ll_str("build")))
			identity->build = field->value;
		else if (ll_str_equal(field->name, ll_str("kind")))
			identity->kind_word = field->value;
		else if (ll_name_time_find(field->value, &found) &&
		         !ll_str_equal(field->name, ll_str("any"))) {
			identity->time_ns = found.time_ns;
			identity->time_has_zone = found.has_zone;
			identity->time_source = LL_TIME_FROM_FILE_NAME;
		}
	}
}

int ll_identity_check_pattern(const char *pattern, struct ll_error *err)
{
	const struct path parts = split_path(ll_str(pattern));

	if (parts.count == 0)
		return ll_fail(err, LL_E_USAGE, "empty pattern");
	for (size_t i = 0; i < parts.count; i++) {
		struct ll_str rest = parts.elements[i];
		size_t fields = 0, at;

		while ((at = ll_str_index(rest, '{')) != SIZE_MAX) {
			const size_t end = ll_str_index(rest, '}');

			if (end == SIZE_MAX || end < at)
				return ll_fail(err, LL_E_USAGE, "pattern '%s': '{' without '}'",
				               pattern);
			if (!is_field_name(ll_str_first(ll_str_from(rest, at + 1), end - at - 1)))
				return ll_fail(
					err, LL_E_USAGE,
					"pattern '%s': '%.*s' is no field; fields are service, "
					"instance, kind, unixtime, time, build, any",
					pattern, (int)(end - at + 1), rest.data + at);
			if (++fields > PATTERN_FIELDS_MAX)
				return ll_fail(err, LL_E_USAGE,
				               "pattern '%s': more than %d fields in one "
				               "path element",
				               pattern, PATTERN_FIELDS_MAX);
			rest = ll_str_from(rest, end + 1);
		}
	}
	return LL_OK;
}

/* -------------------------------------------------------------- words in names */

static bool equals_ignoring_case(struct ll_str text, const char *word)
{
	if (text.size != strlen(word))
		return false;
	for (size_t i = 0; i < text.size; i++) {
		const char byte = text.data[i];

		if ((byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte) != word[i])
			return false;
	}
	return true;
}

/* Words for kinds of capture, as tools and people write them. */
static const struct {
	const char *word;
	const char *kind;
} kind_words[] = {
	{"heap", "heap"},
	{"mem", "heap"},
	{"memprof", "heap"},
	{"inuse", "heap"},
	{"allocs", "heap"},
	{"alloc", "heap"},
	{"gcheap", "heap"},
	{"goroutine", "goroutine"},
	{"goroutines", "goroutine"},
	{"stacks", "goroutine"},
	{"goroutineleak", "goroutineleak"},
	{"threadcreate", "threadcreate"},
	{"thread", "threadcreate"},
	{"block", "block"},
	{"mutex", "mutex"},
	{"cpu", "cpu"},
	{"profile", "cpu"},
	{"gctrace", "gctrace"},
	{"memstats", "memstats"},
	{"vars", "memstats"},
	{"expvar", "memstats"},
	{"metrics", "memstats"},
	{"escape", "escape"},
	{"bench", "benchmark"},
};

static const char *kind_of_word(struct ll_str word)
{
	for (size_t i = 0; i < LL_COUNT(kind_words); i++) {
		if (equals_ignoring_case(word, kind_words[i].word))
			return kind_words[i].kind;
	}
	return NULL;
}

/* Directory names that say where captures lie, not whose they are. */
static bool is_noise_directory(struct ll_str name)
{
	static const char *const words[] = {
		"debug",        "pprof",
		"nodes",        "profiles",
		"profile",      "profiling",
		"captures",     "capture",
		"out",          "output",
		"data",         "dumps",
		"dump",         "logs",
		"log",          "results",
		"result",       "tmp",
		"test",         "testdata",
		"fixtures",     "samples",
		"fleet",        "build",
		"builds",       "current",
		"archive",      "old",
		"new",          "base",
		"baseline",     "heap_profiler",
		"heapprof",     "goroutine_dump",
		"profiles_old", "spool",
		"raw",
	};
	struct ll_name_time found;

	if (ll_str_is_digits(name) || kind_of_word(name))
		return true;
	if (ll_name_time_find(name, &found) && found.size + 2 >= name.size)
		return true;
	for (size_t i = 0; i < LL_COUNT(words); i++) {
		if (equals_ignoring_case(name, words[i]))
			return true;
	}
	return false;
}

/* The next word of a name: a run of letters and digits. */
static struct ll_str next_word(struct ll_str *rest)
{
	struct ll_str word;
	size_t size = 0;

	while (rest->size > 0 && strchr("/._- ?=&", rest->data[0]))
		*rest = ll_str_from(*rest, 1);
	while (size < rest->size && !strchr("/._- ?=&", rest->data[size]))
		size++;
	word = ll_str_first(*rest, size);
	*rest = ll_str_from(*rest, size);
	return word;
}

/* "v1.4.2", "v2": a version that somebody put into the name. */
static struct ll_str version_in(struct ll_str name)
{
	for (size_t at = 0; at + 1 < name.size; at++) {
		const bool is_start = at == 0 || strchr("._-/", name.data[at - 1]);
		size_t end = at + 1;

		if (!is_start || name.data[at] != 'v' || name.data[at + 1] < '0' ||
		    name.data[at + 1] > '9')
			continue;
		while (end < name.size && memchr("0123456789.", name.data[end], 11))
			end++;
		while (name.data[end - 1] == '.')
			end--;
		return ll_str_first(ll_str_from(name, at), end - at);
	}
	return ll_str_n(NULL, 0);
}

static void read_name_words(struct ll_str name, struct ll_path_identity *identity)
{
	struct ll_str rest = name;

	identity->is_delta_named = ll_str_find(name, "delta") != SIZE_MAX;
	while (rest.size > 0) {
		const struct ll_str word = next_word(&rest);
		size_t letters = 0;
		uint64_t number;

		while (letters < word.size &&
		       (word.data[letters] < '0' || word.data[letters] > '9'))
			letters++;
		if (identity->kind_word.size == 0 && kind_of_word(ll_str_first(word, letters)))
			identity->kind_word = ll_str(kind_of_word(ll_str_first(word, letters)));
		if (equals_ignoring_case(word, "before"))
			identity->sequence = 0;
		else if (equals_ignoring_case(word, "after"))
			identity->sequence = 1;
		else if (word.size - letters <= 5 &&
		         ll_str_to_u64(ll_str_from(word, letters), &number))
			identity->sequence = (int64_t)number;
	}
}

/* ------------------------------------------------------------ pods and layouts */

static bool is_alnum_run(struct ll_str text, size_t min, size_t max)
{
	if (text.size < min || text.size > max)
		return false;
	for (size_t i = 0; i < text.size; i++) {
		const char byte = text.data[i];

		if ((byte < 'a' || byte > 'z') && (byte < '0' || byte > '9'))
			return false;
	}
	return true;
}

static bool has_digit(struct ll_str text)
{
	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] >= '0' && text.data[i] <= '9')
			return true;
	}
	return false;
}

/* "<deployment>-<8 to 10>-<5>" or "<stateful set>-<n>": the name without its suffixes. */
static bool split_pod(struct ll_str pod, struct ll_str *ret_service)
{
	const size_t last = ll_str_rindex(pod, '-');
	struct ll_str head, tail;
	size_t middle;

	if (last == SIZE_MAX || last == 0)
		return false;
	head = ll_str_first(pod, last);
	tail = ll_str_from(pod, last + 1);
	if (ll_str_is_digits(tail) && tail.size <= 3) {
		*ret_service = head;
		return true;
	}
	middle = ll_str_rindex(head, '-');
	if (middle == SIZE_MAX || middle == 0 || !is_alnum_run(tail, 5, 5))
		return false;
	if (!is_alnum_run(ll_str_from(head, middle + 1), 8, 10) ||
	    !has_digit(ll_str_from(head, middle + 1)))
		return false;
	*ret_service = ll_str_first(head, middle);
	return true;
}

/* "<namespace>_<pod>_<uid>/<container>/<n>.log" as kubelet keeps them. */
static bool read_kubernetes_log(const struct path *path, struct ll_path_identity *identity)
{
	struct ll_str rest, pod;

	if (path->count < 3)
		return false;
	rest = path->elements[path->count - 3];
	(void)ll_str_split(&rest, '_');
	pod = ll_str_split(&rest, '_');
	if (pod.size == 0 || rest.size != 36)
		return false;
	identity->instance = pod;
	if (!split_pod(pod, &identity->service))
		identity->service = pod;
	identity->rule = "kubernetes log directory";
	return true;
}

/* "pprof.<program>.<type>.<type>...001.pb.gz". */
static void read_pprof_name(struct ll_str name, struct ll_path_identity *identity)
{
	if (!ll_str_skip(&name, "pprof."))
		return;
	identity->service = ll_str_first(name, ll_str_index(name, '.'));
	identity->rule = "name of a file saved by go tool pprof";
}

static void read_directories(const struct path *path, struct ll_path_identity *identity)
{
	struct ll_str named[2] = {{NULL, 0}, {NULL, 0}};
	size_t count = 0;

	for (size_t i = path->count - 1; i > 0 && count < 2; i--) {
		if (!is_noise_directory(path->elements[i - 1]))
			named[count++] = path->elements[i - 1];
	}
	if (count == 0)
		return;
	if (count == 2) {
		identity->service = named[1];
		identity->instance = named[0];
		identity->rule = "directories: service/instance";
		return;
	}
	identity->rule = "directory: service";
	identity->service = named[0];
	if (split_pod(named[0], &identity->service)) {
		identity->instance = named[0];
		identity->rule = "directory: pod";
	}
}

static void read_times(const struct path *path, struct ll_path_identity *identity)
{
	for (size_t i = path->count; i > 0; i--) {
		struct ll_name_time found;

		if (!ll_name_time_find(path->elements[i - 1], &found))
			continue;
		identity->time_ns = found.time_ns;
		identity->time_has_zone = found.has_zone;
		identity->time_source =
			i == path->count ? LL_TIME_FROM_FILE_NAME : LL_TIME_FROM_DIRECTORY;
		return;
	}
}

void ll_identity_from_path(struct ll_str relative, const char *const *patterns,
                           size_t pattern_count, struct ll_path_identity *ret_identity)
{
	const struct path path = split_path(relative);
	struct ll_path_identity identity = {
		.time_ns = LL_TIME_NONE, .time_source = LL_TIME_FROM_NONE, .sequence = -1};

	if (path.count > 0) {
		read_name_words(path.elements[path.count - 1], &identity);
		read_times(&path, &identity);
		identity.build = version_in(path.elements[path.count - 1]);
		if (!read_kubernetes_log(&path, &identity))
			read_directories(&path, &identity);
		if (identity.service.size == 0)
			read_pprof_name(path.elements[path.count - 1], &identity);
	}
	for (size_t i = 0; i < pattern_count; i++) {
		struct match match;

		if (match_pattern(patterns[i], &path, &match)) {
			apply_match(&match, &identity);
			identity.rule = patterns[i];
			break;
		}
	}
	*ret_identity = identity;
}
