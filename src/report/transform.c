/* SPDX-License-Identifier: Apache-2.0 */
/*
 * transform.c - see transform.h.
 *
 * libxslt counts every scheme that it does not know as network, so that forbidding the network
 * would forbid our own includes too: the check for network reads lets exactly "res:/" pass, and
 * files are forbidden altogether. Messages of libxml2 and libxslt, which otherwise go to stderr,
 * are collected and become the error's text.
 */
#include "transform.h"

#include <leakledger/vec.h>

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xmlerror.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>

#include <stdarg.h>

static const char scheme[] = "res:/";

struct ll_transform {
	const struct ll_resources *resources;
	xsltStylesheetPtr sheet;
	xsltSecurityPrefsPtr security;
	xmlRelaxNGPtr schema;
	struct ll_buf messages;
};

/*
 * The loaders of libxslt and libxml2 have no user pointer and are the process's own. They are ours
 * while any transform is open; the one that is being opened stands here.
 */
static struct {
	struct ll_transform *opening; /* NULL while pages are made: then nothing may be loaded */
	size_t open_count;
	xsltDocLoaderFunc loader_before;
	xmlExternalEntityLoader entities_before;
} global;

/* --------------------------------------------------------------------- messages */

static void put_message(void *context, const char *format, ...) LL_PRINTF(2, 3);
static void put_message(void *context, const char *format, ...)
{
	struct ll_transform *const transform = context;
	char text[512];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (transform->messages.size < 400)
		ll_buf_puts(&transform->messages, text);
}

static void put_structured(void *context, xmlErrorPtr error)
{
	put_message(context, "%s:%d: %s", error->file ? error->file : "model", error->line,
	            error->message ? error->message : "unknown");
}

static int fail(struct ll_transform *transform, struct ll_error *err, const char *what)
{
	for (size_t i = 0; i < transform->messages.size; i++) {
		if (transform->messages.data[i] == '\n')
			transform->messages.data[i] = ' ';
	}
	return ll_fail(err, LL_E_USAGE, "%s: %.*s", what,
	               LL_STR_ARG(ll_str_trim(ll_buf_str(&transform->messages))));
}

/* External entities, document types and references of schemas would be read past the security. */
static xmlParserInputPtr refuse_entity(const char *uri, const char *id, xmlParserCtxtPtr context)
{
	(void)id, (void)context;
	if (global.opening)
		put_message(global.opening, "'%s' is not a template", uri ? uri : "");
	return NULL;
}

/* A message that is about no transform: there is nobody to tell. */
static void ignore_message(void *context, const char *format, ...) LL_PRINTF(2, 3);
static void ignore_message(void *context, const char *format, ...)
{
	(void)context, (void)format;
}

/* libxml2 keeps this handler for each thread. */
static void listen(struct ll_transform *transform)
{
	ll_buf_clear(&transform->messages);
	xmlSetStructuredErrorFunc(transform, put_structured);
}

static void stop_listening(void)
{
	xmlSetStructuredErrorFunc(NULL, NULL);
}

/* ---------------------------------------------------------------------- loading */

static const struct ll_resource *resource_of(const struct ll_resources *resources,
                                             const xmlChar *uri)
{
	struct ll_str name = ll_str((const char *)uri);

	if (!ll_str_skip(&name, scheme))
		return NULL;
	return ll_resource_find(resources, name.data);
}

static xmlDocPtr parse(const struct ll_resource *resource, const xmlChar *uri)
{
	return xmlReadMemory(resource->bytes.data, (int)resource->bytes.size, (const char *)uri,
	                     "UTF-8", XML_PARSE_NONET | XSLT_PARSE_OPTIONS);
}

static xmlDocPtr load(const xmlChar *uri, xmlDictPtr dictionary, int options, void *context,
                      xsltLoadType type)
{
	const struct ll_resource *const resource =
		global.opening ? resource_of(global.opening->resources, uri) : NULL;

	(void)dictionary, (void)options, (void)context;
	if (type != XSLT_LOAD_STYLESHEET && type != XSLT_LOAD_START)
		return NULL; /* document() */
	return resource ? parse(resource, uri) : NULL;
}

