/* SPDX-License-Identifier: Apache-2.0 */
/*
 * identity.c - what a path says of the capture in it (formats.md section 12).
 *
 * Rules, each fills in what the ones before it left open:
 *   1. A pattern of the user's: "{service}/{instance}/{kind}-{unixtime}". The first that fits is
 *      the only one, and no built-in layout is asked then.
 *   2. The layouts of known tools (layouts.c).
 *   3. Directories above what a pattern covers. Those that say nothing (kinds, dates, numbers,
 *      "debug", "prod" ...) are passed over, a version is the build. The last one that looks like a
 *      pod or a host is the instance and its neighbour the service; else of the last two the outer
 *      one is the service and the inner one the instance; a single one is the service.
 *   4. The name of a pod inside the file's name.
 *   5. The program that `go tool pprof` put into the name; the tool that a layout belongs to.
 *   6. For rule 3 a directory that an archive wraps its members in, called as itself, says nothing:
 *      "bundle/cart/heap.pb" of bundle.tar.gz is of cart. Members are not known together, so that
 *      it is not asked whether all of them are in it. Where only an instance is left it is the
 *      service: "cart/pod-1/heap.pb" of cart.tar.gz.
 *
 * The time is looked for in the file's name, then in the directories from the inside out; a time of
 * day goes before a date alone. The directories "2026/11/21" are a date too.
 */
#include "layouts.h"
#include "name_time.h"
#include "name_words.h"

struct reader {
	const struct ll_path *path;
	struct ll_path_identity *identity;
	size_t free_elements; /* directories that no pattern covers: the first ones */
	struct ll_str program;
	const char *program_rule, *tool, *tool_rule;
	const char *wrapping; /* where in the path the directory that wraps an archive begins */
};

/* Sets what is not set yet. */
static void offer(struct ll_str *what, const char **rule, struct ll_str value, const char *new_rule)
{
	if (what->size > 0 || value.size == 0)
		return;
	*what = value;
	*rule = new_rule;
}

static void offer_service(struct reader *reader, struct ll_str value, const char *rule)
{
	offer(&reader->identity->service, &reader->identity->service_rule, value, rule);
}

static void offer_instance(struct reader *reader, struct ll_str value, const char *rule)
{
	offer(&reader->identity->instance, &reader->identity->instance_rule, value, rule);
}

/* ---------------------------------------------------------- patterns and layouts */

/* "{year}/{month}/{day}", and "{hour}" with a "{time}" that is a date. */
struct parts {
	int year, month, day;
	int64_t clock_ns;
	bool has_year, has_clock;
};

static void take_part(struct parts *parts, enum ll_path_field id, struct ll_str value)
{
	uint64_t number = 0;

	(void)ll_str_to_u64(value, &number);
	switch (id) {
	case LL_PATH_FIELD_YEAR:
		parts->year = (int)number;
		parts->has_year = true;
		break;
	case LL_PATH_FIELD_MONTH: parts->month = (int)number; break;
	case LL_PATH_FIELD_DAY: parts->day = (int)number; break;
	case LL_PATH_FIELD_HOUR:
		parts->clock_ns += (int64_t)number * LL_NS_PER_HOUR;
		parts->has_clock = true;
		break;
	case LL_PATH_FIELD_MINUTE: parts->clock_ns += (int64_t)number * LL_NS_PER_MINUTE; break;
	case LL_PATH_FIELD_SECOND: parts->clock_ns += (int64_t)number * LL_NS_PER_S; break;
	default: break;
	}
}

static void set_time(struct reader *reader, const struct ll_name_time *found, size_t element)
{
	struct ll_path_identity *const identity = reader->identity;
	const bool is_file = element + 1 == reader->path->count;

	identity->time_ns = found->time_ns;
	identity->time_has_zone = found->has_zone;
	identity->time_is_date = found->is_date_only;
	identity->time_source = is_file ? LL_TIME_FROM_FILE_NAME : LL_TIME_FROM_DIRECTORY;
}

static void apply_parts(struct reader *reader, const struct parts *parts, size_t element)
{
	struct ll_path_identity *const identity = reader->identity;
	struct ll_name_time found = {.is_date_only = !parts->has_clock};

	if (parts->has_year &&
	    ll_time_from_civil(parts->year, parts->month, parts->day, 0, 0, 0, &found.time_ns)) {
		found.time_ns += parts->clock_ns;
		set_time(reader, &found, element);
	} else if (!parts->has_year && parts->has_clock && identity->time_is_date) {
		identity->time_ns += parts->clock_ns;
		identity->time_is_date = false;
	}
}

