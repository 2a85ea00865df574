// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/renewal-dates/renewals"
)

func main() { web.Main(2, renewals.New) }
