/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_transform.c - templates: what they may do, and that they may do nothing else.
 *
 * The templates of each test stand in a directory of their own before the built-in ones.
 */
#include "support.h"
#include "transform.h"

#include <unistd.h>

static const char any_model[] =
	"<element name=\"page\" xmlns=\"http://relaxng.org/ns/structure/1.0\">"
	"<attribute name=\"kind\"/><optional><attribute name=\"name\"/></optional></element>";

struct templates {
	char *scratch;
	struct ll_resources *resources;
	struct ll_transform *transform;
	struct ll_error err;
	struct ll_buf out;
	char secret[256]; /* a file that no template may read */
	int rc;           /* of opening */
};

static void put(const struct templates *t, const char *name, const char *text)
{
	free(ll_test_write(t->scratch, name, ll_str(text)));
}

/* A stylesheet with these top-level elements; "SECRET" in it becomes the path of a secret file. */
static void put_sheet(const struct templates *t, const char *name, const char *prolog,
                      const char *elements)
{
	struct ll_buf text;
	struct ll_str rest;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_printf(&text,
	              "%s<xsl:stylesheet version=\"1.1\" "
	              "xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" "
	              "xmlns:exsl=\"http://exslt.org/common\" "
	              "extension-element-prefixes=\"exsl\">",
	              prolog);
	for (rest = ll_str(elements); rest.size > 0;) {
		const size_t at = ll_str_find(rest, "SECRET");

		ll_buf_put_str(&text, ll_str_first(rest, at));
		ll_buf_puts(&text, at != SIZE_MAX ? t->secret : "");
		rest = at != SIZE_MAX ? ll_str_from(rest, at + strlen("SECRET"))
		                      : ll_str_n(NULL, 0);
	}
	ll_buf_puts(&text, "</xsl:stylesheet>");
	put(t, name, text.data);
	ll_buf_done(&text);
}

static struct templates *begin(void)
{
	struct templates *const t = ll_calloc(1, sizeof *t);

	t->scratch = ll_test_scratch();
	ll_buf_init(&t->out, LL_BUF_PAGE);
	(void)snprintf(t->secret, sizeof t->secret, "%s/secret.xml", t->scratch);
	put(t, "secret.xml", "<secret>hunter2</secret>");
	put(t, "templates/model.rng", any_model);
	return t;
}

static void open_templates(struct templates *t)
{
	assert_ok(ll_resources_open(t->scratch, &t->resources, &t->err), &t->err);
	t->rc = ll_transform_open(t->resources, &t->transform, &t->err);
}

/* Runs a page of kind "index" through the templates. */
static int run(struct templates *t)
{
	struct ll_model model;
	int rc;

	open_templates(t);
	if (t->rc != LL_OK)
		return t->rc;
	assert_ok(ll_model_init(&model, "index", &t->err), &t->err);
	rc = ll_transform_run(t->transform, &model, &t->out, &t->err);
	ll_model_done(&model);
	return rc;
}

static void end(struct templates *t)
{
	ll_transform_close(t->transform);
	ll_resources_close(t->resources);
	ll_buf_done(&t->out);
	ll_test_scratch_done(t->scratch);
	free(t);
}

/* ------------------------------------------------------------------------ what works */

static void templates_make_html_of_a_model(void **state)
{
	struct templates *const t = begin();
	(void)state;

	put_sheet(t, "templates/page.xsl", "",
	          "<xsl:output method=\"html\" indent=\"no\"/><xsl:template match=\"/page\">"
	          "<p class=\"{@kind}\">x<br/></p></xsl:template>");
	assert_ok(run(t), &t->err);

	assert_string_equal(t->out.data, "<p class=\"index\">x<br></p>\n");
	end(t);
}

static void a_template_includes_another_one(void **state)
{
	struct templates *const t = begin();
	(void)state;

	put_sheet(t, "templates/page.xsl", "", "<xsl:include href=\"parts/own.xsl\"/>");
	put_sheet(t, "templates/parts/own.xsl", "",
	          "<xsl:output method=\"text\"/><xsl:template match=\"/\">own</xsl:template>");
	assert_ok(run(t), &t->err);

	assert_string_equal(t->out.data, "own");
	end(t);
}

static void two_pages_follow_each_other_in_one_transform(void **state)
{
	struct templates *const t = begin();
	struct ll_model model;
	(void)state;

	put_sheet(t, "templates/page.xsl", "",
	          "<xsl:output method=\"text\"/><xsl:template match=\"/\">"
	          "<xsl:value-of select=\"page/@kind\"/></xsl:template>");
	assert_ok(run(t), &t->err);
	assert_ok(ll_model_init(&model, "second", &t->err), &t->err);
	ll_buf_clear(&t->out);
	assert_ok(ll_transform_run(t->transform, &model, &t->out, &t->err), &t->err);

	assert_string_equal(t->out.data, "second");
	ll_model_done(&model);
	end(t);
}

