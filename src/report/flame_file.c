/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flame_file.c - a flame graph as a file of its own: an SVG, or a page that needs nothing beside
 * it.
 *
 * The page names its own style and script by their hashes, and allows nothing else: no label of a
 * stranger's capture can load or run anything. Where a server forbids scripts altogether, the
 * picture, its titles and the table are still all there.
 */
#include "profile.h"
#include "slots.h"
#include "transform.h"

#include <leakledger/sha256.h>

#include <inttypes.h>
#include <math.h>

enum {
	ROWS_FUNCTIONS = 40,
	ROWS_VANISHED = 40,
	ROWS_SOURCES = 40,
};

/* ------------------------------------------------------------------------- words */

static void put_time(struct ll_buf *out, int64_t time_ns)
{
	char text[LL_UNIT_TEXT];

	if (time_ns == LL_TIME_NONE)
		return;
	(void)ll_format_time(time_ns, text);
	ll_buf_printf(out, " at %.10s %.5s", text, text + 11);
}

/* "of cart pod-1 at 2026-11-21 06:00", "of 12 captures up to ...". */
static void put_whose(struct ll_buf *out, const struct ll_profile *profile)
{
	const struct ll_profile_source *const sources = profile->sources.items;
	char count[LL_UNIT_TEXT];

	if (profile->sources.count == 1) {
		ll_buf_puts(out, " of ");
		ll_buf_put_str(out, sources[0].whose.size > 0 ? sources[0].whose : sources[0].name);
		put_time(out, sources[0].time_ns);
		return;
	}
	ll_buf_printf(out, " of %s captures added up",
	              ll_format_count((int64_t)profile->sources.count, count));
	if (profile->time_ns != LL_TIME_NONE)
		ll_buf_puts(out, ", the newest");
	put_time(out, profile->time_ns);
}

/* One capture each, of one process's name, and the time tells which is which? */
static bool is_of_same(const struct ll_profile *newer, const struct ll_profile *older)
{
	const struct ll_profile_source *const after = newer->sources.items;
	const struct ll_profile_source *const before = older->sources.items;

	return newer->sources.count == 1 && older->sources.count == 1 && after->whose.size > 0 &&
	       ll_str_equal(after->whose, before->whose) && older->time_ns != LL_TIME_NONE;
}

struct ll_str ll_profile_describe(const struct ll_profile *newer, const struct ll_profile *older,
                                  struct ll_arena *arena)
{
	struct ll_buf text;
	struct ll_str kept;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_buf_puts(&text, ll_kind_title(newer->kind));
	put_whose(&text, newer);
	if (older) {
		ll_buf_puts(&text, ", against that");
		if (is_of_same(newer, older))
			put_time(&text, older->time_ns);
		else
			put_whose(&text, older);
	}
	if (text.size > 0 && text.data[0] >= 'a' && text.data[0] <= 'z')
		text.data[0] = (char)(text.data[0] - 'a' + 'A');
	kept = ll_arena_str(arena, ll_buf_str(&text));
	ll_buf_done(&text);
	return kept;
}

/* How the numbers came about: Go writes heap profiles scaled up, and pprof shows them so. */
static struct ll_str say_sampling(const struct ll_profile *profile, struct ll_arena *arena)
{
	char period[LL_UNIT_TEXT];

	if (profile->kind != LL_KIND_HEAP || profile->period <= 1)
		return ll_str("");
	return ll_str(ll_arena_printf(
		arena, "Estimates, as pprof shows them: one object was sampled every %s allocated.",
		ll_format_bytes(profile->period, period)));
}

/* ----------------------------------------------------------------------- picture */

static struct ll_str resource(const struct ll_flame_file *file, const char *name)
{
	const struct ll_resource *const found = ll_resource_find(file->resources, name);

	return found ? found->bytes : ll_str("");
}

