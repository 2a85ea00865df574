/* SPDX-License-Identifier: Apache-2.0 */
/*
 * redact_names.c - pseudonyms of names; see redact.h of the contracts.
 *
 *   1. A pseudonym depends on the text and the key alone, not on what the text names: a pod in a
 *      kernel's line and the instance of that name stay one.
 *   2. Services come first: "checkout-api-7d9f5" is named after "checkout-api", because views find
 *      the pods of a service by that.
 *   3. Pseudonyms of single names have at most 15 bytes, which is what a kernel keeps of a
 *      process's name; a longer name is also met by its first 15.
 *   4. 40 bits tell ten thousand names apart with a chance of one in twenty thousand that two meet.
 */
#include "redact.h"

const char *const ll_redact_levels[] = {"none", "paths", "names", NULL};

enum ll_redact_level ll_redact_level(const char *name)
{
	for (int i = 0; name && ll_redact_levels[i]; i++) {
		if (strcmp(ll_redact_levels[i], name) == 0)
			return (enum ll_redact_level)i;
	}
	return LL_REDACT_NONE;
}

struct ll_redactor *ll_redactor_new(enum ll_redact_level level, struct ll_str key)
{
	struct ll_redactor *const redactor = ll_calloc(1, sizeof *redactor);

	redactor->level = level;
	ll_sha256(key, redactor->key);
	return redactor;
}

void ll_redactor_free(struct ll_redactor *redactor)
{
	if (!redactor)
		return;
	ll_arena_done(&redactor->arena);
	ll_map_done(&redactor->map);
	ll_map_done(&redactor->back);
	ll_vec_done(&redactor->met);
	ll_vec_done(&redactor->order);
	free(redactor);
}

void ll_redactor_freep(struct ll_redactor **redactor)
{
	ll_redactor_free(ll_take(redactor));
}

enum ll_redact_level ll_redactor_level(const struct ll_redactor *redactor)
{
	return redactor->level;
}

/* ----------------------------------------------------------------------- hashes */

/* HMAC of RFC 2104 over SHA-256; the key has 32 of the block's 64 bytes. */
static void keyed_hash(const uint8_t key[LL_SHA256_SIZE], struct ll_str first, struct ll_str second,
                       uint8_t out[LL_SHA256_SIZE])
{
	enum { BLOCK = 64 };
	char pad[BLOCK];
	struct ll_buf message;

	ll_buf_init(&message, LL_BUF_PAGE);
	for (size_t i = 0; i < BLOCK; i++)
		pad[i] = (char)((i < LL_SHA256_SIZE ? key[i] : 0) ^ 0x36);
	ll_buf_put(&message, pad, BLOCK);
	ll_buf_put_str(&message, first);
	ll_buf_putc(&message, '\0');
	ll_buf_put_str(&message, second);
	ll_sha256(ll_buf_str(&message), out);
	ll_buf_clear(&message);
	for (size_t i = 0; i < BLOCK; i++)
		pad[i] = (char)((i < LL_SHA256_SIZE ? key[i] : 0) ^ 0x5c);
	ll_buf_put(&message, pad, BLOCK);
	ll_buf_put(&message, out, LL_SHA256_SIZE);
	ll_sha256(ll_buf_str(&message), out);
	ll_buf_done(&message);
}

void ll_redact_hash(const struct ll_redactor *redactor, const char *what, struct ll_str text,
                    size_t characters, struct ll_buf *out)
{
	/* Without those that are easily taken for others. */
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	uint8_t hash[LL_SHA256_SIZE];

	keyed_hash(redactor->key, ll_str(what), text, hash);
	for (size_t i = 0; i < characters && i < LL_SHA256_SIZE; i++)
		ll_buf_putc(out, letters[hash[i] & 31]);
}

struct ll_hash ll_redactor_mark(const struct ll_redactor *redactor)
{
	uint8_t hash[LL_SHA256_SIZE];

	keyed_hash(redactor->key, ll_str("mark"), ll_str(ll_redact_levels[redactor->level]), hash);
	return ll_hash_from_bytes(hash);
}

/* ------------------------------------------------------------------ what was met */

const struct ll_redacted *ll_redact_find(const struct ll_redactor *redactor, struct ll_str text)
{
	const uint32_t at = ll_map_find(&redactor->map, ll_hash_bytes(text.data, text.size));

	return at == LL_MAP_NONE ? NULL : (const struct ll_redacted *)redactor->met.items + at;
}

