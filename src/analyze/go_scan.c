/* SPDX-License-Identifier: Apache-2.0 */
/*
 * go_scan.c - which top-level declaration of a Go file a line lies in.
 *
 * A declaration begins with the first token outside all brackets and ends with the line on which
 * all brackets are closed again: Go ends a statement there. Comments, strings, raw strings and
 * runes are passed over, so that what is in them opens and closes nothing. Of a declaration that
 * begins with "func" the receiver's type and the name are read.
 *
 * Damaged files: whatever the bytes are, each is looked at once.
 */
#include "go_scan.h"

#include <leakledger/capture.h>

struct declaration {
	struct ll_str receiver, name; /* of a func */
	bool is_func;
	int64_t first;
};

struct scan {
	struct ll_str text, function; /* function: without its package */
	size_t at;
	int64_t line, wanted;
	int64_t depth; /* of all brackets */
	struct declaration now;
	bool is_open; /* a declaration has begun */
	/* reading "func (receiver) name" */
	enum { BEFORE_NAME, IN_RECEIVER, AFTER_RECEIVER, NAMED } stage;
	int64_t type_depth; /* of the receiver's type arguments */
	struct ll_buf *code;
	bool has_code, found_enclosing;
	struct ll_go_place place;
};

/* ------------------------------------------------------------------- functions' names */

/* The next element of "(*Store[...]).Put.func1"; brackets are passed over. */
static struct ll_str next_element(struct ll_str *rest)
{
	size_t end = 0;
	int64_t depth = 0;
	struct ll_str element;

	while (end < rest->size && (depth > 0 || rest->data[end] != '.')) {
		depth += rest->data[end] == '[' || rest->data[end] == '(';
		depth -= rest->data[end] == ']' || rest->data[end] == ')';
		end++;
	}
	element = ll_str_first(*rest, end);
	*rest = ll_str_from(*rest, end + 1);
	if (ll_str_skip(&element, "(*") && element.size > 0)
		element.size--;
	return ll_str_first(element, ll_str_index(element, '['));
}

static bool is_package_level(struct ll_str function)
{
	struct ll_str rest = function;
	const struct ll_str first = next_element(&rest);

	return ll_str_equal(first, ll_str("init")) || ll_str_equal(first, ll_str("glob"));
}

/*
 * "Put.func1" lies in Put, "(*Store).Put" and "Store.Put" in Put of Store; "main.serve.func1", a
 * closure of a function that was inlined into another, in either.
 */
static bool is_of(const struct declaration *declaration, struct ll_str function)
{
	struct ll_str rest = function, before = ll_str_n(NULL, 0);
	const bool is_method = ll_str_starts(function, "(*");

	if (!declaration->is_func)
		return is_package_level(function);
	for (size_t i = 0; rest.size > 0; i++) {
		const struct ll_str element = next_element(&rest);

		if (ll_str_equal(element, declaration->name) && !(is_method && i == 0) &&
		    (declaration->receiver.size == 0 ? !(is_method && i == 1)
		                                     : ll_str_equal(before, declaration->receiver)))
			return true;
		before = element;
	}
	return false;
}

/* ----------------------------------------------------------------------- declarations */

static void begin(struct scan *scan)
{
	if (scan->is_open)
		return;
	scan->is_open = true;
	scan->now = (struct declaration){.first = scan->line};
	scan->stage = NAMED;
}

static void end(struct scan *scan)
{
	const bool is_it = is_of(&scan->now, scan->function);
	const bool encloses = scan->now.first <= scan->wanted && scan->wanted <= scan->line;

	scan->is_open = false;
	if (is_it && (encloses || (scan->place.first == 0 && scan->now.is_func))) {
		scan->place.first = scan->now.first;
		scan->place.last = scan->line;
	}
	scan->found_enclosing |= is_it && encloses;
}

static void take_word(struct scan *scan, struct ll_str word)
{
	const bool is_first = !scan->is_open;

	begin(scan);
	if (is_first) {
		scan->now.is_func = ll_str_equal(word, ll_str("func"));
		if (scan->now.is_func)
			scan->stage = BEFORE_NAME;
	} else if (scan->stage == IN_RECEIVER) {
		/* "(s *Store[K])": the last word outside the type's own brackets. */
		if (scan->type_depth == 0)
			scan->now.receiver = word;
	} else if (scan->stage == BEFORE_NAME || scan->stage == AFTER_RECEIVER) {
		scan->now.name = word;
		scan->stage = NAMED;
	}
}

static void take_bracket(struct scan *scan, char bracket)
{
	const bool opens = bracket == '(' || bracket == '[' || bracket == '{';

	begin(scan);
	if (opens && scan->stage == BEFORE_NAME && bracket == '(')
		scan->stage = IN_RECEIVER;
	else if (scan->stage == IN_RECEIVER && (bracket == '[' || bracket == ']'))
		scan->type_depth += bracket == '[' ? 1 : -1;
	else if (scan->stage == IN_RECEIVER && bracket == ')')
		scan->stage = AFTER_RECEIVER;
	if (opens)
		scan->depth++;
	else if (scan->depth > 0)
		scan->depth--;
}