static int draw(const struct ll_flame_file *file, struct ll_str markup, struct ll_buf *out,
                struct ll_error *err)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	const struct ll_chart chart = {
		.id = "flame",
		.title = ll_tree_sentence(file->tree, &arena),
		.description = ll_profile_describe(file->newer, file->older, &arena),
		.fit = LL_FIT_ANY,
	};

	return ll_tree_draw(file->tree, &chart, file->most_boxes, say_sampling(file->newer, &arena),
	                    markup, out, NULL, err);
}

int ll_write_flame_svg(const struct ll_flame_file *file, struct ll_buf *out, struct ll_error *err)
{
	struct ll_buf markup;
	int rc;

	ll_buf_init(&markup, LL_BUF_SQL);
	ll_buf_puts(&markup, "\n<style><![CDATA[\n");
	ll_buf_put_str(&markup, resource(file, "templates/style/flame.css"));
	/* The root must be whole before the script looks at it. */
	ll_buf_puts(&markup, "]]></style>\n<script><![CDATA[\naddEventListener('load', () => {\n");
	ll_buf_put_str(&markup, resource(file, "templates/script/flame.js"));
	ll_buf_puts(&markup, "});\n]]></script>");
	rc = draw(file, ll_buf_str(&markup), out, err);
	ll_buf_done(&markup);
	return rc;
}

/* ------------------------------------------------------------------------- model */

static const char *owner_of(enum ll_flame_kind kind)
{
	static const char *const words[] = {
		[LL_FLAME_OWN] = "own",
		[LL_FLAME_LIBRARY] = "library",
		[LL_FLAME_STANDARD] = "standard",
		[LL_FLAME_RUNTIME] = "runtime",
		[LL_FLAME_OTHER] = "",
	};

	return words[kind];
}

static int64_t change_of(const struct ll_tree_function *function)
{
	return function->value - function->older; /* sums of both fit together */
}

static void put_amount(const struct ll_tree *tree, xmlNodePtr row, const char *name, int64_t value)
{
	char text[LL_UNIT_TEXT];

	ll_model_text(row, name, ll_str(ll_tree_amount(tree, value, text)));
}

static void put_change(const struct ll_tree *tree, xmlNodePtr row, int64_t change)
{
	char amount[LL_UNIT_TEXT], text[LL_UNIT_TEXT + 1];

	(void)snprintf(text, sizeof text, "%s%s", change > 0 ? "+" : "",
	               ll_tree_amount(tree, change, amount));
	ll_model_text(row, "change", ll_str(text));
}

static void put_function(const struct ll_tree *tree, xmlNodePtr row,
                         const struct ll_tree_function *function)
{
	const struct ll_tree_name *const name =
		(const struct ll_tree_name *)tree->names.items + function->name;
	const double whole = (double)((const struct ll_tree_node *)tree->nodes.items)->value;
	char share[LL_UNIT_TEXT], text[LL_UNIT_TEXT + 2];

	ll_model_text(row, "name", name->text);
	ll_model_text(row, "owner", ll_str(owner_of(name->kind)));
	put_amount(tree, row, "value", function->value);
	put_amount(tree, row, "self", function->self);
	(void)snprintf(
		text, sizeof text, "%s %%",
		ll_format_real(whole > 0 ? (double)function->value * 100 / whole : 0, 1, share));
	ll_model_text(row, "share", ll_str(text));
	if (tree->is_difference) {
		put_amount(tree, row, "older", function->older);
		put_change(tree, row, change_of(function));
	}
}

static void put_hidden(xmlNodePtr list, size_t count, size_t most)
{
	if (count > most)
		ll_model_hidden(list, count - most);
}

static void put_functions(const struct ll_tree *tree, xmlNodePtr page)
{
	const xmlNodePtr list = ll_model_element(page, "functions");
	struct ll_vec ranked;

	ll_model_text(list, "is_difference", ll_str(tree->is_difference ? "yes" : "no"));
	ll_tree_rank(tree, LL_TREE_PRESENT, &ranked);
	put_hidden(list, ranked.count, ROWS_FUNCTIONS);
	for (size_t i = 0; i < ranked.count && i < ROWS_FUNCTIONS; i++)
		put_function(tree, ll_model_element(list, "function"),
		             &((const struct ll_tree_function *)ranked.items)[i]);
	ll_vec_done(&ranked);
}

