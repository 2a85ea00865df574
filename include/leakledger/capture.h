/* SPDX-License-Identifier: Apache-2.0 */
/*
 * capture.h - bytes in, facts out.
 *
 * A capture is one observation of one process at one time: a heap profile, a goroutine dump, a
 * MemStats block ... A file may hold several. A *format* knows how to recognise and read one way of
 * writing captures; it pushes what it reads into a *sink* and knows nothing of databases or
 * reports.
 *
 * Life cycle of a read:
 *
 *     ll_stream_open_*      a window over bytes, already inflated
 *     ll_capture_read       asks every format for its bid, lets the best one read
 *       sink.begin          once per capture found; facts that follow belong to it
 *       sink.symbols        before samples that refer to them
 *       sink.samples ...    as many as there are
 *       sink.note           damage that was read around: "3 of 812 records skipped"
 *     ll_stream_close
 *
 * Invariants:
 *   - Readers never own files, never allocate without a ceiling, and never index past a view.
 *   - All strings handed to a sink are borrowed and valid during the call only.
 *   - A sink that returns a negative code stops the read, and the reader returns that code.
 *   - When a reader fails, nothing of that content counts. Damage that can be read around is a
 *     note.
 */
#ifndef LEAKLEDGER_CAPTURE_H
#define LEAKLEDGER_CAPTURE_H

#include <leakledger/arena.h>
#include <leakledger/buf.h>
#include <leakledger/error.h>
#include <leakledger/hash.h>
#include <leakledger/units.h>

/* ------------------------------------------------- what a capture can be about */

/** Kinds of capture: identifier, stored name, words for people. */
#define LL_KINDS(X)                                                                                \
	X(HEAP, "heap", "heap profile")                                                            \
	X(GOROUTINE, "goroutine", "goroutines")                                                    \
	X(GOROUTINELEAK, "goroutineleak", "goroutines that the GC proved leaked")                  \
	X(BLOCK, "block", "block profile")                                                         \
	X(MUTEX, "mutex", "mutex profile")                                                         \
	X(THREADCREATE, "threadcreate", "thread creation profile")                                 \
	X(CPU, "cpu", "CPU profile")                                                               \
	X(PROFILE, "profile", "profile of another kind")                                           \
	X(MEMSTATS, "memstats", "memory statistics")                                               \
	X(GCTRACE, "gctrace", "GC trace")                                                          \
	X(ESCAPE, "escape", "escape analysis log")                                                 \
	X(BENCHMARK, "benchmark", "benchmark results")                                             \
	X(KILL, "kill", "kill for want of memory")                                                 \
	X(POD, "pod", "state of a Kubernetes pod or container")                                    \
	X(PROCESS, "process", "memory of a process, from /proc")                                   \
	X(CGROUP, "cgroup", "memory of a cgroup")                                                  \
	X(HOST, "host", "memory of a machine")                                                     \
	X(FACTS, "facts", "releases, limits or owners")

enum ll_kind {
#define LL_KIND_ENUM(id, name, title) LL_KIND_##id,
	LL_KINDS(LL_KIND_ENUM)
#undef LL_KIND_ENUM
		LL_KIND_COUNT
};

/** The stored name of a kind ("heap"). */
const char *ll_kind_name(enum ll_kind kind);
/** Words for people ("heap profile"). */
const char *ll_kind_title(enum ll_kind kind);
/**
 * Does a capture of that kind show a process while it ran? The others are about its build, its end,
 * its machine or its owners, and do not make a service by themselves.
 */
bool ll_kind_is_observation(enum ll_kind kind);

/* -------------------------------------------------------- numbers of a process */

/**
 * Scalars that a capture can carry: identifier, column name, Go's own name. All are int64_t: bytes,
 * counts, nanoseconds (LastGC: since 1970); GCCPUFraction is in parts per billion.
 */
