// Writes a new signing key and its verifier for a log, as Tessera's servers read them.
package main

import (
	"crypto/rand"
	"log"
	"os"

	"golang.org/x/mod/sumdb/note"
)

func main() {
	secret, verifier, err := note.GenerateKey(rand.Reader, "bench.example/tessera")
	if err != nil {
		log.Fatal(err)
	}
	for name, key := range map[string]string{"secret": secret, "verifier": verifier} {
		if err := os.WriteFile(os.Args[1]+"/"+name, []byte(key), 0o600); err != nil {
			log.Fatal(err)
		}
	}
}
