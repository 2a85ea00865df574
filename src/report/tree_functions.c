/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tree_functions.c - a tree by function, and what it says in one sentence.
 *
 * "Owned" is what the judgment means by a call site: the bytes that a line of the program's own
 * code causes, with the library calls below it, belong to the nearest own function above them.
 */
#include "profile.h"

struct walk {
	const struct ll_tree *tree;
	struct ll_tree_function *functions;
	uint32_t *depth; /* how often each function is on the present path */
	uint32_t *first; /* callees of node i begin here; 0: none */
	uint32_t *next;  /* node i's callee to be visited next */
	uint32_t *owner; /* node -> name of the nearest own function, or 0 */
};

/* Callees stand together, in the order of their callers. */
static void find_callees(struct walk *walk)
{
	const struct ll_tree_node *const nodes = walk->tree->nodes.items;

	for (size_t i = walk->tree->nodes.count; i > 1; i--)
		walk->first[nodes[i - 1].parent] = (uint32_t)(i - 1);
	memcpy(walk->next, walk->first, walk->tree->nodes.count * sizeof *walk->next);
}

static void enter(struct walk *walk, uint32_t index)
{
	const struct ll_tree_node *const node =
		(const struct ll_tree_node *)walk->tree->nodes.items + index;
	const struct ll_tree_name *const names = walk->tree->names.items;
	struct ll_tree_function *const function = &walk->functions[node->name];
	const bool is_own = names[node->name].kind == LL_FLAME_OWN;

	if (walk->depth[node->name]++ == 0) {
		function->value += node->value;
		function->older += node->older;
	}
	function->self += node->self;
	function->older_self += node->older_self;
	walk->owner[index] = is_own || index == 0 ? node->name : walk->owner[node->parent];
	walk->functions[walk->owner[index]].owned += node->self;
	walk->functions[walk->owner[index]].older_owned += node->older_self;
}

/* Depth first without recursion: a stack of a dump may be a hundred thousand calls deep. */
static void visit(struct walk *walk)
{
	const struct ll_tree_node *const nodes = walk->tree->nodes.items;
	const size_t count = walk->tree->nodes.count;
	uint32_t at = 0;

	enter(walk, 0);
	for (;;) {
		const uint32_t callee = walk->next[at];

		if (callee != 0 && callee < count && nodes[callee].parent == at) {
			walk->next[at] = callee + 1;
			at = callee;
			enter(walk, at);
			continue;
		}
		walk->depth[nodes[at].name]--;
		if (at == 0)
			return;
		at = nodes[at].parent;
	}
}

void ll_tree_functions(const struct ll_tree *tree, struct ll_vec *ret_functions)
{
	const size_t count = tree->nodes.count;
	struct walk walk = {.tree = tree};

	walk.functions = ll_calloc(tree->names.count, sizeof *walk.functions);
	for (size_t i = 0; i < tree->names.count; i++)
		walk.functions[i].name = (uint32_t)i;
	*ret_functions = (struct ll_vec){walk.functions, tree->names.count, tree->names.count};
	walk.depth = ll_calloc(tree->names.count, sizeof *walk.depth);
	walk.first = ll_calloc(count, sizeof *walk.first);
	walk.next = ll_calloc(count, sizeof *walk.next);
	walk.owner = ll_calloc(count, sizeof *walk.owner);
	find_callees(&walk);
	visit(&walk);
	free(walk.depth);
	free(walk.first);
	free(walk.next);
	free(walk.owner);
}

/* ------------------------------------------------------------------------- rank */

static int64_t size_of(int64_t value)
{
	return value < 0 ? -value : value;
}

static int by_value(const void *a, const void *b)
{
	const struct ll_tree_function *const left = a;
	const struct ll_tree_function *const right = b;

	if (left->value != right->value)
		return left->value > right->value ? -1 : 1;
	return left->name < right->name ? -1 : 1;
}

/* Also the order of what vanished: all of it was the change. */
static int by_change(const void *a, const void *b)
{
	const struct ll_tree_function *const left = a;
	const struct ll_tree_function *const right = b;
	const int64_t left_size = size_of(left->value - left->older);
	const int64_t right_size = size_of(right->value - right->older);

	return left_size != right_size ? (left_size > right_size ? -1 : 1) : by_value(a, b);
}

void ll_tree_rank(const struct ll_tree *tree, enum ll_tree_side side, struct ll_vec *ret_functions)
{
	const struct ll_tree_name *const names = tree->names.items;
	struct ll_tree_function *items;
	size_t kept = 0;

	ll_tree_functions(tree, ret_functions);
	items = ret_functions->items;
	for (size_t i = 1; i < ret_functions->count; i++) {
		const bool is_gone = items[i].value == 0 && items[i].older != 0;
		const bool is_there = items[i].value != 0;

		if (names[items[i].name].kind != LL_FLAME_OTHER &&
		    (side == LL_TREE_VANISHED ? is_gone : is_there))
			items[kept++] = items[i];
	}
	ret_functions->count = kept;
	if (kept > 0)
		qsort(items, kept, sizeof *items, tree->is_difference ? by_change : by_value);
}

