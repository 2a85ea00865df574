/* SPDX-License-Identifier: Apache-2.0 */
/*
 * document.c - see document.h. JSON comes from our own reader, YAML from libyaml; both become one
 * stream of words, from which the trees are built.
 */
#include "document.h"

#include <leakledger/json.h>

#include <yaml.h>

enum word_kind {
	WORD_END,
	WORD_OBJECT,
	WORD_OBJECT_END,
	WORD_ARRAY,
	WORD_ARRAY_END,
	WORD_KEY,
	WORD_TEXT,
	WORD_NULL,
	WORD_BAD,
};

struct word {
	enum word_kind kind;
	struct ll_str text;
};

enum place {
	IN_FILE,  /* before a document */
	IN_ARRAY, /* in a top array that is split */
	IN_TOP,   /* in a top object that may have "items" */
	IN_ITEMS,
};

struct ll_document {
	enum ll_document_form form;
	bool splits_lists;
	struct ll_str text;
	struct ll_json json;
	yaml_parser_t yaml;
	bool is_map[LL_JSON_DEPTH + 2], wants_key[LL_JSON_DEPTH + 2]; /* of YAML, by level */
	size_t depth;
	enum place place;
	struct ll_arena top_arena, item_arena;
	struct ll_node *top, *last_of_top;
	bool had_items;
	struct ll_buf scratch;
	size_t nodes;
	const char *problem;
	size_t line; /* of YAML's last event, or of what was wrong with it */
};

struct ll_document *ll_document_open(struct ll_str text, enum ll_document_form form,
                                     bool splits_lists)
{
	struct ll_document *const document = ll_calloc(1, sizeof *document);

	document->form = form;
	document->splits_lists = splits_lists;
	(void)ll_str_skip(&text, "\xef\xbb\xbf");
	document->text = text;
	ll_arena_init(&document->top_arena);
	ll_arena_init(&document->item_arena);
	ll_buf_init(&document->scratch, LL_BUF_PAGE);
	ll_json_init(&document->json, text);
	if (form == LL_DOCUMENT_YAML) {
		if (!yaml_parser_initialize(&document->yaml))
			abort(); /* out of memory, as in ll_malloc */
		yaml_parser_set_input_string(&document->yaml, (const unsigned char *)text.data,
		                             text.size);
	}
	return document;
}

void ll_document_close(struct ll_document *document)
{
	if (!document)
		return;
	if (document->form == LL_DOCUMENT_YAML)
		yaml_parser_delete(&document->yaml);
	ll_arena_done(&document->top_arena);
	ll_arena_done(&document->item_arena);
	ll_buf_done(&document->scratch);
	free(document);
}

void ll_document_closep(struct ll_document **document)
{
	ll_document_close(ll_take(document));
}

/* ----------------------------------------------------------------------- words */

static struct word bad(struct ll_document *document, const char *problem)
{
	document->problem = problem;
	return (struct word){.kind = WORD_BAD};
}

/* Behind a whole JSON text another one may begin. */
static struct ll_json_token next_token(struct ll_document *document)
{
	struct ll_json *const json = &document->json;
	const size_t offset = json->offset;
	struct ll_json_token token = ll_json_next(json);

	if (token.kind == LL_JSON_BAD && json->depth == 0 && json->state[0] == 'D' && offset > 0) {
		json->state[0] = 'V';
		token = ll_json_next(json);
	}
	return token;
}

static struct word next_json(struct ll_document *document)
{
	static const enum word_kind kinds[] = {
		[LL_JSON_END] = WORD_END,
		[LL_JSON_OBJECT] = WORD_OBJECT,
		[LL_JSON_OBJECT_END] = WORD_OBJECT_END,
		[LL_JSON_ARRAY] = WORD_ARRAY,
		[LL_JSON_ARRAY_END] = WORD_ARRAY_END,
		[LL_JSON_KEY] = WORD_KEY,
		[LL_JSON_STRING] = WORD_TEXT,
		[LL_JSON_NUMBER] = WORD_TEXT,
		[LL_JSON_TRUE] = WORD_TEXT,
		[LL_JSON_FALSE] = WORD_TEXT,
		[LL_JSON_NULL] = WORD_NULL,
		[LL_JSON_BAD] = WORD_BAD,
	};
	const struct ll_json_token token = next_token(document);

