/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_oom.c - kills for want of memory, as the kernel (oom_lines.c) and its helpers (oom_helpers.c)
 * write them into a log (formats.md section 9).
 *
 *     node invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=969
 *     memory: usage 4194304kB, limit 4194304kB, failcnt 1273284
 *     [  pid  ]   uid  tgid total_vm      rss ... oom_score_adj name
 *     [  22609]     0 22609  2480905  1034954 ...           969 node
 *     oom-kill:constraint=CONSTRAINT_MEMCG,...,oom_memcg=/p,task_memcg=/p/c,task=node,pid=22609
 *     Memory cgroup out of memory: Killed process 22609 (node) total-vm:9923620kB, ...
 *
 * Rules:
 *   1. The kill line is the event: one capture each. What stands before it is its context: at most
 *      5 s and 600 lines away, and of the same process where it names one. The kernel
 *      limits the rate of these lines, so that a kill may have no context, or a context no kill.
 *   2. Up to 5.0 there are two lines: what was chosen, and what was killed, perhaps a child of it.
 *   3. A table of tasks counts pages. Their size is what makes the killed task's pages equal to its
 *      total-vm; else the smallest block that the kernel lists as free; else 4 KiB.
 *   4. When a whole cgroup is killed (memory.oom.group), the kills that follow share cgroup and
 *      limit, and the first one has the table.
 *   5. Lines of systemd about one unit, and of earlyoom about one process, are one kill. So are
 *      systemd-oomd's line, which has the unit's cgroup, and those of systemd about the unit; two
 *      of systemd-oomd are two. What systemd says of a unit around a process whose kill the
 *      kernel has told is that kill (oom_told.h), and a container's scope is no service.
 *   6. So are two lines of the kernel about one process with the same sizes within 5 s: of
 *      memory.oom.group it tells the first one twice, and a console may copy lines.
 *   7. A line in a string of source code ('line: "... Killed process 1 (x)"') tells of no kill.
 *   8. journalctl -r and many a page show the newest line first: what was chosen comes behind the
 *      kill then, and the invocation last. Both are of the kill that was told.
 *   9. A terminal wraps the kill line: lines without a prefix that have the rest of its sizes are
 *      the rest of it.
 */
#include "cluster/container_state.h"
#include "line_format.h"
#include "oom_context.h"
#include "oom_helpers.h"
#include "system/cgroup_path.h"

enum {
	NAME_BYTES = 256, /* of a unit */
	COMM_BYTES = 15,  /* of a process, as the kernel names it */
	LINE_BYTES = 512, /* of a kill line that was wrapped */
};

#define SAME_NS (5 * LL_NS_PER_S)

struct reader {
	const struct ll_sink *out;
	const struct ll_log_source *source;
	struct ll_oom_context context;
	size_t captures;
	/* Rule 6. */
	struct {
		int64_t pid, total_vm, anon_rss, time_ns, uptime_ns;
	} last;
	bool is_backwards; /* rule 8: between a kill and its invocation */
	/* Rule 9: a kill line that lacks sizes, until the next line shows whether it has them. */
	struct {
		struct ll_log_line line; /* its message is the text */
		char text[LINE_BYTES];
	} wrapped;
	/* Rule 5. */
	char last_unit[NAME_BYTES];
	size_t last_unit_size;
	int64_t last_pid, last_unit_ns;
	bool was_oomd; /* systemd-oomd itself told of it */
};

/* ---------------------------------------------------------------------- the kill */

static int emit_context(struct reader *reader, int64_t page_size, struct ll_error *err)
{
	const struct ll_oom_context *const context = &reader->context;
	const struct ll_sink *const out = reader->out;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < context->task_count; i++) {
		const struct ll_task task = ll_oom_context_task(context, i, page_size);

		rc = out->task(out->self, &task, err);
	}
	for (size_t i = 0; rc == LL_OK && i < context->stat_count; i++) {
		const struct ll_reading reading = {
			.name = context->stats[i].name,
			.value = (double)context->stats[i].value,
			.time_ns = LL_TIME_NONE,
		};

		rc = out->reading(out->self, &reading, err);
	}
	if (rc == LL_OK && context->tasks_lost > 0)
		out->note(out->self, 0, "the table of tasks has more rows than are kept");
	return rc;
}

