// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/shrunk-quota/quota"
)

func main() { web.Main(2, quota.New) }
