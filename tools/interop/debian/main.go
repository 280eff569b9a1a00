// Checks a log in a directory with two more peers, as Debian packages them: Tessera's own fsck, and
// torchwood (tiles, policy, proofs). Exits 0 only when both hold.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/torchwood"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"k8s.io/klog/v2"
)

func main() {
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
	for name, check := range map[string]func(string) error{"tessera": tessera, "torchwood": wood} {
		if len(os.Args) > 2 && os.Args[2] != name {
			continue
		}
		if err := check(os.Args[1]); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
			os.Exit(1)
		}
		fmt.Printf("%s: holds\n", name)
	}
}

func tessera(dir string) error {
	key, err := os.ReadFile(filepath.Join(dir, "log.vkey"))
	if err != nil {
		return err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	if err != nil {
		return err
	}
	hashes := func(bundle []byte) ([][]byte, error) {
		var entries api.EntryBundle
		if err := entries.UnmarshalText(bundle); err != nil {
			return nil, err
		}
		var all [][]byte
		for _, entry := range entries.Entries {
			all = append(all, rfc6962.DefaultHasher.HashLeaf(entry))
		}
		return all, nil
	}
	fetcher := client.FileFetcher{Root: dir}
	return fsck.New(verifier.Name(), verifier, fetcher, hashes, fsck.Opts{N: 2}).Check(context.Background())
}

func wood(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, "policy"))
	if err != nil {
		return err
	}
	policy, err := torchwood.ParsePolicy(text)
	if err != nil {
		return err
	}
	signed, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return err
	}
	checkpoint, _, err := torchwood.VerifyCheckpoint(signed, policy)
	if err != nil {
		return err
	}
	tiles, err := torchwood.NewTileFS(os.DirFS(dir))
	if err != nil {
		return err
	}
	log, err := torchwood.NewClient(tiles)
	if err != nil {
		return err
	}
	var read int64
	for range log.AllEntries(context.Background(), checkpoint.Tree, 0) {
		read++
	}
	if err := log.Err(); err != nil {
		return err
	}
	if read != checkpoint.N {
		return fmt.Errorf("%d of %d entries", read, checkpoint.N)
	}
	files, err := filepath.Glob(filepath.Join(dir, "proofs", "*.tlog-proof"))
	if err != nil || len(files) == 0 {
		return errors.Join(errors.New("no proofs"), err)
	}
	for _, file := range files {
		proof, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		entry, err := torchwood.ProofExtraData(proof)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if err := torchwood.VerifyProof(policy, tlog.RecordHash(entry), proof); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}
