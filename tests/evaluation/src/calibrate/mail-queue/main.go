// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/mail-queue/outbox"
)

func main() { web.Main(2, outbox.New) }
