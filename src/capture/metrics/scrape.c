/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scrape.c - see scrape.h.
 *
 *     names    one row per metric: what it means, whether it is kept
 *     groups   one per target and time: a chain of numbers; becomes a capture
 *     numbers  {next of its group, name, labels, value}
 *
 * Rules:
 *   1. Kept are: what has a canonical name; go_ and process_; container_memory_ and
 *      container_spec_memory_, kube_pod_container_; and up to LL_SCRAPE_OTHERS gauges of the
 *      program's own per capture. Not kept: buckets, infos, counters of the program's own.
 *   2. Every series is counted: the reading "exposition.series" of a capture is how many the page
 *      had for it. A page whose series grow without end is a leak by itself.
 *   3. A page is over when its first series comes again, with other series in between or at the
 *      same time. A dump that has all times of one series in a row is one page. Any other series
 *      without a time that comes again ends it, too, when another name or another line than a
 *      sample's came in between: somebody copied two pages, and not from their first lines. Two in
 *      a row are two processes that nothing tells apart.
 *   4. A group without anything known is a capture only when the page has no other.
 *   5. What cAdvisor measured shows a container while it ran, as the files of its cgroup do. What
 *      kube-state-metrics knows of it (limits, restarts) is the cluster's word about a pod.
 */
#include "scrape.h"

#include "metric_set.h"
#include "metric_target.h"

#include <leakledger/json.h>

#define NO_NUMBER UINT32_MAX

enum keep {
	KEEP_UNDECIDED,
	KEEP_NOT,
	KEEP_OTHER, /* up to a ceiling */
	KEEP_INFO,  /* go_info, go_build_info: labels that tell versions */
	KEEP,
};

struct name {
	struct ll_str text;
	struct ll_metric_name known;
	enum ll_exposition_type type;
	enum keep keep;
};

struct number {
	uint32_t next, name, labels;
	double value;
};

struct group {
	struct ll_metric_target target; /* in the arena */
	int64_t time_ns;
	uint32_t first, last;
	uint32_t others, kept;
	uint64_t series;
	struct ll_str go_version, program;
	bool is_known, is_measured;
	bool is_ambiguous; /* of the first with a pod: another namespace has one of that name */
};

struct damage {
	uint64_t line;
	const char *problem;
};

enum {
	DAMAGES_MAX = 16,     /* lines that are noted one by one */
	SERIES_MAX = 1048576, /* bytes; a line is not longer */
	MAP_ROOM = 48,        /* bytes that an entry of a map takes */
	SEEN_MAX = 65536,     /* series of a page that are known again (rule 3) */
};

struct ll_scrape {
	struct ll_arena arena;
	struct ll_vec names, groups, numbers, labels;
	struct ll_map name_map, group_map, label_map, pod_map, seen_map;
	struct ll_buf first_series, json;
	int64_t first_time_ns;
	bool has_first, was_first, is_full;
	/* Rule 3: hashes of the series, and of the name of the last sample. */
	uint32_t seen;
	struct ll_hash last_name;
	bool is_parted; /* another line came behind the last sample */
	size_t used;    /* bytes of names, labels and targets, with what is kept of each */
	struct damage damages[DAMAGES_MAX];
	size_t damage_count;
	struct ll_metric_set set;
};

struct ll_scrape *ll_scrape_new(void)
{
	struct ll_scrape *const scrape = ll_calloc(1, sizeof *scrape);

	ll_arena_init(&scrape->arena);
	ll_buf_init(&scrape->first_series, SERIES_MAX);
	ll_buf_init(&scrape->json, LL_BUF_MESSAGE);
	return scrape;
}

void ll_scrape_free(struct ll_scrape *scrape)
{
	if (!scrape)
		return;
	ll_arena_done(&scrape->arena);
	ll_vec_done(&scrape->names);
	ll_vec_done(&scrape->groups);
	ll_vec_done(&scrape->numbers);
	ll_vec_done(&scrape->labels);
	ll_map_done(&scrape->name_map);
	ll_map_done(&scrape->group_map);
	ll_map_done(&scrape->label_map);
	ll_map_done(&scrape->pod_map);
	ll_map_done(&scrape->seen_map);
	ll_buf_done(&scrape->first_series);
	ll_buf_done(&scrape->json);
	ll_metric_set_done(&scrape->set);
	free(scrape);
}

