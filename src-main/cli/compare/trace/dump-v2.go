// Writes what states-v2.go says of each of the traces named into DIR.
package main

import (
	"bytes"
	"internal/trace"
	"io"
	"log"
	"os"
	"path/filepath"
)

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
		if err := trace.DumpStates(func() io.Reader { return bytes.NewReader(data) }, out); err != nil {
			log.Fatal(name, ": ", err)
		}
		out.Close()
	}
}
