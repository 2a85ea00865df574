/* SPDX-License-Identifier: Apache-2.0 */
/*
 * goroutine_stack.c - see goroutine_stack.h.
 *
 *     main.(*Hub).run(0xc0000b6000, {0x1, 0x2})        function line: pending until ...
 *     	/src/hub.go:31 +0x8a                          ... its place closes it
 *     created by main.newHub in goroutine 1            like a function line, for the creator
 *     	/src/hub.go:20 +0x57
 *
 * Rules:
 *   1. A line that ends like a place closes the pending function line, with or without its leading
 *      tab.
 *   2. The argument list starts at the last '(' of the line; what is before it is the name. C
 *      functions have no arguments: a word alone is one when a place follows.
 *   3. Runtime noise (register dumps, stack frame hex, "runtime: ...") is passed over.
 *   4. Leading runtime frames are cut, so that SIGQUIT dumps compare equal to debug=2 dumps; so is
 *      runtime.goexit at the root, and what the compiler wraps a go statement in: it is called
 *      main.main.gowrap1, and main.main.func1 before Go 1.22. Frames that descend from
 *      [originating from goroutine N] belong to another goroutine and are dropped.
 *   5. A function line without a place at the end of a goroutine is kept as a name, unless what
 *      follows shows that it was none: then it was foreign, too. A last word that begins as lines
 *      of stacks do shows that more stood there.
 *   6. Terminals wrap long lines where they end: arguments, places and offsets go on in the next
 *      line, numbers also in the middle.
 *   7. What folds lines that begin with white space, as mail does, leaves a place behind its
 *      function, in one line.
 *
 * This is where the time of reading a large dump goes: the first lines of ll_goroutine_stack_line
 * deal with what nearly every line is.
 */
#include "goroutine_stack.h"

#include <leakledger/scan.h>

enum {
	RUN_LINE_MAX = 4096,     /* longer lines are taken one by one */
	TEXT_ROOM = 1024 * 1024, /* of the frames of one goroutine; lines have at most as much */
};

void ll_goroutine_stack_init(struct ll_goroutine_stack *stack)
{
	memset(stack, 0, sizeof *stack);
	ll_goroutine_init(&stack->goroutine);
	ll_buf_init(&stack->half, LL_BUF_MESSAGE);
}

void ll_goroutine_stack_done(struct ll_goroutine_stack *stack)
{
	ll_goroutine_done(&stack->goroutine);
	ll_buf_done(&stack->half);
}

void ll_goroutine_stack_begin(struct ll_goroutine_stack *stack,
                              const struct ll_goroutine_header *header)
{
	struct ll_goroutine *const goroutine = &stack->goroutine;

	ll_buf_put_str(&goroutine->state, header->state);
	if (header->labels.size > 0)
		ll_goroutine_header_put_labels(&goroutine->labels, header->labels);
	goroutine->id = header->id;
	goroutine->minutes = header->minutes;
	goroutine->is_leaked = header->is_leaked;
	goroutine->is_system = header->id == 0;
	stack->is_open = true;
	stack->is_elsewhere = false;
	stack->is_broken = false;
	stack->has_places = false;
	stack->has_root = false;
	stack->section = LL_STACK_FRAMES;
	stack->has_pending = false;
	stack->is_tentative = false;
	stack->is_wrapped = false;
	ll_buf_clear(&stack->half);
}

/* ---------------------------------------------------------------------- places */

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_hex(char byte)
{
	return is_digit(byte) || (byte >= 'a' && byte <= 'f');
}

/* "FILE:31" and nothing else. */
static bool is_file_and_line(struct ll_str text)
{
	size_t i = text.size;

	while (i > 0 && is_digit(text.data[i - 1]))
		i--;
	return i < text.size && i > 1 && text.data[i - 1] == ':';
}

/* "FILE:31 +0x8a" or "FILE:31", the forms of nearly every place: cuts it to "FILE:31". */
static bool cut_offset(struct ll_str *text)
{
	size_t i = text->size;

	while (i > 0 && is_hex(text->data[i - 1]))
		i--;
	if (i < text->size && i >= 4 && text->data[i - 1] == 'x' && text->data[i - 2] == '0' &&
	    text->data[i - 3] == '+' && text->data[i - 4] == ' ')
		text->size = i - 4;
	return is_file_and_line(*text);
}