#define LL_METRICS(X)                                                                              \
	X(ALLOC, "alloc", "Alloc")                                                                 \
	X(TOTAL_ALLOC, "total_alloc", "TotalAlloc")                                                \
	X(SYS, "sys", "Sys")                                                                       \
	X(MALLOCS, "mallocs", "Mallocs")                                                           \
	X(FREES, "frees", "Frees")                                                                 \
	X(HEAP_ALLOC, "heap_alloc", "HeapAlloc")                                                   \
	X(HEAP_SYS, "heap_sys", "HeapSys")                                                         \
	X(HEAP_IDLE, "heap_idle", "HeapIdle")                                                      \
	X(HEAP_INUSE, "heap_inuse", "HeapInuse")                                                   \
	X(HEAP_RELEASED, "heap_released", "HeapReleased")                                          \
	X(HEAP_OBJECTS, "heap_objects", "HeapObjects")                                             \
	X(STACK_INUSE, "stack_inuse", "StackInuse")                                                \
	X(STACK_SYS, "stack_sys", "StackSys")                                                      \
	X(MSPAN_INUSE, "mspan_inuse", "MSpanInuse")                                                \
	X(MSPAN_SYS, "mspan_sys", "MSpanSys")                                                      \
	X(MCACHE_INUSE, "mcache_inuse", "MCacheInuse")                                             \
	X(MCACHE_SYS, "mcache_sys", "MCacheSys")                                                   \
	X(BUCK_HASH_SYS, "buck_hash_sys", "BuckHashSys")                                           \
	X(GC_SYS, "gc_sys", "GCSys")                                                               \
	X(OTHER_SYS, "other_sys", "OtherSys")                                                      \
	X(NEXT_GC, "next_gc", "NextGC")                                                            \
	X(LAST_GC, "last_gc", "LastGC")                                                            \
	X(PAUSE_TOTAL_NS, "pause_total_ns", "PauseTotalNs")                                        \
	X(NUM_GC, "num_gc", "NumGC")                                                               \
	X(NUM_FORCED_GC, "num_forced_gc", "NumForcedGC")                                           \
	X(GC_CPU_PPB, "gc_cpu_ppb", "GCCPUFraction")                                               \
	X(MAX_RSS, "max_rss", "MaxRSS")

enum ll_metric {
#define LL_METRIC_ENUM(id, column, go_name) LL_METRIC_##id,
	LL_METRICS(LL_METRIC_ENUM)
#undef LL_METRIC_ENUM
		LL_METRIC_COUNT
};

/** Column name in the ledger. */
const char *ll_metric_column(enum ll_metric metric);
/** Go's name for it, as in runtime.MemStats. */
const char *ll_metric_go_name(enum ll_metric metric);
/** The metric with that Go name, or LL_METRIC_COUNT. */
enum ll_metric ll_metric_find(struct ll_str go_name);

/**
 * Readings: numbers that only some captures have, each under a name. Where a number has a name in
 * Go's runtime/metrics it is that ("/gc/heap/live:bytes"), whatever the form it comes in; for what
 * every program has there are these; everything else keeps the name that it has in its file. Bytes,
 * counts, seconds.
 */
#define LL_READING_GOROUTINES   "/sched/goroutines:goroutines"
#define LL_READING_HEAP_LIVE    "/gc/heap/live:bytes"
#define LL_READING_GOGC         "/gc/gogc:percent"
#define LL_READING_GOMEMLIMIT   "/gc/gomemlimit:bytes"
#define LL_READING_SCAN_STACK   "/gc/scan/stack:bytes"
#define LL_READING_SCAN_GLOBALS "/gc/scan/globals:bytes"
#define LL_READING_GOMAXPROCS   "/sched/gomaxprocs:threads"
#define LL_READING_THREADS      "process.threads"
#define LL_READING_RSS          "process.rss"      /* resident set size */
#define LL_READING_RSS_PEAK     "process.rss_peak" /* VmHWM: its high-water mark */
#define LL_READING_RSS_ANON     "process.rss_anon"
#define LL_READING_RSS_FILE     "process.rss_file"
#define LL_READING_RSS_SHMEM    "process.rss_shmem"
#define LL_READING_SWAP         "process.swap"
#define LL_READING_VIRTUAL      "process.virtual"
#define LL_READING_OPEN_FDS     "process.open_fds"
#define LL_READING_MAX_FDS      "process.max_fds"
#define LL_READING_CPU          "process.cpu"        /* seconds since it started */
#define LL_READING_START_TIME   "process.start_time" /* seconds since 1970 */
#define LL_READING_PID          "process.pid"
#define LL_READING_LIMIT        "limit.memory" /* of a container, as its owner set it */
/*
 * cgroup files: "cgroup." and the name of version 2, also for version 1; lines of memory.stat and
 * the like: "cgroup.memory.stat.anon". /proc/pressure: "host.pressure.memory.some.avg10" ...,
 * /proc/meminfo: "host.MemTotal" ...
 */