static void clear(struct ll_scrape *scrape)
{
	ll_arena_clear(&scrape->arena);
	scrape->names.count = 0;
	scrape->groups.count = 0;
	scrape->numbers.count = 0;
	scrape->labels.count = 0;
	ll_map_clear(&scrape->name_map);
	ll_map_clear(&scrape->group_map);
	ll_map_clear(&scrape->label_map);
	ll_map_clear(&scrape->pod_map);
	ll_map_clear(&scrape->seen_map);
	scrape->seen = 0;
	scrape->has_first = false;
	scrape->was_first = false;
	scrape->used = 0;
}

/* Takes the room when there is some. */
static bool take_room(struct ll_scrape *scrape, size_t size)
{
	if (scrape->used + size > LL_SCRAPE_TEXT) {
		scrape->is_full = true;
		return false;
	}
	scrape->used += size;
	return true;
}

/* ----------------------------------------------------------------------- names */

/* NULL when there is no room for another name. */
static struct name *find_name(struct ll_scrape *scrape, struct ll_str text)
{
	const uint32_t fresh = (uint32_t)scrape->names.count;
	const struct ll_hash hash = ll_hash_bytes(text.data, text.size);
	uint32_t index = ll_map_find(&scrape->name_map, hash);
	struct name *name;

	if (index != LL_MAP_NONE)
		return (struct name *)scrape->names.items + index;
	if (!take_room(scrape, text.size + sizeof *name + MAP_ROOM))
		return NULL;
	index = ll_map_put(&scrape->name_map, hash, fresh);
	name = ll_vec_push(&scrape->names, sizeof *name);
	name->text = ll_arena_str(&scrape->arena, text);
	return name;
}

static bool ends_in_any(struct ll_str name, const char *const *suffixes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (ll_str_ends(name, suffixes[i]))
			return true;
	}
	return false;
}

static bool starts_with_any(struct ll_str name, const char *const *prefixes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (ll_str_starts(name, prefixes[i]))
			return true;
	}
	return false;
}

/* Rule 1. */
static enum keep decide(const struct name *name)
{
	static const char *const never[] = {"_bucket", "_created", "_info"};
	static const char *const counted[] = {"_total", "_count", "_sum"};
	static const char *const of_container[] = {
		"container_memory_", "container_spec_memory_",     "container_start_time_seconds",
		"container_threads", "kube_pod_container_status_",
	};

	if (ll_str_equal(name->text, ll_str("go_info")) ||
	    ll_str_equal(name->text, ll_str("go_build_info")))
		return KEEP_INFO;
	if (ends_in_any(name->text, never, LL_COUNT(never)))
		return KEEP_NOT;
	if (name->known.reading || name->known.metric != LL_METRIC_COUNT ||
	    name->known.subject == LL_METRIC_OF_PROCESS)
		return KEEP;
	if (name->known.subject == LL_METRIC_OF_CONTAINER)
		return starts_with_any(name->text, of_container, LL_COUNT(of_container)) ? KEEP
		                                                                         : KEEP_NOT;
	return name->type == LL_EXPOSITION_OTHER ||
	                       ends_in_any(name->text, counted, LL_COUNT(counted))
	               ? KEEP_NOT
	               : KEEP_OTHER;
}

void ll_scrape_type(struct ll_scrape *scrape, const struct ll_exposition *line)
{
	struct name *const name = find_name(scrape, line->name);

	if (name)
		name->type = line->type;
}

/* ---------------------------------------------------------------------- groups */

static size_t size_of_target(const struct ll_metric_target *target)
{
	size_t size = 0;

	for (size_t i = 0; i < LL_LABEL_ROLES; i++)
		size += target->role[i].size;
	return size;
}

static struct ll_metric_target keep_target(struct ll_scrape *scrape,
                                           const struct ll_metric_target *target)
{
	struct ll_metric_target kept = *target;

	for (size_t i = 0; i < LL_LABEL_ROLES; i++)
		kept.role[i] = ll_arena_str(&scrape->arena, target->role[i]);
	return kept;
}