static int begin(struct reader *reader, const struct ll_log_line *line, struct ll_str service,
                 struct ll_str instance, struct ll_error *err)
{
	const struct ll_origin origin = {
		.kind = LL_KIND_KILL,
		.format = "oom-kill",
		.time_ns = line->time_ns,
		.not_before_ns = line->time_ns == LL_TIME_NONE ? line->near_ns : LL_TIME_NONE,
		.service = service,
		.instance = instance,
		.identified = service.size > 0 ? "unit in the line of the kill" : NULL,
	};

	reader->captures++;
	return reader->out->begin(reader->out->self, &origin, err);
}

/* The kill's own sink call, and what has to be said of its time. */
static int emit_kill(struct reader *reader, const struct ll_log_line *line,
                     const struct ll_kill *kill, struct ll_error *err)
{
	const int rc = reader->out->kill(reader->out->self, kill, err);

	if (rc == LL_OK && kill->time_ns == LL_TIME_NONE && line->uptime_ns >= 0)
		reader->out->note(reader->out->self, line->number,
		                  "the log tells neither the year nor the time of the boot: "
		                  "when this kill was is not known");
	return rc;
}

/* What one cgroup of a path belongs to. */
struct owner {
	struct ll_str service, instance;
	enum { OWNER_NONE, OWNER_UNIT, OWNER_CONTAINER, OWNER_POD } kind;
};

static struct owner innermost_owner(struct ll_str cgroup, char room[LL_CGROUP_ROOM])
{
	struct owner owner = {.kind = OWNER_NONE};

	if (!ll_cgroup_identity(cgroup, room, &owner.service, &owner.instance))
		return owner;
	/* Only the number of a pod is put together in the room. */
	owner.kind = owner.service.data            ? OWNER_UNIT
	             : owner.instance.data == room ? OWNER_POD
	                                           : OWNER_CONTAINER;
	return owner;
}

/* The cgroup around the owner's: what was looked at already is not looked at again. */
static struct ll_str around(struct ll_str cgroup, const struct owner *owner)
{
	const char *const name =
		owner->kind == OWNER_UNIT ? owner->service.data : owner->instance.data;
	const struct ll_str before = ll_str_first(cgroup, (size_t)(name - cgroup.data));
	const size_t slash = ll_str_rindex(before, '/');

	return ll_str_first(before, slash == SIZE_MAX ? 0 : slash);
}

/* Container and pod of a cgroup's path. A container's cgroup lies in its pod's. */
static void identify(struct ll_str cgroup, char room[LL_CGROUP_ROOM], struct ll_kill *kill,
                     struct ll_str *ret_service, struct ll_str *ret_instance)
{
	struct owner owner = innermost_owner(cgroup, room);

	if (owner.kind == OWNER_UNIT) {
		*ret_service = owner.service;
		*ret_instance = owner.instance;
		return;
	}
	if (owner.kind == OWNER_CONTAINER)
		kill->container = owner.instance;
	while (owner.kind == OWNER_CONTAINER || owner.kind == OWNER_UNIT) {
		cgroup = around(cgroup, &owner);
		owner = innermost_owner(cgroup, room);
	}
	kill->pod = owner.instance;
}

/* A kill of which the line alone is known. */
static struct ll_kill kill_of(const struct reader *reader, const char *source,
                              const struct ll_log_line *line)
{
	struct ll_kill kill = ll_container_kill(source);

	kill.time_ns = line->time_ns;
	kill.host = reader->source->host;
	kill.text = ll_str_first(line->message, 512);
	return kill;
}

static void add_numbers(struct ll_kill *kill, const struct ll_oom_killed *killed)
{
	kill->scope = killed->scope;
	kill->process = killed->process;
	kill->pid = killed->pid;
	kill->total_vm = killed->total_vm;
	kill->anon_rss = killed->anon_rss;
	kill->file_rss = killed->file_rss;
	kill->shmem_rss = killed->shmem_rss;
	kill->page_tables = killed->page_tables;
}

