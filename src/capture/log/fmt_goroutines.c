/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_goroutines.c - goroutine dumps: debug=2, runtime.Stack, panics, fatal errors, SIGQUIT; whole
 * files or somewhere in a log (formats.md section 3). goroutine_stack.c has the lines of a stack.
 *
 *     panic: boom                                      preamble: says what kind of dump follows
 *     goroutine 18 [chan receive, 5 minutes]:          header: starts a goroutine
 *     main.(*Hub).run(0xc0000b6000, {0x1, 0x2})        its stack
 *     	/src/hub.go:31 +0x8a
 *     (empty line)
 *
 * Rules:
 *   1. Only a header starts a goroutine; empty lines mean nothing, because some collectors drop
 *      them. The first line that is no part of a stack ends the goroutine.
 *   2. A panic, fatal error or signal line starts a new capture. So does a goroutine id that this
 *      dump already had as its first, and a running goroutine with a stack where none can be but
 *      the first: one without a preamble, or behind foreign lines, and not in a system call, of
 *      which Go 1.26 and later say running. A gap of two seconds ends a dump, and so do FOREIGN_MAX
 *      foreign lines.
 *   3. Lines of the runtime's traces (GODEBUG) may fall into a dump and end nothing.
 *   4. Up to Go 1.22 a panic prints its text as it is, and that may look like a header. One that
 *      follows it without an empty line counts only when it has frames, and gives way to a real
 *      one with its id.
 *   5. A dump that ends inside a line is partial: its counts are lower bounds.
 *   6. The runtime's word that all goroutines sleep is a proof: variant "deadlock".
 *   7. A single goroutine that is running has printed its own stack (debug.Stack, a server that
 *      recovered): no census, variant "stack".
 *   8. Tests that look for goroutines which did not end report each with a header of their own
 *      (goleak), older ones with the runtime's below it, or with the runtime's behind words
 *      (leaktest): variant "goleak", no census either.
 *   9. A stack may stand further to the right than its header, if all of its lines do; or less
 *      far, behind a tab. Lines of a stack in a comment may have slashes in front of them.
 *  10. A header that is followed by something else is noted: two dumps that were written at the
 *      same time into one terminal look like that.
 *  11. GODEBUG=allocfreetrace=1 (up to Go 1.20) prints the stack of who allocates or frees, with
 *      a header, behind a line of its own: no dump. What it prints of a collection is one.
 *  12. A dump in a string that names no place at all is an example in somebody's source code.
 *  13. A panic prints one goroutine or all, and does not say which. That of a test that ran into
 *      its time limit prints all: variant "test timeout", a census.
 *  14. Of all goroutines that the program started a dump tells who created them. One without that,
 *      behind which a fence or the end comes, was cut where it was copied, unless it may be the one
 *      that runs finalizers: the runtime lists that before all others, behind goroutine 1 and the
 *      one that writes the dump.
 *  14. Package testing/synctest panics when all goroutines of a test's bubble sleep, and prints
 *      those: the same proof for them, variant "test deadlock".
 */
#include "goroutine_groups.h"
#include "goroutine_header.h"
#include "goroutine_stack.h"
#include "line_format.h"

enum {
	FOREIGN_MAX = 64,
	PLACES_MAX = 16,     /* of one line where a header is looked for */
	PREAMBLE_MAX = 4096, /* lines between a preamble and its first goroutine */
};

struct dump {
	bool is_open;
	size_t goroutines, bare; /* bare: rule 10 */
	/* Rule 14. */
	size_t created;   /* goroutines that tell who created them */
	bool has_main;    /* it lists goroutine 1 */
	bool is_followed; /* one but the first tells who created it */
	uint64_t first_id;
	const char *variant;
	int64_t time_ns, near_ns;
	bool is_doubtful; /* its only goroutine may be part of a panic's text (rule 4) */
	bool is_cut;
	bool is_one_stack;          /* rule 7 */
	bool is_quoted, has_places; /* rule 12 */
};

