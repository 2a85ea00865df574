// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/ledger-sum/sums"
)

func main() { web.Main(3, sums.New) }
