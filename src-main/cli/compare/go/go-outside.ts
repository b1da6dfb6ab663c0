/** What programs of the comparison need for what comes from outside of Go: connections on which something comes in, and C. */

/**
 * Connections whose other ends belong to another process, so that nobody in this one has to be awake for something to come in. They are there
 * before the program begins, as in the model; an order says on which of them a byte comes, and after how long.
 */
export const CONNECTIONS = `
const connections = 200

type connection struct {
	file  *os.File
	index int64
}

var pool [connections]connection
var taken uint32
var orders int

func connect() {
	null, _ := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	far := []uintptr{null.Fd(), null.Fd(), null.Fd(), 0}
	for i := range pool {
		pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
		if err != nil {
			panic(err)
		}
		syscall.SetNonblock(pair[0], true)
		pool[i] = connection{os.NewFile(uintptr(pair[0]), "connection"), int64(i)}
		far = append(far, uintptr(pair[1]))
	}
	var pipe [2]int
	if err := syscall.Pipe2(pipe[:], syscall.O_CLOEXEC); err != nil {
		panic(err)
	}
	far[3] = uintptr(pipe[0])
	orders = pipe[1]
	if _, err := syscall.ForkExec(os.Args[0], []string{os.Args[0], "sender"}, &syscall.ProcAttr{Files: far}); err != nil {
		panic(err)
	}
	for _, fd := range far[3:] {
		syscall.Close(int(fd))
	}
}

// The other process: it ends when nobody is left who could give it an order.
func sender() {
	var order [2]int64
	for {
		n, _, _ := syscall.Syscall(syscall.SYS_READ, 3, uintptr(unsafe.Pointer(&order)), 16)
		if n != 16 {
			return
		}
		fd, ns := int(4+order[0]), order[1]
		go func() {
			time.Sleep(time.Duration(ns))
			syscall.Write(fd, []byte("x"))
		}()
	}
}

// Each goroutine has a connection of its own.
func netread(conn **connection, ns int64) {
	if *conn == nil {
		*conn = &pool[atomic.AddUint32(&taken, 1)-1]
	}
	order := [2]int64{(*conn).index, ns}
	syscall.RawSyscall(syscall.SYS_WRITE, uintptr(orders), uintptr(unsafe.Pointer(&order)), 16)
	var bytes [8]byte
	(*conn).file.Read(bytes[:])
}
`;

/** The preamble of a file with C, and the one function that C calls. */
export const C_PREAMBLE = `
/*
#cgo LDFLAGS: -lpthread
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

extern void calledByC(int, unsigned);

static void rest(long long ns) {
	struct timespec left = { ns / 1000000000, ns % 1000000000 };
	while (nanosleep(&left, &left) != 0) continue;
}

static void callGo(int callback, unsigned self, long long ns) {
	rest(ns / 2);
	calledByC(callback, self);
	rest(ns - ns / 2);
}

struct order { int callback; long long after; };

static void *thread(void *given) {
	struct order order = *(struct order *)given;
	free(given);
	rest(order.after);
	calledByC(order.callback, 0);
	return 0;
}

static void startThread(int callback, long long after) {
	struct order *order = malloc(sizeof *order);
	pthread_t id;
	*order = (struct order){ callback, after };
	if (pthread_create(&id, 0, thread, order) == 0) pthread_detach(id);
}
*/
import "C"
`;

export const C_EXPORT = `
//export calledByC
func calledByC(callback C.int, self C.uint) { callbacks[callback](uint32(self)) }
`;
