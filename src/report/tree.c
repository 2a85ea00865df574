/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tree.c - samples become a tree of calls.
 *
 * Functions are met by their normalized names, so that a build that moves lines or changes type
 * arguments leaves the tree comparable. Above the frames may stand, in this order: the value of a
 * label, and what a goroutine waits for. Nodes are numbered anew at the end: callers before
 * callees, siblings by size and then by name, so the order of arrival leaves no trace.
 */
#include "stack_filter.h"

#include <leakledger/json.h>

enum {
	NODES_MAX = 8 * 1024 * 1024,
	TONES = 3,
};

struct building {
	const struct ll_tree_options *options;
	struct ll_tree *tree;
	struct ll_map names, children;
	struct ll_stack_filter filter; /* of the profile being added */
	uint32_t *function_names;      /* numbers in the tree's names */
	int64_t size;                  /* sum of all values without their signs */
};

/* ------------------------------------------------------------------------- names */

static enum ll_flame_kind kind_of(enum ll_owner owner)
{
	switch (owner) {
	case LL_OWNER_OWN: return LL_FLAME_OWN;
	case LL_OWNER_RUNTIME: return LL_FLAME_RUNTIME;
	case LL_OWNER_STANDARD: return LL_FLAME_STANDARD;
	case LL_OWNER_LIBRARY:
	case LL_OWNER_UNKNOWN: break;
	}
	return LL_FLAME_LIBRARY;
}

static uint32_t put_name(struct building *building, struct ll_str text, enum ll_flame_kind kind)
{
	const int64_t number = kind;
	const struct ll_hash key = ll_profile_hash(&text, 1, &number, 1);
	const uint32_t fresh = (uint32_t)building->tree->names.count;
	const uint32_t known = ll_map_put(&building->names, key, fresh);
	const struct ll_str package = ll_frame_package(text);
	struct ll_tree_name *name;

	if (known != fresh)
		return known;
	name = ll_vec_push(&building->tree->names, sizeof *name);
	*name = (struct ll_tree_name){
		.text = ll_arena_str(&building->tree->arena, text),
		.kind = kind,
		.tone = (unsigned)(ll_hash_bytes(package.data, package.size).low % TONES),
	};
	return known;
}

static void name_functions(struct building *building, const struct ll_profile *profile)
{
	const struct ll_profile_function *const functions = profile->functions.items;

	building->function_names =
		ll_calloc(profile->functions.count + 1, sizeof *building->function_names);
	for (size_t i = 0; i < profile->functions.count; i++) {
		const struct ll_str name = functions[i].normalized;

		building->function_names[i] =
			put_name(building, name.size > 0 ? name : ll_str("(no symbol)"),
		                 kind_of(functions[i].owner));
	}
}

/* ------------------------------------------------------------------------- nodes */

static int step_down(struct building *building, uint32_t name, uint32_t *node, struct ll_error *err)
{
	const int64_t numbers[] = {*node, name};
	const struct ll_hash key = ll_hash_bytes(numbers, sizeof numbers);
	struct ll_vec *const nodes = &building->tree->nodes;
	const uint32_t fresh = (uint32_t)nodes->count;
	const uint32_t known = ll_map_put(&building->children, key, fresh);

	if (known == fresh) {
		if (fresh == NODES_MAX)
			return ll_fail(err, LL_E_LIMIT, "more than %d different calls", NODES_MAX);
		*(struct ll_tree_node *)ll_vec_push(nodes, sizeof(struct ll_tree_node)) =
			(struct ll_tree_node){.parent = *node, .name = name};
	}
	*node = known;
	return LL_OK;
}

