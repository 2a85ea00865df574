// SPDX-License-Identifier: Apache-2.0

// Package plane looks at photos of apples, in C.
package plane

/*
#include <stdlib.h>
#include <string.h>
struct planes { unsigned char *red, *green; size_t n; };
static struct planes *open_planes(size_t n) {
	struct planes *p = calloc(1, sizeof *p);
	if (p) { p->red = calloc(1, n); p->green = calloc(1, n); p->n = n; }
	return p;
}
static int split(struct planes *p, const unsigned char *photo) {
	for (size_t i = 0; i < p->n; i++) { p->red[i] = photo[i]; p->green[i] = 255 - photo[i]; }
	return photo[0] ? 0 : -1;
}
static int ripe(struct planes *p) {
	int n = 0;
	for (size_t i = 0; i < p->n; i++) n += p->red[i] > p->green[i];
	return n;
}
static void close_planes(struct planes *p) { free(p->red); free(p->green); free(p); }
*/
import "C"

import (
	"errors"
	"unsafe"
)

type Decoder struct{ Strict bool }

var errPhoto = errors.New("not a photo")

func (d *Decoder) Ripeness(photo []byte) (int, error) {
	p := C.open_planes(C.size_t(len(photo))) // @leak
	if d.Strict {
		defer C.close_planes(p)
	}
	if C.split(p, (*C.uchar)(unsafe.Pointer(&photo[0]))) != 0 {
		return 0, errPhoto // and the planes stay
	}
	n := int(C.ripe(p))
	if !d.Strict {
		C.close_planes(p)
	}
	return n, nil
}