struct reader {
	const struct ll_sink *out;
	const struct ll_log_source *source;
	struct ll_goroutine_groups *groups;
	struct ll_goroutine_stack stack; /* of the goroutine that is being read */
	struct dump dump;
	const char *next_variant; /* of the dump whose preamble was seen */
	/* Of the goroutine that is being read. */
	uint64_t id;
	int64_t time_ns, near_ns;
	bool is_running, is_doubtful, is_behind_foreign, is_quoted;
	bool is_deep;   /* rules 8 and 9 */
	bool is_fenced; /* a fence stands behind it */
	/* Of the line before. */
	bool was_blank, was_preamble, was_cut, was_alloc_trace;
	bool is_torn; /* the last line of the input is not all there */
	int64_t last_time_ns, last_uptime_ns;
	size_t foreign;  /* foreign lines since the last one that was taken */
	size_t captures; /* that were not told of yet */
	bool had_preamble, had_alloc_trace;
};

/* What a crash prints before its goroutines. */
static const char *preamble_variant(struct ll_str line)
{
	static const struct {
		const char *start;
		const char *variant;
	} preambles[] = {
		{"panic: test timed out after ", "test timeout"}, /* rule 13 */
		{"panic: deadlock: all goroutines in bubble are blocked", "test deadlock"},
		{"panic: deadlock: main bubble goroutine has exited but blocked", "test deadlock"},
		{"panic: ", "panic"},
		{"fatal error: all goroutines are asleep - deadlock!", "deadlock"},
		{"fatal error: no goroutines (main called runtime.Goexit) - deadlock!", "deadlock"},
		{"fatal error: ", "fatal error"},
		{"SIGQUIT: ", "SIGQUIT"},
		{"SIGABRT: ", "SIGABRT"},
		{"SIGSEGV: ", "SIGSEGV"},
		{"SIGBUS: ", "SIGBUS"},
		{"SIGILL: ", "SIGILL"},
		{"SIGTRAP: ", "SIGTRAP"},
		{"SIGFPE: ", "SIGFPE"},
		{"SIGSYS: ", "SIGSYS"},
		{"runtime: out of memory: ", "fatal error"},
		{"http: panic serving ", "panic"},
		{"http2: panic serving ", "panic"},
		{"Observed a panic: ", "panic"},
		{"Exception 0x", "exception"},
		{"tracegc()", "debug=2"}, /* rule 11 */
	};

	/* How a terminal shows the key that sends SIGQUIT, and how a page begins to quote. */
	(void)(ll_str_skip(&line, "^\\") || ll_str_skip(&line, "`"));
	if (line.size < 8 || !memchr("pfSrhOEt", line.data[0], 8))
		return NULL;
	for (size_t i = 0; i < LL_COUNT(preambles); i++) {
		if (ll_str_starts(line, preambles[i].start))
			return preambles[i].variant;
	}
	return NULL;
}

/* Rule 3. */
static bool is_runtime_trace(struct ll_str line)
{
	return (ll_str_starts(line, "gc ") && ll_str_find(line, " @") != SIZE_MAX) ||
	       ll_str_starts(line, "scav ") || ll_str_starts(line, "scvg") ||
	       ll_str_starts(line, "SCHED ") || ll_str_starts(line, "pacer: ") ||
	       ll_str_starts(line, "GC forced");
}

/* Rule 11. */
static bool is_alloc_trace(struct ll_str line)
{
	return ll_str_starts(line, "trace") &&
	       (ll_str_starts(line, "tracealloc(0x") || ll_str_starts(line, "tracefree(0x"));
}

/* -------------------------------------------------------------------- the dump */

