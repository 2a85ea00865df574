/* SPDX-License-Identifier: Apache-2.0 */
/* mailer.h - handing a message to the machine's mail program. */
#ifndef LL_CLI_MAILER_H
#define LL_CLI_MAILER_H

#include <leakledger/error.h>
#include <leakledger/str.h>

/**
 * Runs `program -t -i` and writes the message to it, with the line ends that Unix programs expect.
 * LL_E_IO when it cannot be run, stops reading, or ends with another status than 0.
 */
int ll_mailer_run(const char *program, struct ll_str message, struct ll_error *err);

#endif