/* The same with "fp=0x... sp=0x... pc=0x..." behind. */
static bool cut_pointers(struct ll_str *text)
{
	static const char *const tails[] = {" +0x", " fp=0x", " pc=0x"};

	for (size_t i = 0; i < LL_COUNT(tails); i++) {
		const size_t cut = ll_str_find(*text, tails[i]);

		if (cut == SIZE_MAX)
			continue;
		*text = ll_str_first(*text, cut);
		break;
	}
	return is_file_and_line(*text);
}

/* ---------------------------------------------------------------------- frames */

static bool is_runtime_frame(struct ll_str function)
{
	return ll_str_starts(function, "runtime.") && !ll_str_starts(function, "runtime.main");
}

/* "main.main.gowrap1": debug=2 does not show it, and it would pass for main.main. */
static bool is_go_wrapper(struct ll_str function)
{
	size_t end = function.size;

	/* Asked of every frame: few names end with a digit. */
	if (end == 0 || !is_digit(function.data[end - 1]))
		return false;
	while (end > 0 && is_digit(function.data[end - 1]))
		end--;
	return ll_str_ends(ll_str_first(function, end), ".gowrap");
}

static void put_line(struct ll_buf *to, struct ll_str text)
{
	char *const at = ll_buf_reserve(to, text.size + 1);

	if (!at)
		return;
	memcpy(at, text.data, text.size);
	at[text.size] = '\n';
	ll_buf_commit(to, text.size + 1);
}

static void open_function(struct ll_goroutine_stack *stack, struct ll_str function)
{
	struct ll_goroutine *const goroutine = &stack->goroutine;

	if (stack->has_pending && stack->is_kept)
		goroutine->text.size = stack->pending_at;
	stack->has_pending = true;
	stack->is_tentative = false;
	stack->is_wrapped = false;
	ll_buf_clear(&stack->half);
	stack->is_kept = stack->section == LL_STACK_FRAMES && function.size > 0;
	if (!stack->is_kept)
		return;
	if (goroutine->frame_count >= LL_DUMP_FRAMES_MAX || goroutine->text.size > TEXT_ROOM) {
		goroutine->is_cut = true;
		stack->is_kept = false;
		return;
	}
	stack->pending_at = goroutine->text.size;
	put_line(&goroutine->text, function);
}

static void close_function(struct ll_goroutine_stack *stack, struct ll_str place)
{
	struct ll_goroutine *const goroutine = &stack->goroutine;
	struct ll_str function;
	bool is_exit;

	stack->has_places = true;
	stack->has_pending = false;
	stack->is_tentative = false;
	stack->is_wrapped = false;
	if (stack->section == LL_STACK_CREATED) {
		ll_buf_put_str(&goroutine->creator, place);
		return;
	}
	if (!stack->is_kept)
		return;
	/* Rule 4. */
	function = ll_str_from(ll_buf_str(&goroutine->text), stack->pending_at);
	is_exit = function.data[0] == 'r' && ll_str_equal(function, ll_str("runtime.goexit\n"));
	stack->has_root |= is_exit;
	if (is_exit || (goroutine->frame_count == 0 && is_runtime_frame(function))) {
		goroutine->text.size = stack->pending_at;
		return;
	}
	if (goroutine->frame_count > 0 &&
	    is_go_wrapper(ll_str_first(function, function.size - 1))) {
		goroutine->text.size = stack->pending_at;
		return;
	}
	put_line(&goroutine->text, place);
	goroutine->frame_count++;
}