/* The text of a label, or what says that there is none. */
static uint32_t name_label(struct building *building, struct ll_str labels)
{
	const char *const wanted = building->options->tag_root;
	struct ll_json json;
	struct ll_json_token token;
	struct ll_buf key, text;
	uint32_t name;

	ll_buf_init(&key, LL_BUF_MESSAGE);
	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_json_init(&json, labels);
	while ((token = ll_json_next(&json)).kind != LL_JSON_END && token.kind != LL_JSON_BAD) {
		if (token.kind != LL_JSON_KEY)
			continue;
		ll_buf_clear(&key);
		ll_json_unescape(token.text, &key);
		if (text.size > 0 || !ll_str_equal(ll_buf_str(&key), ll_str(wanted)))
			continue;
		token = ll_json_next(&json);
		ll_buf_printf(&text, "%s: ", wanted);
		if (token.kind == LL_JSON_STRING)
			ll_json_unescape(token.text, &text);
		else if (token.kind == LL_JSON_NUMBER)
			ll_buf_put_str(&text, token.text);
	}
	if (text.size == 0)
		ll_buf_printf(&text, "(no %s)", wanted);
	name = put_name(building, ll_buf_str(&text), LL_FLAME_OTHER);
	ll_buf_done(&text);
	ll_buf_done(&key);
	return name;
}

/* "[chan receive]": brackets, as dumps have them, tell it from a function. */
static uint32_t name_state(struct building *building, struct ll_str state)
{
	struct ll_buf text;
	uint32_t name;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_buf_printf(&text, "[%.*s]", LL_STR_ARG(ll_str_first(state, 1024)));
	name = put_name(building, ll_buf_str(&text), LL_FLAME_OTHER);
	ll_buf_done(&text);
	return name;
}

static int walk_stack(struct building *building, const struct ll_profile *profile,
                      const struct ll_profile_sample *sample, uint32_t *ret_node,
                      struct ll_error *err)
{
	const uint32_t *const stack = (const uint32_t *)profile->stacks.items + sample->first;
	const struct ll_profile_frame *const frames = profile->frames.items;
	size_t shown = 0;
	int rc = LL_OK;

	*ret_node = 0;
	if (building->options->tag_root)
		rc = step_down(building, name_label(building, sample->labels), ret_node, err);
	if (rc == LL_OK && sample->state.size > 0)
		rc = step_down(building, name_state(building, sample->state), ret_node, err);
	for (size_t i = sample->count; rc == LL_OK && i > 0; i--) {
		const uint32_t function = frames[stack[i - 1]].function;

		if (ll_stack_filter_hides(&building->filter, function))
			continue;
		rc = step_down(building, building->function_names[function], ret_node, err);
		shown++;
	}
	if (rc == LL_OK && shown == 0)
		rc = step_down(building,
		               put_name(building,
		                        ll_str(sample->count > 0 ? "(other code)" : "(no stack)"),
		                        LL_FLAME_OTHER),
		               ret_node, err);
	return rc;
}

static int add_sample(struct building *building, const struct ll_profile *profile, size_t index,
                      int64_t value, bool is_older, struct ll_error *err)
{
	const struct ll_profile_sample *const sample =
		(const struct ll_profile_sample *)profile->samples.items + index;
	struct ll_tree_node *nodes;
	uint32_t node;
	int rc;

	if (value == 0)
		return LL_OK;
	if (!ll_stack_filter_wants(&building->filter, sample)) {
		building->tree->passed_over++;
		return LL_OK;
	}
	if (value == INT64_MIN || !ll_i64_add(&building->size, value < 0 ? -value : value))
		return ll_fail(err, LL_E_LIMIT, "the total does not fit 63 bits");
	rc = walk_stack(building, profile, sample, &node, err);
	if (rc < 0)
		return rc;
	nodes = building->tree->nodes.items;
	*(is_older ? &nodes[node].older_self : &nodes[node].self) += value;
	for (;; node = nodes[node].parent) {
		*(is_older ? &nodes[node].older : &nodes[node].value) += value;
		if (node == 0)
			return LL_OK;
	}
}

static int add_profile(struct building *building, const struct ll_profile *profile, bool is_older,
                       struct ll_error *err)
{
	const char *const name = building->tree->type.type.data;
	const int64_t *const values = profile->values.items;
	size_t type;
	int rc = ll_profile_type(profile, name, &type, err);

	if (rc < 0)
		return rc;
	name_functions(building, profile);
	ll_stack_filter_init(&building->filter, profile, building->options);
	for (size_t i = 0; rc == LL_OK && i < profile->samples.count; i++)
		rc = add_sample(building, profile, i, values[i * profile->type_count + type],
		                is_older, err);
	ll_stack_filter_done(&building->filter);
	free(building->function_names);
	return rc;
}