static void apply_field(struct reader *reader, const struct ll_path_match *match, size_t index,
                        const char *rule)
{
	struct ll_path_identity *const identity = reader->identity;
	const struct ll_str value = match->fields[index].value;
	struct ll_str service = value;
	uint64_t number;

	switch (match->fields[index].id) {
	case LL_PATH_FIELD_APPLICATION:
	case LL_PATH_FIELD_SERVICE: offer_service(reader, value, rule); break;
	case LL_PATH_FIELD_HOST:
	case LL_PATH_FIELD_ADDRESS:
	case LL_PATH_FIELD_INSTANCE: offer_instance(reader, value, rule); break;
	case LL_PATH_FIELD_POD:
		offer_instance(reader, value, rule);
		(void)ll_name_pod(value, &service);
		offer_service(reader, service, rule);
		break;
	case LL_PATH_FIELD_PROGRAM:
		offer(&reader->program, &reader->program_rule, value, rule);
		break;
	case LL_PATH_FIELD_BUILD:
		offer(&identity->build, &identity->build_rule, value, rule);
		break;
	case LL_PATH_FIELD_KIND: identity->kind_word = value; break;
	case LL_PATH_FIELD_KIND_WORD: identity->kind_word = ll_str(ll_name_kind(value)); break;
	case LL_PATH_FIELD_SEQUENCE:
		if (identity->sequence < 0 && ll_str_to_u64(value, &number))
			identity->sequence = (int64_t)number;
		break;
	default: break;
	}
}

static bool is_time_field(enum ll_path_field id)
{
	return id == LL_PATH_FIELD_TIME || id == LL_PATH_FIELD_UNIXTIME ||
	       id == LL_PATH_FIELD_STAMP;
}

/* Of several times in one pattern the last one counts: it is the nearest to the capture. */
static void apply_times(struct reader *reader, const struct ll_path_match *match, bool is_utc)
{
	struct ll_path_identity *const identity = reader->identity;
	struct parts parts = {.month = 1, .day = 1};
	size_t part_element = 0;

	if (identity->time_ns != LL_TIME_NONE)
		return;
	for (size_t i = 0; i < match->count; i++) {
		const enum ll_path_field id = match->fields[i].id;
		struct ll_name_time found;

		if (is_time_field(id) && ll_name_time_find(match->fields[i].value, &found))
			set_time(reader, &found, match->fields[i].element);
		if (id >= LL_PATH_FIELD_YEAR && id <= LL_PATH_FIELD_SECOND) {
			take_part(&parts, id, match->fields[i].value);
			part_element = match->fields[i].element;
		}
	}
	apply_parts(reader, &parts, part_element);
	if (is_utc && identity->time_ns != LL_TIME_NONE)
		identity->time_has_zone = true;
}

static void apply_match(struct reader *reader, const struct ll_path_match *match, const char *rule,
                        bool is_utc)
{
	for (size_t i = 0; i < match->count; i++)
		apply_field(reader, match, i, rule);
	apply_times(reader, match, is_utc);
	if (match->first < reader->free_elements)
		reader->free_elements = match->first;
	if (!reader->identity->layout)
		reader->identity->layout = rule;
}

/* Rule 1. */
static bool read_patterns(struct reader *reader, const char *const *patterns, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct ll_path_match match;

		if (ll_path_match(patterns[i], reader->path, &match)) {
			apply_match(reader, &match, patterns[i], false);
			return true;
		}
	}
	return false;
}

/* Rule 2. */
static void read_layouts(struct reader *reader)
{
	size_t count;
	const struct ll_layout *const all = ll_layouts(&count);

	for (size_t i = 0; i < count; i++) {
		const struct ll_layout *const layout = &all[i];
		struct ll_path_match match;

		if (!ll_path_match(layout->pattern, reader->path, &match) ||
		    (layout->also && !layout->also(&match)))
			continue;
		apply_match(reader, &match, layout->name, layout->is_utc);
		if (layout->service && !reader->tool) {
			reader->tool = layout->service;
			reader->tool_rule = layout->name;
		}
	}
}

/* ----------------------------------------------------------------- directories */

enum {
	NAMED_MAX = 3, /* <service>/<pod>/<container> */
};

static bool looks_like_instance(struct ll_str name)
{
	struct ll_str service;

	return ll_name_is_host(name) || ll_name_pod(name, &service) != LL_NAME_NO_POD;
}

