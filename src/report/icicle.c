/* SPDX-License-Identifier: Apache-2.0 */
/*
 * icicle.c - see icicle.h.
 *
 * The picture is a function of two captures that the ledger has. It is not part of the model: the
 * template places a slot and the writer of the page fills it (slots.h).
 */
#include "icicle.h"

#include "profile.h"

enum {
	VANISHED_MAX = 12,
};

struct icicle {
	const struct ll_profile *newer, *older; /* `older` NULL: only one capture */
	struct ll_tree *tree;
	enum ll_kind kind;
	int64_t newer_id, older_id; /* captures; older 0: none */
	struct ll_arena arena;
	const char *focus;
};

void ll_icicle_profiles_done(struct ll_icicle_profiles *profiles)
{
	for (size_t i = 0; i < LL_ICICLE_PROFILES; i++)
		ll_profile_free(profiles->known[i].profile);
	*profiles = (struct ll_icicle_profiles){.uses = 0};
}

static void icicle_done(struct icicle *icicle)
{
	ll_tree_free(icicle->tree);
	ll_arena_done(&icicle->arena);
}

/* 1: there are captures; 0: none. */
static int choose(struct icicle *icicle, enum ll_icicle which, const struct ll_figure_of *of,
                  struct ll_error *err)
{
	static const char *const statements[] = {
		[LL_ICICLE_SERVICE] = "sql/reports/service/icicle.sql",
		[LL_ICICLE_FINDING] = "sql/reports/finding/icicle.sql",
	};
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(of->ledger, statements[which], &stmt, err);

	if (rc < 0)
		return rc;
	ll_figure_bind(stmt, of);
	if (of->since_ns != LL_TIME_NONE)
		ll_stmt_bind_i64(stmt, ":since", of->since_ns);
	if (of->until_ns != LL_TIME_NONE)
		ll_stmt_bind_i64(stmt, ":until", of->until_ns);
	rc = ll_stmt_step(stmt, err);
	if (rc <= 0)
		return rc;
	icicle->kind = ll_str_equal(ll_stmt_text(stmt, 0), ll_str("heap")) ? LL_KIND_HEAP
	                                                                   : LL_KIND_GOROUTINE;
	icicle->newer_id = ll_stmt_i64(stmt, 1);
	icicle->older_id = ll_stmt_i64(stmt, 2);
	if (!ll_stmt_is_null(stmt, 3))
		icicle->focus = ll_arena_str(&icicle->arena, ll_stmt_text(stmt, 3)).data;
	return 1;
}

static int load_one(const struct icicle *icicle, struct ll_ledger *ledger, int64_t capture_id,
                    struct ll_profile **ret_profile, struct ll_error *err)
{
	const struct ll_profile_choice choice = {
		.kind = icicle->kind,
		.capture_id = capture_id,
		.since_ns = LL_TIME_NONE,
		.until_ns = LL_TIME_NONE,
		.at_ns = LL_TIME_NONE,
	};
	LL_CLEANUP(ll_profile_freep) struct ll_profile *profile = ll_profile_new();
	const int rc = ll_profile_add_ledger(profile, ledger, &choice, err);

	if (rc == LL_OK)
		*ret_profile = ll_take(&profile);
	return rc;
}

/* From those that are known, or in the place of the one that was not used for longest. */
static int find_one(const struct icicle *icicle, struct ll_ledger *ledger, int64_t capture_id,
                    struct ll_icicle_profiles *profiles, const struct ll_profile **ret_profile,
                    struct ll_error *err)
{
	struct ll_profile *loaded = NULL;
	size_t at = 0, oldest = 0;

	while (at < LL_ICICLE_PROFILES &&
	       (!profiles->known[at].profile || profiles->known[at].capture_id != capture_id)) {
		if (profiles->known[at].used < profiles->known[oldest].used)
			oldest = at;
		at++;
	}
	if (at == LL_ICICLE_PROFILES) {
		const int rc = load_one(icicle, ledger, capture_id, &loaded, err);

		if (rc < 0)
			return rc;
		at = oldest;
		ll_profile_free(profiles->known[at].profile);
		profiles->known[at].profile = loaded;
		profiles->known[at].capture_id = capture_id;
	}
	profiles->known[at].used = ++profiles->uses;
	*ret_profile = profiles->known[at].profile;
	return LL_OK;
}

