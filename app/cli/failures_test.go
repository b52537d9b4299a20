package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
)

func TestACommandThatReadsMakesNoDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bnak.db")
	for _, args := range [][]string{{"results", "2026-10"}, {"period", "list"}, {"verify", "2026-10"}, {"batch", "list"}} {
		got := steelyard(t, nil, append(args, "--db", path)...)
		if got.code != exitWrong || !strings.HasPrefix(got.stderr, "there is no database file "+path) {
			t.Errorf("%v: exit %d, %q", args, got.code, got.stderr)
		}
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a database was made")
	}
}

func TestDatabasesThatCannotBeUsedAreSaid(t *testing.T) {
	dir := t.TempDir()
	noDatabase := filepath.Join(dir, "letter.db")
	if err := os.WriteFile(noDatabase, []byte(strings.Repeat("Dear HR department, ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, url string
		code      int
		says      string
	}{
		{"a folder that does not exist", filepath.Join(dir, "none", "bank.db"), exitWrong, "does not exist; create it first"},
		{"a folder in the place of a file", dir, exitWrong, "is a folder"},
		{"a file that is no database", noDatabase, exitFailed, "is not a database"},
		{"a URL that cannot be read", "postgres://%zz", exitWrong, "cannot be read"},
		{"a server that does not answer", "postgres://nobody@127.0.0.1:1/bank?connect_timeout=2", exitFailed, "cannot be reached"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := steelyard(t, nil, "migrate", "--db", c.url)
			if got.code != c.code || got.stdout != "" || !strings.Contains(got.stderr, c.says) || strings.Count(got.stderr, "\n") != 1 {
				t.Errorf("exit %d, %q %q", got.code, got.stdout, got.stderr)
			}
		})
	}
}

func TestADatabaseOfANewerVersionIsLeftAlone(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		bank{t, url}.do("migrate")
		execute(t, url, "INSERT INTO bun_migrations (name, group_id, migrated_at) VALUES ('29990101000000', 99, '2999-01-01 00:00:00+00:00')")
		got := steelyard(t, nil, "period", "create", "2026-10", "--db", url)
		if got.code != exitFailed || !strings.Contains(got.stderr, "was written by a newer version (29990101000000)") {
			t.Errorf("exit %d, %q", got.code, got.stderr)
		}
	})
}

func TestAReadOnlyDatabaseIsSaidAndNothingIsLost(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		b := bank{t, url}
		b.do("import", "units", filepath.Join("testdata", "q-bank", "units.xlsx"))
		before := b.do("unit", "list").stdout
		allow := forbidWriting(t, url)
		got := steelyard(t, nil, "import", "staff", filepath.Join("testdata", "q-bank", "staff.xlsx"), "--db", url)
		if got.code != exitFailed || !strings.Contains(got.stderr, "is read-only; allow writing and try again, nothing was changed") {
			t.Errorf("exit %d, %q", got.code, got.stderr)
		}
		allow()
		if after := b.do("unit", "list").stdout; after != before {
			t.Errorf("the units were\n%s\nand are\n%s", before, after)
		}
	})
}

// forbidWriting makes a database read-only by its own means, which root obeys
// too: SQLite by the write version in the file's header, which says that a
// newer library is needed to write. It gives a function that takes it back.
func forbidWriting(t *testing.T, url string) (allow func()) {
	t.Helper()
	if strings.HasPrefix(url, "postgres://") {
		execute(t, url, "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET default_transaction_read_only = on'; END $$")
		return func() {
			execute(t, url+"&default_transaction_read_only=off", "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' RESET default_transaction_read_only'; END $$")
		}
	}
	const writeVersion = 18
	set := func(version byte) {
		file, err := os.OpenFile(url, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.WriteAt([]byte{version}, writeVersion); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
	set(3)
	return func() { set(2) }
}

// execute runs a statement on the database of a URL, outside of the program.
func execute(t *testing.T, url, statement string) {
	t.Helper()
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Bun().ExecContext(context.Background(), statement); err != nil {
		t.Fatal(err)
	}
}

func TestAnOutputThatCannotBeWrittenIsNoFaultOfTheProgram(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	var stderr strings.Builder
	code := Main(t.Context(), []string{"version", "--lang", "en"}, func(string) (string, bool) { return "", false }, strings.NewReader(""), full, &stderr)
	if code != exitFailed || !strings.HasPrefix(stderr.String(), "the output cannot be written") {
		t.Errorf("exit %d, %q", code, stderr.String())
	}
}
