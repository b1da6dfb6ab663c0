// Laid over Go's own internal/trace: says after every event what its reader knows of every goroutine, P and thread.

package trace

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"io"

	"internal/trace/tracev2"
)

type known struct {
	items map[string]bool
	sum   uint32
}

func (k *known) put(item string) {
	if !k.items[item] {
		k.items[item] = true
		h := fnv.New32a()
		io.WriteString(h, item)
		k.sum += h.Sum32()
	}
}

// What everybody did when the trace began, which a trace says when it first speaks of somebody.
type beginning struct {
	p  map[ProcID]tracev2.ProcStatus
	g  map[GoID]tracev2.GoStatus
	mp map[ThreadID]ProcID
	mg map[ThreadID]GoID
	pm map[ProcID]ThreadID
	gm map[GoID]ThreadID
}

func readBeginning(in io.Reader) (*beginning, error) {
	b := &beginning{map[ProcID]tracev2.ProcStatus{}, map[GoID]tracev2.GoStatus{}, map[ThreadID]ProcID{}, map[ThreadID]GoID{}, map[ProcID]ThreadID{}, map[GoID]ThreadID{}}
	r, err := NewReader(in)
	if err != nil {
		return nil, err
	}
	for syncs := 0; ; {
		e, err := r.ReadEvent()
		if err != nil {
			return b, nil
		}
		switch {
		case e.Kind() == EventSync:
			if syncs++; syncs == 2 {
				return b, nil
			}
		case e.base.typ == tracev2.EvProcStatus:
			p, s := ProcID(e.base.args[0]), tracev2.ProcStatus(e.base.args[1])
			b.p[p] = s
			if s == tracev2.ProcRunning || s == tracev2.ProcSyscall {
				b.mp[e.ctx.M], b.pm[p] = p, e.ctx.M
			}
		case e.base.typ == tracev2.EvGoStatus || e.base.typ == tracev2.EvGoStatusStack:
			g, s := GoID(e.base.args[0]), tracev2.GoStatus(uint32(e.base.args[2]))
			b.g[g] = s
			if s == tracev2.GoRunning || s == tracev2.GoSyscall {
				b.mg[e.ctx.M], b.gm[g] = g, e.ctx.M
			}
		}
	}
}

func (b *beginning) seen(e *Event) {
	switch e.base.typ {
	case tracev2.EvProcStatus:
		p := ProcID(e.base.args[0])
		delete(b.p, p)
		if m, ok := b.pm[p]; ok {
			delete(b.mp, m)
			delete(b.pm, p)
		}
	case tracev2.EvGoStatus, tracev2.EvGoStatusStack:
		g := GoID(e.base.args[0])
		delete(b.g, g)
		if m, ok := b.gm[g]; ok {
			delete(b.mg, m)
			delete(b.gm, g)
		}
	}
}

func (o *ordering) sum(b *beginning) uint32 {
	k := &known{items: map[string]bool{}}
	for id, s := range o.gStates {
		k.put(fmt.Sprintf("G%d %d", id, s.status))
	}
	for id, s := range b.g {
		k.put(fmt.Sprintf("G%d %d", id, s))
	}
	for id, s := range o.pStates {
		k.put(fmt.Sprintf("P%d %d", id, s.status))
	}
	for id, s := range b.p {
		k.put(fmt.Sprintf("P%d %d", id, s))
	}
	for id, s := range o.mStates {
		if s.p != NoProc {
			k.put(fmt.Sprintf("M%d p%d", id, s.p))
		}
		if s.g != NoGoroutine {
			k.put(fmt.Sprintf("M%d g%d", id, s.g))
		}
	}
	for id, p := range b.mp {
		k.put(fmt.Sprintf("M%d p%d", id, p))
	}
	for id, g := range b.mg {
		k.put(fmt.Sprintf("M%d g%d", id, g))
	}
	return k.sum
}

// DumpStates writes a line for each event that changes something: its time and a sum over all that is known.
func DumpStates(open func() io.Reader, to io.Writer) error {
	out := bufio.NewWriter(to)
	defer out.Flush()
	b, err := readBeginning(open())
	if err != nil {
		fmt.Fprintln(out, "error", err)
		return nil
	}
	r, err := NewReader(open())
	if err != nil {
		return err
	}
	for {
		e, err := r.ReadEvent()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			fmt.Fprintf(out, "error %.200q\n", err.Error())
			return nil
		}
		if e.Kind() != EventStateTransition && e.base.typ != tracev2.EvSTWBegin && e.base.typ != tracev2.EvSTWEnd {
			continue
		}
		b.seen(&e)
		if r.order.queue.start != r.order.queue.end {
			continue
		}
		switch e.base.typ {
		case tracev2.EvProcStatus, tracev2.EvGoStatus, tracev2.EvGoStatusStack:
			continue
		}
		fmt.Fprintf(out, "%d %08x\n", e.base.time, r.order.sum(b))
	}
}
