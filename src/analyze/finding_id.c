/* SPDX-License-Identifier: Apache-2.0 */
/*
 * finding_id.c - which finding a candidate is.
 *
 * A finding's id is a hash of what does not change when code is edited elsewhere or built somewhere
 * else: its kind, or which trait of a service it is about; the service; the family of its function
 * (ll_frame_family). Several in one function are told apart by a number.
 *
 *   1  A candidate at a place that a finding of before is about is that finding, whatever its
 *      number (sql/judge/known_sites.sql; places that moved are one, <leakledger/moves.h>).
 *   2  The others are numbered in the order of their lines, without the ids that are taken: by
 *      rule 1, or by a finding of before that is about another place. A new leak in the function
 *      of one that was repaired is not that one.
 */
#include "judge.h"

enum {
	ID_SIZE = 12, /* hex digits */
};

/* A finding of before, and the site that it is about now. */
struct claim {
	struct ll_str id;
	int64_t site_id;
};

static struct ll_str identity(struct ll_arena *arena, const struct ll_judgment *judgment,
                              const struct ll_candidate *candidate)
{
	const struct ll_place *const place = candidate->places.items;
	const struct ll_str topic = place->kind == LL_SUBJECT_SERVICE
	                                    ? place->topic
	                                    : ll_str(ll_subject_kind_name(place->kind));

	return ll_str(ll_arena_printf(arena, "%.*s\n%s\n%.*s", LL_STR_ARG(topic), judgment->service,
	                              LL_STR_ARG(ll_frame_family(place->function, arena))));
}

static struct ll_str numbered_id(struct ll_arena *arena, struct ll_str identity, size_t number)
{
	const char *const full = ll_arena_printf(arena, "%.*s\n%zu", LL_STR_ARG(identity), number);
	char hex[33];

	(void)ll_hash_to_hex(ll_hash_bytes(full, strlen(full)), hex);
	return ll_arena_str(arena, ll_str_n(hex, ID_SIZE));
}

/* How many candidates of the same function come before this one, in the order of their lines. */
static size_t ordinal_of(const struct ll_candidates *candidates, const struct ll_str *identities,
                         size_t index)
{
	const struct ll_candidate *const items = candidates->items.items;
	const struct ll_place *const place = items[index].places.items;
	size_t before = 0;

	for (size_t i = 0; i < candidates->items.count; i++) {
		const struct ll_place *const other = items[i].places.items;

		if (i == index || !ll_str_equal(identities[i], identities[index]))
			continue;
		before += other->line < place->line || (other->line == place->line && i < index);
	}
	return before;
}

static int load_claims(struct ll_candidates *candidates, const struct ll_judgment *judgment,
                       struct ll_vec *claims, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(judgment->ledger, "sql/judge/known_sites.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", judgment->service_id);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		const struct claim *const last = ll_vec_last(claims, sizeof *last);
		struct claim *claim;

		/* The surest of each finding comes first. */
		if (last && ll_str_equal(last->id, ll_stmt_text(stmt, 0)))
			continue;
		claim = ll_vec_push(claims, sizeof *claim);
		claim->id = ll_arena_str(&candidates->arena, ll_stmt_text(stmt, 0));
		claim->site_id = ll_stmt_i64(stmt, 1);
	}
	return rc;
}

static bool is_taken(const struct ll_str *ids, size_t count, struct ll_str id)
{
	for (size_t i = 0; i < count; i++) {
		if (ids[i].size > 0 && ll_str_equal(ids[i], id))
			return true;
	}
	return false;
}

static bool is_claimed(const struct ll_vec *claims, struct ll_str id)
{
	const struct claim *const items = claims->items;

	for (size_t i = 0; i < claims->count; i++) {
		if (ll_str_equal(items[i].id, id))
			return true;
	}
	return false;
}

/*
 * Rule 1. A place can have a finding of its memory and one of its goroutines: only an id that the
 * candidate's own identity and some number make is its own, which keeps kinds apart.
 */
static struct ll_str claimed_id(struct ll_candidates *candidates, const struct ll_vec *claims,
                                struct ll_str identity, int64_t site_id)
{
	const struct claim *const items = claims->items;

	for (size_t i = 0; i < claims->count; i++) {
		if (items[i].site_id != site_id)
			continue;
		for (size_t number = 0; number <= claims->count + candidates->items.count;
		     number++) {
			if (ll_str_equal(items[i].id,
			                 numbered_id(&candidates->arena, identity, number)))
				return items[i].id;
		}
	}
	return ll_str_n(NULL, 0);
}

int ll_candidates_ids(struct ll_candidates *candidates, const struct ll_judgment *judgment,
                      struct ll_str *ret_ids, struct ll_error *err)
{
	const struct ll_candidate *const items = candidates->items.items;
	const size_t count = candidates->items.count;
	struct ll_str *const identities =
		ll_arena_calloc(&candidates->arena, count + 1, sizeof *identities);
	struct ll_vec claims = LL_VEC_INIT;
	const int rc = load_claims(candidates, judgment, &claims, err);

	for (size_t i = 0; i < count; i++) {
		const struct ll_place *const place = items[i].places.items;

		identities[i] = identity(&candidates->arena, judgment, &items[i]);
		ret_ids[i] = ll_str_n(NULL, 0);
		if (place->kind != LL_SUBJECT_SERVICE)
			ret_ids[i] = claimed_id(candidates, &claims, identities[i], place->site_id);
	}
	for (size_t i = 0; i < count; i++) {
		size_t number = ordinal_of(candidates, identities, i);
		struct ll_str id = ret_ids[i];

		while (ret_ids[i].size == 0) {
			id = numbered_id(&candidates->arena, identities[i], number++);
			if (!is_taken(ret_ids, count, id) && !is_claimed(&claims, id))
				ret_ids[i] = id;
		}
	}
	ll_vec_done(&claims);
	return rc;
}