/* Names of directories that say something, the nearest first. */
static size_t named_directories(struct reader *reader, struct ll_str named[NAMED_MAX])
{
	struct ll_path_identity *const identity = reader->identity;
	struct ll_str wrapping = {NULL, 0};
	size_t count = 0;

	for (size_t i = reader->free_elements; i > 0; i--) {
		const struct ll_str name = reader->path->elements[i - 1];

		if (ll_name_is_version(name))
			offer(&identity->build, &identity->build_rule, name, "directory");
		else if (name.data == reader->wrapping)
			wrapping = name;
		else if (!ll_name_is_noise(name) && count < NAMED_MAX)
			named[count++] = name;
	}
	/* "cart.tar.gz" with "cart/pod-1/...": an instance needs a service, and this is its own. */
	if (wrapping.size > 0 && count == 1 && !ll_name_is_noise(wrapping) &&
	    looks_like_instance(named[0]))
		named[count++] = wrapping;
	return count;
}

/* Which of the names is surely an instance; `count` when none is. */
static size_t index_of_instance(const struct ll_str *named, size_t count, bool *ret_is_pod)
{
	struct ll_str service;

	for (size_t i = 0; i < count; i++) {
		*ret_is_pod = ll_name_pod(named[i], &service) == LL_NAME_POD;
		if (*ret_is_pod || (i < 2 && ll_name_is_host(named[i])))
			return i;
	}
	return count;
}

/* <service>/<pod>/<container>, <service>/<host>, <host>/<service>. */
static void read_around(struct reader *reader, const struct ll_str *named, size_t count,
                        size_t index, bool is_pod)
{
	struct ll_str service = named[index];
	const char *const rule = is_pod ? "directory: pod" : "directory: host";

	if (index + 1 < count) {
		offer_service(reader, named[index + 1], "directories: service/instance");
		offer_instance(reader, named[index], "directories: service/instance");
		return;
	}
	offer_instance(reader, named[index], rule);
	if (is_pod && ll_name_pod(named[index], &service))
		offer_service(reader, service, rule);
	else if (index > 0)
		offer_service(reader, named[index - 1], "directories: instance/service");
}

static void read_single(struct reader *reader, struct ll_str name)
{
	struct ll_str service;

	if (ll_name_pod(name, &service) == LL_NAME_MAYBE_POD) {
		offer_instance(reader, name, "directory: pod");
		offer_service(reader, service, "directory: pod");
	}
	offer_service(reader, name, "directory: service");
}

/* Rule 3. */
static void read_directories(struct reader *reader)
{
	struct ll_str named[NAMED_MAX];
	const size_t count = named_directories(reader, named);
	const bool has_service = reader->identity->service.size > 0;
	const bool has_instance = reader->identity->instance.size > 0;
	bool is_pod = false;
	size_t index;

	if (count == 0 || (has_service && has_instance))
		return;
	if (has_instance) {
		offer_service(reader, named[0], "directory: service");
		return;
	}
	index = index_of_instance(named, count, &is_pod);
	if (has_service) {
		if (index < count)
			offer_instance(reader, named[index], "directory: instance");
	} else if (index < count) {
		read_around(reader, named, count, index, is_pod);
	} else if (count >= 2) {
		offer_service(reader, named[1], "directories: service/instance");
		offer_instance(reader, named[0], "directories: service/instance");
	} else {
		read_single(reader, named[0]);
	}
}

/* Rules 4 and 5. */
static void read_last_resorts(struct reader *reader, struct ll_str file_name)
{
	struct ll_str pod = {NULL, 0}, service;

	if (reader->identity->instance.size == 0)
		pod = ll_name_pod_within(ll_name_stem(file_name));
	if (pod.size > 0) {
		(void)ll_name_pod(pod, &service);
		offer_instance(reader, pod, "pod in the file's name");
		offer_service(reader, service, "pod in the file's name");
	}
	if (reader->identity->instance.size == 0)
		offer_instance(
			reader,
			ll_name_replica_within(ll_name_stem(file_name), reader->identity->service),
			"replica in the file's name");
	offer_service(reader, reader->program, reader->program_rule);
	offer_service(reader, ll_str(reader->tool), reader->tool_rule);
}

/* ----------------------------------------------------------------------- times */

