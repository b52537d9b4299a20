package apptest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
)

// Database gives the URL of a fresh PostgreSQL database without any table, for
// programs that are no tests, and a function that drops it. The server ends
// with the process.
func Database(ctx context.Context) (where string, drop func() error, err error) {
	return DatabaseFrom(ctx, "")
}

// DatabaseFrom is Database with everything that the database of another URL
// holds, unless that is empty. Nobody may be using it.
func DatabaseFrom(ctx context.Context, from string) (where string, drop func() error, err error) {
	s, err := theServer()
	if err != nil {
		return "", nil, fmt.Errorf("a PostgreSQL server of our own: %w", err)
	}
	name := fmt.Sprintf("steelyard_%d_%d", os.Getpid(), databases.Add(1))
	statement := "CREATE DATABASE " + name
	if from != "" {
		u, err := url.Parse(from)
		if err != nil {
			return "", nil, err
		}
		statement += " TEMPLATE " + strings.TrimPrefix(u.Path, "/")
	}
	if _, err := s.admin.ExecContext(ctx, statement); err != nil {
		return "", nil, fmt.Errorf("creating a database: %w", err)
	}
	return s.database(name), func() error {
		_, err := s.admin.Exec("DROP DATABASE " + name + " WITH (FORCE)")
		return err
	}, nil
}
