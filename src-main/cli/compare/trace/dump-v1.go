// With the reader of Go 1.19: says after every event of a trace what its checks know of every goroutine, P and thread.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"hash/fnv"
	"internal/trace"
	"io"
	"log"
	"os"
	"path/filepath"
)

// As in tracev2.
const (
	runnable = 1
	running  = 2
	waiting  = 4
)

type proc struct {
	isRunning bool
	// Its goroutine has been told to be blocked in a system call: whoever takes the P stops it next, if it is not a thread that goes on on it.
	isTaken bool
	g       uint64
	m       uint64
}

func sum(gs map[uint64]int, ps map[int]proc) (total uint32) {
	put := func(format string, args ...any) {
		h := fnv.New32a()
		fmt.Fprintf(h, format, args...)
		total += h.Sum32()
	}
	for g, s := range gs {
		put("G%d %d", g, s)
	}
	for id, p := range ps {
		// Which idle Ps there are it does not know before they run.
		if !p.isRunning || p.isTaken {
			continue
		}
		put("P%d 1", id)
		put("M%d p%d", p.m, id)
		if p.g != 0 {
			put("M%d g%d", p.m, p.g)
		}
	}
	return
}

func dump(data []byte, to io.Writer) {
	out := bufio.NewWriter(to)
	defer out.Flush()
	parsed, err := trace.Parse(bytes.NewReader(data), "")
	if err != nil {
		fmt.Fprintf(out, "error %.200q\n", err.Error())
		return
	}
	gs := map[uint64]int{}
	ps := map[int]proc{}
	inSyscall := map[uint64]uint64{}
	for _, e := range parsed.Events {
		// Some events are put on Ps that are none.
		p := ps[e.P]
		switch e.Type {
		case trace.EvProcStart:
			p.isRunning, p.m = true, e.Args[0]
		case trace.EvProcStop:
			wasTaken := p.isTaken
			p.isRunning, p.isTaken = false, false
			if wasTaken {
				ps[e.P] = p
				continue
			}
		case trace.EvGoCreate, trace.EvGoUnblock:
			gs[e.Args[0]] = runnable
		case trace.EvGoWaiting, trace.EvGoInSyscall:
			gs[e.G] = waiting
		case trace.EvGoStart, trace.EvGoStartLabel:
			gs[e.G] = running
			if p.isTaken {
				p.isTaken, p.m = false, inSyscall[e.G]
			}
			p.g = e.G
		case trace.EvGoEnd, trace.EvGoStop:
			delete(gs, e.G)
			p.g = 0
		case trace.EvGoSched, trace.EvGoPreempt:
			gs[e.G] = runnable
			p.g = 0
		case trace.EvGoSysBlock:
			gs[e.G] = waiting
			p.g, p.isTaken = 0, true
		case trace.EvGoSleep, trace.EvGoBlock, trace.EvGoBlockSend, trace.EvGoBlockRecv, trace.EvGoBlockSelect,
			trace.EvGoBlockSync, trace.EvGoBlockCond, trace.EvGoBlockNet, trace.EvGoBlockGC:
			gs[e.G] = waiting
			p.g = 0
		case trace.EvGoSysExit:
			gs[e.G] = runnable
		case trace.EvGoSysCall:
			inSyscall[e.G] = p.m
		default:
			continue
		}
		if e.P >= 0 && e.P < trace.FakeP {
			ps[e.P] = p
		}
		fmt.Fprintf(out, "%d %08x\n", e.Ts, sum(gs, ps))
	}
}

func main() {
	dir := os.Args[1]
	for _, name := range os.Args[2:] {
		data, err := os.ReadFile(name)
		if err != nil {
			log.Fatal(err)
		}
		out, err := os.Create(filepath.Join(dir, filepath.Base(name)+".states"))
		if err != nil {
			log.Fatal(err)
		}
		dump(data, out)
		out.Close()
	}
}