	if (token.kind == LL_JSON_BAD)
		return bad(document, ll_json_is_too_deep(&document->json) ? "nested too deep"
		                                                          : "malformed JSON");
	return (struct word){.kind = kinds[token.kind], .text = token.text};
}

static bool is_null_text(struct ll_str text)
{
	return text.size == 0 || ll_str_equal(text, ll_str("~")) ||
	       ll_str_equal(text, ll_str("null"));
}

/* A value is complete, or a key: what may come next on its level. */
static void turn(struct ll_document *document)
{
	if (document->is_map[document->depth])
		document->wants_key[document->depth] = !document->wants_key[document->depth];
}

static struct word next_scalar(struct ll_document *document, const yaml_event_t *event,
                               struct ll_arena *arena)
{
	const struct ll_str text = ll_arena_str(
		arena, ll_str_n((const char *)event->data.scalar.value, event->data.scalar.length));
	const bool is_key =
		document->is_map[document->depth] && document->wants_key[document->depth];
	const bool is_null =
		event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && is_null_text(text);

	turn(document);
	if (is_key)
		return (struct word){.kind = WORD_KEY, .text = text};
	return (struct word){.kind = is_null ? WORD_NULL : WORD_TEXT, .text = text};
}

static struct word open_level(struct ll_document *document, bool is_map)
{
	if (document->is_map[document->depth] && document->wants_key[document->depth])
		return bad(document, "a key that is no text");
	if (document->depth >= LL_JSON_DEPTH)
		return bad(document, "nested too deep");
	document->depth++;
	document->is_map[document->depth] = is_map;
	document->wants_key[document->depth] = is_map;
	return (struct word){.kind = is_map ? WORD_OBJECT : WORD_ARRAY};
}

static struct word close_level(struct ll_document *document, enum word_kind kind)
{
	document->depth--;
	turn(document);
	return (struct word){.kind = kind};
}

/* True when the event is a word of its own. */
static bool read_event(struct ll_document *document, const yaml_event_t *event,
                       struct ll_arena *arena, struct word *ret_word)
{
	switch (event->type) {
	case YAML_STREAM_END_EVENT: *ret_word = (struct word){.kind = WORD_END}; return true;
	case YAML_SCALAR_EVENT: *ret_word = next_scalar(document, event, arena); return true;
	case YAML_MAPPING_START_EVENT: *ret_word = open_level(document, true); return true;
	case YAML_SEQUENCE_START_EVENT: *ret_word = open_level(document, false); return true;
	case YAML_MAPPING_END_EVENT:
		*ret_word = close_level(document, WORD_OBJECT_END);
		return true;
	case YAML_SEQUENCE_END_EVENT:
		*ret_word = close_level(document, WORD_ARRAY_END);
		return true;
	case YAML_ALIAS_EVENT:
		turn(document);
		*ret_word = (struct word){.kind = WORD_NULL};
		return true;
	default: return false;
	}
}

static struct word next_yaml(struct ll_document *document, struct ll_arena *arena)
{
	for (;;) {
		struct word word;
		yaml_event_t event;
		bool is_word;

		if (!yaml_parser_parse(&document->yaml, &event)) {
			document->line = document->yaml.problem_mark.line + 1;
			return bad(document, document->yaml.problem ? document->yaml.problem
			                                            : "malformed YAML");
		}
		document->line = event.start_mark.line + 1;
		is_word = read_event(document, &event, arena, &word);
		yaml_event_delete(&event);
		if (is_word)
			return word;
	}
}

static struct word next_word(struct ll_document *document, struct ll_arena *arena)
{
	return document->form == LL_DOCUMENT_YAML ? next_yaml(document, arena)
	                                          : next_json(document);
}

/* ----------------------------------------------------------------------- trees */

