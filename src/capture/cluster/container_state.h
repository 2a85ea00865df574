/* SPDX-License-Identifier: Apache-2.0 */
/* container_state.h - what all who tell of containers have in common. */
#ifndef LL_CAPTURE_CONTAINER_STATE_H
#define LL_CAPTURE_CONTAINER_STATE_H

#include <leakledger/capture.h>

enum {
	LL_EXIT_KILLED = 137, /* 128 and SIGKILL: by the kernel for want of memory, or by anybody */
};

/** The service of a container: "shop-web-1" and "shop_web_1" without their numbers. */
struct ll_str ll_container_service(struct ll_str name);
/** A kill of which nothing is known but who tells of it. */
struct ll_kill ll_container_kill(const char *source);

#endif
