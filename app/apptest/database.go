package apptest

import (
	"context"
	"fmt"
	"os"
)

// Database gives the URL of a fresh PostgreSQL database without any table, for
// programs that are no tests, and a function that drops it. The server ends
// with the process.
func Database(ctx context.Context) (where string, drop func() error, err error) {
	s, err := theServer()
	if err != nil {
		return "", nil, fmt.Errorf("a PostgreSQL server of our own: %w", err)
	}
	name := fmt.Sprintf("steelyard_%d_%d", os.Getpid(), databases.Add(1))
	if _, err := s.admin.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
		return "", nil, fmt.Errorf("creating a database: %w", err)
	}
	return s.database(name), func() error {
		_, err := s.admin.Exec("DROP DATABASE " + name + " WITH (FORCE)")
		return err
	}, nil
}