/* -------------------------------------------------------------------------- tokens */

static int byte_at(const struct scan *scan, size_t ahead)
{
	return scan->at + ahead < scan->text.size ? (unsigned char)scan->text.data[scan->at + ahead]
	                                          : -1;
}

static bool is_word_byte(int byte)
{
	return byte == '_' || byte >= 0x80 || (byte >= '0' && byte <= '9') ||
	       (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static void put_code(struct scan *scan, struct ll_str text)
{
	if (scan->line == scan->wanted)
		ll_buf_put_str(scan->code, text);
}

static void put_blank(struct scan *scan)
{
	if (scan->line == scan->wanted && scan->code->size > 0 &&
	    scan->code->data[scan->code->size - 1] != ' ')
		ll_buf_putc(scan->code, ' ');
}

static void end_line(struct scan *scan)
{
	if (scan->is_open && scan->depth == 0)
		end(scan);
	if (scan->line == scan->wanted)
		scan->place.line_size = scan->at - scan->place.line_at;
	scan->at++;
	scan->line++;
	if (scan->line == scan->wanted)
		scan->place.line_at = scan->at;
}

/* Passes over bytes up to `stop`; lines in between are counted. An escape hides the next byte. */
static void pass_until(struct scan *scan, const char *stop, bool has_escapes, bool is_one_line)
{
	const size_t size = strlen(stop);

	while (scan->at < scan->text.size) {
		if (ll_str_starts(ll_str_from(scan->text, scan->at), stop)) {
			scan->at += size;
			return;
		}
		if (scan->text.data[scan->at] == '\n') {
			if (is_one_line)
				return;
			/* Inside a literal or comment a line ends no declaration. */
			scan->depth++;
			end_line(scan);
			scan->depth--;
			continue;
		}
		scan->at += has_escapes && scan->text.data[scan->at] == '\\' &&
		                            byte_at(scan, 1) != '\n' && byte_at(scan, 1) >= 0
		                    ? 2
		                    : 1;
	}
}

static void pass_literal(struct scan *scan, char quote)
{
	const char stop[] = {quote, '\0'};

	begin(scan);
	put_code(scan, ll_str(stop));
	scan->at++;
	pass_until(scan, stop, quote != '`', quote != '`');
	put_code(scan, ll_str(stop));
	scan->has_code |= scan->line == scan->wanted;
}

static void take_token(struct scan *scan)
{
	const int byte = byte_at(scan, 0);
	size_t size = 0;

	while (is_word_byte(byte_at(scan, size)))
		size++;
	if (size > 0) {
		const struct ll_str word = ll_str_first(ll_str_from(scan->text, scan->at), size);

		take_word(scan, word);
		put_code(scan, word);
		scan->has_code |= scan->line == scan->wanted;
		scan->at += size;
		return;
	}
	if (byte == ' ' || byte == '\t' || byte == '\r') {
		put_blank(scan);
	} else {
		if (byte < 0x80 && strchr("()[]{}", byte))
			take_bracket(scan, (char)byte);
		else
			begin(scan);
		put_code(scan, ll_str_first(ll_str_from(scan->text, scan->at), 1));
	}
	scan->at++;
}

static void step(struct scan *scan)
{
	const int byte = byte_at(scan, 0);

	if (byte == '\n') {
		end_line(scan);
	} else if (byte == '/' && byte_at(scan, 1) == '/') {
		while (scan->at < scan->text.size && byte_at(scan, 0) != '\n')
			scan->at++;
	} else if (byte == '/' && byte_at(scan, 1) == '*') {
		scan->at += 2;
		pass_until(scan, "*/", false, false);
	} else if (byte == '"' || byte == '\'' || byte == '`') {
		pass_literal(scan, (char)byte);
	} else {
		take_token(scan);
	}
}

static enum ll_go_fit fit_of(const struct scan *scan)
{
	if (scan->wanted > scan->place.lines)
		return LL_GO_NO_LINE;
	if (scan->place.first == 0)
		return LL_GO_NO_FUNCTION;
	if (!scan->found_enclosing)
		return LL_GO_OTHER_FUNCTION;
	return scan->has_code ? LL_GO_FITS : LL_GO_NO_CODE;
}

struct ll_go_place ll_go_find(struct ll_str text, struct ll_str function, int64_t line,
                              struct ll_buf *code)
{
	struct scan scan = {
		.text = text,
		.function = ll_str_from(function, ll_frame_package(function).size + 1),
		.line = 1,
		.wanted = line,
		.stage = NAMED,
		.code = code,
	};

	while (scan.at < text.size)
		step(&scan);
	if (scan.is_open)
		end(&scan);
	if (scan.line == scan.wanted)
		scan.place.line_size = text.size - scan.place.line_at;
	scan.place.lines =
		text.size > 0 && text.data[text.size - 1] == '\n' ? scan.line - 1 : scan.line;
	scan.place.fit = fit_of(&scan);
	return scan.place;
}