static void what_comes_from_the_model_is_escaped(void **state)
{
	struct templates *const t = begin();
	struct ll_model model;
	(void)state;

	put_sheet(
		t, "templates/page.xsl", "",
		"<xsl:output method=\"html\"/><xsl:template match=\"/\"><p title=\"{page/@name}\">"
		"<xsl:value-of select=\"page/@name\"/></p></xsl:template>");
	assert_ok(run(t), &t->err);
	ll_buf_clear(&t->out);
	assert_ok(ll_model_init(&model, "index", &t->err), &t->err);
	ll_model_text(model.page, "name", ll_str("'\"><script>alert(1)</script>&\x01"));
	assert_ok(ll_transform_run(t->transform, &model, &t->out, &t->err), &t->err);

	assert_string_equal(
		t->out.data,
		"<p title=\"'&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;\xef\xbf\xbd"
		"\">'\"&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;\xef\xbf\xbd</p>\n");
	ll_model_done(&model);
	end(t);
}

/* ------------------------------------------------------------------------ what fails */

static void assert_fails(struct templates *t, enum ll_code code, const char *words)
{
	assert_int_equal(run(t), code);
	if (!strstr(t->err.text, words))
		fail_msg("'%s' does not say '%s'", t->err.text, words);
	assert_null(strchr(t->err.text, '\n'));
}

static void a_model_that_the_schema_does_not_know_is_refused(void **state)
{
	struct templates *const t = begin();
	(void)state;

	put(t, "templates/model.rng",
	    "<element name=\"page\" xmlns=\"http://relaxng.org/ns/structure/1.0\"><attribute "
	    "name=\"kind\"><value>service</value></attribute></element>");
	put_sheet(t, "templates/page.xsl", "", "<xsl:template match=\"/\">x</xsl:template>");

	assert_fails(t, LL_E_INTERNAL, "model: ");
	assert_int_equal(t->out.size, 0);
	end(t);
}

static void a_template_that_is_no_xml_says_where(void **state)
{
	struct templates *const t = begin();
	(void)state;

	put(t, "templates/page.xsl", "<xsl:stylesheet>\n<oops");

	assert_fails(t, LL_E_USAGE, "templates: ");
	assert_non_null(strstr(t->err.text, "templates/page.xsl:2"));
	end(t);
}

static void a_template_that_includes_nothing_known_fails(void **state)
{
	struct templates *const t = begin();
	(void)state;

	put_sheet(t, "templates/page.xsl", "", "<xsl:include href=\"missing.xsl\"/>");

	assert_fails(t, LL_E_USAGE, "missing.xsl");
	end(t);
}

static void a_template_can_stop_the_run(void **state)
{
	struct templates *const t = begin();
	(void)state;

	put_sheet(t, "templates/page.xsl", "",
	          "<xsl:template match=\"/\"><xsl:message terminate=\"yes\">no such thing"
	          "</xsl:message></xsl:template>");

	assert_fails(t, LL_E_USAGE, "no such thing");
	end(t);
}

static void endless_recursion_is_an_error(void **state)
{
	struct templates *const t = begin();
	(void)state;

	put_sheet(t, "templates/page.xsl", "",
	          "<xsl:template match=\"/\" name=\"again\"><xsl:call-template name=\"again\"/>"
	          "</xsl:template>");

	assert_fails(t, LL_E_USAGE, "templates: ");
	end(t);
}

static void a_schema_that_is_wrong_is_named(void **state)
{
	struct templates *const t = begin();
	(void)state;

	put(t, "templates/model.rng", "<nonsense/>");
	put_sheet(t, "templates/page.xsl", "", "<xsl:template match=\"/\">x</xsl:template>");

	assert_fails(t, LL_E_USAGE, "templates/model.rng");
	end(t);
}

/* ------------------------------------------------------------------------ what is forbidden */

/* Runs a template that wants the secret: it may fail, but what it makes does not hold it. */
static void assert_keeps_secret(const char *prolog, const char *elements)
{
	struct templates *const t = begin();
	char full_prolog[1024];
	const char *const at = strstr(prolog, "SECRET");

	(void)snprintf(full_prolog, sizeof full_prolog, "%.*s%s%s",
	               at ? (int)(at - prolog) : (int)strlen(prolog), prolog, at ? t->secret : "",
	               at ? at + strlen("SECRET") : "");
	put_sheet(t, "templates/page.xsl", full_prolog, elements);
	(void)run(t);

	assert_null(strstr(t->out.data, "hunter2"));
	assert_null(strstr(t->err.text, "hunter2"));
	end(t);
}

static void a_template_cannot_read_a_file_by_document(void **state)
{
	(void)state;

	assert_keeps_secret("", "<xsl:template match=\"/\"><xsl:copy-of "
	                        "select=\"document('SECRET')\"/></xsl:template>");
	assert_keeps_secret("", "<xsl:template match=\"/\"><xsl:copy-of "
	                        "select=\"document('file://SECRET')\"/></xsl:template>");
}

