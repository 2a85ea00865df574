/* SPDX-License-Identifier: Apache-2.0 */
/*
 * folded.c - stacks in one line each: "main.main;cart.(*Store).Put 8192", callers first. A
 * difference has two numbers, the older one first.
 *
 * The format has no way to quote, so what would end a frame or a line becomes something else: ';' a
 * colon, control characters U+FFFD.
 */
#include "profile.h"

#include <inttypes.h>

/* The name as it may stand in a line. */
static void put_name(struct ll_buf *out, struct ll_str name)
{
	for (size_t i = 0; i < name.size;) {
		uint32_t code;
		char bytes[4];

		i += ll_utf8_next(name, i, &code);
		if (code == ';')
			code = ':';
		else if (code < 0x20 || (code >= 0x7f && code < 0xa0))
			code = 0xfffd;
		ll_buf_put(out, bytes, ll_utf8_put(code, bytes));
	}
}

/* Callers of a node from the outermost to itself; the whole, which is nobody, is left out. */
static void put_path(const struct ll_tree *tree, uint32_t node, struct ll_vec *path,
                     struct ll_buf *out)
{
	const struct ll_tree_node *const nodes = tree->nodes.items;
	const struct ll_tree_name *const names = tree->names.items;
	const uint32_t *callers;

	path->count = 0;
	for (; node != 0; node = nodes[node].parent)
		*(uint32_t *)ll_vec_push(path, sizeof node) = node;
	callers = path->items;
	for (size_t i = path->count; i > 0; i--) {
		put_name(out, names[nodes[callers[i - 1]].name].text);
		if (i > 1)
			ll_buf_putc(out, ';');
	}
}

int ll_write_folded(const struct ll_tree *tree, struct ll_buf *out, struct ll_error *err)
{
	const struct ll_tree_node *const nodes = tree->nodes.items;
	struct ll_vec path = LL_VEC_INIT;

	for (size_t i = 1; i < tree->nodes.count && !out->is_full; i++) {
		if (nodes[i].self == 0 && nodes[i].older_self == 0)
			continue;
		put_path(tree, (uint32_t)i, &path, out);
		if (tree->is_difference)
			ll_buf_printf(out, " %" PRId64, nodes[i].older_self);
		ll_buf_printf(out, " %" PRId64 "\n", nodes[i].self);
	}
	ll_vec_done(&path);
	return ll_buf_check(out, "folded stacks", err);
}