#define LL_READING_CGROUP_CURRENT "cgroup.memory.current"
#define LL_READING_CGROUP_PEAK    "cgroup.memory.peak"
#define LL_READING_CGROUP_MAX     "cgroup.memory.max"

/* ---------------------------------------------------------- the shapes of fact */

/** Where a time came from, best first; stored as these words. */
#define LL_TIME_SOURCES(X)                                                                         \
	X(CONTENT, "content")                                                                      \
	X(FILE_NAME, "file-name")                                                                  \
	X(DIRECTORY, "directory")                                                                  \
	X(LOWER_BOUND, "not-before")                                                               \
	X(MODIFIED, "mtime")                                                                       \
	X(NONE, "none")

enum ll_time_source {
#define LL_TIME_SOURCE_ENUM(id, name) LL_TIME_FROM_##id,
	LL_TIME_SOURCES(LL_TIME_SOURCE_ENUM)
#undef LL_TIME_SOURCE_ENUM
		LL_TIME_SOURCE_COUNT
};

/** The word that the ledger and pages use: "content", "name" ... */
const char *ll_time_source_name(enum ll_time_source source);

/** One column of a profile: "inuse_space", "bytes". */
struct ll_value_type {
	struct ll_str type, unit;
};

enum {
	LL_VALUE_TYPES_MAX = 16, /* most value columns that a profile may have */
};

/** What the content says of the capture that begins. */
struct ll_origin {
	enum ll_kind kind;
	const char *format;      /* for contents of several formats; NULL: the one that reads */
	const char *variant;     /* "allocs", "delta", "debug=2", "panic" ...; NULL when plain */
	bool is_delta;           /* a difference of two snapshots: never mixed with snapshots */
	bool is_foreign;         /* written by something that is not the Go runtime */
	int64_t time_ns;         /* when it was taken; LL_TIME_NONE when the content does not say */
	int64_t not_before_ns;   /* a lower bound of that time (LastGC), or LL_TIME_NONE */
	int64_t duration_ns;     /* 0 for snapshots */
	int64_t period;          /* sampling period: bytes for heap, 0 unknown */
	struct ll_str service;   /* when the content names it: a label, a pod, a unit; or empty */
	struct ll_str instance;  /* the same for the pod or host; or empty */
	struct ll_str namespace; /* of Kubernetes, when the content names it; or empty */
	const char *identified;  /* what in the content told these two; NULL: nothing did */
	struct ll_str program;   /* path of the main binary, or empty */
	struct ll_str build_id;  /* or empty */
	struct ll_str go_version;
	const struct ll_value_type *types;
	size_t type_count;
};

struct ll_function {
	struct ll_str name, file;
	int64_t start_line; /* 0 when unknown */
};

struct ll_line {
	uint32_t function; /* index into ll_symbols.functions */
	int64_t line;
};

/**
 * The tables that samples refer to. Location i consists of lines[first_line[i]] up to, not
 * including, lines[first_line[i + 1]], innermost inlined function first. A location without lines
 * is unknown code. Valid until the next begin.
 */
struct ll_symbols {
	const struct ll_function *functions;
	size_t function_count;
	const struct ll_line *lines;
	const uint32_t *first_line; /* location_count + 1 entries */
	size_t location_count;
};

