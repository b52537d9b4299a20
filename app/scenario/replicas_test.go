package scenario

import (
	"bufio"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/api/client"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/bench/bank"
	"github.com/steelyard/steelyard/app/db"
)

// soon is how long a server may go on with what another has taken away.
const soon = 5 * time.Second

// program is the product, built once for all tests.
var program = sync.OnceValues(func() (string, error) {
	dir, err := filepath.Abs(programFolder)
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "steelyard")
	out, err := exec.Command("go", "build", "-o", path, "github.com/steelyard/steelyard/cmd/steelyard").CombinedOutput()
	if err != nil {
		return "", &buildError{string(out), err}
	}
	return path, nil
})

type buildError struct {
	said string
	err  error
}

func (e *buildError) Error() string { return e.said + e.err.Error() }

// process is a server of its own on a database that others serve too.
type process struct {
	*server

	command *exec.Cmd
}

// serve starts a process on a database; first says that nobody has set the bank up yet.
func serve(t *testing.T, url string, first bool) *process {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(path, "--lang", "en", "serve", "--db", url, "--listen", "127.0.0.1:0")
	command.Stderr = t.Output()
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{server: &server{http: connections(t)}, command: command}
	t.Cleanup(p.kill)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		line := lines.Text()
		if _, address, ok := strings.Cut(line, "serving on "); ok {
			address, _, _ = strings.Cut(address, " ")
			p.base = address + "/api/v1"
		} else if secret, ok := strings.CutPrefix(line, "  "); ok && p.bootstrap == "" {
			p.bootstrap = strings.TrimSpace(secret)
		}
		if p.base != "" && (p.bootstrap != "" || !first) {
			break
		}
	}
	if p.base == "" {
		t.Fatal("the server says nowhere to find it")
	}
	go func() { _, _ = io.Copy(io.Discard, out) }() // it ends with the process
	return p
}

// kill ends the process as a power cut would.
func (p *process) kill() {
	if p.command.ProcessState == nil {
		_ = p.command.Process.Kill() // it may have ended
		_ = p.command.Wait()         // it was killed
	}
}

// through is a caller with the same session, at another process.
func (c *caller) through(p *process) *caller {
	c.t.Helper()
	other := visitor(c.t, p.base, p.http)
	other.name = c.name
	other.session.Store(c.session.Load())
	return other
}

func TestS06_WhatOneServerTakesAwayAnotherRefusesWithinFiveSeconds(t *testing.T) {
	url := apptest.PostgresURL(t)
	one := serve(t, url, true)
	b := administrators(t, one.server)
	two := serve(t, url, false)

	for name, take := range map[string]struct {
		role   string
		away   func(t *testing.T, username string, session, grant int64, mine *caller)
		status int
	}{
		"a revoked grant": {"hr_officer", func(t *testing.T, _ string, _, grant int64, _ *caller) {
			r, err := b.security.RevokeGrantWithResponse(t.Context(), grant, client.Revocation{Version: 1, Reason: "moved on"})
			b.security.want(r, err, http.StatusOK)
		}, http.StatusForbidden},
		"a disabled user": {"hr_officer", func(t *testing.T, username string, _, _ int64, _ *caller) {
			state := client.UserChangeStateDisabled
			r, err := b.system.ChangeUserWithResponse(t.Context(), username, client.UserChange{Version: 1, State: &state})
			b.system.want(r, err, http.StatusOK)
		}, http.StatusUnauthorized},
		"an ended session": {"hr_officer", func(t *testing.T, username string, session, _ int64, mine *caller) {
			r, err := mine.signIn(username).EndSessionWithResponse(t.Context(), session)
			mine.want(r, err, http.StatusNoContent)
		}, http.StatusUnauthorized},
		"a power that another level owns now": {"hr_officer", func(t *testing.T, _ string, _, _ int64, _ *caller) {
			b.own(t, "run.create", client.ResponsibilityPutOwnerBranch)
		}, http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			username := strings.ReplaceAll(name, " ", "-")
			b.user(b.system, username, "")
			grant := b.grant(username, take.role, headOffice)
			mine := b.system.signIn(username)
			there := mine.through(two)
			status := func() int {
				if strings.HasPrefix(name, "a power") {
					r, err := there.CreateRunWithResponse(t.Context(), "2031-01", nil, client.NewRun{})
					return statusOf(t, r, err)
				}
				r, err := there.ListPeriodsWithResponse(t.Context(), nil)
				return statusOf(t, r, err)
			}
			there.until(soon, "the other server knows them", func() bool { return status() < http.StatusUnauthorized || status() == http.StatusNotFound })
			me, err := mine.GetMeWithResponse(t.Context())
			mine.want(me, err, http.StatusOK)
			take.away(t, username, *me.JSON200.Session, grant, mine)
			there.until(soon, "the other server refuses", func() bool { return status() == take.status })
		})
	}
}

// own gives a power to a level.
func (b *story) own(t *testing.T, permission string, owner client.ResponsibilityPutOwner) {
	t.Helper()
	list, err := b.security.ListResponsibilitiesWithResponse(t.Context())
	b.security.want(list, err, http.StatusOK)
	version := int64(0)
	for _, row := range list.JSON200.Items {
		if row.Permission == permission {
			version = row.Version
		}
	}
	r, err := b.security.PutResponsibilityWithResponse(t.Context(), permission, client.ResponsibilityPut{Owner: owner, Version: version, Reason: ptr("by the board")})
	b.security.want(r, err, http.StatusOK)
}

func statusOf(t *testing.T, r answer, err error) int {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode()
}

// largeBank is how many members a run takes that is surely under way for a while.
const largeBank = 30_000

func TestAServerThatIsKilledInARunLeavesItToAnother(t *testing.T) {
	url := apptest.PostgresURL(t)
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := bank.Load(t.Context(), d, largeBank); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	one := serve(t, url, true)
	b := administratorsAt(t, one.server, "HQ")
	started, err := b.hr.CreateRunWithResponse(t.Context(), bank.Period, nil, client.NewRun{})
	b.hr.want(started, err, http.StatusAccepted)
	two := serve(t, url, false)
	there := b.hr.through(two)
	job := func() *client.Job {
		r, err := there.GetJobWithResponse(t.Context(), started.JSON202.Id)
		there.want(r, err, http.StatusOK)
		return r.JSON200
	}
	there.until(time.Minute, "the other server sees the run under way", func() bool {
		now := job()
		return now.State == client.JobStateWorking && now.Done > 0 || now.FinishedAt != nil
	})
	one.kill()
	if now := job(); now.FinishedAt != nil {
		t.Fatalf("the run was over before its server was killed: %+v", now)
	}
	there.done(job())
	if now := job(); now.Attempt != 2 {
		t.Errorf("the run took %d attempts", now.Attempt)
	}
	runs, err := there.ListRunsWithResponse(t.Context(), bank.Period, nil)
	there.want(runs, err, http.StatusOK)
	if len(runs.JSON200.Items) != 1 || runs.JSON200.Items[0].Members != largeBank {
		t.Errorf("the runs are %s", runs.Body)
	}
}
