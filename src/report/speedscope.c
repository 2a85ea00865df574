/* SPDX-License-Identifier: Apache-2.0 */
/*
 * speedscope.c - a profile as a file of the speedscope viewer: one sampled profile of the value
 * that was asked for.
 *
 * The format has no negative weights: what a difference of two snapshots has below zero is left
 * out.
 */
#include "profile.h"

#include <leakledger/json.h>

#include <inttypes.h>

static const char *unit_of(const struct ll_tree *tree)
{
	static const char *const units[] = {[LL_FLAME_BYTES] = "bytes",
	                                    [LL_FLAME_COUNT] = "none",
	                                    [LL_FLAME_NANOSECONDS] = "nanoseconds"};

	return units[ll_tree_unit(tree)];
}

static bool is_sample(const struct ll_tree_node *node)
{
	return node->self > 0;
}

static void put_frames(const struct ll_tree *tree, struct ll_buf *out)
{
	const struct ll_tree_name *const names = tree->names.items;

	for (size_t i = 1; i < tree->names.count; i++) {
		ll_buf_puts(out, i > 1 ? ",\n{\"name\":" : "{\"name\":");
		ll_json_put_string(out, names[i].text);
		ll_buf_putc(out, '}');
	}
}

/* Frame numbers, callers first. Name 0 is the whole, which is no frame. */
static void put_stack(const struct ll_tree *tree, uint32_t node, struct ll_vec *path,
                      struct ll_buf *out)
{
	const struct ll_tree_node *const nodes = tree->nodes.items;
	const uint32_t *names;

	path->count = 0;
	for (; node != 0; node = nodes[node].parent)
		*(uint32_t *)ll_vec_push(path, sizeof node) = nodes[node].name;
	names = path->items;
	ll_buf_putc(out, '[');
	for (size_t i = path->count; i > 0; i--)
		ll_buf_printf(out, "%" PRIu32 "%s", names[i - 1] - 1, i > 1 ? "," : "");
	ll_buf_putc(out, ']');
}

static int64_t put_samples(const struct ll_tree *tree, struct ll_buf *out)
{
	const struct ll_tree_node *const nodes = tree->nodes.items;
	struct ll_vec path = LL_VEC_INIT;
	const char *comma = "";
	int64_t total = 0;

	for (size_t i = 1; i < tree->nodes.count; i++) {
		if (!is_sample(&nodes[i]))
			continue;
		ll_buf_puts(out, comma);
		put_stack(tree, (uint32_t)i, &path, out);
		comma = ",\n";
		total += nodes[i].self;
	}
	ll_vec_done(&path);
	return total;
}

static void put_weights(const struct ll_tree *tree, struct ll_buf *out)
{
	const struct ll_tree_node *const nodes = tree->nodes.items;
	const char *comma = "";

	for (size_t i = 1; i < tree->nodes.count; i++) {
		if (!is_sample(&nodes[i]))
			continue;
		ll_buf_printf(out, "%s%" PRId64, comma, nodes[i].self);
		comma = ",";
	}
}

int ll_write_speedscope(const struct ll_tree *tree, struct ll_str title, const char *version,
                        struct ll_buf *out, struct ll_error *err)
{
	int64_t total;

	ll_buf_puts(out, "{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\",\n");
	ll_buf_printf(out, "\"exporter\":\"leakledger %s\",\n\"name\":", version);
	ll_json_put_string(out, title);
	ll_buf_puts(out, ",\n\"activeProfileIndex\":0,\n\"shared\":{\"frames\":[\n");
	put_frames(tree, out);
	ll_buf_puts(out, "]},\n\"profiles\":[{\"type\":\"sampled\",\"name\":");
	ll_json_put_string(out, tree->type.type);
	ll_buf_printf(out, ",\"unit\":\"%s\",\n\"samples\":[", unit_of(tree));
	total = put_samples(tree, out);
	ll_buf_puts(out, "],\n\"weights\":[");
	put_weights(tree, out);
	ll_buf_printf(out, "],\n\"startValue\":0,\"endValue\":%" PRId64 "}]}\n", total);
	return ll_buf_check(out, "speedscope file", err);
}
