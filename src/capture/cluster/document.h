/* SPDX-License-Identifier: Apache-2.0 */
/*
 * document.h - JSON and YAML that tools print, as trees.
 *
 * A file is a sequence of *items*, each small: the documents in it, or, when asked for, the
 * elements of a top array or of the top object's "items". One item is held at a time, so that a
 * list of a whole cluster costs no more than its largest pod.
 *
 * Ceilings: 64 levels, LL_DOCUMENT_NODES nodes in an item. YAML's aliases are not followed; they
 * read as null.
 */
#ifndef LL_CAPTURE_DOCUMENT_H
#define LL_CAPTURE_DOCUMENT_H

#include <leakledger/capture.h>

enum {
	LL_DOCUMENT_NODES = 262144,
};

enum ll_document_form {
	LL_DOCUMENT_JSON,
	LL_DOCUMENT_YAML,
};

enum ll_node_kind {
	LL_NODE_NULL,
	LL_NODE_TEXT, /* a string, a number or a truth value */
	LL_NODE_OBJECT,
	LL_NODE_ARRAY,
};

struct ll_node {
	enum ll_node_kind kind;
	struct ll_str key;  /* in an object */
	struct ll_str text; /* unescaped */
	const struct ll_node *first, *next;
};

struct ll_document;

/** `text` is borrowed until the document is closed. */
struct ll_document *ll_document_open(struct ll_str text, enum ll_document_form form,
                                     bool splits_lists);
void ll_document_close(struct ll_document *document);
void ll_document_closep(struct ll_document **document);
/** The next item, valid until the next call. Returns 1, 0 at the end, or a negative code. */
int ll_document_next(struct ll_document *document, const struct ll_node **ret_item,
                     struct ll_error *err);

/** For formats of which every item is a capture. */
struct ll_document_format {
	bool (*is_ours)(const struct ll_node *item); /* others are passed over */
	int (*read)(const struct ll_node *item, const struct ll_sink *out, struct ll_error *err);
	const char *nothing; /* why a content without one of ours is refused */
};

/**
 * Reads JSON, lists split. What is broken behind the first capture is a note at the last one.
 */
int ll_document_read(struct ll_stream *in, const struct ll_document_format *format,
                     const struct ll_sink *out, struct ll_error *err);

/** What lies below a node at a path of keys ("status.phase"), or NULL. `node` may be NULL. */
const struct ll_node *ll_node_find(const struct ll_node *node, const char *path);
/** The first element of what is there, or NULL: `for (e = ll_node_first(...); e; e = e->next)`. */
const struct ll_node *ll_node_first(const struct ll_node *node, const char *path);
/** The text there, or the empty one. */
struct ll_str ll_node_text(const struct ll_node *node, const char *path);
/** The text of the member `key`, which may have dots, of the object there; or the empty one. */
struct ll_str ll_node_member(const struct ll_node *node, const char *path, const char *key);
/** False when there is no number. */
bool ll_node_number(const struct ll_node *node, const char *path, double *ret_number);
/** The time there, or LL_TIME_NONE; the year 1 of Go's zero time is none. */
int64_t ll_node_time(const struct ll_node *node, const char *path);

#endif