/* Does a goroutine that is not in the dump not exist any more? */
static bool is_whole(const struct ll_origin *origin, bool is_cut)
{
	static const char *const variants[] = {"debug=2", "SIGQUIT", "SIGABRT", "deadlock",
	                                       "test timeout"};

	for (size_t i = 0; !is_cut && i < LL_COUNT(variants); i++) {
		if (strcmp(origin->variant, variants[i]) == 0)
			return true;
	}
	return false;
}

static int finish_dump(struct reader *reader, struct ll_error *err)
{
	static const struct ll_value_type types[] = {
		{{"goroutine", 9}, {"count", 5}},
	};
	const struct dump *const dump = &reader->dump;
	const bool is_cut = dump->is_cut;
	char text[96];
	const struct ll_origin origin = {
		.kind = LL_KIND_GOROUTINE,
		.variant = dump->variant                                 ? dump->variant
	                   : dump->is_one_stack && dump->goroutines == 1 ? "stack"
	                                                                 : "debug=2",
		.time_ns = dump->time_ns,
		.not_before_ns = dump->time_ns == LL_TIME_NONE ? dump->near_ns : LL_TIME_NONE,
		.period = 1,
		.service = reader->source->service,
		.instance = reader->source->instance,
		.identified = reader->source->identified,
		.types = types,
		.type_count = LL_COUNT(types),
	};
	int rc;

	if (!dump->is_open)
		return LL_OK;
	if (dump->is_quoted && !dump->has_places) {
		ll_goroutine_groups_forget(reader->groups);
		reader->dump = (struct dump){0};
		reader->had_preamble = true;
		return LL_OK;
	}
	rc = reader->out->begin(reader->out->self, &origin, err);
	if (rc == LL_OK)
		rc = ll_goroutine_groups_emit(reader->groups,
		                              is_whole(&origin, is_cut || dump->bare > 0),
		                              reader->out, err);
	if (rc == LL_OK && is_cut)
		reader->out->note(reader->out->self, 0,
		                  "the dump ends inside a goroutine; its counts are lower bounds");
	if (rc == LL_OK && dump->bare > 0) {
		(void)snprintf(text, sizeof text,
		               "headers of goroutines that no stack follows: %zu", dump->bare);
		reader->out->note(reader->out->self, 0, text);
	}
	reader->captures++;
	reader->dump = (struct dump){0};
	return rc;
}

static void start_dump(struct reader *reader)
{
	reader->dump = (struct dump){
		.is_open = true,
		.first_id = reader->id,
		.variant = reader->next_variant,
		.time_ns = reader->time_ns,
		.near_ns = reader->near_ns,
		.is_doubtful = reader->is_doubtful,
		.is_one_stack = reader->is_running,
		.is_quoted = reader->is_quoted,
	};
	reader->next_variant = NULL;
}

/* Whoever writes a dump is in Go code, and not in the kernel or in C. */
static bool is_in_system_call(struct ll_str text)
{
	static const char *const leaves[] = {"syscall.", "internal/runtime/syscall.",
	                                     "runtime/internal/syscall.", "internal/poll."};

	for (size_t i = 0; i < LL_COUNT(leaves); i++) {
		if (ll_str_starts(text, leaves[i]))
			return true;
	}
	return ll_str_find(ll_str_first(text, ll_str_index(text, '\n')), "._Cfunc_") != SIZE_MAX;
}

/* Rule 2: other goroutines of a dump are stopped, or have no stack to show. */
static bool is_first_of_dump(const struct reader *reader)
{
	return reader->is_running && reader->stack.goroutine.frame_count > 0 &&
	       (!reader->dump.variant || reader->is_behind_foreign) &&
	       !is_in_system_call(ll_buf_str(&reader->stack.goroutine.text));
}

/* "main.run" of "...\nmain.run\n/src/main.go:5\n". */
static struct ll_str outermost(struct ll_str text)
{
	for (int i = 0; i < 2; i++) {
		const size_t feed = ll_str_rindex(text, '\n');

		text = ll_str_first(text, feed == SIZE_MAX ? 0 : feed);
	}
	return ll_str_from(text, ll_str_rindex(text, '\n') + 1);
}

