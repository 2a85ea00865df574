/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model.h - the XML that templates turn into pages: the narrow waist between SQL and HTML.
 *
 * A page is built element by element. Rows of a SELECT become elements whose attributes are the
 * columns: machine form under the column's name, human form under "<name>-text" where they differ:
 *
 *     growth:bytes   growth="39845888" growth-text="38 MiB"
 *     time:time      time="2026-11-21T06:00:00Z" time-text="2026-11-21 06:00"
 *     text:lines     <text><p>...</p><p>...</p></text>
 *     names:json     <names><item>...</item></names>, of an array of texts
 *
 * A NULL has no attribute. What XML cannot hold (control characters, broken UTF-8) becomes U+FFFD.
 * templates/model.rng describes every element.
 */
#ifndef LL_REPORT_MODEL_H
#define LL_REPORT_MODEL_H

#include <leakledger/report.h>

#include <libxml/tree.h>

/** libxml2 takes unsigned bytes. */
static inline const xmlChar *ll_xml(const char *text)
{
	return (const xmlChar *)text;
}

struct ll_model {
	xmlDocPtr doc;
	xmlNodePtr page; /* the root */
};

/** A page of that kind. */
int ll_model_init(struct ll_model *model, const char *kind, struct ll_error *err);
/** A document with another root. */
int ll_model_open(struct ll_model *model, const char *root, struct ll_error *err);
void ll_model_done(struct ll_model *model);

/** Adds an element at the end of `parent`. Belongs to the model. */
xmlNodePtr ll_model_element(xmlNodePtr parent, const char *name);
/** Sets an attribute. */
void ll_model_text(xmlNodePtr node, const char *name, struct ll_str value);
/** The value of an attribute; "" when there is none. Belongs to the model. */
struct ll_str ll_model_attribute(xmlNodePtr node, const char *name);
void ll_model_i64(xmlNodePtr node, const char *name, int64_t value);
/** Sets "hidden": how many rows are not shown, as people read it. */
void ll_model_hidden(xmlNodePtr node, size_t rows);
/** Sets NAME and NAME-text. */
void ll_model_time(xmlNodePtr node, const char *name, int64_t time_ns);
/** Says what was redacted; nothing when `redactor` is NULL. */
void ll_model_redaction(xmlNodePtr node, const struct ll_redactor *redactor);
/** Adds <name>text</name>. */
xmlNodePtr ll_model_child(xmlNodePtr parent, const char *name, struct ll_str text);

/**
 * Adds an element `name` for each row of the statement, up to `most` of them; 0 means all.
 * *ret_rows (may be NULL) counts all rows, also those beyond.
 */
int ll_model_rows(xmlNodePtr parent, const char *name, struct ll_stmt *stmt, size_t most,
                  size_t *ret_rows, struct ll_error *err);
/** Turns the columns of the present row into attributes of `node`. */
int ll_model_row(xmlNodePtr node, struct ll_stmt *stmt, struct ll_error *err);

/** Parses well-formed XML of ours (a picture) and adds it. */
int ll_model_fragment(xmlNodePtr parent, struct ll_str xml, struct ll_error *err);

/** Writes the document as text, in UTF-8 and with its declaration. */
int ll_model_write(const struct ll_model *model, const struct ll_output *out, struct ll_error *err);
/** Writes the root alone: a part of a larger document. */
int ll_model_write_root(const struct ll_model *model, const struct ll_output *out,
                        struct ll_error *err);

#endif