/* Texts of JSON still have their escapes. */
static struct ll_str unescaped(struct ll_document *document, struct ll_arena *arena,
                               struct ll_str raw)
{
	if (document->form == LL_DOCUMENT_YAML || ll_str_index(raw, '\\') == SIZE_MAX)
		return raw;
	ll_buf_clear(&document->scratch);
	ll_json_unescape(raw, &document->scratch);
	return ll_arena_str(arena, ll_buf_str(&document->scratch));
}

/* The node that begins with `word`; NULL when it is broken. */
static struct ll_node *build(struct ll_document *document, struct ll_arena *arena, struct word word)
{
	struct ll_node *const node = ll_arena_calloc(arena, 1, sizeof *node);
	const struct ll_node **tail = &node->first;

	if (document->nodes++ == LL_DOCUMENT_NODES) {
		document->problem = "an item with too many values";
		return NULL;
	}
	node->kind = LL_NODE_TEXT;
	if (word.kind == WORD_TEXT)
		node->text = unescaped(document, arena, word.text);
	if (word.kind == WORD_TEXT)
		return node;
	node->kind = word.kind == WORD_OBJECT  ? LL_NODE_OBJECT
	             : word.kind == WORD_ARRAY ? LL_NODE_ARRAY
	                                       : LL_NODE_NULL;
	if (node->kind == LL_NODE_NULL)
		return word.kind == WORD_NULL ? node : NULL;
	for (;;) {
		struct ll_node *child;
		struct ll_str key = ll_str_n(NULL, 0);

		word = next_word(document, arena);
		if (word.kind == WORD_OBJECT_END || word.kind == WORD_ARRAY_END)
			return node;
		if (word.kind == WORD_KEY) {
			key = unescaped(document, arena, word.text);
			word = next_word(document, arena);
		}
		child = build(document, arena, word);
		if (!child)
			return NULL;
		child->key = key;
		*tail = child;
		tail = &child->next;
	}
}

static int broken(const struct ll_document *document, struct ll_error *err)
{
	const size_t line =
		document->form == LL_DOCUMENT_YAML ? document->line : ll_json_line(&document->json);

	return ll_fail(err, LL_E_FORMAT, "line %zu: %s", line,
	               document->problem ? document->problem : "a value is missing");
}

static int give_item(struct ll_document *document, struct word word,
                     const struct ll_node **ret_item, struct ll_error *err)
{
	document->nodes = 0;
	*ret_item = build(document, &document->item_arena, word);
	return *ret_item ? 1 : broken(document, err);
}

/* --------------------------------------------------------------------- the walk */

/* One word before a document. Each step sets *ret_item only when an item came of it. */
static int step_in_file(struct ll_document *document, const struct ll_node **ret_item,
                        struct ll_error *err)
{
	struct word word;

	ll_arena_clear(&document->top_arena);
	ll_arena_clear(&document->item_arena);
	word = next_word(document, &document->item_arena);
	if (word.kind == WORD_END)
		return 0;
	if (word.kind == WORD_BAD)
		return broken(document, err);
	if (!document->splits_lists || (word.kind != WORD_OBJECT && word.kind != WORD_ARRAY))
		return give_item(document, word, ret_item, err);
	document->place = word.kind == WORD_ARRAY ? IN_ARRAY : IN_TOP;
	document->top = ll_arena_calloc(&document->top_arena, 1, sizeof *document->top);
	document->top->kind = LL_NODE_OBJECT;
	document->last_of_top = NULL;
	document->had_items = false;
	document->nodes = 0;
	return 1;
}

static int step_in_list(struct ll_document *document, const struct ll_node **ret_item,
                        struct ll_error *err)
{
	struct word word;

	ll_arena_clear(&document->item_arena);
	word = next_word(document, &document->item_arena);
	if (word.kind != WORD_ARRAY_END)
		return give_item(document, word, ret_item, err);
	document->place = document->place == IN_ARRAY ? IN_FILE : IN_TOP;
	return 1;
}

/* One key of the top object. */
static int step_in_top(struct ll_document *document, const struct ll_node **ret_item,
                       struct ll_error *err)
{
	struct ll_arena *const arena = &document->top_arena;
	struct word word = next_word(document, arena);
	struct ll_node *child;
	struct ll_str key;