/* Can what nobody in the program started begin with this function? */
static bool is_root(struct ll_str function)
{
	return ll_str_starts(function, "runtime.") || ll_str_starts(function, "_cgoexp") ||
	       ll_str_equal(function, ll_str("main.main")) || ll_str_ends(function, ".init") ||
	       ll_str_find(function, ".init.") != SIZE_MAX;
}

/* Rule 14, of the goroutine that is being read and the dump before it. */
static bool is_cut_short(const struct reader *reader, enum ll_stack_end end)
{
	const struct ll_goroutine_stack *const stack = &reader->stack;
	const struct ll_goroutine *const goroutine = &stack->goroutine;
	const struct dump *const dump = &reader->dump;

	return (end == LL_STACK_INPUT || reader->is_fenced) && goroutine->creator.size == 0 &&
	       goroutine->frame_count > 0 && goroutine->id > 1 && !goroutine->is_system &&
	       !stack->has_root && !dump->variant && dump->created > 0 &&
	       (!dump->has_main || (reader->is_fenced && dump->is_followed)) &&
	       !is_root(outermost(ll_buf_str(&goroutine->text)));
}

static void count_goroutine(struct reader *reader, bool is_bare)
{
	const struct ll_goroutine *const goroutine = &reader->stack.goroutine;
	struct dump *const dump = &reader->dump;
	const bool is_created = goroutine->creator.size > 0;

	dump->is_followed |= is_created && dump->goroutines > 0;
	dump->created += is_created;
	dump->has_main |= goroutine->id == 1;
	dump->goroutines++;
	dump->bare += is_bare;
	dump->is_cut |= reader->stack.is_broken;
	dump->has_places |= reader->stack.has_places || reader->stack.is_elsewhere;
}

/* Rule 13, where the line that says so was cut off, or dressed otherwise. */
static bool is_alarm(const struct reader *reader)
{
	const struct ll_str text = ll_buf_str(&reader->stack.goroutine.text);

	return reader->is_running && reader->dump.goroutines == 0 &&
	       (!reader->dump.variant || strcmp(reader->dump.variant, "panic") == 0) &&
	       ll_str_find(text, "testing.(*M).startAlarm.func1\n") != SIZE_MAX;
}

static int finish_goroutine(struct reader *reader, enum ll_stack_end end, struct ll_error *err)
{
	struct ll_goroutine_stack *const stack = &reader->stack;
	const bool is_bare = end == LL_STACK_FOREIGN && !stack->has_places &&
	                     !stack->is_elsewhere && !stack->goroutine.is_system;
	int rc = LL_OK;

	if (!stack->is_open)
		return LL_OK;
	ll_goroutine_stack_end(stack, end);
	if (reader->is_doubtful && !stack->has_places && !stack->is_elsewhere &&
	    stack->goroutine.frame_count == 0) {
		ll_goroutine_clear(&stack->goroutine);
		return LL_OK;
	}
	if (reader->dump.is_open && is_first_of_dump(reader))
		rc = finish_dump(reader, err);
	if (rc < 0)
		return rc;
	if (!reader->dump.is_open)
		start_dump(reader);
	if (is_alarm(reader))
		reader->dump.variant = "test timeout";
	stack->is_broken |= is_cut_short(reader, end);
	stack->goroutine.is_cut |= stack->is_broken;
	count_goroutine(reader, is_bare);
	rc = ll_goroutine_groups_add(reader->groups, &stack->goroutine, err);
	ll_goroutine_clear(&stack->goroutine);
	return rc;
}

/* Whatever is open is complete. */
static int finish_all(struct reader *reader, enum ll_stack_end end, struct ll_error *err)
{
	const int rc = finish_goroutine(reader, end, err);

	return rc < 0 ? rc : finish_dump(reader, err);
}