/**
 * A batch of samples: sample i has the locations locations[first[i]] .. locations[first[i+1]]-1,
 * leaf first, and the values values[i * type_count] and on. block_size[i] is the size of one object
 * in bytes for heap profiles, 0 where there is none. labels[i] is a JSON object of its string
 * labels with sorted keys, or empty; `labels` may be NULL when no sample of the batch has any.
 */
struct ll_samples {
	size_t count;
	const uint32_t *first;
	const uint32_t *locations;
	const int64_t *values;
	const int64_t *block_size;
	const struct ll_str *labels;
	/**
	 * For text heap profiles, which keep the runtime's own frames as bare addresses: the
	 * runtime function through which the user's line allocated ("runtime.growslice") where the
	 * file names it, else "#n" for n hidden frames; empty when unknown. NULL for other formats.
	 */
	const struct ll_str *entries;
};

struct ll_frame {
	struct ll_str function, file;
	int64_t line;
};

enum {
	LL_MINUTES_UNKNOWN = -1,
};

/**
 * Goroutines that look alike: same stack, state, creator and labels. Leading runtime frames (how
 * they were parked) are cut off, so that dumps and profiles of the same goroutine compare equal.
 */
struct ll_goroutines {
	uint64_t count;
	struct ll_str state;           /* wait reason or status, verbatim; derived for profiles */
	const struct ll_frame *frames; /* leaf first; may be empty */
	size_t frame_count;
	struct ll_frame creator;          /* the "created by" line; function empty when unknown */
	int64_t min_minutes, max_minutes; /* time blocked, whole minutes; LL_MINUTES_UNKNOWN */
	struct ll_str labels;             /* JSON object with sorted keys, or empty */
	/*
	 * Of dumps: the oldest ids as a JSON array, or empty. With knows_creators (Go 1.21 and
	 * later, and the dump is whole), how many were started by goroutines that have ended and
	 * left nothing else at work, and by how many different ones.
	 */
	struct ll_str ids;
	bool knows_creators;
	uint64_t orphans, ended_creators;
	bool is_leaked; /* proved unreachable by the garbage collector */
	bool is_system; /* the runtime's own; never a leak */
	bool is_cut;    /* frames were elided, or the dump ends inside */
};

/** One garbage collection; -1 (LL_TIME_NONE for times) where the capture does not say. */
struct ll_gc {
	int64_t number;         /* 1 is the first of the process */
	int64_t end_ns;         /* wall clock at the end of mark termination */
	int64_t since_start_ns; /* process age at its start */
	int64_t pause_ns;       /* all stop-the-world parts */
	int64_t heap_start, heap_end, heap_live, heap_goal; /* bytes */
	int64_t stacks, globals;                            /* scannable bytes */
	int64_t assist_ns;                                  /* CPU time of mark assists */
	/* Wall clock: the first stop, all that marks beside the program, the last stop. */
	int64_t sweep_stop_ns, mark_ns, mark_stop_ns;
	/*
	 * Processor time: of all stops; of the workers that mark beside the program; of idle
	 * processors that mark because they have nothing else to do.
	 */
	int64_t stop_cpu_ns, worker_cpu_ns, idle_cpu_ns;
	int64_t cpu_percent; /* GC's share since start */
	int64_t procs;
	bool is_forced;
	bool is_ring_entry; /* from MemStats' PauseEnd ring, not from a trace line */
};

/** What the compiler said of one line of source. */
struct ll_build_fact {
	struct ll_str package;
	struct ll_str file;
	int64_t line, column; /* column 0 when not given */
	const char *what;     /* "map", "slice", "append", "closure", "moved", "pointer", ... */
	struct ll_str message;
};

/** A number under a name; see LL_READING_... */
struct ll_reading {
	struct ll_str name;
	struct ll_str labels; /* JSON object with sorted keys, or empty */
	double value;
	bool is_none;    /* it says "no limit": `value` is 0 and means nothing */
	int64_t time_ns; /* LL_TIME_NONE: that of the capture */
};

