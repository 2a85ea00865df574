/* SPDX-License-Identifier: Apache-2.0 */
/* seeds.c - see seeds.h. */
#include "seeds.h"

#define ROOT "tests/fuzz/corpus/"

void ll_seeds_open(struct ll_test_tree *ret_tree)
{
	memset(ret_tree, 0, sizeof *ret_tree);
	ll_test_tree_add(ret_tree, "tests/fuzz/corpus", "");
	assert_true(ret_tree->files.count > 0);
}

struct ll_str ll_seed_format(const struct ll_test_file *seed)
{
	struct ll_str path = ll_str(seed->path);

	assert_true(ll_str_skip(&path, ROOT));
	return ll_str_split(&path, '/');
}

bool ll_seed_is_damaged(const struct ll_test_file *seed)
{
	return strstr(ll_test_base_name(seed->path), "damaged") != NULL;
}

uint64_t ll_seed_random(uint64_t *state)
{
	uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);

	mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
	return mixed ^ mixed >> 31;
}

int ll_seed_read(struct ll_facts *facts, struct ll_str bytes, const char *name)
{
	struct ll_error err = LL_ERROR_INIT;
	int rc;

	ll_facts_clear(facts);
	rc = ll_facts_unpack(facts, bytes, name, &ll_limits_default, NULL, &err);
	if (rc < 0 && (err.text[0] == '\0' || strchr(err.text, '\n') || rc != (int)err.code))
		fail_msg("code %d with the text '%s'", rc, err.text);
	if (rc > 0 || rc == LL_E_INTERNAL)
		fail_msg("code %d", rc);
	return rc;
}
