/* SPDX-License-Identifier: Apache-2.0 */
/* cgroup_path.c - see cgroup_path.h. */
#include "cgroup_path.h"

enum {
	ID_DIGITS = 64,
	ID_SHOWN = 12,
	UID_SIZE = 36, /* 7a96c459-d529-44ae-9f99-90d3798d6426 */
};

static size_t hex_digits(struct ll_str text)
{
	size_t count = 0;

	while (count < text.size && memchr("0123456789abcdef", text.data[count], 16))
		count++;
	return count;
}

/* "cri-containerd-1d3d....scope", "docker-1d3d....scope", "1d3d...". */
static bool container_of(struct ll_str element, struct ll_str *ret_instance)
{
	for (size_t from = 0; from + ID_DIGITS <= element.size; from++) {
		const struct ll_str rest = ll_str_from(element, from);
		const size_t digits = hex_digits(rest);

		if (digits == ID_DIGITS) {
			*ret_instance = ll_str_first(rest, ID_SHOWN);
			return true;
		}
		from += digits;
	}
	return false;
}

/* "kubepods-pod7a96c459_d529_44ae_9f99_90d3798d6426.slice", "pod7a96c459-d529-...". */
static bool pod_of(struct ll_str element, char room[LL_CGROUP_ROOM], struct ll_str *ret_instance)
{
	const size_t at = ll_str_find(element, "pod");
	const size_t last = ll_str_find(element, "-pod");
	struct ll_str uid;

	if (at == SIZE_MAX)
		return false;
	uid = ll_str_first(ll_str_from(element, last == SIZE_MAX ? at + 3 : last + 4), UID_SIZE);
	if (uid.size < UID_SIZE)
		return false;
	for (size_t i = 0; i < UID_SIZE; i++) {
		const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (is_dash ? uid.data[i] != '-' && uid.data[i] != '_'
		            : hex_digits(ll_str_n(uid.data + i, 1)) == 0)
			return false;
		room[i] = is_dash ? '-' : uid.data[i];
	}
	*ret_instance = ll_str_n(room, UID_SIZE);
	return true;
}

/* "notify-hub.service", "worker@3.service"; "user@1000.service" has all that a user runs. */
static bool unit_of(struct ll_str element, struct ll_str *ret_service, struct ll_str *ret_instance)
{
	size_t at;

	if (!ll_str_ends(element, ".service") || element.size == strlen(".service") ||
	    ll_str_starts(element, "user@"))
		return false;
	element.size -= strlen(".service");
	at = ll_str_index(element, '@');
	*ret_service = ll_str_first(element, at);
	if (at != SIZE_MAX && at + 1 < element.size)
		*ret_instance = ll_str_from(element, at + 1);
	return true;
}

bool ll_cgroup_identity(struct ll_str path, char room[LL_CGROUP_ROOM], struct ll_str *ret_service,
                        struct ll_str *ret_instance)
{
	/* The innermost cgroup says most: a container's lies in its pod's. */
	while (path.size > 0) {
		const size_t slash = ll_str_rindex(path, '/');
		const struct ll_str element = ll_str_from(path, slash == SIZE_MAX ? 0 : slash + 1);

		if (container_of(element, ret_instance) || pod_of(element, room, ret_instance) ||
		    unit_of(element, ret_service, ret_instance))
			return true;
		path = ll_str_first(path, slash == SIZE_MAX ? 0 : slash);
	}
	return false;
}