static void open_creator(struct ll_goroutine_stack *stack, struct ll_str creator)
{
	static const char in[] = " in goroutine ";
	const size_t by = ll_str_find(creator, in);

	if (stack->has_pending && stack->is_kept)
		stack->goroutine.text.size = stack->pending_at;
	stack->has_pending = true;
	stack->is_kept = false;
	stack->is_tentative = false;
	stack->is_wrapped = false;
	ll_buf_clear(&stack->half);
	if (stack->section == LL_STACK_ANCESTOR)
		return;
	stack->section = LL_STACK_CREATED;
	ll_buf_clear(&stack->goroutine.creator);
	put_line(&stack->goroutine.creator, ll_str_first(creator, by));
	if (by == SIZE_MAX ||
	    !ll_str_to_u64(ll_str_from(creator, by + strlen(in)), &stack->goroutine.creator_id))
		stack->goroutine.creator_id = 0;
}

/* "runt", "github", "shop/cart.(*H": what is left of a line of a stack (rule 5). */
static bool is_torn_word(struct ll_str word)
{
	static const char *const starts[] = {"runtime.",    "main.",      "github.com/",
	                                     "created by ", "goroutine ", "syscall.",
	                                     "sync.",       "net/http.",  "internal/"};

	for (size_t i = 0; word.size > 0 && i < LL_COUNT(starts); i++) {
		const size_t size = strlen(starts[i]);

		if (memcmp(word.data, starts[i], word.size < size ? word.size : size) == 0)
			return true;
	}
	return ll_str_index(word, '/') != SIZE_MAX && ll_str_find(word, "://") == SIZE_MAX;
}

static bool starts_with(struct ll_str text, struct ll_str start)
{
	return text.size >= start.size && ll_str_equal(ll_str_first(text, start.size), start);
}

/* Takes the last line off the text. */
static struct ll_str take_last_line(struct ll_str *text)
{
	size_t start;

	text->size -= text->size > 0; /* its line feed */
	start = text->size;
	while (start > 0 && text->data[start - 1] != '\n')
		start--;
	const struct ll_str line = ll_str_from(*text, start);
	*text = ll_str_first(*text, start);
	return line;
}

/* Bytes of "net/http." in "net/http.(*Transport).dialConn". */
static size_t package_size(struct ll_str function)
{
	const size_t end = ll_str_index(function, '(');
	size_t start = end == SIZE_MAX ? function.size : end;

	while (start > 0 && function.data[start - 1] != '/')
		start--;
	for (size_t i = start; i < function.size; i++) {
		if (function.data[i] == '.')
			return i + 1;
	}
	return function.size;
}

/*
 * What the compiler wraps a go statement in is main.main.func1 before Go 1.22, as a function
 * literal is. Its line is that of the statement. A literal of one line looks the same, and nothing
 * is lost with it where it called a function of its package.
 */
static void drop_old_wrapper(struct ll_goroutine *goroutine)
{
	struct ll_str creator = ll_buf_str(&goroutine->creator);
	struct ll_str text = ll_buf_str(&goroutine->text);
	struct ll_str function;
	size_t size;

	if (goroutine->frame_count < 2 || ll_str_index(creator, '\n') == SIZE_MAX)
		return;
	if (!ll_str_equal(take_last_line(&text),
	                  ll_str_from(creator, ll_str_index(creator, '\n') + 1)))
		return;
	creator = ll_str_first(creator, ll_str_index(creator, '\n'));
	function = take_last_line(&text);
	size = function.size;
	while (size > 0 && is_digit(function.data[size - 1]))
		size--;
	if (size == function.size || !starts_with(function, creator) ||
	    !ll_str_equal(ll_str_from(ll_str_first(function, size), creator.size), ll_str(".func")))
		return;
	size = text.size;
	(void)take_last_line(&text);
	if (starts_with(take_last_line(&text), ll_str_first(creator, package_size(creator)))) {
		goroutine->text.size = size;
		goroutine->frame_count--;
	}
}

