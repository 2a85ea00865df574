/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dictionary.c - see dictionary.h.
 *
 * Functions and frames are loaded as a whole at the first miss (a ledger of a large fleet has some
 * ten thousand functions and a few hundred thousand frames: 24 bytes each). Stacks are loaded per
 * service, and their hashes computed from their frames, so that no hash is stored.
 */
#include "dictionary.h"

#include "new_rows.h"

#include <pthread.h>
#include <stdatomic.h>

struct known_stack {
	uint32_t id;
	struct ll_hash hash;
};

struct ll_stack_table {
	pthread_mutex_t lock;
	int64_t service_id;
	struct ll_map map;
	struct known_stack *known; /* ascending ids */
	size_t known_count, known_capacity;
};

struct ll_dictionary {
	pthread_mutex_t lock; /* of everything but stack tables' own contents */
	const struct ll_ledger *ledger;
	sqlite3 *reader; /* opened when something is first asked for; NULL: nothing to load */
	bool is_loaded;
	struct ll_map words, functions, frames, starts, instances;
	uint32_t last_word, last_function, last_frame;
	int64_t last_service, last_instance;
	atomic_uint last_stack;
	struct ll_hash *frame_hashes; /* by frame id */
	size_t frame_hash_capacity;
	struct ll_new_names queue;
	pthread_mutex_t stack_lock; /* of stack_queue */
	struct ll_new_stacks stack_queue;
	/* What the writer has taken; nobody else touches it, or waits while it is stored. */
	struct ll_new_names taken;
	struct ll_new_stacks taken_stacks;
	struct ll_vec tables;       /* of struct ll_stack_table *, one for each service asked for */
	struct ll_map table_places; /* in `tables`, by service */
};

/* --------------------------------------------------------------------- vectors */

static void remember_frame_hash(struct ll_dictionary *dictionary, uint32_t id, struct ll_hash hash)
{
	const size_t before = dictionary->frame_hash_capacity;

	if (id >= before) {
		dictionary->frame_hash_capacity = (size_t)id * 2 + 1024;
		dictionary->frame_hashes =
			ll_realloc(dictionary->frame_hashes, dictionary->frame_hash_capacity,
		                   sizeof *dictionary->frame_hashes);
		memset(dictionary->frame_hashes + before, 0,
		       (dictionary->frame_hash_capacity - before) *
		               sizeof *dictionary->frame_hashes);
	}
	dictionary->frame_hashes[id] = hash;
}

/* ------------------------------------------------------------------ life cycle */

struct ll_dictionary *ll_dictionary_new(const struct ll_ledger *ledger, bool has_rows)
{
	struct ll_dictionary *const dictionary = ll_calloc(1, sizeof *dictionary);

	dictionary->ledger = ledger;
	dictionary->is_loaded = !has_rows;
	(void)pthread_mutex_init(&dictionary->lock, NULL);
	(void)pthread_mutex_init(&dictionary->stack_lock, NULL);
	atomic_init(&dictionary->last_stack, 0);
	return dictionary;
}

static void free_table(struct ll_stack_table *table)
{
	ll_map_done(&table->map);
	(void)pthread_mutex_destroy(&table->lock);
	free(table->known);
	free(table);
}

void ll_dictionary_free(struct ll_dictionary *dictionary)
{
	struct ll_stack_table **tables;

	if (!dictionary)
		return;
	tables = dictionary->tables.items;
	for (size_t i = 0; i < dictionary->tables.count; i++)
		free_table(tables[i]);
	ll_vec_done(&dictionary->tables);
	ll_map_done(&dictionary->table_places);
	ll_map_done(&dictionary->words);
	ll_map_done(&dictionary->functions);
	ll_map_done(&dictionary->frames);
	ll_map_done(&dictionary->starts);
	ll_map_done(&dictionary->instances);
	free(dictionary->frame_hashes);
	ll_new_names_done(&dictionary->queue);
	ll_new_names_done(&dictionary->taken);
	ll_new_stacks_done(&dictionary->stack_queue);
	ll_new_stacks_done(&dictionary->taken_stacks);
	(void)pthread_mutex_destroy(&dictionary->lock);
	(void)pthread_mutex_destroy(&dictionary->stack_lock);
	(void)sqlite3_close_v2(dictionary->reader);
	free(dictionary);
}