static int start_goroutine(struct reader *reader, const struct ll_goroutine_header *header,
                           const struct ll_log_line *line, struct ll_error *err)
{
	int rc = finish_goroutine(reader, LL_STACK_HEADER, err);

	if (rc == LL_OK && reader->dump.is_open && header->id == reader->dump.first_id) {
		if (reader->dump.is_doubtful && reader->dump.goroutines == 1) {
			ll_goroutine_groups_forget(reader->groups);
			reader->next_variant = reader->dump.variant;
			reader->dump = (struct dump){0};
		} else {
			rc = finish_dump(reader, err);
		}
	}
	if (rc < 0)
		return rc;
	ll_goroutine_stack_begin(&reader->stack, header);
	reader->id = header->id;
	reader->time_ns = line->time_ns;
	reader->near_ns = line->near_ns;
	reader->is_quoted = line->is_quoted;
	reader->is_running = ll_str_equal(header->state, ll_str("running"));
	reader->is_doubtful = reader->was_preamble && !reader->was_blank;
	reader->is_deep = false;
	reader->is_behind_foreign = reader->foreign > 0;
	reader->foreign = 0;
	reader->was_preamble = reader->is_doubtful;
	return LL_OK;
}

/* Rule 8. Those that follow each other are of one report. */
static int start_reported(struct reader *reader, const struct ll_goroutine_header *header,
                          const struct ll_log_line *line, struct ll_error *err)
{
	static const char variant[] = "goleak";
	int rc = finish_goroutine(reader, LL_STACK_HEADER, err);

	if (rc == LL_OK && reader->dump.is_open && reader->dump.variant != variant)
		rc = finish_dump(reader, err);
	if (rc == LL_OK && !reader->dump.is_open)
		reader->next_variant = variant;
	if (rc == LL_OK)
		rc = start_goroutine(reader, header, line, err);
	reader->is_deep = rc == LL_OK;
	return rc < 0 ? rc : 1;
}

/* The runtime's header of the goroutine that was just reported. */
static bool is_header_again(const struct reader *reader, struct ll_str message)
{
	struct ll_goroutine_header header;

	return reader->stack.is_open && reader->stack.goroutine.frame_count == 0 &&
	       !reader->stack.has_pending &&
	       ll_goroutine_header_parse(ll_str_trim(message), &header) && header.id == reader->id;
}

/* -------------------------------------------------------------------- the lines */

static int read_preamble(struct reader *reader, const char *variant, struct ll_error *err)
{
	/* What was announced before, and had no goroutine, is of the same crash. */
	const int rc = finish_all(reader, LL_STACK_FOREIGN, err);

	reader->next_variant = variant;
	reader->had_preamble = true;
	reader->was_preamble = true;
	reader->was_blank = false;
	reader->foreign = 0;
	return rc < 0 ? rc : 1;
}

/* The header that follows is none, and without one its stack is foreign lines. */
static int read_alloc_trace(struct reader *reader, struct ll_error *err)
{
	const int rc = finish_goroutine(reader, LL_STACK_FOREIGN, err);

	reader->was_alloc_trace = true;
	reader->had_alloc_trace = true;
	return rc < 0 ? rc : 1;
}

/* Of markdown, or the end of a block of HTML. */
static bool is_fence(struct ll_str line)
{
	line = ll_str_trim(line);
	return ll_str_starts(line, "```") || ll_str_starts(line, "~~~") ||
	       ll_str_starts(line, "</pre") || ll_str_starts(line, "</code");
}