static void add_victim(const struct ll_oom_context *context, int64_t page_size,
                       struct ll_kill *kill)
{
	for (size_t i = 0; i < context->task_count; i++) {
		const struct ll_task task = ll_oom_context_task(context, i, page_size);

		if (task.pid != kill->pid)
			continue;
		kill->swap = task.swap;
		if (kill->page_tables < 0)
			kill->page_tables = task.page_tables;
	}
}

/* Rule 6. */
static bool is_told(struct reader *reader, const struct ll_oom_killed *killed,
                    const struct ll_log_line *line)
{
	const bool is_same =
		killed->pid == reader->last.pid && killed->total_vm >= 0 &&
		killed->total_vm == reader->last.total_vm &&
		killed->anon_rss == reader->last.anon_rss &&
		!ll_log_line_is_far(line, reader->last.time_ns, reader->last.uptime_ns, SAME_NS);

	reader->last.pid = killed->pid;
	reader->last.total_vm = killed->total_vm;
	reader->last.anon_rss = killed->anon_rss;
	reader->last.time_ns = line->time_ns;
	reader->last.uptime_ns = line->uptime_ns;
	return is_same;
}

static int take_killed(struct reader *reader, const struct ll_oom_killed *killed,
                       const struct ll_log_line *line, struct ll_error *err)
{
	struct ll_oom_context *const context = &reader->context;
	struct ll_kill kill = kill_of(reader, "kernel", line);
	struct ll_str service = {NULL, 0}, instance = {NULL, 0};
	char room[LL_CGROUP_ROOM];
	int64_t page_size;
	int rc;

	if (is_told(reader, killed, line))
		return 1;
	if (!ll_oom_context_fits(context, killed, line))
		ll_oom_context_clear(context);
	add_numbers(&kill, killed);
	page_size = ll_oom_context_page_size(context, killed);
	kill.cgroup = context->cgroup;
	kill.limiting = context->limiting;
	/* A cgroup whose limit was met says so in the kill line itself. */
	if (context->scope[0] != '\0' && strcmp(kill.scope, "memcg") != 0)
		kill.scope = context->scope;
	else if (context->has_chosen && kill.scope[0] == '\0')
		kill.scope = context->chosen.scope;
	kill.usage = context->usage;
	kill.limit = context->limit;
	add_victim(context, page_size, &kill);
	identify(kill.cgroup.size > 0 ? kill.cgroup : kill.limiting, room, &kill, &service,
	         &instance);
	ll_oom_told_add(reader->source->told, reader->source->host, kill.cgroup, line->time_ns);
	rc = begin(reader, line, service, instance, err);
	if (rc == LL_OK)
		rc = emit_kill(reader, line, &kill, err);
	if (rc == LL_OK && !context->is_used)
		rc = emit_context(reader, page_size, err);
	context->is_used = true;
	context->has_invoked = false;
	context->has_chosen = false;
	context->is_named = false;
	context->task_count = 0;
	context->stat_count = 0;
	return rc < 0 ? rc : 1;
}

/* ------------------------------------------------------------------ wrapped lines */

static bool is_waiting(const struct reader *reader)
{
	return reader->wrapped.line.message.size > 0;
}

/* Rule 9: keeps a kill line without its sizes back. False when it has them, or is too long. */
static bool keep_wrapped(struct reader *reader, const struct ll_oom_killed *killed,
                         const struct ll_log_line *line)
{
	if (killed->file_rss >= 0 || line->message.size > LINE_BYTES)
		return false;
	reader->wrapped.line = *line;
	memcpy(reader->wrapped.text, line->message.data, line->message.size);
	reader->wrapped.line.message = ll_str_n(reader->wrapped.text, line->message.size);
	return true;
}

static int take_wrapped(struct reader *reader, struct ll_error *err)
{
	const struct ll_log_line line = reader->wrapped.line;
	struct ll_oom_killed killed;

	reader->wrapped.line.message.size = 0;
	if (!ll_oom_killed_parse(line.message, &killed) &&
	    !ll_oom_killed_bare_parse(line.message, &killed))
		return LL_OK;
	return take_killed(reader, &killed, &line, err);
}

