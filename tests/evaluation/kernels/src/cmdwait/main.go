// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=(?i)(syscall|IO|chan|select) says=(?i)(process|command|Wait|exec|timeout|deadline)
import (
	"bufio"
	"os/exec"
	"time"

	_ "example.com/shop/probe"
)

func convert(i int) {
	cmd := exec.Command("sleep", "600")
	out, _ := cmd.StdoutPipe()
	cmd.Start()
	s := bufio.NewScanner(out)
	for s.Scan() { // <- here
	}
	cmd.Wait() // <- here
}

func main() {
	for i := 0; i < 12; i++ {
		go convert(i)
	}
	time.Sleep(time.Hour)
}
