package apptest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
)

// supervise starts a server in folder $1 with the programs of folder $2, says
// "ready", and then waits for its standard input to end: that is a pipe which
// the test process holds, so that it ends however that process ends. Then the
// server is stopped and the folder removed.
//
// The server listens on a socket in its own folder alone: no port to be in
// use, nobody else let in. Its texts sort by language and not byte by byte, as
// a bank's database may, so that an order that counts on bytes is found out.
const supervise = `
cd "$1" || exit 1
"$2/initdb" -D data -U postgres -A trust -E UTF8 --locale=C.UTF-8 \
  --locale-provider=icu --icu-locale=zh-CN --no-sync --no-instructions >log 2>&1 &&
"$2/pg_ctl" start -w -t 60 -s -D data -l log -o "-k $1 -c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200 -c autovacuum=off -c checkpoint_timeout=1h -c max_wal_size=8GB -c wal_level=minimal -c max_wal_senders=0" </dev/null >>log 2>&1 &&
echo ready
read -r _
"$2/pg_ctl" stop -D data -m immediate -s >>log 2>&1
cd / && rm -rf "$1"
`

// cluster is a private server that lives as long as this process.
type cluster struct {
	dir  string         // where its socket is
	hold io.WriteCloser // the pipe whose end stops it; kept so that it is not collected, and closed, too early
}

// startCluster starts a private server.
func startCluster() (*cluster, error) {
	bin, err := postgresPrograms()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "steelyard-pg-")
	if err != nil {
		return nil, err
	}
	command := exec.Command("/bin/sh", "-c", supervise, "sh", dir, bin)
	command.Dir = dir
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // an interrupt of the tests is not the server's
	if err := unprivileged(command, dir); err != nil {
		return nil, err
	}
	hold, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		return nil, fmt.Errorf("the server did not start:\n%s", log)
	}
	return &cluster{dir, hold}, nil
}

// unprivileged makes a command run as a user without rights when we are root:
// PostgreSQL refuses to be root's.
func unprivileged(command *exec.Cmd, dir string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		if account, err = user.Lookup("nobody"); err != nil {
			return errors.New("there is no user postgres or nobody to run the server as")
		}
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return err
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return err
	}
	command.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(dir, int(uid), int(gid))
}

// postgresPrograms finds the folder of initdb and pg_ctl, of the newest version there is.
func postgresPrograms() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		newest := slices.MaxFunc(found, func(a, b string) int { return majorVersion(a) - majorVersion(b) })
		return filepath.Dir(newest), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", errors.New("PostgreSQL is missing: install the package postgresql (make setup does), or name a server in " + ServerVariable)
	}
	return filepath.Dir(path), nil
}

// majorVersion is the 15 of /usr/lib/postgresql/15/bin/initdb.
func majorVersion(initdb string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb))))
	if err != nil {
		return 0
	}
	return n
}
