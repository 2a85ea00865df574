// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/internal/web"
	"example.com/harbor/mail-render/mails"
)

func main() { web.Main(3, mails.New) }