/* Below "2026-11-21": "01-06-27" or "010627.pb.gz"; a bare "0003" is a number of something. */
static void add_clock(struct reader *reader, size_t element)
{
	const struct ll_path *const path = reader->path;
	struct ll_name_time found = {.time_ns = reader->identity->time_ns};
	struct ll_str name;
	int64_t clock_ns;

	if (element + 1 >= path->count)
		return;
	name = ll_name_stem(path->elements[element + 1]);
	if (name.size < 5 || !ll_name_clock_find(name, &clock_ns))
		return;
	found.time_ns += clock_ns;
	set_time(reader, &found, element + 1);
}

/* A directory "13" below one of a day: the hour, which is no better a time than the day. */
static void add_hour(struct reader *reader, size_t element)
{
	const struct ll_path *const path = reader->path;
	uint64_t hour;

	if (element + 2 >= path->count || path->elements[element + 1].size != 2 ||
	    !ll_str_to_u64(path->elements[element + 1], &hour) || hour > 23)
		return;
	reader->identity->time_ns += (int64_t)hour * LL_NS_PER_HOUR;
}

/* "2026/11/21", from the inside out; a clock may follow, or an hour: "2026/11/21/13/". */
static bool read_date_directories(struct reader *reader)
{
	const struct ll_path *const path = reader->path;

	for (size_t i = path->count; i >= 4; i--) {
		const struct ll_str *const at = &path->elements[i - 4];
		struct ll_name_time found = {.is_date_only = true};
		uint64_t year, month, day;

		if (at[0].size != 4 || at[1].size != 2 || at[2].size != 2 ||
		    !ll_str_to_u64(at[0], &year) || !ll_str_to_u64(at[1], &month) ||
		    !ll_str_to_u64(at[2], &day) || year < 1990 || year > 2099 ||
		    !ll_time_from_civil((int)year, (int)month, (int)day, 0, 0, 0, &found.time_ns))
			continue;
		set_time(reader, &found, i - 2);
		add_clock(reader, i - 2);
		add_hour(reader, i - 2);
		return true;
	}
	return false;
}

static void read_times(struct reader *reader)
{
	const struct ll_path *const path = reader->path;
	size_t date_element = path->count;

	for (size_t i = path->count; i > 0; i--) {
		struct ll_name_time found;

		if (!ll_name_time_find(path->elements[i - 1], &found))
			continue;
		if (!found.is_date_only) {
			set_time(reader, &found, i - 1);
			return;
		}
		if (date_element == path->count) {
			set_time(reader, &found, i - 1);
			date_element = i - 1;
		}
	}
	if (date_element < path->count)
		add_clock(reader, date_element);
	else
		(void)read_date_directories(reader);
}

/* ---------------------------------------------------------- words of the name */

static void read_name_words(struct reader *reader, struct ll_str name)
{
	struct ll_path_identity *const identity = reader->identity;
	struct ll_str rest = name;

	identity->is_delta_named = ll_str_find(name, "delta") != SIZE_MAX;
	while (rest.size > 0 && identity->kind_word.size == 0) {
		const struct ll_str word = ll_name_next_word(&rest);
		size_t letters = 0;

		while (letters < word.size &&
		       (word.data[letters] < '0' || word.data[letters] > '9'))
			letters++;
		identity->kind_word = ll_str(ll_name_kind(ll_str_first(word, letters)));
	}
	offer(&identity->build, &identity->build_rule, ll_name_version(name), "file name");
}

/* Numbers that a layout explains are no places in a sequence. */
static void read_sequence(struct reader *reader, struct ll_str name)
{
	struct ll_path_identity *const identity = reader->identity;

	if (identity->sequence < 0 && !identity->layout)
		identity->sequence = ll_name_sequence(name);
	for (size_t i = reader->path->count - 1; i > 0 && identity->sequence < 0; i--) {
		const struct ll_str directory = reader->path->elements[i - 1];
		uint64_t number;

		if (i <= reader->free_elements && directory.size <= 5 &&
		    ll_str_to_u64(directory, &number))
			identity->sequence = (int64_t)number;
	}
}

/* Rule 6. */
static const char *find_wrapping(struct ll_str member, struct ll_str archive)
{
	const struct ll_str first = ll_str_split(&member, '/');

	return member.size > 0 && ll_str_equal(first, ll_name_of_archive(archive)) ? first.data
	                                                                           : NULL;
}

