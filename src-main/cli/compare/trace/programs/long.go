package main

import (
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// counted counts what has been written.
type counted struct {
	io.Writer
	bytes atomic.Int64
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.Writer.Write(p)
	c.bytes.Add(int64(n))
	return n, err
}

// long keeps a dozen goroutines busy with channels, a mutex, files and timers until the trace is so long.
func long(written *counted, most int64) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	work := make(chan int, 8)
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := range work {
				mu.Lock()
				page, _ := os.ReadFile("/proc/self/stat")
				mu.Unlock()
				if n%64 == 0 {
					time.Sleep(10 * time.Microsecond)
				}
				answer := make(chan int)
				go func() { answer <- len(page) }()
				<-answer
			}
		}()
	}
	for n := 0; written.bytes.Load() < most; n++ {
		work <- n
	}
	close(work)
	wg.Wait()
}
