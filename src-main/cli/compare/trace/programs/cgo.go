//go:build cgo

package main

/*
#cgo LDFLAGS: -lpthread
#include <pthread.h>
#include <unistd.h>

extern void calledByC(int);

static void rest(int us) { usleep(us); }
static void call(int n) { calledByC(n); }
static void *thread(void *n) {
	for (int i = 0; i < 3; i++) calledByC(i);
	return n;
}
static void threads(void) {
	pthread_t t[2];
	for (int i = 0; i < 2; i++) pthread_create(&t[i], 0, thread, 0);
	for (int i = 0; i < 2; i++) pthread_join(t[i], 0);
}
*/
import "C"

import (
	"runtime"
	"sync"
)

//export calledByC
func calledByC(n C.int) {
	if n > 1 {
		runtime.Gosched()
	}
}

func init() {
	programs["cgocalls"] = func() {
		var wg sync.WaitGroup
		for i := 0; i < 3; i++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
				C.rest(300)
				C.call(1)
				C.call(2)
			}()
		}
		wg.Wait()
	}
	programs["cthreads"] = func() { C.threads() }
}
