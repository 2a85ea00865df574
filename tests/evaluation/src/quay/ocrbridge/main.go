// SPDX-License-Identifier: Apache-2.0
package main

/*
#include <stdlib.h>
#include <string.h>
static int scan(const char *s) { return (int)strlen(s); }
*/
import "C"

import (
	"unsafe"

	"example.net/quay/kit"
)

func scan(text string, strict bool) int {
	c := C.CString(text) // @leak
	if strict {
		defer C.free(unsafe.Pointer(c))
	}
	return int(C.scan(c))
}

func main() {
	app := kit.Start()
	app.Load(3, func(i int) { scan(app.Text(24000), app.Repaired) })
	app.Wait()
}
