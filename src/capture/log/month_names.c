/* SPDX-License-Identifier: Apache-2.0 */
/*
 * month_names.c - see month_names.h.
 *
 * journalctl, dmesg -T and others write the month as the language of their user has it. The table
 * holds what the C library's locales abbreviate; words that mean one month here and another there
 * (Polish and Croatian "lip", "lis") are left out: no month is better than a wrong one.
 */
#include "month_names.h"

enum {
	NAME_BYTES = 16,
};

/* Without the dot that some languages put behind them. English first: it is nearly always that. */
static const char *const names[12] = {
	"Jan jan janv gen ene янв січ sty Oca",
	"Feb feb févr fev fév фев лют lut Şub",
	"Mar mar mars Mär mrt März мар бер",
	"Apr apr avr avril abr апр кві kwi Nis",
	"May may mai Mai mei maj мая май тра mag",
	"Jun jun juin giu июн июня чер cze Haz Juni juni",
	"Jul jul juil lug июл июля лип Tem Juli juli",
	"Aug aug août ago авг сер sie Ağu",
	"Sep sep sept set сен вер wrz Eyl",
	"Oct oct Okt okt ott out окт жов paź Eki",
	"Nov nov ноя нояб Kas лис",
	"Dec dec déc Dez dez dic des дек гру gru Ara",
};

static bool has_word(const char *words, struct ll_str word)
{
	struct ll_str rest = ll_str(words);

	while (rest.size > 0) {
		if (ll_str_equal(ll_str_split(&rest, ' '), word))
			return true;
	}
	return false;
}

/* "11月" of Chinese and Japanese, "11월" of Korean. */
static int numbered(struct ll_str name)
{
	uint64_t month;
	const size_t digits = ll_str_lead_u64(name, &month);
	const struct ll_str rest = ll_str_from(name, digits);

	return digits > 0 && month >= 1 && month <= 12 &&
	                       (ll_str_equal(rest, ll_str("\xe6\x9c\x88")) ||
	                        ll_str_equal(rest, ll_str("\xec\x9b\x94")))
	               ? (int)month
	               : 0;
}

int ll_month_of(struct ll_str name)
{
	if (name.size == 0 || name.size > NAME_BYTES)
		return 0;
	if (ll_str_digits(name) > 0)
		return numbered(name);
	if (ll_str_ends(name, "."))
		name.size--;
	for (int i = 0; name.size > 0 && i < 12; i++) {
		if (has_word(names[i], name))
			return i + 1;
	}
	return 0;
}