static bool knows_more(const struct ll_oom_killed *one, const struct ll_oom_killed *other)
{
	return one->pid == other->pid && (one->total_vm >= 0) + (one->anon_rss >= 0) >
	                                         (other->total_vm >= 0) + (other->anon_rss >= 0);
}

/* Rule 9. Returns 1 when the line was the rest of the one before. */
static int go_on_wrapped(struct reader *reader, const struct ll_log_line *line,
                         struct ll_error *err)
{
	struct ll_str *const whole = &reader->wrapped.line.message;
	const size_t before = whole->size;
	struct ll_oom_killed first, both;
	int rc;

	if (line->time_ns == LL_TIME_NONE && line->uptime_ns < 0 && line->message.size > 0 &&
	    line->message.size <= LINE_BYTES - before &&
	    (ll_oom_killed_parse(*whole, &first) || ll_oom_killed_bare_parse(*whole, &first))) {
		memcpy(reader->wrapped.text + before, line->message.data, line->message.size);
		whole->size += line->message.size;
		if (ll_oom_killed_parse(*whole, &both) && knows_more(&both, &first)) {
			rc = both.file_rss < 0 ? LL_OK : take_wrapped(reader, err);
			return rc < 0 ? rc : 1;
		}
		whole->size = before;
	}
	rc = take_wrapped(reader, err);
	return rc < 0 ? rc : LL_OK;
}

/* Rules 1 and 2: a context whose kill line never came. */
static int finish_context(struct reader *reader, struct ll_error *err)
{
	struct ll_oom_context *const context = &reader->context;
	const struct ll_log_line line = {
		.message = context->text,
		.time_ns = context->time_ns,
		.near_ns = LL_TIME_NONE,
		.uptime_ns = context->uptime_ns,
	};
	int rc = LL_OK;

	if (context->has_chosen || context->is_named) {
		const struct ll_oom_killed chosen =
			context->has_chosen ? context->chosen : context->victim;

		rc = take_killed(reader, &chosen, &line, err);
		if (rc >= 0)
			reader->out->note(reader->out->self, 0,
			                  "the log says what was chosen, not what was killed");
	} else if (context->has_invoked) {
		const struct ll_str none = {NULL, 0};

		rc = begin(reader, &line, none, none, err);
		if (rc == LL_OK)
			rc = emit_context(reader,
			                  ll_oom_context_page_size(context, &context->chosen), err);
		if (rc == LL_OK)
			reader->out->note(reader->out->self, 0,
			                  "the kernel was out of memory; the log does not say what "
			                  "it killed");
	}
	ll_oom_context_clear(context);
	return rc < 0 ? rc : LL_OK;
}

/* ---------------------------------------------------------- where lines start */

/* Can the line be any of those that stand alone? Asked of every line of every log. */
static bool has_words(struct ll_str message)
{
	static const char *const words[] = {
		"oom",    "OOM",     "ut of ",     "ill process ",
		"illed ", "illing ", "ending SIG", "killed: ",
	};

	for (size_t i = 0; i < LL_COUNT(words); i++) {
		if (ll_str_find(message, words[i]) != SIZE_MAX)
			return true;
	}
	return false;
}

/*
 * Rule 7: does a string of source code begin before `at`? Loggers write strings, too: behind '=',
 * behind a quoted key, in JSON, in a cell of CSV, and as what a YAML calls its message.
 */
static bool is_in_source(struct ll_str raw, size_t at)
{
	struct ll_str before = ll_str_first(raw, at);
	const size_t quote = ll_str_rindex(before, '"'), single = ll_str_rindex(before, '\'');
	size_t open = quote;

	if (open == SIZE_MAX || (single != SIZE_MAX && single > open))
		open = single;
	if (open == SIZE_MAX || ll_str_starts(ll_str_trim(raw), "{"))
		return false;
	before = ll_str_first(before, open);
	if (ll_str_ends(before, "=") || ll_str_ends(before, ",") || ll_str_ends(before, "\": ") ||
	    ll_str_ends(before, "\":") || ll_str_ends(before, "essage: "))
		return false;
	return before.size == 0 || memchr(" \t([{", before.data[before.size - 1], 5);
}