/* Neither header nor stack. Returns 1 when it is ours all the same. */
static int read_other(struct reader *reader, struct ll_str message, struct ll_error *err)
{
	const char *const variant = preamble_variant(message);
	const bool was_open = reader->stack.is_open;
	/* A name whose place is missing: a torn line, when no other follows. */
	const bool is_torn = was_open && reader->stack.has_pending && !reader->stack.is_tentative;
	/* The end of a code block says nothing of the line before it. */
	const enum ll_stack_end end =
		is_torn && is_fence(message) ? LL_STACK_HEADER : LL_STACK_FOREIGN;
	int rc;

	if (variant)
		return read_preamble(reader, variant, err);
	if (ll_str_trim(message).size == 0) {
		reader->was_blank = true;
		return 0;
	}
	reader->was_blank = ll_str_starts(message, "[signal ");
	if (is_runtime_trace(message))
		return 0;
	reader->is_fenced = is_fence(message);
	rc = finish_goroutine(reader, end, err);
	reader->is_fenced = false;
	if (rc < 0)
		return rc;
	reader->was_cut = was_open && end == LL_STACK_FOREIGN &&
	                  (is_torn || ll_goroutine_stack_is_torn(message));
	if (++reader->foreign > PREAMBLE_MAX)
		reader->next_variant = NULL;
	return reader->foreign > FOREIGN_MAX ? finish_dump(reader, err) : LL_OK;
}

/* Rule 9: its first line is a function's, which the runtime never indents. */
static bool is_deeper(const struct reader *reader, struct ll_str message)
{
	const struct ll_goroutine_stack *const stack = &reader->stack;

	return message.size > 0 && (message.data[0] == ' ' || message.data[0] == '\t') &&
	       stack->is_open && !stack->has_places && !stack->has_pending &&
	       ll_str_ends(ll_str_trim(message), ")");
}

/* "//   main.f()" behind "// Output: goroutine 7 [select]:" (rule 9). */
static bool is_in_comment(const struct reader *reader, struct ll_str message)
{
	return message.size > 2 && message.data[0] == '/' && message.data[1] == '/' &&
	       reader->stack.is_open;
}

/* As a report does, and hardly another line of a dump. */
static bool ends_with_colon(struct ll_str line)
{
	return line.size > 0 && line.data[line.size - 1] == ':';
}

/* No line of a stack looks so, but for a place that a function waits for: it need not be asked. */
static bool is_header_of_next(const struct reader *reader, struct ll_str message)
{
	return !reader->stack.has_pending && ends_with_colon(message) &&
	       ll_str_starts(message, "goroutine ");
}

static int read_line(void *self, const struct ll_log_line *line, struct ll_error *err)
{
	struct reader *const reader = self;
	struct ll_str message = line->message;
	struct ll_goroutine_header header;
	const bool was_alloc_trace = reader->was_alloc_trace;
	int rc = LL_OK;

	reader->was_alloc_trace = false;
	if ((line->time_ns != LL_TIME_NONE || line->uptime_ns >= 0) &&
	    (reader->stack.is_open || reader->dump.is_open) &&
	    ll_log_line_is_far(line, reader->last_time_ns, reader->last_uptime_ns, LL_LOG_GAP_NS))
		rc = finish_all(reader, LL_STACK_FOREIGN, err);
	if (rc < 0)
		return rc;
	reader->was_cut = false;
	reader->is_deep |= is_deeper(reader, message);
	if (is_in_comment(reader, message))
		message = ll_str_trim(ll_str_from(message, 2));
	else if (reader->is_deep)
		message = ll_str_trim(message);
	if (ends_with_colon(message) && ll_goroutine_report_parse(message, &header)) {
		rc = start_reported(reader, &header, line, err);
	} else if (reader->is_deep && is_header_again(reader, message)) {
		rc = 1;
	} else if (is_alloc_trace(message)) {
		rc = read_alloc_trace(reader, err);
	} else if (reader->stack.is_open && !is_header_of_next(reader, message) &&
	           ll_goroutine_stack_line(&reader->stack, message)) {
		reader->was_blank = message.size == 0;
		rc = 1;
	} else if (ll_str_starts(message, "goroutine ") &&
	           ll_goroutine_header_parse(message, &header)) {
		rc = was_alloc_trace ? LL_OK : start_goroutine(reader, &header, line, err);
		rc = rc < 0 ? rc : 1;
	} else {
		rc = read_other(reader, message, err);
	}
	if (rc > 0 && line->is_unended)
		reader->is_torn = !ll_goroutine_stack_is_complete(message);
	if (rc > 0) {
		reader->last_time_ns = line->time_ns;
		reader->last_uptime_ns = line->uptime_ns;
	}
	return rc;
}