/* Rule 5. */
void ll_goroutine_stack_end(struct ll_goroutine_stack *stack, enum ll_stack_end end)
{
	struct ll_goroutine *const goroutine = &stack->goroutine;
	struct ll_str function;

	stack->is_open = false;
	if (stack->has_root && !stack->has_pending)
		drop_old_wrapper(goroutine);
	if (!stack->has_pending)
		return;
	stack->has_pending = false;
	if (!stack->is_kept) {
		stack->is_broken = end == LL_STACK_INPUT && !stack->is_tentative;
		goroutine->is_cut |= stack->is_broken;
		return;
	}
	function = ll_str_from(ll_buf_str(&goroutine->text), stack->pending_at);
	if (stack->is_tentative || end == LL_STACK_FOREIGN ||
	    ll_str_index(function, ' ') != SIZE_MAX) {
		stack->is_broken = stack->is_wrapped ||
		                   (stack->is_tentative && end == LL_STACK_INPUT &&
		                    is_torn_word(ll_str_first(function, function.size - 1)));
		goroutine->is_cut |= stack->is_broken;
		goroutine->text.size = stack->pending_at;
		return;
	}
	put_line(&goroutine->text, ll_str_n("", 0));
	goroutine->frame_count++;
	/* No runtime leaves arguments open, whatever stands behind them. */
	stack->is_broken = end == LL_STACK_INPUT || stack->is_wrapped;
	goroutine->is_cut |= stack->is_broken;
}

/* ----------------------------------------------------------------------- lines */

/* "rax    0xca", "eflags 0x246", "r10     0x0": a short name, blanks and a hexadecimal number. */
static bool is_register(struct ll_str line)
{
	const size_t name = ll_str_index(line, ' ');
	uint64_t value;

	if (name == 0 || name > 6)
		return false;
	line = ll_str_trim(ll_str_from(line, name));
	return ll_str_skip(&line, "0x") && ll_str_to_hex(line, &value);
}

/* "000000c000046f00:  000000c000046f48 ..." */
static bool is_hexdump(struct ll_str line)
{
	size_t i = 0;

	while (i < line.size && is_hex(line.data[i]))
		i++;
	return i >= 8 && i < line.size && line.data[i] == ':';
}

/* Lines that the runtime prints between frames (rule 3). */
static bool is_noise(struct ll_str line)
{
	static const char *const starts[] = {
		"runtime: ", "stack: frame=", "0x", "-----", "exit status", "instruction bytes:",
	};

	for (size_t i = 0; i < LL_COUNT(starts); i++) {
		if (ll_str_starts(line, starts[i]))
			return true;
	}
	return is_register(line) || is_hexdump(line);
}

static bool is_elided(struct ll_str line)
{
	return ll_str_starts(line, "...") && ll_str_ends(line, " frames elided...");
}

/* A word as a C or C++ function is named. */
static bool is_symbol(struct ll_str word)
{
	for (size_t i = 0; i < word.size; i++) {
		const char byte = word.data[i];

		if (!is_digit(byte) && (byte < 'a' || byte > 'z') && (byte < 'A' || byte > 'Z') &&
		    !memchr("_:~<>.$@", byte, 8))
			return false;
	}
	return word.size > 0 && !is_digit(word.data[0]) && word.data[word.size - 1] != ':';
}

/* -------------------------------------------------------------- rule 6 */

/* "0x1, {0x2, 0x3?}, ..." */
static bool is_arguments(struct ll_str text)
{
	for (size_t i = 0; i < text.size; i++) {
		if (!is_hex(text.data[i]) && !memchr("x, {}?._", text.data[i], 8))
			return false;
	}
	return true;
}

/* "main.(*Hub).run(0xc0000b6000, {0x1,": the arguments are not all there. */
static bool open_wrapped(struct ll_goroutine_stack *stack, struct ll_str text)
{
	const size_t open = ll_str_rindex(text, '(');
	const struct ll_str name = ll_str_first(text, open);

	if (open == SIZE_MAX || ll_str_index(name, '.') == SIZE_MAX ||
	    ll_str_index(name, ' ') != SIZE_MAX || ll_str_ends(name, ")") ||
	    !is_arguments(ll_str_from(text, open + 1)))
		return false;
	open_function(stack, name);
	stack->is_wrapped = true;
	return true;
}

/* " +0x3f fp=0x12da3f80", "p=0x12da3f80": of the place before. */
static bool is_rest_of_place(struct ll_str text)
{
	size_t i = 0;

	if (ll_str_starts(text, "+0x"))
		return true;
	while (i < 2 && i < text.size && memchr("fspc", text.data[i], 4))
		i++;
	return ll_str_starts(ll_str_from(text, i), "=0x");
}