/* What stands before a kill when its first lines are gone. */
static size_t find_detail(struct ll_str raw)
{
	const size_t usage = ll_str_find(raw, "memory: usage ");
	const size_t table = ll_str_rindex(raw, '[');
	struct ll_oom_columns columns;

	if (usage != SIZE_MAX && ll_str_find(ll_str_from(raw, usage), ", failcnt ") != SIZE_MAX)
		return usage;
	if (ll_str_find(raw, "  tgid total_vm ") == SIZE_MAX)
		return ll_str_find(raw, "Memory cgroup stats for ");
	return ll_oom_columns_parse(ll_str_from(raw, table), &columns) ? table : SIZE_MAX;
}

/* Where in a raw line one of the lines starts that are whole by themselves. */
static size_t find_line(struct ll_str raw)
{
	static const char *const starts[] = {
		"Memory cgroup out of memory", "Out of memory", "Out of Memory", "Killed process ",
		"oom-kill:constraint=",        "Task in ",
	};
	struct ll_oom_killed killed;
	struct ll_oom_constraint constraint;
	struct ll_str cgroup, limiting;
	size_t invoked;

	if (!has_words(raw))
		return find_detail(raw);
	for (size_t i = 0; i < LL_COUNT(starts); i++) {
		const size_t at = ll_str_find(raw, starts[i]);
		const struct ll_str rest = ll_str_from(raw, at);

		if (at != SIZE_MAX &&
		    (ll_oom_killed_parse(rest, &killed) || ll_oom_chosen_parse(rest, &killed) ||
		     ll_oom_constraint_parse(rest, &constraint) ||
		     ll_oom_task_in_parse(rest, &cgroup, &limiting)))
			return at;
	}
	invoked = ll_str_find(raw, " invoked oom-killer: ");
	if (invoked == SIZE_MAX) {
		const size_t detail = find_detail(raw);

		return detail != SIZE_MAX ? detail : ll_oom_help_find(raw);
	}
	if (invoked <= COMM_BYTES) /* a name may hold blanks */
		return 0;
	invoked = ll_str_rindex(ll_str_first(raw, invoked), ' ');
	return invoked == SIZE_MAX ? 0 : invoked + 1;
}

static size_t find_kill(struct ll_str raw)
{
	const size_t at = find_line(raw);

	return at != SIZE_MAX && at > 0 && is_in_source(raw, at) ? SIZE_MAX : at;
}

/* ---------------------------------------------------------------- kernel lines */

static int take_invoked(struct reader *reader, const struct ll_log_line *line, struct ll_error *err)
{
	struct ll_oom_context *const context = &reader->context;
	const int rc = finish_context(reader, err);

	context->has_invoked = true;
	context->text = ll_oom_context_keep(context, line->message);
	ll_oom_context_touch(context, line);
	return rc < 0 ? rc : 1;
}

/* Of a kill that has been told, or of its cgroup. */
static bool is_aftermath(struct ll_str message)
{
	return ll_str_starts(message, "oom_reaper: ") ||
	       ll_str_find(message, "Skip killing the task") != SIZE_MAX ||
	       ll_str_starts(message, "oom killer ");
}

/* Rule 8: does the line name the process whose kill was just told? */
static bool is_backwards(struct reader *reader, const struct ll_log_line *line)
{
	struct ll_oom_constraint constraint;
	struct ll_oom_killed chosen;

	if (reader->last.pid < 0 || !reader->context.is_used ||
	    ll_log_line_is_far(line, reader->last.time_ns, reader->last.uptime_ns, SAME_NS))
		return false;
	if ((ll_oom_constraint_parse(line->message, &constraint) &&
	     constraint.pid == reader->last.pid) ||
	    (ll_oom_chosen_parse(line->message, &chosen) && chosen.pid == reader->last.pid)) {
		reader->is_backwards = true;
		return true;
	}
	return false;
}

