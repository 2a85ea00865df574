// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/seat-map/seats"
)

func main() { web.Main(3, seats.New) }
