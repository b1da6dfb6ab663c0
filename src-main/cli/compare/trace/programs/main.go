// Small programs that record themselves: program NAME FILE writes the execution trace of the one called so; program long FILE MB writes a long one.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"runtime"
	"runtime/trace"
	"sort"
	"strconv"
	"sync"
	"syscall"
	"time"
)

var programs = map[string]func(){
	"pingpong":    pingpong,
	"buffered":    buffered,
	"selects":     selects,
	"mutexes":     mutexes,
	"fanout":      fanout,
	"conds":       conds,
	"pipes":       pipes,
	"nanosleeps":  nanosleeps,
	"files":       files,
	"sockets":     sockets,
	"server":      server,
	"collector":   collector,
	"timers":      timers,
	"explosion":   explosion,
	"locked":      locked,
	"spinning":    spinning,
	"gomaxprocs":  gomaxprocs,
	"goexits":     goexits,
	"annotations": annotations,
	"forever":     forever,
}

var sink [][]byte

func main() {
	if len(os.Args) == 1 {
		names := []string{}
		for name := range programs {
			names = append(names, name)
		}
		sort.Strings(names)
		for _, name := range names {
			fmt.Println(name)
		}
		return
	}
	file, err := os.Create(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	written := &counted{Writer: file}
	program, ok := programs[os.Args[1]]
	if os.Args[1] == "long" && len(os.Args) == 4 {
		// As many megabytes as are asked for; not in the list.
		most, err := strconv.ParseInt(os.Args[3], 10, 64)
		if err != nil {
			log.Fatal(err)
		}
		program, ok = func() { long(written, most<<20) }, true
	}
	if !ok {
		log.Fatal("no program ", os.Args[1])
	}
	if err := trace.Start(written); err != nil {
		log.Fatal(err)
	}
	program()
	trace.Stop()
	file.Close()
}

func pingpong() {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for i := range ping {
			pong <- i
		}
		close(pong)
	}()
	for i := 0; i < 20; i++ {
		ping <- i
		<-pong
	}
	close(ping)
}

func buffered() {
	c := make(chan int, 4)
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range c {
			}
		}()
	}
	for i := 0; i < 60; i++ {
		c <- i
	}
	close(c)
	wg.Wait()
}

func selects() {
	a, b := make(chan int), make(chan int)
	go func() {
		time.Sleep(time.Millisecond)
		a <- 1
	}()
	go func() { b <- 2 }()
	for i := 0; i < 3; i++ {
		select {
		case <-a:
		case <-b:
		case <-time.After(3 * time.Millisecond):
		}
	}
}

func mutexes() {
	var mu sync.Mutex
	var rw sync.RWMutex
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < 5; j++ {
				mu.Lock()
				time.Sleep(50 * time.Microsecond)
				mu.Unlock()
				rw.RLock()
				runtime.Gosched()
				rw.RUnlock()
				rw.Lock()
				rw.Unlock()
			}
		}()
	}
	wg.Wait()
}

func fanout() {
	var wg sync.WaitGroup
	for i := 0; i < 40; i++ {
		wg.Add(1)
		go func(n int) {
			defer wg.Done()
			for j := 0; j < n*2000; j++ {
				_ = j * j
			}
		}(i)
	}
	wg.Wait()
}

func conds() {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	var wg sync.WaitGroup
	ready := 0
	for i := 0; i < 5; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			ready++
			c.Wait()
			mu.Unlock()
		}()
	}
	for {
		mu.Lock()
		if ready == 5 {
			break
		}
		mu.Unlock()
		time.Sleep(100 * time.Microsecond)
	}
	c.Signal()
	c.Broadcast()
	mu.Unlock()
	wg.Wait()
}