static bool ends_backwards(struct reader *reader, const struct ll_log_line *line)
{
	const bool is_end =
		reader->is_backwards &&
		!ll_log_line_is_far(line, reader->last.time_ns, reader->last.uptime_ns, SAME_NS);

	reader->is_backwards = false;
	return is_end;
}

static int take_kernel_line(struct reader *reader, const struct ll_log_line *line,
                            struct ll_error *err)
{
	struct ll_oom_context *const context = &reader->context;
	const struct ll_str message = line->message;
	struct ll_oom_constraint constraint;
	struct ll_oom_killed killed;
	struct ll_str cgroup, limiting;

	/* Behind something it is another line, or a prefix has to be found out first. */
	if (find_kill(message) != 0 && !context->is_open)
		return 0;
	if (ll_str_find(message, " invoked oom-killer: ") <= COMM_BYTES)
		return ends_backwards(reader, line) ? 1 : take_invoked(reader, line, err);
	if ((ll_oom_killed_parse(message, &killed) && find_kill(message) == 0) ||
	    ((context->has_invoked || context->has_chosen) &&
	     ll_oom_killed_bare_parse(message, &killed)))
		return keep_wrapped(reader, &killed, line)
		               ? 1
		               : take_killed(reader, &killed, line, err);
	if (is_backwards(reader, line))
		return 1;
	if (ll_oom_constraint_parse(message, &constraint)) {
		ll_oom_context_set_constraint(context, &constraint, message);
	} else if (ll_oom_chosen_parse(message, &killed)) {
		ll_oom_context_set_chosen(context, &killed, message);
	} else if (ll_oom_task_in_parse(message, &cgroup, &limiting)) {
		ll_oom_context_set_cgroups(context, cgroup, limiting);
	} else if (ll_str_starts(message, "Tasks in ") &&
	           ll_str_find(message, "memory.oom.group") != SIZE_MAX) {
		context->is_group = true;
		context->scope = "memcg";
	} else if (!is_aftermath(message)) {
		return 0;
	}
	ll_oom_context_touch(context, line);
	return 1;
}

/* ----------------------------------------------------------------------- helpers */

/* The unit's name, which systemd-oomd tells by the cgroup; or empty. */
static struct ll_str unit_of(const struct ll_oom_help *help)
{
	const size_t slash = ll_str_rindex(help->cgroup, '/');

	if (help->unit.size > 0 || strcmp(help->source, "systemd-oomd") != 0 || slash == SIZE_MAX)
		return help->unit;
	return ll_str_from(help->cgroup, slash + 1);
}

/* Rule 5: the same unit within a minute is the same kill. */
static bool is_repeated(struct reader *reader, const struct ll_oom_help *help,
                        const struct ll_log_line *line)
{
	const struct ll_str unit = unit_of(help), name = ll_str_first(unit, NAME_BYTES);
	const bool is_oomd = help->unit.size == 0;
	const bool is_same =
		ll_str_equal(unit, ll_str_n(reader->last_unit, reader->last_unit_size)) &&
		!(is_oomd && reader->was_oomd);
	const int64_t near_ns = is_oomd ? SAME_NS : LL_NS_PER_MINUTE;
	const bool is_near = line->time_ns == LL_TIME_NONE ||
	                     reader->last_unit_ns == LL_TIME_NONE ||
	                     line->time_ns - reader->last_unit_ns < near_ns;

	if (unit.size == 0)
		return false;
	memcpy(reader->last_unit, name.data, name.size);
	reader->last_unit_size = name.size;
	reader->last_unit_ns = line->time_ns;
	reader->was_oomd = is_oomd || (is_same && is_near && reader->was_oomd);
	return is_same && is_near;
}