static void a_template_cannot_read_a_file_by_include_or_import(void **state)
{
	(void)state;

	assert_keeps_secret("", "<xsl:include href=\"SECRET\"/>");
	assert_keeps_secret("", "<xsl:import href=\"file://SECRET\"/>");
}

static void a_template_cannot_read_a_file_by_an_entity(void **state)
{
	(void)state;

	assert_keeps_secret("<!DOCTYPE x [<!ENTITY secret SYSTEM \"SECRET\">]>",
	                    "<xsl:template match=\"/\"><p>&secret;</p></xsl:template>");
	assert_keeps_secret("<!DOCTYPE x [<!ENTITY secret SYSTEM \"file://SECRET\">]>",
	                    "<xsl:template match=\"/\"><p>&secret;</p></xsl:template>");
}

static void an_entity_of_the_template_itself_still_works(void **state)
{
	struct templates *const t = begin();
	(void)state;

	put_sheet(t, "templates/page.xsl", "<!DOCTYPE x [<!ENTITY own \"mine\">]>",
	          "<xsl:output method=\"text\"/><xsl:template match=\"/\">&own;</xsl:template>");
	assert_ok(run(t), &t->err);

	assert_string_equal(t->out.data, "mine");
	end(t);
}

static void a_template_cannot_load_a_document_type_from_a_file(void **state)
{
	struct templates *const t = begin();
	char prolog[512];
	(void)state;

	put(t, "secret.dtd", "<!ENTITY secret \"hunter2\">");
	(void)snprintf(prolog, sizeof prolog, "<!DOCTYPE x SYSTEM \"%s/secret.dtd\">", t->scratch);
	put_sheet(t, "templates/page.xsl", prolog,
	          "<xsl:template match=\"/\"><p>&secret;</p></xsl:template>");
	(void)run(t);

	assert_null(strstr(t->out.data, "hunter2"));
	end(t);
}

static void a_schema_cannot_read_a_file(void **state)
{
	struct templates *const t = begin();
	char schema[512];
	(void)state;

	put(t, "outside.rng", any_model);
	(void)snprintf(schema, sizeof schema,
	               "<externalRef xmlns=\"http://relaxng.org/ns/structure/1.0\" "
	               "href=\"%s/outside.rng\"/>",
	               t->scratch);
	put(t, "templates/model.rng", schema);
	put_sheet(t, "templates/page.xsl", "", "<xsl:template match=\"/\">x</xsl:template>");

	assert_int_equal(run(t), LL_E_USAGE);
	end(t);
}

static void a_template_cannot_write_a_file(void **state)
{
	static const char *const elements[] = {
		"<xsl:template match=\"/\"><xsl:document href=\"SECRET.out\">x</xsl:document>"
		"</xsl:template>",
		"<xsl:template match=\"/\"><exsl:document href=\"SECRET.out\">x</exsl:document>"
		"</xsl:template>",
		"<xsl:template match=\"/\"><exsl:document href=\"res:/SECRET.out\">x"
		"</exsl:document></xsl:template>",
	};
	(void)state;

	for (size_t i = 0; i < LL_COUNT(elements); i++) {
		struct templates *const t = begin();
		char written[300];

		put_sheet(t, "templates/page.xsl", "", elements[i]);
		(void)run(t);

		(void)snprintf(written, sizeof written, "%s.out", t->secret);
		assert_int_not_equal(access(written, F_OK), 0);
		end(t);
	}
}

static void the_built_in_templates_compile(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_resources *resources = NULL;
	struct ll_transform *transform = NULL;
	(void)state;

	assert_ok(ll_resources_open(NULL, &resources, &err), &err);
	assert_ok(ll_transform_open(resources, &transform, &err), &err);
	ll_transform_close(transform);
	ll_resources_close(resources);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(templates_make_html_of_a_model),
		cmocka_unit_test(a_template_includes_another_one),
		cmocka_unit_test(two_pages_follow_each_other_in_one_transform),
		cmocka_unit_test(what_comes_from_the_model_is_escaped),
		cmocka_unit_test(a_model_that_the_schema_does_not_know_is_refused),
		cmocka_unit_test(a_template_that_is_no_xml_says_where),
		cmocka_unit_test(a_template_that_includes_nothing_known_fails),
		cmocka_unit_test(a_template_can_stop_the_run),
		cmocka_unit_test(endless_recursion_is_an_error),
		cmocka_unit_test(a_schema_that_is_wrong_is_named),
		cmocka_unit_test(a_template_cannot_read_a_file_by_document),
		cmocka_unit_test(a_template_cannot_read_a_file_by_include_or_import),
		cmocka_unit_test(a_template_cannot_read_a_file_by_an_entity),
		cmocka_unit_test(an_entity_of_the_template_itself_still_works),
		cmocka_unit_test(a_template_cannot_load_a_document_type_from_a_file),
		cmocka_unit_test(a_schema_cannot_read_a_file),
		cmocka_unit_test(a_template_cannot_write_a_file),
		cmocka_unit_test(the_built_in_templates_compile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
