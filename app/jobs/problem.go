package jobs

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// MaxProblems is how many faults of an input are kept with a failed job.
const MaxProblems = 1000

// Problem is why a job failed, in no language yet.
type Problem struct {
	Kind  fault.Kind
	Code  string
	Args  lang.Args
	At    []fault.Problem // the places that are wrong, MaxProblems at most
	Count int             // how many there are in all
}

// Fault gives the problem as the error that it was.
func (p *Problem) Fault() *fault.Error {
	return &fault.Error{Kind: p.Kind, Code: p.Code, Args: p.Args, Problems: p.At}
}

// problemOf keeps of an error what its owner may be told: of one that is no
// fault, or is one of ours, no more than that.
func problemOf(err error) *Problem {
	var f *fault.Error
	if !errors.As(err, &f) {
		return &Problem{Kind: fault.Internal, Code: "job.internal"}
	}
	p := &Problem{Kind: f.Kind, Code: f.Code, Args: f.Args, Count: len(f.Problems)}
	p.At = f.Problems[:min(len(f.Problems), MaxProblems)]
	return p
}

// kept is a problem as it stands in the database.
type kept struct {
	Kind  fault.Kind      `json:"kind"`
	Code  string          `json:"code"`
	Args  lang.Args       `json:"args,omitempty"`
	At    []fault.Problem `json:"at,omitempty"`
	Count int             `json:"count,omitempty"`
}

func (p *Problem) text() (string, error) {
	k := kept{p.Kind, p.Code, plain(p.Args), make([]fault.Problem, len(p.At)), p.Count}
	for i := range p.At {
		k.At[i] = p.At[i]
		k.At[i].Args = plain(p.At[i].Args)
	}
	text, err := json.Marshal(k)
	if err != nil {
		return "", fmt.Errorf("writing a problem: %w", err)
	}
	return string(text), nil
}

// plain gives the arguments of a message as JSON keeps them: texts in both
// languages, everything else as it would be said.
func plain(args lang.Args) lang.Args {
	if len(args) == 0 {
		return nil
	}
	said := make(lang.Args, len(args))
	for name, value := range args {
		if _, both := value.(lang.Text); !both {
			value = fmt.Sprint(value)
		}
		said[name] = value
	}
	return said
}

func readProblem(text string) (*Problem, error) {
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	var k kept
	if err := d.Decode(&k); err != nil {
		return nil, fmt.Errorf("reading a problem: %w", err)
	}
	p := &Problem{k.Kind, k.Code, bilingual(k.Args), k.At, k.Count}
	for i := range p.At {
		p.At[i].Args = bilingual(p.At[i].Args)
	}
	return p, nil
}

// bilingual puts texts in both languages back in the place of what JSON made of them.
func bilingual(args lang.Args) lang.Args {
	for name, value := range args {
		if both, ok := value.(map[string]any); ok {
			zh, _ := both["zh"].(string)
			en, _ := both["en"].(string)
			args[name] = lang.Text{Zh: zh, En: en}
		}
	}
	return args
}