	if (word.kind == WORD_OBJECT_END) {
		document->place = IN_FILE;
		*ret_item = document->had_items ? NULL : document->top;
		return 1;
	}
	if (word.kind != WORD_KEY)
		return broken(document, err);
	key = unescaped(document, arena, word.text);
	word = next_word(document, arena);
	if (word.kind == WORD_ARRAY && ll_str_equal(key, ll_str("items"))) {
		document->place = IN_ITEMS;
		document->had_items = true;
		return 1;
	}
	child = build(document, arena, word);
	if (!child)
		return broken(document, err);
	child->key = key;
	if (document->last_of_top)
		document->last_of_top->next = child;
	else
		document->top->first = child;
	document->last_of_top = child;
	return 1;
}

int ll_document_next(struct ll_document *document, const struct ll_node **ret_item,
                     struct ll_error *err)
{
	for (;;) {
		const struct ll_node *item = NULL;
		int rc = 0;

		switch (document->place) {
		case IN_FILE: rc = step_in_file(document, &item, err); break;
		case IN_TOP: rc = step_in_top(document, &item, err); break;
		case IN_ARRAY:
		case IN_ITEMS: rc = step_in_list(document, &item, err); break;
		}
		if (item)
			*ret_item = item;
		if (rc <= 0 || item)
			return rc;
	}
}

int ll_document_read(struct ll_stream *in, const struct ll_document_format *format,
                     const struct ll_sink *out, struct ll_error *err)
{
	LL_CLEANUP(ll_document_closep) struct ll_document *document = NULL;
	struct ll_error damage = LL_ERROR_INIT;
	const struct ll_node *item;
	size_t captures = 0;
	struct ll_str bytes;
	int state = 0, rc = ll_stream_all(in, &bytes, err);

	if (rc < 0)
		return rc;
	document = ll_document_open(bytes, LL_DOCUMENT_JSON, true);
	while (rc >= 0 && (state = ll_document_next(document, &item, &damage)) > 0) {
		if (!format->is_ours(item))
			continue;
		rc = format->read(item, out, err);
		captures++;
	}
	if (rc < 0)
		return rc;
	if (captures == 0)
		return state < 0 ? ll_fail(err, damage.code, "%s", damage.text)
		                 : ll_fail(err, LL_E_FORMAT, "%s", format->nothing);
	if (state < 0)
		out->note(out->self, 0, damage.text);
	return LL_OK;
}

/* --------------------------------------------------------------------- questions */

const struct ll_node *ll_node_find(const struct ll_node *node, const char *path)
{
	struct ll_str rest = ll_str(path);

	while (node && rest.size > 0) {
		const struct ll_str key = ll_str_split(&rest, '.');
		const struct ll_node *child = node->kind == LL_NODE_OBJECT ? node->first : NULL;

		while (child && !ll_str_equal(child->key, key))
			child = child->next;
		node = child;
	}
	return node;
}

const struct ll_node *ll_node_first(const struct ll_node *node, const char *path)
{
	const struct ll_node *const found = ll_node_find(node, path);

	return found ? found->first : NULL;
}

struct ll_str ll_node_text(const struct ll_node *node, const char *path)
{
	const struct ll_node *const found = ll_node_find(node, path);

	return found && found->kind == LL_NODE_TEXT ? found->text : ll_str_n(NULL, 0);
}

struct ll_str ll_node_member(const struct ll_node *node, const char *path, const char *key)
{
	const struct ll_node *member = ll_node_first(node, path);

	while (member && !ll_str_equal(member->key, ll_str(key)))
		member = member->next;
	return member && member->kind == LL_NODE_TEXT ? member->text : ll_str_n(NULL, 0);
}

bool ll_node_number(const struct ll_node *node, const char *path, double *ret_number)
{
	return ll_str_to_f64(ll_node_text(node, path), ret_number);
}

int64_t ll_node_time(const struct ll_node *node, const char *path)
{
	int64_t time_ns;
	bool has_zone;

	return ll_parse_time(ll_node_text(node, path), &time_ns, &has_zone) && time_ns > 0
	               ? time_ns
	               : LL_TIME_NONE;
}
