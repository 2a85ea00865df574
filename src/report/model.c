/* SPDX-License-Identifier: Apache-2.0 */
/* model.c - see model.h. */
#include "model.h"

#include "columns.h"
#include "plain.h"

#include <leakledger/json.h>
#include <leakledger/redact.h>

#include <libxml/parser.h>

#include <inttypes.h>

int ll_model_open(struct ll_model *model, const char *root, struct ll_error *err)
{
	*model = (struct ll_model){.doc = xmlNewDoc(ll_xml("1.0"))};
	if (model->doc)
		model->page = xmlNewDocNode(model->doc, NULL, ll_xml(root), NULL);
	if (!model->page) {
		ll_model_done(model);
		return ll_fail(err, LL_E_INTERNAL, "libxml2 is out of memory");
	}
	(void)xmlDocSetRootElement(model->doc, model->page);
	return LL_OK;
}

int ll_model_init(struct ll_model *model, const char *kind, struct ll_error *err)
{
	const int rc = ll_model_open(model, "page", err);

	if (rc == LL_OK)
		ll_model_text(model->page, "kind", ll_str(kind));
	return rc;
}

void ll_model_done(struct ll_model *model)
{
	xmlFreeDoc(model->doc);
	*model = (struct ll_model){.doc = NULL};
}

/* ------------------------------------------------------------------------ texts */

/* True for what XML 1.0 may hold, without the direction marks that could turn a line around. */
static bool is_xml(uint32_t code)
{
	if (code == '\t' || code == '\n')
		return true;
	return !ll_plain_is_harmful(code) && code != 0xfffe && code != 0xffff;
}

/* A terminated copy that XML can hold; to be freed. */
static char *clean(struct ll_str text)
{
	struct ll_buf out;
	char *copy;

	ll_buf_init(&out, LL_BUF_PAGE);
	for (size_t i = 0; i < text.size;) {
		uint32_t code;
		char bytes[4];

		i += ll_utf8_next(text, i, &code);
		ll_buf_put(&out, bytes, ll_utf8_put(is_xml(code) ? code : 0xfffd, bytes));
	}
	copy = ll_strdup(out.data);
	ll_buf_done(&out);
	return copy;
}

xmlNodePtr ll_model_element(xmlNodePtr parent, const char *name)
{
	return xmlNewChild(parent, NULL, ll_xml(name), NULL);
}

void ll_model_text(xmlNodePtr node, const char *name, struct ll_str value)
{
	LL_CLEANUP(ll_freep) char *text = clean(value);

	(void)xmlSetProp(node, ll_xml(name), ll_xml(text));
}

struct ll_str ll_model_attribute(xmlNodePtr node, const char *name)
{
	for (xmlAttrPtr attr = node->properties; attr; attr = attr->next) {
		if (strcmp((const char *)attr->name, name) == 0 && attr->children)
			return ll_str((const char *)attr->children->content);
	}
	return ll_str("");
}

void ll_model_i64(xmlNodePtr node, const char *name, int64_t value)
{
	char text[32];

	(void)snprintf(text, sizeof text, "%" PRId64, value);
	(void)xmlSetProp(node, ll_xml(name), ll_xml(text));
}

void ll_model_hidden(xmlNodePtr node, size_t rows)
{
	char text[LL_UNIT_TEXT];

	ll_model_text(node, "hidden", ll_str(ll_format_count((int64_t)rows, text)));
}

/* "2026-11-21T06:00:00Z" as "2026-11-21 06:00"; the page says once that times are UTC. */
void ll_model_time(xmlNodePtr node, const char *name, int64_t time_ns)
{
	char exact[LL_UNIT_TEXT], shown[LL_UNIT_TEXT], text_name[96];

	(void)ll_format_time(time_ns, exact);
	(void)snprintf(shown, sizeof shown, "%.10s %.5s", exact,
	               strlen(exact) > 11 ? exact + 11 : "");
	(void)snprintf(text_name, sizeof text_name, "%s-text", name);
	ll_model_text(node, name, ll_str(exact));
	ll_model_text(node, text_name, ll_str(shown));
}

void ll_model_redaction(xmlNodePtr node, const struct ll_redactor *redactor)
{
	if (redactor)
		ll_model_text(node, "redacted",
		              ll_str(ll_redact_levels[ll_redactor_level(redactor)]));
}

xmlNodePtr ll_model_child(xmlNodePtr parent, const char *name, struct ll_str text)
{
	LL_CLEANUP(ll_freep) char *copy = clean(text);

	return xmlNewTextChild(parent, NULL, ll_xml(name), ll_xml(copy));
}

/* ------------------------------------------------------------------------- rows */

static void put_lines(xmlNodePtr node, const char *name, struct ll_str text)
{
	const xmlNodePtr lines = ll_model_element(node, name);

	while (text.size > 0)
		(void)ll_model_child(lines, "p", ll_str_split(&text, '\n'));
}

