// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.net/lantern/internal/press"
	"example.net/lantern/playlist-acl/acl"
)

func main() { press.Main(2, acl.New) }
