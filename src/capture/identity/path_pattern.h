/* SPDX-License-Identifier: Apache-2.0 */
/*
 * path_pattern.h - patterns with fields, matched against the end of a path:
 *
 *     {service}/{instance}/{kind}-{unixtime}
 *     debug/nodes/{instance}/ **            (without the blank) ** is any number of elements
 */
#ifndef LL_CAPTURE_PATH_PATTERN_H
#define LL_CAPTURE_PATH_PATTERN_H

#include <leakledger/capture.h>

enum {
	LL_PATH_ELEMENTS = 64,       /* a deeper path keeps its last ones */
	LL_PATH_FIELDS = 24,         /* most fields of one pattern */
	LL_PATH_FIELDS_ELEMENT = 8,  /* most fields in one element of a user's pattern */
	LL_PATH_ELEMENT_MAX = 255,   /* what file systems allow; archives hold longer names */
	LL_PATH_MATCH_STEPS = 5000,  /* then a name is too contrived to match */
	LL_PATH_ANY_DIRECTORIES = 2, /* most ** in one pattern */
};

/**
 * Fields: identifier, name, whether users may write it, whether it takes as little as it can. The
 * others take as much as they can.
 */
#define LL_PATH_FIELD_TABLE(X)                                                                     \
	X(SERVICE, "service", true, false)                                                         \
	X(INSTANCE, "instance", true, false)                                                       \
	X(POD, "pod", true, false)                                                                 \
	X(KIND, "kind", true, false)                                                               \
	X(BUILD, "build", true, false)                                                             \
	X(TIME, "time", true, false)                                                               \
	X(UNIXTIME, "unixtime", true, false)                                                       \
	X(YEAR, "year", true, false)                                                               \
	X(MONTH, "month", true, false)                                                             \
	X(DAY, "day", true, false)                                                                 \
	X(HOUR, "hour", true, false)                                                               \
	X(MINUTE, "minute", true, false)                                                           \
	X(SECOND, "second", true, false)                                                           \
	X(SEQUENCE, "sequence", true, false)                                                       \
	X(ANY, "any", true, false)                                                                 \
	/* Built-in layouts have finer ones. */                                                    \
	X(PROGRAM, "program", false, true)         /* a service, but any directory knows better */ \
	X(APPLICATION, "application", false, true) /* a service */                                 \
	X(HOST, "host", false, true)               /* an instance */                               \
	X(NUMBER, "number", false, false)          /* digits that are no time */                   \
	X(KIND_WORD, "kind word", false, false)    /* one of the words for kinds */                \
	X(TYPES, "types", false, false)            /* sample types, parted by dots */              \
	X(ADDRESS, "address", false, false)        /* an instance: host and port, IPv4 */          \
	X(UID, "uid", false, false)                /* 32 hex digits, or 36 bytes with hyphens */   \
	X(CONTAINER_ID, "container id", false, false) /* 64 hex digits */                          \
	X(STAMP, "stamp", false, false) /* 20060102150405.000: a time, and nothing but that form */

enum ll_path_field {
#define LL_PATH_FIELD_ENUM(id, name, is_public, is_short) LL_PATH_FIELD_##id,
	LL_PATH_FIELD_TABLE(LL_PATH_FIELD_ENUM)
#undef LL_PATH_FIELD_ENUM
		LL_PATH_FIELD_COUNT
};

struct ll_path {
	struct ll_str elements[LL_PATH_ELEMENTS]; /* without the extension of archives */
	size_t count;                             /* the last one is the file name */
};

/** Elements of a relative path; "." and empty ones are passed over. */
struct ll_path ll_path_split(struct ll_str relative);

struct ll_path_match {
	struct {
		enum ll_path_field id;
		struct ll_str value;
		size_t element;
	} fields[LL_PATH_FIELDS];
	size_t count;
	size_t first; /* the first element that the pattern covers */
	unsigned steps;
};

/**
 * Matches the pattern against the last elements of the path. Behind the pattern's end the file name
 * may go on with an extension.
 */
bool ll_path_match(const char *pattern, const struct ll_path *path,
                   struct ll_path_match *ret_match);
/** The field of that name that users may write, or LL_PATH_FIELD_COUNT. */
enum ll_path_field ll_path_field_find(struct ll_str name);
/** "service, instance, ...": the fields that users may write. */
void ll_path_field_list(struct ll_buf *out);

#endif