static int allow_own(xsltSecurityPrefsPtr security, xsltTransformContextPtr context,
                     const char *value)
{
	(void)security, (void)context;
	return strncmp(value, scheme, strlen(scheme)) == 0;
}

static int set_security(struct ll_transform *transform, struct ll_error *err)
{
	xsltSecurityPrefsPtr const security = xsltNewSecurityPrefs();

	transform->security = security;
	if (!security ||
	    xsltSetSecurityPrefs(security, XSLT_SECPREF_READ_FILE, xsltSecurityForbid) != 0 ||
	    xsltSetSecurityPrefs(security, XSLT_SECPREF_WRITE_FILE, xsltSecurityForbid) != 0 ||
	    xsltSetSecurityPrefs(security, XSLT_SECPREF_CREATE_DIRECTORY, xsltSecurityForbid) !=
	            0 ||
	    xsltSetSecurityPrefs(security, XSLT_SECPREF_READ_NETWORK, allow_own) != 0 ||
	    xsltSetSecurityPrefs(security, XSLT_SECPREF_WRITE_NETWORK, xsltSecurityForbid) != 0)
		return ll_fail(err, LL_E_INTERNAL, "cannot set the templates' limits");
	xsltSetDefaultSecurityPrefs(security);
	return LL_OK;
}

static int load_sheet(struct ll_transform *transform, const char *entry, struct ll_error *err)
{
	char uri[128];

	(void)snprintf(uri, sizeof uri, "%s%s", scheme, entry);
	transform->sheet = xsltParseStylesheetFile(ll_xml(uri));
	if (!transform->sheet || transform->sheet->errors > 0)
		return fail(transform, err, "templates");
	return LL_OK;
}

static int load_schema(struct ll_transform *transform, struct ll_error *err)
{
	const struct ll_resource *const resource =
		ll_resource_find(transform->resources, "templates/model.rng");
	xmlRelaxNGParserCtxtPtr parser;

	if (!resource)
		return ll_fail(err, LL_E_INTERNAL, "no resource 'templates/model.rng'");
	parser = xmlRelaxNGNewMemParserCtxt(resource->bytes.data, (int)resource->bytes.size);
	transform->schema = parser ? xmlRelaxNGParse(parser) : NULL;
	xmlRelaxNGFreeParserCtxt(parser);
	return transform->schema ? LL_OK : fail(transform, err, "templates/model.rng");
}

static void take_loaders(struct ll_transform *transform)
{
	if (global.open_count++ == 0) {
		xmlInitParser();
		global.loader_before = xsltDocDefaultLoader;
		global.entities_before = xmlGetExternalEntityLoader();
		xsltSetLoaderFunc(load);
		xmlSetExternalEntityLoader(refuse_entity);
	}
	global.opening = transform;
	xsltSetGenericErrorFunc(transform, put_message);
	listen(transform);
}

static void end_opening(void)
{
	stop_listening();
	xsltSetGenericErrorFunc(NULL, ignore_message);
	xsltSetDefaultSecurityPrefs(NULL);
	global.opening = NULL;
}

static void give_loaders_back(void)
{
	if (--global.open_count > 0)
		return;
	xsltSetLoaderFunc(global.loader_before);
	xmlSetExternalEntityLoader(global.entities_before);
	xsltSetGenericErrorFunc(NULL, NULL);
}

int ll_transform_open(const struct ll_resources *resources, struct ll_transform **ret_transform,
                      struct ll_error *err)
{
	return ll_transform_open_entry(resources, "templates/page.xsl", ret_transform, err);
}

int ll_transform_open_entry(const struct ll_resources *resources, const char *entry,
                            struct ll_transform **ret_transform, struct ll_error *err)
{
	LL_CLEANUP(ll_transform_closep)
	struct ll_transform *transform = ll_calloc(1, sizeof *transform);
	int rc;