/* --------------------------------------------------------------------- loading */

static struct ll_str column_text(sqlite3_stmt *stmt, int column)
{
	const char *const text = (const char *)sqlite3_column_text(stmt, column);

	return ll_str_n(text, text ? (size_t)sqlite3_column_bytes(stmt, column) : 0);
}

/* Hashes of the functions by their numbers; those that are not there are zero. */
struct known_functions {
	struct ll_hash *hashes;
	int64_t last;
};

typedef void load_row(struct ll_dictionary *dictionary, sqlite3_stmt *stmt,
                      const struct known_functions *functions);

static void load_word(struct ll_dictionary *dictionary, sqlite3_stmt *stmt,
                      const struct known_functions *functions)
{
	const uint32_t id = (uint32_t)sqlite3_column_int64(stmt, 0);
	const struct ll_str text = column_text(stmt, 1);

	(void)functions;
	ll_map_set(&dictionary->words, ll_hash_bytes(text.data, text.size), id);
	dictionary->last_word = id > dictionary->last_word ? id : dictionary->last_word;
}

static void load_function(struct ll_dictionary *dictionary, sqlite3_stmt *stmt,
                          const struct known_functions *functions)
{
	const uint32_t id = (uint32_t)sqlite3_column_int64(stmt, 0);

	functions->hashes[id] = ll_function_hash(column_text(stmt, 1), column_text(stmt, 2));
	ll_map_set(&dictionary->functions, functions->hashes[id], id);
	dictionary->last_function = id > dictionary->last_function ? id : dictionary->last_function;
}

static void load_frame(struct ll_dictionary *dictionary, sqlite3_stmt *stmt,
                       const struct known_functions *functions)
{
	const uint32_t id = (uint32_t)sqlite3_column_int64(stmt, 0);
	const int64_t function = sqlite3_column_int64(stmt, 1);
	struct ll_hash hash = {0};

	if (function > 0 && function <= functions->last) {
		hash = ll_frame_hash(functions->hashes[function], sqlite3_column_int64(stmt, 2));
		ll_map_set(&dictionary->frames, hash, id);
	}
	remember_frame_hash(dictionary, id, hash);
	dictionary->last_frame = id > dictionary->last_frame ? id : dictionary->last_frame;
}

static struct ll_hash start_key(uint32_t function, int64_t line)
{
	return ll_frame_hash((struct ll_hash){.low = function, .high = ~(uint64_t)function}, line);
}

static void load_start(struct ll_dictionary *dictionary, sqlite3_stmt *stmt,
                       const struct known_functions *functions)
{
	(void)functions;
	ll_map_set(
		&dictionary->starts,
		start_key((uint32_t)sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1)),
		0);
}

static struct ll_hash instance_key(struct ll_str service, struct ll_str instance, bool is_instance)
{
	const struct ll_hash a = ll_hash_bytes(service.data, service.size);
	const struct ll_hash b = ll_hash_bytes(instance.data, instance.size);

	return (struct ll_hash){.low = a.low + 3 * b.low + is_instance,
	                        .high = a.high ^ (b.high << 1)};
}

static void load_service(struct ll_dictionary *dictionary, sqlite3_stmt *stmt,
                         const struct known_functions *functions)
{
	const int64_t id = sqlite3_column_int64(stmt, 0);

	(void)functions;
	ll_map_set(&dictionary->instances,
	           instance_key(column_text(stmt, 1), ll_str_n(NULL, 0), false), (uint32_t)id);
	dictionary->last_service = id > dictionary->last_service ? id : dictionary->last_service;
}

