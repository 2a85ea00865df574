/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_kubectl.c - what `kubectl describe pod` and `kubectl get pods` print for people: which
 * containers were killed for want of memory (formats.md 9.3).
 *
 *     Name:             shop-cart-7d9f6c5b8d-x2x4z
 *     Containers:
 *       cart:
 *         Last State:     Terminated
 *           Reason:       OOMKilled
 *           Exit Code:    137
 *           Finished:     Fri, 20 Nov 2026 10:00:00 +0000
 *         Restart Count:  3
 *         Limits:
 *           memory:  512Mi
 *
 *     NAME                         READY   STATUS      RESTARTS   AGE
 *     shop-cart-7d9f6c5b8d-x2x4z   0/1     OOMKilled   3          2d
 *
 * Rules:
 *   1. A pod with a kill is a capture. The state before the last one says when; the table does not.
 *   2. Reason OOMKilled is a kill for want of memory. Exit code 137 with another reason is SIGKILL
 *      by anybody: kept as a kill with that reason as its text, so that nobody takes it for proof.
 *   3. A page may indent it all: depths are counted from the column of "Name:".
 *   4. A state that somebody cut out ("Last State: Terminated" and what follows) tells of a kill
 *      for want of memory without the pod's name, which a command above it (`kubectl describe pod
 *      NAME`) may give, or the "Name:" of a description out of which the containers were cut.
 *      Other reasons say nothing without a pod. "..." stands for what was cut.
 *   5. A pod that was evicted is a kill when its message speaks of memory.
 *   6. Kubernetes 1.0 parts keys and values by tabs and says "Last Termination State"; who explains
 *      a description to others writes "# look here" behind a value.
 *   7. Who writes commands and what they print into one block puts "# " before the latter.
 *   8. A container's last words ("Message:") may be lines of its log, which stand at the margin
 *      and end nothing.
 */
#include "cluster/container_state.h"
#include "identity/name_words.h"
#include "line_format.h"
#include "prefix.h"

enum {
	NAME_BYTES = 256,
	KILLS_MAX = 64, /* of one pod */
	COMMAND_MAX = 1024,
	MESSAGE_LINES = 128, /* the kubelet takes 80 lines of a log */
};

/* One "State:" or "Last State:" of a container. */
struct ending {
	char container[NAME_BYTES], reason[NAME_BYTES];
	size_t container_size, reason_size;
	int64_t exit_code, started_ns, finished_ns, restarts, limit;
};

struct reader {
	const struct ll_sink *out;
	char pod[NAME_BYTES], container[NAME_BYTES];
	size_t pod_size, container_size;
	/* Rule 4. */
	char asked[NAME_BYTES]; /* the pod of the last command */
	size_t asked_size;
	size_t state_indent, container_indent;
	bool is_fragment;
	/* Rule 5. */
	char eviction[NAME_BYTES]; /* its message, behind a reason that says so */
	size_t eviction_size;
	bool is_evicted;
	size_t margin; /* rule 3 */
	bool is_in_containers, is_in_state, is_in_limits;
	struct ending endings[KILLS_MAX]; /* the last one is being read while is_in_state */
	size_t ending_count, first_of_container;
	/* `kubectl get pods`: where its columns start. */
	size_t name_column, status_column, restarts_column;
	bool is_table;
	size_t message_left; /* rule 8: lines that may yet be of a container's last words */
	size_t captures;
	bool had_table;
};

static size_t keep(char to[NAME_BYTES], struct ll_str text)
{
	text = ll_str_first(text, NAME_BYTES);
	if (text.size > 0)
		memcpy(to, text.data, text.size);
	return text.size;
}

/* ------------------------------------------------------------------- the capture */

/* Rules 2 and 4. */
static bool is_kill(const struct reader *reader, const struct ending *ending)
{
	return ll_str_equal(ll_str_n(ending->reason, ending->reason_size), ll_str("OOMKilled")) ||
	       (ending->exit_code == LL_EXIT_KILLED && reader->pod_size > 0);
}

static int emit_kill(struct reader *reader, const struct ending *ending, struct ll_error *err)
{
	const struct ll_str reason = ll_str_n(ending->reason, ending->reason_size);
	struct ll_kill kill = ll_container_kill("kubernetes");

	kill.time_ns = ending->finished_ns;
	kill.scope = ll_str_equal(reason, ll_str("OOMKilled")) ? "memcg" : "";
	kill.pod = ll_str_n(reader->pod, reader->pod_size);
	kill.container = ll_str_n(ending->container, ending->container_size);
	kill.limit = ending->limit;
	kill.exit_code = ending->exit_code;
	kill.restarts = ending->restarts;
	kill.started_ns = ending->started_ns;
	kill.text = reason;
	return reader->out->kill(reader->out->self, &kill, err);
}

/* Rule 5. */
static int emit_eviction(struct reader *reader, struct ll_error *err)
{
	struct ll_kill kill = ll_container_kill("kubernetes");

	kill.scope = "global";
	kill.pod = ll_str_n(reader->pod, reader->pod_size);
	kill.text = ll_str_n(reader->eviction, reader->eviction_size);
	return reader->out->kill(reader->out->self, &kill, err);
}

static void forget_pod(struct reader *reader)
{
	reader->pod_size = 0;
	reader->ending_count = 0;
	reader->first_of_container = 0;
	reader->is_in_containers = false;
	reader->is_in_state = false;
	reader->is_fragment = false;
	reader->is_evicted = false;
	reader->eviction_size = 0;
}

/* Hands on the pod, if anything in it was killed, and forgets it. */
static int finish_pod(struct reader *reader, struct ll_error *err)
{
	struct ll_origin origin = {
		.kind = LL_KIND_POD,
		.format = "kubectl",
		.time_ns = LL_TIME_NONE,
		.not_before_ns = LL_TIME_NONE,
		.service = ll_str_n(reader->pod, reader->pod_size),
		.instance = ll_str_n(reader->pod, reader->pod_size),
		.identified = reader->pod_size > 0 ? "name of the pod" : NULL,
	};
	const bool is_evicted =
		reader->is_evicted && ll_str_find(ll_str_n(reader->eviction, reader->eviction_size),
	                                          "memory") != SIZE_MAX;
	size_t kills = is_evicted;
	int rc = LL_OK;

	for (size_t i = 0; i < reader->ending_count; i++) {
		const struct ending *const ending = &reader->endings[i];

		kills += is_kill(reader, ending);
		if (ending->finished_ns > origin.not_before_ns)
			origin.not_before_ns = ending->finished_ns;
	}
	(void)ll_name_pod(origin.instance, &origin.service);
	if (kills > 0) {
		reader->captures++;
		rc = reader->out->begin(reader->out->self, &origin, err);
	}
	for (size_t i = 0; rc == LL_OK && i < reader->ending_count; i++) {
		if (is_kill(reader, &reader->endings[i]))
			rc = emit_kill(reader, &reader->endings[i], err);
	}
	if (rc == LL_OK && is_evicted)
		rc = emit_eviction(reader, err);
	forget_pod(reader);
	return rc;
}

/* ------------------------------------------------------------- kubectl describe */

/* "512Mi" is binary, "1G" decimal, as our own "512MiB" and "1GB". */
static int64_t parse_quantity(struct ll_str text)
{
	char copy[32];
	int64_t bytes;
	const int size = snprintf(copy, sizeof copy, "%.*s%s", LL_STR_ARG(text),
	                          ll_str_is_digits(text) ? "" : "B");

	return size > 0 && (size_t)size < sizeof copy && ll_parse_bytes(ll_str(copy), &bytes)
	               ? bytes
	               : -1;
}

/* What is said once of a container holds for all of its endings. */
static void set_for_container(struct reader *reader, struct ll_str key, struct ll_str value)
{
	uint64_t number;

	for (size_t i = reader->first_of_container; i < reader->ending_count; i++) {
		struct ending *const ending = &reader->endings[i];

		if (ll_str_equal(key, ll_str("Restart Count")) && ll_str_to_u64(value, &number) &&
		    number < INT32_MAX)
			ending->restarts = (int64_t)number;
		else if (ll_str_equal(key, ll_str("memory")) && reader->is_in_limits)
			ending->limit = parse_quantity(value);
	}
}

static void start_ending(struct reader *reader)
{
	struct ending *ending;

	reader->is_in_state = reader->ending_count < KILLS_MAX;
	if (!reader->is_in_state)
		return;
	ending = &reader->endings[reader->ending_count++];
	*ending = (struct ending){
		.exit_code = -1,
		.started_ns = LL_TIME_NONE,
		.finished_ns = LL_TIME_NONE,
		.restarts = -1,
		.limit = -1,
	};
	ending->container_size =
		keep(ending->container, ll_str_n(reader->container, reader->container_size));
}

static void read_state_line(struct reader *reader, struct ll_str key, struct ll_str value)
{
	struct ending *const ending = &reader->endings[reader->ending_count - 1];
	uint64_t number;
	int64_t time_ns;

	if (ll_str_equal(key, ll_str("Reason"))) {
		ending->reason_size = keep(ending->reason, value);
	} else if (ll_str_equal(key, ll_str("Message"))) {
		reader->message_left = MESSAGE_LINES;
	} else if (ll_str_equal(key, ll_str("Exit Code"))) {
		if (ll_str_to_u64(value, &number) && number < 1000)
			ending->exit_code = (int64_t)number;
	} else if (ll_prefix_take_rfc1123(&value, &time_ns)) {
		if (ll_str_equal(key, ll_str("Started")))
			ending->started_ns = time_ns;
		else if (ll_str_equal(key, ll_str("Finished")))
			ending->finished_ns = time_ns;
	}
}

/* Rule 6: a value without what somebody remarks behind it. */
static struct ll_str value_of(struct ll_str text)
{
	const size_t hash = ll_str_find(text, " #");

	return ll_str_trim(ll_str_first(text, hash));
}

/* Rule 7. */
static struct ll_str uncommented(struct ll_str line)
{
	if (ll_str_equal(line, ll_str("#")))
		return ll_str_n(NULL, 0);
	(void)ll_str_skip(&line, "# ");
	return line;
}

static size_t indent_of(struct ll_str line)
{
	size_t blanks = 0;

	while (blanks < line.size && line.data[blanks] == ' ')
		blanks++;
	return blanks;
}

static bool is_one_of(struct ll_str word, const char *const words[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (ll_str_equal(word, ll_str(words[i])))
			return true;
	}
	return false;
}

/* What `kubectl describe pod` prints at the left margin. Anything else ends the pod. */
static bool is_pod_key(struct ll_str key)
{
	static const char *const keys[] = {
		"Namespace",
		"Image(s)",
		"Replication Controllers",
		"Controllers",
		"Priority",
		"Priority Class Name",
		"Service Account",
		"Node",
		"Start Time",
		"Labels",
		"Annotations",
		"Status",
		"Reason",
		"Message",
		"Nominated Node Name",
		"IP",
		"IPs",
		"Controlled By",
		"Containers",
		"Conditions",
		"Init Containers",
		"Volumes",
		"QoS Class",
		"Tolerations",
		"Node-Selectors",
		"Events",
		"Runtime Class Name",
	};

	return is_one_of(key, keys, LL_COUNT(keys));
}

/* Rule 4. */
static bool is_elision(struct ll_str message)
{
	size_t dots = 0;

	message = ll_str_trim(message);
	for (size_t i = 0; i < message.size; i++) {
		if (!memchr("[]().- ", message.data[i], 8))
			return false;
		dots += message.data[i] == '.';
	}
	return dots >= 2;
}

/* Rule 5: "Reason: Evicted", and the message behind it. */
static void read_pod_line(struct reader *reader, struct ll_str key, struct ll_str value)
{
	if (ll_str_equal(key, ll_str("Reason")))
		reader->is_evicted = ll_str_equal(value, ll_str("Evicted"));
	else if (ll_str_equal(key, ll_str("Message")))
		reader->eviction_size = keep(reader->eviction, value);
}

/* A line of a pod: "KEY:   VALUE" at some depth. Returns 1 when it is of a description. */
static int read_description(struct reader *reader, struct ll_str message, struct ll_error *err)
{
	const size_t indent = indent_of(message);
	const size_t depth = indent > reader->margin ? indent - reader->margin : 0;
	struct ll_str value = ll_str_trim(message);
	const struct ll_str key = ll_str_split(&value, ':');
	int rc = LL_OK;

	value = value_of(value);
	if ((depth == 0 || reader->pod_size == 0) && ll_str_equal(key, ll_str("Name"))) {
		rc = finish_pod(reader, err);
		reader->pod_size = keep(reader->pod, value);
		reader->margin = indent;
		return rc < 0 ? rc : 1;
	}
	if (reader->pod_size == 0)
		return 0;
	if (message.size == 0)
		return 0;
	if (is_elision(message))
		return 1;
	if (depth == 0 && !is_pod_key(key)) {
		rc = finish_pod(reader, err);
		return rc < 0 ? rc : 0;
	}
	if (depth == 0) {
		read_pod_line(reader, key, value);
		reader->is_in_containers = ll_str_equal(key, ll_str("Containers")) ||
		                           ll_str_equal(key, ll_str("Init Containers"));
		reader->is_in_state = false;
		return 1;
	}
	if (!reader->is_in_containers)
		return 0;
	if (depth == 2) {
		reader->container_size = keep(reader->container, key);
		reader->first_of_container = reader->ending_count;
		reader->is_in_state = false;
	} else if (depth == 4) {
		reader->is_in_state = false;
		reader->is_in_limits = ll_str_equal(key, ll_str("Limits"));
		if (ll_str_ends(key, "State") && ll_str_equal(value, ll_str("Terminated")))
			start_ending(reader);
		set_for_container(reader, key, value);
	} else if (reader->is_in_state) {
		read_state_line(reader, key, value);
	} else {
		set_for_container(reader, key, value);
	}
	return 1;
}

/* -------------------------------------------------------- a part of a description */

static bool is_end_of_state(struct ll_str key, struct ll_str value)
{
	static const char *const keys[] = {"Last State", "State", "Last Termination State"};

	return is_one_of(key, keys, LL_COUNT(keys)) && ll_str_equal(value, ll_str("Terminated"));
}

/* What is said of a state; where somebody pasted it, as deep as the state itself. */
static bool is_state_key(struct ll_str key)
{
	static const char *const keys[] = {"Reason", "Message", "Exit Code",
	                                   "Signal", "Started", "Finished"};

	return is_one_of(key, keys, LL_COUNT(keys));
}

/* A pod's: "describe pods that ..." of a sentence, "<pod>" and "$POD" name none. */
static bool is_pod_name(struct ll_str word)
{
	for (size_t i = 0; i < word.size; i++) {
		const char byte = word.data[i];

		if ((byte < 'a' || byte > 'z') && (byte < '0' || byte > '9') && byte != '-' &&
		    byte != '.')
			return false;
	}
	return word.size > 0;
}

/* The next word that is neither blank nor an option of kubectl, nor the value of one. */
static struct ll_str next_argument(struct ll_str *command)
{
	static const char *const with_value[] = {"-n",        "--namespace", "-l",
	                                         "--context", "--selector",  "--kubeconfig"};

	while (command->size > 0) {
		const struct ll_str word = ll_str_split(command, ' ');

		if (word.size > 0 && word.data[0] != '-')
			return word;
		if (is_one_of(word, with_value, LL_COUNT(with_value)))
			(void)ll_str_split(command, ' ');
	}
	return ll_str_n(NULL, 0);
}

/* Drops what is up to "describe", where kubectl or its kin stand right before it. */
static bool skip_describe(struct ll_str *command)
{
	static const char *const programs[] = {"kubectl", "oc", "k"};

	while (command->size > 0) {
		struct ll_str rest;

		if (!is_one_of(ll_str_split(command, ' '), programs, LL_COUNT(programs)))
			continue;
		rest = *command;
		if (ll_str_equal(next_argument(&rest), ll_str("describe"))) {
			*command = rest;
			return true;
		}
	}
	return false;
}

/* "$ kubectl describe pod -n prod cart-0 | grep -A5 'Last State'": the pod's name. */
static void read_command(struct reader *reader, struct ll_str message)
{
	static const char *const resources[] = {"po", "pod", "pods"};
	struct ll_str word;
	size_t slash;

	if (message.size > COMMAND_MAX || ll_str_find(message, "describe po") == SIZE_MAX ||
	    !skip_describe(&message))
		return;
	reader->asked_size = 0;
	word = next_argument(&message);
	/* "pod/cart-0", or the name is a word of its own, behind or before options. */
	slash = ll_str_index(word, '/');
	if (!is_one_of(ll_str_first(word, slash), resources, LL_COUNT(resources)))
		return;
	word = slash == SIZE_MAX ? next_argument(&message) : ll_str_from(word, slash + 1);
	if (is_pod_name(word))
		reader->asked_size = keep(reader->asked, word);
}

/* Rule 4. Returns 1 when the line is of a state that stands alone. */
static int read_fragment(struct reader *reader, struct ll_str message, struct ll_error *err)
{
	const size_t indent = indent_of(message);
	struct ll_str value = ll_str_trim(message);
	const struct ll_str key = ll_str_split(&value, ':');
	int rc;

	value = value_of(value);
	if (reader->is_fragment && is_state_key(key)) {
		if (reader->is_in_state)
			read_state_line(reader, key, value);
		return 1;
	}
	if (is_end_of_state(key, value)) {
		if (reader->container_indent >= indent)
			reader->container_size = 0; /* the state stands beside it, not in it */
		reader->is_fragment = true;
		reader->state_indent = indent;
		start_ending(reader);
		return 1;
	}
	if (reader->is_fragment && message.size > 0 && indent >= reader->state_indent) {
		reader->is_in_state = false;
		if (indent == reader->state_indent)
			reader->is_in_limits = ll_str_equal(key, ll_str("Limits"));
		set_for_container(reader, key, value);
		return 1;
	}
	rc = LL_OK;
	if (reader->is_fragment) {
		reader->pod_size = keep(reader->pod, ll_str_n(reader->asked, reader->asked_size));
		rc = finish_pod(reader, err);
	}
	if (message.size > 0 && indent <= reader->container_indent)
		reader->container_size = 0; /* its block has ended */
	if (indent > 0 && value.size == 0 && ll_str_ends(message, ":")) {
		reader->container_size = keep(reader->container, key);
		reader->container_indent = indent;
	}
	read_command(reader, message);
	return rc < 0 ? rc : 0;
}

/* ------------------------------------------------------------- kubectl get pods */

static bool is_table_head(struct ll_str message)
{
	return (ll_str_starts(message, "NAME ") || ll_str_starts(message, "NAMESPACE ")) &&
	       ll_str_find(message, " STATUS ") != SIZE_MAX &&
	       ll_str_find(message, " RESTARTS ") != SIZE_MAX;
}

static void read_table_head(struct reader *reader, struct ll_str message)
{
	const size_t name = ll_str_find(message, " NAME ");

	reader->is_table = true;
	reader->had_table = true;
	reader->name_column = name == SIZE_MAX ? 0 : name + 1;
	reader->status_column = ll_str_find(message, " STATUS ") + 1;
	reader->restarts_column = ll_str_find(message, " RESTARTS ") + 1;
}

static struct ll_str cell(struct ll_str row, size_t column)
{
	const struct ll_str rest = ll_str_from(row, column);

	return ll_str_first(rest, ll_str_index(rest, ' '));
}

static int read_table_row(struct reader *reader, struct ll_str message, struct ll_error *err)
{
	uint64_t restarts;
	int rc;

	if (message.size <= reader->restarts_column || message.data[0] == ' ') {
		reader->is_table = false;
		return 0;
	}
	/* "Init:OOMKilled" of a container that runs before the others. */
	if (!ll_str_ends(cell(message, reader->status_column), "OOMKilled"))
		return 1;
	rc = finish_pod(reader, err);
	reader->pod_size = keep(reader->pod, cell(message, reader->name_column));
	reader->container_size = 0;
	start_ending(reader);
	reader->endings[0].reason_size = keep(reader->endings[0].reason, ll_str("OOMKilled"));
	if (ll_str_to_u64(cell(message, reader->restarts_column), &restarts) &&
	    restarts < INT32_MAX)
		reader->endings[0].restarts = (int64_t)restarts;
	if (rc == LL_OK)
		rc = finish_pod(reader, err);
	return rc < 0 ? rc : 1;
}

/* ------------------------------------------------------------ as a line format */

static bool is_state_line(struct ll_str raw)
{
	struct ll_str value = ll_str_from(raw, indent_of(raw));
	const struct ll_str key = ll_str_split(&value, ':');

	return is_end_of_state(key, value_of(value));
}

/* Nobody but kubectl writes these, and never behind a prefix. */
static size_t find_pod(struct ll_str raw)
{
	raw = uncommented(raw);
	if (is_table_head(raw))
		return 0;
	return is_state_line(raw) ||
	                       (ll_str_starts(raw, "Reason: ") && ll_str_ends(raw, " Evicted"))
	               ? 0
	               : SIZE_MAX;
}

static bool is_name_line(struct ll_str message)
{
	struct ll_str text = ll_str_from(message, indent_of(message));

	return ll_str_skip(&text, "Name:") &&
	       (ll_str_starts(text, "  ") || ll_str_starts(text, "\t"));
}

/* Rule 8. */
static bool is_of_message(struct reader *reader, struct ll_str message)
{
	static const char *const ends[] = {"Exit Code", "Signal",     "Started",      "Finished",
	                                   "Ready",     "Last State", "Restart Count"};
	struct ll_str text = ll_str_trim(message);
	const struct ll_str key = ll_str_split(&text, ':');

	if (!reader->is_in_state || reader->message_left == 0)
		return false;
	reader->message_left--;
	if (is_name_line(message) ||
	    (indent_of(message) > 0 && is_one_of(key, ends, LL_COUNT(ends))))
		reader->message_left = 0;
	return reader->message_left > 0;
}

static bool opens_pod(struct ll_str message)
{
	struct ll_str text;

	message = uncommented(message);
	text = ll_str_from(message, indent_of(message));
	return is_name_line(message) || is_table_head(message) || is_state_line(message) ||
	       ll_str_equal(text, ll_str("Containers:")) ||
	       ll_str_find(message, "describe po") != SIZE_MAX;
}

static void *open_reader(const struct ll_sink *out, const struct ll_log_source *source)
{
	struct reader *const reader = ll_calloc(1, sizeof *reader);

	(void)source;
	reader->out = out;
	return reader;
}

static int read_line(void *self, const struct ll_log_line *line, struct ll_error *err)
{
	struct reader *const reader = self;
	const struct ll_str message = uncommented(line->message);

	if (is_of_message(reader, message))
		return 0;
	if (reader->is_table && !is_table_head(message))
		return read_table_row(reader, message, err);
	if (reader->pod_size == 0 && !is_table_head(message) && !is_name_line(message))
		return read_fragment(reader, message, err);
	if (is_table_head(message)) {
		read_table_head(reader, message);
		return 1;
	}
	if (!reader->is_in_containers && is_state_line(message)) { /* rule 4 */
		reader->asked_size = keep(reader->asked, ll_str_n(reader->pod, reader->pod_size));
		reader->pod_size = 0;
		return read_fragment(reader, message, err);
	}
	return read_description(reader, message, err);
}

static int finish_reader(void *self, bool is_cut, struct ll_error *err)
{
	struct reader *const reader = self;
	size_t captures;
	int rc;

	(void)is_cut;
	if (reader->is_fragment)
		reader->pod_size = keep(reader->pod, ll_str_n(reader->asked, reader->asked_size));
	rc = finish_pod(reader, err);
	captures = reader->captures;
	reader->is_table = false;
	reader->captures = 0;
	return rc < 0 ? rc : (int)captures;
}

static void close_reader(void *self)
{
	free(self);
}

static const char *remark(const void *self)
{
	const struct reader *const reader = self;

	return reader->had_table ? "a list of pods: none of them was killed for want of memory"
	                         : NULL;
}

static const char *const first_words[] = {
	"Name:  ", "Name:\t", "NAME", "State:", "Containers:", "describe po", NULL};

const struct ll_line_format ll_line_kubectl = {
	.id = "kubectl",
	.words = first_words,
	.find = find_pod,
	.opens = opens_pod,
	.open = open_reader,
	.line = read_line,
	.finish = finish_reader,
	.close = close_reader,
	.remark = remark,
};