const char *ll_tree_amount(const struct ll_tree *tree, int64_t value, char out[LL_UNIT_TEXT])
{
	switch (ll_tree_unit(tree)) {
	case LL_FLAME_BYTES: return ll_format_bytes(value, out);
	case LL_FLAME_NANOSECONDS: return ll_format_duration(value, out);
	case LL_FLAME_COUNT: break;
	}
	return ll_format_count(value, out);
}

/* ---------------------------------------------------------------------- sentence */

static struct ll_str short_name(struct ll_str name)
{
	const size_t slash = ll_str_rindex(name, '/');

	return slash == SIZE_MAX ? name : ll_str_from(name, slash + 1);
}

static int64_t change_of(const struct ll_tree_function *function)
{
	int64_t change = function->owned;

	return ll_i64_add(&change, -function->older_owned) ? change : 0;
}

/* The own function with the most, or the largest change either way; NULL when there is none. */
static const struct ll_tree_function *find_most(const struct ll_tree *tree,
                                                const struct ll_vec *functions)
{
	const struct ll_tree_function *const items = functions->items;
	const struct ll_tree_name *const names = tree->names.items;
	const struct ll_tree_function *most = NULL;
	int64_t largest = 0;

	for (size_t i = 1; i < functions->count; i++) {
		const int64_t change = change_of(&items[i]);
		const int64_t size =
			tree->is_difference ? (change < 0 ? -change : change) : items[i].owned;

		if (names[i].kind == LL_FLAME_OWN && size > largest) {
			largest = size;
			most = &items[i];
		}
	}
	return most;
}

/* What a sample type is called at the start of a sentence, and after an amount of it. */
struct type_words {
	const char *type, *start, *after;
};

static const struct type_words types_said[] = {
	{"alloc_objects", "Objects allocated", "objects allocated"},
	{"alloc_space", "Memory allocated", "allocated"},
	{"contentions", "Waits", "waits"},
	{"cpu", "Processor time", "of processor time"},
	{"delay", "Time spent waiting", "of waiting"},
	{"goroutine", "Goroutines", "goroutines"},
	{"inuse_objects", "Objects in use", "objects in use"},
	{"inuse_space", "Memory in use", "in use"},
	{"samples", "Samples", "samples"},
};

/* NULL: a type of somebody else's, which is said as the profile has it. */
static const struct type_words *words_of(struct ll_str type)
{
	for (size_t i = 0; i < LL_COUNT(types_said); i++) {
		if (ll_str_equal(type, ll_str(types_said[i].type)))
			return &types_said[i];
	}
	return NULL;
}

static struct ll_str say_difference(const struct ll_tree *tree, const struct ll_tree_function *most,
                                    struct ll_arena *arena)
{
	const struct ll_tree_node *const root = tree->nodes.items;
	const struct ll_tree_name *const names = tree->names.items;
	const struct type_words *const words = words_of(tree->type.type);
	const struct ll_str start = words ? ll_str(words->start) : tree->type.type;
	char from[LL_UNIT_TEXT], to[LL_UNIT_TEXT], by[LL_UNIT_TEXT];
	const char *which = "";
	int64_t change;

	(void)ll_tree_amount(tree, root->older, from);
	(void)ll_tree_amount(tree, root->value, to);
	if (!most)
		return ll_str(ll_arena_printf(arena, "%.*s went from %s to %s", LL_STR_ARG(start),
		                              from, to));
	change = change_of(most);
	which = change < 0 ? "lost" : "gained";
	(void)ll_tree_amount(tree, change < 0 ? -change : change, by);
	return ll_str(ll_arena_printf(arena, "%.*s went from %s to %s; %.*s %s %s",
	                              LL_STR_ARG(start), from, to,
	                              LL_STR_ARG(short_name(names[most->name].text)), which, by));
}

static struct ll_str say_share(const struct ll_tree *tree, const struct ll_tree_function *most,
                               struct ll_arena *arena)
{
	const struct ll_tree_node *const root = tree->nodes.items;
	const struct ll_tree_name *const names = tree->names.items;
	const struct type_words *const words = words_of(tree->type.type);
	const struct ll_str after = words ? ll_str(words->after) : tree->type.type;
	const char *const of = words ? "" : "of ";
	char total[LL_UNIT_TEXT], share[LL_UNIT_TEXT];

	(void)ll_tree_amount(tree, root->value, total);
	if (!most || root->value <= 0)
		return ll_str(ll_arena_printf(arena, "%s %s%.*s", total, of, LL_STR_ARG(after)));
	(void)ll_format_real((double)most->owned * 100 / (double)root->value, 0, share);
	return ll_str(ll_arena_printf(arena, "%.*s has %s %% of %s %s%.*s",
	                              LL_STR_ARG(short_name(names[most->name].text)), share, total,
	                              of, LL_STR_ARG(after)));
}

struct ll_str ll_tree_sentence(const struct ll_tree *tree, struct ll_arena *arena)
{
	struct ll_vec functions;
	const struct ll_tree_function *most;
	struct ll_str sentence;

	ll_tree_functions(tree, &functions);
	most = find_most(tree, &functions);
	sentence = tree->is_difference ? say_difference(tree, most, arena)
	                               : say_share(tree, most, arena);
	ll_vec_done(&functions);
	return sentence;
}
