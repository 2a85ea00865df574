/* SPDX-License-Identifier: Apache-2.0 */
/* test_mail_lint.c - each thing that mail programs drop is refused; words about it are not. */
#include "mail_lint.h"
#include "support.h"

static void what_mail_programs_drop_is_refused(void **state)
{
	static const char *const bad[] = {
		"<p><svg></svg></p>",
		"<script>x</script>",
		"<style>p{}</style>",
		"<link rel=\"stylesheet\" href=\"x\">",
		"<form action=\"x\">",
		"<a href=\"data:text/html,x\">x</a>",
		"<a href=\"javascript:x\">x</a>",
		"<div style=\"display:flex\">",
		"<div style=\"color:var(--ink)\">",
		"<img src=\"cid:a\">",
		"<img src=\"cid:a\" alt=\"\">",
		"<img src=\"https://example.com/a.png\" alt=\"a\">",
	};

	(void)state;
	for (size_t i = 0; i < LL_COUNT(bad); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_mail_lint(ll_str(bad[i]), &err), LL_E_INTERNAL);
	}
}

static void words_about_them_are_text(void **state)
{
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	assert_ok(ll_mail_lint(ll_str("<p>display:flex, data: and var(--x) in &lt;svg&gt;</p>"
	                              "<img src=\"cid:a\" alt=\"1 > 2, data:\" width=\"8\">"
	                              "<a href=\"https://example.com/\">&lt;script&gt;</a>"),
	                       &err),
	          &err);
}

static void what_would_be_cut_is_too_long(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf html;

	(void)state;
	ll_buf_init(&html, LL_BUF_PAGE);
	while (html.size < LL_MAIL_HTML_MAX)
		ll_buf_putc(&html, 'x');
	assert_ok(ll_mail_lint(ll_buf_str(&html), &err), &err);
	ll_buf_putc(&html, 'x');
	assert_int_equal(ll_mail_lint(ll_buf_str(&html), &err), LL_E_LIMIT);
	ll_buf_done(&html);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_mail_programs_drop_is_refused),
		cmocka_unit_test(words_about_them_are_text),
		cmocka_unit_test(what_would_be_cut_is_too_long),
	};

	return cmocka_run_group_tests_name("report mail lint", tests, NULL, NULL);
}