static void load_instance(struct ll_dictionary *dictionary, sqlite3_stmt *stmt,
                          const struct known_functions *functions)
{
	const int64_t id = sqlite3_column_int64(stmt, 0);

	(void)functions;
	ll_map_set(&dictionary->instances,
	           instance_key(column_text(stmt, 1), column_text(stmt, 2), true), (uint32_t)id);
	dictionary->last_instance = id > dictionary->last_instance ? id : dictionary->last_instance;
}

static int load(struct ll_dictionary *dictionary, const char *sql, load_row *row,
                const struct known_functions *functions, struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	int state, rc = ll_sqlite_prepare(dictionary->reader, sql, &stmt, err);

	if (rc < 0)
		return rc;
	while ((state = sqlite3_step(stmt)) == SQLITE_ROW)
		row(dictionary, stmt, functions);
	return state == SQLITE_DONE ? LL_OK : ll_sqlite_fail(dictionary->reader, err, "dictionary");
}

/* Called with the lock held. */
static int ensure_loaded(struct ll_dictionary *dictionary, struct ll_error *err)
{
	static const struct {
		const char *sql;
		load_row *row;
	} tables[] = {
		{"SELECT word_id, value FROM word", load_word},
		{"SELECT function_id, name, file FROM function", load_function},
		{"SELECT frame_id, function_id, line FROM frame", load_frame},
		{"SELECT function_id, start_line FROM function_start", load_start},
		{"SELECT service_id, name FROM service", load_service},
		{"SELECT instance_id, s.name, i.name FROM instance AS i JOIN service AS s USING (service_id)",
	         load_instance},
	};
	LL_CLEANUP(ll_freep) struct ll_hash *hashes = NULL;
	struct known_functions functions = {.last = 0};
	int64_t last = 0;
	int rc;

	if (dictionary->is_loaded)
		return LL_OK;
	if (!dictionary->reader) {
		rc = ll_ledger_open_reader(dictionary->ledger, &dictionary->reader, err);
		if (rc < 0)
			return rc;
	}
	rc = ll_sqlite_i64(dictionary->reader, "SELECT coalesce(max(stack_id), 0) FROM stack",
	                   &last, err);
	if (rc < 0)
		return rc;
	atomic_store(&dictionary->last_stack, (unsigned)last);
	rc = ll_sqlite_last_id(dictionary->reader, "word", "word_id", &last, err);
	if (rc == LL_OK)
		rc = ll_sqlite_last_id(dictionary->reader, "frame", "frame_id", &last, err);
	if (rc == LL_OK)
		rc = ll_sqlite_last_id(dictionary->reader, "function", "function_id",
		                       &functions.last, err);
	if (rc < 0)
		return rc;
	functions.hashes = hashes = ll_calloc((size_t)functions.last + 1, sizeof *hashes);
	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(tables); i++)
		rc = load(dictionary, tables[i].sql, tables[i].row, &functions, err);
	dictionary->is_loaded = rc == LL_OK;
	return rc;
}

/* ------------------------------------------------------------ texts and frames */

int ll_dictionary_word(struct ll_dictionary *dictionary, struct ll_str text, uint32_t *ret_id,
                       struct ll_error *err)
{
	const struct ll_hash hash = ll_hash_bytes(text.data, text.size);
	uint32_t id;
	int rc;

	*ret_id = 0;
	if (text.size == 0)
		return LL_OK;
	(void)pthread_mutex_lock(&dictionary->lock);
	rc = ensure_loaded(dictionary, err);
	if (rc == LL_OK) {
		id = ll_map_put(&dictionary->words, hash, dictionary->last_word + 1);
		if (id > dictionary->last_word) {
			struct ll_new_word *const word =
				ll_vec_push(&dictionary->queue.words, sizeof *word);

			dictionary->last_word = id;
			*word = (struct ll_new_word){
				.id = id, .text = ll_arena_str(&dictionary->queue.arena, text)};
		}
		*ret_id = id;
	}
	(void)pthread_mutex_unlock(&dictionary->lock);
	return rc;
}

