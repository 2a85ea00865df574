/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_svg.h - what every picture owes its page, checked by a parser that is not ours:
 * well-formed, titled and described, ids unique and prefixed, no style, no script, no number that
 * is none.
 */
#ifndef LL_TEST_CHECK_SVG_H
#define LL_TEST_CHECK_SVG_H

#include "support.h"

#include <leakledger/chart.h>

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>

static inline const xmlChar *check_name(const char *text)
{
	return (const xmlChar *)text;
}

/** Number of nodes that an XPath finds; names are local names, the pictures have a namespace. */
static inline int svg_count(xmlDoc *document, const char *path)
{
	xmlXPathContext *const context = xmlXPathNewContext(document);
	xmlXPathObject *const found = xmlXPathEvalExpression(check_name(path), context);
	int count = -1;

	if (found && found->type == XPATH_NODESET)
		count = found->nodesetval ? found->nodesetval->nodeNr : 0;
	else if (found && found->type == XPATH_NUMBER)
		count = (int)found->floatval;
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	return count;
}

/** The number that an XPath leads to, as an attribute's; not a number when there is none. */
static inline double svg_number(xmlDoc *document, const char *path)
{
	xmlXPathContext *const context = xmlXPathNewContext(document);
	xmlXPathObject *const found = xmlXPathEvalExpression(check_name(path), context);
	const double number = xmlXPathCastToNumber(found);

	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	return number;
}

/** True when some <text> of the picture, children included, contains the words. */
static inline bool svg_says(xmlDoc *document, const char *words)
{
	char path[512];

	(void)snprintf(path, sizeof path,
	               "//*[local-name()='text' or local-name()='desc'][contains(., \"%s\")]",
	               words);
	return svg_count(document, path) > 0;
}

/** Parses and checks a picture. The caller frees the document. */
static inline xmlDoc *check_svg(struct ll_str svg, const char *chart_id)
{
	xmlDoc *const document = xmlReadMemory(svg.data, (int)svg.size, "chart.svg", NULL,
	                                       XML_PARSE_NONET | XML_PARSE_HUGE);
	char path[512], prefix[64];

	assert_non_null(document);
	(void)snprintf(prefix, sizeof prefix, "%.32s%s", chart_id,
	               svg_count(document, "/*[contains(@class, 'chart-narrow')]") > 0 ? "_narrow"
	                                                                               : "");
	assert_int_equal(svg_count(document, "/*[local-name()='svg'][@viewBox][@width][@height]"
	                                     "[@role='img']"),
	                 1);
	(void)snprintf(path, sizeof path,
	               "/*[@aria-labelledby='%s_title %s_desc']/*[local-name()='title']"
	               "[@id='%s_title'][string-length(.) > 0]",
	               prefix, prefix, prefix);
	assert_int_equal(svg_count(document, path), 1);
	(void)snprintf(path, sizeof path,
	               "/*/*[local-name()='desc'][@id='%s_desc'][string-length(.) > 0]", prefix);
	assert_int_equal(svg_count(document, path), 1);
	assert_int_equal(svg_count(document, "count(//@id[. = ../following::*/@id])"), 0);
	(void)snprintf(path, sizeof path, "//@id[not(starts-with(., '%s_'))]", prefix);
	assert_int_equal(svg_count(document, path), 0);
	assert_int_equal(svg_count(document, "//@style | //*[local-name()='style'] | "
	                                     "//*[local-name()='script']"),
	                 0);
	/* Numbers live in attributes; a label may well be called "nancy". */
	assert_int_equal(svg_count(document, "//@*[name() != 'class' and name() != 'id' and "
	                                     "name() != 'aria-labelledby'][contains(., 'nan') or "
	                                     "contains(., 'inf')]"),
	                 0);
	return document;
}

#endif
