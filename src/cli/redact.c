/* SPDX-License-Identifier: Apache-2.0 */
/*
 * redact.c - --redact: the key, and settings that speak of what has another name afterwards.
 *
 * The key is a file beside the ledger and not in it: who gets the ledger must not get the key with
 * it, and a ledger that may only be read can have one, too.
 */
#include "cli.h"

#include <leakledger/file.h>
#include <leakledger/redact.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum {
	KEY_BYTES = 32,
	KEY_LEAST = 16, /* bytes of a key file that somebody made */
	KEY_MOST = 64 * 1024,
};

const char *ll_cli_temporary(void)
{
	const char *const temporary = getenv("TMPDIR");

	return temporary && temporary[0] ? temporary : "/tmp";
}

/* -------------------------------------------------------------------------- key */

static int fresh_key(struct ll_buf *key, struct ll_error *err)
{
	LL_CLEANUP(ll_file_closep) int source = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	uint8_t bytes[KEY_BYTES];

	if (source < 0 || read(source, bytes, sizeof bytes) != (ssize_t)sizeof bytes)
		return ll_fail_errno(err, LL_E_IO, errno, "no random bytes for a key");
	for (size_t i = 0; i < sizeof bytes; i++)
		ll_buf_printf(key, "%02x", bytes[i]);
	ll_buf_putc(key, '\n');
	return LL_OK;
}

/* For its owner only, and never over one that is there. */
static int write_key(const char *path, const struct ll_buf *key, struct ll_error *err)
{
	LL_CLEANUP(ll_file_closep)
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (file < 0)
		return ll_fail_errno(err, LL_E_CREATE, errno,
		                     "cannot create '%s'; --redact-key names another file", path);
	if (write(file, key->data, key->size) != (ssize_t)key->size || fsync(file) != 0) {
		const int problem = errno;

		(void)unlink(path);
		return ll_fail_errno(err, LL_E_IO, problem, "cannot write '%s'", path);
	}
	return LL_OK;
}

static int read_key(const char *path, struct ll_buf *key, struct ll_error *err)
{
	const int rc = ll_file_read(path, key, err);

	if (rc < 0) {
		err->code = LL_E_USAGE;
		(void)ll_within(err, "key '%s'", path);
		return LL_E_USAGE;
	}
	if (key->size < KEY_LEAST)
		return ll_fail(err, LL_E_USAGE,
		               "'%s' is too short for a key: %d bytes that nobody can guess are "
		               "the least",
		               path, KEY_LEAST);
	return LL_OK;
}

static int find_key(struct ll_cli *cli, struct ll_buf *key, struct ll_error *err)
{
	const char *const path = ll_arena_printf(&cli->arena, "%s.redact-key", ll_cli_ledger(cli));
	int rc;

	if (cli->settings.redact_key)
		return read_key(cli->settings.redact_key, key, err);
	if (access(path, F_OK) == 0)
		return read_key(path, key, err);
	rc = fresh_key(key, err);
	if (rc < 0)
		return rc;
	if (access(ll_cli_ledger(cli), F_OK) == 0)
		return write_key(path, key, err);
	ll_cli_say(cli, "pseudonyms are of this run alone; --redact-key FILE keeps them");
	return LL_OK;
}

int ll_cli_redactor(struct ll_cli *cli, struct ll_error *err)
{
	const enum ll_redact_level level = ll_redact_level(cli->settings.redact);
	LL_CLEANUP(ll_buf_done) struct ll_buf key;
	int rc;

	ll_buf_init(&key, KEY_MOST);
	if (level == LL_REDACT_NONE || cli->redactor)
		return LL_OK;
	rc = find_key(cli, &key, err);
	if (rc == LL_OK)
		cli->redactor = ll_redactor_new(level, ll_buf_str(&key));
	return rc;
}

/* --------------------------------------------------------------------- settings */

const char *ll_cli_alias(const struct ll_cli *cli, const char *name)
{
	return name && cli->redactor ? ll_redact_known(cli->redactor, ll_str(name)).data : name;
}

/* A section for each service that the pattern fits, in the pattern's place. */
static void spread(struct ll_cli *cli, const struct ll_service_settings *section,
                   struct ll_vec *sections)
{
	const struct ll_service_limit pattern = {.service = section->name, .limit_bytes = 1};
	struct ll_str name, pseudonym;
	size_t index = 0;

	while (ll_redactor_service(cli->redactor, &index, &name, &pseudonym)) {
		struct ll_service_settings *one;

		if (ll_service_limit_of(&pattern, 1, name.data) == 0)
			continue;
		one = ll_vec_push(sections, sizeof *one);
		*one = *section;
		one->name = pseudonym.data;
		one->team = ll_redact_name(cli->redactor, ll_str(section->team)).data;
	}
}

static void rename_settings(struct ll_cli *cli)
{
	struct ll_settings *const settings = &cli->settings;
	const struct ll_service_settings *const sections = settings->services.items;
	struct ll_team_settings *const teams = settings->teams.items;
	struct ll_vec renamed = LL_VEC_INIT;

	for (size_t i = 0; i < settings->services.count; i++)
		spread(cli, &sections[i], &renamed);
	ll_vec_done(&settings->services);
	settings->services = renamed;
	for (size_t i = 0; i < settings->teams.count; i++)
		teams[i].name = ll_redact_name(cli->redactor, ll_str(teams[i].name)).data;
	settings->team = ll_cli_alias(cli, settings->team);
}

int ll_cli_open_redacted(struct ll_cli *cli, struct ll_ledger **ret_ledger, struct ll_error *err)
{
	const bool is_first = !cli->redactor;
	int rc = access(ll_cli_ledger(cli), F_OK) == 0 ? ll_cli_redactor(cli, err) : LL_E_NOTFOUND;

	if (rc == LL_OK)
		rc = ll_ledger_open_redacted(ll_cli_ledger(cli), ll_cli_temporary(), cli->redactor,
		                             cli->resources, ret_ledger, err);
	if (rc == LL_OK && is_first && ll_redact_level(cli->settings.redact) == LL_REDACT_NAMES)
		rename_settings(cli);
	return rc;
}