	transform->resources = resources;
	ll_buf_init(&transform->messages, LL_BUF_MESSAGE);
	take_loaders(transform);
	rc = set_security(transform, err);
	if (rc == LL_OK)
		rc = load_sheet(transform, entry, err);
	if (rc == LL_OK)
		rc = load_schema(transform, err);
	end_opening();
	if (rc == LL_OK)
		*ret_transform = ll_take(&transform);
	return rc;
}

void ll_transform_close(struct ll_transform *transform)
{
	if (!transform)
		return;
	give_loaders_back();
	xsltFreeStylesheet(transform->sheet);
	xsltFreeSecurityPrefs(transform->security);
	xmlRelaxNGFree(transform->schema);
	ll_buf_done(&transform->messages);
	free(transform);
}

void ll_transform_closep(struct ll_transform **transform)
{
	ll_transform_close(ll_take(transform));
}

/* ---------------------------------------------------------------------- running */

/* What is inside a picture, while its model is validated without it. */
struct inside {
	xmlNodePtr picture, first, last;
};

/*
 * The schema lets a picture hold anything, so nothing is lost; but libxml2 takes time with the
 * square of how many children "anything" has: ten seconds for a process that was started 800 times.
 */
static void empty_pictures(xmlNodePtr node, struct ll_vec *insides)
{
	for (; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (strcmp((const char *)node->name, "svg") != 0) {
			empty_pictures(node->children, insides);
			continue;
		}
		*(struct inside *)ll_vec_push(insides, sizeof(struct inside)) =
			(struct inside){node, node->children, node->last};
		node->children = node->last = NULL;
	}
}

static void fill_pictures(const struct ll_vec *insides)
{
	const struct inside *const all = insides->items;

	for (size_t i = 0; i < insides->count; i++) {
		all[i].picture->children = all[i].first;
		all[i].picture->last = all[i].last;
	}
}

static int validate(struct ll_transform *transform, const struct ll_model *model,
                    struct ll_error *err)
{
	const xmlRelaxNGValidCtxtPtr context = xmlRelaxNGNewValidCtxt(transform->schema);
	struct ll_vec insides = LL_VEC_INIT;
	int state;

	if (!context)
		return ll_fail(err, LL_E_INTERNAL, "libxml2 is out of memory");
	xmlRelaxNGSetValidStructuredErrors(context, put_structured, transform);
	empty_pictures(model->page, &insides);
	state = xmlRelaxNGValidateDoc(context, model->doc);
	fill_pictures(&insides);
	ll_vec_done(&insides);
	xmlRelaxNGFreeValidCtxt(context);
	if (state == 0)
		return LL_OK;
	(void)fail(transform, err, "model");
	return ll_fail(err, LL_E_INTERNAL, "%s", err->text);
}

static int put_result(struct ll_transform *transform, xmlDocPtr result, struct ll_buf *out,
                      struct ll_error *err)
{
	xmlChar *text = NULL;
	int size = 0;

	if (xsltSaveResultToString(&text, &size, result, transform->sheet) != 0 || !text) {
		xmlFree(text);
		return fail(transform, err, "templates");
	}
	ll_buf_put(out, text, (size_t)size);
	xmlFree(text);
	return ll_buf_check(out, "page", err);
}

int ll_transform_run(struct ll_transform *transform, const struct ll_model *model,
                     struct ll_buf *out, struct ll_error *err)
{
	xsltTransformContextPtr context;
	xmlDocPtr result = NULL;
	int rc;

	listen(transform);
	rc = validate(transform, model, err);
	if (rc == LL_OK) {
		context = xsltNewTransformContext(transform->sheet, model->doc);
		if (context)
			xsltSetTransformErrorFunc(context, transform, put_message);
		if (context && xsltSetCtxtSecurityPrefs(transform->security, context) == 0)
			result = xsltApplyStylesheetUser(transform->sheet, model->doc, NULL, NULL,
			                                 NULL, context);
		if (!result || context->state != XSLT_STATE_OK)
			rc = fail(transform, err, "templates");
		else
			rc = put_result(transform, result, out, err);
		xmlFreeDoc(result);
		xsltFreeTransformContext(context);
	}
	stop_listening();
	return rc;
}
