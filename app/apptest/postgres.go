package apptest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver

	"github.com/steelyard/steelyard/app/db"
)

// ServerVariable names a PostgreSQL server to test on, by a URL whose user may
// create databases. When it is not set the tests start a server of their own.
const ServerVariable = "STEELYARD_TEST_POSTGRES"

// template is the migrated database that the databases of tests are copied from.
const template = "steelyard_template"

// Postgres gives a fresh PostgreSQL database with the whole schema.
func Postgres(t testing.TB) *db.DB {
	t.Helper()
	s := server(t)
	if s.own != nil {
		// Copying files takes half the time of writing all of them to the log.
		return open(t, s.create(t, " TEMPLATE "+template+" STRATEGY FILE_COPY"))
	}
	where := s.create(t, "")
	if err := migrate(context.Background(), where); err != nil {
		t.Fatalf("migrating the test's database: %v", err)
	}
	return open(t, where)
}

// PostgresURL gives the URL of a fresh PostgreSQL database without any table.
func PostgresURL(t testing.TB) string {
	t.Helper()
	return server(t).create(t, "")
}

// postgresServer is a running server, and how databases are made on it.
type postgresServer struct {
	url   *url.URL
	admin *sql.DB
	own   *cluster // started by this process, with a template to copy; nil for a server that was named to us
}

// server gives the one server of this process; a server that cannot be had fails the test.
func server(t testing.TB) *postgresServer {
	t.Helper()
	s, err := theServer()
	if err != nil {
		t.Fatalf("PostgreSQL for tests: %v", err)
	}
	return s
}

var theServer = sync.OnceValues(func() (*postgresServer, error) {
	if where, given := os.LookupEnv(ServerVariable); given {
		return connect(where)
	}
	own, err := startCluster()
	if err != nil {
		return nil, err
	}
	s, err := connect("postgres://postgres@/postgres?host=" + url.QueryEscape(own.dir))
	if err != nil {
		return nil, err
	}
	s.own = own
	ctx := context.Background()
	if _, err := s.admin.ExecContext(ctx, "CREATE DATABASE "+template); err != nil {
		return nil, err
	}
	return s, migrate(ctx, s.database(template))
})

func connect(where string) (*postgresServer, error) {
	u, err := url.Parse(where)
	if err != nil {
		return nil, errors.New(ServerVariable + " is not a URL")
	}
	admin, err := sql.Open("pgx", where)
	if err != nil {
		return nil, err
	}
	admin.SetMaxOpenConns(4)
	return &postgresServer{url: u, admin: admin}, admin.Ping()
}

// database gives the URL of a database on the server.
func (s *postgresServer) database(name string) string {
	u := *s.url
	u.Path = "/" + name
	return u.String()
}

var databases atomic.Int64

// create makes a database and gives its URL. On a server that was named to us
// it is dropped at the end of the test; one of our own is removed whole, which
// is quicker: each drop waits until everything is on the disk.
func (s *postgresServer) create(t testing.TB, from string) string {
	t.Helper()
	name := fmt.Sprintf("steelyard_test_%d_%d", os.Getpid(), databases.Add(1))
	if _, err := s.admin.Exec("CREATE DATABASE " + name + from); err != nil {
		t.Fatalf("creating the test's database: %v", err)
	}
	if s.own != nil {
		return s.database(name)
	}
	t.Cleanup(func() {
		_, err := s.admin.Exec("DROP DATABASE " + name + " WITH (FORCE)")
		if err != nil && !strings.Contains(err.Error(), "does not exist") {
			t.Errorf("dropping the test's database: %v", err)
		}
	})
	return s.database(name)
}
