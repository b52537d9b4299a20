package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/bench/bank"
	"github.com/steelyard/steelyard/scoring"
)

func TestTheRunInSQLStoresWhatTheRunStores(t *testing.T) {
	url := apptest.PostgresURL(t)
	if err := migrated(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	b := &bench{log: io.Discard}
	r, err := b.runBank(t.Context(), url, 300)
	if err != nil {
		t.Fatal(err)
	}
	defer r.db.Close()
	if err := r.equal(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestTheFilesThatAreMeasuredAreValid(t *testing.T) {
	file, err := mixCase(60)
	if err != nil {
		t.Fatal(err)
	}
	c, err := scoring.ReadCase(bytes.NewReader(file), "mix")
	if err != nil {
		t.Fatal(err)
	}
	for key, card := range c.Scorecards {
		if n := len(card.Items()); n != mixItems {
			t.Errorf("%s has %d items", key, n)
		}
	}
	if _, err := scoring.ReadScorecards(strings.NewReader(bank.ScorecardJSON()), "bench"); err != nil {
		t.Error(err)
	}
}

func TestAFigureThatIsNotThereIsRefused(t *testing.T) {
	if err := run(t.Context(), []string{"-only", "speed"}, io.Discard, io.Discard); err == nil {
		t.Error("it was measured")
	}
}

func TestTheTableSaysWhetherAMarkIsReached(t *testing.T) {
	var out bytes.Buffer
	lines := []line{
		atMost("a", 11*time.Second, "b", 10*time.Second, 1.2), atMost("c", 13*time.Second, "d", 10*time.Second, 1.2),
		atLeast("e", time.Second, "f", 30*time.Second, 25), peak("g", 300<<20, 256),
	}
	if err := printTable(&out, lines, 3, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1.10", "1.30", "30.0 times faster", "300 MiB"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, out.String())
		}
	}
	if n := strings.Count(out.String(), "NOT REACHED"); n != 2 {
		t.Errorf("%d marks are not reached:\n%s", n, out.String())
	}
}
