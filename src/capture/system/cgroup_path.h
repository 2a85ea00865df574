/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cgroup_path.h - whose cgroup a path is.
 *
 *     .../kubepods-burstable-pod7a96c459_d529_..._9f99.slice/cri-containerd-1d3d308a7d48....scope
 *     /docker/1d3d308a7d48...                                  instance 1d3d308a7d48
 *     /kubepods/besteffort/pod7a96c459-d529-.../               instance 7a96c459-d529-...
 *     /system.slice/notify-hub.service                         service notify-hub
 *     /system.slice/worker@3.service                           service worker, instance 3
 *
 * Containers are called by the first twelve digits of their id, as tools show them.
 */
#ifndef LL_CAPTURE_CGROUP_PATH_H
#define LL_CAPTURE_CGROUP_PATH_H

#include <leakledger/str.h>

enum {
	LL_CGROUP_ROOM = 64,
};

/**
 * Reads service and instance off a path; what is not there stays as it is. True when it told one of
 * them. The views point into the path or into `room`.
 */
bool ll_cgroup_identity(struct ll_str path, char room[LL_CGROUP_ROOM], struct ll_str *ret_service,
                        struct ll_str *ret_instance);

#endif