/* "2ce72", "78 pc=0x40ec47": of a number that the line before begins. */
static bool is_rest_of_number(struct ll_str text)
{
	size_t i = 0;

	while (i < text.size && is_hex(text.data[i]))
		i++;
	text = ll_str_trim(ll_str_from(text, i));
	return text.size == 0 || is_rest_of_place(text);
}

/* The path of a place, cut somewhere. */
static bool is_half_place(struct ll_str text)
{
	return ll_str_index(text, '/') != SIZE_MAX && ll_str_index(text, ' ') == SIZE_MAX;
}

/* Does the line go on where the one before was wrapped? */
static bool read_rest(struct ll_goroutine_stack *stack, struct ll_str line)
{
	struct ll_str place;
	bool is_rest = false;

	if (stack->is_wrapped) {
		const bool is_end = ll_str_ends(line, ")");

		is_rest = is_arguments(ll_str_first(line, line.size - is_end));
		if (is_rest)
			stack->is_wrapped = !is_end;
	} else if (stack->half.size > 0 && stack->has_pending && line.data[0] != '/') {
		ll_buf_put_str(&stack->half, line);
		place = ll_buf_str(&stack->half);
		is_rest = cut_pointers(&place);
		if (is_rest)
			close_function(stack, place);
	}
	ll_buf_clear(&stack->half);
	return is_rest;
}

/* -------------------------------------------------------------- rule 7 */

/* "main.f(0x1) /src/f.go:3 +0x1": cut behind `size` bytes, is the rest a place? */
static bool cut_folded(struct ll_str text, size_t size, struct ll_str *ret_place)
{
	*ret_place = ll_str_trim(ll_str_from(text, size));
	return size < text.size && cut_pointers(ret_place) &&
	       ll_str_index(*ret_place, ' ') == SIZE_MAX &&
	       ll_str_index(*ret_place, '/') != SIZE_MAX;
}

static bool read_folded(struct ll_goroutine_stack *stack, struct ll_str text)
{
	const size_t end = ll_str_find(text, ") ");
	const struct ll_str function = ll_str_first(text, end == SIZE_MAX ? 0 : end);
	const size_t open = ll_str_rindex(function, '(');
	const struct ll_str name = ll_str_first(function, open == SIZE_MAX ? 0 : open);
	struct ll_str place;

	if (ll_str_index(name, '.') == SIZE_MAX || ll_str_index(name, ' ') != SIZE_MAX ||
	    stack->section == LL_STACK_CREATED || !cut_folded(text, end + 1, &place))
		return false;
	open_function(stack, name);
	close_function(stack, place);
	return true;
}

static void read_creator(struct ll_goroutine_stack *stack, struct ll_str text)
{
	size_t name = ll_str_find(text, " in goroutine ");
	struct ll_str place;

	name = name == SIZE_MAX ? 0 : name + strlen(" in goroutine ");
	name += ll_str_index(ll_str_from(text, name), ' ') == SIZE_MAX
	                ? text.size - name
	                : ll_str_index(ll_str_from(text, name), ' ');
	if (!cut_folded(text, name, &place)) {
		open_creator(stack, text);
		return;
	}
	open_creator(stack, ll_str_first(text, name));
	close_function(stack, place);
}

static bool read_words(struct ll_goroutine_stack *stack, struct ll_str text)
{
	if (ll_str_skip(&text, "created by ")) {
		read_creator(stack, text);
		return true;
	}
	if (ll_str_starts(text, "[originating from goroutine ")) {
		stack->section = LL_STACK_ANCESTOR;
		stack->has_pending = false;
		return true;
	}
	if (ll_str_starts(text, "non-Go function")) {
		open_function(stack, ll_str("non-Go function"));
		return true;
	}
	if (ll_str_starts(text, "goroutine running on other thread")) {
		stack->is_elsewhere = true;
		return true;
	}
	if (stack->section == LL_STACK_FRAMES && !stack->is_tentative && is_symbol(text)) {
		open_function(stack, text);
		stack->is_tentative = true;
		return true;
	}
	return is_noise(text) || is_rest_of_place(text) || read_folded(stack, text) ||
	       open_wrapped(stack, text) ||
	       (stack->has_places && !stack->has_pending && is_rest_of_number(text));
}

