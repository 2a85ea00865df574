/* SPDX-License-Identifier: Apache-2.0 */
/*
 * log_origins.c - see log_origins.h.
 *
 * A syslog file has hundreds of programs, and hardly one of them has a capture in it. So an origin
 * gets its readers with the first line that can begin something; until then its lines cost a hash
 * and a look at their first bytes.
 */
#include "log_origins.h"

#include "cluster/container_state.h"
#include "identity/name_words.h"

/* clang-format off */
#define LL_LINE_FORMATS(X) \
	X(goroutines) \
	X(gctrace) \
	X(oom) \
	X(kubectl)
/* clang-format on */

#define LL_LINE_FORMAT_DECLARE(name) extern const struct ll_line_format ll_line_##name;
LL_LINE_FORMATS(LL_LINE_FORMAT_DECLARE)
#undef LL_LINE_FORMAT_DECLARE

static const struct ll_line_format *const line_formats[] = {
#define LL_LINE_FORMAT_ROW(name) &ll_line_##name,
	LL_LINE_FORMATS(LL_LINE_FORMAT_ROW)
#undef LL_LINE_FORMAT_ROW
};

enum {
	FORMATS = LL_COUNT(line_formats),
	NAME_MAX_BYTES = 256,
};

struct origin {
	struct ll_hash key;
	uint64_t used; /* when it was last turned to */
	void *readers[FORMATS];
	size_t last_format; /* that took its last line */
	struct ll_log_source source;
	char names[3][NAME_MAX_BYTES];
};

struct ll_log_origins {
	const struct ll_sink *out;
	struct origin *items[LL_ORIGINS_MAX];
	size_t count;
	struct origin *current; /* NULL: it has no readers yet */
	struct ll_hash current_key;
	/* Of the current one while it has no readers. */
	struct ll_log_source source;
	char names[3][NAME_MAX_BYTES];
	struct ll_oom_told told;
	uint64_t turns;
	int captures;
	const char *remark;
};

/*
 * Records are words with blanks between them, but for a kernel's "oom-kill:constraint=...": in the
 * one long line of a JSON document there is hardly a blank, and no record.
 */
static bool can_hold_record(struct ll_str raw)
{
	const size_t blank = ll_str_index(raw, ' ');

	return (blank != SIZE_MAX && ll_str_index(ll_str_from(raw, blank + 1), ' ') != SIZE_MAX) ||
	       ll_str_find(raw, "oom-kill:") != SIZE_MAX;
}

size_t ll_log_find(struct ll_str raw)
{
	if (!can_hold_record(raw))
		return SIZE_MAX;
	for (size_t i = 0; i < FORMATS; i++) {
		const size_t at = line_formats[i]->find(raw);

		if (at != SIZE_MAX)
			return at;
	}
	return SIZE_MAX;
}

void ll_log_words_of_formats(struct ll_log_words *words)
{
	for (size_t i = 0; i < FORMATS; i++) {
		for (const char *const *word = line_formats[i]->words; *word; word++)
			ll_log_words_add(words, *word);
	}
}

/* -------------------------------------------------------------- who an origin is */

/* systemd, its managers of users and its oomd tell of one kill, each in words of its own. */
static bool is_systemd(struct ll_str program)
{
	return ll_str_equal(program, ll_str("systemd")) ||
	       ll_str_equal(program, ll_str("systemd-oomd"));
}

static struct ll_hash key_of(const struct ll_record *record, size_t shape)
{
	const bool is_one = is_systemd(record->program);
	const struct ll_str none = {NULL, 0};
	const struct ll_str fields[] = {record->host,
	                                is_one ? ll_str("systemd") : record->program,
	                                is_one ? none : record->process,
	                                record->stream,
	                                record->pod,
	                                record->container,
	                                is_one ? none : record->unit};
	char key[LL_COUNT(fields) * (NAME_MAX_BYTES + 1) + 1];
	size_t size = 0;

	key[size++] = (char)('0' + (shape == SIZE_MAX ? 0 : shape + 1));
	for (size_t i = 0; i < LL_COUNT(fields); i++) {
		const struct ll_str field = ll_str_first(fields[i], NAME_MAX_BYTES);

		if (field.size > 0)
			memcpy(key + size, field.data, field.size);
		size += field.size;
		key[size++] = '\0';
	}
	return ll_hash_bytes(key, size);
}

static struct ll_str keep(char to[NAME_MAX_BYTES], struct ll_str text)
{
	text = ll_str_first(text, NAME_MAX_BYTES);
	if (text.size > 0)
		memcpy(to, text.data, text.size);
	return ll_str_n(to, text.size);
}

/* A pod names its workload; a unit or a program on a host is a service; the kernel is none. */
static void identify(struct ll_log_origins *origins, const struct ll_record *record)
{
	struct ll_str service = {NULL, 0}, instance = {NULL, 0};
	const char *identified = NULL;

	if (record->pod.size > 0) {
		service = record->pod;
		instance = record->pod;
		if (ll_name_pod(record->pod, &service) == LL_NAME_NO_POD)
			service = ll_container_service(record->pod);
		identified = "pod or container in the log's prefix";
	} else if (record->unit.size > 0) {
		service = record->unit;
		if (ll_str_ends(service, ".service"))
			service.size -= 8;
		instance = record->host;
		identified = "unit in the journal";
	} else if (record->program.size > 0 && !ll_str_equal(record->program, ll_str("kernel"))) {
		service = record->program;
		instance = record->host;
		identified = "program in the log's prefix";
	}
	origins->source = (struct ll_log_source){
		.service = keep(origins->names[0], service),
		.instance = keep(origins->names[1], instance),
		.host = keep(origins->names[2], record->host),
		.identified = identified,
	};
}

