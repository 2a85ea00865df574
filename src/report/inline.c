/* SPDX-License-Identifier: Apache-2.0 */
/* inline.c - see inline.h. */
#include "inline.h"

#include <leakledger/sha256.h>

static int add_resource(const struct ll_resources *resources, const char *name, struct ll_buf *to,
                        struct ll_error *err)
{
	const struct ll_resource *const found = ll_resource_find(resources, name);

	if (!found)
		return ll_fail(err, LL_E_INTERNAL, "no resource '%s'", name);
	ll_buf_put_str(to, found->bytes);
	return LL_OK;
}

/* The element that a flame graph of a page stands in; its picture comes by another way. */
static bool has_flame_graph(xmlNodePtr page)
{
	for (xmlNodePtr child = page->children; child; child = child->next) {
		if (xmlStrEqual(child->name, ll_xml("icicle")))
			return true;
	}
	return false;
}

/* Before all parts, where the schema wants it. */
static void put_first(xmlNodePtr page, const char *name, struct ll_str text)
{
	const xmlNodePtr first = page->children;
	const xmlNodePtr element = ll_model_child(page, name, text);

	if (first)
		(void)xmlAddPrevSibling(first, element);
}

static void put_policy(xmlNodePtr page, struct ll_str style, struct ll_str script)
{
	struct ll_buf policy;

	ll_buf_init(&policy, LL_BUF_MESSAGE);
	ll_buf_puts(&policy, "default-src 'none'; base-uri 'none'; form-action 'none'; style-src ");
	ll_sha256_put_source(style, &policy);
	if (script.size > 0) {
		ll_buf_puts(&policy, "; script-src ");
		ll_sha256_put_source(script, &policy);
	}
	ll_model_text(page, "policy", ll_buf_str(&policy));
	ll_buf_done(&policy);
}

static int put_assets(xmlNodePtr page, struct ll_buf *style, struct ll_buf *script,
                      const struct ll_resources *resources, struct ll_error *err)
{
	const bool has_flames = has_flame_graph(page);
	int rc = add_resource(resources, "templates/style/site.css", style, err);

	if (rc == LL_OK && has_flames)
		rc = add_resource(resources, "templates/style/flame.css", style, err);
	if (rc == LL_OK && has_flames)
		rc = add_resource(resources, "templates/script/flame.js", script, err);
	if (rc < 0)
		return rc;
	put_policy(page, ll_buf_str(style), ll_buf_str(script));
	put_first(page, "style", ll_buf_str(style));
	if (has_flames)
		put_first(page, "script", ll_buf_str(script));
	return LL_OK;
}

int ll_inline_put(struct ll_model *model, const struct ll_resources *resources,
                  struct ll_error *err)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf style;
	LL_CLEANUP(ll_buf_done) struct ll_buf script;

	ll_buf_init(&style, LL_BUF_CHART);
	ll_buf_init(&script, LL_BUF_CHART);
	return put_assets(model->page, &style, &script, resources, err);
}
