/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settled.c - see settled.h.
 *
 * Of a root that was named all is known that the ledger has of it, whether it is still there or
 * not: what the plan found and what the ledger has are both in the order of their paths, and are
 * gone through side by side. Of what was only listed, other files of the same root are nobody's
 * business, and each is asked about alone.
 */
#include "settled.h"

#include "gone.h"
#include "known_files.h"

/* Clocks of file systems tick every few milliseconds, on FAT every two seconds. */
#define SETTLE_NS (3 * LL_NS_PER_S)

/*
 * A file whose size and times are those that are stored with its hash was not written since: the
 * time of the last change of an inode cannot be set back. What changed shortly before it was read
 * could have been changed again within one tick of that clock, so its time is not stored.
 */
static void distrust_young_files(struct ll_plan *plan, int64_t now_ns)
{
	struct ll_unit_file *const files = plan->files.items;

	for (size_t i = 0; i < plan->files.count; i++) {
		if (files[i].changed_ns > now_ns - SETTLE_NS)
			files[i].changed_ns = LL_TIME_NONE;
	}
}

static bool is_as_it_was(const struct ll_unit_file *file, const struct ll_known_file *known)
{
	return known->is_stored && !known->is_stale && !file->reason && file->size == known->size &&
	       file->modified_ns != LL_TIME_NONE && file->modified_ns == known->modified_ns &&
	       file->changed_ns != LL_TIME_NONE && file->changed_ns == known->changed_ns;
}

/* Counts one, or notes that it is to be forgotten: `is_found` by this run. */
static void tally(struct ll_plan *plan, const char *root, const struct ll_known_file *known,
                  bool is_found)
{
	if (known->is_rejected && !known->is_usable && !is_found && ll_is_gone(root, known->path)) {
		*(int64_t *)ll_vec_push(&plan->gone, sizeof(int64_t)) = known->file_id;
		return;
	}
	plan->rejected += known->is_rejected;
	plan->usable += known->is_usable;
}

static void begin_tally(struct ll_plan *plan)
{
	plan->rejected = 0;
	plan->usable = 0;
	plan->gone.count = 0;
}

static bool is_named(const struct ll_plan *plan, struct ll_str root)
{
	return ll_map_find(&plan->root_places, ll_hash_bytes(root.data, root.size)) != LL_MAP_NONE;
}

/* The first of the files, which are in order, that belongs to the root or to a later one. */
static size_t first_of(const struct ll_plan *plan, struct ll_str root)
{
	const struct ll_unit_file *const files = plan->files.items;
	size_t low = 0, high = plan->files.count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (ll_str_compare(files[middle].root, root) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* One pass over what is known. */
struct pass {
	struct ll_plan *plan;
	struct ll_known_files *known;
	bool is_first;    /* the files of the plan are in order, and are to be marked */
	bool is_thorough; /* none is settled: who asks for it reads all of them */
};

/* The file of that path, from *at on, where it is left. */
static struct ll_unit_file *find_next(const struct ll_plan *plan, size_t *at, struct ll_str root,
                                      struct ll_str path)
{
	struct ll_unit_file *const files = plan->files.items;

	for (; *at < plan->files.count && ll_str_equal(files[*at].root, root); ++*at) {
		const int order = ll_str_compare(files[*at].path, path);

		if (order >= 0)
			return order == 0 ? &files[*at] : NULL;
	}
	return NULL;
}

/* `file`: the same one in the plan, when it is known to be there. */
static void take(const struct pass *pass, const char *root, const struct ll_known_file *known,
                 struct ll_unit_file *file)
{
	if (pass->is_first && file)
		file->is_settled = !pass->is_thorough && is_as_it_was(file, known);
	tally(pass->plan, root, known, file != NULL);
}

static int take_root(const struct pass *pass, const char *root, struct ll_error *err)
{
	const struct ll_str name = ll_str(root);
	struct ll_known_file row;
	size_t at = pass->is_first ? first_of(pass->plan, name) : pass->plan->files.count;
	int rc = ll_known_files_ask(pass->known, name, NULL, err);

	while (rc >= 0 && (rc = ll_known_files_next(pass->known, &row, err)) > 0)
		take(pass, root, &row, find_next(pass->plan, &at, name, row.path));
	return rc;
}

static int take_listed(const struct pass *pass, struct ll_unit_file *file, struct ll_error *err)
{
	struct ll_known_file row;
	int rc = ll_known_files_ask(pass->known, file->root, &file->path, err);

	if (rc >= 0)
		rc = ll_known_files_next(pass->known, &row, err);
	if (rc > 0)
		take(pass, file->root.data, &row, file);
	return rc;
}

static int run(struct pass *pass, struct ll_ledger *ledger, const char *version,
               struct ll_error *err)
{
	LL_CLEANUP(ll_known_files_freep) struct ll_known_files *known = NULL;
	const char *const *const roots = pass->plan->roots.items;
	struct ll_unit_file *const files = pass->plan->files.items;
	int rc = ll_known_files_new(ledger, version, &known, err);

	pass->known = known;
	begin_tally(pass->plan);
	for (size_t i = 0; rc >= 0 && i < pass->plan->roots.count; i++)
		rc = take_root(pass, roots[i], err);
	for (size_t i = 0; rc >= 0 && i < pass->plan->files.count; i++) {
		if (!is_named(pass->plan, files[i].root))
			rc = take_listed(pass, &files[i], err);
	}
	return rc < 0 ? rc : LL_OK;
}

int ll_settled_find(struct ll_plan *plan, struct ll_ledger *ledger,
                    const struct ll_ingest_options *options, struct ll_error *err)
{
	struct pass pass = {.plan = plan, .is_first = true, .is_thorough = options->is_thorough};

	distrust_young_files(plan, options->now_ns);
	return run(&pass, ledger, options->version, err);
}

int ll_settled_count(struct ll_plan *plan, struct ll_ledger *ledger, const char *version,
                     struct ll_error *err)
{
	struct pass pass = {.plan = plan};

	return run(&pass, ledger, version, err);
}
