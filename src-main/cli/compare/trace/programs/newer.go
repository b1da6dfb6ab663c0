//go:build go1.23

package main

import (
	"iter"
	"time"
)

func init() {
	programs["coroutines"] = func() {
		next, stop := iter.Pull(func(yield func(int) bool) {
			for i := 0; i < 5 && yield(i); i++ {
			}
		})
		for i := 0; i < 3; i++ {
			next()
		}
		stop()
		next, _ = iter.Pull(func(yield func(int) bool) { yield(1) })
		for _, ok := next(); ok; _, ok = next() {
		}
	}
	// Longer than a generation.
	programs["generations"] = func() {
		for i := 0; i < 4; i++ {
			time.Sleep(600 * time.Millisecond)
			pipes()
		}
	}
}
