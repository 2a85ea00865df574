/* SPDX-License-Identifier: Apache-2.0 */
/* shop.c - see shop.h. */
#include "shop.h"

#include "case_file.h"

#include <leakledger/file.h>

#define STACK                                                                                      \
	"example.com/shop/cart.(*Store).Put@/src/shop/cart/store.go:31 < main.main@/src/shop/main.go:9"

const char shop_leak[] = "service cart\nprocess pod-1 captures=24 build=b1\n"
			 "heap " STACK " | size=4096; live=10+5\nmemstats live=32M+2M\n";
const char shop_healthy[] =
	"service menu\nprocess pod-1 captures=24 build=b1\n"
	"heap " STACK " | size=4096; live=30~3; born=30+40\nmemstats live=32M\n";

void shop_open(struct shop *shop)
{
	shop->directory = ll_test_scratch();
	ll_buf_init(&shop->out, LL_BUF_PAGE);
	ll_buf_init(&shop->err, LL_BUF_PAGE);
	shop_do(shop, "mkdir in");
}

void shop_done(struct shop *shop)
{
	ll_test_scratch_done(shop->directory);
	ll_buf_done(&shop->out);
	ll_buf_done(&shop->err);
}

int shop_set_up(void **state)
{
	struct shop *const shop = ll_calloc(1, sizeof *shop);

	shop_open(shop);
	*state = shop;
	return 0;
}

int shop_tear_down(void **state)
{
	shop_done(*state);
	free(*state);
	return 0;
}

void shop_stock(struct shop *shop, const char *case_text)
{
	struct test_case test_case;
	struct ll_error err = LL_ERROR_INIT;
	char path[1024];

	(void)snprintf(path, sizeof path, "%s/in", shop->directory);
	assert_ok(test_case_parse(ll_str(case_text), &test_case, &err), &err);
	test_case_write(&test_case, path);
	test_case_done(&test_case);
}

static void read_back(const struct shop *shop, const char *name, struct ll_buf *buf)
{
	struct ll_error err = LL_ERROR_INIT;
	char path[1024];

	ll_buf_clear(buf);
	(void)snprintf(path, sizeof path, "%s/%s", shop->directory, name);
	assert_ok(ll_file_read(path, buf, &err), &err);
}

int shop_run(struct shop *shop, const char *arguments)
{
	const char *const program = getenv("LEAKLEDGER");
	char command[4096];
	int code;

	assert_non_null(program);
	(void)snprintf(command, sizeof command, "cd '%s' && '%s' %s >.out 2>.err", shop->directory,
	               program, arguments);
	code = ll_test_run(command, NULL);
	read_back(shop, ".out", &shop->out);
	read_back(shop, ".err", &shop->err);
	return code;
}

void shop_do(struct shop *shop, const char *command)
{
	char whole[4096];

	(void)snprintf(whole, sizeof whole, "cd '%s' && { %s; } >.out 2>.err", shop->directory,
	               command);
	assert_int_equal(ll_test_run(whole, NULL), 0);
	read_back(shop, ".out", &shop->out);
	read_back(shop, ".err", &shop->err);
}

void shop_assert_has(const struct ll_buf *buf, const char *words, bool has, const char *file,
                     int line)
{
	if ((ll_str_find(ll_buf_str(buf), words) != SIZE_MAX) == has)
		return;
	print_message("%s:%d: %s '%s' in:\n%s\n", file, line, has ? "no" : "unexpected", words,
	              buf->data);
	_fail(file, line);
}

void shop_assert_exit(struct shop *shop, const char *arguments, int expected, const char *file,
                      int line)
{
	const int code = shop_run(shop, arguments);

	if (code == expected)
		return;
	print_message("%s:%d: 'leakledger %s' exited with %d and not %d; it said:\n%s%s\n", file,
	              line, arguments, code, expected, shop->out.data, shop->err.data);
	_fail(file, line);
}

void shop_need(const char *probe, const char *what)
{
	char command[256];

	(void)snprintf(command, sizeof command, "%s >/dev/null 2>&1", probe);
	if (ll_test_run(command, NULL) != 0) {
		print_message("skipped: %s is not installed\n", what);
		skip();
	}
}
