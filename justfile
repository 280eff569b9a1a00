# Short commands. `just` lists them.
default:
    @just --list

# What a change must pass before it is shown to others
check:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    cargo xtask floors
    cargo xtask sizes
    cargo xtask links
    cargo xtask drift

# Every test that needs no database server and no browser
test:
    cargo test --workspace

# Everything that CI runs
ci:
    .ci/run

# A server with a demonstration election
demo:
    cargo run --release -- demo

# Tests on a throw-away PostgreSQL
pg:
    tools/postgres-for-tests cargo test -p scr-ledger -p scr-vault -p scr-engine -p scr-store -p scrutineer

# Verifiers of other makers against our log
interop:
    tools/interop/run

# Writes the files that are made from others
generate:
    cargo xtask generate
    UPDATE_DOCS=1 cargo test --quiet -p scrutineer --test authorisation_matrix --test events

# Every fuzz target, or those named, for so many seconds each (needs cargo-fuzz and a nightly compiler)
fuzz seconds="60" *TARGETS:
    tools/fuzz/run {{seconds}} {{TARGETS}}

# What stands in deploy/: the unit, https; and the image, where buildah and debootstrap are
deploy:
    cargo build --quiet -p scrutineer
    tools/deploy/run
    tools/deploy/container

# The exchange of threats beside medallion, and with a million objects
bench-threats:
    tools/interop/threats/run bench

# The figures of the record on this machine, as a table (`just bench --entries 10000000`: the large log)
bench *ARGS:
    cargo run --release -p scr-bench -- {{ARGS}}

# Histories of the log in which everything goes wrong, for so many minutes
soak minutes="60":
    cargo run --release -p scr-sim -- --minutes {{minutes}} --steps 2000

# Audits on the record: 500 boards at once, a round closed, the public page
bench-audits *ARGS:
    cargo run --release -p scr-bench -- audits {{ARGS}}

# An alert for 100,000 polling stations: handed over while their answers come in and the countdown page is read
bench-alerts *ARGS:
    cargo run --release -p scr-bench -- alerts {{ARGS}}

# Ballots counted, samples drawn, assertions found, an audit checked again (`--data FOLDER` for real elections)
bench-counting *ARGS:
    cargo run --release -p scr-bench -- counting {{ARGS}}

# Appends a second beside Tessera's server, which is fetched and built
bench-tessera:
    tools/bench/tessera/run

# Three nodes on one PostgreSQL beside one, each held to a share of a core (as root, for control groups)
bench-nodes *ARGS:
    cargo build --release -p scr-bench
    tools/postgres-for-tests target/release/scr-bench nodes {{ARGS}}

# How long verify.html takes on a slowed machine (needs Chromium and `npm ci --prefix e2e`)
bench-page:
    cargo build --quiet -p scr-verify --example make_corpus
    node e2e/bench/verify.mjs

# The user guide (needs mdbook)
book:
    mdbook build docs/guide

# Licences, bans and sources by cargo-deny, where it is installed
deny:
    cargo deny check bans licenses sources

# The published tables of sample sizes, simulated with so many replications each
simulate replications="10000":
    SCRUTINEER_SIMULATE={{replications}} cargo test -p scr-audits --test simulations -- --nocapture