/* NULL when there is no room for another one. */
static struct group *find_group(struct ll_scrape *scrape, const struct ll_metric_target *target,
                                int64_t time_ns)
{
	const uint32_t fresh = (uint32_t)scrape->groups.count;
	struct ll_hash hash = ll_metric_target_hash(target);
	struct group *group;
	uint32_t index;

	hash.low += (uint64_t)time_ns * 0x9e3779b97f4a7c15U;
	hash.high ^= (uint64_t)time_ns;
	index = ll_map_find(&scrape->group_map, hash);
	if (index != LL_MAP_NONE)
		return (struct group *)scrape->groups.items + index;
	if (fresh == LL_SCRAPE_CAPTURES ||
	    !take_room(scrape, sizeof *group + MAP_ROOM + size_of_target(target))) {
		scrape->is_full = true;
		return NULL;
	}
	(void)ll_map_put(&scrape->group_map, hash, fresh);
	group = ll_vec_push(&scrape->groups, sizeof *group);
	*group = (struct group){
		.target = keep_target(scrape, target),
		.time_ns = time_ns,
		.first = NO_NUMBER,
		.last = NO_NUMBER,
	};
	return group;
}

/* ---------------------------------------------------------------------- samples */

/* The series' own labels, interned; 0 is none. */
static uint32_t find_labels(struct ll_scrape *scrape, const struct ll_exposition *sample,
                            const struct ll_metric_target *target, const struct name *name)
{
	uint32_t index, fresh;
	struct ll_hash hash;

	if (scrape->labels.count == 0)
		(void)ll_vec_push(&scrape->labels, sizeof(struct ll_str));
	ll_buf_clear(&scrape->json);
	ll_metric_target_labels(sample, target, &name->known, &scrape->json);
	if (scrape->json.size == 0)
		return 0;
	fresh = (uint32_t)scrape->labels.count;
	hash = ll_hash_bytes(scrape->json.data, scrape->json.size);
	index = ll_map_find(&scrape->label_map, hash);
	if (index != LL_MAP_NONE)
		return index;
	if (!take_room(scrape, scrape->json.size + sizeof(struct ll_str) + MAP_ROOM))
		return NO_NUMBER;
	(void)ll_map_put(&scrape->label_map, hash, fresh);
	*(struct ll_str *)ll_vec_push(&scrape->labels, sizeof(struct ll_str)) =
		ll_arena_str(&scrape->arena, ll_buf_str(&scrape->json));
	return fresh;
}

/* `target` is the sample's own: containers of one pod share a group, and not their name. */
static void add_number(struct ll_scrape *scrape, struct group *group,
                       const struct ll_exposition *sample, const struct ll_metric_target *target,
                       const struct name *name)
{
	struct number *const numbers = scrape->numbers.items;
	const uint32_t fresh = (uint32_t)scrape->numbers.count;
	uint32_t labels;

	if (fresh == LL_SCRAPE_NUMBERS || group->kept == LL_SCRAPE_KEPT) {
		scrape->is_full = true;
		return;
	}
	labels = find_labels(scrape, sample, target, name);
	if (labels == NO_NUMBER)
		return;
	group->kept++;
	if (group->first == NO_NUMBER)
		group->first = fresh;
	else
		numbers[group->last].next = fresh;
	group->last = fresh;
	*(struct number *)ll_vec_push(&scrape->numbers, sizeof(struct number)) = (struct number){
		.next = NO_NUMBER,
		.name = (uint32_t)(name - (const struct name *)scrape->names.items),
		.labels = labels,
		.value = sample->value,
	};
}

/* go_info{version="go1.27.3"}, go_build_info{path="example.com/shop"}. */
static void read_info(struct ll_scrape *scrape, struct group *group,
                      const struct ll_exposition *sample, struct ll_str name)
{
	const bool is_build = ll_str_equal(name, ll_str("go_build_info"));

	for (size_t i = 0; i < sample->label_count; i++) {
		const struct ll_exposition_label *const label = &sample->labels[i];

		if (!take_room(scrape, label->value.size))
			return;
		if (!is_build && ll_str_equal(label->name, ll_str("version")))
			group->go_version = ll_arena_str(&scrape->arena, label->value);
		if (is_build && ll_str_equal(label->name, ll_str("path")))
			group->program = ll_arena_str(&scrape->arena, label->value);
	}
}

/* A set of states has a series for each that is not; a container that is none is of Kubernetes. */
static bool is_idle(const struct ll_exposition *sample, const struct ll_metric_target *target,
                    struct ll_str name)
{
	if (target->subject != LL_METRIC_OF_CONTAINER)
		return false;
	return !target->is_named || ll_str_equal(target->role[LL_LABEL_CONTAINER], ll_str("POD")) ||
	       (ll_str_ends(name, "_reason") && !(sample->value > 0));
}

void ll_scrape_part(struct ll_scrape *scrape)
{
	scrape->is_parted = true;
}

