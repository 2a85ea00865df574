// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"fmt"
	"time"

	_ "example.com/shop/probe"
)

var users = map[int]string{}

func name(i int) string {
	k := i % 60000
	if v, ok := users[k]; ok {
		return v
	}
	v := fmt.Sprintf("user-%064d", k)
	users[k] = v
	return v
}

func main() {
	for i := 0; ; i++ {
		name(i)
		if i%200 == 0 {
			time.Sleep(10 * time.Millisecond)
		}
	}
}