static int load(struct icicle *icicle, struct ll_ledger *ledger,
                struct ll_icicle_profiles *profiles, struct ll_error *err)
{
	const struct ll_tree_options options = {.focus = icicle->focus};
	int rc = find_one(icicle, ledger, icicle->newer_id, profiles, &icicle->newer, err);

	if (rc == LL_OK && icicle->older_id != 0)
		rc = find_one(icicle, ledger, icicle->older_id, profiles, &icicle->older, err);
	if (rc == LL_OK)
		rc = ll_tree_make(icicle->newer, icicle->older, &options, &icicle->tree, err);
	return rc;
}

/* "Heap profile of cart pod-1 at ..., against that of ..."; and around what it is drawn. */
static struct ll_str note_of(struct icicle *icicle)
{
	const struct ll_str captures =
		ll_profile_describe(icicle->newer, icicle->older, &icicle->arena);

	if (!icicle->focus)
		return captures;
	return ll_str(ll_arena_printf(&icicle->arena, "Only calls through this function. %.*s",
	                              LL_STR_ARG(captures)));
}

static void put_vanished(const struct icicle *icicle, xmlNodePtr element)
{
	const struct ll_tree_name *const names = icicle->tree->names.items;
	struct ll_vec ranked;
	const struct ll_tree_function *items;

	ll_tree_rank(icicle->tree, LL_TREE_VANISHED, &ranked);
	items = ranked.items;
	for (size_t i = 0; i < ranked.count && i < VANISHED_MAX; i++) {
		const xmlNodePtr row = ll_model_element(element, "vanished");
		char text[LL_UNIT_TEXT];

		ll_model_text(row, "name", names[items[i].name].text);
		ll_model_text(row, "older",
		              ll_str(ll_tree_amount(icicle->tree, items[i].older, text)));
	}
	if (ranked.count > VANISHED_MAX)
		ll_model_hidden(element, ranked.count - VANISHED_MAX);
	ll_vec_done(&ranked);
}

static int draw(struct icicle *icicle, struct ll_str title, struct ll_str note,
                const struct ll_icicle_slot *slot, struct ll_error *err)
{
	const struct ll_chart chart = {
		.id = "icicle", .title = title, .description = note, .fit = LL_FIT_ANY};

	ll_buf_clear(slot->picture);
	return ll_tree_draw(icicle->tree, &chart, slot->most_boxes, ll_str(""), ll_str(""),
	                    slot->picture, NULL, err);
}

static int put(struct icicle *icicle, const struct ll_icicle_slot *slot, xmlNodePtr parent,
               struct ll_error *err)
{
	const struct ll_str title = ll_tree_sentence(icicle->tree, &icicle->arena);
	const struct ll_str note = note_of(icicle);
	const xmlNodePtr element = ll_model_element(parent, "icicle");
	const bool has_room = !slot || slot->most_boxes > 0;

	ll_model_text(element, "title", title);
	ll_model_text(element, "note", note);
	ll_model_text(element, "has_room", ll_str(has_room ? "yes" : "no"));
	put_vanished(icicle, element);
	return slot && has_room ? draw(icicle, title, note, slot, err) : LL_OK;
}

int ll_icicle_put(enum ll_icicle which, const struct ll_figure_of *of,
                  const struct ll_icicle_slot *slot, xmlNodePtr parent, struct ll_error *err)
{
	struct icicle icicle LL_CLEANUP(icicle_done) = {.kind = LL_KIND_COUNT};
	struct ll_icicle_profiles own LL_CLEANUP(ll_icicle_profiles_done) = {.uses = 0};
	const struct ll_tree_node *whole;
	int rc = choose(&icicle, which, of, err);

	if (rc <= 0)
		return rc;
	rc = load(&icicle, of->ledger, slot ? slot->profiles : &own, err);
	/* Of a profile too large for a picture, or absurd, the rest of the page still tells. */
	if (rc == LL_E_LIMIT) {
		ll_error_clear(err);
		return LL_OK;
	}
	if (rc < 0)
		return ll_within(err, "icicle");
	/* A picture of nothing says nothing. */
	whole = icicle.tree ? icicle.tree->nodes.items : NULL;
	if (!whole || whole->value <= 0)
		return LL_OK;
	return put(&icicle, slot, parent, err);
}