static void put_vanished(const struct ll_tree *tree, xmlNodePtr page)
{
	const xmlNodePtr list = ll_model_element(page, "vanished");
	const struct ll_tree_name *const names = tree->names.items;
	struct ll_vec ranked;

	ll_tree_rank(tree, LL_TREE_VANISHED, &ranked);
	put_hidden(list, ranked.count, ROWS_VANISHED);
	for (size_t i = 0; i < ranked.count && i < ROWS_VANISHED; i++) {
		const struct ll_tree_function *const item =
			(const struct ll_tree_function *)ranked.items + i;
		const xmlNodePtr row = ll_model_element(list, "function");

		ll_model_text(row, "name", names[item->name].text);
		put_amount(tree, row, "older", item->older);
	}
	ll_vec_done(&ranked);
}

/* The lines of a comparison; those of an empty list have no section. */
static void put_places(const struct ll_flame_file *file, xmlNodePtr page)
{
	const xmlNodePtr list = ll_model_element(page, "places");
	const struct ll_compare *const compare = file->compare;
	const struct ll_compare_row *const rows = compare ? compare->lines.items : NULL;
	const size_t count = compare ? compare->lines.count : 0;

	put_hidden(list, count, ROWS_FUNCTIONS);
	for (size_t i = 0; i < count && i < ROWS_FUNCTIONS; i++) {
		const xmlNodePtr row = ll_model_element(list, "place");
		const double error = ll_compare_error(compare, &rows[i]);
		char line[32], text[LL_UNIT_TEXT];

		(void)snprintf(line, sizeof line, "%" PRId64, rows[i].line);
		ll_model_text(row, "name", rows[i].function);
		ll_model_text(row, "file", rows[i].file);
		ll_model_text(row, "line", ll_str(line));
		ll_model_text(row, "state", rows[i].state);
		put_amount(file->tree, row, "older", rows[i].values[0]);
		put_amount(file->tree, row, "value", rows[i].values[compare->version_count - 1]);
		put_change(file->tree, row, ll_compare_change(compare, &rows[i]));
		if (error > 0 && error < 9e18)
			ll_model_text(row, "error",
			              ll_str(ll_tree_amount(file->tree, llround(error), text)));
	}
}

static void put_sources_of(const struct ll_profile *profile, const char *side, xmlNodePtr list)
{
	const struct ll_profile_source *const sources = profile->sources.items;

	for (size_t i = 0; i < profile->sources.count && i < ROWS_SOURCES; i++) {
		const xmlNodePtr row = ll_model_element(list, "source");

		ll_model_text(row, "side", ll_str(side));
		ll_model_text(row, "name", sources[i].name);
		if (sources[i].whose.size > 0)
			ll_model_text(row, "whose", sources[i].whose);
		if (sources[i].time_ns != LL_TIME_NONE)
			ll_model_time(row, "time", sources[i].time_ns);
		if (sources[i].remark.size > 0)
			ll_model_text(row, "remark", sources[i].remark);
	}
}

static void put_sources(const struct ll_flame_file *file, xmlNodePtr page)
{
	const xmlNodePtr list = ll_model_element(page, "sources");

	put_hidden(list, file->newer->sources.count, ROWS_SOURCES);
	put_sources_of(file->newer, file->older ? "newer: " : "", list);
	if (file->older)
		put_sources_of(file->older, "older: ", list);
}

/* -------------------------------------------------------------------------- page */

/* What the page is filled with; the policy names the hashes of style and script. */
struct assets {
	struct ll_buf picture, style, script, policy, style_element, script_element;
};

