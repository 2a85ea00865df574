/* SPDX-License-Identifier: Apache-2.0 */
/* test_layers.c - a layer runs only on what those before it made of these facts (layers.c). */
#include "layers.h"
#include "support.h"

static struct ll_hash hash_of(const char *text)
{
	return ll_hash_bytes(text, strlen(text));
}

/* What a layer consumes: analyzers, facts, and what the layer before made. As in layers.c. */
static struct ll_hash input_of(const struct ll_layers *layers, struct ll_hash facts,
                               struct ll_hash before)
{
	LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();
	const struct ll_hash parts[] = {layers->version, facts, before};

	for (size_t i = 0; i < LL_COUNT(parts); i++) {
		uint8_t bytes[16];

		ll_hash_to_bytes(parts[i], bytes);
		ll_hasher_put(hasher, bytes, sizeof bytes);
	}
	return ll_hasher_get(hasher);
}

/* L1 and L2 have run on these facts. */
static struct ll_layers after_two(struct ll_hash facts)
{
	struct ll_layers layers = {.version = hash_of("analyzers")};
	struct ll_hash before = {0};

	for (int i = LL_LAYER_L1; i <= LL_LAYER_L2; i++) {
		struct ll_stage *const stage = &layers.stages[i];

		stage->has_run = true;
		stage->status = "done";
		stage->input = input_of(&layers, facts, before);
		stage->output = hash_of(i == LL_LAYER_L1 ? "rows of L1" : "rows of L2");
		before = stage->output;
	}
	return layers;
}

static void assert_refused(const struct ll_layers *layers, struct ll_hash facts, const char *why)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(ll_layers_check(layers, LL_LAYER_L3, facts, &err), LL_E_USAGE);
	assert_string_equal(err.text, why);
}

static void a_layer_runs_on_what_those_before_it_made(void **state)
{
	const struct ll_layers layers = after_two(hash_of("facts"));
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	assert_ok(ll_layers_check(&layers, LL_LAYER_L3, hash_of("facts"), &err), &err);
}

static void a_layer_behind_one_that_failed_refuses(void **state)
{
	struct ll_layers layers = after_two(hash_of("facts"));

	(void)state;
	layers.stages[LL_LAYER_L2].status = "failed";
	assert_refused(&layers, hash_of("facts"), "L2 did not run");
}

static void a_layer_refuses_what_was_made_of_other_captures(void **state)
{
	const struct ll_layers layers = after_two(hash_of("facts"));

	(void)state;
	assert_refused(&layers, hash_of("other facts"),
	               "L1 is stale: it ran on other captures or analyzers");
}

static void a_layer_refuses_what_other_analyzers_made(void **state)
{
	struct ll_layers layers = after_two(hash_of("facts"));

	(void)state;
	layers.version = hash_of("other analyzers");
	assert_refused(&layers, hash_of("facts"),
	               "L1 is stale: it ran on other captures or analyzers");
}

static void a_layer_refuses_a_chain_that_was_made_anew_in_the_middle(void **state)
{
	struct ll_layers layers = after_two(hash_of("facts"));

	(void)state;
	layers.stages[LL_LAYER_L1].output = hash_of("other rows");
	assert_refused(&layers, hash_of("facts"),
	               "L2 is stale: it ran on other captures or analyzers");
}

static void a_layer_without_analyzers_is_passed_over(void **state)
{
	struct ll_layers layers = {.version = hash_of("analyzers")};
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	assert_ok(ll_layers_check(&layers, LL_LAYER_SUMMARY, hash_of("facts"), &err), &err);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_layer_runs_on_what_those_before_it_made),
		cmocka_unit_test(a_layer_behind_one_that_failed_refuses),
		cmocka_unit_test(a_layer_refuses_what_was_made_of_other_captures),
		cmocka_unit_test(a_layer_refuses_what_other_analyzers_made),
		cmocka_unit_test(a_layer_refuses_a_chain_that_was_made_anew_in_the_middle),
		cmocka_unit_test(a_layer_without_analyzers_is_passed_over),
	};

	return cmocka_run_group_tests_name("analyze layers", tests, NULL, NULL);
}