static struct ll_redacted *meet(struct ll_redactor *redactor, struct ll_str text,
                                struct ll_str pseudonym)
{
	const uint32_t fresh = (uint32_t)redactor->met.count;
	const uint32_t at = ll_map_put(&redactor->map, ll_hash_bytes(text.data, text.size), fresh);
	struct ll_redacted *pair;

	if (at != fresh)
		return (struct ll_redacted *)redactor->met.items + at;
	pair = ll_vec_push(&redactor->met, sizeof *pair);
	pair->text = ll_arena_str(&redactor->arena, text);
	pair->pseudonym = ll_arena_str(&redactor->arena, pseudonym);
	(void)ll_map_put(&redactor->back, ll_hash_bytes(pseudonym.data, pseudonym.size), fresh);
	return pair;
}

struct ll_str ll_redact_meet(struct ll_redactor *redactor, struct ll_str text,
                             struct ll_str pseudonym)
{
	return text.size == 0 ? text : meet(redactor, text, pseudonym)->pseudonym;
}

struct ll_str ll_redact_take(struct ll_redactor *redactor, struct ll_buf *text)
{
	const struct ll_str kept = ll_arena_str(&redactor->arena, ll_buf_str(text));

	ll_buf_done(text);
	return kept;
}

struct ll_str ll_redact_original(const struct ll_redactor *redactor, struct ll_str pseudonym)
{
	const uint32_t at =
		ll_map_find(&redactor->back, ll_hash_bytes(pseudonym.data, pseudonym.size));

	return at == LL_MAP_NONE ? pseudonym
	                         : ((const struct ll_redacted *)redactor->met.items)[at].text;
}

struct ll_str ll_redact_known(const struct ll_redactor *redactor, struct ll_str text)
{
	const struct ll_redacted *const pair = ll_redact_find(redactor, text);

	return pair ? pair->pseudonym : text;
}

bool ll_redactor_service(const struct ll_redactor *redactor, size_t *index, struct ll_str *ret_name,
                         struct ll_str *ret_pseudonym)
{
	const struct ll_redacted *const met = redactor->met.items;

	while (*index < redactor->met.count) {
		const struct ll_redacted *const pair = &met[(*index)++];

		if (!pair->is_service)
			continue;
		*ret_name = pair->text;
		*ret_pseudonym = pair->pseudonym;
		return true;
	}
	return false;
}

/* ------------------------------------------------------------------------ names */

/* "name-k3f9q2mz", of whatever `prefix` says that it is. */
static struct ll_str pseudonym_of(struct ll_redactor *redactor, const char *prefix,
                                  struct ll_str text)
{
	struct ll_buf out;

	ll_buf_init(&out, LL_BUF_MESSAGE);
	ll_buf_puts(&out, prefix);
	ll_redact_hash(redactor, "name", text, LL_REDACT_LONG, &out);
	return ll_redact_take(redactor, &out);
}

static struct ll_str redact_single(struct ll_redactor *redactor, const char *prefix,
                                   struct ll_str text)
{
	const struct ll_redacted *const known = ll_redact_find(redactor, text);
	struct ll_str pseudonym;

	if (text.size == 0)
		return text;
	if (known)
		return known->pseudonym;
	pseudonym = ll_redact_meet(redactor, text, pseudonym_of(redactor, prefix, text));
	if (text.size > LL_REDACT_COMM) /* rule 3 */
		(void)ll_redact_meet(redactor, ll_str_first(text, LL_REDACT_COMM), pseudonym);
	return pseudonym;
}

struct ll_str ll_redact_service(struct ll_redactor *redactor, struct ll_str name)
{
	struct ll_str pseudonym;

	if (redactor->level < LL_REDACT_NAMES || name.size == 0)
		return name;
	pseudonym = redact_single(redactor, "svc-", name);
	meet(redactor, name, pseudonym)->is_service = true;
	return pseudonym;
}

struct ll_str ll_redact_build(struct ll_redactor *redactor, struct ll_str name)
{
	return redactor->level < LL_REDACT_NAMES ? name : redact_single(redactor, "build-", name);
}

/* The longest service after which a name is named; empty when there is none (rule 2). */
static struct ll_str service_before(const struct ll_redactor *redactor, struct ll_str name)
{
	for (size_t size = name.size; size > 0; size--) {
		const struct ll_redacted *pair;

		if (name.data[size - 1] != '-')
			continue;
		pair = ll_redact_find(redactor, ll_str_first(name, size - 1));
		if (pair && pair->is_service)
			return pair->pseudonym;
	}
	return ll_str_n(NULL, 0);
}

