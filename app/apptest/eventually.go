package apptest

import (
	"testing"
	"time"
)

// Eventually asks again and again until something is so. It is for what happens
// beside the test and tells nobody; after half a minute the test fails.
func Eventually(t testing.TB, what string, so func() bool) {
	t.Helper()
	if so() {
		return
	}
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	limit := time.NewTimer(30 * time.Second)
	defer limit.Stop()
	for {
		select {
		case <-tick.C:
			if so() {
				return
			}
		case <-limit.C:
			t.Fatalf("half a minute is over, and it is not so that %s", what)
		}
	}
}