static uint32_t function_id(struct ll_dictionary *dictionary,
                            const struct ll_frame_request *request)
{
	const uint32_t id = ll_map_put(&dictionary->functions, request->function_hash,
	                               dictionary->last_function + 1);

	if (id > dictionary->last_function) {
		struct ll_new_function *const function =
			ll_vec_push(&dictionary->queue.functions, sizeof *function);

		dictionary->last_function = id;
		*function = (struct ll_new_function){
			.id = id,
			.name = ll_arena_str(&dictionary->queue.arena, request->function),
			.file = ll_arena_str(&dictionary->queue.arena, request->file),
		};
	}
	return id;
}

static void note_start(struct ll_dictionary *dictionary, uint32_t function, int64_t line)
{
	const struct ll_hash key = start_key(function, line);
	struct ll_new_pair *start;

	if (line <= 0 || ll_map_find(&dictionary->starts, key) != LL_MAP_NONE)
		return;
	ll_map_set(&dictionary->starts, key, 0);
	start = ll_vec_push(&dictionary->queue.starts, sizeof *start);
	*start = (struct ll_new_pair){.function = function, .line = line};
}

static void resolve_frame(struct ll_dictionary *dictionary, const struct ll_frame_request *request)
{
	const uint32_t id =
		ll_map_put(&dictionary->frames, request->frame_hash, dictionary->last_frame + 1);

	*request->ret_id = id;
	if (id > dictionary->last_frame || request->start_line > 0) {
		const uint32_t function = function_id(dictionary, request);

		note_start(dictionary, function, request->start_line);
		if (id > dictionary->last_frame) {
			struct ll_new_pair *const frame =
				ll_vec_push(&dictionary->queue.frames, sizeof *frame);

			dictionary->last_frame = id;
			remember_frame_hash(dictionary, id, request->frame_hash);
			*frame = (struct ll_new_pair){
				.id = id, .function = function, .line = request->line};
		}
	}
}

int ll_dictionary_frames(struct ll_dictionary *dictionary, const struct ll_frame_request *requests,
                         size_t count, struct ll_error *err)
{
	int rc;

	(void)pthread_mutex_lock(&dictionary->lock);
	rc = ensure_loaded(dictionary, err);
	for (size_t i = 0; rc == LL_OK && i < count; i++)
		resolve_frame(dictionary, &requests[i]);
	(void)pthread_mutex_unlock(&dictionary->lock);
	return rc;
}

int ll_dictionary_instance(struct ll_dictionary *dictionary, struct ll_str service,
                           struct ll_str instance, int64_t *ret_service_id,
                           int64_t *ret_instance_id, struct ll_error *err)
{
	const struct ll_hash service_key = instance_key(service, ll_str_n(NULL, 0), false);
	const struct ll_hash key = instance_key(service, instance, true);
	struct ll_new_instance new_one = {0};
	int rc;

	(void)pthread_mutex_lock(&dictionary->lock);
	rc = ensure_loaded(dictionary, err);
	if (rc == LL_OK) {
		*ret_service_id = ll_map_put(&dictionary->instances, service_key,
		                             (uint32_t)dictionary->last_service + 1);
		*ret_instance_id = ll_map_put(&dictionary->instances, key,
		                              (uint32_t)dictionary->last_instance + 1);
		new_one.service_id = *ret_service_id;
		new_one.instance_id = *ret_instance_id;
		new_one.is_service = *ret_service_id > dictionary->last_service;
		new_one.is_instance = *ret_instance_id > dictionary->last_instance;
		new_one.service = ll_arena_str(&dictionary->queue.arena, service);
		new_one.instance = ll_arena_str(&dictionary->queue.arena, instance);
		if (new_one.is_service)
			dictionary->last_service = *ret_service_id;
		if (new_one.is_instance) {
			dictionary->last_instance = *ret_instance_id;
			*(struct ll_new_instance *)ll_vec_push(&dictionary->queue.instances,
			                                       sizeof new_one) = new_one;
		}
	}
	(void)pthread_mutex_unlock(&dictionary->lock);
	return rc;
}