/** One measurement of one benchmark: "BenchmarkPut-8  200  5000 ns/op" has one for each unit. */
struct ll_benchmark {
	struct ll_str package, name; /* the name without "Benchmark" and the processors */
	int64_t procs;               /* GOMAXPROCS; 0 when not known */
	int64_t iterations;
	struct ll_str unit; /* "ns/op", "B/op" ... as written */
	double value;
};

/**
 * A process or container that was ended for want of memory, or ended and nobody knows why. Sizes
 * are bytes, -1 where the capture does not say.
 */
struct ll_kill {
	int64_t time_ns;    /* LL_TIME_NONE when not known */
	const char *source; /* "kernel", "kubernetes", "docker", "systemd", "kubelet" ... */
	const char *scope;  /* "memcg": a limit of its own; "global": the machine; "" not known */
	struct ll_str process;  /* comm: at most 15 bytes; or empty */
	struct ll_str host;     /* or empty */
	struct ll_str cgroup;   /* path of the task's cgroup, or empty */
	struct ll_str limiting; /* path of the cgroup whose limit was met, or empty */
	struct ll_str pod, container;
	int64_t pid; /* on the host; -1 */
	int64_t total_vm, anon_rss, file_rss, shmem_rss, page_tables, swap;
	int64_t usage, limit; /* of the limiting cgroup */
	int64_t exit_code;    /* -1 when not known */
	int64_t restarts;     /* of the container, with this one; -1 */
	int64_t started_ns;   /* when the process had started, or LL_TIME_NONE */
	struct ll_str text;   /* the line or reason as written, at most 512 bytes are kept */
};

/** A row of the kernel's table of tasks at a kill; bytes, -1 where there is no such column. */
struct ll_task {
	int64_t pid, uid;
	int64_t total_vm, rss, rss_anon, rss_file, rss_shmem, page_tables, swap;
	int64_t oom_score_adj;
	struct ll_str name;
};

/**
 * What somebody wrote down. Of a release `name` is its version and `value` its build id; of a
 * limit the name of what is limited ("memory") and the limit as written; of an owner nothing and
 * the team.
 */
struct ll_declared {
	const char *what;                /* "release", "limit", "owner" */
	struct ll_str service, instance; /* instance empty: all */
	int64_t time_ns;                 /* from when on; LL_TIME_NONE: always */
	struct ll_str name, value;
	struct ll_str note; /* the rest of the row, or empty */
	double number;      /* of a limit: bytes or a count; else 0 */
};

struct ll_sink {
	void *self;
	int (*begin)(void *self, const struct ll_origin *origin, struct ll_error *err);
	int (*symbols)(void *self, const struct ll_symbols *symbols, struct ll_error *err);
	int (*samples)(void *self, const struct ll_samples *samples, struct ll_error *err);
	int (*goroutines)(void *self, const struct ll_goroutines *same, struct ll_error *err);
	int (*scalar)(void *self, enum ll_metric metric, int64_t value, struct ll_error *err);
	int (*gc)(void *self, const struct ll_gc *cycle, struct ll_error *err);
	int (*build_fact)(void *self, const struct ll_build_fact *fact, struct ll_error *err);
	int (*reading)(void *self, const struct ll_reading *reading, struct ll_error *err);
	int (*benchmark)(void *self, const struct ll_benchmark *result, struct ll_error *err);
	int (*kill)(void *self, const struct ll_kill *kill, struct ll_error *err);
	int (*task)(void *self, const struct ll_task *task, struct ll_error *err);
	int (*declared)(void *self, const struct ll_declared *fact, struct ll_error *err);
	/** `position` is a line number, or 0. The capture becomes "partial". */
	void (*note)(void *self, uint64_t position, const char *text);
};

/**
 * A sink that accepts everything and keeps nothing; copy it and replace what a test wants to see.
 */
extern const struct ll_sink ll_sink_ignore;

/* --------------------------------------------------------------------- streams */

struct ll_stream;

enum {
	LL_PEEK_SIZE = 64 * 1024, /* bytes a bid may look at */
};

