package scorecards

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/scoring"
)

// State is where a version of a scorecard stands.
type State string

// The states of a version.
const (
	StateDraft     State = "draft"     // nobody is scored by it yet
	StatePublished State = "published" // in force if it is the newest published one
	StateWithdrawn State = "withdrawn" // was published by mistake; nothing was computed from it
)

// Words gives the words of a state.
func (s State) Words() lang.Text {
	text, _ := lang.Lookup("scorecard.state." + string(s))
	return text
}

// Version is one version of a scorecard. Once published it never changes.
type Version struct {
	ID          int64
	ScorecardID int64
	Code        string // of the scorecard
	Number      int    // from 1
	State       State
	SHA256      string // of Definition, in hex
	Definition  string // the scorecard as canonical JSON
	BatchID     int64  // that brought it
	PublishedAt time.Time
	Card        *scoring.Scorecard // what Definition says
}

// digest gives the SHA-256 of a definition in hex.
func digest(definition string) string {
	sum := sha256.Sum256([]byte(definition))
	return hex.EncodeToString(sum[:])
}

var _ = lang.Register(map[string]lang.Text{
	"scorecard.state.draft":     {Zh: "草稿", En: "draft"},
	"scorecard.state.published": {Zh: "已发布", En: "published"},
	"scorecard.state.withdrawn": {Zh: "已撤回", En: "withdrawn"},
})