/* ---------------------------------------------------------------------- stacks */

static void know_stack(struct ll_stack_table *table, uint32_t id, struct ll_hash hash)
{
	if (table->known_count == table->known_capacity) {
		table->known_capacity = table->known_capacity * 2 + 256;
		table->known =
			ll_realloc(table->known, table->known_capacity, sizeof *table->known);
	}
	table->known[table->known_count++] = (struct known_stack){.id = id, .hash = hash};
}

static struct ll_hash hash_of_frames(const struct ll_dictionary *dictionary,
                                     const struct ll_stack_powers *powers, struct ll_str frames)
{
	struct ll_stack_hasher hasher = {0};
	size_t offset = 0;
	uint64_t id;

	while (ll_varint_get(frames, &offset, &id)) {
		if (id <= dictionary->last_frame)
			ll_stack_hash_add(&hasher, powers, dictionary->frame_hashes[id], 1);
	}
	return ll_stack_hash_finish(&hasher);
}

/* Called with the dictionary's lock held. */
static int load_stacks(struct ll_dictionary *dictionary, struct ll_stack_table *table,
                       struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	struct ll_stack_powers powers;
	int state, rc;

	rc = ll_sqlite_prepare(
		dictionary->reader,
		"SELECT stack_id, frames FROM stack WHERE service_id = ?1 ORDER BY 1", &stmt, err);
	if (rc < 0)
		return rc;
	ll_stack_powers_init(&powers);
	(void)sqlite3_bind_int64(stmt, 1, table->service_id);
	while ((state = sqlite3_step(stmt)) == SQLITE_ROW) {
		const uint32_t id = (uint32_t)sqlite3_column_int64(stmt, 0);
		const struct ll_str frames = ll_str_n(sqlite3_column_blob(stmt, 1),
		                                      (size_t)sqlite3_column_bytes(stmt, 1));
		const struct ll_hash hash = hash_of_frames(dictionary, &powers, frames);

		ll_map_set(&table->map, hash, id);
		know_stack(table, id, hash);
	}
	return state == SQLITE_DONE ? LL_OK : ll_sqlite_fail(dictionary->reader, err, "stacks");
}

/* Called with the dictionary's lock held. */
static struct ll_stack_table *add_table(struct ll_dictionary *dictionary, int64_t service_id,
                                        struct ll_hash key)
{
	struct ll_stack_table *const table = ll_calloc(1, sizeof *table);

	table->service_id = service_id;
	(void)pthread_mutex_init(&table->lock, NULL);
	ll_map_set(&dictionary->table_places, key, (uint32_t)dictionary->tables.count);
	*(struct ll_stack_table **)ll_vec_push(&dictionary->tables, sizeof table) = table;
	return table;
}

int ll_dictionary_stacks(struct ll_dictionary *dictionary, int64_t service_id,
                         struct ll_stack_table **ret_table, struct ll_error *err)
{
	const struct ll_hash key = start_key(0, service_id);
	uint32_t place;
	int rc;

	(void)pthread_mutex_lock(&dictionary->lock);
	rc = ensure_loaded(dictionary, err);
	place = ll_map_find(&dictionary->table_places, key);
	if (place != LL_MAP_NONE) {
		*ret_table = ((struct ll_stack_table **)dictionary->tables.items)[place];
	} else if (rc == LL_OK) {
		*ret_table = add_table(dictionary, service_id, key);
		if (dictionary->reader)
			rc = load_stacks(dictionary, *ret_table, err);
	}
	(void)pthread_mutex_unlock(&dictionary->lock);
	return rc;
}

