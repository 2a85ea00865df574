// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/guest-history/guests"
	"example.com/harbor/internal/web"
)

func main() { web.Main(1, guests.New) }