void ll_identity_from_member(struct ll_str relative, size_t inside, struct ll_str archive,
                             const char *const *patterns, size_t pattern_count,
                             struct ll_path_identity *ret_identity)
{
	const struct ll_path path = ll_path_split(relative);
	struct reader reader = {.path = &path,
	                        .identity = ret_identity,
	                        .wrapping = find_wrapping(ll_str_from(relative, inside), archive)};
	struct ll_str name;

	*ret_identity = (struct ll_path_identity){
		.time_ns = LL_TIME_NONE, .time_source = LL_TIME_FROM_NONE, .sequence = -1};
	if (path.count == 0)
		return;
	name = path.elements[path.count - 1];
	reader.free_elements = path.count - 1;
	if (!read_patterns(&reader, patterns, pattern_count))
		read_layouts(&reader);
	read_name_words(&reader, name);
	read_directories(&reader);
	read_last_resorts(&reader, name);
	if (ret_identity->time_ns == LL_TIME_NONE)
		read_times(&reader);
	read_sequence(&reader, name);
}

void ll_identity_from_path(struct ll_str relative, const char *const *patterns,
                           size_t pattern_count, struct ll_path_identity *ret_identity)
{
	ll_identity_from_member(relative, relative.size, ll_str(""), patterns, pattern_count,
	                        ret_identity);
}

/* ------------------------------------------------------- patterns of the users */

static int check_field(const char *pattern, struct ll_str name, bool seen[LL_PATH_FIELD_COUNT],
                       struct ll_error *err)
{
	const enum ll_path_field id = ll_path_field_find(name);

	if (id == LL_PATH_FIELD_COUNT) {
		LL_CLEANUP(ll_buf_done) struct ll_buf list;

		ll_buf_init(&list, LL_BUF_MESSAGE);
		ll_path_field_list(&list);
		return ll_fail(err, LL_E_USAGE,
		               "pattern '%s': '{%.*s}' is no field; fields are %.*s", pattern,
		               LL_STR_ARG(name), LL_STR_ARG(ll_buf_str(&list)));
	}
	if (seen[id] && id != LL_PATH_FIELD_ANY && id != LL_PATH_FIELD_TIME)
		return ll_fail(err, LL_E_USAGE, "pattern '%s': '{%.*s}' twice", pattern,
		               LL_STR_ARG(name));
	seen[id] = true;
	return LL_OK;
}

static int check_element(const char *pattern, struct ll_str element, bool seen[LL_PATH_FIELD_COUNT],
                         struct ll_error *err)
{
	size_t fields = 0, at;

	if (element.size > 2 && ll_str_find(element, "**") != SIZE_MAX)
		return ll_fail(err, LL_E_USAGE,
		               "pattern '%s': '**' must stand alone between slashes", pattern);
	while ((at = ll_str_index(element, '{')) != SIZE_MAX) {
		const size_t end = ll_str_index(element, '}');
		int rc;

		if (end == SIZE_MAX || end < at)
			return ll_fail(err, LL_E_USAGE, "pattern '%s': '{' without '}'", pattern);
		rc = check_field(pattern, ll_str_first(ll_str_from(element, at + 1), end - at - 1),
		                 seen, err);
		if (rc < 0)
			return rc;
		if (++fields > LL_PATH_FIELDS_ELEMENT)
			return ll_fail(err, LL_E_USAGE,
			               "pattern '%s': more than %d fields in one path element",
			               pattern, LL_PATH_FIELDS_ELEMENT);
		element = ll_str_from(element, end + 1);
	}
	if (ll_str_index(element, '}') != SIZE_MAX)
		return ll_fail(err, LL_E_USAGE, "pattern '%s': '}' without '{'", pattern);
	return LL_OK;
}

int ll_identity_check_pattern(const char *pattern, struct ll_error *err)
{
	const struct ll_path parts = ll_path_split(ll_str(pattern));
	bool seen[LL_PATH_FIELD_COUNT] = {false};
	size_t any_directories = 0;
	int rc = LL_OK;

	if (parts.count == 0)
		return ll_fail(err, LL_E_USAGE, "empty pattern");
	for (size_t i = 0; rc == LL_OK && i < parts.count; i++) {
		rc = check_element(pattern, parts.elements[i], seen, err);
		any_directories += ll_str_equal(parts.elements[i], ll_str("**"));
	}
	if (rc == LL_OK && any_directories > LL_PATH_ANY_DIRECTORIES)
		return ll_fail(err, LL_E_USAGE, "pattern '%s': more than %d '**'", pattern,
		               LL_PATH_ANY_DIRECTORIES);
	return rc;
}