static bool read_other(struct ll_goroutine_stack *stack, struct ll_str line)
{
	struct ll_str text = line, place;
	const bool is_indented =
		ll_str_skip(&text, "\t") || ll_str_skip(&text, "#011") || ll_str_skip(&text, "  ");

	text = ll_str_trim(text);
	if (text.size == 0)
		return true;
	if ((stack->is_wrapped || stack->half.size > 0) && read_rest(stack, ll_str_trim(line)))
		return true;
	place = text;
	if ((is_indented || stack->has_pending) && cut_pointers(&place)) {
		if (stack->has_pending)
			close_function(stack, place);
		return true;
	}
	if (is_elided(text)) {
		stack->goroutine.is_cut = true;
		return true;
	}
	if (is_indented) {
		stack->is_elsewhere |= ll_str_starts(text, "goroutine running on other thread");
		if (stack->has_pending && is_half_place(text))
			ll_buf_put_str(&stack->half, text);
		return true; /* a value's further lines */
	}
	return read_words(stack, text);
}

/* Offset of the last '(', or 0; eight bytes at a time until it is near: arguments are long. */
static size_t last_parenthesis(struct ll_str line)
{
	const uint64_t low7 = UINT64_C(0x7f7f7f7f7f7f7f7f);
	size_t end = line.size;

	while (end >= 8) {
		uint64_t word;

		memcpy(&word, line.data + end - 8, sizeof word);
		word ^= UINT64_C(0x2828282828282828); /* '(' becomes 0 */
		if (~(((word & low7) + low7) | word | low7) != 0)
			break;
		end -= 8;
	}
	while (end > 0 && line.data[end - 1] != '(')
		end--;
	return end > 0 ? end - 1 : 0;
}

bool ll_goroutine_stack_line(struct ll_goroutine_stack *stack, struct ll_str line)
{
	char first, last;

	if (line.size == 0)
		return true;
	first = line.data[0];
	last = line.data[line.size - 1];
	if (first == '\t' && stack->has_pending) {
		struct ll_str place = ll_str_n(line.data + 1, line.size - 1);

		if (cut_offset(&place)) {
			close_function(stack, place);
			return true;
		}
	} else if (last == ')' && first > ' ' && first != '#' &&
	           stack->section != LL_STACK_CREATED &&
	           !(first == 'c' && ll_str_starts(line, "created by "))) {
		const size_t open = last_parenthesis(line);

		if (open > 0) {
			open_function(stack, ll_str_n(line.data, open));
			return true;
		}
	}
	return read_other(stack, line);
}

/* The bytes in front of a line feed, or SIZE_MAX where the line is long or the text ends soon. */
static inline size_t line_size(const char *at, const char *end)
{
	for (size_t size = 0; size < RUN_LINE_MAX && (size_t)(end - at) >= size + LL_SCAN_BYTES;
	     size += LL_SCAN_BYTES) {
		const uint64_t feeds = ll_scan(at + size, '\n');

		if (feeds != 0)
			return size + (size_t)__builtin_ctzll(feeds);
	}
	return SIZE_MAX;
}

/* open_function and close_function at once, for a frame that needs none of their rules. */
static void add_frame(struct ll_goroutine_stack *stack, struct ll_str function, struct ll_str place)
{
	struct ll_goroutine *const goroutine = &stack->goroutine;
	char *to;

	if (stack->section != LL_STACK_FRAMES || function.data[0] == 'r' ||
	    is_go_wrapper(function) || goroutine->frame_count >= LL_DUMP_FRAMES_MAX ||
	    goroutine->text.size > TEXT_ROOM) {
		open_function(stack, function);
		close_function(stack, place);
		return;
	}
	to = ll_buf_reserve(&goroutine->text, function.size + place.size + 2);
	if (!to)
		return;
	memcpy(to, function.data, function.size);
	to[function.size] = '\n';
	memcpy(to + function.size + 1, place.data, place.size);
	to[function.size + 1 + place.size] = '\n';
	ll_buf_commit(&goroutine->text, function.size + place.size + 2);
	goroutine->frame_count++;
	stack->has_places = true;
}