/* ------------------------------------------------------------------------- order */

struct item {
	uint32_t node, parent;
	int64_t size, older;
	struct ll_str name;
};

static int by_parent_and_size(const void *a, const void *b)
{
	const struct item *const left = a;
	const struct item *const right = b;

	if (left->parent != right->parent)
		return left->parent < right->parent ? -1 : 1;
	if (left->size != right->size)
		return left->size > right->size ? -1 : 1;
	if (left->older != right->older)
		return left->older > right->older ? -1 : 1;
	return ll_str_compare(left->name, right->name);
}

/* Numbers the nodes level by level along their callers: first[i] is where i's callees begin. */
static void put_in_order(struct ll_tree *tree)
{
	const size_t count = tree->nodes.count;
	const struct ll_tree_node *const nodes = tree->nodes.items;
	const struct ll_tree_name *const names = tree->names.items;
	struct item *const items = ll_calloc(count, sizeof *items);
	uint32_t *const first = ll_calloc(count + 1, sizeof *first);
	struct ll_vec ordered = LL_VEC_INIT;
	uint32_t *const old_of = ll_calloc(count, sizeof *old_of);

	for (size_t i = 1; i < count; i++)
		items[i] = (struct item){(uint32_t)i, nodes[i].parent, nodes[i].value,
		                         nodes[i].older, names[nodes[i].name].text};
	qsort(items + 1, count - 1, sizeof *items, by_parent_and_size);
	for (size_t i = count; i > 1; i--)
		first[items[i - 1].parent] = (uint32_t)(i - 1);
	ll_vec_reserve(&ordered, count, sizeof *nodes);
	*(struct ll_tree_node *)ll_vec_push(&ordered, sizeof *nodes) = nodes[0];
	for (size_t i = 0; i < ordered.count; i++) {
		for (size_t k = first[old_of[i]];
		     k > 0 && k < count && items[k].parent == old_of[i]; k++) {
			struct ll_tree_node *const node = ll_vec_push(&ordered, sizeof *node);

			*node = nodes[items[k].node];
			node->parent = (uint32_t)i;
			old_of[ordered.count - 1] = items[k].node;
		}
	}
	ll_vec_done(&tree->nodes);
	tree->nodes = ordered;
	free(old_of);
	free(first);
	free(items);
}

struct named {
	struct ll_tree_name name;
	uint32_t number;
};

static int by_text(const void *a, const void *b)
{
	const struct named *const left = a;
	const struct named *const right = b;
	const int order = ll_str_compare(left->name.text, right->name.text);

	return order != 0 ? order : (int)left->name.kind - (int)right->name.kind;
}

/* Only names that nodes have, in the order of the alphabet; that of the whole stays the first. */
static void sort_names(struct ll_tree *tree)
{
	struct ll_tree_node *const nodes = tree->nodes.items;
	const struct ll_tree_name *const names = tree->names.items;
	struct named *const used = ll_calloc(tree->names.count, sizeof *used);
	uint32_t *const number_of = ll_calloc(tree->names.count, sizeof *number_of);
	struct ll_vec sorted = LL_VEC_INIT;
	size_t count = 1;

	for (size_t i = 0; i < tree->nodes.count; i++)
		number_of[nodes[i].name] = 1;
	used[0].name = names[0];
	for (size_t i = 1; i < tree->names.count; i++) {
		if (number_of[i] != 0)
			used[count++] = (struct named){names[i], (uint32_t)i};
	}
	qsort(used + 1, count - 1, sizeof *used, by_text);
	for (size_t i = 0; i < count; i++) {
		*(struct ll_tree_name *)ll_vec_push(&sorted, sizeof *names) = used[i].name;
		number_of[used[i].number] = (uint32_t)i;
	}
	for (size_t i = 0; i < tree->nodes.count; i++)
		nodes[i].name = number_of[nodes[i].name];
	ll_vec_done(&tree->names);
	tree->names = sorted;
	free(number_of);
	free(used);
}

/* ------------------------------------------------------------------------ public */

