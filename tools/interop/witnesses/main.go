// Other makers' halves of witnessing: a Tessera log that publishes nothing before our witness has cosigned, and
// torchwood's verdict on checkpoints and proofs under a policy.
//
//	peer keys FOLDER NAME           writes FOLDER/secret and FOLDER/vkey
//	peer log FOLDER SECRET POLICY   a new log in FOLDER grows in steps; fails when the policy is not met
//	peer check POLICY CHECKPOINT    torchwood on a signed checkpoint
//	peer proof POLICY PROOF         torchwood on a .tlog-proof that carries its entry
package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"filippo.io/torchwood"
	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"k8s.io/klog/v2"
)

func main() {
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
	run := map[string]func([]string) error{"keys": keys, "log": grow, "check": check, "proof": proof}[os.Args[1]]
	if err := run(os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func keys(args []string) error {
	secret, vkey, err := note.GenerateKey(rand.Reader, args[1])
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(args[0], "secret"), []byte(secret), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(args[0], "vkey"), []byte(vkey+"\n"), 0o600)
}

func grow(args []string) error {
	ctx := context.Background()
	secret, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(string(secret))
	if err != nil {
		return err
	}
	policy, err := os.ReadFile(args[2])
	if err != nil {
		return err
	}
	witnesses, err := tessera.NewWitnessGroupFromPolicy(policy)
	if err != nil {
		return err
	}
	driver, err := posix.New(ctx, posix.Config{Path: args[0]})
	if err != nil {
		return err
	}
	appender, shutdown, reader, err := tessera.NewAppender(ctx, driver, tessera.NewAppendOptions().
		WithCheckpointSigner(signer).
		WithCheckpointInterval(time.Second).
		WithBatching(64, 50*time.Millisecond).
		WithWitnesses(witnesses, &tessera.WitnessOptions{Timeout: 2 * time.Second, FailOpen: false}))
	if err != nil {
		return err
	}
	awaiter := tessera.NewPublicationAwaiter(ctx, reader.ReadCheckpoint, 100*time.Millisecond)
	// Each step waits until its last entry stands under a published checkpoint: a checkpoint that our
	// witness has not cosigned is never published.
	next := 0
	for _, step := range []int{1, 2, 40, 300} {
		var last tessera.IndexFuture
		for ; step > 0; step-- {
			last = appender.Add(ctx, tessera.NewEntry([]byte(fmt.Sprintf("entry-%d", next))))
			next++
		}
		within, cancel := context.WithTimeout(ctx, 20*time.Second)
		_, _, err := awaiter.Await(within, last)
		cancel()
		if err != nil {
			return fmt.Errorf("after %d entries: %w", next, err)
		}
	}
	fmt.Printf("%d entries, published in 4 steps\n", next)
	return shutdown(ctx)
}

func read(policyFile, file string) (torchwood.Policy, []byte, error) {
	text, err := os.ReadFile(policyFile)
	if err != nil {
		return nil, nil, err
	}
	policy, err := torchwood.ParsePolicy(text)
	if err != nil {
		return nil, nil, err
	}
	data, err := os.ReadFile(file)
	return policy, data, err
}

func check(args []string) error {
	policy, signed, err := read(args[0], args[1])
	if err != nil {
		return err
	}
	checkpoint, _, err := torchwood.VerifyCheckpoint(signed, policy)
	if err != nil {
		return err
	}
	fmt.Printf("%s, %d entries\n", checkpoint.Origin, checkpoint.N)
	return nil
}

func proof(args []string) error {
	policy, data, err := read(args[0], args[1])
	if err != nil {
		return err
	}
	entry, err := torchwood.ProofExtraData(data)
	if err != nil {
		return err
	}
	return torchwood.VerifyProof(policy, tlog.RecordHash(entry), data)
}