/* What read_line does with the lines of a frame, for as many as there are. */
static size_t run(void *self, struct ll_str text, uint64_t *ret_lines)
{
	struct reader *const reader = self;
	const size_t size =
		reader->is_deep ? 0 : ll_goroutine_stack_run(&reader->stack, text, ret_lines);

	if (size > 0) {
		reader->was_cut = false;
		reader->was_blank = false;
	}
	return size;
}

/* ------------------------------------------------------------ as a line format */

static size_t find_header(struct ll_str raw)
{
	struct ll_goroutine_header report;
	size_t from = 0;

	if (ll_goroutine_report_parse(raw, &report))
		return 0;

	for (size_t i = 0; i < PLACES_MAX; i++) {
		const struct ll_str rest = ll_str_from(raw, from);
		const size_t at = ll_str_find(rest, "goroutine ");
		struct ll_goroutine_header header;

		if (at == SIZE_MAX)
			return SIZE_MAX;
		if (ll_goroutine_header_parse(ll_str_from(rest, at), &header))
			return from + at;
		from += at + 10;
	}
	return SIZE_MAX;
}

static bool opens_dump(struct ll_str message)
{
	struct ll_goroutine_header header;

	return (ll_str_starts(message, "goroutine ") &&
	        ll_goroutine_header_parse(message, &header)) ||
	       preamble_variant(message) != NULL || is_alloc_trace(message) ||
	       ll_goroutine_report_parse(message, &header);
}

static void *open_reader(const struct ll_sink *out, const struct ll_log_source *source)
{
	struct reader *const reader = ll_calloc(1, sizeof *reader);

	reader->out = out;
	reader->source = source;
	reader->last_time_ns = LL_TIME_NONE;
	reader->last_uptime_ns = -1;
	reader->groups = ll_goroutine_groups_new();
	ll_goroutine_stack_init(&reader->stack);
	return reader;
}

static void close_reader(void *self)
{
	struct reader *const reader = self;

	ll_goroutine_groups_free(reader->groups);
	ll_goroutine_stack_done(&reader->stack);
	free(reader);
}

static int finish_reader(void *self, bool is_cut, struct ll_error *err)
{
	struct reader *const reader = self;
	int rc = finish_goroutine(reader, LL_STACK_INPUT, err);
	size_t captures;

	if (rc < 0)
		return rc;
	reader->dump.is_cut |= is_cut || reader->was_cut || reader->is_torn;
	rc = finish_dump(reader, err);
	reader->next_variant = NULL;
	reader->was_preamble = false;
	captures = reader->captures;
	reader->captures = 0;
	return rc < 0 ? rc : (int)captures;
}

static const char *remark(const void *self)
{
	const struct reader *const reader = self;

	if (reader->had_alloc_trace)
		return "stacks of allocations (GODEBUG=allocfreetrace=1), no dump of goroutines";
	return reader->had_preamble ? "a Go crash without its goroutines: nothing in it to count"
	                            : NULL;
}

static const char *const first_words[] = {
	"goroutine ", "panic: ", "panic serving ", "fatal error: ", "SIG", "runtime: out of ",
	" in state ", "Exception 0x",
	/* tracealloc( and tracefree(, by two bytes that hardly any other line has (rule 11) */
	"c(0x", "e(0x", NULL};

const struct ll_line_format ll_line_goroutines = {
	.id = "goroutine-dump",
	.words = first_words,
	.find = find_header,
	.opens = opens_dump,
	.open = open_reader,
	.line = read_line,
	.run = run,
	.finish = finish_reader,
	.close = close_reader,
	.remark = remark,
};