/** A view over bytes that somebody else owns and keeps until the stream is closed. */
struct ll_stream *ll_stream_open_memory(const void *bytes, size_t size);
void ll_stream_close(struct ll_stream *stream);
void ll_stream_closep(struct ll_stream **stream);
/** The next bytes, up to `size`, without consuming them; fewer only at the end. */
struct ll_str ll_stream_peek(struct ll_stream *stream, size_t size);
/**
 * Takes the next line, without its LF and one CR before it. Returns 1, 0 at the end, or a negative
 * code (a line longer than 1 MiB is cut there and the rest comes as the next line; a source that
 * fails to inflate or read). ll_stream_line_number is then the line's number, from 1.
 */
int ll_stream_line(struct ll_stream *stream, struct ll_str *ret_line, struct ll_error *err);
uint64_t ll_stream_line_number(const struct ll_stream *stream);
/** 0, or the reason for which the source ended early: a truncated or damaged gzip, an I/O error. */
int ll_stream_check(const struct ll_stream *stream, struct ll_error *err);
/**
 * When the bytes were written, as the file system or an archive says: what a log's dates without a
 * year are completed with. LL_TIME_NONE unless it was set.
 */
void ll_stream_set_modified(struct ll_stream *stream, int64_t modified_ns);
int64_t ll_stream_modified(const struct ll_stream *stream);
/** Everything that is left, in one view, up to the stream's ceiling. Consumes it. */
int ll_stream_all(struct ll_stream *stream, struct ll_str *ret_bytes, struct ll_error *err);

/** Ceilings for what a stored file may expand to; see docs/formats.md for how they were chosen. */
struct ll_limits {
	int64_t memory_bytes; /* largest stored file, and content, that is held in memory as a whole
	                       */
	int64_t whole_bytes;  /* members up to this size are inflated and read in one go */
	int64_t stream_bytes; /* largest content that is read through a window */
	int64_t ratio;        /* most bytes of content per stored byte, beyond ratio_free_bytes */
	int64_t ratio_free_bytes;
	size_t members;        /* most members of one gzip file */
	size_t entries;        /* most entries of one archive */
	int64_t archive_bytes; /* largest archive, and most that its members may hold together */
};
extern const struct ll_limits ll_limits_default;

/** Where in a stored file a content was found. */
struct ll_member {
	struct ll_str name;  /* path inside the archive, without "/", "." and ".." before and
	                        between; empty when the file is no archive */
	int64_t modified_ns; /* as the archive says; LL_TIME_NONE */
};

/**
 * A file taken apart into the contents to read: the file itself, or each member of a gzip file or
 * an archive. Buffers are reused from file to file, so one unpacker serves one thread for a run.
 */
struct ll_unpacker;
struct ll_unpacker *ll_unpacker_new(const struct ll_limits *limits);
void ll_unpacker_free(struct ll_unpacker *unpacker);
void ll_unpacker_freep(struct ll_unpacker **unpacker);
/**
 * Opens the file that will be opened next, and lets the kernel read it ahead meanwhile. `path` must
 * live until then; when something is wrong with it, that is told then.
 */
void ll_unpacker_expect(struct ll_unpacker *unpacker, const char *path);
/** Opens the stored file and hashes its bytes. Returns LL_OK or why it cannot be read. */
int ll_unpacker_open(struct ll_unpacker *unpacker, const char *path, struct ll_hash *ret_stored,
                     int64_t *ret_size, struct ll_error *err);
/** The same for bytes in memory, borrowed until the next open (tests, fuzzing). */
void ll_unpacker_open_memory(struct ll_unpacker *unpacker, struct ll_str bytes);
/**
 * Goes on to the next member. Returns 1 with a stream (owned by the unpacker, valid until the next
 * call), 0 when there is none left, negative when this one cannot be read: "truncated gzip", a
 * bomb, encrypted. Go on after a negative code, too: it concerns the member that
 * ll_unpacker_member names, or, when it has no name, the file, of which nothing more will come.
 */
