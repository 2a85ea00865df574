// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/tracker-mux/mux"
)

func main() { web.Main(1, mux.New) }
