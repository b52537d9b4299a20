package main

import (
	"context"
	"crypto/tls"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/bench/bank"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/rbac"
)

const (
	pageStaff       = 20_000
	pageConnections = 64
	pageRequests    = 12_000 // in each round
	pageRows        = 50
	pagePassword    = "a quiet harbour in autumn"
)

// measurePages asks for pages of a manager's staff over HTTP with a session, beside
// a handler of fiber and bun that runs the same SQL and asks nothing of anybody.
func measurePages(ctx context.Context, b *bench) ([]line, error) {
	where, err := b.postgres.database(ctx)
	if err != nil {
		return nil, err
	}
	var lines []line
	for _, engine := range []struct{ name, where string }{{"SQLite", b.file("pages.db")}, {"PostgreSQL", where}} {
		measured, err := b.measurePagesOn(ctx, engine.name, engine.where)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", engine.name, err)
		}
		lines = append(lines, measured...)
	}
	return lines, nil
}

func (b *bench) measurePagesOn(ctx context.Context, engine, where string) (lines []line, err error) {
	program, err := app.Open(ctx, where, time.Now)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, program.Close()) }()
	token, err := manager(ctx, program, b.size(pageStaff))
	if err != nil {
		return nil, err
	}
	ours, stopOurs, err := served(ctx, program)
	if err != nil {
		return nil, err
	}
	bare, stopBare, err := bareServer(ctx, program.DB.Engine(), where)
	if err != nil {
		return nil, errors.Join(err, stopOurs())
	}
	defer func() { err = errors.Join(err, stopBare(), stopOurs()) }()
	requests := int(b.size(pageRequests))
	var our, their []load
	for round := range b.rounds + 1 {
		o, err := ask(ctx, ours+"/api/v1/staff?limit=50", token, requests)
		if err != nil {
			return nil, err
		}
		t, err := ask(ctx, bare, "", requests)
		if err != nil {
			return nil, err
		}
		b.say("  round %d: %.0f requests/s, p99 %s; bare %.0f, %s", round, o.rate, seconds(o.p99), t.rate, seconds(t.p99))
		if round > 0 { // the first warms both up
			our, their = append(our, o), append(their, t)
		}
	}
	o, t := middle(our), middle(their)
	what := fmt.Sprintf("a page of %d from %d staff, %d connections, %s", pageRows, b.size(pageStaff), pageConnections, engine)
	rate := o.rate / t.rate
	return []line{
		atMost(what+": p99", o.p99, "fiber and bun bare", t.p99, 1.5),
		{
			what: what + ": requests/s", value: fmt.Sprintf("%.0f", o.rate), against: fmt.Sprintf("fiber and bun bare: %.0f", t.rate),
			ratio: fmt.Sprintf("%.2f", rate), mark: "≥ 0.7", verdict: verdict(rate >= 0.7),
		},
	}, nil
}

// manager loads the bank, with a manager of one of its units who is signed in.
func manager(ctx context.Context, program *app.App, staff int64) (token string, err error) {
	if err := bank.LoadMasters(ctx, program.DB, staff); err != nil {
		return "", err
	}
	operator := rbac.Operator("bench")
	made, err := program.Users.Create(ctx, operator, users.New{Username: "manager"})
	if err != nil {
		return "", err
	}
	_, err = program.Grants.Create(ctx, operator, grants.New{Username: "manager", Role: "branch_manager", Unit: "B001", From: db.NewDate(2026, 1, 1)})
	if err != nil {
		return "", err
	}
	client := auth.Client{Address: "127.0.0.1"}
	if _, err := program.Auth.Redeem(ctx, made.Invitation.Secret, "", pagePassword, client); err != nil {
		return "", err
	}
	in, err := program.Auth.SignIn(ctx, "manager", pagePassword, client)
	if err != nil {
		return "", err
	}
	return in.Token, nil
}

// served starts the program's server and gives its address.
func served(ctx context.Context, program *app.App) (address string, stop func() error, err error) {
	return serving(ctx, func(ctx context.Context, l net.Listener) error {
		return program.Serve(ctx, l, app.Serving{Log: slog.New(slog.DiscardHandler)})
	})
}

// bareServer starts a handler of fiber and bun that runs the SQL of the page.
func bareServer(ctx context.Context, engine db.Engine, where string) (address string, stop func() error, err error) {
	pool, err := barePool(engine, where)
	if err != nil {
		return "", nil, err
	}
	web := fiber.New(fiber.Config{DisableStartupMessage: true})
	web.Get("/", func(c *fiber.Ctx) error {
		page, err := barePage(c.UserContext(), pool)
		if err != nil {
			return err
		}
		return c.JSON(page)
	})
	address, end, err := serving(ctx, func(ctx context.Context, l net.Listener) error {
		go func() {
			<-ctx.Done()
			_ = web.Shutdown()
		}()
		return web.Listener(l)
	})
	return address, func() error { return errors.Join(end(), pool.Close()) }, err
}