struct ll_str ll_redact_name(struct ll_redactor *redactor, struct ll_str name)
{
	struct ll_str service;
	struct ll_buf out;

	if (redactor->level < LL_REDACT_NAMES || ll_redact_find(redactor, name))
		return ll_redact_known(redactor, name);
	service = service_before(redactor, name);
	if (service.size == 0)
		return redact_single(redactor, "name-", name);
	ll_buf_init(&out, LL_BUF_MESSAGE);
	ll_buf_printf(&out, "%.*s-", LL_STR_ARG(service));
	ll_redact_hash(redactor, "name", name, LL_REDACT_LONG, &out);
	return ll_redact_meet(redactor, name, ll_redact_take(redactor, &out));
}

struct ll_str ll_redact_host(struct ll_redactor *redactor, struct ll_str name)
{
	if (redactor->level >= LL_REDACT_NAMES)
		return ll_redact_name(redactor, name);
	return redact_single(redactor, "host-", name);
}

struct ll_str ll_redact_id(struct ll_redactor *redactor, struct ll_str id)
{
	static const char digits[] = "0123456789abcdef";
	uint8_t hash[LL_SHA256_SIZE];
	struct ll_buf out;

	if (redactor->level < LL_REDACT_NAMES || id.size == 0)
		return id;
	keyed_hash(redactor->key, ll_str("id"), id, hash);
	ll_buf_init(&out, LL_BUF_MESSAGE);
	for (size_t i = 0; i < id.size && i < sizeof hash; i++)
		ll_buf_putc(&out, digits[hash[i] & 15]);
	return ll_redact_take(redactor, &out);
}

/* ------------------------------------------------------------------------ paths */

struct ll_str ll_redact_base(struct ll_str path)
{
	for (size_t i = path.size; i > 0; i--) {
		if (path.data[i - 1] == '/' || path.data[i - 1] == '\\')
			return ll_str_from(path, i);
	}
	return path;
}

/* "-1795223187.pb.gz" of "heap-prod-1795223187.pb.gz": a time and what the file is are no names. */
static struct ll_str known_ending(struct ll_str name)
{
	static const char *const endings[] = {".pb.gz", ".pb",  ".gz",  ".txt", ".log",    ".json",
	                                      ".prom",  ".csv", ".tar", ".zip", ".tar.gz", ".zst"};
	struct ll_str longest = ll_str_n(NULL, 0);

	for (size_t i = 0; i < LL_COUNT(endings); i++) {
		const size_t size = strlen(endings[i]);

		if (ll_str_ends(name, endings[i]) && size > longest.size && size < name.size)
			longest = ll_str_from(name, name.size - size);
	}
	return longest;
}

static void put_path_part(struct ll_redactor *redactor, struct ll_str part, struct ll_buf *out)
{
	const struct ll_redacted *const known = ll_redact_find(redactor, part);
	const struct ll_str ending = known_ending(part);

	if (part.size == 0 || ll_str_equal(part, ll_str(".")) || ll_str_equal(part, ll_str("-"))) {
		ll_buf_put_str(out, part);
	} else if (known) {
		ll_buf_put_str(out, known->pseudonym);
	} else if (ending.size > 0) {
		ll_buf_puts(out, "file-");
		ll_redact_hash(redactor, "path", part, LL_REDACT_LONG, out);
		ll_buf_put_str(out, ending);
	} else {
		ll_buf_put_str(out, ll_redact_name(redactor, part));
	}
}

struct ll_str ll_redact_path(struct ll_redactor *redactor, struct ll_str path)
{
	struct ll_buf out;
	size_t from = 0;

	if (path.size > 0 && path.data[0] == '/')
		path = ll_redact_base(path);
	if (redactor->level < LL_REDACT_NAMES || path.size == 0)
		return path;
	ll_buf_init(&out, LL_BUF_PAGE);
	for (size_t i = 0; i <= path.size; i++) {
		if (i < path.size && path.data[i] != '/' && path.data[i] != '!')
			continue;
		put_path_part(redactor, ll_str_n(path.data + from, i - from), &out);
		if (i < path.size)
			ll_buf_putc(&out, path.data[i]);
		from = i + 1;
	}
	return ll_redact_meet(redactor, path, ll_redact_take(redactor, &out));
}