uint32_t ll_stack_find(struct ll_stack_table *table, struct ll_hash hash)
{
	uint32_t id;

	(void)pthread_mutex_lock(&table->lock);
	id = ll_map_find(&table->map, hash);
	(void)pthread_mutex_unlock(&table->lock);
	return id;
}

bool ll_stack_hash_of(struct ll_stack_table *table, uint32_t stack_id, struct ll_hash *ret_hash)
{
	size_t low = 0, high;
	bool is_found = false;

	(void)pthread_mutex_lock(&table->lock);
	high = table->known_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (table->known[middle].id < stack_id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < table->known_count && table->known[low].id == stack_id) {
		*ret_hash = table->known[low].hash;
		is_found = true;
	}
	(void)pthread_mutex_unlock(&table->lock);
	return is_found;
}

/* Frames as varints. Most stacks of a first run are new, so they are not put byte by byte. */
static struct ll_str pack_frames(struct ll_arena *arena, const uint32_t *frames, uint32_t depth)
{
	uint8_t *bytes;
	size_t size = 0, at = 0;

	for (uint32_t i = 0; i < depth; i++)
		size += (size_t)(31 - __builtin_clz(frames[i] | 1)) / 7 + 1;
	bytes = ll_arena_alloc(arena, size);
	for (uint32_t i = 0; i < depth; i++)
		at += ll_varint_put(bytes + at, frames[i]);
	return ll_str_n((const char *)bytes, size);
}

static void queue_stack(struct ll_dictionary *dictionary, const struct ll_stack_table *table,
                        uint32_t id, const uint32_t *frames, uint32_t depth)
{
	struct ll_new_stack *stack;

	(void)pthread_mutex_lock(&dictionary->stack_lock);
	stack = ll_vec_push(&dictionary->stack_queue.stacks, sizeof *stack);
	*stack = (struct ll_new_stack){
		.service_id = table->service_id,
		.id = id,
		.depth = depth,
		.frames = pack_frames(&dictionary->stack_queue.arena, frames, depth),
	};
	(void)pthread_mutex_unlock(&dictionary->stack_lock);
}

uint32_t ll_stack_add(struct ll_dictionary *dictionary, struct ll_stack_table *table,
                      struct ll_hash hash, const uint32_t *frames, uint32_t depth)
{
	uint32_t id;

	(void)pthread_mutex_lock(&table->lock);
	id = ll_map_find(&table->map, hash);
	if (id == LL_MAP_NONE) {
		id = atomic_fetch_add(&dictionary->last_stack, 1) + 1;
		ll_map_set(&table->map, hash, id);
		know_stack(table, id, hash);
		queue_stack(dictionary, table, id, frames, depth);
	}
	(void)pthread_mutex_unlock(&table->lock);
	return id;
}

/* --------------------------------------------------------------------- writing */

/*
 * Changes what is queued for the empty queue that was stored last. Stacks first: whatever they
 * refer to was queued before them, so it is taken too, and stored in the same transaction.
 */
static void take_queues(struct ll_dictionary *dictionary)
{
	const struct ll_new_names stored = dictionary->taken;
	const struct ll_new_stacks stored_stacks = dictionary->taken_stacks;

	(void)pthread_mutex_lock(&dictionary->stack_lock);
	dictionary->taken_stacks = dictionary->stack_queue;
	dictionary->stack_queue = stored_stacks;
	(void)pthread_mutex_unlock(&dictionary->stack_lock);
	(void)pthread_mutex_lock(&dictionary->lock);
	dictionary->taken = dictionary->queue;
	dictionary->queue = stored;
	(void)pthread_mutex_unlock(&dictionary->lock);
}

int ll_dictionary_write(struct ll_dictionary *dictionary, struct ll_inserts *inserts,
                        struct ll_error *err)
{
	int rc;

	take_queues(dictionary);
	rc = ll_new_rows_store(&dictionary->taken, &dictionary->taken_stacks, inserts, err);
	ll_new_names_clear(&dictionary->taken);
	ll_new_stacks_clear(&dictionary->taken_stacks);
	return rc;
}
