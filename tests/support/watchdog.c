/* SPDX-License-Identifier: Apache-2.0 */
/* watchdog.c - see watchdog.h. */
#include "watchdog.h"

#include <signal.h>
#include <unistd.h>

enum {
	SECONDS = 20,
};

/* For the handler of SIGALRM, which may call write and nothing else. */
static char doing[512];

static void give_up(int number)
{
	static const char text[] = ": still reading after 20 s\n";

	(void)number;
	(void)!write(STDERR_FILENO, doing, strlen(doing));
	(void)!write(STDERR_FILENO, text, sizeof text - 1);
	_exit(1);
}

void ll_watchdog_start(struct ll_str name)
{
	(void)snprintf(doing, sizeof doing, "%.*s", LL_STR_ARG(name));
	(void)signal(SIGALRM, give_up);
	(void)alarm(SECONDS);
}

void ll_watchdog_stop(void)
{
	(void)alarm(0);
}