func barePool(engine db.Engine, where string) (*bun.DB, error) {
	if engine == db.SQLite {
		pool, err := sql.Open("sqlite", "file:"+where+"?_pragma=busy_timeout(5000)&_pragma=query_only(1)")
		if err != nil {
			return nil, err
		}
		pool.SetMaxOpenConns(max(4, runtime.NumCPU()))
		pool.SetMaxIdleConns(max(4, runtime.NumCPU()))
		return bun.NewDB(pool, sqlitedialect.New()), nil
	}
	config, err := pgx.ParseConfig(where)
	if err != nil {
		return nil, err
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(8)
	return bun.NewDB(pool, pgdialect.New()), nil
}

type bareMember struct {
	ID          int64            `json:"-"`
	StaffNo     string           `json:"staff_no"`
	Name        string           `json:"name"`
	Pinyin      string           `json:"pinyin"`
	Email       string           `json:"email"`
	HiredOn     db.Date          `json:"hired_on"`
	FirstUnitID *int64           `json:"-"`
	FirstPost   string           `bun:"first_position" json:"-"`
	Assignments []bareAssignment `bun:"-" json:"assignments"`
}

type bareAssignment struct {
	ID       int64    `json:"-"`
	StaffID  int64    `json:"-"`
	UnitID   int64    `json:"-"`
	Position string   `json:"position"`
	FromOn   db.Date  `json:"from"`
	ToOn     *db.Date `json:"to,omitempty"`
	State    string   `json:"state"`
	Code     string   `json:"unit"`
	Name     string   `json:"unit_name"`
}

const (
	bareStaff = `SELECT s.id, s.staff_no, s.name, s.pinyin, s.email, s.hired_on, s.first_unit_id, s.first_position FROM staff s
		WHERE (s.id IN (SELECT m.staff_id FROM assignments m JOIN units mu ON mu.id = m.unit_id WHERE ((mu.path >= '/1/2/' AND mu.path < '/1/20'))))
		AND (1 = 1) ORDER BY s.staff_no ASC, s.id ASC LIMIT 51`
	bareAssignments = `SELECT a.id, a.staff_id, a.unit_id, a.position, a.from_on, a.to_on, a.state, u.code, u.name
		FROM assignments a JOIN units u ON u.id = a.unit_id WHERE a.staff_id IN (?) AND ((u.path >= '/1/2/' AND u.path < '/1/20')) ORDER BY a.staff_id, a.from_on`
)

// barePage reads a page in one transaction, as the product does.
func barePage(ctx context.Context, pool *bun.DB) (page struct {
	Items []bareMember `json:"items"`
}, err error,
) {
	err = pool.RunInTx(ctx, &sql.TxOptions{ReadOnly: true}, func(ctx context.Context, tx bun.Tx) error {
		if err := tx.NewRaw(bareStaff).Scan(ctx, &page.Items); err != nil {
			return err
		}
		ids, at := make([]int64, len(page.Items)), map[int64]int{}
		for i := range page.Items {
			ids[i], at[page.Items[i].ID] = page.Items[i].ID, i
		}
		var all []bareAssignment
		if err := tx.NewRaw(bareAssignments, bun.List(ids)).Scan(ctx, &all); err != nil {
			return err
		}
		for _, a := range all {
			m := &page.Items[at[a.StaffID]]
			m.Assignments = append(m.Assignments, a)
		}
		return nil
	})
	page.Items = page.Items[:min(len(page.Items), pageRows)]
	return page, err
}

// serving lets f serve on a free port of this machine until it is stopped.
func serving(ctx context.Context, f func(context.Context, net.Listener) error) (address string, stop func() error, err error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- f(ctx, listener) }()
	return "http://" + listener.Addr().String(), func() error {
		cancel()
		return <-ended
	}, nil
}

// load is how a server stood up to requests.
type load struct {
	rate float64 // requests a second
	p99  time.Duration
}

func middle(loads []load) load {
	rates, tails := make([]float64, len(loads)), make([]time.Duration, len(loads))
	for i, l := range loads {
		rates[i], tails[i] = l.rate, l.p99
	}
	slices.Sort(rates)
	slices.Sort(tails)
	return load{rates[len(rates)/2], tails[len(tails)/2]}
}

// ask sends requests over many connections at once, each as soon as the last was answered.
func ask(ctx context.Context, url, token string, requests int) (load, error) {
	client := &http.Client{Transport: &http.Transport{
		MaxConnsPerHost: pageConnections, MaxIdleConnsPerHost: pageConnections,
		TLSNextProto: map[string]func(string, *tls.Conn) http.RoundTripper{},
	}}
	defer client.CloseIdleConnections()
	each := requests / pageConnections
	times, failures := make([]time.Duration, each*pageConnections), make([]error, pageConnections)
	var clients sync.WaitGroup
	runtime.GC()
	begin := time.Now()
	for n := range pageConnections {
		clients.Go(func() {
			for i := range each {
				asked := time.Now()
				if err := get(ctx, client, url, token); err != nil {
					failures[n] = err
					return
				}
				times[n*each+i] = time.Since(asked)
			}
		})
	}
	clients.Wait()
	took := time.Since(begin)
	slices.Sort(times)
	return load{float64(len(times)) / took.Seconds(), times[len(times)*99/100]}, errors.Join(failures...)
}

func get(ctx context.Context, client *http.Client, url, token string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	if token != "" {
		r.AddCookie(&http.Cookie{Name: auth.SessionCookie, Value: token})
	}
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK || len(body) < 1000 {
		return fmt.Errorf("the answer has the status %d: %.200s", answer.StatusCode, body)
	}
	return nil
}