/* Rule 3, of other series than the first. */
static bool is_seen(struct ll_scrape *scrape, const struct ll_exposition *sample)
{
	const struct ll_hash name = ll_hash_bytes(sample->name.data, sample->name.size);
	const bool is_next = !scrape->is_parted && name.low == scrape->last_name.low &&
	                     name.high == scrape->last_name.high;
	struct ll_hash series;

	scrape->is_parted = false;
	scrape->last_name = name;
	if (sample->time_ns != LL_TIME_NONE)
		return false;
	series = ll_hash_bytes(sample->series.data, sample->series.size);
	if (ll_map_find(&scrape->seen_map, series) != LL_MAP_NONE)
		return !is_next;
	if (scrape->seen < SEEN_MAX)
		(void)ll_map_put(&scrape->seen_map, series, scrape->seen++);
	return false;
}

bool ll_scrape_is_over(struct ll_scrape *scrape, const struct ll_exposition *sample)
{
	const bool was_seen = is_seen(scrape, sample);
	const bool is_first = scrape->has_first &&
	                      ll_str_equal(sample->series, ll_buf_str(&scrape->first_series));
	const bool was_first = scrape->was_first;

	scrape->was_first = is_first || !scrape->has_first;
	if (!scrape->has_first) {
		scrape->has_first = true;
		scrape->first_time_ns = sample->time_ns;
		ll_buf_clear(&scrape->first_series);
		ll_buf_put_str(&scrape->first_series, sample->series);
		return false;
	}
	return was_seen || (is_first && (!was_first || sample->time_ns == scrape->first_time_ns));
}

void ll_scrape_add(struct ll_scrape *scrape, const struct ll_exposition *sample)
{
	char room[LL_METRIC_NAME_ROOM];
	struct name *const name = find_name(scrape, ll_metric_full_name(sample, room));
	struct ll_metric_target target;
	struct group *group;

	if (!name)
		return;
	if (name->keep == KEEP_UNDECIDED) {
		name->known = ll_metric_name_find(name->text);
		name->keep = decide(name);
	}
	target = ll_metric_target_of(sample, &name->known);
	if (is_idle(sample, &target, name->text))
		return;
	group = find_group(scrape, &target, sample->time_ns);
	if (!group)
		return;
	group->series++;
	group->is_known |= name->known.subject != LL_METRIC_OF_OTHER;
	group->is_measured |= ll_str_starts(name->text, "container_");
	if (name->keep == KEEP_INFO)
		read_info(scrape, group, sample, name->text);
	else if (name->keep == KEEP ||
	         (name->keep == KEEP_OTHER && group->others++ < LL_SCRAPE_OTHERS))
		add_number(scrape, group, sample, &target, name);
}

void ll_scrape_damage(struct ll_scrape *scrape, uint64_t line, const char *problem)
{
	if (scrape->damage_count < DAMAGES_MAX)
		scrape->damages[scrape->damage_count] =
			(struct damage){.line = line, .problem = problem};
	scrape->damage_count++;
}

/* -------------------------------------------------------------------- captures */

/* The numbers of a group; true when two processes share it. */
static bool fill_set(struct ll_scrape *scrape, const struct group *group)
{
	const struct number *const numbers = scrape->numbers.items;
	const struct name *const names = scrape->names.items;
	const struct ll_str *const labels = scrape->labels.items;
	uint32_t by_metric[LL_METRIC_COUNT];
	bool is_doubled = false;

	ll_metric_set_clear(&scrape->set);
	for (uint32_t i = group->first; i != NO_NUMBER; i = numbers[i].next) {
		const struct name *const name = &names[numbers[i].name];
		const enum ll_metric metric = name->known.metric;

		if (metric != LL_METRIC_COUNT && scrape->set.has[metric])
			is_doubled |= by_metric[metric] == numbers[i].name;
		else if (metric != LL_METRIC_COUNT)
			by_metric[metric] = numbers[i].name;
		ll_metric_set_add(&scrape->set, name->text, &name->known, labels[numbers[i].labels],
		                  numbers[i].value);
	}
	return is_doubled;
}