/* ------------------------------------------------------------------------- readers */

static int finish_one(struct ll_log_origins *origins, struct origin *origin, bool is_cut,
                      struct ll_error *err)
{
	for (size_t i = 0; i < FORMATS; i++) {
		const int rc = line_formats[i]->finish(origin->readers[i], is_cut, err);

		if (rc < 0)
			return rc;
		origins->captures += rc;
		if (!origins->remark)
			origins->remark = line_formats[i]->remark(origin->readers[i]);
	}
	return LL_OK;
}

static void close_one(struct origin *origin)
{
	for (size_t i = 0; i < FORMATS; i++)
		line_formats[i]->close(origin->readers[i]);
	free(origin);
}

/* The one that has been silent longest hands on what it has. */
static int evict(struct ll_log_origins *origins, struct ll_error *err)
{
	size_t oldest = 0;
	int rc;

	for (size_t i = 1; i < origins->count; i++) {
		if (origins->items[i]->used < origins->items[oldest]->used)
			oldest = i;
	}
	rc = finish_one(origins, origins->items[oldest], false, err);
	close_one(origins->items[oldest]);
	origins->items[oldest] = origins->items[--origins->count];
	return rc;
}

static int open_current(struct ll_log_origins *origins, struct ll_error *err)
{
	struct origin *origin;
	int rc = LL_OK;

	if (origins->count == LL_ORIGINS_MAX)
		rc = evict(origins, err);
	if (rc < 0)
		return rc;
	origin = ll_calloc(1, sizeof *origin);
	origin->key = origins->current_key;
	origin->used = ++origins->turns;
	origin->source = (struct ll_log_source){
		.service = keep(origin->names[0], origins->source.service),
		.instance = keep(origin->names[1], origins->source.instance),
		.host = keep(origin->names[2], origins->source.host),
		.told = &origins->told,
		.identified = origins->source.identified,
	};
	for (size_t i = 0; i < FORMATS; i++)
		origin->readers[i] = line_formats[i]->open(origins->out, &origin->source);
	origins->items[origins->count++] = origin;
	origins->current = origin;
	return LL_OK;
}

struct ll_log_origins *ll_log_origins_new(const struct ll_sink *out)
{
	struct ll_log_origins *const origins = ll_calloc(1, sizeof *origins);

	origins->out = out;
	return origins;
}

void ll_log_origins_free(struct ll_log_origins *origins)
{
	if (!origins)
		return;
	for (size_t i = 0; i < origins->count; i++)
		close_one(origins->items[i]);
	free(origins);
}

void ll_log_origins_turn(struct ll_log_origins *origins, const struct ll_record *record,
                         size_t shape)
{
	const struct ll_hash key = key_of(record, shape);

	if (origins->turns > 0 && ll_hash_equal(key, origins->current_key))
		return;
	origins->turns++;
	origins->current_key = key;
	origins->current = NULL;
	for (size_t i = 0; i < origins->count && !origins->current; i++) {
		if (ll_hash_equal(key, origins->items[i]->key))
			origins->current = origins->items[i];
	}
	if (origins->current)
		origins->current->used = origins->turns;
	else
		identify(origins, record);
}

static bool opens_any(struct ll_str message)
{
	for (size_t i = 0; i < FORMATS; i++) {
		if (line_formats[i]->opens(message))
			return true;
	}
	return false;
}

bool ll_log_origins_is_listening(const struct ll_log_origins *origins)
{
	return origins->current != NULL;
}

int ll_log_origins_offer(struct ll_log_origins *origins, const struct ll_log_line *line,
                         struct ll_error *err)
{
	struct origin *origin = origins->current;
	size_t last;
	int rc;

	if (!origin) {
		if (!opens_any(line->message))
			return 0;
		rc = open_current(origins, err);
		if (rc < 0)
			return rc;
		origin = origins->current;
	}
	last = origin->last_format;
	rc = line_formats[last]->line(origin->readers[last], line, err);
	for (size_t i = 0; rc == 0 && i < FORMATS; i++) {
		if (i == last)
			continue;
		rc = line_formats[i]->line(origin->readers[i], line, err);
		if (rc > 0)
			origin->last_format = i;
	}
	return rc;
}

size_t ll_log_origins_run(struct ll_log_origins *origins, struct ll_str text, uint64_t *ret_lines)
{
	const struct origin *const origin = origins->current;
	const struct ll_line_format *const format = line_formats[origin->last_format];

	*ret_lines = 0;
	return format->run ? format->run(origin->readers[origin->last_format], text, ret_lines) : 0;
}

int ll_log_origins_pause(struct ll_log_origins *origins, struct ll_error *err)
{
	return origins->current ? finish_one(origins, origins->current, false, err) : LL_OK;
}

int ll_log_origins_finish(struct ll_log_origins *origins, bool is_cut, struct ll_error *err)
{
	for (size_t i = 0; i < origins->count; i++) {
		const int rc = finish_one(origins, origins->items[i], is_cut, err);

		if (rc < 0)
			return rc;
	}
	return origins->captures;
}

const char *ll_log_origins_remark(const struct ll_log_origins *origins)
{
	return origins->remark;
}