/* The name in front of the arguments; empty when the line is no function with some. */
static struct ll_str name_of(const char *at, size_t size)
{
	struct ll_str name = ll_str_n(at, 0);

	if (*at <= ' ' || *at == '#' || at[size - 1] != ')')
		return name;
	if (size >= LL_SCAN_BYTES) {
		const uint64_t opens = ll_scan(at + size - LL_SCAN_BYTES, '(');

		if (opens != 0)
			size -= (size_t)__builtin_clzll(opens);
	}
	name.size = at[size - 1] == '(' ? size - 1 : last_parenthesis(ll_str_n(at, size));
	if (*at == 'c' && ll_str_starts(name, "created by "))
		name.size = 0;
	return name;
}

/* A function line and its place: what is behind them, or NULL for any other lines. */
static const char *take_frame(struct ll_goroutine_stack *stack, const char *at, const char *end)
{
	const size_t size = line_size(at, end);
	struct ll_str name, place;

	if (size == SIZE_MAX || size == 0)
		return NULL;
	ll_scan_ahead(at);
	ll_scan_ahead(at + size);
	place.data = at + size + 1;
	place.size = line_size(place.data, end);
	if (place.size == SIZE_MAX || *place.data != '\t')
		return NULL;
	end = place.data + place.size + 1;
	place = ll_str_n(place.data + 1, place.size - 1);
	name = name_of(at, size);
	if (name.size == 0 || !cut_offset(&place))
		return NULL;
	add_frame(stack, name, place);
	return end;
}

size_t ll_goroutine_stack_run(struct ll_goroutine_stack *stack, struct ll_str text,
                              uint64_t *ret_lines)
{
	const char *const end = text.data + text.size;
	const char *at = text.data, *next;

	*ret_lines = 0;
	if (!stack->is_open || stack->has_pending || stack->section == LL_STACK_CREATED)
		return 0;
	while ((next = take_frame(stack, at, end))) {
		at = next;
		*ret_lines += 2;
	}
	return (size_t)(at - text.data);
}

bool ll_goroutine_stack_is_torn(struct ll_str line)
{
	const size_t blank = ll_str_index(line, ' ');
	const size_t open = ll_str_rindex(line, '(');

	if (ll_str_starts(line, "goroutine ") || ll_str_starts(line, "created b"))
		return true;
	if (ll_str_starts(line, "</")) /* of the page around it */
		return false;
	if (open != SIZE_MAX && open > 0 && (blank == SIZE_MAX || blank > open))
		return !ll_str_ends(line, ")");
	return blank == SIZE_MAX && is_torn_word(line);
}

/* "+0x8a", "+0x8a fp=0xc1 sp=0xc0", "+0x8a fp=0xc1 sp=0xc0 pc=0x4a": all of it is there. */
static bool is_whole_offset(struct ll_str text)
{
	static const char *const parts[] = {"+0x", "fp=0x", "sp=0x", "pc=0x"};
	size_t count = 0;

	while (text.size > 0 && count < LL_COUNT(parts)) {
		struct ll_str word = ll_str_split(&text, ' ');

		if (!ll_str_skip(&word, parts[count]) || word.size == 0)
			return false;
		count++;
	}
	return count != 2; /* Go prints fp and sp together */
}

bool ll_goroutine_stack_is_complete(struct ll_str line)
{
	const struct ll_str text = ll_str_trim(line);
	const size_t at = ll_str_find(text, " +0x"), pc = ll_str_find(text, " pc=0x");

	if (at != SIZE_MAX)
		return is_whole_offset(ll_str_from(text, at + 1));
	if (pc != SIZE_MAX)
		return pc + strlen(" pc=0x") < text.size;
	if (text.size == 0 || is_noise(text) || is_elided(text) ||
	    ll_str_ends(text, "stack unavailable"))
		return true;
	/* The prompt of a shell, which somebody copied with the dump. */
	return memchr("$#%>~", text.data[text.size - 1], 5) != NULL;
}