int ll_unpacker_next(struct ll_unpacker *unpacker, struct ll_stream **ret_stream,
                     struct ll_error *err);
/** The member that the last call of ll_unpacker_next was about; valid until the next one. */
const struct ll_member *ll_unpacker_member(const struct ll_unpacker *unpacker);
/** Is the current member's content in memory, so that its identity is known before it is read? */
bool ll_unpacker_is_whole(const struct ll_unpacker *unpacker);
/**
 * Identity of the current member's content: the hash of its bytes. For a windowed stream it is
 * complete only after the stream has been read to its end, which this does.
 */
int ll_unpacker_content(struct ll_unpacker *unpacker, struct ll_hash *ret_content,
                        int64_t *ret_size, struct ll_error *err);

/* --------------------------------------------------------------------- formats */

/** Evidence, not score. Two equal best bids are an error in our table, caught by a test. */
enum ll_bid {
	LL_BID_NO,    /* not mine */
	LL_BID_LAST,  /* nothing seen, but reading all of it may tell: when nobody else wants it */
	LL_BID_GUESS, /* could be: plain text with plausible words */
	LL_BID_SHAPE, /* parsed a first record */
	LL_BID_MAGIC, /* a signature that nobody else uses */
};

/** What a bid may look at. */
struct ll_peek {
	struct ll_str head; /* the first LL_PEEK_SIZE bytes of the content, or all of it */
	bool is_whole;      /* head is everything there is */
	/**
	 * A lower bid than this counts for nothing: who finds out that it could bid no more may
	 * answer NO at once.
	 */
	enum ll_bid least;
	struct ll_str name;  /* base name of the file; breaks ties, never decides */
	int64_t modified_ns; /* ll_stream_modified */
};

struct ll_format {
	const char *id;    /* stored in the ledger, shown by `captures` */
	const char *title; /* for people */
	/** No I/O, no allocation that outlives the call. */
	enum ll_bid (*bid)(const struct ll_peek *peek);
	/** NULL for things that are recognised and refused: then `refusal` says why. */
	int (*read)(struct ll_stream *in, const struct ll_peek *peek, const struct ll_sink *out,
	            struct ll_error *err);
	const char *refusal;
	bool reads_between; /* passes over lines of others: what stands among them is not lost */
	/** Bids for lines that are not JSON: not asked about a text of which all are. */
	bool is_plain;
	/**
	 * What it bids MAGIC for is of nobody else, not even in parts: records that others see in
	 * it are shown there and were never measured.
	 */
	bool is_alone;
};

/** All formats; *ret_count is their number. */
const struct ll_format *const *ll_formats(size_t *ret_count);

/**
 * Recognises the content and reads it. *ret_format (may be NULL) is set as soon as a format won,
 * also when reading then fails. Fails with LL_E_FORMAT when nothing fits or two formats tie.
 */
int ll_capture_read(struct ll_stream *in, struct ll_str name, const struct ll_sink *out,
                    const struct ll_format **ret_format, struct ll_error *err);

/**
 * Do only its path and name tell what a content is, and whose? A lone number or a few counters of
 * a cgroup are the same in another container by chance. `name` is the last element of its path,
 * `size` that of the content in bytes.
 */
bool ll_capture_is_bare(struct ll_str name, int64_t size);

/* -------------------------------------------------------------- function names */

/** Whose code a function is. */
enum ll_owner {
	LL_OWNER_RUNTIME,  /* package runtime and internal/runtime/..., cgo's wrappers */
	LL_OWNER_STANDARD, /* the rest of Go's standard library */
	LL_OWNER_LIBRARY,  /* modules of others: module cache, vendor */
	LL_OWNER_OWN,      /* the program's own module */
	LL_OWNER_UNKNOWN,  /* no symbol */
};

/** "runtime", "standard", "library", "own" or "unknown". */
const char *ll_owner_name(enum ll_owner owner);
/** Whose code a function is, from its name and, where that is known, its file. */
enum ll_owner ll_frame_owner(struct ll_str function, struct ll_str file);