// Reads that block the thread: the descriptors are no files of package os.
func pipes() {
	var fds [2]int
	if err := syscall.Pipe(fds[:]); err != nil {
		log.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			one := make([]byte, 1)
			for j := 0; j < 3; j++ {
				syscall.Read(fds[0], one)
			}
		}()
	}
	for i := 0; i < 6; i++ {
		time.Sleep(200 * time.Microsecond)
		syscall.Write(fds[1], []byte{1})
	}
	wg.Wait()
}

func nanosleeps() {
	var wg sync.WaitGroup
	for i := 0; i < 6; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < 3; j++ {
				ts := syscall.NsecToTimespec(int64(300_000 + i*j*10_000))
				syscall.Nanosleep(&ts, nil)
			}
		}()
	}
	for i := 0; i < 200_000; i++ {
		_ = i
	}
	wg.Wait()
}

func files() {
	dir, err := os.MkdirTemp("", "traced")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	for i := 0; i < 8; i++ {
		name := fmt.Sprintf("%s/%d", dir, i)
		os.WriteFile(name, make([]byte, 10_000), 0o600)
		os.ReadFile(name)
	}
}

func sockets() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go io.Copy(c, c)
		}
	}()
	for i := 0; i < 3; i++ {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			log.Fatal(err)
		}
		c.Write([]byte("hello"))
		io.ReadFull(c, make([]byte, 5))
		c.Close()
	}
	l.Close()
}

func server() {
	dir, err := os.MkdirTemp("", "traced")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	os.WriteFile(dir+"/page", make([]byte, 2_000), 0o600)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		page, _ := os.ReadFile(dir + "/page")
		w.Write(page)
	})}
	go s.Serve(l)
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r, err := http.Get("http://" + l.Addr().String())
			if err == nil {
				io.Copy(io.Discard, r.Body)
				r.Body.Close()
			}
		}()
	}
	wg.Wait()
	s.Close()
}

func collector() {
	for i := 0; i < 3; i++ {
		for j := 0; j < 200; j++ {
			sink = append(sink, make([]byte, 4_000))
		}
		runtime.GC()
		sink = nil
	}
}

func timers() {
	done := make(chan bool)
	time.AfterFunc(400*time.Microsecond, func() { done <- true })
	tick := time.NewTicker(300 * time.Microsecond)
	for i := 0; i < 4; i++ {
		<-tick.C
	}
	tick.Stop()
	<-done
	time.Sleep(time.Millisecond)
}

func explosion() {
	var fds [2]int
	if err := syscall.Pipe(fds[:]); err != nil {
		log.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := 0; i < 60; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			syscall.Read(fds[0], make([]byte, 1))
		}()
	}
	time.Sleep(5 * time.Millisecond)
	syscall.Write(fds[1], make([]byte, 60))
	wg.Wait()
}

func locked() {
	c := make(chan int)
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		runtime.LockOSThread()
		for i := 0; i < 5; i++ {
			c <- i
		}
		close(c)
	}()
	go func() {
		defer wg.Done()
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		for range c {
			ts := syscall.NsecToTimespec(100_000)
			syscall.Nanosleep(&ts, nil)
		}
	}()
	wg.Wait()
}

func spinning() {
	stop := time.Now().Add(30 * time.Millisecond)
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; ; i++ {
				if i%100_000 == 0 && time.Now().After(stop) {
					return
				}
			}
		}()
	}
	wg.Wait()
}

func gomaxprocs() {
	for _, n := range []int{1, 4, 2, 3} {
		runtime.GOMAXPROCS(n)
		fanout()
	}
}

func goexits() {
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { recover() }()
			if i%2 == 0 {
				runtime.Goexit()
			}
			panic("caught")
		}()
	}
	wg.Wait()
}

func annotations() {
	ctx, task := trace.NewTask(context.Background(), "order")
	defer task.End()
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			trace.WithRegion(ctx, "cooking", func() {
				trace.Log(ctx, "dish", "noodles")
				runtime.Gosched()
			})
		}()
	}
	wg.Wait()
}

func forever() {
	go func() { select {} }()
	go func() { <-make(chan int) }()
	time.Sleep(time.Millisecond)
}
