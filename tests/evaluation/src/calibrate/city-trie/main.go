// SPDX-License-Identifier: Apache-2.0

package main

import (
	"example.com/harbor/city-trie/trie"
	"example.com/harbor/internal/web"
)

func main() { web.Main(3, trie.New) }