static void assets_init(struct assets *assets, const struct ll_flame_file *file)
{
	ll_buf_init(&assets->picture, LL_BUF_CHART);
	ll_buf_init(&assets->style, LL_BUF_SQL);
	ll_buf_init(&assets->script, LL_BUF_SQL);
	ll_buf_init(&assets->policy, LL_BUF_MESSAGE);
	ll_buf_init(&assets->style_element, LL_BUF_SQL);
	ll_buf_init(&assets->script_element, LL_BUF_SQL);
	ll_buf_putc(&assets->style, '\n');
	ll_buf_put_str(&assets->style, resource(file, "templates/style/site.css"));
	ll_buf_put_str(&assets->style, resource(file, "templates/style/flame.css"));
	ll_buf_putc(&assets->script, '\n');
	ll_buf_put_str(&assets->script, resource(file, "templates/script/flame.js"));
	ll_buf_puts(&assets->policy, "default-src 'none'; base-uri 'none'; form-action 'none'; "
	                             "style-src ");
	ll_sha256_put_source(ll_buf_str(&assets->style), &assets->policy);
	ll_buf_puts(&assets->policy, "; script-src ");
	ll_sha256_put_source(ll_buf_str(&assets->script), &assets->policy);
	ll_buf_printf(&assets->style_element, "<style>%s</style>", assets->style.data);
	ll_buf_printf(&assets->script_element, "<script>%s</script>", assets->script.data);
}

static void assets_done(struct assets *assets)
{
	ll_buf_done(&assets->picture);
	ll_buf_done(&assets->style);
	ll_buf_done(&assets->script);
	ll_buf_done(&assets->policy);
	ll_buf_done(&assets->style_element);
	ll_buf_done(&assets->script_element);
}

static void fill_model(const struct ll_flame_file *file, struct ll_str policy, xmlNodePtr page)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	xmlNodePtr flame;

	ll_model_text(page, "policy", policy);
	ll_model_text(page, "version", ll_str(file->version));
	ll_model_redaction(page, file->redactor);
	flame = ll_model_element(page, "flame");
	ll_model_text(flame, "title", ll_tree_sentence(file->tree, &arena));
	ll_model_text(flame, "of", ll_profile_describe(file->newer, file->older, &arena));
	put_places(file, page);
	put_functions(file->tree, page);
	put_vanished(file->tree, page);
	put_sources(file, page);
}

static int render(const struct ll_flame_file *file, struct ll_str policy, struct ll_buf *page,
                  struct ll_error *err)
{
	LL_CLEANUP(ll_transform_closep) struct ll_transform *transform = NULL;
	struct ll_model model = {.doc = NULL};
	int rc = ll_transform_open(file->resources, &transform, err);

	if (rc == LL_OK)
		rc = ll_model_init(&model, "flame", err);
	if (rc < 0)
		return rc;
	fill_model(file, policy, model.page);
	rc = ll_transform_run(transform, &model, page, err);
	ll_model_done(&model);
	return rc;
}

static int fill_slots(const struct assets *assets, struct ll_str page, struct ll_buf *out,
                      struct ll_error *err)
{
	const struct ll_slot slots[] = {
		{"picture", ll_buf_str(&assets->picture)},
		{"style", ll_buf_str(&assets->style_element)},
		{"script", ll_buf_str(&assets->script_element)},
	};

	return ll_slots_fill(page, slots, LL_COUNT(slots), out, err);
}

int ll_write_flame_html(const struct ll_flame_file *file, struct ll_buf *out, struct ll_error *err)
{
	struct assets assets LL_CLEANUP(assets_done) = {.style = {.data = NULL}};
	struct ll_buf page;
	int rc;

	assets_init(&assets, file);
	rc = draw(file, ll_str(""), &assets.picture, err);
	if (rc < 0)
		return rc;
	ll_buf_init(&page, LL_BUF_PAGE);
	rc = render(file, ll_buf_str(&assets.policy), &page, err);
	if (rc == LL_OK)
		rc = fill_slots(&assets, ll_buf_str(&page), out, err);
	ll_buf_done(&page);
	return rc;
}
