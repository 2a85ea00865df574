/* SPDX-License-Identifier: Apache-2.0 */
/*
 * redact.h - what may be shown to strangers: names become pseudonyms, paths of machines go.
 *
 * A pseudonym is a keyed hash (HMAC-SHA-256) of the name: the same name and key give the same
 * pseudonym in every report, and without the key nobody can try out guesses. What everybody knows
 * stays: Go's standard library, well-known modules, "main", the compiler's "func1".
 *
 * The rule of names is an allow list: what is not known to be public becomes a pseudonym. Prose
 * that was made of names (sentences of findings, reasons) is gone through for every name that the
 * redactor has met, so it comes last.
 *
 *     github.com/acme/shop/cart.(*Store[...]).Put.func1
 *     mod-k3f9q2mz/pkg-a7sd2kq9.(*Fw4e2km[...]).Fq8mn2x.func1
 *
 *     checkout-api-7d9f5-xk2p, of service checkout-api
 *     svc-k3f9q2mz-w8dk3n2a
 */
#ifndef LEAKLEDGER_REDACT_H
#define LEAKLEDGER_REDACT_H

#include <leakledger/ledger.h>

/** Each level takes away what the one before does, and more. */
enum ll_redact_level {
	LL_REDACT_NONE,
	LL_REDACT_PATHS, /* directories of machines, host names, commands */
	LL_REDACT_NAMES, /* services, instances, own functions and files, labels, builds, owners */
};

/** "none", "paths", "names"; NULL ends them. */
extern const char *const ll_redact_levels[];
/** The level of that name; NULL and what is no level give LL_REDACT_NONE. */
enum ll_redact_level ll_redact_level(const char *name);

struct ll_redactor;

/** `key` is hashed, so that any secret of any length does. */
struct ll_redactor *ll_redactor_new(enum ll_redact_level level, struct ll_str key);
void ll_redactor_free(struct ll_redactor *redactor);
void ll_redactor_freep(struct ll_redactor **redactor);
enum ll_redact_level ll_redactor_level(const struct ll_redactor *redactor);
/** Level and key in one number, of which nobody gets the key back: what was made with them. */
struct ll_hash ll_redactor_mark(const struct ll_redactor *redactor);

/*
 * Each returns the text as it may be shown, which lives as long as the redactor. Level paths leaves
 * names as they are.
 */

/** A service; its instances are named after it. */
struct ll_str ll_redact_service(struct ll_redactor *redactor, struct ll_str name);
/** A build id or a version. */
struct ll_str ll_redact_build(struct ll_redactor *redactor, struct ll_str name);
/** An instance, pod, process, owner: anything that is a name. */
struct ll_str ll_redact_name(struct ll_redactor *redactor, struct ll_str name);
/** A machine: a pseudonym also at level paths. */
struct ll_str ll_redact_host(struct ll_redactor *redactor, struct ll_str name);
/** A function as captures or findings write it; `file` tells whose it is, and may be empty. */
struct ll_str ll_redact_function(struct ll_redactor *redactor, struct ll_str name,
                                 struct ll_str file);
/** The file of a function. */
struct ll_str ll_redact_file(struct ll_redactor *redactor, struct ll_str file,
                             struct ll_str function);
/** The path of a capture below its root. */
struct ll_str ll_redact_path(struct ll_redactor *redactor, struct ll_str path);
/** Sample types, with commas between. */
struct ll_str ll_redact_types(struct ll_redactor *redactor, struct ll_str types);
/** What a goroutine waits for. */
struct ll_str ll_redact_state(struct ll_redactor *redactor, struct ll_str state);
/** Labels: a JSON object. */
struct ll_str ll_redact_labels(struct ll_redactor *redactor, struct ll_str json);
/** JSON of ours with names and prose in it. */
struct ll_str ll_redact_json(struct ll_redactor *redactor, struct ll_str json);
/** Prose of ours with names in it. */
struct ll_str ll_redact_text(struct ll_redactor *redactor, struct ll_str text);
/** Prose that also quotes strangers: what stands in single quotes goes, too. */
struct ll_str ll_redact_reason(struct ll_redactor *redactor, struct ll_str text);
/** The id of a finding, which is a hash of names that could be guessed. */
struct ll_str ll_redact_id(struct ll_redactor *redactor, struct ll_str id);
/** The pseudonym of a name that was met; the text itself when it was not. */
struct ll_str ll_redact_known(const struct ll_redactor *redactor, struct ll_str text);
/** The next service that was met, from *index (begin with 0) on; false when there is none. */
bool ll_redactor_service(const struct ll_redactor *redactor, size_t *index, struct ll_str *ret_name,
                         struct ll_str *ret_pseudonym);

/**
 * Opens a redacted copy of a ledger for reading: whatever reads it cannot meet what was taken away.
 * The copy lies in a directory of its own below `temporary`, and goes when the ledger is closed.
 * `redactor` must outlive the ledger. Costs the time and the room of a copy. Errors are those of
 * ll_ledger_open; LL_E_CREATE when the copy cannot be made.
 */
int ll_ledger_open_redacted(const char *path, const char *temporary, struct ll_redactor *redactor,
                            const struct ll_resources *resources, struct ll_ledger **ret_ledger,
                            struct ll_error *err);

#endif
