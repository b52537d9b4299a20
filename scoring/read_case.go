package scoring

import "io"

// ReadCase reads a case file. Its error is InputErrors: all faults.
func ReadCase(r io.Reader, name string) (*Case, error) { return nil, nil }

// ReadScorecards reads a list of scorecards, one scorecard, or those of a case file.
func ReadScorecards(r io.Reader, name string) ([]*Scorecard, error) { return nil, nil }

// ReadMember reads one element of a case's staff.
func ReadMember(data []byte, cards map[string]*Scorecard) (Member, error) { return Member{}, nil }

// Validate gives every fault of the scorecard, with paths inside it.
func (s *Scorecard) Validate() InputErrors { return nil }