void ll_scrape_note_rest(struct ll_scrape *scrape, const struct ll_sink *out)
{
	char text[128];

	for (size_t i = 0; i < scrape->damage_count && i < DAMAGES_MAX; i++) {
		(void)snprintf(text, sizeof text, "line skipped: %s", scrape->damages[i].problem);
		out->note(out->self, scrape->damages[i].line, text);
	}
	if (scrape->damage_count > DAMAGES_MAX) {
		(void)snprintf(text, sizeof text, "%zu more malformed lines skipped",
		               scrape->damage_count - DAMAGES_MAX);
		out->note(out->self, 0, text);
	}
	if (scrape->is_full)
		out->note(out->self, 0,
		          "too many targets, times or series in one page: not all are kept");
	scrape->damage_count = 0;
	scrape->is_full = false;
}

/* Rule 5. */
static enum ll_kind kind_of(const struct group *group)
{
	if (group->target.subject != LL_METRIC_OF_CONTAINER)
		return LL_KIND_MEMSTATS;
	return group->is_measured ? LL_KIND_CGROUP : LL_KIND_POD;
}

static struct ll_hash pod_of(const struct group *group)
{
	const struct ll_str pod = group->target.role[LL_LABEL_POD];

	return ll_hash_bytes(pod.data, pod.size);
}

static bool is_in_namespace(const struct group *group)
{
	return group->target.role[LL_LABEL_POD].size > 0 &&
	       group->target.role[LL_LABEL_NAMESPACE].size > 0;
}

/* Marks the first group of each pod whose name another namespace has, too. */
static void find_namesakes(struct ll_scrape *scrape)
{
	struct group *const groups = scrape->groups.items;

	for (uint32_t i = 0; i < scrape->groups.count; i++) {
		struct group *first;

		if (!is_in_namespace(&groups[i]))
			continue;
		first = &groups[ll_map_put(&scrape->pod_map, pod_of(&groups[i]), i)];
		first->is_ambiguous |= !ll_str_equal(first->target.role[LL_LABEL_NAMESPACE],
		                                     groups[i].target.role[LL_LABEL_NAMESPACE]);
	}
}

static bool has_namesake(const struct ll_scrape *scrape, const struct group *group)
{
	const struct group *const groups = scrape->groups.items;

	return is_in_namespace(group) &&
	       groups[ll_map_find(&scrape->pod_map, pod_of(group))].is_ambiguous;
}

static int emit_group(struct ll_scrape *scrape, const struct group *group,
                      const struct ll_scrape_page *page, const struct ll_sink *out,
                      struct ll_error *err)
{
	const bool is_doubled = fill_set(scrape, group);
	LL_CLEANUP(ll_buf_done) struct ll_buf room;
	const struct ll_reading series = {.name = ll_str("exposition.series"),
	                                  .value = (double)group->series,
	                                  .time_ns = LL_TIME_NONE};
	struct ll_origin origin = {
		.kind = kind_of(group),
		.variant = page->variant,
		.time_ns = group->time_ns != LL_TIME_NONE ? group->time_ns : page->time_ns,
		.not_before_ns = ll_metric_set_not_before(&scrape->set),
		.go_version = group->go_version,
		.program = group->program,
		.namespace = group->target.role[LL_LABEL_NAMESPACE],
	};
	int rc;

	ll_buf_init(&room, LL_BUF_MESSAGE);
	origin.identified = ll_metric_target_identity(&group->target, has_namesake(scrape, group),
	                                              &room, &origin.service, &origin.instance);
	rc = out->begin(out->self, &origin, err);
	if (rc >= 0)
		rc = ll_metric_set_emit(&scrape->set, out, err);
	if (rc >= 0 && origin.kind == LL_KIND_MEMSTATS)
		rc = out->reading(out->self, &series, err);
	if (rc < 0)
		return rc;
	ll_scrape_note_rest(scrape, out);
	if (is_doubled)
		out->note(
			out->self, 0,
			"several processes without labels job, instance or pod: the first counts");
	return LL_OK;
}

int ll_scrape_emit(struct ll_scrape *scrape, const struct ll_scrape_page *page,
                   const struct ll_sink *out, struct ll_error *err)
{
	const struct group *const groups = scrape->groups.items;
	bool has_known = false;
	int captures = 0;

	find_namesakes(scrape);
	for (size_t i = 0; i < scrape->groups.count; i++)
		has_known |= groups[i].is_known;
	for (size_t i = 0; i < scrape->groups.count; i++) {
		int rc;

		if ((has_known && !groups[i].is_known) || groups[i].first == NO_NUMBER)
			continue;
		rc = emit_group(scrape, &groups[i], page, out, err);
		if (rc < 0)
			return rc;
		captures++;
	}
	clear(scrape);
	return captures;
}
