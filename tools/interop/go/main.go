// Checks a log in a directory with the checksum database's own packages: sumdb/note and sumdb/tlog,
// and with crypto/mldsa of the standard library. Exits 0 only when everything holds.
package main

import (
	"crypto/mldsa"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type tiles struct{ dir string }

func (t tiles) Height() int                          { return 8 }
func (t tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range wanted {
		// The checksum database writes the height into the path; tlog-tiles does not.
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(t.dir, path))
		if err != nil {
			return nil, err
		}
		if len(data) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s has %d bytes", path, len(data))
		}
		out = append(out, data)
	}
	return out, nil
}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string) error {
	tree, err := open(dir, nil)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tree, tiles{dir})
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return errors.New("the tiles give another root")
	}
	if err := checkEntries(dir, tree, reader); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(dir, "proofs", "*.tlog-proof"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no proofs: %v", err)
	}
	for _, file := range files {
		if err := checkProof(dir, file); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	for old := int64(1); old <= tree.N; old = old*3/2 + 1 {
		proof, err := tlog.ProveTree(tree.N, old, reader)
		if err != nil {
			return err
		}
		before, err := tlog.TreeHash(old, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, old, before); err != nil {
			return err
		}
	}
	fmt.Printf("Go sumdb: %d entries, %d proofs, root %v, Ed25519 and ML-DSA-44 hold\n", tree.N, len(files), tree.Hash)
	return nil
}

func open(dir string, signed []byte) (tlog.Tree, error) {
	var tree tlog.Tree
	if signed == nil {
		var err error
		if signed, err = os.ReadFile(filepath.Join(dir, "checkpoint")); err != nil {
			return tree, err
		}
	}
	key, err := os.ReadFile(filepath.Join(dir, "log.vkey"))
	if err != nil {
		return tree, err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree, errors.New("not a checkpoint of this log")
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	if tree.Hash, err = tlog.ParseHash(lines[2]); err != nil {
		return tree, err
	}
	return tree, checkPostQuantum(dir, opened, lines[0], tree)
}

// C2SP tlog-cosignature, type 0x06, over the whole tree.
func checkPostQuantum(dir string, opened *note.Note, origin string, tree tlog.Tree) error {
	text, err := os.ReadFile(filepath.Join(dir, "log-mldsa.vkey"))
	if err != nil {
		return err
	}
	parts := strings.SplitN(strings.TrimSpace(string(text)), "+", 3)
	encoded, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return err
	}
	key, err := mldsa.NewPublicKey(mldsa.MLDSA44(), encoded[1:])
	if err != nil {
		return err
	}
	for _, line := range opened.UnverifiedSigs {
		if fmt.Sprintf("%08x", line.Hash) != parts[1] || line.Name != parts[0] {
			continue
		}
		bytes, err := base64.StdEncoding.DecodeString(line.Base64)
		if err != nil {
			return err
		}
		message := []byte("subtree/v1\n\x00")
		message = append(message, byte(len(line.Name)))
		message = append(message, line.Name...)
		message = append(message, bytes[4:12]...)
		message = append(message, byte(len(origin)))
		message = append(message, origin...)
		message = binary.BigEndian.AppendUint64(message, 0)
		message = binary.BigEndian.AppendUint64(message, uint64(tree.N))
		message = append(message, tree.Hash[:]...)
		return mldsa.Verify(key, message, bytes[12:], nil)
	}
	return errors.New("no ML-DSA-44 signature")
}

func checkEntries(dir string, tree tlog.Tree, reader tlog.HashReader) error {
	var index int64
	for index < tree.N {
		width := min(tree.N-index, 256)
		tile := tlog.Tile{H: 8, L: 0, N: index / 256, W: int(width)}
		path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		rest, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return err
		}
		var indexes []int64
		for offset := range width {
			indexes = append(indexes, tlog.StoredHashIndex(0, index+offset))
		}
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for offset := range width {
			if len(rest) < 2 || len(rest) < 2+int(binary.BigEndian.Uint16(rest)) {
				return fmt.Errorf("%s ends early", path)
			}
			end := 2 + int(binary.BigEndian.Uint16(rest))
			if hashes[offset] != tlog.RecordHash(rest[2:end]) {
				return fmt.Errorf("entry %d differs from the tree", index)
			}
			rest = rest[end:]
			index++
		}
		if len(rest) > 0 {
			return fmt.Errorf("%s has too many entries", path)
		}
	}
	return nil
}

func checkProof(dir, file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, checkpoint, found := strings.Cut(string(data), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a proof")
	}
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return err
	}
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		proof = append(proof, hash)
	}
	tree, err := open(dir, []byte(checkpoint))
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry))
}
