// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=Mutex says=(?i)(each other|ring|opposite|order|AB-BA)
import (
	"sync"
	"time"

	_ "example.com/shop/probe"
)

type account struct {
	mu      sync.Mutex
	balance int
}

type bank struct {
	a, b account
}

func (k *bank) deposit() {
	k.a.mu.Lock()
	defer k.a.mu.Unlock()
	time.Sleep(50 * time.Millisecond)
	k.b.mu.Lock() // <- here
	defer k.b.mu.Unlock()
	k.a.balance, k.b.balance = k.a.balance-1, k.b.balance+1
}

func (k *bank) audit() {
	k.b.mu.Lock()
	defer k.b.mu.Unlock()
	time.Sleep(50 * time.Millisecond)
	k.a.mu.Lock() // <- here
	defer k.a.mu.Unlock()
}

func main() {
	k := &bank{}
	go k.deposit()
	go k.audit()
	for {
		time.Sleep(time.Minute)
	}
}
