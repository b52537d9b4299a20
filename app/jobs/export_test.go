package jobs

import (
	"context"

	"github.com/steelyard/steelyard/app/lang"
)

// Die lets go of the locks of all jobs that the service works, as the end of its
// process would, while their functions go on.
func (s *Service) Die() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, a := range s.running {
		a.release()
		delete(s.running, id)
	}
}

// Shown gives a job as the contract writes it.
func (h *HTTP) Shown(ctx context.Context, j *Job) (any, error) { return h.shown(ctx, j) }

// Harmless is what a name of a file becomes.
var Harmless = harmless

// Disposition is the header of a file's name.
var Disposition = disposition

// SaidIn says a problem that went through the database and back.
func (p *Problem) SaidIn(l lang.Language) (string, error) {
	text, err := p.text()
	if err != nil {
		return "", err
	}
	back, err := readProblem(text)
	if err != nil {
		return "", err
	}
	return back.Fault().In(l), nil
}