static int take_help(struct reader *reader, const struct ll_oom_help *help,
                     const struct ll_log_line *line, struct ll_error *err)
{
	struct ll_kill kill = kill_of(reader, help->source, line);
	struct ll_str service = {NULL, 0}, instance = {NULL, 0};
	char room[LL_CGROUP_ROOM];
	int rc;

	if (is_repeated(reader, help, line) ||
	    (help->unit.size > 0 && ll_oom_told_has(reader->source->told, reader->source->host,
	                                            help->unit, line->time_ns)))
		return 1;
	if (help->pid >= 0 && help->pid == reader->last_pid) /* SIGKILL after SIGTERM */
		return 1;
	if (help->pid >= 0)
		reader->last_pid = help->pid;
	kill.scope = help->scope;
	kill.process = help->process;
	kill.pid = help->pid;
	kill.cgroup = help->cgroup;
	kill.limiting = help->limiting;
	identify(help->unit.size > 0 ? help->unit : kill.cgroup, room, &kill, &service, &instance);
	if (help->unit.size > 0 && service.size > 0 && instance.size == 0)
		instance = reader->source->host;
	rc = begin(reader, line, service, instance, err);
	if (rc == LL_OK)
		rc = emit_kill(reader, line, &kill, err);
	return rc < 0 ? rc : 1;
}

/* -------------------------------------------------------------- as a line format */

static bool opens_kill(struct ll_str message)
{
	return find_kill(message) != SIZE_MAX || ll_str_starts(message, "Tasks in ");
}

static void *open_reader(const struct ll_sink *out, const struct ll_log_source *source)
{
	struct reader *const reader = ll_calloc(1, sizeof *reader);

	reader->out = out;
	reader->source = source;
	reader->last_pid = -1;
	reader->last.pid = -1;
	reader->last_unit_ns = LL_TIME_NONE;
	ll_oom_context_clear(&reader->context);
	return reader;
}

static int read_line(void *self, const struct ll_log_line *line, struct ll_error *err)
{
	struct reader *const reader = self;
	struct ll_oom_context *const context = &reader->context;
	struct ll_oom_help help;
	int rc = LL_OK;

	if (is_waiting(reader) && (rc = go_on_wrapped(reader, line, err)) != 0)
		return rc;
	if ((!context->is_open || context->is_used) && find_detail(line->message) == 0) {
		ll_oom_context_clear(context);
		ll_oom_context_touch(context, line);
	}
	if (context->is_open && !context->is_used) {
		context->age++;
		if (ll_oom_context_is_over(context, line))
			rc = finish_context(reader, err);
		else if (ll_oom_context_detail(context, line->message)) {
			ll_oom_context_touch(context, line);
			return 1;
		}
	}
	if (rc < 0 || !has_words(line->message))
		return rc;
	rc = take_kernel_line(reader, line, err);
	if (rc == 0 && ll_oom_help_parse(line->message, &help))
		rc = take_help(reader, &help, line, err);
	return rc;
}

static int finish_reader(void *self, bool is_cut, struct ll_error *err)
{
	struct reader *const reader = self;
	const bool is_open = reader->context.has_invoked || reader->context.has_chosen ||
	                     reader->context.is_named;
	int rc = is_waiting(reader) ? take_wrapped(reader, err) : LL_OK;
	size_t captures;

	if (rc >= 0)
		rc = finish_context(reader, err);
	if (rc < 0)
		return rc;
	captures = reader->captures;
	if (is_cut && is_open)
		reader->out->note(reader->out->self, 0, "the log breaks off");
	reader->captures = 0;
	return (int)captures;
}

static void close_reader(void *self)
{
	struct reader *const reader = self;

	ll_oom_context_done(&reader->context);
	free(reader);
}

static const char *remark(const void *self)
{
	(void)self;
	return NULL;
}

static const char *const first_words[] = {"oom",          "OOM",        "ut of ",
                                          "ill process ", "illed ",     "illing ",
                                          "ending SIG",   ", failcnt ", "cgroup stats for ",
                                          "killed: ",     NULL};

const struct ll_line_format ll_line_oom = {
	.id = "oom-kill",
	.words = first_words,
	.find = find_kill,
	.opens = opens_kill,
	.open = open_reader,
	.line = read_line,
	.finish = finish_reader,
	.close = close_reader,
	.remark = remark,
};