/**
 * The name to compare across builds and Go versions (formats.md 1.11): type arguments collapse to
 * "[...]", %2e is decoded, "-fm" and go/defer wrapper suffixes are cut, "glob..func1" becomes
 * "init.func1". Written into the arena.
 */
struct ll_str ll_frame_normalize(struct ll_str function, struct ll_arena *arena);
/**
 * What a normalized name and its neighbours in another build have in common: closures lose the
 * number that their position gives them ("f.func2" -> "f.func#", "f.func2.1" -> "f.func#.#"), the
 * package its "/vendor/" prefix and its major version ("/v2", gopkg.in's ".v3"). Written into the
 * arena.
 */
struct ll_str ll_frame_family(struct ll_str normalized, struct ll_arena *arena);
/** "github.com/acme/shop/cart.(*Store).Put" -> "github.com/acme/shop/cart". */
struct ll_str ll_frame_package(struct ll_str function);
/**
 * The part of a file name that survives a change of build directory: "module@version/..." and
 * GOROOT prefixes are cut; for other absolute paths the last `keep` elements remain.
 */
struct ll_str ll_frame_file(struct ll_str file, struct ll_str function);

/**
 * What a goroutine is doing, read from its innermost frames (formats.md 3.5), as the wait reason
 * that a dump of the same goroutine would print. *ret_skip is the number of leading frames that
 * only say how it was parked. Never NULL: "running" when nothing is recognised.
 */
const char *ll_goroutine_state(const struct ll_frame *frames, size_t count, size_t *ret_skip);

/** What one waits for that is known to wait at a semaphore: by its callers, else "semacquire". */
const char *ll_goroutine_semaphore(const struct ll_frame *frames, size_t count);
/** The runtime's own goroutines (formats.md 3.6): by state, root function or creator. */
bool ll_goroutine_is_system(struct ll_str state, const struct ll_frame *frames, size_t count,
                            struct ll_str creator);

/* -------------------------------------------------------------------- identity */

/**
 * The version that a program's path has as a directory ("/srv/cart/4.2.0/cart"), a view into it; or
 * empty. "v2" alone is part of a name: a version has a dot.
 */
struct ll_str ll_program_version(struct ll_str program);

/** What a path says of the capture in it; views into the path, empty when unknown. */
struct ll_path_identity {
	struct ll_str service, instance, build;
	const char *service_rule; /* what gave each of them, for people; NULL with an empty one */
	const char *instance_rule;
	const char *build_rule;
	const char *layout; /* the pattern or the known layout that the path follows; or NULL */
	int64_t time_ns;    /* LL_TIME_NONE */
	enum ll_time_source time_source;
	bool time_has_zone;      /* the name gave one; without it UTC is assumed */
	bool time_is_date;       /* only the day is known: `time_ns` is its beginning */
	int64_t sequence;        /* heap2 -> 2, heap-after -> 1 ...; -1 when there is none */
	bool is_delta_named;     /* the name says that it is a delta profile */
	struct ll_str kind_word; /* "heap", "mutex" ...: breaks ties */
};

/**
 * Reads service, instance, build and time off a relative path: own patterns first
 * ("{service}/{instance}/{kind}-{unixtime}"), then the built-in layouts (identity/layouts.c), then
 * what the directories and words of the name look like.
 */
void ll_identity_from_path(struct ll_str relative, const char *const *patterns,
                           size_t pattern_count, struct ll_path_identity *ret_identity);
/**
 * The same for a member of an archive: `relative` is the path that it has when the archive is
 * unpacked where it lies, of which `inside` bytes are above the archive. A directory that is called
 * as the archive ("bundle.tar.gz" with "bundle/...") is its wrapping and no service.
 */
void ll_identity_from_member(struct ll_str relative, size_t inside, struct ll_str archive,
                             const char *const *patterns, size_t pattern_count,
                             struct ll_path_identity *ret_identity);
/** 0, or LL_E_USAGE with the reason, for a pattern that a configuration gives. */
int ll_identity_check_pattern(const char *pattern, struct ll_error *err);

#endif
