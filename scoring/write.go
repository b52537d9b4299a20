package scoring

// JSON gives the scorecard as canonical JSON.
func (s *Scorecard) JSON() []byte { return nil }

// AppendMember appends the canonical JSON of a member.
func AppendMember(dst []byte, m *Member, cards map[string]*Scorecard) []byte { return dst }

// Table prints the scorecard as a table.
func (s *Scorecard) Table(lang string) string { return "" }

// In gives the path and the message in "zh" or "en".
func (e InputError) In(lang string) string { return e.Path + ": " + e.message(lang) }

func (e InputError) message(lang string) string { return e.Code }