/* An array of texts; anything else in it is passed over. */
static void put_items(xmlNodePtr node, const char *name, struct ll_str text)
{
	const xmlNodePtr items = ll_model_element(node, name);
	struct ll_json json;
	struct ll_json_token token;
	struct ll_buf item;

	ll_buf_init(&item, LL_BUF_MESSAGE);
	ll_json_init(&json, text);
	while ((token = ll_json_next(&json)).kind != LL_JSON_END && token.kind != LL_JSON_BAD) {
		if (token.kind != LL_JSON_STRING)
			continue;
		ll_buf_clear(&item);
		ll_json_unescape(token.text, &item);
		(void)ll_model_child(items, "item", ll_buf_str(&item));
	}
	ll_buf_done(&item);
}

static void put_cell(xmlNodePtr node, const struct ll_stmt *stmt, const struct ll_column *column,
                     int index)
{
	char name[80], text_name[96], buffer[LL_UNIT_TEXT];

	(void)snprintf(name, sizeof name, "%.*s", LL_STR_ARG(column->name));
	(void)snprintf(text_name, sizeof text_name, "%s-text", name);
	switch (column->type) {
	case LL_CELL_LINES: put_lines(node, name, ll_stmt_text(stmt, index)); return;
	case LL_CELL_JSON: put_items(node, name, ll_stmt_text(stmt, index)); return;
	case LL_CELL_TIME: ll_model_time(node, name, ll_stmt_i64(stmt, index)); return;
	case LL_CELL_OWN:
	case LL_CELL_TEXT: ll_model_text(node, name, ll_stmt_text(stmt, index)); return;
	case LL_CELL_BOOL:
		ll_model_text(node, name, ll_str(ll_stmt_i64(stmt, index) != 0 ? "yes" : "no"));
		return;
	case LL_CELL_COUNT:
	case LL_CELL_BYTES:
	case LL_CELL_DURATION:
	case LL_CELL_REAL:
		ll_model_text(node, name, ll_stmt_text(stmt, index));
		ll_model_text(node, text_name, ll_column_text(stmt, column, index, buffer));
		return;
	}
}

static void put_columns(xmlNodePtr node, const struct ll_stmt *stmt,
                        const struct ll_columns *columns)
{
	for (int i = 0; i < columns->count; i++) {
		if (!ll_stmt_is_null(stmt, i))
			put_cell(node, stmt, &columns->items[i], i);
	}
}

int ll_model_row(xmlNodePtr node, struct ll_stmt *stmt, struct ll_error *err)
{
	struct ll_columns columns;
	const int rc = ll_columns_read(stmt, &columns, err);

	if (rc == LL_OK)
		put_columns(node, stmt, &columns);
	return rc;
}

int ll_model_rows(xmlNodePtr parent, const char *name, struct ll_stmt *stmt, size_t most,
                  size_t *ret_rows, struct ll_error *err)
{
	struct ll_columns columns;
	size_t rows = 0;
	int rc = ll_columns_read(stmt, &columns, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		if (most == 0 || rows < most)
			put_columns(ll_model_element(parent, name), stmt, &columns);
		rows++;
	}
	if (rc == LL_OK && ret_rows)
		*ret_rows = rows;
	return rc;
}

int ll_model_fragment(xmlNodePtr parent, struct ll_str xml, struct ll_error *err)
{
	const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
	                    XML_PARSE_HUGE | XML_PARSE_COMPACT;
	const xmlDocPtr doc = xmlReadMemory(xml.data, (int)xml.size, "picture", "UTF-8", options);
	xmlNodePtr copy;

	if (!doc)
		return ll_fail(err, LL_E_INTERNAL, "a picture is not well-formed");
	copy = xmlDocCopyNode(xmlDocGetRootElement(doc), parent->doc, 1);
	xmlFreeDoc(doc);
	if (!copy)
		return ll_fail(err, LL_E_INTERNAL, "libxml2 is out of memory");
	(void)xmlAddChild(parent, copy);
	return LL_OK;
}

int ll_model_write(const struct ll_model *model, const struct ll_output *out, struct ll_error *err)
{
	xmlChar *bytes = NULL;
	int size = 0, rc;

	xmlDocDumpFormatMemoryEnc(model->doc, &bytes, &size, "UTF-8", 1);
	if (!bytes)
		return ll_fail(err, LL_E_INTERNAL, "libxml2 is out of memory");
	rc = out->put(out->self, ll_str_n((const char *)bytes, (size_t)size), err);
	xmlFree(bytes);
	return rc;
}

int ll_model_write_root(const struct ll_model *model, const struct ll_output *out,
                        struct ll_error *err)
{
	const xmlBufferPtr buffer = xmlBufferCreate();
	const int size = buffer ? xmlNodeDump(buffer, model->doc, model->page, 0, 1) : -1;
	int rc;

	if (size < 0)
		rc = ll_fail(err, LL_E_INTERNAL, "libxml2 is out of memory");
	else
		rc = out->put(out->self,
		              ll_str_n((const char *)xmlBufferContent(buffer), (size_t)size), err);
	xmlBufferFree(buffer);
	return rc < 0 ? rc : out->put(out->self, ll_str("\n"), err);
}