static int fill(struct building *building, const struct ll_profile *newer,
                const struct ll_profile *older, struct ll_error *err)
{
	struct ll_tree *const tree = building->tree;
	size_t type;
	int rc = ll_profile_type(newer, building->options->sample_type, &type, err);

	if (rc < 0)
		return rc;
	tree->kind = newer->kind;
	tree->type = (struct ll_value_type){
		.type = ll_arena_str(&tree->arena, newer->types[type].type),
		.unit = ll_arena_str(&tree->arena, newer->types[type].unit),
	};
	tree->is_difference = older != NULL;
	(void)ll_vec_push(&tree->nodes, sizeof(struct ll_tree_node));
	(void)put_name(building, ll_str("all"), LL_FLAME_OTHER);
	rc = add_profile(building, newer, false, err);
	if (rc == LL_OK && older && older->kind != newer->kind)
		rc = ll_fail(err, LL_E_USAGE, "a %s has no difference to a %s",
		             ll_kind_title(newer->kind), ll_kind_title(older->kind));
	if (rc == LL_OK && older)
		rc = add_profile(building, older, true, err);
	return rc;
}

int ll_tree_make(const struct ll_profile *newer, const struct ll_profile *older,
                 const struct ll_tree_options *options, struct ll_tree **ret_tree,
                 struct ll_error *err)
{
	LL_CLEANUP(ll_tree_freep) struct ll_tree *tree = ll_calloc(1, sizeof *tree);
	struct building building = {.options = options, .tree = tree};
	const int rc = fill(&building, newer, older, err);

	ll_map_done(&building.names);
	ll_map_done(&building.children);
	if (rc < 0)
		return rc;
	put_in_order(tree);
	sort_names(tree);
	*ret_tree = ll_take(&tree);
	return LL_OK;
}

void ll_tree_free(struct ll_tree *tree)
{
	if (!tree)
		return;
	ll_vec_done(&tree->nodes);
	ll_vec_done(&tree->names);
	ll_arena_done(&tree->arena);
	free(tree);
}

void ll_tree_freep(struct ll_tree **tree)
{
	ll_tree_free(ll_take(tree));
}

enum ll_flame_unit ll_tree_unit(const struct ll_tree *tree)
{
	if (ll_str_equal(tree->type.unit, ll_str("bytes")))
		return LL_FLAME_BYTES;
	return ll_str_equal(tree->type.unit, ll_str("nanoseconds")) ? LL_FLAME_NANOSECONDS
	                                                            : LL_FLAME_COUNT;
}

/* What stands in a box: a function without the path of its package. */
static struct ll_str label_of(const struct ll_tree_name *name)
{
	const size_t slash = ll_str_rindex(name->text, '/');

	return name->kind == LL_FLAME_OTHER || slash == SIZE_MAX
	               ? name->text
	               : ll_str_from(name->text, slash + 1);
}

int ll_tree_draw(const struct ll_tree *tree, const struct ll_chart *chart, size_t most_boxes,
                 struct ll_str note, struct ll_str markup, struct ll_buf *out,
                 struct ll_flame_drawn *ret_drawn, struct ll_error *err)
{
	const struct ll_tree_node *const nodes = tree->nodes.items;
	const struct ll_tree_name *const names = tree->names.items;
	struct ll_flame_box *boxes LL_CLEANUP(ll_freep) =
		ll_calloc(tree->nodes.count, sizeof *boxes);
	const struct ll_flame_chart flame = {
		.chart = *chart,
		.unit = ll_tree_unit(tree),
		.boxes = boxes,
		.count = tree->nodes.count,
		.is_difference = tree->is_difference,
		.most_boxes = most_boxes,
		.note = note,
		.markup = markup,
	};

	for (size_t i = 0; i < tree->nodes.count; i++) {
		const struct ll_tree_name *const name = &names[nodes[i].name];

		boxes[i] = (struct ll_flame_box){
			.name = name->text,
			.label = label_of(name),
			.parent = nodes[i].parent,
			.kind = name->kind,
			.tone = name->tone,
			.value = nodes[i].value,
			.older = nodes[i].older,
		};
	}
	return ll_chart_flame(&flame, out, ret_drawn, err);
}
